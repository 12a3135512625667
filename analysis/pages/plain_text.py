"""The reader of plain text: an essay and below it, somehow set, its readers' comments.

``split_text`` is the pure function behind it; ``PLAIN_TEXT`` is the page format. How comments are set is decided in
``layouts``; this file puts essay, comments, injected spam and page furniture together and keeps their places in the
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.errors import PageError
from analysis.pages.bylines import byline_date, byline_lead
from analysis.pages.chrome import is_closing, is_form, is_separator
from analysis.pages.dates import day_order, parse_date
from analysis.pages.injected import injected_lines
from analysis.pages.layouts import find_layout
from analysis.pages.line_kinds import kinds_of, standing_title, title_of
from analysis.pages.replies import essay_author, reply_targets
from analysis.pages.signatures import split_signature
from analysis.pages.spans import Layout
from analysis.text import clean_text, language_of
from analysis.types import Comment, Page, Part, PartKind

ENDINGS = frozenset({"txt", "text"})  # a table, a note or a document is text too, but no page
MARKUP = re.compile(rb"<(?:!doctype|html|head|body|rss|feed|\?xml)\b", re.IGNORECASE)
DAY_FIRST = frozenset(
    {"de", "fr", "es", "pt", "it", "nl", "pl", "ru", "el", "tr"}
)  # 3/4 is in April wherever they are read
UNMARKED = 0.9  # of the chance that the voices give: even where it is near 1, how the comments part is guessed
LONGEST_PAGE = 20_000_000  # characters; above it the file is no page but a dump


@dataclass(frozen=True, slots=True)
class Split:
    """A text, split.

    Attributes
    ----------
    text : str
        The text the places in ``parts`` count in.
    essay : str
        Paragraphs, separated by a line break.
    comments : tuple of Comment
        In page order.
    injected_spam, chrome : tuple of str
        Spam paragraphs inside the essay; buttons, forms and other page furniture.
    title, author, date : str or None
        Only where the text plainly has them; the date as the byline has it, in ISO 8601.
    confidence : float
        From 0 to 1.
    evidence : str
        Which cue decided, in words.
    comments_open : bool or None
        Whether a comment form was seen, or a notice that comments are closed; None without either.
    parts : tuple of Part
        What each stretch of ``text`` is.
    """

    text: str
    essay: str
    comments: tuple[Comment, ...] = ()
    injected_spam: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    date: str | None = None
    confidence: float = 1.0
    evidence: str = ""
    comments_open: bool | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page that is not empty: as written in ``text[start:end]``, and cleaned."""

    start: int
    end: int
    clean: str


def split_text(text: str) -> Split:
    """Split a plain text into essay, comments, injected spam and page furniture.

    Parameters
    ----------
    text : str
        The page as one text, a paragraph a line; empty lines do not matter.

    Returns
    -------
    Split

    Notes
    -----
    A page whose comments lost every name, date and button is only split where its end clearly reads like comments.

    Examples
    --------
    >>> page = ["Soup is easy to make.", "Ann says:", "May 3, 2012 at 4:05 pm", "Thanks for this!", "Leave a Reply"]
    >>> split = split_text(chr(10).join(page))
    >>> split.essay, split.comments[0].author, split.comments[0].date, split.chrome
    ('Soup is easy to make.', 'Ann', '2012-05-03T16:05', ('Leave a Reply',))
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _lines(text)
    cleaned = [line.clean for line in lines]
    layout = find_layout(cleaned)
    stop = layout.start if layout else len(lines)
    kinds = kinds_of(cleaned, layout, stop)
    title = title_of(cleaned, kinds)
    essay = [i for i in range(stop) if kinds[i] == "essay" and not (title and i == 0)]
    spam = {essay[k] for k in injected_lines([cleaned[i] for i in essay])}
    for i in spam:
        kinds[i] = "injected_spam"
    essay = [i for i in essay if i not in spam]
    above = [cleaned[i] for i in range(stop) if kinds[i] == "essay" or byline_lead(cleaned[i])]
    comments, author = _comments(cleaned, layout, above)
    return Split(
        text=text,
        essay="\n".join(cleaned[i] for i in essay),
        comments=comments,
        injected_spam=tuple(cleaned[i] for i in sorted(spam)),
        chrome=tuple(cleaned[i] for i, kind in enumerate(kinds) if kind == "chrome"),
        title=title or standing_title(cleaned[:stop]),
        author=author,
        date=byline_date(above),
        confidence=_confidence(layout),
        evidence=_evidence(layout),
        comments_open=_comments_open(cleaned, stop),
        parts=_parts(lines, kinds, layout, skip={0} if title else set()),
    )


def cleaned_lines(text: str) -> list[str]:
    """The lines of a text as the readers see them: cleaned, stripped, without empty ones.

    Examples
    --------
    >>> cleaned_lines("Soup. \\n\\n  Salt.")
    ['Soup.', 'Salt.']
    """
    return [line.clean for line in _lines(text)]


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for raw in text.split("\n"):
        clean = clean_text(raw).strip()
        if clean:
            blanks = len(raw) - len(raw.lstrip())
            lines.append(_Line(at + blanks, at + len(raw.rstrip()), clean))
        at += len(raw) + 1
    return lines


def _comments(
    lines: Sequence[str], layout: Layout | None, essay: Sequence[str]
) -> tuple[tuple[Comment, ...], str | None]:
    """The comments with all that can be told of them, and the essay's author."""
    found = layout.comments if layout else ()
    cut = [split_signature(lines[one.first : one.last], one.name) for one in found]
    names = [one.name for one in found]
    bodies = ["\n".join(body) for body, _ in cut]
    author, signs_as = essay_author(essay, names, bodies)
    targets = reply_targets(names, bodies)
    first = day_order(one.date_raw or "" for one in found)
    if first is None and language_of("\n".join(essay)) in DAY_FIRST:
        first = True
    return (
        tuple(
            Comment(
                text=body,
                author=one.name,
                author_link=one.link,
                date=parse_date(one.date_raw, day_first=first) if one.date_raw else None,
                date_raw=one.date_raw,
                reply_to=target,
                by_essay_author=signs_as is not None and one.name == signs_as,
                kind="pingback" if one.pingback else "comment",
                signature=one.signature or signature,
            )
            for one, body, target, (_, signature) in zip(found, bodies, targets, cut, strict=True)
        ),
        author,
    )


def _parts(
    lines: Sequence[_Line], kinds: Sequence[PartKind | None], layout: Layout | None, *, skip: set[int]
) -> tuple[Part, ...]:
    """Stretches of the text, neighbours of one kind joined; each comment's body is a stretch of its own."""
    firsts = {found.first for found in layout.comments} if layout else set()
    parts: list[Part] = []
    last: tuple[int, PartKind] | None = None
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind is None or i in skip:
            continue
        joins = last == (i - 1, kind) and i not in firsts and kind in ("essay", "comment")
        if joins:
            parts[-1] = Part(kind, parts[-1].start, line.end)
        else:
            parts.append(Part(kind, line.start, line.end))
        last = (i, kind)
    return tuple(parts)


def _comments_open(lines: Sequence[str], stop: int) -> bool | None:
    if any(is_closing(line) for line in lines):
        return False
    return True if any(is_form(line) or is_separator(line) for line in lines) else None


def _confidence(layout: Layout | None) -> float:
    """From 0 to 1; a guessed start and a thin score lower it. Ordered by the open pages, not a probability."""
    if layout is None:
        return 0.7
    if layout.chance is not None:
        return round(UNMARKED * layout.chance, 3)
    sure = min(0.98, 0.6 + 0.04 * layout.score)
    return round(sure * (0.75 if layout.guessed_start else 1.0), 3)


def _evidence(layout: Layout | None) -> str:
    if layout is None:
        return "no name, date or button of a comment found"
    guessed = "; the first comment's start was guessed from how it reads" if layout.guessed_start else ""
    return f"{layout.form}, {len(layout.comments)} comments{guessed}"


class PlainText:
    """The page format for plain text; see ``analysis.types.PageFormat``."""

    name = "plain_text"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether this is a text file: by its ending, or without one by its first bytes, which hold no mark-up."""
        _, dot, ending = name.lower().removesuffix(".gz").rpartition(".")
        if dot:
            return ending in ENDINGS
        return b"\x00" not in head and bool(head.strip()) and not MARKUP.search(head)

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give the one page in the bytes of a text file; raise ``PageError`` where they hold no text."""
        split = split_text(decode(raw, path=path))
        if not split.essay and not split.comments:
            raise PageError(f"The page {page!r} holds neither an essay nor comments, only {_told(split.chrome)}.")
        yield Page(
            page=page,
            path=path,
            format=self.name,
            essay=split.essay,
            comments=split.comments,
            injected_spam=split.injected_spam,
            chrome=split.chrome,
            confidence=split.confidence,
            evidence=split.evidence,
            title=split.title,
            author=split.author,
            date=split.date,
            language=language_of(split.essay),
            comments_open=split.comments_open,
            text=split.text,
            parts=split.parts,
        )


PLAIN_TEXT = PlainText()


def _told(chrome: tuple[str, ...]) -> str:
    """What a page without any text holds instead."""
    return f"{len(chrome)} line(s) of page furniture" if chrome else "marks and blanks"


def decode(raw: bytes, *, path: str) -> str:
    """Turn the bytes of a text file into text: UTF-8, else Windows-1252.

    Raises
    ------
    PageError
        For an empty file, one that holds NUL bytes (a program, an image, UTF-16), and one far too large for a page.

    Examples
    --------
    >>> decode("Café".encode("cp1252"), path="a.txt")
    'Café'
    """
    if not raw.strip():
        raise PageError(f"{path} is empty; a page needs at least one line of text.")
    if len(raw) > LONGEST_PAGE:
        raise PageError(
            f"{path} has {len(raw):,} bytes; a page of text may have {LONGEST_PAGE:,}. Split it into pages."
        )
    if b"\x00" in raw:
        raise PageError(
            f"{path} holds NUL bytes, so it is no plain text in UTF-8; save it as UTF-8 text, or leave it out."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
