"""How often people found the intruder: by topic, by coder and over all, with intervals, chance and their agreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import TopicError
from analysis.estimate import wilson_interval
from analysis.topic_stats.intrusion import IntrusionSheet
from analysis.topic_stats.intrusion_files import Answer, find_key, read_answers, read_key

LEVEL = 0.95
LEAST_SHARE = 0.001  # what a share counts as at least in the log odds, for an engine may give 0
COLUMNS = ["sheet", "of", "name", "right", "n", "unfilled", "share", "low", "high", "chance", "by_guessing"]
COLUMNS += ["coders", "agreement", "beyond_chance", "log_odds"]


def sheets_in(place: Path) -> list[Path]:
    """Give the sheets that a path means: itself, or every .csv of a folder, by name.

    Raises
    ------
    TopicError
        If there is none.
    """
    found = sorted(place.glob("*.csv")) if place.is_dir() else [place] if place.is_file() else []
    if not found:
        raise TopicError(
            f"There is no intrusion sheet at {place.parent.name}/{place.name}. study.topics.word_intrusion() writes "
            "one; fill it in, save it as CSV, and put it there."
        )
    return found


def score_sheets(paths: Sequence[Path], *, model: str | None = None) -> pd.DataFrame:
    """Score intrusion sheets that people filled in.

    Parameters
    ----------
    paths : sequence of Path
        Filled sheets, of one kind or both; their keys lie in the folder ``keys`` beside them. A file without any answer
        counts for nothing.
    model : str, optional
        From ``model_digest``: sheets on another model are refused.

    Returns
    -------
    DataFrame
        As from ``score_answers``, word sheets before topic sheets.

    Raises
    ------
    TopicError
        If nothing is filled in, a file is no sheet as it was written, its key is missing, or it is on another model.
    """
    read = []
    for path in paths:
        key = read_key(find_key(path))
        if model is not None and key.model != model:
            raise TopicError(
                f"{path.name} asks about another model ({key.model}, and the topics now are {model}): its answers say "
                "nothing of these topics. Make a new sheet, and move this one away."
            )
        answers = read_answers(path, key)
        if any(answer.place is not None for answer in answers):
            read.append((key, answers))
    if not read:
        names = ", ".join(path.name for path in paths) or "no file"
        raise TopicError(
            f"No sheet is filled in ({names}). Write an answer under intruder, row by row, and save as CSV."
        )
    tables = []
    for kind in ("word", "topic"):
        keys = {key.name: key for key, _ in read if key.kind == kind}
        if keys:
            given = [answer for key, answers in read if key.kind == kind for answer in answers]
            tables.append(score_answers(given, list(keys.values())))
    return pd.concat(tables, ignore_index=True)


def score_answers(answers: Iterable[Answer], keys: Sequence[IntrusionSheet]) -> pd.DataFrame:
    """Count how often the intruder was found.

    Parameters
    ----------
    answers : iterable of Answer
    keys : sequence of IntrusionSheet
        Of one kind.

    Returns
    -------
    DataFrame
        ``sheet`` ("word" or "topic"); ``of`` ("all", "topic" or "coder") and ``name`` (the topic's number, the coder);
        ``right`` of ``n`` answers, ``unfilled`` rows; ``share`` with ``low`` and ``high`` (95 %, Wilson); ``chance``
        (1/6 for words, 1/4 for topics) and ``by_guessing`` (how probable so many right answers are by guessing alone);
        ``coders``; ``agreement`` (of two coders' answers to one question, 0 to 1) and ``beyond_chance`` (the same, 0 =
        guessing, 1 = always; both missing with one coder); ``log_odds`` (topic sheets: 0 = always right, lower = the
        wrong choice was a strong topic). A topic of a topic sheet is the passage's strongest.

    Raises
    ------
    TopicError
        If one coder answered a question twice, differently.

    Notes
    -----
    Right answers are Chang et al.'s (2009) model precision, ``log_odds`` their topic log odds (mean of ln share of the
    intruder - ln share of the choice). Answers of several coders to one question hang together: the interval rests on
    ``p (1 - p) / variance`` answers, the variance over questions, between the number of questions and that of answers.
    ``beyond_chance`` is ``(agreement - chance) / (1 - chance)`` (Bennett, Alpert & Goldstein 1954). A topic has one
    word question: one coder's answer to it says hardly anything of the topic, whatever it is.
    """
    table = _answers(answers, keys)
    kind, chance = keys[0].kind, 1 / len(keys[0].items[0].choices)
    rows = [_row(kind, "all", "", table, chance)]
    rows += [_row(kind, "topic", str(topic), part, chance) for topic, part in table.groupby("topic", sort=True)]
    coders = sorted(table["coder"].unique())
    rows += [_row(kind, "coder", coder, table[table["coder"] == coder], chance) for coder in coders]
    return pd.DataFrame(rows, columns=COLUMNS)


def _answers(answers: Iterable[Answer], keys: Sequence[IntrusionSheet]) -> pd.DataFrame:
    """One row a coder and question: coder, item, topic, place, right, odds."""
    items = {item.item: item for key in keys for item in key.items}
    given: dict[tuple[str, str], int | None] = {}
    for answer in answers:
        before = given.get((answer.coder, answer.item))
        if before is not None and answer.place is not None and before != answer.place:
            raise TopicError(
                f"{answer.coder} answered {answer.item} twice: {items[answer.item].choices[before - 1]}, and "
                f"{items[answer.item].choices[answer.place - 1]}. Take one of them out."
            )
        given[answer.coder, answer.item] = before if answer.place is None else answer.place
    rows = []
    for (coder, name), place in given.items():
        item = items[name]
        shares = np.maximum(item.shares, LEAST_SHARE)
        odds = float("nan") if place is None else float(np.log(shares[item.intruder - 1] / shares[place - 1]))
        rows.append((coder, name, item.topic, place, place == item.intruder, odds))
    table = pd.DataFrame(rows, columns=["coder", "item", "topic", "place", "right", "odds"])
    return table.astype({"place": "Int64"})


def _row(kind: str, of: str, name: str, rows: pd.DataFrame, chance: float) -> tuple[object, ...]:
    filled = rows[rows["place"].notna()]
    right, n = int(filled["right"].sum()), len(filled)
    share = right / n if n else float("nan")
    low, high = wilson_interval(share, _cases(filled), level=LEVEL)
    agreement = _agreement(filled)
    odds = float(filled["odds"].mean()) if kind == "topic" and n else float("nan")
    coders = filled["coder"].nunique()
    return (
        *(kind, of, name, right, n, len(rows) - n, share, low, high, chance, by_guessing(right, n, chance)),
        *(coders, agreement, (agreement - chance) / (1 - chance), odds),
    )


def by_guessing(right: int, n: int, chance: float) -> float:
    """Give the probability of so many right answers or more by guessing alone; missing without answers.

    Examples
    --------
    >>> round(by_guessing(2, 2, 1 / 6), 4)
    0.0278
    """
    from scipy.stats import binom

    return float(binom.sf(right - 1, n, chance)) if n else float("nan")


def _cases(filled: pd.DataFrame) -> float:
    """How many independent answers these are worth, where coders who answered one question are alike."""
    n, by_item = len(filled), filled.groupby("item")["right"].agg(["sum", "size"])
    items = len(by_item)
    share = by_item["sum"].sum() / n if n else 0.0
    if items < 2 or items == n or share in (0, 1):
        return float(n if items < 2 else items)
    spread = float(((by_item["sum"] - share * by_item["size"]) ** 2).sum()) * items / (items - 1) / n**2
    return float(np.clip(share * (1 - share) / max(spread, np.finfo(float).tiny), items, n))


def _agreement(filled: pd.DataFrame) -> float:
    """Share of the pairs of answers to one question that are the same."""
    pairs = [a == b for _, places in filled.groupby("item")["place"] for a, b in combinations(places, 2)]
    return float(np.mean(pairs)) if pairs else float("nan")
