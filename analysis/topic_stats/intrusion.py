"""Can a person tell which word, or which topic, does not belong? The questions; ``intrusion_files`` writes them down.

Word intrusion and topic intrusion (Chang, Boyd-Graber, Gerrish, Wang & Blei 2009, "Reading tea leaves"): what readers
make of topics, which coherence does not tell (Hoyle et al. 2021, "Is automated topic model evaluation broken?").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import TopicError
from analysis.records import hash_settings
from analysis.topic_stats.coherence import TOP, Words
from analysis.topic_stats.contrast import check_documents
from analysis.topic_stats.marking import JOIN
from analysis.topics import TopicModel

OWN_WORDS = 5  # of a topic beside one intruder, as in Chang et al.: a guess is right once in six
OWN_TOPICS = 3  # of a passage beside one intruder: a guess is right once in four
UNLIKELY = 0.5  # an intruder is among the less likely half of the topic's words, lest it belong there after all
FAINT = 0.5  # of the third topic's share: an intruding topic has at most that much of the passage
TOPIC_WORDS = 6  # by which a topic is shown
PASSAGE = (
    1200  # letters of an essay, from its start in whole paragraphs: read in a minute, and long enough to mix topics
)
PASSAGES = 20
Kind = Literal["word", "topic"]


@dataclass(frozen=True)
class IntrusionItem:
    """One question.

    Attributes
    ----------
    item : str
        Its name, from the sheet's.
    topic : int
        The topic it asks about; of a passage its strongest. From 1.
    choices : tuple of str
        What is shown, shuffled.
    intruder : int
        Place of the intruder among the choices, from 1.
    of : tuple of int
        Topic each choice comes from.
    shares : tuple of float
        Share of each choice's topic in the passage; probability of each word in the topic.
    title, text : str
        Of the passage; empty for words.
    """

    item: str
    topic: int
    choices: tuple[str, ...]
    intruder: int
    of: tuple[int, ...]
    shares: tuple[float, ...]
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class IntrusionSheet:
    """A sheet of questions about one model.

    Attributes
    ----------
    kind : {"word", "topic"}
    name : str
        Eleven letters and digits that change with any question.
    model : str
        From ``model_digest``.
    seed : int
    items : tuple of IntrusionItem
    left_out : int
        Topics, or essays, that no question could be asked about.
    """

    kind: Kind
    name: str
    model: str
    seed: int
    items: tuple[IntrusionItem, ...]
    left_out: int


def model_digest(model: TopicModel) -> str:
    """Twelve digits by which a sheet knows its model again: words, documents, engine and seed."""
    return hash_settings([model.words, model.ids, model.engine, model.seed])[:12]


def draw_word_intrusion(model: TopicModel, *, seed: int) -> IntrusionSheet:
    """Ask of each topic which of six words does not belong: five are its first, one is first in another topic.

    Parameters
    ----------
    model : TopicModel
    seed : int
        Draws the intruders and shuffles words and questions.

    Returns
    -------
    IntrusionSheet
        One question a topic; each intruder once where there are enough.

    Raises
    ------
    TopicError
        If no topic can be asked about.

    Notes
    -----
    An intruder is drawn from the first ten words of the other topics that are neither among the topic's own 25 nor in
    the likelier half of its vocabulary, so that it is odd for its sense and not for being rare (Chang et al. 2009).
    """
    rng = np.random.default_rng(seed)
    place = {word: column for column, word in enumerate(model.vocabulary)}
    used: set[str] = set()
    drawn = []
    for topic, words in enumerate(model.words, start=1):
        pool = _intruders(model, topic, place)
        fresh = [pair for pair in pool if pair[0] not in used] or pool
        if len(words) < OWN_WORDS or not fresh:
            continue
        word, other = fresh[int(rng.integers(len(fresh)))]
        used.add(word)
        shown = [*((own, topic) for own in words[:OWN_WORDS]), (word, other)]
        shares = [float(model.topic_word[topic - 1, place[w]]) for w, _ in shown]
        choices = [(w.replace(JOIN, " "), of, share) for (w, of), share in zip(shown, shares, strict=True)]
        drawn.append((topic, choices, "", ""))
    if not drawn:
        raise TopicError(
            f"No word-intrusion sheet can be made: of {model.number} topic(s) none has {OWN_WORDS} words and another "
            "topic with a word that is not its own. Fit more topics, or more texts."
        )
    return _sheet("word", model, seed, rng, drawn)


def _intruders(model: TopicModel, topic: int, place: Mapping[str, int]) -> list[tuple[str, int]]:
    """Words that may intrude, each with the topic it leads, by topic and rank; each word once."""
    likely = model.topic_word[topic - 1]
    bound = float(np.quantile(likely, UNLIKELY))
    own = set(model.words[topic - 1])
    heads: dict[str, int] = {}
    for other, words in enumerate(model.words, start=1):
        for word in words[:TOP] if other != topic else ():
            if word not in own:
                heads.setdefault(word, other)
    unlikely = {word: other for word, other in heads.items() if likely[place[word]] <= bound}
    return list((unlikely or heads).items())


def draw_topic_intrusion(
    model: TopicModel, documents: Words, paragraphs: pd.DataFrame, *, seed: int, number: int = PASSAGES
) -> IntrusionSheet:
    """Ask of passages which of four topics is hardly in them: three are the strongest there, one has next to nothing.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens of the paragraphs, in the model's order.
    paragraphs : DataFrame
        In the model's order: doc_id, title, text.
    seed : int
    number : int
        Passages, each from another essay; topics that lead passages take turns.

    Returns
    -------
    IntrusionSheet
        Fewer questions where fewer essays bear one: a passage whose third topic has less than twice the share of the
        weakest is left out, because nobody could tell them apart.

    Raises
    ------
    TopicError
        If there are fewer than four topics, if no passage can be asked about, or the documents are not the model's.

    Notes
    -----
    A passage is an essay's first paragraphs, and the shares are those of the passage, so that a reader judges what was
    read. Chang et al. (2009) showed the start of a document and judged the whole.
    """
    check_documents(model, documents)
    check_documents(model, paragraphs["doc_id"].tolist())
    if model.number <= OWN_TOPICS:
        raise TopicError(
            f"A topic-intrusion sheet needs at least {OWN_TOPICS + 1} topics, and there are {model.number}. Set "
            "`[topics] number` higher, or judge the topics by word intrusion."
        )
    if number < 1:
        raise TopicError(f"A sheet of {number} passages asks nothing; give a number from 1.")
    rng = np.random.default_rng(seed)
    asked = []
    for title, text, mixture in _passages(model, documents, paragraphs):
        order = np.argsort(-np.round(mixture, 9), kind="stable")
        faint = [k for k in order[OWN_TOPICS:] if mixture[k] <= FAINT * mixture[order[OWN_TOPICS - 1]]]
        if faint:
            shown = [*order[:OWN_TOPICS], faint[int(rng.integers(len(faint)))]]
            choices = [(_topic_as_words(model, int(k)), int(k) + 1, float(mixture[k])) for k in shown]
            asked.append((int(order[0]) + 1, choices, title, text))
    if not asked:
        raise TopicError(
            "No topic-intrusion sheet can be made: in no passage do three topics stand out from the rest. Judge the "
            "topics by word intrusion."
        )
    chosen = _take_turns([asked[n] for n in rng.permutation(len(asked))], number)
    return _sheet("topic", model, seed, rng, chosen, left_out=paragraphs["doc_id"].nunique() - len(asked))


Drawn = tuple[int, list[tuple[str, int, float]], str, str]


def _passages(model: TopicModel, documents: Words, paragraphs: pd.DataFrame) -> list[tuple[str, str, np.ndarray]]:
    """Title, text and mixture of the start of each essay that has words, in the essays' order."""
    found = []
    for _, rows in paragraphs.reset_index(drop=True).groupby("doc_id", sort=True):
        length = rows["text"].str.len().cumsum().shift(fill_value=0)
        rows = rows[length < PASSAGE]
        weight = np.array([len(documents[row]) for row in rows.index], dtype=float) * model.has_words[rows.index]
        if weight.sum() > 0:
            mixture = weight @ model.mixtures[rows.index] / weight.sum()
            title = str(rows["title"].iloc[0])
            text = " ".join(rows["text"]).removeprefix(f"{title}\n")  # it stands above the text already
            found.append((title, " ".join(text.split()), mixture))
    return found


def _take_turns(asked: Sequence[Drawn], number: int) -> list[Drawn]:
    """The first of each topic, then the second of each, until there are enough."""
    turn: dict[int, int] = {}
    turns = []
    for one in asked:
        turn[one[0]] = turn.get(one[0], 0) + 1
        turns.append(turn[one[0]])
    return [asked[n] for n in np.argsort(turns, kind="stable")[:number]]


def _topic_as_words(model: TopicModel, place: int) -> str:
    return ", ".join(word.replace(JOIN, " ") for word in model.words[place][:TOPIC_WORDS])


def _sheet(
    kind: Kind,
    model: TopicModel,
    seed: int,
    rng: np.random.Generator,
    drawn: Sequence[Drawn],
    left_out: int | None = None,
) -> IntrusionSheet:
    """Shuffle choices and questions, and name them; the intruder is the last of each question's choices as drawn."""
    digest = model_digest(model)
    name = kind[0] + hash_settings([kind, digest, seed, drawn])[:10]
    items = []
    for number, question in enumerate((drawn[n] for n in rng.permutation(len(drawn))), start=1):
        topic, choices, title, text = question
        order = rng.permutation(len(choices))
        words, of, shares = zip(*(choices[n] for n in order), strict=True)
        intruder = int(np.flatnonzero(order == len(choices) - 1)[0]) + 1
        shares = tuple(round(share, 6) for share in shares)
        items.append(IntrusionItem(f"{name}-{number:02d}", topic, words, intruder, of, shares, title, text))
    missing = model.number - len(drawn) if left_out is None else left_out
    return IntrusionSheet(kind, name, digest, seed, tuple(items), missing)
