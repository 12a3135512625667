"""What is compared: a label among all comments, or in a group of them; and whether hand codes can correct it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.arms import CORRECTED, Asked, Pair, coded_pair, counted_pair
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.core import lay_out, machine_chances
from analysis.estimate.movers import difference_interval, ratio_interval
from analysis.estimate.results import WHICH, Contrast
from analysis.estimate.shares import _members
from analysis.types import LABELS

# A label among all comments ("spam"), or a label in a group (("spam", "2009")).
Side = str | tuple[str, str]


@dataclass(frozen=True)
class Part:
    """One side: a label, the group's name (None: all comments), and which comments are in it."""

    label: str
    group: str | None
    inside: NDArray[np.bool_]

    def __str__(self) -> str:
        return f"{self.label} in {self.group}" if self.group else self.label


class Tables:
    """The tables of a contrast, checked, with the groups as masks over the comments.

    Raises
    ------
    EstimateError
        If a table does not fit.
    """

    def __init__(self, labels: pd.DataFrame, groups: pd.Series | None, codes: pd.DataFrame | None) -> None:
        check_labels(labels)
        if codes is not None:
            check_codes(codes, pd.Index(labels["comment_id"]))
        self.labels = labels
        self.members = _members(labels, groups)
        self.family = pd.factorize(labels["cluster"])[0]
        self.sample = None if codes is None else lay_out(labels, codes)
        self.said = np.zeros(0, dtype=object) if codes is None else codes["label"].to_numpy(dtype=object)

    def part(self, side: Side) -> Part:
        """The comments of a side; an unknown label or group is an error that names the nearest."""
        label, group = (side, None) if isinstance(side, str) else side
        if label not in LABELS:
            raise EstimateError(one_of("label", str(label), LABELS))
        if group is None:
            return Part(label, None, np.ones(len(self.labels), dtype=bool))
        if not self.members:
            raise EstimateError(f"To compare the group {group!r} give groups: that of each comment, by comment_id.")
        if str(group) not in self.members:
            raise EstimateError(one_of("group", str(group), self.members))
        return Part(label, str(group), self.members[str(group)])

    def facts(self, parts: tuple[Part, Part]) -> dict[str, int]:
        """Codes, comments and families of both sides together."""
        both = parts[0].inside | parts[1].inside
        return {
            "n_coded": 0 if self.sample is None else int(both[self.sample.rows].sum()),
            "n": int(both.sum()),
            "clusters": len(np.unique(self.family[both])),
        }

    def uncorrectable(self, parts: tuple[Part, Part], needed: int) -> str | None:
        """Why hand codes do not correct this contrast, or None where they do."""
        for part in parts:
            where = f" in {part.group}" if part.group else ""
            units = np.zeros(0) if self.sample is None else self.sample.unit[part.inside[self.sample.rows]]
            if len(units) < max(1, needed):
                return f"counted: {len(units)} hand codes{where}, {needed} are needed"
            if len(np.unique(units)) < 2:
                return f"counted: all {len(units)} hand codes{where} are of one essay, which says nothing of others"
        return None

    def pair(self, parts: tuple[Part, Part], method: str) -> Pair:
        """The two shares by one method."""
        if method == "counted" or self.sample is None:
            first, second = (
                Asked(np.zeros(0), (self.labels["label"] == part.label).to_numpy(dtype=float), part.inside)
                for part in parts
            )
            return counted_pair((first, second), self.family)
        first, second = (
            Asked((self.said == part.label).astype(float), machine_chances(self.labels, part.label), part.inside)
            for part in parts
        )
        return coded_pair(self.sample, (first, second), method)


def compare_sides(
    which: str, data: Tables, parts: tuple[Part, Part], settings: Estimates, method: str | None
) -> Contrast:
    """Compare two different parts by the best method the codes allow, or the one asked for."""
    facts: dict[str, Any] = data.facts(parts) | {
        "level": settings.level,
        "first": str(parts[0]),
        "second": str(parts[1]),
    }
    empty = [str(part) for part in parts if not part.inside.any()]
    if empty:
        nan, why = float("nan"), f"undefined: there are no comments for {' and '.join(empty)}"
        return Contrast(which, nan, nan, nan, method="counted", corrected=False, shares=(nan, nan), reason=why, **facts)
    reason = "counted as asked" if method == "counted" else data.uncorrectable(parts, settings.min_codes)
    used = "counted" if reason else method or CORRECTED[0]
    return _worked(which, data.pair(parts, used), used, reason, facts)


def _worked(which: str, pair: Pair, method: str, why: str | None, facts: dict[str, Any]) -> Contrast:
    """A contrast from its arms."""
    first, second = pair.first.bounds(facts["level"]), pair.second.bounds(facts["level"])
    p, q = first[0], second[0]
    if which == "difference":
        value, (low, high) = p - q, difference_interval(first, second, pair.correlation)
        reasons = [why]
    else:
        low, high = ratio_interval(first, second, pair.correlation)
        value = p / q if q > 0 else float("nan") if p == 0 else float("inf")
        reasons = [why, _unbounded(p, q, low, high)]
    if np.isnan([low, high]).any():
        reasons.append("no interval: all comments of a side are of one essay family")
    return Contrast(
        which,
        value,
        low,
        high,
        method=method,
        corrected=method != "counted",
        shares=(p, q),
        worth=_worth(pair.gain[WHICH.index(which)], method, facts["n_coded"]),
        reason="; ".join(r for r in reasons if r) or None,
        **facts,
    )


def _unbounded(p: float, q: float, low: float, high: float) -> str | None:
    """What is to be said of a ratio whose second share may be 0."""
    if np.isnan([low, high]).any():
        return None
    if p == q == 0:
        return "undefined: both shares are 0"
    if q == 0:
        return f"infinite: the second share is 0; at least {low:.3g} times"
    return "no upper bound: the second share may be 0" if np.isinf(high) else None


def _worth(gain: float, method: str, n: int) -> str | None:
    """What the machine's labels were worth beside n hand codes."""
    if method in ("counted", "hand codes"):
        return None
    more = round(n * (gain - 1))
    return f"as much as {more} more hand codes" if more > 0 else "nothing beside these hand codes"
