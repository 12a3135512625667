"""Finds spam paragraphs that were slipped into an essay: off its subject, and selling what spam sells.

Two things must come together: the paragraph shares hardly a word with the rest of the essay, whose paragraphs share
many with each other; and it reads like an advert: things of one of the trades that buy hidden links, words of selling,
and turns that speak to a customer, as thickly as nobody writes who only mentions a bank or a doctor. No product is
listed, since their names change monthly; garbled grammar does no harm, since only words are counted. The words are in
six languages (``trade_words``); do not expect it to find such spam in another.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from analysis.pages.trade_words import Lexicon, lexicons, stems_of
from analysis.text import words

LEAST_WORDS = 25  # a shorter paragraph tells too little of its subject
LEAST_PARAGRAPHS = 3  # with less essay around it, "off the subject" means nothing
MOST_SHARED = 0.25  # of its longer words, met elsewhere in the essay; honest paragraphs mostly have .3 to .7
MOST_OF_USUAL = 0.8  # times what the essay's paragraphs usually share: a loose essay has no subject to be off
# Of 120,000 honest paragraphs in six languages none reads like an advert by these numbers, on whatever subject it is;
# our own adverts have 5 to 11 words of their trade, 1 to 13 of selling, and both are .19 to .5 of their words.
LEAST_TRADES = 3  # different words of one trade
LEAST_SALES = 1  # different words of selling; an agency for acquaintances has no other
LEAST_CUES = 8  # of both and of turns that speak to a customer, of which news has none, whatever it reports of
LEAST_THICK = 0.16  # share of both among all different words; the thickest honest ones off their subject have .11
# Where the trade is none of those listed, a firm must speak to its customer: we and our, you and your, words of
# selling, and nothing that essayists advertise themselves. Of the honest paragraphs eleven do, all on their subject.
LEAST_FIRM, LEAST_CUSTOMER, LEAST_OFFER = 2, 1, 4
LEAST_OFFER_THICK = 0.18  # share of all these among the different words
# Of its words, in sentences that have a cue; adverts have .95 and more. With less the essay's own sentences stand in
# the paragraph too, and a paragraph of the essay lost is worse than an advert kept.
MOSTLY = 0.8
HIDDEN_CUES = 3  # words of a trade and of selling in a text that the page hides: hiding it is a cue of its own
LONGEST = 5000  # characters looked at

_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)]?\s+(?=[^\sa-zà-ÿ])")
_SHORT = 5  # letters; shorter words are mostly grammar and are shared by all texts


def injected_lines(lines: Sequence[str]) -> tuple[int, ...]:
    """Say which paragraphs of an essay are injected spam.

    Parameters
    ----------
    lines : sequence of str
        The essay's paragraphs, in order.

    Returns
    -------
    tuple of int
        Their places in ``lines``, ascending.

    Notes
    -----
    How much a paragraph shares is the share of its words of five letters or more that another paragraph has too;
    suspects do not count among the others. Do not use it on advertisements themselves, or on essays whose paragraphs
    have no subject in common: there it finds nothing. An advert within a paragraph that holds sentences of the essay
    too stays; where the page hides it, ``cut_hidden`` cuts it out.

    Examples
    --------
    >>> essay = ["Our town walls were built of limestone.", "The masons cut limestone blocks for the walls by hand."]
    >>> essay += ["The limestone walls of our town still stand."]
    >>> advert = "Many companies offer cheap loans online. Before you borrow, compare lenders and interest rates. "
    >>> advert += "A payday cash advance can be a safe deal for customers with debts, and refinancing may lower "
    >>> advert += "the price of a mortgage."
    >>> injected_lines([*essay, advert])
    (3,)
    """
    if len(lines) < LEAST_PARAGRAPHS + 1:
        return ()
    suspects = [i for i, line in enumerate(lines) if _reads_like_spam(line)]
    if not suspects or len(suspects) > len(lines) // 2:
        return ()
    rest = [_long_words(line) for i, line in enumerate(lines) if i not in suspects]
    met = Counter(word for found in rest for word in found)
    usual = median(_share(found, met, 2) for found in rest if found) if any(rest) else 0.0
    most = min(MOST_SHARED, MOST_OF_USUAL * usual)
    return tuple(i for i in suspects if _share(_long_words(lines[i]), met, 1) <= most)


def cut_hidden(lines: Sequence[str], hidden: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cut the adverts out of an essay that its page hides from readers, within a paragraph too.

    Parameters
    ----------
    lines : sequence of str
        The essay's paragraphs.
    hidden : sequence of str
        What the page hides, as ``hidden_texts`` gives it.

    Returns
    -------
    kept, cut : list of str
        The paragraphs without the adverts, none of them empty; the adverts.

    Notes
    -----
    A few words of a trade and of selling are enough in a hidden text that is off the essay's subject, however short;
    a hidden note on the subject stays.

    Examples
    --------
    >>> cut_hidden(["We walked buy cheap pills online to the mill."], ["buy cheap pills online"])
    (['We walked to the mill.'], ['buy cheap pills online'])
    """
    kept = list(lines)
    cut: list[str] = []
    for text in hidden:
        at = next((i for i, line in enumerate(kept) if text in line), None)
        if at is None or not _sells(text):
            continue
        rest = [*kept[:at], kept[at].replace(text, " ", 1), *kept[at + 1 :]]
        if _share(_long_words(text), Counter(word for line in rest for word in _long_words(line)), 1) <= MOST_SHARED:
            rest[at] = " ".join(rest[at].split())
            kept, cut = [line for line in rest if line], [*cut, text]
    return kept, cut


def _sells(text: str) -> bool:
    found = stems_of(text[:LONGEST])
    return any(
        found & lexicon.sales
        and len(found & lexicon.sales) + max(len(found & things) for things in lexicon.trades) >= HIDDEN_CUES
        for lexicon in lexicons()
    )


def _reads_like_spam(line: str) -> bool:
    """Whether a trade's things, selling and speaking to a customer stand thickly together, in any one language."""
    if len(line) < 2 * LEAST_WORDS - 1:
        return False
    text = line[:LONGEST]
    found = stems_of(text)
    if len(found & _all_sales()) < LEAST_SALES:
        return False
    if not any(_is_advert(text, found, lexicon) and _is_through(text, lexicon) for lexicon in lexicons()):
        return False
    return len(words(text)) >= LEAST_WORDS


@functools.cache
def _all_sales() -> frozenset[str]:
    """The stems of selling in every language: most lines have none, and need no further look."""
    return frozenset().union(*(lexicon.sales for lexicon in lexicons()))


def _is_advert(text: str, found: frozenset[str], lexicon: Lexicon) -> bool:
    """The cheap tests first."""
    sales = len(found & lexicon.sales)
    if sales < LEAST_SALES:
        return False
    cues = sales + max(len(found & things) for things in lexicon.trades)
    if cues - sales >= LEAST_TRADES and cues >= LEAST_THICK * len(found):
        turns = len({turn.casefold() for turn in lexicon.address.findall(text)})
        if turns and cues + turns >= LEAST_CUES:
            return True
    if cues < LEAST_OFFER or found & lexicon.own:
        return False
    firm, customer = len(lexicon.firm.findall(text)), len(lexicon.customer.findall(text))
    spoken = firm >= LEAST_FIRM and customer >= LEAST_CUSTOMER
    return spoken and cues + firm + customer >= LEAST_OFFER_THICK * len(found)


def _is_through(text: str, lexicon: Lexicon) -> bool:
    """Whether nearly all of a paragraph is the advert: no sentence of the essay stands before or behind it."""
    found = stems_of(text)
    trade = max(lexicon.trades, key=lambda things: len(found & things))
    cued = every = 0
    for sentence in _SENTENCE.split(text):
        size, own = len(sentence.split()), stems_of(sentence)
        every += size
        cued += size * bool(own & trade or own & lexicon.sales or lexicon.address.search(sentence))
    return cued >= MOSTLY * every


def _long_words(line: str) -> set[str]:
    return {word for word in words(line) if len(word) >= _SHORT}


def _share(own: set[str], met: Counter[str], least: int) -> float:
    """Share of a paragraph's longer words that at least ``least`` paragraphs of the rest have, from 0 to 1."""
    return sum(met[word] >= least for word in own) / len(own) if own else 1.0
