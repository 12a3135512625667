"""The stage of labels: the comments with all the classifier reads, and the shipped model or one fitted to a project."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables as t
from analysis.cache import Cache
from analysis.config import Config
from analysis.errors import LabelError, one_of
from analysis.paths import FITTED_MODEL
from analysis.reading import Progress
from analysis.records import hash_bytes
from analysis.stance import CLASSIFIERS, StanceModel, label_comments, use_out_of_fold
from analysis.stance.adapt import digest_model
from analysis.stance.model import MODEL, model_from_bytes
from analysis.tables import fingerprint_table

OWN = "below-the-line"  # the classifier whose model can be fitted


@dataclass(frozen=True)
class Fitted:
    """A model fitted to a corpus's hand codes, as its file holds it.

    Attributes
    ----------
    model : StanceModel
    record : mapping
        What a passport says of it: file, sha256 (twelve digits), codes, essays, way.
    """

    model: StanceModel
    record: Mapping[str, Any]

    def say(self) -> str:
        """What a reader of any label must know."""
        r = self.record
        return (
            f"The classifier was adapted to {r['codes']} hand codes under {r['essays']} essays of this corpus "
            f"({r['way']}; {r['file']}, {r['sha256']}). Those comments carry probabilities of fits without their "
            "essay; what is said of the shipped model's errors elsewhere does not describe this one."
        )


def read_fitted(place: Path, config: Config) -> Fitted | None:
    """Read the model that ``[labels] model`` names, or None where it names none.

    Parameters
    ----------
    place : Path
        The corpus; a file name is looked for in its folder.
    config : Config

    Raises
    ------
    LabelError
        If the file is missing or is no fitted model, was fitted from another state of the shipped model, or another
        classifier is asked for.
    """
    name = config.labels.model
    if not name:
        return None
    again = f"Make it with `python -m analysis fit`, or take `model` out of [labels] in config.toml (found {name!r})."
    if config.labels.classifier != OWN:
        raise LabelError(
            f"A fitted model belongs to the classifier {OWN!r}, and {config.labels.classifier!r} is asked for. {again}"
        )
    path = place / name if place.is_dir() else place.with_name(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelError(f"The model fitted to this corpus cannot be opened: {error.strerror}. {again}") from error
    try:
        model = model_from_bytes(data)
    except LabelError as error:
        raise LabelError(f"{path.name} is no model fitted to a corpus, or was cut off. {again}") from error
    facts = model.card.get("adapted")
    if facts is None:
        raise LabelError(f"{path.name} holds a model that was not fitted to any codes. {again}")
    if facts["base"] != digest_model(MODEL.read_bytes()):
        raise LabelError(
            f"{path.name} was fitted from another state of the shipped model than this version's. Fit it again: "
            "`python -m analysis fit` with this corpus."
        )
    kept = {key: facts[key] for key in ("codes", "essays", "way", "digest")}
    return Fitted(model, {"file": path.name, "sha256": hash_bytes(data)[:12], **kept})


def name_classifier(name: str, record: Mapping[str, Any]) -> str:
    """The classifier as a methods paragraph names it, from a run's record.

    Examples
    --------
    >>> name_classifier("below-the-line", {"labels": {"codes": 150}})
    'below-the-line, adapted to 150 hand codes of this corpus and cross-fitted on them,'
    """
    fitted = record.get("labels")
    return (
        name
        if fitted is None
        else f"{name}, adapted to {fitted['codes']} hand codes of this corpus and cross-fitted on them,"
    )


def rows_to_label(pages: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Each comment with its essay, what it answers and who signed it: what ``label_comments`` takes."""
    essay = pages.set_index("doc_id")
    said = comments.set_index("comment_id")["text"]
    own = comments[comments["kind"] == "comment"]
    return pd.DataFrame(
        {
            "id": own["comment_id"],
            "parent_title": own["doc_id"].map(essay["title"]),
            "parent_text": own["doc_id"].map(essay["essay"]),
            "reply_to_text": own["reply_to"].map(said),
            "author": own["author"],
            "author_url": own["author_link"],
            "text": own["text"],
        }
    )


def make_labels(
    pages: pd.DataFrame,
    comments: pd.DataFrame,
    config: Config,
    *,
    fitted: Fitted | None,
    cache: Cache,
    progress: Progress,
) -> pd.DataFrame:
    """Label the comments of a corpus; those a fitted model learned from get its out-of-fold probabilities.

    Parameters
    ----------
    pages, comments : DataFrame
    config : Config
    fitted : Fitted or None
        From ``read_fitted``.
    cache : Cache
    progress : callable

    Returns
    -------
    DataFrame
        Table ``labels``.
    """
    name, target = config.labels.classifier, config.labels.target_accuracy
    if name not in CLASSIFIERS:
        raise LabelError(one_of("comment classifier", name, CLASSIFIERS))
    classify = CLASSIFIERS[name] if fitted is None else functools.partial(label_comments, model=fitted.model)

    def make() -> pd.DataFrame:
        rows = rows_to_label(pages, comments)
        labels = classify(
            rows, target_accuracy=target, progress=lambda done: progress("labelling comments", done, len(rows))
        )
        if fitted is not None:
            labels = use_out_of_fold(labels, fitted.model, target_accuracy=target)
        return labels.rename(columns={"id": "comment_id"})

    made_by = None if fitted is None else dict(fitted.record)
    inputs = [fingerprint_table(pages), fingerprint_table(comments), asdict(config.labels), made_by]
    return cache.table(t.LABELS, inputs, make)


def fitted_file(place: Path) -> Path:
    """Where the model fitted to a corpus is kept: in its folder; beside it, for a corpus that is one file."""
    return place / FITTED_MODEL if place.is_dir() else place.with_suffix(f".{FITTED_MODEL}")
