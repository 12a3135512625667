"""Whether the classifier's probabilities come true: stated against observed."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import line_height, open_sheet, text_width
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import FAINT, GREY, LABEL_COLOURS, NARROW, RULE, SMALL
from analysis.figures.wording import count, percent

RELIABILITY = plotted(
    "reliability",
    "bins of stated probability with what was observed",
    "bin int, predicted float, observed float, low float?, high float?, n int, source text",
)
PLOT, LEFT, COUNTS = 66.0, 13.0, 15.0  # mm
BAR = 0.03  # width: bins may lie close
DOTS = LABEL_COLOURS["extending"]
TICKS = (0, 0.25, 0.5, 0.75, 1)


def plot_reliability(table: pd.DataFrame) -> Figure:
    """Draw observed against stated probability, with the number of comments of each bin below.

    Parameters
    ----------
    table : DataFrame
        ``bin, predicted, observed, low, high (0 to 1), n, source``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    On the diagonal a probability means what it says; below it the classifier is too sure.
    """
    table = RELIABILITY.take(table)
    sheet = open_sheet(
        NARROW,
        PLOT + COUNTS + 14,
        title="Do the probabilities hold?",
        note=f"{count(int(table['n'].sum()), 'comment')}. Against: {table['source'].iloc[0]}.",
        foot="Lines are intervals; on the diagonal a stated probability comes true.",
    )
    filled = table[table["n"] > 0]
    axes = sheet.axes(LEFT, sheet.top - PLOT - 1.5, PLOT, PLOT)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_xticks(TICKS, [])
    axes.set_yticks(TICKS, [f"{t:g}" for t in TICKS])
    axes.set_ylabel("observed share", labelpad=2)
    axes.grid(color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.plot([0, 1], [0, 1], color=FAINT, lw=0.8)
    axes.text(0.97, 0.04, "too sure", ha="right", color=GREY, fontsize=SMALL)
    axes.text(0.03, 0.96, "too modest", va="top", color=GREY, fontsize=SMALL)
    axes.vlines(filled["predicted"], filled["low"], filled["high"], color=DOTS, lw=0.9)
    axes.plot(filled["predicted"], filled["observed"], "o", ms=4, color=DOTS, clip_on=False)
    _counts(sheet.axes(LEFT, sheet.bottom + 9, PLOT, COUNTS), filled)
    return sheet.figure


def _counts(axes: Axes, filled: pd.DataFrame) -> None:
    """Number of comments in each bin; a number that would touch the one before it stands a line higher."""
    highest = int(filled["n"].max())
    line = highest * 1.5 * line_height(SMALL) / COUNTS
    axes.set(xlim=(0, 1), ylim=(0, highest * 1.5), yticks=[])
    axes.set_xticks(TICKS, [f"{t:g}" for t in TICKS])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("stated probability (mean of a bin); n of each bin", labelpad=1.5)
    axes.bar(filled["predicted"], filled["n"], width=BAR, color=RULE)
    taken: list[tuple[float, float, float]] = []
    for row in rows_of(filled):
        text = f"{row.n:,}"
        half, y = text_width(text, SMALL) / PLOT / 2 + 0.005, row.n + highest * 0.05
        for left, right, height in taken:
            if row.predicted - half < right and row.predicted + half > left and abs(height - y) < line:
                y = height + line
        taken.append((row.predicted - half, row.predicted + half, y))
        axes.text(row.predicted, y, text, ha="center", fontsize=SMALL)


def alt_reliability(table: pd.DataFrame) -> str:
    """Say in words how far stated and observed probability lie apart, and where most."""
    table = RELIABILITY.take(table)
    table = table[table["n"] > 0]
    gaps = (table["predicted"] - table["observed"]).abs()
    total = int(table["n"].sum())
    worst = rows_of(table.loc[[gaps.idxmax()]])[0]
    return (
        f"Dot chart of observed against stated probability in {count(len(table), 'bin')} of {count(total, 'comment')}, "
        f"against {table['source'].iloc[0]}. They lie {(gaps * table['n']).sum() / total * 100:.1f} points apart on "
        f"average and most where {percent(worst.predicted)} is stated and {percent(worst.observed)} observed "
        f"(n = {worst.n:,})."
    )
