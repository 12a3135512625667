"""Counts of pages and reader comments. A reader comment is no pingback and not by the essay's own author."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.errors import TableError, one_of
from analysis.types import LABELS

SHOWN_LABELS = (*LABELS, "cannot say")


def keep_representatives(table: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows of one essay of each family, so that an essay published twice counts once.

    Parameters
    ----------
    table : DataFrame
        Any table with ``doc_id``.
    families : DataFrame
        doc_id, family, representative (the doc_id that stands for the family, or whether this row does). An essay that
        is not in it is a family of its own.

    Returns
    -------
    DataFrame
        Rows in the order given. Comments under the other versions go too: use it for counts of essays, or to see
        whether a count of comments rests on reprints.
    """
    return table[_stands(table["doc_id"], families)].reset_index(drop=True)


def count_once(comments: pd.DataFrame, families: pd.DataFrame, spun: pd.DataFrame) -> pd.DataFrame:
    """Keep the comments under one version of each essay, and one copy of each spun text.

    Parameters
    ----------
    comments : DataFrame
        Table ``comments``.
    families : DataFrame
        Table ``essay_families``; see ``keep_representatives``.
    spun : DataFrame
        Table ``spam_families``: family, item (a comment_id, or an injected paragraph's).

    Returns
    -------
    DataFrame
        Rows in the order given; of a spun text the copy that comes first in the table stays.

    Notes
    -----
    For questions about texts ("how many different adverts?"). For questions about what readers met it takes too much
    away: other people commented on the reprint, and each copy of an advert was there to be read. Shares of all
    comments need it less than counts do, as their intervals are made by essay family either way.

    Examples
    --------
    >>> comments = pd.DataFrame({"comment_id": ["a-0", "a-1", "b-0"], "doc_id": ["a", "a", "b"]})
    >>> families = pd.DataFrame({"doc_id": ["a", "b"], "family": ["f", "f"], "representative": [True, False]})
    >>> spun = pd.DataFrame({"family": ["s", "s"], "item": ["a-0", "a-1"]})
    >>> count_once(comments, families, spun)["comment_id"].tolist()
    ['a-0']
    """
    table = keep_representatives(comments, families)
    family = table["comment_id"].map(spun.drop_duplicates("item").set_index("item")["family"])
    return table[family.isna() | ~family.duplicated()].reset_index(drop=True)


def _stands(doc_ids: pd.Series, families: pd.DataFrame) -> pd.Series:
    """Whether each essay stands for its family."""
    said = families.set_index("doc_id")["representative"]
    flags = said if pd.api.types.is_bool_dtype(said) else pd.Series(said.index == said, index=said.index)
    return doc_ids.map(flags).astype(object).map(lambda v: True if pd.isna(v) else bool(v)).astype(bool)


def reader_labels(comments: pd.DataFrame, labels: pd.DataFrame, families: pd.DataFrame | None = None) -> pd.DataFrame:
    """Labels of the reader comments with the family of their essay: what shares are estimated from.

    Parameters
    ----------
    comments, labels : DataFrame
        Tables ``comments`` and ``labels``.
    families : DataFrame, optional
        doc_id and family; an essay that is not in it is a family of its own.

    Returns
    -------
    DataFrame
        comment_id, doc_id, cluster, label (None: cannot say, or never labelled), agreeing, extending, spam (NaN: never
        labelled); sorted by comment_id.
    """
    table = _readers(comments)[["comment_id", "doc_id"]]
    family = table["doc_id"].map(families.set_index("doc_id")["family"]) if families is not None else None
    table = table.assign(cluster=table["doc_id"] if family is None else family.fillna(table["doc_id"]))
    table = table.merge(labels[["comment_id", "label", *LABELS]], on="comment_id", how="left", validate="1:1")
    table["label"] = table["label"].astype(object).where(table["label"].notna(), None)
    return table.sort_values("comment_id", kind="stable").reset_index(drop=True)


def _readers(comments: pd.DataFrame) -> pd.DataFrame:
    return comments[(comments["kind"] == "comment") & ~comments["by_essay_author"].astype(bool)]


def stat_attrition(dropped: pd.DataFrame, kept: Mapping[str, int]) -> pd.DataFrame:
    """What every stage kept, and what it left out for which reason.

    Parameters
    ----------
    dropped : DataFrame
        Table ``attrition``: stage, item, reason; one row an item left out.
    kept : mapping
        How many items each stage kept, stages in run order.

    Returns
    -------
    DataFrame
        stage, outcome ("kept" or "dropped"), reason (None for kept), n; stages in run order, the kept row first, then
        reasons, most frequent first.

    Raises
    ------
    TableError
        If something was dropped in a stage that ``kept`` does not name.
    """
    for stage in dropped["stage"].unique():
        if stage not in kept:
            raise TableError("In the attrition table: " + one_of("stage", str(stage), kept))
    counts = dropped.groupby(["stage", "reason"]).size().rename("n").reset_index()
    rows: list[tuple[str, str, str | None, int]] = []
    for stage, n in kept.items():
        rows.append((stage, "kept", None, int(n)))
        own = counts[counts["stage"] == stage].sort_values(["n", "reason"], ascending=[False, True])
        rows += [(stage, "dropped", reason, int(m)) for reason, m in zip(own["reason"], own["n"], strict=True)]
    return pd.DataFrame(rows, columns=["stage", "outcome", "reason", "n"])


def stat_profile(
    pages: pd.DataFrame, comments: pd.DataFrame, labels: pd.DataFrame, families: pd.DataFrame
) -> pd.DataFrame:
    """Each essay with its readers: how many there were, what they did, and whether the author answered.

    Parameters
    ----------
    pages, comments, labels : DataFrame
        Tables ``pages``, ``comments``, ``labels``.
    families : DataFrame
        doc_id, family, representative; see ``keep_representatives``.

    Returns
    -------
    DataFrame
        doc_id, page, title, date, comments_open, readers, author_answers, agreeing, extending, spam, cannot_say,
        pingbacks, representative; one row an essay, most reader comments first, then by title and doc_id.

    Notes
    -----
    ``readers`` counts distinct names as signed (capitals and blanks apart), spam's too; comments without a name count
    as one reader together. One person may sign in two ways, and two people alike: it is a count of names. A reader
    comment that was never labelled counts in ``cannot_say``.
    """
    known = reader_labels(comments, labels)
    said = known["label"].where(known["label"].notna(), "cannot say")
    counts = pd.crosstab(known["doc_id"], said).reindex(columns=list(SHOWN_LABELS), fill_value=0)
    readers = _readers(comments)
    columns = {label.replace(" ", "_"): counts[label] for label in SHOWN_LABELS}
    columns |= {
        "readers": readers.groupby("doc_id")["author"].agg(lambda names: names.map(plain_name).nunique()),
        "author_answers": comments[(comments["kind"] == "comment") & comments["by_essay_author"].astype(bool)]
        .groupby("doc_id")
        .size(),
        "pingbacks": comments[comments["kind"] == "pingback"].groupby("doc_id").size(),
    }
    table = pages[["doc_id", "page", "title", "date", "comments_open"]].reset_index(drop=True)
    for name, values in columns.items():
        table[name] = table["doc_id"].map(values).fillna(0).astype("int64")
    table["representative"] = _stands(table["doc_id"], families)
    table["_all"] = table[[label.replace(" ", "_") for label in SHOWN_LABELS]].sum(axis=1)
    table = table.sort_values(["_all", "title", "doc_id"], ascending=[False, True, True], kind="stable")
    return table[list(PROFILE)].reset_index(drop=True)


PROFILE = (
    "doc_id",
    "page",
    "title",
    "date",
    "comments_open",
    "readers",
    "author_answers",
    *(label.replace(" ", "_") for label in SHOWN_LABELS),
    "pingbacks",
    "representative",
)


def plain_name(name: object) -> str:
    """A name without what does not tell people apart: capitals and runs of blanks; empty where there is none.

    Examples
    --------
    >>> plain_name("  Ada   LINDQVIST ")
    'ada lindqvist'
    """
    return " ".join(name.split()).casefold() if isinstance(name, str) else ""


def stat_timeline(comments: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Count reader comments by the year they were written and their label.

    Parameters
    ----------
    comments, labels : DataFrame
        Tables ``comments`` and ``labels``.

    Returns
    -------
    DataFrame
        year (every year from the first to the last; <NA> for comments without a date, last and only if there are any),
        label (agreeing, extending, spam, cannot say), n; zeros too.

    Notes
    -----
    More comments in a year may only mean that more essays of that year were collected.
    """
    known = reader_labels(comments, labels)
    dates = known["comment_id"].map(comments.set_index("comment_id")["date"])
    years = dates.astype(object).map(year_of)
    said = known["label"].where(known["label"].notna(), "cannot say")
    counts = pd.DataFrame({"year": years, "label": said}).groupby(["year", "label"], dropna=False).size()
    span: list[float] = []
    if years.notna().any():
        span += range(int(years.min()), int(years.max()) + 1)
    if years.isna().any():
        span.append(float("nan"))
    times = pd.MultiIndex.from_product([pd.Index(span, dtype=float), SHOWN_LABELS], names=["year", "label"])
    table = counts.reindex(times, fill_value=0).rename("n").reset_index()
    return table.astype({"year": "Int64", "n": "int64"})


def year_of(date: object) -> float:
    """The year of an ISO date; NaN where there is none."""
    return float(date[:4]) if isinstance(date, str) and date[:4].isdigit() and len(date) >= 4 else float("nan")
