"""A label that hangs on what, by the codebook, must not decide is taken back: the comment is read again without it.

Content makes a comment extending, whoever signs it and however kindly it begins. So a comment called spam, and not with
near certainty, is read again without its signature and links, and one called agreeing without its sentences of thanks
and praise. Where that reading is extending and there is content to rest on, no label is given and the reason says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.stance.features import Described, describe_comments
from analysis.stance.form import beside_kind, without_links
from analysis.stance.model import CLASSES, StanceModel

NEARLY_CERTAIN = 0.95  # chance of a label from which it stands without a second reading
CONTENT = math.log1p(8)  # words of content beside thanks and praise, for a comment called spam
NEW_CONTENT = math.log1p(4)  # of them not in the essay, for one called agreeing: a reader's own small addition
WHY = {
    "spam": "its text alone reads as extending; only the signature or the links speak for spam",
    "agreeing": "beside its thanks or praise it reads as extending",
}


def second_reading(
    rows: Sequence[Mapping[str, Any]],
    described: Sequence[Described],
    labels: Sequence[str | None],
    chances: Sequence[float],
    model: StanceModel,
) -> dict[int, str]:
    """Which labels are to be taken back, and why.

    Parameters
    ----------
    rows : sequence of mapping
        Comments as ``label_comments`` takes them.
    described : sequence of Described
        The same in features.
    labels : sequence of str or None
        The labels about to be given.
    chances : sequence of float
        Probability of each, among the three labels.
    model : StanceModel

    Returns
    -------
    dict of int to str
        Place of each comment whose label is taken back, with the reason.
    """
    again = {
        i: _without(row, label, model)
        for i, (row, comment, label, chance) in enumerate(zip(rows, described, labels, chances, strict=True))
        if label and chance < NEARLY_CERTAIN and _has_content(label, comment.features)
    }
    if not again:
        return {}
    likeliest = model.scores(model.rows(describe_comments(list(again.values()), model.resources))).argmax(axis=1)
    extending = CLASSES.index("extending")
    return {i: WHY[str(labels[i])] for i, found in zip(again, likeliest, strict=True) if found == extending}


def _has_content(label: str, features: Mapping[str, float]) -> bool:
    if label == "spam":
        return features["content outside kind sentences"] >= CONTENT
    kind, new = features["share of kind sentences"], features["new content outside kind sentences"]
    return label == "agreeing" and kind > 0 and new >= NEW_CONTENT


def _without(row: Mapping[str, Any], label: str | None, model: StanceModel) -> dict[str, Any]:
    text = without_links(row["text"])
    if label == "spam":
        return {**row, "text": text, "author": None, "author_url": None}
    return {**row, "text": beside_kind(text, model.resources.lexicon)}
