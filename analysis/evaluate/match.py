"""Pair the comments that were read with those that were planted: found, altered, missed or invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.text import words
from analysis.types import LABELS

# Word F1 from which two bodies are one comment read imperfectly: the bar at which page readers are scored.
SAME_COMMENT = 0.8
_PLANTED = ("author", "label", "position", "kind", "by_essay_author")
COLUMNS = ("page", "number", "comment_id", "outcome", "similarity", *_PLANTED, "author_read", "kind_read")


def match_truth(comments: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Say for each planted comment whether it was read, and for each one read whether it was planted.

    Parameters
    ----------
    comments : DataFrame
        Comments as read (table ``comments``) with the column ``page`` of their page; row order is page order.
    truth : DataFrame
        Planted comments: page, number (from 0 on its page), author, text, label, position, kind, by_essay_author.

    Returns
    -------
    DataFrame
        One row a planted comment (by page and number), then one for each invented one: page, number (planted; <NA>
        where invented), comment_id (None where missed), outcome (``found``: the same words in the same order;
        ``altered``: word F1 of 0.8 or more; ``missed``; ``invented``), similarity (word F1, 0 to 1), author, label,
        position, kind, by_essay_author (planted), author_read, kind_read.

    Notes
    -----
    One to one within a page: equal words first, then the best pairs of the rest. Word F1 is ``2 |A ∩ B| / (|A| + |B|)``
    over words with their counts. Two comments of the same words on a page are paired in page order.
    """
    rows: list[dict[str, Any]] = []
    read, planted = _by_page(comments), _by_page(truth.sort_values("number", kind="stable"))
    for page in sorted(set(read) | set(planted)):
        rows += _match_page(page, read.get(page, []), planted.get(page, []))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    order = table["outcome"].eq("invented").argsort(kind="stable")
    return table.iloc[order].reset_index(drop=True).astype({"number": "Int64", "similarity": "float64"})


def judged_table(matched: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Put what is planted beside what the machine said, for every planted comment that was read.

    Parameters
    ----------
    matched : DataFrame
        As ``match_truth`` makes it.
    labels : DataFrame
        Table ``labels``.

    Returns
    -------
    DataFrame
        The judged table of ``analysis.evaluate.scores``, in page order: comment_id, cluster (the page), truth, label,
        agreeing, extending, spam. Planted pingbacks, comments that were missed, and comments that were never labelled
        are left out: what is missed is the page reader's error, not the labeller's.
    """
    planted = matched[matched["comment_id"].notna() & matched["label"].notna()]
    table = planted[["comment_id", "page", "label"]].rename(columns={"page": "cluster", "label": "truth"})
    return table.merge(labels[["comment_id", "label", *LABELS]], on="comment_id", how="inner", validate="1:1")


def _by_page(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        found.setdefault(str(row["page"]), []).append({str(k): v for k, v in row.items()})
    return found


def _match_page(page: str, read: list[dict[str, Any]], planted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    read_words, planted_words = [words(r["text"]) for r in read], [words(p["text"]) for p in planted]
    pairs = _pair(read_words, planted_words)
    rows = []
    for j, row in enumerate(planted):
        own = {"page": page, "number": row["number"], **{key: row[key] for key in _PLANTED}}
        if j not in pairs:
            rows.append(own | {"outcome": "missed", "similarity": 0.0})
            continue
        i, score = pairs[j]
        outcome = "found" if read_words[i] == planted_words[j] else "altered"
        rows.append(own | {"outcome": outcome, "similarity": score} | _as_read(read[i]))
    used = {i for i, _ in pairs.values()}
    invented = [row for i, row in enumerate(read) if i not in used]
    return rows + [{"page": page, "outcome": "invented", "similarity": 0.0, **_as_read(row)} for row in invented]


def _as_read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"comment_id": row["comment_id"], "author_read": row["author"], "kind_read": row["kind"]}


def _pair(read: list[list[str]], planted: list[list[str]]) -> dict[int, tuple[int, float]]:
    """Planted position to read position and word F1; equal texts first, then greedily the best of the rest."""
    waiting: dict[tuple[str, ...], list[int]] = {}
    for i, text in reversed(list(enumerate(read))):
        waiting.setdefault(tuple(text), []).append(i)
    pairs = {j: (waiting[tuple(t)].pop(), 1.0) for j, t in enumerate(planted) if waiting.get(tuple(t))}
    free = sorted(i for left in waiting.values() for i in left)
    bags = {i: Counter(read[i]) for i in free}
    near = []
    for j, text in enumerate(planted):
        if j not in pairs:
            own = Counter(text)
            near += [(_f1(bags[i], own), i, j) for i in free]
    used: set[int] = set()
    for score, i, j in sorted(near, key=lambda found: (-found[0], found[1], found[2])):
        if score >= SAME_COMMENT and i not in used and j not in pairs:
            pairs[j] = (i, score)
            used.add(i)
    return pairs


def _f1(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
