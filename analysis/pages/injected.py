"""Finds spam paragraphs that were slipped into an essay: off its subject, and advising or selling what spam sells.

Two things must come together: the paragraph shares hardly a word with the rest of the essay, whose paragraphs share
many with each other; and it reads like an advert of one of the trades that buy hidden links (medicines, gambling,
loans, essays to order, replica goods, adult services, followers): its things, its selling and its advice to "you". No
product is listed, since their names change monthly; garbled grammar does no harm, since only words are counted. The
words are English; do not expect it to find such spam in another language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from analysis.text import words

LEAST_WORDS = 25  # a shorter paragraph tells too little of its subject
LEAST_PARAGRAPHS = 3  # with less essay around it, "off the subject" means nothing
MOST_SHARED = 0.25  # of its longer words, met elsewhere in the essay; honest paragraphs mostly have .3 to .7
MOST_OF_USUAL = 0.8  # times what the essay's paragraphs usually share: a loose essay has no subject to be off
LEAST_TRADES = 4  # different words of one trade; two pass for an example in an essay
LEAST_SALES = 2  # different words of selling: news on a disease or a bank has one by chance
LEAST_CUES = 10  # trade, selling and advice together; no paragraph of 44,000 honest ones has that off its subject
LONGEST = 5000  # characters looked at

_STEM = 6  # letters; cutting there joins "prescribe" and "prescription" and needs no pattern, which would be slow
_SHORT = 5  # letters; shorter words are mostly grammar and are shared by all texts


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text))


_TRADE_WORDS = """
pill pills tablet capsule generic medication medicine remedy remedies prescription dose doses dosage pharmacy
drugstore chemist dispensary drug drugs doctor doctors physician specialist patient health healthy wellbeing symptom
allergy nausea headache dizzy dizziness drowsy drowsiness vomit liver kidney heart blood stomach digestion circulation
stamina vitality libido vision pain pains pregnant swallow ingest erection dysfunction disfunction sexual impotence
inability disease diseases illness disorder treat treats treated treatment cure cures therapy hepatitis slim slimming
diet diets supplement vitamin testosterone steroid anxiety depression insomnia viagra cialis tramadol xanax

casino casinos poker slot slots roulette blackjack bet bets betting gamble gambling jackpot bonus wager bookmaker odds
deposit spins lottery

loan loans payday credit lend lender lending mortgage debt debts borrow refinance insurance interest rates advance
repay income invest forex crypto profit

replica imitation watch watches handbag outlet wholesale jersey sneaker brand brands designer luxury authentic leather
fashion

essay essays dissertation coursework writing term paper papers assignment homework thesis plagiarism writer grade
grades tutor

escort dating porn webcam hookup single singles adult adults

viewer follower seo backlink ranking traffic subscriber likes
"""
_TRADES = tuple(map(_stems, _TRADE_WORDS.split("\n\n")))
_SALES = _stems(
    "buy buying buyer purchase order orders ordering obtain acquire cheap cheaper discount rebate reduction savings "
    "price prices offer offers online internet shipping delivery deal deals sale sales affordable coupon store stores "
    "shop shops legal legitimate safe safely guarantee trusted reliable website click visit customer company companies"
)
_ADVICE = re.compile(
    r"\b(?:(?:consult|ask|inform|tell|question|talk to|speak (?:to|with)|see)(?: with)? (?:your|a|the)\b"
    r"|(?:do not|don't|never|always|must|should(?: not)?) \w+|before you\b|if you\b|you (?:can|may|should|must|need)\b"
    r"|your\b|without (?:a )?prescription\b|side.effects?\b)",
    re.IGNORECASE,
)


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
    have no subject in common: there it finds nothing.

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


def _reads_like_spam(line: str) -> bool:
    """Whether enough of one trade, of selling and of advice comes together; the cheap tests first."""
    if len(line) < 2 * LEAST_WORDS - 1:
        return False
    found = words(line[:LONGEST])
    if len(found) < LEAST_WORDS:
        return False
    stems = {word[:_STEM] for word in found}
    sales = len(stems & _SALES)
    if sales < LEAST_SALES:
        return False
    trades = max(len(stems & trade) for trade in _TRADES)
    if trades < LEAST_TRADES:
        return False
    advice = {cue.casefold() for cue in _ADVICE.findall(line[:LONGEST])}
    return bool(advice) and trades + sales + len(advice) >= LEAST_CUES


def _long_words(line: str) -> set[str]:
    return {word for word in words(line) if len(word) >= _SHORT}


def _share(own: set[str], met: Counter[str], least: int) -> float:
    """Share of a paragraph's longer words that at least ``least`` paragraphs of the rest have, from 0 to 1."""
    return sum(met[word] >= least for word in own) / len(own) if own else 1.0
