"""What is compared: a label among all comments, or in a group of them; and whether hand codes can correct it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.arms import Pair, coded_pair, counted_pair
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.contrasted import WHICH, Contrast
from analysis.estimate.core import is_label, lay_out, machine_chances
from analysis.estimate.groups import group_members
from analysis.estimate.movers import difference_interval, ratio_interval
from analysis.estimate.powered import Problem
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
        self.members = group_members(labels, groups)
        self.family = pd.factorize(labels["cluster"])[0]
        self.sample = None if codes is None else lay_out(labels, codes)
        self.said = np.zeros(0, dtype=object) if codes is None else codes["label"].to_numpy(dtype=object)

    def part(self, side: Side) -> Part:
        """The comments of a side; an unknown label or group is an error that names the nearest."""
        if not isinstance(side, str) and (not isinstance(side, tuple) or len(side) != 2):
            raise EstimateError(
                f"A side is a label, as 'spam', or a label in a group, as ('spam', '2009'); not {side!r}."
            )
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

    def uncorrectable(self, needed: int) -> str | None:
        """Why these hand codes correct nothing, or None where they do."""
        coded = 0 if self.sample is None else len(self.sample.rows)
        if self.sample is None or coded < max(1, needed):
            return f"counted: {coded} hand codes, {needed} are needed"
        if self.sample.units < 2:
            return f"counted: all {coded} hand codes are of one essay family, which says nothing about the others"
        return None

    def coded(self, part: Part) -> int:
        """How many comments of a part are coded by hand."""
        return 0 if self.sample is None else int(part.inside[self.sample.rows].sum())

    def pair(self, parts: tuple[Part, Part], method: str) -> Pair:
        """The two shares by one method."""
        if method == "counted" or self.sample is None:
            first, second = (is_label(self.labels["label"], part.label).astype(float) for part in parts)
            return counted_pair((first, second), (parts[0].inside, parts[1].inside), self.family)
        one, other = (
            Problem(
                self.sample,
                (self.said == part.label).astype(float),
                machine_chances(self.labels, part.label),
                part.inside,
            )
            for part in parts
        )
        return coded_pair((one, other), method)


@dataclass(frozen=True)
class Comparison:
    """Two parts worked out by one method; ``contrast`` words it as a difference or a ratio at any level.

    ``pair`` is None where a part has no comments; ``asked`` is the method before it was seen whether the machine helps.
    """

    parts: tuple[Part, Part]
    pair: Pair | None
    asked: str
    reason: str | None
    facts: dict[str, int]

    @property
    def method(self) -> str:
        """The method used: ``ppi++`` without any help of the machine is hand codes alone."""
        alone = self.asked == "ppi++" and self.pair is not None and not self.pair.helped
        return "hand codes" if alone else self.asked

    def contrast(self, which: str, level: float) -> Contrast:
        """The difference or the ratio, with its interval."""
        made, reasons = _Bare(*[float("nan")] * 5), [self.reason]
        if self.pair is not None:
            made = _bare(which, self.pair, level)
            if np.isnan([made.low, made.high]).any():
                reasons.append("no interval: all comments of a side are of one essay family")
            elif which == "ratio":
                reasons.append(_unbounded(made))
        return Contrast(
            which,
            made.value,
            made.low,
            made.high,
            level,
            self.method,
            self.method != "counted",
            str(self.parts[0]),
            str(self.parts[1]),
            (made.p, made.q),
            worth=self._worth(which),
            reason="; ".join(r for r in reasons if r) or None,
            **self.facts,
        )

    def _worth(self, which: str) -> str | None:
        """What the machine's labels were worth beside the hand codes."""
        if self.pair is None or self.asked in ("counted", "hand codes"):
            return None
        more = round(self.facts["n_coded"] * (self.pair.gain[WHICH.index(which)] - 1))
        return f"as much as {more} more hand codes" if more > 0 else "nothing beside these hand codes"


def compare_parts(data: Tables, parts: tuple[Part, Part], settings: Estimates, method: str | None) -> Comparison:
    """Work out two different parts by the best method the codes allow, or the one asked for."""
    facts = data.facts(parts)
    empty = [str(part) for part in parts if not part.inside.any()]
    if empty:
        nobody = f"undefined: there are no comments for {' and '.join(empty)}"
        return Comparison(parts, None, "counted", nobody, facts)
    why = "counted as asked" if method == "counted" else data.uncorrectable(settings.min_codes)
    if why:
        return Comparison(parts, data.pair(parts, "counted"), "counted", why, facts)
    uncoded = [str(part) for part in parts if not data.coded(part)]
    if uncoded:
        unknown = f"undefined: no comment is coded by hand for {' and '.join(uncoded)}; code some there"
        return Comparison(parts, None, "counted", unknown, facts)
    few = [f"{data.coded(p)} codes for {p}" for p in parts if data.coded(p) < settings.min_codes]
    reason = f"few: only {' and '.join(few)}, so the interval is wide" if few else None
    used = method or "ppi++"
    return Comparison(parts, data.pair(parts, used), used, reason, facts)


@dataclass(frozen=True)
class _Bare:
    """The numbers of a contrast, and its two shares."""

    value: float
    low: float
    high: float
    p: float
    q: float


def _bare(which: str, pair: Pair, level: float) -> _Bare:
    first, second = pair.first(level), pair.second(level)
    p, q = first[0], second[0]
    if which == "difference":
        return _Bare(p - q, *difference_interval(first, second, pair.correlation), p, q)
    value = p / q if q > 0 else float("nan") if p == 0 else float("inf")
    return _Bare(value, *ratio_interval(first, second, pair.correlation), p, q)


def _unbounded(made: _Bare) -> str | None:
    """What is to be said of a ratio whose second share may be 0."""
    if made.p == made.q == 0:
        return "undefined: both shares are 0"
    if made.q == 0:
        return f"infinite: the second share is 0; at least {made.low:.3g} times"
    return "no upper bound: the second share may be 0" if np.isinf(made.high) else None
