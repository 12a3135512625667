"""Training and judging a label scheme: a linear model, calibrated, cross-validated by essay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from analysis.stance.adapt_choice import log_losses
from analysis.stance.adapt_ways import folds_of
from analysis.stance.crossval import expected_calibration_error, f1_of
from analysis.stance.features import Described, as_matrix
from analysis.stance.model import FARTHEST, Linear, softmax
from analysis.stance.scheme_features import Pieces, choose_pieces

RIDGES = (0.03, 0.1, 0.3)  # inverse strengths; their mean errs less than any chosen one
PARTS = 10  # of the cross-validation, fewer where there are fewer essays
SOFT = 0.7  # weight of a standardised feature beside runs and pieces of words
FACTOR = (-2.0, 1.1)  # of the scores, as a logarithm; a few dozen codes all told right do not make a label certain
DECIMALS = 4
DRAWS = 1000


@dataclass(frozen=True)
class Numbers:
    """Coded comments in numbers: room features and those among the others side by side, with gaps; texts; answers."""

    raw: np.ndarray
    texts: tuple[str, ...]
    answers: np.ndarray
    groups: np.ndarray
    classes: int


@dataclass(frozen=True)
class Fit:
    """A linear model with what is needed to write comments in its numbers."""

    means: np.ndarray
    spreads: np.ndarray
    pieces: Pieces
    linear: Linear

    def scores(self, raw: np.ndarray, texts: Sequence[str]) -> np.ndarray:
        """Scores, shape (comments, classes)."""
        return self.linear.scores(self.standard(raw), self.pieces.matrix(texts))

    def standard(self, raw: np.ndarray) -> np.ndarray:
        """Standardised features; a gap counts as the mean."""
        filled = np.where(np.isnan(raw), self.means, raw)
        return SOFT * np.clip((filled - self.means) / self.spreads, -FARTHEST, FARTHEST)


@dataclass(frozen=True)
class Judged:
    """Scores no comment had a hand in, raw and calibrated."""

    raw: np.ndarray
    scores: np.ndarray


def all_features(described: Sequence[Described], names: Sequence[str], among: np.ndarray) -> np.ndarray:
    """Room features and those among the others side by side; a missing one is not a number."""
    return np.hstack([as_matrix(described, names), among])


def fit_linear(numbers: Numbers) -> Fit:
    """Fit the linear model: the mean of three strengths of the penalty; rare labels weigh as much as common ones."""
    from sklearn.linear_model import LogisticRegression

    counts = (~np.isnan(numbers.raw)).sum(axis=0)
    means = (np.nansum(numbers.raw, axis=0) / np.maximum(counts, 1)).round(DECIMALS)
    filled = np.where(np.isnan(numbers.raw), means, numbers.raw)
    spreads = filled.std(axis=0).round(DECIMALS)
    spreads[spreads == 0] = 1.0
    blank = Fit(means, spreads, choose_pieces(numbers.texts), Linear(np.zeros((0, 0)), np.zeros(0)))
    x = sparse.hstack([sparse.csr_matrix(blank.standard(numbers.raw)), blank.pieces.matrix(numbers.texts)]).tocsr()
    found = []
    for ridge in RIDGES:
        model = LogisticRegression(C=ridge, class_weight="balanced", max_iter=2000, tol=1e-3).fit(x, numbers.answers)
        found.append(_spread_out(model, numbers.classes))
    coefficients = np.mean([f.coefficients for f in found], axis=0)
    return replace(blank, linear=Linear(coefficients, np.mean([f.intercepts for f in found], axis=0)))


def _spread_out(found: object, classes: int) -> Linear:
    """Coefficients with a column for each class; a class a part of the comments lacks is never likely in it."""
    coefficients, intercepts, present = (np.asarray(getattr(found, n)) for n in ("coef_", "intercept_", "classes_"))
    if len(present) == 2:  # scikit-learn keeps one row for two classes
        coefficients, intercepts = np.vstack([-coefficients, coefficients]) / 2, np.r_[-intercepts, intercepts] / 2
    full, starts = np.zeros((coefficients.shape[1], classes)), np.full(classes, intercepts.min() - 5.0)
    full[:, present], starts[present] = coefficients.T, intercepts
    return Linear(full, starts)


def cross_validate_scheme(numbers: Numbers, *, seed: int, progress: Callable[[int, int], None] | None = None) -> Judged:
    """Score coded comments by models that saw none of their essay, and calibrate each part by the others."""
    parts = min(PARTS, int(numbers.groups.max()) + 1)
    folds = folds_of(numbers.groups, parts, seed)
    raw = np.zeros((len(numbers.answers), numbers.classes))
    for done, (rest, out) in enumerate(folds, start=1):
        part = Numbers(numbers.raw[rest], tuple(numbers.texts[i] for i in rest), numbers.answers[rest],
                       numbers.groups[rest], numbers.classes)  # fmt: skip
        raw[out] = fit_linear(part).scores(numbers.raw[out], [numbers.texts[i] for i in out])
        if progress is not None:
            progress(done, len(folds) + 1)
    scores = np.zeros_like(raw)
    for rest, out in folds:
        scores[out] = raw[out] * calibrate(raw[rest], numbers.answers[rest])
    return Judged(raw, scores)


def calibrate(scores: np.ndarray, answers: np.ndarray) -> float:
    """The factor of the scores that makes the answers likeliest (Guo et al. 2017), from an eighth to three.

    No bias a label beside it: how frequent a label is differs from essay to essay, and on essays left out a bias made
    log-loss, calibration and F1 worse.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_factor: float) -> float:
        return float(log_losses(scores * np.exp(log_factor), answers).mean())

    return float(np.exp(minimize_scalar(loss, bounds=FACTOR, method="bounded").x))


def choose_certainties(scores: np.ndarray, answers: np.ndarray) -> tuple[tuple[float, float], ...]:
    """For each target accuracy from .50 to .99 the lowest chance of the likeliest label from which labels reach it."""
    chances = softmax(scores)
    certainty, right = chances.max(axis=1), chances.argmax(axis=1) == answers
    order = np.argsort(-certainty, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    out = []
    for target in [k / 100 for k in range(50, 100)]:
        enough = np.flatnonzero(accuracy >= target)
        out.append((target, round(float(certainty[order][enough[-1]]), 4) if len(enough) else 1.0))
    return tuple(out)


def figures_of_scheme(scores: np.ndarray, answers: np.ndarray, labels: Sequence[str]) -> dict[str, float]:
    """Accuracy, macro-F1, F1 of each label, log-loss and calibration error of calibrated scores."""
    chances = softmax(scores)
    said = chances.argmax(axis=1)
    f1 = {f"f1 {label}": f1_of(answers, said, k) for k, label in enumerate(labels)}
    return {
        "accuracy": float((said == answers).mean()),
        "macro_f1": float(np.mean(list(f1.values()))),
        **f1,
        "log_loss": float(log_losses(scores, answers).mean()),
        "calibration_error": expected_calibration_error(chances.max(axis=1), said == answers),
    }


def judge_scheme(
    judged: Judged, numbers: Numbers, labels: Sequence[str], *, seed: int
) -> list[tuple[str, float, float, float, float]]:
    """Figure, value, low and high (95 %, bootstrap by essay), and what always the commonest label gives."""
    essays = int(numbers.groups.max()) + 1
    members = [np.flatnonzero(numbers.groups == g) for g in range(essays)]
    value = figures_of_scheme(judged.scores, numbers.answers, labels)
    draw = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {name: [] for name in value}
    for _ in range(DRAWS):
        rows = np.concatenate([members[g] for g in draw.integers(0, essays, essays)])
        for name, number in figures_of_scheme(judged.scores[rows], numbers.answers[rows], labels).items():
            drawn[name].append(number)
    shares = np.bincount(numbers.answers, minlength=len(labels)) / len(numbers.answers)
    plain = figures_of_scheme(
        np.tile(np.log(np.maximum(shares, 1e-9)), (len(numbers.answers), 1)), numbers.answers, labels
    )
    out = []
    for name, number in value.items():
        low, high = np.quantile(drawn[name], [0.025, 0.975])
        out.append((name, number, float(low), float(high), plain[name]))
    return out
