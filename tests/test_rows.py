"""Pages as JSON rows and as tables."""

import json

import pytest

from analysis.errors import PageError
from analysis.rows import comments_table, page_as_json, page_from_json, pages_table
from analysis.tables import COMMENTS, PAGES, check_table
from analysis.types import Comment, Page, Part


def a_page(**changes):
    return Page(**{"page": "p", "path": "", "format": "", "essay": "", **changes})


def answering(number):
    return (Comment(text="x", reply_to=number),)


@pytest.fixture
def page():
    comments = (
        Comment(text="First!", author="Ada Example", date="2009-03-17"),
        Comment(text="No, second.", author="Bo", reply_to=0, by_essay_author=True),
        Comment(text="[...] as Bo says [...]", author="Another page", kind="pingback"),
    )
    return Page(page="p", path="a/p.txt", format="plain_text", essay="One.\nTwo.", comments=comments, language="en")


def test_a_page_survives_the_way_through_json(page):
    """Reading what was written gives the same page, for all that the contract keeps."""
    back = page_from_json(json.loads(json.dumps(page_as_json(page))))
    assert back == page
    assert back.doc_id == page.doc_id


def test_rows_have_the_keys_the_scoring_programs_read(page):
    """The contract of the command line."""
    row = page_as_json(page)
    assert {"page", "path", "format", "title", "author", "date", "essay", "comments", "injected_spam"} <= set(row)
    wanted = {"author", "author_link", "date", "text", "reply_to", "by_essay_author", "kind", "signature"}
    assert all(wanted <= set(c) for c in row["comments"])


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"page": "p"},
        {"page": "p", "essay": "e", "comments": [{"text": " "}]},
        {"page": 1, "essay": "e", "comments": [3]},
    ],
)
def test_a_row_that_is_no_page_is_refused(row):
    """One sentence says what a row needs."""
    with pytest.raises(PageError, match="needs at least 'page' and 'essay'"):
        page_from_json(row)


def test_tables_hold_their_schemas(page):
    """Answers point at the comment they answer, by name."""
    pages, comments = check_table(pages_table([page]), PAGES), check_table(comments_table([page]), COMMENTS)
    assert pages["essay_words"].tolist() == [2]
    assert comments["reply_to"].tolist() == [None, comments["comment_id"][0], None]


def test_no_pages_give_empty_tables():
    """An empty corpus is a corpus."""
    assert check_table(pages_table([]), PAGES).empty
    assert check_table(comments_table([]), COMMENTS).empty


def test_doc_id_depends_on_content_only(page):
    """Another folder is the same page; another word is not."""
    moved = Page(page="p", path="elsewhere", format="html", essay=page.essay, comments=page.comments)
    edited = Page(page="p", path="a/p.txt", format="plain_text", essay="One.\nThree.", comments=page.comments)
    assert moved.doc_id == page.doc_id != edited.doc_id


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Comment(text=" \n"), "needs a text"),
        (lambda: Comment(text="x", kind="reply"), "kind is one of"),
        (lambda: a_page(comments=answering(0)), "answers itself"),
        (lambda: a_page(comments=answering(7)), "does not exist"),
        (lambda: a_page(confidence=1.5), "between 0 and 1"),
        (lambda: a_page(text="abc", parts=(Part("essay", 0, 9),)), "outside"),
        (lambda: a_page(text="abc", parts=(Part("essay", 0, 2), Part("chrome", 1, 3))), "overlaps"),
    ],
)
def test_an_impossible_page_cannot_be_made(make, sentence):
    """Invariants are checked when a thing is made, not when it is used."""
    with pytest.raises(ValueError, match=sentence):
        make()
