"""How a notebook shows things: a paragraph as text, and a table whole, its words at the left and nothing cut off."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

MOST_CHARACTERS = 600  # of one document in a table of documents; the whole text is in study.tables
_STYLE = (
    "<style scoped>.btl-table td, .btl-table th "
    "{text-align: left !important; vertical-align: top; white-space: pre-line}</style>"
)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of Markdown that a notebook shows as text."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    def __str__(self) -> str:
        return self.text


class Shown(pd.DataFrame):
    """A table as any other, except that a notebook shows its texts whole; what is made from it is a plain table."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None, "display.precision", 3):
            return (
                f'<div class="btl-table">{_STYLE}{self.to_html(index=False, border=0, na_rep="", notebook=True)}</div>'
            )


def show_table(table: pd.DataFrame) -> Shown:
    """Make a table ready to be read: rows numbered anew, gaps empty, long texts cut at the end of a word.

    Examples
    --------
    >>> show_table(pd.DataFrame({"text": ["word " * 200, None]}))["text"].str.len().tolist()
    [601, 0]
    """
    shown = table.reset_index(drop=True)
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            shown[column] = shown[column].astype(object).where(shown[column].notna(), "").map(_cut)
    return Shown(shown)


def _cut(value: object) -> object:
    if not isinstance(value, str) or len(value) <= MOST_CHARACTERS:
        return value
    return value[:MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"
