"""Heads of columns that stand for topics: the numbers, and the words where a column is wide enough for them."""

from __future__ import annotations

import pandas as pd

from analysis.figures.layout import Sheet, line_height, shorten, wrap
from analysis.figures.style import GREY, SMALL
from analysis.figures.wording import topic_words

WORDY = 10  # with more columns a topic's words do not fit over them
LINES = 4  # of words
WHITE = 1.0  # mm between heads


def head_lines(table: pd.DataFrame, topics: list[int], width: float) -> list[list[str]]:
    """Lines of each head: the number, then the words.

    Parameters
    ----------
    table : DataFrame
        With ``topic`` and ``label``.
    topics : list of int
        In the order of the columns.
    width : float
        Of a column, in mm.
    """
    if len(topics) > WORDY:
        return [[str(topic)] for topic in topics]
    labels = table.drop_duplicates("topic").set_index("topic")["label"].to_dict()
    heads = []
    for topic in topics:
        words = [shorten(word, width - WHITE, SMALL) for word in topic_words(topic, labels[topic]).split()]
        heads.append([f"topic {topic}", *wrap(" ".join(words), width - WHITE, SMALL, lines=LINES)])
    return heads


def heads_height(heads: list[list[str]]) -> float:
    """Height in mm, with a little white below."""
    return max(len(lines) for lines in heads) * line_height(SMALL) + 2


def write_heads(sheet: Sheet, heads: list[list[str]], left: float, width: float) -> None:
    """Set heads at the top of a figure's body; the first column begins at ``left``; both in mm."""
    top = sheet.top - line_height(SMALL) / 2
    if len(heads) > WORDY:
        sheet.write(left - 2, top, "topic", ha="right", fontsize=SMALL, weight="bold")
    for place, lines in enumerate(heads):
        for number, line in enumerate(lines):
            style = {"color": GREY} if number else {"weight": "bold"}
            sheet.write(left + place * width, top - number * line_height(SMALL), line, fontsize=SMALL, **style)
