"""What sets a topic apart: the nearest topic, and words that lean to one of two sides."""

import sys
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topic_stats.contrast import contrast_topics, log_odds_ratio, nearest_topics

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_topics import made_documents, made_model

MODEL, (DOCUMENTS, _) = made_model(), made_documents()


def test_topics_that_share_a_word_are_nearest():
    """Bees and the press both have the meadow; nobody else shares a word."""
    table = nearest_topics(MODEL).set_index("topic")
    assert table.loc[[1, 3], "nearest"].tolist() == [3, 1]
    assert table.loc[1, "shared"] == ["meadow"]
    assert table["distance"].between(0, 1).all()
    assert table.loc[1, "distance"] == pytest.approx(table.loc[3, "distance"])
    assert table.loc[1, "distance"] < table.loc[2, "distance"]


def test_the_same_topic_has_distance_zero_and_strangers_one():
    """The ends of the scale are what the sentence says they are."""
    model = made_model(("bees", "rail"))
    alike = model.topic_word.copy()
    alike[1] = alike[0]
    object.__setattr__(model, "topic_word", alike)
    assert nearest_topics(model)["distance"].tolist() == pytest.approx([0, 0])
    apart = np.zeros_like(alike)
    apart[0, :3], apart[1, 3:6] = 1 / 3, 1 / 3
    object.__setattr__(model, "topic_word", apart)
    assert nearest_topics(model)["distance"].tolist() == pytest.approx([1, 1])


def test_one_topic_has_no_nearest():
    """Nothing to hold it against is a gap, not a guess."""
    alone = made_model(("bees",))
    documents, _ = made_documents(("bees",))
    assert nearest_topics(alone)["nearest"].isna().all()
    assert contrast_topics(alone, documents, 1).empty


def test_words_lean_to_their_own_topic_and_the_shared_one_to_neither():
    """Counts beside z let a reader check the lean in the paragraphs."""
    table = contrast_topics(MODEL, DOCUMENTS, 1, 3, number=5)
    own = table[table["topic"] == 1]
    assert set(own["word"]) <= {"hive", "honey", "swarm", "comb", "sting", "smoker"}
    assert (own["z"] > 0).all()
    assert own["z"].is_monotonic_decreasing
    assert (table[table["topic"] == 3]["z"] < 0).all()
    assert "meadow" not in set(table["word"])
    hive = table.set_index("word").loc["hive"]
    assert (hive["count"], hive["count_other"]) == (8, 0)


def test_the_nearest_is_taken_where_no_other_is_named():
    """One call for one question."""
    assert contrast_topics(MODEL, DOCUMENTS, 1).equals(contrast_topics(MODEL, DOCUMENTS, 1, 3))


def test_log_odds_by_hand():
    """The published formula, worked out on paper for one word of two."""
    log_odds, z = log_odds_ratio(np.array([3.0, 1.0]), np.array([1.0, 3.0]), prior=np.array([1.0, 1.0]))
    assert log_odds[0] == pytest.approx(np.log(4 / 2) - np.log(2 / 4))
    assert z[0] == pytest.approx(log_odds[0] / np.sqrt(1 / 4 + 1 / 2))
    assert z[1] == pytest.approx(-z[0])


@pytest.mark.parametrize(
    ("topic", "other", "said"),
    [(6, None, "no topic 6"), (0, 1, "no topic 0"), (1, 9, "no topic 9"), (2, 2, "itself"), (True, None, "True")],
)
def test_topics_that_are_not_there_are_named(topic, other, said):
    """The sentence says which numbers there are."""
    with pytest.raises(TopicError, match=said):
        contrast_topics(MODEL, DOCUMENTS, topic, other)


def test_other_documents_are_refused():
    """Counts of other documents would mean nothing."""
    with pytest.raises(TopicError, match="20 documents, but 3"):
        contrast_topics(MODEL, DOCUMENTS[:3], 1)
