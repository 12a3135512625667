"""Read a ConvoKit corpus (``utterances.jsonl``, alone or zipped): the root is the essay, the rest are comments."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from analysis.errors import PageError
from analysis.pages.convokit_corpus import MARK, page_from_utterances
from analysis.pages.export_parts import plain, reply_positions
from analysis.text import clean_text, language_of
from analysis.types import Comment, Page

ZIP = b"PK\x03\x04"
LARGEST_UNZIPPED = 2_000_000_000  # bytes: the largest corpus met is half of it
LARGEST_RATIO = 200  # unpacked to packed; text packs 3 to 10 times, a bomb thousands of times
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError)
_HALF = re.compile("[\ud800-\udfff]")
_READ = ("id", "reply-to", "reply_to", "speaker", "user", "timestamp", "text")
GONE = frozenset({"[deleted]", "[removed]", "[deleted by user]"})


class ConvoKitFormat:
    """Plug-in for ConvoKit corpora."""

    name = "convokit"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether the file is called ``utterances.jsonl``, or is a zip.

        Examples
        --------
        >>> CONVOKIT.accepts("utterances.jsonl", b"{"), CONVOKIT.accepts("talks.zip", b"PK\\x03\\x04")
        (True, True)
        """
        return name.lower().removesuffix(".gz") == "utterances.jsonl" or head.startswith(ZIP)

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give one page a conversation, named ``page#conversation``, in the order of the file.

        Parameters
        ----------
        raw : bytes
            ``utterances.jsonl``, or a zip that holds it.
        page, path : str
            The corpus's name, and where it was read.

        Yields
        ------
        Page

        Raises
        ------
        PageError
            A line is no utterance, the zip holds none, or it unpacks to more than any text does.
        """
        talks: dict[str, list[dict[str, Any]]] = {}
        for number, line in enumerate(_lines(raw), 1):
            if line.strip():
                row = _row(line, number)
                talks.setdefault(str(row.get("conversation_id") or row.get("root") or row["id"]), []).append(_slim(row))
        for key, rows in talks.items():
            made = _page_of(key, rows, page, path)
            if made is not None:
                yield made
        if not talks:
            raise PageError("The ConvoKit corpus holds no utterance. Download it again.")


CONVOKIT = ConvoKitFormat()


def check_packing(raw: bytes, largest: int) -> None:
    """Raise PageError where a zip would unpack to more than so many bytes, or is packed as no text packs.

    Nothing is unpacked for it, and nothing ever is to a file: a member's folders do not matter.
    """
    if raw.startswith(ZIP):
        with _open_zip(raw) as archive:
            member = _utterances_in(archive)
        size, packed = member.file_size, member.compress_size
        if size > largest or size > LARGEST_RATIO * max(packed, 1_000):
            raise PageError(
                f"The zip would unpack to {size:,} bytes; at most {largest:,} are read (a hundred times read.max_bytes "
                "in config.toml), packed as text packs."
            )


def _lines(raw: bytes) -> Iterable[str]:
    if not raw.startswith(ZIP):
        return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", errors="replace")
    check_packing(raw, LARGEST_UNZIPPED)
    try:
        archive = _open_zip(raw)
        return _until_broken(
            io.TextIOWrapper(archive.open(_utterances_in(archive)), encoding="utf-8", errors="replace")
        )
    except _BROKEN_ZIP as error:
        raise PageError(f"The zip cannot be read ({error}). Download it again.") from error


def _open_zip(raw: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except _BROKEN_ZIP as error:
        raise PageError(f"The zip cannot be read ({error}). Download it again.") from error


def _utterances_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    for member in archive.infolist():
        if member.filename.rpartition("/")[2] == "utterances.jsonl":
            return member
    raise PageError("The zip holds no 'utterances.jsonl': it is no ConvoKit corpus. Unpack other archives first.")


def _until_broken(lines: Iterator[str]) -> Iterator[str]:
    """The lines of a packed corpus; where the packing breaks off inside, an error of our own."""
    try:
        yield from lines
    except _BROKEN_ZIP as error:
        raise PageError(f"The zip is damaged ({error}). Download it again.") from error


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
        if "\\u" in line:
            row = _whole(row)
    except (ValueError, RecursionError) as error:
        raise PageError(f"Line {number} of 'utterances.jsonl' is no JSON. Download the corpus again.") from error
    if not isinstance(row, dict) or row.get("id") is None:
        raise PageError(
            f"Line {number} of 'utterances.jsonl' is no utterance: it has no 'id'. Download the corpus again."
        )
    return row


def _slim(row: dict[str, Any]) -> dict[str, Any]:
    """What is read of an utterance: corpora carry ten times as much in parses and features."""
    meta = row.get("meta")
    if isinstance(meta, dict) and MARK not in meta and "platform_status" not in meta:
        meta = {"title": meta.get("title")}
    return {key: row[key] for key in _READ if key in row} | {"meta": meta}


def _whole(value: Any) -> Any:
    """The same without halves of characters, which JSON can spell and no file can hold."""
    if isinstance(value, str):
        return _HALF.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(inner) for key, inner in value.items()}
    return value


def _parent(row: dict[str, Any]) -> str | None:
    value = row.get("reply-to", row.get("reply_to"))
    return None if value is None else str(value)


def _speaker(row: dict[str, Any]) -> str | None:
    value = row.get("speaker", row.get("user"))
    if isinstance(value, dict):
        value = value.get("id")
    return plain(str(value)) if value is not None else None


def _moment(row: dict[str, Any]) -> tuple[str | None, str | None]:
    """The time stamp (seconds since 1970) as ISO 8601 in universal time, and as given."""
    value = row.get("timestamp")
    if value is None or value == "":
        return None, None
    try:
        return datetime.fromtimestamp(int(float(value)), UTC).isoformat(), str(value)
    except (ValueError, OverflowError, OSError, TypeError):
        return None, str(value)[:100]


def _text(row: dict[str, Any]) -> str:
    value = row.get("text")
    lines = clean_text(value).split("\n") if isinstance(value, str) else []
    return "\n".join(line for line in lines if line)


def _title(row: dict[str, Any]) -> str | None:
    meta = row.get("meta")
    return plain(meta.get("title")) if isinstance(meta, dict) else None


def _page_of(key: str, rows: list[dict[str, Any]], page: str, path: str) -> Page | None:
    """One conversation; None where neither its essay nor any comment has a text."""
    root = next((row for row in rows if str(row["id"]) == key), None)
    if root is None:
        root = next((row for row in rows if _parent(row) is None), None)
    own = page_from_utterances(root, [row for row in rows if row is not root]) if root else None
    if own is not None:
        return own
    writer = _speaker(root) if root else None
    kept = [row for row in rows if row is not root and _text(row)]
    answers = reply_positions([str(row["id"]) for row in kept], [_parent(row) for row in kept])
    comments = []
    for row, answer in zip(kept, answers, strict=True):
        date, raw = _moment(row)
        text = _text(row)
        comments.append(
            Comment(
                text=text,
                author=_speaker(row),
                date=date,
                date_raw=raw,
                reply_to=answer,
                by_essay_author=writer is not None and _speaker(row) == writer,
                platform_status="trash" if text in GONE else None,
            )
        )
    essay = _text(root) if root else ""
    essay = "" if essay in GONE else essay
    if not essay and not comments:
        return None
    return Page(
        page=f"{page}#{key}",
        path=path,
        format=CONVOKIT.name,
        essay=essay,
        comments=tuple(comments),
        evidence="the corpus says which utterance answers which",
        title=_title(root) if root else None,
        author=writer,
        date=_moment(root)[0] if root else None,
        language=language_of(essay),
    )
