"""What topics foretell of texts left out equals a count by hand, word by word."""

import numpy as np
import pytest

from analysis.topic_stats import foretell
from analysis.topic_stats.held_out import ROUNDS_TEXTS, ROUNDS_TOPICS, TEXT_PRIOR, TOPIC_PRIOR
from analysis.topics import fit_topics

RNG = np.random.default_rng(6)
FITTED = [[f"t{n % 2}w{w}" for w in RNG.integers(0, 5, 8)] + ["day"] for n in range(12)]
HELD = [["t0w1", "t0w2", "t0w1", "t0w3", "day"], ["t1w1", "zebra", "t1w4"], ["t0w0", "t1w0"], ["day"], []]
MODEL = fit_topics(FITTED, number=2, seed=1, engine="nmf")


def naive(fitted, held):
    """The same recipe, one word at a time."""
    words, topics = list(MODEL.vocabulary), range(MODEL.number)
    alone = {w: sum(d.count(w) for d in fitted) / sum(map(len, fitted)) for w in words}
    phi = [{w: 0.9 * MODEL.topic_word[k][v] + 0.1 * alone[w] for v, w in enumerate(words)} for k in topics]
    theta = [list(row) for row in MODEL.mixtures]
    for _ in range(ROUNDS_TOPICS):
        texts = [[0.0 for _ in topics] for _ in fitted]
        found = [dict.fromkeys(words, 0.0) for _ in topics]
        for n, document in enumerate(fitted):
            for w in document:
                parts = [theta[n][k] * phi[k][w] for k in topics]
                for k in topics:
                    texts[n][k] += parts[k] / sum(parts)
                    found[k][w] += parts[k] / sum(parts)
        phi = [
            {w: (found[k][w] + TOPIC_PRIOR * alone[w]) / (sum(found[k].values()) + TOPIC_PRIOR) for w in words}
            for k in topics
        ]
        prevalence = [sum(t[k] for t in texts) / sum(map(sum, texts)) for k in topics]
        theta = [[(t[k] + TEXT_PRIOR * prevalence[k]) / (sum(t) + TEXT_PRIOR) for k in topics] for t in texts]
    result = []
    for document in ([w for w in d if w in alone] for d in held):
        share = prevalence
        for _ in range(ROUNDS_TEXTS):
            sums = [TEXT_PRIOR * p for p in prevalence]
            for w in document[::2]:
                parts = [share[k] * phi[k][w] for k in topics]
                sums = [sums[k] + parts[k] / sum(parts) for k in topics]
            share = [s / sum(sums) for s in sums]
        result.append(sum(np.log(sum(share[k] * phi[k][w] for k in topics)) for w in document[1::2]))
    return result


def test_the_quick_way_equals_the_plain_one():
    """Sparse sums must not change what is measured."""
    found = foretell(MODEL, FITTED, HELD)
    assert found.topics == pytest.approx(naive(FITTED, HELD), abs=1e-9)
    assert found.words.tolist() == [2, 1, 1, 0, 0]
    assert found.unseen == 1


def test_topics_foretell_a_text_of_one_theme_and_not_a_mixture_of_both():
    """Knowing a theme helps where the rest of the text keeps to it."""
    found = foretell(MODEL, FITTED, HELD)
    assert found.topics[0] > found.alone[0]
    assert found.topics[2] < found.alone[2]
