"""How a notebook shows things: a paragraph as text, and a table whole, its words at the left and nothing cut off."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

MOST_CHARACTERS = 600  # of one document in a table of documents; the whole text is in study.tables
MOST_OF_A_COMMENT = 400  # where three columns share the width
DIGITS = 3  # after the point, in a table made to be read
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
        return html.unescape(self.text)


@dataclass(frozen=True)
class NoAnswer(Paragraph):
    """What stands in a notebook where a corpus bears no answer: the sentence that says why, whatever is asked of it."""

    def __getattr__(self, name: str) -> Callable[..., NoAnswer]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **options: self


class Shown(pd.DataFrame):
    """A table as any other, except that a notebook shows its texts whole; what is made from it is a plain table."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def _repr_html_(self) -> str:
        # pandas by itself writes a line break as two characters; a column with a formatter keeps it
        texts = {c: _plain for c in self.columns if not pd.api.types.is_numeric_dtype(self[c])}
        with pd.option_context("display.max_colwidth", None, "display.precision", DIGITS):
            html = self.to_html(index=False, border=0, na_rep="", notebook=True, formatters=texts)
        return f'<div class="btl-table">{_STYLE}{html}</div>'


def _plain(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return f"{value:.{DIGITS}f}" if isinstance(value, float) else str(value)


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


def show_readings(table: pd.DataFrame) -> Shown:
    """Show wrong labels with both readings side by side: what speaks for the code, and what the classifier went by.

    Parameters
    ----------
    table : DataFrame
        As ``evaluate.stat_hardest_errors`` gives it.

    Returns
    -------
    Shown
        comment, as coded, as the classifier read it; rows as given.

    Examples
    --------
    >>> columns = ["title", "author", "text", "truth", "truth_meaning", "label", "probability", "evidence"]
    >>> rows = [("Ice", "Reader 1", "So it is.", "agreeing", "It thanks.", "spam", 0.914, "short")]
    >>> show_readings(pd.DataFrame(rows, columns=columns)).iloc[0, 1:].map(str.splitlines).tolist()
    [['agreeing', 'It thanks.'], ['spam (91 % sure)', 'It went by: short']]
    """
    rows = [
        (
            f"{row['author']} under “{row['title']}”:\n{_cut(row['text'], MOST_OF_A_COMMENT)}",
            f"{row['truth']}\n{row['truth_meaning']}",
            f"{row['label']} ({_sure(row['probability'])} sure)\nIt went by: {row['evidence'] or 'nothing to name'}",
        )
        for row in table.to_dict("records")
    ]
    return Shown(pd.DataFrame(rows, columns=["comment", "as coded", "as the classifier read it"]))


def _sure(probability: float) -> str:
    """A probability in whole per cent; what is not certain is never shown as if it were."""
    return "over 99 %" if 0.995 <= probability < 1 else f"{100 * probability:.0f} %"


def _cut(value: object, most: int = MOST_CHARACTERS) -> object:
    if not isinstance(value, str) or len(value) <= most:
        return value
    return value[:most].rsplit(" ", 1)[0] + " …"
