"""The table of stretches: each page as it stands, stretch by stretch, each with what it was taken for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from analysis.rows import comment_id
from analysis.splits.lines import lines_of
from analysis.types import Page

if TYPE_CHECKING:
    import pandas as pd


def stretches_table(pages: Iterable[Page]) -> pd.DataFrame:
    """Table of the stretches of pages: one row each, in the page's order; columns as in ``tables.STRETCHES``.

    A stretch is a run of lines of one kind, of comments of one comment; its text has a line break between lines.

    Examples
    --------
    >>> from analysis.types import Comment
    >>> stretches_table([Page("rain", "rain.html", "html", "It rains.", (Comment("So it does."),))])["kind"].tolist()
    ['essay', 'comment']
    """
    import pandas as pd

    from analysis.tables import STRETCHES

    rows = []
    for page in pages:
        doc_id = page.doc_id
        runs = groupby(lines_of(page), lambda line: (line.kind, line.comment))
        for number, ((kind, comment), lines) in enumerate(runs):
            rows.append(
                {
                    "doc_id": doc_id,
                    "number": number,
                    "kind": kind,
                    "comment_id": None if comment is None else comment_id(doc_id, comment),
                    "text": "\n".join(line.text for line in lines),
                }
            )
    return pd.DataFrame(rows, columns=list(STRETCHES.columns), dtype=object).astype({"number": "int64"})
