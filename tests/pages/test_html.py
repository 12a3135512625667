"""Saved web pages are parted into essay and comments, and hostile ones end in a reason within bounded time."""

from __future__ import annotations

import contextlib
import gzip
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import PageError
from analysis.pages.html import HTML
from analysis.pages.html_tree import decode, parse_html, text_of
from analysis.text import clean_text, words

BENCHMARK = Path(__file__).parents[3] / "shared" / "benchmarks" / "html-pages"

ESSAY = "".join(f"<p>Paragraph {n} of an essay on rain, which says what a paragraph says.</p>" for n in range(1, 6))
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>On rain | A blog</title>
<meta name="author" content="Mia Moor">
<meta property="article:published_time" content="2012-05-01T08:00:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/about">About this blog and its long history</a></nav>
<div id="primary"><article><h1>On rain</h1>
<div class="entry-content">{ESSAY}
<div class="sharedaddy"><p>Share this: on all the networks there are in the world</p></div></div></article>
<div id="comments"><h2>3 thoughts on On rain</h2><ol class="commentlist">
<li class="comment" id="comment-1"><b class="fn">Ann</b><time datetime="2012-05-02T10:00:00+00:00">yesterday</time>
<div class="comment-content"><p>You say:</p><blockquote>rain</blockquote><ul><li>first</li><li>second</li></ul>
</div></li>
<li class="comment" id="comment-2"><b class="fn">mia moor</b><span class="date">3/4/2012</span>
<div class="comment-content"><p>I do.</p></div></li>
<li class="pingback" id="comment-3"><p>Pingback: <a href="http://other.example/p">Another page</a></p></li>
<li class="comment" id="comment-4"><b class="fn">Cy</b><span class="date">25/4/2012</span>
<div class="comment-content"><p>Well.</p></div></li></ol>
<div id="respond"><form action="/wp-comments-post.php"><p>Leave a reply to this essay if you wish</p>
<textarea name="comment"></textarea></form></div></div></div>
<aside class="widget"><ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">Dora</span>
on <a href="/x#comment-9">On snow</a></li></ul></aside><footer>
<p>All rights reserved by the author of this blog</p></footer>
</body></html>"""


def read(page: str | bytes):
    """The one page in some HTML."""
    [found] = HTML.read(page.encode() if isinstance(page, str) else page, page="p", path="p.html")
    return found


def test_a_page_is_parted():
    """Essay, comments and what the page says of itself, and nothing of one in the other."""
    page = read(PAGE)
    assert page.essay.split("\n") == [line[3:] for line in ESSAY.split("</p>") if line]
    assert (page.title, page.author, page.date, page.language) == (
        "On rain",
        "Mia Moor",
        "2012-05-01T08:00:00+00:00",
        "en",
    )
    assert page.comments_open is True
    assert [(c.author, c.kind) for c in page.comments] == [
        ("Ann", "comment"), ("mia moor", "comment"), ("Another page", "pingback"), ("Cy", "comment")
    ]  # fmt: skip
    assert page.comments[0].text == "You say:\n> rain\n- first\n- second"
    assert 0.5 < page.confidence <= 1
    assert "4 comments by their mark-up" in page.evidence


def test_dates_follow_the_order_of_the_page():
    """The 25th shows that this page puts the day first; a machine-readable date goes before "yesterday"."""
    comments = read(PAGE).comments
    assert [c.date for c in comments] == ["2012-05-02T10:00:00+00:00", "2012-04-03", None, "2012-04-25"]
    assert comments[0].date_raw == "yesterday"


def test_the_essay_author_is_known_by_name_and_by_mark():
    """Figures about readers leave the author's own answers out."""
    assert [c.by_essay_author for c in read(PAGE).comments] == [False, True, False, False]
    marked = PAGE.replace('class="comment" id="comment-4"', 'class="comment bypostauthor" id="comment-4"')
    assert read(marked).comments[3].by_essay_author


def test_closed_comments_are_told_from_none():
    """Whether readers could answer decides what silence means."""
    closed = (
        PAGE[: PAGE.index('<div id="respond">')] + "<p class='no-comments'>Comments are closed.</p></div></body></html>"
    )
    assert read(closed).comments_open is False
    assert read(f"<article class='entry-content'>{ESSAY}</article>").comments_open is None


def test_no_comment_leaks_into_the_essay():
    """Comments are cut out before the essay is looked for, also where they are longer than it."""
    long = PAGE.replace("I do.", "Leaking words of the comment. " * 300)
    assert "Leaking" not in read(long).essay
    without = long.replace('class="entry-content"', 'class="x"')
    assert "Leaking" not in read(without).essay


UNMARKED = """<p>Ann says:</p><p>May 3, 2012 at 4:05 pm</p><p>So it rains.</p>
<p>Bob says:</p><p>May 4, 2012 at 5:05 pm</p>
<p>Not here it does not.</p><p>Leave a Reply</p>"""


@pytest.mark.parametrize("around", ["<div id='comments'>{}</div>", "<h3>2 comments</h3>{}"])
def test_announced_comments_without_markup_are_read_from_their_lines(around):
    """A template made by hand names no comment, but says that comments follow."""
    page = read(f"<article class='entry-content'>{ESSAY}</article>" + around.format(UNMARKED))
    assert [(c.author, c.text) for c in page.comments] == [("Ann", "So it rains."), ("Bob", "Not here it does not.")]
    assert "by their lines" in page.evidence
    assert page.confidence <= 0.5


def test_unannounced_lines_are_no_comments():
    """A list of teasers with names and dates reads like comments."""
    assert read(f"<article class='entry-content'>{ESSAY}</article>" + UNMARKED).comments == ()


def test_a_circle_of_references_is_cut():
    """Two comments that answer each other keep one answer."""
    ring = '<li class="comment" id="comment-1" data-parent-id="2"><b class="fn">A</b><p>One</p></li>'
    ring += '<li class="comment" id="comment-2" data-parent-id="1"><b class="fn">B</b><p>Two</p></li>'
    assert sum(c.reply_to is not None for c in read(f"<ol>{ring}</ol>").comments) == 1


def test_broken_markup_is_mended():
    """Tags that are never closed, closed twice or wrongly nested lose no words."""
    page = read("<div class=entry-content><p>One <b>two<p>three</i></b> four</div></div><p>" + "five " * 5)
    assert words(page.essay)[:4] == ["one", "two", "three", "four"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_encodings_are_found(encoding):
    """Old blogs were not saved in UTF-8."""
    text = (
        "<html><body><p>Größe, façade, señor: "
        + "wörter über wörter und noch mehr ähnliche Sätze. " * 5
        + "</p></body></html>"
    )
    assert "Größe, façade, señor" in decode(text.encode(encoding))


def test_invisible_characters_go():
    """Zero-width and direction marks split words so that no filter sees them."""
    page = read(
        "<div class='entry-content'><p>ca\u200bsi\u00adno \u202eright\u202c to left, on a page of some words</p></div>"
    )
    assert page.essay.startswith("casino right to left")


@pytest.mark.parametrize("reference", ["&#1;", "&#x2;", "&#0031;", "&#xB;", "&#xfffe;", "&#65535;"])
def test_control_characters_written_as_references_are_blanks(reference):
    """The tree lets them in and then refuses them wherever a text is moved, which ended in a traceback."""
    page = f"<body><div id='comments'><p>Short</p></div>A word{reference}or two &#8217;<p>and three.</body>"
    assert read(page).essay.split("\n") == ["A word or two ’", "and three."]


def test_a_page_without_text_gives_the_reason():
    """A page that scripts fill in the browser holds nothing when saved too early."""
    with pytest.raises(PageError, match="holds no text"):
        read("<html><body><script>var essay = 1;</script></body></html>")
    with pytest.raises(PageError, match="empty"):
        read("  ")


HOSTILE = {
    "a million nested tags": b"<div>" * 1_000_000 + b"x",
    "three thousand nested tables": b"<table>" * 3_000 + b"x",
    "a thousand nested comments": b"<div class='comment'><b class='fn'>A</b><p>x</p>" * 300,
    "numbered nested comments": b"".join(
        b"<div class='comment' id='comment-%d'><b class='fn'>A</b>x" % n for n in range(900)
    ),
    "many heads in one comment": b"<div class='comment'>" + b"<b class='fn'>A</b><p class='comment-text'>x</p>" * 9_000,
    "many comments": b"".join(
        b"<li class='comment' id='comment-%d'><b class='fn'>A</b>x</li>" % n for n in range(3_000)
    ),
    "one long attribute": b"<p class='" + b"comment " * 500_000 + b"'>x</p>",
    "nested quotes": b"<li class='comment' id='comment-1'><b class='fn'>A</b><div>" + b"<blockquote>" * 1_500 + b"x",
    "nested JSON": b"<script type='application/ld+json'>" + b"[" * 90_000 + b"</script><p>x</p>",
    "every byte": bytes(range(256)) * 2_000,
    "zeros": b"<p>" + b"\x00" * 500_000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_hostile_pages_end_in_bounded_time(name):
    """Neither a hang nor a traceback: a page, or a reason."""
    start = time.process_time()
    with contextlib.suppress(PageError):
        assert read(HOSTILE[name]).format == "html"
    assert time.process_time() - start < 8


TAGS = ["<div class='comment'>", "</div>", "<p>", "</p>", "<b class='fn'>", "</b>", "Ann ", "words ", "</li>", "<time>"]
TAGS += ["<li id='comment-1'>", "<dl id='comments'>", "<dt id='c12'>", "<dd>", "&", "<"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(TAGS)))
def test_any_nesting_gives_a_page_or_a_reason(pieces):
    """No arrangement of tags breaks the reader, and every answer points to an earlier or later comment."""
    try:
        page = read("<html>" + "".join(pieces))
    except PageError:
        return
    assert all(c.text.strip() for c in page.comments)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=60))
def test_words_come_back_from_markup(text):
    """What stands between two tags is read as it stands."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = text_of(parse_html(f"<div>x<p>{escaped}</p></div>".encode()))
    assert "".join(shown.split()) == "x" + "".join(clean_text(text).split())


needs_benchmark = pytest.mark.skipif(
    not BENCHMARK.is_dir(), reason="shared/benchmarks/html-pages is not on this machine"
)


@needs_benchmark
def test_open_pages_keep_their_floors():
    """Floors on a third of the open pages; the scoring program measures all of them."""
    found = there = 0
    for line in (BENCHMARK / "gold.jsonl").read_text(encoding="utf-8").splitlines()[::3]:
        gold = json.loads(line)
        page = read(gzip.decompress((BENCHMARK / gold["html"]).read_bytes()))
        bodies = {" ".join(words(c.text)) for c in page.comments}
        wanted = [" ".join(words(c["body"])) for c in gold["comments"] if c["kind"] == "comment"]
        found += sum(body in bodies for body in wanted)
        there += len(wanted)
    assert found / there > 0.9


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "<h1><a href='http://isle.example/'>Isle Notes</a></h1><h3 class='post-title'>Rain gauges</h3>",
            "Rain gauges",
        ),
        ("<h1><a href='/'>Isle Notes</a></h1><h2>Rain gauges</h2>", "Rain gauges"),
        ("<h1><a href='http://isle.example/rain'>Rain gauges</a></h1>", "Rain gauges"),
    ],
)
def test_the_banner_of_a_site_is_not_the_title(heading, title):
    """A heading that leads to the front page names the blog, not the essay."""
    raw = f"<head><title>Rain gauges | Isle Notes</title></head><body>{heading}<p>{'It rained on the gauge. ' * 30}</p>"
    [page] = HTML.read(raw.encode(), page="p", path="p.html")
    assert page.title == title


def test_a_date_in_the_line_that_signs_the_essay_is_read():
    """Typepad and Drupal give the date in words beside the author's name."""
    footer = "<p class='entry-footer'>Posted by Ann on March 3, 2009 | Permalink</p>"
    raw = f"<h2>Rain</h2><div><p>{'It rained on the gauge. ' * 30}</div>{footer}"
    [page] = HTML.read(raw.encode(), page="p", path="p.html")
    assert page.date == "2009-03-03"


@pytest.mark.parametrize("raw", [bytes(range(256)) * 8, b"\x89PNG\r\n" + bytes(range(7, 200)) * 30, b"\x00" * 500])
def test_a_binary_file_under_a_pages_name_is_refused(raw):
    """A picture saved as .html is skipped with the reason, not read as a page of noise."""
    with pytest.raises(PageError, match="binary"):
        list(HTML.read(raw, page="p", path="p.html"))


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_an_old_encoding_is_no_binary(encoding):
    """Umlauts in another encoding are text."""
    raw = f"<html><body><p>{'Über Bücher, Gärten und Züge im Süden. ' * 20}</p></body></html>".encode(encoding)
    [page] = HTML.read(raw, page="p", path="p.html")
    assert "Gärten" in page.essay
