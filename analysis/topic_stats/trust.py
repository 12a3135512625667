"""How far to trust each topic, in one table: does it come back, what feeds it, do its words belong together?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.topic_stats.c_v import CV_WINDOW, c_v_by_topic
from analysis.topic_stats.coherence import (
    TOP,
    Floats,
    PairCounts,
    Words,
    count_pairs,
    exclusivity,
    npmi_by_topic,
    npmi_matrix,
)
from analysis.topic_stats.contrast import check_documents
from analysis.topic_stats.reading import ONE_ESSAY, topics_by_essay
from analysis.topic_stats.stability import seed_stability, topic_stability
from analysis.topics import TopicModel

# A topic whose ten words share less than four in ten with its match on other essays has no words of its own.
WEAK_STABILITY = 0.4
SEEDS = 2  # other seeds tried; the built-in engines leave no word to chance, and for another engine two show it

NOT_REFITTED = "too few essays to draw from"
OTHER_WORDS = "other draws gave other words"
LEADS_NONE = "leads no essay"
FROM_ONE = "over half of it in one essay"
NO_COMPANY = "its words keep no company of their own"


def trust_table(
    model: TopicModel, documents: Words, essays: Sequence[str], *, resamples: int, share: float, seed: int
) -> pd.DataFrame:
    """Say of each topic how far to trust it, and of each weak one why it is weak.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens of the paragraphs, in the model's order.
    essays : sequence of str
        Essay (``doc_id``) of each paragraph; one version of each, so that families count once.
    resamples, share
        How many draws of essays, and the share of the essays in each, as for ``topic_stability``.
    seed : int

    Returns
    -------
    DataFrame
        One row a topic: ``topic`` (from 1); ``stability``, ``low``, ``high``, ``lowest``, ``highest``, ``fits`` as from
        ``topic_stability``; ``seed_stability`` (0 to 1: 1 = the same words from other seeds); ``essays`` (in how many
        it has the largest share); ``effective_essays`` (how many essays of equal weight would feed it as unevenly: 1 =
        one essay alone) and ``largest_essay`` (share of it that comes from one essay, 0 to 1); ``npmi``, ``c_v``,
        ``exclusivity`` of its ten top words; ``weak`` and ``why`` (in words; empty for a topic that is not weak).

    Raises
    ------
    TopicError
        If documents, essays and model do not fit each other, or ``resamples`` or ``share`` is outside its range.

    Notes
    -----
    Effective number: ``1 / sum(p_e ** 2)`` for the share p_e of the topic's words that essay e gives (Hill 1973). A
    topic's words keep company of their own where their mean NPMI is above that with the top words of the other topics:
    in a small corpus two words by chance mostly never meet, and zero would be no fair bound. Weak is a warning to look
    at the essays, not a verdict; a topic that is not weak need not mean anything.
    """
    check_documents(model, documents)
    table = topic_stability(documents, essays, model, resamples=resamples, share=share, seed=seed).drop(
        columns="spread"
    )
    again = seed_stability(documents, model, seeds=range(seed + 1, seed + 1 + SEEDS))
    leading = {word for topic in model.words for word in topic[:TOP]}
    near = count_pairs(documents, words=leading)
    table = table.assign(
        seed_stability=again["stability"],
        **_fed_by(model, documents, essays),
        npmi=npmi_by_topic(model.words, near),
        c_v=c_v_by_topic(model.words, count_pairs(documents, window=CV_WINDOW, words=leading)),
        exclusivity=exclusivity(model),
    )
    why = [_reasons(row, company) for row, company in zip(table.itertuples(), _company(model, near), strict=True)]
    return table.assign(weak=[bool(reason) for reason in why], why=why)


def _fed_by(model: TopicModel, documents: Words, essays: Sequence[str]) -> dict[str, Floats]:
    """How many essays each topic leads, how many feed it, and how much of it the largest gives."""
    said = topics_by_essay(model, documents, essays).dropna(subset=["share"])
    shares = said.pivot(index="doc_id", columns="topic", values="share").to_numpy()
    tokens = said.groupby("doc_id")["tokens"].first().to_numpy(dtype=float)
    fed = shares * tokens[:, None]
    fed = fed / fed.sum(axis=0)
    return {
        "essays": np.bincount(shares.argmax(axis=1), minlength=model.number),
        "effective_essays": 1 / (fed**2).sum(axis=0),
        "largest_essay": fed.max(axis=0),
    }


def _company(model: TopicModel, pairs: PairCounts) -> Floats:
    """Mean NPMI of each topic's words with each other, less that with the top words of the other topics."""
    words = sorted(pairs.vocabulary, key=pairs.vocabulary.__getitem__)
    together = npmi_matrix(pairs.together.toarray() / pairs.windows)
    heads = np.array([[word in topic[:TOP] for word in words] for topic in model.words])
    gain = np.full(model.number, np.nan)
    for topic, own in enumerate(heads):
        other = ~own & heads.any(axis=0)
        if own.sum() > 1 and other.any():
            within = together[np.ix_(own, own)][np.tril_indices(own.sum(), -1)]
            gain[topic] = within.mean() - together[np.ix_(own, other)].mean()
    return gain


def _reasons(row: Any, company: float) -> str:
    """Why a topic is weak, in words; empty where it is not."""
    found = (
        (np.isnan(row.stability), NOT_REFITTED),
        (row.stability < WEAK_STABILITY, OTHER_WORDS),
        (row.essays == 0, LEADS_NONE),
        (row.largest_essay > ONE_ESSAY, FROM_ONE),
        (not (np.isnan(company) or company > 0), NO_COMPANY),
    )
    return "; ".join(reason for holds, reason in found if holds)
