"""Paragraphs lose no word, tokens are lemmas that mean something, and what is trimmed is counted."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.text import words
from analysis.tokens import paragraphs_of, token_settings, tokenize_texts


def pages(*essays):
    """A table of pages that holds nothing but essays."""
    row = {
        "page": "p", "path": "p", "format": "plain", "title": None, "author": None, "date": None, "language": "en",
        "essay_words": 0, "comments_open": None, "confidence": 1.0, "evidence": "",
    }  # fmt: skip
    return pd.DataFrame([{**row, "doc_id": f"d{i}", "essay": essay} for i, essay in enumerate(essays)])


LONG = "one two three four five six"


def test_short_paragraphs_join_their_neighbours():
    """A heading goes to what follows it, a last line to what stands before it."""
    found = paragraphs_of(pages(f"Heading\n{LONG}\n{LONG}\nlast words"), min_words=5)
    assert list(found["text"]) == [f"Heading\n{LONG}", f"{LONG}\nlast words"]
    assert list(found["paragraph_id"]) == ["d0-0000", "d0-0001"]


def test_short_essay_stays_whole_and_empty_essay_has_no_row():
    """An essay of three words is still an essay; one of none has no paragraph."""
    found = paragraphs_of(pages("only three words", "  \n "), min_words=20)
    assert list(found["doc_id"]) == ["d0"]


@given(st.lists(st.text(alphabet="ab \n'", max_size=60), min_size=1, max_size=4), st.integers(1, 12))
@settings(max_examples=50, deadline=None)
def test_no_word_is_lost(essays, min_words):
    """Joined again, the paragraphs hold every word of the essays in order."""
    found = paragraphs_of(pages(*essays), min_words=min_words)
    for i, essay in enumerate(essays):
        own = found.loc[found["doc_id"] == f"d{i}", "text"]
        assert words("\n".join(own)) == words(essay)


def test_min_words_must_be_a_number_of_words():
    """Zero words would make every blank line a paragraph."""
    with pytest.raises(TopicError, match="min_words is 0"):
        paragraphs_of(pages(LONG), min_words=0)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The campaigns were designed with neighbours.", ["campaign", "design", "neighbour"]),
        ("Don’t, don't, you're, it's!", []),
        ("write to me@mill.example or www.mill.example/x today 2009 12th three", ["write", "today"]),
        ("CO-DESIGN Wikis", ["design", "wiki"]),
        ("car\u00advers co\u200bmments", ["carver", "comment"]),
        ("", []),
        ("... !!! 😀 — «»", []),
    ],
)
def test_tokens_are_lemmas_that_mean_something(text, tokens):
    """Stop words, numbers, addresses and marks say nothing about a topic."""
    assert tokenize_texts([text]) == [tokens]


def test_stop_words_of_the_user_go_in_any_form():
    """Stopping a lemma stops its forms."""
    assert tokenize_texts(["things thing wiki"], extra_stop_words=["thing"]) == [["wiki"]]


def test_another_language_has_its_own_lemmas():
    """German essays are read with German rules."""
    assert tokenize_texts(["Die Gärten und die Nachbarn"], language="de") == [["garten", "nachbar"]]


def test_unknown_language_is_a_sentence():
    """A language without a lemma list is refused, not read as English."""
    with pytest.raises(TopicError, match="No language for lemmas is called 'tlh'"):
        tokenize_texts(["x"], language="tlh")


def test_settings_name_what_made_the_tokens():
    """A figure's record must say which tokenizer and lemma list were used."""
    found = token_settings()
    assert found["tokenizer"] == "spacy.blank"
    assert set(found["versions"]) == {"simplemma", "spacy"}
