"""Comments headed by a bare name on a line of its own, without date, verb or button.

Section headings look the same. What tells them apart is the page: readers come back, are addressed by name, sign with
user names, and what stands below their names reads like comments, down to the page's end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from analysis.pages.chrome import is_chrome, is_form
from analysis.pages.markers import is_name, name_of
from analysis.pages.register import opening_score
from analysis.pages.spans import Found, Layout, trim

LEAST_SCORE = 3.0  # below it, headings of essays pass for names (measured on comment-free pages of the open half)
ORDINARY_FROM = 200_000  # characters of the page whose words are looked at
LEAST_BODY, MENU_ITEM = 12, -2.5  # characters; what is shorter, or could be a name itself, is an item of a menu
LONGEST_BODY = 2500  # characters below one name; sections of essays are longer, comments hardly ever
REPEATED, ADDRESSED, USER_NAME, LONG_BODY = 1.3, 1.0, 0.8, -1.0
ORDINARY_WORDS = -1.0  # every word of the line is an ordinary word of the page: a section heading
_NO_HEAD = re.compile(
    r"^(?:(?:viele|liebe|beste|herzliche|schöne) grü(?:ß|ss)e.*|lg\b.*|mfg\b.*|gruß.*|saludos.*|un saludo.*|bises.*"
    r"|abraços?.*|best regards.*"
    r"|hi|hello|hey|dear|hallo|liebe[rs]?|hola|cheers|regards|thanks|thank you|best|love|xx*o*\b.*|etc"
    r"|related|tags|advertisement|ps|lol|update|author|sources?|references|notes?|links?)\b",
    re.IGNORECASE,
)
_LOWER_WORD = re.compile(r"(?<![\w@])[a-zß-ÿ]{3,}")
_URL_NAME = re.compile(r"^https?://\S+\s(?P<name>\S.{0,40})$")
_USER_NAME = re.compile(r"^\S*(?:\d|_)\S*$|^[a-zß-ÿ]\S{2,}$|^[A-Z]?[a-z]+[A-Z]\w*$")
_PERSON = re.compile(r"^[A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*){1,2}$")


def find_bare_names(lines: Sequence[str]) -> Layout | None:
    """Read a page's end as comments below bare names, or None where it does not read so.

    Parameters
    ----------
    lines : sequence of str
        The page's lines, stripped, without empty ones.

    Returns
    -------
    Layout or None

    Examples
    --------
    >>> page = ["A long essay about soup.", "soupfan7", "I love this! Thanks."]
    >>> page += ["Ann", "@soupfan7 me too", "soupfan7", "Glad you like it too"]
    >>> layout = find_bare_names(page)
    >>> layout.start, [comment.name for comment in layout.comments]
    (1, ['soupfan7', 'Ann', 'soupfan7'])
    """
    end = next((i for i in range(1, len(lines)) if is_form(lines[i])), len(lines))
    heads = _heads(lines[:end])
    if not heads:
        return None
    ordinary = frozenset(_LOWER_WORD.findall("\n".join(lines)[:ORDINARY_FROM]))
    stops = [*(head for head, _ in heads[1:]), end]
    counts = Counter(name.casefold() for _, name in heads)
    firsts = frozenset(name.split()[0] for name in counts)
    gains = [
        _gain(name, lines[head + 1 : stop], ordinary, firsts) + REPEATED * (counts[name.casefold()] > 1)
        for (head, name), stop in zip(heads, stops, strict=True)
    ]
    best, best_score, total = len(heads), 0.0, 0.0
    for k in range(len(heads) - 1, -1, -1):
        total += gains[k]
        if total > best_score:
            best, best_score = k, total
    if best == len(heads) or best_score < LEAST_SCORE:
        return None
    found = []
    for (head, name), stop in zip(heads[best:], stops[best:], strict=True):
        first, last = trim(lines, head + 1, stop)
        if first < last:
            found.append(Found(first, last, name))
    return Layout("bare name above each comment", heads[best][0], end, tuple(found), best_score)


def _heads(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Lines that could be names, each with a body below it; the line below a name is its body."""
    heads: list[tuple[int, str]] = []
    for i in range(1, len(lines) - 1):
        if heads and heads[-1][0] == i - 1:
            continue
        address = _URL_NAME.match(lines[i])
        name = address["name"] if address else name_of(lines[i])
        if (address or is_name(name)) and not is_chrome(lines[i]) and not _NO_HEAD.match(name):
            heads.append((i, name))
    return heads


def _gain(name: str, body: Sequence[str], ordinary: frozenset[str], firsts: frozenset[str]) -> float:
    """How much one name and its body speak for being a comment."""
    text = "\n".join(body)
    gain = max(-1.5, min(2.0, opening_score(text, firsts) + 0.3))
    if _USER_NAME.match(name):
        gain += USER_NAME
    elif all(word in ordinary for word in re.findall(r"\w+", name.casefold())):
        gain += ORDINARY_WORDS
    elif _PERSON.match(name):
        gain += 0.3
    elif len(name.split()) > 2:
        gain -= 0.8
    if len(text) > LONGEST_BODY:
        gain += LONG_BODY
    if len(text) < LEAST_BODY or is_name(text):
        gain += MENU_ITEM
    return gain
