"""What sets a topic apart from the one most like it: which topic that is, and the words that tell the two asunder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import TopicError
from analysis.topic_stats.coherence import TOP, Words
from analysis.topics import TopicModel
from analysis.topics.infer import LEAST_KNOWN

_COLUMNS = ["word", "topic", "z", "log_odds", "count", "count_other"]


def nearest_topics(model: TopicModel) -> pd.DataFrame:
    """Say for each topic which other one is most like it in its words.

    Parameters
    ----------
    model : TopicModel

    Returns
    -------
    DataFrame
        ``topic`` (from 1), ``nearest`` (missing where there is no other), ``distance`` (0: the same probabilities, 1:
        no word in common) and ``shared`` (list: words among the first ten of both, in the topic's order).

    Notes
    -----
    Distance is the root of the Jensen-Shannon divergence of two rows of ``topic_word``, to base 2 (Lin 1991; Endres &
    Schindelin 2003). The nearest of one topic may itself have another that is nearer. Of few texts, where no topics
    are much alike, the largest topic is often the nearest of all: look at the distance and the shared words.
    """
    apart = _distances(model.topic_word)
    np.fill_diagonal(apart, np.inf)
    rows: list[tuple[int, int | None, float, list[str]]] = []
    for topic, distances in enumerate(apart):
        if model.number == 1:
            rows.append((1, None, float("nan"), []))
            continue
        other = int(np.argmin(np.round(distances, 9)))
        shared = [word for word in model.words[topic][:TOP] if word in model.words[other][:TOP]]
        rows.append((topic + 1, other + 1, float(distances[other]), shared))
    table = pd.DataFrame(rows, columns=["topic", "nearest", "distance", "shared"])
    return table.astype({"nearest": "Int64"})


def _distances(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Jensen-Shannon distance of every two rows, shape (K, K)."""
    own = _entropy(rows)
    apart = np.array([_entropy((rows + row) / 2) - (own + entropy) / 2 for row, entropy in zip(rows, own, strict=True)])
    return np.sqrt(np.clip(apart, 0, 1))


def _entropy(rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return -np.sum(rows * np.log2(np.where(rows > 0, rows, 1)), axis=1)


def led_by(model: TopicModel) -> npt.NDArray[np.int64]:
    """Give the strongest topic of each document.

    Returns
    -------
    ndarray of int, shape (D,)
        From 1; 0 for a document without words. Of topics equally strong the more prevalent.
    """
    return np.where(model.has_words, np.argmax(np.round(model.mixtures, 9), axis=1) + 1, 0)


def contrast_topics(
    model: TopicModel, documents: Words, topic: int, other: int | None = None, *, number: int = TOP
) -> pd.DataFrame:
    """Find the words that set a topic apart from another: those far more usual in its paragraphs than in the other's.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens of the documents, in the model's order.
    topic : int
        From 1.
    other : int, optional
        By default the nearest (``nearest_topics``).
    number : int
        Words a side.

    Returns
    -------
    DataFrame
        ``word``, ``topic`` (to which it leans), ``z`` (above 0: leans to ``topic``; from about 2 more than chance),
        ``log_odds`` (natural logarithm), ``count`` (how often it stands in documents that ``topic`` leads) and
        ``count_other`` (in those the other leads); the words of ``topic`` first, each side by falling \\|z\\|.

    Raises
    ------
    TopicError
        If there is no such topic, or the documents are not the model's.

    Notes
    -----
    Monroe, Colaresi & Quinn (2008, "Fightin' Words"): ``ln((y1+a)/(n1+A-y1-a)) - ln((y2+a)/(n2+A-y2-a))`` over the root
    of ``1/(y1+a) + 1/(y2+a)``, with y a word's count and n all words of a side, and as prior a = A times its share of
    the whole corpus; A is an average topic's number of words. Words stand in bursts and the documents were sorted by
    these very words, so z orders the words and is no test that the topics differ.
    """
    _check(model, documents, topic, other)
    if model.number < 2:
        return pd.DataFrame(columns=_COLUMNS)
    if other is None:
        other = int(nearest_topics(model)["nearest"].iloc[topic - 1])
    leads = led_by(model)
    all_words = _counts(model, documents, leads > 0)
    one, two = _counts(model, documents, leads == topic), _counts(model, documents, leads == other)
    log_odds, z = log_odds_ratio(one, two, prior=all_words / model.number)
    sides = []
    for leaning, strength in ((topic, z), (other, -z)):
        # ties by the alphabet, in which the vocabulary stands
        order = [place for place in np.argsort(-np.round(strength, 9), kind="stable") if strength[place] > 0][:number]
        words = [model.vocabulary[place] for place in order]
        side = {"word": words, "topic": leaning, "z": z[order], "log_odds": log_odds[order]}
        sides.append(pd.DataFrame({**side, "count": one[order].astype(int), "count_other": two[order].astype(int)}))
    return pd.concat(sides, ignore_index=True)


def log_odds_ratio(
    one: npt.NDArray[np.float64], two: npt.NDArray[np.float64], *, prior: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Say how much each word leans to one of two sides, and how sure its counts make that.

    Parameters
    ----------
    one, two : ndarray, shape (V,)
        How often each word stands on each side.
    prior : ndarray, shape (V,)
        Times each word is taken to have stood on either side beforehand; above 0 for a word that stands on one.

    Returns
    -------
    log_odds, z : ndarray, shape (V,)
        Above 0: leans to ``one``. As in the Notes of ``contrast_topics``; 0 for a word that neither side nor prior has.

    Examples
    --------
    >>> counts = np.array([8.0, 2.0, 10.0]), np.array([2.0, 8.0, 10.0])
    >>> [x.round(2).tolist() for x in log_odds_ratio(*counts, prior=np.array([5.0, 5.0, 10.0]))]
    [[0.82, -0.82, 0.0], [1.75, -1.75, 0.0]]
    """
    first, second = one + prior, two + prior
    known = (first > 0) & (second > 0)
    first, second = np.where(known, first, 1), np.where(known, second, 1)
    weight = prior.sum()
    rest = np.maximum(one.sum() + weight - first, np.finfo(float).tiny)
    other_rest = np.maximum(two.sum() + weight - second, np.finfo(float).tiny)
    log_odds = np.where(known, np.log(first / rest) - np.log(second / other_rest), 0.0)
    return log_odds, log_odds / np.sqrt(1 / first + 1 / second)


def _counts(model: TopicModel, documents: Words, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """How often each word of the vocabulary stands in the chosen documents, shape (V,)."""
    found = Counter(word for document, own in zip(documents, chosen, strict=True) if own for word in document)
    return np.array([found[word] for word in model.vocabulary], dtype=float)


def _check(model: TopicModel, documents: Words, topic: int, other: int | None) -> None:
    for asked in (topic,) if other is None else (topic, other):
        check_topic(model, asked)
    if topic == other:
        raise TopicError(f"Topic {topic} cannot be set apart from itself; name another topic.")
    check_documents(model, documents)


def check_topic(model: TopicModel, topic: int) -> None:
    """Raise a ``TopicError`` unless the model has a topic of this number."""
    if isinstance(topic, bool) or not isinstance(topic, int | np.integer) or not 1 <= topic <= model.number:
        raise TopicError(f"There is no topic {topic!r}; the topics are numbered from 1 to {model.number}.")


def check_documents(model: TopicModel, documents: Sequence[object]) -> None:
    """Raise a ``TopicError`` unless there are as many documents as the model was fitted on."""
    if len(documents) != len(model.ids):
        raise TopicError(
            f"The model has {len(model.ids)} documents, but {len(documents)} were given; give those it was fitted on, "
            "in the same order."
        )
    known = set(model.vocabulary)
    words = [word for document in documents if isinstance(document, list | tuple) for word in document]
    if words and sum(word in known for word in words) < LEAST_KNOWN * len(words):
        raise TopicError(
            f"The model knows fewer than {LEAST_KNOWN:.0%} of the documents' {len(words):,} words: it was fitted on "
            "other documents, or on words made otherwise. Give those it was fitted on, or fit topics anew."
        )
