"""How right the labels are from blog to blog: a mean over all hides the blogs on which the machine fails."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import LabelError
from analysis.estimate import wilson_interval
from analysis.estimate.intervals import bootstrap_sums
from analysis.evaluate.scores import check_judged, effective_n, three_class, weights_of
from analysis.types import LABELS

FEWEST_COMMENTS = 20  # of a blog with a row of its own: with fewer the interval reaches over half of the scale
EVERY, OTHERS = "all", "others"
COLUMNS = (
    *("blog", "blogs", "n", "essays", "macro_f1", "f1_low", "f1_high", "accuracy", "low", "high"),
    *("fewest", "source"),
)
_K = len(LABELS)


def stat_blogs(
    judged: pd.DataFrame, *, source: str, level: float, draws: int, seed: int, fewest: int = FEWEST_COMMENTS
) -> pd.DataFrame:
    """Accuracy and macro-F1 on each blog, with intervals that respect essays.

    Parameters
    ----------
    judged : DataFrame
        See ``analysis.evaluate.scores``, with a column ``blog``. Rows whose truth is none are left out, and abstention
        is ignored: the label of the highest probability counts.
    source : str
        What the comparison is against, in words.
    level : float
        Nominal coverage of the intervals.
    draws, seed : int
        Of the bootstrap over clusters, within each blog.
    fewest : int
        Blogs with fewer comments are put together as "others".

    Returns
    -------
    DataFrame
        blog ("all" first; then by size, the largest first; "others" last), blogs (how many the row holds), n (comments
        with one of the three labels), essays, macro_f1 with f1_low and f1_high, accuracy with low and high, fewest,
        source. Figures lie from 0 to 1, higher = better. No interval (NaN) where all comments stand under one essay.
        Empty without rows.

    Raises
    ------
    LabelError
        If there is no column ``blog``, or it has gaps.

    Notes
    -----
    Macro-F1 is the mean over the labels said or true there: in a blog without spam it is a mean of two, and one comment
    of a rare label turns it. Read it beside ``n``, and across blogs rather than of one. The variance of each figure
    comes from drawing its essays again (Davison & Hinkley 1997, ch. 3.8) times essays / (essays - 1), and the interval
    has Wilson's form with it and Student's quantile with essays - 1 degrees of freedom, as in ``stat_agreement``: a
    blog without an error still has a width. Simulated with essays of unlike difficulty (20 to 400 comments under 12 to
    80 essays, 300 runs each, nominal 95 %) they held the true accuracy in 94-98 %, the true macro-F1 in 91-97 %, least
    where a rare label had a handful of comments.

    Of several blogs together the essays are drawn, not the blogs: the interval of "all" is one for more comments of
    these blogs, and says less of a new blog than the spread of the rows does.
    """
    check_judged(judged)
    if "blog" not in judged.columns or judged["blog"].isna().any():
        raise LabelError("The judged table is to name the blog of every comment in a column 'blog'.")
    kept = judged[judged["truth"] != "none"]
    if kept.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    truth, best, _ = three_class(judged)
    cells, weights = truth * _K + best, weights_of(kept)
    blog, essay = kept["blog"].astype(str).to_numpy(), kept["cluster"].to_numpy()
    rows = []
    for name, inside in _rows(blog, fewest):
        figures = _figures(cells[inside], essay[inside], weights[inside], (level, draws, seed))
        n, essays = int(inside.sum()), len(pd.unique(essay[inside]))
        rows.append((name, len(np.unique(blog[inside])), n, essays, *figures, fewest, source))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _rows(blog: NDArray, fewest: int) -> list[tuple[str, NDArray]]:
    """Each row's name, and which comments it holds: all, the blogs by size, what is left."""
    sizes = pd.Series(blog).value_counts()
    large = sorted(sizes[sizes >= fewest].index, key=lambda name: (-sizes[name], name))
    rows = [(EVERY, np.ones(len(blog), dtype=bool)), *((name, blog == name) for name in large)]
    rest = ~np.isin(blog, large)
    return [*rows, (OTHERS, rest)] if rest.any() else rows


def _figures(cells: NDArray, essay: NDArray, weights: NDArray, asked: tuple[float, int, int]) -> tuple[float, ...]:
    """Macro-F1 and accuracy, each with both bounds."""
    level, draws, seed = asked
    codes, names = pd.factorize(essay)
    sums = np.zeros((len(names), _K * _K))
    np.add.at(sums, (codes, cells), weights)
    point = _scores(sums.sum(axis=0)[None])[:, 0]
    if len(names) < 2:
        return point[0], np.nan, np.nan, point[1], np.nan, np.nan
    drawn = _scores(bootstrap_sums(sums, draws=draws, seed=seed))
    found: list[float] = []
    for value, variance in zip(point, drawn.var(axis=1) * len(names) / (len(names) - 1), strict=True):
        # Draws that never vary show nothing but that so many essays were seen.
        known = value * (1 - value) / variance if variance > 0 else len(names)
        df = len(names) - 1
        found += [value, *wilson_interval(value, min(effective_n(weights), known), level=level, df=df)]
    return tuple(found)


def _scores(tables: NDArray) -> NDArray:
    """Macro-F1 and accuracy of many confusion tables; shape (2, tables)."""
    square = tables.reshape(-1, _K, _K)
    hit = np.diagonal(square, axis1=1, axis2=2)
    met = square.sum(axis=1) + square.sum(axis=2)
    f1 = np.divide(2 * hit, met, out=np.full(hit.shape, np.nan), where=met > 0)
    return np.stack([np.nanmean(f1, axis=1), hit.sum(axis=1) / square.sum(axis=(1, 2))])
