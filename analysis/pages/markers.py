"""Reads one line as a comment's heading or footer: the name, the date and how the two are joined.

It does not decide whether the line is one: a line such as "Ann, 3 May 2012" also stands under essays. ``layouts``
decides
that over the whole page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from analysis.pages.stretches import LONGEST_LINE, DateStretch, find_date, split_glued

MarkerKind = Literal["named_date", "date", "says", "says_date"]
LONGEST_NAME = 70  # characters; pingbacks, whose author is the title of a page, are longer: see LONGEST_TITLE
LONGEST_TITLE = 130

# "says" in the languages of the cues; a verb that also opens quotations needs its colon or dots.
_SAYS = (
    r"says|said|wrote|writes|sagte|sagt|schrieb|schreibt|meint|meinte|dit|a dit|a écrit|écrit|dice|dijo"
    r"|dixo|escribió|escribe"
    r"|diz|disse|escreveu|ha detto|ha scritto|scrive|commented|comments|responded|replied"
    r"|пишет|говорит|написала?|сказала?|λέει|έγραψε|dedi ki|diyor ki|schreef|zegt|napisał|skrev|يقول|كتب|אומר|כתב"
)
_SAYS_END = re.compile(
    rf"(?<!^)(?:(?<=\s)|(?<=[a-zà-ÿ0-9)])(?=says|sagt|wrote|said)|(?<=responded))(?:{_SAYS})\s?(?:\.{{3}}|…|:|,|$)",
    re.IGNORECASE,
)
_WEAK_VERBS = ("posted", "added")  # bylines have them too
_POINTS = re.compile(r"(?<=\S)\s(?:\d{1,6}\s?(?:pts|points|punkte)|am permanenter link)$", re.IGNORECASE)
_SAYS_BEFORE_DATE = re.compile(
    rf"^(?P<name>\S.*?)(?:\s|(?<=[a-z0-9.]))(?P<verb>{_SAYS}|added|posted|reagiert"
    rf"|kommentierte)(?:\sto\s.{{1,60}})?(?:\s(?:on|at|am|le|el|em|il|o))?\s?:?\s?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:[#(\[]?\d{1,8}[.)\]]?(?=\s|$)|[+-]\d{1,4}(?=\s)|#\d{1,5}|comment (?:number|no\.?|#)\s?\d{1,5}\.?"
    r"|comentario \d+|kommentar \d+|pg(?=\s[A-Za-z])|[•·|*–—>»/,-]+|\s+"
    r"|(?:comment\s)?(?:posted|written|submitted|left|verfasst|geschrieben|publié|publicado|enviado"
    r"|inviato|scritto|postado)"
    r"(?:\s(?:by|von|par|por|da|on|am|le|el|em|il))?(?=[\s:])"
    r"|(?:comment|kommentar|commentaire|comentario|comentário|commento)(?=\s(?:by|von|par|de|por|da|di)\s)"
    r"|(?:by|von|par|por|da|di|from|on|am|le|em|at)(?=[\s:])|(?:pingback|trackback|ping)(?:\s(?:by|von|de"
    r"|from)\b|:)|:)\s*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:\s|[|,:•·–—>»«/#(\[-]|\((?:not verified|nicht überprüft|guest|gast|author|autor)\)?|\(#?\d+\)"
    r"|\bon|\bat|\bam|\bum|\bpermalink\w*|\breply|\bantworten"
    r"|(?-i:\ble|\bel|\bem|\bil)"  # "Ada le 12 mars"; small letters only, as people are called Le
    r"|\bzitieren|\bpermanenter link|\bhomepage|\bjournal|\bmobile)+$",
    re.IGNORECASE,
)
_PINGBACK = re.compile(r"\s*(?:pingback|trackback|ping)\b", re.IGNORECASE)
_TWEET = re.compile(r"[—–-]+\s?[^()]{1,60}\(@\w{1,20}\)")  # the line under a quoted tweet
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\((?:\d+|[^()]{0,20}\d{3,}[^()]{0,20})\)")
_NO_NAME = re.compile(
    r"\b(?:updated?|published|modified|created|last|tracked|filed|first|originally|edited|date|copyright"
    r"|photo|image|source|category"
    r"|since|until|from|between|deadline|views?|comments?|responses?|aktualisiert|veröffentlicht|stand"
    r"|publié|actualizado|publicado)\b"
    r"(?!\s@)",
    re.IGNORECASE,
)
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "the of was is are were has have had will would that this with and but for not you we they he she it in to be"
        " been as if or so what which when there their his her our your my me us der die das und ist war mit nicht ein"
        " eine sich les des est une dans pour que los las una para con che per non",
    )
)
_NAME_END = re.compile(r"[.!?…;]$")
# A full stop after a word ends a sentence, but not after "Prof." before a name.
_SENTENCE = re.compile(r"[a-z]{3,}(?<!\bProf)(?<!\bprof)[.!?;:]\s+[A-Za-z]|[?!…;]{1}\s*$|[,:]\s.*[,:]\s")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line would say if it were a comment's heading or footer.

    Attributes
    ----------
    line : int
        Its place on the page, from 0.
    kind : {"named_date", "date", "says", "says_date"}
        What it holds.
    name : str or None
        The name, cleaned of "by", numbers and votes.
    stretch : DateStretch or None
        Its date.
    lead : str
        The words before the name ("posted by"), lower-cased: they tell a byline from a comment's line.
    link : str or None
        An address that stands beside the name.
    pingback : bool
        Whether the line says it is a pingback or trackback.
    """

    line: int
    kind: MarkerKind
    name: str | None
    stretch: DateStretch | None
    lead: str = ""
    link: str | None = None
    pingback: bool = False

    @property
    def weight(self) -> float:
        """How much the line alone speaks for a comment: the date's weight, or 2.5 for "X says:"."""
        says = 2.5 if self.kind in ("says", "says_date") else 0.0
        return max(says, self.stretch.weight if self.stretch else 0.0)


def read_marker(text: str, line: int) -> Marker | None:
    """Read a line as a comment's heading or footer, or None where it cannot be one.

    Examples
    --------
    >>> read_marker("Posted by: Ann Lee | May 3, 2012 at 4:05 PM", 7).name
    'Ann Lee'
    >>> read_marker("Ann Lee says:", 7).kind
    'says'
    >>> read_marker("The ship left on May 3, 2012 and was never seen again, not even by those who knew her.", 7) is None
    True
    """
    if not text or len(text) > LONGEST_LINE:
        return None
    text = split_glued(text)
    pingback = _is_pingback(text)
    stretch = find_date(text)
    if stretch is None:
        return _says(text, line)
    before, after = text[: stretch.start].strip(), text[stretch.end :].strip()
    longest = LONGEST_TITLE if pingback else LONGEST_NAME
    if len(_LEAD.sub("", before)) > longest + 25 or len(_URL.sub("", after)) > longest:
        return None
    if sum(word.casefold() in _FUNCTION_WORDS for word in after.split()) > 1 or _TWEET.match(text):
        return None
    link = _URL.search(before) or _URL.search(after)
    verb = _SAYS_BEFORE_DATE.match(before)
    ending = _SAYS_END.search(after) or (_SAYS_END.search(before) if not verb else None)
    name, lead = _residue(verb["name"] if verb else _SAYS_END.sub("", before), longest)
    if name is None and lead is not None:
        name, lead_after = _residue(_SAYS_END.sub("", after), longest)
        if name is None and lead_after is None:
            return None
        lead = f"{lead} D {lead_after or ''}".strip()
    elif name is None:
        return None
    address = link.group() if link else None
    if name is None:
        return Marker(line, "date", None, stretch, lead or "", address, pingback)
    kind: MarkerKind = "says_date" if ending or (verb and verb["verb"].casefold() not in _WEAK_VERBS) else "named_date"
    return Marker(line, kind, name, stretch, lead or "", address, pingback)


def _is_pingback(text: str) -> bool:
    return bool(_PINGBACK.match(text))


def _residue(text: str, longest: int) -> tuple[str | None, str | None]:
    """The name in what is left of a line, and the words before it; (None, None) if the line is no heading."""
    text = _PARENTHESIS.sub("", _URL.sub("", text)).strip()
    lead = _LEAD.match(text)
    head = lead.group().strip().casefold() if lead else ""
    rest = _TAIL.sub("", text[lead.end() :] if lead else text).strip(" \t\"“”'|,•·–—-:")
    if not _LETTER.search(rest):
        only_number = re.fullmatch(r"\W*\d{0,12}\W*", rest)
        return (None, head) if only_number else (None, None)
    signed = "by" in head or "von" in head  # "Posted by" says that a name follows, whatever it is
    if len(rest) > longest or _SENTENCE.search(rest) or not (signed or is_name(rest, loose=True)):
        return None, None
    return rest, re.sub(r"\d+", "9", head)


def _says(text: str, line: int) -> Marker | None:
    """Read "X says:", "X said..." and the like, where the line holds no date."""
    if len(text) > LONGEST_NAME + 30:
        return None
    ending = _SAYS_END.search(text) or _POINTS.search(text)
    if ending is None or ending.end() != len(text) or ending.start() == 0:
        return None
    name, lead = _residue(text[: ending.start()], LONGEST_NAME)
    if name is None:
        return None
    return Marker(line, "says", name, None, lead or "")


def is_name(text: str, *, loose: bool = False) -> bool:
    """Whether a short line could be a person's or a reader's name.

    Parameters
    ----------
    text : str
        The line.
    loose : bool
        True where a date or a verb stands beside it already, so that "Ann @ The Garden Path" and titles pass.

    Examples
    --------
    >>> is_name("Ann W. Lee"), is_name("runner_77"), is_name("It was the best of times.")
    (True, True, False)
    """
    text = text.strip()
    if not text or len(text) > LONGEST_TITLE or not _LETTER.search(text):
        return False
    found = text.split()
    if loose:
        few = sum(word.casefold() in _FUNCTION_WORDS for word in found)
        return not _NO_NAME.match(text) and not _SENTENCE.search(text) and few <= max(1, len(found) // 3)
    if len(text) > 40 or len(found) > 5 or _URL.search(text):
        return False
    if _NAME_END.search(text) and not re.search(r"\b\w{1,3}\.$", text):
        return False
    if _SENTENCE.search(text) or _NO_NAME.search(text) or text[0] in '-–—•*·([{<>“"…:+=':
        return False
    return not any(word.casefold() in _FUNCTION_WORDS for word in found[:1] + found[2:]) and text[-1] not in ",:"


def name_of(line: str) -> str:
    """The name on a line of its own, without its number ("12. Ann"), votes or a colon.

    Examples
    --------
    >>> name_of("Comment number 276. Ann Lee"), name_of("Ann:")
    ('Ann Lee', 'Ann')
    """
    if len(line) > LONGEST_LINE:
        return line
    lead = _LEAD.match(line)
    rest = line[lead.end() :] if lead else line
    return (_TAIL.sub("", _URL.sub("", rest)).strip() or line).strip()
