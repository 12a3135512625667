"""Intrusion sheets as files: a CSV that a person fills in with a spreadsheet, and its key in a folder of its own.

What a spreadsheet may do to a file on the way is taken as it comes: a mark at the start, semicolons or tabs, other line
ends, columns and rows in another order, blank rows and columns, the line above the head lost.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import TopicError
from analysis.topic_stats.intrusion import IntrusionItem, IntrusionSheet, Kind
from analysis.topic_stats.intrusion_print import sheet_html

KEYS = "keys"  # the folder of keys, beside the sheets: who fills one in does not see the answers
_DELIMITERS = ",;\t"
_HEAD = re.compile(r"sheet ([wt][0-9a-f]{10}), model ([0-9a-f]{12}), seed (\d+)")
_ITEM = re.compile(r"([wt][0-9a-f]{10})-\d{2,}")
_TASK = {
    "word": "In each row one word does not belong to the others. Write it, or its number, under intruder",
    "topic": "Of four topics, shown by their words, one is hardly in the text. Write its number under intruder",
}
_CODER = "and your name under coder; leave a row empty that you cannot answer."


@dataclass(frozen=True)
class Answer:
    """What one coder said of one question: the place of the choice, from 1; None where the row is not filled in."""

    item: str
    coder: str
    place: int | None


def write_sheet(sheet: IntrusionSheet, path: Path) -> str:
    """Write a sheet to be filled in, the same to print, and its key in the folder ``keys`` beside it.

    Parameters
    ----------
    sheet : IntrusionSheet
    path : Path
        A .csv file. A copy of the same sheet that lies there stays as it is, filled in or not.

    Returns
    -------
    str
        What was written where, and what to do with it, in sentences.

    Raises
    ------
    TopicError
        If the path is no .csv, cannot be written, or holds another file than an unanswered sheet.
    """
    if path.suffix.lower() != ".csv":
        raise TopicError(f"A sheet is a .csv file, and {path.name!r} is none; give a name that ends in .csv.")
    key = path.parent / KEYS / f"{sheet.kind}-intrusion-{sheet.name}.csv"
    try:
        fresh = not path.exists() or _may_replace(path, sheet.name)
        key.parent.mkdir(parents=True, exist_ok=True)
        _write(key, f"Key, not for who fills the sheet in: {_about(sheet)}", _key_rows(sheet))
        path.with_suffix(".html").write_text(sheet_html(sheet), encoding="utf-8")
        if fresh:
            _write(path, f"{_TASK[sheet.kind]}, {_CODER} ({_about(sheet)})", _sheet_rows(sheet))
    except OSError as error:
        raise TopicError(f"{path.name} cannot be written ({error.strerror}); choose another place.") from error
    where = f"`{path.parent.name}/{path.name}`"
    what = "topic(s)" if sheet.kind == "word" else "essay(s)"
    left = f" {sheet.left_out} {what} bear no question." if sheet.left_out else ""
    return (
        f"{where} asks {len(sheet.items)} questions{'' if fresh else ' and was there already, so it is left as it is'}."
        f"{left} Give each reader a copy (it opens in a spreadsheet; `{path.stem}.html` is the same to print), put the "
        "filled copies into that folder, and call `study.topics.score_intrusion()`. Readers should not see the folder "
        f"`{KEYS}`."
    )


def _may_replace(path: Path, name: str) -> bool:
    """Whether a sheet may be written over: not where it is the same, and never where it holds answers to another."""
    before = _table(path)
    found = _name_of(before, path)
    if found != name and any(row.get("intruder") for row in before.rows):
        raise TopicError(
            f"{path.name} holds answers to another sheet ({found}); move it away, or give another path, so that they "
            "are not lost."
        )
    return found != name


def _about(sheet: IntrusionSheet) -> str:
    return f"{sheet.kind} intrusion, Chang et al. 2009; sheet {sheet.name}, model {sheet.model}, seed {sheet.seed}"


def _sheet_rows(sheet: IntrusionSheet) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for item in sheet.items:
        # quotation marks, so that no spreadsheet takes a text for a formula
        read = {"title": f"“{item.title}”", "text": f"“{item.text}”"} if sheet.kind == "topic" else {}
        choices = {f"{sheet.kind}_{n}": choice for n, choice in enumerate(item.choices, start=1)}
        rows.append({"item": item.item, **read, **choices, "intruder": "", "coder": ""})
    return rows


def _key_rows(sheet: IntrusionSheet) -> list[dict[str, object]]:
    return [
        {
            "item": item.item,
            "topic": item.topic,
            "intruder": item.intruder,
            **{f"choice_{n}": choice for n, choice in enumerate(item.choices, start=1)},
            **{f"of_{n}": of for n, of in enumerate(item.of, start=1)},
            **{f"share_{n}": share for n, share in enumerate(item.shares, start=1)},
        }
        for item in sheet.items
    ]


def _write(path: Path, comment: str, rows: Sequence[dict[str, object]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerow([f"# {comment}"])
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text.getvalue(), encoding="utf-8-sig", newline="")  # the mark tells spreadsheets: UTF-8
    partial.replace(path)


@dataclass(frozen=True)
class _Table:
    """Lines above the head, and the rows below it, each with its line in the file under the key ``#``."""

    comment: str
    rows: tuple[dict[str, str], ...]


def _table(path: Path) -> _Table:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise TopicError(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise TopicError(f"{path.name} is not a text in UTF-8; save it again as 'CSV UTF-8'.") from error
    for delimiter in _DELIMITERS:
        try:
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise TopicError(f"{path.name} cannot be read as a table ({error}); save it again as CSV.") from error
        for at, line in enumerate(lines):
            names = [cell.strip().lower() for cell in line]
            if {"item", "intruder"} <= set(names):
                _check_names(names, path)
                said = " ".join(cell for above in lines[:at] for cell in above)
                return _Table(said, tuple(_rows(lines[at + 1 :], names, at + 2, path)))
    raise TopicError(
        f"{path.name} is no intrusion sheet: no line of it names the columns item and intruder. Fill in the file that "
        "study.topics.word_intrusion() or topic_intrusion() wrote, and keep its head."
    )


def _check_names(names: Sequence[str], path: Path) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise TopicError(f"{path.name} has the column {twice[0]} twice; take one of them out.")


def _rows(lines: Sequence[Sequence[str]], names: Sequence[str], first: int, path: Path) -> list[dict[str, str]]:
    rows = []
    for number, line in enumerate(lines, start=first):
        cells = {name: " ".join(cell.split()) for name, cell in zip(names, line, strict=False) if name}
        if not any(cells.values()):
            continue
        if any(cell.strip() for cell in line[len(names) :]):
            raise TopicError(f"Row {number} of {path.name} has more cells than the head; was one shifted to the right?")
        rows.append({**dict.fromkeys((name for name in names if name), ""), **cells, "#": str(number)})
    return rows


def _name_of(table: _Table, path: Path) -> str:
    """The sheet that the questions of a file belong to."""
    found = {match[1] if (match := _ITEM.fullmatch(row["item"])) else "" for row in table.rows}
    if len(found) != 1 or "" in found:
        wrong = next((row for row in table.rows if not _ITEM.fullmatch(row["item"])), None)
        told = f"row {wrong['#']} has the item {wrong['item']!r}" if wrong else f"it mixes {len(found)} sheets"
        raise TopicError(
            f"{path.name} is no intrusion sheet as it was written: {told}. Keep the column item as it is, one sheet a "
            "file."
        )
    return found.pop()


def find_key(path: Path) -> Path:
    """Find the key to a sheet that was filled in: in the folder ``keys`` beside it, by the questions' names.

    Raises
    ------
    TopicError
        If the file is no sheet, or its key is not there.
    """
    name = _name_of(_table(path), path)
    found = sorted((path.parent / KEYS).glob(f"*-{name}.csv"))
    if not found:
        raise TopicError(
            f"The key to {path.name} (sheet {name}) is not in the folder {KEYS} beside it; put the filled sheet back "
            "where it was written, or make the same sheet again."
        )
    return found[0]


def read_key(path: Path) -> IntrusionSheet:
    """Read the key to a sheet.

    Raises
    ------
    TopicError
        If the file is no key.
    """
    table = _table(path)
    head = _HEAD.search(table.comment)
    if head is None:
        raise TopicError(f"{path.name} is no key: its first line does not name sheet, model and seed.")
    try:
        items = tuple(_item(row) for row in table.rows)
    except (KeyError, ValueError) as error:
        raise TopicError(f"{path.name} is no key as it was written ({error}); make the sheet again.") from error
    kind: Kind = "word" if head[1][0] == "w" else "topic"
    return IntrusionSheet(kind, head[1], head[2], int(head[3]), items, left_out=0)


def _item(row: dict[str, str]) -> IntrusionItem:
    places = range(1, 1 + sum(name.startswith("choice_") for name in row))
    return IntrusionItem(
        item=row["item"],
        topic=int(row["topic"]),
        choices=tuple(row[f"choice_{n}"] for n in places),
        intruder=int(row["intruder"]),
        of=tuple(int(row[f"of_{n}"]) for n in places),
        shares=tuple(float(row[f"share_{n}"]) for n in places),
    )


def read_answers(path: Path, key: IntrusionSheet) -> list[Answer]:
    """Read what was filled in, row by row, and check that the questions are the key's.

    Parameters
    ----------
    path : Path
    key : IntrusionSheet

    Returns
    -------
    list of Answer
        In the file's order. The coder is the one named in the row; else the only one the file names; else the file.

    Raises
    ------
    TopicError
        If a row is of another sheet, was changed, or answers with none of its choices, or if rows name several coders
        and an answered one names none.
    """
    table = _table(path)
    items = {item.item: item for item in key.items}
    named = sorted({row.get("coder", "") for row in table.rows} - {""})
    answers = []
    for row in table.rows:
        item, where = items.get(row["item"]), f"Row {row['#']} of {path.name}"
        if item is None:
            raise TopicError(f"{where} asks {row['item']!r}, which is no question of sheet {key.name}.")
        shown = [row.get(f"{key.kind}_{n}") for n in range(1, len(item.choices) + 1)]
        if [str(one).casefold() for one in shown] != [one.casefold() for one in item.choices]:  # TRUE for "true"
            raise TopicError(
                f"{where} was changed: it shows {' | '.join(str(s) for s in shown)}, and the sheet was written with "
                f"{' | '.join(item.choices)}. Put the row back as it was."
            )
        place = _place(row["intruder"], item, where)
        if place is not None and not row.get("coder") and len(named) > 1:
            raise TopicError(f"{where} names no coder, and the file names {len(named)}; write who answered it.")
        answers.append(Answer(row["item"], row.get("coder") or (named[0] if named else path.stem), place))
    return answers


def _place(said: str, item: IntrusionItem, where: str) -> int | None:
    """Place of the choice that was named by its number or its text; None for an empty cell."""
    if not said:
        return None
    choices = [choice.casefold() for choice in item.choices]
    plain = said.casefold().strip(" .,;“”\"'")
    if plain in choices:
        return choices.index(plain) + 1
    number = plain.replace(",", ".").removesuffix(".0")
    if number.isdecimal() and 1 <= int(number) <= len(choices):
        return int(number)
    raise TopicError(
        f"{where} answers {said!r}, which is none of {' | '.join(item.choices)} and no number from 1 to "
        f"{len(choices)}. Write one of them, or leave the cell empty."
    )
