"""Small decision trees, read from plain numbers: grown with scikit-learn in training, walked here with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Forest:
    """Boosted trees for several classes, all nodes of all trees in one table.

    Attributes
    ----------
    baseline : array, shape (classes,)
        Score every comment starts from.
    roots, target : array of int, shape (trees,)
        First node of each tree, and the class its leaves add to.
    feature, left, right : array of int, shape (nodes,)
        Feature asked (-1 at a leaf) and the nodes that follow (a leaf itself); ``left`` where the feature is at most
        ``threshold``.
    threshold, value : array of float, shape (nodes,)
        ``value`` is what a comment that stops here adds; inner nodes have one too, for the explanation.
    share : float
        Weight of each tree: one over the number of forests averaged.
    """

    baseline: np.ndarray
    roots: np.ndarray
    target: np.ndarray
    feature: np.ndarray
    left: np.ndarray
    right: np.ndarray
    threshold: np.ndarray
    value: np.ndarray
    share: float

    def walk(self, features: np.ndarray) -> list[np.ndarray]:
        """Nodes met by each comment in each tree, step by step; each array has shape (comments, trees)."""
        at = np.tile(self.roots.astype(np.intp), (len(features), 1))
        steps = [at]
        rows = np.arange(len(features))[:, None] * features.shape[1]
        numbers = np.ascontiguousarray(features).ravel()
        while self._inner.take(at).any():
            # A leaf leads to itself; whatever is asked there, the comment stays.
            goes_left = numbers.take(rows + self._asked.take(at)) <= self.threshold.take(at)
            at = self._next.take(2 * at + goes_left)
            steps.append(at)
        return steps

    @cached_property
    def _inner(self) -> np.ndarray:
        return self.feature >= 0

    @cached_property
    def _asked(self) -> np.ndarray:
        """Feature asked at each node; at a leaf the first, whose answer leads back to the leaf."""
        return np.maximum(self.feature, 0).astype(np.intp)

    @cached_property
    def _next(self) -> np.ndarray:
        """Where to go from node n: place 2n holds the right one, 2n + 1 the left one."""
        return np.stack([self.right, self.left], axis=1).ravel().astype(np.intp)

    @cached_property
    def _parent(self) -> np.ndarray:
        """The node above each node; a root is its own."""
        above = np.arange(len(self.feature))
        inner = np.flatnonzero(self._inner)
        above[self.left[inner]] = inner
        above[self.right[inner]] = inner
        return above

    def scores(self, steps: Sequence[np.ndarray]) -> np.ndarray:
        """Score of each class after a ``walk``, shape (comments, classes); natural-log scale before the softmax."""
        leaves = self.value[steps[-1]] * self.share
        belongs = (self.target[:, None] == np.arange(len(self.baseline))).astype(float)
        return self.baseline + leaves @ belongs

    def contributions(self, steps: Sequence[np.ndarray], features: int) -> np.ndarray:
        """What each feature added to each class's score on a ``walk``, shape (comments, features, classes).

        Along a tree's path the change of value from node to node is laid to the feature asked there
        (A. Saabas 2014, "Interpreting random forests"). Features that act together share by order of asking.
        """
        shape = (len(steps[0]), features, len(self.baseline))
        start = (np.arange(shape[0])[:, None] * (shape[1] * shape[2]) + self.target).ravel()
        asked = self._asked[self._parent] * shape[2]
        change = (self.value - self.value[self._parent]) * self.share
        out = np.zeros(int(np.prod(shape)))
        for before, after in pairwise(steps):
            moved = np.flatnonzero(before != after)
            node = after.take(moved)
            out += np.bincount(start.take(moved) + asked.take(node), weights=change.take(node), minlength=len(out))
        return out.reshape(shape)

    def as_plain(self) -> dict[str, Any]:
        """Lists of numbers for a JSON file."""
        return {
            name: getattr(self, name).tolist() if name != "share" else self.share for name in self.__dataclass_fields__
        }


def forest_from_plain(plain: dict[str, Any]) -> Forest:
    """Read back what ``Forest.as_plain`` gave."""
    whole = {"roots", "target", "feature", "left", "right"}
    arrays = {k: np.array(v, dtype=np.int32 if k in whole else float) for k, v in plain.items() if k != "share"}
    return Forest(share=float(plain["share"]), **arrays)
