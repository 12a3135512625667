"""How numbers, shares and titles are worded, and how a table with gaps is asked without fear of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

Tables = Mapping[str, pd.DataFrame]
_PERCENT = "\xa0%"
LONGEST_TITLE = 70  # characters: more of a title than this hides the sentence it stands in
# Characters that Markdown, HTML or a formula renderer would take for mark-up, as entities that all show plainly.
_PLAIN = str.maketrans({c: f"&#{ord(c)};" for c in "&<>$*_`[]|\\~#"})


def number(value: float) -> str:
    """A whole number with thousands set apart; a gap is said to be one.

    Examples
    --------
    >>> number(12345), number(float("nan"))
    ('12,345', 'an unknown number of')
    """
    return f"{round(value):,}" if known(value) else "an unknown number of"


def count(n: float, one: str, many: str | None = None) -> str:
    """How many of something, in words a reader would use.

    Parameters
    ----------
    n : int
    one, many : str
        The thing's name for one and for several; ``many`` is ``one`` with an s where it is not given.

    Examples
    --------
    >>> count(0, "comment"), count(1, "comment"), count(2, "family", "families")
    ('no comments', '1 comment', '2 families')
    """
    many = many or f"{one}s"
    return "no " + many if n == 0 else f"{number(n)} {one if n == 1 else many}"


def percent(share: float) -> str:
    """A share from 0 to 1 in whole per cent; what is neither none nor all is never shown as such.

    The blank before the sign does not break a line.

    Examples
    --------
    >>> [percent(share).replace("\\xa0", " ") for share in (0.314, 0.001, 0.999, 1)]
    ['31 %', 'under 1 %', 'over 99 %', '100 %']
    """
    if 0 < share < 0.005:
        return f"under 1{_PERCENT}"
    if 0.995 <= share < 1:
        return f"over 99{_PERCENT}"
    return f"{math.floor(100 * share + 0.5)}{_PERCENT}"


def decimal(value: float) -> str:
    """A value with two digits after the point, and a true minus sign.

    Examples
    --------
    >>> decimal(-0.124)
    '−0.12'
    """
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def span(row: Mapping[str, Any], low: str = "low", high: str = "high") -> str:
    """The interval of a share in brackets, after a blank; nothing where a bound is missing.

    Examples
    --------
    >>> span({"low": 0.2, "high": 0.4}).replace("\\xa0", " "), span({"low": None, "high": 0.4})
    (' (interval 20 % to 40 %)', '')
    """
    if not known(row.get(low)) or not known(row.get(high)):
        return ""
    return f" (interval {percent(row[low])} to {percent(row[high])})"


def listing(items: Iterable[str], *, most: int = 8) -> str:
    """Join items as one says them; past ``most`` of them the rest are counted.

    Examples
    --------
    >>> listing(["a", "b", "c"]), listing("abcdef", most=3)
    ('a, b and c', 'a, b, c and 3 more')
    """
    found = list(items)
    if len(found) > most:
        found = [*found[:most], f"{len(found) - most} more"]
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} and {found[-1]}"


def begin(text: str) -> str:
    """Words as a sentence begins with them.

    Examples
    --------
    >>> begin("no comments")
    'No comments'
    """
    return text[:1].upper() + text[1:]


def was(n: float) -> str:
    """The verb for so many of something.

    Examples
    --------
    >>> was(1), was(2)
    ('was', 'were')
    """
    return "was" if n == 1 else "were"


def unsettled(comments: str) -> str:
    """What is done where coders differ and nobody has decided; one wording for notes, progress and methods.

    Examples
    --------
    >>> unsettled("1 comment")[:52]
    'On 1 comment the coders differ and nobody settled it'
    """
    return (
        f"On {comments} the coders differ and nobody settled it; there the code of the coder who was sure, or else of "
        "the first by name, was taken."
    )


def title(text: object) -> str:
    """A title or other words of the corpus in quotation marks, shortened, with no mark-up left alive.

    Examples
    --------
    >>> title("The <b>bell</b>")
    '“The &#60;b&#62;bell&#60;/b&#62;”'
    >>> title(None)
    'an essay without a title'
    """
    if not known(text) or not str(text).strip():
        return "an essay without a title"
    plain = " ".join(str(text).split())
    if len(plain) > LONGEST_TITLE:
        plain = plain[: LONGEST_TITLE - 1].rstrip() + "…"
    return f"“{plain.translate(_PLAIN)}”"


def essay_name(row: Mapping[str, Any]) -> str:
    """An essay's title in quotation marks; its page's name where it has none.

    Examples
    --------
    >>> essay_name({"title": None, "page": "pier"})
    '“pier”'
    """
    return title(row["title"] if known(row.get("title")) else row.get("page"))


def words_of(text: object) -> str:
    """Words of the corpus without quotation marks, with no mark-up left alive."""
    return " ".join(str(text).split()).translate(_PLAIN) if known(text) else ""


def known(value: Any) -> bool:
    """Whether a cell holds anything: neither None nor a gap."""
    if value is None:
        return False
    return not (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def get(tables: Tables, name: str, columns: Sequence[str]) -> pd.DataFrame | None:
    """A table if it is there, has rows and has these columns; else None."""
    table = tables.get(name)
    if table is None or table.empty or not set(columns) <= set(table.columns):
        return None
    return table


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, in its order."""
    return [{str(k): v for k, v in row.items()} for row in table.to_dict("records")]


def paragraph(*sentences: str | None) -> str:
    """One paragraph from sentences; what is None or empty is left out."""
    return " ".join(s.strip() for s in sentences if s and s.strip())


def flags(column: pd.Series) -> pd.Series:
    """A column of True, False and gaps as True and False; a gap counts as False."""
    return column.map(lambda v: known(v) and bool(v)).astype(bool)


def highest(table: pd.DataFrame, column: str) -> dict[str, Any]:
    """The first of the rows with the highest value in a column without gaps."""
    return rows(table.sort_values(column, ascending=False, kind="stable").head(1))[0]


def lowest(table: pd.DataFrame, column: str) -> dict[str, Any]:
    """The first of the rows with the lowest value in a column without gaps."""
    return rows(table.sort_values(column, kind="stable").head(1))[0]
