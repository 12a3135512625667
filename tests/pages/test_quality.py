"""What the readers reach on the open pages is pinned: a change that loses some of it does not pass unseen.

A floor lies a little below what was reached, so that one page read otherwise is no alarm; lowering one is an act of
its own.
"""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks"
FLOORS = json.loads((ROOT / "tests" / "quality_floors.json").read_text(encoding="utf-8"))["pages"]

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the open pages (../shared/benchmarks) are not here")


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("pages_benchmark", ROOT / "benchmarks" / "pages.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


@pytest.mark.parametrize(("kind", "folder", "pattern"), [("text", "pages", "*.txt"), ("html", "html", "*.gz")])
def test_reading_keeps_what_it_reached(benchmark, kind, folder, pattern):
    """Each figure of the scoring program is on the right side of its floor, on the very pages it was set on."""
    pinned = FLOORS[kind]
    where = SHARED / f"{kind}-pages"
    assert hashlib.sha256((where / "gold.jsonl").read_bytes()).hexdigest() == pinned["gold_sha256"]
    found = benchmark.score(kind, benchmark.read_ours(sorted((where / folder).glob(pattern))))
    low = {name: found[name] for name, floor in pinned["at_least"].items() if found[name] < floor}
    high = {name: found[name] for name, most in pinned["at_most"].items() if found[name] > most}
    assert (low, high) == ({}, {})
