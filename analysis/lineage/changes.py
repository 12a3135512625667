"""What kind of rewording turned one sentence into another: of tense, of the strength of a claim, or of names.

Simple rules for English, stated at ``name_change``; in other languages they mostly say "other".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import simplemma

from analysis.text import words

FEW = 4  # words: in so short a sentence half may be names
# Words that make a claim weaker or stronger, or turn it round; verbs of knowing in every form.
_STRENGTH = """
    may might must should shall can perhaps possibly probably maybe seem appear likely unlikely possible impossible
    probable certain sure never always ever certainly surely definitely clearly obviously undoubtedly doubtless
    apparently evidently truly really very quite rather hardly rarely seldom often sometimes usually generally mostly
    nearly almost approximately roughly all every each none only some most many few any everybody everyone nobody
    nothing no not cannot little much know believe think suppose guess prove suggest indicate demonstrate imply assume
    suspect doubt claim
"""
STRENGTH = frozenset(_STRENGTH.split())
_TENSE_PAIRS = frozenset({frozenset({"will", "would"}), frozenset({"can", "could"})})
_NUMBER_PAIRS = frozenset(map(frozenset, (("is", "are"), ("am", "are"), ("am", "is"), ("was", "were"), ("has", "have"),
                                          ("do", "does"))))  # fmt: skip
# Words that only carry the tense of the verb beside them; after "may" and the like they carry none.
_AUXILIARIES = frozenset(
    {"have", "has", "had", "having", "will", "would", "be", "am", "is", "are", "was", "were", "been", "being", "going",
     "to", "did", "does", "do"}
)  # fmt: skip
_MODALS = frozenset({"may", "might", "must", "should", "shall", "can", "could"})
_CONTRACTED = {
    "can't": "can not", "won't": "will not", "cannot": "can not", "n't": " not",
    "'ve": " have", "'re": " are", "'ll": " will", "'m": " am",
}  # fmt: skip

Operation = tuple[str, str]


def name_change(operations: Sequence[Operation]) -> str:
    """Say what kind of rewording operations on one sentence are.

    Parameters
    ----------
    operations : sequence of (str, str)
        As ``word_operations`` gives them.

    Returns
    -------
    str
        Any of these, joined by ", ", or "other". *tense*: at one place a cut and an added word are forms of one verb
        and differ by more than an s, or only its helping words came or went ("has announced" for "announced"), or one
        of can/could, will/would replaces the other. *claim strength*: the words that weaken, strengthen or deny, and
        the verbs of knowing (``STRENGTH``), are not the same before and after. *names*: the capitalised words that
        came are not those that went; a sentence's first word only where no dictionary has it. Contractions are spelled
        out first, so "don't" for "do not" is other.

    Notes
    -----
    English only; forms by simplemma's dictionary. A guide to reading, not a measurement.
    """
    changed = _changed(operations)
    cut = [w for before, _ in changed for w in before]
    added = [w for _, after in changed for w in after]
    found = []
    if any(_is_tense(before, after) for before, after in changed) or any(
        frozenset({x, y}) in _TENSE_PAIRS for x in cut for y in added
    ):
        found.append("tense")
    if sorted(_strength(cut)) != sorted(_strength(added)):
        found.append("claim strength")
    if sorted(_names(operations, "cut")) != sorted(_names(operations, "added")):
        found.append("names")
    return ", ".join(found) or "other"


def _spelled(text: str) -> list[str]:
    """Words with contractions spelled out."""
    plain = text.lower().replace("’", "'")
    for short, full in _CONTRACTED.items():
        plain = plain.replace(short, full)
    return words(plain)


def _changed(operations: Sequence[Operation]) -> list[tuple[list[str], list[str]]]:
    """The words cut and added at each place."""
    places: list[tuple[list[str], list[str]]] = [([], [])]
    for op, text in operations:
        if op == "same":
            places.append(([], []))
        else:
            places[-1][op == "added"].extend(_spelled(text))
    return [place for place in places if any(place)]


def _is_tense(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the words of one place are the same verb in another tense: by its form, or by what stands beside it."""
    if _MODALS & {*before, *after}:
        return False
    helped = [w for w in (*before, *after) if w in _AUXILIARIES]
    left, right = ([w for w in side if w not in _AUXILIARIES] for side in (before, after))
    if helped and len(left) == len(right) and all(map(_one_verb, left, right)):
        return {"to"} != set(helped) and not _is_number(before, after)
    return any(_other_form(x, y) for x in before for y in after)


def _is_number(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) == len(after) and all(
        x == y or frozenset({x, y}) in _NUMBER_PAIRS or x in (f"{y}s", f"{y}es") or y in (f"{x}s", f"{x}es")
        for x, y in zip(before, after, strict=True)
    )


def _strength(found: Sequence[str]) -> list[str]:
    """Those of the words that tell how strong a claim is; "could" is "can", told of the past."""
    return [word for w in found if (word := "can" if w == "could" else w if w in STRENGTH else _lemma(w)) in STRENGTH]


def _lemma(word: str) -> str:
    return str(simplemma.lemmatize(word, lang="en"))


def _one_verb(x: str, y: str) -> bool:
    """Whether two words are forms of one; simplemma takes "singing" to "singe"."""
    stems = {w[:-3] for w in (x, y) if w.endswith("ing")}
    return _lemma(x) == _lemma(y) or bool(stems & {x, y, x.removesuffix("e"), y.removesuffix("e")})


def _other_form(x: str, y: str) -> bool:
    if x == y or x in (y + "s", y + "es") or y in (x + "s", x + "es") or frozenset({x, y}) in _NUMBER_PAIRS:
        return False
    return x.isalpha() and y.isalpha() and _one_verb(x, y)


def _names(operations: Sequence[Operation], side: str) -> list[str]:
    """The capitalised words that only one version has; the first of a sentence only where no dictionary has it."""
    sentence, found = "", []
    for op, text in operations:
        if op in ("same", side):
            found += [(op, w[0], len(sentence) + w.start()) for w in re.finditer(r"\w[\w'’-]*", text)]
            sentence += f"{text} "
    capital = [w[0].isupper() and not re.fullmatch(r"I(?:['’]\w{1,2})?", w) for _, w, _ in found]
    inside = sum(big and not _opens(sentence, at) for (_, _, at), big in zip(found, capital, strict=True))
    if inside * 2 > len(found) > FEW:
        return []  # a heading of capitals
    return [
        w
        for (op, w, at), big in zip(found, capital, strict=True)
        if op == side and big and not (_opens(sentence, at) and simplemma.is_known(w.lower(), lang="en"))
    ]


def _opens(sentence: str, at: int) -> bool:
    """Whether a word opens a sentence, also one that is quoted within another."""
    return not re.search(r"[\w,;)]\s*$", sentence[:at])
