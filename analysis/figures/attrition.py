"""What each stage of a run kept and dropped, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, shorten
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, DROPPED, GREY, INK, PLAIN, SMALL, WIDE
from analysis.figures.wording import count, listed, percent

ATTRITION = plotted(
    "attrition",
    "the stages of a run, each with what it kept and what it dropped",
    "stage text, outcome text, reason text?, n int",
)
REASONS = 6  # a stage; the rest are summed in words, for rare reasons make the figure long and tell little
ROW, GAP, NAMES, BARS = 4.4, 2.4, 84.0, 78.0  # mm


@dataclass(frozen=True)
class Stage:
    """A stage as drawn: its name, what came in, what it kept, its drawn reasons, and those left to words."""

    name: str
    total: int
    kept: int
    drawn: pd.DataFrame
    rest: pd.DataFrame


def _stages(table: pd.DataFrame) -> list[Stage]:
    """Stages in the table's order; reasons from the commonest down."""
    found = []
    for name in dict.fromkeys(table["stage"]):
        rows = table[table["stage"] == name]
        kept = int(rows.loc[rows["outcome"] == "kept", "n"].sum())
        dropped = rows[rows["outcome"] != "kept"].sort_values("n", ascending=False, kind="stable")
        total = kept + int(dropped["n"].sum())
        found.append(Stage(str(name), total, kept, dropped.head(REASONS), dropped.iloc[REASONS:]))
    return found


def plot_attrition(table: pd.DataFrame) -> Figure:
    """Draw what each stage kept and dropped: one bar a reason, as a share of what came into the stage.

    Parameters
    ----------
    table : DataFrame
        ``stage, outcome ("kept" or "dropped"), reason, n``, stages in the order of the run.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    stages = _stages(ATTRITION.take(table))
    rest = [
        f"{s.name}: {count(len(s.rest), 'rarer reason')}, n = {int(s.rest['n'].sum()):,}" for s in stages if len(s.rest)
    ]
    sheet = open_sheet(
        WIDE,
        sum(ROW * (1 + len(s.drawn)) + GAP for s in stages),
        title="What each stage kept and dropped",
        note="Bars are shares of what came into a stage; the numbers are counts (n).",
        foot=f"Not drawn: {'; '.join(rest)}; attrition.csv has all." if rest else "",
    )
    axes = sheet.axes(NAMES, sheet.bottom, BARS, sheet.top - sheet.bottom)
    axes.set(xlim=(0, 1), ylim=(0, sheet.top - sheet.bottom))
    axes.axis("off")
    y = sheet.top + ROW / 2
    for stage in stages:
        y -= GAP + ROW
        sheet.write(MARGIN, y, shorten(stage.name, NAMES - MARGIN - 12, bold=True), weight="bold")
        _bar(sheet, axes, y, "kept", (stage.kept, stage.total))
        for row in rows_of(stage.drawn):
            y -= ROW
            _bar(sheet, axes, y, row.reason or "dropped", (row.n, stage.total))
    return sheet.figure


def _bar(sheet: Sheet, axes: Axes, y: float, words: str, counts: tuple[int, int]) -> None:
    """One bar with its words before and its count after it; ``counts`` are the bar's and the stage's."""
    n, total = counts
    kept, share = words == "kept", n / total if total else 0.0
    colour = PLAIN if kept else DROPPED
    axes.barh(y - sheet.bottom, share, height=ROW * 0.66, color=colour)
    name = shorten(words, NAMES - MARGIN - 5, BODY)
    sheet.write(NAMES - 2, y, name, ha="right", color=INK if kept else GREY)
    sheet.write(NAMES + BARS * share + 1.2, y, f"{n:,} of {total:,}" if kept else f"{n:,}", fontsize=SMALL)


def alt_attrition(table: pd.DataFrame) -> str:
    """Say in words what each stage kept, and the commonest reason of dropping."""
    table = ATTRITION.take(table)
    parts = [
        f"{s.name} {s.kept:,} of {s.total:,} ({percent(s.kept / s.total)})" if s.total else f"{s.name} none of none"
        for s in _stages(table)
    ]
    sentence = f"Bars of what each stage of the run kept: {listed(parts)}."
    dropped = table[(table["outcome"] != "kept") & (table["n"] > 0)].sort_values("n", ascending=False, kind="stable")
    if dropped.empty:
        return f"{sentence} Nothing was dropped."
    top = rows_of(dropped)[0]
    return f"{sentence} The commonest reason of dropping was “{top.reason}” at {top.stage} ({top.n:,})."
