"""The registry of a corpus finds what is missing, changed or unlisted."""

import hashlib

import pytest

from analysis.errors import CorpusError
from analysis.registry import check_registry


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "pages").mkdir()
    lines = []
    for name in ("one.txt", "two.txt"):
        (tmp_path / "pages" / name).write_text(name, encoding="utf-8")
        lines.append(f"{hashlib.sha256(name.encode()).hexdigest()}  pages/{name}\n")
    (tmp_path / "REGISTRY.txt").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_a_corpus_as_listed_has_no_problem(corpus):
    """The usual case, with the corpus's version."""
    found = check_registry(corpus)
    assert found.problems == ()
    assert "2 pages, all as listed" in found.summary


def test_each_difference_is_one_sentence(corpus):
    """A missing, a changed and an unlisted page are told apart."""
    (corpus / "pages" / "one.txt").write_text("other", encoding="utf-8")
    (corpus / "pages" / "two.txt").rename(corpus / "pages" / "three.txt")
    assert check_registry(corpus).problems == (
        "pages/one.txt was changed since it was listed",
        "pages/three.txt is there and not listed",
        "pages/two.txt is listed and not there",
    )


def test_a_corpus_without_a_list_says_how_to_make_one(tmp_path):
    """A user's own corpus need not have one; the sentence tells how."""
    with pytest.raises(CorpusError, match="Make one inside it with"):
        check_registry(tmp_path)


def test_a_garbled_line_is_named(corpus):
    """The line's number and the wanted form."""
    (corpus / "REGISTRY.txt").write_text("abc one.txt\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 1: a SHA-256, two blanks and a name are wanted"):
        check_registry(corpus)
