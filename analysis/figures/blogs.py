"""How right the labels are from blog to blog: macro-F1 and accuracy of each, with intervals over its essays."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, shorten
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import FAINT, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, percent, shown

BLOGS = plotted(
    "blogs",
    "comments with known labels that name their blog",
    """blog text, blogs int, n int, essays int, macro_f1 float, f1_low float?, f1_high float?, accuracy float,
    low float?, high float?, fewest int, source text""",
)
ROW, HEAD, SCALE, NAMES, PLOT, GAP = 4.2, 6.5, 5.5, 30.0, 56.0, 7.0  # mm
MOST_ROWS = 42  # what a page holds; the table has all
DOTS = LABEL_COLOURS["extending"]
_PANELS = (
    ("macro-F1", "macro_f1", "f1_low", "f1_high", "{:.2f}", 1),
    ("accuracy, %", "accuracy", "low", "high", "{:.0f}", 100),
)


def plot_blogs(table: pd.DataFrame) -> Figure:
    """Draw a row a blog, the largest first: macro-F1 and accuracy as dots, their intervals as lines.

    Parameters
    ----------
    table : DataFrame
        ``blog`` ("all" first, "others" last), ``blogs, n, essays, macro_f1, f1_low, f1_high, accuracy, low, high``
        (0 to 1), ``fewest`` (comments of a blog with a row of its own), ``source``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = BLOGS.take(table)
    kept, pooled = _shown(table), table[table["blog"] == "others"]
    alone = kept[["f1_low", "low"]].isna().any(axis=1).any()
    small, few = count(int(pooled["blogs"].sum()), "blog"), int(table["fewest"].iloc[0])
    said = [
        f"Others: {small} with fewer than {few} comments." if len(pooled) else "",
        "Macro-F1 is the mean over the labels met in a blog: one comment of a rare label turns it.",
        "Hollow: all comments stand under one essay, so there is no interval." if alone else "",
        shown("blogs", (len(kept), len(table), "rows")),
    ]
    sheet = open_sheet(
        WIDE,
        HEAD + len(kept) * ROW + SCALE,
        title="How right the labels are, blog by blog",
        note=f"{count(int(table['n'].iloc[0]), 'comment')}. Against: {table['source'].iloc[0]}. Lines are intervals, "
        "drawing whole essays of the blog again; the dotted line is all blogs together.",
        foot=" ".join(s for s in said if s),
    )
    for place, (words, *columns, form, times) in enumerate(_PANELS):
        left = NAMES + place * (PLOT + GAP)
        axes = sheet.axes(left, sheet.bottom + SCALE, PLOT, len(kept) * ROW)
        _panel(axes, kept, columns, form, times)
        sheet.write(left, sheet.top - 3, words, weight="bold")
    _margins(sheet, kept)
    return sheet.figure


def _shown(table: pd.DataFrame) -> pd.DataFrame:
    """As many rows as a page holds; "others" stays."""
    if len(table) <= MOST_ROWS:
        return table
    others = table[table["blog"] == "others"]
    blogs = table[table["blog"] != "others"].head(MOST_ROWS - len(others))
    return pd.concat([blogs, others], ignore_index=True)


def _panel(axes: Axes, rows: pd.DataFrame, columns: list[str], form: str, times: int) -> None:
    """Dots and lines of one figure, from 0 to 1."""
    value, low, high = columns
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{t * times:g}" for t in ticks])
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.axvline(float(rows[value].iloc[0]), color=FAINT, lw=0.9, ls=(0, (1, 1.5)))
    for number, row in enumerate(rows_of(rows)):
        _dot(axes, number, row, (value, low, high))
        text = form.format(getattr(row, value) * times)
        axes.text(1.02, number, text, va="center", fontsize=SMALL, color=INK)


def _dot(axes: Axes, number: int, row: Any, columns: tuple[str, str, str]) -> None:
    """One blog: black for all together, hollow where it has no interval."""
    value, low, high = (getattr(row, c) for c in columns)
    colour = INK if row.blog == "all" else DOTS
    known = not pd.isna(low)
    if known:
        axes.plot([low, high], [number, number], color=colour, lw=1.2, solid_capstyle="butt")
    face, mark = colour if known else "white", "D" if row.blog == "all" else "o"
    axes.plot([value], [number], mark, ms=3.8, color=colour, markerfacecolor=face, mew=1.0, clip_on=False)


def _margins(sheet: Sheet, rows: pd.DataFrame) -> None:
    """Names at the left, numbers of comments and essays at the right."""
    right = [NAMES + 2 * PLOT + GAP + at for at in (18.0, 29.0)]
    for x, words in zip(right, ("comments", "essays"), strict=True):
        sheet.write(x, sheet.top - 3, words, ha="right", fontsize=SMALL, color=GREY)
    for number, row in enumerate(rows_of(rows)):
        y = sheet.top - HEAD - (number + 0.5) * ROW
        weight = "bold" if row.blog == "all" else "normal"
        name = shorten(_name(row), NAMES - MARGIN - 3, bold=weight == "bold")
        sheet.write(NAMES - 3, y, name, ha="right", weight=weight)
        for x, value in zip(right, (row.n, row.essays), strict=True):
            sheet.write(x, y, f"{value:,}", ha="right", fontsize=SMALL)


def _name(row: Any) -> str:
    if row.blog == "all":
        return f"all {row.blogs:,} blogs" if row.blogs > 1 else "all comments"
    return f"{row.blogs:,} others" if row.blog == "others" and row.blogs > 1 else str(row.blog)


def alt_blogs(table: pd.DataFrame) -> str:
    """Say in words the figures over all blogs, and the lowest and highest of single ones."""
    table = BLOGS.take(table)
    whole, single = rows_of(table)[0], table[~table["blog"].isin(("all", "others"))]
    parts = []
    for words, column, show in (("macro-F1", "macro_f1", "{:.2f}".format), ("accuracy", "accuracy", percent)):
        ends = ""
        if len(single) > 1:
            low, high = (rows_of(single.loc[[at]])[0] for at in (single[column].idxmin(), single[column].idxmax()))
            ends = f", from {show(getattr(low, column))} ({low.blog}) to {show(getattr(high, column))} ({high.blog})"
        parts.append(f"{words} {show(getattr(whole, column))} over all{ends}")
    pooled = table.loc[table["blog"] == "others", "blogs"]
    small = f" {count(int(pooled.iloc[0]), 'small blog')} stand together as one row." if len(pooled) else ""
    return (
        f"Dot chart with intervals of {count(whole.n, 'comment')} of {count(whole.blogs, 'blog')}, against "
        f"{whole.source}: {listed(parts)}.{small}"
    )
