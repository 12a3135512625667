"""Who does what to whom: for every noun of a parsed text, the verb it is subject or object of, or the preposition.

Pronouns stand for the nearest fitting noun before them in their sentence, and for nobody where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.framing.marks import Words, children_of, word_set

_SUBJECTS = ("nsubj", "csubj")
_JOINED = ("conj", "appos")
_VERBS = ("VERB", "AUX")
_NAMES = ("NOUN", "PROPN", "PRON")
_PLURAL, _SINGULAR, _RELATIVE = frozenset({"they", "them"}), frozenset({"it"}), frozenset({"who", "that", "which"})
# Singular nouns that "they" may stand for.
_COLLECTIVE = word_set("public audience community people folk readership crowd staff police")
YOU = "you"  # addressed, if not by an "I"
_HELD = ("dobj", "nsubjpass", "pobj", "attr", "nsubj")  # a noun so placed passes what hangs on it to its verb


class Relation(NamedTuple):
    """A noun in its role.

    Attributes
    ----------
    noun : str
        Lemma of the noun, or of the one a pronoun stands for.
    role : {"object", "subject", "after"}
    verbs : tuple of str
        Verb as "take part", then as "take"; empty where the noun hangs on no verb.
    governor : str
        For ``after``: the noun before the preposition, "" where it is the verb itself.
    prep : str
        The preposition; "" for subjects and objects.
    anchor, place : int
        Places of the verb or preposition that makes the relation, and of the noun.
    """

    noun: str
    role: str
    verbs: tuple[str, ...]
    governor: str
    prep: str
    anchor: int
    place: int


def find_relations(words: Words) -> list[Relation]:
    """Find the relations of all nouns of a text, in reading order.

    Parameters
    ----------
    words : sequence of Word

    Returns
    -------
    list of Relation
        A noun may have several ("readers write and edit") or none.
    """
    below = children_of(words)
    found = []
    for place, word in enumerate(words):
        if word.pos in _NAMES:
            noun = _meant(words, below, place)
            if noun:
                found += [relation._replace(noun=noun) for relation in _roles(words, below, place)]
    return found


def _meant(words: Words, below: Sequence[Sequence[int]], place: int) -> str:
    """Lemma of the noun at a place, or of the noun that the pronoun there stands for; "" for none."""
    word = words[place]
    if word.pos != "PRON":
        return word.lemma
    low = word.text.lower()
    if low == "you":
        return "" if any(w.lemma == "i" and w.sentence == word.sentence for w in words[:place]) else YOU
    if low in _RELATIVE and word.dep in _SUBJECTS:
        verb = words[word.head]
        return words[verb.head].lemma if verb.dep == "relcl" else ""
    if low in _PLURAL | _SINGULAR:
        return _antecedent(words, below, place, plural=low in _PLURAL)
    return word.lemma if low.endswith(("one", "body")) else ""


def _antecedent(words: Words, below: Sequence[Sequence[int]], place: int, *, plural: bool) -> str:
    own = _subject_of_clause(words, below, place) if words[place].dep not in _SUBJECTS else -1
    for before in range(place - 1, -1, -1):
        word = words[before]
        if word.sentence != words[place].sentence:
            return ""
        several = word.text.lower() != word.lemma or word.lemma in _COLLECTIVE
        single = word.text.lower() == word.lemma
        if word.pos == "NOUN" and before != own and (several if plural else single) and word.dep != "compound":
            return word.lemma
    return ""


def _subject_of_clause(words: Words, below: Sequence[Sequence[int]], place: int) -> int:
    """Place of the subject of the verb a word hangs on; -1 for none. An object is not its own subject."""
    verb = _verb_above(words, place)
    while verb >= 0:
        for child in below[verb]:
            if words[child].dep in ("nsubj", "nsubjpass"):
                return child
        verb = words[verb].head if words[verb].dep in ("conj", "xcomp") else -1
    return -1


def _verb_above(words: Words, place: int) -> int:
    while words[place].head != place:
        place = words[place].head
        if words[place].pos in _VERBS:
            return place
    return -1


def _roles(words: Words, below: Sequence[Sequence[int]], place: int) -> Iterator[Relation]:
    top = place
    while words[top].dep in _JOINED and words[words[top].head].pos in _NAMES:
        top = words[top].head
    head, dep = words[top].head, words[top].dep
    if dep in ("dobj", "nsubjpass") and words[head].pos in _VERBS:
        yield _relation(words, below, place, "object", head)
    elif dep == "dative" and words[head].pos in _VERBS:
        yield _relation(words, below, place, "after", head)._replace(prep="to")
    elif dep in _SUBJECTS and words[head].pos in _VERBS:
        yield from _as_subject(words, below, place, head)
    elif dep in ("pobj", "pcomp") or words[head].pos == "ADP":
        yield from _after(words, below, place, head)


def _relation(words: Words, below: Sequence[Sequence[int]], place: int, role: str, verb: int) -> Relation:
    return Relation(words[place].lemma, role, _names(words, below, verb), "", "", verb, place)


def _names(words: Words, below: Sequence[Sequence[int]], verb: int) -> tuple[str, ...]:
    """A verb with its object, then alone."""
    lemma = words[verb].lemma
    objects = [words[child].lemma for child in below[verb] if words[child].dep == "dobj"]
    return (*(f"{lemma} {noun}" for noun in objects), lemma)


def _as_subject(words: Words, below: Sequence[Sequence[int]], place: int, verb: int) -> Iterator[Relation]:
    """As subject of a verb, of those joined to it, and of what it wants or helps to do."""
    above = words[verb].head
    if words[verb].dep in ("ccomp", "xcomp") and any(
        words[child].text.lower() == "to" and words[child].dep == "aux" for child in below[verb]
    ):  # "asked readers to correct": the reader is asked
        yield _relation(words, below, place, "object", above)
        return
    todo = [verb]
    while todo:
        here = todo.pop(0)
        yield _relation(words, below, place, "subject", here)
        for child in below[here]:
            own = any(words[c].dep in ("nsubj", "nsubjpass") for c in below[child])
            passive = any(words[c].dep == "auxpass" for c in below[child])
            if words[child].dep in ("conj", "xcomp") and words[child].pos in _VERBS and not own and not passive:
                todo.append(child)


def _after(words: Words, below: Sequence[Sequence[int]], place: int, prep: int) -> Iterator[Relation]:
    """After a preposition: with its verb, or with the noun it hangs on."""
    if words[prep].dep == "agent":
        yield _relation(words, below, place, "subject", words[prep].head)
        return
    aim = place + 1  # "a way for readers to take part": the reader is to do it
    if words[prep].lemma == "for" and aim < len(words) and (words[aim].lemma, words[aim].dep) == ("to", "aux"):
        yield _relation(words, below, place, "subject", words[aim].head)
        return
    above = words[prep].head
    while words[above].pos in ("ADP", "ADV", "SCONJ") and words[above].head != above:
        above = words[above].head
    governor = words[above].lemma if words[above].pos in ("NOUN", "PROPN") else ""
    while words[above].pos in ("NOUN", "PROPN", "ADP") and words[above].dep in (*_HELD, "prep"):
        above = words[above].head
    verbs = _names(words, below, above) if words[above].pos in _VERBS else ()
    yield Relation(words[place].lemma, "after", verbs, governor, words[prep].lemma, prep, place)
