"""Paragraphs on the shares of agreeing, extending and spam: over all, and by topic."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.coding import NOT_USED, no_codes
from analysis.sentences.wording import (
    Tables,
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

FEW_COMMENTS, FEW_CLUSTERS = (
    20,
    5,
)  # fewer comments or essays than this carry no comparison: the interval itself is unsure
SHARE_COLUMNS = ("group", "label", "share", "low", "high", "method", "corrected", "n_coded", "n", "clusters")
NO_SHARES = "There are no labelled comments by readers here, so there are no shares to give."


def _shares(tables: Tables) -> pd.DataFrame | None:
    table = get(tables, "shares", SHARE_COLUMNS)
    table = None if table is None else table[table["share"].notna()]
    return None if table is None or table.empty else table


def read_shares_overall(tables: Tables) -> str:
    """Say how many of all readers' comments agree, extend or are spam.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses the rows of ``shares`` whose group is ``all``.
    """
    table = _shares(tables)
    everything = None if table is None else table[table["group"] == "all"]
    if everything is None or everything.empty:
        return NO_SHARES
    return paragraph(_overall(everything), _made(everything, tables), "No share says why readers wrote.")


def read_shares(tables: Tables) -> str:
    """Say how the shares of agreeing, extending and spam differ by topic.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``shares``: group, label, share, low, high, method, corrected, n_coded, n, clusters.
    """
    table = _shares(tables)
    if table is None:
        return NO_SHARES
    everything, topics = table[table["group"] == "all"], table[table["group"] != "all"]
    head = paragraph(_overall(everything), _made(everything, tables)) if len(everything) else ""
    if topics.empty:
        return paragraph(head, "There are no topics here by which they could be told apart.")
    compared = [_by_topic(topics[topics["label"] == label], str(label)) for label in dict.fromkeys(topics["label"])]
    none = "No two topics have enough comments and essays to be compared." if not any(compared) else None
    chance = "Of the widest differences among many topics some are there by chance alone." if any(compared) else None
    return paragraph(head, _few(everything, topics), *compared, none, _thin(topics), chance)


def _few(everything: pd.DataFrame, topics: pd.DataFrame) -> str | None:
    """Say that a topic is corrected by its own codes only, where the whole is corrected."""
    if everything.empty or not flags(everything["corrected"]).all():
        return None
    fewest = lowest(topics, "n_coded")
    return (
        "Each topic is corrected by the codes drawn from it, which are few and make wide intervals: "
        f"{words_of(fewest['group'])} has the fewest, {number(fewest['n_coded'])}."
    )


def _overall(table: pd.DataFrame) -> str:
    each = listing(f"{words_of(r['label'])} {percent(r['share'])}{span(r)}" for r in rows(table))
    first = rows(table.head(1))[0]
    under = f"under {count(first['clusters'], 'essay')} (versions of one count once)"
    return f"Of {count(first['n'], 'comment')} by readers {under}: {each}."


def _made(table: pd.DataFrame, tables: Tables) -> str:
    coded, corrected = int(table["n_coded"].fillna(0).max()), flags(table["corrected"])
    if coded and (table["n_coded"] >= table["n"]).all():
        return (
            f"The true label is known of all {number(coded)}, so nothing is estimated and there is nothing to correct."
        )
    if corrected.all():
        return (
            f"These shares are corrected for the classifier's errors by {count(coded, 'comment')} whose label is "
            "known; the intervals hold its errors and the luck of which comments were coded, and speak of these "
            "comments only."
        )
    if (table["method"] == "hand codes").all():
        return f"These shares rest on {count(coded, 'comment')} whose label is known, and on nothing else."
    hand = "no comments of this corpus were coded by hand"
    if coded:
        hand = f"the true label is known of only {count(coded, 'comment')} of this corpus"
    elif no_codes(tables) == NOT_USED:
        hand = "its hand codes are not used, as the notes say"
    return (
        f"These are counts of the classifier's labels, **not corrected** for its errors, because {hand}: the "
        "intervals hold the accident of which essays are here, not the errors, and so promise more than they can "
        "keep."
    )


def _by_topic(table: pd.DataFrame, label: str) -> str | None:
    fair = table[(table["n"] >= FEW_COMMENTS) & (table["clusters"] >= FEW_CLUSTERS)]
    if len(fair) < 2:
        return None
    least, most = lowest(fair, "share"), highest(fair, "share")
    if not known(least["high"]) or not known(most["low"]) or least["group"] == most["group"]:
        return None
    ends = " to ".join(f"{percent(row['share'])} ({words_of(row['group'])})" for row in (least, most))
    apart = (
        "their intervals do not touch"
        if most["low"] > least["high"]
        else "their intervals overlap, so this may be chance"
    )
    return f"By topic, {words_of(label)} runs from {ends}; {apart}."


def _thin(topics: pd.DataFrame) -> str | None:
    thin = topics[(topics["n"] < FEW_COMMENTS) | (topics["clusters"] < FEW_CLUSTERS)]
    groups = list(dict.fromkeys(thin["group"]))
    if not groups:
        return None
    return (
        f"Left out of the comparison, for fewer than {FEW_COMMENTS} comments or {FEW_CLUSTERS} essays: "
        f"{listing(map(words_of, groups))}."
    )
