"""Who answers whom on a page: by explicit references, by nesting, by boxes of replies, by stated depths, in this order.

A reference to itself, to what is not there, or in a circle is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.pages.comment_fields import Fields
from analysis.pages.comment_names import is_reply_box, key_of, names_of, parent_key_of, words_of
from analysis.pages.html_tree import Element, walk

_STEP = re.compile(
    r"^\W*(?:previous|prev|next|older|newer|zurück|weiter|vorherige|nächste)|^\s*[«»↑↓^]+\s*$", re.IGNORECASE
)


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


def said_parent(node: Element) -> str | None:
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


def set_parents(items: list[Item], candidates: set[Element]) -> None:
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
    _cut_circles(items)


def _cut_circles(items: list[Item]) -> None:
    """Drop the step that closes a circle; each comment is gone through once, however long the chains are."""
    settled: set[int] = set()
    for item in items:
        path: list[Item] = []
        at: Item | None = item
        while at is not None and id(at) not in settled:
            settled.add(id(at))
            path.append(at)
            at = at.parent
        if at is not None and any(at is own for own in path):
            path[-1].parent = None


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
        if not _STEP.search(" ".join(link.itertext())[:40]):
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
