"""Where each topic stands on a flat map: topics that use the same words lie near each other, as far as a map can."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def map_topics(topic_word: Floats) -> tuple[Floats, float]:
    """Place topics on a map by how differently they use words.

    Parameters
    ----------
    topic_word : ndarray, shape (K, V)
        Probability of words in topics; rows sum to 1.

    Returns
    -------
    places : ndarray, shape (K, 2)
        Centred on 0; the first direction spreads the topics most.
    kept : float
        How much of the squared distances the map shows, 0 to 1; NaN where all topics are alike.

    Notes
    -----
    Jensen-Shannon distance, the root of the divergence with logarithms to base 2 (0: the same words, 1: no word in
    common; Lin 1991; a metric by Endres & Schindelin 2003), then classical scaling (Torgerson 1952). A direction's sign
    is free: the topic farthest along it is put on its positive side, so that the same topics give the same map. Topics
    that touch on the map need not be alike where ``kept`` is low.

    Examples
    --------
    >>> places, kept = map_topics(np.array([[1.0, 0.0], [0.0, 1.0]]))
    >>> places.round(3).tolist(), round(kept, 3)
    ([[0.5, 0.0], [-0.5, 0.0]], 1.0)
    """
    apart = _distances(topic_word)
    centre = np.eye(len(apart)) - 1 / len(apart)
    values, directions = np.linalg.eigh(-0.5 * centre @ apart**2 @ centre)
    order = np.argsort(-values, kind="stable")[:2]
    places = np.zeros((len(apart), 2))
    for column, number in enumerate(order):
        along = directions[:, number] * np.sqrt(max(values[number], 0.0))
        farthest = int(np.argmax(np.round(np.abs(along), 9)))
        places[:, column] = along if along[farthest] >= 0 else -along
    places = np.round(places, 9) + 0.0  # neither noise of the last bits nor a negative nought
    spread = float(np.maximum(values, 0).sum())
    return places, float(np.maximum(values[order], 0).sum() / spread) if spread > 0 else float("nan")


def _distances(topic_word: Floats) -> Floats:
    """Jensen-Shannon distance of every two topics, shape (K, K)."""
    entropy = -_plogp(topic_word).sum(axis=1)
    found = np.zeros((len(topic_word), len(topic_word)))
    for k, row in enumerate(topic_word):
        mixed = -_plogp((row + topic_word) / 2).sum(axis=1)
        found[k] = mixed - (entropy[k] + entropy) / 2
    found = (found + found.T) / 2
    np.fill_diagonal(found, 0.0)
    return np.sqrt(np.maximum(found, 0.0))


def _plogp(p: Floats) -> Floats:
    return np.where(p > 0, p * np.log2(np.where(p > 0, p, 1.0)), 0.0)
