"""The two shares of a contrast, each with what its interval is made of, and the correlation of their errors.

``contrasts`` says what it means; here are arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.estimate.core import Sample, corrected_mean, covariance, degrees_of_freedom, slope
from analysis.estimate.intervals import wilson_interval
from analysis.estimate.movers import Bounds

CORRECTED = ("ppi++", "dsl", "hand codes")
# A residual variance met in few codes is drawn toward that of the codes themselves as if four more had been seen
# (the four of Agresti & Coull 1998): one rare label well predicted is not yet a perfect machine.
_PSEUDO_CODES = 4


@dataclass(frozen=True)
class Arm:
    """A share, the number of independent comments that would tell it as surely, and the variance's freedom."""

    share: float
    effective: float
    df: float

    def bounds(self, level: float) -> Bounds:
        """Share, low and high of Wilson's form."""
        return (self.share, *wilson_interval(self.share, self.effective, level=level, df=self.df))


@dataclass(frozen=True)
class Asked:
    """What is asked: the hand codes (1 where they say the label), the machine's chances or hits, and of whom."""

    y: NDArray
    f: NDArray
    inside: NDArray


@dataclass(frozen=True)
class Pair:
    """Two arms, the correlation of their errors, and how much surer the machine made the contrast.

    ``gain``: variance of (difference, ratio) by hand codes alone over that of the method; 1 where it is not used.
    """

    first: Arm
    second: Arm
    correlation: float
    gain: tuple[float, float] = (1.0, 1.0)


def coded_pair(sample: Sample, sides: tuple[Asked, Asked], method: str) -> Pair:
    """Two shares from hand codes, helped by the machine as far as ``method`` says.

    Parameters
    ----------
    sample : Sample
        With a code at least on each side.
    sides : pair of Asked
    method : {"ppi++", "dsl", "hand codes"}

    Returns
    -------
    Pair
    """
    arms, errors, alone = [], [], []
    for side in sides:
        pull = {"hand codes": 0.0, "dsl": 1.0}.get(method)
        pull = slope(side.y, side.f[sample.rows], sample.weight) if pull is None else pull
        mean, error = corrected_mean(sample, side.y, side.f, tune=pull, inside=side.inside)
        _, by_hand = corrected_mean(sample, side.y, side.f, tune=0.0, inside=side.inside)
        arms.append(_arm(sample, side, float(np.clip(mean, 0, 1)), error, by_hand))
        errors.append(error)
        alone.append(by_hand)
    both = covariance(sample, np.stack(errors, axis=1))
    hand = covariance(sample, np.stack(alone, axis=1))
    spread = float(np.sqrt(both[0, 0] * both[1, 1]))
    correlation = float(np.clip(both[0, 1] / spread, -1, 1)) if spread > 0 else 0.0
    return Pair(arms[0], arms[1], correlation, _gains(both, hand, arms))


def _arm(sample: Sample, side: Asked, share: float, error: NDArray, by_hand: NDArray) -> Arm:
    own = side.inside[sample.rows]
    n, units = int(own.sum()), len(np.unique(sample.unit[own]))
    variance, alone = (float(covariance(sample, part)[0, 0]) * units / max(1, units - 1) for part in (error, by_hand))
    variance = (n * variance + _PSEUDO_CODES * alone) / (n + _PSEUDO_CODES)
    df = min(degrees_of_freedom(sample, error), max(1, units - 1))
    weight, left = sample.weight[own], float(sample.left[own].mean())
    if variance > 0 and 0 < share < 1:
        return Arm(share, share * (1 - share) / variance, df)
    seen = float(weight.sum() ** 2 / (weight @ weight)) * units / n
    return Arm(share, seen / left if left > 0 else float("inf"), df)


def _gains(both: NDArray, hand: NDArray, arms: list[Arm]) -> tuple[float, float]:
    """How much larger the variances of difference and ratio would be by hand codes alone."""
    p, q = arms[0].share, arms[1].share
    found = []
    for way in (np.array([1.0, -1.0]), np.array([q, -p])):
        ours, theirs = float(way @ both @ way), float(way @ hand @ way)
        found.append(theirs / ours if ours > 0 else 1.0)
    return found[0], found[1]


def counted_pair(sides: tuple[Asked, Asked], family: NDArray) -> Pair:
    """Two shares of machine labels (``f`` of each side: 1 where the label was said) and their spread over families."""
    families = int(family.max()) + 1
    shares, errors = [], []
    for side in sides:
        share = float(side.f[side.inside].mean())
        part = np.where(side.inside, side.f - share, 0.0) / side.inside.sum()
        errors.append(np.bincount(family, weights=part, minlength=families))
        shares.append(share)
    both = np.cov(np.stack(errors), bias=True) * families * families / max(1, families - 1)
    arms = []
    for share, variance, side in zip(shares, np.diag(both), sides, strict=True):
        met = len(np.unique(family[side.inside]))
        effective = share * (1 - share) / variance if variance > 0 else float(met)
        arms.append(Arm(share, effective if met > 1 else float("nan"), max(1, met - 1)))
    spread = float(np.sqrt(both[0, 0] * both[1, 1]))
    return Pair(arms[0], arms[1], float(np.clip(both[0, 1] / spread, -1, 1)) if spread > 0 else 0.0)


def planning_squares(sample: Sample, side: Asked) -> NDArray:
    """Squared residual of each code about its stratum's mean, as far as variances are proportional to them."""
    f = side.f[sample.rows]
    found = []
    for pull in (slope(side.y, f, sample.weight), 0.0):
        e = side.y - pull * f
        sums = np.bincount(sample.stratum, weights=sample.weight)
        middle = np.bincount(sample.stratum, weights=sample.weight * e) / sums
        found.append((e - middle[sample.stratum]) ** 2)
    n = len(f)
    squares = (n * found[0] + _PSEUDO_CODES * found[1]) / (n + _PSEUDO_CODES)
    return squares if squares.any() else np.ones(n)
