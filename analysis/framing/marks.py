"""Which words of a parsed text are quoted or reported, and which are denied.

A frame that somebody else is said to hold, or that the writer rejects, is not the writer's. Found by marks and grammar;
irony and a whole essay written against a view are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.tokens import Word

Words = Sequence[Word]


def word_set(listed: str) -> frozenset[str]:
    """Words with blanks between them, as a set.

    Examples
    --------
    >>> sorted(word_set("b a"))
    ['a', 'b']
    """
    return frozenset(listed.split())


_QUOTES = (
    re.compile(r"“[^”]*(?:”|$)"),
    re.compile(r"«[^»]*»"),
    re.compile(r"„[^“”]*[“”]"),
    re.compile(r'"[^"]*(?:"|$)'),
    re.compile(r"(?<!\w)‘[^‘]{1,300}?’(?!\w)"),
    re.compile(r"(?<![\w'])'(?=\w)[^'\n]{1,100}(?<=\S)'(?!\w)"),
    re.compile(r"^[ \t]*>.*$", re.MULTILINE),  # a line quoted as in mail
)
# Verbs with which another's view is given; what hangs on them is reported unless the writer is the one who says it.
REPORTING = word_set(
    """say claim argue believe think insist hold complain boast write suggest warn maintain assume feel report state
    declare assert contend pretend imagine suppose announce explain admit promise conclude"""
)
_OWN = frozenset({"i", "we"})
# Verbs that deny what hangs on them.
DENYING = word_set(
    "stop cease refuse fail avoid quit forbid prevent abandon neglect deny decline reject renounce resist"
)
_DENIALS = word_set("not n't n’t never neither nor hardly scarcely barely rarely seldom")
_NOBODY = frozenset({"nobody", "none"})
_NOT_A_DENIAL = word_set("only just merely simply necessarily")  # "not only for readers" says: for readers
_INSTEAD = (("instead", "of"), ("rather", "than"), ("far", "from"), ("without",), ("as", "oppose", "to"), ("unlike",))
_TURNS = word_set("but yet although though while whereas")  # where a denial ends
_ENDS = word_set(", ; : . ! ? — – ( )")
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "dobj"})


@dataclass(frozen=True)
class Marks:
    """What each word of a text stands in.

    Attributes
    ----------
    quoted, denied : frozenset of int
        Places of words, from 0.
    """

    quoted: frozenset[int]
    denied: frozenset[int]


def mark_words(text: str, words: Words) -> Marks:
    """Find the words of a text that are quoted or reported, and those that are denied.

    Parameters
    ----------
    text : str
    words : sequence of Word
        As ``tokens.parse_texts`` gives them for this text.

    Returns
    -------
    Marks
    """
    below = children_of(words)
    quoted = set(_in_quotes(text, words)) | set(_reported(words, below))
    return Marks(frozenset(quoted), frozenset(_denied(words, below)))


def children_of(words: Words) -> list[list[int]]:
    """Places of the words that hang on each word, in reading order."""
    below: list[list[int]] = [[] for _ in words]
    for place, word in enumerate(words):
        if word.head != place:
            below[word.head].append(place)
    return below


def subtree(place: int, below: Sequence[Sequence[int]]) -> set[int]:
    """Places of a word and of all that hangs on it."""
    found, todo = {place}, [place]
    while todo:
        for child in below[todo.pop()]:
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def _in_quotes(text: str, words: Words) -> Iterator[int]:
    spans = [match.span() for pattern in _QUOTES for match in pattern.finditer(text)]
    for place, word in enumerate(words):
        if any(start <= word.start < end for start, end in spans):
            yield place


def _reported(words: Words, below: list[list[int]]) -> Iterator[int]:
    for place, word in enumerate(words):
        if word.lemma in REPORTING and word.pos == "VERB":
            who = [words[c].lemma for c in below[place] if words[c].dep in ("nsubj", "nsubjpass")]
            if who and not _OWN & set(who):
                for child in below[place]:
                    if words[child].dep == "ccomp":
                        yield from subtree(child, below)
        if word.lemma == "accord" and place + 1 < len(words) and words[place + 1].lemma == "to":
            yield from (n for n, other in enumerate(words) if other.sentence == word.sentence)


def _denied(words: Words, below: list[list[int]]) -> Iterator[int]:
    for place, word in enumerate(words):
        if word.text.lower() in _DENIALS or _no_longer(words, place):
            yield from _after_not(words, below, place)
        elif word.lemma in DENYING and word.pos == "VERB":
            yield from _complements(words, below, place)
        elif word.lemma in _NOBODY or (word.lemma == "no" and word.dep == "det"):
            yield from _by_nobody(words, below, place)
        for phrase in _INSTEAD:
            if tuple(other.lemma for other in words[place : place + len(phrase)]) == phrase:
                yield from _until_end(words, place + len(phrase), _ENDS | _TURNS)


def _no_longer(words: Words, place: int) -> bool:
    return [word.text.lower() for word in words[place : place + 2]] == ["no", "longer"]


def _after_not(words: Words, below: list[list[int]], place: int) -> Iterator[int]:
    """What a "not" denies: the clause it stands in, from there on, or the phrase before which it stands."""
    if place + 1 < len(words) and words[place + 1].lemma in _NOT_A_DENIAL:
        return
    head = words[place].head
    if words[head].pos in ("VERB", "AUX"):
        clause = subtree(head, below) - _clauses_of_their_own(words, below, head)
        yield from (n for n in _until_end(words, place + 1, _TURNS | {";", ":"}) if n in clause)
    else:
        yield from _until_end(words, place + 1, _ENDS | _TURNS)


def _clauses_of_their_own(words: Words, below: list[list[int]], head: int) -> set[int]:
    """Clauses joined to a verb that have their own subject: a denial of the verb does not reach them."""
    found: set[int] = set()
    for child in below[head]:
        own = any(words[c].dep in ("nsubj", "nsubjpass", "expl") for c in below[child])
        if words[child].dep in ("conj", "ccomp", "advcl", "parataxis") and own and words[child].dep != "ccomp":
            found |= subtree(child, below)
    return found


def _complements(words: Words, below: list[list[int]], place: int) -> Iterator[int]:
    for child in below[place]:
        what, source = words[child].dep in _COMPLEMENTS, words[child].dep == "prep" and words[child].lemma == "from"
        if (what and child > place) or source:
            yield from subtree(child, below)


def _by_nobody(words: Words, below: list[list[int]], place: int) -> Iterator[int]:
    """What nobody does: the clause whose subject is "nobody" or "no reader"; else only the noun after "no"."""
    noun = place if words[place].lemma in _NOBODY else words[place].head
    yield noun
    if words[noun].dep in ("nsubj", "nsubjpass"):
        clause = subtree(words[noun].head, below)
        yield from (n for n in _until_end(words, place + 1, _TURNS | {";", ":"}) if n in clause)


def _until_end(words: Words, start: int, ends: Iterable[str]) -> Iterator[int]:
    """Places from ``start`` to the next word of ``ends``, within the sentence."""
    stops = set(ends)
    for place in range(start, len(words)):
        if words[place].lemma in stops or words[place].sentence != words[start].sentence:
            return
        yield place
