"""The predictions behind the model card: every coded comment, labelled by a model that had not seen its blog.

Kept beside the model so that a corpus without true labels can still be told how right the labels were elsewhere. It
holds numbers and labels only: no text, no name, no address.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import LabelError
from analysis.stance.crossval import OutOfFold, calibrate_across, thresholds_across
from analysis.stance.model import CLASSES, MODEL, certainty_of, softmax

HELD_OUT = MODEL.with_name("held_out.csv")
COLUMNS = ("comment_id", "cluster", "blog", "truth", "label", "agreeing", "extending", "spam")
DIGITS = 4


def held_out_table(found: OutOfFold, *, target: float = 0.9) -> pd.DataFrame:
    """Lay cross-validated predictions out as a judged table.

    Parameters
    ----------
    found : OutOfFold
    target : float
        Accuracy aimed at among the labelled, one of .50, .51, ... .99.

    Returns
    -------
    DataFrame
        comment_id (a number), cluster (the number of its essay), blog ("blog 01", ... by size, never its name),
        truth (agreeing, extending, spam, none), label (None: cannot say), agreeing, extending, spam (0 to 1, four
        digits); in the order of the coded comments' ids.
    """
    scores = calibrate_across(found)
    three = softmax(scores[:, :3])
    given = certainty_of(scores) >= thresholds_across(found, scores, target)
    essays = {name: n for n, name in enumerate(sorted({str(r["post_id"]) for r in found.rows}))}
    sizes = Counter(str(r["blog"]) for r in found.rows)
    blogs = {b: f"blog {n:02d}" for n, b in enumerate(sorted(sizes, key=lambda b: (-sizes[b], b)), start=1)}
    table = pd.DataFrame(
        {
            "comment_id": [f"{n:04d}" for n in range(len(found.rows))],
            "cluster": [f"{essays[str(r['post_id'])]:04d}" for r in found.rows],
            "blog": [blogs[str(r["blog"])] for r in found.rows],
            "truth": [r["label"] for r in found.rows],
            "label": [CLASSES[k] if sure else None for k, sure in zip(three.argmax(axis=1), given, strict=True)],
        }
    )
    return table.assign(**{c: np.round(three[:, k], DIGITS) for k, c in enumerate(CLASSES[:3])})[list(COLUMNS)]


def load_held_out(path: Path = HELD_OUT) -> pd.DataFrame:
    """Read the predictions that came with the shipped model; columns and order as ``held_out_table`` gives them.

    Raises
    ------
    LabelError
        If the file is missing or is no such table.
    """
    try:
        table = pd.read_csv(
            path, dtype={"comment_id": str, "cluster": str}, keep_default_na=False, na_values={"label": ""}
        )
    except (OSError, ValueError) as error:
        raise LabelError(f"{path.name} cannot be read ({error}); train the model again, which writes it.") from error
    if tuple(table.columns) != COLUMNS:
        raise LabelError(f"{path.name} is to have the columns {', '.join(COLUMNS)}; found {', '.join(table.columns)}.")
    return table.assign(label=table["label"].astype(object).where(table["label"].notna(), None))
