"""Intervals for shares: Wilson's form for any variance, and drawing essay families again.

It knows nothing about labels or comments.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import special

# Draws made at once in `bootstrap_shares`: 20 draws over 100,000 families take 16 MB an array.
_CHUNK = 20


def wilson_interval(share: float, n: float, *, level: float, df: float | None = None) -> tuple[float, float]:
    """Interval of a share seen in ``n`` independent cases; never outside 0 to 1 and never of width zero.

    Parameters
    ----------
    share : float
        From 0 to 1.
    n : float
        Number of cases, or the effective number ``share * (1 - share) / variance`` of a weighted or clustered
        share; infinite where everything was seen.
    level : float
        Nominal coverage, e.g. 0.95.
    df : float, optional
        Degrees of freedom of the variance: Student's quantile takes the place of the normal one.

    Returns
    -------
    low, high : float

    Notes
    -----
    With z the quantile at ``(1 + level) / 2``: ``(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)``
    (Wilson 1927, "Probable inference"). With an effective n as Franco, Little, Louis & Slud (2019) compare it for
    surveys. It always holds ``share``. With n below about ten it says little more than "unknown".

    Examples
    --------
    >>> [round(x, 3) for x in wilson_interval(0.0, 20, level=0.95)]
    [0.0, 0.161]
    """
    if not n > 0 or np.isnan(share):
        return float("nan"), float("nan")
    if np.isinf(n):
        return share, share
    q = (1 + level) / 2
    z2 = float(special.ndtri(q) if df is None else special.stdtrit(df, q)) ** 2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2) * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return float(min(share, max(0.0, centre - half))), float(max(share, min(1.0, centre + half)))


def resample_clusters(clusters: NDArray, draws: int, seed: int) -> Iterator[NDArray[np.intp]]:
    """Draw whole clusters again and again, with replacement, and give the rows of each draw.

    Parameters
    ----------
    clusters : array of shape (n,)
        The cluster (essay family) of each row; any values.
    draws : int
    seed : int

    Yields
    ------
    array of int
        Row numbers, ascending; a row of a cluster drawn twice stands twice. As many clusters a draw as there are.

    Notes
    -----
    The cluster bootstrap (Davison & Hinkley 1997, ch. 3.8). With fewer than about twenty clusters its intervals are
    too narrow.
    """
    names, codes = np.unique(np.asarray(clusters).astype(str), return_inverse=True)
    generator, rows = np.random.default_rng(seed), np.arange(len(codes))
    for _ in range(draws):
        times = np.bincount(generator.integers(len(names), size=len(names)), minlength=len(names))
        yield np.repeat(rows, times[codes])


def bootstrap_shares(hits: NDArray, sizes: NDArray, *, draws: int, seed: int) -> NDArray[np.float64]:
    """Share in each of ``draws`` bootstrap draws of whole clusters.

    Parameters
    ----------
    hits, sizes : array of shape (clusters,)
        How many rows of each cluster count, and how many there are.
    draws, seed : int

    Returns
    -------
    array of shape (draws,)
        Shares from 0 to 1.
    """
    generator, found = np.random.default_rng(seed), []
    for start in range(0, draws, _CHUNK):
        picked = generator.integers(len(sizes), size=(min(_CHUNK, draws - start), len(sizes)), dtype=np.int32)
        found.append(hits[picked].sum(axis=1) / sizes[picked].sum(axis=1))
    return np.concatenate(found)
