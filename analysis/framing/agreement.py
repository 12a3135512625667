"""Do the instruments put the essays in one order? Rank correlations and Krippendorff's alpha, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis.estimate import resample_clusters
from analysis.topics.model import Floats

INSTRUMENTS = ("seeded", "semantic", "grammar")
ALL = "all three"
DRAWS = 1000
LEVEL = 0.95
LEAST_ALPHA = 0.667  # Krippendorff's floor for tentative conclusions (2004, Content Analysis, ch. 11)
_FEWEST_REPEATS = 10  # passages beyond the first of their essay: with fewer a share of variance is anything
FEWEST_ESSAYS = 8  # with a score from all three: with fewer even chance gives high correlations


def scores_of(weights: Floats, essays: Sequence[str], names: Sequence[str]) -> Floats:
    """Sum the weights of the two poles over each essay's passages and give the balance.

    Parameters
    ----------
    weights : ndarray, shape (passages, 2)
        Low and high, from 0.
    essays : sequence of str
        doc_id of each passage.
    names : sequence of str
        Essays, in the order wanted.

    Returns
    -------
    ndarray, shape (essays,)
        ``(high - low) / (high + low)``, from -1 to 1; NaN where both are 0.
    """
    place = {name: row for row, name in enumerate(names)}
    sums = np.zeros((len(names), 2))
    np.add.at(sums, [place[name] for name in essays], weights)
    return balance(sums)


def balance(weights: Floats) -> Floats:
    """``(high - low) / (high + low)`` of every row; NaN where both are 0.

    Examples
    --------
    >>> balance(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [0.5, nan]
    """
    both = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(both > 0, (weights[:, 1] - weights[:, 0]) / both, np.nan))


def rank_correlation(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation over the rows both have; NaN with fewer than three or without spread.

    Examples
    --------
    >>> round(rank_correlation(np.array([1.0, 2.0, 4.0]), np.array([0.1, 0.2, 0.9])), 6)
    1.0
    """
    return float(_correlations(one, other, None)[0])


def rank_alpha(scores: Floats) -> float:
    """Krippendorff's alpha of several instruments' orders of the same essays.

    Parameters
    ----------
    scores : ndarray, shape (essays, instruments)
        Rows with a gap are left out.

    Returns
    -------
    float
        1: the same order; 0: as by chance; below: against each other. NaN with fewer than three essays, or where an
        instrument tells none from another.

    Notes
    -----
    The interval metric on the ranks within each instrument, ``alpha = 1 - D_o / D_e`` (Krippendorff 2004): the
    instruments' units differ, so only the order can agree.

    Examples
    --------
    >>> round(rank_alpha(np.array([[1, 10], [2, 20], [3, 40.0]])), 3)
    1.0
    """
    return float(_alphas(scores, None)[0])


def _correlations(one: Floats, other: Floats, draws: np.ndarray | None) -> Floats:
    both = ~(np.isnan(one) | np.isnan(other))
    if both.sum() < 3:
        return np.full(1 if draws is None else len(draws), np.nan)
    pairs = np.column_stack([one[both], other[both]])
    drawn = pairs[None] if draws is None else pairs[draws]
    ranks = rankdata(drawn, axis=1)
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).sum(axis=1)).prod(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(spread > 0, centred.prod(axis=2).sum(axis=1) / spread, np.nan))


def _alphas(scores: Floats, draws: np.ndarray | None) -> Floats:
    whole = scores[~np.isnan(scores).any(axis=1)]
    if len(whole) < 3:
        return np.full(1 if draws is None else len(draws), np.nan)
    drawn = whole[None] if draws is None else whole[draws]
    ranks = rankdata(drawn, axis=1)
    number = ranks.shape[2]
    within = ranks.var(axis=2, ddof=1).mean(axis=1)  # half the mean squared difference of two values of one essay
    total = ranks.reshape(len(ranks), -1).var(axis=1, ddof=1)  # and of any two values
    told = (ranks.std(axis=1) > 0).sum(axis=1) == number
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(told, 1 - within / total, np.nan))


def stat_agreement(scores: Floats, *, seed: int) -> pd.DataFrame:
    """Say how far the instruments agree on the essays' order, pair by pair and all together.

    Parameters
    ----------
    scores : ndarray, shape (essays, 3)
        In the order of ``INSTRUMENTS``; NaN where an instrument has none.
    seed : int
        Of the bootstrap over essays.

    Returns
    -------
    DataFrame
        of ("seeded, semantic", ..., "all three"), statistic ("rank correlation"; for all three "alpha"), value, low,
        high (95 %, percentiles of 1,000 draws of essays; NaN below eight essays), essays (with a score from each).
    """
    rows = []
    for one, other in combinations(range(len(INSTRUMENTS)), 2):
        both = int((~np.isnan(scores[:, [one, other]]).any(axis=1)).sum())
        value = rank_correlation(scores[:, one], scores[:, other])
        drawn = _drawn(both, seed)
        low, high = _bounds(None if drawn is None else _correlations(scores[:, one], scores[:, other], drawn))
        rows.append((f"{INSTRUMENTS[one]}, {INSTRUMENTS[other]}", "rank correlation", value, low, high, both))
    whole = int((~np.isnan(scores).any(axis=1)).sum())
    drawn = _drawn(whole, seed)
    low, high = _bounds(None if drawn is None else _alphas(scores, drawn))
    rows.append((ALL, "alpha", rank_alpha(scores), low, high, whole))
    return pd.DataFrame(rows, columns=["of", "statistic", "value", "low", "high", "essays"])


def _drawn(essays: int, seed: int) -> np.ndarray | None:
    if essays < FEWEST_ESSAYS:
        return None
    return np.array(list(resample_clusters(np.arange(essays), DRAWS, seed)))


def _bounds(values: Floats | None) -> tuple[float, float]:
    if values is None or np.isnan(values).mean() > 0.5:
        return float("nan"), float("nan")
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail])
    return float(low), float(high)


def separation(weights: Floats, essays: Sequence[str]) -> float:
    """Say how much of the differences between paragraphs lies between essays.

    Parameters
    ----------
    weights : ndarray, shape (passages, 2)
    essays : sequence of str
        doc_id of each passage.

    Returns
    -------
    float
        The intraclass correlation ICC(1) of the passages' balance (Shrout & Fleiss 1979), at most 1; about 0: essays
        differ no more than their paragraphs do. NaN with hardly any essay in which several passages say anything.
    """
    values = balance(weights)
    known = ~np.isnan(values)
    values = values[known]
    own, place, sizes = np.unique(np.asarray(essays)[known], return_inverse=True, return_counts=True)
    if len(own) < 2 or len(values) - len(own) < _FEWEST_REPEATS:
        return float("nan")
    means = (np.bincount(place, weights=values) / sizes)[place]
    within = float(((values - means) ** 2).sum() / (len(values) - len(own)))
    between = float(((means - values.mean()) ** 2).sum() / (len(own) - 1))
    mean_size = (len(values) - float((sizes**2).sum()) / len(values)) / (len(own) - 1)
    whole = between + (mean_size - 1) * within
    return (between - within) / whole if whole > 0 else float("nan")
