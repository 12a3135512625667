"""Pingbacks that are set otherwise than a page's comments: they would stay in the body of the comment before them.

A page's reading goes by the form most of its comments have (``layouts``). A pingback often has another: one line
"Pingback: title", a line "Trackback by Blog" above "[...] an excerpt [...]", or a list of titles below the heading
"Trackbacks". Such lines are taken out of the comments and stand as pingbacks of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.pages.chrome import is_chrome, is_comments_heading, is_form
from analysis.pages.markers import read_marker
from analysis.pages.spans import Found, Layout, trim

LONGEST_TITLE = 160  # characters of a pingback's line; a title with its blog's name has 130 at most
MOST_LISTED = 40  # lines above the first comment in which the heading of a list of titles is looked for
SCORE = 3.0  # of a page with pingbacks alone: that of one dated comment

_WORD = r"(?:pingbacks?|trackbacks?|pings?|rétroliens?|referencias?|verweise?)"
_LINE = re.compile(
    rf"(?:\d{{1,4}}[.)]\s)?{_WORD}(?:\s?:\s?|\s(?:by|from|von|vom|par|de|da|di|por)\s)(?P<name>\S.*)", re.IGNORECASE
)
_HEADING = re.compile(
    rf"(?:\d{{1,4}}\s|the\s|list of\s)?{_WORD}(?:\s?(?:[/&+]|and|und|et|y|e)\s?{_WORD})?"
    r"(?:\s?\(\d{1,4}\)|\s?\d{1,4})?\s?:?",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+")
_CUT = r"\[\s?(?:\.{3}|…)\s?\]|\(\s?(?:\.{3}|…)\s?\)"
_EXCERPT = re.compile(rf"(?:{_CUT}).+(?:{_CUT})", re.DOTALL)
_BLOG_SIGN = re.compile(r"\S\s[|«»›·]\s\S")
_SENTENCE_END = re.compile(r"[.?!]$")


def part_pingbacks(layout: Layout, lines: Sequence[str]) -> Layout:
    """Take the pingbacks out of the comments' bodies, and those that stand right above and below all comments.

    Parameters
    ----------
    layout : Layout
        The page's reading.
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout
        The same object where there are none.

    Examples
    --------
    >>> page = ["Soup is boiled.", "Ann says:", "So it is.", "Pingback: Soups we love | A kitchen"]
    >>> layout = part_pingbacks(Layout("", 1, 4, (Found(2, 4, "Ann"),), 3.0), page)
    >>> [(found.first, found.last, found.name) for found in layout.comments]
    [(2, 3, 'Ann'), (3, 4, 'Soups we love | A kitchen')]
    """
    found = [part for one in layout.comments for part in ([one] if one.pingback else _parted(one, lines))]
    start, above = _above(layout, lines)
    end, below = _below(layout, lines)
    if not above and not below and tuple(found) == layout.comments:
        return layout
    return replace(layout, start=start, end=end, comments=(*above, *found, *below))


def is_pingback_line(line: str) -> bool:
    """Whether a line is a pingback's own: the word, a colon or "by", and a title that is no sentence.

    Examples
    --------
    >>> is_pingback_line("Pingback: Soups we love | A kitchen"), is_pingback_line("Pingback: what is that?")
    (True, False)
    """
    return len(line) <= LONGEST_TITLE and bool(_LINE.match(line)) and not _SENTENCE_END.search(line)


def _parted(one: Found, lines: Sequence[str]) -> list[Found]:
    """A comment and the pingbacks that stood at the end of its body, or above it."""
    before: list[Found] = []
    first = one.first
    while one.last - first > 2 and _EXCERPT.fullmatch(lines[first]) and is_pingback_line(lines[first + 1]):
        before.append(_pingback(lines[first + 1], first))  # its line is a footer
        first += 2
    return [*before, *_without_tail(replace(one, first=first) if before else one, lines)]


def _without_tail(one: Found, lines: Sequence[str]) -> list[Found]:
    for i in range(one.first + 1, one.last):
        if is_pingback_line(lines[i]) or _HEADING.fullmatch(lines[i]) or _is_titled_excerpt(lines, i, one.last):
            pingbacks = _read(lines, i, one.last)
            first, last = trim(lines, one.first, i)
            return [replace(one, first=first, last=last), *pingbacks] if pingbacks and first < last else [one]
    return [one]


def _is_titled_excerpt(lines: Sequence[str], i: int, stop: int) -> bool:
    """A line with a date or a blog's name after a sign, and below it nothing but an excerpt between marks of omission.

    A bare line above an excerpt may be a reader's own, who quotes.
    """
    title = lines[i]
    if i + 1 >= stop or len(title) > LONGEST_TITLE or _SENTENCE_END.search(title) or _EXCERPT.search(title):
        return False
    marker = read_marker(title, i)
    if not _BLOG_SIGN.search(title) and (marker is None or marker.stretch is None):
        return False
    after = i + 2 >= stop or is_chrome(lines[i + 2]) or is_pingback_line(lines[i + 2])
    return after and bool(_EXCERPT.fullmatch(lines[i + 1]))


def _read(lines: Sequence[str], first: int, stop: int) -> list[Found]:
    """The pingbacks among ``lines[first:stop]``, which holds nothing else; empty where it seems to."""
    found: list[Found] = []
    listed, i = False, first
    while i < stop:
        line = lines[i]
        excerpt = i + 1 < stop and bool(_EXCERPT.fullmatch(lines[i + 1]))
        if _HEADING.fullmatch(line):
            listed = True
        elif is_comments_heading(line):
            listed = False
        elif is_pingback_line(line) or excerpt or (listed and _is_title(line)):
            found.append(_pingback(line, i + excerpt))
            i += excerpt
        elif not is_chrome(line):
            return []
        i += 1
    return found


def _is_title(line: str) -> bool:
    """Whether a line below the heading can be a title: short, and no comment's own heading."""
    return len(line) <= LONGEST_TITLE and read_marker(line, 0) is None


def _pingback(line: str, body: int) -> Found:
    """A pingback of one line of body, with the title and the date that its own line gives."""
    marker = read_marker(line, body)
    if marker is not None and marker.stretch is not None:
        return Found(body, body + 1, marker.name, marker.stretch.text, marker.link, pingback=True)
    own = _LINE.match(line)
    link = _URL.search(line)
    title = re.split(_CUT, _URL.sub("", own["name"] if own else line))[0].strip(" \t-–—:|»«,")
    return Found(body, body + 1, title or None, None, link.group() if link else None, pingback=True)


def _above(layout: Layout, lines: Sequence[str]) -> tuple[int, list[Found]]:
    """The pingbacks right above the first comment, and where the comment part starts with them."""
    top = layout.start
    while top > 1 and (is_comments_heading(lines[top - 1]) or is_pingback_line(lines[top - 1])):
        top -= 1
    heading = next(
        (i for i in range(top - 1, max(0, top - MOST_LISTED), -1) if _HEADING.fullmatch(lines[i])), None
    )  # a heading's titles are short; a paragraph below it says that it heads a part of the essay
    if heading is not None and all(len(line) <= LONGEST_TITLE for line in lines[heading:top]):
        top = heading
    if not any(is_pingback_line(line) or _HEADING.fullmatch(line) for line in lines[top : layout.start]):
        return layout.start, []
    found = _read(lines, top, layout.start)
    return (top, found) if found else (layout.start, [])


def _below(layout: Layout, lines: Sequence[str]) -> tuple[int, list[Found]]:
    """The pingbacks right below the last comment's button, and where the comment part ends with them."""
    end = layout.end
    if end >= len(lines) or not (is_pingback_line(lines[end]) or _HEADING.fullmatch(lines[end])):
        return end, []
    stop = next((i for i in range(end, len(lines)) if is_form(lines[i])), len(lines))
    found = _read(lines, end, stop)
    return (found[-1].last, found) if found else (end, [])


def pingbacks_alone(lines: Sequence[str]) -> Layout | None:
    """A page below whose essay only pingbacks stand, in lines that say so.

    Examples
    --------
    >>> layout = pingbacks_alone(["Soup is boiled.", "Pingback: Soups we love | A kitchen", "Leave a Reply"])
    >>> layout.start, layout.comments[0].name
    (1, 'Soups we love | A kitchen')
    """
    stop = len(lines)
    while stop > 1 and is_chrome(lines[stop - 1]):
        stop -= 1
    first = stop
    while first > 1 and (is_pingback_line(lines[first - 1]) or _EXCERPT.fullmatch(lines[first - 1])):
        first -= 1
    found = _read(lines, first, stop) if any(map(is_pingback_line, lines[first:stop])) else []
    return Layout("pingbacks alone", first, stop, tuple(found), SCORE) if found else None
