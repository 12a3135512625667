"""Which essays are versions of one another: revised, reissued, excerpted or mirrored."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.lineage.copies import join_pairs, overlap
from analysis.lineage.proposals import Pairs, hash_runs, propose_shared
from analysis.text import words

RUN = 3  # words in a run: essays of one theme share 2 % of their runs of three, versions 70 % and more
MIN_WORDS = 25  # shorter essays (a caption, a greeting) are alike by chance and stay alone
LEAST_SHARED = 5  # runs; below it two essays of 25 words cannot reach the shares that follow
VERSION_JACCARD = 0.5  # alike as wholes: two essays can share half of all their runs only if most of both is the same
VERSION_CONTAINED = 0.5  # of the shorter one's runs stand in the other: more than a quotation or a repeated passage
EXCERPT_CONTAINED = 0.8  # where one is less than half of the other: an excerpt is verbatim, a post that quotes is not
BOILERPLATE = 4  # unlike essays that hold a run make it boilerplate (a site's footer, a motto), which proves nothing

COLUMNS = ("doc_id", "family", "representative", "similarity", "containment")


def group_essays(pages: pd.DataFrame) -> pd.DataFrame:
    """Group the pages whose essays are versions of one essay.

    Parameters
    ----------
    pages : DataFrame
        Columns doc_id (unique), essay, date (ISO 8601 or missing); any order.

    Returns
    -------
    DataFrame
        One row a page, sorted by doc_id: doc_id, family (12 hexadecimal digits from the representative's words),
        representative (bool, one a family), similarity (Jaccard of three-word runs with the representative) and
        containment (share of the shorter one's runs in the other), both from 0 to 1.
    """
    table = pages.sort_values("doc_id", kind="stable").reset_index(drop=True)
    texts = [tuple(words(essay)) for essay in table["essay"]]
    long_enough = [text if len(text) >= MIN_WORDS else () for text in texts]
    hashes, offsets = hash_runs(long_enough, RUN)
    root = join_pairs(len(texts), map(tuple, _version_pairs(hashes, offsets).tolist()))
    dates = [str(date) if isinstance(date, str) and date else "~" for date in table["date"]]  # "~": after every date
    order = sorted(range(len(texts)), key=lambda i: (-len(texts[i]), dates[i], table["doc_id"][i]))
    chosen: dict[int, int] = {}
    for i in order:
        chosen.setdefault(root[i], i)
    best = np.array([chosen[r] for r in root], dtype=np.int64)
    own = np.arange(len(texts))
    jaccard, contained = overlap(hashes, offsets, np.stack([own, best], axis=1))
    alone = own == best
    rows = {
        "doc_id": table["doc_id"],
        "family": [family_id(texts[b]) if long_enough[b] else table["doc_id"][b] for b in best],
        "representative": alone,
        "similarity": np.where(alone, 1.0, jaccard),
        "containment": np.where(alone, 1.0, contained),
    }
    return pd.DataFrame(rows, columns=list(COLUMNS))


def family_id(text: tuple[str, ...]) -> str:
    """Twelve hexadecimal digits from the words of a family's representative."""
    return hashlib.sha256(" ".join(text).encode()).hexdigest()[:12]


def _version_pairs(hashes: NDArray[np.uint64], offsets: NDArray[np.int64]) -> Pairs:
    pairs = propose_shared(hashes, offsets, least=LEAST_SHARED)
    jaccard, _ = overlap(hashes, offsets, pairs)
    alike = pairs[jaccard >= VERSION_JACCARD]
    kept_hashes, kept_offsets = _without_boilerplate(hashes, offsets, alike)
    _, contained = overlap(kept_hashes, kept_offsets, pairs)
    sizes = np.diff(kept_offsets)[pairs]
    short, long = sizes.min(axis=1, initial=2**31), sizes.max(axis=1, initial=0)
    enough = np.where(short * 2 >= long, VERSION_CONTAINED, EXCERPT_CONTAINED)
    return np.concatenate([alike, pairs[(contained >= enough) & (short >= MIN_WORDS - RUN + 1)]])


def _without_boilerplate(
    hashes: NDArray[np.uint64], offsets: NDArray[np.int64], alike: Pairs
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Leave out the runs that stand in several essays which are not alike as wholes."""
    count = len(offsets) - 1
    kind = np.array(join_pairs(count, map(tuple, alike.tolist())), dtype=np.int64)
    owner = np.repeat(np.arange(count), np.diff(offsets))
    _, column = np.unique(hashes, return_inverse=True)
    holders = np.unique(np.stack([column, kind[owner]], axis=1), axis=0)[:, 0]
    keep = np.bincount(holders, minlength=int(column.max(initial=-1)) + 1)[column] < BOILERPLATE
    counts = np.bincount(owner[keep], minlength=count)
    return hashes[keep], np.concatenate([[0], np.cumsum(counts)])
