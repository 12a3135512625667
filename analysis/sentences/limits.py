"""Paragraphs on what limits a corrected share: the coders' own errors, and how few comments are coded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.coding import ONE_CODER, no_codes
from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    get,
    known,
    listing,
    lowest,
    number,
    paragraph,
    percent,
    rows,
    span,
    words_of,
)

POINTS_ASKED = 0.05  # the half width most projects ask for


def read_coder_error(tables: Tables) -> str:
    """Say between which ends a share may lie if the coders' disagreements are errors.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``coder_error`` as ``estimate.coder_error`` gives it; of groups only "all".
    """
    table = get(tables, "coder_error", ["label", "assumption", "share", "low", "high", "n_double"])
    if table is not None and "group" in table.columns:
        table = table[table["group"] == "all"]
    if table is None or table.empty:
        return no_codes(tables)
    n = int(table["n_double"].max())
    if not n:
        return f"{ONE_CODER} What their errors do to a share cannot be said."
    each = [_ends(found) for _, found in table.groupby("label", sort=False)]
    settled = "" if "settled" not in set(table["assumption"]) else " A further reading decides between the ends."
    return paragraph(
        f"From {count(n, 'comment')} coded by two or more: a disagreement may be a missed label or a false alarm, and "
        f"which it was the codes do not say.{settled}",
        *each,
        "This holds if coders err independently of each other; errors they share are in no figure here.",
    )


def _ends(table: pd.DataFrame) -> str | None:
    by = {str(r["assumption"]): r for r in rows(table)}
    if not {"no errors", "all misses", "all false alarms"} <= set(by):
        return None
    name, coded = words_of(table["label"].iloc[0]), by["no errors"]
    least, most = by["all false alarms"], by["all misses"]
    if not known(coded["share"]):
        return None
    if not known(least["share"]) or not known(most["share"]):
        why = next((r["reason"] for r in (most, least) if known(r.get("reason"))), "")
        return f"{begin(name)}: nothing can be said{f' ({words_of(why)})' if why else ''}."
    luck = f"with the luck of the draw {percent(table['low'].min())} to {percent(table['high'].max())}"
    settled = by.get("settled")
    if len({percent(r["share"]) for r in (coded, least, most, settled or coded)}) == 1:
        return f"{begin(name)}: {percent(coded['share'])} as coded, and the same whichever they were; {luck}."
    further = "" if settled is None else f", {percent(settled['share'])}{span(settled)} by the further reading"
    return (
        f"{begin(name)}: {percent(coded['share'])} as coded, {percent(least['share'])} if all were false alarms, "
        f"{percent(most['share'])} if all were misses{further}; {luck}."
    )


def read_precision(tables: Tables) -> str:
    """Say how wide the intervals are now, and how many codes narrower ones would take.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``precision``: label, half_width (0 to 1), codes (missing where no number reaches it), coded, n, now (the
        row of the codes there are).
    """
    table = get(tables, "precision", ["label", "half_width", "codes", "coded", "n", "now"])
    if table is None:
        return f"{no_codes(tables)} How many it takes can be said only from a first few."
    first = rows(table)[0]
    now = table[table["now"].astype(bool) & table["half_width"].notna()]
    stands = listing(f"{words_of(r['label'])} {_points(r['half_width'])}" for r in rows(now))
    said = f"With {count(first['coded'], 'code')} the intervals reach to either side by: {stands}." if stands else None
    return paragraph(
        said,
        *[_needed(found, first) for _, found in table.groupby("label", sort=False)],
        "A forecast: it holds if the comments still to be coded are like those that were.",
    )


def _points(half: float) -> str:
    return f"{100 * half:.1f} points"


def _needed(table: pd.DataFrame, first: Mapping[str, Any]) -> str | None:
    """How many more codes bring one label to the half width asked for, or the nearest wider one in the table."""
    asked = table[~table["now"].astype(bool) & (table["half_width"] >= POINTS_ASKED - 1e-9)]
    if asked.empty:
        return None
    row = lowest(asked, "half_width")
    name, goal = words_of(row["label"]), _points(row["half_width"])
    if not known(row["codes"]):
        return f"{begin(name)} reaches {goal} with no number of codes short of all {number(first['n'])}."
    more = int(row["codes"]) - int(first["coded"])
    if more <= 0:
        return f"{begin(name)} is within {goal} already."
    return f"{begin(name)} needs {count(more, 'more code', 'more codes')} for {goal}."
