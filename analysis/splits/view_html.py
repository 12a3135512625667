"""Splits as HTML for a notebook: colour and words, long stretches folded, no script, all that a page says escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from analysis.splits.view import PageSplit, Stretch, quoted

END = 180  # characters shown of each end of a longer one: two or three lines on a screen, enough to see a boundary
ESSAY_END = 600  # of the essay's end, for comments that were missed stand there
END_LINES = 8  # at most, for an essay may end in a list
LEAST_FOLDED = 60  # characters; what hides fewer is shown whole
FIRST, LAST = 6, 3  # comment stretches shown at the ends of a long thread; the boundary is what a person checks
MOST = 60_000  # characters of one stretch that can be unfolded: the longest essay has fewer, a dump of a site more
MOST_STRETCHES = 1500  # of a page, which bounds a page of ten thousand comments
ALREADY = "{file} speaks of this page; change its section there."
_CSS = Path(__file__).with_name("view.css")


def splits_html(pages: Sequence[PageSplit], *, file: str, intro: str) -> str:
    """Write the view as HTML.

    Parameters
    ----------
    pages : sequence of PageSplit
    file : str
        What the corrections file is called.
    intro : str
        A sentence above the pages.

    Returns
    -------
    str
    """
    body = "".join(_page(n, len(pages), page, file) for n, page in enumerate(pages, start=1))
    return f'<div class="btl-splits"><style>{_CSS.read_text(encoding="utf-8")}</style><p>{_text(intro)}</p>{body}</div>'


def _page(n: int, of: int, page: PageSplit, file: str) -> str:
    about = f"{page.page}, {page.format} · confidence {page.confidence:.2f} · {page.evidence}"
    return (
        f'<section aria-label="{_text(f"Page {n} of {of}: {page.title}")}">'
        f"<h4>{n}. {_text(page.title)}</h4><p>{_text(about)}</p>"
        f'<ol role="list">{"".join(_stretches(page.stretches))}</ol>'
        f"{_correct(page.template, file)}</section>"
    )


def _correct(template: str, file: str) -> str:
    if not template:
        return f"<p>{_text(ALREADY.format(file=file))}</p>"
    return (
        f"<details><summary>Correct this page</summary><p>Copy this into {_text(file)}, change it, and run again:</p>"
        f"<pre><code>{_text(template)}</code></pre></details>"
    )


def _stretches(stretches: Sequence[Stretch]) -> Iterator[str]:
    """All stretches in order, the middle of a long thread folded."""
    first = next((i for i, s in enumerate(stretches) if s.kind == "comment"), len(stretches))
    last = max((i for i, s in enumerate(stretches) if s.kind == "comment"), default=-1) + 1
    above, below = first + FIRST, last - LAST
    middle = stretches[above:below]
    if len(middle) < FIRST + LAST:
        yield from (_stretch(s) for s in stretches[:MOST_STRETCHES])
        return
    n = sum(s.kind == "comment" for s in middle)
    yield from (_stretch(s) for s in stretches[:above][:MOST_STRETCHES])
    told = f"{n:,} more comments" if n != 1 else "one more comment"
    more = len(middle) - MOST_STRETCHES
    cut = f"<li>{more:,} more stretches are not shown.</li>" if more > 0 else ""
    inner = "".join(_stretch(s) for s in middle[:MOST_STRETCHES])
    yield f'<li><details><summary>Show {told}</summary><ol role="list">{inner}{cut}</ol></details></li>'
    yield from (_stretch(s) for s in stretches[below:][:MOST_STRETCHES])


def _stretch(s: Stretch) -> str:
    size = f"{len(s.lines):,} lines" if len(s.lines) > 1 else ""
    about = " · ".join(part for part in (s.about, size) if part)
    head = f'<p><b class="btl-tag">{_text(s.label)}</b> {_text(about)}</p>'
    return f'<li class="btl-{s.kind}">{head}{_quote("begins", s.begins)}{_said(s)}{_quote("ends", s.ends)}</li>'


def _quote(where: str, words: str | None) -> str:
    return f'<p class="btl-at">{where} <code>{_text(quoted(words))}</code></p>' if words else ""


def _said(s: Stretch) -> str:
    text = "\n".join(s.lines)
    if is_short(s):
        return f'<div class="btl-said" dir="auto">{_text(text)}</div>'
    whole, cut = text[:MOST], len(text) - MOST
    more = f"\n… {cut:,} characters more are not shown." if cut > 0 else ""
    name = s.label.lower() if s.label[-1].isdigit() else f"the {s.label.lower()}"
    return (
        f'<div class="btl-said" dir="auto">{_text(first_words(text))} …</div>'
        f"<details><summary>Show all of {_text(name)}</summary>"
        f'<div class="btl-said" dir="auto">{_text(whole + more)}</div></details>'
        f'<div class="btl-said" dir="auto">… {_text(end_of(s))}</div>'
    )


def first_words(text: str, most: int = END) -> str:
    """The beginning of a text, cut between words.

    Examples
    --------
    >>> first_words("It rains on the island.", 10)
    'It rains'
    """
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0] if " " in text[1 : most + 1] else text[:most]


def is_short(s: Stretch) -> bool:
    """Whether a stretch is shown whole."""
    size = sum(map(len, s.lines)) + len(s.lines) - 1
    return size <= END + _end(s) + LEAST_FOLDED and len(s.lines) <= END_LINES


def end_of(s: Stretch) -> str:
    """What is shown of the end of a longer stretch."""
    return last_words("\n".join(s.lines[-END_LINES:]), _end(s))


def _end(s: Stretch) -> int:
    return ESSAY_END if s.kind == "essay" else END


def last_words(text: str, most: int = END) -> str:
    """The end of a text, cut between words.

    Examples
    --------
    >>> last_words("It rains on the island.", 12)
    'the island.'
    """
    if len(text) <= most:
        return text
    tail = text[-most - 1 :]
    return tail.split(" ", 1)[1] if " " in tail[:-1] else text[-most:]


def _text(value: str) -> str:
    return escape(value, quote=True)
