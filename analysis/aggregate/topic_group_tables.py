"""The tables behind the figures of topics over time and by group, from what a study knows of its essays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.aggregate.topic_belonging import (
    UNKNOWN,
    authors_of,
    blogs_of_essays,
    essays_by,
    essays_by_stance,
    years_of,
)
from analysis.aggregate.topic_groups import stat_topics_by
from analysis.aggregate.topic_trends import stat_topic_trends
from analysis.config import Estimates
from analysis.errors import TableError, one_of

_OF_ESSAY: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "author": authors_of,
    "blog": blogs_of_essays,
    "year": years_of,
}
STANCE = "stance"
GROUPINGS = (*_OF_ESSAY, STANCE)
OWN_GROUPS = "group"
_TREND = ["slope", "slope_low", "slope_high", "p", "p_holm", "apart", "note"]


@dataclass(frozen=True)
class EssayTopics:
    """What is known of the essays that topics were fitted on.

    Attributes
    ----------
    mixtures : DataFrame of shape (essays, K)
        Indexed by doc_id, columns the topic numbers from 1; rows sum to 1.
    topics : DataFrame
        topic, label, weak (table ``topic_words`` will do).
    pages, families : DataFrame
        Tables ``pages`` and ``essay_families``.
    readers : DataFrame or None
        comment_id, doc_id, label of the comments by readers; None where there are none.
    """

    mixtures: pd.DataFrame
    topics: pd.DataFrame
    pages: pd.DataFrame
    families: pd.DataFrame
    readers: pd.DataFrame | None = None


def stat_topics_by_group(
    given: EssayTopics, by: str | pd.Series, *, settings: Estimates, seed: int, clusters: pd.Series | None = None
) -> pd.DataFrame:
    """The share of each topic in each group of essays, with how far it differs from all others.

    Parameters
    ----------
    given : EssayTopics
    by : {"author", "blog", "year", "stance"} or Series
        A Series holds the group of each essay, indexed by doc_id. With "stance" the groups are the labels of the
        readers' comments, and an essay counts once for each comment of the label under it.
    settings : Estimates
    seed : int
    clusters : Series, optional
        See ``essays_by``.

    Returns
    -------
    DataFrame
        Table ``topics_by_group``: by ("author", "blog", "year", "stance" or "group"), unit ("essays" or "comments":
        what ``n`` counts), then as ``stat_topics_by``.

    Raises
    ------
    TableError
        If there is no such grouping, or all essays are of one group, for then there is nothing to compare.
    """
    if isinstance(by, str) and by not in GROUPINGS:
        raise TableError(one_of("grouping of essays", by, GROUPINGS))
    if isinstance(by, str) and by == STANCE:
        if given.readers is None or given.readers.empty:
            raise TableError("There are no comments by readers, so topics cannot be compared by what comments do.")
        belonging = essays_by_stance(given.readers, given.families)
    else:
        groups = _OF_ESSAY[by](given.pages) if isinstance(by, str) else by
        belonging = essays_by(groups, given.families, clusters=clusters)
    name = by if isinstance(by, str) else OWN_GROUPS
    _check_groups(belonging, given.mixtures, name)
    table = stat_topics_by(given.mixtures, belonging, given.topics, settings=settings, seed=seed)
    table.insert(0, "by", name)
    table.insert(1, "unit", "comments" if name == STANCE else "essays")
    return table


def stat_topics_over_time(
    given: EssayTopics, *, settings: Estimates, seed: int, clusters: pd.Series | None = None
) -> pd.DataFrame:
    """The share of each topic year by year, with the trend of each topic.

    Parameters
    ----------
    given, settings, seed, clusters
        As for ``stat_topics_by_group``.

    Returns
    -------
    DataFrame
        Table ``topics_over_time``: year (text; "unknown" last), topic, label, weak, share, low, high, essays, clusters,
        left_out, note; and, the same in every row of a topic, slope (change of the share a year), slope_low,
        slope_high, p, p_holm, trend (whether the slope is apart from 0 after Holm's adjustment over the topics),
        trend_note (why there is no slope). Years without an essay have no row.

    Raises
    ------
    TableError
        If fewer than two years are known.
    """
    years = stat_topics_by_group(given, "year", settings=settings, seed=seed, clusters=clusters)
    belonging = essays_by(years_of(given.pages), given.families, clusters=clusters)
    trends = stat_topic_trends(given.mixtures, belonging, given.topics, settings=settings, seed=seed)
    trends = trends[["topic", *_TREND]].rename(columns={"note": "trend_note", "apart": "trend"})
    kept = ["group", "topic", "label", "weak", "share", "low", "high", "essays", "clusters", "left_out", "note"]
    return years[kept].rename(columns={"group": "year"}).merge(trends, on="topic", how="left", validate="m:1")


def main_grouping(given: EssayTopics) -> str | None:
    """By what essays are best told apart: several blogs, else several authors, else what their comments do."""
    for name in ("blog", "author"):
        groups = essays_by(_OF_ESSAY[name](given.pages), given.families)
        if len(_known(groups, given.mixtures)) > 1:
            return name
    return None if given.readers is None or given.readers.empty else STANCE


def _known(belonging: pd.DataFrame, mixtures: pd.DataFrame) -> set[str]:
    found = belonging.loc[belonging["doc_id"].isin(mixtures.index), "group"].astype(str)
    return set(found) - {UNKNOWN}


def _check_groups(belonging: pd.DataFrame, mixtures: pd.DataFrame, name: str) -> None:
    known = _known(belonging, mixtures)
    if len(known) < 2:
        told = f"only {next(iter(known))!r} is known" if known else "none is known"
        raise TableError(
            f"There is nothing to compare by {name}: of {len(mixtures)} essays with topics {told}. Give groups of your "
            "own (a Series indexed by doc_id), or compare by something else."
        )
