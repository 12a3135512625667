"""What each stage of a run kept and dropped, and why."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, open_sheet, shorten
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, LABEL_COLOURS, PLAIN, SMALL, WIDE
from analysis.figures.wording import count, listed, percent

ATTRITION = plotted(
    "attrition",
    "the stages of a run, each with what it kept and what it dropped",
    "stage text, outcome text, reason text?, n int",
)
REASONS = 6  # a stage; the rest are summed in words, for rare reasons make the figure long and tell little
ROW, GAP, NAMES, BARS = 4.4, 2.4, 74.0, 88.0  # mm


def _stages(table: pd.DataFrame) -> list[tuple[str, int, pd.DataFrame, pd.DataFrame]]:
    """Stage, its total, the rows drawn, the rows left to words."""
    found = []
    for stage in dict.fromkeys(table["stage"]):
        rows = table[table["stage"] == stage]
        kept, dropped = rows[rows["outcome"] == "kept"], rows[rows["outcome"] != "kept"]
        dropped = dropped.sort_values("n", ascending=False, kind="stable")
        drawn = pd.concat([kept, dropped.head(REASONS)])
        found.append((stage, int(rows["n"].sum()), drawn, dropped.iloc[REASONS:]))
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
    stages = _stages(ATTRITION.check(table))
    rows = sum(len(drawn) for _, _, drawn, _ in stages)
    rest = [
        f"{stage}: {count(len(left), 'rarer reason')}, {int(left['n'].sum()):,}"
        for stage, _, _, left in stages
        if len(left)
    ]
    sheet = open_sheet(
        WIDE,
        rows * ROW + len(stages) * (GAP + ROW),
        title="What each stage kept and dropped",
        note="Bars are shares of what came into a stage; the numbers are counts (n).",
        foot=f"Not drawn: {'; '.join(rest)}; attrition.csv has all." if rest else "",
    )
    axes = sheet.axes(MARGIN + NAMES, sheet.bottom, BARS, sheet.top - sheet.bottom)
    axes.set(xlim=(0, 1), ylim=(0, sheet.top - sheet.bottom))
    axes.axis("off")
    y = sheet.top
    for stage, total, drawn, _ in stages:
        y -= GAP + ROW
        sheet.write(MARGIN, y + ROW / 2, f"{stage}", weight="bold")
        sheet.write(MARGIN + NAMES, y + ROW / 2, f"n = {total:,}", color=GREY, fontsize=SMALL)
        for row in drawn.itertuples():
            y -= ROW
            kept = row.outcome == "kept"
            share = row.n / total if total else 0.0
            axes.barh(
                y - sheet.bottom + ROW / 2,
                share,
                height=ROW * 0.68,
                color=PLAIN if kept else LABEL_COLOURS["cannot say"],
                edgecolor=PLAIN,
            )
            words = "kept" if kept and not row.reason else str(row.reason or "dropped")
            words = shorten(words, NAMES - 6, BODY)
            sheet.write(MARGIN + NAMES - 2, y + ROW / 2, words, ha="right", weight="bold" if kept else "normal")
            end = MARGIN + NAMES + BARS * share + 1.2
            sheet.write(end, y + ROW / 2, f"{row.n:,}", fontsize=SMALL)
    return sheet.figure


def alt_attrition(table: pd.DataFrame) -> str:
    """Say in words what each stage kept, and the commonest reason of dropping."""
    table = ATTRITION.check(table)
    parts = []
    for stage, total, drawn, _ in _stages(table):
        kept = int(drawn.loc[drawn["outcome"] == "kept", "n"].sum())
        parts.append(f"{stage} {kept:,} of {total:,} ({percent(kept / total)})" if total else f"{stage} none of none")
    sentence = f"Bars of what each stage of the run kept: {listed(parts)}."
    dropped = table[(table["outcome"] != "kept") & (table["n"] > 0)].sort_values("n", ascending=False, kind="stable")
    if dropped.empty:
        return f"{sentence} Nothing was dropped."
    top = dropped.iloc[0]
    return f"{sentence} The commonest reason of dropping was “{top['reason']}” at {top['stage']} ({top['n']:,})."
