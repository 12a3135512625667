"""From documents to a topic model: the same whatever order the documents come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from analysis.errors import TopicError, one_of
from analysis.records import package_versions
from analysis.topics.counts import Bags, count_words
from analysis.topics.engine import EngineFit, TopicEngine, check_fit
from analysis.topics.infer import check_document
from analysis.topics.lda import NmfLdaEngine
from analysis.topics.mixture import MixtureEngine
from analysis.topics.model import TOP_WORDS, Floats, TopicModel
from analysis.topics.nmf import NmfEngine
from analysis.topics.sampled import fit_sampled, is_large

ENGINES: dict[str, TopicEngine] = {engine.name: engine for engine in (NmfLdaEngine(), NmfEngine(), MixtureEngine())}
AUTO = "auto"
# Tokens a document on average below which texts are grouped rather than mixed. Measured on BBC articles cut short
# (K = 10): at 10 tokens "mixture" agrees better with the sections (NMI .48 to .37) at equal coherence, at 20 tokens it
# still does (.61 to .54) at a cost in coherence (.15 to .19), at 50 tokens the cost outweighs it.
SHORT = 25.0
_PEERS = ("gensim", "numpy", "scikit-learn", "scipy")


def fit_topics(
    documents: Iterable[Sequence[str]],
    *,
    number: int,
    seed: int,
    engine: str = "nmf-lda",
    ids: Sequence[str] | None = None,
) -> TopicModel:
    """Find what a collection of texts is about: topics, their words, and how much of each is in every text.

    Parameters
    ----------
    documents : iterable of sequence of str
        Tokens of each document. Their order changes nothing but the order of the mixtures. Every token counts: trim the
        vocabulary before, where that is wanted. From 60,000 documents or 4,000,000 tokens on, and for an object that is
        no list but starts anew each time it is read, topics are fitted on a sample and then weighed in every document;
        the model's settings say how many the fit saw (see ``sampled``).
    number : int
        How many topics, at least 2 and at most the number of different documents and of different words.
    seed : int
        The only source of chance.
    engine : str
        A name in ``ENGINES``, or "auto" for the one that suits the documents' length; the model says which it was.
    ids : sequence of str, optional
        Names of the documents, all different; numbered from 0 where absent.

    Returns
    -------
    TopicModel
        Topics numbered from the most prevalent. A document without tokens has a uniform mixture
        and ``has_words`` False.

    Raises
    ------
    TopicError
        If the engine is unknown, the ids do not fit, or the documents cannot bear so many topics.

    Notes
    -----
    Topics are a way to read, not a finding: with a handful of essays they are the essays, and another number of topics
    cuts the same texts otherwise. Look at the paragraphs behind each topic before naming it.

    Examples
    --------
    >>> garden, radio = "garden seed volunteer rota".split(), "radio studio mast signal".split()
    >>> documents = [garden, garden[:3], garden[1:], garden[:2], radio, radio[:3], radio[1:]]
    >>> model = fit_topics(documents, number=2, seed=1, engine="nmf")
    >>> [sorted(topic[:4]) for topic in model.words]
    [['garden', 'rota', 'seed', 'volunteer'], ['mast', 'radio', 'signal', 'studio']]
    """
    if is_large(documents):
        return fit_sampled(documents, partial(_fit_all, number=number, seed=seed, engine=engine), seed=seed, ids=ids)
    return _fit_all(list(documents), number=number, seed=seed, engine=engine, ids=ids)


def _fit_all(
    documents: Sequence[Sequence[str]], *, number: int, seed: int, engine: str, ids: Sequence[str] | None = None
) -> TopicModel:
    """Fit topics on all documents given."""
    for place, document in enumerate(documents, 1):
        check_document(document, place)
    if engine == AUTO:
        engine = choose_engine(documents)
    if engine not in ENGINES:
        raise TopicError(one_of("topic engine", engine, [*ENGINES, AUTO]))
    names = tuple(ids) if ids is not None else tuple(str(place) for place in range(len(documents)))
    bags = count_words(documents)
    check_request(bags, number, names)
    fit = ENGINES[engine].fit(bags.counts, number=number, seed=seed)
    rows, words = bags.counts.shape
    check_fit(fit, documents=rows, words=words, number=number, engine=engine)
    return as_model(fit, bags, names, engine, seed)


def choose_engine(documents: Sequence[Sequence[str]]) -> str:
    """Name the engine that suits the documents: "mixture" for titles and the like, else "nmf-lda".

    Examples
    --------
    >>> choose_engine([["topic", "model"], ["short", "title"]]), choose_engine([["word"] * 80])
    ('mixture', 'nmf-lda')
    """
    lengths = [len(document) for document in documents if document]
    return MixtureEngine.name if lengths and sum(lengths) / len(lengths) < SHORT else NmfLdaEngine.name


def check_request(bags: Bags, number: int, names: tuple[str, ...]) -> None:
    """Raise a ``TopicError`` unless the documents have names of their own and can bear so many topics."""
    if isinstance(number, bool) or not isinstance(number, int | np.integer):
        raise TopicError(f"The number of topics is a whole number from 2 on; found {number!r}.")
    if len(names) != len(bags.row_of) or len(set(names)) != len(names):
        raise TopicError(
            f"Each document needs a name of its own; found {len(bags.row_of)} documents and {len(set(names))} "
            "different names. Give as many different ids as documents, or none."
        )
    rows, words = bags.counts.shape
    most = min(rows, words)
    if most < 2:
        raise TopicError(
            f"Topics need at least two different documents with two different words; found {rows} document(s) with "
            f"words and {words} different word(s). Add texts, or trim the vocabulary less."
        )
    if not 2 <= number <= most:
        raise TopicError(
            f"{number} topic(s) were asked for; {rows} different documents with {words} different words bear from 2 "
            f"to {most}. Ask for a number in that range, or add texts."
        )


def as_model(fit: EngineFit, bags: Bags, names: tuple[str, ...], engine: str, seed: int) -> TopicModel:
    """Number the topics by prevalence and give each document its mixture."""
    tokens = np.asarray(bags.counts.sum(axis=1)).ravel() * bags.repeats
    prevalence = fit.mixtures.T @ tokens / tokens.sum()
    order = _number_topics(prevalence, fit.word_scores)
    ranked = [_rank(row) for row in fit.word_scores[order]]
    has_words = bags.row_of >= 0
    mixtures = np.full((len(names), len(order)), 1 / len(order))
    mixtures[has_words] = fit.mixtures[bags.row_of[has_words]][:, order]
    settings = {
        **fit.settings,
        "number": len(order),
        "documents": len(names),
        "documents_without_words": int((~has_words).sum()),
        "vocabulary": len(bags.vocabulary),
        "tokens": int(tokens.sum()),
    }
    return TopicModel(
        words=tuple(tuple(bags.vocabulary[column] for column in row) for row in ranked),
        weights=tuple(
            tuple(round(float(scores[column] / scores[row[0]]), 6) for column in row)
            for scores, row in zip(fit.word_scores[order], ranked, strict=True)
        ),
        topic_word=fit.topic_word[order],
        vocabulary=bags.vocabulary,
        mixtures=mixtures,
        prevalence=prevalence[order],
        has_words=has_words,
        ids=names,
        engine=engine,
        seed=seed,
        settings=settings,
        versions=package_versions(_PEERS),
    )


def _rank(scores: Floats) -> list[int]:
    """Columns of the best words; rounding and word order decide ties, so that no processor's last bit does."""
    rounded = np.round(scores / max(float(scores.max()), 1e-300), 9)
    return np.argsort(-rounded, kind="stable")[:TOP_WORDS].tolist()


def _number_topics(prevalence: Floats, word_scores: Floats) -> list[int]:
    """Order of the topics: most prevalent first (to six digits), then by the place of the best word."""
    return sorted(
        range(len(prevalence)), key=lambda topic: (-round(float(prevalence[topic]), 6), _rank(word_scores[topic]))
    )
