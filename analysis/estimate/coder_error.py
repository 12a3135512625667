"""What the coders' own errors may do to a share, as far as comments coded twice can tell.

Every other interval here takes hand codes for the truth. Two coders who differ show that they are not, but not which of
them missed the label and which saw it where it is not: that is a range, not a number. Only a third reading narrows it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.checks import quoted
from analysis.records import child_seed
from analysis.types import LABELS

NO_ERRORS, MISSES, HALF, ALARMS, SETTLED = ("no errors", "all misses", "half and half", "all false alarms", "settled")
ASSUMPTIONS = (NO_ERRORS, MISSES, HALF, ALARMS, SETTLED)
# Jeffreys' prior for shares (Jeffreys 1946): half a comment in each cell, so that no difference among few comments is
# not taken for no error.
_PRIOR = 0.5
_COLUMNS = ["label", "assumption", "share", "low", "high", "sensitivity", "specificity", "n_double", "clusters"]


@dataclass(frozen=True)
class _Twice:
    """Comments coded twice or more: codes by comment and coder, weights that add up to their effective number."""

    wide: pd.DataFrame
    weight: NDArray[np.float64]
    cluster: NDArray[np.intp]


def coder_error(
    codes: pd.DataFrame,
    shares: pd.DataFrame,
    clusters: pd.Series | None = None,
    *,
    settled: pd.DataFrame | None = None,
    settings: Estimates,
    seed: int,
) -> pd.DataFrame:
    """Say what a share would be were the coders' disagreements all misses, all false alarms, or half of each.

    Parameters
    ----------
    codes : DataFrame
        What each coder said before anything was settled: ``comment_id``, ``coder``, ``label`` (or "none"); one row a
        comment and coder. With a column ``inclusion_probability`` comments are weighted by 1 / it.
    shares : DataFrame
        The shares in question as estimated from codes like these: ``label``, ``share``, ``low``, ``high``.
    clusters : Series, optional
        The essay, or its family, of each comment, indexed by ``comment_id``; each comment alone by default.
    settled : DataFrame, optional
        A third reading of comments coded twice, taken for the truth: ``comment_id``, ``label``.
    settings : Estimates
        ``level`` and ``draws``.
    seed : int

    Returns
    -------
    DataFrame
        For each row of ``shares`` one row an assumption, in the order of ``ASSUMPTIONS`` ("settled" only where there
        is a third reading): label, assumption, share, low, high (0 to 1), sensitivity (chance that a coder gives the
        label where it is true), specificity (chance of not giving it where it is not), n_double (comments coded
        twice), clusters, reason (None, or why nothing can be said). Further columns of ``shares`` before ``share``,
        such as ``group``, come first.

    Raises
    ------
    EstimateError
        For columns that are missing, labels outside the codebook, a coder's comment coded twice, shares outside 0..1.

    Notes
    -----
    Let p be the true share of a label, s and c the sensitivity and specificity of a coder, q the share of codes that
    give it, b the chance that two codes of a comment both do. If two coders err independently of each other once the
    truth is given, and alike: ``q = p s + (1 - p)(1 - c)`` and ``v = b - q² = p (1 - p) j²`` with ``j = s + c - 1``
    (Youden 1950). Two equations, three unknowns: every p from ``v / (v + (1 - q)²)`` to ``q² / b`` fits, and no other
    (Hui & Walter 1980 show that one population and two tests cannot tell them apart). The ends are

    - all misses (c = 1): ``s = b / q``, share ``q / s``, as in capture and recapture (Lincoln 1930);
    - all false alarms (s = 1): ``c = (1 - 2 q + b) / (1 - q)``, share ``(q - (1 - c)) / c``;

    and in between, half and half: as many misses as false alarms cancel, the share stays and ``j² = v / (q (1 - q))``,
    which is the alpha of the label. The share given takes the place of q: ``(share + c - 1) / (s + c - 1)`` (Rogan &
    Gladen 1978). Settled: ``share x P(true | given) + (1 - share) x P(true | not given)`` (Tenenbein 1970); comments on
    which the coders agree count as right unless settled otherwise, differing ones without a third reading as those
    with one.

    Intervals: the Bayesian bootstrap over clusters (Rubin 1981) with Jeffreys' half a comment in each cell, and the
    share drawn from its own interval, halves on either side. Nothing is outside 0 to 1.

    It rests on independence. Coders who err alike (the same trick of irony deceives both) hide their errors: nothing
    of these shows in any row, and true shares lie outside (Vacek 1985). Rates are those of the average coder: shares
    from one coder who errs otherwise are corrected by the wrong rates. For shares that rest on settled codes it is the
    worst case: what was settled errs less. In 300 invented studies each (300 comments, 60 to 150 coded twice, shares of
    .05 to .6) the band of all rows held the truth in 98-100 %, the row whose assumption held in 93-97 %, "settled" in
    92-97 %; with coders who always erred together the band held it in 44 %.

    Examples
    --------
    >>> from analysis.config import load_config
    >>> codes = pd.DataFrame({"comment_id": list("abcdefgh") * 2, "coder": ["x"] * 8 + ["y"] * 8,
    ...                       "label": ["spam"] * 4 + ["none"] * 5 + ["spam"] * 4 + ["none"] * 3})
    >>> shares = pd.DataFrame({"label": ["spam"], "share": [0.5], "low": [0.3], "high": [0.7]})
    >>> made = coder_error(codes, shares, settings=load_config().estimates, seed=1)
    >>> made[["assumption", "share", "sensitivity", "specificity"]].round(2).to_numpy().tolist()[1:3]
    [['all misses', 0.67, 0.75, 1.0], ['half and half', 0.5, 0.85, 0.85]]
    """
    check_given(codes, shares)
    twice = _twice(codes, clusters)
    truth = None if settled is None or settled.empty else _truth(twice, settled)
    extra = [c for c in shares.columns[: list(shares.columns).index("share")] if c != "label"]
    rows = []
    for number, given in enumerate(shares.to_dict("records")):
        own = np.random.default_rng(child_seed(seed, f"coder error/{number}"))
        for row in _rows(given, twice, truth, settings=settings, generator=own):
            rows.append({**{c: given[c] for c in extra}, **row})
    table = pd.DataFrame(rows, columns=[*extra, *_COLUMNS, "reason"])
    return table.astype({"reason": object}).where(table.notna() | (table.columns != "reason"), None)


def check_given(codes: pd.DataFrame, shares: pd.DataFrame) -> None:
    """Refuse tables without their columns, labels outside the codebook, one coder's two codes, shares that are none."""
    for table, needed, what in (
        (codes, ("comment_id", "coder", "label"), "codes"),
        (shares, ("label", "share", "low", "high"), "shares"),
    ):
        missing = [c for c in needed if c not in table.columns]
        if missing:
            raise EstimateError(f"The table of {what} lacks the column(s) {', '.join(missing)}.")
    for found, allowed in ((codes["label"], (*LABELS, "none")), (shares["label"], LABELS)):
        for label in found.unique():
            if label not in allowed:
                raise EstimateError(one_of("label", str(label), allowed))
    twice = codes.duplicated(["comment_id", "coder"])
    if twice.any():
        first = codes[twice].iloc[0]
        who, what = str(first["coder"]), str(first["comment_id"])
        raise EstimateError(f"Coder {quoted(who)} gave comment {quoted(what)} two codes; keep one.")
    bounds = shares[["low", "share", "high"]].to_numpy(dtype=float)
    known = bounds[~np.isnan(bounds).any(axis=1)]
    if ((known < 0) | (known > 1)).any() or (np.diff(known, axis=1) < 0).any():
        raise EstimateError("A share lies inside its interval and from 0 to 1; give shares as estimate_shares does.")


def _twice(codes: pd.DataFrame, clusters: pd.Series | None) -> _Twice:
    wide = codes.pivot(index="comment_id", columns="coder", values="label").astype(object)
    wide = wide[wide.notna().sum(axis=1) >= 2]
    if "inclusion_probability" in codes.columns:
        chance = codes.drop_duplicates("comment_id").set_index("comment_id")["inclusion_probability"]
        chances = chance.reindex(wide.index).to_numpy(dtype=float)
    else:
        chances = np.ones(len(wide))
    if not ((chances > 0) & (chances <= 1)).all():
        raise EstimateError("An inclusion probability lies above 0 and is at most 1; keep the sample's own column.")
    weight = 1 / chances
    group = np.arange(len(wide))
    if clusters is not None:
        of = clusters[~clusters.index.duplicated()].reindex(wide.index)
        if of.isna().any():
            raise EstimateError(
                f"Comment {quoted(of.index[of.isna()][0])} has no cluster; give each that of its essay."
            )
        group = pd.factorize(of)[0]
    return _Twice(wide, weight * (weight.sum() / (weight @ weight)) if len(wide) else weight, group)


def _truth(twice: _Twice, settled: pd.DataFrame) -> tuple[pd.Series, NDArray[np.float64]] | None:
    """What is taken for true of each comment, and weights that let settled differences stand for the unsettled."""
    if settled["comment_id"].duplicated().any():
        raise EstimateError("A comment is settled twice; keep the last word on it.")
    last = settled.set_index("comment_id")["label"].reindex(twice.wide.index)
    differ = (twice.wide.nunique(axis=1) > 1).to_numpy()
    known = last.notna().to_numpy()
    if not known.any() or (differ.any() and not (differ & known).any()):
        return None
    weight = np.where(differ & ~known, 0.0, twice.weight)
    if differ.any():
        weight[differ & known] *= twice.weight[differ].sum() / twice.weight[differ & known].sum()
    return last.where(known, twice.wide.bfill(axis=1).iloc[:, 0]), weight


def _rows(
    given: dict, twice: _Twice, truth: tuple | None, *, settings: Estimates, generator: np.random.Generator
) -> list[dict]:
    """One row an assumption for one share."""
    share, low, high = (float(given[c]) for c in ("share", "low", "high"))
    head = {"label": given["label"], "n_double": len(twice.wide), "clusters": len(np.unique(twice.cluster))}
    names = [NO_ERRORS, MISSES, HALF, ALARMS] + ([SETTLED] if truth is not None else [])
    if twice.wide.empty or np.isnan([share, low, high]).any():
        why = "the share or its interval is not known" if len(twice.wide) else "no comment was coded twice"
        told = {"share": np.nan, "low": np.nan, "high": np.nan, "sensitivity": np.nan, "specificity": np.nan}
        first = {"share": share, "low": low, "high": high, "sensitivity": 1.0, "specificity": 1.0}
        return [{**head, "assumption": a, "reason": why, **(told if a != NO_ERRORS else first)} for a in names]
    hit = (twice.wide == given["label"]).sum(axis=1).to_numpy()
    m = twice.wide.notna().sum(axis=1).to_numpy()
    cells = np.column_stack([hit * (hit - 1), 2 * hit * (m - hit), (m - hit) * (m - hit - 1)]) / (m * (m - 1))[:, None]
    tail = (1 - settings.level) / 2
    drawn = _draw_share(share, low, high, tail, generator.standard_normal(settings.draws))
    times = generator.standard_exponential((settings.draws, head["clusters"]))
    point = _by_assumption(_sums(cells, twice, twice.weight), np.array([share]))
    draws = _by_assumption(_sums(cells, twice, twice.weight, times, generator), drawn)
    if truth is not None:
        is_true = (truth[0] == given["label"]).to_numpy()
        said = hit / m
        kinds = np.column_stack([is_true * said, is_true * (1 - said), ~is_true * said, ~is_true * (1 - said)])
        point[SETTLED] = _by_truth(_sums(kinds, twice, truth[1]), np.array([share]))
        draws[SETTLED] = _by_truth(_sums(kinds, twice, truth[1], times, generator), drawn)
    made = []
    for name in names:
        (value, *rates), found = (float(v[0]) for v in point[name]), draws[name][0]
        ends = (low, high) if name == NO_ERRORS else np.quantile(found, [tail, 1 - tail])
        row = {"share": value, "low": float(np.fmin(ends[0], value)), "high": float(np.fmax(ends[1], value))}
        made.append({**head, "assumption": name, **row, "sensitivity": rates[0], "specificity": rates[1]})
        made[-1]["reason"] = _reason(name, point, hit)
    return made


def _reason(name: str, point: dict, hit: NDArray) -> str | None:
    """Why a row says nothing, or nothing on one side."""
    share, value, *rates = (float(v[0]) for v in (point[NO_ERRORS][0], *point[name]))
    if np.isnan([value, *rates]).any():
        return f"{'every' if hit.any() else 'no'} comment coded twice was given this label"
    end = {MISSES: 1.0, ALARMS: 0.0}.get(name)
    if end is None or value != end or value == share:
        return None
    if float(point[HALF][1][0] + point[HALF][2][0]) <= 1:
        return "on this label the coders agree no better than chance, so its share is not bounded on this side"
    return "errors as frequent as these would explain the whole share, so it is not bounded on this side"


def _draw_share(share: float, low: float, high: float, tail: float, z: NDArray) -> NDArray[np.float64]:
    """Draws whose quantiles at both tails are the interval's ends: half of a normal to each side of the share."""
    unit = np.abs(z) / -special.ndtri(tail)
    return np.clip(np.where(z < 0, share - (share - low) * unit, share + (high - share) * unit), 0, 1)


def _sums(
    cells: NDArray,
    twice: _Twice,
    weight: NDArray,
    times: NDArray | None = None,
    generator: np.random.Generator | None = None,
) -> NDArray[np.float64]:
    """Weighted cells over all comments, or over draws of clusters with half a comment more in each; (..., cells)."""
    by_cluster = np.zeros((int(twice.cluster.max()) + 1, cells.shape[1]))
    np.add.at(by_cluster, twice.cluster, cells * weight[:, None])
    if times is None or generator is None:
        return by_cluster.sum(axis=0)[None]
    return times @ by_cluster + generator.standard_gamma(_PRIOR, (len(times), cells.shape[1]))


def _by_assumption(sums: NDArray, share: NDArray) -> dict[str, tuple[NDArray, NDArray, NDArray]]:
    """Share, sensitivity and specificity under each assumption; ``sums`` of both, one, neither; see ``coder_error``."""
    both, one, neither = (sums / sums.sum(axis=1, keepdims=True)).T
    q, ones = both + one / 2, np.ones(len(sums))
    s, c = _part(both, q), _part(neither, 1 - q)
    v = np.clip(both - q * q, 0, None)
    j = np.sqrt(np.clip(_part(v, q * (1 - q)), 0, 1))
    alarms = np.clip(_part(share - (1 - c), c), 0, share)  # rounding may pass the share by a hair
    return {
        NO_ERRORS: (share, ones, ones),
        MISSES: (np.clip(_part(share, s), share, 1), s, ones),
        HALF: (share, share + (1 - share) * j, 1 - share + share * j),
        ALARMS: (alarms, ones, c),
    }


def _by_truth(sums: NDArray, share: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Share, sensitivity and specificity where the truth is known; ``sums`` of hits, misses, alarms, rightly not."""
    hits, misses, alarms, rejected = sums.T
    precise, missed = _part(hits, hits + alarms), _part(misses, misses + rejected)
    made = share * np.where(share > 0, precise, 0) + (1 - share) * np.where(share < 1, missed, 0)
    return made, _part(hits, hits + misses), _part(rejected, rejected + alarms)


def _part(top: NDArray, below: NDArray) -> NDArray[np.float64]:
    return np.divide(top, below, out=np.full(np.shape(below), np.nan), where=below > 0)
