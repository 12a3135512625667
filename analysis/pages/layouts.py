"""How the comments of a page are set: heading before the body, footer after it, both, or only a button between them.

Line by line a heading and a footer look alike, so the decision is taken once a page: markers of one form are gathered
(``read_marker``), every reading of them is tried, and the one that explains most of the page's end is kept.
Where a comment carries no marker at all, ``bare_names`` and ``headless`` take over.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from analysis.pages.chrome import (
    is_button,
    is_chrome,
    is_comments_heading,
    is_empty_mark,
    is_form,
    is_rule_button,
    is_separator,
)
from analysis.pages.headless import first_comment_start, hailed_names
from analysis.pages.markers import Marker, is_name, name_of, read_marker
from analysis.pages.spans import Found, Layout, trim

LEAST_SCORE = 2.9  # one full date (3) beside a name stands alone; a day and month (1.5), or a time (1), must recur
BYLINE_LINES = 4  # an essay's own byline stands among its first lines
BYLINE_GAP = 5.0  # and is followed by far more text than the headings of comments are
SIGNATURE_LINES = 3  # a name, a trade and an address
MOST = 0.6  # a form that holds for six comments in ten is the page's form; glued lines and lost names break the rest


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
    markers = [marker for i, line in enumerate(lines) if (marker := read_marker(line, i)) is not None]
    readings = [reading for group in _groups(markers) if (reading := _read_group(group, lines, markers)) is not None]
    buttons = _read_buttons(lines)
    if buttons is not None:
        readings.append(buttons)
    readings = [reading for reading in readings if reading.score >= LEAST_SCORE and reading.comments]
    return max(readings, key=lambda reading: reading.score, default=None)


def _groups(markers: Sequence[Marker]) -> list[list[Marker]]:
    """Markers of one form: the same shape of date, or "X says" without a date."""
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        shape = marker.stretch.shape if marker.stretch else "says"
        if marker.stretch and marker.stretch.weight == 2.0:
            shape = "age"
        groups.setdefault(re.sub(r"^w\W*", "", shape), []).append(marker)
    return [groups[shape] for shape in sorted(groups)]


def _read_group(group: list[Marker], lines: Sequence[str], markers: Sequence[Marker]) -> Layout | None:
    """Try the readings of one group of markers and keep the best."""
    group, floor = _without_byline(group, lines)
    if not group:
        return None
    end = _end_of_comments(group, lines)
    group = [marker for marker in group if marker.line < end]
    if not group:
        return None
    dated = [marker for marker in group if marker.kind == "date"]
    if group[0].kind == "says" and group[0].stretch is None:
        return _read_says(group, lines, end)
    tail = [line for line in lines[group[-1].line + 1 : end] if not is_button(line) and not is_empty_mark(line)]
    if len(dated) > len(group) * (1 - MOST):
        return _read_date_lines(group, lines, markers, floor, end, footer=not tail)
    if not tail:
        return _read_footers(group, lines, floor, end)
    return _read_headings(group, lines, end)


def _without_byline(group: list[Marker], lines: Sequence[str]) -> tuple[list[Marker], int]:
    """The group without the essay's own byline, and the first line that can be a comment's."""
    if len(group) == 1:
        alone = group[0]
        heading = any(not is_button(line) for line in lines[alone.line + 1 :])
        above = read_marker(lines[alone.line - 1], 0) if alone.line else None
        said = alone.kind.startswith("says") or (above is not None and above.kind == "says")
        return ([], 1) if heading and alone.line < BYLINE_LINES and not said else (group, 1)
    first = group[0]
    leads = Counter(marker.lead for marker in group[1:])
    odd_lead = (
        leads[first.lead] == 0 and leads.most_common(1)[0][1] >= (len(group) - 1) * MOST and "by" in f"{first.lead} "
    )
    gaps = [sum(len(line) for line in lines[a.line + 1 : b.line]) for a, b in itertools.pairwise(group)]
    far = len(gaps) > 1 and gaps[0] > BYLINE_GAP * max(median(gaps[1:]), 80)
    if odd_lead and (first.line < BYLINE_LINES or first.lead.startswith("post")):
        return group[1:], first.line + 1
    if first.line < BYLINE_LINES and (far or first.line == 0):
        return group[1:], first.line + 1
    return group, 1


def _end_of_comments(group: Sequence[Marker], lines: Sequence[str]) -> int:
    """The line after the last comment: a form or a notice ends them, or the button that ends each."""
    last = group[-1].line
    for i in range(last + 1, len(lines)):
        if is_form(lines[i]):
            return i
    spans = itertools.pairwise(group)
    buttons = [any(is_separator(line) for line in lines[a.line + 1 : b.line + 1]) for a, b in spans]
    if not buttons or sum(buttons) >= len(buttons) * MOST:
        for i in range(last + 1, len(lines)):
            if is_separator(lines[i]):
                return i + 1
    return len(lines)


def _found(marker: Marker, lines: Sequence[str], first: int, last: int, name: str | None = None) -> Found | None:
    first, last = trim(lines, first, last)
    if first >= last:
        return None
    raw = marker.stretch.text if marker.stretch else None
    return Found(first, last, marker.name or name, raw, marker.link, marker.pingback)


def _layout(
    form: str, start: int, end: int, found: Sequence[Found | None], group: Sequence[Marker], *, guessed: bool = False
) -> Layout:
    """Score a reading: each comment counts as its marker's weight, an empty one against it, names that vary for it."""
    kept = tuple(comment for comment in found if comment is not None)
    weight = sum(min(marker.weight, 4.0) for marker, comment in zip(group, found, strict=True) if comment is not None)
    empty = len(found) - len(kept)
    named = sum(comment.name is not None for comment in kept)
    score = weight - 1.5 * empty + 0.5 * named
    return Layout(form, start, end, kept, score, guessed)


def _read_headings(group: list[Marker], lines: Sequence[str], end: int) -> Layout:
    """Name and date in one line above each body."""
    found: list[Found | None] = []
    for marker, following in zip(group, [*group[1:], None], strict=True):
        last = following.line if following else end
        first = marker.line + 1
        if (
            first < last
            and marker.name
            and lines[first].casefold() in (marker.name.casefold(), f"{marker.name}'s picture".casefold())
        ):
            first += 1
        found.append(_found(marker, lines, first, last))
    start = _numbered_start(group[0].line, lines)
    return _layout("name and date above each comment", start, end, found, group)


def _numbered_start(line: int, lines: Sequence[str]) -> int:
    """Take the comment's number, where it stands on a line of its own above the heading, along."""
    return line - 1 if line > 1 and re.fullmatch(r"#?1[.)]?", lines[line - 1]) else line


def _read_footers(group: list[Marker], lines: Sequence[str], floor: int, end: int) -> Layout:
    """Name and date in one line below each body."""
    starts = [_after_name(lines, a, b) for a, b in itertools.pairwise(group)]
    if group[0].line <= floor:
        group, floor = group[1:], group[0].line + 1
        if not group:
            return Layout("", 0, 0, (), 0.0)
        start, guessed, first = floor, False, floor
    else:
        sizes = [b.line - first for (_, first), b in zip(starts, group[1:], strict=True)]
        start, first, guessed = _first_start(group[0], lines, floor, sizes)
        starts = [(start, first), *starts]
        return _layout(
            "name and date below each comment",
            start,
            end,
            [_found(marker, lines, body, marker.line) for marker, (_, body) in zip(group, starts, strict=True)],
            group,
            guessed=guessed,
        )
    found = [_found(marker, lines, body, marker.line) for marker, (_, body) in zip(group, starts, strict=True)]
    return _layout("name and date below each comment", start, end, found, group, guessed=guessed)


def _after_name(lines: Sequence[str], before: Marker, own: Marker) -> tuple[int, int]:
    """Where a comment with a footer starts, and where its body does: the name may stand above the body as well."""
    start = before.line + 1
    while start < own.line - 1 and (is_button(lines[start]) or is_empty_mark(lines[start])):
        start += 1
    if own.name and start < own.line - 1 and name_of(lines[start]).casefold() == own.name.casefold():
        return start, start + 1
    return start, start


def _first_start(marker: Marker, lines: Sequence[str], floor: int, sizes: Sequence[int]) -> tuple[int, int, bool]:
    """Where the first comment above a footer starts: at its name, at a heading of comments, else as it reads."""
    for i in range(marker.line - 1, max(floor, marker.line - 40) - 1, -1):
        if is_comments_heading(lines[i]):
            return i + 1, i + 1, False
        if marker.name and i < marker.line - 1 and name_of(lines[i]).casefold() == marker.name.casefold():
            return i, i + 1, False
    if floor > 1:
        return floor, floor, False
    start = first_comment_start(lines, max(floor, 1), marker.line, sizes, hailed_names(lines[marker.line :]))
    return start, start, True


def _read_says(group: list[Marker], lines: Sequence[str], end: int) -> Layout:
    """ "X says:" above each body, without a date."""
    found = [
        _found(marker, lines, marker.line + 1, following.line if following else end)
        for marker, following in zip(group, [*group[1:], None], strict=True)
    ]
    return _layout("name with a verb of saying above each comment", group[0].line, end, found, group)


def _read_date_lines(
    group: list[Marker], lines: Sequence[str], markers: Sequence[Marker], floor: int, end: int, *, footer: bool
) -> Layout | None:
    """The date on a line of its own: find where the name stands, above or below the date or above the body."""
    saying = {marker.line: marker for marker in markers if marker.kind == "says" and marker.line < end}
    if footer:
        return _read_date_footers(group, lines, saying, floor, end)
    above = [
        m.line > floor - 1 and m.line > 0 and (m.line - 1 in saying or is_name(name_of(lines[m.line - 1])))
        for m in group
    ]
    below = [m.line + 1 < end and is_name(name_of(lines[m.line + 1])) for m in group]
    if sum(below) > sum(above) or (sum(below) == sum(above) and below[0] and not above[0]):
        found = []
        for marker, following in zip(group, [*group[1:], None], strict=True):
            last = following.line if following else end
            named = marker.name is None and marker.line + 1 < last - 1
            name = name_of(lines[marker.line + 1]) if named else None
            found.append(_found(marker, lines, marker.line + 1 + named, last, name))
        return _layout("date line, then name line", group[0].line, end, found, group)
    if sum(above) >= len(group) * MOST:
        return _read_name_then_date(group, lines, saying, end)
    found = [
        _found(marker, lines, marker.line + 1, following.line if following else end)
        for marker, following in zip(group, [*group[1:], None], strict=True)
    ]
    return _layout("date line above each comment", group[0].line, end, found, group)


def _read_name_then_date(group: list[Marker], lines: Sequence[str], saying: dict[int, Marker], end: int) -> Layout:
    """The name on the line above the date line."""
    found: list[Found | None] = []
    heads = [_name_line(marker, lines, saying) for marker in group]
    for marker, following in zip(range(len(group)), [*heads[1:], None], strict=True):
        own, head = group[marker], heads[marker]
        last = following if following is not None else end
        first = own.line + 1
        said = saying.get(head)
        name = own.name or (said.name if said else name_of(lines[head]) if head < own.line else None)
        first = _skip_clock(lines, first, last)
        found.append(_found(own, lines, first, last, name))
    start = _numbered_start(heads[0], lines)
    return _layout("name line, then date line", start, end, found, group)


def _name_line(marker: Marker, lines: Sequence[str], saying: dict[int, Marker]) -> int:
    """The line of the name above a date line: the line itself where it holds the name."""
    if marker.name is not None or marker.line == 0:
        return marker.line
    return marker.line - 1


def _skip_clock(lines: Sequence[str], first: int, last: int) -> int:
    """A time on a line of its own below the date belongs to the heading."""
    if first < last - 1:
        marker = read_marker(lines[first], first)
        if marker is not None and marker.kind == "date" and marker.weight == 1.0:
            return first + 1
    return first


def _read_date_footers(
    group: list[Marker], lines: Sequence[str], saying: dict[int, Marker], floor: int, end: int
) -> Layout:
    """The date below the body; the name above it, with a verb of saying or alone, or nowhere."""
    previous = [floor - 1, *(marker.line for marker in group[:-1])]
    spoken = [
        next((i for i in range(m.line - 1, p, -1) if i in saying), None) for m, p in zip(group, previous, strict=True)
    ]
    if sum(head is not None for head in spoken) >= len(group) * MOST:
        found = []
        for marker, head, before in zip(group, spoken, previous, strict=True):
            said = saying[head] if head is not None else None
            first = head + 1 if head is not None else before + 1
            found.append(_found(marker, lines, first, marker.line, said.name if said else None))
        start = next(head for head in spoken if head is not None)
        layout = _layout("name above, date below each comment", _numbered_start(start, lines), end, found, group)
        return replace(layout, score=layout.score + len(group))
    heads = [before + 1 for before in previous[1:]]
    while_named = [
        name_of(lines[i]) if is_name(name_of(lines[i])) and i < m.line - 1 else None
        for i, m in zip(heads, group[1:], strict=True)
    ]
    sizes = [m.line - i for i, m in zip(heads, group[1:], strict=True)]
    named = bool(heads) and sum(name is not None for name in while_named) >= len(heads) * MOST
    start, first, guessed = _first_start(group[0], lines, floor, sizes)
    name = None
    if named or not heads:
        near = [
            i for i in range(group[0].line - 2, max(floor, group[0].line - 12) - 1, -1) if is_name(name_of(lines[i]))
        ]
        if near:
            start, first, guessed, name = near[0], near[0] + 1, False, name_of(lines[near[0]])
    found = [_found(group[0], lines, first, group[0].line, name)]
    for marker, head, own in zip(group[1:], heads, while_named, strict=True):
        found.append(_found(marker, lines, head + (named and own is not None), marker.line, own if named else None))
    return _layout("date below each comment", start, end, found, group, guessed=guessed)


def _read_buttons(lines: Sequence[str]) -> Layout | None:
    """Only the button below each comment is left ("ReplyDelete"); the first start is guessed from how it reads."""
    buttons = [i for i, line in enumerate(lines) if is_separator(line)]
    while buttons and buttons[0] < 1:
        buttons = buttons[1:]
    if not buttons:
        return None
    spans = list(itertools.pairwise(buttons))
    sizes = [b - a - 1 for a, b in spans if b - a > 1]
    start = first_comment_start(lines, 1, buttons[0], sizes, hailed_names(lines[buttons[0] :]))
    pieces = [(start, buttons[0]), *((a + 1, b) for a, b in spans)]
    found = [
        Found(*trim(lines, first, last))
        for first, last in pieces
        if first < last and not all(map(is_chrome, lines[first:last]))
    ]
    rest = list(lines[buttons[-1] + 1 :])
    end = buttons[-1] + 1
    if found and is_rule_button(lines[buttons[-1]]) and 1 <= len(rest) <= SIGNATURE_LINES:
        found[-1] = replace(found[-1], name=rest[0], signature=" ".join(rest[1:]) or None)
        end = len(lines)
    score = 3.0 + 0.5 * (
        len(found) - 1
    )  # a button alone is a sure cue of one comment, and weaker than any name and date
    return Layout("a button below each comment", start, end, tuple(found), score, True)
