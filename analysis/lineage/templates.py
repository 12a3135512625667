"""The template behind spun copies: the words all of them share, and the slots that were filled differently."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from analysis.lineage.versions import display_words, match_words

COLUMNS = ("slot", "copy", "variant", "before", "after")


def align_family(texts: Sequence[str]) -> pd.DataFrame:
    """Align the copies of a spun text slot by slot, so that the template can be read.

    Parameters
    ----------
    texts : sequence of str
        Two or more copies, any order.

    Returns
    -------
    DataFrame
        One row a slot and copy, by slot, then copy: slot (from 1, in reading order), copy (position in ``texts``),
        variant (what stands there, "" for nothing), before and after (the fixed words up to the neighbouring slot, as
        the first copy has them). Empty where all copies have the same words.

    Notes
    -----
    The fixed words are what remains when the copies are aligned one after the other (longest common blocks, Ratcliff &
    Obershelp 1988), sorted by length and text so that the order given does not matter. Each copy after the first can
    only take fixed words away: a stranger among the copies shows as few fixed words and long slots.

    Examples
    --------
    >>> slots = align_family(["Ask your doctor for big pills now", "Ask your chemist for small pills now"])
    >>> slots[["slot", "copy", "before", "variant"]].values.tolist()
    [[1, 0, 'Ask your', 'doctor'], [1, 1, 'Ask your', 'chemist'], [2, 0, 'for', 'big'], [2, 1, 'for', 'small']]
    >>> slots["after"].iloc[-1]
    'pills now'
    """
    copies = [display_words(text) for text in texts]
    places = _align([[key for key, _ in copy] for copy in copies])
    length = len(places[0]) if places else 0
    edges = [0, *(k for k in range(1, length) if _gap_before(places, k)), length]
    stretches = list(pairwise(edges)) if length else []
    gaps = [0, *(high for _, high in stretches)]  # a gap stands before the fixed word of this number
    shown = ["", *(" ".join(copies[0][p][1] for p in places[0][low:high]) for low, high in stretches), ""]
    rows = []
    for number, gap in enumerate(gaps):
        variants = [_between(copy, place, gap) for copy, place in zip(copies, places, strict=True)]
        if any(variants):
            rows.append([(copy, variant, shown[number], shown[number + 1]) for copy, variant in enumerate(variants)])
    table = [(slot, *row) for slot, group in enumerate(rows, start=1) for row in group]
    return pd.DataFrame(table, columns=list(COLUMNS)).astype({"slot": "int64", "copy": "int64"})


def _align(keys: Sequence[Sequence[str]]) -> list[list[int]]:
    """Places of the fixed words in each copy."""
    order = sorted(range(len(keys)), key=lambda copy: (len(keys[copy]), list(keys[copy])))
    places: dict[int, list[int]] = {copy: list(range(len(keys[copy]))) for copy in order[:1]}
    for copy in order[1:]:
        fixed = [keys[order[0]][p] for p in places[order[0]]]
        marked, number = _mark_gaps(fixed, list(places.values()))
        blocks = match_words(marked, keys[copy]).get_matching_blocks()
        kept = [(number[block.a + k], block.b + k) for block in blocks for k in range(block.size)]
        places = {earlier: [at[word] for word, _ in kept] for earlier, at in places.items()}
        places[copy] = [position for _, position in kept]
    return [places[copy] for copy in range(len(keys))]


def _mark_gaps(fixed: Sequence[str], places: Sequence[Sequence[int]]) -> tuple[list[str], list[int]]:
    """Fixed words with "", which is no word, wherever some copy has a slot: a stretch is not to run across one."""
    marked: list[str] = []
    number: list[int] = []
    for k, word in enumerate(fixed):
        if k and _gap_before(places, k):
            marked.append("")
            number.append(-1)
        marked.append(word)
        number.append(k)
    return marked, number


def _gap_before(places: Sequence[Sequence[int]], word: int) -> bool:
    return any(at[word] != at[word - 1] + 1 for at in places)


def _between(copy: Sequence[tuple[str, str]], places: Sequence[int], gap: int) -> str:
    low = places[gap - 1] + 1 if gap else 0
    high = places[gap] if gap < len(places) else len(copy)
    return " ".join(shown for _, shown in copy[low:high])
