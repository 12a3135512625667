"""What each group of features is worth: the model's figures with one group left out at a time, as its training wrote.

Kept beside the model. It reads the table and checks it; ``benchmarks/ablation.py`` makes it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import LabelError

ABLATION = Path(__file__).with_name("ablation.csv")
WHOLE = "nothing"  # what is left out of the whole model
FIGURES = ("macro_f1", "f1_agreeing", "f1_extending", "f1_spam", "accuracy")
COLUMNS = ("left_out", "features", *FIGURES, "difference", "lower", "upper")
_AGREE = 0.002  # figures are written with three digits or more; a difference of two of them is off by one at most


def load_ablation(path: Path = ABLATION) -> pd.DataFrame:
    """Read what leaving out each group of features does to the figures on blogs left out.

    Parameters
    ----------
    path : Path
        A CSV file; by default the one that came with the shipped model.

    Returns
    -------
    DataFrame
        left_out (a group of features; "nothing" for the whole model, if it is there), features (how many are in the
        group), macro_f1, f1_agreeing, f1_extending, f1_spam, accuracy (without the group; out of fold, 0 to 1),
        difference (macro-F1 without the group less that of the whole model: below 0 the group helps), lower, upper (of
        the difference, by essay; NaN for the whole model); the whole model first, then the greatest loss first.

    Raises
    ------
    LabelError
        If the file is missing or is no such table: the sentence says what was found.

    Notes
    -----
    A group whose interval holds zero is not shown to help by itself; another group may carry what it carries, and both
    left out together might cost much. A loss over all blogs says nothing of a single one.
    """
    try:
        table = pd.read_csv(path, dtype={"left_out": str}, keep_default_na=False, na_values=_gaps())
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error  # an OSError's own words give the machine's path
        raise LabelError(
            f"{path.name} cannot be read ({why}); the training benchmark (benchmarks/ablation.py) writes it."
        ) from error
    if tuple(table.columns) != COLUMNS:
        raise LabelError(f"{path.name} is to have the columns {', '.join(COLUMNS)}; found {', '.join(table.columns)}.")
    _check_values(table, path.name)
    whole = table["left_out"] != WHOLE
    return table.assign(_whole=whole).sort_values(["_whole", "difference"], kind="stable", ignore_index=True)[
        list(COLUMNS)
    ]


def _gaps() -> dict[str, str]:
    """Columns whose empty cells are gaps; the name of a group is a text, whatever it says."""
    return dict.fromkeys(COLUMNS[1:], "")


def _check_values(table: pd.DataFrame, name: str) -> None:
    """Refuse a table in which something cannot be so, and say what."""
    problem = _text_problem(table) or _number_problem(table) or _difference_problem(table)
    if problem:
        raise LabelError(f"{name}: {problem} Write it again with the training benchmark (benchmarks/ablation.py).")


def _text_problem(table: pd.DataFrame) -> str | None:
    if table.empty:
        return "it holds no row, and one for each group of features is needed."
    twice = table.loc[table["left_out"].duplicated(), "left_out"]
    if len(twice):
        return f"the group {twice.iloc[0]!r} stands twice."
    blank = table["left_out"].str.strip() == ""
    return f"row {int(np.argmax(blank)) + 1} does not say what was left out." if blank.any() else None


def _number_problem(table: pd.DataFrame) -> str | None:
    for column in COLUMNS[1:]:
        if not pd.api.types.is_numeric_dtype(table[column]):
            return f"the column {column!r} is to hold numbers; found {table[column].iloc[0]!r} in its first row."
    needed = ["features", *FIGURES, "difference"]
    holed = [c for c in needed if table[c].isna().any()]
    if holed:
        return f"the column {holed[0]!r} has gaps."
    counts = table["features"]
    if not ((counts >= 0) & (counts % 1 == 0)).all():
        return "the column 'features' is to hold whole numbers."
    outside = [c for c in FIGURES if not table[c].between(0, 1).all()]
    return f"the column {outside[0]!r} is to lie from 0 to 1." if outside else None


def _difference_problem(table: pd.DataFrame) -> str | None:
    """Whether differences are those of the figures beside them, in the right direction, inside their intervals."""
    ends = table[["lower", "upper"]].notna()
    if (ends["lower"] != ends["upper"]).any():
        return "an interval has one end only."
    known = table[ends.all(axis=1)]
    outside = known[(known["lower"] > known["difference"]) | (known["difference"] > known["upper"])]
    if len(outside):
        return f"the interval of {outside['left_out'].iloc[0]!r} does not hold its difference."
    base = table["macro_f1"] - table["difference"]
    if base.max() - base.min() > _AGREE:
        return (
            "'difference' is to be the macro-F1 without the group less that of the whole model, but the rows do not "
            f"agree on the whole model's (from {base.min():.3f} to {base.max():.3f})."
        )
    return None
