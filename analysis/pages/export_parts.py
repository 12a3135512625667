"""What the readers of export files share: safe streaming XML, HTML fragments as text, threads without circles."""

from __future__ import annotations

import codecs
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from analysis.errors import PageError
from analysis.pages.html_tree import Element, parse_html, text_of
from analysis.text import clean_text

PROLOG = 1_000_000  # bytes in which the XML has to begin
LARGEST_POST = 30_000_000  # bytes of a post with its comments: fifty thousand comments have half of it
DEEPEST_POST = 8  # elements around a post; exports have one or two
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r")  # not allowed in XML 1.0, yet met in real exports
_STARTS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})[\"']")
_OTHER_ENCODING = re.compile(r"(?:iso|latin|windows|cp|koi8|mac|gb|big5|euc|shift|sjis)", re.IGNORECASE)
_NEARLY_WINDOWS = re.compile(r"(?:iso[-_]?8859[-_]1|latin[-_]?1|us-?ascii|ascii)$", re.IGNORECASE)
_AS_WINDOWS = {0xDC00 + b: bytes([b]).decode("cp1252", "replace") for b in range(128, 256)}
_SURROGATES = re.compile(  # references to halves of characters, which XML forbids and some exports write for an emoji
    rb"(?:&#(?:[xX]0{0,9}[dD][89a-fA-F][0-9a-fA-F]{2}|0{0,9}5(?:529[6-9]|5[3-9]\d\d|6\d{3}|7[0-2]\d\d|73[0-3]\d|734[0-3]));)"
    rb"{1,1000}"
)
_CONTROL_REFERENCE = re.compile(rb"&#(?:0{0,9}(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0{0,9}(?:1?[0-8bcefBCEF]|1[9aAdD]));")
_PROLOG = re.compile(rb"(?:\s++|<\?(?:[^?]++|\?(?!>))*+\?>|<!--(?:[^-]++|-(?!->))*+-->)*+")
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_]")
_BLOCKS = re.compile(r"<(?:p|br|div|blockquote|ul|ol|table|h[1-6])\b", re.IGNORECASE)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|gallery|embed|audio|video|playlist|code|sourcecode|youtube|more|contact-form|polldaddy|tweet|"
    r"googlemaps)(?:[ =][^\]]{0,2000})?/?\]|"
    r"\[/?[a-z][\w-]{1,30}(?:\s+[\w-]+=(?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^\s\]]{1,200}))+\s*/?\]"
)
_HTML = re.compile(r"[<&]")


def stream_xml(raw: bytes, tags: Sequence[str]) -> Iterator[Element]:
    """Give the elements of these local names one after the other, and forget each when the next is asked for.

    Parameters
    ----------
    raw : bytes
        The export file.
    tags : sequence of str
        Local names, such as "item"; nested ones of the same name are not given twice.

    Yields
    ------
    lxml element
        Complete, valid until the next one is asked for.

    Raises
    ------
    PageError
        The file declares a document type or entities (no export does; they are how XML is abused to read files or
        to fill memory), or it breaks off or is no XML; then the elements before the break were given already.
    """
    raw = _SURROGATES.sub(_joined, as_utf8(raw).lstrip().translate(None, _CONTROL))
    raw = _CONTROL_REFERENCE.sub(b"", raw)
    if b"\xef\xbf" in raw:
        raw = raw.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")  # U+FFFE and U+FFFF end a parser too
    raw = raw[max(0, raw.find(b"<?xml", 0, PROLOG)) :]  # a blog's program may have printed its warnings before it
    raw = raw[raw.find(b"<") :]
    begins = _PROLOG.match(raw)
    first = begins.end() if begins else 0
    if not _FIRST_ELEMENT.match(raw, first) and not raw.startswith(b"<!", first):
        raise PageError("The file holds no XML element. Export it again, or give it another ending.")
    if raw.startswith(b"<!", first):
        raise PageError(
            "The XML declares a document type or entities, which no export does; it is not read for safety."
        )
    options = {
        "recover": True,
        "resolve_entities": False,
        "no_network": True,
        "load_dtd": False,
        "remove_comments": True,
        "encoding": "utf-8",
    }
    source = _Metered(raw)
    events = etree.iterparse(source, events=("end",), tag=[*tags, *(f"{{*}}{tag}" for tag in tags)], **options)
    try:
        for _, element in events:
            if source.ended:
                break  # the parser closes what the file did not: half a post is not given as one
            around = list(itertools.islice(element.iterancestors(), DEEPEST_POST))
            if len(around) == DEEPEST_POST or any(local(above) in tags for above in around):
                continue  # no place for a post; a reference or a namesake inside one of them
            yield element
            element.clear()
            for at in (element, *around):
                while at.getprevious() is not None and at.getparent() is not None:
                    del at.getparent()[0]
            source.since = 0
    except etree.XMLSyntaxError as error:
        raise PageError(f"The XML cannot be read: {error}. Export the file again.") from error
    wrong = [e for e in events.error_log if e.level_name == "FATAL" and e.type_name != "ERR_UNDECLARED_ENTITY"]
    if wrong:
        torn = not raw.rstrip().endswith(
            b"</" + re.split(rb"[\s/>]", raw[first + 1 : first + 200], maxsplit=1)[0] + b">"
        )
        raise PageError(
            f"The XML {'breaks off' if torn else 'is faulty'} at line {wrong[0].line} ({wrong[0].message.strip()}); "
            + ("what stands before was read." if torn else "what could be read was, and something may be missing.")
            + " Export the file again."
        )


class _Metered(io.BytesIO):
    """A file that is read only so far beyond the last whole post, since all of it is in memory until then."""

    since = 0
    ended = False

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.ended = not piece
        self.since += len(piece)
        if self.since > LARGEST_POST:
            raise PageError(
                f"More than {LARGEST_POST:,} bytes of the XML belong to no whole post; what stands before was read. "
                "Export the file again."
            )
        return piece


def as_utf8(raw: bytes) -> bytes:
    """The bytes of an XML file in valid UTF-8, whatever they are in and whatever the file says.

    A byte order mark or UTF-16's zeros decide first, then whether the bytes are valid UTF-8, then the encoding that is
    declared. Where that is UTF-8 after all, or unknown, single bytes that cannot be are read as Windows-1252: blogs
    that moved house often hold both.

    Examples
    --------
    >>> as_utf8("<a>Café</a>".encode("utf-16")).decode()
    '<a>Café</a>'
    >>> as_utf8(b"<a>Caf\\xc3\\xa9, Caf\\xe9</a>").decode()
    '<a>Café, Café</a>'
    """
    for start, encoding in _STARTS:
        if raw.startswith(start):
            return raw.decode(encoding, "replace").encode()
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(raw), PROLOG):  # piece by piece: nothing is kept
            decoder.decode(raw[at : at + PROLOG])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        said = _DECLARED.search(raw, 0, 1000)
        return _decoded(raw, said[1].decode("ascii") if said else "utf-8").encode()
    return raw


def _decoded(raw: bytes, encoding: str) -> str:
    if _OTHER_ENCODING.match(encoding):
        try:
            return raw.decode("cp1252" if _NEARLY_WINDOWS.match(encoding) else encoding, "replace")
        except (LookupError, ValueError):  # Python knows none of this name
            pass
    return raw.decode("utf-8", "surrogateescape").translate(_AS_WINDOWS)


def _joined(found: re.Match[bytes]) -> bytes:
    """Two references to halves of a character as one to the character; a half alone becomes U+FFFD."""
    halves = [int(n[1:], 16) if n[:1] in b"xX" else int(n) for n in re.findall(rb"&#([xX]?[0-9a-fA-F]+);", found[0])]
    text = b"".join(half.to_bytes(2, "big") for half in halves).decode("utf-16-be", "replace")
    return b"".join(b"&#%d;" % ord(letter) for letter in text)


def local(element: Element) -> str:
    """The name of an element without namespace or prefix, declared or not."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def child_text(element: Element, name: str) -> str | None:
    """The text of the first child of this local name, stripped; None where it is absent or empty."""
    for child in element:
        if local(child) == name:
            return ("".join(child.itertext())).strip() or None
    return None


def fragment_text(html: str, *, marks: bool = False) -> str:
    """Plain text of a piece of HTML as blogs store it, where a bare line break is a break too.

    Parameters
    ----------
    html : str
        The stored text; WordPress shortcodes with their settings are left out.
    marks : bool
        Begin quoted lines with "> " and list items with "- ".

    Examples
    --------
    >>> fragment_text("One &amp; two\\n\\n<em>three</em> [gallery ids=1]")
    'One & two\\nthree'
    """
    text = _SHORTCODE.sub(" ", html)
    if not _HTML.search(text):
        lines = (" ".join(line.split()) for line in clean_text(text).split("\n"))
        return "\n".join(line for line in lines if line)
    if not _BLOCKS.search(text):
        text = text.replace("\r\n", "\n").replace("\n", "<br>")
    try:
        return text_of(parse_html(f"<div>{text}</div>".encode("utf-8", "replace")), marks=marks)
    except PageError:
        return clean_text(re.sub(r"<[^>]{0,1000}>", " ", text))


def reply_positions(ids: Sequence[str | None], parents: Sequence[str | None]) -> list[int | None]:
    """Turn parents' ids into positions; one that is missing, itself, or part of a circle becomes None.

    Parameters
    ----------
    ids, parents : sequence of str or None
        Of each comment, in page order.

    Returns
    -------
    list of int or None

    Examples
    --------
    >>> reply_positions(["a", "b", "c", "d"], [None, "a", "gone", "d"])
    [None, 0, None, None]
    >>> reply_positions(["a", "b"], ["b", "a"])
    [1, None]
    """
    place = {key: k for k, key in reversed(list(enumerate(ids))) if key}
    answers: list[int | None] = [place.get(parent) if parent else None for parent in parents]
    settled: set[int] = set()  # known to end at a comment that answers none
    for start in range(len(answers)):
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in settled:
            settled.add(at)
            path.append(at)
            at = answers[at]
        if at is not None and at in path:
            answers[path[-1]] = None  # the step that would close a circle
    return answers


def plain(value: Any) -> str | None:
    """A string without surrounding blanks and invisible characters, or None where nothing is left."""
    return clean_text(value).strip() or None if isinstance(value, str) else None
