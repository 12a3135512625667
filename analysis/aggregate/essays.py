"""Essays and their topics: words, mixtures, and the group an essay's comments belong to."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.errors import TableError


def stat_topic_mixture(mixtures: pd.DataFrame, pages: pd.DataFrame, topic_labels: Mapping[int, str]) -> pd.DataFrame:
    """The part each topic has in each essay.

    Parameters
    ----------
    mixtures : DataFrame of shape (essays, K)
        Indexed by doc_id, one column a topic number; rows sum to 1.
    pages : DataFrame
        Table ``pages``; every essay of ``mixtures`` is in it.
    topic_labels : mapping
        Text of each topic number.

    Returns
    -------
    DataFrame
        doc_id, title, topic, label, share (0 to 1); essays by their dominant topic and then its share, largest first,
        then doc_id; within an essay by topic.

    Raises
    ------
    TableError
        If an essay has no page.
    """
    absent = sorted(set(mixtures.index) - set(pages["doc_id"]))
    if absent:
        raise TableError(
            f"{len(absent)} essay(s) with topics have no page, for one {absent[0]!r}; read the pages again."
        )
    titles = pages.set_index("doc_id")["title"]
    order = pd.DataFrame(
        {"topic": dominant_topics(mixtures), "share": -mixtures.max(axis=1), "doc_id": mixtures.index}
    ).sort_values(["topic", "share", "doc_id"])
    shares = mixtures.to_dict("index")
    rows = [
        (doc_id, titles[doc_id], int(topic), topic_labels[int(topic)], float(shares[doc_id][topic]))
        for doc_id in order["doc_id"]
        for topic in sorted(mixtures.columns)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "title", "topic", "label", "share"])


def dominant_topics(mixtures: pd.DataFrame) -> pd.Series:
    """Number of the topic with the largest part in each essay, by doc_id; the lowest number where tied."""
    return mixtures[sorted(mixtures.columns)].idxmax(axis=1).rename("topic")


def essay_groups(comments: pd.DataFrame, topics: pd.Series, topic_labels: Mapping[int, str]) -> pd.Series:
    """Name for each comment the group of its essay: ``topic 3: words``.

    Parameters
    ----------
    comments : DataFrame
        comment_id and doc_id.
    topics : Series
        Number of the dominant topic by doc_id.
    topic_labels : mapping
        Text of each topic number.

    Returns
    -------
    Series
        Indexed by comment_id, a category for every topic, in their order; missing where the essay has no topic. It is
        what ``estimate_shares`` takes.
    """
    names = {number: f"topic {number}: {text}" for number, text in sorted(topic_labels.items())}
    found = comments.set_index("comment_id")["doc_id"].map(topics).map(names)
    return found.astype(pd.CategoricalDtype(list(names.values()))).rename("group")
