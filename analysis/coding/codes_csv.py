"""Hand codes made elsewhere, in a spreadsheet say, and kept as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from analysis.coding.events import check_event
from analysis.errors import CodingError

NEEDED = ("comment_id", "coder", "label")
ALLOWED = (*NEEDED, "position", "sure", "note")
_SURE = {"true": True, "yes": True, "1": True, "": True, "false": False, "no": False, "0": False}


def read_csv_codes(path: Path) -> list[dict[str, Any]]:
    """Read a CSV file of hand codes: one row a coder and comment.

    Parameters
    ----------
    path : Path
        UTF-8, with a head of ``comment_id, coder, label`` and, if wanted, ``position, sure, note``; separated by
        commas, or by semicolons as some spreadsheets do. An empty ``sure`` means sure.

    Returns
    -------
    list of dict
        Codes as ``events.check_event`` gives them, in the file's order.

    Raises
    ------
    CodingError
        If a column is missing or unknown, a row is too long, a label is outside the codebook, or two rows give one
        coder's code of one comment.
    """
    rows = _rows(path)
    seen: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}
    for line, row in rows:
        where = f"Line {line} of {path.name}"
        code = _code(row, where)
        key = code["comment_id"], code["coder"]
        if key in seen:
            first, before = seen[key]
            same = all(before[k] == code[k] for k in ("label", "position", "sure", "note"))
            raise CodingError(
                f"Lines {first} and {line} of {path.name} both give {code['coder']}'s code of comment "
                f"{code['comment_id']}, "
                + ("twice the same" if same else f"one {before['label']}, the other {code['label']}")
                + ". Keep one of the two rows."
            )
        seen[key] = line, code
    return [code for _, code in seen.values()]


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodingError(f"{path.name} is not a text in UTF-8; save it again as 'CSV UTF-8'.") from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    rows = []
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(columns, path.name)
        for values in reader:
            if not any(v.strip() for v in values):
                continue
            if len(values) > len(columns):
                raise CodingError(
                    f"Line {reader.line_num} of {path.name} has {len(values)} values for {len(columns)} columns; "
                    "put a note that holds a comma between quotation marks."
                )
            filled = [*values, *[""] * (len(columns) - len(values))]
            rows.append((reader.line_num, dict(zip(columns, filled, strict=True))))
    except csv.Error as error:
        raise CodingError(
            f"{path.name} cannot be read as a table from line {reader.line_num} on; save it again from the spreadsheet "
            "as CSV."
        ) from error
    return rows


def _check_columns(columns: list[str], name: str) -> None:
    missing = [c for c in NEEDED if c not in columns]
    unknown = [c for c in columns if c not in ALLOWED]
    if missing or unknown or len(set(columns)) < len(columns):
        raise CodingError(
            f"{name} has the columns {', '.join(columns) or '(none)'}; a file of hand codes needs "
            f"{', '.join(NEEDED)} and may have {', '.join(ALLOWED[3:])}, each once."
        )


def _code(row: dict[str, str], where: str) -> dict[str, Any]:
    label = row["label"].strip()
    if not label:
        raise CodingError(f"{where} gives no label; write one, or take the row out (no label means not coded).")
    sure = _SURE.get(row.get("sure", "").strip().lower())
    if sure is None:
        raise CodingError(f"{where}: 'sure' is to be true or false, found {row['sure']!r}.")
    event = {
        "comment_id": row["comment_id"].strip(),
        "coder": row["coder"].strip(),
        "label": label,
        "position": row.get("position", "").strip() or None,
        "sure": sure,
        "note": row.get("note", ""),
    }
    return check_event(event, where)
