"""How many spun paragraphs are found again, how many strangers are taken for copies, and at what cost.

Run ``python benchmarks/lineage.py`` for 100,000 made-up paragraphs (about a minute), ``--paragraphs N`` for fewer.
Words are drawn from a seeded Zipf vocabulary, so the text is nobody's; every copy has a stated share of its words
swapped for others. If datasketch is installed its MinHash-LSH runs beside ours at its usual settings.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import sys
import time

import numpy as np

from analysis.lineage import find_copies
from analysis.text import words

VOCABULARY = 30_000  # word types of a middling blog corpus
SHORTEST, LONGEST = 60, 120  # words of a paragraph
SWAPPED = (0.1, 0.2, 0.3)
COPIES = 0.05  # of all paragraphs are copies at each share of swapped words; the rest are originals


def make_paragraphs(count: int, seed: int) -> tuple[list[str], dict[float, list[tuple[int, int]]]]:
    """Make paragraphs of which some are spun copies of others.

    Parameters
    ----------
    count : int
        Paragraphs in all.
    seed : int

    Returns
    -------
    texts : list of str
        In random order.
    truth : dict of float to list of (int, int)
        For each share of swapped words, the positions of original and copy; an original has one copy at most.
    """
    random = np.random.default_rng(seed)
    below = np.cumsum(1 / np.arange(1, VOCABULARY + 1))  # Zipf: the word of rank r comes 1 / r times as often

    def draw(size: int) -> np.ndarray:
        return np.searchsorted(below, random.random(size) * below[-1])

    number = int(count * COPIES)
    rows = [draw(random.integers(SHORTEST, LONGEST + 1)) for _ in range(count - number * len(SWAPPED))]
    pairs = []
    for place, share in enumerate(SWAPPED):
        for original in range(place * number, (place + 1) * number):
            copy = rows[original].copy()
            swapped = random.choice(len(copy), size=round(share * len(copy)), replace=False)
            copy[swapped] = draw(len(swapped))
            pairs.append((share, original, len(rows)))
            rows.append(copy)
    place_of = random.permutation(count)
    texts = [""] * count
    for row, place in zip(rows, place_of, strict=True):
        texts[place] = " ".join(f"w{word}" for word in row)
    truth: dict[float, list[tuple[int, int]]] = {share: [] for share in SWAPPED}
    for share, original, copy_row in pairs:
        truth[share].append((int(place_of[original]), int(place_of[copy_row])))
    return texts, truth


def score_families(families: list[list[int]], truth: dict[float, list[tuple[int, int]]]) -> dict[str, float]:
    """Recall of the true pairs by share of swapped words, and precision of all pairs within families; 0 to 1."""
    family = {item: number for number, members in enumerate(families) for item in members}
    scores = {}
    right = 0
    for share, pairs in truth.items():
        found = sum(a in family and family[a] == family.get(b) for a, b in pairs)
        scores[f"recall at {share:.0%} swapped"] = round(found / len(pairs), 4)
        right += found
    claimed = sum(len(members) * (len(members) - 1) // 2 for members in families)
    scores["precision"] = round(right / max(claimed, 1), 4)
    return scores


def with_datasketch(texts: list[str]) -> list[list[int]]:
    """Families by datasketch alone: MinHash-LSH, 128 permutations, 42 bands of 3, runs of three words, unverified."""
    from datasketch import MinHash, MinHashLSH

    from analysis.lineage.copies import join_pairs

    index = MinHashLSH(num_perm=128, params=(42, 3))
    pairs = []
    for number, text in enumerate(texts):
        row = words(text)
        sketch = MinHash(num_perm=128, seed=1)
        sketch.update_batch([" ".join(row[i : i + 3]).encode() for i in range(len(row) - 2)])
        pairs += [(int(other), number) for other in index.query(sketch)]
        index.insert(number, sketch)
    members: dict[int, list[int]] = {}
    for number, root in enumerate(join_pairs(len(texts), pairs)):
        members.setdefault(root, []).append(number)
    return [m for m in members.values() if len(m) > 1]


def measure(count: int, seed: int) -> dict[str, dict[str, float]]:
    """Scores, CPU seconds and peak memory of each method on the same paragraphs."""
    texts, truth = make_paragraphs(count, seed)
    methods = {"below the line": lambda: find_copies(texts, seed=seed)}
    if importlib.util.find_spec("datasketch"):
        methods["datasketch"] = lambda: with_datasketch(texts)
    results = {}
    for name, method in methods.items():
        start = time.process_time()
        families = method()
        cpu = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        results[name] = {**score_families(families, truth), "CPU s": round(cpu, 1), "peak GB": round(peak, 2)}
    return results


def main() -> None:
    """Print one JSON object a method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, scores in measure(given.paragraphs, given.seed).items():
        print(json.dumps({"method": name, "paragraphs": given.paragraphs, **scores}))
    if not importlib.util.find_spec("datasketch"):
        print("datasketch is not installed, so nothing is shown beside it.", file=sys.stderr)


if __name__ == "__main__":
    main()
