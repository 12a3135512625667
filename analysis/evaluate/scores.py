"""Right and wrong labels: confusion, F1 and the summary of a labeller, with bootstrap intervals by essay.

Every function takes a *judged* table: ``comment_id``, ``cluster`` (the essay or its family), ``truth`` (agreeing,
extending, spam, or none), ``label`` (one of three, or None: cannot say) and the probabilities ``agreeing``,
``extending``, ``spam``. Row order matters only where two comments have the same top probability. Two columns are
optional: ``weight``, how many comments of the corpus a row stands for (one over the chance it was drawn with; without
the column each stands for itself), which every figure honours; and ``blog``, for ``analysis.evaluate.blogs``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import LabelError, one_of
from analysis.estimate import resample_clusters
from analysis.types import LABELS

TRUTHS = (*LABELS, "none")
SAID = (*LABELS, "cannot say")
SURE_PART = 0.8  # the part of the comments, the surest first, whose accuracy peers report
ECE_BINS = 10  # as many as peers use; with fewer than about 200 comments their means are noise
_ROUNDING = 1e-9  # sums of weights differ in their last digits by the order of adding; no row's weight is so small

Figures = dict[str, float]


def check_judged(judged: pd.DataFrame) -> None:
    """Refuse a judged table with columns missing, labels outside the codebook, or probabilities that are none.

    Raises
    ------
    LabelError
    """
    needed = ("comment_id", "cluster", "truth", "label", *LABELS)
    missing = [c for c in needed if c not in judged.columns]
    if missing:
        raise LabelError(f"The judged table lacks the column(s) {', '.join(missing)}; it needs {', '.join(needed)}.")
    for column, allowed in (("truth", TRUTHS), ("label", LABELS)):
        found = judged[column].dropna() if column == "label" else judged[column]
        for value in found.unique():
            if value not in allowed:
                raise LabelError(f"In column {column!r}: " + one_of("label", str(value), allowed))
    chances = judged[list(LABELS)].to_numpy(dtype=float)
    if not ((chances >= 0) & (chances <= 1)).all():
        raise LabelError("Each probability lies from 0 to 1 without gaps; leave out comments that were never judged.")
    if not (np.isfinite(weights_of(judged)) & (weights_of(judged) > 0)).all():
        raise LabelError("Each weight is a number above 0: one over the chance with which the comment was drawn.")


def weights_of(judged: pd.DataFrame) -> NDArray[np.float64]:
    """How many comments of the corpus each row stands for; 1 each where the table does not say."""
    if "weight" not in judged.columns:
        return np.ones(len(judged))
    return judged["weight"].to_numpy(dtype=float)


def effective_n(weights: NDArray[np.float64]) -> float:
    """How many comments of equal weight would tell as much: ``(sum w)² / sum w²`` (Kish 1965); the count where equal.

    Examples
    --------
    >>> effective_n(np.ones(8)), round(effective_n(np.array([1.0, 1, 1, 5])), 2)
    (8.0, 2.29)
    """
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0


def surest(top: NDArray, weights: NDArray[np.float64], part: float) -> NDArray[np.intp]:
    """Rows that together make up this part of all comments, the surest first; at least one."""
    order = np.argsort(-top, kind="stable")
    if not len(order):
        return order
    wanted = max(1, round(part * len(order))) / len(order) * weights.sum()
    reached = np.searchsorted(np.cumsum(weights[order]), wanted * (1 - _ROUNDING))
    return order[: min(reached, len(order) - 1) + 1]


def three_class(judged: pd.DataFrame) -> tuple[NDArray, NDArray, NDArray]:
    """Truth and best guess as positions in LABELS, and the top probability, for the rows whose truth is a label.

    Returns
    -------
    truth, best : array of int
    top : array of float
        All of one length, in row order; the first of equal probabilities wins.
    """
    kept = judged[judged["truth"] != "none"]
    chances = kept[list(LABELS)].to_numpy(dtype=float)
    return _position(kept["truth"], LABELS), chances.argmax(axis=1), chances.max(axis=1, initial=0)


def _position(values: pd.Series, names: tuple[str, ...]) -> NDArray[np.intp]:
    return pd.Categorical(values, categories=names).codes.astype(np.intp)


def stat_confusion(judged: pd.DataFrame, *, source: str) -> pd.DataFrame:
    """Count what was said against what is true, every pair.

    Parameters
    ----------
    judged : DataFrame
        See the module.
    source : str
        What the truth is, in words, e.g. "planted labels of the sample corpus".

    Returns
    -------
    DataFrame
        truth (agreeing, extending, spam, none), said (agreeing, extending, spam, cannot say), n (rows), weight (how
        many comments they stand for; n where nothing is weighted), source; 16 rows, pairs that never occur with n = 0.
    """
    check_judged(judged)
    said = judged["label"].where(judged["label"].notna(), "cannot say")
    counts, weight = np.zeros((len(TRUTHS), len(SAID)), dtype=int), np.zeros((len(TRUTHS), len(SAID)))
    at = (_position(judged["truth"], TRUTHS), _position(said, SAID))
    np.add.at(counts, at, 1)
    np.add.at(weight, at, weights_of(judged))
    rows = [(t, s, counts[i, j], weight[i, j], source) for i, t in enumerate(TRUTHS) for j, s in enumerate(SAID)]
    return pd.DataFrame(rows, columns=["truth", "said", "n", "weight", "source"])


def stat_f1(judged: pd.DataFrame, *, level: float, draws: int, seed: int) -> pd.DataFrame:
    """Precision, recall and F1 of each label and their mean, with intervals over essays.

    Parameters
    ----------
    judged : DataFrame
        See the module. Rows whose truth is none are left out, and abstention is ignored: the label of the highest
        probability counts.
    level : float
    draws, seed : int
        Of the bootstrap over clusters.

    Returns
    -------
    DataFrame
        label (agreeing, extending, spam, macro), precision, recall, f1, low, high (of F1), n (true ones); all from 0
        to 1, higher is better; NaN where a label was neither said nor true.

    Notes
    -----
    ``F1 = 2 TP / (2 TP + FP + FN)`` (van Rijsbergen 1979); macro is the plain mean over labels that occur. A macro mean
    hides which label fails: read the rows above it.
    """
    check_judged(judged)
    truth, best, _ = three_class(judged)
    kept = judged[judged["truth"] != "none"]
    clusters, weights = kept["cluster"].to_numpy(), weights_of(kept)

    def at(rows: NDArray) -> Figures:
        return dict(zip((*LABELS, "macro"), _f1(truth[rows], best[rows], weights[rows])[2], strict=True))

    point, low, high = _with_interval(at, clusters, level=level, draws=draws, seed=seed)
    precision, recall, _ = _f1(truth, best, weights)
    n = [*np.bincount(truth, minlength=len(LABELS)), len(truth)]
    return pd.DataFrame(
        {
            "label": list(point),
            "precision": precision,
            "recall": recall,
            "f1": list(point.values()),
            "low": low,
            "high": high,
            "n": n,
        }
    )


def _f1(truth: NDArray, best: NDArray, weights: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Precision, recall and F1 by label, and last their means over what is defined."""
    k = len(LABELS)
    table = np.bincount(truth * k + best, weights=weights, minlength=k * k).reshape(k, k)
    hit, said, there = np.diag(table), table.sum(axis=0), table.sum(axis=1)
    parts = []
    for top, below in ((hit, said), (hit, there), (2 * hit, said + there)):
        value = np.divide(top, below, out=np.full(k, np.nan), where=below > 0)
        parts.append(np.append(value, np.nan if np.isnan(value).all() else np.nanmean(value)))
    return parts[0], parts[1], parts[2]


def stat_summary(judged: pd.DataFrame, *, level: float, draws: int, seed: int) -> pd.DataFrame:
    """The figures by which labellers are compared, with intervals over essays.

    Parameters
    ----------
    judged : DataFrame
        See the module.
    level : float
    draws, seed : int

    Returns
    -------
    DataFrame
        figure, value, low, high, n (rows it rests on), in this order: ``macro_f1``; ``accuracy`` (abstention
        ignored); ``coverage`` (part of the three-label rows that got a label); ``covered_acc`` (accuracy among those);
        ``none_abstained`` (part of the true "none" left without a label); ``ece`` (see ``calibration_error``; lower is
        better); ``acc_at_80`` (accuracy on the surest 80 %). All from 0 to 1; NaN where nothing can be said.

    Notes
    -----
    The interval of ``ece`` lies high: drawing rows again adds noise to every bin, and noise only adds to it.
    """
    check_judged(judged)
    named = judged["truth"].to_numpy(dtype=object) != "none"
    truth = _position(judged["truth"].where(judged["truth"] != "none"), LABELS)
    chances = judged[list(LABELS)].to_numpy(dtype=float)
    best, top = chances.argmax(axis=1), chances.max(axis=1, initial=0)
    said, weights = _position(judged["label"], LABELS), weights_of(judged)

    def at(rows: NDArray) -> Figures:
        return _summary(*(x[rows] for x in (named, truth, best, top, said, weights)))

    point, low, high = _with_interval(at, judged["cluster"].to_numpy(), level=level, draws=draws, seed=seed)
    three, covered = int(named.sum()), int((named & (said >= 0)).sum())
    n = [three, three, three, covered, len(judged) - three, three, round(SURE_PART * three)]
    return pd.DataFrame({"figure": list(point), "value": list(point.values()), "low": low, "high": high, "n": n})


def _summary(named: NDArray, truth: NDArray, best: NDArray, top: NDArray, said: NDArray, weights: NDArray) -> Figures:
    right, sure, labelled = best[named] == truth[named], top[named], said[named] >= 0
    own = weights[named]
    first = surest(sure, own, SURE_PART)
    return {
        "macro_f1": float(_f1(truth[named], best[named], own)[2][-1]),
        "accuracy": _mean(right, own),
        "coverage": _mean(labelled, own),
        "covered_acc": _mean(said[named][labelled] == truth[named][labelled], own[labelled]),
        "none_abstained": _mean(said[~named] < 0, weights[~named]),
        "ece": ece(sure, right, own),
        "acc_at_80": _mean(right[first], own[first]),
    }


def ece(top: NDArray, right: NDArray, weights: NDArray, bins: int = ECE_BINS) -> float:
    """Expected calibration error over bins of equally many rows; see ``calibration.calibration_error``."""
    if not len(top):
        return float("nan")
    order = np.argsort(top, kind="stable")
    edges = np.arange(bins + 1) * len(top) // bins
    gaps = np.add.reduceat(np.append(((top - right) * weights)[order], 0.0), edges[:-1])
    return float(np.abs(gaps[np.diff(edges) > 0]).sum() / weights.sum())


def _mean(values: NDArray, weights: NDArray) -> float:
    return float((values * weights).sum() / weights.sum()) if len(values) else float("nan")


def _with_interval(
    at: Callable[[NDArray], Figures], clusters: NDArray, *, level: float, draws: int, seed: int
) -> tuple[Figures, list[float], list[float]]:
    """Figures on all rows, and the bounds of the middle ``level`` of them over draws of whole clusters."""
    point = at(np.arange(len(clusters)))
    if len(clusters) == 0:
        return point, [np.nan] * len(point), [np.nan] * len(point)
    drawn = np.array([list(at(rows).values()) for rows in resample_clusters(clusters, draws, seed)])
    bounds = []
    for column in drawn.T:
        known = column[~np.isnan(column)]
        bounds.append(np.quantile(known, [(1 - level) / 2, (1 + level) / 2]) if len(known) else [np.nan, np.nan])
    low, high = np.array(bounds).T
    return point, low.tolist(), high.tolist()
