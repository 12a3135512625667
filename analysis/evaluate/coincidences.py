"""What coders said of the same comments, counted essay by essay, so that agreement over any draw of essays is a sum.

It knows neither labels nor comments; ``agreement`` says what the figures mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_CELLS = 2_000_000  # clusters times draws held at once: 16 MB


@dataclass(frozen=True)
class Tally:
    """Pairs of codes within clusters.

    Attributes
    ----------
    values : tuple
        The k values, in the order they were asked for or first met.
    coincidences : array of shape (clusters, k, k)
        Ordered pairs of codes of one unit, each worth ``1 / (m - 1)`` where m coders coded the unit.
    confusions : array of shape (clusters, pairs of coders, k, k)
        Units by what the first (row) and the second coder (column) of each pair said.
    units : array of shape (clusters,)
        Units coded twice or more.
    """

    values: tuple
    coincidences: NDArray[np.float64]
    confusions: NDArray[np.float64]
    units: NDArray[np.int_]


def tally_codes(codes: NDArray, clusters: NDArray | None = None, *, values: tuple | None = None) -> Tally:
    """Count pairs of codes.

    Parameters
    ----------
    codes : array of object of shape (units, coders)
        None or NaN where a coder gave none.
    clusters : array of shape (units,), optional
        All units in one cluster by default.
    values : tuple, optional
        Values in the order wanted; those in ``codes``, as they come, by default.

    Returns
    -------
    Tally
    """
    flat, met = pd.factorize(pd.Series(codes.ravel(), dtype=object))
    found = tuple(met) if values is None else values
    if values is not None:
        flat = np.append(pd.Index(values, dtype=object).get_indexer(met), -1)[flat]
    coded = flat.reshape(codes.shape)
    twice = (coded >= 0).sum(axis=1) >= 2
    coded = coded[twice]
    group = np.zeros(len(coded), dtype=int) if clusters is None else pd.factorize(np.asarray(clusters)[twice])[0]
    g, k = int(group.max(initial=-1)) + 1, len(found)
    said = np.zeros((len(coded), codes.shape[1], k + 1))
    said[np.arange(len(coded))[:, None], np.arange(codes.shape[1]), coded] = 1  # column k (-1): no code
    counts = said[:, :, :k].sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, np.arange(k), np.arange(k)] -= counts
    coincidences = _sum_by(pairs / (counts.sum(axis=1) - 1)[:, None, None], group, g)
    confusions = np.zeros((g, codes.shape[1] * (codes.shape[1] - 1) // 2, k, k))
    for p, (a, b) in enumerate(combinations(range(codes.shape[1]), 2)):
        both = (coded[:, a] >= 0) & (coded[:, b] >= 0)
        np.add.at(confusions, (group[both], p, coded[both, a], coded[both, b]), 1)
    return Tally(found, coincidences, confusions, np.bincount(group, minlength=g))


def _sum_by(values: NDArray, group: NDArray, groups: int) -> NDArray[np.float64]:
    total = np.zeros((groups, *values.shape[1:]))
    np.add.at(total, group, values)
    return total


def alpha_of(coincidences: NDArray) -> tuple[NDArray, NDArray]:
    """Krippendorff's alpha for nominal values, and the disagreement expected by chance.

    Parameters
    ----------
    coincidences : array of shape (..., k, k)

    Returns
    -------
    alpha, expected : array of shape (...)
        NaN where fewer than two values were paired.
    """
    totals = coincidences.sum(axis=-1)
    n = totals.sum(axis=-1)
    same = np.trace(coincidences, axis1=-2, axis2=-1)
    chance = n * n - (totals * totals).sum(axis=-1)
    # Values that each stand in whole units give chance above one half; sums of thirds may leave a dust of 1e-12.
    defined = chance > 0.5
    expected = _ratio(chance, n * (n - 1), defined)
    return 1 - _ratio((n - 1) * (n - same), chance, defined), expected


def kappa_of(confusions: NDArray) -> tuple[NDArray, NDArray]:
    """Cohen's kappa averaged over the pairs of coders for whom it is defined, and the disagreement expected by chance.

    Parameters
    ----------
    confusions : array of shape (..., pairs, k, k)

    Returns
    -------
    kappa, expected : array of shape (...)
    """
    n = confusions.sum(axis=(-2, -1))
    same = np.trace(confusions, axis1=-2, axis2=-1)
    by_chance = (confusions.sum(axis=-1) * confusions.sum(axis=-2)).sum(axis=-1)
    defined = n * n - by_chance > 0.5
    kappa = 1 - _ratio(n * (n - same), n * n - by_chance, defined)
    expected = _ratio(n * n - by_chance, n * n, defined)
    return _mean_defined(kappa, defined), _mean_defined(expected, defined)


def agreement_of(confusions: NDArray) -> NDArray:
    """Part of the pairs of codes that are the same; ``confusions`` of shape (..., pairs, k, k)."""
    n = confusions.sum(axis=(-3, -2, -1))
    same = np.trace(confusions, axis1=-2, axis2=-1).sum(axis=-1)
    return _ratio(same, n, n > 0)


def _ratio(top: NDArray, below: NDArray, defined: NDArray) -> NDArray[np.float64]:
    return np.divide(top, below, out=np.full(np.shape(below), np.nan), where=defined)


def _mean_defined(values: NDArray, defined: NDArray) -> NDArray[np.float64]:
    known = defined.sum(axis=-1)
    return _ratio(np.where(defined, values, 0.0).sum(axis=-1), known, known > 0)


def fold(counts: NDArray, k: int) -> NDArray[np.float64]:
    """Keep value number ``k`` and take all others for one: (..., values, values) becomes (..., 2, 2)."""
    to = np.zeros((counts.shape[-1], 2))
    to[:, 1] = 1
    to[k] = [1, 0]
    return to.T @ counts @ to


def draw_sums(tally: Tally, draws: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum a tally over whole clusters drawn with replacement, again and again.

    Returns
    -------
    coincidences : array of shape (draws, k, k)
    confusions : array of shape (draws, pairs, k, k)

    Notes
    -----
    The cluster bootstrap (Davison & Hinkley 1997, ch. 3.8): as many clusters a draw as there are.
    """
    g = len(tally.units)
    flat = [c.reshape(g, -1) for c in (tally.coincidences, tally.confusions)]
    found: list[list[NDArray]] = [[], []]
    generator, step = np.random.default_rng(seed), max(1, _CELLS // max(1, g))
    for start in range(0, draws, step):
        n = min(step, draws - start)
        picked = generator.integers(g, size=(n, g)) + g * np.arange(n)[:, None]
        times = np.bincount(picked.ravel(), minlength=n * g).reshape(n, g).astype(float)
        for kept, counts in zip(found, flat, strict=True):
            kept.append(times @ counts)
    sums = [np.concatenate(kept) for kept in found]
    return sums[0].reshape(draws, *tally.coincidences.shape[1:]), sums[1].reshape(draws, *tally.confusions.shape[1:])
