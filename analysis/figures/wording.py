"""Numbers and lists in words, for alternative texts and notes."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percent(share: float) -> str:
    """A share as a whole per cent; under one per cent and over 99 it says so.

    Examples
    --------
    >>> percent(0.614), percent(0.004), percent(0), percent(0.997)
    ('61 %', 'under 1 %', '0 %', 'over 99 %')
    """
    if math.isnan(share):
        return "unknown"
    if 0 < share < 0.005:
        return "under 1 %"
    if 0.995 < share < 1:
        return "over 99 %"
    return f"{share * 100:.0f} %"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> count(1, "essay"), count(1200, "essay"), count(2, "copy", "copies")
    ('1 essay', '1,200 essays', '2 copies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else "none"


def shown(name: str, *parts: tuple[int, int, str]) -> str:
    """Say that a figure was cut to its top rows; nothing where it was not.

    Examples
    --------
    >>> shown("profile", (30, 64, "essays"), (8, 8, "topics"))
    '30 of 64 essays shown; profile.csv has all.'
    >>> shown("profile", (5, 5, "essays"))
    ''
    """
    cut = [f"{part:,} of {whole:,} {noun}" for part, whole, noun in parts if part < whole]
    return f"{listed(cut)} shown; {name}.csv has all." if cut else ""


def topic_name(topic: int, label: str) -> str:
    """Number and words of a topic.

    Examples
    --------
    >>> topic_name(3, "boat, mast"), topic_name(3, "topic 3: boat, mast")
    ('topic 3: boat, mast', 'topic 3: boat, mast')
    """
    return label if label.startswith("topic ") else f"topic {topic}: {label}"


def topic_words(topic: int, label: str) -> str:
    """The words of a topic alone, without its number and without commas.

    Examples
    --------
    >>> topic_words(3, "topic 3: boat, mast")
    'boat mast'
    """
    return label.removeprefix(f"topic {topic}: ").replace(",", "")
