"""Which texts may be copies of each other: proposals only, made without comparing all with all.

Two ways, because they find different things. MinHash-LSH (Broder 1997; Indyk & Motwani 1998) finds texts that are
alike as wholes and stays linear in floods of copies. Shared rare word runs find a short excerpt of a long text, which
MinHash cannot: a tenth of an essay has a Jaccard of one tenth with it. Exact counts decide afterwards (``copies``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pairs = NDArray[np.int64]
NO_PAIRS: Pairs = np.empty((0, 2), dtype=np.int64)

BANDS = 85  # with three rows: a pair with Jaccard .32 (30 % of words swapped, runs of two) is proposed 94 times in 100,
ROWS = 3  # one with Jaccard .02 (strangers who share small words) once in 1,500; two rows would propose half the corpus
PERMUTATIONS = BANDS * ROWS
CROWD = 8  # members of one bucket up to which all pairs are proposed; beyond, a chain, so that floods stay linear
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, bits well mixed: 2**64 over the golden ratio
_CHUNK = 5000  # texts sketched at once: keeps rensa's Python lists below 50 MB


def hash_runs(texts: Sequence[Sequence[str]], size: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash every run of ``size`` words of every text, the same on every machine.

    Parameters
    ----------
    texts : sequence of sequence of str
        Words of each text.
    size : int
        Words in a run; a text with fewer words has none.

    Returns
    -------
    hashes : ndarray of uint64
        All runs, text after text, in reading order; repeated runs repeat.
    offsets : ndarray of int64, shape (n_texts + 1,)
        The runs of text ``i`` are ``hashes[offsets[i]:offsets[i + 1]]``.
    """
    number: dict[str, int] = {}
    flat = np.fromiter((number.setdefault(w, len(number)) for text in texts for w in text), dtype=np.int64)
    table = np.array([_word_hash(w) for w in number], dtype=np.uint64)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    counts = np.maximum(lengths - size + 1, 0)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    starts = np.cumsum(lengths) - lengths
    first = np.repeat(starts - offsets[:-1], counts) + np.arange(offsets[-1])
    hashes = np.zeros(len(first), dtype=np.uint64)
    for step in range(size):
        word = table[flat[first + step]] if len(first) else table[:0]
        hashes = (hashes ^ (hashes >> np.uint64(29))) * _MULTIPLIER + word
    return hashes, offsets


def propose_alike(hashes: NDArray[np.uint64], offsets: NDArray[np.int64], *, seed: int) -> Pairs:
    """Propose pairs of texts that may be alike as wholes, by MinHash-LSH.

    Parameters
    ----------
    hashes, offsets
        As ``hash_runs`` gives them.
    seed : int
        Of the random permutations.

    Returns
    -------
    ndarray of int64, shape (n_pairs, 2)
        Positions, the smaller first, sorted, each pair once.

    Notes
    -----
    Texts with Jaccard J are proposed with probability 1 - (1 - J**3)**85.
    """
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled) < 2:
        return NO_PAIRS
    sketch = _sketch(hashes, offsets[np.append(filled, len(offsets) - 1)], seed)
    found = []
    for band in range(BANDS):
        rows = sketch[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        key = rows[:, 0]
        for column in range(1, ROWS):
            key = (key ^ (key >> np.uint64(29))) * _MULTIPLIER + rows[:, column]
        found.append(_neighbours(key, np.arange(len(filled))))
    return filled[_unique(np.concatenate(found))]


def propose_shared(hashes: NDArray[np.uint64], offsets: NDArray[np.int64], *, least: int) -> Pairs:
    """Propose pairs of texts that share at least ``least`` word runs, however unequal their lengths.

    Parameters
    ----------
    hashes, offsets
        As ``hash_runs`` gives them.
    least : int
        Shared runs below which a pair is no candidate.

    Returns
    -------
    ndarray of int64, shape (n_pairs, 2)
        Positions, the smaller first, sorted, each pair once.
    """
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    pairs = _neighbours(hashes, owner)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not len(pairs):
        return NO_PAIRS
    found, count = np.unique(_code(pairs), return_counts=True)
    return _decode(found[count >= least])


def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")


def _sketch(hashes: NDArray[np.uint64], offsets: NDArray[np.int64], seed: int) -> NDArray[np.uint32]:
    """MinHash digests, one row a text."""
    from rensa import RMinHash

    parts = []
    for low in range(0, len(offsets) - 1, _CHUNK):
        bounds = offsets[low : low + _CHUNK + 1]
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            hashes[bounds[0] : bounds[-1]], (bounds - bounds[0]).astype(np.uint64), PERMUTATIONS, seed
        )
        parts.append(np.array(matrix.to_rows(), dtype=np.uint32))
    return np.concatenate(parts)


def _neighbours(keys: NDArray[np.uint64], owners: NDArray[np.int64]) -> Pairs:
    """Pairs of owners with the same key: all pairs of a small bucket, a chain through a large one."""
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    _, size = np.unique(keys, return_counts=True)
    small = np.repeat(size <= CROWD, size)
    found = []
    for step in range(1, CROWD):
        same = keys[step:] == keys[:-step]
        if step > 1:
            same &= small[step:]
        if not same.any():
            break
        found.append(np.stack([owners[:-step][same], owners[step:][same]], axis=1))
    return np.concatenate(found) if found else NO_PAIRS


def _code(pairs: Pairs) -> NDArray[np.int64]:
    return (pairs[:, 0] << np.int64(32)) | pairs[:, 1]


def _decode(codes: NDArray[np.int64]) -> Pairs:
    return np.stack([codes >> np.int64(32), codes & np.int64(0xFFFFFFFF)], axis=1)


def _unique(pairs: Pairs) -> Pairs:
    return _decode(np.unique(_code(pairs)))
