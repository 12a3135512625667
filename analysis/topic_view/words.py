"""Which words of a topic the view holds, and in which order a relevance puts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from analysis.topics import TopicModel

Floats = npt.NDArray[np.float64]
LOWEST, STEP = 0.6, 0.05  # of the slider: below .6 rare words win, which helps no reader (Hoyle et al. 2021)
RELEVANCES = tuple(round(LOWEST + STEP * i, 2) for i in range(9))
SHOWN = 20  # words of a topic at a time
# As in the package's own ranking (topics/counts.py; a test holds them together): counted thirty times more often than
# it was, a word met a few times cannot head a topic.
SMOOTHING = 30.0
LEAST = 0.01  # of a word's uses: less is the model's own smoothing


def count_words(documents: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> Floats:
    """Count how often each word of the vocabulary stands in the documents; shape (V,)."""
    place = {word: number for number, word in enumerate(vocabulary)}
    found = np.zeros(len(vocabulary))
    for document in documents:
        for word in document:
            if word in place:
                found[place[word]] += 1
    return found


def rank_words(topic_word: Floats, counts: Floats, relevance: float) -> npt.NDArray[np.intp]:
    """Order the words of one topic by relevance, the most relevant first.

    Parameters
    ----------
    topic_word : ndarray, shape (V,)
        Probability of each word in the topic; words in alphabetical order.
    counts : ndarray, shape (V,)
        How often each word stands in the corpus.
    relevance : float
        0.6 to 1; at 1 the order is that of the probabilities.

    Returns
    -------
    ndarray of int, shape (V,)
        Places of the words; equals by the alphabet.

    Notes
    -----
    ``l ln p(w|k) + (1 - l) ln (p(w|k) / p(w))`` (Sievert & Shirley 2014), with ``p(w)`` from counts raised by 30.
    """
    score = _relevance(topic_word, counts, relevance)
    return np.argsort(-score, kind="stable")


def _relevance(topic_word: Floats, counts: Floats, relevance: float) -> Floats:
    with np.errstate(divide="ignore"):
        return np.log(topic_word) - (1 - relevance) * np.log((counts + SMOOTHING) / counts.sum())


def words_to_hold(model: TopicModel, counts: Floats) -> list[list[int]]:
    """For each topic the places of all words that some step of the slider shows, in alphabetical order."""
    held = []
    for row in model.topic_word:
        found = {int(w) for value in RELEVANCES for w in rank_words(row, counts, value)[:SHOWN]}
        held.append(sorted(w for w in found if row[w] > 0))
    return held


def topics_of_words(
    model: TopicModel, places: Sequence[int], most: int
) -> Mapping[int, list[tuple[int, float, float]]]:
    """For each word the topics that have most of it.

    Returns
    -------
    mapping of int to list of (int, float, float)
        Place of the word to topic (from 1), share of the word's uses that the topic has, and the word's probability in
        the topic; the largest share first, at most ``most``. Past the first, topics with under a hundredth of the uses
        are left out.
    """
    joint = model.topic_word[:, list(places)] * model.prevalence[:, None]
    total = joint.sum(axis=0)
    shares = np.divide(joint, total, out=np.zeros_like(joint), where=total > 0)
    order = np.argsort(-np.round(shares, 9), axis=0, kind="stable")[:most]
    return {
        place: [
            (int(k) + 1, float(shares[k, i]), float(model.topic_word[k, place]))
            for rank, k in enumerate(order[:, i])
            if not rank or shares[k, i] >= LEAST
        ]
        for i, place in enumerate(places)
    }
