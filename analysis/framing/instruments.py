"""The three instruments run together on one axis: weights of both poles for every passage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.framing.agreement import INSTRUMENTS, rank_alpha, scores_of, separation
from analysis.framing.passages import Passage
from analysis.framing.relations import Relation
from analysis.framing.seeded import SeededPoles, weigh_seeded
from analysis.framing.semantic import SemanticAxis, weigh_semantic
from analysis.topics import WordVectors
from analysis.topics.model import Floats

Reader = Callable[[Relation], int]  # -1 low pole, 1 high pole, 0 neither


@dataclass(frozen=True, eq=False)
class Measured:
    """What the instruments say of every passage.

    Attributes
    ----------
    seeded : SeededPoles
    semantic : SemanticAxis
    grammar : ndarray, shape (passages, 2)
        Pieces of evidence for the low and the high pole.
    """

    seeded: SeededPoles
    semantic: SemanticAxis
    grammar: Floats

    @property
    def weights(self) -> tuple[Floats, Floats, Floats]:
        """Weights of the poles by instrument, in the order of ``INSTRUMENTS``; each of shape (passages, 2)."""
        return self.seeded.weights, self.semantic.weights, self.grammar

    def scores(self, essays: Sequence[str], names: Sequence[str]) -> Floats:
        """Balance of each essay by instrument, from -1 to 1; shape (essays, 3)."""
        return np.column_stack([scores_of(weights, essays, names) for weights in self.weights])

    def summary(self, essays: Sequence[str], names: Sequence[str]) -> dict[str, float]:
        """Separation by instrument, their mean, and the agreement: what an axis is compared with placebos by."""
        parts = {name: separation(w, essays) for name, w in zip(INSTRUMENTS, self.weights, strict=True)}
        known = [value for value in parts.values() if not np.isnan(value)]
        mean = float(np.mean(known)) if known else float("nan")
        return {**parts, "separation": mean, "agreement": rank_alpha(self.scores(essays, names))}


def run_instruments(
    passages: Sequence[Passage],
    seeds: tuple[Sequence[str], Sequence[str]],
    reader: Reader,
    vectors: WordVectors,
    *,
    seed: int,
) -> Measured:
    """Weigh every passage by the three instruments.

    Parameters
    ----------
    passages : sequence of Passage
    seeds : (low, high)
        Seed words that occur.
    reader : callable
        Which pole a relation speaks for.
    vectors : WordVectors
    seed : int

    Returns
    -------
    Measured
    """
    low, high = seeds
    return Measured(
        seeded=weigh_seeded(passages, low, high, seed=seed),
        semantic=weigh_semantic(passages, vectors, low, high),
        grammar=weigh_grammar(passages, reader),
    )


def weigh_grammar(passages: Sequence[Passage], reader: Reader) -> Floats:
    """Count the pieces of evidence for each pole that are neither quoted nor denied, passage by passage."""
    weights = np.zeros((len(passages), 2))
    for row, passage in enumerate(passages):
        for relation in passage.relations:
            pole = reader(relation)
            if pole and not passage.is_apart(relation.anchor, relation.place):
                weights[row, int(pole > 0)] += 1
    return weights
