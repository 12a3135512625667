"""How the comments of a page are set: heading before the body, footer after it, both, or only a button between them.

Line by line a heading and a footer look alike, so the decision is taken once a page: markers of one form are gathered
(``read_marker``), every reading of them is tried (``readings``), and the one that explains most of the page's end is
kept. Where no comment carries a date or a verb, ``bare_names`` is asked, and ``headless`` last.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from analysis.pages.bare_names import find_bare_names
from analysis.pages.chrome import is_button, is_comments_heading, is_empty_mark, is_form, is_separator
from analysis.pages.headless import find_headless
from analysis.pages.markers import Marker, read_marker
from analysis.pages.pingbacks import part_pingbacks, pingbacks_alone
from analysis.pages.readings import (
    BYLINE_LINES,
    MOST,
    Group,
    read_buttons,
    read_date_lines,
    read_footers,
    read_headings,
)
from analysis.pages.spans import Layout
from analysis.pages.stretches import AGE_WEIGHT

LEAST_SCORE = 2.9  # one full date (3), or an age beside a name; a day and month (1.5) or a time (1) must recur
BYLINE_GAP = 5.0  # times the usual text below a heading: so much follows an essay's own byline
HEADING_REACH, FORM_REACH = 5, 6  # lines between a heading and the first comment, the last comment and a form
HEADED, BUTTONED, FORMED = 8.0, 5.0, 3.0  # by hand: each is worth more than a sidebar of dated posts
CLEAR_SCORE = 20.0  # five dated comments: no need to ask what else the page could be
LONE_MARK = 4.0  # below it only one date without its year or time speaks: a line of a comment may hold it
BARE_FACTOR = 2.0  # bare names must explain twice as much as dates do, since they are the weaker cue


def find_layout(lines: Sequence[str]) -> Layout | None:
    """Find how a page's comments are set, from their names, dates and buttons.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout or None
        None where no reading explains enough.

    Examples
    --------
    >>> page = ["An essay of one line.", "Ann says:", "May 3, 2012 at 4:05 pm", "I agree."]
    >>> page += ["Bo says:", "May 4, 2012 at 9:00 am", "So do I."]
    >>> layout = find_layout(page)
    >>> layout.form, layout.start, [c.name for c in layout.comments]
    ('name line, then date line', 1, ['Ann', 'Bo'])
    """
    layout = _find_comments(lines)
    return part_pingbacks(layout, lines) if layout else None


def _find_comments(lines: Sequence[str]) -> Layout | None:
    best = marked_layout(lines)
    told = best.score * anchor(best, lines) if best is not None else 0.0
    if best is not None and told >= CLEAR_SCORE:
        return best
    bare = find_bare_names(lines)
    if bare is not None and bare.score * anchor(bare, lines) > BARE_FACTOR * told:
        return find_headless(lines, bare) or bare
    if best is None:
        best = pingbacks_alone(lines)
        return find_headless(lines, best, marked=best is not None) or best
    return best if told >= LONE_MARK else find_headless(lines, best, marked=True) or best


def marked_layout(lines: Sequence[str]) -> Layout | None:
    """Find how a page's comments are set from dates, verbs of saying and buttons alone.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout or None
        None where no comment carries such a mark.

    Examples
    --------
    >>> marked_layout(["An essay.", "Ann says:", "I agree."]).comments[0].name
    'Ann'
    """
    markers = [marker for i, line in enumerate(lines) if (marker := read_marker(line, i)) is not None]
    saying = {marker.line: marker for marker in markers if marker.kind == "says"}
    readings = [_read(group, lines, saying) for group in _groups(markers)]
    found = [part_pingbacks(reading, lines) for reading in (*readings, read_buttons(lines)) if reading is not None]
    found = [reading for reading in found if reading.score >= LEAST_SCORE and reading.comments]
    return max(found, key=lambda reading: reading.score * anchor(reading, lines), default=None)


def anchor(layout: Layout, lines: Sequence[str]) -> float:
    """How much the page's furniture says that comments stand just there: the factor for a reading's score.

    A heading such as "3 Comments" above them, a button under most of them, a comment form below: a list of other posts
    with dates has none of these, however long it is.

    Examples
    --------
    >>> page = ["An essay.", "1 Comment", "Ann says:", "I agree.", "Leave a Reply"]
    >>> layout = find_layout(page)
    >>> anchor(layout, page) > anchor(layout, ["An essay.", "So it goes", *page[2:4], "The end"])
    True
    """
    own = [found for found in layout.comments if not found.pingback] or layout.comments  # nobody answers a pingback
    stop = own[0].first if layout.comments[0].pingback else layout.start + 1
    near = lines[max(0, layout.start - HEADING_REACH) : stop]
    factor = HEADED if any(is_comments_heading(line) for line in near) else 1.0
    stops = [*(found.first for found in own[1:]), min(layout.end + 1, len(lines))]
    under = sum(any(map(is_separator, lines[a.last : b])) for a, b in zip(own, stops, strict=True))
    if under >= len(own) * MOST:
        factor *= BUTTONED
    below = lines[layout.comments[-1].last : layout.comments[-1].last + FORM_REACH]
    return factor * (FORMED if any(map(is_form, below)) else 1.0)


def _groups(markers: Sequence[Marker]) -> list[list[Marker]]:
    """Markers of one form: the same shape of date, or "X says" without a date."""
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        shape = marker.stretch.shape if marker.stretch else "says"
        if marker.stretch and marker.stretch.weight == AGE_WEIGHT:
            shape = "age"
        groups.setdefault(re.sub(r"^w\W*", "", shape), []).append(marker)
    return [groups[shape] for shape in sorted(groups)]


def _read(markers: list[Marker], lines: Sequence[str], saying: dict[int, Marker]) -> Layout | None:
    """Read one group as the page's last line suggests: a marker is a footer, text stands below a heading."""
    kept = _without_byline(markers, lines)
    if not kept:
        return None
    dropped = markers[0].line if kept[0] is not markers[0] else 0
    end = _end_of_comments(kept, lines)
    group = Group(tuple(kept), lines, dropped + 1, end, dropped >= BYLINE_LINES, saying)
    if kept[0].stretch is None:
        return read_headings(group)
    tail = any(not is_button(line) and not is_empty_mark(line) for line in lines[kept[-1].line + 1 : end])
    if sum(marker.kind == "date" for marker in kept) > len(kept) * (1 - MOST):
        return read_date_lines(group, footer=not tail)
    return read_headings(group) if tail else read_footers(group)


def _without_byline(group: list[Marker], lines: Sequence[str]) -> list[Marker]:
    """The group without the essay's own byline, which comes first and has the shape of a comment's heading."""
    first = group[0]
    if len(group) == 1:
        heads = any(not is_button(line) for line in lines[first.line + 1 :])
        above = read_marker(lines[first.line - 1], 0) if first.line else None
        said = first.kind.startswith("says") or (above is not None and above.kind == "says")
        byline = first.line < BYLINE_LINES or first.lead.startswith(("post", "writ", "publ"))
        return [] if heads and byline and not said else group
    leads = Counter(marker.lead for marker in group[1:])
    usual = leads.most_common(1)[0][1] >= (len(group) - 1) * MOST
    odd = usual and leads[first.lead] == 0 and "by" in f"{first.lead} "
    ends = [*(marker.line for marker in group[1:]), len(lines)]
    sizes = [sum(map(len, lines[marker.line + 1 : end])) for marker, end in zip(group, ends, strict=True)]
    far = first.line == 0 or sizes[0] > BYLINE_GAP * max(median(sizes[1:]), 80)
    if odd and (first.line < BYLINE_LINES or first.lead.startswith("post")):
        return group[1:]
    return group[1:] if first.line < BYLINE_LINES and far else group


def _end_of_comments(group: Sequence[Marker], lines: Sequence[str]) -> int:
    """The line after the last comment: a form or a notice ends them, or the button that ends each."""
    last = group[-1].line
    for i in range(last + 1, len(lines)):
        if is_form(lines[i]):
            return i
    buttons = [any(is_separator(line) for line in lines[a.line + 1 : b.line + 1]) for a, b in itertools.pairwise(group)]
    if not buttons or sum(buttons) >= len(buttons) * MOST:
        for i in range(last + 1, len(lines)):
            if is_separator(lines[i]):
                return i + 1
    return len(lines)
