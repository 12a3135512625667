"""Would the same topics come out of other essays of the same kind, or from another seed?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import TopicError
from analysis.topic_stats.coherence import TOP, Words
from analysis.topics import TopicModel, fit_topics

# The engine that gives the same words without the work on mixtures, which stability does not look at.
_WORDS_FROM = {"nmf-lda": "nmf"}


def match_topics(one: Words, two: Words, *, top: int = TOP) -> pd.DataFrame:
    """Pair the topics of two models one to one, so that their top words overlap as much as they can.

    Parameters
    ----------
    one, two : sequence of sequence of str
        Words of each topic, best first.
    top : int
        Words compared.

    Returns
    -------
    DataFrame
        ``topic`` (of the first, from 1), ``match`` (of the second, from 1; missing where it has fewer topics) and
        ``jaccard`` (words shared over words in either; from 0 to 1, higher = more alike; 0 without a match).

    Notes
    -----
    Pairs by the Hungarian method (Kuhn 1955) on the Jaccard overlap, the agreement of Greene, O'Callaghan & Cunningham
    (2014). Two of ten words exchanged already give .67.

    Examples
    --------
    >>> match_topics([["wiki", "edit"], ["radio", "mast"]], [["mast", "radio"], ["wiki", "press"]])["match"].tolist()
    [2, 1]
    """
    from scipy.optimize import linear_sum_assignment

    first, second = [set(topic[:top]) for topic in one], [set(topic[:top]) for topic in two]
    alike = np.array([[len(a & b) / max(1, len(a | b)) for b in second] for a in first]).reshape(
        len(first), len(second)
    )
    rows, columns = linear_sum_assignment(-alike)
    found = {int(row): int(column) for row, column in zip(rows, columns, strict=True)}
    return pd.DataFrame(
        {
            "topic": range(1, len(first) + 1),
            "match": pd.array([found[k] + 1 if k in found else None for k in range(len(first))], dtype="Int64"),
            "jaccard": [float(alike[k, found[k]]) if k in found else 0.0 for k in range(len(first))],
        }
    )


def topic_stability(
    documents: Words, groups: Sequence[str], model: TopicModel, *, resamples: int, share: float, seed: int
) -> pd.DataFrame:
    """Fit the topics again on a part of the essays, several times, and say how well each topic comes back.

    Parameters
    ----------
    documents : sequence of sequence of str
        The documents the model was fitted on.
    groups : sequence of str
        Essay of each document, or family of essays, as long as ``documents``: whole essays are drawn, because
        paragraphs of one essay would vouch for each other.
    model : TopicModel
    resamples : int
        How often, at least 1.
    share : float
        Share of the essays drawn each time without replacement, above 0 and at most 1.
    seed : int

    Returns
    -------
    DataFrame
        One row a topic: ``topic`` (from 1), ``stability`` (mean Jaccard of its top ten words with its match in each
        fit, 0 to 1), ``lowest``, ``highest``, ``spread`` (standard deviation, missing for one fit) and ``fits`` (how
        many of the draws could bear so many topics). Where none could, stability is missing.

    Raises
    ------
    TopicError
        If the groups do not fit the documents, or ``share`` or ``resamples`` is outside its range.

    Notes
    -----
    Above .6 a topic is the corpus's own; below .3 it is a cut that other essays would have made elsewhere. The draw
    depends on the groups' names, not on their order.
    """
    names = np.asarray(groups, dtype=object)
    if len(names) != len(documents) or resamples < 1 or not 0 < share <= 1:
        raise TopicError(
            f"Stability cannot be tried: {len(documents)} documents, {len(names)} groups, share {share}, {resamples} "
            "resamples. Give one group a document, a share above 0 up to 1, and at least 1 resample."
        )
    different = sorted(set(names))
    size = max(1, round(share * len(different)))
    found = []
    for draw in range(resamples):
        rng = np.random.default_rng([seed, draw])
        drawn = {different[place] for place in rng.choice(len(different), size, replace=False)}
        part = [document for document, name in zip(documents, names, strict=True) if name in drawn]
        found.append(_come_back(part, model, seed))
    return _summary([row for row in found if row is not None], model.number)


def seed_stability(documents: Words, model: TopicModel, *, seeds: Sequence[int]) -> pd.DataFrame:
    """Fit the topics again with other seeds and say how well each comes back; 1 for the built-in engines.

    Returns
    -------
    DataFrame
        As from ``topic_stability``.
    """
    found = [_come_back(documents, model, seed) for seed in seeds]
    return _summary([row for row in found if row is not None], model.number)


def _come_back(documents: Words, model: TopicModel, seed: int) -> npt.NDArray[np.float64] | None:
    """Overlap of each topic with its match in a new fit; None where the documents cannot bear so many topics."""
    try:
        again = fit_topics(
            documents, number=model.number, seed=seed, engine=_WORDS_FROM.get(model.engine, model.engine)
        )
    except TopicError:
        return None
    return match_topics(model.words, again.words)["jaccard"].to_numpy()


def _summary(found: list[npt.NDArray[np.float64]], number: int) -> pd.DataFrame:
    table = np.array(found).reshape(len(found), number)
    empty = np.full(number, np.nan)
    return pd.DataFrame(
        {
            "topic": np.arange(1, number + 1),
            "stability": table.mean(axis=0) if len(found) else empty,
            "lowest": table.min(axis=0) if len(found) else empty,
            "highest": table.max(axis=0) if len(found) else empty,
            "spread": table.std(axis=0, ddof=1) if len(found) > 1 else empty,
            "fits": len(found),
        }
    )
