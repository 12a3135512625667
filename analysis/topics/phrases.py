"""Phrases: words that stand side by side far more often than by chance, joined into one token ("social_media").

They are looked for among lemmas without stop words, so that "members of the council" is "member_council". Joining is a
choice, off by default: see ``join_phrases`` for what it does to topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.errors import TopicError

JOINT = "_"
# Normalised pointwise mutual information from which two neighbours are a phrase: 0 is chance, 1 means that neither
# word is met without the other. At .5 the list on BBC articles is names and fixed terms ("prime_minister"); at .3 half
# of it is wording ("good_result").
THRESHOLD = 0.5
LEAST = 3  # occurrences: a pair met twice is as often a sentence said twice
PER_OCCURRENCE = 20_000  # words of text for each further occurrence asked for: chance pairs grow with the corpus
MOST_ASKED = 20  # occurrences asked for at most


def find_phrases(
    documents: Sequence[Sequence[str]], *, threshold: float = THRESHOLD, least: int | None = None
) -> pd.DataFrame:
    """List the pairs of neighbouring words that belong together.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens of each document in reading order; pairs do not reach from one document into the next.
    threshold : float
        Score from which a pair is a phrase, above -1 and up to 1.
    least : int, optional
        Occurrences a pair needs; by default 3, and one more for each 20,000 words of text, up to 20.

    Returns
    -------
    DataFrame
        phrase ("social_media"), count, score; best score first, then by spelling. Empty where there are none.

    Raises
    ------
    TopicError
        If the threshold or ``least`` is out of range.

    Notes
    -----
    Score ``ln(p(a,b) / (p(a) p(b))) / -ln p(a,b)``, -1 to 1, higher = closer (Bouma 2009, "Normalized (pointwise)
    mutual information in collocation extraction"), counted by gensim's ``Phrases``. Pairs only: a name of three words
    gives two pairs, of which ``join_phrases`` takes the first. Not for texts of a few hundred words: nothing repeats.

    Examples
    --------
    >>> texts = [["open", "data", "week"], ["open", "data", "day"], ["open", "data", "again"], ["week", "day", "again"]]
    >>> find_phrases(texts)[["phrase", "count"]].values.tolist()
    [['open_data', 3]]
    """
    from gensim.models.phrases import Phrases

    if not -1 < threshold <= 1:
        raise TopicError(f"The threshold of phrases lies above -1 and up to 1; found {threshold}.")
    words = sum(len(document) for document in documents)
    least = min(LEAST + words // PER_OCCURRENCE, MOST_ASKED) if least is None else least
    if least < 1:
        raise TopicError(f"A phrase occurs at least once; least is {least}. Give a number from 1.")
    given = [[str(word) for word in document] for document in documents]
    counted = Phrases(given, min_count=least, threshold=threshold, scoring="npmi", delimiter=JOINT)
    found = [
        (phrase, int(counted.vocab[phrase]), round(score, 6)) for phrase, score in counted.export_phrases().items()
    ]
    table = pd.DataFrame(found, columns=["phrase", "count", "score"])
    return table.sort_values(["score", "phrase"], ascending=[False, True], ignore_index=True)


def join_phrases(
    documents: Sequence[Sequence[str]], phrases: Iterable[str], *, keep_words: bool = True
) -> list[list[str]]:
    """Join neighbouring words that are a phrase into one token.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens in reading order.
    phrases : iterable of str
        As in the column ``phrase`` of ``find_phrases``.
    keep_words : bool
        Whether the two words stay after the joined one.

    Returns
    -------
    list of list of str
        From left to right, a word going into one phrase only.

    Notes
    -----
    What it does to topics, coherence (NPMI) of the first ten words with phrases taken apart again and counted in the
    texts as they were, so that both are held against the same ruler: BBC articles, 20 topics, .229 without phrases,
    .227 with phrases in the words' place, .229 with the words kept; 50 BBC articles by paragraphs .119, .138, .121; the
    sample's 445 paragraphs .076, .057, .073. Agreement with the sections and diversity hardly move. So phrases are for
    reading, not for better topics: they are off unless asked for, and where they are on the words stay, which is never
    much worse. Counted in the joined texts coherence would seem to rise (BBC .238), as a phrase always stands with its
    own words.

    Examples
    --------
    >>> join_phrases([["new", "open", "data", "week"]], ["open_data"])
    [['new', 'open_data', 'open', 'data', 'week']]
    >>> join_phrases([["new", "open", "data", "week"]], ["open_data"], keep_words=False)
    [['new', 'open_data', 'week']]
    """
    known = set(phrases)
    return [_join(list(document), known, keep_words) for document in documents]


def _join(words: list[str], known: set[str], keep_words: bool) -> list[str]:
    joined: list[str] = []
    place = 0
    while place < len(words):
        pair = JOINT.join(words[place : place + 2])
        if place + 1 < len(words) and pair in known:
            joined += [pair, *words[place : place + 2]] if keep_words else [pair]
            place += 2
        else:
            joined.append(words[place])
            place += 1
    return joined
