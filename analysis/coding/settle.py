"""From what several coders said to one code a comment, by a rule that says what it did."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.tables import CODES, check_table

HOWS = ("adjudicated", "agreed", "one coder", "the sure coder", "first coder")
SETTLED = ("comment_id", "label", "position", "how", "coders")


def settle_codes(codes: pd.DataFrame, adjudicated: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give each coded comment one code, and say how it came about.

    Parameters
    ----------
    codes, adjudicated : DataFrame
        As ``read_codes`` and ``read_adjudicated`` give them.

    Returns
    -------
    DataFrame
        One row a comment, sorted by ``comment_id``: ``label``, ``position`` (or None), ``how`` and ``coders``, the
        number who coded it (0 where only the adjudication did). ``how`` is the first that holds: ``adjudicated``;
        ``agreed``, all coders gave one label; ``one coder``; ``the sure coder``, all who were sure gave one label;
        ``first coder``, the first by name.

    Notes
    -----
    Count ``how`` and report it: a comment settled by ``first coder`` was not settled by anybody. Adjudicate those.

    Examples
    --------
    >>> codes = pd.DataFrame({"comment_id": ["a", "a"], "coder": ["x", "y"], "label": ["spam", "none"],
    ...     "position": None, "sure": [False, True], "note": "", "seconds": None, "at": None, "codebook_version": "1"})
    >>> settle_codes(codes)[["label", "how"]].values.tolist()
    [['none', 'the sure coder']]
    """
    final = {} if adjudicated is None else {r["comment_id"]: r for r in adjudicated.to_dict("records")}
    given: dict[str, list[dict[str, Any]]] = {comment_id: [] for comment_id in final}
    for row in check_table(codes, CODES).to_dict("records"):  # sorted by comment, then coder
        given.setdefault(str(row["comment_id"]), []).append({str(k): v for k, v in row.items()})
    rows = [(comment_id, *_settle(found, final.get(comment_id)), len(found)) for comment_id, found in given.items()]
    table = pd.DataFrame(sorted(rows), columns=list(SETTLED), dtype=object)
    return table.astype({"coders": "int64"})


def _settle(found: list[dict[str, Any]], final: dict[Any, Any] | None) -> tuple[str, str | None, str]:
    if final is not None:
        return final["label"], _text(final["position"]), "adjudicated"
    sure = [row for row in found if row["sure"]]
    if len(found) == 1:
        chosen, how = found, "one coder"
    elif _one_label(found):
        chosen, how = [*sure, *found], "agreed"
    elif sure and _one_label(sure):
        chosen, how = sure, "the sure coder"
    else:
        chosen, how = found[:1], "first coder"
    positions = [_text(row["position"]) for row in chosen]
    return chosen[0]["label"], next((p for p in positions if p is not None), None), how


def _one_label(rows: list[dict[str, Any]]) -> bool:
    return len({row["label"] for row in rows}) == 1


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
