"""Label a table of comments: the one call a notebook needs, and the place where another classifier plugs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from analysis.errors import LabelError
from analysis.stance.explain import explain_labels
from analysis.stance.features import COLUMNS, TEXT_CHARACTERS, Described, describe_comments
from analysis.stance.model import CLASSES, StanceModel, certainty_of, load_model, softmax
from analysis.stance.second_reading import second_reading
from analysis.text import language_of
from analysis.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

BATCH = 256  # comments between two reports of progress
FOREIGN_STOP_SHARE = 0.12  # English prose has a third of stop words; below this a comment is asked for its language
SURE_LANGUAGE_WORDS = 12  # shorter comments are never set aside for their language
FOREIGN_SCRIPT_SHARE = 0.5  # of the letters; quotations and names stay below
KNOWN_SHARE = 0.34  # of a short comment's words that are to be known, else it may be in any language
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

    A label that hangs on the signature or on politeness alone is taken back: a comment called spam (with a chance below
    .95) that reads as extending without its name and links, or called agreeing that does so without its kind sentences,
    gets no label, and the reason says why.
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
    stopped = [_cannot_judge(row, comment) for row, comment in zip(batch, described, strict=True)]
    labels = [
        CLASSES[k] if why is None and sure >= certain else None
        for k, why, sure in zip(best, stopped, certainty, strict=True)
    ]
    taken_back = second_reading(batch, described, labels, three.max(axis=1).tolist(), model)
    for i, row in enumerate(batch):
        blocked = stopped[i]
        label = None if i in taken_back else labels[i]
        shares = three[i] if described[i].words or not blocked else np.full(3, 1 / 3)  # nothing speaks for any
        out.append({
            "id": row["id"], "label": label, **{c: float(shares[k]) for k, c in enumerate(LABELS)},
            "position": "unclear" if CLASSES[best[i]] == "spam" or blocked else positions[i],
            "reason": blocked
            or taken_back.get(i)
            or _reason(row, four[i], three[i], label is not None)
            or (_doubt(row, described[i]) if label else None),
            "evidence": evidence[i] if not blocked else [], "codebook_version": model.codebook_version,
        })  # fmt: skip
    return out


def _cannot_judge(row: Mapping[str, Any], described: Described) -> str | None:
    """Why a comment cannot be judged at all; None where it can."""
    if not any(c.isprintable() and not c.isspace() for c in row.get("text") or ""):
        return "the comment is empty"
    linked = described.features.get("has link") or described.features.get("links in the text")
    if not described.words and not linked:
        return "the comment holds no word, so there is nothing to judge it by"
    return None if linked else _foreign(described)  # spam in another language still shows by its links


def _foreign(described: Described) -> str | None:
    """That a comment is in another language, where one can see it."""
    if described.features["another script"] > FOREIGN_SCRIPT_SHARE:
        return "the comment is mostly in another script than the Latin, which the model cannot judge"
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


def _doubt(row: Mapping[str, Any], described: Described) -> str | None:
    """What a reader of a label must know of the comment itself."""
    if len(row.get("text") or "") > TEXT_CHARACTERS:
        return f"only its first {TEXT_CHARACTERS:,} characters were read"
    if len(described.words) == 1:
        return "it is a single word"
    if _foreign(described):
        return "its words are in another language, so the label rests on its links and who signed it"
    if 0 < len(described.words) < SURE_LANGUAGE_WORDS and described.features["share of stop words"] == 0:
        unknown = described.features.get("unknown words", 0.0)
        if unknown > 1 - KNOWN_SHARE:
            return "few of its words are known, and it may be in another language"
    return None
