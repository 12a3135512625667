"""How much of a fitted model's topics is in documents that it has not seen: all at once, or streamed in bounded memory.

Topics stay as they are. Which answer is due hangs on what made the model: a "mixture" model gives each text to one
topic with some probability, any other mixes topics in a text as LDA does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.errors import TopicError
from analysis.topics.mixture import MixtureEngine
from analysis.topics.model import Floats, TopicModel
from analysis.topics.variational import ROUNDS, THRESHOLD, e_step, expected_weights

CHUNK = 4096  # documents held at once: of essays some megabytes, and enough for whole blocks of one length
# Below this share of known words another language or another subject speaks, not these documents: a model fitted on
# other essays of one language knows a third and more of the words, one of another language a few in a hundred.
LEAST_KNOWN = 0.1
_LOOKED_AT = 2_000  # words of a stream after which the share of known ones is judged, not first at its end
_ALPHA = 0.3  # prior count of a topic in a document where the model's settings name none
_SINGLE = 1e-4  # threshold from which single precision, wrong by 1e-5 of a document's words, is precise enough
_LEAST = 1e-12  # in place of a probability of 0, which would forbid a topic for one word


@dataclass(frozen=True, eq=False)
class Inferred:
    """What a model says of documents that it was given.

    Attributes
    ----------
    mixtures : ndarray, shape (n, K)
        Share of each topic in each document, in the order given; rows sum to 1.
    known : ndarray of int, shape (n,)
        Words of each document that the model knows; the others count for nothing.
    tokens : int
        Words in the documents, known or not.
    """

    mixtures: Floats
    known: npt.NDArray[np.int64]
    tokens: int

    @property
    def has_words(self) -> npt.NDArray[np.bool_]:
        """False for a document without a word that the model knows: its mixture is uniform and says nothing."""
        return self.known > 0

    @property
    def unknown(self) -> int:
        """Words in the documents that the model does not know."""
        return self.tokens - int(self.known.sum())

    @property
    def note(self) -> str:
        """What was left out, in a sentence."""
        empty = int((self.known == 0).sum())
        share = f" ({self.unknown / self.tokens:.0%})" if self.tokens else ""
        return (
            f"Of {self.tokens:,} words {self.unknown:,}{share} are not among the model's and count for nothing; of "
            f"{len(self.known):,} documents {empty:,} have no word left, and their mixtures say nothing."
        )


def infer_mixtures(
    model: TopicModel, documents: Sequence[Sequence[str]], *, rounds: int = ROUNDS, threshold: float = THRESHOLD
) -> Inferred:
    """Say how much of each topic is in documents, new ones or the model's own.

    Parameters
    ----------
    model : TopicModel
        Fitted or loaded.
    documents : sequence of sequence of str
        Words of each document, made as those of the model were (same tokenizer, lemmas and stop words).
    rounds, threshold
        As in ``e_step``; a "mixture" model needs neither.

    Returns
    -------
    Inferred
        A document's mixture is the same, bit for bit, whatever other documents are given with it.

    Raises
    ------
    TopicError
        If the model knows less than a tenth of the words, or a document is no list of words.

    Notes
    -----
    The model's own documents come out close to ``model.mixtures``, not equal to them: what a fit knows of each word's
    uncertainty is kept only as far as its settings tell. New themes cannot show: their words are unknown, and the
    known rest is shared among the topics there are. Watch ``unknown``.

    Examples
    --------
    >>> from analysis.topics import fit_topics
    >>> garden, radio = "garden seed volunteer rota".split(), "radio studio mast signal".split()
    >>> model = fit_topics([garden, garden[:3], garden[1:], radio, radio[:3], radio[1:]], number=2, seed=1)
    >>> found = infer_mixtures(model, [["seed", "garden", "wave"], ["radio"], []])
    >>> (found.mixtures.max(axis=1) > 0.6).tolist(), found.unknown, found.has_words.tolist()
    ([True, True, False], 1, [True, True, False])
    """
    given = list(documents)
    parts = list(stream_mixtures(model, given, chunk=max(1, len(given)), rounds=rounds, threshold=threshold))
    return parts[0] if parts else Inferred(np.zeros((0, model.number)), np.zeros(0, dtype=np.int64), 0)


def stream_mixtures(
    model: TopicModel,
    documents: Iterable[Sequence[str]],
    *,
    chunk: int = CHUNK,
    rounds: int = ROUNDS,
    threshold: float = THRESHOLD,
) -> Iterator[Inferred]:
    """Say how much of each topic is in documents that need not fit in memory, some at a time.

    Parameters
    ----------
    model : TopicModel
    documents : iterable of sequence of str
        Read once, ``chunk`` documents ahead at most.
    chunk : int
        Documents an answer covers, at least 1. It changes no mixture.
    rounds, threshold
        As in ``e_step``.

    Yields
    ------
    Inferred
        Of the next ``chunk`` documents, in the order given.

    Raises
    ------
    TopicError
        As ``infer_mixtures``; that the model knows too few words is said after 2,000 words, or at the end.
    """
    if chunk < 1:
        raise TopicError(f"Documents are read {chunk} at a time; ask for 1 or more.")
    column = Columns((word, number) for number, word in enumerate(model.vocabulary))
    infer = _inference(model, rounds, threshold)
    stream = iter(documents)
    read = tokens = unknown = 0
    while some := list(islice(stream, chunk)):
        counts, known, found = count_known(some, column, first=read)
        read, tokens, unknown = read + len(some), tokens + found, unknown + found - int(known.sum())
        if tokens >= _LOOKED_AT:
            _check_known(tokens, unknown)
        mixtures = infer(counts)
        mixtures[known == 0] = 1 / model.number
        yield Inferred(mixtures, known, found)
    _check_known(tokens, unknown)


class Columns(dict[str, int]):
    """The place of each word of a vocabulary; -1 for any other."""

    def __missing__(self, word: object) -> int:
        return -1 if isinstance(word, str) else self.get(str(word), -1)


def count_known(
    documents: Sequence[Sequence[str]], column: Columns, *, first: int = 0
) -> tuple[sparse.csr_matrix, npt.NDArray[np.int64], int]:
    """Count the words of documents that stand in a vocabulary.

    Parameters
    ----------
    documents : sequence of sequence of str
    column : Columns
        Place of each of V words.
    first : int
        Number of the first document, for the sentence of an error.

    Returns
    -------
    counts : csr_matrix, shape (n, V)
        One row a document, in the order given.
    known : ndarray of int, shape (n,)
        Words of each document that stand in the vocabulary: the sums of the rows.
    tokens : int
        Words in the documents, known or not.

    Raises
    ------
    TopicError
        If a document is no list of words.

    Examples
    --------
    >>> counts, known, tokens = count_known([["b", "a", "b", "c"], []], Columns({"a": 0, "b": 1}))
    >>> counts.toarray().tolist(), known.tolist(), tokens
    ([[1.0, 2.0], [0.0, 0.0]], [3, 0], 4)
    """
    for place, document in enumerate(documents, first + 1):
        check_document(document, place)
    ends = np.cumsum([0, *map(len, documents)])
    try:
        columns = np.fromiter(map(column.__getitem__, chain.from_iterable(documents)), np.int32, count=int(ends[-1]))
    except TypeError as error:
        raise TopicError(f"Words are to be strings, and some are not ({error}); cut texts into words first.") from error
    stands = columns >= 0
    starts = np.concatenate([[0], np.cumsum(stands)])[ends]
    parts = (np.ones(int(starts[-1])), columns[stands], starts)
    counts = sparse.csr_matrix(parts, shape=(len(documents), len(column)))
    counts.sum_duplicates()
    return counts, np.diff(starts), int(ends[-1])


def check_document(document: object, place: int) -> None:
    """Refuse a document that is no list of words: a text would be read letter by letter.

    Raises
    ------
    TopicError
        With the document's place, counted from 1.
    """
    if isinstance(document, str | bytes) or not isinstance(document, Collection):
        raise TopicError(
            f"Document {place} is no list of words but {type(document).__name__} ({str(document)[:40]!r}); cut texts "
            "into words first (analysis.tokens), for a model those as its own were (study.topics.documents)."
        )


def _check_known(tokens: int, unknown: int) -> None:
    if tokens and tokens - unknown < LEAST_KNOWN * tokens:
        raise TopicError(
            f"The topic model knows {tokens - unknown:,} of the documents' {tokens:,} words, fewer than "
            f"{LEAST_KNOWN:.0%}: it was fitted on another language or subject, or on words cut or lemmatised "
            "otherwise. Prepare the documents as the model's were, or fit topics on them."
        )


def _inference(model: TopicModel, rounds: int, threshold: float) -> Callable[[sparse.csr_matrix], Floats]:
    """Give the way from counts to mixtures that suits what made the model."""
    if model.engine == MixtureEngine.name:
        return partial(_choose_topic, *_log_chances(model))
    weights, alpha = topic_weights(model), model.settings.get("alpha", _ALPHA)
    if threshold >= _SINGLE:
        weights = weights.astype(np.float32)

    def mix(counts: sparse.csr_matrix) -> Floats:
        gamma, _ = e_step(counts, weights, alpha, rounds=rounds, threshold=threshold, collect=False)
        return np.asarray(gamma / gamma.sum(axis=1, keepdims=True))

    return mix


def topic_weights(model: TopicModel) -> Floats:
    """Give the weights of words in topics from which LDA infers mixtures, as near to the fit's as its settings allow.

    Parameters
    ----------
    model : TopicModel

    Returns
    -------
    ndarray, shape (K, V)
        ``expected_weights`` where the settings name ``eta`` (each topic's count of words is then its prevalence times
        ``tokens_fitted``, or ``tokens``), else the probabilities themselves.
    """
    if model.settings.get("eta") is None or _tokens(model) is None:
        return model.topic_word
    return expected_weights(np.maximum(model.topic_word * topic_sizes(model)[:, None], _LEAST))


def topic_sizes(model: TopicModel) -> Floats:
    """Give how many words each topic was fitted on, its prior's included, as near as the settings tell (K)."""
    eta, tokens = model.settings.get("eta", 0.0), _tokens(model) or len(model.ids)
    return np.asarray(len(model.vocabulary) * float(eta) + model.prevalence * float(tokens))


def _tokens(model: TopicModel) -> int | None:
    """Words the fit saw."""
    found: int | None = model.settings.get("tokens_fitted", model.settings.get("tokens"))
    return found


def _log_chances(model: TopicModel) -> tuple[Floats, Floats]:
    """Logarithms of how many texts each topic has (K) and of its words' probabilities (V, K), as the fit had them."""
    size = model.mixtures[model.has_words].sum(axis=0) + 1
    return np.log(size / size.sum()), np.ascontiguousarray(np.log(np.maximum(model.topic_word, _LEAST)).T)


def _choose_topic(sizes: Floats, words: Floats, counts: sparse.csr_matrix) -> Floats:
    """Probability that each topic made the text: the posterior of a mixture of multinomials (Nigam et al. 2000)."""
    likelihood = sizes + counts @ words
    shares = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
