"""What a reading of a page gives: the comments' places, as lines, and how good the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.pages.chrome import is_button, is_empty_mark


@dataclass(frozen=True, slots=True)
class Found:
    """One comment, as lines of the page: ``lines[first:last]`` is its body."""

    first: int
    last: int
    name: str | None = None
    date_raw: str | None = None
    link: str | None = None
    pingback: bool = False
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One reading of a page's end as comments.

    Attributes
    ----------
    form : str
        How the comments are set, in words.
    start, end : int
        The comment part is ``lines[start:end]``; the essay ends before it.
    comments : tuple of Found
        In page order.
    score : float
        How much of the page it explains; layouts of one page are compared by it.
    guessed_start : bool
        Whether the first comment's start had to be guessed from how it reads.
    chance : float or None
        For comments without any mark, how well they are expected to agree with the readers' (F1 of words).
    """

    form: str
    start: int
    end: int
    comments: tuple[Found, ...]
    score: float
    guessed_start: bool = False
    chance: float | None = None


def trim(lines: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """A body without the buttons and empty marks at its two ends.

    Examples
    --------
    >>> trim(["12", "I agree.", "Reply"], 0, 3)
    (1, 2)
    """
    while first < last and (is_button(lines[first]) or is_empty_mark(lines[first])):
        first += 1
    while first < last and (is_button(lines[last - 1]) or is_empty_mark(lines[last - 1])):
        last -= 1
    return first, last
