"""What a person says of pages that were split wrongly: the file ``corrections.toml``, and how it is checked.

One section a page, named as in the table of pages. Places are named by quoting words of the page, which outlives a new
version of the reader; see ``quotes``.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any

from analysis.errors import CorrectionError, one_of
from analysis.records import hash_settings

CORRECTIONS_FILE = "corrections.toml"
MOST_NAMED = 20  # faults named at once; who has more has one cause for them all
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?)?)?")


@dataclass(frozen=True)
class NamedComment:
    """A comment of a page: the words it begins with, or its text where the reader has not kept it; who and when."""

    begins: str | None = None
    text: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Correction:
    """What a person may say of one page in ``corrections.toml``; what is not said stays as read.

    The file lies in the corpus's folder and has a section for each page: its name (or path) in brackets, below it any
    of these keys. A place is named by words that stand there once, as in a quotation: ``"first words ... last words"``
    names all lines from the one to the other, and words copied over a line's end may go on with ``\\n``.

    Attributes
    ----------
    checked : bool
        The split is right as it is; nothing else may be said then.
    leave_out : str or None
        Why the page is no part of the corpus; nothing else may be said then.
    title, author, date : str or None
        Of the essay.
    no_comments : bool
        What was read as comments is essay.
    essay_ends : str or None
        Words of the essay's last line: comments above it are essay, essay below it is comments.
    essay, spam, chrome : tuple of str
        Lines that are essay, spam injected into it, or page furniture (names and dates among it).
    comments : tuple of NamedComment
        At each a comment begins, and the essay ends above the first. In place of the words a table may tell more, or
        give a comment that was not kept: ``{begins = "Thank you", author = "Ann", date = "2012-05-03"}``,
        ``{text = "All of it."}``.
    joins : tuple of str
        Lines at which the reader began a comment that are the comment above continued.
    by_author, by_reader : tuple of str
        Comments that are, or are not, by the essay's author.
    """

    checked: bool = False
    leave_out: str | None = None
    title: str | None = None
    author: str | None = None
    date: str | None = None
    no_comments: bool = False
    essay_ends: str | None = None
    essay: tuple[str, ...] = ()
    spam: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    comments: tuple[NamedComment, ...] = ()
    joins: tuple[str, ...] = ()
    by_author: tuple[str, ...] = ()
    by_reader: tuple[str, ...] = ()

    def said(self) -> tuple[str, ...]:
        """The keys that say something, in the order above."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name) not in (None, False, ()))


@dataclass(frozen=True)
class Corrections:
    """All corrections of a corpus, by page name or path.

    Attributes
    ----------
    pages : mapping of str to Correction
    """

    pages: Mapping[str, Correction] = field(default_factory=lambda: MappingProxyType({}))

    def digest(self, *, checked: bool = True) -> str | None:
        """Twelve digits for what is said, however it is written; None where nothing is.

        Parameters
        ----------
        checked : bool
            Whether pages that were only found to be right count: they change what is known of a page and no text of it.
        """
        said = {name: asdict(c) for name, c in self.pages.items() if checked or c.said() != ("checked",)}
        return hash_settings(said)[:12] if said else None


def parse_corrections(text: str, *, name: str = CORRECTIONS_FILE) -> Corrections:
    """Read what a corrections file says.

    Parameters
    ----------
    text : str
        The file's content, TOML.
    name : str
        What the sentences of an error call it.

    Returns
    -------
    Corrections

    Raises
    ------
    CorrectionError
        If it is no TOML, or says what cannot be meant: every fault is named.

    Examples
    --------
    >>> said = parse_corrections('["on-rain"]\\nessay_ends = "and nobody has a word for it."')
    >>> said.pages["on-rain"].essay_ends
    'and nobody has a word for it.'
    """
    try:
        given = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        hint = " Each page has one section; put all that is said of it below one line." if "twice" in str(error) else ""
        raise CorrectionError(
            f"{name} cannot be read: {error}.{hint} A page's name stands in brackets and quotation marks "
            '(["on-rain"]), what is said of it below, with every quotation in quotation marks.'
        ) from error
    pages, faults = {}, []
    for page, values in given.items():
        try:
            pages[page] = _correction(values)
        except CorrectionError as error:
            faults.append(f"[{page!r}]: {error}")
    refuse(name, faults)
    return Corrections(MappingProxyType(pages))


def refuse(name: str, faults: list[str]) -> None:
    """Raise one error that names every fault; do nothing without any."""
    if not faults:
        return
    told = faults[:MOST_NAMED] + ([f"and {len(faults) - MOST_NAMED} more."] if len(faults) > MOST_NAMED else [])
    raise CorrectionError(
        f"{name}: {told[0]}" if len(told) == 1 else "\n  ".join([f"{name} has {len(faults)} faults:", *told])
    )


def _correction(values: Any) -> Correction:
    if not isinstance(values, dict):
        raise CorrectionError('a page is wanted here; write its name as a line ["NAME"] and what is said of it below.')
    if values and all(isinstance(value, dict) for value in values.values()):
        raise CorrectionError('a page\'s name with a dot in it stands in quotation marks: ["v1.2"].')
    known = [f.name for f in fields(Correction)]
    made: dict[str, Any] = {}
    for key, value in values.items():
        if key not in known:
            raise CorrectionError(one_of("key", key, known))
        made[key] = _value(key, value)
    correction = Correction(**made)
    _check_together(correction)
    return correction


def _value(key: str, value: Any) -> Any:
    if key in ("checked", "no_comments"):
        if value is not True:
            raise CorrectionError(f"{key} is true or is left away, found {value!r}.")
        return True
    if key == "date":
        return _date(value)
    if key == "comments":
        return tuple(_named(one) for one in (value if isinstance(value, list) else [value]))
    if key in ("leave_out", "title", "author", "essay_ends"):
        return _text(key, value)
    return tuple(_text(key, one) for one in (value if isinstance(value, list) else [value]))


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        wanted = "a reason in words" if key == "leave_out" else "some words in quotation marks"
        raise CorrectionError(f"{key} is to be {wanted}, found {value!r}.")
    return value.strip()


def _date(value: Any) -> str:
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if not isinstance(value, str) or not _DATE.fullmatch(value.strip()):
        raise CorrectionError(f'date is written as in "2012-05-03" or "2012-05-03T16:05", found {value!r}.')
    return value.strip().replace(" ", "T")


def _named(value: Any) -> NamedComment:
    """A comment named by its first words alone, or by a table."""
    if not isinstance(value, dict):
        return NamedComment(begins=_text("comments", value))
    known = [f.name for f in fields(NamedComment)]
    for key in value:
        if key not in known:
            raise CorrectionError(one_of("key of a comment", key, known))
    made = {key: _date(v) if key == "date" else _text(f"{key} of a comment", v) for key, v in value.items()}
    if ("begins" in made) == ("text" in made):
        raise CorrectionError('a comment has either begins = "its first words" or text = "all of it".')
    return NamedComment(**made)


def _check_together(c: Correction) -> None:
    said = c.said()
    if not said:
        raise CorrectionError("nothing is said of the page; say checked = true if it is right as it is.")
    for alone, why in (("checked", "the split is right as it is"), ("leave_out", "the page is left out")):
        if alone in said and len(said) > 1:
            others = ", ".join(key for key in said if key != alone)
            raise CorrectionError(f"{alone} says that {why}, and {others} says more; take one of them away.")
    against = [key for key in ("essay_ends", "comments", "joins", "by_author", "by_reader") if key in said]
    if c.no_comments and against:
        raise CorrectionError(f"no_comments and {', '.join(against)} cannot both hold; take one of them away.")
