"""One share by every estimator: what counting the machine's labels gives, and what hand codes make of it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import GREY, INK, LABEL_COLOURS, LABELS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, percent

ESTIMATORS = plotted(
    "estimators",
    "shares of the labels by more than one estimator",
    """label text, method text, share float?, low float?, high float?, corrected bool, n_coded int, n int,
    truth float?, caution text?""",
)
ROW, HEAD, NAMES, GAP = 6.4, 6.0, 46.0, 8.0  # mm
STEPS, MOST_TICKS = (0.02, 0.05, 0.1, 0.25), 4  # of an axis: so many that the numbers do not touch
METHOD_NAMES = {
    "counted": "machine labels counted",
    "hand codes": "hand codes alone",
    "dsl": "difference estimator (DSL)",
    "ppi++": "prediction-powered (PPI++)",
}
TRUTH = "#2E7D4F"  # of the line at the planted share: no label has this green


def plot_estimators(table: pd.DataFrame) -> Figure:
    """Draw a panel a label and a row an estimator: the share as a dot, its interval as a line.

    An estimate that is not corrected for the classifier's errors is hollow, and the figure says so in words. Where
    the true share is known it is a vertical line.

    Parameters
    ----------
    table : DataFrame
        ``label, method, share, low, high (0 to 1), corrected, n_coded, n, truth, caution``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = ESTIMATORS.take(table)
    methods = list(dict.fromkeys(table["method"]))
    labels = [label for label in LABELS if (table["label"] == label).any()]
    known = bool(table["truth"].notna().any())
    said = "Hollow: not corrected for the classifier’s errors; its line leaves them out."
    sheet = open_sheet(
        WIDE,
        HEAD + len(methods) * ROW + 9,
        title=f"One share, {count(len(methods), 'way')} to come by it",
        note=f"{count(int(table['n'].max()), 'comment')} by readers, {int(table['n_coded'].max()):,} of them coded by "
        f"hand. Lines are intervals. {said}{' Green: the true share, known here.' if known else ''}",
        caution=" ".join(dict.fromkeys(c for c in table["caution"] if c)),
    )
    width = (WIDE - NAMES - MARGIN - 4 - GAP * (len(labels) - 1)) / len(labels)
    for place, label in enumerate(labels):
        left = NAMES + place * (width + GAP)
        axes = sheet.axes(left, sheet.bottom + 9, width, len(methods) * ROW)
        _panel(axes, table[table["label"] == label].set_index("method").reindex(methods), label)
        sheet.write(left, sheet.top - 3, label, weight="bold")
    _names(sheet, methods)
    return sheet.figure


def _panel(axes: Axes, rows: pd.DataFrame, label: str) -> None:
    """Dots and lines of one label; the axis holds every interval and the true share."""
    ends = rows[["share", "low", "high", "truth"]].to_numpy(dtype=float)
    ends = ends[~pd.isna(ends)]
    low, high = (float(ends.min()), float(ends.max())) if len(ends) else (0.0, 1.0)
    room = max(0.02, (high - low) * 0.08)
    low, high = max(0.0, low - room), min(1.0, high + room)
    axes.set(xlim=(low, high), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    step = next((s for s in STEPS if (high - low) / s <= MOST_TICKS), STEPS[-1])
    ticks = [i * step for i in range(math.ceil(low / step - 1e-9), int(high / step + 1e-9) + 1)]
    axes.set_xticks(ticks, [f"{t * 100:.0f}" for t in ticks])
    axes.set_xlabel("share of comments, %", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    truth = rows["truth"].dropna()
    if len(truth):
        axes.axvline(float(truth.iloc[0]), color=TRUTH, lw=1.2, zorder=1)
    for number, row in enumerate(rows_of(rows)):
        _dot(axes, number, row, LABEL_COLOURS[label])


def _dot(axes: Axes, number: int, row: Any, colour: str) -> None:
    """One estimate: hollow where it is not corrected; words where there is none."""
    if pd.isna(row.share):
        axes.text(
            0.02, number, "not estimated", va="center", fontsize=SMALL, color=GREY, transform=axes.get_yaxis_transform()
        )
        return
    style = (0, (2, 1.2)) if not row.corrected else "solid"
    axes.plot([row.low, row.high], [number, number], color=colour, lw=1.4, ls=style)
    face = colour if row.corrected else "white"
    axes.plot([row.share], [number], "o", ms=4.4, color=colour, markerfacecolor=face, mew=1.0, clip_on=False)
    axes.annotate(
        f"{row.share * 100:.1f}", (row.share, number), xytext=(0, 5), textcoords="offset points", ha="center",
        fontsize=SMALL, color=INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.1},
    )  # fmt: skip


def _names(sheet: Sheet, methods: list[str]) -> None:
    """Estimators at the left."""
    for number, method in enumerate(methods):
        y = sheet.top - HEAD - (number + 0.5) * ROW
        for line in wrap(METHOD_NAMES.get(method, method), NAMES - MARGIN - 3, lines=1):
            sheet.write(NAMES - 3, y, line, ha="right")


def alt_estimators(table: pd.DataFrame) -> str:
    """Say in words what each estimator gives for each label, and which intervals hold the true share."""
    table = ESTIMATORS.take(table)
    parts = []
    for label, rows in table.groupby("label", sort=False):
        each = [f"{METHOD_NAMES.get(r.method, r.method)} {percent(r.share)}" for r in rows_of(rows)]
        parts.append(f"{label}: {listed(each)}")
    known = table.dropna(subset=["truth", "low", "high"])
    held = known[(known["low"] <= known["truth"]) & (known["truth"] <= known["high"])]
    said = [
        f"{METHOD_NAMES.get(str(m), str(m))} {len(held[held['method'] == m])} of {len(rows)}"
        for m, rows in known.groupby("method", sort=False)
    ]
    more = f" Intervals that hold the true share: {listed(said)}." if said else ""
    return (
        f"Dot chart with intervals of shares among {count(int(table['n'].max()), 'comment')}, by estimator. "
        f"{'; '.join(parts)}.{more}"
    )
