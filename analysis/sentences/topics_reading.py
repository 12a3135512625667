"""Paragraphs on what readers made of the topics: the scores of intrusion sheets that were filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    decimal,
    get,
    known,
    listing,
    paragraph,
    percent,
    rows,
    span,
    words_of,
)

NONE_FILLED = (
    "No intrusion sheet has been filled in for these topics, so nothing is known of what readers make of them."
)
CAUTION = (
    "A topic whose intruder is found has words that a reader sees as one thing; whether the thing is worth a name, its "
    "paragraphs must say."
)
RARE = 0.05  # of guessing alone: what it gives more often is no finding
FEW = 2  # answers: with fewer a topic is not judged
_ASKED = {"word": "a word among six", "topic": "a topic among four"}
_COLUMNS = ["sheet", "of", "name", "right", "n", "unfilled", "share", "low", "high", "chance", "by_guessing", "coders"]


def read_intrusion(tables: Tables) -> str:
    """Say how often readers found the intruder, over all and by topic, beside chance, and how far they agree.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``intrusion``: the columns ``topic_stats.score_answers`` gives, and ``label`` for topics.
    """
    table = get(tables, "intrusion", [*_COLUMNS, "agreement", "beyond_chance", "log_odds", "label"])
    if table is None:
        return NONE_FILLED
    return "\n\n".join([*(_sheet(str(kind), part) for kind, part in table.groupby("sheet", sort=False)), CAUTION])


def _sheet(kind: str, table: pd.DataFrame) -> str:
    every = rows(table[table["of"] == "all"])[0]
    return paragraph(
        f"{begin(count(every['coders'], 'reader'))} looked for {_ASKED[kind]} that does not belong and found it in "
        f"{percent(every['share'])} of {count(every['n'], 'answer')}{span(every)}; guessing gives "
        f"{percent(every['chance'])}.",
        _guessing(every),
        f"{begin(count(every['unfilled'], 'row'))} were left empty." if every["unfilled"] > 1 else None,
        "1 row was left empty." if every["unfilled"] == 1 else None,
        _topics(kind, table[table["of"] == "topic"]),
        _agreement(every),
        f"The topic log odds are {decimal(every['log_odds'])} (0: always right; lower: topics were taken for intruders "
        "that have much of the text)."
        if known(every["log_odds"])
        else None,
    )


def _guessing(every: Mapping[str, Any]) -> str:
    if every["by_guessing"] < RARE:
        return "That is more than guessing would give."
    return (
        "That is no more than guessing may give: so many right answers come by guessing "
        f"{percent(every['by_guessing'])} of the time."
    )


def _topics(kind: str, table: pd.DataFrame) -> str | None:
    judged = table[table["n"] >= FEW]
    if judged.empty:
        return "No topic has two answers, so no topic is judged by itself; let more readers fill the sheet in."
    missed = judged[judged["by_guessing"] >= RARE]
    what = "passages led by" if kind == "topic" else ""
    if missed.empty:
        return f"All of {count(len(judged), 'topic')} with two answers or more were answered better than by guessing."
    names = listing(
        f"{what} topic {words_of(row['name'])} ({words_of(row['label'])}; {row['right']} of {row['n']})".strip()
        for row in rows(missed)
    )
    return f"No better than guessing, or not shown to be, were the answers on {names}."


def _agreement(every: Mapping[str, Any]) -> str | None:
    if not known(every["agreement"]):
        return None
    return (
        f"Two readers chose the same in {percent(every['agreement'])} of the questions both answered, "
        f"{decimal(every['beyond_chance'])} beyond chance (0: as by guessing, 1: always)."
    )
