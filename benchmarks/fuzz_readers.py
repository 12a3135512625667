"""Throw broken files at a reader for some minutes: ``python benchmarks/fuzz_readers.py --reader html --minutes 10``.

Seeds are pages written here and, where ../shared is there, its open pages and export files; each is cut, spliced,
repeated and sown with what readers stumble over. An input that gives a new kind of answer becomes a seed itself. Every
answer must keep the rules in ``check``; what breaks one is kept in the folder named by ``--keep``, made small, and the
run ends with 1.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import re
import sys
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from analysis.pages import page_name, read_file
from analysis.rows import page_as_json, page_from_json
from analysis.types import Page

SHARED = Path(__file__).resolve().parents[2] / "shared"
LARGEST = 2_000_000  # bytes a page; a mutated input stays far below
LONGEST_INPUT = 60_000  # bytes: rare answers come from odd pages, not from long ones
MOST_SEEDS = 400
SECONDS = 5.0  # of CPU time: a real page of this length takes a fifth of a second
SHRINK_TRIES = 150

_NAMES = {"html": "a.html", "plain_text": "a.txt", "wordpress": "a.xml", "blogger": "a.xml", "disqus": "a.xml",
          "convokit": "utterances.jsonl", "packed": "a.zip"}  # fmt: skip
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d)?)?)?)?")

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
<cite class="fn"><a href="http://bo.example" rel="external">Bo</a></cite> <time datetime="2012-05-04T10:05:00Z">May 4</time>
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
<wp:comment_id>2</wp:comment_id><wp:comment_content>Yes &amp; no</wp:comment_content><wp:comment_parent>1</wp:comment_parent>
<wp:comment_approved>spam</wp:comment_approved></wp:comment></item></channel></rss>"""
_BLOGGER = """<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>
<id>tag:blogger.com,1999:blog-1.archive</id><entry><id>tag:blogger.com,1999:blog-1.post-2</id>
<published>2012-05-03T08:00:00.000-08:00</published><category term='http://schemas.google.com/blogger/2008/kind#post'/>
<title type='text'>Mill</title><content type='html'>&lt;p&gt;Stone.&lt;/p&gt;</content><author><name>Ann</name></author></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><published>2012-05-04T08:00:00.000-08:00</published>
<category term='http://schemas.google.com/blogger/2008/kind#comment'/><content type='html'>Thank you&lt;br/&gt;Bo</content>
<thr:in-reply-to ref='tag:blogger.com,1999:blog-1.post-2'/><author><name>Bo</name><uri>http://b.example</uri></author>
<link rel='related' href='http://www.blogger.com/feeds/1/2/comments/default/3'/></entry></feed>"""
_DISQUS = """<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="2"><title>Mill</title><author><name>Ann</name><username>ann</username></author><isClosed>false</isClosed>
</thread><post dsq:id="4"><message><![CDATA[<p>Thank you</p>]]></message><createdAt>2012-05-04T10:05:00Z</createdAt>
<isDeleted>false</isDeleted><isSpam>false</isSpam><author><name>Bo</name></author><thread dsq:id="2"/></post>
<post dsq:id="5"><message>Yes</message><thread dsq:id="2"/><parent dsq:id="4"/></post></disqus>"""
_TALK = "\n".join(
    json.dumps(row)
    for row in (
        {"id": "1", "conversation_id": "1", "text": "Stone.\nWheel.", "speaker": "ann", "meta": {"title": "Mill"}},
        {"id": "2", "conversation_id": "1", "text": "Thank you", "speaker": "bo", "reply-to": "1", "timestamp": 1336125900},
        {"id": "3", "root": "1", "text": "[deleted]", "user": {"id": "cy"}, "reply_to": "2", "timestamp": "1336125900.5"},
    )
)  # fmt: skip

_SOWN = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xc2\xa0", b"\xf4\x90\x80\x80",
    b"\xe2\x80\xa8", b"\xef\xb7\x90", b"\r", b"\n\n", b"\t", b" " * 50, b"\x0b\x0c\x85", b"\xc3", b"&", b"&#0;", b"&#xD800;",
    b"&#x110000;", b"&lt;&amp;&#8203;", b"&nbsp;", b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml ", b"<!DOCTYPE a [",
    b"<!ENTITY x 'y'>", b"<script>", b"<template>", b"<svg><p>", b"<table><tr><td>", b"<plaintext>", b"<frameset>", b"<base href=", b"'", b'"',
    b"=", b"@", b"#1", b"2012-05-04", b"May 4, 2012 at 10:05 am", b"31/12/99", b"0000-00-00 00:00:00", b"9999999999999999999999", b"-1", b"1e400",
    b"NaN", b"null", b"true", b"[]", b"{}", b"\\ud800", b"\\u0000", b" says:", b"\nReply\n", b"\n3 Comments\n", b"\nLeave a Reply\n", b"Posted by ",
    b"3 days ago", b"class='comment'", b"id='comment-7'", b"<li class='comment' id='comment-7'>", b"<div id=comments>", b"<time datetime='x'>",
    b"itemprop=comment", b"itemtype=Comment", b"<article>", b"<p>", b"<div>", b"</div>", b"<br>", b"<pre>", b"<blockquote>", b"<h1>", b"<dl><dt><dd>",
    b"<item>", b"</item>", b"<wp:comment>", b"</wp:comment>", b"<entry>", b"</entry>", b"<post>", b"<thread dsq:id='2'/>", b"<wp:post_id>", b"[caption ",
    b"xmlns:wp='u'", b"encoding='utf-16'", b"encoding='nonsense'", b"PK\x03\x04", b"\x1f\x8b\x08",
]  # fmt: skip
_VALUES = [
    None,
    True,
    0,
    -1,
    1e400,
    10**30,
    1.5,
    "",
    " ",
    "\ud800",
    "\x00",
    "2",
    "1",
    [],
    ["a"],
    {},
    {"id": {"id": []}},
    "[deleted]",
    "a" * 999,
]

Mutation = Callable[[bytes, list[bytes], random.Random], bytes]


def seeds_for(reader: str) -> list[bytes]:
    """Whole files that the reader takes: written here, and those of ../shared that are no longer than an input."""
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
    folders = {"html": "benchmarks/html-pages/html", "plain_text": "benchmarks/text-pages/pages", "wordpress": "pages/exports/wxr",
               "blogger": "pages/exports/blogger", "disqus": "pages/exports/disqus"}  # fmt: skip
    found = [own[reader].encode()]
    for file in sorted((SHARED / folders[reader]).glob("*")) if reader in folders else ():
        raw = file.read_bytes()
        raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        found += [raw] if len(raw) <= LONGEST_INPUT else []
    return found[:MOST_SEEDS]


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


def check(raw: bytes, path: str) -> tuple[str, ...]:
    """Read a file and hold the answer to every rule; what came out, in short, or an AssertionError.

    The rules: nothing is raised; there are pages or a reason; spans lie in the text and tell the essay; nobody answers
    himself, directly or around; dates are ISO 8601; the row can be written as UTF-8 and read back; twice gives the same.
    """
    begin = time.process_time()
    pages, skipped = read_file(raw, path=path, max_bytes=LARGEST)
    spent = time.process_time() - begin
    assert spent <= SECONDS, f"{spent:.1f} s of CPU time"
    assert pages or skipped, "neither a page nor a reason"
    assert all(row.reason and row.page == page_name(path) for row in skipped), (
        "a file was skipped without reason or name"
    )
    names = [
        page.page for page in pages if page.page.startswith(f"{page_name(path)}#")
    ]  # not of a corpus written by us
    assert len(set(names)) == len(names), "two pages of one file have one name"
    for page in pages:
        _check_page(page)
    assert (pages, skipped) == read_file(raw, path=path, max_bytes=LARGEST), "the second time gives another answer"
    return _kind_of_answer(pages, [row.reason for row in skipped])


def _check_page(page: Page) -> None:
    row = json.dumps(page_as_json(page), ensure_ascii=False, allow_nan=False).encode("utf-8")
    again = page_from_json(json.loads(row))
    assert (again.page, again.essay, len(again.comments)) == (page.page, page.essay, len(page.comments)), (
        "the row differs"
    )
    assert len(page.doc_id) == 12, "a page without a name of its own"
    assert page.essay or page.comments, "a page without any text"
    for when in (page.date, *(c.date for c in page.comments)):
        assert when is None or _DAY.fullmatch(when), f"{when!r} is no ISO 8601"
    for comment in page.comments:
        assert comment.text == comment.text.strip(), "blanks around a comment"
    for start in range(len(page.comments)):
        steps, at = 0, page.comments[start].reply_to
        while at is not None and steps <= len(page.comments):
            steps, at = steps + 1, page.comments[at].reply_to
        assert at is None, "answers in a circle"
        if start > 300:
            break
    if page.text:
        told = [
            line for part in page.parts if part.kind == "essay" for line in page.text[part.start : part.end].split("\n")
        ]
        assert sum(bool(line.strip()) for line in told) >= page.essay.count("\n") + bool(page.essay), (
            "spans miss the essay"
        )


def _kind_of_answer(pages: list[Page], reasons: list[str]) -> tuple[str, ...]:
    """What an answer is like, without numbers: a new kind makes its input a seed."""
    kinds = {re.sub(r"\d[\d,.]*", "9", page.evidence)[:80] for page in pages[:5]}
    kinds |= {re.sub(r"\d[\d,.]*|\(.*\)|'[^']*'", "9", reason)[:60] for reason in reasons}
    flags = {
        f"{c.kind}{c.platform_status}{c.reply_to is not None}{c.by_essay_author}{bool(c.signature)}"
        for p in pages
        for c in p.comments[:50]
    }
    size = str(min(len(pages), 4)) + "/" + str(min(sum(len(p.comments) for p in pages), 40).bit_length())
    return (size, *sorted(kinds), *sorted(flags), *sorted({str(p.comments_open) for p in pages}))


def fault_of(raw: bytes, path: str) -> str | None:
    """What is wrong with the answer to a file, in one line; None where nothing is."""
    try:
        check(raw, path)
    except AssertionError as error:
        return re.sub(r"\d[\d,.]*", "9", str(error))
    except Exception as error:  # any exception at all is what this program looks for
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(at.filename).name}, {at.name}"
    return None


def shrink(raw: bytes, path: str, fault: str) -> bytes:
    """A smaller input with the same fault: halves, quarters and so on are left out while it lasts."""
    tries, step = 0, max(1, len(raw) // 2)
    while step and tries < SHRINK_TRIES:
        at = 0
        while at < len(raw) and tries < SHRINK_TRIES:
            tries += 1
            shorter = raw[:at] + raw[at + step :]
            if fault_of(shorter, path) == fault:
                raw = shorter
            else:
                at += step
        step //= 2
    return raw


def fuzz(reader: str, *, minutes: float, seed: int, keep: Path) -> int:
    """Fuzz one reader; print what was found, and give the number of different faults."""
    dice = random.Random(seed)
    path = _NAMES[reader]
    seeds, kinds, faults, runs = seeds_for(reader), set[tuple[str, ...]](), set[str](), 0
    first = len(seeds)
    begin = time.monotonic()
    for raw in _inputs(seeds, reader, dice):
        if time.monotonic() - begin > 60 * minutes:
            break
        runs += 1
        try:
            kind = check(raw, path)
        except Exception:
            fault = fault_of(raw, path)
            if fault and fault not in faults:
                faults.add(fault)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{reader}-{len(faults)}.bin").write_bytes(shrink(raw, path, fault))
                print(f"{reader}: {fault} (run {runs:,}; {keep}/{reader}-{len(faults)}.bin)", flush=True)
            continue
        if kind not in kinds:
            kinds.add(kind)
            if len(seeds) < first + MOST_SEEDS:
                seeds.append(raw)
    print(
        f"{reader}: {runs:,} files in {(time.monotonic() - begin) / 60:.1f} minutes, {len(kinds)} kinds of answer, {len(faults)} faults"
    )
    return len(faults)


def _inputs(seeds: list[bytes], reader: str, dice: random.Random) -> Iterator[bytes]:
    """The seeds as they are, then changed ones without end; later seeds are dearer, as they were found last."""
    yield from list(seeds)
    while True:
        at = max(dice.randrange(len(seeds)), dice.randrange(len(seeds)))
        yield mutate(seeds[at], seeds, reader, dice)


def main() -> int:
    """Read the options and fuzz one reader after the other."""
    options = argparse.ArgumentParser(description="Throw broken files at the readers.")
    options.add_argument("--reader", choices=[*_NAMES, "all"], default="all")
    options.add_argument("--minutes", type=float, default=10.0, help="for each reader")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="folder for inputs that break a rule")
    given = options.parse_args()
    readers = list(_NAMES) if given.reader == "all" else [given.reader]
    return int(any([fuzz(reader, minutes=given.minutes, seed=given.seed, keep=given.keep) for reader in readers]))


if __name__ == "__main__":
    sys.exit(main())
