"""Find the comments in the tree of a page and how they answer each other.

A part of the tree is one comment when its name says so (class, id, schema.org type) and it holds a text and an author
or a date of its own. What stands around two comments is a list, what stands around one and adds nothing is a wrapper.
"""

from __future__ import annotations

import functools
import itertools
import re

from analysis.errors import PageError
from analysis.pages.comment_fields import Fields, read_fields
from analysis.pages.comment_names import (
    COMMENT_WORDS,
    ITEM_TAGS,
    depth_of,
    hinted_elements,
    is_comment_class,
    is_disqus_post,
    is_owner_mark,
    is_plural_item,
    is_reply_box,
    key_of,
    names_of,
    word_set,
    words_of,
)
from analysis.pages.comment_runs import box_runs
from analysis.pages.comment_threads import Item, said_parent, set_parents
from analysis.pages.html_tree import Element, Skip, walk

MOST_COMMENTS = 50_000  # candidates on one page; the largest thread met holds ten thousand
MOST_ANCHORS = 500  # in one comment; a part with more links is a list
MOST_STEPS = 1_500_000  # elements looked at over all candidates: some seconds, whatever the nesting

_TYPES = ("comment", "usercomments", "usercomment")
_ASIDE = word_set("recent latest recentcomments related sidebar popular")
_REPLY_FORM = re.compile(r"^(?:respond|reply-?form|comment-?form|commentform|reply-title)$", re.IGNORECASE)


def find_comments(root: Element, hinted: list[Element] | None = None) -> list[Item]:
    """Find the comments of a page by the names in its mark-up.

    Parameters
    ----------
    root : element
        The tree of the page; comments without a box of their own are given one.
    hinted : list of elements, optional
        What `hinted_elements` found, where that is known already.

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
    >>> bob = b"<li class='comment' id='comment-2'><b class='fn'>Bob</b><p>Second.</p></li>"
    >>> ann = b"<li class='comment' id='comment-1'><b class='fn'>Ann</b><p>First.</p><ul>" + bob + b"</ul></li>"
    >>> page = parse_html(b"<ol>" + ann + b"</ol>")
    >>> [(item.fields.author, item.fields.text, item.parent and item.parent.key) for item in find_comments(page)]
    [('Ann', 'First.', None), ('Bob', 'Second.', '1')]
    """
    if hinted is None:
        hinted = hinted_elements(root)
    if box_runs(hinted):
        hinted = hinted_elements(root)
    candidates = _candidates(hinted)
    if len(candidates) > MOST_COMMENTS:
        raise PageError(
            f"The page has {len(candidates):,} comments; at most {MOST_COMMENTS:,} are read. Split the file."
        )
    items = _accept(candidates)
    set_parents(items, {node for node, _ in candidates})
    return items


def _candidates(hinted: list[Element]) -> list[tuple[Element, str | None]]:
    """Elements named as one comment, in page order; of nested ones with the same number only the outermost."""
    found: list[tuple[Element, str | None]] = []
    open_keys: dict[Element, str] = {}
    known: dict[Element, bool] = {}
    for element in hinted:
        if element.tag not in ITEM_TAGS and "-" not in str(element.tag):
            continue
        names, kind = names_of(element), (element.get("itemtype") or "").rsplit("/", 1)[-1].lower()
        key = key_of(element.get("id")) or key_of(
            element.get("data-comment-id") and f"comment-{element.get('data-comment-id')}"
        )
        if key is None and is_disqus_post(element):
            key = (element.get("id") or "").removeprefix("post-")
        if key is None and is_plural_item(names):
            key = _only_key(element)
        if not (key or kind in _TYPES or is_comment_class(names) or element.get("itemprop") == "comment"):
            continue
        if _is_aside(element, known):
            continue
        if _inside_same(element, key, open_keys):
            continue
        if key is not None:
            open_keys[element] = key
        found.append((element, key))
    return found


def _only_key(element: Element) -> str | None:
    """The number in an anchor at the head of a part or just before it, where the part holds no other."""
    anchors = itertools.islice(element.iter("a"), MOST_ANCHORS)
    keys = [key for a in anchors if (key := key_of(a.get("id")) or key_of(a.get("name")))]
    before = element.getprevious()
    if not keys and before is not None and before.tag == "a":
        return key_of(before.get("id")) or key_of(before.get("name"))
    return keys[0] if len(keys) == 1 and len(element) and element[0].tag == "a" else None


def _inside_same(element: Element, key: str | None, open_keys: dict[Element, str]) -> bool:
    """Whether an element is a part of the numbered comment around it (``li#comment-1 > p.comment``)."""
    for above in element.iterancestors():
        held = open_keys.get(above)
        if held is not None:
            return key is None or held == key
        if key is None and is_reply_box(names_of(above)):
            return False
    return False


def _is_aside(element: Element, known: dict[Element, bool]) -> bool:
    """Whether an element belongs to a list of recent comments elsewhere on the site."""
    path: list[Element] = []
    at: Element | None = element
    while at is not None and at not in known:
        path.append(at)
        at = at.getparent()
    answer = known[at] if at is not None else False
    for above in reversed(path):
        answer = answer or _names_aside(names_of(above), above.get("id") or "")
        known[above] = answer
    return answer


@functools.lru_cache(maxsize=8192)
def _names_aside(names: str, own_id: str) -> bool:
    words = {word for name in f"{names} {own_id}".split() for word in words_of(name)}
    return bool(words & _ASIDE and (words & COMMENT_WORDS or "recentcomments" in words))


def _accept(candidates: list[tuple[Element, str | None]]) -> list[Item]:
    """Keep the candidates that are comments, from the innermost out, and let a wrapper lend what its comment lacks."""
    items: dict[Element, Item] = {}
    stops: set[Element] = set()
    steps = 0
    for node, key in reversed(candidates):
        inner, steps = _inside(node, stops, steps)
        nested = [e for e in inner if e in items]
        fields = read_fields(node, frozenset(inner))
        if key is not None:
            stops.add(node)  # another number is another comment, even one that cannot be read
        if _is_comment(fields, nested, key):
            said = key or _key_inside(node, inner.keys())
            items[node] = Item(node, said, fields, None, depth_of(names_of(node)), said_parent(node))
            stops.add(node)
        elif nested:
            _lend(fields, items[nested[0]], node, key)
    return [items[node] for node, _ in candidates if node in items]


def _inside(node: Element, stops: set[Element], steps: int) -> tuple[dict[Element, None], int]:
    """The comments and reply forms in a part, which are not its own, in page order; and the steps taken so far."""
    found: dict[Element, None] = {}
    stack = [node]
    while stack and steps <= MOST_STEPS:
        at = stack.pop()
        steps += 1
        if at is not node and (
            at in stops or at.tag == "form" or ((own_id := at.get("id")) and _REPLY_FORM.match(own_id))
        ):
            found[at] = None
        elif len(at):
            stack += at[::-1]
    if steps > MOST_STEPS:
        raise PageError("The page nests its comments so that they cannot be read in bounded time. Clean the file.")
    return found, steps


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
            head.said_parent = head.said_parent or said_parent(node)
    head.wrappers.append(node)


def _key_inside(node: Element, skip: Skip) -> str | None:
    """The number of a comment that has none itself, from an anchor in it or just before it."""
    before = node.getprevious()
    near = [before] if before is not None and before.tag == "a" else []
    for element in (*near, *walk(node, skip)):
        key = key_of(element.get("id")) or (key_of(element.get("name")) if element.tag == "a" else None)
        if key:
            return key
    return None
