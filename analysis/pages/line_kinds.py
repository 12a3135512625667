"""What each line of a plain-text page is, once its comments are known: essay, comment, page furniture, title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analysis.pages.bylines import byline_name, template_bylines
from analysis.pages.chrome import image_text, is_comments_heading, is_empty_mark, is_form, is_separator, is_share
from analysis.pages.markers import read_marker
from analysis.pages.spans import Layout
from analysis.types import PartKind

MOST_AFTER_FORM = 0.4  # share of a page below its comment form; with more below, the form's words stood above the essay
TITLE_WORDS = (2, 9)
TITLE_RECURS = 4  # times two words of a title recur in the essay; asked because a heading of a part looks the same
LEAST_OPENING = 60  # characters of the paragraph below a title
TITLE_REACH = 5  # lines: date, title, byline, and the paragraph below
LONGEST_TITLE, MOST_TITLE_WORDS = 100, 16  # characters, words
_QUOTES = "\"'“‘«„¿¡("


def kinds_of(lines: Sequence[str], layout: Layout | None, stop: int) -> list[PartKind | None]:
    """What each line is; None for a comment's heading, which is in no part's text.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.
    layout : Layout or None
        Its comments.
    stop : int
        The line at which the comments start; the page's end without comments.

    Returns
    -------
    list of str or None
        One kind a line.

    Examples
    --------
    >>> kinds_of(["Soup is boiled.", "-", "Leave a Reply"], None, 3)
    ['essay', 'chrome', 'chrome']
    """
    kinds: list[PartKind | None] = [None] * len(lines)
    kinds[:stop] = ["essay"] * stop
    for i in range(stop):
        if (
            is_empty_mark(lines[i])
            or is_form(lines[i])
            or is_share(lines[i])
            or (0 < i < stop - 1 and image_text(lines[i], lines[i - 1], lines[i + 1]))
        ):
            kinds[i] = "chrome"
    below = next((i for i in range(1, stop) if is_form(lines[i])), stop)
    if stop - below <= MOST_AFTER_FORM * len(lines):
        kinds[below:stop] = ["chrome"] * (stop - below)
    if layout is not None:
        kinds[layout.end :] = ["chrome"] * (len(lines) - layout.end)
        for found in layout.comments:
            kinds[found.first : found.last] = ["comment"] * (found.last - found.first)
        for i in range(stop, layout.end):
            if kinds[i] is None and (
                is_separator(lines[i]) or is_empty_mark(lines[i]) or is_comments_heading(lines[i])
            ):
                kinds[i] = "chrome"
    _set_aside_ends(kinds, lines, stop)
    return kinds


def _set_aside_ends(kinds: list[PartKind | None], lines: Sequence[str], stop: int) -> None:
    """Mark the essay's end as furniture: the count of comments, their order, and bylines a program set."""
    last = stop - 1
    while last > 0 and (kinds[last] == "chrome" or is_comments_heading(lines[last])):
        kinds[last] = "chrome"
        last -= 1
    headings = [line for line, kind in zip(lines[stop:], kinds[stop:], strict=True) if kind is None]
    for i in template_bylines(lines, last + 1, headings):
        kinds[i] = "chrome"


def standing_title(lines: Sequence[str]) -> str | None:
    """The first line, where it reads like a title: short, no sentence, and a paragraph follows.

    Such a line is named as the page's title and yet stays in the essay: pages split by hand count it to the essay,
    and a heading of the first part looks the same. A date or a byline may stand above it and below it.

    Examples
    --------
    >>> opening = "The mill at the upper ford was built of grey stone and stood for years."
    >>> standing_title(["The mill at the ford", "By Ann Lee", opening])
    'The mill at the ford'
    >>> standing_title([opening, "It fell."]) is None
    True
    """
    near = [line for line in lines[:TITLE_REACH] if not _tells_who_or_when(line)]
    if len(near) < 2:
        return None
    line, below = near[0], near[1]
    short = len(line) <= LONGEST_TITLE and len(line.split()) <= MOST_TITLE_WORDS
    opens = line[0].isupper() or line[0].isdigit() or line[0] in _QUOTES
    listed = re.match(r"\d{1,2}[.)]\s|[^\w\s\"'“‘«„¿¡(]", line)
    ends = re.search(r"[.,:;…|]$", line)
    if not short or not opens or listed or ends or is_form(line) or is_share(line) or is_comments_heading(line):
        return None
    return line if len(below) >= LEAST_OPENING and len(below) > len(line) and re.search(r"[.!?…:]\W*$", below) else None


def _tells_who_or_when(line: str) -> bool:
    marker = read_marker(line, 0)
    return byline_name(line) is not None or (marker is not None and marker.kind == "date")


def title_of(lines: Sequence[str], kinds: Sequence[PartKind | None]) -> str | None:
    """The first line, where it is plainly a title: every word capitalised, two of its words come back below.

    Examples
    --------
    >>> essay = "A stone mill is a mill that lasts; the stone mill of our town was a stone mill, a stone mill it is."
    >>> title_of(["The Stone Mill", essay], ["essay", "essay"])
    'The Stone Mill'
    """
    if len(lines) < 2 or kinds[0] != "essay" or (kinds[1] != "essay" and len(lines) < 3):
        return None
    found = lines[0].split()
    opening = lines[1]
    letters = all(word[0].isupper() or not word[0].isalpha() for word in found)
    few = TITLE_WORDS[0] <= len(found) <= TITLE_WORDS[1]
    if (
        not few
        or not letters
        or re.search(r"[.,:;|\d]", lines[0])
        or len(opening) < LEAST_OPENING
        or opening[-1] not in '.:!?…”"’)'
    ):
        return None
    small = [word.casefold().strip("!?") for word in found]
    rest = "\n".join(line for line, kind in zip(lines[1:], kinds[1:], strict=True) if kind == "essay").casefold()
    recurs = max(rest.count(f"{a} {b}") for a, b in itertools.pairwise(small))
    return lines[0] if recurs >= TITLE_RECURS else None
