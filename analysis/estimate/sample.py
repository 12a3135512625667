"""Draw the comments a person is to code by hand, with the chance each had of being drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import EstimateError, one_of

DESIGNS = ("simple", "stratified")
# Half of a stratified sample is spread evenly over the machine's labels, so that rare ones are met at all; the other
# half follows their numbers, so that the weights stay within one order of magnitude.
_EVEN_PART = 0.5


def draw_sample(labels: pd.DataFrame, n: int, seed: int, *, by: str = "stratified") -> pd.DataFrame:
    """Choose by lot which comments to code by hand.

    Parameters
    ----------
    labels : DataFrame
        Columns ``comment_id`` and, for ``by="stratified"``, ``label`` (None: the machine cannot say). Any row order:
        the lot does not depend on it.
    n : int
        How many to draw, from 1 to the number of rows.
    seed : int
    by : {"stratified", "simple"}
        ``simple``: every comment has the same chance. ``stratified``: rare machine labels have a greater one.

    Returns
    -------
    DataFrame
        Columns ``comment_id`` and ``inclusion_probability`` (above 0, at most 1), sorted by ``comment_id``. Keep the
        second column: without it no share can be estimated from the codes.

    Raises
    ------
    EstimateError
        If ``n`` is out of range, the design unknown, or a comment stands twice.

    Notes
    -----
    Drawn without replacement; in a stratum of N comments of which m are drawn each has the chance m / N. Do not drop
    drawn comments because they are hard: code them "none" or leave all of one kind out of the question.

    Examples
    --------
    >>> table = pd.DataFrame({"comment_id": list("abcd"), "label": ["spam", None, None, None]})
    >>> draw_sample(table, 2, 1, by="stratified").inclusion_probability.round(2).tolist()
    [1.0, 0.33]
    """
    if by not in DESIGNS:
        raise EstimateError(one_of("sampling design", by, DESIGNS))
    if not 1 <= n <= len(labels):
        raise EstimateError(f"A sample of {n} cannot be drawn from {len(labels)} comments; ask for 1 to {len(labels)}.")
    if labels["comment_id"].duplicated().any():
        raise EstimateError("A comment stands twice in the table to draw from; give each comment one row.")
    table = labels.sort_values("comment_id", kind="stable")
    strata = np.zeros(len(table)) if by == "simple" else table["label"].fillna("").to_numpy(dtype=str)
    stratum = np.unique(strata, return_inverse=True)[1]
    sizes = np.bincount(stratum)
    if n < len(sizes):
        raise EstimateError(
            f"A sample of {n} cannot hold one comment of each of the {len(sizes)} machine labels; "
            "draw more, or by='simple'."
        )
    generator, parts = np.random.default_rng(seed), []
    for k, take in enumerate(_allocate(sizes, n)):
        rows = generator.permutation(np.flatnonzero(stratum == k))[:take]
        parts.append(pd.DataFrame({"row": rows, "inclusion_probability": take / sizes[k]}))
    drawn = pd.concat(parts).sort_values("row")
    ids = table["comment_id"].to_numpy()[drawn["row"].to_numpy(dtype=int)]
    return pd.DataFrame({"comment_id": ids, "inclusion_probability": drawn["inclusion_probability"].to_numpy()})


def _allocate(sizes: np.ndarray, n: int) -> list[int]:
    """Share ``n`` out over strata; each gets one at least, and none more than it holds."""
    wish = n * ((1 - _EVEN_PART) * sizes / sizes.sum() + _EVEN_PART / len(sizes))
    take = np.ones(len(sizes), dtype=int)
    for _ in range(n - len(sizes)):  # one by one to the stratum furthest below its wish: exact, and n is some hundreds
        open_ = take < sizes
        short = np.where(open_, (take + 1) / wish, np.inf)
        take[int(np.argmin(short))] += 1
    return take.tolist()
