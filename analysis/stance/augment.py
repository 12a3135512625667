"""Further training rows made from the coded ones by changes that change no label, so that the model learns they do not.

By the codebook, thanks beside content leave a comment extending, and a slip of the pen changes nothing. Each row is
changed in at most one way, chosen by its id, so that the same rows come out always.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

LEAST_WORDS = 12  # of a comment that is given thanks: a shorter one might change its label with them
LONG_WORD = 5  # letters of a word that is misspelt
TYPO_SHARE = 0.08  # of such words that are
OPENINGS = (
    "Thank you for this.", "Thanks!", "Great post!", "Lovely piece, thank you.", "I enjoyed reading this.",
    "Well said.", "Thanks a lot for writing this up.", "Very nice.", "Excellent!", "This is wonderful.", "I love this.",
)  # fmt: skip
CLOSINGS = (
    "Thanks again!", "Keep up the good work.", "Thank you.", "Cheers", "Great work!", "Many thanks for sharing.",
    "Looking forward to the next one.", "Best wishes", "Loved it.", "Keep writing!", "Thanks.", "Much appreciated.",
)  # fmt: skip


def augment(rows: Sequence[Mapping[str, Any]], weight: float) -> list[dict[str, Any]]:
    """Changed copies of some coded comments, each counting ``weight`` times what its original counts.

    Parameters
    ----------
    rows : sequence of mapping
        Coded comments, as ``fit_model`` takes them.
    weight : float
        From 0 (none are made) to 1.

    Returns
    -------
    list of dict
        About a third of the longer extending and a sixth of the other comments, in the order given, under ids of their
        own.

    Examples
    --------
    >>> row = {"label": "agreeing", "text": "What a beautiful morning walk"}
    >>> [changed["text"] for changed in augment([row | {"id": f"r{k}"} for k in range(12)], 0.3)]
    ['What a beatuiful morning walk']
    """
    if not weight:
        return []
    return [
        {**row, **changed, "id": f"{row['id']}+changed", "weight": weight * row.get("weight", 1.0)}
        for row in rows
        for changed in _changes(row)
    ]


def _changes(row: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    draw = random.Random(hashlib.sha256(str(row["id"]).encode()).digest())
    way, text = draw.randrange(6), row["text"]
    substantial = row["label"] == "extending" and len(text.split()) >= LEAST_WORDS
    if way == 0:
        yield {"text": _misspell(text, draw)}
    elif way == 1 and substantial:
        opening, closing = draw.choice(OPENINGS), draw.choice(CLOSINGS)
        yield {"text": draw.choice((f"{opening} {text}", f"{text} {closing}", f"{opening} {text} {closing}"))}


def _misspell(text: str, draw: random.Random) -> str:
    """Two neighbouring letters change places in a few of the longer words, in at least one."""
    words = text.split(" ")
    places = {i: [k for k in range(1, len(w) - 1) if w[k] != w[k + 1]] for i, w in enumerate(words) if w.isalpha()}
    long = [i for i, there in places.items() if there and len(words[i]) >= LONG_WORD]
    for i in draw.sample(long, min(len(long), max(1, round(TYPO_SHARE * len(long))))):
        at = draw.choice(places[i])
        words[i] = words[i][:at] + words[i][at + 1] + words[i][at] + words[i][at + 2 :]
    return " ".join(words)
