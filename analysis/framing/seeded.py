"""The first instrument: topics seeded with the words of the two poles, among free topics that take up the subjects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.framing.passages import Passage
from analysis.topics import fit_guided
from analysis.topics.model import Floats

# Seeds weigh a hundred times as much as the texts: the poles are given; the texts may add to them, not replace them.
# With planted sentences (see ``topics.vectors``) the order came out at .71 (and .33 at a weight of ten, where poles
# became subjects); more free topics mattered little at this weight.
STRENGTH = 100.0
PARAGRAPHS_A_TOPIC = 20  # free topics take up the subjects, so that a pole does not become one
FEWEST_FREE, MOST_FREE = 2, 20
SURE = 0.5  # share of a word that a pole must hold for the word to be shown as its evidence


@dataclass(frozen=True, eq=False)
class SeededPoles:
    """A seeded model's view of every passage.

    Attributes
    ----------
    weights : ndarray, shape (passages, 2)
        Expected number of words of the low and the high pole.
    leaning : tuple of dict of str to (float, float)
        For each passage the share of each of its words that the two poles hold.
    """

    weights: Floats
    leaning: tuple[dict[str, tuple[float, float]], ...]


def weigh_seeded(passages: Sequence[Passage], low: Sequence[str], high: Sequence[str], *, seed: int) -> SeededPoles:
    """Weigh every passage by a topic model with one topic for each pole.

    Parameters
    ----------
    passages : sequence of Passage
    low, high : sequence of str
        Seed words that occur.
    seed : int

    Returns
    -------
    SeededPoles

    Notes
    -----
    ``topics.fit_guided`` on the words the writer says in their own name; the weight of a pole is the sum over words of
    ``p(pole | passage, word) ~ p(pole | passage) p(word | pole)``.
    """
    documents = [passage.own_lemmas for passage in passages]
    free = min(MOST_FREE, max(FEWEST_FREE, len(passages) // PARAGRAPHS_A_TOPIC))
    guided = fit_guided(documents, seeds={"low": low, "high": high}, number=2 + free, seed=seed, strength=STRENGTH)
    poles = [guided.names["low"] - 1, guided.names["high"] - 1]
    place = {word: column for column, word in enumerate(guided.model.vocabulary)}
    weights = np.zeros((len(passages), 2))
    leaning: list[dict[str, tuple[float, float]]] = []
    for row, document in enumerate(documents):
        columns = [place[word] for word in document]
        parts = guided.model.mixtures[row][:, None] * guided.model.topic_word[:, columns]
        shares = parts / np.maximum(parts.sum(axis=0), 1e-300)
        weights[row] = shares[poles].sum(axis=1)
        both = shares[poles].T.tolist()
        leaning.append({word: (left, right) for word, (left, right) in zip(document, both, strict=True)})
    return SeededPoles(weights, tuple(leaning))
