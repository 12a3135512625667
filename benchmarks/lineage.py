"""How many spun paragraphs are found again, how many strangers are taken for copies, and at what cost.

Run ``python benchmarks/lineage.py`` for 100,000 made-up paragraphs (three minutes), ``--paragraphs N`` for fewer.
Words are drawn from a seeded Zipf vocabulary, so the text is nobody's; every copy has a stated share of its words
swapped for others. Beside ours, each in a process of its own, run rensa's MinHash-LSH alone and, where it is installed
(``pip install datasketch``), datasketch's, both at settings that are usual for texts; nothing checks what they propose.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from analysis.lineage import find_copies
from analysis.lineage.copies import join_pairs
from analysis.text import words

VOCABULARY = 30_000  # word types of a middling blog corpus
SHORTEST, LONGEST = 60, 120  # words of a paragraph
SWAPPED = (0.1, 0.2, 0.3)
PEER_BANDS, PEER_ROWS = 42, 3  # finds half of the pairs with a Jaccard of a fourth: the most lenient usual setting
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
    rows = [draw(int(random.integers(SHORTEST, LONGEST + 1))) for _ in range(count - number * len(SWAPPED))]
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


def shingles(text: str) -> list[str]:
    """Runs of three words, as both peers get them."""
    row = words(text)
    return [" ".join(row[i : i + 3]) for i in range(len(row) - 2)]


def with_rensa(texts: list[str]) -> list[list[int]]:
    """Families by rensa alone: MinHash-LSH, 126 permutations, 42 bands of 3, runs of three words, unverified."""
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets(map(shingles, texts), PEER_BANDS * PEER_ROWS, 1)
    index = RMinHashLSH(threshold=0.5, num_perm=PEER_BANDS * PEER_ROWS, num_bands=PEER_BANDS)
    index.insert_pairs(enumerate(sketches))
    found = index.query_all(sketches)
    return _joined(len(texts), ((other, number) for number, others in enumerate(found) for other in others))


def with_datasketch(texts: list[str]) -> list[list[int]]:
    """Families by datasketch alone, at the same settings."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(num_perm=PEER_BANDS * PEER_ROWS, params=(PEER_BANDS, PEER_ROWS))
    pairs = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=PEER_BANDS * PEER_ROWS, seed=1)
        sketch.update_batch([run.encode() for run in shingles(text)])
        pairs += [(int(other), number) for other in index.query(sketch)]
        index.insert(number, sketch)
    return _joined(len(texts), pairs)


def _joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    members: dict[int, list[int]] = {}
    for number, root in enumerate(join_pairs(count, pairs)):
        members.setdefault(root, []).append(number)
    return [m for m in members.values() if len(m) > 1]


METHODS: dict[str, Callable[[list[str]], list[list[int]]]] = {
    "below the line": find_copies,
    "rensa alone": with_rensa,
    "datasketch": with_datasketch,
}


def measure(method: str, count: int, seed: int) -> dict[str, float]:
    """Scores, CPU seconds and peak memory of one method, the paragraphs' own memory included."""
    texts, truth = make_paragraphs(count, seed)
    start = time.process_time()
    families = METHODS[method](texts)
    cpu = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {**score_families(families, truth), "CPU s": round(cpu, 1), "peak GB": round(peak, 2)}


def main() -> None:
    """Print one JSON object a method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for method in METHODS:
        if method == "datasketch" and not importlib.util.find_spec("datasketch"):
            print("datasketch is not installed, so it is not shown: pip install datasketch", file=sys.stderr)
            continue
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:  # memory of its own
            scores = pool.submit(measure, method, given.paragraphs, given.seed).result()
        print(json.dumps({"method": method, "paragraphs": given.paragraphs, **scores}), flush=True)


if __name__ == "__main__":
    main()
