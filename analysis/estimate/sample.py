"""Draw the comments a person is to code by hand, with the chance each had of being drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import EstimateError, one_of
from analysis.records import child_seed
from analysis.types import LABELS

DESIGNS = ("simple", "stratified", "uncertainty")
UNSAID = "cannot say"  # the stratum of comments the machine gave no label
# Half of a stratified sample is spread evenly over the machine's labels, so that rare ones are met at all; the other
# half follows their numbers, so that the weights stay within one order of magnitude.
_EVEN_PART = 0.5
# Half of an uncertainty sample goes to all comments alike: a machine that is sure and wrong must be found out, and no
# comment may weigh more than twice what it would in a simple sample.
_ALIKE = 0.5
_GOLDEN = (5**0.5 - 1) / 2


def draw_sample(labels: pd.DataFrame, n: int, seed: int, *, by: str = "stratified") -> pd.DataFrame:
    """Choose by lot which comments to code by hand.

    Parameters
    ----------
    labels : DataFrame
        Column ``comment_id``; for ``stratified`` also ``label`` (None: the machine cannot say) and, where there is
        one, ``cluster`` (page, author or essay family); for ``uncertainty`` the probabilities ``agreeing``,
        ``extending``, ``spam``. Any row order: the lot does not depend on it.
    n : int
        How many to draw, from 1 to the number of rows.
    seed : int
    by : {"stratified", "simple", "uncertainty"}
        ``simple``: every comment has the same chance. ``stratified``: comments of rare machine labels have a greater
        one, and those of each label are spread over the clusters. ``uncertainty``: the more the machine doubts, the
        greater the chance.

    Returns
    -------
    DataFrame
        Table ``gold_sample``, sorted by ``comment_id``: ``comment_id``; ``order`` (1 to n: code in this order, and you
        may stop anywhere); ``stratum`` (the machine's label or "cannot say"; "" for the other designs);
        ``stratum_size`` (comments of the corpus in it); ``inclusion_probability`` (above 0, at most 1). Keep all
        columns: without them no share can be estimated from the codes.

    Raises
    ------
    EstimateError
        If ``n`` is out of range, the design unknown, a comment stands twice, or a column is missing.

    Notes
    -----
    Drawn without replacement. In a stratum of N comments of which m are drawn each has the chance m / N exactly. More
    comments later: ask for a larger ``n`` with the same seed and table; a ``simple`` or ``stratified`` sample holds
    the smaller one as the beginning of its order (an ``uncertainty`` sample does not).

    Spread over clusters: the comments of a label stand in a circle, cluster by cluster, both in random order; from a
    random start the k-th drawn lies k golden sections further on. The random start alone makes each chance m / N;
    the golden section spaces every beginning of the sequence evenly (three-distance theorem, Sós 1958), as systematic
    sampling does (Madow & Madow 1944). Shares gain where pages differ, and their intervals know it (``core``).

    ``uncertainty``: chance proportional to ``(1 + d / mean d) / 2``, d the root of the summed variances
    ``sqrt(sum p (1 - p))`` of the machine's three answers (Neyman 1934; Zrnic & Candès 2024), capped at 1; drawn by
    randomised systematic sampling, whose chances are exact (Hartley & Rao 1962).

    Do not drop drawn comments because they are hard: code them "none".

    Examples
    --------
    >>> table = pd.DataFrame({"comment_id": list("abcd"), "label": ["spam", None, None, None]})
    >>> draw_sample(table, 2, 1, by="stratified").inclusion_probability.round(2).tolist()
    [1.0, 0.33]
    """
    _check(labels, n, by)
    table = labels.sort_values("comment_id", kind="stable", ignore_index=True)
    if by == "uncertainty":
        rows, chance = _by_doubt(table, n, seed)
        strata, sizes = np.full(n, "", dtype=object), np.full(n, len(table))
    else:
        stratum = (
            pd.Series("", index=table.index)
            if by == "simple"
            else table["label"].astype(object).fillna(UNSAID).astype(str)
        )
        clusters = table["cluster"] if by == "stratified" and "cluster" in table.columns else None
        rows, strata, sizes, taken = _by_stratum(stratum, clusters, n, seed)
        chance = taken / sizes
    drawn = pd.DataFrame(
        {
            "comment_id": table["comment_id"].to_numpy()[rows],
            "order": np.arange(1, n + 1),
            "stratum": strata,
            "stratum_size": sizes,
            "inclusion_probability": chance,
        }
    )
    return drawn.sort_values("comment_id", kind="stable", ignore_index=True)


def _check(labels: pd.DataFrame, n: int, by: str) -> None:
    if by not in DESIGNS:
        raise EstimateError(one_of("sampling design", by, DESIGNS))
    need = {"simple": (), "stratified": ("label",), "uncertainty": LABELS}[by]
    missing = [c for c in ("comment_id", *need) if c not in labels.columns]
    if missing:
        raise EstimateError(
            f"The table to draw a {by} sample from lacks the column(s) {', '.join(missing)}; "
            "give the machine's labels, or draw by='simple'."
        )
    if labels.empty:
        raise EstimateError("There are no comments to draw from.")
    if not 1 <= n <= len(labels):
        raise EstimateError(f"A sample of {n} cannot be drawn from {len(labels)} comments; ask for 1 to {len(labels)}.")
    if labels["comment_id"].duplicated().any():
        raise EstimateError("A comment stands twice in the table to draw from; give each comment one row.")
    kinds = labels["label"].nunique(dropna=False) if by == "stratified" else 1
    if n < kinds:
        raise EstimateError(
            f"A sample of {n} cannot hold one comment of each of the {kinds} machine labels; draw more, or by='simple'."
        )


def _by_stratum(
    stratum: pd.Series, clusters: pd.Series | None, n: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Rows in order of coding, and of each its stratum, the stratum's size, and how many of it are drawn."""
    names, code = np.unique(stratum.to_numpy(dtype=str), return_inverse=True)
    sizes = np.bincount(code)
    turn = _turns(sizes, n)
    taken = np.bincount(turn, minlength=len(sizes))
    rows = np.empty(n, dtype=np.intp)
    for k, name in enumerate(names):
        inside = np.flatnonzero(code == k)
        own = None if clusters is None else pd.factorize(clusters.iloc[inside])[0]
        generator = np.random.default_rng(child_seed(seed, f"stratum {name}"))
        rows[turn == k] = inside[_spread(own, len(inside), generator)[: taken[k]]]
    return rows, names.astype(object)[turn], sizes[turn], taken[turn]


def _turns(sizes: np.ndarray, n: int) -> np.ndarray:
    """Which stratum each of the n draws is from: two of each first, so that a variance can be told, then by wish.

    The choice of a draw does not depend on n: the turns of a smaller sample begin those of a larger one.
    """
    wish = (1 - _EVEN_PART) * sizes / sizes.sum() + _EVEN_PART / len(sizes)
    take, turns = np.zeros(len(sizes), dtype=int), np.empty(n, dtype=np.intp)
    for i in range(n):
        few = np.minimum(take, 2)
        short = np.where(take < sizes, np.where(few < 2, few - 2, (take + 1) / wish), np.inf)
        turns[i] = int(np.argmin(short))
        take[turns[i]] += 1
    return turns


def _spread(clusters: np.ndarray | None, n: int, generator: np.random.Generator) -> np.ndarray:
    """Random order of n rows, of which each beginning is spread over the clusters where there are any."""
    shuffled = generator.permutation(n)
    if clusters is None:
        return shuffled
    place = generator.permutation(int(clusters.max()) + 1)
    circle = shuffled[np.argsort(place[clusters[shuffled]], kind="stable")]
    step = np.argsort(np.argsort((np.arange(n) * _GOLDEN) % 1.0, kind="stable"), kind="stable")
    return circle[(step + generator.integers(n)) % n]


def _by_doubt(table: pd.DataFrame, n: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows in order of coding and their chances, greater where the machine's three answers are less sure."""
    p = table[list(LABELS)].to_numpy(dtype=float, na_value=np.nan)
    doubt = np.sqrt(np.clip(p * (1 - p), 0, None).sum(axis=1))
    # A comment without probabilities is in as much doubt as one can be.
    doubt = np.where(np.isnan(doubt), np.sqrt(len(LABELS) * 0.25), doubt)
    mean = doubt.mean()
    chance = _capped((1 - _ALIKE) * doubt / mean + _ALIKE if mean > 0 else np.ones(len(table)), n)
    generator = np.random.default_rng(child_seed(seed, "uncertainty"))
    order = generator.permutation(len(table))
    ends = np.cumsum(chance[order])
    ends *= n / ends[-1]
    # One point in each unit of length, all at the same random offset: n rows, none twice as no chance exceeds 1.
    rows = order[np.searchsorted(ends, np.arange(n) + generator.random(), side="right").clip(max=len(order) - 1)]
    rows = generator.permutation(rows)
    return rows, chance[rows]


def _capped(wish: np.ndarray, n: int) -> np.ndarray:
    """Chances proportional to ``wish`` that sum to n, none above 1."""
    sure = np.zeros(len(wish), dtype=bool)
    while True:
        chance = np.where(sure, 1.0, wish * ((n - sure.sum()) / max(wish[~sure].sum(), 1e-300)))
        over = chance > 1
        if not over.any():
            return chance
        sure |= over
