"""The five founding pages are read exactly as a careful reader reads them."""

import json
from pathlib import Path

import pytest

from analysis.pages.plain_text import PLAIN_TEXT
from analysis.text import clean_text

FOUNDING = Path(__file__).resolve().parents[2].parent / "shared" / "pages" / "founding"
pytestmark = pytest.mark.skipif(not FOUNDING.is_dir(), reason="../shared/pages/founding is not here")


def expected():
    """What a careful reader makes of each page, by page name."""
    found = json.loads((FOUNDING / "expected.json").read_text(encoding="utf-8"))
    return {name: page for name, page in found.items() if name.isdigit()}


def lines_of(name):
    return clean_text((FOUNDING / f"{name}.txt").read_text(encoding="utf-8")).split("\n")


def picked(name, spans):
    """The non-empty lines of 1-based inclusive spans."""
    lines = lines_of(name)
    return [line for first, last in spans for line in lines[first - 1 : last] if line]


@pytest.fixture(params=["000", "001", "002", "003", "004"])
def pair(request):
    """A page as read and as expected."""
    if not FOUNDING.is_dir():
        pytest.skip("../shared/pages/founding is not here")
    path = FOUNDING / f"{request.param}.txt"
    (page,) = PLAIN_TEXT.read(path.read_bytes(), page=request.param, path=path.name)
    return page, expected()[request.param]


def test_essay_is_exact(pair):
    """Essay lines, no more and no less, with the title kept apart."""
    page, gold = pair
    assert page.essay.split("\n") == picked(page.page, gold["essay_lines"])
    assert page.title == gold["title"]


def test_injected_spam_and_chrome_are_exact(pair):
    """Both injected paragraphs and every line of page furniture are set aside."""
    page, gold = pair
    assert list(page.injected_spam) == [
        line for n in gold["injected_spam_lines"] for line in picked(page.page, [[n, n]])
    ]
    chrome = [line for n in gold["chrome_lines"] for line in picked(page.page, [[n, n]])]
    assert [" ".join(line.split()) for line in page.chrome] == [" ".join(line.split()) for line in chrome]


def test_comments_are_exact(pair):
    """Authors, bodies, answers, the essay author's own comments and signatures."""
    page, gold = pair
    keys = ("author", "text", "reply_to", "by_essay_author")
    assert [{key: getattr(c, key) for key in keys} for c in page.comments] == [
        {key: c[key] for key in keys} for c in gold["comments"]
    ]
    assert [c.signature for c in page.comments] == [c.get("signature") for c in gold["comments"]]


def test_comments_open_and_author_where_told(pair):
    """An empty form says comments are open; the author is known where the comments show it."""
    page, gold = pair
    if "comments_open" in gold:
        assert page.comments_open is gold["comments_open"]
    if "essay_author" in gold:
        assert page.author == gold["essay_author"]


def test_every_part_stands_in_the_text(pair):
    """Parts give back the essay and the comments from the page's own text."""
    page, _ = pair
    essay = [
        line
        for p in page.parts
        if p.kind == "essay"
        for line in clean_text(page.text[p.start : p.end]).split("\n")
        if line
    ]
    assert essay == page.essay.split("\n")
    bodies = [clean_text(page.text[p.start : p.end]) for p in page.parts if p.kind == "comment"]
    assert [body.split("\n")[0] for body in bodies] == [c.text.split("\n")[0] for c in page.comments]
