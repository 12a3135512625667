"""No page hangs or fills the memory: it is read within its bounds or skipped with the reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from analysis import pages as front_door
from analysis.config import load_config
from analysis.pages import FORMATS, comment_fields, read_file
from analysis.pages.bounds import MOST_LINES, MOST_SECONDS, MOST_TAGS, OutOfTime, within_seconds
from analysis.reading import read_pages
from analysis.types import Page

ESSAY = "<article class='entry-content'><p>An essay of one plain paragraph, long enough to be seen.</p></article>"


class _Slow:
    """A reader that gives one page and then never comes to an end, whatever is thrown at it."""

    name = "slow"

    def accepts(self, name, head):
        return name == "a.slow"

    def read(self, raw, *, page, path):
        yield Page(page, path, self.name, "The first page.")
        while True:
            try:
                time.process_time()
            except Exception:  # what a careless library does
                continue


def test_a_reader_that_never_ends_is_stopped(monkeypatch):
    """What was read before is kept, and the reason names the setting."""
    monkeypatch.setitem(FORMATS, "slow", _Slow())
    [page], [skipped] = read_file(b"x", path="a.slow", max_bytes=100, max_seconds=0.1)
    assert page.essay == "The first page."
    assert "more than 0 seconds of computing (read.max_seconds" in skipped.reason


def test_the_guard_leaves_no_trace():
    """After it nothing rings, and an alarm of the user's own is in its place again."""
    import signal

    before = signal.getsignal(signal.SIGVTALRM)
    with within_seconds(0.05):
        pass
    stop = time.process_time() + 0.15
    while time.process_time() < stop:
        pass
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)


def test_beside_the_main_thread_pages_are_read_unguarded():
    """A user's own threads may read pages, too."""
    found = []
    thread = threading.Thread(target=lambda: found.append(read_file(ESSAY.encode(), path="a.html", max_bytes=1_000)))
    thread.start()
    thread.join()
    assert found[0][0][0].essay


def test_out_of_time_is_no_exception_that_a_library_catches():
    """`except Exception` stands in every second library."""
    assert not issubclass(OutOfTime, Exception)


def test_the_settings_are_the_readers_own_bounds():
    """The numbers in config.toml are those that hold without it."""
    given = load_config().read
    assert (given.max_tags, given.max_seconds) == (MOST_TAGS, MOST_SECONDS)


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("max_bytes", 50, "read.max_bytes"), ("max_tags", 3, "6 tags; at most 3 are read (read.max_tags")],
)
def test_a_setting_reaches_the_page(tmp_path, setting, value, said):
    """From the file of settings through the corpus to the reader."""
    (tmp_path / "a.html").write_text(ESSAY + "<br><br>")
    bounds = {"max_bytes": 10_000, "max_tags": 100, "max_seconds": 10.0} | {setting: value}
    pages, [skipped] = read_pages([tmp_path], **bounds)
    assert pages == []
    assert said in skipped.reason


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.html", b"<div>" * 3_000, "deeper than 2,048"),
        ("a.html", b"<p>x" * (MOST_TAGS + 1), "1,000,001 tags"),
        ("a.html", b"<p " + b" ".join(b"a%d" % k for k in range(100_000)) + b">x", "more than 5,000 attributes"),
        ("a.html", (b"<i>" * 1_000 + b"x" + b"</i>" * 1_000) * 200, "too many tags too deep"),
        ("a.txt", b"x\n" * (MOST_LINES + 1), "150,001 lines"),
        ("a.html", b"\x00\x01\x02\x03" * 1_000, "picture, archive or other binary"),
        ("a.xml", b"<rss xmlns:wp='http://wordpress.org/export/1.2/'>" + b"<item>" * 10_000, "Excessive depth"),
        ("utterances.jsonl", b'{"id":1,"meta":' + b"[" * 200_000, "is no JSON"),
    ],
)
def test_hostile_pages_are_skipped_at_once(name, raw, reason):
    """Counted bounds, so that every machine skips the same pages."""
    begin = time.process_time()
    pages, [skipped] = read_file(raw, path=name, max_bytes=20_000_000)
    assert pages == []
    assert reason in skipped.reason
    assert time.process_time() - begin < 3


def chain(number: int) -> bytes:
    """Comments of which each stands in a box of replies after the one before."""
    item = '<ul class="children"><li class="comment" id="comment-{0}"><b class="fn">Ann</b><p>No {0}.</p></li></ul>'
    return (ESSAY + "".join(map(item.format, range(number)))).encode()


def wordpress(number: int) -> bytes:
    """As many posts of one number with a comment each."""
    post = "<item><wp:post_id>1</wp:post_id><wp:comment><wp:comment_content>x</wp:comment_content></wp:comment></item>"
    return b"<rss xmlns:wp='http://wordpress.org/export/1.2/'>" + post.encode() * number + b"</rss>"


def names(number: int) -> bytes:
    """Comments below bare names, all different."""
    return (
        "Of the mill it is told.\n" * 5 + "".join(f"Name{k}\nAnd it says a thing.\n" for k in range(number))
    ).encode()


@pytest.mark.parametrize(("make", "name"), [(chain, "a.html"), (wordpress, "a.xml"), (names, "a.txt")])
def test_time_grows_with_the_page_and_not_its_square(make, name):
    """Four times the comments may take some more than four times as long, but not sixteen times."""

    def seconds(raw: bytes) -> float:
        begin = time.process_time()
        pages, _ = read_file(raw, path=name, max_bytes=10**7)
        assert pages
        return time.process_time() - begin

    read_file(make(10), path=name, max_bytes=10**7)
    short, long = (min(seconds(make(n)) for _ in range(2)) for n in (700, 2_800))
    assert long < 9 * max(short, 0.02)


@pytest.mark.parametrize(
    ("raw", "comment"),
    [
        (
            b"<li class=comment id=comment-3>Pingback von <a>[;]</a>\x1f tail\x0c </li><p>\x0bEssay",
            "Pingback von [;] tail",
        ),
        ("<li class=comment><b class=author>A</b><p> you</p></li><br>\ufeff".encode(), "you"),
        ("<li class=comment id=comment-3><b class=author>A</b><p>a\ufffeb\uffff</p></li>".encode(), None),
    ],
)
def test_what_the_fuzzer_found_in_web_pages(raw, comment):
    """Characters that XML forbids, and a last line of nothing that can be seen."""
    [page], skipped = read_file(raw, path="a.html", max_bytes=1_000)
    assert skipped == []
    if comment is not None:
        assert [c.text for c in page.comments] == [comment]
    assert json.dumps(page.comments[0].text, ensure_ascii=False).encode()


def test_the_fuzzer_runs_from_the_command_line(tmp_path):
    """One command; it ends with 0 where no rule is broken."""
    root = front_door.__path__[0].rsplit("analysis", 1)[0]
    asked = ["--reader", "convokit", "--minutes", "0.01", "--keep", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "benchmarks/fuzz_readers.py", *asked],
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 faults" in done.stdout


def test_a_text_of_marks_alone_is_a_recorded_skip():
    """Found by the fuzzer: one quotation mark was a page without essay or comments."""
    pages, skipped = read_file(b"\x94", path="mark.txt", max_bytes=1_000)
    assert pages == []
    assert "neither an essay nor comments" in skipped[0].reason


def test_few_of_many_nested_names_are_looked_through(monkeypatch):
    """Found by the fuzzer: hundreds of author boxes in each other, none with a name, took minutes on one page."""
    asked = []
    monkeypatch.setattr(comment_fields, "_name_of", lambda element, skip: asked.append(element))
    boxes = "<b class='comment-author'>" * 300 + "</b>" * 300
    page = f"{ESSAY}<ol id='comments'><li class='comment' id='comment-7'>{boxes}<p>I have a word for it.</p></li></ol>"
    read_file(page.encode(), path="a.html", max_bytes=100_000)
    assert 0 < len(asked) <= 4 * comment_fields.MOST_TRIED
