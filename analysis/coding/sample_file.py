"""The file of the sample to be coded: which comments, in which order, drawn how, from which version of the corpus."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.events import clipped
from analysis.errors import CodingError, TableError, one_of
from analysis.records import hash_settings
from analysis.tables import GOLD_SAMPLE, check_table

DESIGNS = ("simple", "stratified", "uncertainty")
_FORMAT = 1
_NEEDED = (
    "corpus",
    "corpus_hash",
    "design",
    "seed",
    "n",
    "population",
    "codebook_version",
    "code_version",
)
_FIXED = (
    "{name} keeps {kept} comments drawn by uncertainty, and such a draw has one size: with {asked} each comment would "
    "have had another chance, and other comments would have been drawn. Code the {kept}. If none of them is coded yet, "
    "move the folder of codes away and draw {asked}; a sample drawn by 'stratified' or 'simple' can be enlarged later."
)
_SAME = ("corpus_hash", "design", "seed", "population", "codebook_version")  # one draw, whatever its size


def write_sample(path: Path, sample: pd.DataFrame, header: Mapping[str, Any]) -> Path:
    """Keep a drawn sample, in coding order, with what it takes to draw it again.

    Parameters
    ----------
    path : Path
        ``codes/sample.jsonl`` of a corpus.
    sample : DataFrame
        Columns as in ``tables.GOLD_SAMPLE``.
    header : mapping
        ``corpus, corpus_hash, design, seed, n, population, codebook_version, code_version``.

    Returns
    -------
    Path

    Raises
    ------
    CodingError
        If another sample is kept there. The same draw, made larger, replaces the smaller one, for it begins
        with it; made smaller, it changes nothing.
    """
    table = _checked(sample, {**header, "sample": _FORMAT}, path.name)
    if path.exists():
        before, old = read_sample(path)
        _check_enlarges(path.name, (before, old), (header, table))
        if len(old) >= len(table):
            return path  # the same sample, or a smaller cut of it: what is kept already holds it
    head = {"sample": _FORMAT, **{k: header[k] for k in _NEEDED}}
    rows = table.sort_values("order")[list(GOLD_SAMPLE.columns)].astype(object).to_dict("records")
    text = "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in [head, *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    return path


def _plain(value: Any) -> Any:
    """A numpy number as Python's own, for JSON."""
    return value.item()


def _check_enlarges(
    name: str, old: tuple[Mapping[str, Any], pd.DataFrame], new: tuple[Mapping[str, Any], pd.DataFrame]
) -> None:
    differing = [k for k in _SAME if old[0][k] != new[0][k]]
    first = [t.sort_values("order")["comment_id"].tolist() for t in (old[1], new[1])]
    common = min(len(first[0]), len(first[1]))
    if differing or first[0][:common] != first[1][:common]:
        if not differing and new[0]["design"] == "uncertainty" and len(old[1]) != len(new[1]):
            raise CodingError(_FIXED.format(name=name, kept=len(old[1]), asked=len(new[1])))
        why = f"another {' and '.join(differing)}" if differing else "other comments in another order"
        raise CodingError(
            f"{name} already keeps a sample with {why}, and codes may have been given for it. Draw with the same seed "
            "and design to enlarge it; move the folder of codes away to begin anew."
        )


def name_draw(header: Mapping[str, Any]) -> str:
    """Twelve digits for a draw, the same when it is made larger; they name it in a browser without telling of it."""
    return hash_settings([header[k] for k in _SAME])[:12]


def read_sample(
    path: Path,
    corpus_hash: str | None = None,
    codebook_version: str | None = None,
    *,
    comment_ids: Iterable[str] | None = None,
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Read the sample to be coded, and refuse one of another corpus version or another codebook.

    Parameters
    ----------
    path : Path
        ``codes/sample.jsonl`` of a corpus.
    corpus_hash, codebook_version : str, optional
        What the corpus and the codebook are now; each is compared where it is given.
    comment_ids : iterable of str, optional
        The comments of the corpus now, so that the error can name those which are gone.

    Returns
    -------
    header : dict
        What ``write_sample`` was given.
    sample : DataFrame
        Columns as in ``tables.GOLD_SAMPLE``, sorted by ``comment_id``; ``order`` counts from 1 in coding order.

    Raises
    ------
    CodingError
    """
    if not path.exists():
        raise CodingError(
            f"There is no sample to code: {path.name} is missing. Draw one first; a comment picked by hand says "
            "nothing about the share among all comments."
        )
    rows = [_row(line, f"Line {n} of {path.name}") for n, line in _lines(path)]
    if not rows or "sample" not in rows[0]:
        raise CodingError(f"{path.name} does not begin with the header of a sample; put the file back as it was.")
    header = {k: v for k, v in rows[0].items() if k != "sample"}
    table = _checked(pd.DataFrame(rows[1:]), rows[0], path.name)
    if codebook_version is not None and header["codebook_version"] != codebook_version:
        raise CodingError(
            f"{path.name} was drawn to be coded by codebook {header['codebook_version']}, and this is codebook "
            f"{codebook_version}: codes under two meanings cannot be pooled. Draw a new sample in another folder."
        )
    if corpus_hash is not None and header["corpus_hash"] != corpus_hash:
        raise CodingError(_other_corpus(path.name, header, table, comment_ids))
    return header, table


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CodingError(f"{path.name} is not a text in UTF-8; put the file back as it was.") from error
    return [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip()]


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        what = f"it was cut off or changed, and now reads {clipped(line)}"
        raise CodingError(f"{where} cannot be read: {what}. Put the file back as it was.") from error
    if not isinstance(row, dict):
        raise CodingError(f"{where} reads {clipped(line)}, which is no comment of the sample; put the file back.")
    return row


def _checked(sample: pd.DataFrame, header: Mapping[str, Any], name: str) -> pd.DataFrame:
    missing = [k for k in _NEEDED if k not in header]
    if missing or header["sample"] != _FORMAT:
        raise CodingError(
            f"The header of {name} lacks {', '.join(missing) or 'a format this version knows'}; "
            "without it the draw cannot be repeated. Put the file back as it was, or draw again."
        )
    if header["design"] not in DESIGNS:
        raise CodingError(f"{name}: " + one_of("sampling design", str(header["design"]), DESIGNS))
    try:
        table = check_table(sample, GOLD_SAMPLE)
    except TableError as error:
        raise CodingError(f"{name} is not a sample: {error}") from error
    table = table.astype({"order": "int64", "stratum_size": "int64", "inclusion_probability": "float64"})
    chances = table["inclusion_probability"]
    if sorted(table["order"]) != list(range(1, len(table) + 1)) or header["n"] != len(table):
        raise CodingError(
            f"{name} says that it holds {header['n']} comments and holds {len(table)}, or they are not numbered from "
            "1 on: it was cut or edited. Put the file back as it was, or draw again with the same seed."
        )
    if not ((chances > 0) & (chances <= 1)).all():
        raise CodingError(f"{name}: each comment's chance of being drawn lies above 0 and at most at 1; draw again.")
    return table


def _other_corpus(name: str, header: Mapping[str, Any], sample: pd.DataFrame, comment_ids: Iterable[str] | None) -> str:
    found = f"{name} was drawn from another version of the corpus {header['corpus']}"
    known = None if comment_ids is None else set(comment_ids)
    gone = [] if known is None else sorted(set(sample["comment_id"]) - known)
    if known is None:
        what = ""
    elif gone:
        more = f" and {len(gone) - 5} more" if len(gone) > 5 else ""
        what = f": {len(gone)} of its {len(sample)} comments are gone ({', '.join(gone[:5])}{more})"
    else:
        what = (
            f": its {len(sample)} comments are all still there, but it was drawn from {header['population']} comments "
            f"and there are {len(known)} now"
        )
    return (
        f"{found}{what}. Put the pages and corrections.toml back as they were, or move the folder of codes away and "
        "draw a new sample; codes of comments that are still there can be kept as a CSV file for comparing coders."
    )
