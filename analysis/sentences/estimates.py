"""Paragraphs on corrected shares: what each estimator gives, by year, between groups, and what goes with a label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.coding import no_codes
from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    flags,
    get,
    highest,
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

FEW_CODED = 10  # fewer hand codes than this of a year, a side or a term do not bear a comparison: one turns it
NO_CODES = (
    "No comments of this corpus were coded by hand, so there is nothing to correct its shares with. "
    "`btl.open_coding()` draws a sample and opens the coding pane."
)
ESTIMATORS = ("label", "method", "share", "low", "high", "corrected", "n_coded", "n")
YEARS = ("group", "label", "share", "low", "high", "corrected", "n_coded", "n")
CONTRASTS = ("label", "comparison", "difference", "low", "high", "corrected", "n_coded")
INTERCEPT = "intercept"  # the share where every covariate is zero, which is mostly no comment at all
TERMS = ("term", "words", "estimate", "low", "high", "n_coded", "n")


def read_estimators(tables: Tables) -> str:
    """Say how far counting the machine's labels lies from the corrected shares, and what the labels were worth.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``estimators``: label, method, share, low, high, corrected, n_coded, n, worth, truth.
    """
    table = get(tables, "estimators", ESTIMATORS)
    if table is None or not flags(table["corrected"]).any():
        return no_codes(tables, NO_CODES)
    table = table[table["share"].notna()]
    if table.empty:
        return no_codes(tables, NO_CODES)
    coded = count(table["n_coded"].max(), "hand code")
    head = f"Of {count(table['n'].max(), 'comment')} by readers; the corrected shares rest on {coded}."
    each = [_against_counting(rows_of_label) for _, rows_of_label in table.groupby("label", sort=False)]
    return paragraph(head, *each, _worth(table), _truth(table))


def _against_counting(table: pd.DataFrame) -> str | None:
    by_method = {row["method"]: row for row in rows(table)}
    best = by_method.get("ppi++") or by_method.get("hand codes")
    counted = by_method.get("counted")
    if best is None or counted is None:
        return None
    held = known(best["low"]) and best["low"] <= counted["share"] <= best["high"]
    inside = "which the corrected interval holds" if held else "which lies outside the corrected interval"
    return (
        f"{begin(words_of(best['label']))}: {percent(best['share'])}{span(best)} corrected; counting the machine's "
        f"labels gives {percent(counted['share'])}, {inside}."
    )


def _worth(table: pd.DataFrame) -> str | None:
    if "worth" not in table:
        return None
    told = table[(table["method"] == "ppi++") & table["worth"].notna()]
    each = [f"{words_of(row['label'])} {row['worth']}" for row in rows(told)]
    if not each:
        return None
    return (
        "Against as many codes of a simple sample the machine's labels, in the draw and after it, were worth: "
        f"{listing(each)}."
    )


def _truth(table: pd.DataFrame) -> str | None:
    if "truth" not in table:
        return None
    judged = table.dropna(subset=["truth", "low", "high"])
    if judged.empty:
        return None
    held = judged[(judged["low"] <= judged["truth"]) & (judged["truth"] <= judged["high"])]
    parts = []
    for corrected, words in ((False, "counting"), (True, "the corrected estimates")):
        tried = flags(judged["corrected"]) == corrected
        hit = int((flags(held["corrected"]) == corrected).sum())
        parts.append(f"{words} {number(hit)} of {number(int(tried.sum()))}")
    return (
        f"Here the true shares are known. Intervals that hold them: {listing(parts)}. One corpus proves nothing about "
        "an interval: the simulations in `benchmarks/estimates.py` do."
    )


def read_shares_by_year(tables: Tables) -> str:
    """Say between which years the share of a label differs most, and whether that may be chance.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``shares_by_year``: group (the year), label, share, low, high, corrected, n_coded, n.
    """
    table = get(tables, "shares_by_year", YEARS)
    table = None if table is None else table[(table["group"] != "all") & table["share"].notna()]
    if table is None or table.empty:
        return "The comments here have no dates by which they could be told apart."
    years = list(dict.fromkeys(table["group"]))
    fair = table[flags(table["corrected"]) & (table["n_coded"] >= FEW_CODED)]
    each = [_by_year(rows_of_label) for _, rows_of_label in fair.groupby("label", sort=False)]
    thin = table[~table["group"].isin(fair["group"])]["group"].nunique()
    left = (
        f"Not compared, for fewer than {FEW_CODED} hand codes of their own: {count(thin, 'year')} of {len(years)}."
        if thin
        else None
    )
    return paragraph(*each, left, "Each interval stands alone: among many years some differ most by chance.")


def _by_year(table: pd.DataFrame) -> str | None:
    if len(table) < 2:
        return None
    least, most = lowest(table, "share"), highest(table, "share")
    apart = "do not touch" if most["low"] > least["high"] else "overlap, so this may be chance"
    ends = " and ".join(f"{percent(row['share'])} ({words_of(row['group'])})" for row in (least, most))
    return f"{begin(words_of(least['label']))} lies between {ends} a year; these two intervals {apart}."


def read_contrasts(tables: Tables) -> str:
    """Say by how much a share differs between two kinds of comments, and where the interval leaves the sign open.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``contrasts``: label, comparison (in words), difference (-1 to 1), low, high, corrected, n_coded; and
        fewest_coded, the codes of the side that has fewer.
    """
    table = get(tables, "contrasts", CONTRASTS)
    table = None if table is None else table[table["difference"].notna()]
    if table is None or table.empty:
        return no_codes(tables, "There are no two kinds of comments here with enough hand codes to be compared.")
    each = []
    for comparison, found in table.groupby("comparison", sort=False):
        parts = [f"{words_of(row['label'])} {_points(row)}" for row in rows(found)]
        bare = "" if flags(found["corrected"]).all() else " These are counts, not corrected: too few hand codes."
        each.append(f"{begin(words_of(comparison))}: {listing(parts)}.{bare or _few_on_a_side(found)}")
    open_ = int(((table["low"] < 0) & (table["high"] > 0)).sum())
    said = (
        f"In {number(open_)} of {count(len(table), 'difference')} the interval holds zero: not even the sign is sure."
    )
    return paragraph(*each, said if open_ else None)


def _few_on_a_side(table: pd.DataFrame) -> str:
    """A warning where one of the two kinds of comments has hardly any codes."""
    fewest = table["fewest_coded"].min() if "fewest_coded" in table else float("nan")
    if not fewest < FEW_CODED:
        return ""
    return f" **One of the two rests on only {count(fewest, 'hand code')}: do not lean on this.**"


def _points(row: Mapping[str, Any]) -> str:
    """A difference of shares in points, with its interval; more and fewer stand beside each number."""
    difference = row["difference"]
    size = _size(difference)
    told = f"{size} {'point' if size in ('1', 'under 1') else 'points'} {_way(difference)}"
    return f"{told if difference else 'the same'}{_from_to(row['low'], row['high'])}"


def _from_to(low: float, high: float) -> str:
    """An interval of a difference, such that neither sign can be overlooked."""
    if not known(low) or not known(high):
        return ""
    once = bool(high) and _way(low) == _way(high)
    first = f"{_size(low)} {_way(low)}" if low and not once else _size(low)
    return f" (interval from {first} to {_size(high)}{f' {_way(high)}' if high else ''})"


def _size(difference: float) -> str:
    """Points of a difference without its sign; what is not nought is not shown as such."""
    points = round(100 * abs(difference))
    return "under 1" if difference and not points else str(points)


def _way(difference: float) -> str:
    return "more" if difference > 0 else "fewer"


def read_regression(tables: Tables) -> str:
    """Say what goes with a label when the other covariates are held still.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``regression``: term, words (the term for a reader), estimate, low, high (change of the share), n_coded, n;
        and n_telling, the codes that tell of the term.
    """
    table = get(tables, "regression", TERMS)
    table = None if table is None else table[table["estimate"].notna() & (table["term"] != INTERCEPT)]
    if table is None or table.empty:
        return no_codes(tables, "Too few comments were coded by hand for a regression on them.")
    first = rows(table.head(1))[0]
    sure = table[(table["low"] > 0) | (table["high"] < 0)]
    told = [f"{words_of(row['words'])}, {_points(row | {'difference': row['estimate']})}" for row in rows(sure)]
    rest = [words_of(row["words"]) for row in rows(table[~table.index.isin(sure.index)])]
    head = f"Linear regression on {count(first['n'], 'comment')}, corrected by {count(first['n_coded'], 'hand code')}."
    return paragraph(
        head,
        f"Among comments otherwise alike the share of extending ones is, {listing(told)}."
        if told
        else "No covariate has a sure sign.",
        f"Intervals that hold zero: {listing(rest)}." if rest else None,
        _few_telling(table),
        "What goes together need not be cause and effect.",
    )


def _few_telling(table: pd.DataFrame) -> str | None:
    """A warning on terms of which hardly any coded comment tells."""
    few = table[table["n_telling"] < FEW_CODED] if "n_telling" in table else table.head(0)
    each = [f"{words_of(row['words'])} ({number(row['n_telling'])})" for row in rows(few)]
    return f"**Fewer than {FEW_CODED} hand codes tell of: {listing(each)}; do not lean on this.**" if each else None
