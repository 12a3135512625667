"""A topic laid out to be read: marked words, essays, the nearest topic, and no mark-up of the corpus left alive."""

import sys
from pathlib import Path

import pytest

from analysis.errors import TopicError
from analysis.topic_stats.marking import mark_text, marked_spans
from analysis.topic_stats.topic_page import read_topic

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_topics import made_documents, made_model, made_paragraphs, made_topic_words

MODEL, (DOCUMENTS, _) = made_model(), made_documents()


@pytest.fixture(scope="module")
def page():
    paragraphs = made_paragraphs()
    paragraphs.loc[3, "text"] += " <script> hive </script>"
    return read_topic(MODEL, DOCUMENTS, paragraphs, made_topic_words(MODEL), 1)


def test_the_words_are_marked_in_the_form_they_stand_in(page):
    """A reader sees the text, not its lemmas."""
    marked = {piece for shown in page.paragraphs for piece, mark in shown.pieces if mark}
    assert {"hives", "hive"} <= marked
    assert not {piece for shown in page.paragraphs for piece, mark in shown.pieces if not mark} & {"hives", "hive"}


def test_each_essay_speaks_before_one_speaks_twice(page):
    """The two longest paragraphs are of one essay; the other essay's comes between."""
    titles = [shown.title for shown in page.paragraphs]
    assert titles == ["Essay <1> on bees", "Essay <0> on bees", "Essay <1> on bees"]


def test_essays_say_how_much_of_the_topic_they_hold(page):
    """Most of the bees are in the two essays on bees."""
    assert page.essays["title"].head(2).tolist() == ["Essay <1> on bees", "Essay <0> on bees"]
    assert page.essays["share"].head(2).tolist() == pytest.approx([0.8, 0.8])
    assert 0.6 < page.essays["of_topic"].head(2).sum() < 0.9


def test_nothing_of_the_corpus_is_live_in_the_page(page):
    """A corpus may hold anything; the notebook must not run it."""
    html = page._repr_html_()
    assert "<script" not in html
    assert "Essay &lt;1&gt; on bees" in html
    assert "&lt;script&gt; <mark>hive</mark> &lt;/script&gt;" in html
    assert len(html) < 10_000


def test_the_plain_text_says_the_same(page):
    """Where there is no notebook, print says what the page says."""
    text = str(page)
    assert "*hives*" in text
    assert "Nearest is topic 3 (type, galley, proof)" in text
    assert "both lead with meadow" in text
    assert "hive (8 : 0) leans to this topic" in text


def test_a_weak_topic_is_said_to_be_weak():
    """The warning stands where the topic is read, not in a table elsewhere."""
    said = read_topic(MODEL, DOCUMENTS, made_paragraphs(), made_topic_words(MODEL), 2, 1)
    assert "do not build on it" in said._repr_html_()
    assert len(said.paragraphs) == 1


def test_a_single_topic_can_be_read():
    """There is no nearest, and the page says so."""
    alone, themes = made_model(("bees",)), ("bees",)
    documents, _ = made_documents(themes)
    said = read_topic(alone, documents, made_paragraphs(themes), made_topic_words(alone), 1)
    assert "no other topic" in str(said)
    assert "no other topic" in said._repr_html_()


def test_a_topic_that_is_not_there_is_named():
    """The sentence says which numbers there are."""
    with pytest.raises(TopicError, match="numbered from 1 to 5"):
        read_topic(MODEL, DOCUMENTS, made_paragraphs(), made_topic_words(MODEL), 7)


def test_a_long_paragraph_is_cut_to_where_the_words_stand():
    """Three hundred words about something else are not what a reader came for."""
    text = "so it goes " * 100 + "a hive of honey and honey " + "and on it goes " * 100
    places = [(text.index("hive"), text.index("hive") + 4)]
    places += [(at, at + 5) for at in range(len(text)) if text.startswith("honey", at)]
    pieces = mark_text(text, places, most=200)
    assert [piece for piece, mark in pieces if mark] == ["hive", "honey", "honey"]
    whole = "".join(piece for piece, _ in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= 204
    assert whole.strip("… ") in text


def test_a_text_of_no_blanks_is_cut_all_the_same():
    """A page may hold one endless word."""
    assert "".join(piece for piece, _ in mark_text("x" * 900, [], most=200)) == "x" * 200 + " …"


def test_a_phrase_is_marked_as_one():
    """A model of phrases counts them as one word; the shorter word inside is not marked again."""
    spans = [(0, 5, "radio"), (6, 11, "mast"), (12, 16, "mast")]
    assert marked_spans(spans, {"radio_mast", "mast"}) == [(0, 11), (12, 16)]
