"""A share from hand codes, helped by the machine's chances as far as they help. ``shares`` says what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analysis.estimate.core import Floats, Sample, corrected_mean, covariance
from analysis.estimate.posterior import Deviation, Residuals, deviation

Bools = NDArray[np.bool_]
# A comment that pulls the slope to itself hides its own residual; widened by the root of what it hides (MacKinnon &
# White 1985, HC2), which at most quadruples its square.
_MOST_PULL = 0.75


@dataclass(frozen=True)
class Problem:
    """One label in one group: the sample, codes y (n,), chances f (N,), and the comments of the group (N,)."""

    sample: Sample
    y: Floats
    f: Floats
    inside: Bools

    @property
    def own(self) -> Bools:
        """Which codes are of comments of the group."""
        return self.inside[self.sample.rows]


@dataclass(frozen=True)
class Answer:
    """A share with its deviation: ``share`` unclipped, ``worth`` in hand codes, ``tune`` as used.

    ``alike``: where all codes agree and the machine is left out, how many codes of a simple sample they are as good
    as; else None.
    """

    share: float
    deviation: Deviation
    tune: float
    worth: float = 0.0
    alike: float | None = None

    def interval(self, level: float, *, stretch: float = 1.0) -> tuple[float, float, float]:
        """Share, low and high, within 0 to 1; the interval holds the share."""
        share = min(1.0, max(0.0, self.share))
        if np.isnan(share):
            return (float("nan"),) * 3
        away = [self.deviation.quantile(q, stretch) for q in ((1 - level) / 2, (1 + level) / 2)]
        low, high = (min(1.0, max(0.0, self.share + a)) for a in away)
        if self.alike is not None:
            # All codes alike: the exact bound takes the place of the beta one, which is too short at the edge (the
            # modified Jeffreys interval of Brown, Cai & DasGupta 2001).
            edge = 1 - ((1 - level) / 2) ** (1 / self.alike)
            low, high = (0.0, max(high, edge)) if share < 0.5 else (min(low, 1 - edge), 1.0)
        return share, min(low, share), max(high, share)


def tuning(problem: Problem) -> float:
    """How far to trust the machine: what makes the variance over repeated samples of this design least, 0 to 1.

    Notes
    -----
    ``cov(mean y, mean f) / var(mean f)`` by the design, from all codes, also for a group: the power tuning of PPI++
    (Angelopoulos, Duchi & Zrnic 2023) for any design. In a simple sample it is the slope of y on f.
    """
    everywhere = np.ones(len(problem.f), dtype=bool)
    u = [corrected_mean(problem.sample, v, problem.f, tune=0, inside=everywhere)[1]
         for v in (problem.y, problem.f[problem.sample.rows])]  # fmt: skip
    finite = bool((problem.sample.left > 0).any())
    c = covariance(problem.sample, np.stack(u, axis=1), finite=finite)
    return min(1.0, max(0.0, float(c[0, 1] / c[1, 1]))) if c[1, 1] > 1e-14 else 0.0


def answer(problem: Problem, method: str) -> Answer:
    """Estimate a share by ``hand codes``, ``dsl`` or ``ppi++``.

    Returns
    -------
    Answer
        Of ``ppi++`` never less sure than hand codes alone: where the machine does not help, it is left out.
    """
    alone = _with(problem, 0.0, pulled=False)
    found, tune = alone, 0.0
    if method != "hand codes":
        tune = 1.0 if method == "dsl" else tuning(problem)
        found = _with(problem, tune, pulled=method == "ppi++") if tune > 0 else alone
    if method == "ppi++" and found.deviation.variance >= alone.deviation.variance:
        found = alone
    return replace(found, worth=_worth(problem, found))


def _worth(problem: Problem, found: Answer) -> float:
    """How many more codes of a simple sample of this size would have told as much: the machine also drew the strata."""
    n, comments, least = int(problem.own.sum()), int(problem.inside.sum()), found.deviation.variance
    if not least > 0:
        return 0.0
    p = (n * min(1.0, max(0.0, found.share)) + 0.5) / (n + 1)
    return n * (p * (1 - p) / (n + 2) * (1 - n / comments) / least - 1)


def _with(problem: Problem, tune: float, *, pulled: bool) -> Answer:
    """Estimate with the machine trusted so far; ``pulled`` where the codes chose how far."""
    sample, y, f = problem.sample, problem.y, problem.f
    share, _ = corrected_mean(sample, y, f, tune=tune, inside=problem.inside)
    if np.isnan(share):
        return Answer(share, Deviation(0, 0, 0), tune)
    own, f_coded = problem.own, f[sample.rows]
    residual = y - tune * f_coded
    middle = float(np.average(residual[own], weights=sample.weight[own]))
    e = np.where(own, residual - middle, 0.0)
    if pulled and tune > 0:
        e = e / np.sqrt(1 - np.minimum(_pull(f_coded, sample.weight), _MOST_PULL))
    made = deviation(sample, Residuals(y, e, f, tune, middle, problem.inside))
    return Answer(share, made, tune, alike=_alike(problem) if tune == 0 else None)


def _alike(problem: Problem) -> float | None:
    own = problem.own
    weight, left = problem.sample.weight[own], float(problem.sample.left[own].mean())
    if np.ptp(problem.y[own]) > 0 or left == 0:
        return None
    units = len(np.unique(problem.sample.unit[own]))
    return float(weight.sum() ** 2 / (weight @ weight)) * units / len(weight) / left


def _pull(f: Floats, weight: Floats) -> Floats:
    """How much of its own residual each comment hides by drawing the slope to itself: its leverage, from 0 to 1."""
    square = weight * (f - np.average(f, weights=weight)) ** 2
    return square / square.sum() if square.sum() > 0 else np.zeros(len(f))


def student_stretch(df: float, level: float) -> float:
    """How much wider Student's interval is than the normal one, for a variance with few degrees of freedom."""
    q = (1 + level) / 2
    return float(special.stdtrit(max(1.0, df), q) / special.ndtri(q))
