"""What each group of essays is about: the share of every topic in each group, and how far the group stands apart."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, boxes_note, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, FAINT, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, percent, shown, topic_name

TOPICS_BY_GROUP = plotted(
    "topics_by_group",
    "shares of topics in at least two groups of essays",
    """by text, unit text, group text, topic int, label text, weak bool, share float?, low float?, high float?,
    difference float?, difference_low float?, difference_high float?, p float?, p_holm float?, apart bool, essays int,
    clusters int, n int, left_out int, note text?""",
)
GROUPS, TOPICS = 7, 30  # columns and rows a page holds
ROW, NAMES, GAP, AXIS = 5.6, 52.0, 3.0, 9.0  # mm
UNKNOWN = "unknown"
WEAK = "#8C8C8C"
TITLES = {"stance": "what the readers’ comments do"}
SAID = 4  # differences named in the alternative text
STEPS, MOST_TICKS = (0.1, 0.2, 0.25, 0.5), 3  # of an axis: its numbers must not touch in a narrow column


def plot_topics_by_group(table: pd.DataFrame) -> Figure:
    """Draw a row a topic and a column a group: a dot for the share, a line for its interval, a tick for all others.

    Parameters
    ----------
    table : DataFrame
        As ``aggregate.stat_topics_by_group`` gives it, groups in order.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TOPICS_BY_GROUP.take(table)
    groups, drawn = list(dict.fromkeys(table["group"])), _largest(table)
    topics = table.drop_duplicates("topic").sort_values("topic")
    rows = topics.head(TOPICS)
    width = (WIDE - MARGIN - NAMES) / len(drawn)
    heads = [_head(table, group, width - GAP) for group in drawn]
    head = max(len(names) + len(counts) for names, counts in heads) * line_height(SMALL) + 2
    by = str(table["by"].iloc[0])
    sheet = open_sheet(
        WIDE,
        head + len(rows) * ROW + AXIS,
        title=f"Topics by {TITLES.get(by, by)}",
        note=f"{count(len(topics), 'topic')}, {count(len(groups), 'group')}. Dots: mean share of the group’s essays"
        f"{', an essay once for each comment' if by == 'stance' else ''}; lines: intervals; grey ticks: the share in "
        "all other groups. Filled dots differ from it after adjustment for so many comparisons (Holm); grey topics are "
        "weak.",
        foot=_foot(
            table[table["group"].isin(drawn)], (len(drawn), len(groups), "groups"), (len(rows), len(topics), "topics")
        ),
    )
    bottom, high = sheet.bottom + AXIS, len(rows) * ROW
    for number, row in enumerate(rows_of(rows)):
        name = shorten(topic_name(row.topic, row.label), NAMES - MARGIN - 2.5, BODY)
        y = bottom + high - (number + 0.5) * ROW
        sheet.write(NAMES - 2.5, y, name, ha="right", color=GREY if row.weak else INK)
    longest = float(table.loc[table["group"].isin(drawn), ["share", "high"]].max().max())
    for place, group in enumerate(drawn):
        left = NAMES + place * width
        _write_head(sheet, heads[place], left)
        axes = sheet.axes(left, bottom, width - GAP, high)
        found = table[table["group"] == group].set_index("topic", drop=False).loc[rows["topic"]]
        _panel(axes, found, min(1.0, longest * 1.05))
    sheet.write(NAMES, sheet.bottom + 1.6, "share of the text, %", fontsize=SMALL, color=GREY)
    return sheet.figure


def _largest(table: pd.DataFrame) -> list[str]:
    """Groups drawn, in the table's order: the largest ones, and the unknown where all have room."""
    counted = table.drop_duplicates("group").set_index("group")["n"]
    if len(counted) <= GROUPS:
        return [str(group) for group in counted.index]
    largest = counted[counted.index != UNKNOWN].sort_values(ascending=False, kind="stable").index[:GROUPS]
    return [str(group) for group in counted.index if group in largest]


def _head(table: pd.DataFrame, group: str, width: float) -> tuple[list[str], list[str]]:
    """Name of a group in at most two lines, and how many were counted."""
    row: Any = rows_of(table[table["group"] == group])[0]
    counted = [count(row.essays, "essay")]
    if row.unit != "essays":
        counted = [count(row.n, row.unit.removesuffix("s")), f"under {counted[0]}"]
    return wrap(group, width, SMALL, lines=2, bold=True), [shorten(c, width, SMALL) for c in counted]


def _write_head(sheet: Sheet, lines: tuple[list[str], list[str]], left: float) -> None:
    names, counts = lines
    styles: list[dict[str, Any]] = [{"weight": "bold"}] * len(names) + [{"color": GREY}] * len(counts)
    for number, (line, style) in enumerate(zip([*names, *counts], styles, strict=True)):
        sheet.write(left, sheet.top - (number + 0.5) * line_height(SMALL), line, fontsize=SMALL, **style)


def _panel(axes: Axes, rows: pd.DataFrame, longest: float) -> None:
    """Dots and lines of one group, one a topic."""
    axes.set(xlim=(0, longest), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    step = next((s for s in STEPS if longest / s <= MOST_TICKS), STEPS[-1])
    ticks = [i * step for i in range(int(longest / step + 1e-9) + 1)]
    axes.set_xticks(ticks, [f"{t * 100:.0f}" for t in ticks])
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    for number, row in enumerate(rows_of(rows)):
        if math.isnan(row.share):
            axes.text(0.02 * longest, number, "none", va="center", fontsize=SMALL, color=GREY)
            continue
        colour = WEAK if row.weak else LABEL_COLOURS["extending"]
        if not math.isnan(row.difference):
            rest = row.share - row.difference
            axes.plot([rest, rest], [number - 0.32, number + 0.32], color=FAINT, lw=1.1, zorder=1.5)
        axes.plot([row.low, row.high], [number, number], color=colour, lw=1.0, solid_capstyle="butt")
        face = colour if row.apart else "white"
        axes.plot([row.share], [number], "o", ms=3.6, color=colour, markerfacecolor=face, mew=0.8, clip_on=False)


def _foot(table: pd.DataFrame, *cut: tuple[int, int, str]) -> str:
    lone = table.loc[table["clusters"] == 1, "group"].nunique()
    left = int(table.drop_duplicates("group")["left_out"].sum())
    unit = str(table["unit"].iloc[0]).removesuffix("s")
    alone = "A group without lines has one essay, or one writer, to go by." if lone else ""
    out = f"Left out for want of topics: {count(left, unit)}." if left else ""
    parts = (shown("topics_by_group", *cut), alone, out, boxes_note([*table["group"], *table["label"]]))
    return " ".join(part for part in parts if part)


def alt_topics_by_group(table: pd.DataFrame) -> str:
    """Say in words which groups stand apart from all others, and in which topics."""
    table = TOPICS_BY_GROUP.take(table)
    groups = table.drop_duplicates("group")
    by, unit = str(table["by"].iloc[0]), str(table["unit"].iloc[0]).removesuffix("s")
    found = (
        table[table["apart"]].assign(size=lambda rows: rows["difference"].abs()).sort_values("size", ascending=False)
    )
    parts = [
        f"{row.group} in topic {row.topic} ({percent(row.share)} against {percent(row.share - row.difference)})"
        for row in rows_of(found.head(SAID))
    ]
    more = len(found) - len(parts)
    rest = [count(more, "further difference")] if more > 0 else []
    said = f"Apart from all others are {listed([*parts, *rest])}" if parts else "No group stands apart from all others"
    return (
        f"Dot charts of the shares of {count(table['topic'].nunique(), 'topic')} by {TITLES.get(by, by)}, in "
        f"{count(len(groups), 'group')} of {count(int(groups['n'].sum()), unit)}. "
        f"{said}, after adjustment for {count(int(table['p'].notna().sum()), 'comparison')}."
    )
