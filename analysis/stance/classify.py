"""Label a table of comments: the one call a notebook needs, and the place where another classifier plugs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from analysis.errors import LabelError
from analysis.stance.explain import explain_labels
from analysis.stance.features import COLUMNS, Described, describe_comments
from analysis.stance.model import CLASSES, StanceModel, certainty_of, load_model, softmax
from analysis.text import language_of
from analysis.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

BATCH = 256  # comments between two reports of progress
FOREIGN_STOP_SHARE = 0.12  # English prose has a third of stop words; below this a comment is asked for its language
SURE_LANGUAGE_WORDS = 12  # shorter comments are never set aside for their language
CLOSE = 0.15  # two labels nearer than this are named as rivals
OUT = ("id", "label", *LABELS, "position", "reason", "evidence", "codebook_version")


class CommentClassifier(Protocol):
    """Plug-in point three: anything that turns a table of comments into labels.

    The contract, which ``tests/stance/contract.py`` checks for any callable: one row a comment, sorted by id, with the
    columns of ``OUT``; probabilities of the three labels sum to 1; ``label`` is one of them or None; without a label
    there is a reason; the table given is not changed.
    """

    def __call__(
        self, comments: pd.DataFrame, *, target_accuracy: float = 0.9, progress: Callable[[int], None] | None = None
    ) -> pd.DataFrame:
        """Label the comments."""
        ...


def label_comments(
    comments: pd.DataFrame,
    *,
    model: StanceModel | None = None,
    target_accuracy: float = 0.9,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Say of each comment whether it agrees, extends or is spam, how sure that is and why, or why it cannot be told.

    Parameters
    ----------
    comments : DataFrame
        One row a comment: ``id`` and ``text``, and as far as known ``parent_title``, ``parent_text`` (the essay),
        ``reply_to_text``, ``author``, ``author_url``. Other columns are ignored; the table is not changed.
    model : StanceModel, optional
        The shipped one where none is given.
    target_accuracy : float, default 0.9
        Share of the labels given that is to be right, from 0 to 1; comments too unsure for it get no label.
        It holds for blogs like those of the training; on others it is an aim.
    progress : callable, optional
        Called with the number of comments done so far.

    Returns
    -------
    DataFrame
        Sorted by id: ``id``; ``label`` (agreeing, extending, spam or None); ``agreeing``, ``extending``, ``spam``
        (probabilities given that one of the three applies, summing to 1); ``position`` (for, against, unclear);
        ``reason`` (why there is no label, or what makes it unsure; else None); ``evidence`` (phrases, the weightiest
        first); ``codebook_version``.

    Raises
    ------
    LabelError
        If ``id`` or ``text`` is missing as a column, an id is missing or stands twice, or the target is no share.

    Notes
    -----
    Do not count the labels to get shares of a corpus: a classifier's errors do not cancel out. Estimate shares from
    probabilities and a sample coded by hand.
    """
    import pandas as pd

    chosen_model = model or load_model()
    certain = chosen_model.threshold(target_accuracy)
    rows = _read_rows(comments)
    done: list[dict[str, Any]] = []
    for start in range(0, len(rows), BATCH):
        done += _label_batch(rows[start : start + BATCH], chosen_model, certain)
        if progress is not None:
            progress(len(done))
    # Object columns keep None as None; pandas' own text type would make it NaN.
    return pd.DataFrame(
        {c: pd.Series([row[c] for row in done], dtype="float64" if c in LABELS else object) for c in OUT}
    )


CLASSIFIERS: dict[str, CommentClassifier] = {"below-the-line": label_comments}


def _read_rows(comments: pd.DataFrame) -> list[dict[str, Any]]:
    missing = [c for c in ("id", "text") if c not in comments.columns]
    if missing:
        there = ", ".join(map(str, comments.columns)) or "none"
        raise LabelError(f"The comments lack the column(s) {', '.join(missing)}; found {there}.")
    if comments["id"].isna().any() or comments["id"].duplicated().any():
        raise LabelError(
            "Each comment needs an id of its own; found a gap or the same id twice. Number the comments anew."
        )
    kept = comments[[c for c in COLUMNS if c in comments.columns and c != "id"]].to_dict("records")
    rows: list[dict[str, Any]] = []
    for name, row in zip(comments["id"].tolist(), kept, strict=True):
        rows.append({"id": name, **{str(k): v if isinstance(v, str) else None for k, v in row.items()}})
    return sorted(rows, key=lambda row: str(row["id"]))


def _label_batch(batch: Sequence[Mapping[str, Any]], model: StanceModel, certain: float) -> list[dict[str, Any]]:
    described = describe_comments(batch, model.resources)
    rows = model.rows(described)
    scores = model.scores(rows)
    four = softmax(scores)
    three = softmax(scores[:, :3])
    best = three.argmax(axis=1)
    certainty = certainty_of(scores)
    positions = model.positions(rows)
    evidence = explain_labels(model, described, rows, best.tolist())
    out: list[dict[str, Any]] = []
    for i, row in enumerate(batch):
        blocked = _cannot_judge(row, described[i])
        labelled = blocked is None and certainty[i] >= certain
        label = CLASSES[best[i]] if labelled else None
        shares = three[i] if (row.get("text") or "").strip() else np.full(3, 1 / 3)
        out.append({
            "id": row["id"], "label": label, **{c: float(shares[k]) for k, c in enumerate(LABELS)},
            "position": "unclear" if CLASSES[best[i]] == "spam" or blocked else positions[i],
            "reason": blocked or _reason(row, four[i], three[i], labelled),
            "evidence": evidence[i] if not blocked else [], "codebook_version": model.codebook_version,
        })  # fmt: skip
    return out


def _cannot_judge(row: Mapping[str, Any], described: Described) -> str | None:
    """Why a comment cannot be judged at all; None where it can."""
    text = (row.get("text") or "").strip()
    if not text:
        return "the comment is empty"
    if described.features.get("has link") or described.features.get("links in the text"):
        return None  # spam in another language still shows by its links
    if len(described.words) >= SURE_LANGUAGE_WORDS and described.features["share of stop words"] < FOREIGN_STOP_SHARE:
        language = language_of(" ".join(described.words))
        if language not in (None, "en"):
            return (
                f"the comment seems to be in another language than English ({language}), which the model cannot judge"
            )
    return None


def _reason(row: Mapping[str, Any], four: np.ndarray, three: np.ndarray, labelled: bool) -> str | None:
    """What makes a judged comment unsure, or why it got no label."""
    order = three.argsort()[::-1]
    first, second = CLASSES[order[0]], CLASSES[order[1]]
    if not labelled:
        if four[3] >= four[:3].max() or four[3] > three[order[1]]:
            return f"it may fit none of the labels: neither agreeing, extending nor spam (chance {four[3]:.2f})"
        return f"too unsure: {first} {three[order[0]]:.2f}, {second} {three[order[1]]:.2f}"
    if not (row.get("parent_text") or "").strip():
        return "no essay text was given, so it is unsure what the comment takes up and what it adds"
    if three[order[0]] - three[order[1]] < CLOSE:
        return f"nearly as likely {second} ({three[order[1]]:.2f}) as {first} ({three[order[0]]:.2f})"
    if not (row.get("author") or "").strip():
        return "it is unknown who signed it, so spam is harder to tell"
    return None
