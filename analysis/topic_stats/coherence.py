"""Do a topic's words belong together, and to it alone? Coherence, diversity, exclusivity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.errors import TopicError
from analysis.topics import TopicModel

TOP = 10  # words a topic, as everywhere in the literature
WINDOW = 10  # words, the window of c_npmi in gensim and OCTIS, so that figures compare
_BLOCK = 4_000_000  # pairs of occurrences held before they are added up: some hundred megabytes
_EPSILON = 1e-12  # keeps the logarithm of a pair that never meets finite, as gensim does

Words = Sequence[Sequence[str]]
_Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PairCounts:
    """How often words, and pairs of words, stand in a window of a corpus; counted once, used for any set of topics.

    Attributes
    ----------
    vocabulary : dict of str to int
        Place of each word in ``together``.
    together : csr_matrix, shape (V, V)
        Windows that hold both words; on the diagonal, windows that hold the word.
    windows : int
        Windows of the whole corpus; an empty document counts as one.
    """

    vocabulary: dict[str, int]
    together: sparse.csr_matrix
    windows: int


def count_pairs(documents: Words, *, window: int = WINDOW, words: Iterable[str] | None = None) -> PairCounts:
    """Count in how many windows each word and each pair of words stand.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens in reading order; a window is so many consecutive tokens, or a shorter document as a whole.
    window : int
        10 for ``npmi_by_topic``, 110 for ``c_v_by_topic``. A window longer than the documents asks only whether two
        words share a document.
    words : iterable of str, optional
        Words to count, as the top words of all topics to be judged, which is quicker with a long window; by default
        every word.

    Returns
    -------
    PairCounts

    Notes
    -----
    As gensim 4 counts, so that figures compare: as the window slides, a word is let go when a copy of it leaves on the
    left, even if another copy is still inside; it counts again from the next copy that enters.
    """
    if window < 2:
        raise TopicError(f"A window of {window} word(s) holds no pair; give at least 2.")
    found = {word for document in documents for word in document}
    vocabulary = {word: n for n, word in enumerate(sorted(found if words is None else found & set(words)))}
    lengths = np.array([len(document) for document in documents], dtype=np.int64)
    windows = np.maximum(1, lengths - window + 1)
    column = np.array([vocabulary.get(word, -1) for document in documents for word in document], dtype=np.int64)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    place = np.arange(len(column)) - (np.cumsum(lengths) - lengths)[owner]
    owner, place, column = owner[column >= 0], place[column >= 0], column[column >= 0]
    first, last = _seen_in(owner * max(1, len(vocabulary)) + column, place, windows[owner], window)
    # places over all documents, so far apart that no window reaches from one document into the next
    far = place + owner * (int(lengths.max(initial=0)) + window)
    return PairCounts(vocabulary, _together(column, far, (first, last), window, len(vocabulary)), int(windows.sum()))


def _together(column: _Ints, place: _Ints, seen: tuple[_Ints, _Ints], window: int, different: int) -> sparse.csr_matrix:
    """Add up the windows that two occurrences share, over all occurrences within reach of each other."""
    first, last = seen
    shape = (different, different)
    times = np.maximum(0, last - first + 1).astype(float)
    total = sparse.csr_matrix((times, (column, column)), shape=shape)
    reach, waiting = np.arange(len(column)), 0
    parts: list[tuple[Floats, _Ints, _Ints]] = []
    for step in range(1, window):
        reach = reach[reach + step < len(column)]
        reach = reach[place[reach + step] - place[reach] < window]
        shared = np.minimum(last[reach], last[reach + step]) - np.maximum(first[reach], first[reach + step]) + 1
        one, both = reach[shared > 0], shared[shared > 0].astype(float)
        parts.append((np.tile(both, 2), column[np.append(one, one + step)], column[np.append(one + step, one)]))
        waiting += 2 * len(one)
        if waiting > _BLOCK or not len(reach) or step == window - 1:
            values, rows, columns = (np.concatenate(part) for part in zip(*parts, strict=True))
            total = total + sparse.csr_matrix((values, (rows, columns)), shape=shape)
            parts, waiting = [], 0
        if not len(reach):
            break
    return total


def _seen_in(same: _Ints, place: _Ints, windows: _Ints, window: int) -> tuple[_Ints, _Ints]:
    """Give the first and last window in which each occurrence stands for its word; none where last < first.

    ``same`` names word and document of each occurrence, ``place`` its place there, ``windows`` how many the document
    has. An occurrence stands for its word while it is the last copy inside, from its entry until an earlier copy that
    was inside with it leaves, or the next copy enters.
    """
    far = int(place.max(initial=0)) + window + 1
    order = np.argsort(same * far + place, kind="stable")
    key = (same * far + place)[order]
    earliest = key[np.searchsorted(key, np.maximum(key - window + 1, same[order] * far))] - same[order] * far
    following = np.full(len(key), np.iinfo(np.int64).max)
    again = np.flatnonzero(same[order][1:] == same[order][:-1])
    following[again] = place[order][again + 1] - window
    last = np.empty_like(place)
    last[order] = np.minimum(earliest, following)
    return np.maximum(0, place - window + 1), np.minimum(last, windows - 1)


def npmi_by_topic(topics: Words, pairs: PairCounts, *, top: int = TOP) -> Floats:
    """Say how much the top words of each topic keep each other's company in the texts.

    Parameters
    ----------
    topics : sequence of sequence of str
        Words of each topic, best first.
    pairs : PairCounts
        From the corpus the topics are judged on.
    top : int
        Words looked at.

    Returns
    -------
    ndarray, shape (K,)
        Mean over pairs of ``ln(p(v,w) / (p(v) p(w))) / -ln p(v,w)``, from -1 (never together) over 0 (by chance) to 1
        (always together); higher = more coherent. NaN for a topic with fewer than two words of the corpus.

    Notes
    -----
    Normalised pointwise mutual information (Bouma 2009), as topic coherence by Aletras & Stevenson (2013); equal to
    gensim's ``c_npmi``. It rewards rare words that always come together: compare models on the same corpus only, and do
    not choose the number of topics by it (Hoyle et al. 2021 found it says little about what readers think).
    """
    known = [[pairs.vocabulary[word] for word in topic if word in pairs.vocabulary][:top] for topic in topics]
    return np.array([_mean_npmi(pairs.together[topic][:, topic].toarray() / pairs.windows) for topic in known])


def _mean_npmi(shares: Floats) -> float:
    """Mean over the pairs of one topic; ``shares`` holds p(v,w), and p(v) on its diagonal."""
    if len(shares) < 2:
        return float("nan")
    return float(np.mean(npmi_matrix(shares)[np.tril_indices(len(shares), -1)]))


def npmi_matrix(shares: Floats) -> Floats:
    """Normalised pointwise mutual information of every two words, and of each with itself on the diagonal.

    Parameters
    ----------
    shares : ndarray, shape (n, n)
        Share of the windows that hold both words; on the diagonal, that hold the word.

    Returns
    -------
    ndarray, shape (n, n)
        From -1 to 1; a pair that never meets is counted as met in a share of 1e-12, as gensim does.
    """
    single = np.diag(shares)
    return np.asarray(np.log((shares + _EPSILON) / np.outer(single, single)) / -np.log(shares + _EPSILON))


def diversity(topics: Words, *, top: int = TOP) -> float:
    """Say how little topics repeat each other: the share of different words among all top words.

    Returns
    -------
    float
        From above 0 to 1; 1 = no word heads two topics (Dieng, Ruiz & Blei 2020). NaN without words.

    Examples
    --------
    >>> diversity([["wiki", "edit"], ["wiki", "press"]])
    0.75
    """
    words = [word for topic in topics for word in topic[:top]]
    return len(set(words)) / len(words) if words else float("nan")


def exclusivity(model: TopicModel, *, top: int = TOP) -> Floats:
    """Say how much the top words of each topic belong to it alone.

    Returns
    -------
    ndarray, shape (K,)
        Mean over the top words of ``p(w|k) / sum over topics of p(w|j)``, from above 0 to 1; higher = its own words
        (Bischof & Airoldi 2012). It rises with fewer topics: compare topics of one model only.
    """
    place = {word: column for column, word in enumerate(model.vocabulary)}
    all_topics = model.topic_word.sum(axis=0)
    own = model.topic_word / np.where(all_topics > 0, all_topics, 1)  # NMF leaves some words to no topic
    return np.array([own[k, [place[word] for word in topic[:top]]].mean() for k, topic in enumerate(model.words)])


def topic_table(model: TopicModel, pairs: PairCounts, *, top: int = TOP) -> pd.DataFrame:
    """Lay the topics out as a table, one row a topic.

    Returns
    -------
    DataFrame
        ``topic`` (from 1), ``words`` (the top words, blanks between), ``prevalence`` (share of the corpus, 0 to 1),
        ``npmi`` (-1 to 1), ``exclusivity`` (0 to 1); sorted by topic.
    """
    return pd.DataFrame(
        {
            "topic": np.arange(1, model.number + 1),
            "words": [" ".join(topic[:top]) for topic in model.words],
            "prevalence": model.prevalence,
            "npmi": npmi_by_topic(model.words, pairs, top=top),
            "exclusivity": exclusivity(model, top=top),
        }
    )
