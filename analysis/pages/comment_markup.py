"""Find the comments in the tree of a page and how they answer each other.

A part of the tree is one comment when its name says so (class, id, schema.org type) and it holds a text and an author or
a date of its own. What stands around two comments is a list, what stands inside one with nothing of its own is a wrapper.
Who answers whom is told, in this order, by explicit references, by nesting, by boxes of replies, and by stated depths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from analysis.errors import PageError
from analysis.pages.comment_fields import Fields, read_fields
from analysis.pages.comment_names import (
    ITEM_TAGS,
    depth_of,
    is_comment_class,
    is_owner_mark,
    is_reply_box,
    key_of,
    names_of,
    parent_key_of,
    words_of,
)
from analysis.pages.html_tree import Element, walk

MOST_COMMENTS = 50_000  # candidates on one page; the largest thread met holds ten thousand
MOST_STEPS = 20_000_000  # characters looked at over all candidates: a second or two, whatever the nesting

# One pass in C leaves only the elements whose names can matter.
_NAMED = etree.XPath(
    "//*[@class or @id or @itemtype or @itemprop][contains(translate(concat(@class,' ',@id,' ',@itemtype,' ',@itemprop),"
    "'CKM','ckm'),'omment') or contains(concat(@class,' ',@id),'back') or contains(@class,'omentario') or "
    "contains(@class,'depth-') or contains(@class,'idc-c') or contains(@class,'h-cite') or "
    "starts-with(@id,'c') or contains(@class,'cmt')]"
)
_TYPES = ("comment", "usercomments", "usercomment")
_ASIDE = frozenset("recent latest recentcomments related sidebar popular".split())
_ANSWERS = re.compile(r"repl|respon|parent|answer|antwort|répon|repond|risposta|respuesta|resposta|@", re.IGNORECASE)
_REPLY_FORM = re.compile(r"^(?:respond|reply-?form|comment-?form|commentform|reply-title)$", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """One comment in the tree: its part, its key on the page, what was read from it, and the item it answers."""

    node: Element
    key: str | None
    fields: Fields
    parent: Item | None = None
    depth: int | None = None
    said_parent: str | None = None
    wrappers: list[Element] = field(default_factory=list)


def find_comments(root: Element) -> list[Item]:
    """Find the comments of a page by the names in its mark-up.

    Parameters
    ----------
    root : element
        The tree of the page; it is not changed.

    Returns
    -------
    list of Item
        In page order, with who answers whom; empty where no part is named as a comment.

    Raises
    ------
    PageError
        More candidates than any real page has.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> page = parse_html(b'''<ol><li class="comment" id="comment-1"><b class="fn">Ann</b><p>First.</p><ul class="children">
    ...     <li class="comment" id="comment-2"><b class="fn">Bob</b><p>Second.</p></li></ul></li></ol>''')
    >>> [(item.fields.author, item.fields.text, item.parent and item.parent.key) for item in find_comments(page)]
    [('Ann', 'First.', None), ('Bob', 'Second.', '1')]
    """
    candidates = _candidates(root)
    if len(candidates) > MOST_COMMENTS:
        raise PageError(
            f"The page has {len(candidates):,} comments; at most {MOST_COMMENTS:,} are read. Split the file."
        )
    items = _accept(candidates)
    _thread(items, {node for node, _ in candidates})
    return items


def _candidates(root: Element) -> list[tuple[Element, str | None]]:
    """Elements named as one comment, in page order; of nested ones with the same number only the outermost."""
    found: list[tuple[Element, str | None]] = []
    open_keys: dict[Element, str] = {}
    for element in _NAMED(root):
        if element.tag not in ITEM_TAGS and "-" not in str(element.tag):
            continue
        names, kind = names_of(element), (element.get("itemtype") or "").rsplit("/", 1)[-1].lower()
        key = key_of(element.get("id")) or key_of(
            element.get("data-comment-id") and f"comment-{element.get('data-comment-id')}"
        )
        if not (key or kind in _TYPES or is_comment_class(names) or element.get("itemprop") == "comment"):
            continue
        if _is_aside(element):
            continue
        if _inside_same(element, key, open_keys):
            continue
        if key is not None:
            open_keys[element] = key
        found.append((element, key))
    return found


def _inside_same(element: Element, key: str | None, open_keys: dict[Element, str]) -> bool:
    """Whether an element is a part of the numbered comment around it (``li#comment-1 > div#div-comment-1 > p.comment``)."""
    for above in element.iterancestors():
        held = open_keys.get(above)
        if held is not None:
            return key is None or held == key
        if key is None and is_reply_box(names_of(above)):
            return False
    return False


def _is_aside(element: Element) -> bool:
    """Whether an element belongs to a list of recent comments elsewhere on the site."""
    for at in (element, *element.iterancestors()):
        for name in f"{names_of(at)} {at.get('id') or ''}".split():
            words = words_of(name)
            if _ASIDE.intersection(words) and (at is element or any(w.startswith("comment") for w in words)):
                return True
    return False


def _accept(candidates: list[tuple[Element, str | None]]) -> list[Item]:
    """Keep the candidates that are comments, from the innermost out, and let a wrapper lend what its comment lacks."""
    items: dict[Element, Item] = {}
    stops: set[Element] = set()
    steps = 0
    for node, key in reversed(candidates):
        forms = {e for e in walk(node, stops) if e.tag == "form" or _REPLY_FORM.match(e.get("id") or "")}
        inner = [e for e in _nested(node, items)]
        fields = read_fields(node, stops | forms)
        steps += len(fields.text) + 50
        if steps > MOST_STEPS:
            raise PageError("The page nests its comments in a way that cannot be read in bounded time. Clean the file.")
        if key is not None:
            stops.add(node)  # another number is another comment, even one that cannot be read
        if _is_comment(fields, inner, key):
            items[node] = Item(
                node, key or _key_inside(node, stops), fields, None, depth_of(names_of(node)), _said_parent(node)
            )
            stops.add(node)
        elif inner:
            _lend(fields, items[inner[0]], node, key)
    return [items[node] for node, _ in candidates if node in items]


def _nested(node: Element, items: dict[Element, Item]) -> list[Element]:
    """Accepted comments below a node, in page order."""
    return [e for e in node.iter() if e in items] if items else []


def _is_comment(fields: Fields, inner: list[Element], key: str | None) -> bool:
    if not fields.text:
        return False
    if fields.ping and (fields.author or fields.date_raw):
        return True
    if inner and key is None:  # a box around several comments may hold a heading with a date
        return fields.author is not None and fields.named_body
    return fields.author is not None or ((fields.date_raw is not None or key is not None) and fields.named_body)


def _lend(fields: Fields, head: Item, node: Element, key: str | None) -> None:
    """Give the first comment of a wrapper the author, date, number and depth that stand in the wrapper itself."""
    same = key is not None and (head.key is None or head.key == key)
    if len(head.wrappers) < 3 and (same or is_comment_class(names_of(node))):
        own = head.fields
        if own.author is None and fields.author:
            own.author, own.author_link = fields.author, fields.author_link
        if own.date_raw is None and fields.date_raw:
            own.date_raw, own.date_exact = fields.date_raw, fields.date_exact
        if node is head.node.getparent():
            own.owner = own.owner or is_owner_mark(names_of(node))
            head.depth = head.depth if head.depth is not None else depth_of(names_of(node))
            head.key = head.key or key
            head.said_parent = head.said_parent or _said_parent(node)
    head.wrappers.append(node)


def _key_inside(node: Element, stops: set[Element]) -> str | None:
    """The number of a comment that has none itself, from an anchor in it or just before it."""
    before = node.getprevious()
    near = [before] if before is not None and before.tag == "a" else []
    for element in (*near, *walk(node, stops)):
        key = key_of(element.get("id")) or (key_of(element.get("name")) if element.tag == "a" else None)
        if key:
            return key
    return None


def _said_parent(node: Element) -> str | None:
    """The number of the comment answered, where an attribute of the element says it."""
    for name in (
        "data-parent-id",
        "data-parent",
        "data-parentid",
        "data-parent-comment-id",
        "data-reply-to",
        "data-in-reply-to",
    ):
        value = node.get(name)
        if value and value not in ("0", "null", "none"):
            return key_of(value) or value.lower()
    return parent_key_of(node.get("id"))


def _thread(items: list[Item], candidates: set[Element]) -> None:
    """Set who answers whom; a reference to itself or in a circle is dropped."""
    by_key = {item.key: item for item in reversed(items) if item.key}
    by_node = {item.node: item for item in items}
    first_in: dict[Element, Item] = {}
    last_at_depth: dict[int, Item] = {}
    stops = set(by_node)
    for item in items:
        for above in item.node.iterancestors():
            first_in.setdefault(above, item)
        said = by_key.get(item.said_parent or "") or _linked_parent(item, by_key, stops)
        item.parent = said or _nesting_parent(item, by_node, first_in, candidates)
        if item.parent is None and item.depth is not None:
            item.parent = last_at_depth.get(item.depth - 1)
        if item.depth is not None:
            last_at_depth[item.depth] = item
            for deeper in [d for d in last_at_depth if d > item.depth]:
                del last_at_depth[deeper]
    for item in items:
        _cut_circle(item)


def _cut_circle(item: Item) -> None:
    seen, at = {id(item)}, item.parent
    while at is not None:
        if id(at) in seen:
            item.parent = None
            return
        seen.add(id(at))
        at = at.parent


def _linked_parent(item: Item, by_key: dict[str, Item], stops: set[Element]) -> Item | None:
    """The comment that a link such as "in reply to X" in the head points to."""
    skip = stops if item.fields.body is None else stops | {item.fields.body}
    for link in walk(item.node, skip):
        if link.tag != "a":
            continue
        target = (link.get("href") or "").rpartition("#")[2]
        key = key_of(target) if target else None
        if not key or key == item.key or key not in by_key or "replytocom" in (link.get("href") or ""):
            continue
        holder = link.getparent()
        words = f"{names_of(link)} {link.get('rel') or ''} {link.get('title') or ''} {names_of(holder) if holder is not None else ''}"
        if _ANSWERS.search(words) or _ANSWERS.search(" ".join(link.itertext())[:80]):
            return by_key[key]
    return None


def _nesting_parent(
    item: Item, by_node: dict[Element, Item], first_in: dict[Element, Item], candidates: set[Element]
) -> Item | None:
    """The comment around this one, or the one whose box of replies this one stands in."""
    below = item.node
    for above in item.node.iterancestors():
        if above in by_node:
            return by_node[above]
        head = first_in.get(above)
        if head is not None and head is not item and above in candidates and not _is_list(above, head, below):
            return head
        if is_reply_box(names_of(above)) and first_in.get(above) is not None:
            before = _last_before(above, by_node)
            if before is not None:
                return before
        below = above
    return None


def _is_list(above: Element, head: Item, below: Element) -> bool:
    """Whether the first comment in a box and this one are of a kind: siblings in a list, not answer and answered."""
    at = head.node
    while at.getparent() is not above:
        at = at.getparent()
    if at is below:
        return True
    return at.tag == below.tag and words_of(names_of(at).split(" ")[0] if names_of(at) else "") == words_of(
        names_of(below).split(" ")[0] if names_of(below) else ""
    )


def _last_before(box: Element, by_node: dict[Element, Item]) -> Item | None:
    """The last comment that stands before a box of replies among its siblings."""
    for before in box.itersiblings(preceding=True):
        if before in by_node:
            return by_node[before]
        inside = [e for e in before.iter() if e in by_node]
        if inside:
            return by_node[inside[0]]
    return None
