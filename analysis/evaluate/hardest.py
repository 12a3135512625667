"""The errors the machine was surest of, each with both readings: the coder's and the machine's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.evaluate.scores import check_judged
from analysis.types import LABELS

COLUMNS = (
    *("comment_id", "title", "author", "text", "truth", "truth_meaning", "label", "label_meaning"),
    *("probability", "evidence"),
)


def stat_hardest_errors(judged: pd.DataFrame, comments: pd.DataFrame, meanings: Mapping[str, str]) -> pd.DataFrame:
    """List the comments given a wrong label, the one the machine was surest of first.

    Parameters
    ----------
    judged : DataFrame
        See ``analysis.evaluate.scores``.
    comments : DataFrame
        comment_id, title (of the essay), author (a pseudonym), text (names hidden), evidence (what weighed most for the
        machine's label, in words).
    meanings : mapping of str to str
        What each label, and none, means and what speaks for it, in the codebook's words.

    Returns
    -------
    DataFrame
        comment_id, title, author, text, truth, truth_meaning, label, label_meaning, probability (of the label given, 0
        to 1), evidence; by falling probability, then comment_id. Comments left without a label are no errors here.

    Notes
    -----
    The surest errors are the most telling and the least typical: they show where the machine looks at the wrong thing,
    and where the code may be questioned. They say nothing of how often it errs.
    """
    check_judged(judged)
    wrong = judged[judged["label"].notna() & (judged["label"] != judged["truth"])]
    given = wrong["label"].map({label: n for n, label in enumerate(LABELS)}).to_numpy(dtype=int)
    chances = wrong[list(LABELS)].to_numpy(dtype=float)
    table = wrong[["comment_id", "truth", "label"]].assign(
        probability=chances[range(len(wrong)), given],
        truth_meaning=wrong["truth"].map(meanings),
        label_meaning=wrong["label"].map(meanings),
    )
    told = comments[["comment_id", "title", "author", "text", "evidence"]]
    table = table.merge(told, on="comment_id", how="inner", validate="1:1")
    table = table.sort_values(["probability", "comment_id"], ascending=[False, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)
