"""What the number of topics trades: held-out fit, stability and coherence, each over the numbers tried."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, line_height, open_sheet, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed

TOPIC_CHOICE = plotted(
    "topic_choice",
    "numbers of topics that were tried",
    """number int, gain float, gain_low float, gain_high float, gain_level bool,
    stability float, stability_low float?, stability_high float?, stability_level bool,
    npmi float, npmi_low float?, npmi_high float?, npmi_level bool,
    perplexity float, levels int, candidate bool, recommended bool, current bool,
    essays int, paragraphs int, draws int, verdict text""",
)
# name in the table, heading, how to read it
PANELS = (
    ("gain", "Held-out fit", "log-likelihood of a word of an essay left out, above that of word frequencies alone"),
    ("stability", "Stability", "overlap of the topics’ words between draws of the essays; 1: the same words"),
    ("npmi", "Coherence", "NPMI: whether a topic’s words keep company, from −1 to 1; rises with rare words"),
)
WORDS, HIGH, GAP, BELOW, RIGHT = 52.0, 23.0, 4.0, 10.0, 4.0  # mm: text at the left, a panel, between, numbers, white
CANDIDATE = "#ECECEC"  # behind the numbers that are level with the best on the most measures
WORSE = "#7A7A7A"
HALF = 0.32  # of the step between two numbers: half a shaded column


def plot_topic_choice(table: pd.DataFrame) -> Figure:
    """Draw three panels over the numbers of topics tried, with intervals, the marked number and those level with it.

    Parameters
    ----------
    table : DataFrame
        As ``topic_stats.choose_topics`` gives it, and ``current``: whether it is the number the study uses.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    The numbers stand at equal steps, whatever lies between them.
    """
    table = TOPIC_CHOICE.take(table)
    first = rows_of(table)[0]
    both = bool((table["recommended"] & table["current"]).any())  # one number bears both marks, a line each
    below = BELOW + both * line_height(BODY)
    sheet = open_sheet(
        WIDE,
        len(PANELS) * HIGH + (len(PANELS) - 1) * GAP + below + 3,
        title="How many topics?",
        note=f"{first.verdict} {_read_as(table)}",
        foot=f"{count(first.essays, 'essay')}, {count(first.paragraphs, 'paragraph')} with words; "
        f"{count(first.draws, 'draw')} of essays a number. Lines: 95 % intervals, of single numbers; which are worse "
        "than the best is told from paired differences.",
    )
    for place, (name, head, told) in enumerate(PANELS):
        bottom = sheet.bottom + below + (len(PANELS) - 1 - place) * (HIGH + GAP)
        axes = sheet.axes(WORDS, bottom, WIDE - WORDS - RIGHT, HIGH)
        _panel(axes, table, name)
        _words(sheet, bottom + HIGH, head, told)
    axes.set_xticks(range(len(table)), [_number(row) for row in rows_of(table)])
    axes.tick_params(axis="x", labelsize=BODY, labelcolor=INK)
    axes.set_xlabel("number of topics, K", color=GREY, labelpad=1.5)
    return sheet.figure


def _read_as(table: pd.DataFrame) -> str:
    shaded = "Shaded: what the verdict leaves open. " if table["candidate"].any() else ""
    return f"{shaded}Hollow: worse than the best beyond chance."


def _number(row: Any) -> str:
    marks = [*(["marked"] if row.recommended else []), *(["this study"] if row.current else [])]
    return "\n".join([str(row.number), *marks])


def _panel(axes: Axes, table: pd.DataFrame, name: str) -> None:
    """Dots and intervals of one measure."""
    axes.set(xlim=(-0.6, len(table) - 0.4), xticks=[])
    for place, row in enumerate(rows_of(table)):
        if row.candidate:
            axes.axvspan(place - HALF, place + HALF, color=CANDIDATE, lw=0, zorder=0)
        if row.recommended:
            axes.axvline(place, color=GREY, lw=0.7, ls=(0, (1, 1.5)), zorder=1)
        level = getattr(row, f"{name}_level")
        colour = LABEL_COLOURS["extending"] if level else WORSE
        bounds = [getattr(row, f"{name}_low"), getattr(row, f"{name}_high")]
        axes.plot([place, place], bounds, color=colour, lw=1.2, solid_capstyle="butt", zorder=2)
        face = colour if level else "white"
        axes.plot([place], [getattr(row, name)], "o", ms=4.4, color=colour, mfc=face, mew=0.9, zorder=3)
    low, high = axes.get_ylim()
    if low <= 0 <= high:
        axes.axhline(0, color=GREY, lw=0.6, zorder=1)
    axes.locator_params(axis="y", nbins=4)
    axes.set_yticks(axes.get_yticks(), [f"{tick:g}".replace("-", "−") for tick in axes.get_yticks().round(6)])
    axes.set_ylim(low, high)
    axes.grid(axis="y", color=RULE, lw=0.4)
    axes.set_axisbelow(True)


def _words(sheet: Sheet, top: float, head: str, told: str) -> None:
    """What a panel shows, at its left."""
    sheet.write(MARGIN, top - 2, head, weight="bold")
    for number, line in enumerate(wrap(told, WORDS - MARGIN - 11, SMALL), start=1):
        sheet.write(MARGIN, top - 2 - number * line_height(SMALL) - 0.4, line, fontsize=SMALL, color=GREY)


def alt_topic_choice(table: pd.DataFrame) -> str:
    """Say in words which numbers were tried, what is best on each measure, and the verdict."""
    table = TOPIC_CHOICE.take(table)
    best = []
    for name, head, _ in PANELS:
        row = rows_of(table.loc[[table[name].idxmax()]])[0]
        best.append(f"{head.lower()} at {row.number} ({getattr(row, name):.2f})".replace("-0.", "−0."))
    numbers = listed([str(number) for number in table["number"]])
    return (
        f"Three panels of dots with intervals over the numbers of topics tried ({numbers}), highest for "
        f"{listed(best)}. {table['verdict'].iloc[0]}"
    )
