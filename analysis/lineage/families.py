"""The two kinds of family together, as the other stages use them, and as the command line writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import pandas as pd

from analysis.errors import TableError
from analysis.lineage import copies, essays, proposals
from analysis.lineage.spam import MIN_WORDS, group_spam
from analysis.rows import comment_id
from analysis.types import Page


@dataclass(frozen=True)
class Lineage:
    """What descends from what.

    Attributes
    ----------
    essay_families : DataFrame
        One row a page, sorted by doc_id: doc_id, family, representative (bool), similarity and containment
        (three-word runs, against the representative, 0 to 1).
    spam_families : DataFrame
        One row a copy, only families of two and more, sorted: family, doc_id, item ("injected" or the comment_id),
        text, n (copies in the family).
    """

    essay_families: pd.DataFrame
    spam_families: pd.DataFrame


def find_lineage(pages: pd.DataFrame, spam: pd.DataFrame, *, seed: int = 1) -> Lineage:
    """Find which essays are versions of one essay, and which spam was spun from one text.

    Parameters
    ----------
    pages : DataFrame
        Columns doc_id, essay, date (others are ignored); any order, each doc_id once.
    spam : DataFrame
        Columns item ("injected", or beginning so, or a comment_id), doc_id, text: every injected paragraph and every
        comment that may be spam; nothing needs to be known about them beforehand. Leave out the essay author's own
        replies.
    seed : int
        Of the MinHash permutations.

    Returns
    -------
    Lineage
        The same whatever the order of the rows.

    Raises
    ------
    TableError
        If a column is missing or holds something else than text (dates may be missing), or a doc_id stands twice.

    Notes
    -----
    The representative of a family is its longest essay (then the earliest, then the smallest doc_id): an excerpt never
    stands for the whole, and the length is always known while many pages carry no date. Essays are versions if half of
    the shorter one's three-word runs stand in the other, four fifths where it is less than half as long (containment,
    Broder 1997); runs that stand in four unlike essays are boilerplate and do not count. Spam is grouped as
    ``find_copies`` does, after links and quotations of the essay are taken out.

    Do not use it on languages written without spaces: they have no words here. Families hold at the level of wording;
    a translation is no version, and a family says nothing about who wrote first.
    """
    _need(pages, ("doc_id", "essay", "date"), "pages")
    _need(spam, ("item", "doc_id", "text"), "texts that may be spam")
    twice = sorted(pages.loc[pages["doc_id"].duplicated(), "doc_id"])
    if twice:
        raise TableError(
            f"The table of pages holds {len(twice)} doc_id(s) twice, for one {twice[0]}; keep one row each."
        )
    families = essays.group_essays(pages)
    essay = dict(zip(pages["doc_id"], pages["essay"], strict=True))
    version = dict(zip(families["doc_id"], families["family"], strict=True))
    return Lineage(families, group_spam(spam, essay, version, seed=seed))


def lineage_as_json(pages: Sequence[Page], *, seed: int = 1) -> dict[str, Any]:
    """Find the lineage of pages and lay it out as ``python -m analysis lineage`` writes it.

    Parameters
    ----------
    pages : sequence of Page
        Any order; a page met twice (same content and name) counts once.
    seed : int
        Of the MinHash permutations.

    Returns
    -------
    dict
        ``essay_families``: lists of page names, families of two and more, sorted; ``representatives``: for each of
        them the page that stands for it; ``spam_families``: lists of ``{"page", "text"}``; ``settings``.
        Ready for ``json.dumps``.

    Notes
    -----
    Comments by the essay's author and pingbacks are left out of the search for spam: the first repeat themselves in
    good faith, the second quote.
    """
    known = {page.doc_id: page for page in pages}
    table = pd.DataFrame(
        [{"doc_id": doc, "essay": p.essay, "date": p.date} for doc, p in known.items()],
        columns=["doc_id", "essay", "date"],
        dtype=object,
    )
    found = find_lineage(table, candidate_texts(list(known.values())), seed=seed)
    name = {doc: page.page for doc, page in known.items()}
    groups = []
    for _, rows in found.essay_families.groupby("family"):
        if len(rows) > 1:
            chosen = rows.loc[rows["representative"], "doc_id"].iloc[0]
            groups.append((sorted(name[doc] for doc in rows["doc_id"]), name[chosen]))
    copied = [
        sorted(({"page": name[d], "text": t} for d, t in zip(rows["doc_id"], rows["text"], strict=True)), key=_by_page)
        for _, rows in found.spam_families.groupby("family")
    ]
    groups.sort()
    return {
        "essay_families": [members for members, _ in groups],
        "representatives": [chosen for _, chosen in groups],
        "spam_families": sorted(copied, key=lambda members: _by_page(members[0])),
        "settings": settings(seed),
    }


def candidate_texts(pages: Sequence[Page]) -> pd.DataFrame:
    """Table of the texts that may be spun spam: injected paragraphs and readers' comments.

    Parameters
    ----------
    pages : sequence of Page

    Returns
    -------
    DataFrame
        Columns item ("injected" or the comment_id), doc_id, text; by page, then page order. Pingbacks and comments by
        the essay's author are left out.
    """
    rows = []
    for page in pages:
        doc = page.doc_id
        rows += [{"item": "injected", "doc_id": doc, "text": text} for text in page.injected_spam]
        rows += [
            {"item": comment_id(doc, number), "doc_id": doc, "text": c.text}
            for number, c in enumerate(page.comments)
            if c.kind == "comment" and not c.by_essay_author
        ]
    return pd.DataFrame(rows, columns=["item", "doc_id", "text"], dtype=object)


def settings(seed: int) -> dict[str, Any]:
    """Every number that decided, for the record."""
    return {
        "seed": seed,
        "rensa": metadata.version("rensa"),
        "bands": proposals.BANDS,
        "rows": proposals.ROWS,
        "copy_run": copies.RUN,
        "copy_jaccard": copies.COPY_JACCARD,
        "copy_aligned": copies.COPY_ALIGNED,
        "spam_min_words": MIN_WORDS,
        "essay_run": essays.RUN,
        "essay_min_words": essays.MIN_WORDS,
        "version_jaccard": essays.VERSION_JACCARD,
        "version_contained": essays.VERSION_CONTAINED,
        "excerpt_contained": essays.EXCERPT_CONTAINED,
        "boilerplate": essays.BOILERPLATE,
    }


def _by_page(copy: dict[str, str]) -> tuple[str, str]:
    return copy["page"], copy["text"]


def _need(table: pd.DataFrame, columns: tuple[str, ...], name: str) -> None:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns))
        raise TableError(f"The table of {name} lacks the column(s) {', '.join(missing)}; it has {found}.")
    for column in columns:
        wrong = 0 if column == "date" else sum(not isinstance(value, str) for value in table[column])
        if wrong:
            raise TableError(
                f"Column {column!r} of the table of {name} is to hold text; {wrong} row(s) hold none. "
                "Leave such rows out, or give an empty essay as ''."
            )
