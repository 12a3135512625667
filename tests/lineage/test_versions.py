"""Two versions side by side: what stayed, went, came, and what a rewording changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.lineage import diff_versions, word_operations
from analysis.lineage.changes import name_change
from analysis.lineage.versions import split_sentences
from analysis.text import words

FIRST = "The wall is open. Nobody asks for a key, they say.\nWe may know more in spring. The kettle is old."
SECOND = (
    "The wall is open! Nobody asked for a key, they said.\nA caretaker came. We may know more in the spring of 2011."
)
SENTENCES = st.lists(st.sampled_from(["Ann left.", "Ann may leave.", "The tap froze.", "Why?", "A hall is a hall."]))


def test_every_sentence_gets_its_kind():
    """A sentence is the same, cut, added or reworded, in reading order, with its paragraph and its length."""
    table = diff_versions(FIRST, SECOND)
    assert table["number"].tolist() == [1, 2, 3, 4, 5]
    assert table["kind"].tolist() == ["same", "reworded", "added", "reworded", "cut"]
    assert table["change"].tolist() == ["", "tense", "", "other", ""]
    assert table["words_a"].tolist() == [4, 7, 0, 6, 4]
    assert table["paragraph_b"].fillna(0).tolist() == [1, 1, 2, 2, 0]


def test_moved_line_breaks_change_nothing():
    """An extractor cuts paragraphs as it likes; the author changed no word."""
    table = diff_versions("- One day.\n-\nTwo nights.", "One day. “Two nights.”")
    assert table["kind"].tolist() == ["same", "same"]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("They are entering the hall.", "They have entered the hall.", "tense"),
        ("He can't see it.", "He could not see it.", "tense"),
        ("It will help the choir.", "It might help the choir.", "claim strength"),
        ("Members never answer letters.", "Members always answer letters.", "claim strength"),
        ("It seems to work.", "It works.", "claim strength"),
        ("We asked Tolland about it.", "We asked Wexcombe about it.", "names"),
        ("We asked the agency about it.", "We asked Pollard about it.", "names"),
        ("The committee meets on Monday.", "The committee met on Monday.", "tense"),
        ("The firm has announced a plan.", "The firm announced a plan.", "tense"),
        ("The firm announces a plan.", "The firm will announce a plan.", "tense"),
        ("They were singing in the hall.", "They sing in the hall.", "tense"),
        ("It is going to rain.", "It rains.", "tense"),
        ("He is the warden.", "He was the warden.", "tense"),
        ("The wall is open.", "The wall may be open.", "claim strength"),
        ("This proves the point.", "This suggests the point.", "claim strength"),
        ("The drug cures the cough.", "The drug can cure the cough.", "claim strength"),
        ("I think the wall is open.", "The wall is open.", "claim strength"),
        ("It is certain that he left.", "It is possible that he left.", "claim strength"),
        ("Tolland opened the door.", "Wexcombe opened the door.", "names"),
        ("The agency wrote to us.", "Pulse Media wrote to us.", "names"),
        ("They have left and Ann may follow.", "They left and Bo will follow.", "tense, claim strength, names"),
        ("In May we went there.", "We went there in May.", "other"),
        ("She said: Come home.", "She said: Go home.", "other"),
        ("The meeting of the board is short.", "The meetings of the board are short.", "other"),
        ("A big house stood there.", "A large house stood there.", "other"),
        ("I do not know.", "I don't know.", "other"),
        ("The tool is old.", "The tools is old.", "other"),
        ("A Case For The Choir", "A Case For The Band", "other"),
    ],
)
def test_a_rewording_is_named_by_stated_rules(before, after, change):
    """Tense, claim strength and names are told apart; number, contraction and headings are none of them."""
    assert name_change(word_operations(before, after)) == change
    assert name_change(word_operations(after, before)) == change


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Is it? Yes! It is.", ["Is it?", "Yes!", "It is."]),
        ("J. Pye and Dr. Roe came.", ["J. Pye and Dr. Roe came."]),
        ("It ended.Then rain came.", ["It ended.", "Then rain came."]),
        ("See harbour.example for 3.5 tons.", ["See harbour.example for 3.5 tons."]),
        ("Not me, said I. Nor I.", ["Not me, said I.", "Nor I."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    """Initials, titles, addresses and decimals do not end a sentence; a missing blank does not join two."""
    assert split_sentences(text) == sentences


def test_long_unlike_texts_do_not_hang():
    """Two books, one of them without a full stop, are compared in seconds."""
    book = " ".join(f"Sentence w{i} says w{i * 7 % 1000} of it." for i in range(320))
    other = " ".join(f"Then w{i} was heard by w{i * 3 % 1000}." for i in range(320))
    assert set(diff_versions(book, other)["kind"]) <= {"cut", "added", "reworded"}
    endless = "on and on and on " * 3000
    assert diff_versions(endless, endless + "no more")["kind"].tolist() == ["reworded"]


@settings(max_examples=30)
@given(SENTENCES, SENTENCES)
def test_no_word_is_lost(a, b):
    """The rows hold every word of both versions, in order, and the operations rebuild both sides."""
    first, second = " ".join(a), " ".join(b)
    table = diff_versions(first, second)
    assert words(" ".join(table["text_a"])) == words(first)
    assert words(" ".join(table["text_b"])) == words(second)
    for row in table.itertuples():
        kept = {
            side: [w for op, text in row.ops if op in ("same", side) for w in words(text)] for side in ("cut", "added")
        }
        assert kept == {"cut": words(row.text_a), "added": words(row.text_b)}


@settings(max_examples=30)
@given(SENTENCES)
def test_a_text_beside_itself_is_all_the_same(sentences):
    """Nothing changed, so nothing is marked."""
    text = " ".join(sentences)
    assert set(diff_versions(text, text)["kind"]) <= {"same"}
