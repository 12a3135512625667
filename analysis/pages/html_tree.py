"""From the bytes of a page to a tree of elements within bounds, and from a part of the tree to plain text.

Does not know what a comment or an essay is. The encoding is found by resiliparse, the tree is made by lxml (libxml2),
which mends broken mark-up; nothing is fetched and no entity but HTML's own is expanded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from lxml import etree
from resiliparse.parse.encoding import bytes_to_str, detect_encoding

from analysis.errors import PageError
from analysis.pages.bounds import FEW_TAGS, check_attributes, check_nesting
from analysis.text import INVISIBLE, clean_text

Element = Any  # an lxml element; lxml ships no types
Skip = AbstractSet[Any]  # of elements

LARGEST_TREE = 4_000_000  # two gigabytes of tree, whatever the settings allow
DEEPEST = 2048  # libxml2 drops what is nested deeper, so such a page would be read in part only
BINARY_SAMPLE = 20_000  # characters that are looked at
BINARY_SHARE = (
    0.03  # of control and undecodable characters: a page in a wrong encoding stays below, a picture has a tenth
)
_BINARY = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_NOT_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # lxml refuses them wherever a text is moved
_XML_BYTES = bytes(b for b in range(256) if b >= 0x20 or b in b"\t\n\r")
_ODD_BYTES = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # the first bytes of all other characters to be mended
_CONTROL_REFERENCE = re.compile(
    rb"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0*(?:[1-8bBcCeEfF]|1[\da-fA-F]|[fF]{3}[eEfF])(?![\da-fA-F]));?"
)  # the same characters in disguise
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SPACES = re.compile(r"[\t\r\n\f\u00a0][ \t\r\n\f\u00a0]*| [ \t\r\n\f\u00a0]+")  # all but a single plain blank
_BREAK, _QUOTE, _UNQUOTE, _ITEM = "\x01", "\x02", "\x03", "\x04"  # no tree holds these, so they can serve within
_MARKS = re.compile(f"[{_QUOTE}{_UNQUOTE}{_ITEM}]")
_UNSEEN = re.compile("[" + "".join(map(chr, INVISIBLE)) + "\u2028\u2029]")
_NO_MARKS = dict.fromkeys(map(ord, (_QUOTE, _UNQUOTE, _ITEM)))

NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "head", "iframe", "object", "embed", "audio", "video",
     "canvas", "select", "textarea", "input", "button", "datalist", "map"}
)  # fmt: skip
_LINES = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
     "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
     "br", "body", "option", "caption"}
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
_DROPPED, _LINE, _CELL = 1, 2, 3  # how a tag is set as text; all others run on
_SETTING = {**dict.fromkeys(_CELLS, _CELL), **dict.fromkeys(_LINES, _LINE), **dict.fromkeys(NO_TEXT, _DROPPED)}


def parse_html(raw: bytes) -> Element:
    """Make the tree of a page, whatever its encoding and however broken its mark-up.

    Parameters
    ----------
    raw : bytes
        The page as it was saved.

    Returns
    -------
    lxml element
        The root; never None.

    Raises
    ------
    PageError
        The page is empty or no text, has more than four million tags, or nests them deeper than 2,048.

    Examples
    --------
    >>> "".join(parse_html("<p>Ça va</p>".encode("latin-1")).itertext())
    'Ça va'
    """
    return tree_of(markup_of(raw))


def markup_of(raw: bytes) -> bytes:
    """The mark-up of a page as UTF-8, without what no tree may hold; the errors of `parse_html` where it is no page.

    Examples
    --------
    >>> markup_of("<p>Ça va</p>".encode("latin-1")).decode()
    '<p>Ça va</p>'
    """
    text = decode(raw)
    tags = text.count("<")
    if tags > LARGEST_TREE:
        raise PageError(f"The page has {tags:,} tags; at most {LARGEST_TREE:,} are read. Split or clean the file.")
    odd = len(_BINARY.findall(text[:BINARY_SAMPLE]))
    if odd > BINARY_SHARE * min(len(text), BINARY_SAMPLE):
        raise PageError("The file is a picture, archive or other binary under a page's name. Save the page again.")
    data = _mended(text)
    if not text.strip() or not data.strip():
        raise PageError("The page is empty: no text and no mark-up. Save it again from the browser.")
    return data


def tree_of(data: bytes) -> Element:
    """The tree of mark-up that `markup_of` gave; the errors of `parse_html` where it cannot be read whole."""
    check_attributes(data)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise PageError(f"The page has no mark-up that can be read ({error}). Check that it is HTML.") from error
    if root is None:
        raise PageError("The page has no mark-up that can be read. Check that it is HTML.")
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise PageError(f"The page nests its tags deeper than {DEEPEST:,}, so a part would be lost. Clean the file.")
    if data.count(b"<") > FEW_TAGS:
        check_nesting(root)
    return root


def _mended(text: str) -> bytes:
    """A page as UTF-8, without its XML declaration and without characters that no tree may hold."""
    declared = _DECLARATION.match(text)
    if declared:
        text = text[declared.end() :]
    data = text.encode("utf-8", "replace")
    if data.translate(None, _XML_BYTES) or (b"\xef" in data and any(odd in data for odd in _ODD_BYTES)):
        text = _NOT_XML.sub(" ", text.replace("\x00", "\ufffd"))
        data = text.encode("utf-8", "replace")
    return _CONTROL_REFERENCE.sub(b" ", data)


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
    stack = [node]
    while stack:
        at = stack.pop()
        if at in skip and at is not node:
            continue
        if isinstance(at.tag, str):
            yield at
        if len(at):
            stack += at[::-1]


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
    if len(node) or node.tag == "pre":
        _collect(node, skip, pieces, marks)
    elif node.text and node.tag not in NO_TEXT:
        pieces.append(node.text)
    squeezed = _SPACES.sub(" ", "".join(pieces))
    if _BREAK in squeezed:
        lines = map(str.strip, squeezed.split(_BREAK))
        marked = marks and (_QUOTE in squeezed or _ITEM in squeezed)
        text = "\n".join(filter(None, _with_marks(lines) if marked else lines))
    else:
        text = squeezed.strip()
    clean = text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNSEEN.search(text))
    return text if clean else "\n".join(filter(None, clean_text(text).split("\n")))


def _collect(node: Element, skip: Skip, pieces: list[str], marks: bool) -> None:
    """Gather the text; breaks and marks travel as characters that no text may hold, so that blanks can be squeezed."""
    add = pieces.append
    stack: list[Any] = [node]
    while stack:
        at = stack.pop()
        if type(at) is str:
            add(at)
            continue
        tag = at.tag
        tail = None if at is node else at.tail
        setting = _SETTING.get(tag)
        if setting == _DROPPED or (skip and at in skip and at is not node) or not isinstance(tag, str):
            if tail:
                add(tail)
            continue
        text = at.text
        if setting == _LINE:
            add(_BREAK)
            tail = _BREAK + (tail or "")
            if marks and at is not node and (tag == "li" or tag == "blockquote"):
                add(_ITEM if tag == "li" else _QUOTE)
                tail = tail if tag == "li" else _UNQUOTE + tail
            if text and tag == "pre":
                text = text.replace("\n", _BREAK)
        elif setting == _CELL:
            add(" ")
        if text:
            add(text)
        if len(at):
            if tail:
                stack.append(tail)
            stack += at[::-1]
        elif tail:
            add(tail)


def _with_marks(lines: Iterator[str]) -> Iterator[str]:
    """Turn the marking characters into "> " and "- " on every line with text."""
    depth, item = 0, False
    for line in lines:
        bare = line
        if _MARKS.search(line):
            depth += line.count(_QUOTE)
            item = item or _ITEM in line
            bare = line.translate(_NO_MARKS).strip()
        if bare:
            yield "> " * min(depth, 5) + ("- " if item else "") + bare
            item = False
        if bare is not line:
            depth = max(0, depth - line.count(_UNQUOTE))
