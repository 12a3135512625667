"""Read the date over a comment or an essay as ISO 8601, exactly as precise as it was given.

Knows absolute dates in English, German, French, Spanish, Portuguese and Italian by its own patterns, and asks
``dateparser`` for the rest. It does not fill a gap: a date without a year, or one that counts from a day the page
does not name ("3 days ago"), gives None.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

LANGUAGES = ("en", "de", "fr", "es", "pt", "it")
LONGEST = 200  # characters looked at: a date line with its names and links stays below, and every pattern stays fast
LONGEST_FOREIGN = 60  # dateparser takes milliseconds, and more on a longer string
YEARS = range(1900, 2100)  # four digits outside are a count or a street, not a year
CENTURY_TURNS = 70  # a year of two digits: 70-99 is 19.., 00-69 is 20.. (as POSIX strptime has it)

_MONTHS = {
    1: "january jan januar jaenner janner janvier janv enero ene janeiro gennaio gen",
    2: "february feb februar febr fevrier fevr fev febrero fevereiro febbraio",
    3: "march mar maerz marz mrz mars marzo março marco",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maio maggio mag",
    6: "june jun juni juin junio junho giugno giu",
    7: "july jul juli juillet juil julio julho luglio lug",
    8: "august aug aout agosto ago",
    9: "september sept sep septembre septiembre setiembre setembro set settembre sett",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez decembre diciembre dic dezembro dicembre",
}
# Dutch, Polish, Russian, Greek, Turkish, Arabic and Hebrew, in the case that dates have: dateparser knows most, but not
# at every place in a line, and takes the Turkish March for a time zone.
MORE_MONTHS = """
januari stycznia января ιανουαρίου ocak يناير ינואר, februari lutego февраля φεβρουαρίου şubat فبراير פברואר,
maart marca марта μαρτίου mart مارس מרץ, kwietnia апреля απριλίου nisan أبريل אפריל,
mei maja мая μαΐου mayıs مايو מאי, czerwca июня ιουνίου haziran يونيو יוני,
lipca июля ιουλίου temmuz يوليو יולי, augustus sierpnia августа αυγούστου ağustos أغسطس אוגוסט,
września сентября σεπτεμβρίου eylül سبتمبر ספטמבר, października октября οκτωβρίου ekim أكتوبر אוקטובר,
listopada ноября νοεμβρίου kasım نوفمبر נובמבר, grudnia декабря δεκεμβρίου aralık ديسمبر דצמבר
"""


def _plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).lower() if not unicodedata.combining(c))


_MONTH_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()} | {
    _plain(before + name): number
    for number, names in enumerate(MORE_MONTHS.split(","), start=1)
    for name in names.split()
    for before in ("", "ב")  # "in March" is one word in Hebrew; before other letters it stands nowhere
}
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "west": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
    "pst": -480, "pdt": -420,
}  # fmt: skip

_HANGUL = [_plain(sign) for sign in "년월일"]  # year, month and day as Korean has them, taken apart like all text here
_NAME = "(?P<month>" + "|".join(sorted(_MONTH_NUMBER, key=lambda n: (-len(n), n))) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.?[ºª°]|\.)?"
_YEAR = r"(?P<year>\d{4}(?!\d)|'\d\d(?!\d)|\d\d(?![\d:.hapHAP]| ?[ap]\.?m))"
_OF = r"(?:\s*(?:,|-|/|\.|of|de|del|di|do|d')\s*|\s+)"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
_OFFSET = r"(?P<zone>z\b|[+-]\d\d:?\d\d\b|\(?\b(?:" + "|".join(sorted(_ZONES, key=lambda z: -len(z))) + r")\b\)?)"

_DATES = [
    re.compile(r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?<![\d.:]){_DAY}{_OF}?\s?{_NAME}\b\.?{_OF}?\s?{_YEAR}"),
    re.compile(rf"(?<![a-z]){_NAME}\b\.?{_OF}{_DAY},?\s*(?:,|-|/|of|\s)\s*{_YEAR}"),
    re.compile(rf"(?<![a-z]){_NAME}\s+{_DAY},?\s+{_CLOCK}(?:\s+{_OFFSET})?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"(?P<year>\d{{4}})\s?(?:年|{_HANGUL[0]})\s?(?P<month>\d{{1,2}})\s?(?:月|{_HANGUL[1]})\s?(?P<day>\d{{1,2}})\s?(?:日|{_HANGUL[2]})"),
    re.compile(r"(?<![\d.:/-])(?P<one>\d{1,2})(?P<sep>[./-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?![\d:/])"),
]  # fmt: skip
_MONTH_ONLY = [
    re.compile(rf"(?<![a-z]){_NAME}\b\.?{_OF}(?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)(?![\d-])"),
]
_YEAR_ONLY = re.compile(r"\s*(?P<year>\d{4})\s*")
_TIMES = [
    re.compile(rf"(?<![\d:]){_CLOCK}(?!\d)\s*(?P<half>[ap])?(?(half)\.?\s?m\b\.?)\s*{_OFFSET}?"),
    re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})[.h](?P<minute>\d\d)(?!\d)\s*(?:uhr|h\b|hs\b|(?P<half>[ap])\.?\s?m\b)"),
    re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})\s?h\s?(?P<minute>\d\d)(?!\d)"),
    re.compile(r"(?<![\d.:])(?P<hour>\d{1,2})\s?(?P<half>[ap])\.?\s?m\b"),
]
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=\d)(?=at |um |à )")
_TIME_REACH = 40  # a time belongs to a date when it begins within these characters of it
_DIGIT = re.compile(r"\d")
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def parse_date(raw: str, *, languages: Sequence[str] = LANGUAGES, day_first: bool | None = None) -> str | None:
    """Give a date as ISO 8601, exactly as precise as it was written, or None where it cannot be said.

    Parameters
    ----------
    raw : str
        The date as the page has it, words around it included; the first 200 characters are looked at.
    languages : sequence of str
        ISO 639-1 codes that ``dateparser`` may try where the own patterns (six languages) find nothing.
    day_first : bool or None
        How to read "3/4/2012"; `day_order` finds it from all dates of a page. None: only the year is sure.

    Returns
    -------
    str or None
        "2012", "2012-03", "2012-03-04", "2012-03-04T15:30" or with seconds; the time zone only where one was given.
        None for relative dates, dates without a year, and days that do not exist.

    Notes
    -----
    A year of two digits is read as POSIX does (70-99: 19.., else 20..).

    Examples
    --------
    >>> parse_date("Posted on March 4th, 2012 at 3:30 pm")
    '2012-03-04T15:30'
    >>> parse_date("Sonntag, 4. März 2012 um 15.30 Uhr")
    '2012-03-04T15:30'
    >>> parse_date("2012-03-04T15:30:10+0200")
    '2012-03-04T15:30:10+02:00'
    >>> parse_date("3/4/2012"), parse_date("3/4/2012", day_first=True)
    ('2012', '2012-04-03')
    >>> parse_date("3 days ago") is None
    True
    """
    return _iso(raw[: LONGEST + 1], tuple(languages), day_first)


@functools.lru_cache(maxsize=8192)
def _iso(raw: str, languages: tuple[str, ...], day_first: bool | None) -> str | None:
    if raw.isascii() and not _DIGIT.search(raw):
        return None
    text = _fold(raw)
    for pattern in _DATES:
        for found in pattern.finditer(text):
            day = _day_of(found, day_first)
            if day is not None:
                return day + _time_near(text, found) if len(day) == 10 else day
    for pattern in _MONTH_ONLY:
        for found in pattern.finditer(text):
            year, month = int(found["year"]), _month(found["month"])
            if year in YEARS and 1 <= month <= 12:
                return f"{year:04d}-{month:02d}"
    alone = _YEAR_ONLY.fullmatch(text)
    if alone:
        return alone["year"] if int(alone["year"]) in YEARS else None
    if len(raw) <= LONGEST_FOREIGN and _HAS_YEAR.search(text) and not _is_own(text):
        return _foreign(raw.strip(), languages)
    return None


def day_order(raws: Iterable[str]) -> bool | None:
    """Say from all dates of a page whether "3/4/2012" there puts the day first.

    Parameters
    ----------
    raws : iterable of str
        The dates as the page has them.

    Returns
    -------
    bool or None
        True: day first; False: month first; None where no date settles it, or dates contradict each other.

    Examples
    --------
    >>> day_order(["3/4/2012", "25/4/2012"]), day_order(["3/4/2012", "4/25/2012"]), day_order(["3/4/2012"])
    (True, False, None)
    """
    said = set()
    for raw in raws:
        text = _fold(raw)
        for found in _DATES[-1].finditer(text):
            one, two = int(found["one"]), int(found["two"])
            if one > 12 >= two:
                said.add(True)
            elif two > 12 >= one:
                said.add(False)
    return said.pop() if len(said) == 1 else None


def _fold(raw: str) -> str:
    """Lower case, without accents, blanks squeezed, "NameMarch 4" taken apart, cut to the length that is looked at."""
    raw = _GLUED.sub(" ", raw[:LONGEST])
    if raw.isascii():
        return " ".join(raw.lower().split())
    text = unicodedata.normalize("NFKD", raw.replace("º", "°").replace("ª", "°")).lower()
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "\u200b\u200e\u200f\u202a\u202c\ufeff")
    return " ".join(text.replace("’", "'").split())


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTH_NUMBER[name]


def _year(digits: str) -> int:
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= CENTURY_TURNS else 2000)


def _day_of(found: re.Match[str], day_first: bool | None) -> str | None:
    """The day a date pattern found, checked against the calendar; the year alone where day and month may be swapped."""
    parts = found.groupdict()
    year = _year(parts["year"])
    if year not in YEARS:
        return None
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if parts["sep"] == "." or one > 12:
            day_first = True
        elif two > 12:
            day_first = False
        if day_first is None and one != two:
            return f"{year:04d}" if min(one, two) >= 1 and len(parts["year"]) == 4 else None
        month, day = (two, one) if day_first else (one, two)
    else:
        month, day = _month(parts["month"]), int(parts["day"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _time_near(text: str, found: re.Match[str]) -> str:
    """The clock time beside a date as "T15:30", with seconds and zone where given; else the empty string."""
    if found.groupdict().get("hour"):
        return _clock(found)
    after, before = (
        text[found.end() : found.end() + _TIME_REACH],
        text[max(0, found.start() - _TIME_REACH) : found.start()],
    )
    if after[:1] == "t" and after[1:2].isdigit():
        after = " " + after[1:]
    for stretch in (after, before):
        for pattern in _TIMES:
            hit = pattern.search(stretch)
            if hit:
                return _clock(hit)
    return ""


def _clock(found: re.Match[str]) -> str:
    parts = found.groupdict()
    hour, minute, second = int(parts["hour"]), int(parts.get("minute") or 0), parts.get("second")
    half = parts.get("half")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return ""
    return f"T{hour:02d}:{minute:02d}" + (f":{second}" if second else "") + _offset(parts.get("zone"))


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    zone = zone.strip("() ")
    if zone[0] in "+-":
        return f"{zone[:3]}:{zone[-2:]}"
    minutes = _ZONES[zone]
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _is_own(text: str) -> bool:
    """Whether the own patterns knew the form, so that a day they refused (31 February) is not tried again."""
    return any(pattern.search(text) for pattern in _DATES)


@functools.cache
def _date_parser(languages: tuple[str, ...]):  # loads slowly, so not at import
    from dateparser.date import DateDataParser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["year", "month"], "RETURN_TIME_AS_PERIOD": True}
    return DateDataParser(languages=list(languages), settings=settings)


@functools.lru_cache(maxsize=4096)
def _foreign(raw: str, languages: tuple[str, ...]) -> str | None:
    """Ask dateparser, for absolute dates only and never more precise than it says."""
    try:
        data = _date_parser(languages).get_date_data(raw)
    except (ValueError, OverflowError, TypeError, KeyError, IndexError, re.error):  # it trips over odd strings
        return None
    when = data.date_obj
    if when is None or when.year not in YEARS:
        return None
    width = {"year": 4, "month": 7, "time": 16}.get(data.period, 10)
    zone = when.strftime("%z") if data.period == "time" else ""
    return when.isoformat()[:width] + (f"{zone[:3]}:{zone[3:5]}" if zone else "")
