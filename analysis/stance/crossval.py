"""How good a model is on blogs it has not seen: each blog is left out in turn, and the largest is split by essay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.stance.calibrate import fit_calibration
from analysis.stance.features import describe_comments
from analysis.stance.fit import Recipe, fit_model
from analysis.stance.model import CLASSES, POSITIONS, certainty_of, softmax

LARGEST_PARTS = (
    5  # the largest blog holds a third of the open gold; left out whole it would take too much training away
)
ECE_BINS = 10


@dataclass(frozen=True)
class OutOfFold:
    """Predictions for each coded comment by a model that saw neither its blog nor, in the largest blog, its essay.

    Attributes
    ----------
    rows : tuple of mapping
        The coded comments, sorted by id.
    scores : array, shape (comments, 4)
        In the order of ``CLASSES``; uncalibrated.
    positions : tuple of str
    folds : tuple of str
        Which part each comment was left out with.
    """

    rows: tuple[Mapping[str, Any], ...]
    scores: np.ndarray
    positions: tuple[str, ...]
    folds: tuple[str, ...]

    @property
    def answers(self) -> np.ndarray:
        """Place in ``CLASSES`` of each comment's coded label."""
        return np.array([CLASSES.index(r["label"]) for r in self.rows])


def split_by_blog(rows: Sequence[Mapping[str, Any]], *, judged: Sequence[Mapping[str, Any]] | None = None) -> list[str]:
    """Name of the part each comment is left out with: its blog; the largest blog is cut into five parts by essay.

    Which blog is the largest is decided among ``judged`` where it is given, else among all rows.

    Examples
    --------
    >>> rows = [{"blog": "a", "post_id": str(k)} for k in range(3)] + [{"blog": "b", "post_id": "9"}]
    >>> split_by_blog(rows)
    ['a/0', 'a/1', 'a/2', 'b']
    """
    largest = min(Counter(r["blog"] for r in judged or rows).items(), key=lambda item: (-item[1], item[0]))[0]
    sizes = Counter(r["post_id"] for r in rows if r["blog"] == largest)
    load, part = [0] * LARGEST_PARTS, {}
    for essay in sorted(sizes, key=lambda e: (-sizes[e], e)):
        k = load.index(min(load))
        part[essay] = k
        load[k] += sizes[essay]
    return [f"{largest}/{part[r['post_id']]}" if r["blog"] == largest else r["blog"] for r in rows]


def cross_validate(
    rows: Sequence[Mapping[str, Any]], recipe: Recipe | None = None, *, more: Sequence[Mapping[str, Any]] = ()
) -> OutOfFold:
    """Predict every coded comment by a model trained without its part; word counts come from the other parts too.

    Parameters
    ----------
    rows : sequence of mapping
        Coded comments, each of which is predicted.
    recipe : Recipe, optional
    more : sequence of mapping
        Further coded comments that are only learned from, left out with their blog; none of them is predicted.
    """
    ordered = sorted(rows, key=lambda r: str(r["id"]))
    together = [*ordered, *sorted(more, key=lambda r: str(r["id"]))]
    parts = split_by_blog(together, judged=ordered)
    folds = parts[: len(ordered)]
    scores = np.zeros((len(ordered), len(CLASSES)))
    positions = [""] * len(ordered)
    for fold in sorted(set(folds)):
        out = [i for i, f in enumerate(folds) if f == fold]
        model = fit_model([r for r, f in zip(together, parts, strict=True) if f != fold], recipe)
        numbers = model.rows(describe_comments([ordered[i] for i in out], model.resources))
        scores[out] = model.scores(numbers)
        for i, position in zip(out, model.positions(numbers), strict=True):
            positions[i] = position
    return OutOfFold(tuple(ordered), scores, tuple(positions), tuple(folds))


def calibrate_across(found: OutOfFold) -> np.ndarray:
    """Scores calibrated by a divisor and a bias fitted on the other parts' comments: no comment calibrates itself."""
    folds = np.array(found.folds)
    out = np.zeros_like(found.scores)
    for fold in sorted(set(found.folds)):
        here = folds == fold
        divisor, bias = fit_calibration(found.scores[~here], found.answers[~here])
        out[here] = found.scores[here] / divisor + bias
    return out


def choose_thresholds(scores: np.ndarray, answers: np.ndarray) -> tuple[tuple[float, float], ...]:
    """For each target accuracy from .50 to .99, the lowest certainty from which the labels given reach it.

    A label given to a comment that should have none counts as wrong. Where the target is out of reach the last
    threshold is 1, which gives no label.
    """
    certainty, best = certainty_of(scores), scores[:, :3].argmax(axis=1)
    order = np.argsort(-certainty, kind="stable")
    right = (best == answers)[order]
    accuracy = np.cumsum(right) / np.arange(1, len(right) + 1)
    out = []
    for target in [k / 100 for k in range(50, 100)]:
        enough = np.flatnonzero(accuracy >= target)
        out.append((target, round(float(certainty[order][enough[-1]]), 4) if len(enough) else 1.0))
    return tuple(out)


def thresholds_across(found: OutOfFold, scores: np.ndarray, target: float) -> np.ndarray:
    """Threshold for each comment, chosen on the other parts' comments only."""
    folds, out = np.array(found.folds), np.zeros(len(scores))
    for fold in sorted(set(found.folds)):
        here = folds == fold
        out[here] = dict(choose_thresholds(scores[~here], found.answers[~here]))[target]
    return out


def f1_of(gold: np.ndarray, said: np.ndarray, label: int) -> float:
    """F1 of one class, 2 hits / (said + there); from 0 to 1, higher = better; 0 where it never occurs."""
    total = int((gold == label).sum() + (said == label).sum())
    return 2 * int(((gold == label) & (said == label)).sum()) / total if total else 0.0


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = ECE_BINS) -> float:
    """Mean gap of confidence and accuracy over bins of equal size (Naeini et al. 2015); 0 = honest, lower = better."""
    order = np.argsort(confidence, kind="stable")
    parts = [p for p in np.array_split(order, bins) if len(p)]
    return float(sum(abs(right[p].mean() - confidence[p].mean()) * len(p) for p in parts) / len(confidence))


def figures_of(found: OutOfFold, target: float = 0.9) -> dict[str, float]:
    """The figures of the model card, from out-of-fold predictions.

    Parameters
    ----------
    found : OutOfFold
    target : float
        Accuracy aimed at, one of .50, .51, ... .99.

    Returns
    -------
    dict of str to float
        ``macro_f1`` and ``f1_*`` over the three labels (rows coded "none" left out), ``accuracy``, ``acc_at_80``
        (on the surest 80 %), ``ece``; with abstention: ``coverage``, ``covered_acc``, ``none_abstained``;
        ``position_accuracy`` over rows not coded spam.
    """
    scores, answers = calibrate_across(found), found.answers
    three = softmax(scores[:, :3])
    best, confidence = three.argmax(axis=1), three.max(axis=1)
    given = certainty_of(scores) >= thresholds_across(found, scores, target)
    is_label = answers < 3
    right = best == answers
    f1 = {c: f1_of(answers[is_label], best[is_label], k) for k, c in enumerate(CLASSES[:3])}
    surest = np.flatnonzero(is_label)[np.argsort(-confidence[is_label], kind="stable")][
        : max(1, round(0.8 * int(is_label.sum())))
    ]
    sayable = [i for i, r in enumerate(found.rows) if r["label"] != "spam"]
    return {
        "macro_f1": float(np.mean(list(f1.values()))),
        **{f"f1_{c}": v for c, v in f1.items()},
        "accuracy": float(right[is_label].mean()),
        "acc_at_80": float(right[surest].mean()),
        "ece": expected_calibration_error(confidence[is_label], right[is_label]),
        "coverage": float(given[is_label].mean()),
        "covered_acc": float(right[is_label & given].mean()) if (is_label & given).any() else 0.0,
        "none_abstained": float((~given[~is_label]).mean()) if (~is_label).any() else 0.0,
        "position_accuracy": float(np.mean([found.positions[i] == found.rows[i]["position"] for i in sayable])),
    }


def positions_f1(found: OutOfFold) -> dict[str, float]:
    """F1 of each position, rows coded spam left out."""
    keep = [i for i, r in enumerate(found.rows) if r["label"] != "spam"]
    gold = np.array([POSITIONS.index(found.rows[i]["position"]) for i in keep])
    said = np.array([POSITIONS.index(found.positions[i]) for i in keep])
    return {p: f1_of(gold, said, k) for k, p in enumerate(POSITIONS)}
