"""What is shown of a page's split: its stretches in words, and at the ends the words a correction quotes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.splits.correct import is_by_hand
from analysis.splits.lines import LineKind
from analysis.splits.quotes import Quotable, quote_end, quote_start

LABELS: dict[LineKind, str] = {
    "title": "Title",
    "essay": "Essay",
    "comment": "Comment",
    "signature": "Signature",
    "head": "Name, date, buttons",
    "injected_spam": "Injected spam",
    "chrome": "Chrome",
}
QUOTED = ("essay", "comment", "injected_spam", "chrome")  # kinds whose ends may be corrected
LINEWISE = ("injected_spam", "chrome")  # kinds that a correction names line by line, not by where they begin
MOST_QUOTED = 400  # stretches of a page whose ends are quoted: a page of ten thousand comments takes seconds then
COMMENTS_IN_TEMPLATE = 3  # enough to show the form


@dataclass(frozen=True)
class Stretch:
    """A stretch of a page as shown.

    Attributes
    ----------
    kind : str
        As in ``lines.Line``.
    label : str
        The same in words, a comment with its number from 1.
    about : str
        Whose comment it is (a pseudonym) and of when; else empty.
    lines : tuple of str
        Commenters' names replaced.
    begins, ends : str or None
        Words that name its first and its last line; None where none do.
    """

    kind: LineKind
    label: str
    about: str
    lines: tuple[str, ...]
    begins: str | None
    ends: str | None


@dataclass(frozen=True)
class PageSplit:
    """A page as shown: what is known of it, its stretches in order, and what to paste into the corrections file.

    The ``template`` is empty where the file speaks of the page already.
    """

    page: str
    title: str
    format: str
    confidence: float
    evidence: str
    stretches: tuple[Stretch, ...]
    template: str


@dataclass(frozen=True)
class Given:
    """A stretch as it is kept: its kind, the number of its comment (from 0) with who and when, its lines as read."""

    kind: LineKind
    comment: int | None
    about: str
    lines: tuple[str, ...]


def show_page(
    facts: Mapping[str, object], given: Sequence[Given], hide: Callable[[LineKind, str], str], *, called: str
) -> PageSplit:
    """Make ready what is shown of one page.

    Parameters
    ----------
    facts : mapping
        page, title, format, confidence, evidence.
    given : sequence of Given
        The page's stretches in order.
    hide : callable
        Given the kind and the text of a line, the line without commenters' names.
    called : str
        What the corrections file is to call the page: its name, or its path.

    Returns
    -------
    PageSplit
    """
    raw = [line for one in given for line in one.lines]
    shown = [hide(one.kind, line) for one in given for line in one.lines]
    plain = "\n".join(shown)
    quotable = Quotable(raw)

    def clear(words: str) -> bool:
        return words in plain

    stretches: list[Stretch] = []
    at = 0
    for one in given:
        last = at + len(one.lines) - 1
        wanted = one.kind in QUOTED and len(stretches) < MOST_QUOTED
        begins = quote_start(raw, quotable, at, clear=clear) if wanted else None
        ends = quote_end(raw, quotable, last, clear=clear) if wanted else None
        if one.kind in LINEWISE:  # words that run into a neighbour would name that one too
            begins, ends = (words if words and "\n" not in words else None for words in (begins, ends))
            ends = ends if last > at else None
        number = "" if one.comment is None else f" {one.comment + 1}"
        stretches.append(
            Stretch(
                kind=one.kind,
                label=f"{LABELS[one.kind]}{number}",
                about=one.about,
                lines=tuple(shown[at : last + 1]),
                begins=begins,
                ends=ends,
            )
        )
        at = last + 1
    return PageSplit(
        page=str(facts["page"]),
        title=str(facts["title"]),
        format=str(facts["format"]),
        confidence=float(str(facts["confidence"])),
        evidence=str(facts["evidence"]),
        stretches=tuple(stretches),
        template="" if is_by_hand(str(facts["evidence"])) else _template(called, stretches),
    )


def _template(called: str, stretches: Sequence[Stretch]) -> str:
    """A section of the corrections file that says the page is right, with what else could be said put out of force."""
    ends = next((s.ends for s in reversed(stretches) if s.kind == "essay" and s.ends), "last words of the essay")
    begins = [s.begins for s in stretches if s.kind == "comment" and s.begins][:COMMENTS_IN_TEMPLATE]
    spam = [quote for s in stretches if s.kind == "injected_spam" and (quote := stretch_quote(s))]
    lines = [
        f"[{quoted(called)}]",
        "checked = true  # the split is right; or take this line away, and the # from what applies",
        '# leave_out = "why this page is to be left out"',
        "# no_comments = true",
        f"# essay_ends = {quoted(ends)}",
        f"# comments = [{', '.join(map(quoted, begins or ['first words of a comment']))}]",
        f"# spam = [{', '.join(map(quoted, spam or ['words of a line']))}]  # or essay, or chrome",
    ]
    return "\n".join(lines)


def stretch_quote(stretch: Stretch) -> str | None:
    """Words that name a whole stretch: of one line its own, else its first ... its last."""
    if len(stretch.lines) == 1:
        return stretch.begins
    return f"{stretch.begins} ... {stretch.ends}" if stretch.begins and stretch.ends else None


def quoted(words: str) -> str:
    """A string as TOML wants it; in single quotation marks where it holds double ones.

    Examples
    --------
    >>> print(quoted('so "they" say'))
    'so "they" say'
    """
    if '"' in words and "'" not in words and words.isprintable():
        return f"'{words}'"
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
