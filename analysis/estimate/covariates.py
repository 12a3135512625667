"""From a table of covariates to the columns of a regression: one a number, one a category but the reference.

It knows nothing about labels or codes; it says in words why columns cannot be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import EstimateError, one_of

INTERCEPT = "intercept"
# A column of which less than this part is left beside the columns before it (of its length, all columns brought to
# one scale) says the same as they do; rounding alone leaves about 1e-12.
_SAME = 1e-8
# A text column with more values than this is a name or an id, not a category.
_MOST_CATEGORIES = 50


@dataclass(frozen=True)
class Terms:
    """The columns of a regression.

    Attributes
    ----------
    names : tuple of str
        The intercept first; a category stands as ``"topic: war (against peace)"``.
    values : array of shape (comments, terms)
        Rows in the order of the comments asked for.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64] = field(repr=False)


def build_terms(
    covariates: pd.DataFrame, comment_ids: pd.Series, *, standardise: bool, references: Mapping[str, str]
) -> Terms:
    """Turn covariates into columns, an intercept before them.

    Parameters
    ----------
    covariates : DataFrame
        Column ``comment_id`` and one column a covariate: numbers, true/false, or text and categories.
    comment_ids : Series
        The comments of the regression; further rows of ``covariates`` are left out.
    standardise : bool
        Numbers are centred and divided by their standard deviation.
    references : mapping of str to str
        The category each categorical covariate is compared with; the commonest where none is given.

    Returns
    -------
    Terms

    Raises
    ------
    EstimateError
        For comments without covariates or twice, missing values (counted), dates, texts that are no categories,
        and columns that are constant or say the same as others.
    """
    table = _aligned(covariates, comment_ids)
    strangers = sorted(set(references) - set(table.columns))
    if strangers:
        raise EstimateError(one_of("covariate", strangers[0], [str(c) for c in table.columns]))
    columns: dict[str, NDArray[np.float64]] = {INTERCEPT: np.ones(len(table))}
    for name in table.columns:
        columns |= _columns(str(name), table[name], standardise, references.get(name))
    terms = Terms(tuple(columns), np.column_stack(list(columns.values())))
    same = repeated_term(terms)
    if same is not None:
        raise EstimateError(
            f"The term {same!r} says the same as those before it (collinear covariates); leave one of them out."
        )
    return terms


def repeated_term(terms: Terms, rows: NDArray[np.intp] | None = None) -> str | None:
    """Name the first term that the terms before it already determine (in these rows, if given), or None."""
    values = terms.values if rows is None else terms.values[rows]
    spread = values - values.mean(axis=0)
    length = np.sqrt((spread**2).sum(axis=0))
    constant = length <= _SAME * np.sqrt((values**2).sum(axis=0))
    unit = spread / np.where(constant, np.inf, length)
    left = np.zeros(len(terms.names))
    found = np.abs(np.diag(np.linalg.qr(unit[:, 1:], mode="r")))
    left[1 : 1 + len(found)] = found
    lost = [name for name, part in zip(terms.names[1:], left[1:], strict=True) if part < _SAME]
    return lost[0] if lost else None


def _aligned(covariates: pd.DataFrame, comment_ids: pd.Series) -> pd.DataFrame:
    """One row of covariates a comment, in the order of the comments."""
    if comment_ids.empty:
        raise EstimateError("There are no comments to regress; the table of labels is empty.")
    if "comment_id" not in covariates.columns:
        raise EstimateError("The table of covariates lacks the column comment_id; give each comment one row.")
    table = covariates.set_index("comment_id")
    if table.index.has_duplicates:
        first = table.index[table.index.duplicated()][0]
        raise EstimateError(f"The table of covariates holds comment {str(first)!r} twice; give each comment one row.")
    names = [str(name) for name in table.columns]
    taken = [name for name in names if name == INTERCEPT or names.count(name) > 1]
    if taken:
        raise EstimateError(f"No covariate may be called {taken[0]!r}: that name is taken; give it another.")
    absent = comment_ids[~comment_ids.isin(table.index)]
    if len(absent):
        raise EstimateError(
            f"{len(absent)} of {len(comment_ids)} comments have no row of covariates (first: {str(absent.iloc[0])!r}); "
            "give each its row, or leave these comments out of the labels and the codes too."
        )
    if table.columns.empty:
        raise EstimateError("There is no covariate: the table holds only comment_id. For a share use estimate_share.")
    return table.loc[comment_ids]


def _columns(name: str, values: pd.Series, standardise: bool, reference: str | None) -> dict[str, NDArray[np.float64]]:
    """The columns of one covariate by their terms."""
    missing = int(values.isna().sum())
    if missing:
        raise EstimateError(
            f"Covariate {name!r} is missing for {missing} of {len(values)} comments; fill the gaps (for a category "
            "perhaps with 'unknown'), or leave these comments out of the labels and the codes too."
        )
    if pd.api.types.is_datetime64_any_dtype(values):
        raise EstimateError(f"Covariate {name!r} holds dates; make a number of them (the year, say) or categories.")
    number = pd.api.types.is_numeric_dtype(values)
    values = values if number else values.astype(str)
    if values.nunique() == 1:
        raise EstimateError(f"Covariate {name!r} is {values.iloc[0]} for every comment; leave it out.")
    if not number:
        return _categories(name, values, reference)
    if reference is not None:
        raise EstimateError(f"Covariate {name!r} is a number and has no reference category; leave that out.")
    numbers = values.to_numpy(dtype=float)
    if not np.isfinite(numbers).all():
        count = int((~np.isfinite(numbers)).sum())
        raise EstimateError(f"Covariate {name!r} is infinite for {count} of {len(values)} comments; correct these.")
    if not standardise or pd.api.types.is_bool_dtype(values):
        return {name: numbers}
    spread = float(numbers.std())
    return {f"{name} (per SD, {spread:.3g})": (numbers - numbers.mean()) / spread}


def _categories(name: str, values: pd.Series, reference: str | None) -> dict[str, NDArray[np.float64]]:
    """One column a category but the reference."""
    counts = values.value_counts()
    if len(counts) > _MOST_CATEGORIES:
        raise EstimateError(
            f"Covariate {name!r} has {len(counts)} different texts; as categories at most {_MOST_CATEGORIES} are "
            "allowed: group them, or turn them into numbers."
        )
    if reference is not None and reference not in counts.index:
        raise EstimateError(one_of(f"category of {name!r}", reference, counts.index))
    # The commonest category, the first in the alphabet among equals: the comparison with the least noise.
    chosen = reference or min(counts.index, key=lambda category: (-counts[category], category))
    return {
        f"{name}: {category} (against {chosen})": (values == category).to_numpy(dtype=float)
        for category in sorted(set(counts.index) - {chosen})
    }
