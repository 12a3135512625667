"""What every share comes as: a point, its interval, and how it was come by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.errors import EstimateError, one_of

METHODS = ("counted", "hand codes", "dsl", "ppi++")
CORPUS, BEYOND = "corpus", "like these"
SCOPES = (CORPUS, BEYOND)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of comments with its interval, and how it was come by.

    Attributes
    ----------
    share, low, high : float
        From 0 to 1, ``low <= share <= high``; NaN where nothing can be said.
    level : float
        Nominal coverage of the interval, e.g. 0.95.
    method : {"counted", "hand codes", "dsl", "ppi++"}
    corrected : bool
        False for ``counted``: the share carries the labeller's errors and its interval does not show them.
    n_coded, n, clusters : int
        Hand codes used, comments, and essay families among the comments.
    worth : str or None
        What the machine's labels were worth, in the draw and after it: more codes of a simple sample that would have
        told as much. None where hand codes alone were asked for.
    reason : str or None
        Why this method and no better one, or why the interval is wide, where there is something to say.
    scope : {"corpus", "like these"}
        Whether the interval is for these comments, or for those under other essays like these.
    """

    share: float
    low: float
    high: float
    level: float
    method: str
    corrected: bool
    n_coded: int
    n: int
    clusters: int
    worth: str | None = None
    reason: str | None = None
    scope: str = CORPUS

    def __post_init__(self) -> None:
        if self.method not in METHODS:
            raise EstimateError(one_of("method", self.method, METHODS))
        if self.scope not in SCOPES:
            raise EstimateError(one_of("scope", self.scope, SCOPES))
        if self.corrected != (self.method != "counted"):
            raise EstimateError(f"A share that is {self.method!r} cannot be marked corrected={self.corrected}.")
        bounds = np.array([0.0, self.low, self.share, self.high, 1.0])
        known = bounds[~np.isnan(bounds)]
        if (np.diff(known) < 0).any():
            raise EstimateError(f"A share lies inside its interval and from 0 to 1; found {bounds[1:4].tolist()}.")
        if not 0 < self.level < 1 or not 0 <= self.n_coded <= self.n or not 0 <= self.clusters <= self.n:
            raise EstimateError(
                f"An estimate needs a level between 0 and 1 and counts that fit; found level {self.level}, "
                f"{self.n_coded} codes and {self.clusters} families among {self.n} comments."
            )
