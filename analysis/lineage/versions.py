"""What an author changed between two versions of an essay, sentence by sentence and word by word.

Sentences that were moved elsewhere show as cut in one place and added in another. The kinds of rewording are simple
rules for English, stated at ``name_change``; in other languages they mostly say "other".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from analysis.lineage.changes import Operation, name_change
from analysis.lineage.copies import aligned_share
from analysis.text import words

REWORDED = 0.5  # of the words aligned: below, a reader sees one sentence gone and another one come
LONG = 2000  # words without a full stop: beyond, frequent words do not start a block, or one alignment takes minutes
MOST_PAIRS = 100_000  # of changed sentences compared: 316 with 316; beyond, only those at like places in both texts
COLUMNS = ("number", "kind", "change", "text_a", "text_b", "words_a", "words_b", "paragraph_a", "paragraph_b", "ops")
_ABBREVIATIONS = frozenset({"mr", "mrs", "ms", "dr", "st", "prof", "vs", "etc", "e.g", "i.e"})
# A stop with its closing quotes, then a blank before anything but a small letter, or a capitalised word glued on.
_STOP = re.compile(r"([.!?…]+[\"'”’»)\]]*)(?:\s+(?=[^\sa-z])|(?<=[a-z0-9][.!?])(?=[A-Z][a-z]))")
_LAST_WORD = re.compile(r"([\w.]+?)\.$")

_Sentence = tuple[int, str, tuple[str, ...]]  # paragraph, text, words


def diff_versions(a: str, b: str) -> pd.DataFrame:
    """Lay two versions of an essay side by side, sentence by sentence.

    Parameters
    ----------
    a, b : str
        The earlier and the later version; each line is a paragraph.

    Returns
    -------
    DataFrame
        One row a sentence of either version, in reading order: number (from 1), kind (same, cut, added, reworded),
        change (for reworded sentences: tense, claim strength, names, several of them joined by ", ", or other),
        text_a, text_b, words_a, words_b (counts), paragraph_a, paragraph_b (from 1; missing where there is none) and
        ops: the words as a list of (op, words) with op in same, cut, added.

    Notes
    -----
    Punctuation, case and paragraph breaks do not count: a sentence with the same words is the same. Sentences between
    two unchanged ones are paired, in order, so that the sum of their aligned shares of words is greatest; a pair counts
    from .5 upwards. Where more than 316 by 316 sentences changed
    in one stretch, only those at like places are compared.

    Examples
    --------
    >>> changes = diff_versions("It may work. Ask Ann.", "It must work. Ask Ann. Then wait.")
    >>> changes[["kind", "change", "text_b"]].values.tolist()
    [['reworded', 'claim strength', 'It must work.'], ['same', '', 'Ask Ann.'], ['added', '', 'Then wait.']]
    """
    left, right = _sentences(a), _sentences(b)
    matcher = SequenceMatcher(None, [s[2] for s in left], [s[2] for s in right], autojunk=False)
    rows = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pairs: list[tuple[int | None, int | None]] = [(i1 + k, j1 + k) for k in range(i2 - i1)]
        else:
            pairs = _pair(left, right, (i1, i2), (j1, j2))
        rows += [_row(None if i is None else left[i], None if j is None else right[j]) for i, j in pairs]
    table = pd.DataFrame(rows, columns=list(COLUMNS[1:]))
    table.insert(0, "number", range(1, len(table) + 1))
    return table.astype({"words_a": "int64", "words_b": "int64", "paragraph_a": "Int64", "paragraph_b": "Int64"})


def split_sentences(paragraph: str) -> list[str]:
    """Split a paragraph into sentences at full stops, question and exclamation marks.

    Examples
    --------
    >>> split_sentences("Mr. Pye left. “Why?” Nobody knew.Then e.g. trains came...")
    ['Mr. Pye left.', '“Why?”', 'Nobody knew.', 'Then e.g. trains came...']
    """
    found, start = [], 0
    for stop in _STOP.finditer(paragraph):
        sentence = paragraph[start : stop.end(1)]
        last = _LAST_WORD.search(sentence)
        if last and (last[1].lower() in _ABBREVIATIONS or (len(last[1]) == 1 and last[1].isupper() and last[1] != "I")):
            continue
        found.append(sentence.strip())
        start = stop.end()
    return [s for s in [*found, paragraph[start:].strip()] if s]


def word_operations(a: str, b: str) -> list[Operation]:
    """Turn one sentence into the other, word by word, for display.

    Parameters
    ----------
    a, b : str

    Returns
    -------
    list of (str, str)
        Operation (same, cut, added) and the words as written, in reading order; of the same words, those of ``b``.

    Examples
    --------
    >>> word_operations("We have emerged.", "We are emerging now.")
    [('same', 'We'), ('cut', 'have emerged.'), ('added', 'are emerging now.')]
    """
    left, right = display_words(a), display_words(b)
    matcher = match_words([key for key, _ in left], [key for key, _ in right])
    found: list[Operation] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(shown for _, shown in right[j1:j2])))
            continue
        if i2 > i1:
            found.append(("cut", " ".join(shown for _, shown in left[i1:i2])))
        if j2 > j1:
            found.append(("added", " ".join(shown for _, shown in right[j1:j2])))
    return found


def display_words(text: str) -> list[tuple[str, str]]:
    """Words with what is printed for them: (key to compare by, word with its punctuation).

    Examples
    --------
    >>> display_words("Wait – no, wait!")
    [('wait', 'Wait –'), ('no', 'no,'), ('wait', 'wait!')]
    """
    found: list[tuple[str, str]] = []
    before = ""
    for shown in text.split():
        key = " ".join(words(shown))
        if key:
            found.append((key, before + shown))
            before = ""
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {shown}")
        else:
            before += shown + " "
    return found


def match_words(a: Sequence[str], b: Sequence[str]) -> SequenceMatcher[str]:
    """Align two lists of words by their longest common blocks (Ratcliff & Obershelp 1988)."""
    return SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > LONG)


def _sentences(text: str) -> list[_Sentence]:
    found = []
    for number, paragraph in enumerate((line for line in text.split("\n") if words(line)), start=1):
        for sentence in split_sentences(paragraph):
            if key := tuple(words(sentence)):
                found.append((number, sentence, key))
    return found


def _pair(
    left: Sequence[_Sentence], right: Sequence[_Sentence], rows: tuple[int, int], columns: tuple[int, int]
) -> list[tuple[int | None, int | None]]:
    """Pair changed sentences in order so that the sum of aligned shares is greatest (Needleman & Wunsch 1970)."""
    (i1, i2), (j1, j2) = rows, columns
    share = np.zeros((i2 - i1, j2 - j1))
    reach = MOST_PAIRS / max(share.size, 1)
    for i, j in np.ndindex(*share.shape):
        if share.size <= MOST_PAIRS or abs(i / len(share) - j / share.shape[1]) < reach / 2:
            share[i, j] = aligned_share(left[i1 + i][2], right[j1 + j][2])
    share[share < REWORDED] = 0
    best = np.zeros((i2 - i1 + 1, j2 - j1 + 1))
    for i in range(i2 - i1 - 1, -1, -1):
        for j in range(j2 - j1 - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], (share[i, j] > 0) * (best[i + 1, j + 1] + share[i, j]))
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < i2 - i1 or j < j2 - j1:
        both = i < i2 - i1 and j < j2 - j1
        if both and share[i, j] and best[i, j] == best[i + 1, j + 1] + share[i, j]:
            found.append((i1 + i, j1 + j))
            i, j = i + 1, j + 1
        elif i < i2 - i1 and (not both or best[i, j] == best[i + 1, j]):
            found.append((i1 + i, None))
            i += 1
        else:
            found.append((None, j1 + j))
            j += 1
    return found


def _row(a: _Sentence | None, b: _Sentence | None) -> tuple[object, ...]:
    text_a, text_b = a[1] if a else "", b[1] if b else ""
    operations = word_operations(text_a, text_b)
    one_sided = "cut" if a else "added"
    kind = ("same" if a[2] == b[2] else "reworded") if a and b else one_sided
    change = name_change(operations) if kind == "reworded" else ""
    counts = (len(a[2]) if a else 0, len(b[2]) if b else 0)
    return kind, change, text_a, text_b, *counts, a[0] if a else None, b[0] if b else None, operations
