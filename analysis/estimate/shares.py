"""Shares of comments with a label: counted, from hand codes alone, or from both together (prediction-powered).

The target is always the share among the comments given, had a careful coder coded every one of them. It is not the
share among comments elsewhere, and no interval here holds the coder's own errors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.intervals import bootstrap_shares, wilson_interval
from analysis.estimate.powered import gather, powered
from analysis.records import child_seed
from analysis.types import LABELS

METHODS = ("counted", "hand codes", "ppi++")
EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of comments with its interval, and how it was come by.

    Attributes
    ----------
    share, low, high : float
        From 0 to 1, ``low <= share <= high``; NaN where nothing can be said.
    level : float
        Nominal coverage of the interval, e.g. 0.95.
    method : {"counted", "hand codes", "ppi++"}
    corrected : bool
        False for ``counted``: the share carries the labeller's errors and its interval does not show them.
    n_coded, n, clusters : int
        Hand codes used, comments, and essay families among the comments.
    worth : str or None
        What the machine's labels were worth beside the hand codes.
    reason : str or None
        Why this method and no better one, where there is something to say.
    """

    share: float
    low: float
    high: float
    level: float
    method: str
    corrected: bool
    n_coded: int
    n: int
    clusters: int
    worth: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise EstimateError(one_of("method", self.method, METHODS))
        if self.corrected != (self.method != "counted"):
            raise EstimateError(f"A share that is {self.method!r} cannot be marked corrected={self.corrected}.")
        bounds = np.array([0.0, self.low, self.share, self.high, 1.0])
        known = bounds[~np.isnan(bounds)]
        if (np.diff(known) < 0).any():
            raise EstimateError(f"A share lies inside its interval and from 0 to 1; found {bounds[1:4].tolist()}.")
        if not 0 < self.level < 1 or not 0 <= self.n_coded <= self.n or not 0 <= self.clusters <= self.n:
            raise EstimateError(
                f"An estimate needs a level between 0 and 1 and counts that fit; found level {self.level}, "
                f"{self.n_coded} codes and {self.clusters} families among {self.n} comments."
            )


def estimate_share(
    labels: pd.DataFrame,
    label: str,
    *,
    codes: pd.DataFrame | None = None,
    seed: int,
    settings: Estimates,
    method: str | None = None,
) -> Estimate:
    """Estimate which share of the comments carries a label, with an interval.

    Parameters
    ----------
    labels : DataFrame
        One row a comment, any order: ``comment_id``; ``cluster`` (its essay's family); ``label`` (agreeing,
        extending, spam, or None: the machine cannot say, and the comment stays in the denominator); ``agreeing``,
        ``extending``, ``spam`` (probabilities; NaN where there are none).
    label : {"agreeing", "extending", "spam"}
    codes : DataFrame, optional
        Hand codes: ``comment_id``, ``label`` (or "none"), ``inclusion_probability`` as ``draw_sample`` gave it.
    seed : int
        For the bootstrap of a counted share.
    settings : Estimates
        ``level``, ``draws`` and ``min_codes``.
    method : {"ppi++", "hand codes", "counted"}, optional
        The best the codes allow by default: ``ppi++`` from ``min_codes`` codes on, else ``counted``.

    Returns
    -------
    Estimate

    Raises
    ------
    EstimateError
        For columns that are missing, labels outside the codebook, codes of comments that are not there, and a
        comment coded twice.

    Notes
    -----
    ``counted``: the share of machine labels; interval from the cluster bootstrap over families. It leaves the
    machine's errors out: peers' counts held the truth in 0 to 43 % of simulations where 95 % was promised.

    ``hand codes``: ``sum(w y) / sum(w)`` with w = 1 / inclusion probability (Hájek 1971).

    ``ppi++``: ``t mean(f) + sum(w (y - t f)) / sum(w)``, f the machine's probability over all comments and
    ``t = cov(y, f) / var(f)`` between 0 and 1 (Angelopoulos, Duchi & Zrnic 2023, power tuning); weighted as in
    design-based supervised learning (Egami, Hinck, Stewart & Wei 2023). It is right however wrong the machine is;
    a good machine makes it narrower. Variance: linearised, with finite-population correction, between codes, or
    between families where essays were coded whole; interval in Wilson's form with Student's quantile.

    Do not use codes that were picked by eye, or that were used to train the labeller.
    """
    numbered, known = _numbered(labels, codes)
    return _estimate(numbered, label, known, seed=seed, settings=settings, method=method)


def estimate_shares(
    labels: pd.DataFrame,
    groups: pd.Series | None = None,
    *,
    codes: pd.DataFrame | None = None,
    seed: int,
    settings: Estimates,
) -> pd.DataFrame:
    """Estimate the share of each label among all comments and in each group of them.

    Parameters
    ----------
    labels, codes, seed, settings
        As for ``estimate_share``.
    groups : Series, optional
        Group of each comment (text), indexed by ``comment_id``; a comment without a group counts in "all" only.

    Returns
    -------
    DataFrame
        Table ``shares``: group ("all" first, then in natural order), label, share, low, high, method, corrected,
        n_coded, n, clusters, worth, reason; one row a group and label. A group with too few codes is counted and
        says so; a category without any comment has no share (NaN).

    Notes
    -----
    Every interval stands alone: among twenty groups one nominal 95 % interval is expected to miss. A group is
    corrected by its own codes only.
    """
    numbered, known = _numbered(labels, codes)
    parts = {EVERYTHING: np.ones(len(labels), dtype=bool)} | _members(labels, groups)
    rows = []
    for group, inside in parts.items():
        coded = None if known is None else known[inside[known["comment_id"]]]
        for label in LABELS:
            own_seed = child_seed(seed, f"{group}/{label}")
            made = _estimate(numbered[inside], label, coded, seed=own_seed, settings=settings)
            rows.append({"group": group, "label": label} | {k: getattr(made, k) for k in _SHOWN})
    return pd.DataFrame(rows, columns=["group", "label", *_SHOWN])


_SHOWN = ("share", "low", "high", "method", "corrected", "n_coded", "n", "clusters", "worth", "reason")


def _numbered(labels: pd.DataFrame, codes: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Check both tables, and name comments and families by number: texts are slow to compare."""
    check_labels(labels)
    ids = pd.Index(labels["comment_id"])
    numbered = labels[["comment_id", "cluster", "label", *LABELS]].assign(
        comment_id=np.arange(len(labels)), cluster=pd.factorize(labels["cluster"])[0]
    )
    if codes is None:
        return numbered, None
    check_codes(codes, ids)
    return numbered, codes.assign(comment_id=ids.get_indexer(codes["comment_id"]))


def _members(labels: pd.DataFrame, groups: pd.Series | None) -> dict[str, np.ndarray]:
    """Which rows belong to each group, groups in natural order (topic 2 before topic 10)."""
    if groups is None:
        return {}
    if groups.index.has_duplicates:
        raise EstimateError("A comment stands in two groups; give each comment one group.")
    own = labels["comment_id"].map(groups).to_numpy(dtype=object)
    names = groups.cat.categories if isinstance(groups.dtype, pd.CategoricalDtype) else groups.dropna().unique()
    if EVERYTHING in set(names):
        raise EstimateError(f"No group may be called {EVERYTHING!r}: that name is kept for all comments together.")
    ordered = sorted(names, key=lambda name: [(len(d), d, t) for d, t in re.findall(r"(\d*)(\D*)", str(name))])
    return {str(name): own == name for name in ordered}


def _estimate(
    labels: pd.DataFrame,
    label: str,
    codes: pd.DataFrame | None,
    *,
    seed: int,
    settings: Estimates,
    method: str | None = None,
) -> Estimate:
    if label not in LABELS:
        raise EstimateError(one_of("label", label, LABELS))
    if method not in (None, *METHODS):
        raise EstimateError(one_of("method", str(method), METHODS))
    n_coded = 0 if codes is None else len(codes)
    facts: dict[str, Any] = {"level": settings.level, "n": len(labels), "clusters": labels["cluster"].nunique()}
    if labels.empty:
        nothing = float("nan")
        reason = "undefined: there are no comments"
        return Estimate(nothing, nothing, nothing, method="counted", corrected=False, n_coded=0, reason=reason, **facts)
    why = (
        "counted as asked" if method == "counted" else f"counted: {n_coded} hand codes, {settings.min_codes} are needed"
    )
    if codes is not None and n_coded >= settings.min_codes and method != "counted":
        coded = gather(labels, label, codes)
        if coded.unit.max() > 0:
            share, low, high, used, worth = powered(coded, settings.level, machine=method != "hand codes")
            return Estimate(share, low, high, method=used, corrected=True, n_coded=n_coded, worth=worth, **facts)
        why = f"counted: all {n_coded} hand codes are of one essay family, which says nothing about the others"
    share, low, high = _counted(labels, label, seed=seed, settings=settings)
    why += "; no interval: all comments are of one essay family" if facts["clusters"] < 2 else ""
    return Estimate(share, low, high, method="counted", corrected=False, n_coded=n_coded, reason=why, **facts)


def _counted(labels: pd.DataFrame, label: str, *, seed: int, settings: Estimates) -> tuple[float, float, float]:
    """Share of machine labels with the spread over families."""
    hit = (labels["label"] == label).to_numpy()
    family = pd.factorize(labels["cluster"])[0]
    hits, sizes = np.bincount(family, weights=hit), np.bincount(family)
    share, families = float(hit.mean()), len(sizes)
    if families < 2:
        return share, float("nan"), float("nan")
    variance = bootstrap_shares(hits, sizes, draws=settings.draws, seed=seed).var()
    # Where every draw gave the same share the families, not the comments, are what was seen.
    n = share * (1 - share) / variance if variance > 0 else families
    return (share, *wilson_interval(share, n, level=settings.level, df=families - 1))
