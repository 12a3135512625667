"""Comments that stand only in a page's JSON-LD come out like those of the mark-up."""

from __future__ import annotations

import json
import time

import pytest

from analysis.pages.comment_data import comments_from_data
from analysis.pages.html import HTML

ANN = {
    "@type": "Comment",
    "@id": "#one",
    "text": "First words &amp; more.",
    "dateCreated": "2012-05-04T10:00:00+02:00",
    "author": {"@type": "Person", "name": "Ann &amp; Co", "url": "http://ann.example"},
}
BOB = {"@type": "Comment", "@id": "#two", "text": "Second words.", "author": "Bob", "datePublished": "4 May 2012"}
ESSAY = "<article class='entry-content'><p>The kettle has been on the stove since the war ended.</p></article>"


def read(data, body: str = ESSAY):
    """The one page with some data."""
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    [found] = HTML.read(f"<html><head>{script}</head><body>{body}</body></html>".encode(), page="p", path="p.html")
    return found


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Article", "comment": [{**ANN, "comment": [BOB]}]},
        {"@graph": [{"@type": "WebPage"}, {"@type": "BlogPosting", "comment": {**ANN, "comment": BOB}}]},
        [ANN, {**BOB, "parentItem": {"@id": "#one", "@type": "Comment", "text": "First words"}}],
        {"@type": "Article", "comment": [ANN, {**BOB, "parentItem": {"@id": "#one"}}]},
        [{"@type": "Article", "comment": [{**ANN, "comment": [BOB]}]}, ANN],
        {"@type": "NewsArticle", "comments": [{**ANN, "@type": ["http://schema.org/Comment"], "comment": [BOB]}]},
        {"@type": "Article", "comment": [{k: v for k, v in ANN.items() if k != "@type"} | {"comment": [BOB]}]},
    ],
    ids=["nested", "graph", "by themselves", "flat", "given twice", "full type", "no type"],
)
def test_every_way_of_listing_gives_the_same_thread(data):
    """Publishers nest answers, point to what they answer, or do both."""
    first, second = read(data).comments
    assert (first.author, first.author_link, first.text) == ("Ann & Co", "http://ann.example", "First words & more.")
    assert (first.date, first.date_raw) == ("2012-05-04T10:00:00+02:00", "2012-05-04T10:00:00+02:00")
    assert (second.author, second.text, second.date, second.reply_to) == ("Bob", "Second words.", "2012-05-04", 0)
    assert first.reply_to is None


def test_old_names_of_the_properties_are_read():
    """UserComments was schema.org's first type for comments, with its own names."""
    data = {"@type": "UserComments", "commentText": "Words.", "creator": {"name": "Cy"}, "commentTime": "2011"}
    [found] = read(data).comments
    assert (found.author, found.text, found.date) == ("Cy", "Words.", "2011")


def test_markup_in_a_body_is_set_as_text():
    """Quotes and lists stay visible as such, as in comments from the page's own mark-up."""
    body = "<blockquote><p>You said so.</p></blockquote><p>No:</p><ul><li>one</li><li>two</li></ul>"
    for text in (body, body.replace("<", "&lt;")):
        [found] = read({"@type": "Comment", "text": text, "author": "Ann"}).comments
        assert found.text.split("\n") == ["> You said so.", "No:", "- one", "- two"]


def test_the_essay_author_is_known():
    """An answer under the essay's byline is by its author."""
    data = {"@type": "Article", "author": {"name": "Dora"}, "comment": [ANN, {**BOB, "author": {"name": "dora"}}]}
    assert [c.by_essay_author for c in read(data).comments] == [False, True]


@pytest.mark.parametrize(
    "data",
    [
        {"@type": "Product", "review": [{"@type": "Review", "reviewBody": "Five stars.", "author": "Ann"}]},
        {"@type": "Question", "acceptedAnswer": {"@type": "Answer", "text": "Forty-two.", "author": "Ann"}},
        {"@type": "Article", "commentCount": 3, "comment": [{"@type": "Comment", "author": "Ann"}]},
        {"@type": "Article", "text": "The essay.", "author": "Ann"},
    ],
)
def test_what_is_no_comment_is_left_alone(data):
    """Reviews, answers and the essay itself have a text and an author too."""
    assert read(data).comments == ()


def test_comments_in_the_markup_win():
    """Where the page shows its comments, the copy for search engines adds nothing."""
    shown = "<ol><li class='comment' id='comment-1'><b class='fn'>Eve</b><p>Shown words.</p></li></ol>"
    assert [c.author for c in read(ANN, ESSAY + shown).comments] == ["Eve"]
    assert "data for search engines" in read(ANN).evidence


def test_a_circle_of_answers_is_cut():
    """Two that say they answer each other: one of them does."""
    data = [{**ANN, "parentItem": {"@id": "#two"}}, {**BOB, "parentItem": {"@id": "#one"}}]
    assert [c.reply_to for c in comments_from_data(data)] == [1, None]
    assert [c.reply_to for c in comments_from_data([{**ANN, "parentItem": {"@id": "#one"}}])] == [None]


@pytest.mark.parametrize("value", [None, 7, "text", [], [[[]]], {"comment": None}, {"comment": [3, "x", None]}])
def test_odd_data_give_no_comment(value):
    """JSON may hold anything."""
    assert comments_from_data([value]) == ()


def test_ten_thousand_comments_as_data_are_read_in_seconds():
    """Long threads, and deep ones, stay bounded."""
    many = {"@type": "Article", "comment": [{**BOB, "@id": f"#{k}", "text": f"Words {k}."} for k in range(10_000)]}
    start = time.process_time()
    assert len(comments_from_data([many])) == 10_000
    deep = dict(ANN)
    for k in range(5_000):
        deep = {**BOB, "@id": f"#{k}", "comment": deep}
    assert len(comments_from_data([deep])) == 5_001
    chain = [{**BOB, "@id": f"#{k}", "parentItem": {"@id": f"#{k + 1}"}} for k in range(10_000)]
    assert comments_from_data(chain)[0].reply_to == 1
    assert comments_from_data(chain[::-1])[9_999].reply_to == 9_998
    assert time.process_time() - start < 5
