"""Which way of fitting is worth taking, and what it is worth: cross-validation by essay, nested, with intervals.

The choice is made inside each outer part, so what is said about the gain was not chosen for being large.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.stance.adapt_ways import WAYS, Material, Way, folds_of
from analysis.stance.model import softmax

OUTER, INNER = 8, 4  # parts; more cost more and change little
# Standard errors a simpler way may be worse by. One, the usual rule, is for noise between whole fits; of the paired
# difference it threw away half of what fits gained on the rest of four projects with 50 or 100 codes, half an error did
# not, and what looks better by luck is still caught by the nested comparison (benchmarks/adapt.py).
ERRORS = 0.5
DRAWS = 2000  # of the bootstrap by essay
LEVEL = 0.95
FIGURES = ("accuracy", "macro_f1", "log_loss")


@dataclass(frozen=True)
class Compared:
    """What each way said of comments under essays it had not seen.

    Attributes
    ----------
    ways : tuple of str
        The simplest first; the first is the shipped model.
    scores : array, shape (ways, comments, 4)
        Out of fold.
    nested : array, shape (comments, 4)
        Of the way that was chosen without the comment's essay.
    chosen : str
        The way the rule chooses on all codes.
    took : tuple of str
        The way chosen in each outer part.
    """

    ways: tuple[str, ...]
    scores: np.ndarray
    nested: np.ndarray
    chosen: str
    took: tuple[str, ...]


def compare_ways(
    material: Material,
    *,
    seed: int = 0,
    ways: Sequence[Way] = WAYS,
    progress: Callable[[int, int], None] | None = None,
) -> Compared:
    """Let every way predict comments under essays it was not fitted on, and choose one; in each part anew.

    Parameters
    ----------
    material : Material
    seed : int
        Of the parts.
    ways : sequence of Way
        The simplest first.
    progress : callable, optional
        Told how many fits are done, and of how many.
    """
    outer = folds_of(material.groups, OUTER, seed)
    total, done = len(outer) * len(ways) * (1 + INNER), 0
    scores = np.zeros((len(ways), *material.scores.shape))
    nested = np.zeros_like(material.scores)
    took = []
    for rest, out in outer:
        inside = material.take(rest)
        found = _out_of_fold(inside, ways, folds_of(inside.groups, INNER, seed))
        best = choose_way(_log_losses(found, inside), inside.weights, inside.groups)
        for k, way in enumerate(ways):
            scores[k, out] = _predict(way, material, rest, out)
        nested[out] = scores[best, out]
        took.append(ways[best].name)
        done += len(ways) * (1 + INNER)
        if progress is not None:
            progress(done, total)
    chosen = choose_way(_log_losses(scores, material), material.weights, material.groups)
    return Compared(tuple(w.name for w in ways), scores, nested, ways[chosen].name, tuple(took))


def _predict(way: Way, material: Material, rest: np.ndarray, out: np.ndarray) -> np.ndarray:
    """Scores of some comments by a fit on others."""
    move = way.fit(material.take(rest))
    return move.scores(material.scores[out], material.likeness[np.ix_(out, rest)])


def _out_of_fold(material: Material, ways: Sequence[Way], folds: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    scores = np.zeros((len(ways), *material.scores.shape))
    for rest, out in folds:
        for k, way in enumerate(ways):
            scores[k, out] = _predict(way, material, rest, out)
    return scores


def _log_losses(scores: np.ndarray, material: Material) -> np.ndarray:
    """Log-loss of each comment by each way, shape (ways, comments); lower = better."""
    return np.stack([log_losses(s, material.answers) for s in scores])


def log_losses(scores: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Minus the natural logarithm of the chance given to the code, shape (comments,); 0 = sure and right."""
    chances = softmax(scores)[np.arange(len(answers)), answers]
    return np.asarray(-np.log(np.maximum(chances, 1e-12)))


def choose_way(losses: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> int:
    """The first (simplest) way that is not worse than the best by more than half a standard error of the difference.

    Parameters
    ----------
    losses : array, shape (ways, comments)
    weights : array, shape (comments,)
    groups : array of int, shape (comments,)

    Notes
    -----
    The one-standard-error rule (Breiman, Friedman, Olshen & Stone 1984) with ``ERRORS`` of the error of the paired
    difference, comments under one essay taken together.

    Examples
    --------
    >>> losses = np.array([[0.5, 0.6, 0.4, 0.5], [0.1, 0.2, 0.1, 0.1]])
    >>> choose_way(losses, np.ones(4), np.arange(4))
    1
    """
    means = losses @ weights / weights.sum()
    best = int(means.argmin())
    for k in range(best):
        gap = losses[k] - losses[best]
        if means[k] - means[best] <= ERRORS * _standard_error(gap, weights, groups):
            return k
    return best


def _standard_error(values: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> float:
    """Standard error of a weighted mean over essays."""
    apart = weights * (values - weights @ values / weights.sum()) / weights.sum()
    sums = np.bincount(groups, weights=apart)
    essays = len(np.unique(groups))
    return float(np.sqrt(essays / (essays - 1) * (sums**2).sum()))


@dataclass(frozen=True)
class Counts:
    """What figures are made of, added up by essay: shape (essays, 11)."""

    table: np.ndarray

    @classmethod
    def of(cls, scores: np.ndarray, material: Material) -> Counts:
        """Weighted hits, labels said and labels there of each of the three labels; comments; losses."""
        answers, weights = material.answers, material.weights
        said = scores[:, :3].argmax(axis=1)
        real = answers < 3  # rows coded "none" have no right label; they count in the log-loss
        columns = [weights * (real & (answers == k) & (said == k)) for k in range(3)]
        columns += [weights * (real & (said == k)) for k in range(3)]
        columns += [weights * (answers == k) for k in range(3)]
        columns += [weights, weights * log_losses(scores, answers)]
        n = int(material.groups.max()) + 1
        return cls(np.stack([np.bincount(material.groups, weights=c, minlength=n) for c in columns], axis=1))

    def figures(self, times: np.ndarray) -> np.ndarray:
        """Accuracy, macro-F1 and log-loss with each essay taken so many times; shape (draws, 3)."""
        sums = times @ self.table
        hits, said, there = sums[:, :3], sums[:, 3:6], sums[:, 6:9]
        with np.errstate(invalid="ignore", divide="ignore"):
            f1 = np.where(said + there > 0, 2 * hits / (said + there), np.nan)
            accuracy = hits.sum(axis=1) / there.sum(axis=1)
            return np.stack([accuracy, _mean_of_known(f1), sums[:, 10] / sums[:, 9]], axis=1)


def _mean_of_known(f1: np.ndarray) -> np.ndarray:
    known = ~np.isnan(f1)
    return np.asarray(np.where(known, f1, 0).sum(axis=1) / known.sum(axis=1))


def gains(scores: np.ndarray, material: Material, *, seed: int) -> dict[str, tuple[float, float, float, float]]:
    """Each figure of some scores, and by how much it is better than the shipped model's, with an interval.

    Returns
    -------
    dict
        Figure to (value, gain, low, high). Gain is positive where the scores are better, for the log-loss too.

    Notes
    -----
    Percentile bootstrap over essays of the paired difference (Efron & Tibshirani 1993). It holds the luck of the coded
    comments, not that of the fits, which it takes as they are: a little too narrow.
    """
    ours, shipped = Counts.of(scores, material), Counts.of(material.scores, material)
    essays = np.unique(material.groups)
    once = np.zeros((1, len(ours.table)))
    once[0, essays] = 1
    times = np.zeros((DRAWS, len(ours.table)))
    times[:, essays] = np.random.default_rng(seed).multinomial(
        len(essays), np.full(len(essays), 1 / len(essays)), DRAWS
    )
    better = np.array([1, 1, -1])
    value = ours.figures(once)[0]
    gain = better * (value - shipped.figures(once)[0])
    drawn = better * (ours.figures(times) - shipped.figures(times))
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0)
    return {name: (float(value[k]), float(gain[k]), float(low[k]), float(high[k])) for k, name in enumerate(FIGURES)}
