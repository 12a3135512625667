"""Topics of titles and other short texts: texts are grouped by the company their words keep.

Five words a text are too few for NMF: most texts share no word. So each word first becomes a vector of the words it is
met with in the whole corpus (positive pointwise mutual information, reduced; Levy & Goldberg 2014), each text the mean
of its words; the texts are grouped (spherical k-means, Dhillon & Modha 2001, from a start without chance), and a
mixture of multinomials, one topic a text, is fitted from the groups (Nigam et al. 2000; its Gibbs form is the GSDMM of
Yin & Wang 2014). Not for long texts: it gives nearly all of each text to one topic.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import TopicError
from analysis.topics.engine import EngineFit
from analysis.topics.grouping import group_directions, unit_rows
from analysis.topics.model import Floats
from analysis.topics.start import NEGLIGIBLE, leading_directions, rotate_varimax

DIMENSIONS = 200  # of the word vectors; 50 and 100 group the M10 titles a little worse
ROUNDS = 10  # of expectation and maximisation; the groups are a good start
PRIOR = 0.5  # added to each word count of a topic, so that one unseen word does not exclude a topic
_TINY = 1e-12


def word_vectors(counts: sparse.csr_matrix) -> Floats:
    """Give each word a vector of length 1 by the words it stands with in a text.

    Parameters
    ----------
    counts : csr_matrix, shape (n, V)

    Returns
    -------
    ndarray, shape (V, d)
        d is 200 or fewer. A word that keeps no company has zeros.

    Notes
    -----
    ``max(0, ln(c(v,w) c / (c(v) c(w))))`` of the numbers of texts two words share, its leading directions each times
    the square root of its size (Levy & Goldberg 2014, "Neural word embedding as implicit matrix factorization").
    """
    found = counts.sign()
    together = (found.T @ found).tocoo()
    apart = together.row != together.col
    rows, columns, times = together.row[apart], together.col[apart], together.data[apart]
    margin = np.bincount(rows, times, minlength=counts.shape[1])
    information = np.maximum(np.log(times * times.sum() / (margin[rows] * margin[columns])), 0.0)
    matrix = sparse.csr_matrix((information, (rows, columns)), shape=together.shape)
    matrix.eliminate_zeros()
    left, sizes, _ = leading_directions(matrix, min(DIMENSIONS, counts.shape[1]))
    return unit_rows(left * np.sqrt(sizes))


def group_texts(counts: sparse.csr_matrix, number: int) -> npt.NDArray[np.int64]:
    """Group texts by the mean of their words' vectors.

    Returns
    -------
    ndarray of int, shape (n,)
        Group of each text, from 0 to ``number`` - 1; no group is empty.

    Raises
    ------
    TopicError
        If no words stand together in a text more often than by chance.
    """
    rarity = np.log((1 + counts.shape[0]) / (1 + np.bincount(counts.indices, minlength=counts.shape[1])))
    texts = unit_rows((counts.log1p() @ sparse.diags(rarity)) @ word_vectors(counts))
    if not texts.any():
        raise TopicError(
            "No words stand together in a text more often than by chance, so there is nothing to group texts by; "
            "join texts, or add some."
        )
    start = rotate_varimax(_text_directions(texts, number) * np.sqrt(len(texts))).argmax(axis=1)
    return group_directions(texts, start, number)


def _text_directions(texts: Floats, number: int) -> Floats:
    """Leading directions of the texts, by way of the small table of their dimensions."""
    sizes, directions = np.linalg.eigh(texts.T @ texts)
    leading = np.argsort(-sizes, kind="stable")[:number]
    leading = leading[sizes[leading] > NEGLIGIBLE * sizes.max()]
    return np.asarray(texts @ directions[:, leading] / np.sqrt(sizes[leading]))


def fit_mixture(counts: sparse.csr_matrix, group: npt.NDArray[np.int64], number: int) -> tuple[Floats, Floats]:
    """Fit a mixture of multinomials, one topic a text, from a grouping.

    Returns
    -------
    shares : ndarray, shape (n, K)
        Probability that each topic made the text; rows sum to 1.
    expected : ndarray, shape (K, V)
        Occurrences of each word in the texts of each topic.
    """
    shares = np.eye(number)[group]
    for _ in range(ROUNDS):
        expected = np.asarray(counts.T @ shares).T + PRIOR
        size = shares.sum(axis=0) + 1
        likelihood = np.log(size / size.sum()) + counts @ np.log(expected / expected.sum(axis=1, keepdims=True)).T
        shares = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
    return shares, np.asarray(counts.T @ shares).T


class MixtureEngine:
    """Topics of short texts: one topic a text, grouped by the company words keep."""

    name = "mixture"

    def fit(self, counts: sparse.csr_matrix, *, number: int, seed: int) -> EngineFit:
        """Find topics; the seed is not needed, for nothing here is left to chance.

        The words are ranked by their share in a topic's texts alone: where each text has five words, a ranking that
        asks for words of few other topics (relevance) ends with words of few texts, which cohere less.
        """
        shares, expected = fit_mixture(counts, group_texts(counts, number), number)
        words = (expected + _TINY) / (expected + _TINY).sum(axis=1, keepdims=True)
        prior = (expected + PRIOR) / (expected + PRIOR).sum(axis=1, keepdims=True)
        settings = {
            "word_vectors": "positive pointwise mutual information of words in one text",
            "dimensions": DIMENSIONS,
            "start": "varimax of text directions, spherical k-means",
            "rounds": ROUNDS,
            "prior": PRIOR,
            "relevance": "off",
        }
        return EngineFit(words, prior, shares, settings)
