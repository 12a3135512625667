"""Paragraphs on topics over time and by group: what stands apart, what rises and falls, how little few essays say."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.sentences.topics import topic_name
from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    flags,
    get,
    known,
    listing,
    number,
    paragraph,
    percent,
    rows,
    words_of,
)

UNKNOWN = "unknown"
MOST_SAID = 4  # differences or trends in one sentence
FEW = 5  # essays; a year or a group with fewer says little
_BY = {"stance": "what the comments under them do", "group": "the groups given"}
_OVER_TIME = [
    *("year", "topic", "label", "weak", "share", "essays"),
    *("slope", "slope_low", "slope_high", "p_holm", "trend", "trend_note"),
]
_BY_GROUP = ["by", "unit", "group", "topic", "label", "share", "difference", "p", "apart", "essays", "n", "left_out"]


def read_topics_over_time(tables: Tables) -> str:
    """Say which topics rise and fall over the years, and how sure that is.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topics_over_time``.
    """
    table = get(tables, "topics_over_time", _OVER_TIME)
    if table is None or set(table["year"]) <= {UNKNOWN}:
        return "Fewer than two years of essays with topics are known, so nothing can be said of topics over time."
    years = table.drop_duplicates("year")
    dated = years[years["year"] != UNKNOWN]
    undated = int(years.loc[years["year"] == UNKNOWN, "essays"].sum())
    thin = int((dated["essays"] < FEW).sum())
    return paragraph(
        f"{begin(count(int(dated['essays'].sum()), 'essay'))} from {dated['year'].iloc[0]} to {dated['year'].iloc[-1]} "
        f"have topics{f'; {undated} more have no date and stand apart' if undated else ''}.",
        _trends(table.drop_duplicates("topic")),
        f"{begin(count(thin, 'year'))} of {len(dated)} hold{'s' if thin == 1 else ''} fewer than {FEW} essays, whose "
        "intervals say little."
        if thin
        else None,
        _asked(table),
    )


def _asked(table: pd.DataFrame) -> str:
    """What the intervals are about, which hangs on what was drawn again."""
    given = "The topics themselves are taken as given."
    if "drawn_again" in table.columns and (table["drawn_again"] == "author").all():
        return f"The intervals ask what other writers of the same kind might have been about. {given}"
    return (
        "The intervals ask what further essays by the same writers might have been about; other writers may differ "
        f"more, and a year with many essays of one hand shows that hand. {given}"
    )


def _trends(topics: pd.DataFrame) -> str:
    told = topics.dropna(subset=["slope"])
    if told.empty:
        note = topics["trend_note"].iloc[0]
        return f"No trend can be told: {words_of(note).removeprefix('no trend: ')}." if known(note) else ""
    found = told[flags(told["trend"])].sort_values(["p_holm", "topic"], kind="stable")
    alone = int(((told["slope_low"] > 0) | (told["slope_high"] < 0)).sum())
    chance = (
        f"Of {count(len(told), 'topic')} {number(alone)} would pass alone; by chance one in twenty does."
        if alone > len(found)
        else None
    )
    if found.empty:
        return paragraph(
            f"No topic plainly rises or falls, for {count(len(told), 'topic')} were looked at (adjusted by Holm).",
            chance,
        )
    parts = [
        f"{topic_name(row['topic'], row['label'])} {'rises' if row['slope'] > 0 else 'falls'} by "
        f"{_points(abs(row['slope']))} of the text a year{_ends(row)}"
        for row in rows(found)
    ]
    held = f"This holds after adjustment for {count(len(told), 'topic')} (Holm)."
    return paragraph(f"{begin(listing(parts, most=MOST_SAID))}.", held, chance)


def _points(slope: float) -> str:
    return f"{100 * slope:.1f} hundredths"


def _ends(row: dict[str, Any]) -> str:
    if not known(row["slope_low"]) or not known(row["slope_high"]):
        return ""
    ends = sorted(abs(100 * row[end]) for end in ("slope_low", "slope_high"))
    return f" (interval {ends[0]:.1f} to {ends[1]:.1f})"


def read_topics_by_group(tables: Tables) -> str:
    """Say which groups of essays stand apart from all others, and in which topics.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topics_by_group``.
    """
    table = get(tables, "topics_by_group", _BY_GROUP)
    if table is None:
        return "There are no two groups of essays with topics to compare."
    groups = table.drop_duplicates("group")
    by, unit = str(table["by"].iloc[0]), str(table["unit"].iloc[0]).removesuffix("s")
    tested = int(table["p"].notna().sum())
    out = int(groups["left_out"].sum())
    return paragraph(
        f"{begin(count(int(groups['n'].sum()), unit))} {'stand' if unit != 'essay' else 'are'} in "
        f"{count(len(groups), 'group')}, by {_BY.get(by, by)}"
        f"{'; an essay counts once for every comment under it' if by == 'stance' else ''}.",
        _apart(table[flags(table["apart"])].dropna(subset=["share", "difference"]), tested),
        _small(groups),
        f"{begin(count(out, unit))} {'is' if out == 1 else 'are'} not counted, for the essays have no topics."
        if out
        else None,
        "The labels of the comments are as given and not corrected for the classifier’s errors."
        if by == "stance"
        else None,
        "A topic is a way of wording, not an opinion, and what sets a group apart may be one long quarrel or one year.",
    )


def _apart(found: pd.DataFrame, tested: int) -> str:
    if not tested:
        return "No group is large enough to be compared with the others."
    compared = count(tested, "comparison")
    if found.empty:
        return f"No group stands apart from all others in any topic, after adjustment for {compared} (Holm)."
    order = found.assign(size=lambda rows: rows["difference"].abs()).sort_values("size", ascending=False, kind="stable")
    parts = [
        f"{words_of(row['group'])} in {topic_name(row['topic'], row['label'])}, {percent(row['share'])} against "
        f"{percent(row['share'] - row['difference'])} elsewhere"
        for row in rows(order)
    ]
    return (
        f"Apart from all others, after adjustment for {compared} (Holm), "
        f"{'is' if len(parts) == 1 else 'are'} {_joined(parts)}."
    )


def _joined(parts: list[str]) -> str:
    """Items that hold commas, set apart by semicolons."""
    said, more = parts[:MOST_SAID], len(parts) - MOST_SAID
    return "; ".join([*said, *([f"and {more} more"] if more > 0 else [])])


def _small(groups: pd.DataFrame) -> str | None:
    few = groups[(groups["essays"] < FEW) & (groups["group"] != UNKNOWN)]
    if few.empty:
        return None
    return (
        f"{begin(count(len(few), 'group'))} {'has' if len(few) == 1 else 'have'} fewer than {FEW} essays: their "
        "intervals are wide, or missing, and that nothing was found there means little."
    )
