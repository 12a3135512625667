"""Which comments belong to which group, by the group's name as a table and a figure write it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import EstimateError
from analysis.estimate.checks import quoted
from analysis.estimate.core import is_label

EVERYTHING = "all"


def group_members(labels: pd.DataFrame, groups: pd.Series | None) -> dict[str, NDArray[np.bool_]]:
    """Find the comments of each group.

    Parameters
    ----------
    labels : DataFrame
        ``comment_id``. Checked (``check_labels``).
    groups : Series or None
        Group of each comment, indexed by ``comment_id``: text, numbers, true/false or categories, with gaps or none.

    Returns
    -------
    dict of str to array of bool, shape (N,)
        Groups in natural order (topic 2 before topic 10), categories without a comment among them; empty without
        groups. Years that became 2001.0 for want of one of them are "2001" again.

    Raises
    ------
    EstimateError
        If a comment stands in two groups, a group is called as all comments together are, or no comment has a group.

    Examples
    --------
    >>> found = group_members(pd.DataFrame({"comment_id": ["a", "b"]}), pd.Series([2001.0, None], ["a", "b"]))
    >>> {name: inside.tolist() for name, inside in found.items()}
    {'2001': [True, False]}
    """
    if groups is None:
        return {}
    if groups.index.has_duplicates:
        raise EstimateError("A comment stands in two groups; give each comment one group.")
    given = groups.dropna()
    place = given.index.get_indexer(pd.Index(labels["comment_id"]))  # -1: no group
    if len(given) and len(labels) and (place < 0).all():
        raise EstimateError(
            f"None of these comments has a group: the groups are indexed by {quoted(given.index[0])} and the like, the "
            f"comments are called {quoted(labels['comment_id'].iloc[0])} and the like; the groups must be indexed by "
            "comment_id."
        )
    kinds = groups.cat.categories if isinstance(groups.dtype, pd.CategoricalDtype) else given.unique()
    names = dict(zip(kinds, _names(list(kinds)), strict=True))
    if EVERYTHING in names.values():
        raise EstimateError(f"No group may be called {EVERYTHING!r}: that name is kept for all comments together.")
    own = pd.Series([*(names[kind] for kind in given), None], dtype=object).iloc[place]
    return {name: is_label(own, name) for name in sorted(set(names.values()), key=_natural)}


def _names(kinds: list[Any]) -> list[str]:
    """Names of groups; whole numbers without a point where all are whole."""
    numbers = [kind for kind in kinds if isinstance(kind, float | np.floating)]
    whole = all(float(number).is_integer() for number in numbers)
    return [str(int(kind)) if whole and isinstance(kind, float | np.floating) else str(kind) for kind in kinds]


def _natural(name: str) -> list[tuple[int, str, str]]:
    return [(len(digits), digits, text) for digits, text in re.findall(r"(\d*)(\D*)", name)]
