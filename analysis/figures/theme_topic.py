"""Where a corpus has themes given by hand: which topics hold their essays."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, SMALL, WIDE, ink_on, shade
from analysis.figures.wording import count, listed, shown

THEME_TOPIC = plotted(
    "theme_topic", "counts of essays by given theme and found topic", "theme text, topic int, label text, n int"
)
THEMES, TOPICS = 36, 24  # rows and columns a page holds
NAMES, ROW, DEEPEST = 46.0, 5.2, 0.9


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
    table = THEME_TOPIC.check(table)
    whole = _square(table)
    square = whole.iloc[:THEMES, :TOPICS]
    wordy = square.shape[1] <= 10
    head = (5 if wordy else 1) * line_height(SMALL) + 2
    foot = (
        shown(len(square), len(whole), "themes", "theme_topic"),
        shown(square.shape[1], whole.shape[1], "topics", "theme_topic"),
    )
    sheet = open_sheet(
        WIDE,
        head + len(square) * ROW + 1,
        title="Themes given by hand and topics found",
        note=f"{count(int(table['n'].sum()), 'essay')}, each in its largest topic. The darker a cell, the larger its share of the theme.",
        foot=" ".join(f for f in foot if f),
    )
    width = (WIDE - NAMES - MARGIN) / square.shape[1]
    labels = table.drop_duplicates("topic").set_index("topic")["label"]
    for j, topic in enumerate(square.columns):
        words = labels[topic].removeprefix(f"topic {topic}: ").replace(",", "")
        lines = [f"topic {topic}", *wrap(words, width - 1, SMALL, lines=4)] if wordy else [str(topic)]
        for number, line in enumerate(lines):
            y = sheet.top - (number + 0.5) * line_height(SMALL)
            style = {"color": GREY} if number else {"weight": "bold"}
            sheet.write(NAMES + (j + 0.5) * width, y, line, ha="center", fontsize=SMALL, **style)
    axes = sheet.axes(NAMES, sheet.top - head - len(square) * ROW, WIDE - NAMES - MARGIN, len(square) * ROW)
    axes.set(xlim=(-0.5, square.shape[1] - 0.5), ylim=(len(square) - 0.5, -0.5))
    axes.axis("off")
    for i, theme in enumerate(square.index):
        y = sheet.top - head - (i + 0.5) * ROW
        n = int(whole.loc[theme].sum())
        sheet.write(NAMES - 9, y, shorten(theme, NAMES - 9 - MARGIN, BODY), ha="right")
        sheet.write(NAMES - 2, y, f"{n:,}", ha="right", fontsize=SMALL, color=GREY)
        for j, value in enumerate(square.loc[theme]):
            colour = shade(DEEPEST * value / n if n else 0.0)
            axes.bar(j, -1, bottom=i + 0.5, width=1, color=colour, edgecolor="#E9E9E9", linewidth=0.5)
            if value:
                axes.text(j, i, f"{int(value):,}", ha="center", va="center", fontsize=SMALL, color=ink_on(colour))
    sheet.write(NAMES - 2, sheet.top - head + 2, "n", ha="right", fontsize=SMALL, color=GREY)
    return sheet.figure


def alt_theme_topic(table: pd.DataFrame) -> str:
    """Say in words how far themes and topics meet, and which theme is most scattered."""
    table = THEME_TOPIC.check(table)
    square = _square(table)
    square = square[square.sum(axis=1) > 0]
    if square.empty:
        return "Table of themes and topics without an essay."
    purest = square.max(axis=1) / square.sum(axis=1)
    inside = int(square.max(axis=1).sum())
    total = int(square.to_numpy().sum())
    whole = [str(t) for t in purest.index[purest == 1][:5]]
    kept = f" Wholly within one topic: {listed(whole)}." if whole else ""
    return (
        f"Table of {count(total, 'essay')} by {count(len(square), 'given theme')} and {count(square.shape[1], 'topic')}: "
        f"{inside:,} lie in the commonest topic of their theme. Most scattered is “{purest.idxmin()}”, with "
        f"{count(int((square.loc[purest.idxmin()] > 0).sum()), 'topic')}.{kept}"
    )
