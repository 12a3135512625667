"""Topics over time and by group: what a group of essays is about, how it differs from the others, what rises and falls.

Intervals draw clusters (essays, or their authors) again. They hold what other essays of the kind might have been about,
and not how else the topics might have come out: for that see the topics' stability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.aggregate.cluster_draws import about_topics, count_clusters, draw_weights, holm, p_value
from analysis.aggregate.topic_belonging import UNKNOWN
from analysis.config import Estimates
from analysis.errors import TableError
from analysis.estimate import wilson_interval

Floats = npt.NDArray[np.float64]
_FEW = 5  # clusters: with fewer the interval spans most of what is possible
# Degrees of freedom that the spread within the other groups lends to a group's own: two essays that happen to be alike
# would otherwise show differences from the rest that are not there (in simulations in one table of three).
_PRIOR = 3.0
_ROUNDING = 1e-12  # variances below are sums that did not come out even
_DIGITS = 6
SHARES = ["share", "low", "high", "difference", "difference_low", "difference_high", "p", "p_holm", "apart"]


def stat_topics_by(
    mixtures: pd.DataFrame, belonging: pd.DataFrame, topics: pd.DataFrame, *, settings: Estimates, seed: int
) -> pd.DataFrame:
    """The share of each topic in each group of essays, and how far it differs from all other groups together.

    Parameters
    ----------
    mixtures : DataFrame of shape (essays, K)
        Indexed by doc_id, columns the topic numbers; rows sum to 1.
    belonging : DataFrame
        From ``essays_by`` or ``essays_by_stance``.
    topics : DataFrame
        topic, label, weak; any further columns and repeated rows are ignored (table ``topic_words`` will do).
    settings : Estimates
        ``level`` and ``draws``.
    seed : int

    Returns
    -------
    DataFrame
        group (text, in order; "unknown" last), topic, label, weak, share (0 to 1; a group's sum to 1), low, high,
        difference (from the share in all other groups; −1 to 1), difference_low, difference_high, p, p_holm, apart
        (``p_holm`` below 1 − level), essays, clusters, n (essays or comments counted), left_out (of these, not counted,
        for their essay has no topics), note. The difference is missing for "unknown" and for a single group.

    Raises
    ------
    TableError
        If no essay of these groups has topics.

    Notes
    -----
    Share: ``sum(w x) / sum(w)`` over the group's essays. Variance: the Bayesian cluster bootstrap (Rubin 1981; clusters
    weighted by draws from the exponential distribution, which leaves no group empty), times ``(G + 1) / (G − 1)`` for G
    clusters, which makes that of a mean unbiased. A group's spread is moderated by that within the others (Smyth 2004),
    with at most 3 degrees of freedom. Interval of a share: Wilson's with the effective number of cases, as for the
    shares of labels; of a difference: the symmetric one; Student's quantile with the effective number of clusters,
    ``(sum w)² / sum w²`` (Kish 1965; Carter, Schnepel & Steigerwald 2017), − 1 and the lent degrees of freedom, and
    Satterthwaite's for a difference. ``p``: the larger of the one from that variance and the one from the spread of all
    essays together, for few essays that happen to be alike are no proof (without it 25 of 4,000 differences that were
    not there passed, with it none). ``p_holm``: Holm's (1979) adjustment over all differences of the table. With
    Dirichlet essays, five topics and 2 to 30 essays a group, intervals of level .95 held the truth in 90 to 100 % of
    300 simulations each; in at most 1 % of tables without any difference one was called apart.

    A topic's share is of the words the model gives to it. Do not read a difference as one of opinion, and not a
    group's largest topic as its only one.
    """
    cells = _cells(mixtures, belonging)
    names = [str(name) for name in belonging["group"].cat.categories]
    drawn = _draw(cells, len(names), settings.draws, seed)
    members = [cells.group == place for place in range(len(names))]
    spreads = _spread(cells, drawn.own, members), _spread(cells, drawn.rest, [~inside for inside in members])
    rows = []
    for place, name in enumerate(names):
        rest = name != UNKNOWN and any(other not in (name, UNKNOWN) for other in names)
        rows.append(_group(cells, drawn, spreads, place, settings.level).assign(group=name, _rest=rest))
    table = pd.concat(rows, ignore_index=True)
    table.loc[~table["_rest"], ["difference", "difference_low", "difference_high", "p"]] = np.nan
    table = table.assign(topic=np.tile(mixtures.columns.to_numpy(), len(names)), p_holm=holm(table["p"]))
    table["apart"] = table["p_holm"] < 1 - settings.level
    said = _counted(mixtures, belonging)
    table = table.merge(said, on="group", how="left").merge(about_topics(topics), on="topic", how="left")
    table["note"] = [_note(*both) for both in zip(table["essays"], table["clusters"], strict=True)]
    numbers = [column for column in SHARES if column != "apart"]
    table[numbers] = table[numbers].round(_DIGITS)
    return table[["group", "topic", "label", "weak", *SHARES, "essays", "clusters", "n", "left_out", "note"]]


@dataclass(frozen=True)
class _Cells:
    """What each cluster gives to each group: its number, the group's, its weight, its weighted shares."""

    cluster: npt.NDArray[np.intp]
    group: npt.NDArray[np.intp]
    weight: Floats
    sums: Floats  # (cells, K)


def _cells(mixtures: pd.DataFrame, belonging: pd.DataFrame) -> _Cells:
    found = belonging[belonging["doc_id"].isin(mixtures.index) & (belonging["weight"] > 0)]
    if found.empty:
        raise TableError(
            f"Not one of {len(belonging)} essays in groups has topics, so there are no shares; the groups must be of "
            "essays that the topics were fitted on."
        )
    weight = found["weight"].to_numpy(dtype=float)
    group = found["group"].cat.codes.to_numpy()
    cluster = np.unique(found["cluster"].astype(str), return_inverse=True)[1]
    keys, cell = np.unique(np.stack([group, cluster]), axis=1, return_inverse=True)
    sums = np.zeros((keys.shape[1], mixtures.shape[1]))
    np.add.at(sums, cell.ravel(), weight[:, None] * mixtures.loc[found["doc_id"]].to_numpy())
    return _Cells(keys[1], keys[0], np.bincount(cell.ravel(), weight).astype(float), sums)


@dataclass(frozen=True)
class _Drawn:
    """Sums over draws of squared deviations from the estimate, for the groups, the rests and their differences."""

    own: Floats  # (groups, K), as the two below
    rest: Floats
    apart: Floats
    whole: Floats  # (K,), of all essays together


def _shares(cells: _Cells, place: int) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Share in a group and in all others, and which cells are the group's."""
    inside = cells.group == place
    with np.errstate(invalid="ignore"):
        own = cells.sums[inside].sum(axis=0) / cells.weight[inside].sum()
        rest = cells.sums[~inside].sum(axis=0) / cells.weight[~inside].sum()
    return own, rest, inside


def _draw(cells: _Cells, groups: int, draws: int, seed: int) -> _Drawn:
    """Variances of all shares and differences over draws of the clusters."""
    told = [_shares(cells, place) for place in range(groups)]
    spread, whole = np.zeros((3, groups, cells.sums.shape[1])), np.zeros(cells.sums.shape[1])
    centre = cells.sums.sum(axis=0) / cells.weight.sum()
    for times in draw_weights(int(cells.cluster.max()) + 1, cells.sums.size, draws, seed):
        all_sums = times[:, cells.cluster] @ cells.sums
        all_weight = times[:, cells.cluster] @ cells.weight
        whole += ((all_sums / all_weight[:, None] - centre) ** 2).sum(axis=0)
        for place, (own, rest, inside) in enumerate(told):
            part = times[:, cells.cluster[inside]]
            sums, weight = part @ cells.sums[inside], part @ cells.weight[inside]
            with np.errstate(invalid="ignore", divide="ignore"):
                one = sums / weight[:, None] - own
                other = (all_sums - sums) / (all_weight - weight)[:, None] - rest
            for kind, deviation in enumerate((one, other, one - other)):
                spread[kind, place] += (deviation**2).sum(axis=0)
    own, rest, apart = spread / draws
    return _Drawn(own, rest, apart, whole / draws)


@dataclass(frozen=True)
class _Spread:
    """Variance of the shares of each part of the essays, (parts, K), with its degrees of freedom and clusters."""

    variance: Floats
    df: Floats
    clusters: npt.NDArray[np.intp]
    effective: Floats


def _spread(cells: _Cells, drawn: Floats, members: list[npt.NDArray[np.bool_]]) -> _Spread:
    """Variances of shares, each group's spread moderated by that of the others."""
    found = [count_clusters(cells.cluster[inside], cells.weight[inside]) for inside in members]
    many, effective = (np.array(column) for column in zip(*found, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        one = drawn * ((many + 1) / (many - 1) * effective)[:, None]  # the spread of single essays
    one[many < 2] = 0.0
    own = np.where(many < 2, 0.0, np.maximum(1.0, effective - 1))
    pooled = (own[:, None] * one).sum(axis=0) / max(own.sum(), 1.0)
    prior = np.minimum(_PRIOR, own.sum() - own)
    with np.errstate(invalid="ignore", divide="ignore"):
        moderated = (own[:, None] * one + prior[:, None] * pooled) / (own + prior)[:, None] / effective[:, None]
    moderated[many < 2] = np.nan
    return _Spread(moderated, np.maximum(1.0, own + prior), many, effective)


def _group(cells: _Cells, drawn: _Drawn, spreads: tuple[_Spread, _Spread], place: int, level: float) -> pd.DataFrame:
    """Shares of one group with intervals, and differences from the rest; one row a topic."""
    own, rest, _ = _shares(cells, place)
    one, other = spreads
    v, w, df, rest_df = one.variance[place], other.variance[place], one.df[place], other.df[place]
    shared = drawn.apart[place] - drawn.own[place] - drawn.rest[place]  # of clusters that stand on both sides
    together = np.maximum(0.0, v + w + shared)
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = np.maximum(1.0, (v + w) ** 2 / (v**2 / df + w**2 / rest_df))
    # As if one essay more had been all or nothing: two essays that happen to agree do not make a share certain.
    wide = (df * v + own * (1 - own) / max(1.0, one.effective[place])) / (df + 1)
    bounds = [_bounds(share, spread, df, level) for share, spread in zip(own, wide, strict=True)]
    error, difference = np.sqrt(together), own - rest
    alike = _if_alike(cells, drawn, (one.effective[place], other.effective[place]), difference, shared)
    reach = special.stdtrit(freedom, (1 + level) / 2) * error
    return pd.DataFrame(
        {
            "share": own,
            "low": [low for low, _ in bounds],
            "high": [high for _, high in bounds],
            "difference": difference,
            "difference_low": np.maximum(difference - reach, -1),
            "difference_high": np.minimum(difference + reach, 1),
            "p": np.maximum(p_value(difference, error, freedom), alike),
            "clusters": int(one.clusters[place]),
        }
    )


def _if_alike(cells: _Cells, drawn: _Drawn, worth: tuple[float, float], difference: Floats, shared: Floats) -> Floats:
    """Chance of a difference between two parts of essays that are all of one kind, from the spread of all together."""
    many, effective = count_clusters(cells.cluster, cells.weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = drawn.whole * _stretch(many) * effective * (1 / np.array(worth)).sum() + shared
        return p_value(difference, np.sqrt(np.maximum(variance, 0.0)), max(1.0, effective - 1))


def _stretch(clusters: int) -> float:
    """What makes a variance over draws that of a mean, without bias."""
    return (clusters + 1) / (clusters - 1) if clusters > 1 else float("nan")


def _bounds(share: float, variance: float, df: float, level: float) -> tuple[float, float]:
    if np.isnan(variance) or np.isnan(share):
        return np.nan, np.nan
    n = max(1.0, share * (1 - share) / variance) if variance > _ROUNDING else df + 1
    return wilson_interval(float(share), n, level=level, df=df)


def _counted(mixtures: pd.DataFrame, belonging: pd.DataFrame) -> pd.DataFrame:
    """Essays and items of each group with topics, and items without."""
    has = belonging["doc_id"].isin(mixtures.index) & (belonging["weight"] > 0)
    table = belonging.assign(group=belonging["group"].astype(str), essays=has, n=belonging["n"].where(has, 0))
    table["left_out"] = belonging["n"].where(~has, 0)
    return table.groupby("group", as_index=False)[["essays", "n", "left_out"]].sum()


def _note(essays: int, clusters: int) -> str | None:
    if not essays:
        return "no essay with topics"
    if clusters < 2:
        return "one essay: no interval" if essays == 1 else "all of one writer: no interval"
    return f"only {clusters} to draw from: the interval says little" if clusters < _FEW else None
