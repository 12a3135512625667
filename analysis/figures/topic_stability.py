"""How stable each topic is when essays are left out; weak ones are said to be weak."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, shorten, text_width
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, shown, topic_name

TOPIC_STABILITY = plotted(
    "topic_stability",
    "topics with their stability",
    """topic int, label text, stability float?, low float?, high float?, fits int, seed_stability float?, essays int,
    npmi float?, weak bool, why text""",
)
TOPICS, ROW, NAMES, PLOT = 40, 4.8, 84.0, 66.0  # rows a page holds; mm
ESSAYS, NPMI = NAMES + PLOT + 14, NAMES + PLOT + 28  # mm, right edges
TICKS = (0, 0.25, 0.5, 0.75, 1)
WEAK = "#8C8C8C"
GREYED = " (grey, hollow: not to be built on)"
REASONS = 6  # weak topics whose reason the foot has room for


def plot_topic_stability(table: pd.DataFrame) -> Figure:
    """Draw a dot and its interval a topic: the overlap of its words between fits on parts of the essays.

    Parameters
    ----------
    table : DataFrame
        ``topic, label, stability, low, high (0 to 1), fits, seed_stability, essays, npmi, weak, why``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    A stable topic is one that is found again, which is not yet one that means something: read its essays.
    """
    table = TOPIC_STABILITY.take(table)
    drawn = table.head(TOPICS)
    cut = shown(TOPIC_STABILITY.name, (len(drawn), len(table), "topics"))
    weak, fits = int(table["weak"].sum()), int(table["fits"].iloc[0])
    sheet = open_sheet(
        WIDE,
        len(drawn) * ROW + 15,
        title="How stable each topic is",
        note=f"{count(len(table), 'topic')}, {weak or 'none'} of them weak{GREYED if weak else ''}. "
        f"Dots: mean overlap of a topic’s words over {count(fits, 'draw')} of the essays; lines: 95 % intervals of it. "
        "Essays: how many a topic dominates. NPMI: coherence of its words.",
        foot=" ".join(filter(None, [_seeds(table), _weak(table), cut])),
    )
    bottom, high = sheet.bottom + 9, len(drawn) * ROW
    axes = sheet.axes(NAMES, bottom, PLOT, high)
    axes.set(xlim=(0, 1), ylim=(len(drawn) - 0.5, -0.5), yticks=[])
    axes.set_xticks(TICKS, [f"{t:g}" for t in TICKS])
    axes.set_xlabel("stability (1: the same words in every fit)", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    for words, x in (("essays", ESSAYS), ("NPMI", NPMI)):
        sheet.write(x, bottom + high + 2.5, words, ha="right", fontsize=SMALL, color=GREY)
    for number, row in enumerate(rows_of(drawn)):
        _interval(axes, number, row)
        _words(sheet, bottom + high - (number + 0.5) * ROW, row)
    return sheet.figure


def _weak(table: pd.DataFrame) -> str:
    """Which topics are weak, and why; nothing where none is."""
    rows = rows_of(table[table["weak"]])
    parts = [f"topic {row.topic} ({row.why})" for row in rows[:REASONS]]
    more = [f"{len(rows) - REASONS} more"] if len(rows) > REASONS else []
    return f"Weak: {listed([*parts, *more])}." if rows else ""


def _seeds(table: pd.DataFrame) -> str:
    """What other seeds gave."""
    known = table["seed_stability"].dropna()
    if known.empty:
        return ""
    if (known == 1).all():
        return "Another seed gives the same words."
    return f"Between seeds the overlap is {known.mean():.2f} on average."


def _interval(axes: Axes, number: int, row: Any) -> None:
    """Dot and line of one topic; a weak one is grey and hollow."""
    colour = WEAK if row.weak else LABEL_COLOURS["extending"]
    axes.plot([row.low, row.high], [number, number], color=colour, lw=1.2, solid_capstyle="butt")
    face = "white" if row.weak else colour
    axes.plot([row.stability], [number], "o", ms=4, color=colour, markerfacecolor=face, mew=0.9, clip_on=False)


def _words(sheet: Sheet, y: float, row: Any) -> None:
    """Name at the left, numbers at the right."""
    mark = " – weak" if row.weak else ""
    name = shorten(topic_name(row.topic, row.label), NAMES - MARGIN - 3 - text_width(mark), BODY)
    sheet.write(NAMES - 3, y, name + mark, ha="right", color=GREY if row.weak else INK)
    sheet.write(ESSAYS, y, f"{row.essays:,}", ha="right", fontsize=SMALL)
    npmi = "?" if math.isnan(row.npmi) else f"{row.npmi:.2f}".replace("-", "−")
    sheet.write(NPMI, y, npmi, ha="right", fontsize=SMALL)


def alt_topic_stability(table: pd.DataFrame) -> str:
    """Say in words which topics are most and least stable, and which are weak."""
    table = TOPIC_STABILITY.take(table)
    rows = sorted(rows_of(table.dropna(subset=["stability"])), key=lambda row: row.stability)
    if not rows:
        return f"{count(len(table), 'topic')}, none of which could be fitted again on other draws of the essays."
    best, worst = rows[-1], rows[0]
    return (
        f"Dot chart of the stability of {count(len(table), 'topic')}, from 0 to 1: highest for "
        f"{topic_name(best.topic, best.label)} ({best.stability:.2f}), lowest for "
        f"{topic_name(worst.topic, worst.label)} ({worst.stability:.2f}). {_weak(table) or 'None is weak.'}"
    )
