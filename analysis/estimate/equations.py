"""The arithmetic of a regression of which only a sample has its outcome: equations, their solution, their variance.

``regression`` says what it means; here are no tables and no names, only arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.estimate.core import Sample

# Newton's method doubles its digits each step and is there in ten. A coefficient that nothing stops grows by about one
# a step for ever; past 36 rounding would seem to stop it.
_STEPS = 30
_STILL = 1e-10  # a step, in the scaled terms, that changes no printed digit
_STRIDE = 5.0  # the longest step in log odds: a first step too far does not come back
# Without one family this part, or less, of what is known in some direction is left: nothing but rounding.
_ALONE = 1e-6
_SEPARATED = (
    "The logistic regression has no finite answer: {term!r} (alone or with others) decides whether a coded comment is "
    "{label}, or the codes are too few; merge its categories, leave it out, code more, or use the linear form."
)
_ONE_FAMILY = (
    "The term {term!r} rests on one essay family alone, so it cannot be told from that essay; merge its category with "
    "another, leave it out, or code comments of more essays."
)


class UndefinedError(Exception):
    """A coefficient that cannot be told; ``term`` is its number, ``sentence`` says why of ``{term}``."""

    def __init__(self, term: int, sentence: str) -> None:
        super().__init__(sentence)
        self.term, self.sentence = term, sentence


@dataclass(frozen=True)
class Equations:
    """Terms z, machine chances f and labels of all comments; codes y and weights of the coded ones.

    ``z`` are the terms brought to one scale (years beside shares would cost half the digits); ``back`` leads from
    coefficients of these to those of the terms.
    """

    z: NDArray
    back: NDArray
    f: NDArray
    hit: NDArray
    family: NDArray
    sample: Sample
    weight: NDArray
    y: NDArray

    @property
    def families(self) -> int:
        """How many essay families the comments are of."""
        return int(self.family.max()) + 1


def solve(z: NDArray, outcome: NDArray, weight: NDArray, form: str) -> tuple[NDArray, NDArray, NDArray]:
    """Coefficients with ``sum z (weight m - outcome) = 0``; the fitted m, and how steeply each ``weight m`` rises."""
    beta = np.zeros(z.shape[1])
    for _ in range(_STEPS):
        fitted = z @ beta if form == "linear" else special.expit(z @ beta)
        bend = weight if form == "linear" else weight * fitted * (1 - fitted)
        step = np.linalg.lstsq((z * bend[:, None]).T @ z, z.T @ (outcome - weight * fitted), rcond=None)[0]
        if np.abs(step).max() < _STILL:
            return beta, fitted, bend
        longest = float(np.abs(z @ step).max())
        beta = beta + step * (min(1.0, _STRIDE / longest) if form == "logistic" else 1.0)
    raise UndefinedError(int(np.argmax(np.abs(beta[1:]))) + 1, _SEPARATED)


def fit(data: Equations, pull: float, form: str) -> tuple[NDArray, NDArray]:
    """Coefficients of the scaled terms and their covariance, the machine used as far as ``pull``."""
    rows = data.sample.rows
    outcome, weight = pull * data.f, np.full(len(data.f), pull)
    outcome[rows] += data.weight * (data.y - pull * data.f[rows])
    weight[rows] += (1 - pull) * data.weight
    beta, fitted, bend = solve(data.z, outcome, weight, form)
    codes, machine = _scores(data, fitted)
    return beta, sandwich(data, codes + pull * machine, bend)


def _scores(data: Equations, fitted: NDArray) -> tuple[NDArray, NDArray]:
    """What each comment adds to the equations: from the hand codes, and from the machine."""
    rows = data.sample.rows
    machine = (data.f - fitted)[:, None] * data.z
    codes = (data.y - fitted[rows])[:, None] * data.z[rows]
    nothing = np.zeros_like(machine)
    return _spread_out(data, nothing, codes), _spread_out(data, machine, -machine[rows])


def _spread_out(data: Equations, known: NDArray, coded: NDArray) -> NDArray:
    """Share of each comment in the sum ``known + weighted coded``, such that their squares give its variance.

    In a draw by stratum the weighted sum varies only as its rows do about their stratum's mean; the mean itself is
    carried by all comments of the stratum. Which stratum an uncoded comment is in is not known here: these carry the
    mean over strata.
    """
    rows, stratum = data.sample.rows, data.sample.stratum
    sizes, seen = np.bincount(stratum, weights=data.weight), np.bincount(stratum)
    mean = np.stack([np.bincount(stratum, weights=data.weight * c) / sizes for c in coded.T], axis=1)
    left = len(known) - len(rows)
    parts = known + (((sizes - seen)[:, None] * mean).sum(axis=0) / left if left else 0.0)
    own = mean[stratum]
    parts[rows] = known[rows] + own + data.weight[:, None] * (coded - own)
    return parts


def sandwich(data: Equations, scores: NDArray, bend: NDArray) -> NDArray:
    """Covariance of the coefficients: how far each would move without one family, squared and summed (CV3)."""
    size, families = data.z.shape[1], data.families
    slopes = np.empty((families, size, size))
    for i, j in zip(*np.tril_indices(size), strict=True):
        part = data.z[:, i] * data.z[:, j] * bend
        slopes[:, i, j] = slopes[:, j, i] = np.bincount(data.family, weights=part, minlength=families)
    sums = np.stack([np.bincount(data.family, weights=column, minlength=families) for column in scores.T], axis=1)
    whole = slopes.sum(axis=0)
    sizes, directions = np.linalg.eigh(whole - slopes)
    alone = np.flatnonzero(sizes[:, 0] < _ALONE * np.linalg.eigvalsh(whole)[0])
    if len(alone):
        raise UndefinedError(int(np.argmax(np.abs(directions[alone[0], 1:, 0]))) + 1, _ONE_FAMILY)
    moved = np.linalg.solve(whole - slopes, sums[:, :, None])[:, :, 0]
    return moved.T @ moved * (families - 1) / families


def tune(data: Equations, form: str) -> float:
    """How far to use the machine: least sum of variances, each in parts of that of hand codes alone.

    The intercept has no say: its variance depends on where a covariate such as the year has its zero.
    """
    rows = data.sample.rows
    outcome, weight = np.zeros(len(data.f)), np.zeros(len(data.f))
    outcome[rows], weight[rows] = data.weight * data.y, data.weight
    _, fitted, bend = solve(data.z, outcome, weight, form)
    codes, machine = _scores(data, fitted)
    alone, added, both = (
        np.diag(data.back @ sandwich(data, scores, bend) @ data.back.T)[1:]
        for scores in (codes, machine, codes + machine)
    )
    own = float((added / alone).sum())
    return float(np.clip(((alone + added - both) / (2 * alone)).sum() / own, 0, 1)) if own > 0 else 0.0
