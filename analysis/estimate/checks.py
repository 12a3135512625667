"""What the tables given to an estimate must hold; each check raises or returns nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import EstimateError, one_of
from analysis.types import LABELS

CODES = (*LABELS, "none")


def quoted(value: Any) -> str:
    """An id as a sentence names it: text in quotation marks, a number bare.

    Examples
    --------
    >>> quoted("c1"), quoted(np.int64(7))
    ("'c1'", '7')
    """
    return repr(value.item() if isinstance(value, np.generic) else value)


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
        raise EstimateError(f"The table of labels holds comment {quoted(first)} twice; give each comment one row.")
    if labels["cluster"].isna().any():
        raise EstimateError("A comment has no cluster; give each the family of its essay, or the essay itself.")
    for found in labels["label"].dropna().unique():
        if found not in LABELS:
            raise EstimateError("In the table of labels: " + one_of("label", str(found), LABELS))
    chances = labels[list(LABELS)].to_numpy(dtype=float, na_value=np.nan)
    if ((chances < 0) | (chances > 1)).any():
        raise EstimateError("In the table of labels a probability lies outside 0 to 1; give parts, not percent.")


def check_coded(codes: pd.DataFrame) -> None:
    """Refuse hand codes without their columns, of a comment given twice, or outside the codebook."""
    _need(codes, ("comment_id", "label"), "hand codes")
    twice = codes["comment_id"].duplicated(keep=False)
    if twice.any():
        first = codes.loc[twice, "comment_id"].iloc[0]
        said = sorted(set(codes.loc[codes["comment_id"] == first, "label"].map(str)))
        how = f"as {' and as '.join(said)}" if len(said) > 1 else f"both times as {said[0]}"
        raise EstimateError(f"Comment {quoted(first)} is coded twice ({how}); keep one code a comment.")
    empty = codes.loc[codes["label"].isna(), "comment_id"]
    if len(empty):
        raise EstimateError(
            f"{len(empty)} hand code(s) are empty (first: comment {quoted(empty.iloc[0])}); leave out what is not "
            "coded yet, and give 'none' where no label fits."
        )
    for found in codes["label"].unique():
        if found not in CODES:
            raise EstimateError("Among the hand codes: " + one_of("code", str(found), CODES))


def check_sample(sample: pd.DataFrame) -> None:
    """Refuse a drawn sample without its columns, with a comment twice, or with chances that cannot be."""
    _need(sample, ("comment_id", "order", "stratum", "stratum_size", "inclusion_probability"), "the drawn sample")
    if sample["comment_id"].duplicated().any():
        first = sample.loc[sample["comment_id"].duplicated(), "comment_id"].iloc[0]
        raise EstimateError(f"The drawn sample holds comment {quoted(first)} twice; use it as draw_sample gave it.")
    _check_chances(sample)
    _check_strata(sample)


def check_codes(codes: pd.DataFrame, comment_ids: pd.Index) -> None:
    """Refuse hand codes of absent comments, twice given, outside the codebook, or without their chances."""
    if "inclusion_probability" not in codes.columns and {"comment_id", "label"} <= set(codes.columns):
        raise EstimateError(
            "The table of hand codes lacks the column(s) inclusion_probability: without the chance each comment had of "
            "being drawn no share can be estimated; give codes their drawn sample with take_codes(sample, codes)."
        )
    check_coded(codes)
    absent = codes["comment_id"][~codes["comment_id"].isin(comment_ids)]
    if len(absent):
        raise EstimateError(
            f"{len(absent)} hand code(s) are of comments that are not among those labelled (first: "
            f"{quoted(absent.iloc[0])}); use the codes of this corpus, or read it again as it was when they were made."
        )
    _check_chances(codes)
    if "stratum" not in codes.columns:
        return
    _need(codes, ("stratum_size",), "hand codes with strata")
    _check_strata(codes)
    total = int(codes.drop_duplicates("stratum")["stratum_size"].sum())
    if len(codes) and total != len(comment_ids):
        raise EstimateError(
            f"The hand codes were drawn from {total:,} comments, but {len(comment_ids):,} are labelled: the sample is "
            "of another version of this corpus, or of more than this part of it. Give all the comments it was drawn "
            "from, and name parts of them as groups."
        )


def _check_chances(table: pd.DataFrame) -> None:
    chance = table["inclusion_probability"].to_numpy(dtype=float)
    if not ((chance > 0) & (chance <= 1)).all():
        raise EstimateError(
            "An inclusion probability lies above 0 and is at most 1; "
            "keep the column that draw_sample gave with the sample."
        )


def _check_strata(table: pd.DataFrame) -> None:
    if table[["stratum", "stratum_size"]].isna().any(axis=None):
        raise EstimateError("A hand code has no stratum or stratum size; keep the columns that draw_sample gave.")
    sizes = table.groupby("stratum")["stratum_size"].agg(["min", "max", "size"])
    wrong = sizes[(sizes["min"] != sizes["max"]) | (sizes["size"] > sizes["max"])]
    if len(wrong):
        row = wrong.iloc[0]
        told = np.unique([row["min"], row["max"]]).tolist()
        raise EstimateError(
            f"Stratum {quoted(wrong.index[0])} is said to hold {told} comments, and {row['size']} "
            "are drawn of it; a stratum has one size, and no more are drawn than it holds."
        )
