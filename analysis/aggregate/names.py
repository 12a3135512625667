"""Readers without their names: stable pseudonyms, and bodies in which commenters' names are replaced.

It does not find names of people who did not comment, nicknames, misspellings, or a person whom the words themselves
give away. It makes an export decent, not anonymous.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

import pandas as pd

from analysis.aggregate.counts import plain_name

ESSAY_AUTHOR = "essay's author"
NAMELESS = "Anonymous"
OTHER_PAGE = "another page"
SEVERAL = "a reader"  # a first name that two commenters of the page share
# Shorter first names are mostly initials and words ("Al", "Jo", "It"): hiding those would riddle the text.
SHORTEST_FIRST_NAME = 3
HONORIFICS = frozenset(
    ("dr", "frau", "herr", "lady", "lord", "madame", "miss", "mister", "mrs", "prof", "professor", "sir")
)
# A commenter may sign as a blog or a slogan: these open such a name, and hiding them would riddle the text too.
NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        """about all and another any are because best but can das der die every few for free from get has have her here
        his how its just les many more most much new not now one only other our out she should some that the their then
        there these they this those three two una use very was were what when where which who why with yes you your""",
    )
)


def pseudonyms(comments: pd.DataFrame) -> pd.Series:
    """Give every commenter a readable name that is not theirs.

    Parameters
    ----------
    comments : DataFrame
        comment_id, author (None: not signed), by_essay_author, kind; any row order.

    Returns
    -------
    Series
        By comment_id, in row order: ``Reader 012``; ``essay's author``; ``Anonymous`` where there is no name;
        ``another page`` for a pingback. One name has one pseudonym throughout a corpus, capitals and blanks apart.

    Notes
    -----
    Names are numbered in the order of their SHA-256, so the numbers follow neither the alphabet nor the row order. A
    corpus with other commenters numbers anew: a pseudonym means nothing outside its corpus.
    """
    plain = comments["author"].map(plain_name)
    pingback = comments["kind"] == "pingback"
    signed = sorted(set(plain[~pingback]) - {""}, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    width = max(3, len(str(len(signed))))
    names = {name: f"Reader {number:0{width}d}" for number, name in enumerate(signed, start=1)} | {"": NAMELESS}
    given = plain.map(names).astype(object).mask(comments["by_essay_author"].astype(bool), ESSAY_AUTHOR)
    given = given.mask(pingback, OTHER_PAGE)
    return pd.Series(given.to_numpy(dtype=object), index=pd.Index(comments["comment_id"]), name="pseudonym")


def hide_names(text: str, names: Mapping[str, str]) -> str:
    """Replace the names of a page's commenters in a text.

    Parameters
    ----------
    text : str
    names : mapping
        Name as signed to pseudonym.

    Returns
    -------
    str
        Full names (in any capitals), first names of three letters or more where they stand with a capital, and
        mentions with @ are replaced; everything else stays. Hiding twice changes nothing more.

    Notes
    -----
    A first name that is also a word ("Will", "Rose") goes too where it has a capital: rather one word too many than one
    name too few. A name of one word is treated as a first name. Initials and honorifics are passed over: of "R. J.
    Colman" the surname counts as the first name. Articles and the like that open a slogan are left alone.

    Examples
    --------
    >>> hide_names("Thanks Ada, as ada lindqvist said: a rose. @adalindqvist", {"Ada Lindqvist": "Reader 001"})
    'Thanks Reader 001, as Reader 001 said: a rose. Reader 001'
    """
    return name_hider(names)(text)


def name_hider(names: Mapping[str, str], *, signed: bool = False) -> Callable[[str], str]:
    """Make the function that replaces the names of a page's commenters in a text; see ``hide_names``.

    Parameters
    ----------
    names : mapping
        Name as signed to pseudonym.
    signed : bool
        For lines that sign a comment: there a whole name goes in any capitals, however short it is.

    Examples
    --------
    >>> name_hider({"jo": "Reader 001"}, signed=True)("by jo on May 3")
    'by Reader 001 on May 3'
    """
    any_case: dict[str, str] = {}
    capital: dict[str, str] = {}
    for name in sorted(names):
        parts, pseudonym = name.split(), names[name]
        if not parts or pseudonym == NAMELESS:
            continue
        first = _first_name(parts)
        mentions = ["@" + " ".join(parts), "@" + "".join(parts), *(["@" + first] if first else [])]
        for form in [*mentions, *([" ".join(parts)] if len(parts) > 1 or signed else [])]:
            _add(any_case, form.casefold(), pseudonym)
        if first:
            _add(capital, first.casefold(), pseudonym)
    if not any_case:
        return lambda text: text
    kept = sorted({re.escape(p) for p in names.values()}, key=len, reverse=True)
    forms = sorted(any_case.keys() | capital.keys(), key=lambda form: (-len(form), form))
    wanted = "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
    pattern = re.compile(rf"(?<!\w)(?:(?P<kept>{'|'.join(kept)})|(?P<name>{wanted}))(?!\w)", re.IGNORECASE)

    def replaced(found: re.Match[str]) -> str:
        whole = found.group()
        form = plain_name(whole)
        if found.group("kept"):
            return whole
        if form in any_case:
            return any_case[form]
        return capital[form] if whole[0].isupper() else whole

    return lambda text: pattern.sub(replaced, text)


def _first_name(parts: list[str]) -> str | None:
    """The word by which others would call someone who signs so; None where it is an initial or no name."""
    for part in parts:
        plain = part.strip(".,;:").casefold()
        if plain not in HONORIFICS and sum(map(str.isalpha, plain)) >= SHORTEST_FIRST_NAME:
            return None if plain in NO_NAMES else part.strip(".,;:")
    return None


def _add(forms: dict[str, str], form: str, pseudonym: str) -> None:
    forms[form] = pseudonym if forms.get(form, pseudonym) == pseudonym else SEVERAL


def hide_readers(comments: pd.DataFrame, pages: pd.DataFrame | None = None) -> pd.DataFrame:
    """Comments as they may leave the house: pseudonyms for names, no links, names in bodies replaced.

    Parameters
    ----------
    comments : DataFrame
        Table ``comments``.
    pages : DataFrame, optional
        Table ``pages``: the essay's author, too, is then replaced in bodies.

    Returns
    -------
    DataFrame
        The same rows and columns; ``author`` holds the pseudonym, ``author_link`` and ``signature`` are None, and names
        of a page's commenters are replaced in ``text``.
    """
    own = comments["comment_id"].map(pseudonyms(comments))
    hiders = {doc_id: name_hider(names) for doc_id, names in commenter_names(comments, pages).items()}
    texts = [
        hiders[doc_id](text) if doc_id in hiders else text
        for doc_id, text in zip(comments["doc_id"], comments["text"], strict=True)
    ]
    return comments.assign(author=own, author_link=None, signature=None, text=texts)


def commenter_names(comments: pd.DataFrame, pages: pd.DataFrame | None = None) -> dict[str, dict[str, str]]:
    """By page (``doc_id``) the names of those who commented there, each with its pseudonym.

    Parameters
    ----------
    comments, pages : DataFrame
        As for ``hide_readers``.
    """
    own = comments["comment_id"].map(pseudonyms(comments))
    by_page: dict[str, dict[str, str]] = {}
    if pages is not None:
        for doc_id, author in zip(pages["doc_id"], pages["author"], strict=True):
            if isinstance(author, str):
                by_page.setdefault(doc_id, {})[author] = ESSAY_AUTHOR
    for doc_id, author, pseudonym in zip(comments["doc_id"], comments["author"], own, strict=True):
        if isinstance(author, str) and pseudonym != OTHER_PAGE:
            by_page.setdefault(doc_id, {}).setdefault(author, pseudonym)
    return by_page
