"""Which topics rise and which fall over the years, and how sure that is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from analysis.aggregate.cluster_draws import Floats, about_topics, count_clusters, draw_weights, holm, p_value
from analysis.aggregate.topic_belonging import UNKNOWN
from analysis.config import Estimates

_DIGITS = 6
_FEWEST_YEARS, _FEWEST_ESSAYS = 3, 5  # two years make any line fit, four essays nearly so


def stat_topic_trends(
    mixtures: pd.DataFrame, belonging: pd.DataFrame, topics: pd.DataFrame, *, settings: Estimates, seed: int
) -> pd.DataFrame:
    """By how much the share of each topic rises or falls from year to year, along a straight line.

    Parameters
    ----------
    mixtures, belonging, topics, settings, seed
        As for ``stat_topics_by``; the groups are years, and essays of "unknown" year are left out.

    Returns
    -------
    DataFrame
        topic, label, weak, slope (change of the share a year; .01 is one hundredth of the text), slope_low, slope_high,
        p, p_holm, apart, essays, clusters, first, last (years), note (None, or why there is no slope: it is then
        missing).

    Notes
    -----
    Slope: weighted least squares of an essay's share on its year. Variance: the Bayesian cluster bootstrap, times
    ``(G + 1) / (G − 2)``; Student's quantile with the effective number of clusters − 1, clusters weighed by their part
    in the spread of the years. ``p_holm``: Holm's adjustment over the topics; unadjusted, one topic in twenty would
    show a trend of level .95 where there is none.

    A straight line hides a rise and fall: look at the years. Few years, or years of one or two essays, say little.
    """
    dated = belonging[belonging["group"].astype(str) != UNKNOWN]
    found = dated[dated["doc_id"].isin(mixtures.index) & (dated["weight"] > 0)].sort_values(["cluster", "doc_id"])
    years = found["group"].astype(str).astype(int).tolist()
    clusters = found["cluster"].nunique()
    ends = {
        "essays": len(found),
        "clusters": clusters,
        "first": min(years, default=None),
        "last": max(years, default=None),
    }
    table = pd.DataFrame({"topic": mixtures.columns.to_numpy()}).merge(about_topics(topics), on="topic", how="left")
    if len(set(years)) < _FEWEST_YEARS or clusters < _FEWEST_ESSAYS:
        why = f"no trend: it needs {_FEWEST_YEARS} years and {_FEWEST_ESSAYS} essays with a date"
        empty = dict.fromkeys(("slope", "slope_low", "slope_high", "p", "p_holm"), np.nan)
        return table.assign(**empty, apart=False, **ends, note=why)[_TRENDS]
    slope, error, df = _slopes(
        mixtures.loc[found["doc_id"]].to_numpy(), found.assign(year=years), (settings.draws, seed)
    )
    reach = special.stdtrit(df, (1 + settings.level) / 2) * error
    p = p_value(slope, error, df)
    table = table.assign(slope=slope, slope_low=slope - reach, slope_high=slope + reach, p=p, p_holm=holm(p))
    table = table.assign(apart=table["p_holm"] < 1 - settings.level, **ends, note=None)
    return table.round(dict.fromkeys(("slope", "slope_low", "slope_high", "p", "p_holm"), _DIGITS))[_TRENDS]


_TRENDS = [
    *("topic", "label", "weak", "slope", "slope_low", "slope_high", "p", "p_holm", "apart"),
    *("essays", "clusters", "first", "last", "note"),
]


def _slopes(shares: Floats, found: pd.DataFrame, chance: tuple[int, int]) -> tuple[Floats, Floats, float]:
    """Slope of each topic, its standard error, the degrees of freedom; all sums are taken cluster by cluster."""
    weight, cluster = found["weight"].to_numpy(dtype=float), pd.factorize(found["cluster"])[0]
    years = found["year"].to_numpy(dtype=float)
    x = years - np.average(years, weights=weight)
    columns = np.column_stack([np.ones(len(x)), x, x * x, shares, shares * x[:, None]]) * weight[:, None]
    sums = np.zeros((int(cluster.max()) + 1, columns.shape[1]))
    np.add.at(sums, cluster, columns)
    slope, spread = _line(sums.sum(axis=0)[None])[0], np.zeros(shares.shape[1])
    for times in draw_weights(len(sums), sums.shape[1], *chance):
        spread += ((_line(times @ sums) - slope) ** 2).sum(axis=0)
    df = max(1.0, count_clusters(np.arange(len(sums)), sums[:, 2])[1] - 1)
    stretch = (len(sums) + 1) / (len(sums) - 2)
    return slope, np.sqrt(spread / chance[0] * stretch), df


def _line(sums: Floats) -> Floats:
    """Slopes of least squares from sums of 1, x, x², s and x s; one row a draw, one column a topic."""
    n, x, xx = sums[:, 0:1], sums[:, 1:2], sums[:, 2:3]
    s, xs = np.split(sums[:, 3:], 2, axis=1)
    return (n * xs - x * s) / (n * xx - x * x)
