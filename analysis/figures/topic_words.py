"""The words of each topic, one small panel a topic."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, FAINT, GREY, SMALL, WIDE, topic_look
from analysis.figures.wording import count, listed, shown, topic_name

TOPIC_WORDS = plotted(
    "topic_words",
    "topics with their words",
    "topic int, label text, rank int, word text, weight float, weak bool",
)
TOPICS, WORDS = 24, 10  # at most so many panels and words a panel: what a page holds
COLUMNS, ROW, GUTTER, WORD = 4, 3.3, 4.0, 20.0  # panels a line; mm


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
    table = TOPIC_WORDS.check(table)
    topics = list(dict.fromkeys(table["topic"]))
    drawn = topics[:TOPICS]
    words = min(WORDS, int(table.groupby("topic").size().max()))
    head = 2 * line_height(BODY) + 1
    panel = words * ROW + head + GUTTER
    lines = -(-len(drawn) // COLUMNS)
    weak = "Grey: weak topics, which change when essays are left out. " if table["weak"].any() else ""
    sheet = open_sheet(
        WIDE,
        lines * panel,
        title="Words of each topic",
        note=f"{count(len(topics), 'topic')}. Bars are weights within a topic, 1 for its first word.",
        foot=weak + shown(len(drawn), len(topics), "topics", TOPIC_WORDS.name),
    )
    width = (WIDE - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
    for place, topic in enumerate(drawn):
        line, column = divmod(place, COLUMNS)
        left, top = MARGIN + column * (width + GUTTER), sheet.top - line * panel - GUTTER / 2
        rows = table[table["topic"] == topic].head(words)
        is_weak = bool(rows["weak"].iloc[0])
        colour, hatch = (FAINT, "") if is_weak else topic_look(int(topic))
        name = f"{'weak ' if is_weak else ''}{topic_name(int(topic), rows['label'].iloc[0])}"
        for number, text in enumerate(wrap(name, width, BODY, lines=2, bold=True)):
            y = top - (number + 0.5) * line_height(BODY)
            sheet.write(left, y, text, weight="bold", color=GREY if is_weak else "black")
        axes = sheet.axes(left + WORD, top - head - words * ROW, width - WORD, words * ROW)
        axes.barh(rows["rank"], rows["weight"], height=0.7, color=colour, hatch=hatch, edgecolor="white", lw=0)
        axes.set(xlim=(0, max(1.0, float(table["weight"].max()))), ylim=(words + 0.5, 0.5))
        axes.axis("off")
        for row in rows.itertuples():
            y = top - head - (row.rank - 0.5) * ROW
            text = shorten(row.word, WORD - 1, SMALL)
            sheet.write(left + WORD - 1, y, text, ha="right", fontsize=SMALL, color=GREY if is_weak else "black")
    return sheet.figure


def alt_topic_words(table: pd.DataFrame) -> str:
    """Say in words how many topics there are, with the first words of each."""
    table = TOPIC_WORDS.check(table)
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
