"""Phrases: which neighbours belong together, and what joining does to a text."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics.phrases import find_phrases, join_phrases

TEXTS = [["open", "data", "week"], ["open", "data", "day"], ["open", "data", "again"], ["week", "day", "again"]]
WORDS = st.lists(st.lists(st.sampled_from(["ice", "pier", "rope", "bell"]), max_size=12), max_size=8)


def test_the_score_is_the_published_formula():
    """12 words; the pair, and each of its words, three times: ln(.25 / .0625) / -ln .25 = 1."""
    found = find_phrases(TEXTS)
    assert found["phrase"].tolist() == ["open_data"]
    assert found["score"].iloc[0] == pytest.approx(math.log(0.25 / 0.25**2) / -math.log(0.25))


def test_words_that_merely_meet_are_no_phrase():
    """A common word beside another common word says nothing."""
    texts = [["town", "hall"], ["hall", "town"], ["town", "town"], ["hall", "hall"]] * 5
    assert find_phrases(texts).empty


def test_a_longer_text_asks_for_more_occurrences():
    """In 40,000 words a pair met three or four times is no longer a finding."""
    filler = [[f"w{k}" for k in range(place, place + 10)] for place in range(0, 40_000, 10)]
    pair = [["open", "data"]]
    assert "open_data" not in set(find_phrases(filler + 4 * pair)["phrase"])
    assert "open_data" in set(find_phrases(filler + 5 * pair)["phrase"])


def test_a_text_without_pairs_gives_an_empty_table():
    """One word a text, or none: no phrase, and the columns stand."""
    for texts in ([], [[]], [["ice"], ["pier"]]):
        assert find_phrases(texts).columns.tolist() == ["phrase", "count", "score"]
        assert find_phrases(texts).empty


@pytest.mark.parametrize(("change", "said"), [({"threshold": 1.5}, "up to 1"), ({"least": 0}, "from 1")])
def test_settings_out_of_range_are_refused(change, said):
    """The sentence names the range."""
    with pytest.raises(TopicError, match=said):
        find_phrases(TEXTS, **change)


def test_a_word_goes_into_one_phrase_only():
    """Of two phrases that share a word the left one is taken."""
    found = join_phrases([["open", "data", "week"]], ["open_data", "data_week"], keep_words=False)
    assert found == [["open_data", "week"]]


@settings(max_examples=25, deadline=None)
@given(WORDS, st.sets(st.sampled_from(["ice_pier", "pier_rope", "bell_bell"])))
def test_joining_loses_no_word(texts, phrases):
    """Taken apart again, a joined text is the text; with the words kept they all stand in it."""
    joined = join_phrases(texts, phrases, keep_words=False)
    assert [[word for token in text for word in token.split("_")] for text in joined] == texts
    kept = join_phrases(texts, phrases)
    assert [[word for word in text if "_" not in word] for text in kept] == texts
