"""The grammar instrument: the audience as somebody things are done to, or done with."""

from __future__ import annotations

from analysis.framing.axis import Axis, Pole
from analysis.framing.relations import Relation

ANY = "*"  # in a pole's objects: any verb that no list names


def read_relation(axis: Axis, relation: Relation) -> int:
    """Say which pole a relation of the audience speaks for.

    Parameters
    ----------
    axis : Axis
    relation : Relation

    Returns
    -------
    int
        -1 for the low pole, 1 for the high pole, 0 for neither, or where the noun is none of the audience.
    """
    named = relation.noun in axis.audience
    if not named and (relation.noun not in axis.perhaps or relation.role == "subject"):
        return 0  # "people make calls" says nothing of an audience
    if relation.role == "after":
        return _after(axis, relation, named=named)
    listed = _pole(axis, "objects" if relation.role == "object" else "subjects", relation.verbs)
    if listed or relation.role == "subject" or not named or set(relation.verbs) & set(axis.neutral):
        return listed
    return _pole(axis, "objects", (ANY,))


def _after(axis: Axis, relation: Relation, *, named: bool) -> int:
    """With its verb or noun as listed; else by the preposition alone, where the noun is surely the audience."""
    whole = [f"{word} {relation.prep}" for word in (relation.governor, *relation.verbs) if word]
    listed = _pole(axis, "after", tuple(whole))
    if listed:
        return listed
    for sign, pole in zip((-1, 1), axis.poles, strict=True):
        if relation.governor in pole.words and relation.prep in pole.after:
            return sign
    if not named or not relation.verbs or set(relation.verbs) & set(axis.neutral):
        return 0
    return _pole(axis, "after", (relation.prep,))


def _pole(axis: Axis, part: str, names: tuple[str, ...]) -> int:
    """The pole that lists the first of the names that either lists; 0 for none."""
    for name in names:
        for sign, pole in zip((-1, 1), axis.poles, strict=True):
            if name in _listed(pole, part):
                return sign
    return 0


def _listed(pole: Pole, part: str) -> tuple[str, ...]:
    listed: tuple[str, ...] = getattr(pole, part)
    return listed
