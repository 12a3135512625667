"""Paragraph on the number of topics: what each of three measures speaks for, and whether the data decides."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.wording import Tables, begin, count, decimal, flags, get, highest, listing, paragraph, rows

_MEASURES = ("gain", "stability", "npmi")
_NEEDED = [
    *("number", "levels", "candidate", "recommended", "essays", "paragraphs", "draws", "verdict"),
    *(f"{name}{part}" for name in _MEASURES for part in ("", "_low", "_high", "_level")),
]


def read_topic_choice(tables: Tables) -> str:
    """Say what was tried, which number each measure is best at, the verdict, and where the study's own number stands.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topic_choice``, as ``topic_stats.choose_topics`` gives it, with ``current``.
    """
    table = get(tables, "topic_choice", [*_NEEDED, "current"])
    if table is None:
        return "Numbers of topics were not compared."
    first = rows(table)[0]
    return paragraph(
        f"{begin(count(len(table), 'number'))} of topics, {_from_to(table)}, {'were' if len(table) > 1 else 'was'} "
        f"tried on {count(first['essays'], 'essay')} ({count(first['paragraphs'], 'paragraph')}), each on "
        f"{count(first['draws'], 'draw')} that left some essays out.",
        _best(table),
        str(first["verdict"]),
        _own(table),
        "Held-out fit and coherence mostly rise or fall with the number by themselves, and none of the three says what "
        "a reader makes of the topics: read them at the marked number and at one above it before you keep either.",
    )


def _from_to(table: pd.DataFrame) -> str:
    low, high = int(table["number"].min()), int(table["number"].max())
    return f"K = {low}" if low == high else f"from K = {low} to {high}"


def _best(table: pd.DataFrame) -> str:
    gain, stability, npmi = (highest(table, name) for name in _MEASURES)
    return (
        f"Words of essays left out are foretold best with K = {gain['number']} (by {_span(gain, 'gain')} in logarithms "
        f"a word over their frequencies alone); topics come back most surely with K = {stability['number']} "
        f"({_span(stability, 'stability')}); their words keep most company with K = {npmi['number']} "
        f"({_span(npmi, 'npmi')})."
    )


def _span(row: dict[str, float], name: str) -> str:
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return decimal(row[name]) + ("" if pd.isna(low) else f", interval {decimal(low)} to {decimal(high)}")


def _own(table: pd.DataFrame) -> str | None:
    """Where the number that the study uses stands."""
    own = rows(table[flags(table["current"])])
    if not own or own[0]["recommended"]:
        return "That is the number this study uses." if own else None
    worse = [
        said
        for name, said in (("gain", "held-out fit"), ("stability", "stability"), ("npmi", "coherence"))
        if not own[0][f"{name}_level"]
    ]
    told = f"is worse than the best on {listing(worse)}" if worse else "is level with the best on all three"
    return f"This study uses K = {own[0]['number']}, which {told}."
