"""Plug-in point two: what a topic engine is given, what it gives back, and how anyone can test one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from analysis.errors import TopicError
from analysis.topics.model import Floats


@dataclass(frozen=True, eq=False)
class EngineFit:
    """What an engine found; topics in any order.

    Attributes
    ----------
    word_scores : ndarray, shape (K, V)
        How well each word heads each topic, 0 or more; the top words are taken from it.
    topic_word : ndarray, shape (K, V)
        Probability of each word in each topic; rows sum to 1.
    mixtures : ndarray, shape (n, K)
        Share of each topic in each document; rows sum to 1.
    settings : mapping
        The engine's own numbers, plain JSON.
    """

    word_scores: Floats
    topic_word: Floats
    mixtures: Floats
    settings: Mapping[str, Any] = field(default_factory=dict)


class TopicEngine(Protocol):
    """Plug-in point two: a way to find topics in counts of words."""

    name: str

    def fit(self, counts: sparse.csr_matrix, *, number: int, seed: int) -> EngineFit:
        """Find ``number`` topics.

        Parameters
        ----------
        counts : csr_matrix, shape (n, V)
            Documents, each with at least one word, all different and in a fixed order; not to be changed.
        number : int
            Topics wanted, from 2 to the smaller of n and V.
        seed : int
            The only source of chance: the same counts, number and seed give the same answer.
        """
        ...


def check_fit(fit: EngineFit, *, documents: int, words: int, number: int, engine: str) -> EngineFit:
    """Refuse an engine's answer that breaks its promises.

    Raises
    ------
    TopicError
        If a shape is wrong, a value is negative or no number, or a row of shares does not sum to 1.
    """
    shapes = {"word_scores": (number, words), "topic_word": (number, words), "mixtures": (documents, number)}
    for name, shape in shapes.items():
        array = getattr(fit, name)
        if array.shape != shape:
            raise TopicError(f"Engine {engine!r} gave {name} of shape {array.shape}; {shape} was due.")
        if not np.isfinite(array).all() or (array < 0).any():
            raise TopicError(f"Engine {engine!r} gave {name} with values below 0 or that are no numbers.")
        if name != "word_scores" and not np.allclose(array.sum(axis=1), 1, atol=1e-6):
            raise TopicError(f"Engine {engine!r} gave {name} whose rows do not sum to 1.")
    return fit


def check_engine(engine: TopicEngine) -> list[str]:
    """Try a topic engine on a small planted corpus and say which promises it breaks.

    Parameters
    ----------
    engine : TopicEngine
        Your own, or a built-in one.

    Returns
    -------
    list of str
        One sentence for each broken promise; empty for a sound engine.
    """
    counts, theme = _planted()
    before = counts.copy()
    fit = engine.fit(counts, number=3, seed=7)
    broken = []
    try:
        check_fit(fit, documents=counts.shape[0], words=counts.shape[1], number=3, engine=engine.name)
    except TopicError as error:
        return [str(error)]
    if (before != counts).nnz:
        broken.append(f"Engine {engine.name!r} changed the counts it was given.")
    again = engine.fit(counts, number=3, seed=7)
    if not all(np.array_equal(getattr(fit, a), getattr(again, a)) for a in ("word_scores", "topic_word", "mixtures")):
        broken.append(f"Engine {engine.name!r} gave two answers for the same counts, number and seed.")
    best = fit.mixtures.argmax(axis=1)
    right = sum(np.bincount(theme[best == topic]).max() for topic in set(best))
    if right < 0.9 * len(theme):
        broken.append(f"Engine {engine.name!r} put {right} of {len(theme)} planted documents under their theme.")
    return broken


def _planted() -> tuple[sparse.csr_matrix, np.ndarray]:
    """Give 60 documents of 15 words on three themes of eight words each, a fifth of the words common to all."""
    rng = np.random.default_rng(1)
    theme = np.repeat([0, 1, 2], 20)
    counts = np.zeros((60, 30))
    for row, own in enumerate(theme):
        for _ in range(15):
            column = rng.integers(24, 30) if rng.random() < 0.2 else rng.integers(8 * own, 8 * own + 8)
            counts[row, column] += 1
    return sparse.csr_matrix(counts), theme
