"""The files of hand codes: one append-only file a coder, read back into one table.

A codes file is never rewritten: each key press is one more line, and the last line on a comment counts. So a killed
kernel can cost at most the line it was writing, and that line is found, dropped and counted.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.codes_csv import read_csv_codes
from analysis.coding.events import ADJUDICATED, MENDS, check_coder, check_event, event_line, fold_name, parse_event
from analysis.errors import CodingError
from analysis.tables import CODES, check_table

ENDING = ".codes.jsonl"
SAMPLE_FILE = "sample.jsonl"


@dataclass(frozen=True)
class CodesFile:
    """What one codes file holds.

    Attributes
    ----------
    events : tuple of dict
        In the order in which they were written.
    dropped : int
        Lines that a killed kernel left unfinished; they are not among the events.
    size : int
        Bytes of the file when it was read.
    """

    events: tuple[dict[str, Any], ...]
    dropped: int
    size: int


def codes_path(folder: Path, coder: str) -> Path:
    """Where a coder's codes are kept: ``CODER.codes.jsonl`` in the folder."""
    return folder / f"{check_coder(coder, reserved=True)}{ENDING}"


def append_event(path: Path, event: Mapping[str, Any], *, size: int | None = None) -> int:
    """Add one event to a codes file and wait until it is on the disk; nothing in the file is changed.

    Parameters
    ----------
    path : Path
        Ends in ``.codes.jsonl``; its folder is made where it is missing.
    event : mapping
        ``comment_id``, ``coder``, ``label`` (None takes the code back) and the rest of an event.
    size : int, optional
        How many bytes the file must have now. Give it to notice that somebody else wrote to the file since.

    Returns
    -------
    int
        The file's bytes afterwards.

    Raises
    ------
    CodingError
        If the event is outside the codebook, or the file is not as long as ``size`` says.
    """
    checked = check_event(event, f"An event for {path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        found = file.seek(0, os.SEEK_END)
        if size is not None and found != size:
            raise CodingError(
                f"Somebody else wrote to {path.name} since this pane was opened ({found} bytes, not {size}): "
                "two panes are open for one coder. Close one, run the cell of the other again, and nothing is lost."
            )
        line = event_line(checked) + "\n"
        if found and not _ends_with_a_line(file, found):
            line = "\n" + event_line({MENDS: True, **checked}) + "\n"
        if file.write(line.encode("ascii")) < len(line):
            raise CodingError(f"The disk is full: the code could not be written to {path.name}. Make room; it waits.")
        os.fsync(file.fileno())
        return found + len(line)


def _ends_with_a_line(file: Any, size: int) -> bool:
    file.seek(max(size - 2, 0))
    return bool(file.read(2) == b"}\n")


def read_events(path: Path) -> CodesFile:
    """Read one codes file, event by event.

    Parameters
    ----------
    path : Path
        A file that is missing holds no events.

    Returns
    -------
    CodesFile

    Raises
    ------
    CodingError
        If a line other than one cut off by a killed kernel is broken, or names another coder than the file does.
    """
    data = path.read_bytes() if path.exists() else b""
    lines = data.split(b"\n")
    events, dropped, owner = [], 0, path.name.removesuffix(ENDING)
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        where = f"Line {number} of {path.name}"
        try:
            event = parse_event(raw.decode("utf-8", errors="replace"), where)
        except CodingError:
            if _was_cut_off(raw, lines[number:]):
                dropped += 1
                continue
            raise
        if event["coder"] != owner:
            raise CodingError(
                f"{where} holds a code by {event['coder']!r}, but the file is {owner!r}'s: two coders with one file. "
                "Give each coder a file of their own, named CODER.codes.jsonl."
            )
        events.append(event)
    return CodesFile(tuple(events), dropped, len(data))


def _was_cut_off(line: bytes, following: list[bytes]) -> bool:
    """Whether a broken line was being written when the kernel stopped: the last one, or one the next event mends."""
    after = next((text for text in following if text.strip()), b"")
    mark = f'{{"{MENDS}": true'.encode()
    piece = line.startswith(b"{") and not line.rstrip().endswith(b"}")
    return piece and (after.startswith(mark) or mark.startswith(after))


def last_events(events: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The last event on each comment, by ``comment_id``; one whose label is None takes the code back."""
    return {event["comment_id"]: dict(event) for event in events}


def read_codes(folder: Path, *, need_sample: bool = True) -> pd.DataFrame:
    """Read what the coders said: all ``CODER.codes.jsonl`` and hand-made ``.csv`` files of a folder in one table.

    Parameters
    ----------
    folder : Path
        The folder ``codes`` of a corpus.
    need_sample : bool
        Whether codes without a ``sample.jsonl`` beside them are an error. Without a sample nobody knows how the
        comments were chosen, so no share can be estimated; agreement between coders can be.

    Returns
    -------
    DataFrame
        Columns as in ``tables.CODES``: one row a coder and comment, the coder's last word. Adjudications are left out.
        ``attrs["notes"]`` says in sentences what was dropped (a list, mostly empty).

    Raises
    ------
    CodingError
        If a file is broken, a label is outside the codebook, two coders have one name, files contradict each other,
        or the sample is missing.
    """
    table = _read_all(folder)
    if need_sample and len(table) and not (folder / SAMPLE_FILE).exists():
        raise CodingError(
            f"The folder {folder.name} holds codes without a sample: {SAMPLE_FILE} is missing, so nobody can say how "
            "these comments were chosen. Put the file back, or draw a sample and code that."
        )
    return _part(table, table["coder"] != ADJUDICATED)


def read_adjudicated(folder: Path) -> pd.DataFrame:
    """Read what was decided where coders differed; columns as in ``tables.CODES``, all by ``"adjudicated"``."""
    table = _read_all(folder)
    return _part(table, table["coder"] == ADJUDICATED)


def _part(table: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    part = check_table(table[wanted], CODES)
    part.attrs = dict(table.attrs)
    return part


def _read_all(folder: Path) -> pd.DataFrame:
    """One row a coder and comment, adjudications among them."""
    rows: dict[tuple[str, str], tuple[dict[str, Any], str]] = {}
    notes: list[str] = []
    for path in sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else []:
        check_coder(path.name.removesuffix(ENDING), reserved=True)
        found = read_events(path)
        if found.dropped:
            notes.append(f"{path.name}: {found.dropped} unfinished line(s), left by a stopped kernel, were dropped.")
        for event in last_events(found.events).values():
            if event["label"] is not None:
                rows[event["comment_id"], event["coder"]] = event, path.name
    for path in sorted(folder.glob("*.csv")) if folder.is_dir() else []:
        for code in read_csv_codes(path):
            _add_code(rows, code, path.name)
    _check_names(rows)
    columns = list(CODES.columns)
    table = pd.DataFrame([[code[c] for c in columns] for code, _ in rows.values()], columns=columns, dtype=object)
    table = table.astype({"sure": "bool", "seconds": "float64"})
    table.attrs["notes"] = notes
    return table


def _add_code(rows: dict[tuple[str, str], tuple[dict[str, Any], str]], code: dict[str, Any], file: str) -> None:
    key = code["comment_id"], code["coder"]
    before, source = rows.setdefault(key, (code, file))
    if (before["label"], before["position"]) != (code["label"], code["position"]) and source != file:
        raise CodingError(
            f"{source} and {file} contradict each other: both give {code['coder']}'s code of comment "
            f"{code['comment_id']}, one {before['label']}, the other {code['label']}. If these are two people, give "
            "each a name; else take the wrong row out of the CSV file."
        )


def _check_names(rows: Mapping[tuple[str, str], tuple[dict[str, Any], str]]) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for (_, coder), (_, file) in rows.items():
        other, source = seen.setdefault(fold_name(coder), (coder, file))
        if other != coder:
            raise CodingError(
                f"Two coders with one name: {other!r} in {source} and {coder!r} in {file} differ only in capitals or "
                "blanks. If they are one person, write the name one way; if two, rename one."
            )
