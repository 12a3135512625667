"""Why a comment got its label: the features and phrases that weighed most, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, repeat
from typing import Any

import numpy as np

from analysis.stance.features import Described
from analysis.stance.grams import END, START
from analysis.stance.model import CLASSES, Rows, StanceModel, contrast
from analysis.stance.pieces import tokens_of

_FEATURE, _RUN, _WORD = range(3)  # what a piece of evidence is made of
MOST = 5  # pieces of evidence named for a comment; more are not read
LEAST = 0.08  # of a score; a feature that moved it by less is not worth a line
PHRASES_NAMED = 3
WORDS_NAMED = 2  # words named for their pieces
MARKS = ".,;:!?()[]\"'“”‘’…*"

# How a feature reads when a comment has much of it, and when it has little; a missing second wording means the lack
# says nothing a reader could check, and is not named.
WORDING: dict[str, tuple[str, str]] = {
    "length in words": ("long", "short"),
    "words a sentence": ("long sentences", "short sentences"),
    "sentences": ("several sentences", "a single sentence"),
    "paragraphs": ("several paragraphs", ""),
    "question marks": ("asks", "asks nothing"),
    "exclamation marks": ("exclaims", ""),
    "ends in a question": ("ends in a question", ""),
    "smileys": ("smileys", ""),
    "figures": ("gives figures", ""),
    "signs of code": ("code or commands", ""),
    "quotes something": ("quotes something", ""),
    "speaks to someone by name": ("speaks to someone by name", ""),
    "variety of words": ("hardly repeats a word", "repeats words"),
    "share of stop words": ("plain running prose", "hardly any running prose"),
    "share of words about blogs": ("speaks of blogs and posts in general", "does not speak of blogs in general"),
    "content words": ("many words of content", "few words of content"),
    "content words from the essay": ("takes up the essay's words", "takes up few of the essay's words"),
    "content words not in the essay": ("brings words the essay does not have", "brings few words of its own"),
    "rare words not in the essay": ("brings specific words the essay does not have", "brings nothing specific"),
    "share of content in the essay": ("mostly in the essay's words", "mostly in other words than the essay's"),
    "weighted share of content in the essay": ("close to the essay's subject", "far from the essay's subject"),
    "rarest word shared with the essay": (
        "names something specific from the essay",
        "names nothing specific from the essay",
    ),
    "title words taken up": ("takes up the title", ""),
    "distance from the essay's language": ("another language than the essay's", "the essay's language"),
    "share copied from the essay": ("copied from the essay", ""),
    "mean rarity of words": ("unusual words", "everyday words"),
    "unknown words": ("many unknown words", ""),
    "commercial signs": ("signs of commerce", "no sign of commerce"),
    "commercial signs, nothing from the essay": ("signs of commerce and nothing from the essay", ""),
    "commercial signs with flattery": ("signs of commerce beside praise", ""),
    "commercial signs, no personal ones": ("signs of commerce, none of a person", ""),
    "kind words, nothing from the essay": ("kind words that touch nothing in the essay", ""),
    "kind words in few words": ("a few kind words", ""),
    "flattery with a link that is not personal": ("praise with a link that is no person's", ""),
    "has link": ("the name is linked", "the name is not linked"),
    "link made of common words": ("the link is made of common words", ""),
    "link to front page": ("the link leads to a front page", ""),
    "name has a trade word": ("author name is a trade", ""),
    "name of common words": ("author name is made of common words", ""),
    "name is several common words": ("author name is a search phrase", ""),
    "name looks like a person's": ("author name is a person's", ""),
    "name is several words glued": ("author name is a search phrase", ""),
    "commercial signs, little content": ("signs of commerce and little content", ""),
    "commercial signs on kind words about the essay": ("signs of commerce beside the essay's words", ""),
    "copied from the essay, with a link": ("copied from the essay, with a link", ""),
    "says at length what the essay says": ("says what the essay says", ""),
    "new content outside kind sentences": (
        "brings content beside thanks or praise",
        "nothing new beside thanks or praise",
    ),
    "new content outside kind sentences, in few words": ("brings content in few words", ""),
    "figures outside kind sentences": ("gives figures", ""),
    "hidden characters": ("hidden characters in the text", ""),
    "share of kind sentences": ("mostly sentences of thanks or praise", "hardly a sentence of thanks or praise"),
    "only kind sentences": ("nothing but thanks or praise", "more than thanks or praise"),
    "begins kindly": ("begins with thanks or praise", ""),
    "ends kindly": ("ends with thanks or praise", ""),
    "words outside kind sentences": ("much beside thanks or praise", "little beside thanks or praise"),
    "content outside kind sentences": (
        "much content beside thanks or praise",
        "little content beside thanks or praise",
    ),
    "longest sentence that is not kind": ("a long sentence that is no thanks or praise", ""),
    "trade words in the text": ("words of trade", ""),
    "density of trade words": ("words of trade", ""),
    "words of hard trades in the text": ("words of a trade that no reader signs with", ""),
    "name of a hard trade": ("author name is a trade", ""),
    "link of a hard trade": ("the link is a shop's", ""),
    "link with trade word": ("the link names a trade", ""),
    "link label is long": ("a long address", ""),
    "link ending of shops": ("the link ends like a shop's", ""),
    "no sign of commerce": ("no sign of commerce", "signs of commerce"),
    "begins with but or no": ("begins with an objection", ""),
    "begins with praise or thanks": ("begins with praise or thanks", ""),
    "names nothing in the essay": ("names nothing in the essay", "names something in the essay"),
    "no essay": ("", ""),
    "capitals": ("", ""),
}
GROUPS: dict[str, str] = {
    "thanks": "thanks",
    "praise": "praises",
    "agreement": "agrees",
    "wishes": "wishes well",
    "encouragement": "encourages",
    "emotion": "shows feeling",
    "success": "says it worked",
    "flattery": "praise of the blog",
    "return_promise": "promises to return",
    "platform_talk": "talk of blog software",
    "offer": "words of offer",
    "question": "asks",
    "trouble": "reports trouble",
    "objection": "objects",
    "suggestion": "suggests",
    "experience": "tells of own experience",
    "reasoning": "gives reasons",
    "plan": "tells of a plan",
    "chatter": "chatter",
    "insult": "insults",
    "more_please": "asks for more",
    "own_work": "points to own writing",
}


def _phrase(name: str, high: bool, described: Described) -> str:
    for mark in ("phrases: ", "density: "):
        if name.startswith(mark):
            group = name.removeprefix(mark)
            said = list(dict.fromkeys(described.phrases.get(group, ())))[:PHRASES_NAMED]
            return f"{GROUPS.get(group, group)} ({', '.join(repr_quote(p) for p in said)})" if said and high else ""
    more, less = WORDING.get(name, (name, ""))
    return more if high else less


def repr_quote(phrase: str) -> str:
    """A phrase in straight double quotes."""
    return f'"{phrase}"'


def explain_labels(
    model: StanceModel, described: Sequence[Described], rows: Rows, chosen: Sequence[int]
) -> list[list[str]]:
    """For each comment, the evidence that spoke most for its likeliest class.

    Parameters
    ----------
    model : StanceModel
    described : sequence of Described
    rows : Rows
        The same comments in numbers.
    chosen : sequence of int
        Place in ``CLASSES`` of the class to explain.

    Returns
    -------
    list of list of str
        At most five phrases a comment, the weightiest first.

    Notes
    -----
    A feature's weight is what it adds to the score of the class against the mean of the other classes: coefficient
    times standardised value in the linear model, change of value along the path in the trees; a word's weight is the
    sum over its pieces. It says what the model used, not what made the commenter write.
    """
    features = rows.standard.shape[1]
    trees = model.forest.contributions(rows.steps, features)
    linear = np.stack([contrast(model.label_model.coefficients, k) for k in range(len(CLASSES))])
    share = 1 - model.tree_weight
    weights = share * rows.standard * linear[list(chosen), :features]
    for k in set(chosen):
        own = np.flatnonzero(np.asarray(chosen) == k)
        weights[own] += model.tree_weight * contrast(trees[own], k)
    high = rows.standard > 0
    out = []
    for i, (comment, k) in enumerate(zip(described, chosen, strict=True)):
        weight = weights[i]
        here = slice(rows.runs.indptr[i], rows.runs.indptr[i + 1])
        places = rows.runs.indices[here]
        spoken = share * rows.runs.data[here] * linear[k, features:][places]
        heavy, loud = np.flatnonzero(weight > LEAST), np.flatnonzero(spoken > LEAST)
        found: list[tuple[float, int, Any]] = [
            *zip(weight[heavy].tolist(), repeat(_FEATURE), heavy.tolist(), strict=False),
            *zip(spoken[loud].tolist(), repeat(_RUN), places[loud].tolist(), strict=False),
            *((w, _WORD, said) for w, said in _telling_words(model, rows, i, comment.plain, k)),
        ]
        found.sort(key=lambda item: -item[0])
        out.append(_first_said(found, model, high[i], comment))
    return out


def _first_said(
    found: Sequence[tuple[float, int, Any]], model: StanceModel, high: np.ndarray, comment: Described
) -> list[str]:
    """Wording of the weightiest; what weighs the same stands in the order of its letters."""
    said: dict[str, None] = {}
    for _, alike in groupby(found, key=lambda item: item[0]):
        phrases = []
        for _, kind, what in alike:
            if kind == _FEATURE:
                phrases.append(_phrase(model.names[what], bool(high[what]), comment))
            else:
                phrases.append(_quote_run(model.grams.runs[what]) if kind == _RUN else what)
        said |= dict.fromkeys(phrase for phrase in sorted(phrases) if phrase)
        if len(said) >= MOST:
            break
    return list(said)[:MOST]


def _telling_words(model: StanceModel, rows: Rows, i: int, plain: str, k: int) -> list[tuple[float, str]]:
    """The words of a comment whose pieces weigh most for a class, with their weight."""
    here = slice(rows.pieces.indptr[i], rows.pieces.indptr[i + 1])
    known = rows.pieces.indices[here]
    if not len(known):
        return []
    once = float((rows.pieces.data[here] / model.pieces.idf[known]).min())  # what a piece that stands once is scaled by
    total = {token: once * model.sound_of(token, k) for token in dict.fromkeys(tokens_of(plain))}
    top = sorted((t for t in total if total[t] > LEAST), key=lambda t: (-total[t], t))[:WORDS_NAMED]
    return [(total[token], repr_quote(said)) for token in top if (said := token.strip(MARKS))]


def _quote_run(run: str) -> str:
    """A run of words as evidence, without the marks for beginning and end."""
    said = run.strip(f"{START}{END} ")
    return repr_quote(said) if said else ""
