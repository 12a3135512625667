"""Read one comment's part of the tree: who wrote it, when, and what; nothing here knows of other comments.

The author and the date are looked for by name of class or property, then by the words around them ("X says:",
"Posted by X"); the body is the part named as such, else all that is left when author, date and furniture are taken out.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from analysis.pages.comment_dates import LONGEST_STAMP, Labels, date_nodes, date_of, is_short
from analysis.pages.comment_heads import is_role, name_in_bold, name_in_stamp, without_role
from analysis.pages.comment_names import (
    LONGEST_NAMES,
    PINGS,
    author_level,
    body_rank,
    date_level,
    is_furniture,
    is_owner_mark,
    names_of,
    prop_of,
    words_of,
)
from analysis.pages.comment_words import EDGES, HEAD_PATTERNS, TRAILING_SAYS, clean_name
from analysis.pages.dates import parse_date
from analysis.pages.html_tree import NO_TEXT, Element, Skip, text_of, walk

_PING_LEAD = re.compile(r"^\s*(?:pingback|trackback|ping|mention)\b\s*(?::|von|by|from|de|par)", re.IGNORECASE)
_EXCERPT = re.compile(r"^\s*(?:\[(?:…|\.\.\.)\]|\[&#8230;\]).*(?:\[(?:…|\.\.\.)\])\s*$", re.DOTALL)
_DIGIT = re.compile(r"\d")

NO_LABEL = ("", "")
MOST_TRIED = 12  # elements of a comment that are asked for a name in vain; no page met needs half of them
MOST_IN_BADGE = 8  # elements in a writer's role ("Author" with an icon or two)
MOST_INNER = 30  # elements beside a name; one with more is no name
MOST_PIECES = 2_000  # of text in which the head of a pingback is looked for; one with more is a thread


@dataclass(slots=True)
class Fields:
    """What one comment's part of the tree says; ``date_exact`` is a machine-readable date where the page has one."""

    text: str = ""
    author: str | None = None
    author_link: str | None = None
    date_raw: str | None = None
    date_exact: str | None = None
    owner: bool = False
    ping: bool = False
    named_body: bool = False
    body: Element | None = None


def read_fields(node: Element, skip: Skip) -> Fields:
    """Read author, link, date and body of the comment in a part of the tree.

    Parameters
    ----------
    node : element
        The part that holds one comment.
    skip : set of elements
        Comments nested in it and reply forms, which are not its own.

    Returns
    -------
    Fields
        What was found; the text may be empty.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> head = b'<cite><a href="http://a.example">Ann</a> says:</cite> <i class="date">4 May 2012</i>'
    >>> found = read_fields(parse_html(b"<li>" + head + b"<p>Yes.</li>").find(".//li"), frozenset())
    >>> found.author, found.author_link, found.date_raw, found.text
    ('Ann', 'http://a.example', '4 May 2012', 'Yes.')
    """
    own = [e for e in walk(node, skip) if e.tag not in NO_TEXT]
    labels = {
        e: ((e.get("class") or "")[:LONGEST_NAMES], (e.get("itemprop") or e.get("property") or "").lower()) for e in own
    }
    body = _body(own, labels)
    in_body = set() if body is None else set(body.iter())
    around = [e for e in own[1:] if e not in in_body]
    dates = date_nodes(around, labels)
    found = Fields(owner=_is_owner(node, around, labels), ping=_is_ping(node), named_body=body is not None, body=body)
    above = set() if body is None else set(body.iterancestors())
    author, found.author = _author_node([e for e in around if e not in above], labels, skip | set(dates))
    if author is None:
        author, found.author = _author_node(around, labels, skip | set(dates))
    found.author_link = None if author is None else _link_of(author)
    found.date_raw, found.date_exact = date_of(dates)
    head = ""
    if body is None:
        found.text = _rest(node, around, labels, skip | set(dates) | ({author} if author is not None else set()))
    else:
        known = found.author is not None and found.date_raw is not None
        head = "" if known and not found.ping and not _may_be_ping(node) else text_of(node, skip | {body})
        found.text = _body_text(body, skip)
    found = _from_words(found, node, head, skip)
    if found.author is None and not found.ping:
        found.author, author = name_in_stamp(dates)
        if found.author is None and body is not None:
            found.author, author = name_in_bold(own[1 : own.index(body)], set(dates))
        found.author_link = None if author is None else _link_of(author)
    return found


def _may_be_ping(node: Element) -> bool:
    """Whether a part has a word with which the head of a pingback begins; setting the head as text takes longer."""
    text = "".join(itertools.islice(node.itertext(), MOST_PIECES)).lower()
    return "ping" in text or "trackback" in text or "mention" in text


def _body(own: list[Element], labels: Labels) -> Element | None:
    """The part most surely named as body, outermost and without author or date inside; of equals the longest."""
    best: tuple[int, int] = (0, 0)
    chosen: Element | None = None
    taken: set[Element] = set()
    for element in own[1:]:
        label = labels[element]
        rank = body_rank(*label) if label != NO_LABEL else 0
        if not rank or rank < best[0] or element in taken or element.tag in ("a", "time", "img", "form"):
            continue
        if _holds_head(element, labels):
            continue
        taken.update(e for e in element.iter() if body_rank(*labels.get(e, NO_LABEL)) <= rank)
        length = len("".join(element.itertext()).strip())
        if length and (rank, length) > best:
            best, chosen = (rank, length), element
    return chosen


def _holds_head(element: Element, labels: Labels) -> bool:
    """Whether an element holds an author or a date by name, so that it is a wrapper and not a body."""
    for inner in element.iter():
        if inner is element:
            continue
        names, prop = labels.get(inner) or (names_of(inner), prop_of(inner))
        if (names or prop) and (author_level(names, prop) <= 2 or date_level(names, prop) <= 1):
            return True
        if inner.tag == "time" or (inner.tag == "cite" and inner.getparent() is element):
            return True
    return False


def _author_node(around: list[Element], labels: Labels, skip: Skip) -> tuple[Element | None, str | None]:
    """The element that most surely names the author, and the name; the first of equals, never one that is a date."""
    best, chosen, name, tried = 9, None, None, 0
    for element in around:
        names, prop = labels[element]
        level = author_level(names, prop) if names or prop else 9
        if element.tag == "cite":
            level = min(level, 3)
        elif element.tag == "a" and level == 9 and ("url" in names.split() or "external" in (element.get("rel") or "")):
            level = 6
        if level < best:
            said = _name_of(element, skip - {element})
            tried += 1
            if said:
                best, chosen, name = level, element, said
        if best == 0 or tried >= MOST_TRIED:
            break
    return chosen, name


def _name_of(element: Element, skip: Skip) -> str | None:
    """The name an author element holds, without "says", dates, avatars and "Posted by"."""
    drop: set[Element] = set()
    if len(element):
        inner = next(
            (e for e in element.iter() if e is not element and (prop_of(e) == "name" or "fn" in names_of(e).split())),
            None,
        )
        element = element if inner is None else inner
        for e in element.iter():
            names = names_of(e)
            if e is not element and (
                (names and is_furniture(names, inside=True)) or "says" in names or e.tag == "time"
            ):
                drop.add(e)
    within = itertools.islice(element.iterdescendants(), MOST_INNER)
    roles = {e for e in within if _is_small(e) and is_short(e) and is_role("".join(e.itertext()))}
    lines = (text_of(element, skip | drop | roles) or text_of(element, skip | drop)).split("\n")
    if _DIGIT.search(lines[0]) and parse_date(lines[0]):
        named = next((e for e in element.iter("b", "strong", "a", "cite", "span") if e not in skip), None)
        lines = [text_of(named, skip | drop) if named is not None else ""]
        if not lines[0] or parse_date(lines[0]):
            return None
    if not lines[0] and element.get("content"):
        lines = [element.get("content")]
    return clean_name(without_role(lines[0]))


def _is_small(element: Element) -> bool:
    """Whether an element holds few others, as a badge does; what holds many is not read to see."""
    return next(itertools.islice(element.iterdescendants(), MOST_IN_BADGE, None), None) is None


def _link_of(author: Element) -> str | None:
    """The address an author element links to, in it or around it; not the comment's own permalink."""
    links = list(author.iter("a"))
    around = author.getparent()
    for _ in range(2):
        if around is not None and around.tag == "a":
            links.append(around)
        around = around.getparent() if around is not None else None
    for link in links:
        href = (link.get("href") or "").strip()
        if (
            href
            and not href.startswith(("#", "javascript:", "data:", "?"))
            and "#comment" not in href
            and "replytocom" not in href
        ):
            return href[:2000]
    return None


def _is_owner(node: Element, around: list[Element], labels: Labels) -> bool:
    """Whether mark-up says that the essay's own author wrote this."""
    return any(is_owner_mark(labels[element][0]) for element in (node, *around[:40]) if labels[element][0])


def _is_ping(node: Element) -> bool:
    return any(PINGS.intersection(words_of(name)) for name in names_of(node).split())


def _body_text(body: Element, skip: Skip) -> str:
    """The text of a body without the buttons, votes and forms that stand in it."""
    drop = {e for e in body.iter() if (names := names_of(e)) and is_furniture(names, inside=True) and e is not body}
    return text_of(body, skip | drop, marks=True)


def _rest(node: Element, around: list[Element], labels: Labels, skip: Skip) -> str:
    """All text of a comment but author, date, furniture and reply links."""
    drop = set(skip)
    for element in around:
        names, _ = labels[element]
        if names and is_furniture(names) and not _long_text(element):
            drop.add(element)
    lines = text_of(node, drop, marks=True).split("\n")
    while lines and (not re.search(r"\w", lines[0]) or not TRAILING_SAYS.sub("", " " + lines[0]).strip()):
        lines.pop(0)
    return "\n".join(lines)


def _long_text(element: Element) -> bool:
    """Whether an element named as furniture holds paragraphs all the same (a "footer" around the body)."""
    return (
        any(len("".join(p.itertext()).strip()) > 0 for p in element.iter("p") if p is not element)
        and element.tag != "ul"
    )


def _from_words(found: Fields, node: Element, head: str, skip: Skip) -> Fields:
    """Fill what no name gave from the words of the head: "X says:", "Posted by X on DATE"; and know a pingback."""
    text = head or found.text
    lines = [line for line in text.split("\n") if line.strip()][:6]
    if found.author is None and (head or found.ping):
        for pattern in HEAD_PATTERNS:
            hit = next((m for m in (pattern.search(line) for line in lines) if m), None)
            if hit and clean_name(hit["name"]):
                found.author = clean_name(hit["name"])
                named = (
                    a for a in walk(node, skip) if a.tag == "a" and clean_name("".join(a.itertext())) == found.author
                )
                found.author_link = next(filter(None, map(_link_of, named)), None)
                break
    if found.date_raw is None and head:
        stamp = next((line for line in lines if len(line) <= LONGEST_STAMP and parse_date(line)), None)
        found.date_raw = stamp
    whole = " ".join(text_of(node, skip).split()) if found.ping or not found.author else head
    found.ping = (
        found.ping or bool(_PING_LEAD.match(whole)) or bool(_PING_LEAD.match(head)) or bool(_EXCERPT.match(found.text))
    )
    if found.ping and not found.author:
        link = next((a for a in walk(node, skip) if a.tag == "a" and "".join(a.itertext()).strip()), None)
        if link is not None:
            found = replace(
                found, author=clean_name(" ".join("".join(link.itertext()).split())), author_link=link.get("href")
            )
    if found.ping and not _PING_LEAD.sub("", found.text).strip(EDGES):
        found.text = _PING_LEAD.sub("", whole).strip(EDGES) or (found.author or "")
    return found
