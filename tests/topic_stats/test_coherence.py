"""Coherence equals gensim's, and what the figures mean holds at their ends."""

import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topic_stats import (
    CV_WINDOW,
    c_v_by_topic,
    count_pairs,
    diversity,
    exclusivity,
    npmi_by_topic,
    topic_table,
)
from analysis.topics import fit_topics

RNG = np.random.default_rng(2)
WORDS = [f"w{n:02d}" for n in range(30)]
DOCUMENTS = [[WORDS[int(n)] for n in RNG.zipf(1.5, RNG.integers(1, 40)) % 30] for _ in range(60)]
TOPICS = [WORDS[k : k + 10] for k in (0, 7, 20)]


def gensim_npmi(topics, documents, measure="c_npmi"):
    """The peer's own figures, one a topic."""
    model = CoherenceModel(
        topics=topics, texts=documents, dictionary=Dictionary(documents), coherence=measure, topn=10, processes=1
    )
    return model.get_coherence_per_topic()


def test_npmi_equals_gensim():
    """A reader compares our figures with published ones, which gensim made."""
    assert npmi_by_topic(TOPICS, count_pairs(DOCUMENTS)) == pytest.approx(gensim_npmi(TOPICS, DOCUMENTS), abs=1e-6)


def test_npmi_equals_gensim_with_empty_documents_and_other_words():
    """Documents that hold none of the words, or nothing, count as windows too."""
    documents = [*DOCUMENTS, [], *[["other", "words"] * 8] * 20]
    topics = [WORDS[:5], WORDS[5:10]]
    assert npmi_by_topic(topics, count_pairs(documents)) == pytest.approx(gensim_npmi(topics, documents), abs=1e-6)


def test_npmi_of_words_always_and_never_together():
    """The scale runs from -1 to 1, with 1 for words that only come together."""
    pairs = count_pairs([["wiki", "edit"], ["radio", "mast"], []])
    assert npmi_by_topic([["wiki", "edit"], ["wiki", "radio"]], pairs) == pytest.approx([1, -1], abs=0.1)


def test_topic_without_known_words_has_no_coherence():
    """Cannot say is NaN, not zero."""
    pairs = count_pairs([["wiki", "edit"]])
    assert np.isnan(npmi_by_topic([["wiki", "unknown"], []], pairs)).all()
    assert np.isnan(npmi_by_topic([["unknown"]], pairs)).all()


def test_c_v_equals_gensim():
    """Published C_V figures are gensim's too; documents both shorter and longer than its window of 110."""
    long = [[WORDS[int(n)] for n in RNG.zipf(1.4, 300) % 30] for _ in range(4)]
    topics = [*TOPICS, [WORDS[29], *WORDS[3:8]]]
    for documents in (DOCUMENTS, [*DOCUMENTS, *long, []]):
        pairs = count_pairs(documents, window=CV_WINDOW)
        assert c_v_by_topic(topics, pairs) == pytest.approx(gensim_npmi(topics, documents, "c_v"), abs=1e-6)


def test_c_v_of_too_few_words_is_unknown():
    """One word agrees with itself, which says nothing."""
    assert np.isnan(c_v_by_topic([["wiki", "unknown"], []], count_pairs([["wiki", "edit"]], window=110))).all()


def test_counting_only_the_words_asked_for_gives_the_same_figures():
    """Leaving out words nobody asks after saves time, not meaning: the windows stay where they were."""
    every, some = count_pairs(DOCUMENTS), count_pairs(DOCUMENTS, words=[*WORDS[:10], "unknown"])
    assert some.windows == every.windows
    assert list(some.vocabulary) == WORDS[:10]
    assert npmi_by_topic(TOPICS[:1], some) == pytest.approx(npmi_by_topic(TOPICS[:1], every), abs=1e-12)


@given(st.lists(st.lists(st.sampled_from(WORDS[:8]), max_size=15), min_size=1, max_size=10))
@settings(max_examples=25, deadline=None)
def test_pairs_equal_a_naive_count(documents):
    """The sparse product counts what a window sliding word by word counts."""
    pairs = count_pairs(documents, window=4)
    windows = [seen for document in documents for seen in slide(document, 4)]
    assert pairs.windows == len(windows)
    for one, row in pairs.vocabulary.items():
        for two, column in pairs.vocabulary.items():
            assert pairs.together[row, column] == sum({one, two} <= seen for seen in windows)


def slide(document, window):
    """Words inside, step by step: one leaves on the left, then one enters on the right."""
    inside = set(document[:window])
    yield set(inside)
    for step in range(1, len(document) - window + 1):
        inside.discard(document[step - 1])
        inside.add(document[step + window - 1])
        yield set(inside)


def test_a_window_of_one_word_is_a_sentence():
    """One word is no pair."""
    with pytest.raises(TopicError, match="at least 2"):
        count_pairs(DOCUMENTS, window=1)


def test_diversity_runs_from_repetition_to_difference():
    """One word in both of two topics is half a loss."""
    assert diversity([["wiki"], ["wiki"]]) == 0.5
    assert diversity([["wiki"], ["press"]]) == 1
    assert np.isnan(diversity([]))


def test_topic_table_has_one_row_a_topic():
    """Every number a paper may cite is a row of a table."""
    documents = [["wiki", "edit", "page"]] * 2 + [["wiki", "edit"], ["radio", "mast", "wave"], ["radio", "mast"]]
    model = fit_topics(documents, number=2, seed=1, engine="nmf")
    table = topic_table(model, count_pairs(documents))
    assert list(table["topic"]) == [1, 2]
    assert table["words"].iloc[0].split()[0] in {"wiki", "edit", "page"}
    assert (exclusivity(model, top=2) > 0.9).all()
    assert table["prevalence"].sum() == pytest.approx(1)
