"""Whether coders agree enough for what rests on their codes, as a sentence to stand beside a figure."""

from __future__ import annotations

import numpy as np
import pandas as pd

EVERY = "all"
# Krippendorff 2004, "Content Analysis", 2nd ed., p. 241: rely on what reaches .800, and from .667 on draw tentative
# conclusions only. Here the lower number is asked of the interval's low end too: what may lie below is not shown.
RELIABLE, TENTATIVE = 0.8, 0.667
# With 30 comments coded twice and alpha near .7 the interval is as wide as .45 (the simulation of `stat_agreement`).
FEW_DOUBLE = 30
# A label that fewer codes than this name is not judged by itself: one comment more or less turns its figure.
FEW_GIVEN = 10


def agreement_caution(agreement: pd.DataFrame) -> str | None:
    """Say what must stand beside every figure that rests on these codes; None where nothing must.

    Parameters
    ----------
    agreement : DataFrame
        As ``stat_agreement`` gives it.

    Returns
    -------
    str or None
        One sentence, from the gravest that holds: no comment coded twice; too few; alpha below ``TENTATIVE``; its low
        end below it; alpha below ``RELIABLE``; a single label below ``TENTATIVE``.

    Notes
    -----
    Thresholds: Krippendorff 2004, p. 241. They are a custom, not a law: what an error costs decides how much agreement
    is enough. High agreement with one label very common is easily had: read the labels one by one.
    """
    rows = agreement[agreement["of"] == "label"]
    whole = rows[rows["label"] == EVERY]
    n = int(whole["n"].iloc[0]) if len(whole) else 0
    if n == 0:
        return "No comment was coded by two people, so nothing is known about how far they would agree."
    alpha, low = float(whole["alpha"].iloc[0]), float(whole["low"].iloc[0])
    if n < FEW_DOUBLE:
        comments = "comment was" if n == 1 else "comments were"
        return f"Only {n} {comments} coded by two people: too few to say how far they agree."
    if np.isnan(alpha):
        return "The coders gave one and the same label throughout, so whether they can tell labels apart is not known."
    if alpha < TENTATIVE:
        return f"The coders agree too little (alpha {_digits(alpha)}, below {_threshold(TENTATIVE)}) for conclusions."
    if not low >= TENTATIVE:
        reach = "its interval is not known" if np.isnan(low) else f"it may be as low as {_digits(low)}"
        return f"The coders' agreement is not shown to suffice: alpha is {_digits(alpha)}, but {reach}."
    if alpha < RELIABLE:
        return f"The coders' agreement (alpha {_digits(alpha)}) bears tentative conclusions only."
    weak = rows[(rows["label"] != EVERY) & (rows["given"] >= FEW_GIVEN) & (rows["alpha"] < TENTATIVE)]
    if weak.empty:
        return None
    pairs = zip(weak["label"], weak["alpha"], strict=True)
    quoted = ((f"“{label}”" if label == "none" else label, alpha) for label, alpha in pairs)  # not: on no label
    named = ", ".join(f"{label} (alpha {_digits(alpha)})" for label, alpha in quoted)
    return f"The coders agree over all, but too little on {named}."


def _digits(value: float) -> str:
    """A coefficient with two digits after the point; three where two would carry it across a threshold."""
    two = f"{value:.2f}"
    crossed = any((float(two) >= t) != (value >= t) for t in (RELIABLE, TENTATIVE))
    return (f"{value:.3f}" if crossed else two).replace("-", "−")


def _threshold(value: float) -> str:
    return f"{value:.3f}"
