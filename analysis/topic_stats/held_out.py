"""Do topics tell something of essays they have not seen? Half of a text says what it is about, the rest is foretold.

Document completion (Rosen-Zvi et al. 2004; Wallach et al. 2009, "Evaluation methods for topic models"): the topics are
held against knowing nothing but how often each word is used, so that topics that tell nothing gain nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.topic_stats.coherence import Floats, Words
from analysis.topics import TopicModel

# Words a topic is credited with from the corpus as a whole (MacKay & Peto 1995), so that a word it has not met yet is
# rare in it and not impossible; the same for every number of topics.
TOPIC_PRIOR = 100.0
TEXT_PRIOR = 2.0  # words a text is credited with on the topics at large: a text of a handful of words leans on them
ROUNDS_TOPICS = 5  # of expectation and maximisation on the texts fitted; the model is a good start
ROUNDS_TEXTS = 25  # for a text not seen before; its shares no longer move in the third digit


@dataclass(frozen=True, eq=False)
class HeldOut:
    """How well the second halves of texts were foretold, one entry a text.

    Attributes
    ----------
    topics, alone : ndarray, shape (n,)
        Log-likelihood of the words foretold, by the topics and by the words' frequencies alone; in nats.
    words : ndarray of int, shape (n,)
        Words foretold.
    unseen : int
        Words left out because no text fitted on holds them.
    """

    topics: Floats
    alone: Floats
    words: npt.NDArray[np.int64]
    unseen: int


def foretell(model: TopicModel, fitted: Words, held: Words) -> HeldOut:
    """Foretell every second word of texts a model has not seen from the words between.

    Parameters
    ----------
    model : TopicModel
        Fitted on ``fitted``.
    fitted, held : sequence of sequence of str
        Tokens of the texts fitted on, and of those left out.

    Returns
    -------
    HeldOut

    Notes
    -----
    Engines weigh words differently, so the topics' word probabilities are first estimated anew from the model's
    mixtures by expectation and maximisation on the texts fitted, each drawn towards the corpus's word frequencies.
    Two neighbouring words fall into different halves, so that a phrase counts as company; every number of topics has
    the same advantage of it.
    """
    place = {word: column for column, word in enumerate(model.vocabulary)}
    known = [[place[word] for word in document if word in place] for document in held]
    counts = _count([[place[word] for word in document if word in place] for document in fitted], len(place))
    frequency = np.asarray(counts.sum(axis=0)).ravel() / counts.sum()
    topics, prevalence = _estimate(counts, model, frequency)
    given, rest = (_count([document[first::2] for document in known], len(place)) for first in (0, 1))
    shares = np.tile(prevalence, (len(held), 1))
    for _ in range(ROUNDS_TEXTS):
        shares = _reweigh(shares, topics, given)[0] + TEXT_PRIOR * prevalence
        shares /= shares.sum(axis=1, keepdims=True)
    rows, columns = _entries(rest)
    likely = np.log(np.einsum("nk,nk->n", shares[rows], topics.T[columns]))
    return HeldOut(
        topics=np.bincount(rows, rest.data * likely, minlength=len(held)).astype(float),
        alone=rest @ np.log(frequency),
        words=np.asarray(rest.sum(axis=1)).ravel().astype(np.int64),
        unseen=sum(map(len, held)) - sum(map(len, known)),
    )


def _estimate(counts: sparse.csr_matrix, model: TopicModel, frequency: Floats) -> tuple[Floats, Floats]:
    """Word probabilities (K, V) and prevalence (K,) of a model's topics, all estimated in the same way."""
    shares, topics = model.mixtures, 0.9 * model.topic_word + 0.1 * frequency
    for _ in range(ROUNDS_TOPICS):
        texts, words = _reweigh(shares, topics, counts)
        topics = words + TOPIC_PRIOR * frequency
        topics /= topics.sum(axis=1, keepdims=True)
        prevalence = texts.sum(axis=0) / texts.sum()
        shares = texts + TEXT_PRIOR * prevalence
        shares /= shares.sum(axis=1, keepdims=True)
    return topics, prevalence


def _reweigh(shares: Floats, topics: Floats, counts: sparse.csr_matrix) -> tuple[Floats, Floats]:
    """Share each word among the topics; give how many words each topic has in each text (n, K), and of each (K, V)."""
    rows, columns = _entries(counts)
    parts = shares[rows] * topics.T[columns]
    parts *= (counts.data / parts.sum(axis=1))[:, None]
    entries = np.arange(len(rows))
    by_text = sparse.csr_matrix((np.ones(len(rows)), entries, counts.indptr), shape=(counts.shape[0], len(rows)))
    by_word = sparse.csr_matrix((np.ones(len(rows)), (columns, entries)), shape=(counts.shape[1], len(rows)))
    return np.asarray(by_text @ parts), np.asarray(by_word @ parts).T


def _entries(counts: sparse.csr_matrix) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of each stored count."""
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    return rows, counts.indices.astype(np.int64)


def _count(documents: Sequence[Sequence[int]], words: int) -> sparse.csr_matrix:
    """Count words given by their columns."""
    rows = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    columns = np.array([column for document in documents for column in document], dtype=np.int64)
    counts = sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(documents), words))
    counts.sum_duplicates()
    return counts
