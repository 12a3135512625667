"""Read a saved web page: its comments by their mark-up, then its essay from what is left.

The comments are taken out of the tree before the essay is looked for, so that no comment can leak into it. Where the
own reader finds no clear text, trafilatura (Barbaresi 2021) is asked; where no mark-up tells comments apart, none are
reported here.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import re
from collections.abc import Iterator

from analysis.errors import PageError
from analysis.pages.comment_data import comments_from_data
from analysis.pages.comment_lines import comments_from_lines
from analysis.pages.comment_markup import Item, find_comments
from analysis.pages.comment_names import has_types, hinted_elements, names_of, word_set, words_of
from analysis.pages.dates import LANGUAGES, day_order, parse_date
from analysis.pages.essay_markup import Essay, is_container, part_injected, read_essay
from analysis.pages.hidden import hidden_texts
from analysis.pages.html_about import About, comments_open, linked_data, read_about
from analysis.pages.html_tree import Element, markup_of, text_of, tree_of
from analysis.types import Comment, Page

CLEAR_SHARE = 0.5  # below this share of the page's running text the own essay reader is not sure of its place
LONG_LINE = 80  # characters; headings, buttons and policy links of a comment box stay below
MOST_OWN_TEXT = 1500  # characters of long lines in a comment box outside all comments; comment policies stay below
SHORT_ESSAY = 200  # characters; a shorter essay on a page with more text asks for a second opinion

_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|div|p|article|table|meta|title|br|h1|section)\b", re.IGNORECASE
)
_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_NOT_MARKED = {(True, False): 0.5, (True, True): 0.8, (False, False): 0.7}  # sure of lines, of data, of no comments
_AREA_TAGS = frozenset({"div", "section", "ol", "ul", "aside", "footer", "dl"})
_AREA_WORDS = word_set("comments commentlist list thread threads area wrap wrapper section respond holder template")


class HtmlFormat:
    """Plug-in for saved web pages (HTML and XHTML)."""

    name = "html"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether the name ends like a web page's, or the first bytes hold HTML tags.

        Examples
        --------
        >>> HTML.accepts("essay.html", b""), HTML.accepts("essay", b"<!DOCTYPE html>"), HTML.accepts("a.txt", b"1 < 2")
        (True, True, False)
        """
        if name.lower().removesuffix(".gz").endswith(_ENDINGS):
            return True
        head = head.replace(b"\x00", b"")  # UTF-16 puts a zero between the letters
        if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml") and b"<html" not in head.lower():
            return False
        return bool(_MARKUP.search(head))

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give the one page in the bytes.

        Parameters
        ----------
        raw : bytes
            The page as saved.
        page, path : str
            Its name and where it was read.

        Yields
        ------
        Page

        Raises
        ------
        PageError
            The page is empty, outside the bounds of `parse_html`, or holds no text.

        Examples
        --------
        >>> saved = b'''<article class="entry-content"><p>It rains, and nobody has a good word for it.</p></article>
        ... <ol id="comments"><li class="comment" id="comment-7"><b class="fn">Ann</b><p>I have!</p></li></ol>'''
        >>> [found] = HTML.read(saved, page="rain", path="rain.html")
        >>> found.essay.split("\\\\n")[-1], found.comments[0].author, found.comments[0].text
        ('It rains, and nobody has a good word for it.', 'Ann', 'I have!')
        """
        with _collector_paused():
            found = _read_page(raw, page, path)
        yield found


HTML = HtmlFormat()


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Spare Python the search for circles of objects: a tree has none, and each of its elements would be looked at."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read_page(raw: bytes, page: str, path: str) -> Page:
    markup = markup_of(raw)
    root = tree_of(markup)
    held = list(root.iter())  # lxml makes each element anew on every visit unless somebody holds it
    hinted = hinted_elements(root, typed=has_types(markup))
    items = find_comments(root, hinted)
    skip = {item.node for item in items}
    areas = _comment_areas(hinted, items)
    data = tuple(linked_data(root))
    essay = read_essay(root, skip | areas)
    text, how = _second_opinion(root, essay, skip | areas)
    text, injected = part_injected(text, hidden_texts(root))
    about = read_about(root, text, skip | areas, data)
    comments = _comments(items, about) if items else comments_from_data(data, about.author)
    as_data = bool(comments) and not items
    comments = comments or comments_from_lines(root, areas, text)
    if not text and not comments:
        raise PageError(
            f"The page {page!r} holds no text (scripts may have filled it in the browser). Save it after loading."
        )
    made = Page(
        page=page,
        path=path,
        format=HtmlFormat.name,
        essay=text,
        comments=comments,
        injected_spam=injected,
        confidence=_confidence(items, _NOT_MARKED[bool(comments), as_data], essay),
        evidence=f"{_comment_evidence(items, comments, as_data)}; {how}",
        title=about.title,
        author=about.author,
        date=about.date,
        language=about.language,
        comments_open=comments_open(root, hinted, (text_of(area, skip)[:2000] for area in areas)),
    )
    del held
    return made


def _comment_areas(hinted: list[Element], items: list[Item]) -> set[Element]:
    """The boxes around comments: headings, forms and lists that belong neither to the essay nor to a comment."""
    found: set[Element] = set()
    for element in hinted:
        if element.tag not in _AREA_TAGS:
            continue
        if _names_comment_area(names_of(element), element.get("id") or ""):
            found.add(element)
    inside = {item.node for item in items}
    above = _above_essay(found, inside)
    return {area for area in found if area not in above and not _has_much_text(area, inside)}


@functools.lru_cache(maxsize=8192)
def _names_comment_area(names: str, own_id: str) -> bool:
    if own_id in ("comments", "respond", "disqus_thread"):
        return True
    words = {word for name in f"{names} {own_id}".split() for word in words_of(name)}
    return bool(words & {"comment", "comments"} and words & _AREA_WORDS)


def _above_essay(areas: set[Element], inside: set[Element]) -> set[Element]:
    """Those of the boxes that hold the essay's heading or container outside all comments."""
    holding: set[Element] = set()
    seen: set[Element] = set()
    for area in areas:
        if any(above in areas for above in area.iterancestors()):
            continue  # looked through with the box around it
        for at in area.iter("*"):
            if at.tag != "h1" and not is_container(at):
                continue
            while at is not None and at not in seen:
                seen.add(at)
                if at in areas:
                    holding.add(at)
                at = None if at in inside else at.getparent()
    return holding


def _has_much_text(area: Element, inside: set[Element]) -> bool:
    """Whether a box named after comments holds so much text outside all comments that the essay must be there.

    Where no comment was marked, much text is what comments without mark-up look like, and proves nothing.
    """
    if not inside:
        return False
    own = text_of(area, inside | set(area.iter("form")))
    return sum(len(line) for line in own.split("\n") if len(line) > LONG_LINE) > MOST_OWN_TEXT


def _second_opinion(root: Element, essay: Essay, skip: set[Element]) -> tuple[str, str]:
    """Ask trafilatura where the own reader found little; the longer text wins."""
    if essay.named or (essay.share >= CLEAR_SHARE and len(essay.text) >= SHORT_ESSAY):
        return essay.text, "essay from its text container" if essay.named else "essay where most running text stands"
    import trafilatura  # two seconds to load, and most pages never need it

    for element in skip:
        _drop(element)
    other = trafilatura.extract(root, include_comments=False, fast=True) or ""
    if len(other) > len(essay.text):
        return "\n".join(
            line for line in other.split("\n") if line.strip()
        ), "essay by trafilatura, the layout being unclear"
    return essay.text, "essay from the largest block of an unclear layout"


def _drop(element: Element) -> None:
    """Take an element out of the tree and leave the text behind it in place."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def _comments(items: list[Item], about: About) -> tuple[Comment, ...]:
    """The comments with their dates read in the page's own order of day and month."""
    first = day_order(item.fields.date_raw or "" for item in items)
    position = {id(item): k for k, item in enumerate(items)}
    languages = tuple(dict.fromkeys([*([about.language] if about.language else []), *LANGUAGES]))
    made = []
    for item in items:
        own = item.fields
        exact = parse_date(own.date_exact) if own.date_exact else None
        date = exact or (parse_date(own.date_raw, languages=languages, day_first=first) if own.date_raw else None)
        same = bool(own.author and about.author and own.author.casefold() == about.author.casefold())
        made.append(
            Comment(
                text=own.text,
                author=own.author,
                author_link=own.author_link,
                date=date,
                date_raw=own.date_raw,
                reply_to=position.get(id(item.parent)) if item.parent else None,
                by_essay_author=own.owner or same,
                kind="pingback" if own.ping else "comment",
            )
        )
    return tuple(made)


def _comment_evidence(items: list[Item], comments: tuple[Comment, ...], as_data: bool) -> str:
    if as_data:
        return f"{len(comments)} comments from the page's data for search engines"
    if not items and comments:
        return f"{len(comments)} comments by their lines, below what announces them"
    if not items:
        return "no part of the mark-up is named as a comment"
    keyed = sum(item.key is not None for item in items)
    return f"{len(items)} comments by their mark-up, {keyed} with a number of their own"


def _confidence(items: list[Item], not_marked: float, essay: Essay) -> float:
    """Higher with numbered comments that have author and date, and with an essay in one named place.

    Without marked comments it is lower.
    """
    if items:
        known = sum(
            (i.key is not None) + (i.fields.author is not None) + (i.fields.date_raw is not None) for i in items
        )
        sure = 0.6 + 0.35 * known / (3 * len(items))
    else:
        sure = not_marked
    place = 1.0 if essay.named else max(0.5, min(essay.share, 1.0))
    return round(sure * (0.8 + 0.2 * place), 3)
