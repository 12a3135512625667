"""Intervals from a few codes: how far the share may lie from its estimate, when some kinds of comment were never met.

A variance estimated from sixty codes, three of them spam, is too small just when the estimate is too low, and nothing
at all where a label was not met. So each cell of the sample (a stratum; or the comments the machine gives the label,
and the others) is thought to hold a little more than was seen: pseudo-codes that sum to about one comment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.estimate.core import Floats, Sample, stratum_covariances

# Pseudo-codes a cell: half a comment with the label and half without, Jeffreys's choice, where there is one cell.
_PSEUDO = 1.0
# A little more where the machine cuts an unstratified sample in two, as nobody saw to it that both parts were met.
_PSEUDO_CUT = 1.3
# Of the pseudo-codes in several cells this part is halved between with and without the label, the rest follows all
# codes: half and half in each would promise a rare label in every cell. These three numbers were chosen on 42 simulated
# settings (benchmarks/estimates.py has others) for coverage nearest to nominal in all of them.
_HALVED = 0.5
# Third moments below this leave the normal quantile as it is.
_STRAIGHT = 1e-3


@dataclass(frozen=True)
class Deviation:
    """How far the true share may lie from the estimate: the first three cumulants of (truth - estimate)."""

    mean: float
    variance: float
    third: float

    def quantile(self, q: float, stretch: float = 1.0) -> float:
        """Quantile of a Pearson type III distribution with these cumulants, its spread multiplied by ``stretch``."""
        if self.variance <= 0:
            return 0.0
        spread, skew = np.sqrt(self.variance), self.third / self.variance**1.5
        if abs(skew) < _STRAIGHT:
            return float(self.mean + stretch * spread * special.ndtri(q))
        shape = 4 / skew**2
        x = special.gammaincinv(shape, q if skew > 0 else 1 - q)
        return float(self.mean + stretch * spread * np.sign(skew) * (x - shape) / np.sqrt(shape))


@dataclass(frozen=True)
class Residuals:
    """What a sample says about a corrected mean.

    Attributes
    ----------
    y, e : array of shape (n,)
        Codes, and centred residuals ``y - t f - mean``, widened for the slope's own error where it was estimated.
    f : array of shape (N,)
        The machine's chances.
    tune, middle : float
        t, and the weighted mean of ``y - t f``.
    inside : array of bool, shape (N,)
        The comments the mean is of.
    """

    y: Floats
    e: Floats
    f: Floats
    tune: float
    middle: float
    inside: NDArray[np.bool_]


def deviation(sample: Sample, found: Residuals) -> Deviation:
    """How far the true share may lie from its estimate over repeated samples of this design.

    Returns
    -------
    Deviation
        Zero where every comment was coded.

    Notes
    -----
    In each stratum the mean of the residuals has the distribution it has when the codes seen, and the pseudo-codes,
    have Dirichlet weights (Rubin 1981; with one stratum and no machine this is close to the beta interval of Jeffreys
    in Brown, Cai & DasGupta 2001). Its cumulants are those of the weighted values, v / (A + 1) and
    2 m3 / ((A + 1)(A + 2)) with A codes; in several cells, whose means are all estimated, v / A. Strata add.
    The finite-population factor and the gain of a spread draw, as ``covariance`` has them, shrink each stratum. The
    location moves by one cell's worth of pseudo-codes in all, however many cells there are: in many strata with
    nothing met, pseudo-codes would add up to a share.
    """
    own = found.inside[sample.rows]
    total = float(sample.weight[own].sum())
    u = np.where(own, sample.weight, 0.0) * found.e / total
    alike = len(np.unique(sample.stratum)) == 1
    finite, df = stratum_covariances(sample, u)
    plain, _ = stratum_covariances(
        Sample(sample.rows, sample.weight, sample.stratum, sample.unit, sample.left, sample.population),
        u,
        finite=False,
    )
    mean = variance = third = 0.0
    for h in range(len(df)):
        mine = sample.stratum == h
        if alike:
            mine = mine & own  # in one lot from all comments, those of a group are a lot from the group
        if not mine.any() or not sample.left[mine].max() > 0:
            continue
        values = _by_unit(u[mine], sample.unit[mine])
        cells = _cells(sample, found, mine, cut=alike and found.tune > 0 and len(values) == mine.sum())
        points, weights = _pseudo_codes(sample, found, cells, total)
        m = len(values)
        part, v, m3 = _dirichlet(values, points, weights, several=len(df) * len(cells) > 1)
        left = float(sample.left[mine].mean())
        share = finite[h, 0, 0] / plain[h, 0, 0] if plain[h, 0, 0] > 0 else left
        scale = (m * share + weights.sum() * left) / (m + weights.sum())
        mean += np.sqrt(scale) * part / (len(df) * len(cells))
        variance += scale * v
        third += scale**1.5 * m3
    return Deviation(mean, variance, third)


def _by_unit(values: Floats, unit: np.ndarray) -> Floats:
    names, number = np.unique(unit, return_inverse=True)
    return values if len(names) == len(values) else np.bincount(number, weights=values).astype(float)


def _cells(sample: Sample, found: Residuals, mine: np.ndarray, *, cut: bool) -> list[tuple[float, float, float, float]]:
    """Each cell's number of pseudo-codes, mean chance, weight of a unit, and the part of them that is halved.

    A cell the sample was hardly to meet gets no more than the codes expected of it.
    """
    units = len(np.unique(sample.unit[mine]))
    each = float(sample.weight[mine].sum() / units)
    f_coded = found.f[sample.rows]
    if not cut:
        chance = float(np.average(f_coded[mine], weights=sample.weight[mine]))
        halved = _HALVED if len(np.unique(sample.stratum)) > 1 else 1.0
        return [(_PSEUDO, chance, each, halved)]
    cells = []
    f = found.f[found.inside]
    for high in (True, False):
        there, met = (f >= 0.5) == high, mine & ((f_coded >= 0.5) == high)
        if there.any():
            weight = float(sample.weight[met].mean()) if met.any() else each
            k = _PSEUDO_CUT * min(1.0, units * float(there.mean()))
            cells.append((k, float(f[there].mean()), weight, _HALVED))
    return cells


def _pseudo_codes(
    sample: Sample, found: Residuals, cells: list[tuple[float, float, float, float]], total: float
) -> tuple[Floats, Floats]:
    """Contributions and weights of the pseudo-codes."""
    n = len(found.y)
    overall = (float(np.average(found.y, weights=sample.weight)) * n + 0.5) / (n + 1)
    points, weights = [], []
    for k, chance, each, halved in cells:
        part = halved / 2 + (1 - halved) * overall
        for y, p in ((1.0, part), (0.0, 1 - part)):
            points.append(each * (y - found.tune * chance - found.middle) / total)
            weights.append(k * p)
    return np.array(points), np.array(weights)


def _dirichlet(values: Floats, points: Floats, weights: Floats, *, several: bool) -> tuple[float, float, float]:
    """Shift, variance and third cumulant of m times the Dirichlet mean of values (weight 1) and pseudo-codes."""
    m = len(values)
    every, mass = np.concatenate([values, points]) * m, np.concatenate([np.ones(m), weights])
    count = float(mass.sum())
    centre = float(mass @ every / count)
    d = every - centre
    variance = float(mass @ d**2 / count) / (count if several else count + 1)
    third = 2 * float(mass @ d**3 / count) / ((count + 1) * (count + 2))
    return centre - float(values.sum()), variance, third
