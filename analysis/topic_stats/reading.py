"""From topics back to the essays: how many topics to ask for, what each essay is about, which paragraphs to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import TopicError
from analysis.topic_stats.coherence import Words
from analysis.topics import TopicModel

ESSAYS_A_TOPIC = 6  # a theme that fewer than half a dozen essays share is read quicker than modelled
PARAGRAPHS_A_TOPIC = 5  # fewer paragraphs than this give a topic the words of one of them
FEWEST, MOST = 2, 40  # more than forty topics nobody names by hand
UNSURE_WORDS = (
    10  # words saying nothing that a paragraph is credited with, so that a single word does not make it typical
)
ONE_ESSAY = 0.5  # a topic with over half of its words in one essay is about that essay


def choose_number(n_essays: int, n_paragraphs: int) -> int:
    """Choose how many topics to ask for where nobody has: one for six essays, from 2 to 40.

    Parameters
    ----------
    n_essays, n_paragraphs : int
        Essays and paragraphs with words, families of essays counted once.

    Returns
    -------
    int
        ``n_essays // 6``, at most one topic for five paragraphs, within 2 and 40.

    Notes
    -----
    The number is a grain to read at, not a fact to find: coherence and likelihood do not choose it well (Chang et al.
    2009; Hoyle et al. 2021). The rule keeps topics large enough to name and to compare; set your own where you know
    the texts.

    Examples
    --------
    >>> [choose_number(essays, 9 * essays) for essays in (1, 5, 48, 1000)]
    [2, 2, 8, 40]
    """
    return max(FEWEST, min(MOST, n_essays // ESSAYS_A_TOPIC, n_paragraphs // PARAGRAPHS_A_TOPIC))


def topics_by_essay(model: TopicModel, documents: Words, essays: Sequence[str]) -> pd.DataFrame:
    """Say how much of each topic is in each essay: the mean of its paragraphs, weighted by their words.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens of the paragraphs, in the model's order.
    essays : sequence of str
        Essay (``doc_id``) of each paragraph.

    Returns
    -------
    DataFrame
        ``doc_id``, ``topic`` (from 1), ``share`` (0 to 1; an essay's shares sum to 1) and ``tokens`` (of the essay);
        sorted by essay and topic. An essay without a token has missing shares: nothing can be said of it.

    Raises
    ------
    TopicError
        If documents or essays are not as many as the model's documents.
    """
    if not len(model.ids) == len(documents) == len(essays):
        raise TopicError(
            f"The model has {len(model.ids)} documents, but {len(documents)} token lists and {len(essays)} essay names "
            "were given; give those it was fitted on, in the same order."
        )
    tokens = np.array([len(document) for document in documents], dtype=float)
    names, place = np.unique(np.asarray(essays, dtype=str), return_inverse=True)
    size = np.bincount(place, tokens, minlength=len(names))
    weights = np.stack(
        [np.bincount(place, tokens * column, minlength=len(names)) for column in model.mixtures.T], axis=1
    )
    shares = np.divide(weights, size[:, None], out=np.full_like(weights, np.nan), where=size[:, None] > 0)
    return pd.DataFrame(
        {
            "doc_id": np.repeat(names, model.number),
            "topic": np.tile(np.arange(1, model.number + 1), len(names)),
            "share": shares.ravel(),
            "tokens": np.repeat(size.astype(int), model.number),
        }
    )


def representative_paragraphs(model: TopicModel, documents: Words, *, number: int = 3) -> pd.DataFrame:
    """Pick the paragraphs that show best what each topic is about, with the words that brought them there.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens of the paragraphs, in the model's order.
    number : int
        Paragraphs a topic.

    Returns
    -------
    DataFrame
        ``topic`` (from 1), ``rank`` (from 1), ``paragraph_id`` (the model's ids), ``share`` (of the topic in the
        paragraph, 0 to 1) and ``words`` (list: the topic's top words found in it, those that weigh most first).

    Notes
    -----
    Ranked by ``share * n / (n + 10)`` for n tokens: a long paragraph wholly on the topic comes before a short one.
    These are the clearest cases, not typical ones: do not judge from them how pure a topic is.
    """
    tokens = np.array([len(document) for document in documents], dtype=float)
    rows = []
    for topic, share in enumerate(model.mixtures.T):
        order = np.argsort(-np.round(share * tokens / (tokens + UNSURE_WORDS), 9), kind="stable")
        order = order[model.has_words[order]]
        weight = dict(zip(model.words[topic], model.weights[topic], strict=True))
        for rank, row in enumerate(order[:number], start=1):
            found = Counter(word for word in documents[row] if word in weight)
            words = sorted(found, key=lambda word: (-found[word] * weight[word], word))
            rows.append((topic + 1, rank, model.ids[row], float(share[row]), words))
    return pd.DataFrame(rows, columns=["topic", "rank", "paragraph_id", "share", "words"])


def warn_of_essays(by_essay: pd.DataFrame, *, min_essays: int) -> str | None:
    """Word a warning where topics are only the essays under another name.

    Parameters
    ----------
    by_essay : DataFrame
        From ``topics_by_essay``.
    min_essays : int
        With fewer essays than this the warning is always given (``topics.min_essays`` in the settings).

    Returns
    -------
    str or None
        One or two sentences for the reader, or None where there is nothing to warn of.
    """
    said = by_essay.dropna(subset=["share"])
    essays = said["doc_id"].nunique()
    weight = said["share"] * said["tokens"]
    largest = weight.groupby(said["topic"]).max() / weight.groupby(said["topic"]).sum()
    single = [int(topic) for topic in largest.index[largest > ONE_ESSAY]]
    warnings = []
    if essays < min_essays:
        warnings.append(
            f"There are only {essays} essays, and {min_essays} are needed before topics can be more than the essays "
            "themselves: read them as summaries of essays, not as themes of a debate."
        )
    if single and essays > 1:
        names = ", ".join(map(str, single))
        warnings.append(
            f"Over half of the words of topic(s) {names} come from one essay: take them for that essay's own."
        )
    return " ".join(warnings) or None
