"""Clusters drawn again by weights, and what tests of many topics need: for topics by group and their trends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

Floats = npt.NDArray[np.float64]
_AT_ONCE = 4_000_000  # numbers held in memory while drawing


def draw_weights(clusters: int, width: int, draws: int, seed: int) -> Iterator[Floats]:
    """Bayesian bootstrap weights of the clusters, a block of draws at a time."""
    generator = np.random.default_rng(seed)
    block = max(1, _AT_ONCE // max(clusters, width))
    for start in range(0, draws, block):
        yield generator.standard_exponential((min(block, draws - start), clusters))


def count_clusters(cluster: npt.NDArray[np.intp], weight: Floats) -> tuple[int, float]:
    """How many clusters there are, and how many of one size they are worth (Kish 1965)."""
    sizes = np.bincount(cluster, weight)
    sizes = sizes[sizes > 0]
    return len(sizes), float(sizes.sum() ** 2 / (sizes**2).sum()) if len(sizes) else 0.0


def holm(p: npt.ArrayLike) -> Floats:
    """Adjust p-values for being many: the chance that any one of them is so small by chance alone (Holm 1979).

    Examples
    --------
    >>> holm([0.01, 0.04, float("nan"), 0.03]).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")
    order = order[~np.isnan(values[order])]
    adjusted = np.full(len(values), np.nan)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(values[order] * np.arange(len(order), 0, -1)))
    return adjusted


def p_value(value: Floats, error: Floats, df: float | Floats) -> Floats:
    """Chance of a value so far from 0 where the truth is 0, by Student's distribution."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return 2 * special.stdtr(df, -np.abs(value) / error)


def about_topics(topics: pd.DataFrame) -> pd.DataFrame:
    """One row a topic: its number, its label, whether it is weak."""
    return topics.drop_duplicates("topic")[["topic", "label", "weak"]]
