"""Would the same topics come out of other essays of the same kind, or from another seed?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import TopicError
from analysis.topic_stats.coherence import TOP, Floats, Words
from analysis.topics import TopicModel, fit_topics

# The engine that gives the same words without the work on mixtures, which stability does not look at.
WORDS_FROM = {"nmf-lda": "nmf"}
_LEVEL = 0.95  # of every interval
# Overlap lost where one of ten words is exchanged: draws that agree to the word are no proof that the next one will, so
# the spread is that of one more draw in which a word was exchanged.
ONE_WORD = 1 - 9 / 11


def interval_of_draws(values: Floats, *, share: float, least: float = 0.0) -> tuple[Floats, Floats, Floats]:
    """Give the mean over draws of essays, and an interval that allows for draws having most essays in common.

    Parameters
    ----------
    values : ndarray, shape (J, n)
        What each of J draws gave, for n things.
    share : float
        Share of the essays in each draw, above 0 and at most 1.
    least : float
        Deviation that is added as if by one more draw, for values of which equal draws prove little.

    Returns
    -------
    mean, low, high : ndarray, shape (n,)
        The 95 % interval of the mean; missing bounds for fewer than two draws, a missing mean for none.

    Notes
    -----
    Student's t with J - 1 degrees of freedom on the variance ``s**2 * (1/J + (1 - share)/share)``, the corrected
    resampled t of Nadeau & Bengio (2003, "Inference for the generalization error"): draws from the same essays differ
    less than fresh essays would, and without the second term the interval would shrink to nothing with the number of
    draws. It is a rule of thumb, and it knows nothing of essays unlike those at hand.
    """
    from scipy.stats import t

    draws, things = values.shape
    unknown = np.full(things, np.nan)
    if draws < 2:
        return (values[0] if draws else unknown), unknown, unknown
    mean = values.mean(axis=0)
    variance = (((values - mean) ** 2).sum(axis=0) + least**2) / (draws if least else draws - 1)
    half = t.ppf((1 + _LEVEL) / 2, draws - 1) * np.sqrt(variance * (1 / draws + (1 - share) / share))
    return mean, mean - half, mean + half


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
        fit, 0 to 1), ``low`` and ``high`` (the 95 % interval of that mean, within 0 and 1; missing for one fit),
        ``lowest`` and ``highest`` (of the single fits), ``spread`` (their standard deviation, missing for one fit)
        and ``fits`` (how many of the draws could bear so many topics). Where none could, stability is missing.

    Raises
    ------
    TopicError
        If the groups do not fit the documents, or ``share`` or ``resamples`` is outside its range.

    Notes
    -----
    Above .6 a topic is the corpus's own; below .3 it is a cut that other essays would have made elsewhere. The draw
    depends on the groups' names, not on their order. The interval is that of ``interval_of_draws``.
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
    return _summary([row for row in found if row is not None], model.number, share)


def seed_stability(documents: Words, model: TopicModel, *, seeds: Sequence[int]) -> pd.DataFrame:
    """Fit the topics again with other seeds and say how well each comes back; 1 for the built-in engines.

    Returns
    -------
    DataFrame
        As from ``topic_stability``.
    """
    found = [_come_back(documents, model, seed) for seed in seeds]
    return _summary([row for row in found if row is not None], model.number, 1.0)


def _come_back(documents: Words, model: TopicModel, seed: int) -> Floats | None:
    """Overlap of each topic with its match in a new fit; None where the documents cannot bear so many topics."""
    try:
        again = fit_topics(documents, number=model.number, seed=seed, engine=WORDS_FROM.get(model.engine, model.engine))
    except TopicError:
        return None
    return match_topics(model.words, again.words)["jaccard"].to_numpy()


def _summary(found: list[Floats], number: int, share: float) -> pd.DataFrame:
    table = np.array(found).reshape(len(found), number)
    mean, low, high = interval_of_draws(table, share=share, least=ONE_WORD)
    empty = np.full(number, np.nan)
    return pd.DataFrame(
        {
            "topic": np.arange(1, number + 1),
            "stability": mean,
            "low": low.clip(0, 1),
            "high": high.clip(0, 1),
            "lowest": table.min(axis=0) if len(found) else empty,
            "highest": table.max(axis=0) if len(found) else empty,
            "spread": table.std(axis=0, ddof=1) if len(found) > 1 else empty,
            "fits": len(found),
        }
    )
