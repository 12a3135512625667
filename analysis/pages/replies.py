"""Who wrote the essay, and which comment a comment answers, told from names alone.

Texts keep no threads: an answer shows by the name it opens with ("Ann, thank you") or by a number ("@9"). What cannot
be told
stays None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.pages.markers import is_name, read_marker

LEAST_NAME = 2  # letters of a name that may be looked for in a text
BYLINE_REACH = 5  # lines from either end of the essay in which a byline may stand
_BYLINE = re.compile(
    r"^(?:(?:posted|written|published|article|story|text|verfasst|geschrieben|publié|escrito|scritto|guest post)\s)?"
    r"(?:by|von|par|por|di)\s?:?\s(?P<name>[^|,•·–—]{2,60}?)(?:\s(?:on|at|am|le|el|em|il)\s.{4,60}|\s?["
    r"|,•·–—].{0,80}|\s\d.{0,40})?$",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(r"^(?:author|autor|auteur|autore)\s?:\s?(?P<name>.{2,60})$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^(?:(?:hi|hello|hey|dear|thanks|thank you|hallo|liebe[rs]?|danke|hola|gracias|merci|bonjour|ciao"
    r"|grazie|olá|obrigad[oa]|yes|yeah|sorry)[\s,]+)?"
    r"@?(?P<name>[^\W\d_][\w.'’-]{1,30}(?:\s[^\W\d_][\w.'’-]{1,20}){0,2})\s?(?:[,:!.–—-]|$)",
    re.IGNORECASE,
)
_MENTION = re.compile(r"@\s?(?P<name>[^\W\d_][\w.'’-]{1,30}(?:\s[A-ZÀ-Þ][\w.'’-]{1,20})?)")
_ORDINAL = re.compile(r"^(?:@\s?#?|#)(?P<number>\d{1,4})\b")
_PRAISED = re.compile(
    r"\b(?:post|article|piece|job|work|stuff|thanks|thank you|tips|list|hi|hello|hey|dear|danke|liebe[rs]?"
    r"|gracias|hola|merci)[\s,]+"
    r"(?P<name>[A-ZÀ-Þ][\w'’-]{1,20})\b(?=\s?[!,.:]|\s[-–—]|$)"
)


def essay_author(
    essay: Sequence[str], names: Sequence[str | None], bodies: Sequence[str]
) -> tuple[str | None, str | None]:
    """Say who wrote the essay, and under which of the comments' names its author answers.

    Parameters
    ----------
    essay : sequence of str
        The essay's lines.
    names, bodies : sequence
        Author and text of each comment, in page order.

    Returns
    -------
    author, signs_as : str or None
        The author as the byline has it, else as the comments show it; and the name used in the comments,
        where one is the author's.

    Examples
    --------
    >>> essay_author(["By Ann Lee", "An essay."], ["Bo", "Ann Lee"], ["Nice.", "Bo, thank you."])
    ('Ann Lee', 'Ann Lee')
    """
    byline = _byline(essay)
    used = [name for name in dict.fromkeys(names) if name]
    if byline:
        return byline, next((name for name in used if _same_person(byline, name)), None)
    shown = _shown_author(essay, used, names, bodies)
    return shown, shown


def _byline(essay: Sequence[str]) -> str | None:
    near = [*essay[:BYLINE_REACH], *essay[BYLINE_REACH:][-BYLINE_REACH:]]
    for line in near:
        if len(line) > 140:
            continue
        found = _AUTHOR_LABEL.match(line) or _BYLINE.match(line)
        if found and is_name(found["name"].strip(" .")):
            return found["name"].strip(" .")
        marker = read_marker(line, 0)
        if (
            marker is not None
            and marker.name
            and re.search(r"\b(?:by|von|par|por)\b", marker.lead)
            and is_name(marker.name)
        ):
            return marker.name
    return None


def _same_person(a: str, b: str) -> bool:
    """Whether two names may be one person's: equal, or one is the first part of the other."""
    one, other = _plain(a), _plain(b)
    if one == other:
        return True
    first, second = sorted((a.casefold().split(), b.casefold().split()), key=len)
    return bool(first) and first == second[: len(first)] and len(first[0]) >= LEAST_NAME


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


def _shown_author(
    essay: Sequence[str], used: Sequence[str], names: Sequence[str | None], bodies: Sequence[str]
) -> str | None:
    """The commenter whom readers address by name before they spoke, or who answers several others by name."""
    praised = Counter(match["name"].casefold() for body in bodies for match in _PRAISED.finditer(body[:200]))
    whole = _plain("".join(essay)[:200_000])
    best, most = None, 0.0
    for name in used:
        own = [i for i, other in enumerate(names) if other == name]
        earlier = [(i, _addressed(bodies[i], names[:i])) for i in own]
        answers = sum(target is not None and names[target] != name for _, target in earlier)
        first = name.split()[0].casefold()
        before = sum(
            first in (m["name"].casefold() for m in _PRAISED.finditer(body[:200])) for body in bodies[: own[0]]
        )
        score = 1.0 * min(answers, 3) * (answers >= len(own) * 0.5) + 1.2 * min(before, 3) + 0.3 * (praised[first] > 1)
        score += 1.0 if len(_plain(name)) > 4 and _plain(name) in whole else 0.0
        if score > most and (answers or before):
            best, most = name, score
    return best if most >= 2.0 else None


def _addressed(body: str, earlier: Sequence[str | None]) -> int | None:
    """The latest earlier comment whose author a comment addresses, or None."""
    ordinal = _ORDINAL.match(body)
    if ordinal:
        place = int(ordinal["number"]) - 1
        return place if place < len(earlier) else None
    opening = body.split("\n", 1)[0][:120]
    found = [match["name"] for match in [_ADDRESS.match(opening), _MENTION.search(opening)] if match]
    for called in found:
        for i in range(len(earlier) - 1, -1, -1):
            name = earlier[i]
            if name and len(called) >= LEAST_NAME and _calls(called, name):
                return i
    return None


def _calls(called: str, name: str) -> bool:
    """Whether a form of address means a name: the whole of it, its first part, or both run together."""
    called, name = called.casefold().strip(" .,-"), name.casefold()
    first = name.split()[0]
    return called in (name, first) or _plain(called) == _plain(name) or called.split()[0] == first


def reply_targets(names: Sequence[str | None], bodies: Sequence[str]) -> list[int | None]:
    """For each comment the position of the comment it answers, or None where the text does not tell.

    Parameters
    ----------
    names, bodies : sequence
        Author and text of each comment, in page order.

    Returns
    -------
    list of int or None
        Positions from 0; an answer's target always stands before it.

    Examples
    --------
    >>> reply_targets(["Bo Ray", "Cy", "Ann"], ["Nice.", "Not so.", "Bo, thank you."])
    [None, None, 0]
    """
    targets: list[int | None] = []
    for i, body in enumerate(bodies):
        target = _addressed(body, names[max(0, i - 500) : i])
        target = None if target is None else target + max(0, i - 500)
        targets.append(None if target is not None and names[target] == names[i] else target)
    return targets
