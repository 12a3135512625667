"""On which comments coders differ, how, and how it was settled.

A settled comment is what the team now holds, not what each coder saw alone: agreement is always that of the coders.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.errors import LabelError
from analysis.evaluate.agreement import check_codes


def stat_disagreements(codes: pd.DataFrame, adjudicated: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the comments on which coders differ, with what each of them said and noted.

    Parameters
    ----------
    codes : DataFrame
        comment_id, coder, label; and position, sure, note where there are any. Any order.
    adjudicated : DataFrame, optional
        comment_id, label (and position): how comments were settled afterwards, one row a comment.

    Returns
    -------
    DataFrame
        One row a comment: comment_id; differ ("label", "label and position", "position"); labels (those given, in name
        order, joined by " / "); then for each coder in name order ``label NAME``, ``position NAME``, ``sure NAME``,
        ``note NAME`` (None where the coder did not code it); settled (a label, or None: open); settled_position.
        Differing labels first, the commonest kind of difference before the rarer, of one kind those of which all
        coders were sure first (they read the codebook differently), then by comment_id.

    Raises
    ------
    LabelError
        If a column is missing, or a coder, or the adjudication, coded a comment twice.
    """
    check_codes(codes)
    told = [c for c in ("label", "position", "sure", "note") if c in codes.columns]
    wide = {w: codes.pivot(index="comment_id", columns="coder", values=w).astype(object) for w in told}
    differ = {w: wide[w].nunique(axis=1) > 1 for w in ("label", "position") if w in told}
    kinds = pd.DataFrame(differ, index=wide["label"].index)
    kinds = kinds[kinds.any(axis=1)]
    found = {w: of.loc[kinds.index] for w, of in wide.items()}
    table = pd.DataFrame({"comment_id": kinds.index, "differ": _joined(kinds, " and ")})
    table["labels"] = [" / ".join(sorted({v for v in row if pd.notna(v)})) for row in found["label"].to_numpy()]
    for coder in wide["label"].columns:
        for what in told:
            table[f"{what} {coder}"] = _objects(found[what][coder], table.index)
    settled = _settled(adjudicated)
    for column, what in (("settled", "label"), ("settled_position", "position")):
        table[column] = _objects((settled.get(what, {}).get(c) for c in table["comment_id"]), table.index)
    sure = [all(bool(v) for v in row if pd.notna(v)) for row in found["sure"].to_numpy()] if "sure" in told else True
    return _in_order(table.assign(_sure=sure))


def _objects(values: Iterable, index: pd.Index) -> pd.Series:
    """A column in which a gap is None, whatever pandas would make of it."""
    return pd.Series([v if pd.notna(v) else None for v in values], index=index, dtype=object)


def _joined(kinds: pd.DataFrame, word: str) -> list[str]:
    return [word.join(c for c, is_so in zip(kinds.columns, row, strict=True) if is_so) for row in kinds.to_numpy()]


def _settled(adjudicated: pd.DataFrame | None) -> dict[str, dict]:
    if adjudicated is None:
        return {}
    if adjudicated["comment_id"].duplicated().any():
        first = adjudicated.loc[adjudicated["comment_id"].duplicated(), "comment_id"].iloc[0]
        raise LabelError(f"Comment {first!r} is settled twice; keep the last word on it.")
    rows = adjudicated.astype(object).where(adjudicated.notna(), None)
    found = (c for c in ("label", "position") if c in rows.columns)
    return {c: dict(zip(rows["comment_id"], rows[c], strict=True)) for c in found}


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    table["_times"] = -table.groupby("labels")["labels"].transform("size") if len(table) else 0
    table["_only"] = table["differ"] == "position"
    table["_sure"] = ~table["_sure"].astype(bool)
    keys = ["_only", "_times", "labels", "_sure", "comment_id"]
    return table.sort_values(keys, kind="stable").drop(columns=["_only", "_times", "_sure"]).reset_index(drop=True)


def stat_code_confusion(codes: pd.DataFrame) -> pd.DataFrame:
    """Count which label one coder gives where another gives which.

    Parameters
    ----------
    codes : DataFrame
        comment_id, coder, label.

    Returns
    -------
    DataFrame
        one, other (coders, in name order), label_one, label_other, n (comments), share (of the comments both coded),
        differing (share of those on which the two differ; NaN where they say the same, or never differ). Every pair of
        labels of every two coders who share a comment, zeros too.

    Notes
    -----
    Uneven counts on the two sides of the diagonal are a habit of one coder; even ones are an unclear line in the
    codebook. Which of the two is right stands in no table of codes.
    """
    check_codes(codes)
    wide = codes.pivot(index="comment_id", columns="coder", values="label").astype(object)
    labels = sorted(codes["label"].dropna().unique())
    parts = []
    for one, other in combinations(sorted(wide.columns), 2):
        both = wide[[one, other]].dropna()
        if both.empty:
            continue
        counts = pd.crosstab(both[one], both[other]).reindex(index=labels, columns=labels, fill_value=0)
        n = counts.to_numpy().ravel()
        part = pd.DataFrame({"one": one, "other": other, "label_one": np.repeat(labels, len(labels))})
        part = part.assign(label_other=np.tile(labels, len(labels)), n=n, share=n / len(both))
        off = (part["label_one"] != part["label_other"]) & (part.loc[part.label_one != part.label_other, "n"].sum() > 0)
        part["differing"] = np.where(off, n / max(1, n[off].sum()), np.nan)
        parts.append(part)
    columns = ["one", "other", "label_one", "label_other", "n", "share", "differing"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)
