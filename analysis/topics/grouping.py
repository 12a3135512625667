"""Documents grouped by the direction they point in: spherical k-means (Dhillon & Modha 2001), from a given start."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from analysis.topics.model import Floats

GROUPINGS = 50  # of k-means; it stops earlier where nothing moves
_TINY = 1e-12
_Groups = npt.NDArray[np.int64]


def group_directions(directions: Floats, start: _Groups, number: int) -> _Groups:
    """Move each document to the group whose mean direction is nearest, until none moves.

    Parameters
    ----------
    directions : ndarray, shape (n, d)
        Rows of length 1.
    start : ndarray of int, shape (n,)
        Groups to start from; the answer hangs on them, so they are to come without chance.
    number : int
        Groups, at most n.

    Returns
    -------
    ndarray of int, shape (n,)
        Group of each document, from 0 to ``number`` - 1; no group is empty.
    """
    group = start.copy()
    for _ in range(GROUPINGS):
        _fill_empty(group, directions, number)
        moved = (directions @ _centres(directions, group, number).T).argmax(axis=1)
        if (moved == group).all():
            break
        group = moved
    _fill_empty(group, directions, number)
    return group


def sum_groups(rows: sparse.csr_matrix, group: _Groups, number: int) -> Floats:
    """Add up the rows of each group, (number, columns)."""
    return np.asarray((_members(group, number) @ rows).todense())


def unit_rows(matrix: Floats) -> Floats:
    """Divide each row by its length; a row of zeros stays one."""
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), _TINY))


def _members(group: _Groups, number: int) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.ones(len(group)), (group, np.arange(len(group)))), shape=(number, len(group)))


def _centres(directions: Floats, group: _Groups, number: int) -> Floats:
    return unit_rows(_members(group, number) @ directions)


def _fill_empty(group: _Groups, directions: Floats, number: int) -> None:
    """Give each empty group the document that fits its own group least, out of groups of two or more."""
    near = (directions * _centres(directions, group, number)[group]).sum(axis=1)
    for empty in np.flatnonzero(np.bincount(group, minlength=number) == 0):
        sizes = np.bincount(group, minlength=number)
        stray = int(np.where(sizes[group] > 1, near, np.inf).argmin())
        group[stray] = empty
        near[stray] = 1.0
