"""How long one page may take: the last resort behind the bounds that give the same answer on every machine.

Bytes, tags, depth and steps are counted, so a page that is skipped for them is skipped everywhere. Time is not the same
everywhere; the guard here is set so high that only a page which would have hung runs into it, and counts the process's
own computing time, so that a busy machine skips no more pages than an idle one.
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from analysis.errors import PageError

MOST_TAGS = 1_000_000  # of a web page: half a gigabyte of memory; the longest real thread met has a fifth of them
MOST_LINES = 150_000  # of a page of text, which is read line by line: half a minute at worst
MOST_ATTRIBUTES = 5_000  # of one tag: libxml2 needs time with their square, 20 ms for these, minutes for 200,000
FEW_TAGS = 30_000  # that cannot nest deep enough to matter, at libxml2's 2,048 levels
MOST_NESTING = (
    60_000_000  # elements around elements, all counted; the page of fifty thousand comments has three millions
)
SMALL_PAGE = 200_000  # bytes that cannot hold attributes enough to matter, and so are not looked through for them
MOST_SECONDS = 60.0  # of computing; the worst page that keeps within the other bounds takes a quarter of it
AGAIN = 1.0  # seconds until the guard speaks once more, should a library have swallowed its first word
_ATTRIBUTE = rb"[\s/]*+[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_TAG = re.compile(rb"<[A-Za-z][^\s>/]*+((?:" + _ATTRIBUTE + rb")*+)")
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE)


class OutOfTime(BaseException):
    """A page took too long. No ``Exception``, so that no library on the way takes it for one of its own."""


def check_attributes(page: bytes) -> None:
    """Raise PageError where one tag has more attributes than any page needs.

    Parameters
    ----------
    page : bytes
        Mark-up in UTF-8 or another encoding that has ASCII in it.

    Examples
    --------
    >>> check_attributes(b"<p " + b" ".join(b"a%d=1" % k for k in range(50_000)) + b">")
    Traceback (most recent call last):
        ...
    analysis.errors.PageError: A tag of the page has more than 5,000 attributes. Clean the file.
    """
    if len(page) <= SMALL_PAGE:
        return
    for tag in _TAG.finditer(page):
        if tag.end(1) - tag.start(1) > 2 * MOST_ATTRIBUTES:  # an attribute with the blank before it has two letters
            for number, _ in enumerate(_ONE_ATTRIBUTE.finditer(page, tag.start(1), tag.end(1)), 1):
                if number > MOST_ATTRIBUTES:
                    raise PageError(f"A tag of the page has more than {MOST_ATTRIBUTES:,} attributes. Clean the file.")


def check_nesting(root: Any) -> None:
    """Raise PageError where so many elements stand so deep that looking up from each would take minutes.

    Parameters
    ----------
    root : lxml element
        The tree of a page.

    Examples
    --------
    >>> from lxml import etree
    >>> check_nesting(etree.HTML("<p>" * 100_000))
    """
    total, stack = 0, [(root, 1)]
    while stack:
        element, level = stack.pop()
        total += level
        if total > MOST_NESTING:
            raise PageError("The page nests too many tags too deep to be read in bounded time. Clean the file.")
        stack += [(child, level + 1) for child in element]


@contextmanager
def within_seconds(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the block when it has computed for so long.

    Parameters
    ----------
    seconds : float
        Of computing time of this process, above 0.

    Notes
    -----
    Needs a system with interval timers (Linux, macOS) and the main thread; elsewhere the block runs unguarded, within
    the bounds that are counted. A single call into a C library is not interrupted, but only left at its end; those
    called by the readers take time in proportion to the bytes they are given.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before if before is not None else signal.SIG_DFL)
