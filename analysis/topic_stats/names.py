"""What a topic might be called: its words that are both likely and its own, and a phrase its paragraphs repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.errors import TopicError
from analysis.tokens import Span
from analysis.topic_stats.coherence import TOP
from analysis.topic_stats.contrast import led_by
from analysis.topic_stats.marking import JOIN
from analysis.topics import TopicModel

PARTS = 3  # of a proposed label: words, or a phrase and words; a figure's margin holds no more
LEAST_TIMES = 3  # a phrase is repeated: twice may be one sentence quoted
LEAST_PARAGRAPHS = 2  # and in more than one paragraph
OWN = 0.5  # of a phrase's places, in paragraphs the topic leads: else it is the corpus's phrase, not the topic's
_JOINTS = {" ", "-", "‐", "‑"}  # between words that stand side by side

Texts = Sequence[str]


def telling_words(model: TopicModel, topic: int, *, number: int = PARTS) -> tuple[str, ...]:
    """Pick the words of a topic that are both likely in it and hardly found in others.

    Parameters
    ----------
    model : TopicModel
    topic : int
        From 1.
    number : int

    Returns
    -------
    tuple of str
        Of its first ten words, best first.

    Notes
    -----
    The harmonic mean of two ranks among the first ten words, that of ``p(w|k)`` and that of ``p(w|k) / sum_j p(w|j)``:
    FREX with equal weights (Bischof & Airoldi 2012), within the words the engine already holds for the topic's own.
    """
    words = model.words[topic - 1][:TOP]
    place = {word: column for column, word in enumerate(model.vocabulary)}
    columns = [place[word] for word in words]
    likely = model.topic_word[topic - 1, columns]
    own = likely / model.topic_word[:, columns].sum(axis=0)
    score = 2 / (1 / _ranks(likely) + 1 / _ranks(own))
    order = np.argsort(-np.round(score, 9), kind="stable")[:number]
    return tuple(words[n] for n in order)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Share of the values that are at most as high as each."""
    rounded = np.round(values, 12)
    return (rounded[None, :] <= rounded[:, None]).mean(axis=1)


def topic_phrases(model: TopicModel, texts: Texts, spans: Sequence[Sequence[Span]]) -> pd.DataFrame:
    """Find for each topic the pairs of its words that its own paragraphs set side by side again and again.

    Parameters
    ----------
    model : TopicModel
    texts : sequence of str
        The paragraphs, in the model's order.
    spans : sequence of sequence of (int, int, str)
        From ``tokens.lemma_spans`` of the texts.

    Returns
    -------
    DataFrame
        ``topic`` (from 1), ``phrase`` (in the form it most often has), ``times`` (in paragraphs the topic leads),
        ``own`` (share of all its places that these are, over 0.5 to 1) and ``lemmas`` (list of two); most frequent
        first within a topic.

    Raises
    ------
    TopicError
        If texts or spans are not as many as the model's documents.
    """
    if not len(model.ids) == len(texts) == len(spans):
        raise TopicError(
            f"The model has {len(model.ids)} documents, but {len(texts)} texts and {len(spans)} lists of places were "
            "given; give those of the paragraphs it was fitted on, in the same order."
        )
    topics_of: dict[str, set[int]] = {}
    for topic, words in enumerate(model.words, start=1):
        for word in words:
            topics_of.setdefault(word, set()).add(topic)
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}  # paragraph and form of each place of a pair
    for row, (text, own) in enumerate(zip(texts, spans, strict=True)):
        for pair, form in _pairs(text, own):
            if pair[0] in topics_of and pair[1] in topics_of:
                found.setdefault(pair, []).append((row, form))
    leads = led_by(model)
    rows = [
        phrase
        for pair, places in found.items()
        for topic in sorted(topics_of[pair[0]] & topics_of[pair[1]])
        for phrase in _phrase(topic, pair, places, leads)
    ]
    table = pd.DataFrame(rows, columns=["topic", "phrase", "times", "own", "lemmas"])
    return table.sort_values(["topic", "times", "phrase"], ascending=[True, False, True], ignore_index=True)


def _pairs(text: str, spans: Sequence[Span]) -> Iterator[tuple[tuple[str, str], str]]:
    for (start, end, one), (following, last, two) in pairwise(spans):
        if text[end:following] in _JOINTS and one != two:
            yield (one, two), text[start:last].lower()


def _phrase(
    topic: int, pair: tuple[str, str], places: list[tuple[int, str]], leads: np.ndarray
) -> list[tuple[int, str, int, float, list[str]]]:
    own = [(row, form) for row, form in places if leads[row] == topic]
    if len(own) < LEAST_TIMES or len({row for row, _ in own}) < LEAST_PARAGRAPHS or len(own) <= OWN * len(places):
        return []
    forms = Counter(form for _, form in own)
    form = min(forms, key=lambda form: (-forms[form], form))
    return [(topic, form, len(own), len(own) / len(places), list(pair))]


def propose_labels(model: TopicModel, phrases: pd.DataFrame) -> pd.DataFrame:
    """Propose a label for each topic: its most repeated phrase, if it has one, and its telling words.

    Parameters
    ----------
    model : TopicModel
    phrases : DataFrame
        From ``topic_phrases``.

    Returns
    -------
    DataFrame
        One row a topic: ``topic`` (from 1), ``label`` (no two the same), ``phrase`` (or None) and ``times`` (how often
        the phrase stands in the topic's paragraphs; 0 without one).

    Notes
    -----
    Proposals only: a name says what a person found in the paragraphs, and no count of words does (Chang et al. 2009).
    """
    rows, used = [], set()
    for topic in range(1, model.number + 1):
        best = phrases[phrases["topic"] == topic].head(1).to_dict("records")
        words = telling_words(model, topic, number=TOP)
        first = [best[0]["phrase"]] if best else []
        parts = [*first, *(word.replace(JOIN, " ") for word in words if not best or word not in best[0]["lemmas"])]
        length = next((n for n in range(PARTS, len(parts) + 1) if ", ".join(parts[:n]) not in used), None)
        label = ", ".join(parts[: length or PARTS])
        label = f"{label} ({topic})" if label in used else label
        used.add(label)
        rows.append((topic, label, best[0]["phrase"] if best else None, best[0]["times"] if best else 0))
    table = pd.DataFrame(rows, columns=["topic", "label", "phrase", "times"])
    return table.assign(phrase=table["phrase"].astype(object).where(table["phrase"].notna(), None))
