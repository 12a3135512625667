"""Word vectors: words that keep the same company lie near each other. Trained on the texts, or read from a file.

A corpus of some dozen essays is too small for good vectors: what they say of single words is shaky, of sums of many
words less so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from analysis.errors import TopicError, one_of
from analysis.records import package_versions
from analysis.topics.grouping import unit_rows
from analysis.topics.model import Floats

DIMENSIONS = 200  # at most; a corpus of few words has fewer
METHODS = ("ppmi", "word2vec")
WINDOW = 5  # words on either side, as is usual
FEWEST = 2  # occurrences: a word met once has the company of one sentence
SMOOTHING = 0.75  # of the contexts' shares: keeps rare contexts from looking special (Levy, Goldberg & Dagan 2015)
EPOCHS = 20  # of word2vec: small corpora need more than gensim's five
_POWER = 0.5  # of the singular values, after the same: the last ones are noise
_DENSE = 600  # words up to which the whole table is taken apart: the solver for large ones stumbles over small ones
_FEWEST_WORDS = 10  # types; below, there is no company to speak of
Documents = Sequence[Sequence[str]]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Words and their directions.

    Attributes
    ----------
    vocabulary : tuple of str
        Sorted.
    vectors : ndarray, shape (V, dimensions)
        Rows of length 1, in the order of the vocabulary.
    settings : mapping
        How they were made, with versions.
    """

    vocabulary: tuple[str, ...]
    vectors: Floats
    settings: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.vectors.shape[0] != len(self.vocabulary):
            raise ValueError(f"{len(self.vocabulary)} words need as many vectors; found {self.vectors.shape[0]}.")
        self.vectors.setflags(write=False)
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))

    @property
    def places(self) -> dict[str, int]:
        """Row of each word."""
        return {word: row for row, word in enumerate(self.vocabulary)}


def train_vectors(
    documents: Documents, *, seed: int, method: str = "ppmi", dimensions: int = DIMENSIONS
) -> WordVectors:
    """Learn word vectors from texts.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens in reading order; the order of the documents matters to word2vec only.
    seed : int
        Of word2vec; ``"ppmi"`` leaves nothing to chance.
    method : {"ppmi", "word2vec"}
    dimensions : int
        At most; one less than there are words.

    Returns
    -------
    WordVectors
        Of the words that occur at least twice.

    Raises
    ------
    TopicError
        If there is no such method, or there are too few words.

    Notes
    -----
    ``"ppmi"``: positive pointwise mutual information of words within five words of each other, contexts smoothed by
    .75, its singular vectors times the root of their values (Levy & Goldberg 2014; Levy, Goldberg & Dagan 2015).
    ``"word2vec"``: gensim's skip-gram with negative sampling (Mikolov et al. 2013), one worker and a fixed seed, so
    that it is the same on every run. The first is the default, as nothing in it is left to chance: neither a seed nor
    the order of the texts moves it.
    """
    if method not in METHODS:
        raise TopicError(one_of("way to train word vectors", method, METHODS))
    methods = dict(zip(METHODS, (_ppmi, _word2vec), strict=True))
    counts = Counter(word for document in documents for word in document)
    vocabulary = tuple(sorted(word for word, count in counts.items() if count >= FEWEST))
    if len(vocabulary) < _FEWEST_WORDS:
        raise TopicError(
            f"Word vectors need at least {_FEWEST_WORDS} words that occur twice; there are {len(vocabulary)}. "
            "Give more texts, or vectors of your own."
        )
    size = min(dimensions, len(vocabulary) - 1)
    made: Callable[..., Floats] = methods[method]
    settings = {"method": method, "dimensions": size, "window": WINDOW, "seed": seed}
    versions = package_versions(("gensim", "numpy", "scipy"))
    return WordVectors(
        vocabulary, unit_rows(made(documents, vocabulary, size, seed)), {**settings, "versions": versions}
    )


def _ppmi(documents: Documents, vocabulary: tuple[str, ...], size: int, seed: int) -> Floats:
    place = {word: row for row, word in enumerate(vocabulary)}
    rows: list[int] = []
    columns: list[int] = []
    for document in documents:
        known = [place.get(word, -1) for word in document]
        for here, word in enumerate(known):
            if word >= 0:
                company = [c for c in known[here + 1 : here + 1 + WINDOW] if c >= 0 and c != word]
                rows += [word] * len(company)
                columns += company
    half = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(vocabulary), len(vocabulary)))
    counts = (half + half.T).tocoo()
    words = np.asarray(counts.sum(axis=1)).ravel()
    contexts = words**SMOOTHING
    expected = words[counts.row] * contexts[counts.col] / max(contexts.sum(), 1.0)
    counts.data = np.maximum(0.0, np.log(counts.data / np.maximum(expected, 1e-12)))
    left, values = _largest(counts.tocsr(), size)
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(size)])
    return np.asarray(left * np.where(signs == 0, 1.0, signs) * values**_POWER)


def _largest(table: sparse.csr_matrix, size: int) -> tuple[Floats, Floats]:
    """Left singular vectors of a table and their values, the largest first; nothing is left to chance."""
    if table.shape[0] <= _DENSE:
        left, values, _ = np.linalg.svd(table.toarray())
    else:
        start = np.random.default_rng(0).normal(size=table.shape[0])  # else the solver draws one, another on every call
        left, values, _ = svds(table, k=size, v0=start)
    order = np.argsort(-values, kind="stable")[:size]
    return left[:, order], values[order]


def _stable_hash(word: str) -> int:
    """The same number for a word on every run, whatever ``PYTHONHASHSEED`` says."""
    return int.from_bytes(word.encode()[:8].ljust(8, b"\0"), "big")


def _word2vec(documents: Documents, vocabulary: tuple[str, ...], size: int, seed: int) -> Floats:
    from gensim.models import Word2Vec

    model = Word2Vec(
        sentences=[list(document) for document in documents],
        vector_size=size,
        window=WINDOW,
        min_count=FEWEST,
        sg=1,
        epochs=EPOCHS,
        sample=0,  # content words only: none is so frequent that it should be thinned out
        workers=1,  # with more, threads race and no two runs agree
        seed=seed,
        hashfxn=_stable_hash,
    )
    return np.asarray(model.wv[list(vocabulary)], dtype=np.float64)


def load_vectors(path: str | Path) -> WordVectors:
    """Read word vectors from a text file: a line with their number and size, then a word and its numbers a line.

    Parameters
    ----------
    path : str or Path
        In word2vec's text format; ``.gz`` is read too.

    Returns
    -------
    WordVectors
        Words in lower case; of those that then are alike the first.

    Raises
    ------
    TopicError
        If there is no such file, or it is laid out otherwise.
    """
    from gensim.models import KeyedVectors

    path = Path(path)
    try:
        read = KeyedVectors.load_word2vec_format(str(path), binary=False)
    except (OSError, ValueError, EOFError, UnicodeDecodeError, IndexError) as error:
        raise TopicError(
            f"The word vectors in {path.name} cannot be read ({error}). They are to be in word2vec's text format: a "
            "line with how many words and dimensions there are, then a word and its numbers a line."
        ) from error
    first: dict[str, int] = {}
    for row, word in enumerate(read.index_to_key):
        first.setdefault(str(word).lower(), row)
    vocabulary = tuple(sorted(first))
    vectors = np.asarray(read.vectors, dtype=np.float64)[[first[word] for word in vocabulary]]
    return WordVectors(
        vocabulary, unit_rows(vectors), {"method": "given", "file": path.name, "dimensions": vectors.shape[1]}
    )
