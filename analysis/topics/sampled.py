"""Topics of corpora too large to fit whole: fitted on a sample, then weighed in every document as it streams by.

The sample is drawn by content: each document's words, sorted, are hashed with the seed, and the documents of the
smallest hashes are taken. Every stretch of the corpus is so drawn from evenly, no text counts twice, and, unlike every
tenth document, the sample is the same in whatever order the documents come.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np

from analysis.errors import TopicError
from analysis.topics.infer import check_document, stream_mixtures
from analysis.topics.model import Floats, TopicModel

# From here on a fit on all would take minutes or a gigabyte. Below, nothing is sampled.
LARGE_DOCUMENTS = 60_000
LARGE_TOKENS = 4_000_000
# What is fitted then: 40,000 titles find 50 topics as well as twice as many do, in a quarter of a minute; 2,000,000
# words are 7,000 essays of 300 words.
SAMPLE_DOCUMENTS = 40_000
SAMPLE_TOKENS = 2_000_000
FEWEST_DOCUMENTS = 5  # of the sample that hold a word: below, it cannot carry a topic, only cost memory
MOST_WORDS = 20_000  # of the vocabulary, the most widespread; a table of word pairs is bounded by them
_ROWS = 10_000  # of mixtures reordered at once

Documents = Iterable[Sequence[str]]
Fit = Callable[[Sequence[Sequence[str]]], TopicModel]


@dataclass(frozen=True, eq=False)
class Sample:
    """Documents to fit topics on, and what they were drawn from.

    Attributes
    ----------
    documents : list of list of str
        In an order that hangs on their content alone; words that cannot carry a topic are left out.
    read, tokens : int
        Documents and words in the whole corpus.
    words_left_out : int
        Different words of the sample that too few of its documents hold, or that are beyond the most widespread.
    """

    documents: list[list[str]]
    read: int
    tokens: int
    words_left_out: int


def is_large(documents: Documents) -> bool:
    """Tell whether topics are to be fitted on a sample: of a stream always, of a list from 60,000 documents on.

    Parameters
    ----------
    documents : iterable of sequence of str

    Returns
    -------
    bool
        True too from 4,000,000 words on.

    Examples
    --------
    >>> is_large([["short", "text"]] * 100), is_large(["short", "text"] for _ in range(3))
    (False, True)
    """
    if not isinstance(documents, Sized):
        return True
    return len(documents) > LARGE_DOCUMENTS or sum(len(d) for d in documents if isinstance(d, Sized)) > LARGE_TOKENS


def draw_sample(
    documents: Documents, *, seed: int, most_documents: int = SAMPLE_DOCUMENTS, most_tokens: int = SAMPLE_TOKENS
) -> Sample:
    """Draw documents to fit topics on, reading the corpus once and holding the sample alone.

    Parameters
    ----------
    documents : iterable of sequence of str
    seed : int
    most_documents, most_tokens : int
        Bounds of the sample; the last document drawn may reach over the second.

    Returns
    -------
    Sample
        The same whatever the order of the documents and of their words.

    Raises
    ------
    TopicError
        If a document is no list of words, or no word stands in five of those drawn.

    Examples
    --------
    >>> sample = draw_sample([["seed", "rota", str(n)] for n in range(900)], seed=1, most_documents=200)
    >>> len(sample.documents), sample.documents[0], sample.read, sample.tokens, sample.words_left_out
    (200, ['rota', 'seed'], 900, 2700, 200)
    """
    drawn = _Lowest(most_documents, most_tokens)
    key = blake2b(repr(seed).encode(), digest_size=16).digest()
    read = tokens = 0
    for read, document in enumerate(documents, 1):
        check_document(document, read)
        words = sorted(map(str, document))
        tokens += len(words)
        if words:
            digest = blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=12, key=key).digest()
            drawn.offer(int.from_bytes(digest), words)
    found = drawn.sorted()
    holding = Counter(word for words in found for word in set(words))
    ranked = sorted((-count, word) for word, count in holding.items() if count >= FEWEST_DOCUMENTS)
    kept = {word for _, word in ranked[:MOST_WORDS]}
    if not kept:
        raise TopicError(
            f"No word stands in {FEWEST_DOCUMENTS} of the {len(found):,} documents drawn from {read:,}, so no topic "
            "can rest on any. Give longer or more documents, or check how they were cut into words."
        )
    trimmed = [[word for word in words if word in kept] for words in found]
    return Sample([words for words in trimmed if words], read, tokens, len(holding) - len(kept))


class _Lowest:
    """The documents of the smallest hashes so far, as few as reach one of two bounds."""

    def __init__(self, most_documents: int, most_tokens: int) -> None:
        self._most_documents, self._most_tokens = most_documents, most_tokens
        self._held: dict[int, list[str]] = {}
        self._largest: list[int] = []  # a heap of the hashes, negated
        self._tokens = 0

    def offer(self, digest: int, words: list[str]) -> None:
        """Take a document in, unless its hash is too large or its words are there already."""
        if digest in self._held or (self._full() and digest > -self._largest[0]):
            return
        self._held[digest] = words
        heapq.heappush(self._largest, -digest)
        self._tokens += len(words)
        while self._over():
            self._tokens -= len(self._held.pop(-heapq.heappop(self._largest)))

    def sorted(self) -> list[list[str]]:
        """The documents, by their hashes."""
        return [self._held[digest] for digest in sorted(self._held)]

    def _full(self) -> bool:
        return len(self._held) >= self._most_documents or self._tokens >= self._most_tokens

    def _over(self) -> bool:
        """Whether the document of the largest hash is not needed to reach a bound."""
        last = len(self._held[-self._largest[0]])
        return len(self._held) > self._most_documents or self._tokens - last >= self._most_tokens


def fit_sampled(
    documents: Documents,
    fit: Fit,
    *,
    seed: int,
    ids: Sequence[str] | None = None,
    most_documents: int = SAMPLE_DOCUMENTS,
    most_tokens: int = SAMPLE_TOKENS,
) -> TopicModel:
    """Fit topics on a sample of a large corpus and say how much of each is in every document.

    Parameters
    ----------
    documents : iterable of sequence of str
        A list, or an object that starts anew each time it is read; it is read twice and never held.
    fit : callable
        From the sample's documents to a model, e.g. ``fit_topics`` with its number of topics, seed and engine set.
    seed : int
        Of the draw.
    ids : sequence of str, optional
        Names of the documents, all different; numbered from 0 where absent.
    most_documents, most_tokens : int
        Bounds of the sample.

    Returns
    -------
    TopicModel
        Of all documents, topics numbered by their prevalence there. ``settings`` count the documents and words that the
        fit saw (``documents_fitted``, ``tokens_fitted``), the different words it left out (``words_left_out``) and how
        many words of the corpus are for that or another reason not in the vocabulary (``tokens_outside_vocabulary``).

    Raises
    ------
    TopicError
        If the documents can be read only once, change between readings, do not fit their ids, or bear no topics.

    Notes
    -----
    A theme of fewer than one document in some thousands may be missing from the sample, and then from the topics: fit
    such a part of the corpus by itself. The mixtures are those ``stream_mixtures`` gives, for the sample too, so that
    all documents are measured alike.
    """
    if iter(documents) is documents:
        raise TopicError(
            "The documents can be read only once, and a large corpus is read twice: give a list, or an object whose "
            "__iter__ starts anew each time (one that opens its file there)."
        )
    sample = draw_sample(documents, seed=seed, most_documents=most_documents, most_tokens=most_tokens)
    names = tuple(ids) if ids is not None else tuple(map(str, range(sample.read)))
    if len(names) != sample.read or len(set(names)) != len(names):
        raise TopicError(
            f"Each document needs a name of its own; found {sample.read} documents and {len(set(names))} different "
            "names. Give as many different ids as documents, or none."
        )
    return _weigh_all(fit(sample.documents), documents, sample, names)


def _weigh_all(model: TopicModel, documents: Documents, sample: Sample, names: tuple[str, ...]) -> TopicModel:
    """Give every document its mixture and number the topics by their prevalence among all."""
    mixtures, has_words = np.empty((len(names), model.number)), np.zeros(len(names), dtype=bool)
    weighed, place, unknown = np.zeros(model.number), 0, 0
    for part in stream_mixtures(model, documents):
        rows = slice(place, place + len(part.mixtures))
        place = rows.stop
        if place > len(names):
            break
        mixtures[rows], has_words[rows] = part.mixtures, part.has_words
        weighed += part.known @ part.mixtures
        unknown += part.unknown
    if place != len(names):
        raise TopicError(
            f"The corpus gave {len(names):,} documents when first read and {'more' if place > len(names) else place} "
            "when read again; give one that does not change while it is read."
        )
    prevalence = weighed / weighed.sum()
    order = sorted(range(model.number), key=lambda topic: (-round(float(prevalence[topic]), 6), model.words[topic]))
    _reorder(mixtures, order)
    return replace(
        model,
        words=tuple(model.words[topic] for topic in order),
        weights=tuple(model.weights[topic] for topic in order),
        topic_word=model.topic_word[order],
        mixtures=mixtures,
        prevalence=prevalence[order],
        has_words=has_words,
        ids=names,
        settings={**model.settings, **_settings(model, sample, has_words, unknown)},
    )


def _reorder(mixtures: Floats, order: list[int]) -> None:
    """Bring the columns into an order, a part at a time, for a second copy of all would double the memory."""
    for start in range(0, len(mixtures), _ROWS):
        mixtures[start : start + _ROWS] = mixtures[start : start + _ROWS][:, order]


def _settings(model: TopicModel, sample: Sample, has_words: np.ndarray, unknown: int) -> dict[str, int | str]:
    return {
        "sample": "documents of the smallest hashes of their words, each text once",
        "documents": sample.read,
        "documents_fitted": len(sample.documents),
        "documents_without_words": int((~has_words).sum()),
        "tokens": sample.tokens,
        "tokens_fitted": model.settings["tokens"],
        "tokens_outside_vocabulary": unknown,
        "words_left_out": sample.words_left_out,
        "fewest_documents": FEWEST_DOCUMENTS,
        "most_words": MOST_WORDS,
    }
