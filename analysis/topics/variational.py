"""How much of each topic is in each document, for many documents at once: the E-step of variational Bayes for LDA.

The model and the fixed point are those of Hoffman, Blei & Bach (2010, "Online learning for latent Dirichlet
allocation"), which gensim's ``LdaModel.inference`` computes one document at a time. Here documents of one length are
worked on together, each is left alone once it has settled, and the steps are lengthened where they creep (Varadhan &
Roland 2008, "Simple and globally convergent methods for accelerating the convergence of any EM algorithm"). Nothing is
left to chance: every document starts from one of each topic, and what it gets does not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import TopicError
from analysis.topics.model import Floats

ROUNDS = 50  # steps a document is given at most, as gensim has it
THRESHOLD = 1e-3  # mean change of a document's topic counts below which it has settled, as gensim has it
_START = 1.0  # of each topic in each document: the mean of the draw gensim starts from
_PLAIN = 3  # pairs of steps before the first long one: the first settle which topics are in question
_LONGEST = 64.0  # times a plain step; longer ones only leave the range of positive counts
_BLOCK = 2**20  # bytes of word weights of documents of one width, read twice at a step: they stay in a core's cache
_GROUP = 2**22  # bytes of blocks worked on together: more make fewer calls, and too many fall out of every cache
_FEWEST = 8  # documents in a block, however long they are
_OPEN = 0.5  # share of a group still moving at which the settled rest is taken out; each time costs a copy
_OCCURRENCES = 50_000  # entries of the counts whose topic weights are held in memory at once
_Weights = npt.NDArray[np.floating[Any]]
_EPSILON = float(np.finfo(np.float64).eps)  # keeps a word that no topic knows from dividing by zero


def exp_digamma(values: Floats) -> Floats:
    """Give e to the power of the digamma function, right to eight digits, three times as fast as by scipy.

    Parameters
    ----------
    values : ndarray
        Above 0.

    Returns
    -------
    ndarray
        Of the same shape.

    Notes
    -----
    Six steps of ``psi(x) = psi(x + 1) - 1 / x``, then the series of ``exp(psi(z + 1/2))`` in
    ``1 / z`` (its terms of even order vanish).

    Examples
    --------
    >>> exp_digamma(np.array([0.3, 1.0, 40.0])).round(6).tolist()
    [0.030121, 0.561459, 39.501055]
    """
    pairs = values * (values + 5)  # x(x+5), (x+1)(x+4) and (x+2)(x+3) differ by constants, so six terms are three
    above = 1 / pairs
    above += 1 / (pairs + 4)
    above += 1 / (pairs + 6)
    above *= -(2 * values + 5)
    np.exp(above, out=above)
    moved = values + 5.5
    small = 1 / (moved * moved)
    series = ((10313 / 2903040 * small - 37 / 5760) * small + 1 / 24) * small + 1
    series *= moved
    series *= above
    return series


def expected_weights(topic_word: Floats) -> Floats:
    """Give each word's weight in each topic from the topics' Dirichlet parameters: ``exp(E[ln beta])``.

    Parameters
    ----------
    topic_word : ndarray, shape (K, V)
        Prior plus expected counts (gensim's ``state.get_lambda()``), above 0.

    Returns
    -------
    ndarray, shape (K, V)
        ``exp(psi(x) - psi(sum of the row))``; rows sum to less than 1.
    """
    return exp_digamma(topic_word) / exp_digamma(topic_word.sum(axis=1, keepdims=True))


def e_step(
    counts: sparse.csr_matrix,
    weights: _Weights,
    alpha: float | Floats,
    *,
    rounds: int = ROUNDS,
    threshold: float = THRESHOLD,
    collect: bool = True,
) -> tuple[Floats, Floats]:
    """Infer how many words of each document each topic accounts for, the topics being given.

    Parameters
    ----------
    counts : csr_matrix, shape (n, V)
        How often each word stands in each document.
    weights : ndarray, shape (K, V)
        ``expected_weights`` of the topics, or plain probabilities where that is all there is. In single precision
        (float32) the work is done in it: half as long again as fast, and right to five digits.
    alpha : float or ndarray of shape (K,)
        Prior count of each topic in a document, above 0.
    rounds : int
        Steps a document is given at most.
    threshold : float
        Mean change of a document's row below which it has settled; looked at after every second step.
    collect : bool
        Whether to sum up the topics' words too.

    Returns
    -------
    gamma : ndarray, shape (n, K)
        Prior plus expected words of each topic; divided by its sum, a row is the document's mixture. A document without
        words has the prior. Bit for bit the same whatever other documents stand beside it.
    expected : ndarray, shape (K, V)
        Expected occurrences of each word in each topic (gensim's ``sstats``); of shape (K, 0) without ``collect``.

    Raises
    ------
    TopicError
        If shapes or values do not fit.

    Notes
    -----
    Not for a document of a handful of words alone: where two topics explain it as well, there is more than one fixed
    point, and which is reached is a matter of the start (gensim's, being random, reaches now one and now the other).

    Examples
    --------
    >>> counts = sparse.csr_matrix([[4.0, 1.0, 0.0], [0.0, 0.0, 3.0]])
    >>> gamma, expected = e_step(counts, np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]]), 0.1)
    >>> gamma.round(1).tolist()
    [[5.1, 0.1], [0.1, 3.1]]
    """
    prior = np.broadcast_to(np.asarray(alpha, dtype=np.float64), (len(weights),))
    _check(counts, weights, prior, rounds, threshold)
    gamma = np.tile(prior, (counts.shape[0], 1))
    by_word: _Weights = np.vstack(
        [weights.T, np.ones_like(weights[:, :1]).T]
    )  # the last row stands where a document has no more words
    for group in _group_rows(np.diff(counts.indptr), len(weights)):
        blocks = [_pad(counts, rows, width, by_word, prior) for rows, width in group]
        gamma[np.concatenate([rows for rows, _ in group])] = _settle(blocks, prior, rounds, threshold)
    if not collect:
        return gamma, np.zeros((len(weights), 0))
    return gamma, weights * _ratios(counts, gamma, by_word)


def _check(counts: sparse.csr_matrix, weights: _Weights, prior: Floats, rounds: int, threshold: float) -> None:
    if counts.shape[1] != weights.shape[1]:
        raise TopicError(
            f"The topics weigh {weights.shape[1]} words, the counts have {counts.shape[1]}; count the documents over "
            "the topics' own vocabulary."
        )
    if not (prior > 0).all() or rounds < 1 or not threshold > 0:
        raise TopicError(
            f"Mixtures need a prior above 0, at least one round and a threshold above 0; found {float(prior.min())}, "
            f"{rounds} and {threshold}."
        )


class _Block(NamedTuple):
    """Documents of one width: weights of their words (d, width, K), how often each stands there, and near nothing."""

    words: Floats
    times: Floats
    tiny: Floats


_Rows = npt.NDArray[np.int64]


def _group_rows(lengths: npt.NDArray[np.int32], topics: int) -> Iterator[list[tuple[_Rows, int]]]:
    """Give rows to work on together, in blocks padded to one width, which hangs on a row's own length alone."""
    steps = 2 ** np.maximum(np.floor(np.log2(np.maximum(lengths, 1))).astype(np.int64) - 2, 0)  # 4 widths an octave
    widths = -(-lengths // steps) * steps
    group: list[tuple[_Rows, int]] = []
    size = 0
    for width in np.unique(widths[widths > 0]).tolist():
        rows, each = np.flatnonzero(widths == width), 8 * topics * width
        most = max(_FEWEST, _BLOCK // each)
        for start in range(0, len(rows), most):
            group.append((rows[start : start + most], width))
            size += len(group[-1][0]) * each
            if size >= _GROUP:
                yield group
                group, size = [], 0
    if group:
        yield group


def _pad(counts: sparse.csr_matrix, rows: _Rows, width: int, by_word: _Weights, prior: Floats) -> _Block:
    """Give the words of some documents, each padded to a width with a word that stands there 0 times."""
    starts = counts.indptr[rows].astype(np.int64)
    places = np.arange(width)
    there = places < (counts.indptr[rows + 1] - starts)[:, None]
    entries = np.where(there, starts[:, None] + places, 0)
    times = np.where(there, counts.data[entries], 0.0)
    tiny = _EPSILON * exp_digamma(times.sum(axis=1, keepdims=True) + prior.sum())
    words = by_word.take(np.where(there, counts.indices[entries], counts.shape[1]), axis=0)
    return _Block(words, times.astype(words.dtype), tiny.astype(words.dtype))


def _settle(blocks: list[_Block], prior: Floats, rounds: int, threshold: float) -> Floats:
    """Repeat the step until each document has settled, or the rounds are over."""
    rows = np.arange(sum(len(block.times) for block in blocks))
    prior = prior.astype(blocks[0].words.dtype)
    found = np.empty((len(rows), len(prior)), dtype=prior.dtype)
    gamma, still = np.full_like(found, _START), np.ones(len(rows), dtype=bool)
    for pair in range(max(1, rounds // 2)):
        one = _step(gamma, blocks, prior)
        two = _step(one, blocks, prior)
        settled = still & (np.abs(two - one).sum(axis=1) < threshold * len(prior))
        found[rows[settled]] = two[settled]
        still &= ~settled
        if not still.any():
            return found
        gamma = two if pair < _PLAIN else _lengthen(gamma, one, two, prior)
        if np.count_nonzero(still) < _OPEN * len(still):
            blocks = _keep(blocks, still)
            rows, gamma, two, still = rows[still], gamma[still], two[still], still[still]
    found[rows[still]] = two[still]
    return found


def _keep(blocks: list[_Block], still: npt.NDArray[np.bool_]) -> list[_Block]:
    """Take settled documents out of their blocks."""
    ends = np.cumsum([len(block.times) for block in blocks])[:-1]
    kept = zip(blocks, np.split(still, ends), strict=True)
    return [_Block(*(part.take(np.flatnonzero(here), axis=0) for part in block)) for block, here in kept if here.any()]


def _step(gamma: Floats, blocks: list[_Block], prior: Floats) -> Floats:
    """Share the words among the topics by what each document holds so far, and count them anew."""
    theta = exp_digamma(gamma)
    new = np.empty_like(theta)
    start = 0
    for words, times, tiny in blocks:
        here = slice(start, start := start + len(times))
        likelihood = np.matmul(words, theta[here, :, None])[:, :, 0]
        likelihood += tiny
        np.divide(times, likelihood, out=likelihood)
        np.matmul(likelihood[:, None, :], words, out=new[here, None, :])
    new *= theta
    new += prior
    return new


def _lengthen(start: Floats, one: Floats, two: Floats, prior: Floats) -> Floats:
    """Go on from two steps in their direction, as far as their lengths suggest (SQUAREM, its third step length)."""
    first = one - start
    bend = two - one
    bend -= first
    across = np.sqrt(np.einsum("ij,ij->i", bend, bend))
    length = np.sqrt(np.einsum("ij,ij->i", first, first)) / np.maximum(across, _EPSILON)
    length = np.minimum(np.maximum(np.where(across > 0, length, 1.0), 1.0), _LONGEST)[:, None]
    first *= 2 * length
    bend *= length * length
    first += bend
    first += start
    return np.maximum(first, prior, out=first)


def _ratios(counts: sparse.csr_matrix, gamma: Floats, by_word: _Weights) -> Floats:
    """Sum over documents what each word's occurrences owe to each topic, before its weight there (K, V)."""
    theta = exp_digamma(gamma) / exp_digamma(gamma.sum(axis=1, keepdims=True))
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    ratios = np.empty(counts.nnz)
    for start in range(0, counts.nnz, _OCCURRENCES):
        some = slice(start, start + _OCCURRENCES)
        likelihood = np.einsum("ij,ij->i", theta[rows[some]], by_word[counts.indices[some]])
        ratios[some] = counts.data[some] / (likelihood + _EPSILON)
    shared = sparse.csr_matrix((ratios, counts.indices, counts.indptr), shape=counts.shape)
    return np.ascontiguousarray(np.asarray(shared.T @ theta).T)
