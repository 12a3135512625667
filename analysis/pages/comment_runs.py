"""Give comments that stand as bare runs of elements a box of their own, so that they read like all others.

Old Blogger and Movable Type templates, and many made by hand, put no element around a comment: a list of terms and
descriptions, a head and the paragraphs after it, or paragraphs closed by "Posted by X". Each run is put into a new box.
"""

from __future__ import annotations

import functools

from lxml import etree

from analysis.pages.comment_names import COMMENT_WORDS, PLURALS, is_comment_class, key_of, names_of, word_set, words_of
from analysis.pages.html_tree import Element

_HEADS = word_set("author header head heading meta metadata")
_FEET = word_set("footer foot posted data signature bottom byline meta info")
_AREA = word_set("block list area section body thread main all holder wrap wrapper content container data display")
MOST_CHILDREN = 100_000  # elements in one box


def box_runs(hinted: list[Element]) -> list[Element]:
    """Put each comment that is a bare run of elements into a box named as a comment.

    Parameters
    ----------
    hinted : list of elements
        Those whose names speak of comments; the tree around them is changed in place.

    Returns
    -------
    list of elements
        The new boxes, in page order.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> page = parse_html(b"<dl id='comments'><dt id='comment-1'>Ann<dd>One<dt id='comment-2'>Bob<dd>Two</dl>")
    >>> [(box.get("id"), len(box)) for box in box_runs([page.find(".//dl")])]
    [('comment-1', 2), ('comment-2', 2)]
    """
    made: list[Element] = []
    for area in hinted:
        if _is_area(area) and len(area) <= MOST_CHILDREN:
            made += _box_area(area)
    return made


def _is_area(element: Element) -> bool:
    """Whether an element is named as a list of comments, not as one of them."""
    tag = element.tag
    if tag in ("form", "a", "span", "p", "ul", "ol") or not isinstance(tag, str):
        return False
    names, own_id = names_of(element), element.get("id") or ""
    area = _names_area(names, own_id)
    if not (area or tag == "dl") or key_of(own_id):
        return False
    return not is_comment_class(names) if area else True


@functools.lru_cache(maxsize=8192)
def _names_area(names: str, own_id: str) -> bool:
    for name in f"{names} {own_id}".split():
        words = words_of(name)
        if PLURALS.intersection(words) or (words and words[0] in COMMENT_WORDS and words[-1] in _AREA):
            return True
    return False


def _box_area(area: Element) -> list[Element]:
    children = [child for child in area if isinstance(child.tag, str)]
    if any(_is_box(child) for child in children):
        return []
    starts = [child for child in children if _is_head(child)]
    ends = [] if starts else [child for child in children if _is_foot(child)]
    runs = _runs_from(children, set(starts)) if starts else _runs_to(children, set(ends))
    sure = [run for run in runs if any(key_of(e.get("id")) or key_of(e.get("name")) for e in run)]
    return [_box(run) for run in (runs if len(runs) > 1 else sure)]


def _is_box(child: Element) -> bool:
    """Whether a child is a comment's box already, rather than the body in a run."""
    names = names_of(child)
    return child.tag not in ("dt", "dd") and is_comment_class(names) and not names.endswith("body")


def _named(element: Element, ends: frozenset[str]) -> bool:
    for name in names_of(element).split():
        words = words_of(name)
        if words and words[0] in COMMENT_WORDS and words[0] not in PLURALS and words[-1] in ends:
            return True
    return False


def _is_head(element: Element) -> bool:
    """A term, an anchor with a comment's number, or an element named as a comment's head."""
    numbered = key_of(element.get("id")) or (key_of(element.get("name")) if element.tag == "a" else None)
    if element.tag in ("dt", "a"):
        return bool(numbered) or (element.tag == "dt" and _named(element, _HEADS))
    return element.tag in ("h3", "h4", "h5", "h6", "div", "p") and _named(element, _HEADS)


def _is_foot(element: Element) -> bool:
    return _named(element, _FEET) or (element.tag == "p" and "posted" in names_of(element).split())


def _runs_from(children: list[Element], starts: set[Element]) -> list[list[Element]]:
    """Runs that begin at a head; an anchor directly before a head belongs to the head's run."""
    runs: list[list[Element]] = []
    for child in children:
        fresh = child in starts and not (runs and len(runs[-1]) == 1 and runs[-1][0].tag == "a" and child.tag != "a")
        if fresh:
            runs.append([child])
        elif runs and child.tag not in ("form", "h1", "h2", "script"):
            runs[-1].append(child)
    return [run for run in runs if len(run) > 1]


def _runs_to(children: list[Element], ends: set[Element]) -> list[list[Element]]:
    """Runs that end at a foot; headings and forms before them belong to none."""
    runs: list[list[Element]] = []
    run: list[Element] = []
    for child in children:
        if child.tag in ("form", "h1", "h2", "script"):
            run = []
            continue
        run.append(child)
        if child in ends:
            runs.append(run)
            run = []
    return [run for run in runs if len(run) > 1]


def _box(run: list[Element]) -> Element:
    box = etree.Element("div", {"class": " ".join(["comment", *_owner_names(run)])})
    key = next((e.get("id") for e in run if key_of(e.get("id"))), None) or next(
        (e.get("name") for e in run if key_of(e.get("name"))), None
    )
    if key:
        box.set("id", key)
    run[0].addprevious(box)
    for element in run:
        if key and element.get("id") == key:
            del element.attrib["id"]
        box.append(element)
    return box


def _owner_names(run: list[Element]) -> list[str]:
    """The names on a head that mark the essay's author (Blogger's "blog-author")."""
    return [name for name in names_of(run[0]).split() if "author" in name and name not in ("comment-author", "author")]
