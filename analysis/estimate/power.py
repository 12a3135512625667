"""How many comments must be coded by hand for an interval of a given half width: planned before, or from codes made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import EstimateError, one_of
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.core import Sample, is_label, lay_out, machine_chances
from analysis.estimate.intervals import wilson_interval
from analysis.estimate.posterior import Deviation
from analysis.estimate.powered import Problem, answer
from analysis.types import LABELS

HALF_WIDTHS = (0.02, 0.03, 0.05, 0.10)
# A variance seen in fewer codes is off by more than a third either way, and so would be the plan.
_FEWEST_CODES = 20
# Fewer codes with the label (or without it) than this, and chance decides which of them weigh much.
_FEW_MET = 15
_NOTHING = 1e-12  # squared residuals below this are rounding


@dataclass(frozen=True, slots=True)
class Power:
    """How many comments to code for an interval of a given half width.

    Attributes
    ----------
    label : str
    half_width : float
        The target, as a part: 0.05 is 5 points to either side.
    level : float
        Nominal coverage of the interval.
    needed, more : int
        Comments to code in all, and beyond those coded already (0 where the target is reached).
    half_width_now : float
        Of the interval from the codes made; NaN without codes.
    n_coded, n : int
        Codes made, and comments.
    share : float
        The share assumed: as estimated, as the machine counts it, or one half.
    assumed : str
        What the plan rests on.
    """

    label: str
    half_width: float
    level: float
    needed: int
    more: int
    half_width_now: float
    n_coded: int
    n: int
    share: float
    assumed: str

    @property
    def sentence(self) -> str:
        """The answer in words."""
        target = f"±{100 * self.half_width:g} points for the share of {self.label} at {self.level:.0%}"
        if self.n_coded and not self.more:
            now = f"±{100 * self.half_width_now:.1f}"
            return f"{target}: reached, {self.n_coded:,} codes give {now}; about {self.needed:,} would have done."
        more = f", {self.more:,} more than now" if self.n_coded else ""
        if self.needed == self.n:
            return f"{target}: only by coding all {self.n:,} comments{more}; assumed: {self.assumed}."
        return f"{target}: code {self.needed:,} of {self.n:,} comments{more}; assumed: {self.assumed}."


def power(
    labels: pd.DataFrame,
    codes: pd.DataFrame | None = None,
    *,
    label: str,
    half_width: float = 0.05,
    level: float = 0.95,
    accuracy: float | None = None,
) -> Power:
    """Say how many comments (more) must be coded by hand for an interval of plus or minus ``half_width``.

    Parameters
    ----------
    labels : DataFrame
        As ``estimate_share`` takes them: one row a comment.
    codes : DataFrame, optional
        Hand codes made so far, with the chances of their draw; at least 20.
    label : {"agreeing", "extending", "spam"}
    half_width : float
        Half of the interval's width, as a part: above 0 and below 0.5.
    level : float
        Nominal coverage, above 0 and below 1.
    accuracy : float, optional
        Without codes: the part of comments of which the machine tells rightly whether they carry the label, from 0.5
        to 1. Where it is not given the worst case is planned for.

    Returns
    -------
    Power

    Raises
    ------
    EstimateError
        For tables that do not fit, numbers out of range, fewer than 20 codes, codes of one essay, and an accuracy
        given beside codes, which tell it themselves.

    Notes
    -----
    From codes: the variance ``V`` that ``ppi++`` leaves, were all chances of inclusion k times as large (at most 1):
    ``V(k) = V sum w (max(1, w / k) - 1) e² / sum w (w - 1) e²`` with w = 1 / inclusion probability and e each code's
    residual about its stratum's mean; so for the same design, strata and clustering, and with finite-population
    correction (Cochran 1977, ch. 4 and 5). The half width is that of the interval ``estimate_share`` gives.

    Without codes, for a simple draw: ``V = p (1 - p) (1 - r²) (1 / n - 1 / N)``. Worst case: p = 1/2, r = 0. With an
    accuracy: p the share the machine counts, and ``r = 1 - (1 - accuracy) / (2 p (1 - p))``, at least 0: what the
    labels tell if they err as often one way as the other.

    A forecast: a pilot of n codes knows V to about ``sqrt(2 / n)`` of itself, less of a rare label, of which a few
    codes decide (the plan is then mostly too small, and says it is rough); so ask again on the way. Stopping as
    soon as the interval is narrow enough makes it cover slightly less than it says.

    Examples
    --------
    >>> table = pd.DataFrame({"comment_id": range(3000), "cluster": range(3000), "label": "agreeing"})
    >>> table = table.assign(agreeing=0.9, extending=0.05, spam=0.05)
    >>> power(table, label="agreeing").sentence
    '±5 points for the share of agreeing at 95%: code 340 of 3,000 comments; assumed: the worst case, a share of one \
half and a machine of no help, drawn simply.'
    """
    _check(labels, label, half_width, level, accuracy)
    plan = _Worst(labels, label, level, accuracy) if codes is None else _Pilot(labels, label, level, codes, accuracy)
    n_coded = 0 if codes is None else len(codes)
    needed = _smallest(plan.half_width, half_width, len(labels))
    now = plan.half_width(n_coded) if n_coded else float("nan")
    # Codes that reach the target need no more, whatever rounding says of the number needed.
    needed = min(needed, n_coded) if n_coded and now <= half_width else needed
    return Power(
        label=label,
        half_width=half_width,
        level=level,
        needed=needed,
        more=max(0, needed - n_coded),
        half_width_now=now,
        n_coded=n_coded,
        n=len(labels),
        share=plan.share,
        assumed=plan.assumed,
    )


def power_table(
    labels: pd.DataFrame,
    codes: pd.DataFrame | None = None,
    *,
    label: str,
    half_widths: Sequence[float] = HALF_WIDTHS,
    level: float = 0.95,
    accuracy: float | None = None,
) -> pd.DataFrame:
    """Say for several half widths how many comments must be coded.

    Parameters
    ----------
    labels, codes, label, level, accuracy
        As for ``power``.
    half_widths : sequence of float

    Returns
    -------
    DataFrame
        One row a half width, in the order given: label, half_width, needed, more, half_width_now, n_coded, n, share,
        assumed, sentence.
    """
    rows = []
    for half_width in half_widths:
        made = power(labels, codes, label=label, half_width=half_width, level=level, accuracy=accuracy)
        rows.append({k: getattr(made, k) for k in _SHOWN})
    return pd.DataFrame(rows, columns=list(_SHOWN))


_SHOWN = (
    "label", "half_width", "needed", "more", "half_width_now", "n_coded", "n", "share", "assumed", "sentence",
)  # fmt: skip


def _check(labels: pd.DataFrame, label: str, half_width: float, level: float, accuracy: float | None) -> None:
    check_labels(labels)
    if label not in LABELS:
        raise EstimateError(one_of("label", label, LABELS))
    if len(labels) < 2:
        raise EstimateError(f"With {len(labels)} comment(s) there is nothing to plan; code what there is.")
    if not 0 < half_width < 0.5:
        raise EstimateError(f"A half width lies above 0 and below 0.5, not at {half_width:g}; for ±5 points give 0.05.")
    if not 0 < level < 1:
        raise EstimateError(f"A level lies between 0 and 1, not at {level:g}; for 95 % give 0.95.")
    if accuracy is not None and not 0.5 <= accuracy <= 1:
        raise EstimateError(f"An accuracy lies from 0.5 (a coin's) to 1, not at {accuracy:g}; for 80 % give 0.8.")


def _smallest(half_width: Callable[[int], float], target: float, population: int) -> int:
    """The smallest number of codes that reaches the target; coding all always does."""
    low, high = 2, population
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if half_width(middle) <= target else (middle + 1, high)
    return low


class _Worst:
    """Planned without codes: half the interval's width by the number of codes."""

    def __init__(self, labels: pd.DataFrame, label: str, level: float, accuracy: float | None) -> None:
        self.n, self.level = len(labels), level
        counted = float(is_label(labels["label"], label).mean())
        if accuracy is None or counted in (0, 1):
            self.share, self.left = 0.5, 1.0
            self.assumed = "the worst case, a share of one half and a machine of no help, drawn simply"
            return
        told = max(0.0, 1 - (1 - accuracy) / (2 * counted * (1 - counted)))
        self.share, self.left = counted, 1 - told**2
        self.assumed = f"the machine is right of {accuracy:.0%} and errs as often either way, drawn simply"

    def half_width(self, n: int) -> float:
        """Half of the interval's width with n codes, as a part."""
        if n >= self.n or self.left == 0:
            return 0.0
        effective = n / (1 - n / self.n) / self.left
        low, high = wilson_interval(self.share, effective, level=self.level, df=n - 1)
        return (high - low) / 2


class _Pilot:
    """Planned from codes: half the interval's width, were there more or fewer of them by the same design."""

    def __init__(
        self, labels: pd.DataFrame, label: str, level: float, codes: pd.DataFrame, accuracy: float | None
    ) -> None:
        check_codes(codes, pd.Index(labels["comment_id"]))
        if accuracy is not None:
            raise EstimateError("Give codes or an accuracy, not both: codes tell how often the machine is right.")
        if len(codes) < _FEWEST_CODES:
            raise EstimateError(
                f"{len(codes)} hand codes are too few to plan from, {_FEWEST_CODES} are needed; plan without codes, "
                "with an accuracy or for the worst case."
            )
        self.sample, self.level, self.n = lay_out(labels, codes), level, len(labels)
        if self.sample.units < 2:
            raise EstimateError("All hand codes are of one essay family, which says nothing of how others differ.")
        f = machine_chances(labels, label)
        y = is_label(codes["label"], label).astype(float)
        self.answer = answer(Problem(self.sample, y, f, np.ones(len(labels), dtype=bool)), "ppi++")
        self.squares = _squares(self.sample, y - self.answer.tune * f[self.sample.rows])
        self.share = float(np.clip(self.answer.share, 0, 1))
        self.assumed = f"the machine errs as in the {len(codes):,} codes made, and more are drawn the same way"
        met = int(min(y.sum(), (1 - y).sum()))
        if met < _FEW_MET:
            self.assumed += f" (roughly: {met} of them decide, ask again on the way)"

    def half_width(self, n: int) -> float:
        """Half of the interval's width with n codes, as a part."""
        now = self._left(1.0)
        if n >= self.n or not now > 0:
            return 0.0
        part = self._left(self._times(n)) / now
        d = self.answer.deviation
        shrunk = Deviation(d.mean * part, d.variance * part, d.third * part * part)
        alike = None if self.answer.alike is None else self.answer.alike / part
        _, low, high = replace(self.answer, deviation=shrunk, alike=alike).interval(self.level)
        return (high - low) / 2

    def _left(self, times: float) -> float:
        """What is proportional to the variance with chances ``times`` as large."""
        w = self.sample.weight
        return float((w * (np.maximum(1, w / times) - 1)) @ self.squares)

    def _times(self, n: int) -> float:
        """How many times as large the chances must be for n codes to be expected."""
        w = self.sample.weight
        if n == len(w):
            return 1.0
        low, high = 0.0, float(w.max())
        for _ in range(60):  # halving: to the last digit
            middle = (low + high) / 2
            low, high = (middle, high) if float((w * np.minimum(1, middle / w)).sum()) < n else (low, middle)
        return high


def _squares(sample: Sample, residual: NDArray) -> NDArray:
    """Squared residual of each code about its stratum's mean; alike for all where nothing varies."""
    sums = np.bincount(sample.stratum, weights=sample.weight)
    middle = np.bincount(sample.stratum, weights=sample.weight * residual) / sums
    squares = (residual - middle[sample.stratum]) ** 2
    return squares if squares.max() > _NOTHING else np.ones(len(residual))
