"""Each topic says how far to trust it, and a weak one why."""

import dataclasses

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topic_stats import c_v_by_topic, count_pairs, npmi_by_topic, trust_table
from analysis.topic_stats.trust import _reasons
from analysis.topics import fit_topics

THEMES = {
    "bee": ["bee", "hive", "honey", "swarm", "comb", "nectar"],
    "rail": ["rail", "train", "signal", "guard", "platform", "sleeper"],
}
RNG = np.random.default_rng(5)


def planted():
    """Ten essays on bees and trains by turns, three paragraphs each; a last essay speaks a language of its own."""
    documents = [[str(w) for w in RNG.choice(THEMES["bee" if n // 3 % 2 else "rail"], 8)] for n in range(30)]
    own = [[f"tongue{n}" for n in RNG.integers(0, 6, 8)] for _ in range(6)]
    return [*documents, *own], [f"e{n // 3:02d}" for n in range(30)] + ["e10"] * 6


DOCUMENTS, ESSAYS = planted()
MODEL = fit_topics(DOCUMENTS, number=3, seed=1, engine="nmf")
TABLE = trust_table(MODEL, DOCUMENTS, ESSAYS, resamples=3, share=0.8, seed=1)


def topic_of(word):
    """The row of the topic that a word heads."""
    return TABLE.iloc[next(k for k, words in enumerate(MODEL.words) if word in words[:6])]


def test_a_planted_theme_is_strong_and_fed_by_its_essays():
    """Five essays of one size feed a theme: it leads five, and its effective number is five."""
    row = topic_of("honey")
    assert (row["weak"], row["why"], row["essays"]) == (False, "", 5)
    assert row["effective_essays"] == pytest.approx(5, abs=0.3)
    assert row["largest_essay"] == pytest.approx(0.2, abs=0.03)
    assert 0 <= row["low"] <= row["stability"] <= row["high"] <= 1
    assert row["seed_stability"] == 1
    assert TABLE["npmi"].to_numpy() == pytest.approx(npmi_by_topic(MODEL.words, count_pairs(DOCUMENTS)))
    assert TABLE["c_v"].to_numpy() == pytest.approx(c_v_by_topic(MODEL.words, count_pairs(DOCUMENTS, window=110)))


def test_an_essay_by_another_name_is_weak_and_says_why():
    """Draws without the essay find other words, and the one essay gives it nearly all."""
    row = topic_of("tongue3")
    assert row["weak"]
    assert "over half of it in one essay" in row["why"]
    assert row["effective_essays"] < 1.5


def test_row_order_changes_no_figure():
    """Another order of the folder gives the same table."""
    order = np.random.default_rng(1).permutation(len(DOCUMENTS))
    documents, essays = [DOCUMENTS[i] for i in order], [ESSAYS[i] for i in order]
    model = fit_topics(documents, number=3, seed=1, engine="nmf")
    again = trust_table(model, documents, essays, resamples=3, share=0.8, seed=1)
    assert again.round(6).equals(TABLE.round(6))


@pytest.mark.parametrize(
    ("change", "company", "reason"),
    [
        ({"stability": 0.2}, 0.3, "other draws gave other words"),
        ({"stability": float("nan")}, 0.3, "too few essays to draw from"),
        ({"essays": 0}, 0.3, "leads no essay"),
        ({"largest_essay": 0.6}, 0.3, "over half of it in one essay"),
        ({}, -0.1, "its words keep no company of their own"),
        ({"essays": 0}, 0.0, "leads no essay; its words keep no company of their own"),
        ({}, 0.1, ""),
        ({}, float("nan"), ""),
    ],
)
def test_each_weakness_has_its_reason(change, company, reason):
    """A reader must learn what is wrong with a topic, not only that something is."""
    row = dataclasses.make_dataclass("Row", ["stability", "essays", "largest_essay"])(0.9, 3, 0.2)
    assert _reasons(dataclasses.replace(row, **change), company) == reason


def test_topics_that_no_draw_bears_are_weak_not_an_error():
    """Two one-paragraph essays cannot be drawn from."""
    documents, essays = [["a", "b"], ["c", "d"]], ["e1", "e2"]
    model = fit_topics(documents, number=2, seed=1, engine="nmf")
    table = trust_table(model, documents, essays, resamples=2, share=0.5, seed=1)
    assert table["stability"].isna().all()
    assert table["why"].str.startswith("too few essays to draw from").all()


def test_an_essay_without_words_feeds_nothing():
    """Emptied paragraphs are counted by the model, and lead no topic."""
    documents, essays = [*DOCUMENTS, []], [*ESSAYS, "empty"]
    model = fit_topics(documents, number=3, seed=1, engine="nmf")
    assert trust_table(model, documents, essays, resamples=1, share=0.8, seed=1)["essays"].sum() == 11


def test_essays_that_do_not_fit_are_a_sentence():
    """One essay name a paragraph."""
    with pytest.raises(TopicError, match="one group a document"):
        trust_table(MODEL, DOCUMENTS, ESSAYS[:5], resamples=2, share=0.8, seed=1)


def test_a_model_of_other_words_is_a_sentence():
    """A saved model held against another corpus would be trusted or not for nothing."""
    others = [[f"{word}x" for word in document] for document in DOCUMENTS]
    with pytest.raises(TopicError, match="it was fitted on other documents"):
        trust_table(MODEL, others, ESSAYS, resamples=2, share=0.8, seed=1)
