"""Which comments and injected paragraphs were spun from one text, and which only look so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import pandas as pd

from analysis.lineage.copies import copy_pairs, join_pairs
from analysis.lineage.essays import family_id
from analysis.text import words

MIN_WORDS = 16  # of a comment's own, links apart: readers' greetings and thanks of 12 to 15 words do coincide
QUOTE_RUN = 6  # words in a row that also stand in the page's essay are a quotation of it
STRETCH, STRETCHES = (
    3,
    3,
)  # on one page: three stretches of three shared words and more, or it is a quotation or a retry
WORDINGS = 3  # on one page: two wordings may be a reader who corrected himself
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

COLUMNS = ("family", "doc_id", "item", "text", "n")


def group_spam(
    spam: pd.DataFrame, essays: Mapping[str, str], versions: Mapping[str, str], *, seed: int
) -> pd.DataFrame:
    """Group the copies of each spun text.

    Parameters
    ----------
    spam : DataFrame
        Columns item ("injected", or a comment_id), doc_id, text; any order.
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
    essay_words = {doc: words(essays.get(doc, "")) for doc in sorted(set(table["doc_id"]))}
    quoted = {doc: _runs(text) for doc, text in essay_words.items()}
    own = [
        own_words(text, quoted[doc] if item != "injected" else frozenset())
        for doc, item, text in zip(table["doc_id"], table["item"], table["text"], strict=True)
    ]
    place = [versions.get(doc, doc) for doc in table["doc_id"]]
    distinct = sorted({text for text in own if len(text) >= MIN_WORDS})
    number = {text: i for i, text in enumerate(distinct)}
    places: list[set[str]] = [set() for _ in distinct]
    for text, where in zip(own, place, strict=True):
        if text in number:
            places[number[text]].add(where)
    root = join_pairs(len(distinct), _believed(distinct, places, copy_pairs(distinct, seed=seed)))
    members: dict[int, list[int]] = {}
    for row, text in enumerate(own):
        if text in number:
            members.setdefault(root[number[text]], []).append(row)
    found = []
    for rows in members.values():
        part = table.loc[rows, ["doc_id", "item", "text"]]
        if _is_family([own[r] for r in rows], [place[r] for r in rows], part):
            part.insert(0, "family", family_id(max((own[r] for r in rows), key=lambda text: (len(text), text))))
            found.append(part.assign(n=len(rows)))
    if not found:
        return pd.DataFrame({c: pd.Series(dtype="int64" if c == "n" else object) for c in COLUMNS})
    return pd.concat(found).sort_values(["family", "doc_id", "item", "text"], kind="stable").reset_index(drop=True)


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


def _runs(text: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(text[i : i + QUOTE_RUN]) for i in range(len(text) - QUOTE_RUN + 1))


def _believed(
    texts: Sequence[tuple[str, ...]], places: Sequence[set[str]], pairs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Pairs that are copies for another reason than that one quotes, repeats or corrects the other on its page."""
    return [(i, j) for i, j in pairs if len(places[i] | places[j]) > 1 or _scattered(texts[i], texts[j])]


def _scattered(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the shared words lie in several stretches, as swapped words leave them; a quotation is one stretch."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size >= STRETCH for block in blocks) >= STRETCHES


def _is_family(texts: Sequence[tuple[str, ...]], places: Sequence[str], rows: pd.DataFrame) -> bool:
    """Whether copies are enough: in two places, or in three wordings; injected paragraphs on two pages suffice."""
    injected_on = rows.loc[rows["item"] == "injected", "doc_id"].nunique()
    return len(set(places)) > 1 or len(set(texts)) >= WORDINGS or injected_on > 1
