"""Whether topics meet the themes somebody gave the essays."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd


def stat_theme_topic(themes: pd.Series, topics: pd.Series, topic_labels: Mapping[int, str]) -> pd.DataFrame:
    """Count the essays of each theme in each topic.

    Parameters
    ----------
    themes : Series
        Planted or hand-given theme by doc_id; essays without one are left out.
    topics : Series
        Number of the topic that dominates each essay, by doc_id; essays without one are left out.
    topic_labels : mapping
        Text of each topic number.

    Returns
    -------
    DataFrame
        theme, topic, label, n; every theme that occurs with every topic, sorted by both, zeros too.
    """
    both = pd.DataFrame({"theme": themes, "topic": topics}).dropna()
    counts = both.groupby(["theme", "topic"]).size()
    rows = [
        (theme, int(topic), topic_labels[int(topic)], int(counts.get((theme, topic), 0)))
        for theme in sorted(both["theme"].unique())
        for topic in sorted(topic_labels)
    ]
    return pd.DataFrame(rows, columns=["theme", "topic", "label", "n"])


def stat_purity(theme_topic: pd.DataFrame) -> pd.DataFrame:
    """How far each topic holds essays of one theme only.

    Parameters
    ----------
    theme_topic : DataFrame
        As ``stat_theme_topic`` makes it.

    Returns
    -------
    DataFrame
        topic (number as text, "all" last), label, theme (its commonest, by name where tied), essays, purity (0 to 1,
        higher is better; NaN for a topic without essays).

    Notes
    -----
    ``purity = sum over topics (max over themes n) / N`` (Manning, Raghavan & Schütze 2008, ch. 16.3). It grows with the
    number of topics and is 1 when every essay is its own topic: compare only at the same number.
    """
    rows, kept = [], 0
    for (topic, label), part in theme_topic.groupby(["topic", "label"], sort=True):
        essays, most = int(part["n"].sum()), int(part["n"].max())
        theme = part.sort_values("theme")["theme"].iloc[part.sort_values("theme")["n"].to_numpy().argmax()]
        kept += most
        rows.append((str(topic), label, theme if essays else None, essays, most / essays if essays else float("nan")))
    total = int(theme_topic["n"].sum())
    rows.append(("all", "all topics", None, total, kept / total if total else float("nan")))
    return pd.DataFrame(rows, columns=["topic", "label", "theme", "essays", "purity"])
