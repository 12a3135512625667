"""Bylines of an essay: who wrote it, on which day, and whether the line is the page's own furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.pages.dates import parse_date
from analysis.pages.markers import is_name, read_marker

BYLINE_REACH = 5  # lines from either end of the essay in which a byline may stand
LONGEST_BYLINE = 140  # characters; a longer line that starts with "by" is a sentence
TOP_LINES = 4  # a byline below a title, a subtitle and a date is the fourth line
_DAY = 10  # characters of an ISO date that names the day

_BYLINE = re.compile(
    r"^(?:(?:posted|written|published|submitted|article|story|text|verfasst|geschrieben|publié|escrito|scritto"
    r"|guest post)\s)?"
    r"(?:by|von|par|por|di)\s?:?\s(?P<name>[^|,•·–—]{2,60}?)(?:\s(?:on|at|am|le|el|em|il)\s.{4,60}|\s?["
    r"|,•·–—].{0,80}|\s\d.{0,40})?$",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(r"^(?:author|autor|auteur|autore)\s?:\s?(?P<name>.{2,60})$", re.IGNORECASE)
_FORMULA = re.compile(
    r"^(?P<lead>(?:posted|submitted|published|written|entered|eingestellt|veröffentlicht|geschrieben|publié|publicado"
    r"|enviado|escrito|pubblicato|inviato|postado)\s(?:by|von|par|por|da))\s?:?\s(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def byline_name(line: str) -> str | None:
    """The name in a byline, or None where the line is none.

    Examples
    --------
    >>> byline_name("Posted by Ann Lee on May 3, 2012 | Permalink"), byline_name("By the river stood a mill.")
    ('Ann Lee', None)
    """
    if len(line) > LONGEST_BYLINE:
        return None
    found = _AUTHOR_LABEL.match(line) or _BYLINE.match(line)
    if found and is_name(found["name"].strip(" .")):
        return found["name"].strip(" .")
    marker = read_marker(line, 0)
    if (
        marker is not None
        and marker.name
        and re.search(r"\b(?:by|von|par|por|da)\b", marker.lead)
        and is_name(marker.name)
    ):
        return marker.name
    return None


def byline_lead(line: str) -> str | None:
    """The words a blog's program writes before the name ("posted by"), where name and full day follow them.

    Examples
    --------
    >>> byline_lead("Submitted by Ann Lee on Tue, 01/15/2008 - 08:30"), byline_lead("by Ann Lee on May 3, 2012")
    ('submitted by', None)
    >>> byline_lead("Posted by Ann Lee at 1:28 AM") is None
    True
    """
    found = _FORMULA.match(line) if len(line) <= LONGEST_BYLINE else None
    if found is None or byline_name(line) is None or len(parse_date(found["rest"]) or "") < _DAY:
        return None
    return " ".join(found["lead"].casefold().split())


def near_ends(essay: Sequence[str]) -> list[str]:
    """The lines in which a byline may stand: the first and the last few."""
    return [*essay[:BYLINE_REACH], *essay[BYLINE_REACH:][-BYLINE_REACH:]]


def byline_date(essay: Sequence[str]) -> str | None:
    """The day of the first byline that has one, as ISO 8601; None without.

    Examples
    --------
    >>> byline_date(["The Mill", "By Ann Lee on May 3, 2012", "A mill stood here on May 9, 2001."])
    '2012-05-03'
    """
    return next((day for line in near_ends(essay) if byline_name(line) and (day := parse_date(line))), None)


def template_bylines(lines: Sequence[str], stop: int, headings: Sequence[str]) -> tuple[int, ...]:
    """Which lines are bylines that the blog's program set, and so no part of the essay.

    Above the essay only a byline in the form of the page's own comment headings is one: a line such as "by Ann Lee"
    there may be the author's, and the gold pages count it to the essay. Below the essay the program's words and a
    full day are enough.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.
    stop : int
        The line at which the essay's last stretch ends.
    headings : sequence of str
        The headings and footers of the page's comments.

    Returns
    -------
    tuple of int
        Their places in ``lines``, ascending.

    Examples
    --------
    >>> template_bylines(["The Mill", "A mill stood here.", "Posted by Ann Lee on May 3, 2012 | Permalink"], 3, [])
    (2,)
    """
    used = [" ".join(heading.casefold().split()) for heading in headings]
    found = []
    for i in range(1, min(TOP_LINES, stop - 1)):
        lead = byline_lead(lines[i])
        if lead and any(heading.startswith(f"{lead} ") for heading in used):
            found.append(i)
    if stop > 1 and byline_lead(lines[stop - 1]):
        found.append(stop - 1)
    return tuple(found)
