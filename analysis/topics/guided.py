"""Guided topics: a reader's words say where some topics begin, the texts decide what becomes of them.

A theme is given by a few seed words. They weigh as a prior, as in Andrzejewski & Zhu (2009), Lu et al. (2011) and
Jagarlamudi, Daumé & Udupa (2012): counts that were never made are added to the theme's topic. Here they are a share of
how often the word occurs, so that a rare and a common word are held equally hard. Unlike Jagarlamudi's, the prior can
be overruled: a word that the texts keep elsewhere is refused, and that is reported word by word (keyATM, Eshima, Imai &
Sasaki 2024, and anchored CorEx, Gallagher et al. 2017, report the words of a topic and leave the rest to the reader).
Nothing here is left to chance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from analysis.errors import TopicError
from analysis.topics.counts import RELEVANCE, Bags, count_words, score_words, weigh_words
from analysis.topics.engine import EngineFit
from analysis.topics.fit import as_model, check_request
from analysis.topics.grouping import group_directions, sum_groups, unit_rows
from analysis.topics.infer import check_document
from analysis.topics.lda import ALPHA, DIRECTIONS, ETA, NmfLdaEngine
from analysis.topics.model import Floats, TopicModel
from analysis.topics.nmf import SMOOTHING, as_shares, start_topics
from analysis.topics.seeds import Seeds, check_seeds
from analysis.topics.start import leading_directions

# How many times over each seed word counts as met in its topic. `benchmarks/guided.py` gives one word in five to a
# wrong theme: at .5 BBC articles refuse all of these and keep 88 % of the right ones (8 topics; 74 % of 20), at 1 they
# refuse 97 %, at 3 37 %.
STRENGTH = 0.5
STRONGEST = 10_000  # long before it the texts have no say
ROUNDS = 4  # of sharing out words; ten let the free topics take themes apart (BBC, 20 topics: .83 to .78 of sections)
REFUSED_BELOW = 0.5  # share of a seed word's occurrences: under it the texts put most of them into other topics
_READINGS = 100  # of NMF with the mixtures held; it stops earlier where it has settled
ADDED = 10  # words of a theme's topic that were not given: as many as a figure shows
ENGINE = "guided"
_BLOCK = 4_000_000  # numbers held in memory at once while words are shared out
_TINY = 1e-12
_COLUMNS = ["theme", "topic", "word", "origin", "verdict", "share", "rank", "count", "elsewhere", "nearest"]


@dataclass(frozen=True, eq=False)
class GuidedTopics:
    """Topics that some words were given for.

    Attributes
    ----------
    model : TopicModel
        All topics, seeded and free, numbered by prevalence as everywhere.
    names : mapping of str to int
        Which topic, counted from 1, each theme became; themes in the order given.
    seed_words : DataFrame
        theme, topic (from 1), word, origin ("given" or "added"), verdict ("kept", "refused", "absent" or "added"),
        share (of the word's occurrences that lie in the topic, 0 to 1), rank (of the word in the topic, from 1), count
        (occurrences in all texts), elsewhere (the topic that holds most of a refused word), nearest (for an absent
        word the nearest that occurs). Themes in the order given; a theme's given words first, then by rank.
    strength : float
        The weight of the seed words.
    """

    model: TopicModel
    names: Mapping[str, int]
    seed_words: pd.DataFrame
    strength: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", MappingProxyType(dict(self.names)))

    @property
    def free(self) -> tuple[int, ...]:
        """Topics, counted from 1, that no theme was given for."""
        return tuple(topic for topic in range(1, self.model.number + 1) if topic not in self.names.values())


def fit_guided(
    documents: Sequence[Sequence[str]],
    *,
    seeds: Mapping[str, Sequence[str]],
    number: int,
    seed: int,
    strength: float = STRENGTH,
    ids: Sequence[str] | None = None,
) -> GuidedTopics:
    """Find topics of which some begin at words that a reader gives, and say what the texts added and refused.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens of each document; their order changes nothing but the order of the mixtures.
    seeds : mapping of str to sequence of str
        Theme to its words, spelled as tokens (``normalise_seeds`` makes them so). A word may stand in one theme only.
    number : int
        Topics in all; those beyond the themes are free.
    seed : int
        Kept with the model; only a strength of 0 uses it, nothing else is left to chance.
    strength : float
        0 to 10,000: how many times over each seed word counts as met in its topic. 1 weighs as much as the texts; 0 is
        the model without guidance, in which each theme is given the topic that holds most of its words.
    ids : sequence of str, optional
        Names of the documents.

    Returns
    -------
    GuidedTopics

    Raises
    ------
    TopicError
        If the seeds do not fit (see ``check_seeds``), the strength is out of range, or the documents cannot bear so
        many topics.

    Notes
    -----
    A theme's topic starts from the company its words keep, a free one as without guidance; documents are moved to the
    topic they are most like (spherical k-means). Then each topic is a Dirichlet distribution over words with
    ``eta = .01``, plus ``strength * count`` for a seed word in its theme's topic, and words are shared out four times
    by ``p(k|d,w) ~ (n(d,k) + alpha) (n(k,w) + eta(k,w)) / sum`` (maximisation of the posterior, its priors moved by
    one; Asuncion et al. 2009, "On smoothing and inference for topic models"). ``share`` is n(k,w) / n(w): the seeds'
    own weight is not in it. The top words are then read off by NMF with the mixtures held.
    Measured on BBC articles with five words for each of five sections: the strongest of the themes' topics is the
    article's own section's for 84 % with 20 topics and 89 % with 8, against 53 % and 85 % without guidance.
    A theme that the texts do not know still gets a topic: look at what was refused before its shares are believed.

    Examples
    --------
    >>> garden, radio = "garden seed volunteer rota".split(), "radio studio mast signal".split()
    >>> documents = [garden, garden[:3], garden[1:], garden[:2], radio, radio[:3], radio[1:]]
    >>> guided = fit_guided(documents, seeds={"on air": ["radio", "rota"]}, number=2, seed=1)
    >>> guided.seed_words.loc[guided.seed_words["origin"] == "given", ["word", "verdict"]].values.tolist()
    [['radio', 'kept'], ['rota', 'refused']]
    """
    if not isinstance(strength, int | float) or not 0 <= strength <= STRONGEST:
        raise TopicError(
            f"The strength of seed words lies between 0 and {STRONGEST}; found {strength!r}. "
            f"Leave it out for {STRENGTH}."
        )
    names = tuple(ids) if ids is not None else tuple(str(place) for place in range(len(documents)))
    for row, document in enumerate(documents, 1):
        check_document(document, row)
    bags = count_words(documents)
    check_request(bags, number, names)
    checked = check_seeds(seeds, bags.vocabulary, number)
    place = {word: column for column, word in enumerate(bags.vocabulary)}
    themes = [[place[word] for word in words] for words in checked.found.values()]
    if strength:
        fit, met, own = _fit_seeded(bags.counts, themes, number, strength)
    else:
        fit = NmfLdaEngine().fit(bags.counts, number=number, seed=seed)
        _, met = _share_out(bags.counts, fit.mixtures, fit.topic_word)
        own = _match(fit.topic_word, themes)
    told = {"strength": strength, "seeds": {theme: list(words) for theme, words in checked.found.items()}}
    fit = EngineFit(fit.word_scores, fit.topic_word, fit.mixtures, {**fit.settings, **told})
    model = as_model(fit, bags, names, ENGINE, seed)
    # the same rows in another order; paired one to one, so that two equal topics are not taken for one
    _, number_of = linear_sum_assignment(cdist(fit.topic_word, model.topic_word))
    topics = {theme: int(number_of[topic]) + 1 for theme, topic in zip(checked.found, own, strict=True)}
    back = np.argsort(number_of)
    table = _seed_words(checked, topics, bags, fit.word_scores[back], met[back])
    return GuidedTopics(model=model, names=topics, seed_words=table, strength=strength)


def _fit_seeded(
    counts: sparse.csr_matrix, themes: list[list[int]], number: int, strength: float
) -> tuple[EngineFit, Floats, list[int]]:
    """Fit with the seeds as prior; also how often each word was met in each topic (K, V), and the themes' topics."""
    weighed = weigh_words(counts)
    words, own = _start(weighed, themes, number)
    prior = np.full(words.shape, ETA)
    times = np.asarray(counts.sum(axis=0)).ravel()
    for topic, columns in zip(own, themes, strict=True):
        prior[topic, columns] += strength * times[columns]
    left, sizes, _ = leading_directions(weighed, DIRECTIONS * number)
    near = np.maximum(weighed @ words.T, 0).argmax(axis=1)
    group = group_directions(unit_rows(left * sizes), near, number)
    mixtures = as_shares(np.eye(number)[group] + ALPHA)
    topic_word = as_shares(sum_groups(counts, group, number) + prior)
    for _ in range(ROUNDS):
        in_documents, met = _share_out(counts, mixtures, topic_word)
        mixtures, topic_word = as_shares(in_documents + ALPHA), as_shares(met + prior)
    settings = {
        "weights": "log tf-idf, rows of length 1",
        "start": "varimax of word directions, themes from the company of their words",
        "groups": "spherical k-means",
        "alpha": ALPHA,
        "eta": ETA,
        "rounds": ROUNDS,
        "smoothing": SMOOTHING,
        "relevance": RELEVANCE,
    }
    scores = score_words(_read_words(weighed, mixtures), counts)
    return EngineFit(scores, as_shares(met + ETA), mixtures, settings), met, own


def _start(weighed: sparse.csr_matrix, themes: list[list[int]], number: int) -> tuple[Floats, list[int]]:
    """Word weights (K, V) to start from: a theme's topic is the company its words keep, the others are as unguided."""
    _, words = start_topics(weighed, number)
    own = _match(words, themes)
    for topic, columns in zip(own, themes, strict=True):
        companies = unit_rows(np.asarray((weighed[:, columns].T @ weighed).todense()))
        company = _agreement(companies) @ companies
        words[topic] = company / max(float(np.linalg.norm(company)), _TINY)
    return words, own


def _agreement(companies: Floats) -> Floats:
    """How much each word of a theme is to pull: as its company is that of the theme's other words.

    So that a frequent word that was given by mistake does not take a theme away from the words it is given with.
    """
    if len(companies) < 3:
        return np.ones(len(companies))
    alike = companies @ companies.T
    others = (alike.sum(axis=1) - np.diag(alike)) / (len(companies) - 1)
    return np.asarray((others / max(float(others.max()), _TINY)) ** 2)


def _match(words: Floats, themes: list[list[int]]) -> list[int]:
    """Give each theme a topic of its own, so that the topics hold as much as they can of their seed words."""
    mass = np.array([words[:, columns].sum(axis=1) for columns in themes])
    return [int(topic) for topic in linear_sum_assignment(-mass)[1]]


def _share_out(counts: sparse.csr_matrix, mixtures: Floats, topic_word: Floats) -> tuple[Floats, Floats]:
    """Share each occurrence among the topics: sums by document (n, K) and by word (K, V)."""
    documents, met = np.zeros_like(mixtures), np.zeros_like(topic_word)
    rows = max(1, _BLOCK * counts.shape[0] // max(1, counts.nnz * len(topic_word)))
    for first in range(0, counts.shape[0], rows):
        block = counts[first : first + rows].tocoo()
        shares = as_shares(mixtures[first + block.row] * topic_word.T[block.col])
        cells = np.arange(block.nnz)
        by_row = sparse.csr_matrix((block.data, (block.row, cells)), shape=(block.shape[0], block.nnz))
        by_word = sparse.csr_matrix((block.data, (block.col, cells)), shape=(block.shape[1], block.nnz))
        documents[first : first + rows] = by_row @ shares
        met += (by_word @ shares).T
    return documents, met


def _read_words(weighed: sparse.csr_matrix, mixtures: Floats) -> Floats:
    """Sharp words of topics whose mixtures are known: NMF with the mixtures held, softened by plain association."""
    from sklearn.decomposition import non_negative_factorization

    held = np.ascontiguousarray(mixtures.T)
    sharp, _, _ = non_negative_factorization(
        weighed.T.tocsr(), H=held, n_components=len(held), init="custom", update_H=False, max_iter=_READINGS, tol=1e-4
    )
    linked = np.asarray(weighed.T @ mixtures).T
    return (1 - SMOOTHING) * as_shares(sharp.T) + SMOOTHING * as_shares(linked)


def _seed_words(checked: Seeds, topics: Mapping[str, int], bags: Bags, scores: Floats, met: Floats) -> pd.DataFrame:
    """What became of each given word, and which words came in beside them."""
    column = {word: place for place, word in enumerate(bags.vocabulary)}
    times = (bags.repeats @ bags.counts).astype(int)
    shares = met / met.sum(axis=0)
    rows: list[tuple[object, ...]] = []
    for theme, given in checked.found.items():
        topic = topics[theme]
        order = np.argsort(-np.round(scores[topic - 1] / scores[topic - 1].max(), 9), kind="stable")
        rank = np.argsort(order) + 1
        added = [bags.vocabulary[place] for place in order if bags.vocabulary[place] not in given][:ADDED]
        lines = []
        for word in (*given, *added):
            place = column[word]
            share = round(float(shares[topic - 1, place]), 6)
            kept = share >= REFUSED_BELOW
            verdict = "added" if word not in given else "kept" if kept else "refused"
            most = int(shares[:, place].argmax()) + 1 if verdict == "refused" else None
            origin = "given" if word in given else "added"
            lines.append((theme, topic, word, origin, verdict, share, int(rank[place]), int(times[place]), most, None))
        rows += sorted(lines, key=lambda line: (line[3] != "given", line[6]))
        rows += [
            (theme, topic, word, "given", "absent", math.nan, None, 0, None, near or None)
            for of, word, near in checked.absent
            if of == theme
        ]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table["nearest"] = table["nearest"].astype(object).where(table["nearest"].notna(), None)
    return table.astype({"rank": "Int64", "elsewhere": "Int64"})
