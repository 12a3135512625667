"""The fast counts agree with the plain definitions, and the benchmark's figures hold."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.lineage.copies import aligned_share, find_copies, join_pairs, overlap
from analysis.lineage.proposals import CROWD, hash_runs, propose_alike, propose_shared

ROOT = Path(__file__).resolve().parents[2]
TOKENS = st.lists(st.sampled_from("abcdef"), max_size=12)


def longest_common(a, b):
    """Length of the longest common subsequence by the schoolbook table."""
    table = np.zeros((len(a) + 1, len(b) + 1), dtype=int)
    for i, x in enumerate(a, start=1):
        for j, y in enumerate(b, start=1):
            table[i, j] = table[i - 1, j - 1] + 1 if x == y else max(table[i - 1, j], table[i, j - 1])
    return int(table[-1, -1])


@given(TOKENS, TOKENS)
def test_aligned_share_is_the_schoolbook_one(a, b):
    """The bit-parallel count gives the same as the slow one."""
    expected = 2 * longest_common(a, b) / (len(a) + len(b)) if a and b else 0.0
    assert aligned_share(a, b) == pytest.approx(expected)


@settings(max_examples=30)
@given(st.lists(TOKENS, min_size=2, max_size=6))
def test_overlap_is_that_of_sets(texts):
    """Jaccard and containment over hashes are those over sets of words in a row."""
    pairs = np.array([(i, j) for i in range(len(texts)) for j in range(i + 1, len(texts))])
    jaccard, contained = overlap(*hash_runs(texts, 2), pairs)
    for (i, j), share, inside in zip(pairs, jaccard, contained, strict=True):
        a, b = ({tuple(t[k : k + 2]) for k in range(len(t) - 1)} for t in (texts[i], texts[j]))
        assert share == pytest.approx(len(a & b) / max(len(a | b), 1))
        assert inside == pytest.approx(len(a & b) / max(min(len(a), len(b)), 1))


@given(st.integers(1, 12), st.data())
def test_families_do_not_depend_on_the_order_of_pairs(count, data):
    """Union-find gives the connected components, each named by its smallest item."""
    item = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(item, item), max_size=15))
    first = join_pairs(count, pairs)
    assert first == join_pairs(count, [(j, i) for i, j in reversed(pairs)])
    assert all(first[i] == first[j] for i, j in pairs)
    assert all(first[first[i]] == first[i] <= i for i in range(count))


def test_hashes_of_runs_know_order_and_place():
    """A run is its words in order, whatever text it stands in; short texts have none."""
    hashes, offsets = hash_runs([["a", "b", "c"], [], ["x"], ["b", "a"], ["b", "c"]], 2)
    assert offsets.tolist() == [0, 2, 2, 2, 3, 4]
    assert hashes[1] == hashes[3]
    assert len(set(hashes.tolist())) == 3
    empty, none = hash_runs([], 2)
    assert len(empty) == 0
    assert none.tolist() == [0]


def test_an_excerpt_is_proposed_by_shared_runs():
    """A tenth of a long text is found, which MinHash cannot promise; two shared words are not enough."""
    long = [f"w{i}" for i in range(500)]
    texts = [long, long[100:130], ["w1", "w2", "and", "other", "things"]]
    hashes, offsets = hash_runs(texts, 3)
    assert propose_shared(hashes, offsets, least=5).tolist() == [[0, 1]]
    assert propose_alike(*hash_runs([["a"], []], 3), seed=1).tolist() == []


def test_a_crowd_is_chained_not_compared_all_with_all():
    """Proposals grow with the number of copies, not with its square."""
    texts = [["one", "same", "text", "of", "spam"]] * 300
    assert len(propose_alike(*hash_runs(texts, 2), seed=1)) == 299 > CROWD


def test_copies_are_found_in_any_order():
    """The families are the same sets of texts whatever order they come in."""
    texts = [f"the quick brown fox number {i} jumps over the lazy dog of the old parish clerk" for i in range(3)]
    texts += ["nobody has ever counted the bicycles behind the swimming bath in the winter"]
    assert find_copies(texts) == [[0, 1, 2]]
    assert find_copies(texts[::-1]) == [[1, 2, 3]]
    assert find_copies([]) == find_copies(["", ""]) == []


def test_the_benchmark_reaches_its_pinned_figures():
    """Recall and precision on two thousand made-up paragraphs; lowering a floor is an explicit act."""
    spec = importlib.util.spec_from_file_location("benchmark_of_lineage", ROOT / "benchmarks" / "lineage.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    floors = json.loads((ROOT / "tests" / "quality_floors.json").read_text(encoding="utf-8"))["lineage"]
    texts, truth = benchmark.make_paragraphs(2000, seed=1)
    scores = benchmark.score_families(find_copies(texts), truth)
    assert scores.keys() == floors.keys()
    below = {name: (scores[name], floor) for name, floor in floors.items() if scores[name] < floor}
    assert not below, f"(reached, floor): {below}"
