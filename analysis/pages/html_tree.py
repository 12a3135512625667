"""From the bytes of a page to a tree of elements within bounds, and from a part of the tree to plain text.

Does not know what a comment or an essay is. The encoding is found by resiliparse, the tree is made by lxml (libxml2),
which mends broken mark-up; nothing is fetched and no entity but HTML's own is expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from analysis.errors import PageError
from analysis.text import clean_text

Element = Any  # an lxml element; lxml ships no types
Skip = set[Any] | frozenset[Any]

MOST_TAGS = 1_000_000  # about half a gigabyte of tree; the longest real thread met (10,000 comments) has a fifth of it
DEEPEST = 2048  # libxml2 drops what is nested deeper, so such a page would be read in part only
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}\?>")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")

NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "embed", "audio", "video",
     "canvas", "select", "textarea", "input", "button", "datalist", "map"}
)  # fmt: skip
_LINES = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
     "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "br", "body", "option", "caption"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})


def parse_html(raw: bytes) -> Element:
    """Make the tree of a page, whatever its encoding and however broken its mark-up.

    Parameters
    ----------
    raw : bytes
        The page as it was saved.

    Returns
    -------
    lxml.html.HtmlElement
        The root; never None.

    Raises
    ------
    PageError
        The page is empty, has more than a million tags, or nests them deeper than 2,048.

    Examples
    --------
    >>> parse_html("<p>Ça va</p>".encode("latin-1")).text_content()
    'Ça va'
    """
    text = decode(raw)
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise PageError(f"The page has {tags:,} tags; at most {MOST_TAGS:,} are read. Split or clean the file.")
    text = _DECLARATION.sub("", text.replace("\x00", "\ufffd"), count=1)
    if not text.strip():
        raise PageError("The page is empty: no text and no mark-up. Save it again from the browser.")
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageError(f"The page has no mark-up that can be read ({error}). Check that it is HTML.") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise PageError(f"The page nests its tags deeper than {DEEPEST:,}, so a part would be lost. Clean the file.")
    return root


def decode(raw: bytes) -> str:
    """Read bytes as text: a byte order mark first, then valid UTF-8, then what resiliparse detects.

    Examples
    --------
    >>> decode(b"\\xe4 \\xf6 und viele andere W\\xf6rter") == "ä ö und viele andere Wörter"
    True
    """
    if not raw.startswith(_BOMS):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return bytes_to_str(raw, detect_encoding(raw, max_len=65536, from_html_meta=True) or "latin-1")


def walk(node: Element, skip: Skip = frozenset()) -> Iterator[Element]:
    """Give the elements of a part in document order, the part itself first, without those below ``skip``.

    Parameters
    ----------
    node : element
        Where to begin.
    skip : set of elements
        Left out with all they hold.
    """
    at = node
    while at is not None:
        step = None
        if at not in skip or at is node:
            if isinstance(at.tag, str):
                yield at
            step = at[0] if len(at) else None
        while step is None and at is not node:
            step = at.getnext()
            if step is None:
                at = at.getparent()
        at = step


def text_of(node: Element, skip: Skip = frozenset(), *, marks: bool = False) -> str:
    """Set a part of the tree as plain text, one paragraph a line.

    Parameters
    ----------
    node : element
        The part.
    skip : set of elements
        Left out with all they hold.
    marks : bool
        Begin quoted lines with "> " and list items with "- ", so that they stay visible as such.

    Returns
    -------
    str
        Lines without blanks at their ends and without empty lines.

    Examples
    --------
    >>> part = parse_html(b"<div><blockquote>So you say</blockquote><ul><li>one<li>two</ul>Well&nbsp;no.</div>")
    >>> text_of(part)
    'So you say\\none\\ntwo\\nWell no.'
    >>> text_of(part, marks=True)
    '> So you say\\n- one\\n- two\\nWell no.'
    """
    pieces: list[str] = []
    _collect(node, skip, pieces, marks)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return clean_text("\n".join(line for line in _with_marks(lines) if line))


def _collect(node: Element, skip: Skip, pieces: list[str], marks: bool) -> None:
    """Gather the text; marks travel as private characters so that blanks can be squeezed first."""
    stack: list[tuple[Element, bool]] = [(node, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag
        if closing:
            if tag in _LINES:
                pieces.append("\n")
            if marks and tag == "blockquote":
                pieces.append("\ue001\n")
            if element is not node and element.tail:
                pieces.append(element.tail if "\n" not in element.tail else element.tail.replace("\n", " "))
            continue
        stack.append((element, True))
        if not isinstance(tag, str) or tag in NO_TEXT or (element in skip and element is not node):
            continue
        if tag in _LINES:
            pieces.append("\n")
        elif tag in _CELLS:
            pieces.append(" ")
        if marks and tag in ("blockquote", "li"):
            pieces.append("\n\ue000" if tag == "blockquote" else "\n\ue002")
        if element.text:
            pieces.append(element.text if tag == "pre" else element.text.replace("\n", " "))
        stack.extend((child, False) for child in reversed(element))


def _with_marks(lines: Iterator[str]) -> Iterator[str]:
    """Turn the private characters into "> " and "- " on every line with text."""
    depth, item = 0, False
    for line in lines:
        depth += line.count("\ue000") - line.count("\ue001")
        item = item or "\ue002" in line
        bare = line.replace("\ue000", "").replace("\ue001", "").replace("\ue002", "").strip()
        if bare:
            yield "> " * min(max(depth, 0), 5) + ("- " if item else "") + bare
            item = False
