"""The numbers behind the view as plain JSON: those of the tables to the last digit, no more than a notebook bears."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.topic_view.map import map_topics
from analysis.topic_view.source import ViewSource
from analysis.topic_view.words import RELEVANCES, SHOWN, SMOOTHING, count_words, topics_of_words, words_to_hold

PARAGRAPHS, ESSAYS = 4, 10  # of a topic
SEARCHED = 3000  # words that can be looked up: the most frequent, and all that are shown
TOPICS_OF_A_WORD = 5
GROUPS, YEARS = 12, 40  # rows of a comparison
TITLE = 160  # characters of a title
_SIGNIFICANT = 6  # digits of a probability: the tables hold none of these, and the last bits differ between processors
_COLUMNS = ("stability", "low", "high", "npmi", "essays", "weak")
_MORE_COLUMNS = ("c_v", "exclusivity", "why")  # shown where the table has them
_ROW = ("share", "low", "high")
BY = {
    "author": "By author",
    "blog": "By blog",
    "year": "By year",
    "stance": "By what the readers’ comments do",
    "group": "By group",
}


def view_data(source: ViewSource) -> dict[str, Any]:
    """Gather what the view shows.

    Parameters
    ----------
    source : ViewSource

    Returns
    -------
    dict
        ``topics`` (one a topic, by number), ``words`` (word, count, topics that have most of it), ``relevance``
        (steps, the package's own, smoothing, words shown, tokens), ``kept`` (of the map), ``more`` (what was left out,
        counted); all of it plain JSON, gaps as None.
    """
    model, counts = source.model, count_words(source.documents, source.model.vocabulary)
    held = words_to_hold(model, counts)
    searched = _searched(counts, held)
    number = {place: n for n, place in enumerate(searched)}
    known = topics_of_words(model, searched, TOPICS_OF_A_WORD)
    places, kept = map_topics(model.topic_word)
    stability = source.tables["topic_stability"].set_index("topic")
    topics = [
        {
            "topic": topic,
            "label": str(stability.loc[topic, "label"]),
            "prevalence": round(float(model.prevalence[topic - 1]), 6),
            **{column: _plain(stability.loc[topic, column]) for column in _COLUMNS},
            **{column: _plain(stability.loc[topic].get(column)) for column in _MORE_COLUMNS},
            "x": round(float(places[topic - 1, 0]), 6),
            "y": round(float(places[topic - 1, 1]), 6),
            "apart": _table_words(source.tables["topic_words"], topic),
            "uses": [[number[w], _short(model.topic_word[topic - 1, w])] for w in held[topic - 1]],
            "paragraphs": _paragraphs(source.passages, topic),
            "essays_most": _essays(source.tables["topic_mixture"], topic),
            "strips": _strips(source, topic),
        }
        for topic in range(1, model.number + 1)
    ]
    own = model.settings.get("relevance")
    return {
        "topics": topics,
        "words": [
            [model.vocabulary[w], int(counts[w]), [[k, _short(share), _short(p)] for k, share, p in known[w]]]
            for w in searched
        ],
        "relevance": {
            "steps": list(RELEVANCES),
            "own": own if isinstance(own, float) else None,  # engines for short texts rank by share alone
            "smoothing": SMOOTHING,
            "shown": SHOWN,
            "tokens": int(counts.sum()),
        },
        "kept": _plain(round(kept, 6)),
        "more": _left_out(source, len(searched)),
    }


def _plain(value: Any) -> Any:
    """A cell as JSON has it: gaps as None, NumPy's numbers as Python's."""
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value


def _short(value: float) -> float:
    return float(f"{float(value):.{_SIGNIFICANT}g}")


def _searched(counts: np.ndarray, held: list[list[int]]) -> list[int]:
    """Places of the words in the view, in alphabetical order."""
    frequent = np.argsort(-counts, kind="stable")[:SEARCHED]
    return sorted({int(w) for w in frequent} | {w for words in held for w in words})


def _table_words(words: pd.DataFrame, topic: int) -> list[list[Any]]:
    own = words[words["topic"] == topic].sort_values("rank")
    return [[str(word), _plain(weight)] for word, weight in zip(own["word"], own["weight"], strict=True)]


def _paragraphs(passages: pd.DataFrame, topic: int) -> list[dict[str, Any]]:
    own = passages[passages["topic"] == topic].head(PARAGRAPHS)
    return [
        {
            "title": _title(row["title"]),
            "share": _plain(row["share"]),
            "pieces": [[str(text), int(bool(marked))] for text, marked in row["pieces"]],
        }
        for row in own.to_dict("records")
    ]


def _essays(mixture: pd.DataFrame, topic: int) -> list[list[Any]]:
    own = mixture[mixture["topic"] == topic].sort_values(["share", "doc_id"], ascending=[False, True], kind="stable")
    return [[_title(row["title"]), _plain(row["share"])] for row in own.head(ESSAYS).to_dict("records")]


def _title(title: Any) -> str:
    text = str(title) if _plain(title) is not None else "without a title"
    return text if len(text) <= TITLE else text[: TITLE - 1].rstrip() + "…"


def _strips(source: ViewSource, topic: int) -> list[dict[str, Any]]:
    """Comparisons of one topic: year by year, then by group; groups past the largest are left to the table."""
    years = source.tables.get("topics_over_time")
    made = []
    if years is not None and len(years):
        own = years[years["topic"] == topic]
        made.append({"title": "Year by year", "unit": "essays", "rows": _rows(own.head(YEARS), "year"), **_trend(own)})
    for table in source.groups:
        by, unit = str(table["by"].iloc[0]), str(table["unit"].iloc[0])
        own = table[table["topic"] == topic]
        own = own[own["n"].rank(method="first", ascending=False) <= GROUPS]
        made.append({"title": BY.get(by, f"By {by}"), "unit": unit, "rows": _rows(own, "group")})
    return made


def _rows(own: pd.DataFrame, column: str) -> list[dict[str, Any]]:
    counted = "n" if "n" in own.columns else "essays"
    return [
        {
            "name": str(row[column]),
            **{name: _plain(row[name]) for name in _ROW},
            "n": _plain(row[counted]),
            "apart": bool(row.get("apart", False)),
        }
        for row in own.to_dict("records")
    ]


def _trend(own: pd.DataFrame) -> dict[str, Any]:
    row = own.iloc[0]
    return {"trend": {name: _plain(row[name]) for name in ("slope", "slope_low", "slope_high", "p_holm")}}


def _left_out(source: ViewSource, searched: int) -> list[str]:
    """What the view does not hold, in sentences; the study's tables have all of it."""
    essays = source.tables["topic_mixture"]["doc_id"].nunique()
    said = []
    if essays > ESSAYS:
        said.append(f"Of {essays:,} essays the {ESSAYS} with most of a topic are listed (topic_mixture has all).")
    if len(source.model.vocabulary) > searched:
        said.append(f"Of {len(source.model.vocabulary):,} words the {searched:,} most frequent can be looked up.")
    for table in source.groups:
        groups = table["group"].nunique()
        if groups > GROUPS:
            said.append(f"Of {groups:,} groups by {table['by'].iloc[0]} the {GROUPS} largest are shown.")
    return said
