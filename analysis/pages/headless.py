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

from analysis.pages.chrome import is_chrome, is_comments_heading, is_form
from analysis.pages.register import cue_shares, inside_score, opening_score
from analysis.pages.spans import Found, Layout

FARTHEST = 25  # lines; a first comment longer than this is rarer than one that is misread
NEAR_END = 4  # lines before the first comment's end that may be its own, so not asked how the essay reads
USUAL_LINES, USUAL_WEIGHT = (
    2.4,
    4.0,
)  # lines of a comment on the open pages, and how many of a page's own comments they count as
LEAST_SUM = 1.5  # log-odds a page's end must gather to be called comments: none of 61 open pages without comments does
LIFT_OPENING, LIFT_INSIDE = (
    0.6,
    0.2,
)  # once a page has comments, its next lines are likelier comments than a blog's average
OPENS = 0.6  # chance that a paragraph among comments opens a new one, where nothing but paragraphs is left
BELOW_HEADING = 2.0  # by hand: a line "Comments" right above
ESSAY_SHARE = 3  # the first third of a page is asked how the essay reads
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


def find_headless(lines: Sequence[str]) -> Layout | None:
    """Read a page's end as comments that lost every name, date and button, or None where it does not clearly read so.

    A sequence of openings and continuations is fitted to the page's end (Viterbi's algorithm, 1967, over two states);
    the end is called comments where its best sum of log-odds against "all essay" exceeds ``LEAST_SUM``.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout or None

    Notes
    -----
    Whether two paragraphs are one comment or two is often not to be told: count such comments with care.

    Examples
    --------
    >>> page = ["Soup is boiled.", "Salt comes last.", "Hi Ann, thanks for this great post!", "Thank you, I love it!!"]
    >>> layout = find_headless(page)
    >>> layout.start, len(layout.comments)
    (2, 2)
    """
    end = next((i for i in range(len(lines) // 2, len(lines)) if is_form(lines[i])), len(lines))
    if end < 2:
        return None
    usual = cue_shares(lines[: max(NEAR_END, end // ESSAY_SHARE)])
    addressed = hailed_names(lines[end // ESSAY_SHARE : end])
    new, same = math.log(OPENS), math.log(1 - OPENS)
    opens, goes_on = [0.0] * (end + 1), [0.0] * (end + 1)
    breaks = [True] * (end + 1)  # whether the best reading after line i opens a new comment
    for i in range(end - 1, 0, -1):
        if i + 1 < end:
            breaks[i] = opens[i + 1] + new >= goes_on[i + 1] + same
            following = max(opens[i + 1] + new, goes_on[i + 1] + same)
        else:
            following = 0.0
        opens[i] = opening_score(lines[i], addressed, usual) + LIFT_OPENING + following
        goes_on[i] = inside_score(lines[i], usual) + LIFT_INSIDE + following
    starts = [opens[i] + BELOW_HEADING * is_comments_heading(lines[i - 1]) for i in range(1, end)]
    start = 1 + max(range(end - 1), key=starts.__getitem__)
    if starts[start - 1] < LEAST_SUM:
        return None
    firsts = [start, *(i + 1 for i in range(start, end - 1) if breaks[i])]
    found = [
        Found(a, b) for a, b in zip(firsts, [*firsts[1:], end], strict=True) if not all(map(is_chrome, lines[a:b]))
    ]
    return (
        Layout("no marks, only how the lines read", start, end, tuple(found), starts[start - 1], True)
        if found
        else None
    )
