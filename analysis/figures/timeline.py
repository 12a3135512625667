"""Readers' comments year by year, by label."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import Sheet, open_sheet
from analysis.figures.plotted import plotted
from analysis.figures.style import GREY, LABEL_COLOURS, LABELS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, percent

TIMELINE = plotted("timeline", "counts of comments by year and label", "year int?, label text, n int")
LEFT, HIGH, KEY = 12.0, 48.0, 28.0  # mm
UNDATED_GAP = 1.6  # years between the last year and the comments without a date


def plot_timeline(table: pd.DataFrame) -> Figure:
    """Draw a stacked bar a year; comments without a date stand apart at the right.

    Parameters
    ----------
    table : DataFrame
        ``year (missing where undated), label, n``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TIMELINE.take(table)
    wide = table.assign(year=pd.to_numeric(table["year"])).pivot_table(
        index="year", columns="label", values="n", aggfunc="sum", fill_value=0, dropna=False
    )
    dated = wide[wide.index.notna()]
    undated = wide[wide.index.isna()]
    last = float(dated.index.max()) if len(dated) else 0.0
    places = [*dated.index, *[last + UNDATED_GAP] * len(undated)]
    labels = [label for label in LABELS if label in wide.columns]
    total = int(table["n"].sum())
    sheet = open_sheet(
        WIDE,
        HIGH + 9,
        title="Comments by year",
        note=f"{count(total, 'reader comment')}"
        + (f", {int(undated.to_numpy().sum()):,} without a date." if len(undated) else "."),
    )
    axes = sheet.axes(LEFT, sheet.bottom + 6, WIDE - LEFT - KEY, HIGH)
    counts = pd.concat([dated, undated])
    base = pd.Series(0.0, index=range(len(counts)))
    for label in labels:
        heights = counts[label].reset_index(drop=True)
        axes.bar(places, heights, bottom=base, width=0.72, color=LABEL_COLOURS[label], edgecolor="white", lw=0.3)
        base = base + heights
    highest = float(base.max()) or 1.0
    for x, value in zip(places, base, strict=True):
        if value:
            axes.text(x, value + highest * 0.02, f"{int(value):,}", ha="center", va="bottom", fontsize=SMALL)
    axes.set(ylim=(0, highest * 1.1), xlim=(min(places) - 0.7, max(places) + 0.7))
    axes.set_ylabel("comments (n)", labelpad=2)
    axes.grid(axis="y", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    step = -(-(len(range(int(min(places)), int(last) + 1)) or 1) // 18)
    years = list(range(int(min(places)), int(last) + 1, step)) if len(dated) else []
    names = [str(y) for y in years] + ["undated"] * len(undated)
    axes.set_xticks([*years, *places[len(dated) :]], names)
    _key(sheet, counts, labels)
    return sheet.figure


def _key(sheet: Sheet, counts: pd.DataFrame, labels: list[str]) -> None:
    """The labels in words, in the order of the stack, with their counts."""
    x = WIDE - KEY + 3
    for number, label in enumerate(reversed(labels)):
        y = sheet.top - 6 - number * 7.5
        sheet.swatch(x, y, LABEL_COLOURS[label], 2.4)
        sheet.write(x + 3.4, y, label)
        sheet.write(x + 3.4, y - 3.1, f"n = {int(counts[label].sum()):,}", fontsize=SMALL, color=GREY)


def alt_timeline(table: pd.DataFrame) -> str:
    """Say in words from when to when comments were written, in which year most, and by label."""
    table = TIMELINE.take(table)
    years = table[table["year"].notna()].groupby("year")["n"].sum()
    years = years[years > 0]
    most = years.sort_values(ascending=False, kind="stable")
    total = int(table["n"].sum())
    sums = table.groupby("label")["n"].sum()
    parts = listed([f"{int(sums[label]):,} {label}" for label in LABELS if label in sums])
    if years.empty or not total:
        return f"Bar chart of {count(total, 'reader comment')}, none with a date: {parts}."
    undated = total - int(years.sum())
    none = f"; {percent(undated / total)} have no date" if undated else ""
    return (
        f"Stacked bars of {count(total, 'reader comment')} from {int(years.index.min())} to {int(years.index.max())}: "
        f"{parts}. The year with most is {most.index[0]:.0f} ({most.iloc[0]:,.0f}){none}."
    )
