"""What a page says about itself: title, author, date, language, and whether its comments are open."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.pages.comment_names import author_level, date_level, names_of, prop_of
from analysis.pages.comment_words import clean_name
from analysis.pages.dates import parse_date
from analysis.pages.html_tree import Element, text_of
from analysis.text import clean_text, language_of

LONGEST_SCRIPT = 5_000_000  # characters of JSON-LD that are read; ten thousand comments have three million
LONGEST_TITLE = 500
LANGUAGE_SAMPLE = (
    1200  # characters: two hundred words tell the language as surely as a thousand, in a fifth of the time
)
AGREEING_SAMPLE = 250  # characters; enough where the page states the language that its first words show

_ASKED = frozenset({"og:title", "author", "article:author", "article:published_time", "datepublished", "dc.date"})
_SITE = re.compile(r"\s+(?:\||»|«|–|—|::|-|·|•)\s+")
_ARTICLES = re.compile(r"(?:article|posting|report|review|webpage|recipe)$", re.IGNORECASE)
_NO_AUTHOR = re.compile(r"^(?:https?:|www\.|admin$|@)", re.IGNORECASE)
_LANGUAGE = re.compile(r"^([a-z]{2})(?:[-_][A-Za-z0-9]+)*$", re.IGNORECASE)
_CLOSED = re.compile(
    r"comments? (?:are|is|have been) (?:now )?(?:closed|disabled|off)|comment thread is closed|"
    r"kommentar(?:e|funktion)[^.\n]{0,40}(?:geschlossen|deaktiviert)|commentaires (?:sont )?fermés|"
    r"comentarios (?:están )?cerrados|commenti (?:sono )?chiusi|comentários (?:estão )?(?:fechados|encerrados)|"
    r"no longer accepting comments|new comments are not allowed",
    re.IGNORECASE,
)
_CLOSED_BOX = re.compile(r"no-?comments|comments?-closed")
_OPEN_BOX = re.compile(r"wpd-comments-open")
_TITLE_BOX = re.compile(r"(?:entry|post|article|node)-?(?:title|header|headline|heading)\b|^title$|^headline$")
_NOT_HOME = re.compile(r"^(?:https?:)?//[^/]+/[^/?#]|^/[^/?#]|^[^/:?#.]")  # an address with a path below the front page
_SIGNED_BOX = re.compile(r"submitted|footers?\b|byline|meta\b|info\b|dateline")
_SIGNED = re.compile(r"\b(?:posted|submitted|published|written)\s+(?:by\s+.{1,80}?\s+)?on\s+(.{6,60})", re.IGNORECASE)
_COMMENT = re.compile(r"comment|kommentar|comentario|commento", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """Title, author, date (ISO 8601) and language (ISO 639-1) of a page; None where it does not say."""

    title: str | None
    author: str | None
    date: str | None
    language: str | None


def read_about(root: Element, essay: str, skip: set[Element], data: Sequence[Any] = ()) -> About:
    """Read what a page says about itself.

    Parameters
    ----------
    root : element
        The tree of the page.
    essay : str
        The essay, from which the language is told where the page does not state it.
    skip : set of elements
        The comments, whose names and dates are not the page's.
    data : sequence
        What `linked_data` found.

    Returns
    -------
    About
    """
    metas = _metas(root)
    linked = _article_data(data)
    headings = [e for e in root.iter("h1", "h2", "h3", "h4") if not _below(e, skip)]
    named = [e for e in headings if _TITLE_BOX.search(names_of(e)) or prop_of(e) == "headline"]
    first = [e for e in headings if e.tag == "h1" and not _leads_home(e)]
    title = metas.get("og:title") or linked.get("headline") or _first_text(named + first) or _page_title(root)
    author = metas.get("author") or linked.get("author") or metas.get("article:author") or _byline(root, skip)
    if author and (_NO_AUTHOR.search(author) or len(author) > 100):
        author = _byline(root, skip)
    when = (
        metas.get("article:published_time") or linked.get("date") or metas.get("datepublished") or metas.get("dc.date")
    )
    day = (parse_date(when) if when else None) or _dateline(root, skip)
    return About(
        _bare_title(title, named + headings), clean_name(author) if author else None, day, _language(root, essay)
    )


def comments_open(root: Element, hinted: list[Element], texts: Iterable[str]) -> bool | None:
    """Whether readers could still comment: a form says yes, a notice says no, else None.

    Parameters
    ----------
    root : element
        The tree of the page.
    hinted : list of elements
        Those whose names speak of comments.
    texts : iterable of str
        Texts around the comments, in which a notice may stand; read only where no form answers.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> page = parse_html(b"<p>Text.</p>")
    >>> comments_open(page, [], ["Comments are closed."]), comments_open(page, [], ["3 comments"])
    (False, None)
    >>> comments_open(parse_html(b"<form id='commentform'><textarea name='comment'></textarea></form>"), [], [])
    True
    """
    if any(
        _COMMENT.search(
            f"{e.get('action') or ''} {e.get('name') or ''} {e.get('id') or ''} {names_of(e)} {e.get('src') or ''}"
        )
        for e in root.iter("form", "textarea", "iframe")
    ):
        return True
    names = {e.get("class") or "" for e in hinted}
    if any(map(_OPEN_BOX.search, names)):
        return True
    closed = {name for name in names if _CLOSED_BOX.search(name)}
    shut = [e for e in hinted if (e.get("class") or "") in closed][:5] if closed else []
    return (
        False
        if any(map(_CLOSED.search, texts)) or any(not len(e) or _CLOSED.search(text_of(e)) for e in shut)
        else None
    )


def _below(element: Element, skip: set[Element]) -> bool:
    return bool(skip) and any(above in skip for above in element.iterancestors())


def _metas(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name not in _ASKED:
            continue
        value = clean_text((meta.get("content") or "")[:LONGEST_TITLE]).strip()
        if value:
            found.setdefault(name, value)
    return found


def linked_data(root: Element) -> Iterator[Any]:
    """What a page's JSON-LD scripts hold, in page order; broken JSON is left alone.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> list(linked_data(parse_html(b"<script type='application/ld+json'>{\\"@type\\": \\"Article\\"}</script>")))
    [{'@type': 'Article'}]
    """
    for script in root.iter("script"):
        raw = (script.text or "").strip() if script.get("type") == "application/ld+json" else ""
        if raw and len(raw) <= LONGEST_SCRIPT:
            with contextlib.suppress(ValueError, RecursionError):
                yield json.loads(raw, strict=False)


def _article_data(data: Sequence[Any]) -> dict[str, str]:
    """Headline, author and date from schema.org JSON-LD."""
    for script in data:
        for node in _nodes(script):
            kinds = node.get("@type")
            if any(isinstance(k, str) and _ARTICLES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                found = {
                    "headline": _plain(node.get("headline")),
                    "date": _plain(node.get("datePublished")),
                    "author": _plain(node.get("author")),
                }
                if found["author"] or found["date"]:
                    return {name: value for name, value in found.items() if value}
    return {}


def _nodes(data: Any) -> list[dict[str, Any]]:
    """The objects at the top, in a list, or in a graph; articles proper before mere web pages."""
    if isinstance(data, dict):
        data = data.get("@graph") if isinstance(data.get("@graph"), list) else [data]
    nodes = [node for node in data if isinstance(node, dict)] if isinstance(data, list) else []
    return sorted(nodes, key=lambda node: "WebPage" in str(node.get("@type")))


def _plain(value: Any) -> str | None:
    """A string, the name of an object, or the names in a list."""
    if isinstance(value, str):
        return clean_text(value[:LONGEST_TITLE]).strip() or None
    if isinstance(value, dict):
        return _plain(value.get("name"))
    if isinstance(value, list) and value:
        return ", ".join(filter(None, (_plain(v) for v in value[:5] if isinstance(v, (str, dict))))) or None
    return None


def _leads_home(heading: Element) -> bool:
    """Whether a heading is the site's banner: its link leads to the front page."""
    links = [link.get("href") or "" for link in heading.iter("a")]
    return bool(links) and not any(_NOT_HOME.search(link) for link in links)


def _first_text(elements: list[Element]) -> str | None:
    return next((text for text in (" ".join(text_of(e).split()) for e in elements[:3]) if text), None)


def _page_title(root: Element) -> str | None:
    found = root.find(".//title")
    return " ".join((found.text or "").split())[:LONGEST_TITLE] or None if found is not None else None


def _bare_title(title: str | None, headings: list[Element]) -> str | None:
    """The title without the site's name, where a heading of the page shows where that begins."""
    if not title:
        return None
    title = clean_text(" ".join(title.split()))[:LONGEST_TITLE]
    shown = {" ".join(text_of(e).split()).lower() for e in headings[:40]}
    for cut in _SITE.finditer(title):
        if title[: cut.start()].lower() in shown:
            return title[: cut.start()]
    return title


def _byline(root: Element, skip: set[Element]) -> str | None:
    """The author named in the mark-up around the essay."""
    best: tuple[int, str] | None = None
    for element in root.iter("a", "span", "p", "div", "address", "cite", "strong"):
        names, prop = names_of(element), prop_of(element)
        level = author_level(names, prop) if names or prop else 9
        rel = element.get("rel")
        if rel and "author" in rel.split():
            level = 1
        if level > 2 or (best and level >= best[0]) or element in skip or _below(element, skip):
            continue
        lines = text_of(element).split("\n")
        name = clean_name(lines[0]) if len(lines) <= 3 and len(lines[0]) <= 80 else None
        if name and not _NO_AUTHOR.search(name) and parse_date(name) is None:
            best = level, name
            if level == 0:
                break
    return best[1] if best else None


def _dateline(root: Element, skip: set[Element]) -> str | None:
    """The date named in the mark-up around the essay: the first that is no comment's."""
    for element in root.iter("time", "abbr", "span", "p", "div", "h2", "h4", "h6", "a"):
        names, prop = names_of(element), prop_of(element)
        if element.tag != "time" and not ((names or prop) and date_level(names, prop) <= 1):
            continue
        if element in skip or _below(element, skip):
            continue
        for value in (element.get("datetime"), element.get("title"), element.get("content"), text_of(element)[:100]):
            day = parse_date(value) if value else None
            if day and len(day) >= 10:
                return day
    return _signed_date(root, skip)


def _signed_date(root: Element, skip: set[Element]) -> str | None:
    """The date in a line "Posted by X on DATE" beside the essay."""
    for element in root.iter("p", "span", "div"):
        if not _SIGNED_BOX.search(names_of(element)) or element in skip or _below(element, skip):
            continue
        said = _SIGNED.search(text_of(element)[:300])
        day = parse_date(said[1].split("|")[0].strip()) if said else None
        if day and len(day) >= 10:
            return day
    return None


def _language(root: Element, essay: str) -> str | None:
    """The language of the essay's words; where they are too few, the one the page states."""
    match = _LANGUAGE.match((root.get("lang") or root.get("xml:lang") or "").strip())
    said = match[1].lower() if match else None
    if said and language_of(essay[:AGREEING_SAMPLE]) == said:
        return said
    return language_of(essay[:LANGUAGE_SAMPLE]) or said
