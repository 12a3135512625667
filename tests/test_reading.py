"""Reading a folder: every file becomes a page or a reason."""

import gzip

import pytest

from analysis.errors import CorpusError
from analysis.reading import corpus_files, read_pages

ESSAY = "\n".join(
    f"This is sentence number {n} of an essay about the weather on the island in winter." for n in range(12)
)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "good.txt").write_text(ESSAY, encoding="utf-8")
    (folder / "deep" / "er" / "page.html").write_text(
        f"<html><body><article>{''.join(f'<p>{p}</p>' for p in ESSAY.splitlines())}</article></body></html>",
        encoding="utf-8",
    )
    (folder / "again.txt.gz").write_bytes(gzip.compress((ESSAY + "\nAnd one more line.").encode()))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "feed.xml").write_text("<?xml version='1.0'?><unknown><x/></unknown>", encoding="utf-8")
    (folder / "truth.jsonl").write_text("", encoding="utf-8")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    return folder


def test_every_file_is_a_page_or_a_reason(corpus):
    """Nothing is dropped in silence, and a bad file stops nothing."""
    pages, skipped = read_pages([corpus], max_bytes=10**6)
    assert sorted(p.page for p in pages) == ["again", "good", "page"]
    assert [p.path for p in pages] == ["again.txt.gz", "deep/er/page.html", "good.txt"]
    reasons = {s.path: s.reason for s in skipped}
    assert sorted(reasons) == ["empty.txt", "feed.xml", "picture.txt", "table.csv"]
    assert all(reasons.values())


def test_a_file_that_is_too_large_is_skipped(corpus):
    """The sentence names the size, the limit and the setting."""
    size = (corpus / "good.txt").stat().st_size
    for most in (10, 100):  # refused unread, and refused as a page where it might have been an export
        pages, [skipped] = read_pages([corpus / "good.txt"], max_bytes=most)
        assert pages == []
        assert skipped.reason.startswith(f"The file has {size:,} bytes;")
        assert "read.max_bytes" in skipped.reason


def test_the_same_page_twice_is_counted_once(corpus):
    """A copy in another folder is named as a copy."""
    (corpus / "copy").mkdir()
    (corpus / "copy" / "good.txt").write_text(ESSAY, encoding="utf-8")
    pages, skipped = read_pages([corpus], max_bytes=10**6)
    assert [p.page for p in pages].count("good") == 1
    assert [s.reason for s in skipped if s.page == "good"] == ["It is the same page as copy/good.txt."]


def test_progress_counts_every_file(corpus):
    """A user sees how far it is."""
    told = []
    read_pages([corpus], max_bytes=10**6, progress=lambda *step: told.append(step))
    assert told[-1] == ("reading pages", 7, 7)


def test_an_empty_folder_says_what_to_put_in_it(tmp_path):
    """One sentence, no traceback."""
    with pytest.raises(CorpusError, match="holds no file; put pages"):
        corpus_files(tmp_path)


def test_a_fault_of_a_reader_costs_one_page(corpus, monkeypatch):
    """An error nobody foresaw is a skipped page with its reason, not the end of the run."""

    def fail(raw, *, path, **bounds):
        raise KeyError("unforeseen")

    monkeypatch.setattr("analysis.reading.read_file", fail)
    pages, skipped = read_pages([corpus / "good.txt"], max_bytes=10**6)
    assert pages == []
    assert skipped[0].reason == "The reader failed on it (KeyError: 'unforeseen'). Please report this page."
