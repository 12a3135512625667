"""Which of the proposed texts really are copies: exact counts and word alignment, then families by union-find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from analysis.lineage.proposals import Pairs, hash_runs, propose_alike
from analysis.text import words

RUN = 2  # words in a run: thirty swapped words in a hundred leave half of the runs of two, a third of the runs of three
COPY_JACCARD = 0.2  # runs of two: spun comments on real blogs lie at .20 and above, strangers below .15
COPY_ALIGNED = 0.6  # share of words aligned in order: real and planted spun copies .65-.95, strangers below .5
_CHUNK = 20_000  # pairs counted at once


def find_copies(texts: Sequence[str], *, seed: int = 1) -> list[list[int]]:
    """Group texts that are the same or were spun from one another by swapping words.

    Parameters
    ----------
    texts : sequence of str
        Paragraphs or comments. Very short ones are alike by chance: leave those below a dozen words out.
    seed : int
        Of the MinHash permutations.

    Returns
    -------
    list of list of int
        Positions of each family of two and more, ascending; families by their first position.

    Notes
    -----
    MinHash-LSH proposes on runs of two words; a pair is a copy if at least .2 of all runs of both are shared (Jaccard)
    and at least .6 of the words stand in the same order in both (2 * LCS / (n + m)). Families are the connected
    components of copies, so the two ends of a long chain of versions may share less.

    Examples
    --------
    >>> find_copies(["our honest lenders give quick loans to every citizen in the town",
    ...              "the choir meets on Thursdays in the hall behind the old bakery",
    ...              "our honest lenders give rapid loans to every person in the town"])
    [[0, 2]]
    """
    pool: dict[str, str] = {}  # one object a word type: a tenth of the memory at 100,000 paragraphs
    tokens = [tuple(pool.setdefault(w, w) for w in words(text)) for text in texts]
    distinct = sorted({t for t in tokens if t})
    place = {t: i for i, t in enumerate(distinct)}
    family = join_pairs(
        len(distinct), likely_pairs(distinct, seed=seed), lambda i, j: is_copy(distinct[i], distinct[j])
    )
    found: dict[int, list[int]] = {}
    for position, t in enumerate(tokens):
        if t:
            found.setdefault(family[place[t]], []).append(position)
    return sorted(members for members in found.values() if len(members) > 1)


def likely_pairs(texts: Sequence[Sequence[str]], *, seed: int) -> list[tuple[int, int]]:
    """Pairs of texts that share enough runs to be copies; alignment (``is_copy``) has the last word.

    Parameters
    ----------
    texts : sequence of sequence of str
        Words of each text, no text twice.
    seed : int

    Returns
    -------
    list of (int, int)
        Positions, the smaller first; the most alike pairs first, so that floods join up early and cheaply.
    """
    hashes, offsets = hash_runs(texts, RUN)
    pairs = propose_alike(hashes, offsets, seed=seed)
    jaccard, _ = overlap(hashes, offsets, pairs)
    enough = jaccard >= COPY_JACCARD
    order = np.argsort(-jaccard[enough], kind="stable")
    return [(i, j) for i, j in pairs[enough][order].tolist()]


def is_copy(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether enough words of two texts stand in the same order."""
    return aligned_share(a, b) >= COPY_ALIGNED


def overlap(
    hashes: NDArray[np.uint64], offsets: NDArray[np.int64], pairs: Pairs
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count exactly what pairs of texts share.

    Parameters
    ----------
    hashes, offsets
        Word runs, as ``hash_runs`` gives them.
    pairs : ndarray of int64, shape (n_pairs, 2)

    Returns
    -------
    jaccard : ndarray, shape (n_pairs,)
        |A and B| / |A or B| over sets of runs (Jaccard 1912), from 0 to 1.
    containment : ndarray, shape (n_pairs,)
        |A and B| / min(|A|, |B|) (Broder 1997), from 0 to 1: 1 for an excerpt of any length.
    """
    columns = np.unique(hashes, return_inverse=True)[1]
    runs = csr_matrix(
        (np.ones(len(hashes), dtype=np.int32), columns, offsets),
        shape=(len(offsets) - 1, int(columns.max(initial=-1)) + 1),
    )
    runs.sum_duplicates()
    runs.data[:] = 1
    sizes = np.diff(runs.indptr)
    shared = np.zeros(len(pairs))
    for low in range(0, len(pairs), _CHUNK):
        part = pairs[low : low + _CHUNK]
        both = runs[part[:, 0]].multiply(runs[part[:, 1]])
        shared[low : low + _CHUNK] = np.asarray(both.sum(axis=1)).ravel()
    left, right = sizes[pairs[:, 0]], sizes[pairs[:, 1]]
    return shared / np.maximum(left + right - shared, 1), shared / np.maximum(np.minimum(left, right), 1)


def aligned_share(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the words of two texts that stand in both in the same order.

    Parameters
    ----------
    a, b : sequence of str
        Words.

    Returns
    -------
    float
        2 * LCS / (n + m), from 0 to 1; higher means more alike. LCS is the longest common subsequence.

    Notes
    -----
    Bit-parallel after Hyyrö (2004): a row of the table of comparisons is one whole number.

    Examples
    --------
    >>> aligned_share("ask your doctor first".split(), "ask a doctor first".split())
    0.75
    """
    if not a or not b:
        return 0.0
    places: dict[str, int] = {}
    for position, word in enumerate(a):
        places[word] = places.get(word, 0) | (1 << position)
    full = (1 << len(a)) - 1
    row = full
    for word in b:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & full
    return 2 * (len(a) - row.bit_count()) / (len(a) + len(b))


def join_pairs(
    count: int, pairs: Iterable[tuple[int, int]], holds: Callable[[int, int], bool] | None = None
) -> list[int]:
    """Join pairs into families (union-find).

    Parameters
    ----------
    count : int
        Number of items, 0..count-1.
    pairs : iterable of (int, int)
        In any order.
    holds : function of (int, int), optional
        Whether a pair is to be joined at all; not asked where both are of one family already.

    Returns
    -------
    list of int
        For each item the smallest item of its family.

    Examples
    --------
    >>> join_pairs(5, [(3, 1), (4, 3)])
    [0, 1, 2, 1, 1]
    """
    root = list(range(count))

    def find(item: int) -> int:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for i, j in pairs:
        low, high = sorted((find(i), find(j)))
        if low != high and (holds is None or holds(i, j)):
            root[high] = low
    return [find(item) for item in range(count)]
