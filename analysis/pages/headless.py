"""Where a comment starts that has lost its heading: by address, person, register, thanks and length alone.

Cautious by design: without any marker a page is only split where its end clearly reads like comments, since a false
alarm
puts part of an essay among its readers' comments.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

from analysis.pages.register import cue_shares, inside_score, opening_score

FARTHEST = 25  # lines; a first comment longer than this is rarer than one that is misread
NEAR_END = 4  # lines before the first comment's end that may be its own, so not asked how the essay reads
USUAL_LINES, USUAL_WEIGHT = (
    2.4,
    4.0,
)  # lines of a comment on the open pages, and how many of a page's own comments they count as
OWN_END = (
    1.0  # by hand: a line before the comments that closes an essay (a byline, a question to the readers, a disclosure)
)
_CLOSES_ESSAY = re.compile(
    r"^(?:p\.?\s?s\.?\b|posted (?:by|at)|written by|by\s|author|about the author|photo|image|source"
    r"|disclosure|disclaimer|related|tags?:|filed under"
    r"|update|note:|\[?via\b|share this|cross-?posted|happy \w+|enjoy|cheers|see you|good luck|stay tuned)"
    r"|(?:\?|:-?\)|in the comments\W*|below\W*|-\s?\w+)$",
    re.IGNORECASE,
)
_VOCATIVE = re.compile(
    r"^(?i:hi|hello|hey|dear|thanks|thank you|hallo|liebe[rs]?|danke|hola|gracias|merci|bonjour|ciao"
    r"|great \w+|nice \w+|good \w+|well said|yes|no|sorry)[\s,]+"
    r"@?(?P<hailed>[A-ZÀ-Þ][\w'’-]{1,20})\s?[,.!:–—-]|^(?P<opening>[A-ZÀ-Þ][\w'’-]{1,20})\s?[,:–—-]\s"
)


def hailed_names(lines: Sequence[str]) -> frozenset[str]:
    """Names that the lines of a comment part open with as an address, at least twice; lower-cased.

    Examples
    --------
    >>> hailed_names(["Hi Ann, nice.", "Ann, what of salt?", "Soup is good."])
    frozenset({'ann'})
    """
    found: Counter[str] = Counter()
    for line in lines:
        match = _VOCATIVE.match(line[:60])
        if match:
            found[(match["hailed"] or match["opening"]).casefold()] += 1
    return frozenset(name for name, count in found.items() if count > 1)


def first_comment_start(
    lines: Sequence[str], floor: int, stop: int, sizes: Sequence[int] = (), addressed: Collection[str] = ()
) -> int:
    """Say at which line the first comment starts, where only its end is known.

    Every start is weighed: how its line opens a comment, how the lines after it go on with one, how likely a comment of
    that many lines is on this page, and whether the line before it closes an essay.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.
    floor : int
        The first line that may be a comment's.
    stop : int
        The line after the comment's last.
    sizes : sequence of int
        Lengths in lines of the page's other comments.
    addressed : collection of str
        Lower-cased names that readers of the page address.

    Returns
    -------
    int
        A line from ``floor`` to ``stop - 1``.

    Examples
    --------
    >>> first_comment_start(["The essay goes on.", "It ends here.", "Hi Ann,", "thanks for this post!"], 1, 4)
    2
    """
    floor = min(max(floor, stop - FARTHEST), stop - 1)
    mean = (USUAL_LINES * USUAL_WEIGHT + sum(sizes)) / (USUAL_WEIGHT + len(sizes))
    longer = math.log(1 - 1 / max(mean, 1.05))
    usual = cue_shares(lines[: max(1, stop - NEAR_END)])
    best, best_score, inside = stop - 1, -math.inf, 0.0
    for start in range(stop - 1, floor - 1, -1):
        score = inside + opening_score(lines[start], addressed, usual) + longer * (stop - 1 - start)
        if start > 0 and _CLOSES_ESSAY.search(
            lines[start - 1][-200:] if len(lines[start - 1]) > 200 else lines[start - 1]
        ):
            score += OWN_END
        if score > best_score:
            best, best_score = start, score
        inside += inside_score(lines[start], usual)
    return best
