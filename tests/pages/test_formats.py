"""The contract of the page-format plug-in point, for the built-in readers and for an outsider's own.

To check your own reader, write ``from test_formats import check_format`` in a test of yours and call
``check_format(MY_READER, name="a.myformat", raw=b"...")`` with the name and bytes of a file that your reader takes.
"""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import PageError
from analysis.pages import FORMATS, HEAD, read_file
from analysis.types import Page, PageFormat

HTML_PAGE = (
    '<html><body><article class="entry-content"><p>An essay of one plain paragraph, long enough to be seen.</p>'
    "</article>"
    '<ol class="commentlist"><li class="comment" id="comment-1"><b class="fn">Ann</b><p>Indeed.</p></li></ol>'
    "</body></html>"
)
WORDPRESS = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title><wp:post_id>3</wp:post_id>'
    "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>Indeed.</wp:comment_content></wp:comment>"
    "</item></channel></rss>"
)
BLOGGER = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-1.archive</id><entry>'
    "<id>tag:blogger.com,1999:blog-1.post-2</id><content>An essay.</content>"
    '<category term="http://schemas.google.com/blogger/2008/kind#post"/></entry></feed>'
)
DISQUS = (
    '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><post dsq:id="1">'
    '<message>Indeed.</message><thread dsq:id="2"/></post></disqus>'
)
SAMPLES = {
    "wordpress": ("blog.xml", WORDPRESS),
    "blogger": ("blog.xml", BLOGGER),
    "disqus": ("all.xml", DISQUS),
    "convokit": ("utterances.jsonl", json.dumps({"id": "a", "conversation_id": "a", "text": "An essay."})),
    "html": ("page.html", HTML_PAGE),
    "plain_text": ("page.txt", "On rain\n\nIt rains, and nobody has a good word for it, though the garden needs it.\n"),
}


def check_format(reader: PageFormat, *, name: str, raw: bytes) -> None:
    """Hold a reader to the rules of the plug-in point; an assertion says which one it breaks.

    Parameters
    ----------
    reader : PageFormat
        The reader.
    name, raw : str, bytes
        Name and content of a small file that it takes.
    """
    assert isinstance(reader.name, str), "A reader's name is a string"
    assert reader.name, "A reader has a name"
    assert reader.accepts(name, raw[:HEAD]) is True, "It must take its own kind of file"
    assert isinstance(reader.accepts("", b""), bool), "It must say yes or no, whatever it is shown"
    pages = list(reader.read(raw, page="stem", path=name))
    assert pages, "A file that it takes must give at least one page"
    again = list(reader.read(raw, page="stem", path=name))
    assert pages == again, "The same bytes must give the same pages"
    names = [page.page for page in pages]
    assert len(set(names)) == len(names), "The pages of one file must have different names"
    for page in pages:
        assert isinstance(page, Page), "It must give pages"
        assert page.page == "stem" or page.page.startswith("stem#"), "A page is named STEM or STEM#POST"
        assert page.path == name, "A page says where it was read"
        assert page.format == reader.name, "A page names its reader"
        assert page.essay or page.comments, "A page without any text is none"
        assert page.evidence, "A page says which cue decided"
    for broken in (b"", b"\x00\xff\xfe", raw[: len(raw) // 2]):
        with contextlib.suppress(PageError):  # the only error that it may raise
            assert all(isinstance(page, Page) for page in reader.read(broken, page="stem", path=name))


def samples() -> list[str]:
    """Built-in readers that have a sample here."""
    return [name for name in FORMATS if name.replace("-", "_") in SAMPLES]


def test_every_built_in_reader_is_checked():
    """A reader that is added to the package needs a sample in this file."""
    assert samples() == list(FORMATS)


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_built_in_reader_keeps_the_contract(name):
    """The stages above rely on these rules and on nothing else."""
    file, text = SAMPLES[name.replace("-", "_")]
    check_format(FORMATS[name], name=file, raw=text.encode())


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_sample_finds_its_own_reader(name):
    """Exports are asked before HTML, and HTML before plain text."""
    file, text = SAMPLES[name.replace("-", "_")]
    pages, skipped = read_file(text.encode(), path=file, max_bytes=100_000)
    assert skipped == []
    assert {page.format for page in pages} == {name}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["a.html", "a.txt", "a.xml", "a.zip", "utterances.jsonl", "a"]), st.binary(max_size=300))
def test_any_bytes_give_pages_or_a_reason(name, raw):
    """No file gives a traceback, and none vanishes without a word."""
    pages, skipped = read_file(raw, path=name, max_bytes=10_000)
    assert pages or skipped
    assert all(row.reason for row in skipped)


def test_a_file_above_the_bound_is_skipped_with_its_size():
    """The reason names the setting that decides."""
    _, [skipped] = read_file(b"<p>word</p>" * 100, path="a.html", max_bytes=100)
    assert "1,100 bytes" in skipped.reason
    assert "read.max_bytes" in skipped.reason


def test_other_files_are_named_with_the_readers_there_are():
    """A picture in the folder is no page."""
    _, [skipped] = read_file(b"\x89PNG\r\n\x1a\n" + bytes(200), path="a.png", max_bytes=10_000)
    assert skipped.format is None
    assert "wordpress, blogger, disqus, convokit, html" in skipped.reason
