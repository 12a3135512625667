"""Finds the stretch of a line that is a date, a time or an age ("3 days ago"), and its shape.

It does not turn a date into ISO 8601 (``dates`` does) and does not say whose date it is (``markers`` does).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.pages.dates import MORE_MONTHS

AGE_WEIGHT = 2.5  # "3 days ago": a byline has it more rarely than a date
LONGEST_LINE = 200  # a line that carries a comment's date is a heading or a footer; the longest met has 160 characters

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
    "|januar|jänner|februar|märz|maerz|mrz|juni|juli|oktober|okt|dezember|dez|mai"
    "|janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|janv|févr|juil|déc"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    "|ene|abr|ago|dic"
    "|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|fev|set|out"
    "|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|gen|mag|giu|lug|ott|"
) + "|".join(f"ב?{month}" if "א" <= month <= "ת" else month for month in MORE_MONTHS.replace(",", " ").split())
_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    "|segunda|terça|quarta|quinta|sexta|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira"
    "|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)
_MONTH = rf"(?:{_MONTHS})(?!\w)\.?"
_DAY = r"(?<!\d)[0-3]?\d(?:st|nd|rd|th|er|º|ª|\.)?(?![\d:])"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_ZONE = r"(?:\s?\(?(?:utc|gmt|[ecmp][sd]?t|cest|cet|bst|ist|aest|jst|uhr)(?!\w)(?:\s?[+-]\d{1,2})?\)?)?"
_UNIT = (
    "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
    "|sekunden?|minuten?|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?"
    "|secondes?|heures?|jours?|semaines?|mois|ans?|segundos?|minutos?|horas?|días?|dias?|semanas?|meses|mes|años?|anos?"
    "|secondi|minuti|ore|ora|giorn[io]|settiman[ae]|mes[ei]|ann[io]"
)
_COUNT = r"(?:\d{1,4}|an?|one|two|three|four|five|six|ein(?:e[mrn]?)?|une?|uno|uma|um)"
_PART = re.compile(
    r"(?P<ago>(?:(?:about|almost|over|less than)\s)?"
    rf"(?<!\w){_COUNT}\s?(?:{_UNIT})\s(?:ago|fa|atrás)(?!\w)"
    rf"|(?<!\w)(?:vor|hace|il y a|há)\s(?:etwa\s|environ\s)?{_COUNT}\s(?:{_UNIT})(?!\w))"
    r"|(?P<iso>(?<![\d/.-])(?:(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?!\d))"
    r"|(?P<yearfirst>(?<!\d)(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])"
    r"|(?P<numeric>(?<![\d/.-])\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)(?:(?:19|20)\d\d|\d\d)(?![\d/-]))"
    rf"|(?P<monthfirst>(?<!\w){_MONTH}\s{{0,2}}{_DAY}(?:,?\s{{0,2}}{_YEAR}|,\s{_YEAR})?)"
    rf"|(?P<dayfirst>(?<![^\W\d_]){_DAY}(?:\s?(?:de|of|di)\s|[\s-]{{0,2}}){_MONTH}(?:,?(?:\s(?:de|del|of)\s|[\s-]{{0,2}}){_YEAR})?)"
    rf"|(?P<monthyear>(?<!\w){_MONTH}\s{_YEAR})"
    rf"|(?P<clock>(?<![\d:.])[0-2]?\d(?:[:.][0-5]\d(?:[:.][0-5]\d)?|h[0-5]\d)(?![\d:])(?:\s?[ap]\.?m\.?(?!\w))?{_ZONE}"
    rf"|(?<![\d:.])1?\d\s?[ap]\.?m\.?(?!\w){_ZONE})"
    rf"|(?P<weekday>(?<!\w)(?:{_WEEKDAYS})(?!\w)[.,]?)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MAY_HOLD_DATE = re.compile(
    r"\d|\b(?:ago|vor|hace|il y a|há|fa|atrás)\b", re.IGNORECASE
)  # spares most lines the search
_GLUE = re.compile(
    r"[\s,.@|·•:/()–—-]{0,4}(?:(?:at|um|às|as|a las|à|a|alle|alle ore|ore|kl|on|am|the|le|el|of"
    r"|om|o|saat|в|στις|في|בשעה)(?=[\s:.(]"
    r"|\d))?[\s,.@|·•:/()–—-]{0,4}",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(rf"{_YEAR}|[年년]|\d[-/.]\d{{1,2}}[-/.]\d\d")
# A glued month must be capitalised ("about 2 hours" holds none), so letters without capitals are left out.
_TITLED = "|".join(month.title() for month in _MONTHS.split("|") if month.title() != month)
_GLUED_NAME = re.compile(
    rf"(?<=[^\W_])(?=(?:{_TITLED})\s\d)|(?<=[^\W\d_])(?=[01]?\d/[0-3]?\d/\d\d)|(?<=[.!)])(?=(?:{_TITLED})\s\d)"
)
_SHAPE_WORD = re.compile(
    rf"(?P<M>(?<!\w)(?:{_MONTHS})(?!\w)\.?)|(?P<W>(?<!\w)(?:{_WEEKDAYS})(?!\w))|(?P<P>[ap]\.?m\.?(?!\w))"
    rf"|(?P<U>(?<!\w)(?:{_UNIT})(?!\w))"
    r"|(?P<D>\d+(?:st|nd|rd|th)?)|(?P<S>\s+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateStretch:
    """Where in a line a date stands, and what it looks like.

    Attributes
    ----------
    start, end : int
        ``line[start:end]``, in characters.
    text : str
        The stretch itself.
    shape : str
        The stretch with digits, months, weekdays and units replaced by one letter each: comments of one page share it.
    weight : float
        How much it speaks for a comment's date: 3 a full date, 4 with a time, 2.5 an age, 1.5 a day and
        month, 1 a time.
    """

    start: int
    end: int
    text: str
    shape: str
    weight: float


def find_date(line: str) -> DateStretch | None:
    """Find the longest date stretch of one line.

    Parameters
    ----------
    line : str
        One line; a line longer than ``LONGEST_LINE`` gives None, as it is running text.

    Returns
    -------
    DateStretch or None

    Examples
    --------
    >>> find_date("Ann B. on March 3rd, 2012 at 4:05 pm said:").text
    'March 3rd, 2012 at 4:05 pm'
    >>> find_date("Ann, vor 3 Tagen").shape
    'vor 9 U'
    >>> find_date("I was there in May") is None
    True
    """
    if len(line) > LONGEST_LINE or not _MAY_HOLD_DATE.search(line):
        return None
    best: DateStretch | None = None
    for start, end, kinds in _runs(line):
        text = line[start:end]
        weight = _weight(kinds, text)
        if weight and (best is None or weight > best.weight):
            best = DateStretch(start, end, text, date_shape(text), weight)
    return best


def _runs(line: str) -> list[tuple[int, int, set[str]]]:
    """Date parts joined over small glue such as "at" and commas."""
    runs: list[tuple[int, int, set[str]]] = []
    for part in _PART.finditer(line):
        kind = part.lastgroup or ""
        if runs and _GLUE.fullmatch(line, runs[-1][1], part.start()):
            start, _, kinds = runs[-1]
            runs[-1] = (start, part.end(), kinds | {kind})
        else:
            runs.append((part.start(), part.end(), {kind}))
    return runs


def _weight(kinds: set[str], text: str) -> float:
    """See ``DateStretch.weight``; a weekday or a month and year alone is no comment's date."""
    day = bool(kinds & {"iso", "yearfirst", "numeric", "monthfirst", "dayfirst"})
    if day and _HAS_YEAR.search(text):
        return 4.0 if "clock" in kinds else 3.0
    if day and "clock" in kinds:
        return 3.5
    if "ago" in kinds:
        return AGE_WEIGHT
    if day:
        return 1.5
    return 1.0 if "clock" in kinds else 0.0


def split_glued(line: str) -> str:
    """Put a blank between a name and the date glued to it.

    Examples
    --------
    >>> split_glued("Ann BOctober 22, 2012 10:46 AM")
    'Ann B October 22, 2012 10:46 AM'
    """
    if len(line) > LONGEST_LINE or not _DIGIT.search(line):
        return line
    found = _GLUED_NAME.search(line)
    return line if found is None else f"{line[: found.start()]} {line[found.start() :]}"


def date_shape(text: str) -> str:
    """The form of a date, so that the dates of one page can be seen to be alike.

    Examples
    --------
    >>> date_shape("March 3rd, 2012 at 4:05 pm") == date_shape("May 12th, 2013 at 11:15 am")
    True
    """
    letters = {"M": "M", "W": "W", "P": "P", "U": "U", "D": "9", "S": " "}
    return _SHAPE_WORD.sub(lambda found: letters[str(found.lastgroup)], text).casefold().replace("u", "U").strip()
