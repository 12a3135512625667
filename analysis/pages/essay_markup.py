"""Find the essay in the tree of a page from which the comments were taken out.

First goes the furniture that its name or tag gives away (menus, share buttons, related posts), then the tree is
followed from the top into the one child that holds most of the running text, until a named text container is reached
or the text spreads over several children. The idea of weighing running text against link text is that of Kohlschütter,
Fankhauser & Nejdl (2010, "Boilerplate detection using shallow text features").
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

from analysis.pages.comment_names import LONGEST_NAMES, names_of, prop_of, word_set, words_of
from analysis.pages.html_tree import NO_TEXT, Element, text_of
from analysis.pages.injected import cut_hidden, injected_lines

DOMINANT = 0.65  # a child with this share of its parent's running text holds the essay; half would follow a half essay
LARGEST_FURNITURE = 0.35  # what holds more of the page's running text is not furniture, whatever its name
RUNNING = 20  # characters of unlinked text in one element from which it counts as running text

_FURNITURE_TAGS = frozenset({"nav", "aside", "footer", "form", "dialog", "menu"})
_FURNITURE = word_set(
    "share sharing sharedaddy sharer addtoany social related relatedposts sidebar widget widgets newsletter subscribe "
    "subscription signup optin breadcrumb nav navigation navbar navlinks menu footer masthead advert adverts "
    "advertisement ad ads adsense adsbygoogle promo sponsor sponsored cookie cookies consent popup modal lightbox "
    "byline postmetadata tags tagcloud pagination pager toc breadcrumbs respond rating ratings print rss recommended "
    "trending popular recent teaser teasers toolbar login search overlay tooltip hidden bio authorbox disclaimer "
    "disclosure credits copyright banner cta comments republish republication"
)
_FURNITURE_PAIRS = frozenset(
    {("author", "box"), ("author", "info"), ("author", "bio"), ("about", "author"), ("post", "meta"), ("entry", "meta"),
     ("entry", "footer"), ("post", "footer"), ("tag", "links"), ("cat", "links"), ("tags", "links"), ("post", "tags"),
     ("post", "navigation"), ("screen", "reader"), ("skip", "link"), ("read", "next"), ("read", "more"),
     ("site", "header"),
     ("more", "from"), ("see", "also"), ("article", "meta"), ("meta", "data"), ("posted", "on"), ("also", "like"),
     ("table", "contents"), ("jp", "likes"), ("post", "author"), ("author", "card"), ("post", "info"),
     ("entry", "info")}
)  # fmt: skip
_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search"})
_CONTAINERS = word_set(
    "entry-content post-content post-body article-body article-content entry-body entrytext entry-text post-entry "
    "story-body storycontent postcontent post_content td-post-content e-content content-body articlebody post-text "
    "single-content blog-content post__content article__body article__content entry__content story-content "
    "wp-block-post-content available-content body-copy article-text text-content mw-parser-output"
)


@dataclass(frozen=True, slots=True)
class Essay:
    """The essay's text, the share of the page's running text it holds, and whether a named container gave it."""

    text: str
    share: float
    named: bool


def read_essay(root: Element, skip: set[Element]) -> Essay:
    """Take the essay out of a page's tree.

    Parameters
    ----------
    root : element
        The tree; it is not changed.
    skip : set of elements
        The comments and all that belongs to them.

    Returns
    -------
    Essay
        The text may be empty.
    """
    body = root.find("body") if root.find("body") is not None else root
    mass, skip = _weigh(body, skip)
    at, named = body, False
    while True:
        if is_container(at):
            named = True
            break
        heaviest = max((c for c in at if c in mass), key=lambda c: mass[c], default=None)
        if heaviest is None or mass[heaviest] < DOMINANT * mass[at] or heaviest.tag in ("p", "ul", "ol", "blockquote"):
            break
        at = heaviest
    total = mass.get(body, 0)
    return Essay(text_of(at, skip), mass.get(at, 0) / total if total else 0.0, named)


def part_injected(essay: str, hidden: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """Part an essay from the spam paragraphs that were injected into it.

    Parameters
    ----------
    essay : str
        Paragraphs, one a line.
    hidden : tuple of str
        What the page's style hides, as ``hidden_texts`` gives it.

    Returns
    -------
    essay : str
        What is left.
    injected : tuple of str
        The hidden adverts, then the spam paragraphs, in order.
    """
    lines, cut = cut_hidden(essay.split("\n"), hidden)
    bad = set(injected_lines(lines))
    if not bad and not cut:
        return essay, ()
    kept = "\n".join(x for i, x in enumerate(lines) if i not in bad)
    return kept, (*cut, *(lines[i] for i in sorted(bad)))


def is_container(element: Element) -> bool:
    """Whether an element is named as the container of a page's main text."""
    names = element.get("class")
    return (names is not None and _is_container_class(names)) or prop_of(element) == "articlebody"


@functools.lru_cache(maxsize=8192)
def _is_container_class(names: str) -> bool:
    return bool(_CONTAINERS.intersection(names[:LONGEST_NAMES].lower().split()))


@functools.lru_cache(maxsize=8192)
def is_page_furniture(tag: str, names: str) -> bool:
    """Whether a tag or a class attribute names page furniture.

    Examples
    --------
    >>> is_page_furniture("nav", ""), is_page_furniture("div", "related-posts"), is_page_furniture("i", "has-sidebar")
    (True, True, False)
    """
    if tag in _FURNITURE_TAGS:
        return True
    for name in names.split():
        words = words_of(name)
        if not words or words[0] in ("has", "with", "no"):
            continue
        if _FURNITURE.intersection(words) and not (
            words[-1] in ("content", "wrapper", "container", "layout") and len(words) > 2
        ):
            return True
        if any(pair in _FURNITURE_PAIRS for pair in itertools.pairwise(words)):
            return True
    return False


def _weigh(body: Element, skip: set[Element]) -> tuple[dict[Element, int], set[Element]]:
    """Running text below each element, in characters, and all that is to be left out.

    Furniture that holds much of the text is kept: themes call a whole page "no-sidebar" or put it in a form.
    """
    order: list[Element] = []
    mass: dict[Element, int] = {}
    linked = {body} if body.tag == "a" else set()
    stack: list[Element] = [body]
    while stack:
        element = stack.pop()
        order.append(element)
        mass[element] = 0
        text = element.text
        own = len(text.strip()) if text else 0
        in_link = element in linked
        if len(element):
            for child in element[::-1]:
                tail = child.tail
                if tail:
                    own += len(tail.strip())
                tag = child.tag
                if tag not in NO_TEXT and child not in skip and isinstance(tag, str):
                    stack.append(child)
                    if in_link or tag == "a":
                        linked.add(child)
        if own >= RUNNING and not in_link:
            mass[element] = own
    for element in reversed(order):
        if element is not body and mass[element]:
            mass[element.getparent()] += mass[element]
    return _without_furniture(body, order, mass, skip)


def _is_furniture(element: Element, small: bool) -> bool:
    """Whether an element is furniture: a dialog of any size, or something small that is named so."""
    role = element.get("role")
    if role in ("dialog", "alertdialog"):
        return True
    if not small:
        return False
    return role in _ROLES or is_page_furniture(element.tag, f"{names_of(element)} {element.get('id') or ''}")


def _without_furniture(
    body: Element, order: list[Element], mass: dict[Element, int], skip: set[Element]
) -> tuple[dict[Element, int], set[Element]]:
    most = LARGEST_FURNITURE * mass.get(body, 0)
    drop = set(skip)
    gone: set[Element] = set()
    for element in order:
        if element.getparent() in gone:
            gone.add(element)
        elif element is not body and _is_furniture(element, mass[element] <= most):
            drop.add(element)
            gone.add(element)
            lost = mass[element]
            above = element.getparent()
            while lost and above is not None and above in mass:
                mass[above] -= lost
                above = above.getparent() if above is not body else None
    for element in gone:
        mass.pop(element, None)
    return mass, drop
