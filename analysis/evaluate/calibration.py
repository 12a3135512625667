"""Whether the probabilities can be believed: reliability, calibration error, accuracy against coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimate import wilson_interval
from analysis.evaluate.scores import ECE_BINS, check_judged, ece, effective_n, surest, three_class, weights_of

COVERAGE_STEPS = 20  # a point for every 5 % of the comments: enough for a curve, few enough for a table


def stat_reliability(judged: pd.DataFrame, *, source: str, level: float, bins: int = ECE_BINS) -> pd.DataFrame:
    """How often the machine is right among comments of which it is about equally sure.

    Parameters
    ----------
    judged : DataFrame
        See ``analysis.evaluate.scores``; rows whose truth is none are left out.
    source : str
        What the comparison is against, in words.
    level : float
    bins : int
        Number of bins with equally many rows, by top probability.

    Returns
    -------
    DataFrame
        bin (from 1, the least sure first), predicted (mean top probability), observed (part that was right), low, high
        (Wilson, of ``observed``), n, source. A perfectly calibrated machine has observed = predicted. Empty bins are
        left out.

    Notes
    -----
    Wilson's intervals take comments as independent; under one essay they are not quite. Where rows have weights the
    means are weighted, and the intervals rest on as many comments as ``scores.effective_n`` says; ``n`` counts rows.
    """
    check_judged(judged)
    truth, best, top = three_class(judged)
    weights = weights_of(judged[judged["truth"] != "none"])
    order, right = np.argsort(top, kind="stable"), truth == best
    rows = []
    for number, part in enumerate(np.split(order, np.arange(1, bins) * len(order) // bins), start=1):
        if len(part):
            own = weights[part]
            observed = float((right[part] * own).sum() / own.sum())
            low, high = wilson_interval(observed, effective_n(own), level=level)
            predicted = float((top[part] * own).sum() / own.sum())
            rows.append((number, predicted, observed, low, high, len(part), source))
    return pd.DataFrame(rows, columns=["bin", "predicted", "observed", "low", "high", "n", "source"])


def calibration_error(judged: pd.DataFrame) -> float:
    """By how much the top probability is off, on average.

    Returns
    -------
    float
        From 0 (as sure as right) to 1; NaN without rows.

    Notes
    -----
    ``ECE = sum over bins (n_b / n) |right_b - predicted_b|``, ten bins of equally many rows (Naeini, Cooper &
    Hauskrecht 2015; Guo et al. 2017). It never sees errors that cancel within a bin, and below about 200 comments most
    of it is noise: look at the reliability table.
    """
    check_judged(judged)
    truth, best, top = three_class(judged)
    return ece(top, truth == best, weights_of(judged[judged["truth"] != "none"]))


def stat_coverage(judged: pd.DataFrame, *, source: str, level: float) -> pd.DataFrame:
    """Accuracy if only the surest part of the comments were labelled.

    Parameters
    ----------
    judged : DataFrame
        See ``analysis.evaluate.scores``; rows whose truth is none are left out.
    source : str
    level : float

    Returns
    -------
    DataFrame
        coverage (0.05 to 1, ascending), accuracy, low, high (Wilson), source; all from 0 to 1.

    Notes
    -----
    The risk-coverage curve (El-Yaniv & Wiener 2010), drawn as accuracy. The part is taken of comments that have one of
    the three labels in truth; on a real page those with none are among them, and accuracy is lower.
    """
    check_judged(judged)
    truth, best, top = three_class(judged)
    right, weights = truth == best, weights_of(judged[judged["truth"] != "none"])
    rows = []
    for step in range(1, COVERAGE_STEPS + 1) if len(right) else ():
        first = surest(top, weights, step / COVERAGE_STEPS)
        accuracy = float((right[first] * weights[first]).sum() / weights[first].sum())
        bounds = wilson_interval(accuracy, effective_n(weights[first]), level=level)
        rows.append((step / COVERAGE_STEPS, accuracy, *bounds, source))
    return pd.DataFrame(rows, columns=["coverage", "accuracy", "low", "high", "source"])
