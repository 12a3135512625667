"""Stability draws whole essays, by name and not by order, and is 1 where nothing can change."""

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topic_stats import interval_of_draws, match_topics, seed_stability, topic_stability
from analysis.topic_stats.stability import ONE_WORD, WORDS_FROM
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
    assert (one["low"] <= one["stability"]).all()
    assert one[["low", "high"]].stack().between(0, 1).all()


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


def test_the_interval_allows_for_essays_that_draws_share():
    """Draws of 80 % share what is peculiar to the essays at hand; the interval must reach past that."""
    rng = np.random.default_rng(3)
    common, own = rng.normal(0, 0.2**0.5, 2000), rng.normal(0, 0.8**0.5, (10, 2000))
    _, low, high = interval_of_draws(common + own, share=0.8)
    assert 0.93 <= ((low <= 0) & (high >= 0)).mean() <= 0.97
    _, narrow, wide = interval_of_draws(common + own, share=1.0)
    assert ((narrow <= 0) & (wide >= 0)).mean() < 0.85


def test_draws_that_agree_to_the_word_still_have_an_interval():
    """Five equal draws do not promise a sixth; one draw promises nothing."""
    mean, low, high = interval_of_draws(np.ones((5, 1)), share=0.8, least=ONE_WORD)
    assert mean == 1
    assert 0.8 < low[0] < 0.95
    assert high[0] == pytest.approx(2 - low[0])
    assert np.isnan(interval_of_draws(np.ones((1, 1)), share=0.8)[1]).all()
    assert np.isnan(interval_of_draws(np.ones((0, 1)), share=0.8)[0]).all()


@pytest.mark.parametrize(("engine", "quicker"), sorted(WORDS_FROM.items()))
def test_the_quicker_engine_gives_the_same_words(engine, quicker):
    """Refits skip the work on mixtures, and must not thereby judge other topics than those shown."""
    words = [fit_topics(DOCUMENTS, number=3, seed=1, engine=name).words for name in (engine, quicker)]
    assert (match_topics(*words)["jaccard"] == 1).all()
