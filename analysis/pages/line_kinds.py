"""What each line of a plain-text page is, once its comments are known: essay, comment, page furniture, title."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analysis.pages.chrome import image_text, is_comments_heading, is_empty_mark, is_form, is_separator, is_share
from analysis.pages.spans import Layout
from analysis.types import PartKind

MOST_AFTER_FORM = 0.4  # share of a page below its comment form; with more below, the form's words stood above the essay
TITLE_WORDS = (2, 9)
TITLE_RECURS = 4  # times two words of a title recur in the essay; asked because a heading of a part looks the same
LEAST_OPENING = 60  # characters of the paragraph below a title


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
    if stop > 1 and is_comments_heading(lines[stop - 1]):
        kinds[stop - 1] = "chrome"
    if layout is not None:
        kinds[layout.end :] = ["chrome"] * (len(lines) - layout.end)
        for found in layout.comments:
            kinds[found.first : found.last] = ["comment"] * (found.last - found.first)
        for i in range(stop, layout.end):
            if kinds[i] is None and (
                is_separator(lines[i]) or is_empty_mark(lines[i]) or is_comments_heading(lines[i])
            ):
                kinds[i] = "chrome"
    return kinds


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
