"""Whether the classifier's probabilities come true: stated against observed."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import open_sheet
from analysis.figures.plotted import plotted
from analysis.figures.style import FAINT, GREY, LABEL_COLOURS, NARROW, RULE, SMALL
from analysis.figures.wording import count, percent

RELIABILITY = plotted(
    "reliability",
    "bins of stated probability with what was observed",
    "bin int, predicted float, observed float, low float?, high float?, n int, source text",
)
PLOT, LEFT, COUNTS = 68.0, 14.0, 14.0  # mm
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
    table = RELIABILITY.check(table)
    sheet = open_sheet(
        NARROW,
        PLOT + COUNTS + 14,
        title="Do the probabilities hold?",
        note=f"{count(int(table['n'].sum()), 'comment')}. Against: {table['source'].iloc[0]}.",
        foot="Lines are intervals; on the diagonal a stated probability comes true.",
    )
    axes = sheet.axes(LEFT, sheet.top - PLOT - 1.5, PLOT, PLOT)
    axes.plot([0, 1], [0, 1], color=FAINT, lw=0.8)
    axes.text(0.97, 0.05, "too sure", ha="right", color=GREY, fontsize=SMALL)
    axes.text(0.03, 0.95, "too modest", va="top", color=GREY, fontsize=SMALL)
    filled = table[table["n"] > 0]
    colour = LABEL_COLOURS["extending"]
    axes.vlines(filled["predicted"], filled["low"], filled["high"], color=colour, lw=0.9)
    axes.plot(filled["predicted"], filled["observed"], "o", ms=4, color=colour, clip_on=False)
    axes.set(xlim=(0, 1), ylim=(0, 1), xticks=TICKS, yticks=TICKS)
    axes.tick_params(labelbottom=False)
    axes.set_ylabel("observed share", labelpad=2)
    axes.grid(color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    below = sheet.axes(LEFT, sheet.bottom + 9, PLOT, COUNTS)
    width = 0.7 / max(len(table), 10)
    below.bar(filled["predicted"], filled["n"], width=width, color=FAINT)
    highest = int(table["n"].max())
    for row in filled.itertuples():
        below.text(row.predicted, row.n + highest * 0.06, f"{row.n:,}", ha="center", fontsize=SMALL)
    below.set(xlim=(0, 1), ylim=(0, highest * 1.35), xticks=TICKS, yticks=[])
    below.spines["left"].set_visible(False)
    below.set_xlabel("stated probability (mean of a bin); n below the dots", labelpad=1.5)
    return sheet.figure


def alt_reliability(table: pd.DataFrame) -> str:
    """Say in words how far stated and observed probability lie apart, and where most."""
    table = RELIABILITY.check(table)
    table = table[table["n"] > 0]
    gaps = (table["predicted"] - table["observed"]).abs()
    mean = float((gaps * table["n"]).sum() / table["n"].sum())
    worst = table.loc[gaps.idxmax()]
    return (
        f"Dot chart of observed against stated probability in {count(len(table), 'bin')} of "
        f"{count(int(table['n'].sum()), 'comment')}, against {table['source'].iloc[0]}. They lie {mean * 100:.1f} points "
        f"apart on average and most where {percent(worst['predicted'])} is stated and {percent(worst['observed'])} observed "
        f"(n = {worst['n']:,})."
    )
