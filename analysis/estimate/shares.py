"""Shares of comments with a label: counted, from hand codes alone, or from both together.

The target is the share among the comments given, had a careful coder coded every one of them; or, where asked for
(scope "like these"), among comments under other essays like these. No interval here holds the coder's own errors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.beyond import widen
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.core import Sample, is_label, lay_out, machine_chances
from analysis.estimate.estimated import BEYOND, CORPUS, METHODS, SCOPES, Estimate
from analysis.estimate.groups import EVERYTHING, group_members
from analysis.estimate.intervals import bootstrap_shares, wilson_interval
from analysis.estimate.powered import Problem, answer, student_stretch
from analysis.records import child_seed
from analysis.types import LABELS

# Below about twenty clusters a cluster bootstrap is too narrow (Cameron, Gelbach & Miller 2008); it is said.
_FEW_CLUSTERS = 20


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
        ``extending``, ``spam`` (probabilities; NaN where there are none). All comments the sample was drawn from.
    label : {"agreeing", "extending", "spam"}
    codes : DataFrame, optional
        Hand codes as ``take_codes`` gives them: ``comment_id``, ``label`` (or "none"), ``inclusion_probability``,
        ``stratum`` and ``stratum_size`` (the last two may be absent: then as of one lot from all comments).
    seed : int
        For the bootstrap of a counted share.
    settings : Estimates
        ``level``, ``draws`` and ``min_codes``.
    method : {"ppi++", "dsl", "hand codes", "counted"}, optional
        ``ppi++`` by default from ``min_codes`` codes on; with fewer every method gives ``counted``.

    Returns
    -------
    Estimate
        Of ``method`` "hand codes" also where ``ppi++`` was asked for and the machine did not help.

    Raises
    ------
    EstimateError
        For columns that are missing, labels outside the codebook, codes of comments that are not there, a comment
        coded twice, and strata that do not add up to these comments.

    Notes
    -----
    ``counted``: the share of machine labels; interval from the cluster bootstrap over families. It leaves the
    machine's errors out: peers' counts held the truth in 0 to 43 % of simulations where 95 % was promised.

    ``hand codes``: ``sum(w y) / sum(w)`` with w = 1 / inclusion probability (Hájek 1971).

    ``dsl``: ``mean(f) + sum(w (y - f)) / sum(w)``, f the machine's probability (Cassel, Särndal & Wretman 1976; Egami,
    Hinck, Stewart & Wei 2023). Right however wrong the machine is; with a poor machine wider than hand codes.

    ``ppi++``: ``t mean(f) + sum(w (y - t f)) / sum(w)`` with the t between 0 and 1 that makes its variance over
    repeated samples of the design least (Angelopoulos, Duchi & Zrnic 2023, power tuning).

    ``worth``: how many more codes, above these, a *simple* sample coded without any machine would have needed for as
    narrow an interval. The machine also chose the strata, so its help in a stratified draw counts with its help in the
    estimate; against the same stratified codes used alone the gain is smaller.

    Interval: the mean residual with Dirichlet weights and about one pseudo-code a cell (``posterior.deviation``), by
    strata, with finite-population correction; of families where essays were coded whole.

    Do not use codes that were picked by eye, or that were used to train the labeller.
    """
    return _one(labels, label, codes, (seed, settings), method, CORPUS)


def estimate_share_beyond(
    labels: pd.DataFrame,
    label: str,
    *,
    codes: pd.DataFrame | None = None,
    seed: int,
    settings: Estimates,
    method: str | None = None,
) -> Estimate:
    """Estimate which share of the comments under other essays like these carries a label.

    Parameters
    ----------
    labels, label, codes, seed, settings, method
        As for ``estimate_share``. ``cluster`` decides what "others like these" means: essay families, pages or
        authors, each as if drawn from many.

    Returns
    -------
    Estimate
        Same share as ``estimate_share``; a wider interval. ``scope`` is "like these".

    Raises
    ------
    EstimateError
        As ``estimate_share``.

    Notes
    -----
    The variance is that of ``estimate_share`` and, on top, what ``draws`` cluster bootstrap draws show beyond it;
    Student's quantile with clusters - 1 degrees of freedom. It knows no strata, so it is rather wide for a stratified
    sample; with fewer than twenty clusters it is still too narrow.
    """
    return _one(labels, label, codes, (seed, settings), method, BEYOND)


def estimate_shares(
    labels: pd.DataFrame,
    groups: pd.Series | None = None,
    *,
    codes: pd.DataFrame | None = None,
    seed: int,
    settings: Estimates,
    scope: str = CORPUS,
) -> pd.DataFrame:
    """Estimate the share of each label among all comments and in each group of them.

    Parameters
    ----------
    labels, codes, seed, settings
        As for ``estimate_share``.
    groups : Series, optional
        Group of each comment, indexed by ``comment_id``; a comment without a group counts in "all" only.
    scope : {"corpus", "like these"}
        As ``estimate_share`` and ``estimate_share_beyond``.

    Returns
    -------
    DataFrame
        Table ``shares``: group ("all" first, then in natural order), label, share, low, high, method, corrected,
        n_coded, n, clusters, worth, reason; one row a group and label. A category without any comment, and a group
        without any code where there are codes, has no share (NaN) and says so.

    Notes
    -----
    Every interval stands alone: among twenty groups one nominal 95 % interval is expected to miss. A group's bias is
    corrected by its own codes only; how far the machine is trusted (t) comes from all codes, which leaves the share
    unbiased whatever the group is like. A group with fewer than ``min_codes`` codes has a wide interval and says so.
    """
    corpus = _Corpus.of(labels, codes)
    parts = {EVERYTHING: np.ones(len(labels), dtype=bool)} | group_members(labels, groups)
    rows = []
    for group, inside in parts.items():
        for label in LABELS:
            asked = _Asked(label, inside, None, scope, child_seed(seed, f"{group}/{label}"), settings)
            made = _estimate(corpus, asked)
            rows.append({"group": group, "label": label} | {k: getattr(made, k) for k in _SHOWN})
    return pd.DataFrame(rows, columns=["group", "label", *_SHOWN])


_SHOWN = ("share", "low", "high", "method", "corrected", "n_coded", "n", "clusters", "worth", "reason")


@dataclass(frozen=True)
class _Corpus:
    """Checked tables: labels, families numbered from 0, codes (or None) and how they were drawn."""

    labels: pd.DataFrame
    family: np.ndarray
    codes: pd.DataFrame | None
    sample: Sample | None

    @classmethod
    def of(cls, labels: pd.DataFrame, codes: pd.DataFrame | None) -> _Corpus:
        check_labels(labels)
        family = pd.factorize(labels["cluster"])[0]
        if codes is None or (codes.empty and "label" in codes.columns):
            return cls(labels, family, None, None)
        check_codes(codes, pd.Index(labels["comment_id"]))
        return cls(labels, family, codes, lay_out(labels.assign(cluster=family), codes))


@dataclass(frozen=True)
class _Asked:
    label: str
    inside: NDArray[np.bool_]
    method: str | None
    scope: str
    seed: int
    settings: Estimates


def _one(
    labels: pd.DataFrame,
    label: str,
    codes: pd.DataFrame | None,
    chance: tuple[int, Estimates],
    method: str | None,
    scope: str,
) -> Estimate:
    asked = _Asked(label, np.ones(len(labels), dtype=bool), method, scope, *chance)
    return _estimate(_Corpus.of(labels, codes), asked)


def _estimate(corpus: _Corpus, asked: _Asked) -> Estimate:
    if asked.label not in LABELS:
        raise EstimateError(one_of("label", asked.label, LABELS))
    if asked.method not in (None, *METHODS):
        raise EstimateError(one_of("method", str(asked.method), METHODS))
    if asked.scope not in SCOPES:
        raise EstimateError(one_of("scope", asked.scope, SCOPES))
    inside, settings, sample = asked.inside, asked.settings, corpus.sample
    own = 0 if sample is None else int(inside[sample.rows].sum())
    facts: dict[str, Any] = {"level": settings.level, "n": int(inside.sum()), "n_coded": own, "scope": asked.scope}
    facts["clusters"] = len(np.unique(corpus.family[inside]))
    if not inside.any():
        return _undefined("undefined: there are no comments", facts)
    coded = 0 if sample is None else len(sample.rows)
    if asked.method == "counted":
        why = "counted as asked"
    elif coded < settings.min_codes or sample is None:
        why = f"counted: {coded} hand codes, {settings.min_codes} are needed"
    elif own == 0:
        return _undefined("undefined: none of these comments is coded by hand; code some of them", facts)
    elif sample.units < 2:
        why = f"counted: all {coded} hand codes are of one essay family, which says nothing about the others"
    else:
        return _corrected(corpus, sample, asked, facts)
    share, low, high = _counted(corpus, asked)
    why += "; no interval: all comments are of one essay family" if facts["clusters"] < 2 else ""
    return Estimate(share, low, high, method="counted", corrected=False, reason=why, **facts)


def _undefined(reason: str, facts: dict[str, Any]) -> Estimate:
    return Estimate(*(float("nan"),) * 3, method="counted", corrected=False, reason=reason, **facts)


def _corrected(corpus: _Corpus, sample: Sample, asked: _Asked, facts: dict[str, Any]) -> Estimate:
    """Share from hand codes, with or without the machine's help."""
    said = pd.Series(dtype=object) if corpus.codes is None else corpus.codes["label"]
    y = is_label(said, asked.label).astype(np.float64)
    problem = Problem(sample, y, machine_chances(corpus.labels, asked.label), asked.inside)
    wanted = asked.method or "ppi++"
    found = answer(problem, wanted)
    reasons, stretch = [], 1.0
    if facts["n_coded"] < asked.settings.min_codes:
        reasons.append(f"few: only {facts['n_coded']} of these comments are coded by hand, so the interval is wide")
    if asked.scope == BEYOND:
        found = widen(problem, found, corpus.family, draws=asked.settings.draws, seed=asked.seed)
        stretch = student_stretch(facts["clusters"] - 1, asked.settings.level)
        if facts["clusters"] < _FEW_CLUSTERS:
            reasons.append(f"{facts['clusters']} essay families are few to tell how essays differ")
    share, low, high = found.interval(asked.settings.level, stretch=stretch)
    method = "hand codes" if wanted == "ppi++" and found.tune == 0 else wanted
    more = round(found.worth)
    worth = f"as much as {more} more hand codes" if more > 0 else "nothing beside these hand codes"
    return Estimate(
        share, low, high, method=method, corrected=True, worth=None if wanted == "hand codes" else worth,
        reason="; ".join(reasons) or None, **facts,
    )  # fmt: skip


def _counted(corpus: _Corpus, asked: _Asked) -> tuple[float, float, float]:
    """Share of machine labels with the spread over families."""
    hit = is_label(corpus.labels["label"], asked.label)[asked.inside]
    family = pd.factorize(corpus.family[asked.inside])[0]
    hits, sizes = np.bincount(family, weights=hit), np.bincount(family)
    share, families = float(hit.mean()), len(sizes)
    if families < 2:
        return share, float("nan"), float("nan")
    variance = bootstrap_shares(hits, sizes, draws=asked.settings.draws, seed=asked.seed).var()
    # Where every draw gave the same share the families, not the comments, are what was seen.
    n = share * (1 - share) / variance if variance > 0 else families
    return (share, *wilson_interval(share, n, level=asked.settings.level, df=families - 1))
