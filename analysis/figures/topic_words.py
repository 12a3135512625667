"""The words of each topic, one small panel a topic."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, FAINT, GREY, INK, SMALL, WIDE, topic_look
from analysis.figures.wording import count, listed, shown, topic_name

TOPIC_WORDS = plotted(
    "topic_words",
    "topics with their words",
    "topic int, label text, rank int, word text, weight float, weak bool",
)
TOPICS, WORDS = 20, 10  # at most so many panels and words a panel: what a page holds
COLUMNS, ROW, GUTTER, WORD = 4, 3.3, 4.0, 20.0  # panels a line; mm
HEAD = 2 * line_height(BODY) + 1


def plot_topic_words(table: pd.DataFrame) -> Figure:
    """Draw the ten words of highest weight of each topic; weak topics are grey and said to be weak.

    Parameters
    ----------
    table : DataFrame
        ``topic, label, rank, word, weight (1 for a topic's first word), weak``, by topic and rank.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TOPIC_WORDS.take(table)
    topics = list(dict.fromkeys(table["topic"]))
    drawn = topics[:TOPICS]
    words = min(WORDS, int(table.groupby("topic").size().max()))
    panel = words * ROW + HEAD + GUTTER
    lines = -(-len(drawn) // COLUMNS)
    weak = "Grey: weak topics, not to be built on. " if table["weak"].any() else ""
    sheet = open_sheet(
        WIDE,
        lines * panel,
        title="Words of each topic",
        note=f"{count(len(topics), 'topic')}. Bars are weights within a topic, 1 for its first word.",
        foot=weak + shown(TOPIC_WORDS.name, (len(drawn), len(topics), "topics")),
    )
    width = (WIDE - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
    for place, topic in enumerate(drawn):
        line, column = divmod(place, COLUMNS)
        corner = (MARGIN + column * (width + GUTTER), sheet.top - line * panel - GUTTER / 2)
        _panel(sheet, table[table["topic"] == topic].head(words), topic_look(topic - min(topics)), corner, width)
    return sheet.figure


def _panel(sheet: Sheet, rows: pd.DataFrame, look: tuple[str, str], corner: tuple[float, float], width: float) -> None:
    """One topic below and right of a corner: its name, its words, their weights."""
    first, (left, top) = rows_of(rows)[0], corner
    colour, hatch = (FAINT, "") if first.weak else look
    ink = GREY if first.weak else INK
    name = f"{'weak ' if first.weak else ''}{topic_name(first.topic, first.label)}"
    for number, text in enumerate(wrap(name, width, BODY, lines=2, bold=True)):
        sheet.write(left, top - (number + 0.5) * line_height(BODY), text, weight="bold", color=ink)
    high = len(rows) * ROW
    axes = sheet.axes(left + WORD, top - HEAD - high, width - WORD, high)
    axes.set(xlim=(0, max(1.0, rows["weight"].max())), ylim=(len(rows) - 0.5, -0.5))
    axes.axis("off")
    axes.barh(range(len(rows)), rows["weight"], height=0.7, color=colour, hatch=hatch, edgecolor="white", lw=0)
    for number, row in enumerate(rows_of(rows)):
        text = shorten(row.word, WORD - 1, SMALL)
        sheet.write(left + WORD - 1, top - HEAD - (number + 0.5) * ROW, text, ha="right", fontsize=SMALL, color=ink)


def alt_topic_words(table: pd.DataFrame) -> str:
    """Say in words how many topics there are, with the first words of each."""
    table = TOPIC_WORDS.take(table)
    weak = int(table.groupby("topic")["weak"].first().sum())
    firsts = [
        f"{topic} ({', '.join(rows['word'].head(3))})" for topic, rows in list(table.groupby("topic", sort=False))[:12]
    ]
    whole = table["topic"].nunique()
    more = f", and {whole - 12} more" if whole > 12 else ""
    return (
        f"Small bar charts of the words of {count(whole, 'topic')}, {weak} of them weak. "
        f"The first words of each topic: {listed(firsts)}{more}."
    )
