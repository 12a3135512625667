"""Pieces of words as features: how a comment sounds, where its words are misspelt, inflected or too rare to count.

As with runs of words, only pieces that readers of many different blogs use are kept, and no piece that is a whole word
of commenters' names.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

SHORTEST, LONGEST = 2, 4  # characters; the blank before and after a word counts as one
FIRST_WORDS = 400  # of a comment that are looked at
LONGEST_WORD = 40  # characters of a word that are looked at; longer ones are codes and drawn-out letters
REMEMBERED = 100_000  # words whose pieces are kept at hand


def pieces_of(word: str) -> list[str]:
    """Pieces of two to four characters of a word set between blanks, in reading order.

    Examples
    --------
    >>> pieces_of("ah!")
    [' a', 'ah', 'h!', '! ', ' ah', 'ah!', 'h! ', ' ah!', 'ah! ']
    """
    set_off = f" {word[:LONGEST_WORD]} "
    return [set_off[i : i + n] for n in range(SHORTEST, LONGEST + 1) for i in range(len(set_off) - n + 1)]


def tokens_of(text: str) -> list[str]:
    """What stands between blanks, in small letters, marks and all.

    Examples
    --------
    >>> tokens_of("Well said!")
    ['well', 'said!']
    """
    return text.lower().split(None, FIRST_WORDS)[:FIRST_WORDS]


@dataclass(frozen=True)
class Pieces:
    """The pieces a model knows and how rare each is.

    Attributes
    ----------
    pieces : tuple of str
        Sorted.
    idf : array, shape (pieces,)
        ln((1 + comments) / (1 + comments with the piece)) + 1.
    """

    pieces: tuple[str, ...]
    idf: np.ndarray
    _place: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _known: dict[str, np.ndarray] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._place.update({piece: i for i, piece in enumerate(self.pieces)})

    def places(self, token: str) -> np.ndarray:
        """Places of a token's known pieces, in reading order."""
        found = self._known.get(token)
        if found is None:
            found = np.array([self._place[p] for p in pieces_of(token) if p in self._place], dtype=np.intp)
            if (
                len(token) <= LONGEST_WORD and len(self._known) < REMEMBERED
            ):  # a memory, not a state: it only saves cutting the same word twice
                self._known[token] = found
        return found

    def matrix(self, texts: Iterable[str]) -> sparse.csr_matrix:
        """Comments in pieces, shape (comments, pieces): (1 + ln count) times idf, each row of length 1 or 0."""
        indices, values, starts = [np.zeros(0, dtype=np.intp)], [np.zeros(0)], [0]
        for text in texts:
            tokens = tokens_of(text)
            every = np.concatenate([self.places(t) for t in tokens]) if tokens else indices[0]
            here, count = np.unique(every, return_counts=True)
            weight = (1 + np.log(count)) * self.idf[here]
            indices.append(here)
            values.append(weight / (math.sqrt(float(weight @ weight)) or 1.0))
            starts.append(starts[-1] + len(here))
        shape = (len(starts) - 1, len(self.pieces))
        return sparse.csr_matrix((np.concatenate(values), np.concatenate(indices), np.array(starts)), shape=shape)


def choose_pieces(texts: Sequence[str], blogs: Sequence[str], *, min_blogs: int, leave_out: frozenset[str]) -> Pieces:
    """Choose the pieces that stand under at least ``min_blogs`` different blogs and are no word of ``leave_out``."""
    where: dict[str, set[str]] = {}
    count: Counter[str] = Counter()
    for text, blog in zip(texts, blogs, strict=True):
        found = {p for token in set(tokens_of(text)) for p in pieces_of(token)}
        count.update(found)
        for piece in found:
            where.setdefault(piece, set()).add(blog)
    kept = sorted(p for p, b in where.items() if len(b) >= min_blogs and p.strip() not in leave_out)
    idf = np.array([round(math.log((1 + len(texts)) / (1 + count[p])) + 1, 4) for p in kept])
    return Pieces(tuple(kept), idf)
