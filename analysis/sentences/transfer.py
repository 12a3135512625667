"""Paragraphs on where the labels hold: from blog to blog, without groups of features, among the surest errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.trust import NOT_TESTED
from analysis.sentences.wording import (
    Tables,
    begin,
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

NO_BLOGS = "The comments compared with do not say which blog they stand on, so nothing can be said blog by blog."
NO_ABLATION = "What each group of features is worth is not known here: no table of it came with the model."
NO_ERRORS = "None of the labels given to comments with a known label is wrong, so there is nothing to show."
NO_TEXTS = (
    "No errors can be shown here: the comments compared with are other people's, and of these only the labels are kept."
)
NOT_KNOWN_ELSEWHERE = "What coders reach on such labels elsewhere is not known here."
SURE = 0.9  # a label given with this probability reads as certain
NAMED = 4  # blogs or groups told one by one; the rest stand in the table


def read_blogs(tables: Tables) -> str:
    """Say how the labels hold from blog to blog.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``blogs`` as ``evaluate.stat_blogs`` gives it.

    Returns
    -------
    str
        One paragraph of Markdown.
    """
    table = get(tables, "blogs", ["blog", "blogs", "n", "macro_f1", "accuracy", "low", "high", "fewest", "source"])
    table = None if table is None else table.dropna(subset=["macro_f1", "accuracy"])
    if table is None or table.empty:
        return NO_BLOGS if get(tables, "confusion", ["n"]) is not None else NOT_TESTED
    whole, single = rows(table)[0], table[~table["blog"].isin(("all", "others"))]
    against = f"Against {words_of(whole['source'])}: " if known(whole["source"]) else ""
    head = (
        f"{against}over {count(whole['blogs'], 'blog')} with {count(whole['n'], 'comment')} macro-F1 is "
        f"{decimal(whole['macro_f1'])}{_f1_span(whole)}, and {percent(whole['accuracy'])} of the likeliest labels are "
        f"right{span(whole)}."
    )
    return paragraph(
        head if against else begin(head),
        _reach(single),
        _unlike(single, float(whole["accuracy"])),
        _pooled(table),
        "A blog nobody has coded may lie anywhere in this range: expect the spread, not the mean." if len(single) > 1
        else None,
    )  # fmt: skip


def _f1_span(row: Mapping[str, Any]) -> str:
    if not known(row.get("f1_low")) or not known(row.get("f1_high")):
        return ""
    return f" ({decimal(row['f1_low'])} to {decimal(row['f1_high'])})"


def _reach(single: pd.DataFrame) -> str | None:
    """Lowest and highest of single blogs."""
    if len(single) < 2:
        return None
    told = []
    for words, column, show in (("Macro-F1", "macro_f1", decimal), ("accuracy", "accuracy", percent)):
        low, high = lowest(single, column), highest(single, column)
        told.append(
            f"{words} runs from {show(low[column])} ({words_of(low['blog'])}) to {show(high[column])} "
            f"({words_of(high['blog'])})"
        )
    return f"{' and '.join(told)}."


def _unlike(single: pd.DataFrame, overall: float) -> str | None:
    """Blogs whose interval does not hold the accuracy over all."""
    told = single.dropna(subset=["low", "high"])
    if len(told) < 2:
        return None
    worse, better = told[told["high"] < overall], told[told["low"] > overall]
    if worse.empty and better.empty:
        return "No blog's interval of accuracy lies apart from the accuracy over all."
    parts = [
        f"{words} on {listing((words_of(r['blog']) for r in rows(found)), most=NAMED)}"
        for words, found in (("lower", worse), ("higher", better))
        if len(found)
    ]
    return f"Accuracy is {' and '.join(parts)}, where its interval does not hold the accuracy over all."


def _pooled(table: pd.DataFrame) -> str | None:
    small = table[table["blog"] == "others"]
    if small.empty:
        return None
    row = rows(small)[0]
    stand = "stands" if row["blogs"] == 1 else "stand together"
    return (
        f"{begin(count(row['blogs'], 'blog'))} with fewer than {number(row['fewest'])} comments {stand} as “others”; "
        f"of their labels {percent(row['accuracy'])} are right{span(row)}."
    )


def read_ablation(tables: Tables) -> str:
    """Say what each group of features is worth.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``ablation`` as ``stance.ablation_table.load_ablation`` gives it.
    """
    table = get(tables, "ablation", ["left_out", "macro_f1", "difference", "lower", "upper"])
    if table is None:
        return NO_ABLATION
    first = rows(table)[0]
    whole = f"With all features macro-F1 on blogs left out is {decimal(first['macro_f1'] - first['difference'])}."
    groups = table[table["left_out"] != "nothing"].sort_values("difference", kind="stable")
    if groups.empty:
        return paragraph(whole, "No group of features was left out to see what it is worth.")
    needed = groups[groups["upper"] < 0]
    open_ = groups[groups["upper"].isna() | ((groups["lower"] <= 0) & (groups["upper"] >= 0))]
    harmful = groups[groups["lower"] > 0]
    each = listing((_loss(r) for r in rows(needed)), most=NAMED)
    return paragraph(
        whole,
        f"Trained again without a group it loses most without {each}." if len(needed) else
        "Of no single group is it shown that anything is lost without it.",
        _names("Not shown to help by themselves, as their interval holds zero or is not known", open_),
        _names("The model is better without", harmful),
        "What one group tells another may tell too: that each can be spared does not mean that all can.",
    )  # fmt: skip


def _loss(row: Mapping[str, Any]) -> str:
    bounds = f", interval {_points(-row['upper'])} to {_points(-row['lower'])}" if known(row["lower"]) else ""
    return f"{words_of(row['left_out'])} ({_points(-row['difference'])} points{bounds})"


def _points(loss: float) -> str:
    return f"{100 * loss + 0.0:.1f}".replace("-", "−")


def _names(words: str, table: pd.DataFrame) -> str | None:
    found = [words_of(r["left_out"]) for r in rows(table)]
    return f"{words}: {listing(found)}." if found else None


def read_hardest_errors(tables: Tables) -> str:
    """Say how many labels are wrong, how sure the classifier was of them, and how to read the surest.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``hardest_errors`` as ``evaluate.stat_hardest_errors`` gives it, ``confusion`` for how many labels, and
        ``comparison`` for why there are no errors.
    """
    table = get(tables, "hardest_errors", ["truth", "label", "probability"])
    table = None if table is None else table.dropna(subset=["truth", "label", "probability"])
    if table is None or table.empty:
        told = get(tables, "comparison", ["basis"])
        if told is None:
            return NOT_TESTED
        return NO_TEXTS if told["basis"].iloc[0] == "held out" else NO_ERRORS
    given = get(tables, "confusion", ["said", "n"])
    of = "" if given is None else f" of {number(given.loc[given['said'] != 'cannot say', 'n'].sum())}"
    sure = table[table["probability"] >= SURE]
    kinds = (sure if len(sure) else table).groupby(["truth", "label"], sort=True).size().sort_values(kind="stable")
    truth, label = kinds.index[-1]
    kind = f"{_named(truth)} taken for {words_of(label)} ({count(int(kinds.iloc[-1]), 'time')})"
    among = f"Among {'them' if len(sure) > 1 else 'the errors'} the commonest is {kind}." if len(table) > 1 else None
    return paragraph(
        f"{begin(number(len(table)))}{of} labels given {'is' if len(table) == 1 else 'are'} wrong; of "
        f"{number(len(sure)) if len(sure) else 'none'} the classifier was at least {percent(SURE)} sure.",
        among,
        "Read both sides: some show what the classifier does not understand, in others the code itself may be "
        "questioned. The surest errors are not typical ones.",
    )


def _named(label: object) -> str:
    return "a comment that is none of the three" if label == "none" else words_of(label)


def read_elsewhere(tables: Tables) -> str:
    """Say what coders reach on labels like these elsewhere, and what the coders behind the model reach.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``elsewhere`` as ``evaluate.stat_elsewhere`` gives it.
    """
    table = get(tables, "elsewhere", ["data", "source", "who", "coders", "label", "figure", "low", "high"])
    table = None if table is None else table[table["low"].notna()]
    if table is None or table.empty:
        return NOT_KNOWN_ELSEWHERE
    people = [_published(part) for _, part in table[table["who"] == "people"].groupby("data", sort=False)]
    machine = [_published(part) for _, part in table[table["who"] == "machine"].groupby("data", sort=False)]
    own = table[table["who"] == "behind the model"]
    return paragraph(
        f"How far people agree on labels like these: {'; '.join(people)}." if people else None,
        f"For comparison, {'; '.join(machine)}." if machine else None,
        _behind(rows(own)[0]) if len(own) else None,
        "The labels of those studies are not those of this codebook, and unlike measures cannot be set against each "
        "other: they show how hard such labels are, not what is within reach here.",
    )


def _published(part: pd.DataFrame) -> str:
    """What one study reports."""
    first = rows(part)[0]
    source = "" if first["who"] == "machine" else f" ({words_of(first['source'])})"
    each = listing(decimal(r["low"]) + (f" on {words_of(r['label'])}" if r["label"] else "") for r in rows(part))
    reach = "reaches" if first["who"] == "machine" else "reach"
    who = f"{words_of(first['coders'])} of {words_of(first['data'])}{source}"
    return f"{who} {reach} an {words_of(first['figure'])} of {each}"


def _behind(row: Mapping[str, Any]) -> str:
    reach = decimal(row["low"])
    if known(row["high"]) and row["high"] != row["low"]:
        reach = f"{reach} to {decimal(row['high'])}"
    return (
        "The comments this classifier was trained and tested on were read by machine coders, twice and independently; "
        f"the two passes agree with a {words_of(row['figure'])} of {reach}. Two passes of one kind of coder agree "
        "more than two people would, so this is **not** agreement between people, and figures held against such codes "
        "are kinder than figures held against people."
    )
