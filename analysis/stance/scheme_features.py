"""What a label scheme looks at beside the room's features: pieces of words, and how a comment stands to the others.

Unlike the shipped model's runs of words, these come from one project's comments and are kept with the scheme: its file
holds words of the comments, and is to be treated like them.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from analysis.stance.features import TEXT_CHARACTERS
from analysis.text import clean_text

WORD_RUNS, PIECES = (1, 2), (3, 6)  # lengths of the runs of words and of the pieces of words
FEWEST_WORDS, FEWEST_PIECES = 2, 3  # comments one must stand in
WEIGHT = 6.0  # length of a comment's row of runs, and of pieces, beside standardised features
KEYWORD_LINE = 8  # words of the longest line that is taken for a list of search words
SMALLEST = 20  # bytes; a shorter text is not judged by how it can be packed
_TELEPHONE = re.compile(r"\d{3}[-. )]*\d{3}[-. ]*\d{3,4}|\d{7,}")
_CLOSED = re.compile(r"[.!?:,;)]$")
_MENTION = re.compile(r"(?<!\w)@\w")
NAMES = (
    "length in characters",
    "times the same text is in the table",
    "share of words no other comment has",
    "mean rarity of words among the comments",
    "share of lines that are search words",
    "closes with a line of search words",
    "mentions of someone",
    "telephone number",
    "share of different words",
    "how far it can be packed",
)


@dataclass(frozen=True)
class Others:
    """The comments a scheme was trained among: in how many each word stands.

    Attributes
    ----------
    texts : int
    frequency : mapping of str to int
        Words that stand in two comments or more.
    """

    texts: int
    frequency: Mapping[str, int]


def plain_text(row: Mapping[str, Any]) -> str:
    """A comment's text as the scheme reads it: look-alike and invisible signs made plain, cut at the room's length."""
    return clean_text((row.get("text") or "")[:TEXT_CHARACTERS]).strip()


def with_titles(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Comments whose essay is not at hand with its title in its place, so that what they take up can be seen."""
    return [{**row, "parent_text": row.get("parent_text") or row.get("parent_title")} for row in rows]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def count_others(texts: Sequence[str]) -> Others:
    """Count the words of a table of comments."""
    counts = Counter(w for text in texts for w in set(_words(text)))
    return Others(len(texts), {w: n for w, n in sorted(counts.items()) if n > 1})


def describe_among(texts: Sequence[str], others: Others, *, inside: bool) -> np.ndarray:
    """How comments stand to the others, and what their form shows of being made to be found.

    Parameters
    ----------
    texts : sequence of str
        All comments of the table, as ``plain_text`` gives them.
    others : Others
    inside : bool
        Whether these comments are among the others; each then does not count itself.

    Returns
    -------
    array, shape (comments, len(NAMES))
    """
    same = Counter(" ".join(_words(t)) for t in texts)
    return np.array([_describe(t, same, others, int(inside)) for t in texts], dtype=float).reshape(-1, len(NAMES))


def _describe(text: str, same: Mapping[str, int], others: Others, own: int) -> list[float]:
    found = _words(text)
    n = max(1, len(found))
    # A word that is not kept stands in one comment at most: in this one, where it is among the others.
    known = [max(0, others.frequency.get(w, own) - own) for w in found]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    bare = [len(line.split()) <= KEYWORD_LINE and not _CLOSED.search(line) for line in lines]
    data = text.encode()
    return [
        math.log1p(len(text)),
        math.log1p(same[" ".join(found)] - 1),
        sum(k == 0 for k in known) / n,
        sum(math.log((others.texts + 1) / (k + 1)) for k in known) / n,
        sum(bare) / max(1, len(lines)),
        float(len(lines) > 1 and bare[-1]),
        math.log1p(len(_MENTION.findall(text))),
        float(_TELEPHONE.search(text) is not None),
        len(set(found)) / n,
        len(zlib.compress(data)) / max(SMALLEST, len(data)),
    ]


@dataclass(frozen=True)
class Pieces:
    """Runs of words and pieces of words a scheme knows, and how rare each is; both sorted."""

    runs: tuple[str, ...]
    run_idf: tuple[float, ...]
    pieces: tuple[str, ...]
    piece_idf: tuple[float, ...]

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Comments in runs and pieces, shape (comments, runs + pieces); tf-idf with logarithmic counts."""
        words, characters = _vectorizers(self.runs, self.pieces)
        parts = []
        for vectorizer, known, idf in ((words, self.runs, self.run_idf), (characters, self.pieces, self.piece_idf)):
            if not known:
                parts.append(sparse.csr_matrix((len(texts), 0)))
                continue
            vectorizer.idf_ = np.array(idf)
            parts.append(vectorizer.transform(texts) * WEIGHT)
        return sparse.hstack(parts).tocsr()


def _vectorizers(runs: Sequence[str] | None, pieces: Sequence[str] | None) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    few = {"min_df": FEWEST_WORDS} if runs is None else {"vocabulary": list(runs)}
    words = TfidfVectorizer(ngram_range=WORD_RUNS, sublinear_tf=True, **few)
    few = {"min_df": FEWEST_PIECES} if pieces is None else {"vocabulary": list(pieces)}
    return words, TfidfVectorizer(analyzer="char_wb", ngram_range=PIECES, sublinear_tf=True, **few)


def choose_pieces(texts: Sequence[str]) -> Pieces:
    """Choose runs of one or two words in two comments or more, and pieces of three to six signs in three or more."""
    found: list[tuple[tuple[str, ...], tuple[float, ...]]] = []
    for vectorizer in _vectorizers(None, None):
        try:
            vectorizer.fit(texts)
        except ValueError:  # nothing stands in so many comments
            found.append(((), ()))
            continue
        names = vectorizer.get_feature_names_out()
        found.append((tuple(map(str, names)), tuple(np.round(vectorizer.idf_, 4).tolist())))
    return Pieces(*found[0], *found[1])
