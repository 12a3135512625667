"""What the tables given to an estimate must hold; each check raises or returns nothing."""

from __future__ import annotations

import pandas as pd

from analysis.errors import EstimateError, one_of
from analysis.types import LABELS

CODES = (*LABELS, "none")


def _need(table: pd.DataFrame, columns: tuple[str, ...], what: str) -> None:
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise EstimateError(
            f"The table of {what} lacks the column(s) {', '.join(missing)}; it needs {', '.join(columns)}."
        )


def check_labels(labels: pd.DataFrame) -> None:
    """Refuse a table of labels without its columns, with a comment twice, or with labels outside the codebook."""
    _need(labels, ("comment_id", "cluster", "label", *LABELS), "labels")
    if labels["comment_id"].duplicated().any():
        first = labels.loc[labels["comment_id"].duplicated(), "comment_id"].iloc[0]
        raise EstimateError(f"The table of labels holds comment {first!r} twice; give each comment one row.")
    if labels["cluster"].isna().any():
        raise EstimateError("A comment has no cluster; give each the family of its essay, or the essay itself.")
    for found in labels["label"].dropna().unique():
        if found not in LABELS:
            raise EstimateError("In the table of labels: " + one_of("label", str(found), LABELS))


def check_codes(codes: pd.DataFrame, comment_ids: pd.Index) -> None:
    """Refuse hand codes of absent comments, twice given, outside the codebook, or without their chances."""
    _need(codes, ("comment_id", "label", "inclusion_probability"), "hand codes")
    twice = codes["comment_id"].duplicated(keep=False)
    if twice.any():
        first = codes.loc[twice, "comment_id"].iloc[0]
        said = sorted(set(codes.loc[codes["comment_id"] == first, "label"].map(str)))
        how = f"as {' and as '.join(said)}" if len(said) > 1 else f"both times as {said[0]}"
        raise EstimateError(f"Comment {first!r} is coded twice ({how}); keep one code a comment.")
    for found in codes["label"].unique():
        if found not in CODES:
            raise EstimateError("Among the hand codes: " + one_of("code", str(found), CODES))
    absent = codes["comment_id"][~codes["comment_id"].isin(comment_ids)]
    if len(absent):
        raise EstimateError(
            f"{len(absent)} hand code(s) are of comments that are not among those labelled (first: "
            f"{absent.iloc[0]!r}); use the codes of this corpus, or read it again as it was when they were made."
        )
    chance = codes["inclusion_probability"].to_numpy(dtype=float)
    if not ((chance > 0) & (chance <= 1)).all():
        raise EstimateError(
            "An inclusion probability lies above 0 and is at most 1; "
            "keep the column that draw_sample gave with the sample."
        )
