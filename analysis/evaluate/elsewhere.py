"""What coders reach on labels like these elsewhere, as published, and what the coders behind the shipped model reach.

Facts of other people's work, kept as a table so that prose takes its numbers from it. Nothing is computed here.
"""

from __future__ import annotations

import pandas as pd

COLUMNS = ("data", "source", "who", "coders", "label", "figure", "low", "high")
PEOPLE, MACHINE, BEHIND = "people", "machine", "behind the model"
_COARSE = ("Coarse Discourse", "Zhang, Culbertson and Paritosh 2017")
_ROWS = (
    (*_COARSE, PEOPLE, "the coders", "agreement", "alpha", 0.43, 0.43),
    (*_COARSE, PEOPLE, "the coders", "elaboration", "alpha", 0.40, 0.40),
    ("YNACC", "Napoles and others 2017", PEOPLE, "the trained editors", "", "agreement", 0.80, 0.80),
    (*_COARSE, MACHINE, "the best machine", "agreement", "F1", 0.41, 0.41),
    (*_COARSE, MACHINE, "the best machine", "elaboration", "F1", 0.63, 0.63),
    ("the training comments", "this codebook", BEHIND, "machine coders, twice", "", "Cohen's kappa", 0.94, 0.96),
)


def stat_elsewhere() -> pd.DataFrame:
    """What people, and machines, reach on labels like these elsewhere.

    Returns
    -------
    DataFrame
        data, source, who ("people"; "machine": the best one published; "behind the model": those who coded the shipped
        model's training comments), coders (in words), label (empty: all of them), figure (alpha, agreement, F1, Cohen's
        kappa), low, high (equal, or the range over batches).

    Notes
    -----
    The labels there are not those of this codebook, and figures of unlike measures cannot be set against each other:
    they show how hard such labels are, not what is within reach here.
    """
    return pd.DataFrame(list(_ROWS), columns=list(COLUMNS))
