"""Shares of agreeing, extending and spam comments, overall and by topic, with their intervals."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, line_height, open_sheet, wrap
from analysis.figures.plotted import Plotted, plotted, rows_of
from analysis.figures.style import (
    BODY,
    GREY,
    INK,
    LABEL_COLOURS,
    LABELS,
    RULE,
    SMALL,
    UNCORRECTED_HATCH,
    WIDE,
)
from analysis.figures.wording import count, listed, percent, shown

_COLUMNS = """group text, label text, share float, low float?, high float?, method text, corrected bool, n_coded int,
    n int, clusters int, caution text?"""
SHARES = plotted("shares", "shares of the labels among readers' comments", _COLUMNS)
SHARES_BY_YEAR = plotted("shares_by_year", "shares of the labels among dated comments by readers", _COLUMNS)
GROUPS = 24  # rows a page holds
ROW, HEAD, NAMES, COUNTS, GAP = 7.4, 6.0, 48.0, 22.0, 7.0  # mm
STEPS, MOST_TICKS = (0.02, 0.05, 0.1, 0.25), 5  # of an axis: so many that the numbers do not touch
HATCHED = "Hatched bars are not corrected for the classifier’s errors: they count labels as given."
PLAIN = "Plain bars are corrected for the classifier’s errors with hand-coded comments, or are hand codes."


def plot_shares(table: pd.DataFrame, spec: Plotted = SHARES) -> Figure:
    """Draw a panel a label and a row a group: the share as a bar, its interval as a line.

    A share that is not corrected for the classifier’s errors is hatched, and the figure says so in words.

    Parameters
    ----------
    table : DataFrame
        ``group, label, share, low, high (0 to 1), method, corrected, n_coded, n, clusters, caution``, groups in order.
    spec : Plotted
        Which figure of shares: by topic, or by year.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = spec.take(table)
    groups = list(dict.fromkeys(table["group"]))
    labels = [label for label in LABELS if (table["label"] == label).any()]
    drawn = groups[:GROUPS]
    states = set(table["corrected"])
    said = [*([HATCHED] if False in states else []), *([PLAIN] if True in states else [])]
    sheet = open_sheet(
        WIDE,
        HEAD + len(drawn) * ROW + 9,
        title=f"What comments do with the essay: share {listed(labels)}{', by year' if spec is SHARES_BY_YEAR else ''}",
        note="Lines are intervals. n: comments by readers; coded: of these by hand; essays: clusters of the interval. "
        + " ".join(said),
        foot=shown(spec.name, (len(drawn), len(groups), "groups")),
        caution=" ".join(dict.fromkeys(c for c in table["caution"] if c)),
    )
    width = (WIDE - NAMES - COUNTS - MARGIN - GAP * len(labels)) / len(labels)
    longest = float(table[["share", "high"]].max().max())
    for place, label in enumerate(labels):
        axes = sheet.axes(NAMES + place * (width + GAP), sheet.bottom + 9, width, len(drawn) * ROW)
        rows = table[table["label"] == label].set_index("group").reindex(drawn)
        _panel(axes, rows, label, min(1.0, longest * 1.12))
        sheet.write(NAMES + place * (width + GAP), sheet.top - 3, label, weight="bold")
    _names(sheet, table, drawn)
    return sheet.figure


def _panel(axes: Axes, rows: pd.DataFrame, label: str, longest: float) -> None:
    """Bars of one label, one a group, with intervals and numbers."""
    axes.set(xlim=(0, longest), ylim=(len(rows) - 0.5, -0.5), yticks=[])
    axes.set_xlabel("share of comments, %", color=GREY, labelpad=1.5)
    step = next((s for s in STEPS if longest / s <= MOST_TICKS), STEPS[-1])
    ticks = [i * step for i in range(int(longest / step + 1e-9) + 1)]
    axes.set_xticks(ticks, [f"{t * 100:.0f}" for t in ticks])
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    for number, row in enumerate(rows_of(rows)):
        if math.isnan(row.share):
            axes.text(0.01 * longest, number, "not estimated", va="center", fontsize=SMALL, color=GREY)
            continue
        _bar(axes, number, row, LABEL_COLOURS[label])


def _bar(axes: Axes, number: int, row: Any, colour: str) -> None:
    """One share: its bar, hatched where it is not corrected, its interval on a white ground, its number."""
    hatch = "" if row.corrected else UNCORRECTED_HATCH
    axes.barh(
        number, row.share, height=0.42, lw=0.7, color=colour if row.corrected else "white", hatch=hatch, ec=colour
    )
    for line_colour, width in (("white", 2.4), (INK, 0.9)):
        axes.plot([row.low, row.high], [number, number], color=line_colour, lw=width, solid_capstyle="butt")
        for end in (row.low, row.high):
            axes.plot([end, end], [number - 0.1, number + 0.1], color=line_colour, lw=width)
    axes.text(0, number - 0.26, f"{row.share * 100:.1f}", va="bottom", fontsize=SMALL, color=INK)


def _names(sheet: Sheet, table: pd.DataFrame, drawn: list[str]) -> None:
    """Groups at the left, counts at the right."""
    counts = table.drop_duplicates("group").set_index("group")[["n", "n_coded", "clusters"]].to_dict("index")
    right = WIDE - MARGIN
    for words, x in (("n", right - 20), ("coded", right - 10), ("essays", right)):
        sheet.write(x, sheet.top - 3, words, ha="right", fontsize=SMALL, color=GREY)
    for number, group in enumerate(drawn):
        y = sheet.top - HEAD - (number + 0.5) * ROW
        lines = wrap(group, NAMES - MARGIN - 2.5, BODY, lines=2)
        bold = "bold" if group == "all" else "normal"
        for place, line in enumerate(lines):
            shift = (len(lines) - 1) / 2 - place
            sheet.write(NAMES - 2.5, y + shift * line_height(BODY), line, ha="right", weight=bold)
        for column, x in (("n", right - 20), ("n_coded", right - 10), ("clusters", right)):
            sheet.write(x, y, f"{counts[group][column]:,}", ha="right", fontsize=SMALL)


def alt_shares(table: pd.DataFrame, spec: Plotted = SHARES) -> str:
    """Say in words the shares overall with their intervals, and whether they are corrected."""
    table = spec.take(table)
    groups = list(dict.fromkeys(table["group"]))
    rows = table[table["group"] == groups[0]]
    parts = []
    for row in rows_of(rows):
        interval = "" if math.isnan(row.low) else f" ({row.low * 100:.0f} to {row.high * 100:.0f})"
        parts.append(f"{row.label} {percent(row.share)}{interval}")
    right = int(table["corrected"].sum())
    said = {0: "None is", len(table): "All are"}.get(right, f"{right:,} of {len(table):,} are")
    more = f" The same is drawn for {count(len(groups) - 1, 'further group')}." if len(groups) > 1 else ""
    return (
        f"Bar chart with intervals of shares among {count(int(rows['n'].iloc[0]), 'reader comment')} ({groups[0]}): "
        f"{listed(parts)}. {said} corrected for the classifier’s errors.{more}"
    )
