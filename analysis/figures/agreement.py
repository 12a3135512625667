"""How far coders agree beyond chance, over all labels and for each, with a visible caution where it is too little."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import Sheet, open_sheet
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import FAINT, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed

AGREEMENT = plotted(
    "agreement",
    "comments that two coders or more have coded",
    """of text, label text, alpha float?, low float?, high float?, kappa float?, agreement float?, n int, coders int,
    caution text?""",
)
ROW, HEAD, NAMES, PLOT = 5.2, 6.0, 40.0, 90.0  # mm
COLUMNS = (("alpha", "alpha"), ("kappa", "kappa"), ("agreement", "same code, %"))
TENTATIVE, RELIABLE = (
    0.667,
    0.8,
)  # Krippendorff (2004): below the first draw no conclusion, below the second tentative ones


def plot_agreement(table: pd.DataFrame) -> Figure:
    """Draw a row a label: Krippendorff's alpha as a dot, its interval as a line, beside the two usual limits.

    Parameters
    ----------
    table : DataFrame
        ``of`` (label, position, or labels of which all were sure), ``label ("all" first), alpha, low, high, kappa,
        agreement, n, coders, caution``; alpha and kappa reach from below 0 to 1.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    The dotted lines are at .667 and .8 (Krippendorff 2004). A rare label can have a low alpha though coders seldom
    differ: read the plain agreement beside it.
    """
    table = AGREEMENT.take(table)
    caution = " ".join(dict.fromkeys(c for c in table["caution"] if c))
    first = rows_of(table)[0]
    sheet = open_sheet(
        WIDE,
        HEAD + len(table) * ROW + 9,
        title="How far the coders agree beyond chance",
        note=f"{count(first.coders, 'coder')}, {count(first.n, 'comment')} coded more than once. Dots: Krippendorff’s "
        "alpha, 1 is full agreement, 0 is chance; lines: intervals, drawing whole essays again.",
        caution=caution,
        foot="Dotted: .667 and .8, below which Krippendorff (2004) would draw no conclusions, or tentative ones only.",
    )
    axes = sheet.axes(NAMES, sheet.bottom + 9, PLOT, len(table) * ROW)
    least = min(0.0, float(table[["alpha", "low"]].min().min(skipna=True)))
    axes.set(xlim=(max(-1.0, least), 1), ylim=(len(table) - 0.5, -0.5), yticks=[])
    ticks = [t for t in (-0.5, 0, 0.25, 0.5, 0.75, 1) if t >= least]
    axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
    axes.set_xlabel("Krippendorff’s alpha", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    for limit in (TENTATIVE, RELIABLE):
        axes.axvline(limit, color=FAINT, lw=0.9, ls=(0, (1, 1.5)))
    right = [NAMES + PLOT + at for at in (14.0, 26.0, 48.0)]
    for (_, words), x in zip(COLUMNS, right, strict=True):
        sheet.write(x, sheet.top - 3, words, ha="right", fontsize=SMALL, color=GREY)
    for number, row in enumerate(rows_of(table)):
        _interval(axes, number, row)
        _row(sheet, sheet.top - HEAD - (number + 0.5) * ROW, row, right)
    return sheet.figure


def _interval(axes: Axes, number: int, row: Any) -> None:
    """Dot and line of one label; hollow where alpha does not reach the lower limit."""
    if pd.isna(row.alpha):
        axes.text(0.02, number, "not defined", va="center", fontsize=SMALL, color=GREY)
        return
    colour = LABEL_COLOURS.get(row.label, INK) if row.label != "cannot say" else INK
    axes.plot([row.low, row.high], [number, number], color=colour, lw=1.4, solid_capstyle="butt")
    face = colour if row.alpha >= TENTATIVE else "white"
    axes.plot([row.alpha], [number], "o", ms=4.4, color=colour, markerfacecolor=face, mew=1.0, clip_on=False)


def _row(sheet: Sheet, y: float, row: Any, right: list[float]) -> None:
    """Name at the left, numbers at the right."""
    sheet.write(NAMES - 3, y, _name(row), ha="right", weight="bold" if row.label == "all" else "normal")
    for (column, _), x in zip(COLUMNS, right, strict=True):
        value = getattr(row, column)
        shown = "?" if pd.isna(value) else f"{value * 100:.0f}" if column == "agreement" else f"{value:.2f}"
        sheet.write(x, y, shown.replace("-", "−"), ha="right", fontsize=SMALL)


def _name(row: Any) -> str:
    """What a row is about."""
    if row.of == "label":
        return "all labels" if row.label == "all" else row.label
    if row.of == "position":
        return "all positions" if row.label == "all" else f"position {row.label}"
    return "labels, all coders sure"


def alt_agreement(table: pd.DataFrame) -> str:
    """Say in words alpha overall and for each label, with the caution where there is one."""
    table = AGREEMENT.take(table)
    parts = []
    for row in rows_of(table[table["of"] == "label"]):
        name = _name(row)
        if pd.isna(row.alpha):
            parts.append(f"{name} not defined")
            continue
        interval = "" if pd.isna(row.low) else f" ({row.low:.2f} to {row.high:.2f})"
        parts.append(f"{name} {row.alpha:.2f}{interval}")
    first = rows_of(table)[0]
    caution = " ".join(dict.fromkeys(c for c in table["caution"] if c))
    return (
        f"Dot chart of Krippendorff’s alpha with intervals, {count(first.coders, 'coder')} and "
        f"{count(first.n, 'comment')}: {listed(parts)}. {caution}".strip()
    )
