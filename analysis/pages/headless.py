"""Where a comment starts that has lost its heading: by address, person, register, thanks and length alone.

``first_comment_start`` looks for one comment's start above a known end; ``find_headless`` reads a whole page without
any mark, by the trained weights of ``voice``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from analysis.pages.chrome import is_chrome, is_form
from analysis.pages.register import cue_shares, inside_score, opening_score
from analysis.pages.spans import Found, Layout
from analysis.pages.voice import Voices, load_weights, part_table, read_voices
from analysis.pages.voice_cues import cue_table

FARTHEST = 25  # lines; a first comment longer than this is rarer than one that is misread
NEAR_END = 4  # lines before the first comment's end that may be its own, so not asked how the essay reads
USUAL_LINES, USUAL_WEIGHT = (
    2.4,
    4.0,
)  # lines of a comment on the open pages, and how many of a page's own comments they count as
CAUTION = -0.6  # log-odds on silence: a little bolder than the training pages, as wrong silence hides every reader
AGAINST_NAMES = (0.75, 0.8)  # least expected F1 of the voices to outvote bare names, and most of it that those reach
AGAINST_MARK = (0.9, 0.6)  # the same for a lone mark, which errs more rarely
MOST_LINES = 20_000  # so that time and memory are bounded; no open page has a tenth of it
OPENS = -0.4  # log-odds from which a paragraph opens a comment: what is put together wrongly costs two comments
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


def find_headless(lines: Sequence[str], other: Layout | None = None, *, marked: bool = False) -> Layout | None:
    """Read a page's end as comments that lost every name, date and button, or None where it does not read so.

    Where the readers' voices begin is decided in ``voice``; here the page is called commented where the comments found
    are expected to be worth more than silence, and they are parted paragraph by paragraph.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.
    other : Layout, optional
        What bare names or a lone mark say of the page; it stands unless the voices speak clearly against it.
    marked : bool
        Whether ``other`` rests on a mark: then only comments above it can be told by voice.

    Returns
    -------
    Layout or None
        With ``chance``, how well the comments are expected to agree with the readers' own (F1 of words).

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
    if end > MOST_LINES:
        return None
    cues = cue_table(lines[:end])
    voices = read_voices(lines[:end], cues, CAUTION)
    if voices is None or not (voices.expected >= voices.silent if other is None else _outvotes(voices, other, marked)):
        return None
    firsts = _parted(lines[voices.start : end], cues[voices.start :], voices.start)
    spans = zip(firsts, [*firsts[1:], end], strict=True)
    found = tuple(Found(a, b) for a, b in spans if not all(map(is_chrome, lines[a:b])))
    told = f" ({', '.join(voices.cues)})" if voices.cues else ""
    form = f"no marks, only how the lines read{told}"
    return Layout(form, voices.start, end, found, 0.0, True, voices.expected) if found else None


def _outvotes(voices: Voices, other: Layout, marked: bool) -> bool:
    """Whether the voices are clear enough, and clearly enough against another reading of the page."""
    least, share = AGAINST_MARK if marked else AGAINST_NAMES
    theirs = voices.by_start.get(other.start, 0.0)
    return voices.expected >= least and theirs < share * voices.expected and (not marked or voices.start < other.start)


def _parted(lines: Sequence[str], cues: npt.NDArray[np.float32], at: int) -> list[int]:
    """The page's lines at which a comment opens; ``lines`` are the comment part, which begins at line ``at``."""
    weights = load_weights()
    odds = part_table(lines, cues) @ np.concatenate([weights.opens, weights.before, weights.part])
    return [at, *(at + int(i) for i in np.flatnonzero(odds > OPENS) if i > 0)]
