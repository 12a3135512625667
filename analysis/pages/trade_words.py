"""The words of the trades that buy hidden links, of selling, and of speaking to a customer, in six languages.

The words stand in ``trade_words.toml``; they are cut to six letters and lose their accents, so that one entry stands
for a word's forms and compounds. ``injected`` decides what they prove.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

STEM = 6  # letters; cutting there joins "prescribe" and "prescription" and needs no pattern, which would be slow

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")  # those of the scripts the words are written in


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language.

    Attributes
    ----------
    trades : tuple of frozenset of str
        Stems of each trade's things.
    sales : frozenset of str
        Stems of selling.
    address : re.Pattern
        Turns that speak to a customer or give advice.
    firm, customer : re.Pattern
        A firm that speaks of itself, and to one who may buy: we and our, you and your.
    own : frozenset of str
        Stems of what essayists advertise themselves: their talks, books and newsletters.
    """

    trades: tuple[frozenset[str], ...]
    sales: frozenset[str]
    address: re.Pattern[str]
    firm: re.Pattern[str]
    customer: re.Pattern[str]
    own: frozenset[str]


@functools.cache
def lexicons() -> tuple[Lexicon, ...]:
    """The words of each language, read once.

    Examples
    --------
    >>> english = lexicons()[0]
    >>> "pharma" in english.trades[0], "discou" in english.sales
    (True, True)
    """
    file = Path(__file__).with_suffix(".toml")
    return tuple(
        Lexicon(
            trades=tuple(map(stems_of, row["trades"].values())),
            sales=stems_of(row["sales"]),
            address=re.compile(row["address"]),
            firm=re.compile(rf"\b(?:{row['firm']})\b"),
            customer=re.compile(rf"\b(?:{row['customer']})\b"),
            own=stems_of(row["own"]),
        )
        for row in tomllib.loads(file.read_text(encoding="utf-8")).values()
    )


def stems_of(text: str) -> frozenset[str]:
    """The different stems of a text's words, without accents; an apostrophe parts words.

    Examples
    --------
    >>> sorted(stems_of("Prêts d'argent, sans intérêts"))
    ['argent', 'd', 'intere', 'prets', 'sans']
    """
    text = text.casefold()
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return frozenset([word[:STEM] for word in _WORD.findall(text)])
