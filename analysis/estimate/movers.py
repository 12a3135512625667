"""The interval of a difference or ratio of two shares, made from the intervals of the shares (MOVER).

It knows nothing about labels, comments or samples.
"""

from __future__ import annotations

import numpy as np

# A share, its lower and its upper bound.
Bounds = tuple[float, float, float]


def difference_interval(first: Bounds, second: Bounds, correlation: float = 0.0) -> tuple[float, float]:
    """Interval of ``first - second``.

    Parameters
    ----------
    first, second : tuple of float
        Share, low, high.
    correlation : float
        Of the two estimates, from -1 to 1.

    Returns
    -------
    low, high : float
        From -1 to 1; NaN where a bound is NaN.

    Notes
    -----
    Method of variance estimates recovery (Zou & Donner 2008): each bound takes the spread of the shares from the
    bounds that matter there, ``d - sqrt((p1 - l1)² - 2 r (p1 - l1)(u2 - p2) + (u2 - p2)²)`` and
    ``d + sqrt((u1 - p1)² - 2 r (u1 - p1)(p2 - l2) + (p2 - l2)²)``.

    Examples
    --------
    Newcombe's (1998) case: 56 of 70 against 48 of 80, from Wilson's intervals.

    >>> from analysis.estimate.intervals import wilson_interval
    >>> first, second = (0.8, *wilson_interval(0.8, 70, level=0.95)), (0.6, *wilson_interval(0.6, 80, level=0.95))
    >>> low, high = difference_interval(first, second)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    (p, l1, u1), (q, l2, u2) = first, second
    if np.isnan([p, l1, u1, q, l2, u2]).any():
        return float("nan"), float("nan")
    below = (p - l1) ** 2 - 2 * correlation * (p - l1) * (u2 - q) + (u2 - q) ** 2
    above = (u1 - p) ** 2 - 2 * correlation * (u1 - p) * (q - l2) + (q - l2) ** 2
    d = p - q
    return float(max(-1.0, d - np.sqrt(max(below, 0)))), float(min(1.0, d + np.sqrt(max(above, 0))))


def ratio_interval(first: Bounds, second: Bounds, correlation: float = 0.0) -> tuple[float, float]:
    """Interval of ``first / second``.

    Parameters
    ----------
    first, second : tuple of float
        Share, low, high; ``0 <= low <= share <= high``.
    correlation : float
        Of the two estimates, from -1 to 1.

    Returns
    -------
    low, high : float
        From 0 to infinity: infinite where the second share may be 0; NaN where a bound is NaN.

    Notes
    -----
    The ratios R for which ``difference_interval`` of ``p1 - R p2`` holds 0 (MOVER-R: Donner & Zou 2012), written
    ``c / (b + sqrt(b² - a c))`` and ``(b + sqrt(b² - a c)) / a`` so that nothing is lost where a is near 0.

    Examples
    --------
    >>> low, high = ratio_interval((0.8, 0.7, 0.9), (0.4, 0.3, 0.5))
    >>> round(low, 3), round(high, 3)
    (1.541, 2.726)
    >>> ratio_interval((0.2, 0.1, 0.3), (0.0, 0.0, 0.1))[1]
    inf
    """
    (p, l1, u1), (q, l2, u2) = first, second
    if np.isnan([p, l1, u1, q, l2, u2]).any():
        return float("nan"), float("nan")
    a, c = u2 * (2 * q - u2), l1 * (2 * p - l1)
    b = p * q - correlation * (p - l1) * (u2 - q)
    below = b + np.sqrt(max(b * b - a * c, 0))
    low = c / below if below > 0 else 0.0
    a, c = l2 * (2 * q - l2), u1 * (2 * p - u1)
    b = p * q - correlation * (u1 - p) * (q - l2)
    high = (b + np.sqrt(max(b * b - a * c, 0))) / a if a > 0 else float("inf")
    return float(low), float(high)
