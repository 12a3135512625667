"""Two shares set against each other: their difference and their ratio, with intervals made from those of the shares.

Between groups of comments ("more spam in 2010 than in 2009?") or between labels ("more agreeing than extending?"). As
for shares, the target is these comments, had a careful coder coded each.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.contrasted import Contrast
from analysis.estimate.estimated import METHODS
from analysis.estimate.sides import Part, Side, Tables, compare_parts

AGAINST = ("each other", "the rest")
REST = "the rest"


def estimate_difference(
    labels: pd.DataFrame,
    sides: tuple[Side, Side],
    *,
    groups: pd.Series | None = None,
    codes: pd.DataFrame | None = None,
    settings: Estimates,
    method: str | None = None,
) -> Contrast:
    """Estimate by how much one share is larger than another, with an interval.

    Parameters
    ----------
    labels : DataFrame
        As ``estimate_share`` takes them: one row a comment.
    sides : pair
        What is compared, first minus second; each a label among all comments (``"spam"``) or a label in a group
        (``("spam", "2009")``).
    groups : Series, optional
        Group of each comment (text), indexed by ``comment_id``.
    codes : DataFrame, optional
        Hand codes: ``comment_id``, ``label`` (or "none"), ``inclusion_probability``, ``stratum`` where there is one.
    settings : Estimates
        ``level`` and ``min_codes`` (in all; with fewer on a side ``reason`` says so).
    method : {"ppi++", "dsl", "hand codes", "counted"}, optional
        The best the codes allow by default: ``ppi++`` from ``min_codes`` codes on, else ``counted``.

    Returns
    -------
    Contrast
        NaN, and ``reason`` says so, where a side has no comment or no hand code.

    Raises
    ------
    EstimateError
        For tables that do not fit, a label or group that does not exist, and two sides that are the same.

    Notes
    -----
    The shares p1 and p2 are those of ``estimate_share`` and ``estimate_shares``, with their intervals (l1, u1) and
    (l2, u2). From them ``low = d - sqrt((p1 - l1)² - 2 r (p1 - l1)(u2 - p2) + (u2 - p2)²)`` with d = p1 - p2, and
    ``high`` likewise with u1 and l2 (MOVER: Zou & Donner 2008; with Wilson's intervals and r = 0 it is Newcombe's of
    1998). It keeps what the intervals of shares know: rare labels, strata, few codes; it is skewed where they are, and
    never beyond -1 and 1. r is the correlation of the two estimates' errors by the design: two labels in the same
    comments share their codes, two groups of essays coded whole share essays.

    Of a rare label with some two codes a side the interval by ``ppi++`` holds the truth more often than promised
    (about 98 times of 100); it is narrower than that by hand codes all the same.

    ``counted``: shares of machine labels, spread between essay families (linearised). Uncorrected.

    Do not read "the intervals of two shares overlap" as "no difference": this interval answers that. A difference
    between groups is no cause.
    """
    return _contrast("difference", labels, sides, (groups, codes), settings, method)


def estimate_ratio(
    labels: pd.DataFrame,
    sides: tuple[Side, Side],
    *,
    groups: pd.Series | None = None,
    codes: pd.DataFrame | None = None,
    settings: Estimates,
    method: str | None = None,
) -> Contrast:
    """Estimate how many times as large one share is as another, with an interval.

    Parameters
    ----------
    labels, sides, groups, codes, settings, method
        As for ``estimate_difference``; the first share over the second.

    Returns
    -------
    Contrast
        ``high`` is infinite, and ``reason`` says so, where the second share may be 0; ``value`` is NaN where both
        are 0.

    Raises
    ------
    EstimateError
        As ``estimate_difference``.

    Notes
    -----
    The bounds are the ratios R at which MOVER's interval of ``p1 - R p2`` begins or ceases to hold 0 (MOVER-R: Donner
    & Zou 2012; Fieller's idea of 1940 with the intervals of shares in place of normal ones).

    Do not use it when the second share is so small that its interval nearly reaches 0: the upper bound then says only
    "many times". A difference is defined and steady there.
    """
    return _contrast("ratio", labels, sides, (groups, codes), settings, method)


def compare_groups(
    labels: pd.DataFrame,
    groups: pd.Series,
    label: str,
    *,
    codes: pd.DataFrame | None = None,
    settings: Estimates,
    against: str = "each other",
) -> pd.DataFrame:
    """Compare the share of a label between all groups: every pair, or each group with the rest.

    Parameters
    ----------
    labels, groups, codes, settings
        As for ``estimate_difference``.
    label : {"agreeing", "extending", "spam"}
    against : {"each other", "the rest"}
        The rest: all other comments that have a group.

    Returns
    -------
    DataFrame
        One row a comparison, groups in natural order: first, second, label, first_share, second_share, first_coded,
        second_coded (hand codes of each), value (first minus second), low, high, joint_low, joint_high, method,
        corrected, n_coded, n, clusters, worth, reason. A group without codes leaves its comparisons undefined
        (NaN), and they say so.

    Raises
    ------
    EstimateError
        As ``estimate_difference``; and for fewer than two groups.

    Notes
    -----
    ``low`` and ``high`` stand for one comparison chosen beforehand. Among m comparisons one or another of these
    misses more often than promised: to pick out "the largest difference" use ``joint_low`` and ``joint_high``, which
    all hold at once with the nominal level (Bonferroni: each at ``1 - (1 - level) / m``; somewhat wide, as pairs
    depend on each other).
    """
    if against not in AGAINST:
        raise EstimateError(one_of("comparison", against, AGAINST))
    data = Tables(labels, groups, codes)
    if len(data.members) < 2:
        raise EstimateError(f"To compare groups there must be two at least; found {len(data.members)}.")
    parts = [data.part((label, name)) for name in data.members]
    if against == REST:
        grouped = np.logical_or.reduce(list(data.members.values()))
        pairs = [(part, Part(label, REST, grouped & ~part.inside)) for part in parts]
    else:
        pairs = list(combinations(parts, 2))
    joint = 1 - (1 - settings.level) / len(pairs)
    rows = []
    for pair in pairs:
        compared = compare_parts(data, pair, settings, None)
        made, wide = (compared.contrast("difference", level) for level in (settings.level, joint))
        rows.append(
            {"first": pair[0].group, "second": pair[1].group, "label": label}
            | {"first_share": made.shares[0], "second_share": made.shares[1]}
            | {"first_coded": data.coded(pair[0]), "second_coded": data.coded(pair[1])}
            | {"value": made.value, "low": made.low, "high": made.high}
            | {"joint_low": wide.low, "joint_high": wide.high}
            | {k: getattr(made, k) for k in _SHOWN}
        )
    return pd.DataFrame(rows)


_SHOWN = ("method", "corrected", "n_coded", "n", "clusters", "worth", "reason")


def _contrast(
    which: str,
    labels: pd.DataFrame,
    sides: tuple[Side, Side],
    tables: tuple[pd.Series | None, pd.DataFrame | None],
    settings: Estimates,
    method: str | None,
) -> Contrast:
    if method not in (None, *METHODS):
        raise EstimateError(one_of("method", str(method), METHODS))
    if not isinstance(sides, tuple | list) or len(sides) != 2:
        raise EstimateError(f"Two sides are compared, first with second; found {sides!r}.")
    data = Tables(labels, *tables)
    first, second = data.part(sides[0]), data.part(sides[1])
    if first.label == second.label and (first.inside == second.inside).all():
        raise EstimateError(f"Both sides are {str(first)!r}; compare two different groups, or two labels.")
    return compare_parts(data, (first, second), settings, method).contrast(which, settings.level)
