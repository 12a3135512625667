"""How stable each topic is when essays are left out; weak ones are said to be weak."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, open_sheet, shorten
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, INK, LABEL_COLOURS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, shown, topic_name

TOPIC_STABILITY = plotted(
    "topic_stability",
    "topics with their stability",
    "topic int, label text, stability float, low float?, high float?, essays int, npmi float?, weak bool",
)
TOPICS, ROW, NAMES, PLOT = 40, 4.8, 88.0, 62.0  # rows a page holds; mm


def plot_topic_stability(table: pd.DataFrame) -> Figure:
    """Draw a dot and its interval a topic: the overlap of its words between fits on parts of the essays.

    Parameters
    ----------
    table : DataFrame
        ``topic, label, stability, low, high (0 to 1), essays, npmi, weak``.

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
    table = TOPIC_STABILITY.check(table)
    drawn = table.head(TOPICS)
    weak = int(table["weak"].sum())
    sheet = open_sheet(
        WIDE,
        len(drawn) * ROW + 16,
        title="How stable each topic is",
        note=f"{count(len(table), 'topic')}, {weak} of them weak (hollow, grey: too seldom found again to build on). "
        "Lines are intervals; essays: how many a topic dominates.",
        foot=shown(len(drawn), len(table), "topics", TOPIC_STABILITY.name),
    )
    high = len(drawn) * ROW
    bottom = sheet.bottom + 9
    axes = sheet.axes(NAMES, bottom, PLOT, high)
    axes.set(xlim=(0, 1), ylim=(len(drawn) - 0.5, -0.5), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel("stability: shared words of the topic between fits (1 = the same words)", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    for words, x in (("essays", NAMES + PLOT + 10), ("NPMI", NAMES + PLOT + 22)):
        sheet.write(x, sheet.top - 3.5, words, ha="right", fontsize=SMALL, color=GREY)
    for number, row in enumerate(drawn.itertuples()):
        y = bottom + high - (number + 0.5) * ROW
        colour = "#8C8C8C" if row.weak else LABEL_COLOURS["extending"]
        if row.low == row.low and row.high == row.high:
            axes.plot([row.low, row.high], [number, number], color=colour, lw=1.2, solid_capstyle="butt")
        face = "white" if row.weak else colour
        axes.plot([row.stability], [number], "o", ms=4, color=colour, markerfacecolor=face, mew=0.9, clip_on=False)
        room = NAMES - MARGIN - 3
        text = shorten(topic_name(row.topic, row.label), room - (12 if row.weak else 0), BODY)
        text = f"{text} – weak" if row.weak else text
        sheet.write(NAMES - 3, y, text, ha="right", color=GREY if row.weak else INK)
        sheet.write(NAMES + PLOT + 10, y, f"{row.essays:,}", ha="right", fontsize=SMALL)
        npmi = "?" if row.npmi != row.npmi else f"{row.npmi:.2f}"
        sheet.write(NAMES + PLOT + 22, y, npmi, ha="right", fontsize=SMALL)
    return sheet.figure


def alt_topic_stability(table: pd.DataFrame) -> str:
    """Say in words which topics are most and least stable, and which are weak."""
    table = TOPIC_STABILITY.check(table)
    best, worst = table.loc[table["stability"].idxmax()], table.loc[table["stability"].idxmin()]
    weak = [str(t) for t in table.loc[table["weak"], "topic"]]
    said = (
        f"Weak are topics {listed(weak)}."
        if len(weak) > 1
        else f"Weak is topic {weak[0]}."
        if weak
        else "None is weak."
    )
    return (
        f"Dot chart of the stability of {count(len(table), 'topic')}, from 0 to 1: highest for "
        f"{topic_name(best['topic'], best['label'])} ({best['stability']:.2f}), lowest for "
        f"{topic_name(worst['topic'], worst['label'])} ({worst['stability']:.2f}). {said}"
    )
