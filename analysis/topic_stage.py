"""From tokenised paragraphs to the four tables on topics: words, shares, stability, and the paragraphs to read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from analysis.config import Topics
from analysis.errors import TopicError
from analysis.tables import TOPIC_STABILITY
from analysis.topic_stats import (
    choose_number,
    representative_paragraphs,
    topics_by_essay,
    trust_table,
    warn_of_essays,
)
from analysis.topics import TopicModel, fit_topics
from analysis.topics.model import DIGITS
from analysis.topics.phrases import find_phrases, join_phrases

LABEL_WORDS = 3  # of a topic's label: enough to tell topics apart in a figure's margin
FEWEST_ESSAYS = 3  # with two a topic is an essay by another name
DOCUMENTS = 10  # paragraphs kept for reading, a topic
# (essays from, fewest essays that hold a word, largest share of them): a word of one essay can only name that
# essay, and one in every third essay tells no theme from another. Of few essays every word is needed.
_BOUNDS = ((24, 3, 1 / 3), (12, 2, 1 / 2), (0, 1, 1.0))


@dataclass(frozen=True)
class TopicTables:
    """What the topics of a corpus are; all tables are empty where there are none, and ``note`` says why.

    Attributes
    ----------
    words, shares, stability, documents : DataFrame
        Tables ``topic_words``, ``topic_shares``, ``topic_stability``, ``topic_documents``; topics count from 1.
    note : str or None
        What a reader must know first.
    model : TopicModel or None
        What was fitted, on the paragraphs in the order given; None where there are no topics.
    """

    words: pd.DataFrame
    shares: pd.DataFrame
    stability: pd.DataFrame
    documents: pd.DataFrame
    note: str | None
    model: TopicModel | None


def make_topics(paragraphs: pd.DataFrame, settings: Topics, seed: int) -> TopicTables:
    """Fit topics on paragraphs and say how far to trust each.

    Parameters
    ----------
    paragraphs : DataFrame
        Table ``paragraphs``, tokens and all; each essay family once.
    settings : Topics
    seed : int

    Returns
    -------
    TopicTables
        Empty tables and a note where the paragraphs cannot bear topics.
    """
    documents = kept_words(paragraphs, phrases=settings.phrases)
    essays = paragraphs["doc_id"].tolist()
    if len(set(essays)) < FEWEST_ESSAYS:
        there = "is 1" if len(set(essays)) == 1 else f"are {len(set(essays)) or 'none'}"
        return _none(f"No topics were fitted: they need at least {FEWEST_ESSAYS} essays, and there {there}.")
    number = settings.number or choose_number(len(set(essays)), len(documents))
    try:
        model = fit_topics(
            documents, number=number, seed=seed, engine=settings.engine, ids=paragraphs["paragraph_id"].tolist()
        )
    except TopicError as error:
        return _none(f"No topics were fitted: {error}")
    by_essay = topics_by_essay(model, documents, essays)
    stability = trust_table(
        model, documents, essays, resamples=settings.resamples, share=settings.resample_share, seed=seed
    )
    stability = stability.assign(label=[_label(model, topic) for topic in stability["topic"]]).round(DIGITS)
    shown = representative_paragraphs(model, documents, number=DOCUMENTS)
    shown = shown.merge(paragraphs[["paragraph_id", "doc_id", "text"]], on="paragraph_id", how="left")
    return TopicTables(
        words=_words(model, stability),
        shares=pd.DataFrame(
            {"paragraph_id": model.ids, "shares": model.mixtures.round(6).tolist(), "has_words": model.has_words}
        ),
        stability=stability,
        documents=shown.assign(words=shown["words"].map(", ".join)),
        note=warn_of_essays(by_essay, min_essays=settings.min_essays),
        model=model,
    )


def kept_words(paragraphs: pd.DataFrame, *, phrases: bool = False) -> list[list[str]]:
    """Give the words of each paragraph that topics are fitted on: all but those ``dropped_words`` lists.

    Parameters
    ----------
    paragraphs : DataFrame
        Table ``paragraphs``.
    phrases : bool
        Whether pairs of words that keep each other's company follow their words, as ``open_data``.

    Returns
    -------
    list of list of str
        One list a paragraph, in the order given.
    """
    dropped = set(dropped_words(paragraphs)["word"])
    kept = [[word for word in tokens if word not in dropped] for tokens in paragraphs["tokens"]]
    return join_phrases(kept, find_phrases(kept)["phrase"]) if phrases else kept


def dropped_words(paragraphs: pd.DataFrame) -> pd.DataFrame:
    """List the words that too few or too many essays hold for a topic to rest on them.

    Parameters
    ----------
    paragraphs : DataFrame
        Table ``paragraphs``.

    Returns
    -------
    DataFrame
        word, reason; sorted by word. Empty for fewer than twelve essays.
    """
    held: Counter[str] = Counter()
    for _, lists in paragraphs.groupby("doc_id")["tokens"]:
        held.update({word for tokens in lists for word in tokens})
    essays = paragraphs["doc_id"].nunique()
    _, fewest, share = next(bound for bound in _BOUNDS if essays >= bound[0])
    few, many = f"in fewer than {fewest} essays", f"in more than {100 * share:.0f} % of the essays"
    rows = [(word, few if n < fewest else many) for word, n in sorted(held.items()) if n < fewest or n > share * essays]
    return pd.DataFrame(rows, columns=["word", "reason"])


def _label(model: TopicModel, topic: int) -> str:
    return ", ".join(model.words[topic - 1][:LABEL_WORDS])


def _words(model: TopicModel, stability: pd.DataFrame) -> pd.DataFrame:
    weak = dict(zip(stability["topic"], stability["weak"], strict=True))
    rows = [
        (topic, rank, word, weight, _label(model, topic), bool(weak[topic]))
        for topic, (words, weights) in enumerate(zip(model.words, model.weights, strict=True), start=1)
        for rank, (word, weight) in enumerate(zip(words, weights, strict=True), start=1)
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "word", "weight", "label", "weak"])


def essay_mixtures(paragraphs: pd.DataFrame, shares: pd.DataFrame, *, phrases: bool = False) -> pd.DataFrame:
    """Share of each topic in each essay, from its paragraphs' shares weighted by the words topics were fitted on.

    Returns
    -------
    DataFrame of shape (essays, K)
        Indexed by doc_id, columns the topic numbers from 1; rows sum to 1; essays without a word are left out.
    """
    words = pd.Series(kept_words(paragraphs, phrases=phrases), index=paragraphs.index)
    both = paragraphs[["paragraph_id", "doc_id"]].assign(words=words.map(len)).merge(shares, on="paragraph_id")
    both = both[both["has_words"].astype(bool)]
    wide = pd.DataFrame(both["shares"].tolist(), index=both.index).rename(columns=lambda place: place + 1)
    sums = wide.mul(both["words"], axis=0).groupby(both["doc_id"]).sum()
    return sums.div(sums.sum(axis=1), axis=0).rename_axis(None)


def _none(note: str) -> TopicTables:
    empty = {
        "words": ["topic", "rank", "word", "weight", "label", "weak"],
        "shares": ["paragraph_id", "shares", "has_words"],
        "stability": list(TOPIC_STABILITY.columns),
        "documents": ["topic", "rank", "paragraph_id", "share", "words", "doc_id", "text"],
    }
    frames = {name: pd.DataFrame(columns=columns, dtype=object) for name, columns in empty.items()}
    return TopicTables(**frames, note=note, model=None)
