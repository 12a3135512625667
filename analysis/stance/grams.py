"""Short runs of words as features: which are worth keeping, and how a comment is written in them.

Only runs that readers of many different blogs use are kept, so that the model learns how people comment and not what
one blog is about; words that sign comments are left out, so that no commenter's name enters the model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

LONGEST = 3  # words in a run
FIRST_WORDS = 400  # of a comment that are looked at
START, END = "^", "$"  # mark where a comment begins and ends


def grams_of(found: Sequence[str]) -> set[str]:
    """Runs of one to three words of a comment, with marks for its beginning and end.

    Examples
    --------
    >>> sorted(grams_of(["well", "said"]))
    ['^ well', '^ well said', 'said', 'said $', 'well', 'well said', 'well said $']
    """
    row = [START, *found[:FIRST_WORDS], END]
    runs = {*found[:FIRST_WORDS]}
    for n in range(2, LONGEST + 1):
        runs.update(map(" ".join, zip(*(row[i:] for i in range(n)), strict=False)))
    return runs


@dataclass(frozen=True)
class Grams:
    """The runs a model knows and how rare each is.

    Attributes
    ----------
    runs : tuple of str
        Sorted.
    idf : tuple of float
        ln((1 + comments) / (1 + comments with the run)) + 1.
    scale : float
        Length of a comment's row after weighting; it sets how much the runs weigh beside the features.
    """

    runs: tuple[str, ...]
    idf: tuple[float, ...]
    scale: float
    _place: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._place.update({run: i for i, run in enumerate(self.runs)})

    def matrix(self, comments: Iterable[Sequence[str]]) -> sparse.csr_matrix:
        """Comments in runs, shape (comments, runs); each row has length ``scale``, or 0 where no run is known."""
        place, idf = self._place, self.idf
        indices: list[int] = []
        values: list[float] = []
        starts = [0]
        for found in comments:
            here = sorted(place[g] for g in place.keys() & grams_of(found))
            weights = [idf[j] for j in here]
            norm = math.sqrt(sum(v * v for v in weights)) or 1.0
            indices += here
            values += [self.scale * v / norm for v in weights]
            starts.append(len(indices))
        return sparse.csr_matrix(
            (np.array(values), np.array(indices, dtype=int), np.array(starts)), shape=(len(starts) - 1, len(self.runs))
        )


def choose_grams(
    comments: Sequence[Sequence[str]], blogs: Sequence[str], *, min_blogs: int, scale: float, leave_out: frozenset[str]
) -> Grams:
    """Choose the runs that stand under at least ``min_blogs`` different blogs and hold no word of ``leave_out``."""
    where: dict[str, set[str]] = {}
    count: dict[str, int] = {}
    for found, blog in zip(comments, blogs, strict=True):
        for gram in grams_of(found):
            where.setdefault(gram, set()).add(blog)
            count[gram] = count.get(gram, 0) + 1
    kept = sorted(g for g, b in where.items() if len(b) >= min_blogs and not leave_out.intersection(g.split()))
    idf = tuple(round(math.log((1 + len(comments)) / (1 + count[g])) + 1, 4) for g in kept)
    return Grams(tuple(kept), idf, scale)
