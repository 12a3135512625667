"""The date of one comment: which elements hold it, and what they say to readers and to machines."""

from __future__ import annotations

import re

from analysis.pages.comment_names import date_level
from analysis.pages.dates import parse_date
from analysis.pages.html_tree import Element, text_of

LONGEST_STAMP = 120  # characters of a date line, with "at", "permalink" and the like

_DAY = 10  # characters of an ISO date that names the day
_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\d[:.h]\d\d")
_PERMALINK = re.compile(r"#(?:[a-z]*comment|c\d|p\d)")

Labels = dict[Element, tuple[str, str]]  # class attribute and item property of each element of a comment


def date_nodes(around: list[Element], labels: Labels) -> list[Element]:
    """The elements that hold the date, outermost, surest names first tried; a mere "meta" box is the last resort."""
    levels: dict[int, list[Element]] = {}
    inside: dict[int, set[Element]] = {}  # what stands in those, so that a nest of boxes is gone through once
    for element in around:
        names, prop = labels[element]
        level = date_level(names, prop) if names or prop else 9
        tag = element.tag
        if tag in ("time", "relative-time", "abbr") and (
            element.get("datetime") or element.get("title") or tag == "time"
        ):
            level = 0
        elif tag == "a" and level > 2 and _PERMALINK.search(element.get("href") or ""):
            level = 2
        if level < 9 and element not in inside.get(level, ()) and is_short(element):
            levels.setdefault(level, []).append(element)
            inside.setdefault(level, set()).update(element.iter())
    for level in sorted(levels):
        outer = levels[level]
        if any(
            _DIGIT.search(" ".join([*e.itertext(), *(e.get(name) or "" for name in ("datetime", "title", "content"))]))
            for e in outer
        ):
            return outer
    titled = (
        e for e in around if _DIGIT.search(e.get("title") or "") and len(parse_date(e.get("title")) or "") >= _DAY
    )
    return [e for e in titled if is_short(e)][:1]


def is_short(element: Element) -> bool:
    """Whether an element's text is no longer than a date line; a long one is not read to its end."""
    size = blank = 0  # of the text without blanks at its ends; the blanks behind it so far
    for piece in element.itertext():
        bare = piece.strip()
        if not bare:
            blank += len(piece)
            continue
        lead = len(piece) - len(piece.lstrip())
        size += (blank + lead if size else 0) + len(bare)
        blank = len(piece) - lead - len(bare)
        if size > LONGEST_STAMP:
            return False
    return True


def date_of(nodes: list[Element]) -> tuple[str | None, str | None]:
    """The date as the page shows it, and as its mark-up has it for machines."""
    exact: str | None = None
    shown: list[str] = []
    for node in nodes:
        for element in node.iter():
            for name in ("datetime", "title", "content", "data-date", "data-time"):
                value = element.get(name) if exact is None else None
                if value and _DIGIT.search(value[:LONGEST_STAMP]) and parse_date(value[:LONGEST_STAMP]):
                    exact = value[:LONGEST_STAMP]
        text = " ".join(text_of(node).split())
        if text and text not in shown and (not shown or parse_date(shown[0]) is None or _TIME.search(text)):
            shown.append(text)
    raw = " ".join(shown[:3]) or exact
    return (raw[:LONGEST_STAMP] if raw else None), exact
