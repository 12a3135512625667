"""Paragraphs on how far the labels can be trusted: errors by label, mistakes, probabilities, the gain of silence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    count,
    decimal,
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

NOT_TESTED = (
    "No comments with known labels were at hand, so nothing can be said here about how often the classifier errs."
)
FEW_COMMENTS, FEW_CLUSTERS = (
    20,
    5,
)  # fewer comments or essays than this carry no comparison: the interval itself is unsure
FEW_BINNED = 200  # below this most of the mean gap is noise (see ``evaluate.calibration_error``)
CLOSE = 0.05  # a mean gap between promised and observed that no reading of a single comment would notice
UNSAID = "cannot say"
MEAN = "macro"  # how the table calls the mean of the three labels


def _sources(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    if "source" not in table.columns:
        return [("", table)]
    return [(words_of(name), found) for name, found in table.groupby("source", sort=False, dropna=False)]


def _against(source: str) -> str:
    return f"Against {source}: " if source else ""


def read_f1(tables: Tables) -> str:
    """Say how well each label is found.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``f1``: label, f1, low, high (from 0 to 1), and the source of ``confusion`` where it has none of its own.
    """
    table = get(tables, "f1", ["label", "f1", "low", "high"])
    table = None if table is None else table[table["f1"].notna()]
    if table is None or table.empty:
        return NOT_TESTED
    said, against = [], get(tables, "confusion", ["source"])
    if "source" not in table.columns and against is not None:
        table = table.assign(source=against["source"].iloc[0])
    for source, found in _sources(table):
        each = listing(f"{words_of(r['label'])} {decimal(r['f1'])}{_range(r)}" for r in rows(found))
        single = found[found["label"] != MEAN]
        worst = f" The label found worst is {words_of(lowest(single, 'f1')['label'])}." if len(single) > 1 else ""
        said.append(f"{_against(source)}F1 is {each}.{worst}")
    return paragraph(
        "F1 weighs the comments wrongly given a label against those that should have had it and did not get it: 1 is "
        f"without error, and *{MEAN}* is the mean of the labels.",
        *said,
        "Here every comment counts with its likeliest label, also those left unlabelled elsewhere; comments that are "
        "none of the three are left out. On blogs unlike those compared with, expect less.",
    )


def _range(row: Mapping[str, Any]) -> str:
    if not known(row.get("low")) or not known(row.get("high")):
        return ""
    return f" ({decimal(row['low'])} to {decimal(row['high'])})"


def read_confusion(tables: Tables) -> str:
    """Say which labels are mistaken for which.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``confusion``: truth (agreeing, extending, spam, none), said (agreeing, extending, spam, cannot say), n,
        weight (how many comments the n stand for), source; and ``comparison``: note, what must be said beside it.
    """
    table = get(tables, "confusion", ["truth", "said", "n"])
    if table is None or not table["n"].sum():
        return NOT_TESTED
    said = [_against(source) + _mistakes(found) for source, found in _sources(table) if found["n"].sum()]
    beside = get(tables, "comparison", ["note"])
    return paragraph(
        words_of(beside["note"].iloc[0]) if beside is not None else None,
        *said,
        "The two kinds of error are not equal: praise taken for spam silences a reader, spam taken for praise "
        "flatters an essay.",
    )


def _mistakes(table: pd.DataFrame) -> str:
    total, unsaid = int(table["n"].sum()), int(table.loc[table["said"] == UNSAID, "n"].sum())
    right = int(table.loc[table["truth"] == table["said"], "n"].sum())
    answered = total - unsaid
    wrong = table[(table["truth"] != table["said"]) & (table["said"] != UNSAID) & (table["n"] > 0)]
    head = f"of {count(total, 'comment')} with a known label the classifier left {number(unsaid)} unlabelled"
    if not answered:
        return f"{head}, that is, all of them."
    told = f"{head} and got {number(right)} of the other {number(answered)} right ({_part_right(table)})."
    told = paragraph(told, _silent(table))
    if wrong.empty:
        return f"{told} It made no mistake among them."
    worst = highest(wrong, "n")
    truth = "none of the three" if worst["truth"] == "none" else worst["truth"]
    return (
        f"{told} Its commonest mistake: {number(worst['n'])} {words_of(truth)} {'was' if worst['n'] == 1 else 'were'} "
        f"said to be {words_of(worst['said'])}."
    )


def _part_right(table: pd.DataFrame) -> str:
    """Part of the labels given that is right; where comments stand for unequal numbers, of all they stand for."""
    by = "weight" if "weight" in table.columns and table["weight"].notna().all() else "n"
    given = table[table["said"] != UNSAID]
    right, total = given.loc[given["truth"] == given["said"], by].sum(), given[by].sum()
    part = percent(right / total)
    plain = percent(given.loc[given["truth"] == given["said"], "n"].sum() / given["n"].sum())
    return part if part == plain else f"{part} of the comments they stand for"


def _silent(table: pd.DataFrame) -> str | None:
    own = table[table["truth"] != "none"]
    n = own.groupby("truth")["n"].sum()
    left = own[own["said"] == UNSAID].groupby("truth")["n"].sum()
    parts = pd.DataFrame({"n": n, "left": left}).fillna(0).query("left > 0").rename_axis("truth").reset_index()
    if parts.empty:
        return None
    most = highest(parts.assign(part=parts["left"] / parts["n"]), "part")
    of = f"{number(most['left'])} of {number(most['n'])}"
    return f"Of the three labels it stays silent most often where {words_of(most['truth'])} is true ({of})."


def read_reliability(tables: Tables) -> str:
    """Say whether the probabilities keep what they promise.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``reliability``: bin, predicted, observed, low, high (from 0 to 1), n, source.

    Notes
    -----
    The mean gap is the expected calibration error: the absolute gap between promised and observed share, weighted by
    the number of comments in each bin (Naeini, Cooper & Hauskrecht 2015). Lower is better, 0 to 1.
    """
    table = get(tables, "reliability", ["predicted", "observed", "n"])
    table = None if table is None else table[(table["n"] > 0) & table["observed"].notna() & table["predicted"].notna()]
    if table is None or table.empty:
        return NOT_TESTED
    return paragraph(
        *(_against(source) + _gap(found) for source, found in _sources(table)),
        "With so few comments most of such a gap is the luck of the draw." if table["n"].sum() < FEW_BINNED else None,
        "A probability is a promise about many comments of this kind, not about the one before you.",
    )


def _gap(table: pd.DataFrame) -> str:
    total, gap = table["n"].sum(), table["observed"] - table["predicted"]
    mean, lean = float((gap.abs() * table["n"]).sum() / total), float((gap * table["n"]).sum() / total)
    if mean < CLOSE:
        told = "so they may be taken as they stand"
    elif abs(lean) < mean / 2:
        told = "in both directions"
    else:
        told = "and on the whole it promises too much" if lean < 0 else "and on the whole it promises too little"
    worst = highest(table.assign(gap=gap.abs()), "gap")
    outside = 0
    if {"low", "high"} <= set(table.columns):
        outside = int(((table["predicted"] < table["low"]) | (table["predicted"] > table["high"])).sum())
    beyond = (
        f" In {number(outside)} of {count(len(table), 'step')} the gap is more than chance would give."
        if outside
        else ""
    )
    return (
        f"the probabilities of {count(total, 'comment')} miss what was observed by {_points(mean)} on average, "
        f"{told}. The widest gap is where {percent(worst['predicted'])} was promised and {percent(worst['observed'])} "
        f"came true ({count(worst['n'], 'comment')}).{beyond}"
    )


def _points(gap: float) -> str:
    points = round(100 * gap, 1)
    return f"{points:g} percentage {'point' if points == 1 else 'points'}"


def read_coverage(tables: Tables) -> str:
    """Say what is gained by leaving the unsure comments without a label.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``coverage``: coverage (share of comments labelled, surest first), accuracy, low, high, source.
    """
    table = get(tables, "coverage", ["coverage", "accuracy"])
    table = None if table is None else table[table["accuracy"].notna() & table["coverage"].notna()]
    if table is None or table.empty:
        return NOT_TESTED
    said = []
    for source, found in _sources(table):
        ordered = found.sort_values("coverage", kind="stable")
        everything = rows(ordered.tail(1))[0]
        half = lowest(ordered.assign(off=(ordered["coverage"] - 0.5).abs()), "off")
        told = (
            f"labelling {_part(everything['coverage'])} the classifier is right in "
            f"{percent(everything['accuracy'])}{span(everything)}"
        )
        if half["coverage"] < everything["coverage"]:
            told += f"; labelling only the surest {percent(half['coverage'])} it is right in "
            told += f"{percent(half['accuracy'])}{span(half)}"
        gain = half["accuracy"] - everything["accuracy"]
        useless = " Being sure is hardly a sign of being right here." if half["coverage"] < 1 and gain <= 0 else ""
        said.append(f"{_against(source)}{told}.{useless}")
    return paragraph(
        *said,
        "Only comments that truly have one of the three labels are counted here: on a real page others are among "
        "them, and accuracy is lower.",
        "What is bought with silence is paid for elsewhere: the comments left out are not like the others, so shares "
        "must not be counted from the sure ones alone.",
    )


def _part(coverage: float) -> str:
    return "every comment" if coverage > 0.995 else f"{percent(coverage)} of the comments"
