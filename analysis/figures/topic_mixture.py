"""The mixture of topics of each essay."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, boxes_note, open_sheet, shorten
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, INK, RULE, SMALL, WIDE, ink_on, shade, topic_look
from analysis.figures.topic_heads import head_lines, heads_height, write_heads
from analysis.figures.wording import count, listed, percent, shown

TOPIC_MIXTURE = plotted(
    "topic_mixture",
    "essays with a share of each topic",
    "doc_id text, title text?, topic int, label text, share float",
)
ESSAYS = 48  # more do not fit a page
TOPICS = 24  # nor do more columns, with two digits in a cell
ROW, TITLES, BAR_GAP, CELL_GAP = 3.9, 66.0, 1.4, 0.2  # mm
NARROWEST = 9.0  # mm: in a narrower column bars cannot be told apart, and tinted cells take their place
INSIDE = 0.55  # a longer bar holds its number
DEEPEST = 0.9  # the tint of a whole essay, as in the confusion figure
SAID = 8  # topics named in the alternative text: a listener does not follow more
PRINTED = 0.1  # a share below a tenth gets a bar and no number: the numbers would hide the pattern
NUMBER: Mapping[str, Any] = MappingProxyType({"va": "center_baseline", "fontsize": SMALL})


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
    table = TOPIC_MIXTURE.take(table)
    essays, topics = list(dict.fromkeys(table["doc_id"])), sorted(set(table["topic"]))
    rows, columns = essays[:ESSAYS], topics[:TOPICS]
    width = (WIDE - MARGIN - TITLES) / len(columns)
    heads = head_lines(table, columns, width)
    head = heads_height(heads)
    how = (
        "A bar across the whole column is the whole essay" if width >= NARROWEST else "The darker, the larger the share"
    )
    cut = ((len(rows), len(essays), "essays"), (len(columns), len(topics), "topics"))
    named = table.drop_duplicates("doc_id").set_index("doc_id")["title"].to_dict()
    titles = {essay: named[essay] or essay for essay in rows}
    sheet = open_sheet(
        WIDE,
        head + len(rows) * ROW,
        title="Topics of each essay",
        note=f"{count(len(essays), 'essay')}, {count(len(topics), 'topic')}. {how}; "
        f"numbers are per cent, from {PRINTED * 100:.0f} on.",
        foot=f"{shown('topic_mixture', *cut)} {boxes_note(titles.values())}".strip(),
    )
    write_heads(sheet, heads, TITLES, width)
    top = sheet.top - head
    for number, essay in enumerate(rows):
        title = shorten(titles[essay], TITLES - MARGIN - 2, BODY)
        sheet.write(TITLES - 2, top - (number + 0.5) * ROW, title, ha="right")
    for place, topic in enumerate(columns):
        shares = table[table["topic"] == topic].set_index("doc_id")["share"].reindex(rows).fillna(0.0)
        gap = BAR_GAP if width >= NARROWEST else CELL_GAP
        axes = sheet.axes(TITLES + place * width, top - len(rows) * ROW, width - gap, len(rows) * ROW)
        axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5), xticks=[], yticks=[])
        for side in axes.spines.values():
            side.set(visible=True, color=RULE, lw=0.4)
        (_bars if width >= NARROWEST else _cells)(axes, list(shares), topic_look(topic - min(topics)))
    return sheet.figure


def _bars(axes: Axes, shares: list[float], look: tuple[str, str]) -> None:
    """One topic's bars; a number stands inside a bar that is long enough."""
    colour, hatch = look
    axes.set_facecolor("#F7F7F7")
    axes.barh(range(len(shares)), shares, height=0.8, color=colour, hatch=hatch, edgecolor="white", lw=0)
    for number, share in enumerate(shares):
        if share >= PRINTED:
            inside = share > INSIDE
            place: dict[str, Any] = {"ha": "right", "x": share - 0.03} if inside else {"ha": "left", "x": share + 0.04}
            axes.text(y=number, s=f"{share * 100:.0f}", color=ink_on(colour) if inside else INK, **place, **NUMBER)


def _cells(axes: Axes, shares: list[float], look: tuple[str, str]) -> None:
    """One topic's cells in a narrow column, tinted by share; too many topics for a look of their own."""
    for number, share in enumerate(shares):
        colour = shade(share * DEEPEST)
        axes.barh(number, 1, height=1, color=colour, edgecolor="white", lw=0.5)
        if share >= PRINTED:
            axes.text(0.5, number, f"{share * 100:.0f}", ha="center", color=ink_on(colour), **NUMBER)


def alt_topic_mixture(table: pd.DataFrame) -> str:
    """Say in words how many essays each topic dominates, and how pure the essays are."""
    table = TOPIC_MIXTURE.take(table)
    first = table.loc[table.groupby("doc_id", sort=False)["share"].idxmax()]
    counts = first.groupby("topic").size().sort_values(ascending=False, kind="stable")
    parts = [f"topic {topic} in {n:,}" for topic, n in counts.head(SAID).items()]
    rest = [f"another in {int(counts.iloc[SAID:].sum()):,}"] if len(counts) > SAID else []
    return (
        f"Bars of the share of each of {count(table['topic'].nunique(), 'topic')} in {count(len(first), 'essay')}. "
        f"Largest is {listed([*parts, *rest])}; the largest share is {percent(first['share'].median())} of an "
        "essay in the median."
    )
