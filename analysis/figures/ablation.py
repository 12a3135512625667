"""What each group of features is worth: the macro-F1 that is lost without it, with its interval."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, shorten
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import FAINT, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, shown

ABLATION = plotted(
    "ablation",
    "groups of features with the figures of the model without each",
    """left_out text, features int, macro_f1 float, f1_agreeing float, f1_extending float, f1_spam float,
    accuracy float, difference float, lower float?, upper float?""",
)
ROW, HEAD, NAMES, PLOT = 4.8, 10.0, 78.0, 54.0  # mm
MOST_ROWS = 36  # what a page holds; the table has all
STEPS = (0.25, 0.5, 1, 2, 2.5, 5, 10, 25)  # points between two ticks
MOST_TICKS = 7
WHOLE = "nothing"  # what is left out of the whole model
DOTS = LABEL_COLOURS["extending"]
COLUMNS = (("f1_agreeing", "agreeing"), ("f1_extending", "extending"), ("f1_spam", "spam"))


def plot_ablation(table: pd.DataFrame) -> Figure:
    """Draw a row a group of features: how many points of macro-F1 are lost when it is left out, the greatest first.

    Parameters
    ----------
    table : DataFrame
        ``left_out`` ("nothing" for the whole model), ``features, macro_f1, f1_agreeing, f1_extending, f1_spam,
        accuracy`` (0 to 1), ``difference, lower, upper`` (macro-F1 without the group less that of the whole model).

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    A dot is hollow where the interval holds zero: the group is not shown to help by itself.
    """
    table = ABLATION.take(table)
    kept = table.head(MOST_ROWS)
    sheet = open_sheet(
        WIDE,
        HEAD + len(kept) * ROW + 9,
        title="What each group of features is worth",
        note=f"Macro-F1 of the whole model on blogs left out: {_whole(table):.3f}. Dots: points of it lost when a "
        "group is left out and the model trained again; lines: intervals, drawing whole essays again. Hollow: the "
        "interval holds zero.",
        foot=" ".join(
            s
            for s in (
                "Right: F1 of each label without the group.",
                shown("ablation", (len(kept), len(table), "rows")),
            )
            if s
        ),
    )
    axes = sheet.axes(NAMES, sheet.bottom + 9, PLOT, len(kept) * ROW)
    _scale(axes, kept)
    for number, row in enumerate(rows_of(kept)):
        _dot(axes, number, row)
    _margins(sheet, kept)
    return sheet.figure


def _whole(table: pd.DataFrame) -> float:
    """Macro-F1 of the whole model, which every row tells."""
    return float((table["macro_f1"] - table["difference"]).iloc[0])


def _scale(axes: Axes, rows: pd.DataFrame) -> None:
    """An axis in points that holds every interval, and zero."""
    ends = -100 * rows[["difference", "lower", "upper"]].to_numpy(dtype=float)
    low, high = min(0.0, float(pd.Series(ends.ravel()).min())), max(0.0, float(pd.Series(ends.ravel()).max()))
    room = max(0.1, (high - low) * 0.04)
    low, high = low - room, high + room
    step = next((s for s in STEPS if (high - low) / s <= MOST_TICKS), STEPS[-1])
    ticks = [i * step for i in range(math.ceil(low / step - 1e-9), int(high / step + 1e-9) + 1)]
    axes.set(xlim=(low, high), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    axes.set_xticks(ticks, [f"{t:g}".replace("-", "−") for t in ticks])
    axes.set_xlabel("points of macro-F1 lost without it", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=FAINT, lw=0.9)


def _dot(axes: Axes, number: int, row: Any) -> None:
    """One group; the whole model is a black mark at zero."""
    whole, known = row.left_out == WHOLE, not pd.isna(row.lower)
    colour = INK if whole else DOTS
    if known:
        axes.plot([-100 * row.upper, -100 * row.lower], [number, number], color=colour, lw=1.2, solid_capstyle="butt")
    sure = whole or (known and not row.lower <= 0 <= row.upper)
    mark, face = "D" if whole else "o", colour if sure else "white"
    axes.plot([-100 * row.difference], [number], mark, ms=4.0, color=colour, markerfacecolor=face, mew=1.0)


def _margins(sheet: Sheet, rows: pd.DataFrame) -> None:
    """Groups and the number of their features at the left, the labels' F1 at the right."""
    right = [NAMES + PLOT + at for at in (16.0, 32.0, 44.0)]
    top = sheet.top - 6.5
    sheet.write(NAMES - 3, top, "features", ha="right", fontsize=SMALL, color=GREY)
    sheet.write(NAMES + PLOT + 4, sheet.top - 2.5, "F1 without it", fontsize=SMALL, color=GREY)
    for x, (_, words) in zip(right, COLUMNS, strict=True):
        sheet.write(x, top, words, ha="right", fontsize=SMALL, color=GREY)
    for number, row in enumerate(rows_of(rows)):
        y = sheet.top - HEAD - (number + 0.5) * ROW
        whole = row.left_out == WHOLE
        name = "nothing left out" if whole else row.left_out
        weight = "bold" if whole else "normal"
        sheet.write(NAMES - 16, y, shorten(name, NAMES - 16 - MARGIN, bold=whole), ha="right", weight=weight)
        if not whole:
            sheet.write(NAMES - 3, y, f"{row.features:,}", ha="right", fontsize=SMALL)
        for x, (column, _) in zip(right, COLUMNS, strict=True):
            sheet.write(x, y, f"{getattr(row, column):.2f}", ha="right", fontsize=SMALL)


def alt_ablation(table: pd.DataFrame) -> str:
    """Say in words which groups cost most, and how many are not shown to help."""
    table = ABLATION.take(table)
    groups = table[table["left_out"] != WHOLE].sort_values("difference", kind="stable")
    if groups.empty:
        return f"Dot chart with the whole model alone, macro-F1 {_whole(table):.3f}; no group was left out."
    parts = [f"{shorten(row.left_out, 60)} {_points(-row.difference)}" for row in rows_of(groups.head(3))]
    unsure = int((~((groups["upper"] < 0) | (groups["lower"] > 0))).sum())
    return (
        f"Dot chart with intervals of what is lost of a macro-F1 of {_whole(table):.3f} when one of "
        f"{count(len(groups), 'group')} of features is left out. Most: {listed(parts)}. "
        f"Of {unsure:,} the interval holds zero or is not known."
    )


def _points(loss: float) -> str:
    return f"{100 * loss:.1f} points".replace("-", "−")
