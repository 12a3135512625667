"""Finds spam paragraphs that were slipped into an essay: off its subject, and advising or selling what spam sells.

Two things must come together: the paragraph shares hardly a word with the rest of the essay, and it reads like an
advert of
one of the trades that buy hidden links (medicines, gambling, loans, essays to order, replica goods, adult services).
Do not use it on essays about those trades: there the words are the subject, and the first condition keeps them in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.text import words

LEAST_WORDS = 25  # a shorter paragraph tells too little of its subject
LEAST_PARAGRAPHS = 3  # with less essay around it, "off the subject" means nothing
MOST_SHARED = 0.25  # of its longer words, met elsewhere in the essay; honest paragraphs mostly have .3 to .7
LEAST_TRADES = 5  # different trade words; two pass for an example in an essay, five do not
LEAST_TRADE_SHARE = 0.08  # of all its words; honest paragraphs that touch on such a trade mostly stay below .06

_TRADES = (
    r"pills?|tablets?|generics?|medication\w*|medicine\w*|medicament\w*|remedy|remedies|prescri\w+|dos(?:e"
    r"|age|es)|pharmac\w+|drugstores?|drugs?|doctors?"
    r"|physicians?|health|symptoms?|side.effects?|erect\w*|dysfunction\w*|disfunction\w*|sexual\w*"
    r"|inability|impoten\w+|disease|disorder\w*|treat\w*|cure\w*"
    r"|viagra|cialis|levitra|kamagra|xanax|tramadol|sofosbuvir|sovaldi|hepatitis|weight.loss|diet"
    r"|supplements?|vitamins?|testosterone|steroids?"
    r"|casinos?|poker|slots?|roulette|betting|bets?|gambl\w+|jackpot\w*|bonus(?:es)?|wager\w*|bookmaker\w*|odds"
    r"|loans?|payday|credit|lenders?|mortgage\w*|debts?|borrow\w*|refinanc\w*|insurance|interest.rates?|cash.advance"
    r"|replica\w*|watches|handbags?|louis|vuitton|gucci|rolex|outlet|wholesale|jerseys?|sneakers?"
    r"|essays?|dissertation\w*|coursework|writing.service\w*|term.papers?|assignments?"
    r"|escorts?|dating|porn\w*|webcam\w*|hookup\w*|viewers?|followers?|seo|backlinks?"
)
_SALES = (
    r"buy\w*|purchas\w+|orders?|ordering|cheap\w*|discounts?|prices?|offers?|online|free.shipping|deals?"
    r"|sale|affordable|low.cost|best.price|coupon\w*|store"
    r"|legal|legitimate|safe(?:ly)?|guaranteed|websites?|click|read.more|visit|learn.more|customers?|companies"
)
_SALE = re.compile(rf"\b(?:{_SALES})\b", re.IGNORECASE)
_TRADE = re.compile(rf"\b(?:{_TRADES})\b", re.IGNORECASE)
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

    Examples
    --------
    >>> essay = ["Our town walls were built of limestone.", "The masons cut limestone blocks by hand."]
    >>> essay += ["The walls of the town still stand."]
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
    rest = {word for i, line in enumerate(lines) if i not in suspects for word in _long_words(line)}
    return tuple(i for i in suspects if _shared(lines[i], rest) <= MOST_SHARED)


def _reads_like_spam(line: str) -> bool:
    found = words(line[:5000])
    if len(found) < LEAST_WORDS:
        return False
    trades = [cue.casefold() for cue in _TRADE.findall(line[:5000])]
    sales = len(_SALE.findall(line[:5000]))
    sells = sales > 1 or (sales == 1 and ("you" in found or "your" in found))
    return sells and len(set(trades)) >= LEAST_TRADES and len(trades) >= LEAST_TRADE_SHARE * len(found)


def _long_words(line: str) -> set[str]:
    return {word for word in words(line) if len(word) >= _SHORT}


def _shared(line: str, rest: set[str]) -> float:
    """Share of the paragraph's longer words that the rest of the essay has, from 0 to 1."""
    own = _long_words(line)
    return len(own & rest) / len(own) if own else 1.0
