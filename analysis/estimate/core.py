"""The arithmetic all estimates from a drawn sample share: weights, contributions to the error, and their variance.

Everything is built from three steps. ``lay_out`` puts the codes beside the labels. ``corrected_mean`` gives a mean
over all comments (or those of a group) and, for each hand code, its contribution to the error of that mean: the error
is, to first order, the sum of the contributions, with expectation zero. ``covariance`` tells how much such sums vary
over repeated samples of the same design. A difference of two means has the difference of their contributions; the
ratio a / b has ``(u_a - a / b * u_b) / b``; an estimate that solves equations has the inverse of their slope times the
equations' contributions (the delta method). So whatever is estimated, ``covariance(sample, u)`` is its variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimate.sample import UNSAID

# Codes from less than four fifths of the families that a lot by comment would meet were drawn essay by essay; then the
# families are the units of the sample. A lot by comment stays within a few per cent of the families expected.
_BY_COMMENT = 0.8
# Numbers met of each cluster that vary less than six tenths of what a lot would make them: the draw was spread over
# the clusters (.03 to .6 where that changes anything; a plain lot gives .7 to 1.4, with very few clusters rarely less).
_EVEN = 0.6

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Sample:
    """The hand-coded comments among all comments; n codes, N comments.

    Attributes
    ----------
    rows : array of shape (n,)
        Row of each coded comment in the table of labels.
    weight : array of shape (n,)
        How many comments each stands for (1 / inclusion probability), scaled to sum to N (Hájek 1971).
    stratum, unit : array of shape (n,)
        Numbers from 0. ``unit``: what was drawn by lot: each comment, or each family where whole essays were coded.
    left : array of shape (n,)
        Finite-population factor, 1 - inclusion probability: the part of its stratum that was not coded.
    population : int
        N.
    spread : array of shape (n,) or None
        Cluster of each coded comment where the draw of each stratum was spread evenly over the clusters.
    """

    rows: Ints
    weight: Floats
    stratum: Ints
    unit: Ints
    left: Floats
    population: int
    spread: Ints | None = None

    @property
    def units(self) -> int:
        """How many comments, or whole essays, were drawn."""
        return int(self.unit.max()) + 1 if len(self.unit) else 0


def lay_out(labels: pd.DataFrame, codes: pd.DataFrame) -> Sample:
    """Find the coded comments among the labels and give each its weight, stratum and sampling unit.

    Parameters
    ----------
    labels : DataFrame
        All comments of the corpus: ``comment_id``, ``cluster``. Checked (``check_labels``).
    codes : DataFrame
        ``comment_id``, ``inclusion_probability``; ``stratum`` as ``draw_sample`` gave it. Checked.

    Returns
    -------
    Sample
        Rows in the order of ``codes``.
    """
    rows = pd.Index(labels["comment_id"]).get_indexer(codes["comment_id"])
    chance = codes["inclusion_probability"].to_numpy(dtype=float)
    weight = 1 / chance
    weight = weight * len(labels) / weight.sum() if len(rows) else weight
    drawn = "stratum" in codes.columns
    stratum = pd.factorize(codes["stratum"])[0] if drawn else np.zeros(len(rows), dtype=np.intp)
    # draw_sample draws comment by comment; of other samples only the codes themselves can tell.
    unit = np.arange(len(rows)) if drawn else _units(labels["cluster"], rows)
    # A sample coded only in part was drawn with a smaller chance than its codes say.
    left = 1 - chance if drawn else np.clip(1 - 1 / weight, 0, None)
    spread = _spread_over(labels, codes, rows) if drawn else None
    return Sample(rows, weight, stratum, unit, left, len(labels), spread)


def is_label(said: pd.Series, label: str) -> NDArray[np.bool_]:
    """Whether each cell holds this text; a gap does not, of whatever kind the column is.

    Examples
    --------
    >>> is_label(pd.Series(["spam", None], dtype="string"), "spam").tolist()
    [True, False]
    """
    return said.eq(label).fillna(False).to_numpy(dtype=bool)


def machine_chances(labels: pd.DataFrame, label: str) -> Floats:
    """Probability the machine gives to ``label`` for each comment, 0 or 1 by what it said where it has none.

    Returns
    -------
    array of shape (N,)
    """
    chance = labels[label].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isnan(chance), is_label(labels["label"], label), chance)


def slope(y: Floats, f: Floats, weight: Floats) -> float:
    """How far to trust the machine: the weighted slope of codes ``y`` on chances ``f``, between 0 and 1.

    Returns
    -------
    float
        ``cov(y, f) / var(f)``, which makes the variance of ``y - t f`` least (Angelopoulos, Duchi & Zrnic 2023).
    """
    if not len(f):
        return 0.0
    spread = f - np.average(f, weights=weight)
    below = float(weight @ spread**2)
    return min(1.0, max(0.0, float(weight @ (spread * y)) / below)) if below > 1e-12 * float(weight.sum()) else 0.0


def corrected_mean(
    sample: Sample, y: Floats, f: Floats, *, tune: float, inside: NDArray[np.bool_] | None = None
) -> tuple[float, Floats]:
    """Mean of ``y`` over all comments, or those of a group, of which only the coded ones are known.

    Parameters
    ----------
    sample : Sample
    y : array of shape (n,)
        What the coder found, in the order of the codes: 0 or 1 for a share.
    f : array of shape (N,)
        What the machine says of every comment, in the order of the labels.
    tune : float
        How far the machine is used: 0 not at all (hand codes), 1 in full (DSL), between them PPI++. It may come from
        all codes, also for a group: the mean stays right whatever it is.
    inside : array of bool, shape (N,), optional
        The comments of the group.

    Returns
    -------
    mean : float
        Not clipped: may lie a little outside the range of ``y``; NaN where no comment of the group is coded.
    contributions : array of shape (n,)
        To the error of the mean; zero for codes outside the group.

    Notes
    -----
    ``t mean_D(f) + sum_D w (y - t f) / sum_D w`` and ``w (e - mean_D(e)) / sum_D w`` with e = y - t f
    (generalised difference estimator, Cassel, Särndal & Wretman 1976, in Hájek's form; Särndal, Swensson & Wretman
    1992, ch. 5 and 6).
    """
    f_coded = f[sample.rows]
    own = np.ones(len(y), dtype=bool) if inside is None else inside[sample.rows]
    weight = np.where(own, sample.weight, 0.0)
    if not weight.sum() > 0:
        return float("nan"), np.zeros(len(y))
    residual = y - tune * f_coded
    middle = float(weight @ residual / weight.sum())
    whole = float(f.mean() if inside is None else f[inside].mean())
    return tune * whole + middle, weight * (residual - middle) / weight.sum()


def covariance(sample: Sample, contributions: Floats, *, finite: bool = True) -> Floats:
    """Covariance, over repeated samples of the same design, of sums of contributions.

    Parameters
    ----------
    sample : Sample
    contributions : array of shape (n,) or (n, k)
        One column an estimate, as ``corrected_mean`` gives them.
    finite : bool
        Whether the target is these comments (True: what is coded is known) or the process they came from.

    Returns
    -------
    array of shape (k, k)
        ``k`` is 1 for one column: take ``[0, 0]``.

    Notes
    -----
    ``sum_h m_h / (m_h - 1) sum_i c_i (u_i - a_h)(u_i - a_h)'`` over strata h, with c = 1 - inclusion probability and
    a_h the c-weighted mean of u in the stratum (Cochran 1977, ch. 5; for unequal chances Hájek 1964 as given by
    Deville 1999). Units are comments, or whole families. A stratum with a single code adds its square: it cannot tell
    its own spread. Where the draw was spread over clusters, the variance of a stratum is that of neighbours in the
    order of clusters (successive differences, Wolter 2007, ch. 8), averaged over all such orders.
    """
    return stratum_covariances(sample, contributions, finite=finite)[0].sum(axis=0)


def stratum_covariances(
    sample: Sample, contributions: Floats, *, finite: bool = True
) -> tuple[Floats, NDArray[np.float64]]:
    """Covariance stratum by stratum, and the degrees of freedom of each.

    Returns
    -------
    parts : array of shape (strata, k, k)
        Their sum is ``covariance``.
    df : array of shape (strata,)
        Units less one, at least 1.
    """
    u = contributions[:, None] if contributions.ndim == 1 else contributions
    units = sample.units
    first = np.zeros(units, dtype=np.intp)
    first[sample.unit] = np.arange(len(sample.unit))
    stratum, c = sample.stratum[first], sample.left[first] if finite else np.ones(units)
    if units < len(u):
        u = np.stack([np.bincount(sample.unit, weights=column, minlength=units) for column in u.T], axis=1)
    spread = None if sample.spread is None or units < len(sample.rows) else sample.spread
    parts, df = [], []
    for h in range(int(stratum.max()) + 1 if units else 0):
        mine = stratum == h
        own, keep, m = u[mine], c[mine], int(mine.sum())
        if m > 1 and keep.sum() > 0:
            own = own - np.average(own, axis=0, weights=keep)
        square = (own * keep[:, None]).T @ own * (m / (m - 1) if m > 1 else 1.0)
        if spread is not None and m > 2:
            square = _neighbours(own, spread[mine]) * m * keep.mean()
        parts.append(square)
        df.append(max(1, m - 1))
    k = u.shape[1]
    return np.array(parts).reshape(-1, k, k), np.array(df, dtype=float)


def _units(cluster: pd.Series, rows: Ints) -> Ints:
    """Number the independent units of the sample: its comments, or their families where whole essays were coded."""
    family = pd.factorize(cluster)[0]
    sizes, coded = np.bincount(family), family[rows]
    met = len(np.unique(coded))
    expected = float((1 - (1 - len(rows) / len(family)) ** sizes).sum())
    return np.arange(len(rows)) if met >= _BY_COMMENT * expected else pd.factorize(coded)[0]


def _spread_over(labels: pd.DataFrame, codes: pd.DataFrame, rows: Ints) -> Ints | None:
    """Clusters of the coded comments if each stratum's draw is spread over them; None if not, or if nobody can tell."""
    said = labels["label"].astype(object).fillna(UNSAID).to_numpy()
    if (codes["stratum"].to_numpy(dtype=object) != said[rows]).any():
        return None  # one draw from all comments, or strata by other labels than these
    cluster = pd.factorize(labels["cluster"])[0]
    stratum, names = pd.factorize(said)
    wide = int(cluster.max()) + 1
    cell = stratum * wide + cluster
    there, met = (np.bincount(c, minlength=wide * len(names)).reshape(-1, wide) for c in (cell, cell[rows]))
    size, drawn = there.sum(axis=1, keepdims=True), met.sum(axis=1, keepdims=True)
    part = there / size
    by_lot = part * (1 - part) * drawn * (size - drawn) / np.maximum(1, size - 1)  # hypergeometric
    return cluster[rows] if ((met - part * drawn) ** 2).sum() < _EVEN * by_lot.sum() else None


def _neighbours(u: Floats, cluster: Ints) -> Floats:
    """Mean of half the squared difference of neighbours, clusters and their members in any order; never above plain."""
    centred = u - u.mean(axis=0)
    plain = centred.T @ centred / (len(u) - 1)
    number = pd.factorize(cluster)[0]
    size = np.bincount(number).astype(float)
    if len(size) < 2:
        return plain
    mean = np.stack([np.bincount(number, weights=column) for column in centred.T], axis=1) / size[:, None]
    even = centred / np.sqrt(size[number])[:, None]
    within = centred.T @ centred - (mean * size[:, None]).T @ mean
    total = mean.sum(axis=0)
    across = even.T @ even / len(size) - (np.outer(total, total) - mean.T @ mean) / (len(size) * (len(size) - 1))
    found = (within + len(size) * across) / len(u)
    return found if np.trace(found) < np.trace(plain) else plain
