"""From the instruments' weights to the table of essays, and the verdict on whether its scores may be quoted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.framing.agreement import ALL, FEWEST_ESSAYS, INSTRUMENTS, LEAST_ALPHA
from analysis.framing.instruments import Measured
from analysis.topics.model import Floats

LEAST_EVIDENCE = 3  # pieces an instrument needs to give an essay a score: two words of a kind are an accident
CHANCE = 0.05  # share of placebos, the axis itself counted in, that may agree as well


def stat_essays(measured: Measured, evidence: pd.DataFrame, essays: Sequence[str]) -> tuple[pd.DataFrame, Floats]:
    """Give scores and counts of each essay; a score below the least evidence is missing.

    Parameters
    ----------
    measured : Measured
    evidence : DataFrame
        As ``gather_evidence`` gives it.
    essays : sequence of str
        doc_id of each passage.

    Returns
    -------
    (DataFrame, ndarray of shape (essays, 3))
        The table, and its scores in the order of ``INSTRUMENTS``.
    """
    names = sorted(set(essays))
    scores = measured.scores(essays, names)
    counting = evidence[evidence["counts"]]
    table = pd.DataFrame({"doc_id": names})
    numbers = np.zeros((len(names), len(INSTRUMENTS)), dtype=int)
    for column, instrument in enumerate(INSTRUMENTS):
        counted = counting.loc[counting["instrument"] == instrument, "doc_id"].value_counts()
        numbers[:, column] = table["doc_id"].map(counted).fillna(0).astype(int)
    scores = np.where(numbers >= LEAST_EVIDENCE, scores, np.nan)
    for column, instrument in enumerate(INSTRUMENTS):
        table[instrument] = scores[:, column]
    for column, instrument in enumerate(INSTRUMENTS):
        table[f"n_{instrument}"] = numbers[:, column]
    for mark in ("quoted", "negated"):
        table[mark] = table["doc_id"].map(evidence.groupby("doc_id")[mark].sum()).fillna(0).astype(int)
    lengths = pd.Series(essays)
    for name in ("bias", "intensity"):
        table[name] = table["doc_id"].map(pd.Series(getattr(measured.semantic, name)).groupby(lengths).mean())
    return table, scores


def judge(agreement: pd.DataFrame, placebo: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Say whether the instruments agree well enough for a score to be quoted, and why (not).

    Parameters
    ----------
    agreement : DataFrame
        As ``stat_agreement`` gives it.
    placebo : DataFrame
        One row an axis, the real one with axis 0.

    Returns
    -------
    (DataFrame, bool)
        The agreement with a column ``verdict``: a sentence in the row of all three, else None; and whether they agree.
    """
    row = agreement[agreement["of"] == ALL].iloc[0]
    real = placebo.loc[placebo["axis"] == 0, "agreement"].iloc[0]
    drawn = placebo.loc[placebo["axis"] > 0, "agreement"].dropna()  # one that cannot be told is not beaten
    as_good = int((drawn >= real).sum())
    failed = []
    if np.isnan(row["value"]):
        failed.append("alpha cannot be told, as an instrument tells no essay from another")
    elif not row["value"] >= LEAST_ALPHA:
        failed.append(f"alpha is {row['value']:.2f}, and {LEAST_ALPHA:.3f} is asked for")
    if not row["low"] > 0:
        failed.append("its interval does not lie above 0")
    apart = [pair["of"].replace(", ", " and ") for pair in agreement.to_dict("records") if not pair["low"] > 0]
    failed += [f"{pair} agree no better than chance may" for pair in apart if pair != ALL]
    needed = round(1 / CHANCE) - 1
    if len(drawn) < needed:
        failed.append(f"{len(drawn) or 'no'} random axes were tried, and {needed} are needed")
    elif (1 + as_good) / (1 + len(drawn)) > CHANCE:
        failed.append(f"{as_good} of {len(drawn)} random axes agree as well")
    if row["essays"] < FEWEST_ESSAYS:
        said = (
            "It cannot be said whether the instruments agree: essays with a score from all three are needed, at least "
            f"{FEWEST_ESSAYS}, and there {'is' if row['essays'] == 1 else 'are'} {row['essays'] or 'none'}. No axis "
            "score should be quoted."
        )
    elif failed:
        said = f"The instruments do not agree ({'; '.join(failed)}): no axis score should be quoted."
    else:
        said = f"The instruments agree (alpha {row['value']:.2f}; {as_good} of {len(drawn)} random axes agree as well)."
    verdict = pd.Series([*[None] * (len(agreement) - 1), said], dtype=object)
    return agreement.assign(verdict=verdict), not failed and bool(row["essays"] >= FEWEST_ESSAYS)


def combine_scores(table: pd.DataFrame, scores: Floats, chance: Sequence[Floats], *, agree: bool) -> pd.DataFrame:
    """Add one score of the three where the instruments agree, the reason where there is none, and chance's range."""
    whole = ~np.isnan(scores).any(axis=1)
    lacking = [[name for name, value in zip(INSTRUMENTS, row, strict=True) if np.isnan(value)] for row in scores]
    few = [f"too little evidence for: {', '.join(names)}" if names else None for names in lacking]
    reason = few if agree else ["the instruments are not known to agree"] * len(table)
    means = np.where(whole, np.where(np.isnan(scores), 0.0, scores).mean(axis=1), np.nan)
    told = pd.Series(reason, index=table.index, dtype=object)
    low, high = _chance(chance, len(table))
    return table.assign(score=means if agree else np.nan, reason=told, chance_low=low, chance_high=high)


def _chance(chance: Sequence[Floats], essays: int) -> tuple[Floats, Floats]:
    """Lowest and highest mean of the three scores that a random axis gives each essay; NaN without placebos."""
    if not chance:
        return np.full(essays, np.nan), np.full(essays, np.nan)
    known = [~np.isnan(scores) for scores in chance]
    sums = [np.where(there, scores, 0.0).sum(axis=1) for scores, there in zip(chance, known, strict=True)]
    means = np.array([s / np.maximum(there.sum(axis=1), 1) for s, there in zip(sums, known, strict=True)])
    return means.min(axis=0), means.max(axis=0)
