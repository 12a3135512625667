"""Fitting the classifier to a corpus's own hand codes, as they lie in its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.config import load_config
from analysis.errors import LabelError
from analysis.hand_codes import HandCodes, read_hand_codes
from analysis.label_stage import rows_to_label
from analysis.paths import corpus_name, find_corpus
from analysis.pipeline import make_record, open_cache
from analysis.read_stage import read_corpus
from analysis.reading import Progress, no_progress
from analysis.records import child_seed
from analysis.stance import FittedLabels, fit_labels


def fit_corpus(corpus: str | Path, *, progress: Progress = no_progress) -> FittedLabels:
    """Fit the shipped model to the hand codes of a corpus, and say whether that helped.

    Parameters
    ----------
    corpus : str or Path
        Name of a folder under ``corpus/``, or a path; its codes are read where the coding pane keeps them.
    progress : callable, optional
        Told the stage's name, how much is done and of how much.

    Returns
    -------
    FittedLabels
        Comments under versions of one essay are left out together. Where the codes are of a drawn sample each is
        weighted by one over the chance it had.

    Raises
    ------
    CorpusError
        If there is no such corpus.
    LabelError
        If it has no codes that can be used, or too few.

    Notes
    -----
    A model that config.toml names already is not the start: the fit begins with the shipped one and all codes.
    """
    place = find_corpus(corpus)
    own = place / "config.toml"
    config = load_config(own if own.is_file() else None)
    config = replace(config, labels=replace(config.labels, model=""))
    record = make_record(place, config)
    found = read_corpus(place, config, record, cache=open_cache(place), progress=progress)
    readers = found.comments[(found.comments["kind"] == "comment") & ~found.comments["by_essay_author"].astype(bool)]
    coding, _ = read_hand_codes(place, readers, record["corpus_hash"])
    if coding is None or coding.settled.empty:
        why = "none are there" if coding is None or coding.refused is None else coding.refused
        raise LabelError(
            f"The corpus {corpus_name(place)!r} has no hand codes to fit the classifier to: {why}. Draw and code a "
            "sample first (notebook 06_honest_numbers)."
        )
    rows = rows_to_label(found.pages, found.comments)
    family = found.families.set_index("doc_id")["family"]
    essay = rows["id"].map(found.comments.set_index("comment_id")["doc_id"])
    rows = rows.assign(cluster=essay.map(family).fillna(essay))
    return fit_labels(
        rows,
        _weighted(coding),
        seed=child_seed(config.run.seed, "fit labels"),
        progress=lambda done, total: progress("fitting the classifier", done, total),
    )


def _weighted(coding: HandCodes) -> pd.DataFrame:
    """One code a comment, with one over its chance of having been drawn where that is known of all."""
    codes = coding.settled[["comment_id", "label"]]
    if coding.usable is None:
        return codes
    chance = coding.usable.set_index("comment_id")["inclusion_probability"]
    return codes.assign(weight=1 / codes["comment_id"].map(chance).astype(float))
