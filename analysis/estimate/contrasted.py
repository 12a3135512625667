"""What a comparison of two shares gives back; its invariants are checked when it is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimateError, one_of
from analysis.estimate.estimated import METHODS

WHICH = ("difference", "ratio")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two shares compared, with an interval, and how it was come by.

    Attributes
    ----------
    which : {"difference", "ratio"}
        Of the first share to the second: first - second, or first / second.
    value, low, high : float
        A difference from -1 to 1, a ratio from 0 to infinity; ``low <= value <= high``. NaN where nothing can be
        said, infinite where a ratio has no upper bound.
    level : float
        Nominal coverage of the interval, e.g. 0.95.
    method : {"counted", "hand codes", "dsl", "ppi++"}
    corrected : bool
        False for ``counted``: it carries the labeller's errors and its interval does not show them.
    first, second : str
        What is compared, e.g. ``"spam in 2009"``.
    shares : tuple of float
        The two shares.
    n_coded, n, clusters : int
        Hand codes used, comments, and essay families among the comments of both sides together.
    worth : str or None
        What the machine's labels were worth beside the hand codes.
    reason : str or None
        Why this method and no better one, and what is to be said of the bounds.
    """

    which: str
    value: float
    low: float
    high: float
    level: float
    method: str
    corrected: bool
    first: str
    second: str
    shares: tuple[float, float]
    n_coded: int
    n: int
    clusters: int
    worth: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.which not in WHICH:
            raise EstimateError(one_of("contrast", self.which, WHICH))
        if self.method not in METHODS:
            raise EstimateError(one_of("method", self.method, METHODS))
        if self.corrected != (self.method != "counted"):
            raise EstimateError(f"A contrast that is {self.method!r} cannot be marked corrected={self.corrected}.")
        floor, ceiling = (-1.0, 1.0) if self.which == "difference" else (0.0, np.inf)
        known = [x for x in (floor, self.low, self.value, self.high, ceiling) if not np.isnan(x)]
        if sorted(known) != known:
            raise EstimateError(
                f"A {self.which} lies inside its interval and from {floor:g} to {ceiling:g}; found "
                f"{self.low}, {self.value}, {self.high}."
            )
        if not 0 < self.level < 1 or not 0 <= self.n_coded <= self.n or not 0 <= self.clusters <= self.n:
            raise EstimateError(
                f"A contrast needs a level between 0 and 1 and counts that fit; found level {self.level}, "
                f"{self.n_coded} codes and {self.clusters} families among {self.n} comments."
            )
