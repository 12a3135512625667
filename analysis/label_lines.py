"""Comments of any number from a file of JSON lines to a file of labels, in bounded memory.

A line that cannot be labelled is set aside with its number and the reason; it never costs the others.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import IO, Any

from analysis.errors import BelowTheLineError, LabelError
from analysis.stance import StanceModel, label_comments, use_out_of_fold
from analysis.stance.features import COLUMNS
from analysis.types import LABELS

MOST_TOLD = 20  # lines set aside that are told at once; the file beside the labels names them all
AT_ONCE = 1024  # comments held at a time: enough to be fast, few enough for any machine
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class SetAside:
    """A line that got no answer: ``line`` counts from 1, ``id`` as far as it could be read, ``reason`` in words."""

    line: int
    id: Any
    reason: str


@dataclass(frozen=True)
class Labelled:
    """What became of a file: ``comments`` answered, those ``without`` a label among them, and lines ``aside``."""

    comments: int
    without: int
    aside: int


@dataclass(frozen=True)
class _Line:
    number: int
    row: Mapping[str, Any]


def label_lines(
    comments: Path,
    output: Path,
    *,
    target_accuracy: float,
    model: StanceModel | None = None,
    progress: Callable[[int, int], None] | None = None,
    on_aside: Callable[[SetAside], None] | None = None,
) -> Labelled:
    """Label a file of comments into another file, a thousand comments at a time.

    Parameters
    ----------
    comments : Path
        JSON lines in UTF-8, each an object as ``label_comments`` takes a row; other keys are ignored.
    output : Path
        One JSON line a comment, in the order of the file. It appears when all is done; until then what was there
        stays. Beside it ``.skipped.jsonl`` names the lines set aside.
    target_accuracy, model
        As for ``label_comments``.
    progress : callable, optional
        Told the lines done and all lines.
    on_aside : callable, optional
        Told the first twenty lines that are set aside.

    Returns
    -------
    Labelled

    Raises
    ------
    BelowTheLineError
        If the file cannot be read or written, is to be overwritten by its own labels, or no line of it holds a comment.

    Notes
    -----
    Of two lines with the same id the first counts. Ids are kept in memory, and a thousand comments.
    """
    if output.resolve() == comments.resolve():
        raise LabelError(f"The labels would overwrite the comments in {comments.name}; name another file with -o.")
    try:
        total = _count_lines(comments) if comments.is_file() else 0
        lines = comments.open("rb")
    except OSError as error:
        raise BelowTheLineError(
            f"{comments.name} cannot be read: {error}. A file of JSON lines in UTF-8 is wanted."
        ) from error
    try:
        with lines, ExitStack() as stack:
            into, beside = (stack.enter_context(_written_at_the_end(p)) for p in (output, skipped_path(output)))
            return _label_all(
                comments.name, lines, (into, beside), (target_accuracy, model), (progress, on_aside), total
            )
    except OSError as error:
        raise BelowTheLineError(
            f"Labels of {comments.name} cannot be kept in {output}: {error}. Name a place that can be written with -o."
        ) from error


def skipped_path(output: Path) -> Path:
    """Where the lines set aside are named, beside the labels."""
    return output.with_suffix(".skipped.jsonl")


def _label_all(
    name: str, lines: IO[bytes], files: tuple[IO[bytes], IO[bytes]], asked: tuple[float, StanceModel | None],
    tell: tuple[Callable[[int, int], None] | None, Callable[[SetAside], None] | None], total: int,
) -> Labelled:  # fmt: skip
    (into, beside), (progress, on_aside) = files, tell
    counts = {"comments": 0, "without": 0, "aside": 0}
    first: SetAside | None = None

    def put_aside(item: SetAside) -> None:
        nonlocal first
        first = first or item
        counts["aside"] += 1
        beside.write(as_line({"path": name, "line": item.line, "id": item.id, "reason": item.reason}))
        if on_aside is not None and counts["aside"] <= MOST_TOLD:
            on_aside(item)

    read = _read_lines(lines, put_aside)
    while batch := list(islice(read, AT_ONCE)):
        for line, answer in _label_batch(batch, asked, put_aside):
            into.write(as_line({"id": line.row["id"], **answer}))
            counts["comments"] += 1
            counts["without"] += answer["label"] is None
        if progress is not None and total and batch[-1].number < total:
            progress(batch[-1].number, total)
    if progress is not None and total:
        progress(total, total)
    if first is not None and not counts["comments"]:
        raise LabelError(f"{name}, line {first.line} {first.reason}. No line of the file holds a comment.")
    return Labelled(**counts)


def _count_lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)


def _read_lines(lines: Iterable[bytes], put_aside: Callable[[SetAside], None]) -> Iterator[_Line]:
    """Lines that hold a comment with an id of its own; blank ones are passed over, others set aside."""
    seen: dict[Any, int] = {}
    for number, raw in enumerate(lines, start=1):
        data = raw.removeprefix(_BOM) if number == 1 else raw
        if not data.strip():
            continue
        try:
            row = json.loads(data.decode("utf-8"))
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
            put_aside(SetAside(number, None, f"is not JSON: {error}"))
            continue
        reason = _what_is_wrong(row, seen)
        if reason is not None:
            put_aside(SetAside(number, row["id"] if _is_id(row) else None, reason))
            continue
        seen[_key(row["id"])] = number
        yield _Line(number, row)


def _key(name: str | float) -> tuple[str, Any]:
    """An id to compare: 1 and "1" are two ids, and so are 1 and true."""
    return type(name).__name__, name


def _is_id(row: Any) -> bool:
    """Whether a line names its comment by a text or a number."""
    name = row.get("id") if isinstance(row, dict) else None
    return isinstance(name, str) or (isinstance(name, (int, float)) and not isinstance(name, bool) and isfinite(name))


def _what_is_wrong(row: Any, seen: Mapping[Any, int]) -> str | None:
    if not isinstance(row, dict):
        return f"holds {type(row).__name__}; each line is to hold an object"
    if not _is_id(row):
        found = "none" if row.get("id") is None else type(row["id"]).__name__
        return f"has no usable id (found {found}); a text or a number is wanted"
    if _key(row["id"]) in seen:
        return f"has the id {row['id']!r} of line {seen[_key(row['id'])]}, which counts; give each an id of its own"
    return None


def _label_batch(
    batch: Sequence[_Line], asked: tuple[float, StanceModel | None], put_aside: Callable[[SetAside], None]
) -> Iterator[tuple[_Line, dict[str, Any]]]:
    """Answers for some comments; where they cannot be had together, one by one: a bad one costs itself alone."""
    try:
        answers = _answers(batch, asked)
    except BelowTheLineError:
        raise
    except Exception as error:  # whatever a text may break must not cost hours of work; it is named, not hidden
        if len(batch) == 1:
            reason = f"cannot be labelled ({type(error).__name__}: {error}); please report it"
            put_aside(SetAside(batch[0].number, batch[0].row["id"], reason))
            return
        for line in batch:
            yield from _label_batch([line], asked, put_aside)
    else:
        yield from zip(batch, answers, strict=True)


def _answers(batch: Sequence[_Line], asked: tuple[float, StanceModel | None]) -> list[dict[str, Any]]:
    import pandas as pd

    rows = [{**{c: line.row.get(c) for c in COLUMNS}, "id": f"{n:09d}"} for n, line in enumerate(batch)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    labels = label_comments(frame, target_accuracy=asked[0], model=asked[1])
    if asked[1] is not None:  # comments a model was fitted to keep what fits without their essay made of them
        labels = use_out_of_fold(
            labels.assign(id=[line.row["id"] for line in batch]), asked[1], target_accuracy=asked[0]
        )
    return [answer_as_json(row) for row in labels.to_dict("records")]


def answer_as_json(row: Mapping[Any, Any]) -> dict[str, Any]:
    """One row of ``label_comments`` without its id, as the labels' file holds it."""
    return {
        "label": row["label"] if isinstance(row["label"], str) else None,
        "probabilities": {name: row[name] for name in LABELS},
        "position": row["position"],
        "reason": row["reason"] if isinstance(row["reason"], str) else None,
        "evidence": list(row["evidence"]),
        "codebook_version": row["codebook_version"],
    }


def as_line(row: Mapping[str, Any]) -> bytes:
    """A row as a line of JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, is spelt out.

    Examples
    --------
    >>> as_line({"id": "é"}).decode()
    '{"id": "é"}\\n'
    >>> as_line({"id": "\\ud800"})
    b'{"id": "\\\\ud800"}\\n'
    """
    try:
        return (json.dumps(row, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(row) + "\n").encode()


@contextmanager
def _written_at_the_end(path: Path) -> Iterator[IO[bytes]]:
    """A file beside ``path`` that takes its place when all went well, and goes when not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            yield out
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    part.replace(path)
