"""Texts that look alike are alike, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import INVISIBLE, clean_text, words


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("v\u200bi\u00ada\u2060gra", "viagra"),
        ("\u202eevil\u202c \u2066isolate\u2069 \u061cmark", "evil isolate mark"),
        ("\ufeffstart", "start"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f469\u200d\U0001f373 cooks", "\U0001f469\u200d\U0001f373 cooks"),
        ("pi\u200dll \u200c\u200dx", "pill x"),
        ("می\u200c ", "می"),
    ],
)
def test_what_no_reader_sees_goes_and_what_spells_stays(given_text, kept):
    """Spam splits its words by invisible characters; Persian, Hindi and emoji are written with two of them."""
    assert clean_text(given_text) == kept


@given(
    st.text(
        st.sampled_from([*map(chr, INVISIBLE), "a", "ش", "\U0001f373", " ", "\n", "\r", "e", "\u0301"]), max_size=30
    )
)
def test_cleaning_twice_changes_nothing_more(text):
    """A page that was read from another tool's output is not read anew."""
    once = clean_text(text)
    assert clean_text(once) == once


def test_a_joiner_does_not_split_a_word():
    """It stands inside one."""
    assert words("می\u200cخواهم") == ["می\u200cخواهم"]
