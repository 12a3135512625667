"""Where topics start from, without chance: leading directions of a matrix, rotated so that each leans on few rows."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from analysis.topics.model import Floats

ROTATIONS = 200  # of varimax; about thirty are needed
SETTLED = 1e-6  # relative gain of a rotation below which it has settled
DENSE = 100  # up to this side a full decomposition is exact and as quick
NEGLIGIBLE = 1e-9  # of the largest direction: anything smaller is rounding


def leading_directions(matrix: sparse.csr_matrix, number: int) -> tuple[Floats, Floats, Floats]:
    """Give the leading singular directions of a matrix, largest first.

    Returns
    -------
    left : ndarray, shape (n, r)
    sizes : ndarray, shape (r,)
        Singular values; r is ``number``, or fewer where the matrix bears no more.
    right : ndarray, shape (r, V)
    """
    if not matrix.nnz:
        return np.zeros((matrix.shape[0], 0)), np.zeros(0), np.zeros((0, matrix.shape[1]))
    if min(matrix.shape) <= max(DENSE, number + 1):
        left, sizes, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    else:
        uneven = 1 + 1 / np.arange(1, min(matrix.shape) + 1)  # fixed, and no direction of a regular matrix
        left, sizes, right = svds(matrix, k=number, v0=uneven)
    order = np.argsort(-sizes, kind="stable")[:number]
    order = order[sizes[order] > NEGLIGIBLE * sizes.max()]
    return left[:, order], sizes[order], right[order]


def rotate_varimax(loadings: Floats) -> Floats:
    """Rotate columns so that each leans on few rows (Kaiser 1958), and turn each so that its long tail is positive."""
    rotation = np.eye(loadings.shape[1])
    reached = 0.0
    for _ in range(ROTATIONS):
        rotated = loadings @ rotation
        squared = rotated * rotated
        left, gains, right = np.linalg.svd(loadings.T @ (rotated * (squared - squared.mean(axis=0))))
        rotation = left @ right
        if gains.sum() < reached * (1 + SETTLED):
            break
        reached = gains.sum()
    rotated = loadings @ rotation
    return rotated * np.where((rotated**3).sum(axis=0) >= 0, 1.0, -1.0)
