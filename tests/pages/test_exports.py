"""Export files give every post with its threads and what the platform held back, and hostile ones give a reason."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from analysis.errors import PageError
from analysis.pages import page_name, read_file
from analysis.pages.blogger import BLOGGER
from analysis.pages.convokit import CONVOKIT
from analysis.pages.disqus import DISQUS
from analysis.pages.export_parts import fragment_text, reply_positions
from analysis.pages.wordpress import WORDPRESS, local_time

SAMPLES = Path(__file__).parents[3] / "shared" / "pages" / "exports"
LIMIT = 20_000_000


def wxr(items: str, version: str = "1.2") -> bytes:
    """A WordPress export around some items."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:wp="http://wordpress.org/export/{version}/"><channel><wp:author><wp:author_id>7</wp:author_id>'
        f"<wp:author_login>mia</wp:author_login>"
        f"<wp:author_display_name><![CDATA[Mia Moor]]></wp:author_display_name></wp:author>"
        f"{items}</channel></rss>"
    ).encode()


def wxr_comment(
    number: int, text: str, parent: int = 0, approved: str = "1", kind: str = "", user: int = 0, name: str = "Ann"
) -> str:
    """One comment of a WordPress export."""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        f"<wp:comment_author_url>http://{name.lower()}.example/</wp:comment_author_url>"
        f"<wp:comment_date>2012-05-06 15:46:06</wp:comment_date>"
        f"<wp:comment_date_gmt>2012-05-06 20:46:06</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_type>{kind}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"
    )


def wxr_item(
    comments: str = "", number: int = 12, body: str = "First line.\n\nSecond <em>line</em>.", kind: str = "post"
) -> str:
    """One post of a WordPress export."""
    return (
        f"<item><title>On &amp;amp; off</title><dc:creator>mia</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[not the essay]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date>2012-05-01 08:00:00</wp:post_date><wp:post_date_gmt>2012-05-01 13:00:00</wp:post_date_gmt>"
        f"<wp:comment_status>closed</wp:comment_status><wp:status>publish</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{comments}</item>"
    )


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_wordpress_keeps_threads_and_held_back_comments(version):
    """What the blog's moderators decided is data on its own."""
    comments = (
        wxr_comment(1, "Nice.")
        + wxr_comment(2, "Thank you", parent=1, user=7, name="Mia")
        + wxr_comment(3, "Buy now", approved="spam")
        + wxr_comment(4, "Waiting", approved="0")
        + wxr_comment(5, "Gone", approved="trash")
        + wxr_comment(6, "[...] linked [...]", kind="pingback", name="Other blog")
        + wxr_comment(7, "   ")
    )
    raw = wxr(wxr_item(comments), version)
    assert WORDPRESS.accepts("blog.xml", raw[:4096])
    [page] = WORDPRESS.read(raw, page="blog", path="blog.xml")
    assert (page.page, page.title, page.author, page.date) == (
        "blog#12",
        "On & off",
        "Mia Moor",
        "2012-05-01T08:00:00-05:00",
    )
    assert page.essay == "First line.\nSecond line."
    assert page.comments_open is False
    assert [c.platform_status for c in page.comments] == [
        "approved",
        "approved",
        "spam",
        "pending",
        "trash",
        "approved",
    ]
    assert [c.reply_to for c in page.comments] == [None, 0, None, None, None, None]
    assert [c.by_essay_author for c in page.comments] == [False, True, False, False, False, False]
    assert [c.kind for c in page.comments][-1] == "pingback"
    assert (page.comments[0].date, page.comments[0].author_link) == ("2012-05-06T15:46:06-05:00", "http://ann.example/")


def test_wordpress_leaves_out_what_no_reader_saw():
    """Menus, attachments and drafts are no essays."""
    raw = wxr(wxr_item(kind="nav_menu_item") + wxr_item(number=13) + wxr_item(number=14).replace("publish", "draft"))
    assert [p.page for p in WORDPRESS.read(raw, page="b", path="b.xml")] == ["b#13"]


def test_undeclared_prefixes_and_control_characters_are_forgiven():
    """Real exports have both."""
    raw = wxr(wxr_item(wxr_comment(1, "Bell\x07 here"))).replace(
        b'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"', b""
    )
    [page] = WORDPRESS.read(raw, page="b", path="b.xml")
    assert page.comments[0].text == "Bell here"


def test_a_torn_export_gives_what_stands_before_and_the_reason():
    """A broken download must not lose the posts that are whole."""
    raw = wxr(wxr_item(number=1) + wxr_item(number=2))
    pages, [skipped] = read_file(raw[: raw.rindex(b"<item>") + 60], path="blog.xml", max_bytes=LIMIT)
    assert [p.page for p in pages] == ["blog#1"]
    assert "breaks off at line" in skipped.reason


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss SYSTEM "http://nowhere.invalid/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declaration, encoding):
    """Entity bombs and external entities read nothing, expand nothing and fetch nothing."""
    text = wxr(wxr_item("")).decode().replace("?>", f"?>{declaration}", 1).replace("First", "&c;&x;")
    raw = text.replace("UTF-8", encoding).encode(encoding)
    pages, [skipped] = read_file(raw, path="bomb.xml", max_bytes=LIMIT)
    assert pages == []
    assert "declares a document type or entities" in skipped.reason


def test_blogger_reads_posts_comments_and_replies():
    """Comments stand apart from their posts in the feed and find them by number."""

    def entry(number: int, kind: str, text: str, more: str = "", name: str = "Mia") -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>"
            f"<published>2010-11-{number:02d}T12:35:44.027-08:00</published>"
            f'<category scheme="http://schemas.google.com/g/2005#kind" '
            f'term="http://schemas.google.com/blogger/2008/kind#{kind}"/>'
            f'<title type="text">T{number}</title><content type="html">{text}</content>{more}'
            f"<author><name>{name}</name><uri>https://www.blogger.com/profile/{name}</uri></author></entry>"
        )

    under = '<thr:in-reply-to ref="tag:blogger.com,1999:blog-1.post-10" href="x"/>'
    answer = '<link rel="related" href="https://www.blogger.com/feeds/1/10/comments/default/11"/>'
    feed = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0" '
        'xmlns:app="http://purl.org/atom/app#"><id>tag:blogger.com,1999:blog-1.archive</id>'
        + entry(12, "comment", "Why?&lt;br/&gt;Really.", under + answer)
        + entry(11, "comment", "Fine.", under, name="Bob")
        + entry(10, "post", "&lt;p&gt;An essay.&lt;/p&gt;")
        + entry(13, "post", "Draft", "<app:control><app:draft>yes</app:draft></app:control>")
        + entry(14, "template", "css")
        + "</feed>"
    ).encode()
    assert BLOGGER.accepts("blog.xml", feed[:4096])
    [page] = BLOGGER.read(feed, page="b", path="b.xml")
    assert (page.page, page.title, page.essay) == ("b#10", "T10", "An essay.")
    assert [(c.text, c.reply_to, c.by_essay_author) for c in page.comments] == [
        ("Fine.", None, False),
        ("Why?\nReally.", 0, True),
    ]
    assert page.comments[0].date == "2010-11-11T12:35:44-08:00"


def test_disqus_reads_threads_without_essays():
    """Spam and deleted comments stay, and a comment whose thread is missing is not lost."""

    def post(number: int, thread: int, text: str, more: str = "") -> str:
        return (
            f'<post dsq:id="{number}"><message><![CDATA[<p>{text}</p>]]></message>'
            f"<createdAt>2013-10-11T06:51:33Z</createdAt>{more}<author><name>Ann</name><username>ann</username></author>"
            f'<thread dsq:id="{thread}" /></post>'
        )

    raw = (
        '<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
        '<thread dsq:id="2"><title>A &amp; B</title>'
        "<author><name>Ann A.</name><username>ann</username></author></thread>"
        + post(4, 2, "One")
        + post(5, 2, "Two", '<isSpam>true</isSpam><parent dsq:id="4"/>')
        + post(6, 9, "Lost", "<isDeleted>true</isDeleted>")
        + "</disqus>"
    ).encode()
    first, second = DISQUS.read(raw, page="d", path="d.xml")
    assert (first.page, first.title, first.essay) == ("d#2", "A & B", "")
    assert [(c.text, c.reply_to, c.platform_status, c.by_essay_author) for c in first.comments] == [
        ("One", None, "approved", True),
        ("Two", 0, "spam", True),
    ]
    assert (second.page, second.comments[0].platform_status) == ("d#9", "trash")


TALKS = [
    {"id": "a", "conversation_id": "a", "speaker": "ann", "text": "The thing itself.", "meta": {"title": "Why"}},
    {"id": "b", "conversation_id": "a", "reply-to": "a", "speaker": "bob", "text": "No.", "timestamp": "1350900000"},
    {"id": "c", "conversation_id": "a", "reply-to": "b", "speaker": "ann", "text": "[deleted]", "timestamp": None},
]  # fmt: skip


def talks_zip(lines: bytes) -> bytes:
    """A ConvoKit corpus as it is downloaded."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("talks/utterances.jsonl", lines)
        archive.writestr("talks/index.json", "{}")
    return made.getvalue()


@pytest.mark.parametrize("zipped", [False, True])
def test_convokit_takes_the_root_as_essay(zipped):
    """The root utterance is what the others comment on."""
    lines = "\n".join(json.dumps(row) for row in TALKS).encode()
    path = "talks.zip" if zipped else "talks/utterances.jsonl"
    [page], skipped = read_file(talks_zip(lines) if zipped else lines, path=path, max_bytes=LIMIT)
    assert skipped == []
    assert (page.page, page.title, page.author, page.essay) == ("talks#a", "Why", "ann", "The thing itself.")
    assert [(c.author, c.reply_to, c.by_essay_author) for c in page.comments] == [
        ("bob", None, False),
        ("ann", 0, True),
    ]
    assert page.comments[0].date == "2012-10-22T10:00:00+00:00"
    assert page.comments[1].platform_status == "trash"


def test_convokit_names_the_bad_line():
    """A user finds the place that must be mended."""
    with pytest.raises(PageError, match=r"Line 2 of 'utterances\.jsonl' is no JSON"):
        list(CONVOKIT.read(b'{"id": "a", "text": "x"}\n{"id":', page="x", path="utterances.jsonl"))


def test_packed_bombs_are_refused():
    """A few kilobytes must not become gigabytes of memory."""
    _, [skipped] = read_file(talks_zip(b" " * 20_000_000), path="talks.zip", max_bytes=LIMIT)
    assert "would unpack to" in skipped.reason
    _, [skipped] = read_file(gzip.compress(b"a" * 3_000_000), path="a.txt.gz", max_bytes=100_000)
    assert "unpacks to more than" in skipped.reason
    _, [skipped] = read_file(gzip.compress(b"<p>some text")[:-12], path="a.html.gz", max_bytes=100_000)
    assert "damaged" in skipped.reason


def test_a_zip_that_is_no_corpus_says_so():
    """Other archives are named, not guessed at."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.html", "<p>x")
    _, [skipped] = read_file(made.getvalue(), path="a.zip", max_bytes=LIMIT)
    assert "holds no 'utterances.jsonl'" in skipped.reason
    _, [skipped] = read_file(b"PK\x03\x04 torn", path="a.zip", max_bytes=LIMIT)
    assert "cannot be read" in skipped.reason


def test_a_circle_of_answers_is_cut_once():
    """Three comments that answer each other in a circle keep two of the answers."""
    answers = reply_positions(["a", "b", "c"], ["b", "c", "a"])
    assert answers.count(None) == 1


def test_long_threads_are_bounded():
    """A chain of fifty thousand answers takes no quadratic time."""
    ids = [str(k) for k in range(50_000)]
    start = time.perf_counter()
    answers = reply_positions(ids, [None, *ids[:-1]])
    assert answers[:3] == [None, 0, 1]
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("One\ntwo", "One\ntwo"),
        ("<p>One\ntwo</p>", "One two"),
        ("a &lt; b", "a < b"),
        ('[caption id="x" width="3"]A cat[/caption] sleeps [...]', "A cat sleeps [...]"),
        ("so [sic] it stays", "so [sic] it stays"),
    ],
)
def test_stored_html_reads_as_the_blog_showed_it(stored, shown):
    """A bare line break was a break on the blog, and a shortcode was no word."""
    assert fragment_text(stored) == shown


def test_local_time_without_a_plausible_offset_keeps_none():
    """A wrong universal time must not invent a time zone."""
    assert local_time("2012-05-06 15:46:06", "2012-01-01 00:00:00") == "2012-05-06T15:46:06"


def test_page_names_have_neither_folder_nor_ending():
    """The scoring programs and the registry join on this name."""
    assert [page_name(p) for p in ("a/b.html.gz", "b.htm", "c.txt", "d.e.xml", "f", "x\\y.html")] == [
        "b",
        "b",
        "c",
        "d.e",
        "f",
        "y",
    ]


def exports_of(raw: bytes, name: str = "blog.xml"):
    """Pages and the reasons for what was left out."""
    pages, skipped = read_file(raw, path=name, max_bytes=LIMIT)
    return pages, [row.reason for row in skipped]


def test_wordpress_pings_drafts_and_attachments():
    """A ping is no reader's comment, and what no reader saw is kept only for the comments below it."""
    pings = wxr_comment(1, "[...] mill [...]", kind="trackback") + wxr_comment(
        2, "[...] wheel [...]", kind="webmention"
    )
    items = (
        wxr_item(pings, number=1)
        + wxr_item(wxr_comment(3, "Early."), number=2).replace("publish", "draft")
        + wxr_item(number=3).replace("publish", "private")
        + wxr_item(number=4, kind="attachment", body="A photo.").replace("publish", "inherit")
        + wxr_item(wxr_comment(4, "Fine photo."), number=5, kind="attachment", body="").replace("publish", "inherit")
        + wxr_item(wxr_comment(5, "Order shipped", kind="order_note"), number=6, kind="shop_order")
    )
    pages, reasons = exports_of(wxr(items))
    assert reasons == []
    assert [(p.page, [c.text for c in p.comments]) for p in pages] == [
        ("blog#1", ["[...] mill [...]", "[...] wheel [...]"]),
        ("blog#2", ["Early."]),
        ("blog#5", ["Fine photo."]),
    ]
    assert {c.kind for c in pages[0].comments} == {"pingback"}


def test_answers_to_what_is_not_there_answer_nothing():
    """A parent that was deleted, one on another post, a comment of its own number, and a circle."""
    comments = (
        wxr_comment(1, "Gone parent", parent=99)
        + wxr_comment(2, "Own parent", parent=2)
        + wxr_comment(3, "One", parent=4)
        + wxr_comment(4, "Other", parent=3)
        + wxr_comment(5, "", parent=1)
        + wxr_comment(6, "Its answer", parent=5)
    )
    [page], _ = exports_of(wxr(wxr_item(comments)))
    assert [c.reply_to for c in page.comments] == [None, None, 3, None, None]


def test_several_cdata_sections_are_one_text():
    """WordPress splits a text that holds the end of such a section, and plug-ins put markup between them."""
    body = "First ]]]]><![CDATA[> half, ]]>and <b>bold</b><![CDATA[ rest."
    comment = wxr_comment(1, "So ]]]]><![CDATA[> it is")
    [page], _ = exports_of(wxr(wxr_item(comment, body=body)))
    assert page.essay == "First ]]> half, and bold rest."
    assert page.comments[0].text == "So ]]> it is"


@pytest.mark.parametrize(
    ("local_stamp", "utc_stamp", "joined"),
    [
        ("2012-05-06 15:46:06", "2012-05-06 10:01:06", "2012-05-06T15:46:06+05:45"),
        ("2012-01-01 00:30:00", "2011-12-31 23:30:00", "2012-01-01T00:30:00+01:00"),
        ("2012-05-06 15:46:06", "0000-00-00 00:00:00", "2012-05-06T15:46:06"),
        ("0000-00-00 00:00:00", "2012-05-06 20:46:06", "2012-05-06T20:46:06+00:00"),
        ("2012-05-06 15:46:06", "2012-05-06 15:46:06", "2012-05-06T15:46:06+00:00"),
        (None, None, None),
    ],
)
def test_local_and_universal_time_give_the_zone(local_stamp, utc_stamp, joined):
    """Quarters of an hour, the turn of a year, and what is not given."""
    assert local_time(local_stamp, utc_stamp) == joined


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["UTF-8", "ISO-8859-1", "utf-16", "no-such-thing", "hex"])
def test_the_bytes_say_the_encoding_not_the_declaration(encoding, declared):
    """Blogs that moved house declare anything."""
    text = wxr(wxr_item(wxr_comment(1, "Señor, 5 € — \U0001f44d"))).decode().replace('"UTF-8"', f'"{declared}"')
    [page], reasons = exports_of(text.encode(encoding))
    assert reasons == []
    assert page.comments[0].text == "Señor, 5 € — \U0001f44d"


def test_mixed_encodings_are_read_as_both():
    """Old comments in Windows-1252 between new ones in UTF-8, under a declaration of UTF-8."""
    raw = wxr(wxr_item(wxr_comment(1, "caf€") + wxr_comment(2, "OLD"))).replace(b"OLD", "Zoë’s café".encode("cp1252"))
    [page], _ = exports_of(raw)
    assert [c.text for c in page.comments] == ["caf€", "Zoë’s café"]
    greek = wxr(wxr_item(wxr_comment(1, "μύλος"))).decode().replace("UTF-8", "iso-8859-7").encode("iso-8859-7")
    assert exports_of(greek)[0][0].comments[0].text == "μύλος"


def test_what_xml_forbids_is_left_out_of_the_text():
    """Control characters, halves of characters as references, and characters that are none."""
    raw = wxr(wxr_item(wxr_comment(1, "TEXT"))).replace(
        b"<![CDATA[TEXT]]>", b"a\x08b&#xD83D;&#xDE00;c&#55357;d\xef\xbf\xbfe&#7;f"
    )
    [page], reasons = exports_of(raw)
    assert reasons == []
    assert page.comments[0].text == "ab\U0001f600c\ufffdde" + "f"


def test_warnings_printed_before_the_xml_are_passed_over():
    """PHP writes its notices into the download."""
    [page], reasons = exports_of(b"\n<br />\n<b>Warning</b>: no such file in wp-config.php\n" + wxr(wxr_item()))
    assert (page.page, reasons) == ("blog#12", [])


def test_a_declaration_hidden_behind_comments_is_found():
    """An element in a comment is not where the document begins."""
    bomb = '<!-- <a> --><?note <b> ?><!DOCTYPE rss [<!ENTITY a "aaaa">]>'
    pages, [reason] = exports_of(wxr(wxr_item("")).decode().replace("?>", "?>" + bomb, 1).encode())
    assert pages == []
    assert "declares a document type or entities" in reason


def test_a_post_larger_than_any_is_skipped_and_those_before_it_kept(monkeypatch):
    """Memory is bounded by the post, not by the file."""
    monkeypatch.setattr("analysis.pages.export_parts.LARGEST_POST", 100_000)
    many = wxr(wxr_item(number=1) + wxr_item(number=2) + "<item>" + "<x/>" * 50_000 + "</item>" + wxr_item(number=3))
    pages, [reason] = exports_of(many)
    assert [p.page for p in pages] == ["blog#1", "blog#2"]
    assert "More than 100,000 bytes of the XML belong to no whole post" in reason


def blogger_entry(number: int, kind: str, text: str, more: str = "") -> str:
    """One entry of a Blogger feed; what is in ``more`` stands in it as it is."""
    return (
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>2010-11-10T12:35:44Z</published>"
        f"<category term='http://schemas.google.com/blogger/2008/kind#{kind}'/>{more}"
        f"<content type='html'>{text}</content><author><name>Mia</name></author></entry>"
    )


def blogger_feed(entries: str) -> bytes:
    """A Blogger feed around some entries."""
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0' "
        "xmlns:app='http://purl.org/atom/app#' xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        f"<id>tag:blogger.com,1999:blog-1.archive</id>{entries}</feed>"
    ).encode()


def test_blogger_keeps_comments_without_a_post_and_below_a_draft():
    """Readers' words are not lost because the essay is."""
    draft = "<app:control><app:draft>yes</app:draft></app:control>"
    feed = blogger_feed(
        blogger_entry(1, "post", "A draft nobody saw", draft)
        + blogger_entry(2, "post", "A draft that was a post", draft)
        + blogger_entry(3, "comment", "Still here", "<thr:in-reply-to ref='x.post-2'/>")
        + blogger_entry(4, "comment", "Nowhere", "<thr:in-reply-to ref='x.post-99'/>")
        + blogger_entry(5, "comment", "Its answer", "<thr:in-reply-to ref='x.post-99'/><link rel='related' "
                        "href='http://www.blogger.com/feeds/1/99/comments/default/4'/>")
        + blogger_entry(6, "post", "No comments below")
    )  # fmt: skip
    pages, reasons = exports_of(feed)
    assert reasons == []
    assert [(p.page, p.essay, [c.text for c in p.comments]) for p in pages] == [
        ("blog#2", "A draft that was a post", ["Still here"]),
        ("blog#6", "No comments below", []),
        ("blog#99", "", ["Nowhere", "Its answer"]),
    ]
    assert pages[2].comments[1].reply_to == 0


def test_blogger_says_what_was_held_back():
    """Spam, removed by its writer, waiting: kept, with its status, in the feeds of both generations."""
    under = "<thr:in-reply-to ref='x.post-1'/>"
    removed = "<gd:extendedProperty xmlns:gd='g' name='blogger.contentRemoved' value='true'/>"
    new = "<blogger:type>COMMENT</blogger:type><blogger:parent>x.post-1</blogger:parent>"
    new += "<blogger:status>{}</blogger:status>"
    feed = blogger_feed(
        blogger_entry(1, "post", "Essay")
        + blogger_entry(2, "comment", "Gone", under + removed)
        + blogger_entry(3, "comment", "Pills", new.format("SPAM"))
        + blogger_entry(4, "comment", "Wait", new.format("PENDING"))
        + blogger_entry(5, "comment", "Fine", new.format("LIVE"))
    )
    [page], _ = exports_of(feed)
    assert [c.platform_status for c in page.comments] == ["trash", "spam", "pending", "approved"]


def test_blogger_markup_as_elements_keeps_its_lines():
    """Old feeds hold XHTML, not a text of it."""
    entry = blogger_entry(1, "post", "X").replace(
        "<content type='html'>X</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></div></content>",
    )
    assert exports_of(blogger_feed(entry))[0][0].essay == "One\nTwo"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("kind", ["wordpress", "blogger", "disqus"])
def test_any_export_that_breaks_off_says_so(kind, cut):
    """What is whole is read, and the break is told, wherever it is."""
    raw = {
        "wordpress": wxr("".join(wxr_item(wxr_comment(k, "Yes"), number=k) for k in range(1, 30))),
        "blogger": blogger_feed("".join(blogger_entry(k, "post", "Essay") for k in range(1, 30))),
        "disqus": (
            "<disqus xmlns='http://disqus.com' xmlns:dsq='d'>"
            + "".join(f"<post dsq:id='{k}'><message>Yes</message><thread dsq:id='{k}'/></post>" for k in range(1, 30))
            + "</disqus>"
        ).encode(),
    }[kind]
    whole, none = exports_of(raw)
    assert (len(whole), none) == (29, [])
    pages, [reason] = exports_of(raw[: int(cut * len(raw))])
    assert pages == whole[: len(pages)]
    assert len(pages) == pytest.approx(29 * cut, abs=3)
    assert "breaks off at line" in reason


@pytest.mark.parametrize(
    ("wrong", "read", "told"),
    [("salt&nbsp;water", "salt water", False), ("salt & water", "salt water", True), ("<b>salt</i>", "salt", True)],
)
def test_faults_inside_are_told_from_a_break(wrong, read, told):
    """A hand-made export may lack an escape: the rest is read, and only what may be missing is told."""
    raw = wxr(wxr_item(wxr_comment(1, "TEXT")) + wxr_item(number=13)).replace(b"<![CDATA[TEXT]]>", wrong.encode())
    pages, reasons = exports_of(raw)
    assert [p.page for p in pages] == ["blog#12", "blog#13"]
    assert pages[0].comments[0].text == read
    assert ["is faulty at line" in reason for reason in reasons] == [True] * told


def test_posts_of_one_number_keep_names_of_their_own():
    """Two exports glued together; thousands of them take no quadratic time either."""
    pages, _ = exports_of(wxr(wxr_item() + wxr_item() + wxr_item(number=13) + wxr_item()))
    assert [p.page for p in pages] == ["blog#12", "blog#12+1", "blog#13", "blog#12+2"]


def test_zips_are_only_looked_into():
    """A member that points outside is read like any other, a zip in a zip and a damaged one give a reason."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../../tmp/utterances.jsonl", json.dumps(TALKS[0]))
    assert exports_of(made.getvalue(), "talks.zip")[0][0].essay == "The thing itself."
    assert "is no JSON" in exports_of(talks_zip(talks_zip(b"{}")), "talks.zip")[1][0]
    whole = talks_zip(json.dumps(TALKS[0]).encode() * 50)
    at = whole.index(b"utterances.jsonl") + 40
    for broken in (whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :], whole[:-30], b"PK\x03\x04" + whole[60:]):
        pages, reasons = exports_of(broken, "talks.zip")
        assert (pages, len(reasons)) == ([], 1)


def test_a_zip_beyond_the_setting_is_refused():
    """The unpacked size follows read.max_bytes, as a file's own does."""
    raw = talks_zip("\n".join(json.dumps({"id": str(k), "text": f"Word {k * k}"}) for k in range(5_000)).encode())
    _, [skipped] = read_file(raw, path="talks.zip", max_bytes=1_400)
    assert "at most 140,000 are read (a hundred times read.max_bytes" in skipped.reason


@pytest.mark.parametrize(
    ("row", "author", "date", "raw"),
    [
        ({"speaker": "ann", "timestamp": 1350900000}, "ann", "2012-10-22T10:00:00+00:00", "1350900000"),
        ({"speaker": {"id": "ann"}, "timestamp": "1350900000.0"}, "ann", "2012-10-22T10:00:00+00:00", "1350900000.0"),
        ({"user": "ann", "timestamp": None}, "ann", None, None),
        ({"speaker": None, "timestamp": ""}, None, None, None),
        ({"speaker": 7, "timestamp": "Monday"}, "7", None, "Monday"),
        ({"speaker": "a\ud800", "timestamp": 1e300}, "a\ufffd", None, "1e+300"),
        ({"timestamp": True, "meta": {"a": {"b": [1]}}}, None, "1970-01-01T00:00:01+00:00", "True"),
    ],
)
def test_convokit_corpora_of_other_makers(row, author, date, raw):
    """Speakers without names, time stamps of four kinds, nested meta data, halves of characters."""
    rows = [{"id": "1", "text": "Root."}, {"id": "2", "root": "1", "reply_to": "1", "text": "Yes\ud83d.", **row}]
    [page], reasons = exports_of("\n".join(map(json.dumps, rows)).encode(), "talks/utterances.jsonl")
    assert reasons == []
    [comment] = page.comments
    assert (comment.author, comment.date, comment.date_raw, comment.text) == (author, date, raw, "Yes\ufffd.")


def test_a_talk_of_which_nothing_is_left_is_no_page():
    """A deleted root without answers says nothing."""
    rows = [{"id": "1", "text": "[deleted]"}, {"id": "2", "text": "Here."}]
    pages, _ = exports_of("\n".join(map(json.dumps, rows)).encode(), "talks/utterances.jsonl")
    assert [p.page for p in pages] == ["talks#2"]


needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="shared/pages/exports is not on this machine")


@needs_samples
@pytest.mark.parametrize(
    ("name", "statuses", "pings", "answers"),
    [
        ("wxr/wpimporter_theme-unit-test-data.xml", {"approved": 30, "pending": 3}, 4, 10),
        ("wxr/pelican_wordpressexport.xml", {"approved": 3, "trash": 1}, 1, 1),
        ("wxr/isso_wordpress.xml", {"approved": 8}, 0, 3),
        ("wxr/judell_excerpt_with_spam.xml", {"approved": 1, "spam": 1}, 1, 0),
        ("blogger/pelican_bloggerexport.xml", {"approved": 1}, 0, 0),
        ("disqus/isso_disqus.xml", {"approved": 5}, 0, 1),
    ],
)
def test_real_exports_are_read_whole(name, statuses, pings, answers):
    """The counts stand in the samples' own description."""
    path = SAMPLES / name
    pages, skipped = read_file(path.read_bytes(), path=str(path), max_bytes=LIMIT)
    comments = [c for page in pages for c in page.comments]
    found = {s: sum(c.platform_status == s for c in comments) for s in {c.platform_status for c in comments}}
    assert skipped == []
    assert found == statuses
    assert sum(c.kind == "pingback" for c in comments) == pings
    assert sum(c.reply_to is not None for c in comments) == answers
