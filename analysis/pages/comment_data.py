"""Comments that a page gives to machines only: schema.org Comment objects in JSON-LD, where no mark-up holds any.

Some pages fill their comments in by a script and leave a copy of them as data for search engines. Reviews and answers
to questions are no comments on an essay and are left alone.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from analysis.errors import PageError
from analysis.pages.dates import parse_date
from analysis.pages.html_tree import parse_html, text_of
from analysis.text import clean_text
from analysis.types import Comment

MOST_VALUES = 1_000_000  # looked at on one page; a thread of ten thousand comments has a tenth
LONGEST_STRING = 500  # characters of a name, date or address; what is longer is a text in the wrong place

_TYPES = frozenset({"comment", "usercomments"})
_TEXTS = ("text", "commentText", "description", "articleBody")
_DATES = ("dateCreated", "datePublished", "commentTime", "dateModified")
_BELOW = frozenset({"comment", "comments"})  # what holds comments on an object
_APART = frozenset({"parentItem", "isPartOf", "mainEntityOfPage", "about", "author", "creator", "publisher"})

Object = dict[str, Any]


def comments_from_data(data: Sequence[Any], essay_author: str | None = None) -> tuple[Comment, ...]:
    """Read the comments that a page holds as schema.org objects in JSON-LD.

    Parameters
    ----------
    data : sequence
        What each script of the page holds, as `analysis.pages.html_about.linked_data` gives it.
    essay_author : str or None
        Who wrote the essay; comments under this name are theirs.

    Returns
    -------
    tuple of Comment
        As they are listed, answers below what they answer; each object once. Empty where the page has none.

    Raises
    ------
    PageError
        The data are larger than any real page's.

    Examples
    --------
    >>> bob = {"@type": "Comment", "text": "No.", "author": "Bob"}
    >>> ann = {"@type": "Comment", "text": "So it is.", "author": {"name": "Ann"}, "dateCreated": "2012-05-04"}
    >>> data = [{"@type": "Article", "comment": [{**ann, "comment": bob}]}]
    >>> [(c.author, c.date, c.text, c.reply_to) for c in comments_from_data(data)]
    [('Ann', '2012-05-04', 'So it is.', None), ('Bob', None, 'No.', 0)]
    """
    made: list[Comment] = []
    place: dict[str, int] = {}
    answered: dict[int, str] = {}
    seen = 0
    stack: list[tuple[Any, int | None, bool]] = [(script, None, False) for script in reversed(data)]
    while stack:
        value, above, named = stack.pop()
        seen += 1
        if seen > MOST_VALUES:
            raise PageError(f"The page holds more than {MOST_VALUES:,} values as JSON-LD. Clean the file.")
        if isinstance(value, list):
            stack += [(one, above, named) for one in reversed(value) if isinstance(one, (dict, list))]
        if not isinstance(value, dict):
            continue
        is_comment = _is_comment(value, named)
        if is_comment and (comment := _comment(value, above, essay_author)) is not None:
            own = _string(value.get("@id")) or _string(value.get("url"))
            if own is not None and own in place:
                continue  # listed under the essay and once more by itself
            if own is not None:
                place[own] = len(made)
            if above is None and isinstance(value.get("parentItem"), dict):
                answered[len(made)] = _string(value["parentItem"].get("@id")) or ""
            above = len(made)
            made.append(comment)
        inner = [key for key in value if key in _BELOW or not (is_comment or key in _APART)]
        stack += [(value[key], above, key in _BELOW) for key in reversed(inner)]
    return _answering(made, {k: place[name] for k, name in answered.items() if name in place})


def _answering(made: list[Comment], answered: dict[int, int]) -> tuple[Comment, ...]:
    """The comments with whom they say they answer; what leads in a circle is dropped."""
    parents = {k: comment.reply_to for k, comment in enumerate(made)} | answered
    sound: set[int] = set()
    for k in parents:
        path: dict[int, None] = {}
        at: int | None = k
        while at is not None and at not in sound and at not in path:
            path[at] = None
            at = parents[at]
        if at in path:
            parents[next(reversed(path))] = None
        sound.update(path)
    return tuple(replace(made[k], reply_to=parents[k]) if k in answered else made[k] for k in parents)


def _is_comment(value: Object, named: bool) -> bool:
    """Whether an object is a comment by its type, or by the property that holds it where it states no type."""
    kinds = value.get("@type")
    said = [k.replace(":", "/").rsplit("/", 1)[-1].lower() for k in _listed(kinds) if isinstance(k, str)]
    return bool(_TYPES.intersection(said)) or (named and not said)


def _comment(value: Object, above: int | None, essay_author: str | None) -> Comment | None:
    """The comment in an object, or None where it has no text."""
    text = _text(next((value[key] for key in _TEXTS if isinstance(value.get(key), str)), ""))
    if not text:
        return None
    who = next(iter(_listed(value.get("author") or value.get("creator"))), None)
    author = _name(who.get("name") if isinstance(who, dict) else who)
    raw = next(filter(None, (_string(value.get(key)) for key in _DATES)), None)
    return Comment(
        text=text,
        author=author,
        author_link=_string(who.get("url")) if isinstance(who, dict) else None,
        date=parse_date(raw) if raw else None,
        date_raw=raw,
        reply_to=above,
        by_essay_author=bool(author and essay_author and author.casefold() == essay_author.casefold()),
    )


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: Any) -> str | None:
    return value.strip()[:LONGEST_STRING] or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    said = _string(value)
    return " ".join(clean_text(html.unescape(said)).split()) or None if said else None


def _text(value: str) -> str:
    """The plain text of a body, which may hold mark-up or its characters as references."""
    if "<" not in value:
        value = html.unescape(value)
    if "<" in value:
        try:
            return text_of(parse_html(value.encode()), marks=True)
        except PageError:
            return ""
    return "\n".join(filter(None, clean_text(value).split("\n")))
