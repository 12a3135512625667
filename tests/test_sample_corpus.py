"""The sample corpus is what its truth and its datasheet say."""

import collections
import hashlib
import json
import re
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SAMPLE = CORPUS / "sample"
sys.path.insert(0, str(CORPUS))
import render  # noqa: E402
from text_layouts import LOSES  # noqa: E402


@pytest.fixture(scope="module")
def truth():
    return render.read_truth()


def count_words(paragraphs):
    return sum(len(re.findall(r"\w+(?:['’]\w+)*", p)) for p in paragraphs)


def test_pages_are_what_the_truth_renders(truth):
    """Nobody can mend a page by hand and leave the planted truth behind."""
    files = render.render(truth)
    assert {p.name for p in (SAMPLE / "pages").iterdir()} == set(files)
    for name, text in files.items():
        assert (SAMPLE / "pages" / name).read_bytes() == text.encode(), name


def test_registry_lists_every_page_with_its_hash():
    """The registry is the whole list of pages, and each hash holds."""
    lines = (SAMPLE / "REGISTRY.txt").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert sorted(listed) == sorted(f"pages/{p.name}" for p in (SAMPLE / "pages").iterdir())
    assert all(hashlib.sha256((SAMPLE / n).read_bytes()).hexdigest() == d for n, d in listed.items())


def test_datasheet_counts_hold(truth):
    """Each number in the datasheet's table is counted from the truth."""
    sheet = (SAMPLE / "SOURCES.md").read_text(encoding="utf-8")
    comments = [c for r in truth for c in r["comments"]]
    label = collections.Counter(c["label"] for c in comments)
    expected = [
        f"| essays | {len(truth)}, of which {sum(bool(r['version_of']) for r in truth)} are later versions",
        f"| layouts | {len({r['layout'] for r in truth})}:",
        f"| comments | {sum(c['kind'] == 'comment' for c in comments)}, and {label[None]} pingbacks |",
        f"{label['extending']} extending, {label['agreeing']} agreeing, {label['spam']} spam, {label['none']} none",
        f"| by the essay's author | {sum(c['by_essay_author'] for c in comments)} |",
        f"| essays without any comment | {sum(not r['comments'] for r in truth)} |",
    ]
    assert [line for line in expected if line not in sheet] == []


def test_size_and_variety_are_as_promised(truth):
    """Enough pages, layouts, comments and planted families for every stage to be tried."""
    assert len(truth) >= 48
    assert min(collections.Counter(r["theme"] for r in truth).values()) >= 6
    assert all(400 <= count_words(r["essay"]) <= 900 for r in truth)
    assert sum(len(r["comments"]) for r in truth) >= 350
    assert len({r["layout"] for r in truth}) >= 8
    assert sum(r["lang"] != "en" for r in truth) == 2
    spun = collections.Counter(s["family"] for r in truth for s in r["injected_spam"])
    spun.update(c["spam_family"] for r in truth for c in r["comments"] if c["spam_family"])
    assert len(spun) == 3
    assert min(spun.values()) >= 3
    assert len({r["date"][:4] for r in truth}) >= 5


def test_no_address_outside_example(truth):
    """Invented links lead nowhere: only the reserved top-level domain is used."""
    links = re.findall(r"https?://([^/\s\"<>\\]+)", json.dumps(truth))
    assert links
    assert all(link.rstrip(".,)'").endswith(".example") for link in links)


def test_losses_name_known_layouts():
    """A layout that hides something is one that exists."""
    assert set(LOSES) <= set(render.text_layouts.LAYOUTS)
