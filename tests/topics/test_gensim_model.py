"""A fitted model goes on in gensim under the same numbers, and gensim infers what this package does."""

import numpy as np
import pytest

from analysis.topics import as_gensim, fit_topics, infer_mixtures

THEMES = [
    ["garden", "seed", "rota", "spade"],
    ["radio", "mast", "studio", "wave"],
    ["parcel", "refund", "desk", "queue"],
]


@pytest.fixture(scope="module")
def fitted():
    """Sixty documents of twenty words, most from one theme."""
    rng = np.random.default_rng(4)
    documents = [[*rng.choice(THEMES[n % 3], 16), *rng.choice(THEMES[(n + 1) % 3], 4)] for n in range(60)]
    return documents, fit_topics(documents, number=3, seed=2)


def test_gensim_infers_the_same_mixtures(fitted):
    """Two programs that hold one model must not give two answers."""
    documents, model = fitted
    lda = as_gensim(model)
    gamma, _ = lda.inference([lda.id2word.doc2bow(document) for document in documents])
    assert np.abs(gamma / gamma.sum(axis=1, keepdims=True) - infer_mixtures(model, documents).mixtures).max() < 0.01


def test_gensim_shows_the_same_topics(fitted):
    """Topic 0 of gensim is topic 1 of every table, with the same probabilities."""
    _, model = fitted
    lda = as_gensim(model)
    assert np.abs(lda.get_topics() - model.topic_word).max() < 1e-6
    assert [lda.id2word[number] for number in range(len(model.vocabulary))] == list(model.vocabulary)
