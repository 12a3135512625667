"""The comments written to mislead the classifier are well formed, and anyone who has the repository can judge them."""

import importlib.util
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / "benchmarks" / "adversarial.py"
LABELS = {"agreeing", "extending", "spam", "none"}
# What each kind may be labelled; the honest kinds are those a filter is likeliest to wrong.
SPAM = {
    "flattery signed by a trade", "sentences of the essay with a link", "spun comment", "hidden or look-alike letters",
    "spam in another language", "question about the blog", "advert in the essay's words",
    "plain name, only the link tells",
}  # fmt: skip
HONEST = {
    "praise from a shop's owner": {"agreeing", "extending"},
    "short thanks": {"agreeing"},
    "generic praise by a plain person": {"agreeing"},
    "criticism with links to sources": {"extending"},
    "non-native English with content": {"agreeing", "extending"},
    "question with a link to code": {"extending"},
    "helpful answer that names a product": {"extending"},
    "praise with one small addition": {"extending"},
    "long restatement": {"agreeing"},
    "sympathy or congratulations": {"agreeing"},
    "joke that makes a point": {"extending"},
    "bare disagreement or insult": {"none"},
    "chit-chat or test": {"none"},
    "it works, and no more": {"agreeing"},
    "it works, with a detail": {"extending"},
}
MADE_UP_ENDINGS = (".biz", ".info", ".com")  # allowed for nonsense words only: they carry a signal of their own


@pytest.fixture(scope="module")
def program():
    """The benchmark as a module; benchmarks are programs and no package."""
    spec = importlib.util.spec_from_file_location("adversarial_benchmark", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(program):
    """The set, each comment with its essay."""
    return program.read_set()


def test_each_comment_is_whole(rows):
    """A doubled id or a missing essay would drop comments from the figures without a word."""
    assert len(rows) >= 200
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({(row["essay"], row["text"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["text"].strip()
        assert row["parent_title"]
        assert 120 <= len(row["parent_text"].split()) <= 250
        assert isinstance(row["sure"], bool)


def test_kinds_and_labels_go_together(rows):
    """A label slipped into the wrong kind is a mistake of the set and not of the model."""
    allowed = {kind: {"spam"} for kind in SPAM} | HONEST
    assert {row["kind"] for row in rows} == set(allowed)
    for row in rows:
        assert row["label"] in allowed[row["kind"]], row["id"]
    assert min(Counter(row["kind"] for row in rows).values()) >= 10


def test_both_sides_and_all_labels_are_there(rows):
    """A set of spam alone would reward a model that calls everything spam."""
    counted = Counter(row["label"] for row in rows)
    assert set(counted) == LABELS
    assert counted["spam"] >= 80
    assert counted["agreeing"] + counted["extending"] >= 120
    assert len({row["essay"] for row in rows}) == 24


def test_no_address_belongs_to_anybody(rows):
    """The set is shipped: each host is one that cannot exist, or a nonsense word that nobody would register."""
    hosts = {
        urlsplit(word.strip('.,<>"')).hostname
        for row in rows
        for field in ("author_url", "text")
        for word in row[field].replace('href="', " ").replace('">', " ").split()
        if "://" in word
    }
    assert len(hosts) > 100
    for host in hosts - {None}:
        name = host.removeprefix("www.").rpartition(".")[0]
        assert host.endswith(".example") or (host.endswith(MADE_UP_ENDINGS) and len(name) >= 12), host


def test_the_set_can_be_labelled_by_the_command(program, tmp_path, monkeypatch):
    """The rows written for the command carry all that the classifier reads."""
    monkeypatch.setattr("sys.argv", ["adversarial.py", "--rows", str(tmp_path / "rows.jsonl")])
    assert program.main() == 0
    lines = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert set(program.READ) <= set(json.loads(lines[0]))


def test_figures_are_what_their_names_say(program):
    """Counted by hand: three of four right, one of two spam found, no honest comment taken for spam."""
    import pandas as pd

    found = pd.DataFrame({
        "wanted": ["spam", "spam", "agreeing", "extending", "none"],
        "likeliest": ["spam", "extending", "agreeing", "extending", "spam"],
        "given": ["spam", None, "agreeing", "extending", None],
    })  # fmt: skip
    figures = program.figures_of(found)
    assert figures["accuracy of the likeliest label"] == 0.75
    assert figures["spam found"] == 0.5
    assert figures["spam against the rest"] == 0.75
    assert figures["honest taken for spam"] == 0.0
    assert figures["accuracy among the labelled"] == 1.0
    assert figures["left without a label"] == 0.25
    assert figures["none left unlabelled"] == 1.0


def test_the_shipped_model_keeps_what_it_reached(program, rows):
    """Not the floor of .85, which it misses, but no step back: on all of them, on spam, and on honest readers."""
    figures = program.figures_of(program.judge(rows))
    assert figures["accuracy of the likeliest label"] >= 0.8
    assert figures["spam against the rest"] >= 0.9
    assert figures["honest taken for spam"] <= 0.03
