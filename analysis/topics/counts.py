"""Documents as counts of words, the same whatever order they were given in, and how words are weighed and ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.topics.model import Floats

# Relevance (Sievert & Shirley 2014): 1 ranks by probability alone and repeats the corpus's common words in every topic;
# below .6 rare words win, which lifts coherence figures and helps no reader (Hoyle et al. 2021).
RELEVANCE = 0.7
# Counted thirty times more often than it was, a word met a few times cannot head a topic. On 20 and 50 BBC articles
# this makes the topics of two resamples more alike than 5 does (.65 to .62 and .62 to .58) and costs no coherence.
_RARE = 30.0


@dataclass(frozen=True, eq=False)
class Bags:
    """Documents with words, sorted by content.

    Attributes
    ----------
    counts : csr_matrix, shape (n, V)
        How often each word stands in each document; documents that are word for word the same share a row.
    vocabulary : tuple of str
        The V words, sorted.
    row_of : ndarray of int, shape (D,)
        For each document as given its row in ``counts``; -1 for one without words.
    repeats : ndarray, shape (n,)
        How many documents share the row.
    """

    counts: sparse.csr_matrix
    vocabulary: tuple[str, ...]
    row_of: npt.NDArray[np.int64]
    repeats: Floats


def count_words(documents: Sequence[Sequence[str]]) -> Bags:
    """Count the words of each document, in an order that depends on nothing but the documents' content.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens of each document; their order does not matter.

    Returns
    -------
    Bags
    """
    words = [list(map(str, document)) for document in documents]
    vocabulary = tuple(sorted(set().union(*words)))
    column = {word: number for number, word in enumerate(vocabulary)}
    ends = np.cumsum([0, *map(len, words)])
    columns = np.fromiter(map(column.__getitem__, chain.from_iterable(words)), dtype=np.int32, count=int(ends[-1]))
    given = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(words), len(vocabulary)))
    given.sum_duplicates()
    keys = _sort_keys(given)
    place = dict(zip(keys, range(len(keys)), strict=True))
    ordered = sorted(place.keys() - {b""})
    counts = given[[place[key] for key in ordered]]
    rows = {key: row for row, key in enumerate(ordered)}
    row_of = np.array([rows.get(key, -1) for key in keys], dtype=np.int64)
    repeats = np.bincount(row_of[row_of >= 0], minlength=len(rows)).astype(float)
    return Bags(counts, vocabulary, row_of, repeats)


def _sort_keys(counts: sparse.csr_matrix) -> list[bytes]:
    """Give bytes for each row that sort as its words and their counts do: equal rows have equal bytes."""
    pairs = np.column_stack([counts.indices, counts.data]).astype(">u4")  # big-endian, so that bytes sort as numbers
    raw = pairs.tobytes()
    ends = (counts.indptr * pairs.itemsize * 2).tolist()
    return [raw[start:end] for start, end in pairwise(ends)]


def weigh_words(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Weigh counts so that a word repeated or found everywhere does not drown the others.

    Parameters
    ----------
    counts : csr_matrix, shape (n, V)

    Returns
    -------
    csr_matrix, shape (n, V)
        ``(1 + ln tf) * (1 + ln((1 + n) / (1 + df)))``, each row of length 1 (Salton & Buckley 1988). The logarithm of
        the count is what makes topics steadier under resampling: one long list of the same word moves little.
    """
    weighed = counts.copy()
    weighed.data = 1 + np.log(weighed.data)
    found_in = np.bincount(weighed.indices, minlength=weighed.shape[1])
    rarity = np.log((1 + weighed.shape[0]) / (1 + found_in)) + 1
    weighed = (weighed @ sparse.diags(rarity)).tocsr()
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    return (sparse.diags(1 / lengths) @ weighed).tocsr()


def score_words(topic_word: Floats, counts: sparse.csr_matrix) -> Floats:
    """Score each word for each topic: likely in the topic, and more likely there than elsewhere.

    Parameters
    ----------
    topic_word : ndarray, shape (K, V)
        Probability of words in topics; rows sum to 1.
    counts : csr_matrix, shape (n, V)

    Returns
    -------
    ndarray, shape (K, V)
        ``p(w|k) / p(w) ** (1 - .7)``: higher = heads the topic. Its logarithm is the relevance of Sievert & Shirley
        (2014, "LDAvis"), with p(w) smoothed for words met only a few times.
    """
    found = np.asarray(counts.sum(axis=0)).ravel()
    return topic_word / ((found + _RARE) / found.sum()) ** (1 - RELEVANCE)
