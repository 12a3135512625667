"""Whether the probabilities can be believed: reliability, calibration error, accuracy against coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimate import wilson_interval
from analysis.evaluate.scores import ECE_BINS, check_judged, ece, three_class

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
        Number of bins of equal size, by top probability.

    Returns
    -------
    DataFrame
        bin (from 1, the least sure first), predicted (mean top probability), observed (part that was right), low, high
        (Wilson, of ``observed``), n, source. A perfectly calibrated machine has observed = predicted. Empty bins are
        left out.

    Notes
    -----
    Wilson's intervals take comments as independent; under one essay they are not quite.
    """
    check_judged(judged)
    truth, best, top = three_class(judged)
    order, right = np.argsort(top, kind="stable"), truth == best
    rows = []
    for number, part in enumerate(np.split(order, np.arange(1, bins) * len(order) // bins), start=1):
        if len(part):
            observed = float(right[part].mean())
            low, high = wilson_interval(observed, len(part), level=level)
            rows.append((number, float(top[part].mean()), observed, low, high, len(part), source))
    return pd.DataFrame(rows, columns=["bin", "predicted", "observed", "low", "high", "n", "source"])


def calibration_error(judged: pd.DataFrame) -> float:
    """By how much the top probability is off, on average.

    Returns
    -------
    float
        From 0 (as sure as right) to 1; NaN without rows.

    Notes
    -----
    ``ECE = sum over bins (n_b / n) |right_b - predicted_b|``, ten bins of equal size (Naeini, Cooper & Hauskrecht
    2015; Guo et al. 2017). It never sees errors that cancel within a bin, and below about 200 comments most of it is
    noise: look at the reliability table.
    """
    check_judged(judged)
    truth, best, top = three_class(judged)
    return ece(top, truth == best)


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
    right = (truth == best)[np.argsort(-top, kind="stable")]
    rows = []
    for step in range(1, COVERAGE_STEPS + 1) if len(right) else ():
        n = max(1, round(step / COVERAGE_STEPS * len(right)))
        accuracy = float(right[:n].mean())
        rows.append((step / COVERAGE_STEPS, accuracy, *wilson_interval(accuracy, n, level=level), source))
    return pd.DataFrame(rows, columns=["coverage", "accuracy", "low", "high", "source"])
