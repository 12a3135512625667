"""Where a corpus has themes given by hand: which topics hold their essays."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, drawable, open_sheet, shorten, text_width
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, SMALL, WIDE, ink_on, shade
from analysis.figures.topic_heads import head_lines, heads_height, write_heads
from analysis.figures.wording import count, listed, shown

THEME_TOPIC = plotted(
    "theme_topic", "counts of essays by given theme and found topic", "theme text, topic int, label text, n int"
)
THEMES, TOPICS = 36, 24  # rows and columns a page holds
WIDEST, COUNT, ROW = 62.0, 9.0, 5.2  # mm: theme names at most, the column of n, a row
DEEPEST = 0.9  # as in the confusion figure


def _square(table: pd.DataFrame) -> pd.DataFrame:
    """Counts, one row a theme and one column a topic."""
    themes = list(dict.fromkeys(table["theme"]))
    return table.pivot_table(index="theme", columns="topic", values="n", aggfunc="sum", fill_value=0).loc[themes]


def plot_theme_topic(table: pd.DataFrame) -> Figure:
    """Draw themes as rows and topics as columns; a cell holds how many of a theme's essays a topic dominates.

    Parameters
    ----------
    table : DataFrame
        ``theme, topic, label, n``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = THEME_TOPIC.take(table)
    whole = _square(table)
    square = whole.iloc[:THEMES, :TOPICS]
    names = min(WIDEST, max(text_width(drawable(t)) for t in square.index)) + COUNT + MARGIN + 1
    width = (WIDE - names - MARGIN) / square.shape[1]
    heads = head_lines(table, [int(t) for t in square.columns], width)
    head = heads_height(heads)
    cut = ((len(square), len(whole), "themes"), (square.shape[1], whole.shape[1], "topics"))
    sheet = open_sheet(
        WIDE,
        head + len(square) * ROW + 1,
        title="Themes given by hand and topics found",
        note=f"{count(int(table['n'].sum()), 'essay')}, each in its largest topic. "
        "The darker a cell, the larger its share of the theme; grey: essays of a theme (n).",
        foot=shown("theme_topic", *cut),
    )
    write_heads(sheet, heads, names, width)
    top = sheet.top - head
    axes = sheet.axes(names, top - len(square) * ROW, WIDE - names - MARGIN, len(square) * ROW)
    axes.set(xlim=(-0.5, square.shape[1] - 0.5), ylim=(len(square) - 0.5, -0.5))
    axes.axis("off")
    sums = whole.sum(axis=1).to_dict()
    for i, theme in enumerate(square.index):
        y, n = top - (i + 0.5) * ROW, sums[theme]
        sheet.write(names - COUNT, y, shorten(theme, names - COUNT - MARGIN, BODY), ha="right")
        sheet.write(names - 2, y, f"{n:,}", ha="right", fontsize=SMALL, color=GREY)
        for j, value in enumerate(square.loc[theme]):
            colour = shade(DEEPEST * value / n if n else 0.0)
            axes.bar(j, -1, bottom=i + 0.5, width=1, color=colour, edgecolor="#E9E9E9", linewidth=0.5)
            if value:
                axes.text(j, i, f"{value:,}", ha="center", va="center", fontsize=SMALL, color=ink_on(colour))
    return sheet.figure


def alt_theme_topic(table: pd.DataFrame) -> str:
    """Say in words how far themes and topics meet, and which theme is most scattered."""
    table = THEME_TOPIC.take(table)
    square = _square(table)
    square = square[square.sum(axis=1) > 0]
    if square.empty:
        return "Table of themes and topics without an essay."
    purest = square.max(axis=1) / square.sum(axis=1)
    scattered = str(purest.idxmin())
    inside = int(square.max(axis=1).sum())
    total = int(square.to_numpy().sum())
    whole = [str(t) for t in purest.index[purest == 1][:5]]
    kept = f" Wholly within one topic: {listed(whole)}." if whole else ""
    return (
        f"Table of {count(total, 'essay')} by {count(len(square), 'given theme')} and {count(square.shape[1], 'topic')}"
        f": {inside:,} lie in the commonest topic of their theme. Most scattered is “{scattered}”, with "
        f"{count(int((square > 0).sum(axis=1).to_dict()[scattered]), 'topic')}.{kept}"
    )
