"""How accurate the labels are if only the surest part of the comments is labelled."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import open_sheet
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import INK, LABEL_COLOURS, NARROW, RULE, SMALL
from analysis.figures.wording import percent

COVERAGE = plotted(
    "coverage",
    "accuracy at each share of comments that get a label",
    "coverage float, accuracy float, low float?, high float?, source text",
)
LEFT, HIGH = 13.0, 52.0  # mm
NAMED = (0.5, 0.8, 1.0)  # coverages whose accuracy is printed


def plot_coverage(table: pd.DataFrame) -> Figure:
    """Draw accuracy among the labelled against the share that is labelled, surest first.

    Parameters
    ----------
    table : DataFrame
        ``coverage, accuracy, low, high (0 to 1), source``, coverage rising.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = COVERAGE.take(table)
    sheet = open_sheet(
        NARROW,
        HIGH + 11,
        title="Accuracy of the labels, surest comments first",
        note=f"Against: {table['source'].iloc[0]}.",
        foot="Band: interval. The vertical axis does not start at 0.",
    )
    axes = sheet.axes(LEFT, sheet.bottom + 9.5, NARROW - LEFT - 6, HIGH)
    colour = LABEL_COLOURS["extending"]
    known = table.dropna(subset=["low", "high"])
    axes.fill_between(known["coverage"], known["low"], known["high"], color=LABEL_COLOURS["agreeing"], alpha=0.45, lw=0)
    axes.plot(table["coverage"], table["accuracy"], color=colour, lw=1.3)
    floor = float(table[["accuracy", "low"]].min().min())
    floor = max(0.0, (floor * 10 // 1) / 10)
    axes.set(xlim=(0, 1), ylim=(floor, 1.0))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    steps = [floor + i * 0.1 for i in range(round((1 - floor) * 10) + 1)]
    axes.set_yticks(steps, [f"{s * 100:.0f}" for s in steps])
    axes.set_xlabel("comments that get a label, %", labelpad=1.5)
    axes.set_ylabel("of these labelled rightly, %", labelpad=2)
    axes.grid(color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    for row in rows_of(_named(table)):
        axes.plot([row.coverage], [row.accuracy], "o", ms=3.5, color=colour, clip_on=False)
        axes.annotate(
            f"{row.accuracy * 100:.0f} %",
            (row.coverage, row.accuracy),
            xytext=(-2, -8),
            textcoords="offset points",
            ha="right",
            fontsize=SMALL,
            color=INK,
        )
    return sheet.figure


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The rows nearest to the coverages that are printed."""
    return table.loc[sorted({(table["coverage"] - at).abs().argmin() for at in NAMED})]


def alt_coverage(table: pd.DataFrame) -> str:
    """Say in words the accuracy at half, four fifths and all of the comments labelled."""
    table = COVERAGE.take(table)
    parts = [
        f"{percent(row.accuracy)} when {percent(row.coverage)} of the comments get a label"
        for row in rows_of(_named(table))
    ]
    return f"Line of accuracy among labelled comments, against {table['source'].iloc[0]}: {', '.join(parts)}."
