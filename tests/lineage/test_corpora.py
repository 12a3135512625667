"""On real and planted pages: every family is found and none invented."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from analysis.lineage import align_family, diff_versions, lineage_as_json
from analysis.types import Comment, Page

ROOT = Path(__file__).resolve().parents[2]
FOUNDING = ROOT.parent / "shared" / "pages" / "founding"
TRUTH = ROOT / "corpus" / "sample" / "truth.jsonl"
needs_founding = pytest.mark.skipif(not FOUNDING.is_dir(), reason="the founding pages (../shared) are not here")


def founding_pages():
    """The founding pages, cut by the line numbers of a careful reader."""
    expected = json.loads((FOUNDING / "expected.json").read_text(encoding="utf-8"))
    pages = {}
    for path in sorted(FOUNDING.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        known = expected[path.stem]
        pages[path.stem] = Page(
            page=path.stem,
            path="",
            format="test",
            essay="\n".join(line for low, high in known["essay_lines"] for line in lines[low - 1 : high]),
            injected_spam=tuple(lines[number - 1] for number in known["injected_spam_lines"]),
            comments=tuple(Comment(text=c["text"], by_essay_author=c["by_essay_author"]) for c in known["comments"]),
        )
    return pages


@needs_founding
def test_the_founding_pages_hold_one_essay_twice_and_one_template():
    """002 and 003 are versions, the longer one stands for both, and their injected spam is one family."""
    found = lineage_as_json(list(founding_pages().values()))
    assert found["essay_families"] == [["002", "003"]]
    assert found["representatives"] == ["003"]
    assert [[copy["page"] for copy in family] for family in found["spam_families"]] == [["002", "003"]]


@needs_founding
def test_the_founding_template_has_ten_slots():
    """A careful reader counts ten substitutions."""
    pages = founding_pages()
    table = align_family([pages["002"].injected_spam[0], pages["003"].injected_spam[0]])
    assert table["slot"].max() == 10


@needs_founding
def test_the_founding_versions_differ_in_tense_and_names():
    """What was announced as under way is told as done in the other version, and the firm's name is gone."""
    pages = founding_pages()
    table = diff_versions(pages["003"].essay, pages["002"].essay)
    counts = table["kind"].value_counts()
    assert counts["same"] > 25
    assert counts["cut"] == 6
    assert set(table.loc[table["kind"] == "reworded", "change"]) == {"names", "other", "tense"}


def test_the_sample_corpus_gives_its_planted_families_and_no_others():
    """Three pairs of versions, three spun templates of four; whatever else is grouped must be spam by its label."""
    rows = [json.loads(line) for line in TRUTH.read_text(encoding="utf-8").splitlines()]
    pages, planted, label = [], defaultdict(list), {}
    for row in rows:
        comments = tuple(
            Comment(text=c["text"], kind=c["kind"], by_essay_author=c["by_essay_author"]) for c in row["comments"]
        )
        for copy in [*row["injected_spam"], *row["comments"]]:
            family = copy.get("spam_family") or copy.get("family")
            label[copy["text"]] = copy.get("label", "spam")
            if family:
                planted[family].append({"page": row["page"], "text": copy["text"]})
        spam = tuple(s["text"] for s in row["injected_spam"])
        pages.append(
            Page(
                page=row["page"],
                path="",
                format="test",
                essay="\n".join(row["essay"]),
                comments=comments,
                injected_spam=spam,
            )
        )
    found = lineage_as_json(pages)
    assert found["essay_families"] == sorted(sorted([r["version_of"], r["page"]]) for r in rows if r["version_of"])
    truth = [sorted(copies, key=lambda c: (c["page"], c["text"])) for copies in planted.values()]
    assert sorted(map(len, truth)) == [4, 4, 4]
    assert all(copies in found["spam_families"] for copies in truth)
    others = [copies for copies in found["spam_families"] if copies not in truth]
    assert all(label[copy["text"]] == "spam" for copies in others for copy in copies)
