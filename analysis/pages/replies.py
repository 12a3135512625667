"""Who wrote the essay, and which comment a comment answers, told from names alone.

Texts keep no threads: an answer shows by the name it opens with ("Ann, thank you") or by a number ("@9"). What cannot
be told
stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.pages.bylines import byline_name, near_ends

LEAST_NAME = 2  # letters of a name that may be looked for in a text
HAIL_REACH, WHOLE_REACH = 200, 200_000  # characters of a comment, and of the essay, that are looked at
ANSWERS, HAILED, HAILED_TWICE, IN_ESSAY = 1.0, 1.2, 0.3, 1.0  # by hand: what each sign of being the author is worth
LEAST_SHOWN = 2.0  # two signs; one alone is any reader who answers another
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
    byline = next((name for line in near_ends(essay) if (name := byline_name(line))), None)
    used = [name for name in dict.fromkeys(names) if name]
    if byline:
        same = [name for name in used if _same_person(byline, name)]
        return byline, next((name for name in same if _plain(name) == _plain(byline)), same[0] if same else None)
    shown = _shown_author(essay, used, names, bodies)
    return shown, shown


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
    targets = reply_targets(names, bodies)
    hails = [{match["name"].casefold() for match in _PRAISED.finditer(body[:HAIL_REACH])} for body in bodies]
    hailed_at: dict[str, list[int]] = {}
    for i, called in enumerate(hails):
        for name in called:
            hailed_at.setdefault(name, []).append(i)
    own_at: dict[str, list[int]] = {}
    for i, own in enumerate(names):
        if own:
            own_at.setdefault(own, []).append(i)
    whole = _plain("".join(essay)[:WHOLE_REACH])
    best, most = None, 0.0
    for name in used:
        own_places, first = own_at[name], name.split()[0].casefold()
        answers = sum(targets[i] is not None for i in own_places)
        called_at = hailed_at.get(first, [])
        before = sum(i < own_places[0] for i in called_at)
        score = ANSWERS * min(answers, 3) * (answers >= len(own_places) / 2) + HAILED * min(before, 3)
        score += HAILED_TWICE * (len(called_at) > 1) + IN_ESSAY * (len(_plain(name)) > 4 and _plain(name) in whole)
        if score > most and (answers or before):
            best, most = name, score
    return best if most >= LEAST_SHOWN else None


def _keys(name: str) -> set[str]:
    """What a name may be called by: the whole of it, its first part, and all of it run together."""
    low = name.casefold().strip(" .,-")
    return {low, low.split()[0] if low else low, _plain(name)}


def _called(body: str) -> list[str]:
    """Forms of address in a comment's first line, the likeliest first."""
    opening = body.split("\n", 1)[0][:120]
    found = [match["name"] for match in (_ADDRESS.match(opening), _MENTION.search(opening)) if match]
    return [
        key for called in found if len(called) >= LEAST_NAME for key in sorted(_keys(called), key=len, reverse=True)
    ]


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
    last: dict[str, int] = {}  # the latest comment by each form of its author's name
    for i, (name, body) in enumerate(zip(names, bodies, strict=True)):
        ordinal = _ORDINAL.match(body)
        if ordinal:
            place = int(ordinal["number"]) - 1
            target = place if 0 <= place < i else None
        else:
            target = next((last[key] for key in _called(body) if key in last), None)
        targets.append(None if target is not None and name and names[target] == name else target)
        if name:
            last.update(dict.fromkeys(_keys(name), i))
    return targets
