"""What scikit-learn hands on, read as comments: a table, a list of texts, or one column of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import LabelError
from analysis.stance.features import COLUMNS

BLOG = "blog"  # column that says which comments stand on the same blog


class CommentsError(LabelError, ValueError):
    """No comments, or labels nothing can be learned from; a ValueError too, as scikit-learn's callers expect."""


def read_comments(X: Any) -> list[dict[str, Any]]:
    """Read comments from whatever scikit-learn hands on: a table, or texts alone.

    Parameters
    ----------
    X : DataFrame, or sequence of str
        A table as ``label_comments`` takes it (``id`` not needed; ``blog`` kept where there is one), texts, or an array
        of one column of texts. What is no text counts as missing.

    Returns
    -------
    list of dict
        One a comment, in the order given.

    Raises
    ------
    CommentsError
        If there is no comment, a table without the column ``text``, or something else than texts.

    Examples
    --------
    >>> [row["text"] for row in read_comments(["First.", None])]
    ['First.', '']
    """
    if isinstance(X, pd.DataFrame):
        if "text" not in X.columns:
            there = ", ".join(map(str, X.columns)) or "none"
            raise CommentsError(f"The comments lack the column text; found {there}. Name the column of their texts so.")
        kept = X[[c for c in (*COLUMNS[1:], BLOG) if c in X.columns]].to_dict("records")
        rows = [{str(k): v if isinstance(v, str) or k == BLOG else None for k, v in row.items()} for row in kept]
    else:
        rows = [{"text": text if isinstance(text, str) else None} for text in _texts(X)]
    if not rows:
        raise CommentsError("Found 0 comments; a minimum of 1 is required.")
    # Numbered in the order given; a comment without text is an empty one.
    return [{**row, "id": f"{n:09d}", "text": row["text"] or ""} for n, row in enumerate(rows)]


def _texts(X: Any) -> list[Any]:
    if isinstance(X, (str, bytes)) or not hasattr(X, "__len__"):
        raise CommentsError(f"A table or a list of texts is wanted, found {type(X).__name__}; put it into a list.")
    found = np.asarray(X, dtype=object)
    if found.ndim == 2 and found.shape[1] == 1:
        found = found[:, 0]
    texts = found.tolist()
    odd = (
        [t for t in texts if not (isinstance(t, str) or t is None or t is pd.NA or t != t)] if found.ndim == 1 else [X]
    )
    if odd:
        raise CommentsError(
            f"Comments are texts, or a table with a column text; found {type(odd[0]).__name__}. "
            "A table of other columns goes in as a DataFrame."
        )
    return texts


def number_blogs(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The blog of each comment, as far as known: else its essay, else the comment alone."""
    keys: list[Hashable] = []
    for row in rows:
        blog, essay = row.get(BLOG), (row.get("parent_title"), row.get("parent_text"))
        known = blog is not None and blog == blog
        keys.append(("blog", blog) if known else essay if any(essay) else row["id"])
    place = {key: str(n) for n, key in enumerate(dict.fromkeys(keys))}
    return [place[key] for key in keys]
