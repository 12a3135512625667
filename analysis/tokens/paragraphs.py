"""Essays as paragraphs: the units topics and framing are looked for in."""

from __future__ import annotations

import pandas as pd

from analysis.errors import TopicError
from analysis.tables import PAGES, check_table
from analysis.text import clean_text, words


def paragraphs_of(pages: pd.DataFrame, *, min_words: int) -> pd.DataFrame:
    """Split essays into paragraphs; a short one is joined to its neighbour, so that no word is lost.

    Parameters
    ----------
    pages : DataFrame
        The table of pages (``tables.PAGES``); only ``doc_id`` and ``essay`` are used.
    min_words : int
        A paragraph of fewer words is joined to the one after it (a heading belongs to what follows), the last one to
        the one before it. An essay that is shorter as a whole stays one paragraph.

    Returns
    -------
    DataFrame
        ``paragraph_id`` ("DOC_ID-0000"), ``doc_id``, ``number`` (from 0 within the essay), ``text``; sorted by
        ``paragraph_id``. A page without an essay has no row.

    Raises
    ------
    TopicError
        If ``min_words`` is below 1.
    """
    if min_words < 1:
        raise TopicError(f"Paragraphs need at least 1 word; min_words is {min_words}. Give a number from 1.")
    checked = check_table(pages, PAGES)
    rows = [
        {"paragraph_id": f"{doc_id}-{number:04d}", "doc_id": doc_id, "number": number, "text": text}
        for doc_id, essay in zip(checked["doc_id"], checked["essay"], strict=True)
        for number, text in enumerate(_join_short(essay, min_words))
    ]
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text"])


def _join_short(essay: str, min_words: int) -> list[str]:
    """Paragraphs of an essay in order, none shorter than ``min_words`` unless the essay is."""
    joined: list[str] = []
    waiting: list[str] = []
    for line in filter(None, clean_text(essay).split("\n")):
        waiting.append(line)
        if sum(len(words(part)) for part in waiting) >= min_words:
            joined.append("\n".join(waiting))
            waiting = []
    if waiting and joined:
        joined[-1] = "\n".join([joined[-1], *waiting])
    elif waiting:
        joined.append("\n".join(waiting))
    return joined
