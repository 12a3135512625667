"""How many comments must be coded by hand for how narrow an interval."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import open_sheet, spread
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import GREY, LABEL_COLOURS, LABELS, NARROW, RULE, SMALL, line_of
from analysis.figures.wording import count, listed

PRECISION = plotted(
    "precision",
    "half widths with the codes they need",
    "label text, half_width float, codes int?, coded int, n int, now bool",
)
LEFT, HIGH, NAMES = 13.0, 50.0, 17.0  # mm
NAMED = 0.05  # the half width most projects ask for


def plot_precision(table: pd.DataFrame) -> Figure:
    """Draw the half width of each share's interval against the number of hand codes, with where the project stands.

    Parameters
    ----------
    table : DataFrame
        ``label, half_width (0 to 1), codes (None where no number of codes reaches it), coded, n, now``; the row with
        ``now`` is the half width the codes already made give.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    A forecast: it holds if the comments still to be coded are like those that were.
    """
    table = PRECISION.take(table)
    first = rows_of(table)[0]
    sheet = open_sheet(
        NARROW,
        HIGH + 11,
        title="How many codes for how narrow an interval",
        note=f"{count(first.n, 'comment')} by readers, {first.coded:,} coded so far (dots). A forecast.",
        foot="Beyond the right end every comment is coded, and nothing is left to estimate.",
    )
    axes = sheet.axes(LEFT, sheet.bottom + 9.5, NARROW - LEFT - NAMES, HIGH)
    reach = table.dropna(subset=["codes"])
    widest = min(0.15, max(0.1, float(table.loc[table["now"], "half_width"].max()) * 1.15))
    axes.set(xlim=(0, first.n), ylim=(0, widest * 100))
    axes.set_xlabel("comments coded by hand", labelpad=1.5)
    axes.set_ylabel("half width of the interval, points", labelpad=2)
    axes.grid(color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.axhline(NAMED * 100, color=GREY, lw=0.8, ls=(0, (1, 1.5)))
    labels = [label for label in LABELS if (reach["label"] == label).any()]
    ends = []
    for label in labels:
        rows = reach[reach["label"] == label].sort_values("codes")
        axes.plot(rows["codes"], rows["half_width"] * 100, color=LABEL_COLOURS[label], lw=1.4, ls=line_of(label))
        now = rows[rows["now"]]
        axes.plot(now["codes"], now["half_width"] * 100, "o", ms=4.4, color=LABEL_COLOURS[label], clip_on=False)
        last = rows.iloc[-1]
        ends.append((float(last["half_width"]) / widest * HIGH, label))
    ends.sort()
    moved = spread([at for at, _ in ends], [3.2] * len(ends), HIGH)
    for (_, label), y in zip(ends, moved, strict=True):
        sheet.swatch(NARROW - NAMES + 1.5, sheet.bottom + 9.5 + y, LABEL_COLOURS[label])
        sheet.write(NARROW - NAMES + 4.5, sheet.bottom + 9.5 + y, label, fontsize=SMALL)
    return sheet.figure


def alt_precision(table: pd.DataFrame) -> str:
    """Say in words how wide each share's interval is now, and how many codes bring it to five points."""
    table = PRECISION.take(table)
    first = rows_of(table)[0]
    parts = []
    for label, rows in table.groupby("label", sort=False):
        now = rows.loc[rows["now"], "half_width"]
        at = f"now {now.iloc[0] * 100:.1f} points" if len(now) else "not estimated yet"
        there = rows[(rows["half_width"] - NAMED).abs() < 1e-9]["codes"].dropna()
        need = f", {NAMED * 100:.0f} points with {int(there.iloc[0]):,} codes" if len(there) else ""
        parts.append(f"{label} {at}{need}")
    return (
        f"Line chart of the half width of each share's interval against the number of coded comments, of "
        f"{first.n:,} comments with {first.coded:,} coded: {listed(parts)}."
    )
