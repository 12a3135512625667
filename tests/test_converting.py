"""Pages leave for other tools with pseudonyms, unless a user asks for the names."""

import json
import os
import subprocess
import sys

import pytest

from analysis.converting import without_names, write_corpus
from analysis.errors import CorpusError
from analysis.paths import PROJECT
from analysis.reading import read_pages
from analysis.types import Comment, Page, Part

PAGE = Page(
    page="soup",
    path="soup.txt",
    format="plain_text",
    essay="Boil the water.",
    comments=(
        Comment("Nice, Ann!", author="Bob Ray", author_link="http://bo.example", signature="Cook"),
        Comment("Bob, thank you.", author="Ann Lee", reply_to=0, by_essay_author=True),
        Comment("Hm."),
    ),
    author="Ann Lee",
    chrome=("Reply to Bob Ray",),
    text="Boil the water. Bob Ray",
    parts=(Part("essay", 0, 15),),
)


def test_readers_go_under_pseudonyms():
    """No commenter's name is left in a name, a body, a link, a signature or the page's whole text."""
    [page] = without_names([PAGE])
    assert "Bob" not in repr(page)
    assert "Cook" not in repr(page)
    assert [c.author for c in page.comments] == ["Reader 002", "essay's author", None]
    assert page.comments[1].text == "Reader 002, thank you."
    assert (page.author, page.essay, page.comments[1].reply_to) == ("Ann Lee", PAGE.essay, 0)


@pytest.mark.parametrize("names", [False, True])
def test_a_corpus_is_written_and_read_again(tmp_path, names):
    """The folder is a corpus of ours too; only with names is it the same pages."""
    files = write_corpus([PAGE, PAGE], tmp_path / "new" / "soups", to="convokit", names=names)
    assert files[0].name == "utterances.jsonl"
    [page], skipped = read_pages([tmp_path / "new" / "soups"], max_bytes=10**6)
    assert skipped == [], "the other four files are no pages, and nobody needs to be told"
    assert (page.page, page.format, page.path) == ("soup", "plain_text", "utterances.jsonl")
    assert (page.comments == PAGE.comments) is names
    assert ("Bob Ray" in files[0].read_text()) is names
    root = json.loads(files[0].read_text().splitlines()[0])
    assert root["id"] == PAGE.doc_id, "labels and codes of the page can be joined, names or not"


def test_mistakes_are_named(tmp_path):
    """An unknown form, no page, a folder that is a file."""
    with pytest.raises(CorpusError, match="Did you mean 'convokit'"):
        write_corpus([PAGE], tmp_path, to="convokti")
    with pytest.raises(CorpusError, match="no page to convert"):
        write_corpus([], tmp_path, to="convokit")
    (tmp_path / "file").write_text("x")
    with pytest.raises(CorpusError, match="cannot be written"):
        write_corpus([PAGE], tmp_path / "file", to="convokit")


def test_the_command_writes_a_corpus_from_what_read_wrote(tmp_path):
    """From `read` to `convert` without a program in between; a form that is unknown is one sentence."""
    (tmp_path / "a.txt").write_text("Boil it.\nAnn Lee says:\nMay 4, 2012 at 10:05 am\nGladly.\nReply\n")

    def run(*asked):
        return subprocess.run(
            [sys.executable, "-m", "analysis", *asked],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("read", "a.txt", "-o", "pages.jsonl").returncode == 0
    done = run("convert", "pages.jsonl", "--to", "convokit", "-o", "talks")
    assert done.returncode == 0, done.stderr
    assert "1 pages in talks" in done.stdout
    assert "under pseudonyms" in done.stdout
    assert "Ann Lee" not in (tmp_path / "talks" / "speakers.json").read_text()
    assert run("convert", "a.txt", "-o", "named", "--names").returncode == 0
    assert "Ann Lee" in (tmp_path / "named" / "speakers.json").read_text()
    wrong = run("convert", "pages.jsonl", "--to", "wxr")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "No form of corpus is called 'wxr'" in wrong.stderr
