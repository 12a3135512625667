"""The mixture of topics of each essay."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, RULE, SMALL, WIDE, ink_on, topic_look
from analysis.figures.wording import count, listed, percent, shown

TOPIC_MIXTURE = plotted(
    "topic_mixture",
    "essays with a share of each topic",
    "doc_id text, title text?, topic int, label text, share float",
)
ESSAYS = 40  # more do not fit a page
TOPICS = 24  # columns narrower than 4.5 mm hold no number
ROW, TITLES, GAP = 4.2, 66.0, 1.4  # mm
PRINTED = 0.1  # a share below a tenth gets a bar and no number: the numbers would hide the pattern


def plot_topic_mixture(table: pd.DataFrame) -> Figure:
    """Draw a row an essay and a column a topic; the bar in a cell is the topic's share of the essay.

    Parameters
    ----------
    table : DataFrame
        ``doc_id, title, topic, label, share (0 to 1)``; essays in the order they are drawn.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TOPIC_MIXTURE.check(table)
    essays, topics = list(dict.fromkeys(table["doc_id"])), sorted(set(table["topic"]))
    rows, columns = essays[:ESSAYS], topics[:TOPICS]
    head = (5 if len(columns) <= 10 else 1) * line_height(SMALL) + 2
    foot = (
        shown(len(rows), len(essays), "essays", "topic_mixture"),
        shown(len(columns), len(topics), "topics", "topic_mixture"),
    )
    sheet = open_sheet(
        WIDE,
        head + len(rows) * ROW,
        title="Topics of each essay",
        note=f"{count(len(essays), 'essay')}, {count(len(topics), 'topic')}. A bar across the whole column is the whole "
        f"essay; numbers are per cent, from {PRINTED:.0%} on.",
        foot=" ".join(f for f in foot if f),
    )
    _heads(sheet, table, columns)
    titles = table.drop_duplicates("doc_id").set_index("doc_id")["title"]
    for number, essay in enumerate(rows):
        y = sheet.top - head - (number + 0.5) * ROW
        sheet.write(TITLES - 2, y, shorten(titles[essay] or essay, TITLES - MARGIN - 2, BODY), ha="right")
    for place, topic in enumerate(columns):
        shares = table[table["topic"] == topic].set_index("doc_id")["share"].reindex(rows)
        _column(sheet, shares, topic, (place, len(columns)), sheet.top - head)
    return sheet.figure


def _width(columns: int) -> float:
    return (WIDE - MARGIN - TITLES) / columns


def _heads(sheet: Sheet, table: pd.DataFrame, columns: list[int]) -> None:
    """Topic numbers over the columns, and their words where a column is wide enough."""
    labels = table.drop_duplicates("topic").set_index("topic")["label"]
    width = _width(len(columns))
    for place, topic in enumerate(columns):
        words = labels[topic].removeprefix(f"topic {topic}: ").replace(",", "")
        lines = [f"topic {topic}", *wrap(words, width - 0.6, SMALL, lines=4)] if len(columns) <= 10 else [str(topic)]
        for number, line in enumerate(lines):
            y = sheet.top - (number + 0.5) * line_height(SMALL)
            weight = "normal" if number else "bold"
            sheet.write(
                TITLES + place * width, y, line, fontsize=SMALL, weight=weight, color=GREY if number else "black"
            )


def _column(sheet: Sheet, shares: pd.Series, topic: int, at: tuple[int, int], top: float) -> None:
    """One topic's bars, all essays; ``at`` is its place among how many columns."""
    place, columns = at
    width, high = _width(columns), len(shares) * ROW
    axes = sheet.axes(TITLES + place * width, top - high, width - GAP, high)
    axes.set(xlim=(0, 1), ylim=(len(shares) - 0.5, -0.5), xticks=[], yticks=[])
    axes.set_facecolor("#F7F7F7")
    for side in axes.spines.values():
        side.set(color=RULE, lw=0.4)
    topic_colour, hatch = topic_look(topic)
    axes.barh(
        range(len(shares)), shares.fillna(0), height=0.8, color=topic_colour, hatch=hatch, edgecolor="white", lw=0
    )
    if width < 7:
        return
    for number, share in enumerate(shares):
        if share >= PRINTED:
            inside = share > 0.55
            axes.text(
                share - 0.03 if inside else share + 0.04,
                number,
                f"{share * 100:.0f}",
                ha="right" if inside else "left",
                va="center_baseline",
                fontsize=SMALL,
                color=ink_on(topic_colour) if inside else "black",
            )


def alt_topic_mixture(table: pd.DataFrame) -> str:
    """Say in words how many essays each topic dominates, and how pure the essays are."""
    table = TOPIC_MIXTURE.check(table)
    first = table.loc[table.groupby("doc_id", sort=False)["share"].idxmax()]
    counts = first["topic"].value_counts().sort_index()
    parts = listed([f"topic {topic} of {n}" for topic, n in counts.items()])
    return (
        f"Bars of the share of each of {count(table['topic'].nunique(), 'topic')} in {count(len(first), 'essay')}. "
        f"The largest share is that of {parts}; it is {percent(first['share'].median())} of an essay in the median."
    )
