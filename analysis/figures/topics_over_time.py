"""How the share of each topic went from year to year."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, boxes_note, line_height, open_sheet, shorten
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, shown, topic_name

TOPICS_OVER_TIME = plotted(
    "topics_over_time",
    "shares of topics in at least two years",
    """year text, topic int, label text, weak bool, share float?, low float?, high float?, essays int, clusters int,
    left_out int, note text?, slope float?, slope_low float?, slope_high float?, p float?, p_holm float?, trend bool,
    trend_note text?""",
)
TOPICS, COLUMNS = 24, 4  # panels a page holds
HIGH, TICKS, HEAD, LEFT, GAP = 17.0, 5.0, 7.4, 9.0, 3.0  # mm of a panel: axes, numbers below, words above, beside
YEARS = 4  # written below a panel, at most
UNKNOWN, UNDATED = "unknown", 1.6  # years between the last year and the essays without a date
NO_TREND = "No change is told from none after adjustment for so many."
WEAK = "#8C8C8C"
SAID = 4  # trends named in the alternative text
STEPS, MOST_TICKS = (0.05, 0.1, 0.2, 0.25, 0.5), 4


def plot_topics_over_time(table: pd.DataFrame) -> Figure:
    """Draw a panel a topic: a dot and its interval a year, years that follow each other joined, and the trend in words.

    Parameters
    ----------
    table : DataFrame
        As ``aggregate.stat_topics_over_time`` gives it.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TOPICS_OVER_TIME.take(table)
    topics = sorted(set(table["topic"]))
    drawn = topics[:TOPICS]
    years = table.drop_duplicates("year")
    essays, undated = int(years["essays"].sum()), int(years.loc[years["year"] == UNKNOWN, "essays"].sum())
    lines = -(-len(drawn) // COLUMNS)
    step = HEAD + HIGH + TICKS
    undated_too = f", {undated} of them undated (at the right)" if undated else ""
    trends = "Bold: the change is told from none after adjustment for so many." if table["trend"].any() else NO_TREND
    sheet = open_sheet(
        WIDE,
        lines * step,
        title="Topics year by year",
        note=f"{count(essays, 'essay')}{undated_too}. Share of the text, %: dots are means of the year’s essays, lines "
        "intervals; a hollow dot is one essay, or one writer, without an interval; grey topics are weak. Words: change "
        f"a year in hundredths of the text. {trends}",
        foot=f"{shown('topics_over_time', (len(drawn), len(topics), 'topics'))} {boxes_note(table['label'])}".strip(),
    )
    width = (WIDE - 2 * MARGIN) / min(COLUMNS, len(drawn))
    longest = min(1.0, float(table[["share", "high"]].max().max()) * 1.05)
    for place, topic in enumerate(drawn):
        line, column = divmod(place, COLUMNS)
        left, top = MARGIN + column * width, sheet.top - line * step
        rows = table[table["topic"] == topic]
        _words(sheet, rows, left, top, width)
        axes = sheet.axes(left + LEFT, top - HEAD - HIGH, width - LEFT - GAP, HIGH)
        _panel(axes, rows, longest, numbered=column == 0)
    return sheet.figure


def _words(sheet: Sheet, rows: pd.DataFrame, left: float, top: float, width: float) -> None:
    """Above a panel: the topic's name, and its trend."""
    row: Any = rows_of(rows)[0]
    name = shorten(topic_name(row.topic, row.label).removeprefix("topic "), width - LEFT - GAP, SMALL, bold=True)
    sheet.write(left + LEFT, top - 1.6, name, fontsize=SMALL, weight="bold", color=GREY if row.weak else INK)
    style = {"weight": "bold"} if row.trend else {"color": GREY}
    said = shorten(_trend(row), width - LEFT - GAP, SMALL, bold=bool(row.trend))
    sheet.write(left + LEFT, top - 1.6 - line_height(SMALL), said, fontsize=SMALL, **style)


def _trend(row: Any) -> str:
    if math.isnan(row.slope):
        return "no trend to tell"
    slope, low, high = (f"{100 * v:+.1f}".replace("-", "−") for v in (row.slope, row.slope_low, row.slope_high))
    return f"{slope} a year ({low} to {high})"


def _panel(axes: Axes, rows: pd.DataFrame, longest: float, *, numbered: bool) -> None:
    """One topic: dots, intervals, lines between years that follow each other."""
    dated = rows[rows["year"] != UNKNOWN]
    years = [int(year) for year in dated["year"]]
    first, last = min(years), max(years)
    undated = rows_of(rows[rows["year"] == UNKNOWN])
    right = last + (UNDATED if undated else 0.0)
    colour = WEAK if rows["weak"].iloc[0] else LABEL_COLOURS["extending"]
    found = [(year, row) for year, row in zip(years, rows_of(dated), strict=True) if not math.isnan(row.share)]
    for (year, row), (after, next_row) in pairwise(found):
        if after == year + 1:
            axes.plot([year, after], [row.share, next_row.share], color=colour, lw=0.6, alpha=0.6)
    apart = [(right, row) for row in undated if not math.isnan(row.share)]
    for place, row in [*found, *apart]:
        alone = math.isnan(row.low)
        axes.plot([place, place], [row.low, row.high], color=colour, lw=0.9, solid_capstyle="butt")
        axes.plot([place], [row.share], "o", ms=2.8, color=colour, mew=0.7, mfc="white" if alone else colour)
    axes.set(xlim=(first - 0.6, right + 0.6), ylim=(0, longest))
    step = -(-(last - first + 1) // YEARS)
    ticks = list(range(first, last + 1, step))
    axes.set_xticks([*ticks, *([right] if undated else [])], [*map(str, ticks), *(["?"] if undated else [])])
    _levels(axes, longest, numbered=numbered)


def _levels(axes: Axes, longest: float, *, numbered: bool) -> None:
    """Numbers of the upright axis, written at the left edge only: all panels share it."""
    step = next((s for s in STEPS if longest / s <= MOST_TICKS), STEPS[-1])
    levels = [i * step for i in range(int(longest / step + 1e-9) + 1)]
    axes.set_yticks(levels, [f"{level * 100:.0f}" if numbered else "" for level in levels])
    axes.grid(axis="y", color=RULE, lw=0.4)
    axes.set_axisbelow(True)


def alt_topics_over_time(table: pd.DataFrame) -> str:
    """Say in words from when to when, and which topics rise or fall."""
    table = TOPICS_OVER_TIME.take(table)
    years = table.drop_duplicates("year")
    dated = years[years["year"] != UNKNOWN]
    topics = table.drop_duplicates("topic")
    found = topics[topics["trend"]].sort_values("p_holm", kind="stable")
    parts = [
        f"topic {row.topic} {'rises' if row.slope > 0 else 'falls'} by {abs(100 * row.slope):.1f} hundredths a year"
        for row in rows_of(found.head(SAID))
    ]
    more = [f"{len(found) - SAID} more change"] if len(found) > SAID else []
    if topics["slope"].isna().all():
        said = "No trend can be told"
    else:
        told = listed([*parts, *more])
        said = told[:1].upper() + told[1:] if parts else "No topic plainly rises or falls"
    span = f"from {dated['year'].iloc[0]} to {dated['year'].iloc[-1]}"
    return (
        f"Small charts of the shares of {count(len(topics), 'topic')} year by year, in "
        f"{count(int(dated['essays'].sum()), 'essay')} {span}. {said}."
    )
