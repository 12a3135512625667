"""Stability draws whole essays, by name and not by order, and is 1 where nothing can change."""

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topic_stats import match_topics, seed_stability, topic_stability
from analysis.topics import fit_topics

THEMES = [
    ["garden", "seed", "volunteer", "rota", "allotment", "neighbour", "spade"],
    ["radio", "studio", "mast", "signal", "transmitter", "announcer", "wave"],
]
RNG = np.random.default_rng(4)
DOCUMENTS = [[str(word) for word in RNG.choice(THEMES[n % 2], 10)] for n in range(40)]
ESSAYS = [f"e{n // 4}" for n in range(40)]
MODEL = fit_topics(DOCUMENTS, number=2, seed=1, engine="nmf")


def test_topics_are_paired_by_their_words():
    """Numbers differ from fit to fit; words tell which topic is which."""
    table = match_topics([["a", "b", "c"], ["x", "y", "z"]], [["x", "y", "w"], ["c", "b", "a"]])
    assert table["match"].tolist() == [2, 1]
    assert table["jaccard"].tolist() == [1.0, 0.5]


def test_a_topic_without_a_partner_has_no_match():
    """More topics than partners: one is left over, with 0 and no number."""
    table = match_topics([["a"], ["b"]], [["b"]])
    assert table["match"].isna().tolist() == [True, False]
    assert table["jaccard"].tolist() == [0.0, 1.0]


def test_whole_corpus_drawn_again_is_the_same():
    """With a share of 1 the same topics must come out, whatever the draw."""
    table = topic_stability(DOCUMENTS, ESSAYS, MODEL, resamples=2, share=1.0, seed=1)
    assert table["stability"].tolist() == [1, 1]
    assert table["fits"].tolist() == [2, 2]


def test_stability_depends_on_names_not_on_order():
    """Another order of the folder must not change a published figure."""
    order = np.random.default_rng(9).permutation(len(DOCUMENTS))
    shuffled = [DOCUMENTS[i] for i in order], [ESSAYS[i] for i in order]
    one = topic_stability(DOCUMENTS, ESSAYS, MODEL, resamples=3, share=0.5, seed=1)
    two = topic_stability(*shuffled, MODEL, resamples=3, share=0.5, seed=1)
    assert one.equals(two)
    assert (one["lowest"] <= one["stability"]).all()
    assert (one["stability"] <= one["highest"]).all()


def test_draws_that_bear_no_topics_are_counted_not_guessed():
    """One essay of one paragraph cannot be refitted: no figure rather than a zero."""
    table = topic_stability([["a", "b"], ["c", "d"]], ["e1", "e2"], MODEL, resamples=2, share=0.5, seed=1)
    assert table["fits"].tolist() == [0, 0]
    assert table["stability"].isna().all()


def test_seeds_do_not_move_the_words():
    """The built-in engines leave nothing of the words to chance."""
    assert seed_stability(DOCUMENTS, MODEL, seeds=[5, 6])["stability"].tolist() == [1, 1]


def test_wrong_request_is_a_sentence():
    """A share of 80 is a slip for .8."""
    with pytest.raises(TopicError, match="share 80"):
        topic_stability(DOCUMENTS, ESSAYS, MODEL, resamples=2, share=80, seed=1)
