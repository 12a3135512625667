"""Apply to a page what a person said of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.errors import CorrectionError
from analysis.splits.corrections import Correction
from analysis.splits.lines import Line, LineKind, is_placed, lines_of, page_of
from analysis.splits.quotes import Quotable, QuoteError
from analysis.types import Comment, Page

BY_HAND, CHECKED = "corrected by hand", "checked by hand"  # how the evidence of such a page begins
_KINDS: dict[str, LineKind] = {"essay": "essay", "spam": "injected_spam", "chrome": "chrome"}


def correct_page(page: Page, correction: Correction) -> Page:
    """Give the page as a person says it is split.

    Parameters
    ----------
    page : Page
        As read.
    correction : Correction
        Not one that leaves the page out.

    Returns
    -------
    Page
        With confidence 1, and evidence that begins with "corrected by hand" (or "checked by hand"). Comments that kept
        their lines keep name, date and all; a comment made anew has what the correction says of it.

    Raises
    ------
    CorrectionError
        If words are not on the page or stand there twice, or two things are said of one line.

    Examples
    --------
    >>> page = Page("rain", "rain.txt", "html", "It rains.\\nNo, it pours!")
    >>> fixed = correct_page(page, Correction(essay_ends="It rains."))
    >>> fixed.essay, fixed.comments[0].text, fixed.evidence
    ('It rains.', 'No, it pours!', 'corrected by hand (essay_ends)')
    """
    if correction.checked:
        return replace(page, confidence=1.0, evidence=f"{CHECKED}; {page.evidence}" if page.evidence else CHECKED)
    lines = lines_of(page)
    quotable = Quotable([line.text for line in lines])
    desk = _Desk(page, list(lines), _places(quotable, correction), _names_below(lines))
    _relabel(desk, correction)
    _begin_comments(desk)
    _join(desk, correction.joins)
    _drop_signatures(desk)
    made = page_of(page, desk.lines)
    made = replace(made, comments=tuple(_known(desk, made.comments, correction)))
    return replace(
        made,
        title=correction.title or made.title,
        author=correction.author or made.author,
        date=correction.date or made.date,
        confidence=1.0,
        evidence=f"{BY_HAND} ({', '.join(correction.said())})",
    )


def is_by_hand(evidence: str) -> bool:
    """Whether a page was corrected or checked by a person, by its evidence."""
    return evidence.startswith((BY_HAND, CHECKED))


@dataclass
class _Desk:
    """The lines at work, and the first and last line each quotation names."""

    page: Page
    lines: list[Line]
    places: dict[tuple[str, str], tuple[int, int]]
    names_below: bool

    def __post_init__(self) -> None:
        self._numbers = itertools.count(len(self.page.comments))
        self.unparted: set[int | None] = set()  # comments made of what was essay, until one is named in them

    def new(self) -> int:
        """The number of a comment that was not there."""
        return next(self._numbers)

    def set(self, i: int, kind: LineKind, comment: int | None = None) -> None:
        self.lines[i] = replace(self.lines[i], kind=kind, comment=comment)

    def rows(self, comment: int) -> list[int]:
        """The lines of a comment, its signature among them."""
        return [i for i, line in enumerate(self.lines) if line.comment == comment]


def _quotes(c: Correction) -> Iterator[tuple[str, str]]:
    if c.essay_ends:
        yield "essay_ends", c.essay_ends
    for key in ("essay", "spam", "chrome", "joins", "by_author", "by_reader"):
        yield from ((key, quote) for quote in getattr(c, key))
    yield from (("comments", one.begins) for one in c.comments if one.begins)


def _places(quotable: Quotable, correction: Correction) -> dict[tuple[str, str], tuple[int, int]]:
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for key, quote in _quotes(correction):
        try:
            found[key, quote] = quotable.find(quote)
        except QuoteError as error:
            raise CorrectionError(f"“{_short(quote)}” ({key}) {error}.") from error
    _check_one_kind(found)
    return found


def _check_one_kind(places: dict[tuple[str, str], tuple[int, int]]) -> None:
    """Refuse two kinds for one line, and comments or essay on the wrong side of the essay's end."""
    taken: dict[int, tuple[str, str]] = {}
    for (key, quote), (first, last) in places.items():
        if key in _KINDS or key in ("comments", "joins"):
            last = last if key in _KINDS else first
            for i in range(first, last + 1):
                if i in taken and taken[i] != (key, quote):
                    other = taken[i]
                    raise CorrectionError(
                        f"“{_short(quote)}” ({key}) names a line that “{_short(other[1])}” ({other[0]}) names too; a "
                        "line is one thing."
                    )
                taken[i] = key, quote
    end = next((last for (key, _), (_, last) in places.items() if key == "essay_ends"), None)
    for (key, quote), (first, last) in places.items():
        if end is None or key == "essay_ends":
            continue
        if key in ("comments", "joins", "by_author", "by_reader") and first <= end:
            raise CorrectionError(f"“{_short(quote)}” ({key}) stands above the end of the essay (essay_ends).")
        if key == "essay" and last > end:
            raise CorrectionError(f"“{_short(quote)}” (essay) stands below the end of the essay (essay_ends).")


def _names_below(lines: tuple[Line, ...]) -> bool:
    """Whether names and dates stand below the comments: the last has a head below it and the first none above."""
    rows = [i for i, line in enumerate(lines) if line.kind in ("comment", "signature")]
    if not rows:
        return False
    above, below = lines[rows[0] - 1 : rows[0]], lines[rows[-1] + 1 : rows[-1] + 2]
    return any(line.kind == "head" for line in below) and not any(line.kind == "head" for line in above)


def _relabel(desk: _Desk, c: Correction) -> None:
    """Say of each line what it is, comments not yet told apart."""
    ends = [last for (key, _), (_, last) in desk.places.items() if key == "essay_ends"]
    begins = [first for (key, _), (first, _) in desk.places.items() if key == "comments"]
    if not ends and any(desk.lines[i].kind == "essay" for i in begins):
        ends = [min(i for i in begins if desk.lines[i].kind == "essay") - 1]
    if c.no_comments:
        ends = [len(desk.lines) - 1]
    if ends:
        _end_essay(desk, ends[0])
    for (key, _), (first, last) in desk.places.items():
        if key in _KINDS:
            for i in range(first, last + 1):
                desk.set(i, _KINDS[key])


def _end_essay(desk: _Desk, end: int) -> None:
    """Comments down to a line become essay, and essay below it comments: one for every unbroken stretch."""
    placed = is_placed(desk.page)
    for i in range(end + 1):
        if desk.lines[i].kind in ("comment", "signature", "head"):
            desk.set(i, "essay")
    number: int | None = None
    for i in range(end + 1, len(desk.lines)):
        kind = desk.lines[i].kind
        if kind == "essay" or (placed and kind == "injected_spam"):
            number = desk.new() if number is None else number
            desk.unparted.add(number)
            desk.set(i, "comment", number)
            continue
        if number is not None and placed and kind == "comment":  # no name between: the first words of this comment
            for k in desk.rows(number):
                desk.set(k, "comment", desk.lines[i].comment)
        number = None


def _begin_comments(desk: _Desk) -> None:
    for first, last in sorted(place for (key, _), place in desk.places.items() if key == "comments"):
        _begin(desk, first)
        if last > first:
            _end(desk, first, last)


def _begin(desk: _Desk, i: int) -> None:
    """Let a comment begin at a line: one that holds the line is parted there, any other line begins the next one."""
    line = desk.lines[i]
    if line.comment is None:
        below = desk.lines[i + 1].comment if i + 1 < len(desk.lines) else None
        begins = below is not None and desk.rows(below)[0] == i + 1 and desk.lines[i + 1].kind == "comment"
        desk.set(i, "comment", below if begins else desk.new())
        return
    rows = desk.rows(line.comment)
    if line.comment in desk.unparted:  # who named this one means that what stands above it is none: a name, a date
        desk.unparted.discard(line.comment)
        for k in (k for k in rows if k < i):
            desk.set(k, "head")
        return
    if rows[0] == i:
        desk.set(i, "comment", line.comment)
        return
    upper, lower = [k for k in rows if k < i], [k for k in rows if k >= i]
    number = desk.new()
    for k in upper if desk.names_below else lower:
        desk.set(k, "comment" if k == i else desk.lines[k].kind, number)
    desk.set(i, "comment", desk.lines[i].comment)


def _end(desk: _Desk, first: int, last: int) -> None:
    """Let the comment that begins at one line reach to another; what is left of it below is a comment of its own."""
    number = desk.lines[first].comment
    rest = desk.new()
    for i in range(first, last + 1):
        if i in (first, last) or desk.lines[i].kind not in ("chrome", "head"):
            desk.set(i, "comment", number)
    for i in desk.rows(number) if number is not None else []:
        if i > last:
            desk.set(i, desk.lines[i].kind, rest)


def _join(desk: _Desk, quotes: Iterable[str]) -> None:
    for quote in quotes:
        i, _ = desk.places["joins", quote]
        number = desk.lines[i].comment
        above = next((one.comment for one in reversed(desk.lines[:i]) if one.comment is not None), None)
        if number is None or above is None or desk.rows(number)[0] != i:
            raise CorrectionError(
                f"“{_short(quote)}” (joins) is not the first line of a comment with another above it; quote the line "
                "at which the reader began a comment too many."
            )
        for k in desk.rows(number):
            desk.set(k, "comment", above)


def _drop_signatures(desk: _Desk) -> None:
    """Signatures of comments that are none any longer stand for themselves."""
    kept = {line.comment for line in desk.lines if line.kind == "comment"}
    for i, line in enumerate(desk.lines):
        if line.kind == "signature" and line.comment not in kept:
            desk.set(i, "head")


def _known(desk: _Desk, comments: tuple[Comment, ...], c: Correction) -> Iterator[Comment]:
    """The comments with what was said of each, and those whose text was given."""
    numbers = list(dict.fromkeys(line.comment for line in desk.lines if line.kind == "comment"))
    said: dict[int | None, dict[str, object]] = {}
    for one in c.comments:
        if one.begins is not None:
            given = {"author": one.author, "date": one.date, "date_raw": one.date}
            number = desk.lines[desk.places["comments", one.begins][0]].comment
            said.setdefault(number, {}).update({k: v for k, v in given.items() if v})
    for key, by in (("by_author", True), ("by_reader", False)):
        for quote in getattr(c, key):
            number = desk.lines[desk.places[key, quote][0]].comment
            if number is None:
                raise CorrectionError(f"“{_short(quote)}” ({key}) stands in no comment of the page.")
            if said.get(number, {}).get("by_essay_author", by) != by:
                raise CorrectionError(f"“{_short(quote)}” is said to be by the essay's author and by a reader.")
            said.setdefault(number, {})["by_essay_author"] = by
    for number, comment in zip(numbers, comments, strict=True):
        own = bool(c.author and comment.author and comment.author.casefold() == c.author.casefold())
        facts = {"by_essay_author": comment.by_essay_author or own} | said.get(number, {})
        yield replace(comment, **facts)  # type: ignore[arg-type]
    for one in c.comments:
        if one.text is not None:
            yield Comment(one.text, author=one.author, date=one.date, date_raw=one.date)


def _short(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
