"""A project's codes beside its comments, checked: what a model is fitted to."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import LabelError
from analysis.stance.features import COLUMNS
from analysis.stance.model import CLASSES

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CODES = 50  # with fewer, chance moves a fit more than anything a project has of its own
FEWEST_ESSAYS = 5  # with fewer, leaving one out says nothing about the next
CLUSTER = "cluster"  # column that says which comments are left out together
_SHOWN = 3  # ids named in a sentence


@dataclass(frozen=True)
class Coded:
    """Coded comments, sorted by id.

    Attributes
    ----------
    rows : tuple of mapping
        As ``describe_comments`` takes them.
    ids, labels : tuple of str
    weights : array, shape (comments,)
        Mean 1.
    groups : array of int, shape (comments,)
        Number of the essay each stands under, from 0.
    """

    rows: tuple[Mapping[str, Any], ...]
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    weights: np.ndarray
    groups: np.ndarray

    @property
    def answers(self) -> np.ndarray:
        """Place of each code in ``CLASSES``."""
        return np.array([CLASSES.index(label) for label in self.labels])


def read_codes(comments: pd.DataFrame, codes: pd.DataFrame | pd.Series | Mapping[str, str]) -> Coded:
    """Join codes with their comments, and refuse what no model can be fitted to.

    Parameters
    ----------
    comments, codes
        As for ``fit_labels``.

    Raises
    ------
    LabelError
    """
    said, weights = codes_of(codes)
    coded = match_rows(comments, said)
    check_labels([said[r["id"]] for r in coded], CLASSES)
    if len(coded) < FEWEST_CODES:
        raise LabelError(
            f"{len(coded)} coded comment(s) are too few to fit the model to; {FEWEST_CODES} are needed. Code more, or "
            "go on with the shipped model."
        )
    labels = tuple(said[r["id"]] for r in coded)
    groups = number_groups(coded)
    if groups.max() + 1 < FEWEST_ESSAYS:
        raise LabelError(
            f"The coded comments stand under {groups.max() + 1} essay(s); {FEWEST_ESSAYS} are needed to see whether a "
            "fit holds for essays it has not seen. Code comments under more essays."
        )
    given = np.array([weights[r["id"]] for r in coded])
    return Coded(tuple(coded), tuple(r["id"] for r in coded), labels, given / given.mean(), groups)


def codes_of(codes: pd.DataFrame | pd.Series | Mapping[str, str]) -> tuple[dict[str, str], dict[str, float]]:
    """Label and weight by comment id."""
    import pandas as pd

    if isinstance(codes, pd.Series):
        table = pd.DataFrame({"id": codes.index, "label": codes.to_numpy()})
    elif isinstance(codes, pd.DataFrame):
        table = codes.rename(columns={"comment_id": "id"})
    else:
        table = pd.DataFrame({"id": list(codes), "label": list(codes.values())}, dtype=object)
    missing = [c for c in ("id", "label") if c not in table.columns]
    if missing:
        there = ", ".join(map(str, table.columns)) or "none"
        raise LabelError(
            f"The codes lack the column(s) {', '.join(missing)}; found {there}. One row a comment is wanted."
        )
    twice = table.loc[table["id"].duplicated(), "id"]
    if len(twice):
        raise LabelError(
            f"{len(twice)} comment(s) are coded twice (first: {twice.iloc[0]!r}). Settle on one code a comment."
        )
    weight = table["weight"] if "weight" in table.columns else pd.Series(1.0, index=table.index)
    numbers = pd.to_numeric(weight, errors="coerce").to_numpy(dtype=float)
    if not (np.isfinite(numbers) & (numbers > 0)).all():
        raise LabelError(
            "A weight is one over a comment's chance of having been drawn: a number above 0 for each code."
        )
    ids = table["id"].tolist()
    return dict(zip(ids, table["label"].tolist(), strict=True)), dict(zip(ids, numbers.tolist(), strict=True))


def match_rows(comments: pd.DataFrame, wanted: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The comments with these ids, or all, as rows sorted by id; ``cluster`` is kept beside what the features need."""
    missing = [c for c in ("id", "text") if c not in comments.columns]
    if missing:
        there = ", ".join(map(str, comments.columns)) or "none"
        raise LabelError(f"The comments lack the column(s) {', '.join(missing)}; found {there}.")
    here = comments if wanted is None else comments[comments["id"].isin(list(wanted))]
    if here["id"].isna().any() or here["id"].duplicated().any():
        raise LabelError("An id is missing or stands twice among the comments. Number the comments anew.")
    gone = sorted(set(map(str, wanted or ())) - set(map(str, here["id"])))
    if gone:
        more = " and so on" if len(gone) > _SHOWN else ""
        raise LabelError(
            f"{len(gone)} code(s) are of comments that are not in the table ({', '.join(gone[:_SHOWN])}{more}). Give "
            "the comments the codes were made on."
        )
    kept = here[[c for c in (*COLUMNS, CLUSTER) if c in here.columns]].to_dict("records")
    rows = [
        {"id": r["id"], **{str(k): v if isinstance(v, str) else None for k, v in r.items() if k not in ("id", CLUSTER)}}
        | {CLUSTER: r.get(CLUSTER)}
        for r in kept
    ]
    return sorted(rows, key=lambda r: str(r["id"]))


def check_labels(found: Sequence[object], allowed: Sequence[str]) -> None:
    """Refuse a label that is not one of those allowed, with the first of them."""
    for label in found:
        if label not in allowed:
            raise LabelError(f"A code is {label!r}; codes are {', '.join(allowed)}.")


def number_groups(rows: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Number of the essay of each row, from 0: its ``cluster``, else its title and essay, else the comment itself."""
    keys: list[Hashable] = []
    for row in rows:
        cluster = row.get(CLUSTER)
        known = cluster is not None and cluster == cluster
        essay = (row.get("parent_title"), row.get("parent_text"))
        keys.append(("cluster", cluster) if known else essay if any(essay) else ("alone", row["id"]))
    place = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    return np.array([place[key] for key in keys], dtype=int)
