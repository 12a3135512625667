"""What the fuzzer throws at the readers: seeds of each format, and the ways to change them."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
LONGEST_INPUT = 20_000  # bytes: rare answers come from odd pages, not from long ones
MOST_SEEDS = 400

_TEXT = """The Upper Mill
By Ann Lee on May 3, 2012

The mill at the upper ford was built of grey stone, and for a hundred years it ground the corn of three villages.
What remains is a wheel without a river, for the water was led elsewhere when the railway came to the valley.

2 Comments

Bo Ray says:
May 4, 2012 at 10:05 am
Ann, thank you! My grandfather carried sacks there.
Reply
Ann Lee says:
May 4, 2012 at 4:30 pm
@Bo what a memory :-)
Reply
Leave a Reply
"""
_HTML = """<!DOCTYPE html><html lang="en"><head><title>The Upper Mill | Stones</title>
<meta property="article:published_time" content="2012-05-03T08:00:00+02:00">
<script type="application/ld+json">{"@type":"BlogPosting","headline":"The Upper Mill","author":{"name":"Ann"}}</script>
</head><body><nav><a href="/">Home</a></nav><article class="entry-content"><h1 class="entry-title">The Upper Mill</h1>
<p>The mill at the upper ford was built of grey stone, and for a hundred years it ground the corn.</p>
<blockquote>What remains is a wheel without a river.</blockquote></article>
<div id="comments"><h3>2 comments</h3><ol class="commentlist"><li class="comment depth-1" id="comment-7">
<cite class="fn"><a href="http://bo.example" rel="external">Bo</a></cite>
<time datetime="2012-05-04T10:05:00Z">May 4</time>
<div class="comment-content"><p>Thank you!</p></div><ul class="children"><li class="comment byuser bypostauthor"
id="comment-8"><cite class="fn">Ann</cite><div class="comment-body"><p>You are welcome.</p></div></li></ul></li></ol>
<dl id="c2"><dt id="c9">Cy said...<dd>So it is<dd class="comment-footer">5/4/12</dl>
<form id="commentform"><textarea name="comment"></textarea></form></div></body></html>"""
_WXR = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:author>
<wp:author_login>ann</wp:author_login><wp:author_id>1</wp:author_id></wp:author><item><title>Mill</title>
<dc:creator>ann</dc:creator><content:encoded><![CDATA[Stone.

[gallery ids="1"] <b>Wheel</b>]]></content:encoded><wp:post_id>3</wp:post_id><wp:status>publish</wp:status>
<wp:post_date>2012-05-03 08:00:00</wp:post_date><wp:post_date_gmt>2012-05-03 06:00:00</wp:post_date_gmt>
<wp:post_type>post</wp:post_type><wp:comment_status>open</wp:comment_status><wp:comment><wp:comment_id>1</wp:comment_id>
<wp:comment_author><![CDATA[Bo]]></wp:comment_author><wp:comment_date>2012-05-04 10:05:00</wp:comment_date>
<wp:comment_content><![CDATA[Thank <i>you</i>]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>pingback</wp:comment_type><wp:comment_parent>0</wp:comment_parent></wp:comment><wp:comment>
<wp:comment_id>2</wp:comment_id><wp:comment_content>Yes &amp; no</wp:comment_content>
<wp:comment_parent>1</wp:comment_parent>
<wp:comment_approved>spam</wp:comment_approved></wp:comment></item></channel></rss>"""
_BLOGGER = """<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'
xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-1.archive</id><entry><id>tag:blogger.com,1999:blog-1.post-2</id>
<published>2012-05-03T08:00:00.000-08:00</published><category term='http://schemas.google.com/blogger/2008/kind#post'/>
<title type='text'>Mill</title>
<content type='html'>&lt;p&gt;Stone.&lt;/p&gt;</content><author><name>Ann</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><published>2012-05-04T08:00:00.000-08:00</published>
<category term='http://schemas.google.com/blogger/2008/kind#comment'/>
<content type='html'>Thank you&lt;br/&gt;Bo</content>
<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2'/><author><name>Bo</name><uri>http://b.example</uri></author>
<link rel='related' href='http://www.blogger.com/feeds/1/2/comments/default/3'/></entry></feed>"""
_DISQUS = """<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="2"><title>Mill</title><author><name>Ann</name><username>ann</username></author>
<isClosed>false</isClosed>
</thread><post dsq:id="4"><message><![CDATA[<p>Thank you</p>]]></message><createdAt>2012-05-04T10:05:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="2"/></post>
<post dsq:id="5"><message>Yes</message><thread dsq:id="2"/><parent dsq:id="4"/></post></disqus>"""
_TALK = "\n".join(
    json.dumps(row)
    for row in (
        {"id": "1", "conversation_id": "1", "text": "Stone.\nWheel.", "speaker": "ann", "meta": {"title": "Mill"}},
        {"id": "2", "conversation_id": "1", "text": "Thank you", "speaker": "bo", "reply-to": "1", "timestamp": 1},
        {"id": "3", "root": "1", "text": "[deleted]", "user": {"id": "cy"}, "reply_to": "2", "timestamp": "1.5"},
    )
)  # fmt: skip

_BYTES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xe2\x80\x8d",
    b"\xc2\xa0", b"\xf4\x90\x80\x80", b"\xe2\x80\xa8", b"\xef\xb7\x90", b"\xef\xbf\xbf", b"\r", b"\n\n", b"\t",
    b" " * 50, b"\x0b\x0c\x85", b"\xc3", b"\x1f", b"\nReply\n", b"\n3 Comments\n", b"\nLeave a Reply\n",
    b"\nAnn says:\n", b"\n2012-05-04\n", b"\\ud800", b"\\u0000", b"PK\x03\x04", b"\x1f\x8b\x08",
]  # fmt: skip
_WORDS = """
& &#0; &#xD800; &#x1F; &#x110000; &lt;&amp;&#8203; &nbsp; < > </ <!-- --> <![CDATA[ ]]> <?xml <!DOCTYPE <!ENTITY
<script> <template> <svg><p> <table><tr><td> <plaintext> <frameset> <base ' " = @ #1 2012-05-04 10:05 31/12/99
0000-00-00 9999999999999999999999 -1 1e400 NaN null true [] {} says: Posted by ago class='comment' id='comment-7'
class='children'
<li class='comment' id='comment-7'> <div id=comments> <time datetime='x'> itemprop=comment itemtype=Comment
<article> <p> <div> </div> <br> <pre> <blockquote> <h1> <dl><dt><dd>
<item> </item> <wp:comment> </wp:comment> <entry> </entry> <post> <thread dsq:id='2'/>
<wp:post_id> [caption xmlns:wp='u' encoding='utf-16' encoding='nonsense'
"""
_SOWN = [*_BYTES, *(word.encode() for word in _WORDS.split())]
_VALUES: list[Any] = [None, True, 0, -1, 1e400, 10**30, 1.5, "", " ", "\ud800", "\x00", "2", "1", [], ["a"], {},
                      {"id": {}}, "[deleted]", "a" * 999]  # fmt: skip

Mutation = Callable[[bytes, list[bytes], random.Random], bytes]


def seeds_for(reader: str) -> list[bytes]:
    """Whole files that the reader takes: written here, and pieces of those of ../shared."""
    own = {
        "html": _HTML,
        "plain_text": _TEXT,
        "wordpress": _WXR,
        "blogger": _BLOGGER,
        "disqus": _DISQUS,
        "convokit": _TALK,
    }
    if reader == "packed":
        return [gzip.compress(text.encode()) for text in own.values()] + [_zipped(_TALK.encode()), _zipped(b"")]
    folders = {
        "html": "benchmarks/html-pages/html",
        "plain_text": "benchmarks/text-pages/pages",
        "wordpress": "pages/exports/wxr",
        "blogger": "pages/exports/blogger",
        "disqus": "pages/exports/disqus",
    }
    found = [own[reader].encode()]
    for file in sorted((SHARED / folders[reader]).glob("*")) if reader in folders else ():
        raw = file.read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        found += [raw[at : at + LONGEST_INPUT] for at in range(0, len(raw), LONGEST_INPUT)]
    return found[:: 1 + len(found) // MOST_SEEDS]


def _zipped(raw: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("talks/utterances.jsonl", raw)
    return made.getvalue()


def mutate(raw: bytes, seeds: list[bytes], reader: str, dice: random.Random) -> bytes:
    """A changed copy: one to eight changes of bytes, lines, tags or values, seldom a whole other nesting."""
    if reader == "packed" and dice.random() < 0.5:
        inner = mutate(_unpacked(raw), seeds, "plain_text", dice)
        return gzip.compress(inner) if dice.random() < 0.5 else _zipped(inner)
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        if reader == "convokit" and dice.random() < 0.4:
            raw = _change_value(raw, dice)
        else:
            raw = dice.choice(_CHANGES)(raw, seeds, dice)
    return raw[:LONGEST_INPUT]


def _unpacked(raw: bytes) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, ValueError, zlib.error):
        return _TALK.encode()


def _place(raw: bytes, dice: random.Random) -> int:
    return dice.randrange(len(raw) + 1)


def _sow(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    at = _place(raw, dice)
    return raw[:at] + dice.choice(_SOWN) * dice.choice((1, 1, 1, 2, 60)) + raw[at:]


def _flip(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    at = _place(raw, dice)
    return raw[:at] + dice.randbytes(dice.choice((1, 1, 4))) + raw[at + 1 :]


def _cut(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    a, b = sorted((_place(raw, dice), _place(raw, dice)))
    return raw[:a] + raw[b:] if dice.random() < 0.8 else raw[a:b]


def _splice(raw: bytes, seeds: list[bytes], dice: random.Random) -> bytes:
    other = dice.choice(seeds)
    a, b = sorted((_place(other, dice), _place(other, dice)))
    at = _place(raw, dice)
    return raw[:at] + other[a:b] + raw[at:]


def _repeat(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    a = _place(raw, dice)
    piece = raw[a : a + dice.choice((1, 10, 100, 1000))]
    return raw[:a] + piece * dice.choice((2, 10, 300)) + raw[a + len(piece) :]


def _shuffle(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    mark = dice.choice((b"\n", b"<", b">", b" "))
    parts = raw.split(mark)
    a = dice.randrange(len(parts))
    some = parts[a : a + 12]
    dice.shuffle(some)
    return mark.join([*parts[:a], *some, *parts[a + 12 :]])


def _other_encoding(raw: bytes, _: list[bytes], dice: random.Random) -> bytes:
    return raw.decode("utf-8", "replace").encode(
        dice.choice(("utf-16", "utf-16-be", "cp1252", "utf-8-sig", "koi8-r")), "replace"
    )


_CHANGES: tuple[Mutation, ...] = (_sow, _sow, _flip, _cut, _splice, _repeat, _shuffle, _sow, _cut, _other_encoding)


def _change_value(raw: bytes, dice: random.Random) -> bytes:
    """Another value for a key of one utterance."""
    lines = raw.split(b"\n")
    k = dice.randrange(len(lines))
    try:
        row = json.loads(lines[k])
        row[dice.choice((*row, "root", "user", "reply-to", "meta", "timestamp"))] = dice.choice(_VALUES)
        lines[k] = json.dumps(row).encode()
    except (ValueError, TypeError, RecursionError):
        pass
    return b"\n".join(lines)
