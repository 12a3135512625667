"""The words around a name in the head of a comment: "X says:", "Posted by X on", in the languages of the pages."""

from __future__ import annotations

import functools
import re

LONGEST_NAME = 100  # characters; what is longer is a sentence, not a name
LONGEST_LINE = 400  # characters around a name; the patterns take time with the square of a longer line
EDGES = " \t\n:|•·–—-,\u200b\u200e"

_SAYS = (
    r"says?|said|wrote|writes|sagt|sagte|schrieb|schreibt|meint|meinte|dit|a dit|a écrit|écrit|dijo|dice|escribió|"
    r"disse|diz|ha detto|scrive|ha scritto|commented|comments|replied|answered|antwortet|antwortete|responded|"
    r"posted|kommentierte|kommentiert|zegt|schreef|skrev|napisał|пишет|говорит"
)
TRAILING_SAYS = re.compile(
    rf"(?:(?:\s+|^)(?:{_SAYS})(?:\s+(?:on|am|le|el|em|il|at|this))?|\s+(?:on|at))?\s*(?:[:,…|•·–—-]|\.{{2,}})*\s*$",
    re.IGNORECASE,
)
_LEADING_BY = re.compile(
    r"^(?:(?:posted|written|comment|commented|submitted|sent|reply|review) (?:by|from)|by|from|name|kommentar von|"
    r"(?:pingback|trackback)(?: von| by| from| de| par)?|geschrieben von|posté par|publié par|commentaire de|écrit par|"
    r"soumis par|publicado por|enviado por|comentario de|escrito por|inviato da|scritto da|postado por)\b\s*[:|]?\s+",
    re.IGNORECASE,
)
HEAD_PATTERNS = [
    re.compile(rf"^(?P<name>[^:|\n]{{1,80}}?)[,]?\s+(?:{_SAYS})\b", re.IGNORECASE),
    re.compile(
        r"(?:posted|written|commented|submitted|comment|kommentar|geschrieben|eingetragen|verfasst|par|publicado|"
        r"enviado|commentaire|comentario|inviato|scritto)\s*(?:by|from|von|par|por|de|da)?\s*:?\s+"
        r"(?P<name>\S.{0,79}?)\s*(?:\||,|\bon\b|\bat\b|\bam\b|\ble\b|\bel\b|\bem\b|\bil\b|–|—| - |\d|$)",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:by|von|par|por|da|de)\s+(?P<name>\S.{0,79}?)\s*(?:\||,|\bon\b|\bat\b|\bam\b|\ble\b|\d|$)", re.IGNORECASE
    ),
    re.compile(
        r"^(?:#?\d[\d.]*\s+)?(?P<name>[^|\n\d]{1,80}?)\s+(?:on|am|le|el|em|il|at|\||–|—)\s+(?=.{0,20}\d)", re.IGNORECASE
    ),
]


@functools.lru_cache(maxsize=8192)
def clean_name(raw: str) -> str | None:
    """Cut a name out of its line, or give None where the line holds none.

    Examples
    --------
    >>> clean_name("Posted by: Ann B. |"), clean_name("Ann says:"), clean_name("Ann B. on"), clean_name(" : ")
    ('Ann B.', 'Ann', 'Ann B.', None)
    """
    raw = raw.strip(EDGES + "\n")
    if len(raw) > LONGEST_LINE:
        return None
    name = _LEADING_BY.sub("", raw + " ").strip()
    for _ in range(2):  # "Ann on ... said:" once the date is out
        name = TRAILING_SAYS.sub("", name).strip(EDGES) or name.strip(EDGES)
    return name if name and len(name) <= LONGEST_NAME else None
