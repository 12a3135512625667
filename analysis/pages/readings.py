"""The readings of a group of like markers: headings above the bodies, footers below them, dates and names on lines of
their own, buttons between them.

Each reading says where comments start and end and scores itself; ``layouts`` gathers the groups and chooses.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from analysis.pages.chrome import is_button, is_chrome, is_comments_heading, is_empty_mark, is_rule_button, is_separator
from analysis.pages.headless import first_comment_start, hailed_names
from analysis.pages.markers import Marker, is_name, name_of, read_marker
from analysis.pages.register import opening_score
from analysis.pages.spans import Found, Layout, trim

BYLINE_LINES = 4  # an essay's own byline stands among its first lines
MOST = 0.6  # a form that holds for six comments in ten is the page's form; glued lines and lost names break the rest
NAME_REACH = 40  # lines above the first footer in which its name is looked for
LEAST_BODY = (
    25  # characters; shorter lines between a name and the footer are an address or a handle: the name signs off
)
LONG_TAIL = 12  # times the usual length of a comment: a last comment longer than that is the rest of the page
LONGEST_OF_FEW = 4000  # characters of one comment, where there are but one or two: more is an essay below its own date
TAIL_DISCOUNT = 0.3
EMPTY = 1.5  # what a marker without a body costs: a list of dates has many, comments hardly one
NAMED = 0.5
SIGNATURE_LINES = 3  # a name, a trade and an address
BUTTON_ALONE, BUTTON_MORE = 3.0, 0.5  # a button is a sure cue of one comment, and weaker than any name and date


@dataclass(frozen=True, slots=True)
class Group:
    """Markers of one form, and the part of the page they are to explain.

    Attributes
    ----------
    markers : tuple of Marker
        In page order; at least one.
    lines : sequence of str
        The whole page.
    floor, end : int
        Comments lie in ``lines[floor:end]``.
    floor_is_start : bool
        Whether the essay's own closing byline stands right above ``floor``.
    saying : dict of int to Marker
        The "X says" lines of the page.
    """

    markers: tuple[Marker, ...]
    lines: Sequence[str]
    floor: int
    end: int
    floor_is_start: bool = False
    saying: dict[int, Marker] = field(default_factory=dict)

    def spans(self) -> list[tuple[Marker, int, int]]:
        """Each marker with the lines between it and the next, or the end."""
        stops = [*(marker.line for marker in self.markers[1:]), self.end]
        return [(marker, marker.line + 1, stop) for marker, stop in zip(self.markers, stops, strict=True)]


def read_headings(group: Group) -> Layout:
    """Name and date, or "X says", in one line above each body."""
    found = [_found(marker, group, _below_repeated_name(marker, group, a, b), b) for marker, a, b in group.spans()]
    says = group.markers[0].stretch is None
    form = "name with a verb of saying above each comment" if says else "name and date above each comment"
    start = numbered_start(_lost_heading(group), group.lines)
    if start < group.markers[0].line - 1:
        first = Found(*trim(group.lines, start + 1, group.markers[0].line), name_of(group.lines[start]))
        found = [first, *found]
    return _layout(form, start, group, found)


def _below_repeated_name(marker: Marker, group: Group, first: int, stop: int) -> int:
    """The body's first line, below the name or the avatar's text where it stands there once more."""
    if first < stop - 1 and marker.name:
        again = group.lines[first].casefold()
        return first + (again in (marker.name.casefold(), f"{marker.name}'s picture".casefold()))
    return first


def _lost_heading(group: Group) -> int:
    """The first comment's line; where dates stand before names, an extractor may have left the first its name alone."""
    first = group.markers[0].line
    dates_first = all(" d" in f" {marker.lead.casefold()}" and marker.name for marker in group.markers)
    if not dates_first or len(group.markers) < 2 or group.markers[0].kind == "says_date":
        return first
    for i in range(first - 2, max(group.floor, first - NAME_REACH // 2) - 1, -1):
        if is_name(name_of(group.lines[i])) and len(group.lines[i + 1]) >= LEAST_BODY:
            return i
    return first


def numbered_start(line: int, lines: Sequence[str]) -> int:
    """Take along the comment's number, where it stands on a line of its own above the heading."""
    return line - 1 if line > 1 and re.fullmatch(r"#?1[.)]?", lines[line - 1]) else line


def read_footers(group: Group) -> Layout:
    """Name and date in one line below each body."""
    later = [_after_name(group, a, b) for a, b in itertools.pairwise(group.markers)]
    sizes = [b.line - first for first, b in zip(later, group.markers[1:], strict=True)]
    start, first, guessed = _first_start(group, sizes)
    found = [
        _found(marker, group, body, marker.line) for marker, body in zip(group.markers, [first, *later], strict=True)
    ]
    return _layout("name and date below each comment", start, group, found, guessed=guessed)


def _after_name(group: Group, before: Marker, own: Marker) -> int:
    """Where a footer's body starts: the name may stand above it as well."""
    start = before.line + 1
    while start < own.line - 1 and (is_button(group.lines[start]) or is_empty_mark(group.lines[start])):
        start += 1
    same = own.name and start < own.line - 1 and name_of(group.lines[start]).casefold() == own.name.casefold()
    return start + bool(same)


def _first_start(group: Group, sizes: Sequence[int]) -> tuple[int, int, bool]:
    """Where the first comment above a footer and its body start: at its name, a heading of comments, or as it reads."""
    marker, lines, floor = group.markers[0], group.lines, group.floor
    if marker.line <= floor:
        return marker.line, marker.line, False
    for i in range(marker.line - 1, max(floor, marker.line - NAME_REACH) - 1, -1):
        if is_comments_heading(lines[i]) and i >= BYLINE_LINES:
            return i + 1, i + 1, False
        signs_off = max(map(len, lines[i + 1 : marker.line]), default=0) < LEAST_BODY
        if marker.name and not signs_off and name_of(lines[i]).casefold() == marker.name.casefold():
            return i, i + 1, False
    if group.floor_is_start:
        return floor, floor, False
    start = first_comment_start(lines, max(floor, 1), marker.line, sizes, hailed_names(lines[marker.line : group.end]))
    return start, start, True


def read_date_lines(group: Group, *, footer: bool) -> Layout:
    """The date on a line of its own: find where the name stands, above or below the date or above the body."""
    if footer:
        return _read_date_footers(group)
    lines, floor, end = group.lines, group.floor, group.end
    above = [
        m.line > floor and (m.line - 1 in group.saying or is_name(name_of(lines[m.line - 1]))) for m in group.markers
    ]
    below = [m.line + 1 < end and is_name(name_of(lines[m.line + 1])) for m in group.markers]
    if sum(below) > sum(above) or (sum(below) == sum(above) and below[0] and not above[0]):
        return _read_date_then_name(group)
    if sum(above) >= len(group.markers) * MOST:
        return _read_name_then_date(group)
    found = [_found(marker, group, first, stop) for marker, first, stop in group.spans()]
    return _layout("date line above each comment", group.markers[0].line, group, found)


def _read_date_then_name(group: Group) -> Layout:
    """The name on the line below the date line."""
    found = []
    for marker, first, stop in group.spans():
        named = marker.name is None and first < stop - 1
        found.append(_found(marker, group, first + named, stop, name_of(group.lines[first]) if named else None))
    return _layout("date line, then name line", group.markers[0].line, group, found)


def _read_name_then_date(group: Group) -> Layout:
    """The name on the line above the date line."""
    found = []
    heads = [marker.line - (marker.name is None and marker.line > 0) for marker in group.markers]
    for marker, head, stop in zip(group.markers, heads, [*heads[1:], group.end], strict=True):
        said = group.saying.get(head)
        name = said.name if said else name_of(group.lines[head])
        found.append(_found(marker, group, _below_clock(group.lines, marker.line + 1, stop), stop, name))
    return _layout("name line, then date line", numbered_start(heads[0], group.lines), group, found)


def _below_clock(lines: Sequence[str], first: int, stop: int) -> int:
    """A time on a line of its own below the date belongs to the heading."""
    if first < stop - 1:
        marker = read_marker(lines[first], first)
        return first + (marker is not None and marker.kind == "date" and marker.weight == 1.0)
    return first


def _read_date_footers(group: Group) -> Layout:
    """The date below the body; the name above it, with a verb of saying or alone, or nowhere."""
    befores = [group.floor - 1, *(marker.line for marker in group.markers[:-1])]
    spoken = [
        next((i for i in range(own.line - 1, before, -1) if i in group.saying), None)
        for own, before in zip(group.markers, befores, strict=True)
    ]
    if sum(head is not None for head in spoken) >= len(group.markers) * MOST:
        return _read_says_and_date(group, befores, spoken)
    heads = [before + 1 for before in befores[1:]]
    names = [
        name_of(group.lines[head]) if head < own.line - 1 and is_name(name_of(group.lines[head])) else None
        for head, own in zip(heads, group.markers[1:], strict=True)
    ]
    named = not heads or sum(name is not None for name in names) >= len(heads) * MOST
    start, first, guessed = _first_start(
        group, [own.line - head for head, own in zip(heads, group.markers[1:], strict=True)]
    )
    own_name = None
    near = range(group.markers[0].line - 2, max(group.floor, group.markers[0].line - NAME_REACH // 3) - 1, -1)
    head_line = next((i for i in near if is_name(name_of(group.lines[i]))), None) if named else None
    if head_line is not None:
        start, first, guessed, own_name = head_line, head_line + 1, False, name_of(group.lines[head_line])
    found = [_found(group.markers[0], group, first, group.markers[0].line, own_name)]
    for marker, head, name in zip(group.markers[1:], heads, names, strict=True):
        found.append(_found(marker, group, head + (named and name is not None), marker.line, name if named else None))
    return _layout("date below each comment", start, group, found, guessed=guessed)


def _read_says_and_date(group: Group, befores: Sequence[int], spoken: Sequence[int | None]) -> Layout:
    """ "X said" above the body, the date below it."""
    found = []
    for marker, head, before in zip(group.markers, spoken, befores, strict=True):
        said = group.saying[head] if head is not None else None
        found.append(
            _found(marker, group, (before if head is None else head) + 1, marker.line, said.name if said else None)
        )
    start = next(head for head in spoken if head is not None)
    layout = _layout("name above, date below each comment", numbered_start(start, group.lines), group, found)
    return replace(layout, score=layout.score + len(group.markers))  # two markers each


def read_buttons(lines: Sequence[str]) -> Layout | None:
    """Only the button below each comment is left ("ReplyDelete"); the first start is guessed from how it reads.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout or None

    Examples
    --------
    >>> layout = read_buttons(["An essay on soup.", "Thanks, great post!", "ReplyDelete", "So true.", "ReplyDelete"])
    >>> layout.start, len(layout.comments)
    (1, 2)
    """
    buttons = [i for i, line in enumerate(lines) if i > 0 and is_separator(line)]
    if not buttons:
        return None
    sizes = [b - a - 1 for a, b in itertools.pairwise(buttons) if b - a > 1]
    addressed = hailed_names(lines[buttons[0] :])
    start = first_comment_start(lines, 1, buttons[0], sizes, addressed) if buttons[0] > 1 else 1
    pieces = [(start, buttons[0]), *((a + 1, b) for a, b in itertools.pairwise(buttons))]
    pieces = [trim(lines, a, b) for a, b in pieces if a < b and not all(map(is_chrome, lines[a:b]))]
    found = [Found(a, b) for a, b in pieces]
    named = [b - a > 1 and is_name(name_of(lines[a])) for a, b in pieces[1:]]
    if named and sum(named) >= len(named) * MOST:
        found[1:] = [
            replace(one, first=one.first + own, name=name_of(lines[one.first]) if own else None)
            for one, own in zip(found[1:], named, strict=True)
        ]
    end, rest = buttons[-1] + 1, lines[buttons[-1] + 1 :]
    if found and is_rule_button(lines[buttons[-1]]) and 1 <= len(rest) <= SIGNATURE_LINES:
        found[-1] = replace(found[-1], name=rest[0], signature=" ".join(rest[1:]) or None)
        end = len(lines)
    score = BUTTON_ALONE + BUTTON_MORE * (len(found) - 1)
    return Layout("a button below each comment", start, end, tuple(found), score, True)


def _found(marker: Marker, group: Group, first: int, stop: int, name: str | None = None) -> Found | None:
    first, stop = trim(group.lines, first, stop)
    if first >= stop:
        return None
    raw = marker.stretch.text if marker.stretch else None
    return Found(first, stop, marker.name or name, raw, marker.link, marker.pingback)


def _layout(form: str, start: int, group: Group, found: Sequence[Found | None], *, guessed: bool = False) -> Layout:
    """Score a reading: each comment counts its marker's weight; empty ones and an endless last one count against it."""
    kept = tuple(comment for comment in found if comment is not None)
    weights = [
        marker.weight for marker, comment in zip(group.markers, found[-len(group.markers) :], strict=True) if comment
    ]
    score = sum(weights) + NAMED * sum(comment.name is not None for comment in kept) - EMPTY * (len(found) - len(kept))
    sizes = [comment.last - comment.first for comment in kept]
    if len(sizes) > 2 and sizes[-1] > LONG_TAIL * max(2.0, median(sizes[:-1])):
        score *= TAIL_DISCOUNT
    if len(kept) < 3 and any(sum(map(len, group.lines[one.first : one.last])) > LONGEST_OF_FEW for one in kept):
        score *= TAIL_DISCOUNT
    if len(kept) == 1 and group.markers[0].kind == "says" and not re.search(r"\d", group.markers[0].lead):
        score += max(-1.0, min(1.0, opening_score(group.lines[kept[0].first])))
    return Layout(form, start, group.end, kept, score, guessed)
