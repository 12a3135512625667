"""Ways of fitting a trained model to a project's own codes without the texts it was trained on.

All of them move the shipped scores by one formula, ``scale * shipped + bias + features @ change``, and differ in what
may move and how far. So each gives a model of the same kind, with the same explanations, positions and thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from analysis.stance.model import CLASSES, softmax

SHIPPED = "shipped"
TINY = 1e-9  # of the largest eigenvalue: directions below it are rounding
STACK_PARTS = 5  # folds for the scratch model's scores inside a stack, as in the outer comparison
_SEARCH = {"maxiter": 200, "ftol": 1e-7}  # of the log-loss; finer changes no chance by a thousandth
# How far a number may be expected to move (one standard deviation of a normal prior), on the log scale of chances.
BIAS = 0.3  # of a class: a third more or less of its chance; fifty codes cannot show more than that beside noise
BIAS_FAR = 1.0  # a class is three times as common here as where the shipped model comes from
SCALE = 0.3  # of the logarithm of the scale: three quarters to one and a third of the shipped confidence
STACK = 0.5  # of the weights of a stack, around "all shipped, nothing from scratch"


@dataclass(frozen=True)
class Material:
    """Coded comments in the numbers a fit needs.

    Attributes
    ----------
    scores : array, shape (comments, 4)
        What the shipped model says, calibrated; its softmax are the probabilities.
    likeness : array, shape (comments, comments)
        Inner products of the comments' rows of features and runs of words.
    answers : array of int, shape (comments,)
        Place of the code in ``CLASSES``.
    weights : array, shape (comments,)
        Mean 1.
    groups : array of int, shape (comments,)
        The essay of each; comments of one essay are left out together.
    """

    scores: np.ndarray
    likeness: np.ndarray
    answers: np.ndarray
    weights: np.ndarray
    groups: np.ndarray

    def take(self, rows: np.ndarray) -> Material:
        """Some of the comments."""
        return Material(
            self.scores[rows], self.likeness[np.ix_(rows, rows)], self.answers[rows], self.weights[rows],
            self.groups[rows],
        )  # fmt: skip


@dataclass(frozen=True)
class Move:
    """What a fit found: how to get from the shipped scores to its own.

    Attributes
    ----------
    scale : float
        Of the shipped scores; 0 where they play no part.
    bias : array, shape (4,)
    dual : array, shape (comments of the fit, 4)
        The change of the coefficients is ``features of these comments, transposed, @ dual``.
    """

    scale: float
    bias: np.ndarray
    dual: np.ndarray

    def scores(self, shipped: np.ndarray, likeness: np.ndarray) -> np.ndarray:
        """Scores of other comments, from their shipped scores and their likeness to those of the fit."""
        return self.scale * shipped + self.bias + likeness @ self.dual


class Way(Protocol):
    """A way of fitting: its name, and what it makes of coded comments."""

    @property
    def name(self) -> str:
        """Its name in reports."""
        ...

    def fit(self, material: Material) -> Move:
        """Fit on these comments."""
        ...


@dataclass(frozen=True)
class Shipped:
    """The shipped model as it is."""

    name: str = SHIPPED

    def fit(self, material: Material) -> Move:
        """Move nothing."""
        return Move(1.0, np.zeros(len(CLASSES)), np.zeros((len(material.answers), len(CLASSES))))


@dataclass(frozen=True)
class Reweighted:
    """Other frequencies of the labels and another confidence, with the evidence weighed as it was.

    A bias a class and one scale for all scores: prior shift (Saerens, Latinne & Decaestecker 2002) estimated from
    codes, and vector scaling with one scale (Guo et al. 2017), both shrunk to none.
    """

    name: str
    bias_spread: float

    def fit(self, material: Material) -> Move:
        """Fit bias and scale."""
        nothing = np.zeros((len(material.answers), 0))
        log_scale, bias, _ = minimise_loss(material, nothing, (SCALE, self.bias_spread, 1.0))
        return Move(float(np.exp(log_scale)), bias, np.zeros_like(material.scores))


@dataclass(frozen=True)
class Shifted:
    """Every coefficient may move from its shipped value, at a price (Chelba & Acero 2006).

    Ridge regression centred on the shipped coefficients: a normal prior with standard deviation ``spread`` around each.
    """

    name: str
    spread: float
    bias_spread: float

    def fit(self, material: Material) -> Move:
        """Fit the change of the coefficients, with the shipped scores given."""
        roots, back = rotate(material.likeness)
        _, bias, beta = minimise_loss(material, roots, (0.0, self.bias_spread, self.spread))
        return Move(1.0, bias, back @ beta)


@dataclass(frozen=True)
class Scratch:
    """The same features, learned from the codes alone; what the shipped model says plays no part."""

    name: str
    spread: float

    def fit(self, material: Material) -> Move:
        """Fit coefficients around zero."""
        roots, back = rotate(material.likeness)
        blank = replace(material, scores=np.zeros_like(material.scores))
        _, bias, beta = minimise_loss(blank, roots, (0.0, BIAS_FAR, self.spread))
        return Move(0.0, bias, back @ beta)


@dataclass(frozen=True)
class Stacked:
    """The shipped model and one from scratch, pooled on the log scale with weights fitted on the codes.

    The weights are fitted on scores the scratch model gave to comments it was not fitted on (Wolpert 1992).
    """

    name: str
    scratch: Scratch

    def fit(self, material: Material) -> Move:
        """Fit the scratch model, and how much it is listened to."""
        own = np.zeros_like(material.scores)
        for rest, out in folds_of(material.groups, STACK_PARTS, 0):
            move = self.scratch.fit(material.take(rest))
            own[out] = move.scores(material.scores[out], material.likeness[np.ix_(out, rest)])
        own -= own.mean(axis=1, keepdims=True)
        log_scale, bias, weight = _minimise_pool(material, own)
        whole = self.scratch.fit(material)
        return Move(float(np.exp(log_scale)), bias + weight * whole.bias, weight * whole.dual)


def rotate(likeness: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Comments in as many dimensions as they span: ``roots @ roots.T`` is the likeness; ``back`` leads to the dual."""
    values, vectors = np.linalg.eigh(likeness)
    keep = values > TINY * max(float(values.max(initial=0.0)), TINY)
    root = np.sqrt(values[keep])
    return vectors[:, keep] * root, vectors[:, keep] / root


def _loss(scores: np.ndarray, material: Material) -> tuple[float, np.ndarray]:
    """Weighted sum of log-losses, and its gradient by the scores."""
    chances = softmax(scores)
    here = np.arange(len(scores)), material.answers
    loss = -float(material.weights @ np.log(np.maximum(chances[here], 1e-300)))
    chances[here] -= 1
    return loss, chances * material.weights[:, None]


def minimise_loss(
    material: Material, roots: np.ndarray, spreads: tuple[float, float, float]
) -> tuple[float, np.ndarray, np.ndarray]:
    """Likeliest log-scale of the scores, bias and coefficients under normal priors of these spreads; 0 fixes the scale.

    Parameters
    ----------
    material : Material
        With any number of classes.
    roots : array, shape (comments, dimensions)
        Of the features; without columns there are no coefficients.
    spreads : tuple of float
        Of log-scale, bias and coefficients around 0.
    """
    from scipy.optimize import minimize

    k, (scale_spread, bias_spread, spread) = material.scores.shape[1], spreads

    def price(x: np.ndarray) -> tuple[float, np.ndarray]:
        scale, bias, beta = np.exp(x[0]), x[1 : k + 1], x[k + 1 :].reshape(-1, k)
        loss, slope = _loss(scale * material.scores + bias + roots @ beta, material)
        own = x[0] / scale_spread**2 if scale_spread else 0.0
        loss += 0.5 * (x[0] * own + bias @ bias / bias_spread**2 + float((beta**2).sum()) / spread**2)
        first = scale * float((slope * material.scores).sum()) + own if scale_spread else 0.0
        rest = roots.T @ slope + beta / spread**2
        return loss, np.concatenate([[first], slope.sum(axis=0) + bias / bias_spread**2, rest.ravel()])

    start = np.zeros(1 + k + roots.shape[1] * k)
    found = minimize(price, start, jac=True, method="L-BFGS-B", options=_SEARCH).x
    return float(found[0]), found[1 : k + 1], found[k + 1 :].reshape(-1, k)


def _minimise_pool(material: Material, own: np.ndarray) -> tuple[float, np.ndarray, float]:
    """Log-scale of the shipped scores, bias, and weight of the scratch model's, around 0, 0 and 0."""
    from scipy.optimize import minimize

    k = len(CLASSES)

    def price(x: np.ndarray) -> tuple[float, np.ndarray]:
        scale, bias = np.exp(x[0]), x[1 : k + 1]
        loss, slope = _loss(scale * material.scores + bias + x[-1] * own, material)
        loss += 0.5 * ((x[0] ** 2 + x[-1] ** 2) / STACK**2 + bias @ bias / BIAS**2)
        first = scale * float((slope * material.scores).sum()) + x[0] / STACK**2
        last = float((slope * own).sum()) + x[-1] / STACK**2
        return loss, np.concatenate([[first], slope.sum(axis=0) + bias / BIAS**2, [last]])

    bounds = [(None, None)] * (k + 1) + [(0.0, None)]  # a model fitted on the same codes cannot speak against them
    found = minimize(price, np.zeros(k + 2), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(found[0]), found[1 : k + 1], float(found[-1])


def folds_of(groups: np.ndarray, parts: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Cut comments into parts of about equal size, no essay in two: (rows of the rest, rows of the part) for each.

    Essays in an order drawn by the seed go, the largest first, to the part that has least.
    """
    sizes = np.bincount(groups)
    here = np.flatnonzero(sizes)
    drawn = np.random.default_rng(seed).permutation(here)
    load, place = np.zeros(parts), np.zeros(len(sizes), dtype=int)
    for essay in sorted(drawn, key=lambda g: -sizes[g]):
        place[essay] = int(load.argmin())
        load[place[essay]] += sizes[essay]
    part = place[groups]
    return [(np.flatnonzero(part != p), np.flatnonzero(part == p)) for p in range(parts) if (part == p).any()]


# The simplest first: a later one is taken only where it is better by more than chance explains. The strengths were set
# once on the open gold, on codes drawn from one blog with a model trained on the others (benchmarks/adapt.py).
_SCRATCH = Scratch("from scratch", 0.2)
WAYS: Sequence[Way] = (
    Shipped(),
    Reweighted("reweighted", BIAS),
    Reweighted("reweighted freely", BIAS_FAR),
    Shifted("shifted a little", 0.03, BIAS),
    Shifted("shifted", 0.1, BIAS),
    Shifted("shifted far", 0.2, BIAS_FAR),
    Stacked("stacked", _SCRATCH),
    _SCRATCH,
)
