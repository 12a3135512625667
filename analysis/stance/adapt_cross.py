"""Cross-fitting: coded comments get the probabilities of fits that had not seen their essay.

A model's predictions of comments it was fitted on flatter it. Shares corrected with them would be corrected too little,
and with too narrow an interval; with out-of-fold predictions they are sound (Chernozhukov et al. 2018; Zrnic & Candès
2024, "Cross-prediction-powered inference").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.stance.model import CLASSES, StanceModel, certainty_of
from analysis.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

SMALLEST = 1e-9  # chance whose logarithm is still taken
REASON = "unsure by a model fitted without the codes under its essay: {} {:.2f}, {} {:.2f}"


def use_out_of_fold(labels: pd.DataFrame, model: StanceModel, *, target_accuracy: float = 0.9) -> pd.DataFrame:
    """Put a fitted model's out-of-fold probabilities in the place of those it gives to the comments it was fitted on.

    Parameters
    ----------
    labels : DataFrame
        What ``label_comments`` made of the same corpus with the same model; it is not changed.
    model : StanceModel
        One that was not fitted to codes changes nothing.
    target_accuracy : float
        As for ``label_comments``.

    Returns
    -------
    DataFrame
        The same columns and rows. Of the coded comments the probabilities, the label they give, and the reason where
        they give none; evidence for a label that is no longer given is left out. A comment that got no label, for
        whatever reason, gets none here either.
    """
    import pandas as pd

    kept = model.card.get("adapted", {}).get("out_of_fold", {})
    certain = model.threshold(target_accuracy)
    rows = [_swap(row, kept.get(str(row["id"])), certain) for row in labels.to_dict("records")]
    return pd.DataFrame(
        {c: pd.Series([row[c] for row in rows], index=labels.index, dtype=labels[c].dtype) for c in labels.columns}
    )


def _swap(row: dict[Any, Any], four: Sequence[float] | None, certain: float) -> dict[Any, Any]:
    """One labelled comment with its out-of-fold probabilities, where it has any."""
    if four is None:
        return row
    chances = np.array(four[:3]) / sum(four[:3])
    sure = float(certainty_of(np.log(np.maximum([four], SMALLEST)))[0]) >= certain
    first, second = chances.argsort()[::-1][:2]
    label = CLASSES[first] if sure and row["label"] is not None else None
    new = {**row, **{name: float(p) for name, p in zip(LABELS, chances, strict=True)}, "label": label}
    if not sure and (row["label"] is not None or len(row["evidence"]) > 0):
        new["reason"] = REASON.format(CLASSES[first], chances[first], CLASSES[second], chances[second])
    if label is not None and label != row["label"]:
        new["evidence"] = []  # it spoke for another label
    return new
