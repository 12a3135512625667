"""Whether the classifier's probabilities come true: stated against observed."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import Sheet, open_sheet, spread, text_width
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import FAINT, GREY, LABEL_COLOURS, NARROW, RULE, SMALL
from analysis.figures.wording import count, percent

RELIABILITY = plotted(
    "reliability",
    "bins of stated probability with what was observed",
    "bin int, predicted float, observed float, low float?, high float?, n int, source text",
)
PLOT, LEFT, COUNTS, LEADER = 66.0, 13.0, 7.5, 4.0  # mm
STEP = 0.25  # of the axes, which begin at the last step below every point
DOTS = LABEL_COLOURS["extending"]


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
        PLOT + COUNTS + 9,
        title="Do the probabilities hold?",
        note=f"{count(int(table['n'].sum()), 'comment')}. Against: {table['source'].iloc[0]}.",
        foot="Lines are intervals; on the diagonal a stated probability comes true.",
    )
    filled = table[table["n"] > 0]
    start = STEP * int(min(filled["predicted"].min(), filled[["observed", "low"]].min().min()) / STEP)
    ticks = [start + i * STEP for i in range(round((1 - start) / STEP) + 1)]
    names = [f"{t:g}" for t in ticks]
    axes = sheet.axes(LEFT, sheet.bottom + 9, PLOT, PLOT)
    axes.set(xlim=(start, 1), ylim=(start, 1))
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    axes.set_ylabel("observed share", labelpad=2)
    axes.grid(color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.plot([start, 1], [start, 1], color=FAINT, lw=0.8)
    axes.text(0.97, 0.04, "too sure", ha="right", color=GREY, fontsize=SMALL, transform=axes.transAxes)
    axes.text(0.03, 0.96, "too modest", va="top", color=GREY, fontsize=SMALL, transform=axes.transAxes)
    axes.vlines(filled["predicted"], filled["low"], filled["high"], color=DOTS, lw=0.9)
    axes.plot(filled["predicted"], filled["observed"], "o", ms=4, color=DOTS, clip_on=False)
    _counts(sheet, filled, [(x - start) / (1 - start) * PLOT for x in filled["predicted"]])
    axes.set_xlabel("stated probability (mean of a bin)", labelpad=1.5)
    return sheet.figure


def _counts(sheet: Sheet, filled: pd.DataFrame, places: list[float]) -> None:
    """Number of comments of each bin above the plot, moved apart where bins lie close, with a line to its bin."""
    texts = [f"{n:,}" for n in filled["n"]]
    moved = spread(places, [text_width(text, SMALL) + 1.2 for text in texts], PLOT)
    edge = sheet.bottom + 9 + PLOT
    sheet.write(LEFT - 2, edge + LEADER + 1.6, "n", ha="right", fontsize=SMALL, color=GREY)
    for x, at, text in zip(places, moved, texts, strict=True):
        sheet.line((LEFT + x, edge + 1), (LEFT + at, edge + LEADER))
        sheet.write(LEFT + at, edge + LEADER + 1.6, text, ha="center", fontsize=SMALL)


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
