"""How much a share would differ among other essays like these: the cluster bootstrap of a corrected share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimate.core import Floats, corrected_mean, covariance
from analysis.estimate.intervals import bootstrap_sums
from analysis.estimate.powered import Answer, Problem


def bootstrap_corrected(problem: Problem, cluster: np.ndarray, *, tune: float, draws: int, seed: int) -> Floats:
    """Corrected share in each of ``draws`` bootstrap draws of whole clusters.

    Parameters
    ----------
    problem : Problem
    cluster : array of int, shape (N,)
        Essay family, page or author of each comment, numbered from 0 without gaps.
    tune : float
        How far the machine is trusted; the same in every draw.
    draws, seed : int

    Returns
    -------
    array of shape (draws,)
        NaN in a draw that holds no coded comment.

    Notes
    -----
    As many clusters are drawn as there are, with replacement, each with all its comments and codes (Davison & Hinkley
    1997, ch. 3.8). Four sums a cluster are enough: chances and comments, weighted residuals and weights.
    """
    sample, own = problem.sample, problem.own
    clusters = int(cluster.max()) + 1
    w = sample.weight[own]
    residual = (problem.y - tune * problem.f[sample.rows])[own]
    coded = cluster[sample.rows][own]
    sums = np.stack(
        [
            np.bincount(cluster, weights=tune * problem.f * problem.inside, minlength=clusters),
            np.bincount(cluster, weights=problem.inside, minlength=clusters),
            np.bincount(coded, weights=w * residual, minlength=clusters),
            np.bincount(coded, weights=w, minlength=clusters),
        ],
        axis=1,
    ).astype(np.float64)
    found = bootstrap_sums(sums, draws=draws, seed=seed)
    with np.errstate(invalid="ignore", divide="ignore"):
        return found[:, 0] / found[:, 1] + found[:, 2] / found[:, 3]


def widen(problem: Problem, found: Answer, cluster: np.ndarray, *, draws: int, seed: int) -> Answer:
    """Add to an answer about these comments what the cluster bootstrap shows beyond it.

    Parameters
    ----------
    problem : Problem
    found : Answer
        Of this problem.
    cluster : array of int, shape (N,)
        Cluster of each comment of the corpus; of those outside the group it does not count.
    draws, seed : int

    Returns
    -------
    Answer

    Notes
    -----
    The bootstrap draws both the essays and the codes; its variance less that of repeated coding of these comments is
    how essays differ. Added to the deviation, which knows what few codes leave open, and never taken from it.
    """
    inside, tune = problem.inside, found.tune
    numbered = pd.factorize(np.where(inside, cluster, cluster[inside][0]))[0]
    shares = bootstrap_corrected(problem, numbered, tune=tune, draws=draws, seed=seed)
    _, u = corrected_mean(problem.sample, problem.y, problem.f, tune=tune, inside=inside)
    essays = max(0.0, float(np.nanvar(shares)) - float(covariance(problem.sample, u)[0, 0]))
    made = found.deviation
    return replace(found, deviation=replace(made, variance=made.variance + essays))
