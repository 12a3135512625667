"""From the bytes of a file to pages: which reader takes it, and why one was skipped.

A reader for a further format is any object with ``name``, ``accepts`` and ``read`` (`analysis.types.PageFormat`); put
it into `FORMATS` before the built-in ones. ``tests/pages/test_formats.py`` checks that it keeps the rules.
"""

from __future__ import annotations

import gzip
import io
import zlib

from analysis.errors import PageError
from analysis.pages.blogger import BLOGGER
from analysis.pages.bounds import MOST_LINES, MOST_SECONDS, MOST_TAGS, OutOfTime, within_seconds
from analysis.pages.convokit import CONVOKIT, check_packing
from analysis.pages.disqus import DISQUS
from analysis.pages.html import HTML
from analysis.pages.plain_text import PLAIN_TEXT
from analysis.pages.wordpress import WORDPRESS
from analysis.types import Page, PageFormat, Skipped

FORMATS: dict[str, PageFormat] = {
    reader.name: reader for reader in (WORDPRESS, BLOGGER, DISQUS, CONVOKIT, HTML, PLAIN_TEXT)
}
GZIP = 31  # zlib's number for a stream with gzip's header and check sum
HEAD = 4096  # bytes a reader may look at to say whether a file is for it
EXPORT_PAGES = 25  # an export holds many pages, so it may be this many times larger than one page
CORPUS_PAGES = 100  # a zipped ConvoKit corpus unpacks to gigabytes
_EXPORTS = frozenset({WORDPRESS.name, BLOGGER.name, DISQUS.name, CONVOKIT.name})
_ENDINGS = (".txt", ".html", ".htm", ".xml", ".zip")

__all__ = ["EXPORT_PAGES", "FORMATS", "HEAD", "MOST_SECONDS", "MOST_TAGS", "page_name", "read_file"]


def page_name(path: str) -> str:
    """The name of the page in a file: without folders and endings; a ConvoKit corpus is named by its folder.

    Examples
    --------
    >>> page_name("blog/on-rain.html.gz"), page_name("v1.2.txt"), page_name("corpus/talks/utterances.jsonl")
    ('on-rain', 'v1.2', 'talks')
    """
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    name = parts[-1] if parts else path
    if name.lower().endswith(".gz"):
        name = name[:-3]
    if name.lower() == "utterances.jsonl" and len(parts) > 1:
        return parts[-2]
    for ending in _ENDINGS:
        if name.lower().endswith(ending):
            return name[: -len(ending)] or name
    return name


def read_file(
    raw: bytes, *, path: str, max_bytes: int, max_tags: int = MOST_TAGS, max_seconds: float = MOST_SECONDS
) -> tuple[list[Page], list[Skipped]]:
    """Read the pages in the bytes of one file.

    Parameters
    ----------
    raw : bytes
        The file as it is, packed by gzip or not.
    path : str
        Where it was read; its name chooses the reader together with the first bytes.
    max_bytes : int
        Largest page in bytes, unpacked; an export may be twenty-five times larger.
    max_tags : int
        Most tags of a web page, which bound its memory: a million take half a gigabyte.
    max_seconds : float
        Longest computing time of a page, where the system can measure it (`analysis.pages.bounds`); an export may take
        twenty-five times longer.

    Returns
    -------
    pages : list of Page
        In the order of the file.
    skipped : list of Skipped
        The file itself with the reason, where it or the rest of it could not be read. Never both empty.

    Examples
    --------
    >>> pages, skipped = read_file(b"<p>A page of few words.</p>", path="few.html", max_bytes=1_000)
    >>> pages[0].page, pages[0].essay, skipped
    ('few', 'A page of few words.', [])
    >>> read_file(b"", path="none.html", max_bytes=1_000)[1][0].reason
    'The file is empty. Save it again.'
    """
    name = page_name(path)
    reader: PageFormat | None = None
    pages: list[Page] = []
    try:
        raw = _unpacked(raw, max_bytes * EXPORT_PAGES)
        reader = _reader_for(raw, path)
        _check_bounds(raw, reader, max_bytes, max_tags)
        with within_seconds(seconds := max_seconds * (EXPORT_PAGES if reader.name in _EXPORTS else 1)):
            for page in reader.read(raw, page=name, path=path):
                pages.append(page)  # one by one, so that what was read before an error is kept
        if not pages:
            raise PageError("The file holds no page with a text. Save it again after it has loaded.")
    except PageError as error:
        return pages, [Skipped(name, path, reader.name if reader else None, str(error))]
    except OutOfTime:
        reason = f"It took more than {seconds:,.0f} seconds of computing (read.max_seconds in config.toml). Split it."
        return pages, [Skipped(name, path, reader.name if reader else None, reason)]
    return pages, []


def _check_bounds(raw: bytes, reader: PageFormat, max_bytes: int, max_tags: int) -> None:
    """Raise PageError where a file is larger than its kind may be; counted, so that all machines agree."""
    largest = max_bytes * (EXPORT_PAGES if reader.name in _EXPORTS else 1)
    if len(raw) > largest:
        raise PageError(
            f"The file has {len(raw):,} bytes; at most {largest:,} are read (read.max_bytes in config.toml)."
        )
    if reader is CONVOKIT:
        check_packing(raw, max_bytes * CORPUS_PAGES)
    if reader is HTML and (tags := raw.count(b"<")) > max_tags:
        raise PageError(f"The page has {tags:,} tags; at most {max_tags:,} are read (read.max_tags in config.toml).")
    if reader is PLAIN_TEXT and (lines := raw.count(b"\n")) > MOST_LINES:
        raise PageError(f"The text has {lines:,} lines; at most {MOST_LINES:,} are read. Split it into pages.")


def _reader_for(raw: bytes, path: str) -> PageFormat:
    if not raw.strip():
        raise PageError("The file is empty. Save it again.")
    name = path.replace("\\", "/").rpartition("/")[2]
    for reader in FORMATS.values():
        if reader.accepts(name, raw[:HEAD]):
            return reader
    raise PageError(
        f"No reader knows this file; there are readers for: {', '.join(FORMATS)}. Convert it to HTML or text."
    )


def _unpacked(raw: bytes, largest: int) -> bytes:
    """Unpack gzip, never beyond the bound."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    try:
        member = zlib.decompressobj(wbits=GZIP)
        text = member.decompress(raw, largest + 1)
        if len(text) <= largest and (not member.eof or member.unused_data):  # cut short, padded, or several members
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                text = packed.read(largest + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PageError(f"The gzip file is damaged ({error}). Pack it again.") from error
    if len(text) > largest:
        raise PageError(f"The gzip file unpacks to more than {largest:,} bytes (read.max_bytes in config.toml).")
    return text
