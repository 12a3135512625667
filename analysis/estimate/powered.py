"""The arithmetic of a corrected share: weights, power tuning, variance. ``shares`` says what it means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimate.intervals import wilson_interval

# Codes from less than four fifths of the families that a lot by comment would meet were drawn essay by essay; then the
# families are the units of the sample. A lot by comment stays within a few per cent of the families expected.
_BY_COMMENT = 0.8
# A residual variance met in few codes is drawn toward that of the codes themselves as if four more had been seen
# (the four of Agresti & Coull 1998): one rare label well predicted is not yet a perfect machine.
_PSEUDO_CODES = 4


@dataclass(frozen=True)
class Coded:
    """The hand-coded comments: codes y and chances f, weights, sampling units; and the mean chance over all."""

    y: np.ndarray
    f: np.ndarray
    weight: np.ndarray
    unit: np.ndarray
    mean_f: float


def gather(labels: pd.DataFrame, label: str, codes: pd.DataFrame) -> Coded:
    """Put hand codes, machine chances and weights side by side; tables as ``estimate_share`` takes them, checked."""
    chance = labels[label].to_numpy(dtype=float)
    f = np.where(np.isnan(chance), (labels["label"] == label).to_numpy(), chance)
    rows = pd.Index(labels["comment_id"]).get_indexer(codes["comment_id"])
    weight = 1 / codes["inclusion_probability"].to_numpy(dtype=float)
    # Weights count up to the number of comments: a sample coded only in part was drawn with a smaller chance.
    weight = weight * len(labels) / weight.sum()
    y = (codes["label"] == label).to_numpy(dtype=float)
    return Coded(y, f[rows], weight, _units(labels, rows), float(f.mean()))


def powered(coded: Coded, level: float, *, machine: bool) -> tuple[float, float, float, str, str | None]:
    """Estimate a share from hand codes, helped by the machine's probabilities where ``machine`` is set and they help.

    Returns
    -------
    share, low, high : float
        From 0 to 1.
    method : {"ppi++", "hand codes"}
    worth : str or None
        What the machine's labels were worth beside the codes.
    """
    y, f, weight, unit = coded.y, coded.f, coded.weight, coded.unit
    n, units = len(y), int(unit.max()) + 1
    tune = _tuning(y, f, weight) if machine else 0.0
    share = float(np.average(y, weights=weight) + tune * (coded.mean_f - np.average(f, weights=weight)))
    share = min(1.0, max(0.0, share))
    alone = _variance(y, weight, unit)
    variance = (n * _variance(y - tune * f, weight, unit) + _PSEUDO_CODES * alone) / (n + _PSEUDO_CODES)
    effective = share * (1 - share) / variance if variance > 0 else _seen(weight) * units / n
    low, high = wilson_interval(share, effective, level=level, df=max(1, units - 1 - (tune > 0)))
    if tune == 0:
        return share, low, high, "hand codes", "nothing beside these hand codes" if machine else None
    more = round(n * (alone / variance - 1)) if variance > 0 else 0
    worth = f"as much as {more} more hand codes" if more > 0 else "nothing beside these hand codes"
    return share, low, high, "ppi++", worth


def _units(labels: pd.DataFrame, rows: np.ndarray) -> np.ndarray:
    """Number the independent units of the sample: its comments, or their families where whole essays were coded."""
    family = pd.factorize(labels["cluster"])[0]
    sizes, coded = np.bincount(family), family[rows]
    met = len(np.unique(coded))
    expected = float((1 - (1 - len(rows) / len(labels)) ** sizes).sum())
    return np.arange(len(rows)) if met >= _BY_COMMENT * expected else pd.factorize(coded)[0]


def _tuning(y: np.ndarray, f: np.ndarray, weight: np.ndarray) -> float:
    """How far to trust the machine: the weighted slope of codes on probabilities, between 0 and 1."""
    spread = f - np.average(f, weights=weight)
    below = float(weight @ spread**2)
    return min(1.0, max(0.0, float(weight @ (spread * y)) / below)) if below > 0 else 0.0


def _variance(e: np.ndarray, weight: np.ndarray, unit: np.ndarray) -> float:
    """Variance of the weighted mean of ``e`` over repeated samples of these comments (linearised)."""
    centred = e - np.average(e, weights=weight)
    parts = weight * np.sqrt(np.clip(1 - 1 / weight, 0, None)) * centred / weight.sum()
    sums = np.bincount(unit, weights=parts)
    return float(sums @ sums) * len(sums) / max(1, len(sums) - 1)


def _seen(weight: np.ndarray) -> float:
    """Effective number of codes of a share without variance; infinite where every comment was coded."""
    left = float(np.clip(1 - 1 / weight, 0, None).mean())
    return float("inf") if left == 0 else float(weight.sum() ** 2 / (weight @ weight)) / left
