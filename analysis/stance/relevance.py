"""How a comment stands to its essay: what it takes up, what it adds, and what it merely copies.

Spam under blogs speaks another language than the essay it stands under (G. Mishne, D. Carmel & R. Lempel 2005,
"Blocking Blog Spam with Language Model Disagreement"); here the idea serves with smoothed unigram models and overlaps.
It compares words, not meanings: a comment that says the same thing in other words looks unrelated.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analysis.text import words

ESSAY_CHARACTERS = 200_000  # of an essay that are looked at, so that a whole book costs no more than its beginning
ESSAY_WORDS = 5000  # words of an essay that are looked at; more do not change what it is about
SHINGLE = 4  # words in a row that count as copied when the essay holds them too
_ALL_THERE = b"\1" * SHINGLE
SMOOTHING = 0.3  # weight of the background language in an essay's model, so that an unseen word does not decide alone
RARE = 5.0  # idf above which a word names something: it stands in fewer than one of 150 texts
STOP = frozenset(
    """a about above after again all also am an and any are as at be because been before being but by can could did
    do does doing don't down each even for from further get got had has have having he her here hers him his how
    i i'd i'll i'm i've if in into is isn't it it's its just like made make many may me might more most much
    must my no nor not now of off on once one only or other our out over own really s same she should so some
    such t than that that's the their them then there these they this those through to too under until up us
    very was way we well were what when where which while who whom why will with would yes yet you you're your
    yours""".split()  # noqa: SIM905 (a list this long reads better as text)
)
# Words about blogging itself: they fit under every essay and so name nothing in it.
ABOUT_BLOGS = frozenset(
    """article articles author blog blogger blogging blogs comment comments content info information page pages
    post posted posting posts read reader readers reading share shared sharing site sites topic website websites
    write writer writing written web weblog thing things lot nice great good thank thanks helpful useful
    interesting amazing awesome wonderful excellent work works love idea ideas time people day know think want
    find found look looking keep learn learned new stuff help hope see say bookmark visit visiting link links
    informative""".split()  # noqa: SIM905 (a list this long reads better as text)
)

# What cannot be said without an essay: not a number then, and the model puts its mean in.
AGAINST_ESSAY = (
    "essay is short",
    "content words from the essay",
    "content words not in the essay",
    "rare words not in the essay",
    "share of content in the essay",
    "weighted share of content in the essay",
    "rarest word shared with the essay",
    "title words taken up",
    "names nothing in the essay",
    "distance from the essay's language",
    "share copied from the essay",
)


@lru_cache(maxsize=100_000)  # a memory only: the same word has the same stem
def stem(word: str) -> str:
    """A word without the commonest English endings, so that "moderators" meets "moderator".

    Examples
    --------
    >>> [stem(w) for w in ("stories", "posting", "planned", "groups", "bus", "reader's")]
    ['story', 'post', 'plan', 'group', 'bus', 'reader']
    """
    word = word.removesuffix("'s")
    if len(word) <= 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "ls" else word
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@dataclass(frozen=True)
class Background:
    """How common each word is in general: document frequencies over the training essays and comments.

    Attributes
    ----------
    texts : int
        Number of texts counted.
    frequency : mapping of str to int
        Stem to the number of texts it stands in.
    """

    texts: int
    frequency: Mapping[str, int]

    def idf(self, word: str) -> float:
        """ln((texts + 1) / (texts with the stem + 1)); higher = rarer, from 0 up."""
        return math.log((self.texts + 1) / (self.frequency.get(word, 0) + 1))


@dataclass(frozen=True)
class Essay:
    """An essay (or an answered comment) prepared for comparison."""

    length: int
    counts: Mapping[str, int]
    title: frozenset[str]
    flow: str
    text: str
    known: frozenset[str]


def prepare_essay(title: str | None, text: str | None) -> Essay:
    """Count an essay's stems once, for all its comments."""
    text, title = (text or "")[:ESSAY_CHARACTERS], (title or "")[:ESSAY_CHARACTERS]
    found = words(text)[:ESSAY_WORDS]
    head = words(title)
    flow = f" {' '.join(found)} "
    counts: dict[str, int] = {}
    each = Counter(found + head)
    for root, n in zip(map(stem, each), each.values(), strict=True):
        counts[root] = counts.get(root, 0) + n
    return Essay(len(found), counts, frozenset(content_stems(head)), flow, text.lower(), frozenset(found))


def content_stems(found: Iterable[str]) -> list[str]:
    """Stems of the words that carry content: no stop words, no single letters, no bare numbers."""
    return [stem(w) for w in found if len(w) > 1 and w not in STOP and not w.isdigit()]


def divergence(comment: Sequence[str], essay: Essay, background: Background) -> float:
    """Kullback-Leibler divergence of a comment's words from its essay's, in nats a word; higher = less related.

    ``sum_w p(w) ln(p(w) / q(w))`` with p the comment's shares and ``q = (1 - s) essay + s background``, s = 0.3
    (smoothed as in Mishne, Carmel & Lempel 2005). Not comparable between comments of very different length.
    """
    counts = Counter(comment)
    total, size = sum(counts.values()), max(1, sum(essay.counts.values()))
    mass = 200.0 * (background.texts + 1)  # texts hold some 200 words: turns document counts into rough shares
    nats = 0.0
    for word, n in counts.items():
        q = (1 - SMOOTHING) * essay.counts.get(word, 0) / size + SMOOTHING * (
            background.frequency.get(word, 0) + 0.5
        ) / mass
        nats += n / total * math.log(n / total / q)
    return nats


def _count_copied(found: Sequence[str], essay: Essay) -> int:
    """How many runs of words stand in the essay too; looked for only where the essay has each word of the run."""
    there, copied = bytes(map(essay.known.__contains__, found)), 0
    at = there.find(_ALL_THERE)
    while at >= 0:
        copied += f" {' '.join(found[at : at + SHINGLE])} " in essay.flow
        at = there.find(_ALL_THERE, at + 1)
    return copied


def describe_relevance(found: Sequence[str], essay: Essay, background: Background) -> dict[str, float]:
    """Features of a comment's words against its essay.

    Parameters
    ----------
    found : sequence of str
        The comment's lower-cased words in reading order.
    essay : Essay
    background : Background

    Returns
    -------
    dict of str to float
        Counts as natural logarithms of 1 + n, shares from 0 to 1, the divergence in nats.
    """
    stems = [s for s in content_stems(found) if s not in ABOUT_BLOGS]
    types = dict.fromkeys(stems)  # in reading order: the same sums on every run
    if not essay.length:
        return dict.fromkeys(AGAINST_ESSAY, math.nan) | {"no essay": 1.0, "content words": math.log1p(len(types))}
    shared = [s for s in types if s in essay.counts]
    rare = dict(zip(types, map(background.idf, types), strict=True))
    named = [rare[s] for s in shared]
    weight = sum(rare.values()) or 1.0
    runs = max(0, len(found) - SHINGLE + 1)
    copied = _count_copied(found, essay)
    new = [s for s in types if s not in essay.counts]
    return {
        "no essay": 0.0,
        "essay is short": float(essay.length < 50),
        "content words": math.log1p(len(types)),
        "content words from the essay": math.log1p(len(shared)),
        "content words not in the essay": math.log1p(len(new)),
        "rare words not in the essay": math.log1p(sum(rare[s] > RARE for s in new)),
        "share of content in the essay": len(shared) / len(types) if types else 0.0,
        "weighted share of content in the essay": sum(named) / weight,
        "rarest word shared with the essay": max(named, default=0.0),
        "title words taken up": math.log1p(len(types.keys() & essay.title)),
        "names nothing in the essay": float(not shared),
        "distance from the essay's language": divergence(stems, essay, background) if stems else 0.0,
        "share copied from the essay": copied / runs if runs else 0.0,
        "mean rarity of words": weight / len(types) if types else 0.0,
        "unknown words": sum(s not in background.frequency for s in types) / len(types) if types else 0.0,
    }
