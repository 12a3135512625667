"""What the class names, ids and properties of mark-up say: comment, author, date, body, or furniture.

One vocabulary serves WordPress and its themes, wpDiscuz, Blogger, Disqus, Drupal, Typepad, Movable Type, Joomla,
schema.org and microformats alike, because they name their parts with the same few words in other spellings. Names are
split into words ("comment__author-name", "commentAuthorName" -> comment, author, name) and judged by the last one.
"""

from __future__ import annotations

import functools
import re

from lxml import etree

from analysis.pages.html_tree import Element

LONGEST_NAMES = 1_000  # characters of a class attribute; themes stay below, hostile pages do not
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_GLUED = re.compile(r"^(comments?|cmt|kommentar|komment|user|author|content|post)(?=[a-z]{3})")


def word_set(line: str) -> frozenset[str]:
    """A set of words written as one line."""
    return frozenset(line.split())


COMMENT_WORDS = word_set(
    "comment comments cmt kommentar kommentare commentaire commentaires comentario comentarios commento commenti "
    "komentar komentarz reactie opmerking talkback"
)
PLURALS = word_set("comments kommentare commentaires comentarios commenti")
_ITEM_ENDS = word_set(
    "comment item entry row box wrap wrapper container block single node article card post unit outer inner holder li "
    "main panel body bubble element instance odd even first last parent child published approved standard guest "
    "user bypostauthor byuser alt reply leaf section area"
)
_PLURAL_ENDS = word_set("body item entry row box")
_NOT_ITEM = word_set(
    "form respond recent latest newest count counter number num link links list nav navigation pagination pages title "
    "heading header footer meta metadata action actions button toolbar like likes vote votes rating policy notice open "
    "closed subscribe subscription rss feed avatar date time field fields input textarea submit label toggle no add "
    "leave new write permalink edit share status icon images image popup popular top category categories tag tags cat "
    "term tax taxonomy menu widget label author"
)
_POSTS = frozenset({"type-post", "type-page", "hentry", "status-publish"})
_AUTHOR_ENDS = word_set(
    "author autor auteur autore verfasser username nick nickname poster commenter creator displayname screenname "
    "commentator fn"
)
_AUTHOR_WEAK = word_set("user name by byline who cite handle sender writer person")
_AUTHOR_TAILS = word_set("name nick link url fn text label title info username user")
_DATE_ENDS = word_set(
    "date time datetime timestamp published ago created datum fecha when commentdate posttime timeago updated "
    "dateline posted day age"
)
_DATE_WEAK = word_set("permalink metadata meta submitted info data")
_BODY_ENDS = word_set("content text body message description contents copy txt paragraph texte texto msg quote")
_NOT_BODY = word_set("author user meta header secondary footer avatar screen reader panel no")
_BODY_PROPERTIES = word_set("text commenttext description articlebody reviewbody comment")
_FURNITURE = word_set(
    "reply replies respond actions action avatar gravatar vote votes voting like likes dislike rating ratings share "
    "sharing sharedaddy social toolbar tools buttons button permalink edit delete report flag says admin controls menu "
    "links signature badge badges icon icons rank karma thumbs util utils hidden tooltip moderation awaiting footer "
    "footers header meta metadata commentmetadata vcard quicktags form number ordinal counter index userpic userinfo "
    "userpicture picture photo subscribe spam helpful reactions flags sr jp antworten responder repondre"
)
_FURNITURE_INSIDE = _FURNITURE - word_set("header meta metadata footer signature number index picture photo hidden")
OWNER_MARKS = word_set(
    "bypostauthor by-post-author byauthor by-author author-comment authorcomment authcomment blog-author blogauthor "
    "by-node-author comment-by-node-author wpd-blog-post-author wc-blog-post-author is-author isauthor by-op "
    "comment-by-author from-author comment-bypostauthor owner-comment is-op bloggercomment by-entry-author "
    "author-highlight postauthor by-blog-author comment-author-badge author-badge"
)
PINGS = word_set("pingback trackback pings ping linkback mention webmention")
_REPLY_BOXES = word_set("children replies indented nested subcomments child answers responses reponses antworten")

_KEY = re.compile(
    r"(?:^|[-_])(?:li|div|article|dsq|wpd|wc|itp|tx|b|post|user|single|view)?[-_]?"
    r"(?:comment|comm|cmt|komment|kommentar|commentaire|comentario|commento)[a-z]*(?:[-_][a-z]+)*[-_]*"
    r"(?P<key>\d+|[0-9a-f]{6,}(?:[-_][0-9a-f]+)*)(?:_(?P<parent>\d+))?$",
    re.IGNORECASE,
)
_SHORT_KEY = re.compile(r"^(?:c|fyre|idc-c|IDComment|jc|cid)[-_]?(?P<key>[0-9a-z]*\d{2,}[0-9a-z]*)$")
_DEPTH = re.compile(r"(?:^|[-_ ])(?:depth|level|lvl|indent|nivel|ebene|niveau)[-_]?(\d{1,2})(?![\d])", re.IGNORECASE)
ITEM_TAGS = frozenset(
    {"li", "div", "article", "section", "dl", "dd", "tr", "table", "blockquote", "p", "aside", "details"}
)


@functools.lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """Split a class name or id into lower-cased words.

    Examples
    --------
    >>> words_of("comment__author-name"), words_of("commentEntry"), words_of("commenttext")
    (('comment', 'author', 'name'), ('comment', 'entry'), ('comment', 'text'))
    """
    found: list[str] = []
    for word in _WORDS.findall(name[:100]):
        low = word.lower()
        glued = _GLUED.match(low)
        if (
            glued
            and low not in COMMENT_WORDS
            and low not in ("commenter", "username", "commentator", "posted", "poster")
        ):
            found += [glued[1], low[glued.end() :]]
        else:
            found.append(low)
    return tuple(found)


@functools.lru_cache(maxsize=8192)
def is_comment_class(names: str) -> bool:
    """Whether a class attribute names one comment, rather than a list of them or a part of one.

    Examples
    --------
    >>> is_comment_class("comment even depth-1"), is_comment_class("commentlist"), is_comment_class("comment-form")
    (True, False, False)
    """
    tokens = names.split()
    if _POSTS.intersection(tokens):
        return False
    for name in tokens:
        words = words_of(name)
        if not words or _NOT_ITEM.intersection(words):
            continue
        if words[-1] in ("pingback", "trackback") or name in ("h-cite", "dsq-comment", "idc-c", "comtr"):
            return True
        held = [k for k, word in enumerate(words) if word in COMMENT_WORDS and word not in PLURALS]
        if held and all(
            word in _ITEM_ENDS or word in COMMENT_WORDS or word.isdigit() for word in words[held[-1] + 1 :]
        ):
            return True
    return False


@functools.lru_cache(maxsize=8192)
def is_plural_item(names: str) -> bool:
    """Whether a class attribute may name one comment in the plural ("comments-body"); a list is named so as well.

    Examples
    --------
    >>> is_plural_item("comments-body"), is_plural_item("comments-list")
    (True, False)
    """
    split = (words_of(name) for name in names.split())
    return any(len(words) == 2 and words[0] in PLURALS and words[1] in _PLURAL_ENDS for words in split)


def is_disqus_post(element: Element) -> bool:
    """Whether an element is a comment as Disqus shows it, which it calls a post."""
    if (
        element.tag != "li"
        or not (element.get("id") or "").startswith("post-")
        or "post" not in names_of(element).split()
    ):
        return False
    return any(
        "publisher-anchor-color" in names_of(e) or "post-message" in names_of(e)
        for e in element.iter("span", "div", "a")
    )


def key_of(name: str | None) -> str | None:
    """The number in an id such as "comment-12", "li-comment-12", "wpd-comm-12_0" or "c8870915167989283099".

    Examples
    --------
    >>> key_of("div-comment-12"), key_of("wpd-comm-14_12"), key_of("c8870915"), key_of("comments"), key_of("post-9")
    ('12', '14', '8870915', None, None)
    """
    if not name or len(name) > 120 or "comments" in name.lower().replace("comments-comment", ""):
        return None
    found = _KEY.search(name) or _SHORT_KEY.search(name)
    return found["key"].lower() if found else None


def parent_key_of(name: str | None) -> str | None:
    """The number of the comment answered, where an id carries it ("wpd-comm-14_12").

    Examples
    --------
    >>> parent_key_of("wpd-comm-14_12"), parent_key_of("wpd-comm-14_0"), parent_key_of("comment-14")
    ('12', None, None)
    """
    found = _KEY.search(name[:120]) if name else None
    return found["parent"] if found and found["parent"] not in (None, "0") else None


def depth_of(names: str | None) -> int | None:
    """The nesting level a class attribute states ("depth-2", "wpd_comment_level-2"), or None."""
    found = _DEPTH.search(names) if names else None
    return int(found[1]) if found else None


@functools.lru_cache(maxsize=8192)
def author_level(names: str, prop: str) -> int:
    """How surely a class attribute and an item property name the author: 0 is surest, 9 not at all."""
    if prop and (prop in ("author", "creator", "dc:creator", "schema:author")):
        return 0
    level = 9
    for name in names.split():
        words = words_of(name)
        if (
            not words
            or words[0] in ("avatar", "gravatar")
            or {"avatar", "url", "date", "time", "bio", "badge"}.intersection(words[-1:])
            or is_owner_mark(name)
        ):
            continue
        if name in ("fn", "p-author", "nickname", "username", "publisher-anchor-color"):
            return 0
        last = words[-1]
        known = any(word in _AUTHOR_ENDS or word in ("user", "by") for word in words[:-1])
        if known and last in _AUTHOR_TAILS:
            level = min(level, 1 if last in ("name", "nick", "fn", "username") else 3)
        elif last in _AUTHOR_ENDS:
            level = min(level, 2)
        elif last in _AUTHOR_WEAK:
            level = min(level, 2 if len(words) > 1 and words[-2] in COMMENT_WORDS else 4)
        elif name == "vcard":
            level = min(level, 5)
    return level


@functools.lru_cache(maxsize=8192)
def date_level(names: str, prop: str) -> int:
    """How surely a class attribute and an item property name the date: 0 is surest, 9 not at all."""
    if prop in ("datepublished", "datecreated", "commenttime", "uploaddate", "dc:date", "datemodified"):
        return 0
    level = 9
    for name in names.split():
        words = words_of(name)
        if not words:
            continue
        if name in ("dt-published", "published"):
            return 0
        if words[-1] in _DATE_ENDS:
            level = min(level, 1)
        elif name == "comments-post":  # Movable Type and Typepad: "Posted by X at DATE"
            level = min(level, 2)
        elif words[-1] in _DATE_WEAK or {"date", "time"}.intersection(words):
            level = min(level, 3)
    return level


@functools.lru_cache(maxsize=8192)
def body_rank(names: str, prop: str) -> int:
    """How surely a class attribute and an item property name the text of a comment: 3 is surest, 0 not at all."""
    if prop in _BODY_PROPERTIES:
        return 3
    rank = 0
    for name in names.split():
        words = words_of(name)
        if not words or words[-1] not in _BODY_ENDS or _NOT_BODY.intersection(words):
            continue
        if words[-2:] == ("comment", "body") and words[0] == "field":
            rank = 4  # Drupal's own field, inside a box that holds the comment's title too
        elif COMMENT_WORDS.intersection(words):
            rank = max(rank, 2 if words[-1] == "body" else 3)
        else:
            rank = max(rank, 1)
    return rank


@functools.lru_cache(maxsize=8192)
def is_furniture(names: str, *, inside: bool = False) -> bool:
    """Whether a class attribute names buttons, votes, avatars and the like; ``inside`` a body fewer names count."""
    known = _FURNITURE_INSIDE if inside else _FURNITURE
    for name in names.split():
        words = words_of(name)
        if words and (words[-1] in known or (words[0] in COMMENT_WORDS and known.intersection(words[1:]))):
            return True
    return False


@functools.lru_cache(maxsize=8192)
def is_owner_mark(names: str) -> bool:
    """Whether a class attribute says that the essay's own author wrote this ("bypostauthor")."""
    return bool(OWNER_MARKS.intersection(names.lower().replace("_", "-").split()))


@functools.lru_cache(maxsize=8192)
def is_reply_box(names: str) -> bool:
    """Whether a class attribute names the box in which the answers to a comment stand."""
    return any(_REPLY_BOXES.intersection(words_of(name)) for name in names.split())


_HINT = re.compile(
    r"omme|CMT|cmt|omentar|COMM|back\b|depth-|idc-c|h-cite|opmerk|reactie|\bc\d|respond|Respond|disqus|dsq|^post-\d{3,}$"
    r"|post-list"
)
_LABELLED = etree.XPath("descendant-or-self::*[@class or @id or @itemtype or @itemprop or @data-comment-id]")
_TYPED = etree.XPath("descendant-or-self::*[@itemtype or @itemprop or @data-comment-id]")


class _Spoken(dict[str | None, bool]):
    """Whether a class, id or type may speak of comments; themes repeat the same few all over a page."""

    def __missing__(self, value: str | None) -> bool:
        said = self[value] = bool(_HINT.search(value or ""))
        return said


def has_types(markup: bytes) -> bool:
    """Whether mark-up has attributes besides class and id that `hinted_elements` asks for; many pages have none."""
    low = markup.lower()
    return b"itemtype" in low or b"itemprop" in low or b"data-comment-id" in low


def hinted_elements(root: Element, *, typed: bool = True) -> list[Element]:
    """The elements whose class, id or item type may speak of comments, in page order; one pass for all who ask.

    Parameters
    ----------
    root : element
        The tree of a page.
    typed : bool
        False where `has_types` found no item types to ask for.

    Returns
    -------
    list of elements
    """
    speaks = _Spoken()
    said = [e for e in root.iter("*") if speaks[e.get("class")] or speaks[e.get("id")]]
    if not typed:
        return said
    more = {
        e
        for e in _TYPED(root)
        if e.get("data-comment-id") is not None or speaks[e.get("itemtype")] or speaks[e.get("itemprop")]
    }
    if not more.difference(said):
        return said
    more.update(said)
    return [e for e in _LABELLED(root) if e in more]


def names_of(element: Element) -> str:
    """The class attribute, or the empty string."""
    return (element.get("class") or "")[:LONGEST_NAMES]


def prop_of(element: Element) -> str:
    """The item property (microdata or RDFa), lower-cased, or the empty string."""
    return (element.get("itemprop") or element.get("property") or "").lower()
