"""The E-step gives gensim's own answer, and each document the same whatever stands beside it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.special import psi

from analysis.errors import TopicError
from analysis.topics.variational import e_step, exp_digamma, expected_weights

TOPICS, WORDS = 4, 30


def made_corpus(documents=60, seed=2):
    """Counts of documents of 0 to 40 words, and Dirichlet parameters of topics on overlapping themes."""
    rng = np.random.default_rng(seed)
    parameter = 0.05 + rng.gamma(0.3, 20, (TOPICS, WORDS))
    chances = parameter / parameter.sum(axis=1, keepdims=True)
    mixed = rng.dirichlet(np.full(TOPICS, 0.3), documents) @ chances
    counts = np.array([rng.multinomial(n, p) for n, p in zip(rng.integers(0, 40, documents), mixed, strict=True)])
    return sparse.csr_matrix(counts, dtype=float), parameter


def shares(gamma):
    """Rows that sum to 1."""
    return gamma / gamma.sum(axis=1, keepdims=True)


def test_digamma_is_scipys():
    """A quick formula must not cost digits that show."""
    values = np.concatenate([np.geomspace(1e-3, 1e6, 500), [0.3, 1.0]])
    assert np.allclose(exp_digamma(values), np.exp(psi(values)), rtol=1e-8, atol=0)


def test_mixtures_and_word_counts_are_gensims():
    """Same model, same threshold, both run to the end: the same mixtures and the same expected words."""
    from gensim.models import LdaModel

    counts, parameter = made_corpus()
    names = {column: str(column) for column in range(WORDS)}
    peer = LdaModel(num_topics=TOPICS, id2word=names, alpha=0.5, dtype=np.float64, iterations=2000, random_state=1)
    peer.gamma_threshold = 1e-7
    peer.state.sstats = parameter - peer.state.eta
    peer.sync_state()
    bags = [list(zip(row.indices.tolist(), row.data.tolist(), strict=True)) for row in counts]
    gamma, expected = peer.inference(bags, collect_sstats=True)
    ours, words = e_step(counts, expected_weights(parameter), 0.5, rounds=2000, threshold=1e-7)
    assert np.abs(shares(ours) - shares(gamma)).max() < 1e-4
    assert np.abs(words - expected).max() < 1e-2
    assert words.sum() == pytest.approx(counts.sum())


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)), st.integers(1, 60))
def test_neighbours_change_nothing(order, size):
    """A document's mixture is its own, bit for bit: not its place's, nor its chunk's."""
    counts, parameter = made_corpus()
    weights = expected_weights(parameter)
    together, _ = e_step(counts, weights, 0.1, collect=False)
    pieces = [e_step(counts[order[i : i + size]], weights, 0.1, collect=False)[0] for i in range(0, 60, size)]
    assert np.array_equal(np.vstack(pieces), together[order])


def test_document_without_words_has_the_prior():
    """Nothing is known of it, and that is what is said."""
    gamma, expected = e_step(sparse.csr_matrix((2, WORDS)), np.full((TOPICS, WORDS), 1 / WORDS), np.arange(1.0, 5.0))
    assert gamma.tolist() == [[1.0, 2.0, 3.0, 4.0]] * 2
    assert not expected.any()


def test_words_no_topic_knows_move_nothing():
    """A word without weight anywhere must neither divide by zero nor count."""
    weights = np.array([[0.5, 0.5, 0.0], [0.1, 0.9, 0.0]])
    gamma, _ = e_step(sparse.csr_matrix([[0.0, 0.0, 5.0]]), weights, 0.1)
    assert np.allclose(gamma, 0.1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": np.ones((2, 5))}, "weigh 5 words, the counts have 30"),
        ({"alpha": 0.0}, "a prior above 0"),
        ({"rounds": 0}, "at least one round"),
        ({"threshold": 0.0}, "a threshold above 0"),
    ],
)
def test_what_does_not_fit_is_said(change, sentence):
    """Bad input is a sentence."""
    given_ = {"weights": np.ones((2, WORDS)), "alpha": 0.1, "rounds": 5, "threshold": 0.1} | change
    counts, _ = made_corpus(3)
    with pytest.raises(TopicError, match=sentence):
        e_step(counts, given_.pop("weights"), given_.pop("alpha"), **given_)
