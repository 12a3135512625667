"""Comments that no mark-up tells apart are read from the lines of the page, and only where they are announced.

The lines are those of a box named after comments, or those below a heading such as "3 comments". Without either, a list
of teasers with names and dates reads just like comments, so nothing is reported.
"""

from __future__ import annotations

import re

from analysis.pages.comment_names import hinted_elements
from analysis.pages.html_tree import Element, text_of
from analysis.pages.plain_text import split_text
from analysis.types import Comment

MOST_LINES = 20_000  # of text that is split; a page longer than this without any mark-up of comments is no blog page
_HEADING = re.compile(
    r"^\W*(?:(?:\d{1,5}|one|no|zwei|drei)\W+)?(?:comments?|responses?|replies|thoughts?|feedback|kommentare?|reaktionen|"
    r"antworten|commentaires?|réactions|comentarios?|comentários?|respuestas|commenti|commento|risposte)"
    r"(?:\s+(?:on|to|for|so far|zu|sur|sobre|para|su)\b.{0,120})?\W*(?:\(?\d{1,5}\)?)?\W*$",
    re.IGNORECASE,
)


def comments_from_lines(body: Element, areas: set[Element], essay: str) -> tuple[Comment, ...]:
    """Read comments from the lines of a page that announces them but does not mark them.

    Parameters
    ----------
    body : element
        The page without comments that were marked.
    areas : set of elements
        Boxes named after comments.
    essay : str
        The essay, which must come out of the split as it went in.

    Returns
    -------
    tuple of Comment
        Each with author and date as shown; empty where the page announces none or the split is unclear.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> page = parse_html(b"<p>Soup is easy.<h3>2 comments</h3><p>Ann says:<p>May 3, 2012 at 4:05 pm<p>So it is!"
    ...                   b"<p>Bob says:<p>May 4, 2012 at 5:05 pm<p>Not for me.<p>Leave a Reply")
    >>> [(c.author, c.text) for c in comments_from_lines(page, set(), "Soup is easy.")]
    [('Ann', 'So it is!'), ('Bob', 'Not for me.')]
    """
    lines = _announced(body, areas)
    if not lines or len(lines) > MOST_LINES:
        return ()
    split = split_text("\n".join([essay, *lines]))
    whole = len(split.essay) >= 0.9 * len(essay)
    if not whole or not all(c.author and (c.date_raw or c.date) for c in split.comments if c.kind == "comment"):
        return ()
    return split.comments


def _announced(body: Element, areas: set[Element]) -> list[str]:
    """The lines of the named boxes that are outermost; without such boxes, those below the last comment heading."""
    outer = [e for e in hinted_elements(body) if e in areas and not any(above in areas for above in e.iterancestors())]
    lines = [line for area in outer for line in text_of(area).split("\n") if line]
    if lines:
        return lines
    lines = text_of(body, frozenset(body.iter("nav", "aside", "footer", "header"))).split("\n")
    heads = [i for i, line in enumerate(lines) if len(line) < 160 and _HEADING.match(line)]
    return lines[heads[0] :] if heads else []
