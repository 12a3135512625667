"""A page as the lines it was read from, each with what it is; and back from lines to the page.

A page that was read from a text has its lines in the text's order. Of a saved web page and of an export only what was
kept is known, so its lines stand as essay, injected spam, comments, page furniture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from analysis.text import clean_text, language_of
from analysis.types import Comment, Page, Part, PartKind

LineKind = Literal["title", "essay", "comment", "signature", "head", "injected_spam", "chrome"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, and what it is.

    Attributes
    ----------
    text : str
        Cleaned.
    kind : {"title", "essay", "comment", "signature", "head", "injected_spam", "chrome"}
        A ``head`` stands around a comment and is none of its text: a name, a date, a button.
    comment : int or None
        Of a comment or signature: which one; from 0 as in ``Page.comments``, or any other number for a new one.
    start, end : int
        ``page.text[start:end]``, in characters; both 0 where the page keeps no text.
    """

    text: str
    kind: LineKind
    comment: int | None = None
    start: int = 0
    end: int = 0


def lines_of(page: Page) -> tuple[Line, ...]:
    """Give the lines of a page in their order, each with what it is.

    Examples
    --------
    >>> page = Page("rain", "rain.html", "html", "It rains.\\nAgain.", (Comment("So it does."),))
    >>> [(line.kind, line.text) for line in lines_of(page)]
    [('essay', 'It rains.'), ('essay', 'Again.'), ('comment', 'So it does.')]
    """
    if is_placed(page):
        return tuple(_placed(page))
    return (
        *_plain([page.essay], "essay"),
        *_plain(page.injected_spam, "injected_spam"),
        *(line for n, c in enumerate(page.comments) for line in _plain([c.text], "comment", n)),
        *_plain(page.chrome, "chrome"),
    )


def is_placed(page: Page) -> bool:
    """Whether the page keeps its text, and the place in it of every comment."""
    return bool(page.parts) and len(set(_numbers(page))) == len(page.comments)


def _numbers(page: Page) -> list[int]:
    """Which comment each comment part belongs to: the next one where it begins as that begins, else the one before."""
    numbers: list[int] = []
    number = -1
    for part in page.parts:
        if part.kind != "comment":
            continue
        following = page.comments[number + 1 : number + 2]
        first = clean_text(page.text[part.start : part.end]).split("\n", 1)[0].strip()
        number += number < 0 or any(first == comment.text.split("\n", 1)[0] for comment in following)
        numbers.append(number)
    return numbers


def _plain(texts: Iterable[str], kind: LineKind, comment: int | None = None) -> Iterator[Line]:
    for text in texts:
        for raw in text.split("\n"):
            if clean := clean_text(raw).strip():
                yield Line(clean, kind, comment)


def _placed(page: Page) -> Iterator[Line]:
    """Lines of the text; those in no part are the title, or heads of comments."""
    parts, numbers, number, at = iter(page.parts), iter(_numbers(page)), -1, 0
    part = next(parts, None)
    for raw in page.text.split("\n"):
        start, end = at + len(raw) - len(raw.lstrip()), at + len(raw.rstrip())
        at += len(raw) + 1
        clean = clean_text(raw).strip()
        if not clean:
            continue
        while part is not None and part.end <= start:
            part = next(parts, None)
        if part is None or start < part.start:
            first = number < 0 and clean == page.title
            yield Line(clean, "title" if first else "head", None, start, end)
        elif part.kind == "comment":
            number = next(numbers) if start == part.start else number
            said = page.comments[number].text.split("\n")
            yield Line(clean, "comment" if clean in said else "signature", number, start, end)
        else:
            yield Line(clean, part.kind, None, start, end)


def page_of(page: Page, lines: Sequence[Line]) -> Page:
    """Make the page that its lines say it is; comments that kept all their lines keep all that is known of them.

    Parameters
    ----------
    page : Page
        The page the lines come from.
    lines : sequence of Line
        The same lines in the same order, some of them of another kind or comment.

    Returns
    -------
    Page

    Examples
    --------
    >>> page = Page("rain", "rain.html", "html", "It rains.", (Comment("So it does.", author="Ann"),))
    >>> page_of(page, lines_of(page)) == page
    True
    """
    before = lines_of(page)
    essay = page.essay
    if _texts(lines, "essay") != _texts(before, "essay"):
        essay = "\n".join(_texts(lines, "essay"))
    return replace(
        page,
        essay=essay,
        language=page.language if essay == page.essay else language_of(essay),
        comments=_comments(page, before, lines),
        injected_spam=_stretch_texts(page.injected_spam, before, lines, "injected_spam"),
        chrome=_stretch_texts(page.chrome, before, lines, "chrome"),
        parts=tuple(_parts(lines)) if is_placed(page) else page.parts,
    )


def _texts(lines: Sequence[Line], kind: LineKind) -> list[str]:
    return [line.text for line in lines if line.kind == kind]


def _stretch_texts(
    known: tuple[str, ...], before: Sequence[Line], lines: Sequence[Line], kind: LineKind
) -> tuple[str, ...]:
    now = _texts(lines, kind)
    return known if now == _texts(before, kind) else tuple(now)


def _by_comment(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Which lines are the text of each comment, the comments in page order."""
    found: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        if line.kind == "comment" and line.comment is not None:
            found.setdefault(line.comment, []).append(i)
    return found


def _comments(page: Page, before: Sequence[Line], lines: Sequence[Line]) -> tuple[Comment, ...]:
    was, now = _by_comment(before), _by_comment(lines)
    places = {number: place for place, number in enumerate(now)}
    made = []
    for number, rows in now.items():
        known = page.comments[number] if number in was else None
        if known is None:
            made.append(Comment("\n".join(lines[i].text for i in rows)))
            continue
        text = known.text if rows == was[number] else "\n".join(lines[i].text for i in rows)
        target = None if known.reply_to is None else places.get(known.reply_to)
        made.append(replace(known, text=text, reply_to=target))
    return tuple(made)


def _parts(lines: Sequence[Line]) -> Iterator[Part]:
    """Stretches of the text: neighbours in an essay or in one comment are joined, other lines stand alone."""
    for (kind, _), run in groupby(enumerate(lines), lambda at: _part_key(*at)):
        if kind is not None:
            found = [line for _, line in run]
            yield Part(kind, found[0].start, found[-1].end)


def _part_key(i: int, line: Line) -> tuple[PartKind | None, int]:
    if line.kind in ("comment", "signature"):
        return "comment", -1 if line.comment is None else line.comment
    if line.kind == "essay":
        return "essay", 0
    return (line.kind if line.kind in ("injected_spam", "chrome") else None), i
