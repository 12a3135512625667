"""Which comments and injected paragraphs were spun from one text, and which only look so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

from analysis.lineage.copies import aligned_share, is_copy, join_pairs, likely_pairs
from analysis.lineage.essays import family_id
from analysis.text import words

MIN_WORDS = 16  # of a comment's own, links apart: readers' greetings and thanks of 12 to 15 words do coincide
MIN_LINKED = 7  # where the text carries a link or was injected: an advert can be that short, thanks have no link
SHORT_ALIGNED = 0.75  # of the words of two such short texts; with fewer two readers' words for one thing would do
QUOTE_RUN = 6  # words in a row that also stand in the page's essay are a quotation of it
STRETCH = 3  # shared words in a row
STRETCHES = 3  # of those and more on one page, or it is a quotation or a retry
QUOTED = 0.8  # of the shared words in one stretch: two readers on two pages who quote the same; swapped words scatter
WHOLE = 0.9  # of the shorter text's words aligned: it has hardly a word of its own, and is posted again, not quoting
ENOUGH = 2000  # words of a comment looked at for that: longer ones would take minutes
WORDINGS = 3  # on one page: two wordings may be a reader who corrected himself
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

COLUMNS = ("family", "doc_id", "item", "text", "n")


@dataclass(frozen=True, slots=True)
class _Copy:
    """A text that may be spun, its own words, and its place: the essay family of its page."""

    doc_id: str
    item: str
    text: str
    own: tuple[str, ...]
    place: str


def is_injected(item: str) -> bool:
    """Whether an item is a paragraph injected into an essay, and not a comment.

    Examples
    --------
    >>> is_injected("injected"), is_injected("injected-2"), is_injected("0123456789ab-0004")
    (True, True, False)
    """
    return item.startswith("injected")


def group_spam(
    spam: pd.DataFrame, essays: Mapping[str, str], versions: Mapping[str, str], *, seed: int
) -> pd.DataFrame:
    """Group the copies of each spun text.

    Parameters
    ----------
    spam : DataFrame
        Columns item (``injected``, or beginning so, or a comment_id), doc_id, text; any order.
    essays : mapping of str to str
        Essay of each doc_id: what a comment quotes of it does not count.
    versions : mapping of str to str
        Essay family of each doc_id: a comment carried along with a mirrored page is one comment, not two.
    seed : int
        Of the MinHash permutations.

    Returns
    -------
    DataFrame
        One row a copy, families of two and more only, sorted by family, doc_id, item and text: family (12 hexadecimal
        digits from its longest text), doc_id, item, text, n (copies in the family).
    """
    table = spam.sort_values(["doc_id", "item", "text"], kind="stable").reset_index(drop=True)
    copies = [
        _Copy(doc, item, text, own, versions.get(doc, doc))
        for doc, rows in ((str(doc), rows) for doc, rows in table.groupby("doc_id"))
        for item, text, own in _own_texts(rows, essays.get(doc, ""))
        if len(own) >= (MIN_LINKED if is_injected(item) or _LINK.search(text) else MIN_WORDS)
    ]
    distinct = sorted({copy.own for copy in copies})
    number = {own: i for i, own in enumerate(distinct)}
    places: list[set[str]] = [set() for _ in distinct]
    for copy in copies:
        places[number[copy.own]].add(copy.place)

    def holds(i: int, j: int) -> bool:  # on one page a copy may be a quotation, a repetition or a correction
        a, b = distinct[i], distinct[j]
        if len(places[i] | places[j]) == 1:
            return is_copy(a, b) and sum(size >= STRETCH for size in _stretches(a, b)) >= STRETCHES
        if min(len(a), len(b)) < MIN_WORDS:
            return aligned_share(a, b) >= SHORT_ALIGNED
        return is_copy(a, b) and not _quote_the_same(a, b)

    root = join_pairs(len(distinct), likely_pairs(distinct, seed=seed), holds)
    groups: dict[int, list[_Copy]] = {}
    for copy in copies:
        groups.setdefault(root[number[copy.own]], []).append(copy)
    found = []
    for group in groups.values():
        if _is_family(group):
            family = family_id(max((copy.own for copy in group), key=lambda own: (len(own), own)))
            found += [(family, copy.doc_id, copy.item, copy.text, len(group)) for copy in group]
    return pd.DataFrame(sorted(found), columns=list(COLUMNS)).astype({"n": "int64"})


def own_words(text: str, quoted: frozenset[tuple[str, ...]] = frozenset()) -> tuple[str, ...]:
    """Words of a comment without links and without what it quotes.

    Parameters
    ----------
    text : str
    quoted : frozenset of tuple of str
        Runs of six words of the essay.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> own_words("See http://sheds.example/now for sheds")
    ('see', 'for', 'sheds')
    """
    found = words(_LINK.sub(" ", text))
    if not quoted:
        return tuple(found)
    keep = [True] * len(found)
    for start in range(len(found) - QUOTE_RUN + 1):
        if tuple(found[start : start + QUOTE_RUN]) in quoted:
            keep[start : start + QUOTE_RUN] = [False] * QUOTE_RUN
    return tuple(word for word, own in zip(found, keep, strict=True) if own)


def _own_texts(rows: pd.DataFrame, essay: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Item, text and own words of every text on one page."""
    of_essay = words(essay)
    quoted = frozenset(tuple(of_essay[i : i + QUOTE_RUN]) for i in range(len(of_essay) - QUOTE_RUN + 1))
    for item, text in zip(rows["item"], rows["text"], strict=True):
        yield item, text, own_words(text, frozenset() if is_injected(item) else quoted)


def _stretches(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """Lengths of the stretches the shared words lie in: swapped words leave several, a quotation is one."""
    blocks = SequenceMatcher(None, a[:ENOUGH], b[:ENOUGH], autojunk=False).get_matching_blocks()
    return [block.size for block in blocks if block.size]


def _quote_the_same(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether most of what two texts share is one stretch, and both have words of their own around it."""
    shared = aligned_share(a, b) * (len(a) + len(b)) / 2
    if shared >= WHOLE * min(len(a), len(b)):
        return False
    sizes = _stretches(a, b)
    return max(sizes, default=0) >= QUOTED * sum(sizes)


def _is_family(group: Sequence[_Copy]) -> bool:
    """Whether copies are enough: in two places, or in three wordings; injected paragraphs on two pages suffice."""
    injected_on = {copy.doc_id for copy in group if is_injected(copy.item)}
    wordings = {copy.own for copy in group}
    return len({copy.place for copy in group}) > 1 or len(wordings) >= WORDINGS or len(injected_on) > 1
