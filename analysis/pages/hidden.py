"""Text that a page's own style hides from its readers: not shown, off the screen, or set in nothing's size.

It says only what is hidden; much of that is honest (a note that opens on a click). ``injected`` decides what is spam.
"""

from __future__ import annotations

import functools
import re

from lxml import etree

from analysis.pages.html_tree import Element, text_of

LONGEST_STYLE = 500  # characters looked at
LEAST_HIDDEN = 12  # characters: less is a mark or a count
MOST_HIDDEN = 200  # elements looked at; a page that hides more is built of hidden parts

# Off the screen means hundreds of pixels: a small negative indent hangs a first line.
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em|rem|%|;|$)(?<!1em)(?<!1rem)"
    r"|(?:left|right|top|text-indent|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$|!)",
    re.IGNORECASE,
)

_STYLED = etree.XPath("descendant-or-self::*[@style]")  # far fewer than all elements, and asked for without Python


def hidden_texts(root: Element) -> tuple[str, ...]:
    """What the style of a page's elements hides, outermost elements only, each line by itself.

    Parameters
    ----------
    root : element
        The page's tree; it is not changed. Only styles written at an element itself are seen.

    Returns
    -------
    tuple of str
        In page order; without lines of less than a dozen characters.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> page = b'<p>A walk.<span style="position:absolute;left:-9999px">cheap loans online</span></p>'
    >>> hidden_texts(parse_html(page))
    ('cheap loans online',)
    """
    found: list[str] = []
    inside: set[Element] = set()
    hiding = [e for e in _STYLED(root) if _hides(e.get("style")[:LONGEST_STYLE])]
    for element in hiding[:MOST_HIDDEN]:
        if element not in inside:
            inside.update(element.iterdescendants())
            found += [line for line in text_of(element).split("\n") if len(line) >= LEAST_HIDDEN]
    return tuple(dict.fromkeys(found))


@functools.lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return _HIDES.search(style) is not None
