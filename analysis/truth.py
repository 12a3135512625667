"""Planted or hand-given truth about a corpus, where its folder holds a ``truth.jsonl``: one JSON line a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import CorpusError
from analysis.types import LABELS

TRUTH = "truth.jsonl"
TRUE_LABELS = (*LABELS, "none")


@dataclass(frozen=True)
class Truth:
    """What is known about a corpus.

    Attributes
    ----------
    pages : DataFrame
        page, theme, version_of; one row a page.
    comments : DataFrame
        page, number (from 0), author, text, label (agreeing, extending, spam, none; None for a pingback), position,
        kind, by_essay_author, spam_family; one row a comment, in page order.
    """

    pages: pd.DataFrame
    comments: pd.DataFrame


def read_truth(corpus: Path) -> Truth | None:
    """Read a corpus's ``truth.jsonl``, or give None where there is none.

    Raises
    ------
    CorpusError
        If a line is not JSON, lacks ``page`` or ``comments``, or has a label outside the codebook.
    """
    path = corpus / TRUTH
    if not path.is_file():
        return None
    pages, comments = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").removesuffix("\n").split("\n"), start=1):
        if not line:
            continue
        try:
            row = json.loads(line)
            pages.append({"page": row["page"], "theme": row.get("theme"), "version_of": row.get("version_of")})
            comments += [{"page": row["page"], "number": n, **_comment(c)} for n, c in enumerate(row["comments"])]
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{TRUTH} of {corpus.name!r}, line {number}: {type(error).__name__} {error}. Each line is a JSON "
                "object with 'page' and 'comments'; each comment has 'text' and a 'label' "
                f"({', '.join(TRUE_LABELS)} or null)."
            ) from error
    return Truth(pd.DataFrame(pages, dtype=object), pd.DataFrame(comments, dtype=object))


def _comment(row: dict) -> dict:
    if row["label"] is not None and row["label"] not in TRUE_LABELS:
        raise ValueError(f"label {row['label']!r}")
    kept = ("author", "text", "label", "position", "kind", "by_essay_author", "spam_family")
    return {k: row.get(k) for k in kept}
