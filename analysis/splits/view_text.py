"""Splits as plain text for a terminal: every kind by its word, long stretches by their first and last words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from analysis.splits.view import PageSplit, Stretch, quoted
from analysis.splits.view_html import ALREADY, FIRST, LAST, end_of, first_words, is_short

WIDTH = 100


def splits_text(pages: Sequence[PageSplit], *, file: str, intro: str) -> str:
    """Write the view as plain text; see ``view_html.splits_html``."""
    return "\n\n".join([textwrap.fill(intro, WIDTH), *(_page(n, page, file) for n, page in enumerate(pages, start=1))])


def _page(n: int, page: PageSplit, file: str) -> str:
    about = f"{page.page}, {page.format}, confidence {page.confidence:.2f}: {page.evidence}"
    title = f"{n}. {page.title}"
    template = f"To correct this page, copy this into {file} and change it:\n{textwrap.indent(page.template, '  ')}"
    return "\n".join(
        [
            *(title, "=" * min(len(title), WIDTH), textwrap.fill(about, WIDTH), ""),
            *_stretches(page.stretches),
            template if page.template else ALREADY.format(file=file),
        ]
    )


def _stretches(stretches: Sequence[Stretch]) -> Iterator[str]:
    places = [i for i, s in enumerate(stretches) if s.kind == "comment"]
    above, below = (places[0] + FIRST, places[-1] + 1 - LAST) if places else (0, 0)
    folded = below - above >= FIRST + LAST
    for i, one in enumerate(stretches):
        if folded and above <= i < below:
            if i == above:
                n = sum(s.kind == "comment" for s in stretches[above:below])
                yield f"[{n:,} more comment{'s' if n != 1 else ''}]\n"
            continue
        yield from _stretch(one)


def _stretch(s: Stretch) -> Iterator[str]:
    text = "\n".join(s.lines)
    said = text if is_short(s) else f"{first_words(text)} …\n… {end_of(s)}"
    yield f"[{s.label}] {s.about}".rstrip()
    for line in said.split("\n"):
        yield textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ")
    if s.begins:
        yield f"  begins {quoted(s.begins)}"
    if s.ends:
        yield f"  ends   {quoted(s.ends)}"
    yield ""
