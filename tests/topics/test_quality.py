"""The open benchmarks stay as good as they were: floors are lowered on purpose or not at all."""

import hashlib
import json
from pathlib import Path

import pytest

from analysis.topic_stats import count_pairs, diversity, npmi_by_topic
from analysis.topics import fit_topics

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks" / "topics"
FLOORS = json.loads((ROOT / "tests" / "quality_floors.json").read_text(encoding="utf-8"))["topics"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the open topic benchmarks are not beside the repository")
@pytest.mark.parametrize(("name", "engine"), [("BBC_News", "nmf"), ("M10", "mixture")])
def test_words_reach_their_floor(name, engine):
    """Topic words that lose coherence or repeat each other are worse topics, however they came about."""
    raw = (SHARED / name / "corpus.txt").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == FLOORS[name]["sha256"]
    documents = [line.split() for line in raw.decode().splitlines()]
    model = fit_topics(documents, number=20, seed=1, engine=engine)
    assert npmi_by_topic(model.words, count_pairs(documents)).mean() >= FLOORS[name]["npmi at 20"]
    assert diversity(model.words) >= FLOORS[name]["diversity at 20"]
