"""The two shares of a contrast, each with its interval at any level, and the correlation of their errors.

``contrasts`` says what it means; here are arrays only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.estimate.core import corrected_mean, covariance
from analysis.estimate.intervals import wilson_interval
from analysis.estimate.movers import Bounds
from analysis.estimate.powered import Answer, Problem, answer


@dataclass(frozen=True)
class Pair:
    """Two shares with their intervals, and how their errors go together.

    Attributes
    ----------
    first, second : callable
        Share, low and high at a level.
    correlation : float
        Of the two estimates' errors, from -1 to 1.
    helped : bool
        Whether the machine's labels were used.
    gain : tuple of float
        Variance of the difference and of the ratio by hand codes alone over that of this method.
    """

    first: Callable[[float], Bounds]
    second: Callable[[float], Bounds]
    correlation: float
    helped: bool = False
    gain: tuple[float, float] = (1.0, 1.0)


def coded_pair(problems: tuple[Problem, Problem], method: str) -> Pair:
    """Two shares from the same hand codes, helped by the machine as far as ``method`` says.

    Parameters
    ----------
    problems : pair of Problem
        Of one sample; with a code at least on each side.
    method : {"ppi++", "dsl", "hand codes"}

    Returns
    -------
    Pair
        With the intervals of ``estimate_share``, but for the bound of a label never met; the correlation by the
        design, from each code's contributions.
    """
    ours, theirs = ([answer(p, way) for p in problems] for way in (method, "hand codes"))
    correlation = _correlation(problems, ours)
    with_machine, alone = _variances(ours, correlation), _variances(theirs, _correlation(problems, theirs))
    gain = tuple(a / m if m > 0 else 1.0 for a, m in zip(alone, with_machine, strict=True))
    helped = any(found.tune > 0 for found in ours)
    # The exact bound of a label never met guards the one end of one share. In a difference it guards nothing: with two
    # codes a side 98 of 100 intervals held the truth, without it 95 to 96.
    first, second = (replace(found, alike=None).interval for found in ours)
    return Pair(first, second, correlation, helped, (gain[0], gain[1]))


def _correlation(problems: tuple[Problem, Problem], answers: list[Answer]) -> float:
    errors = [
        corrected_mean(p.sample, p.y, p.f, tune=a.tune, inside=p.inside)[1]
        for p, a in zip(problems, answers, strict=True)
    ]
    both = covariance(problems[0].sample, np.stack(errors, axis=1))
    spread = float(np.sqrt(max(0.0, both[0, 0] * both[1, 1])))
    return float(np.clip(both[0, 1] / spread, -1, 1)) if spread > 0 else 0.0


def _variances(answers: list[Answer], correlation: float) -> tuple[float, float]:
    """Variance of the difference; and of the ratio, as far as it is proportional to it."""
    (p, v), (q, w) = ((float(np.clip(a.share, 0, 1)), a.deviation.variance) for a in answers)
    both = correlation * np.sqrt(v * w)
    return v + w - 2 * both, q * q * v + p * p * w - 2 * p * q * both


def counted_pair(hits: tuple[NDArray, NDArray], insides: tuple[NDArray, NDArray], family: NDArray) -> Pair:
    """Two shares of machine labels with their spread between families (linearised).

    Parameters
    ----------
    hits, insides : pair of array of shape (N,)
        Where the label was said (1 or 0), and which comments are meant.
    family : array of int, shape (N,)
        Essay families, numbered from 0.

    Returns
    -------
    Pair
        Bounds are NaN where all comments of a side are of one family.
    """
    families = int(family.max()) + 1
    shares = [float(hit[inside].mean()) for hit, inside in zip(hits, insides, strict=True)]
    sums = [
        np.bincount(family, weights=np.where(inside, hit - share, 0.0) / inside.sum(), minlength=families)
        for hit, inside, share in zip(hits, insides, shares, strict=True)
    ]
    both = np.stack(sums) @ np.stack(sums).T * families / max(1, families - 1)
    spread = float(np.sqrt(both[0, 0] * both[1, 1]))
    correlation = float(np.clip(both[0, 1] / spread, -1, 1)) if spread > 0 else 0.0
    first, second = (
        _counted(share, float(variance), len(np.unique(family[inside])))
        for share, variance, inside in zip(shares, np.diag(both), insides, strict=True)
    )
    return Pair(first, second, correlation)


def _counted(share: float, variance: float, met: int) -> Callable[[float], Bounds]:
    """Wilson's interval from the spread between the families met; without spread these, not the comments, were seen."""
    effective = float("nan") if met < 2 else share * (1 - share) / variance if variance > 0 else float(met)

    def bounds(level: float) -> Bounds:
        return (share, *wilson_interval(share, effective, level=level, df=max(1, met - 1)))

    return bounds
