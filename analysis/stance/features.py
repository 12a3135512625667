"""A comment as named numbers: how it is written, how it stands to its essay, and who signs it.

Every feature has a name a researcher can read; the same name is used in the model, its card and the explanations.
Nothing here is learned except ``Background`` and the set of common words, which count words of the training texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.stance.form import describe_form, without_links
from analysis.stance.lexicon import Lexicon
from analysis.stance.relevance import Background, Essay, describe_relevance, prepare_essay
from analysis.stance.signer import describe_signer
from analysis.text import clean_text, words

TEXT_CHARACTERS = 20_000  # of one comment; a longer one is judged by its beginning
SIGNATURE_CHARACTERS = 2_000  # of a name or an address: more than any browser's address bar takes
SPLITTING = re.compile("[\u00ad\u200b-\u200e\u2060-\u2064]")  # invisible marks that split a word
MUCH_CONTENT = 20  # words of content beside thanks and praise that no mere courtesy has
COLUMNS = ("id", "parent_title", "parent_text", "reply_to_text", "author", "author_url", "text")


@dataclass(frozen=True)
class Resources:
    """What features are computed with: word lists, background counts, and the words of general use."""

    lexicon: Lexicon
    background: Background
    common: frozenset[str]


@dataclass(frozen=True)
class Described:
    """One comment's features, its words, the phrases found in it, and its text without links."""

    features: Mapping[str, float]
    words: tuple[str, ...]
    phrases: Mapping[str, Sequence[str]]
    plain: str


def _together(f: Mapping[str, float]) -> dict[str, float]:
    """Features that only mean something together: a commercial signature under words that fit any essay."""
    get = f.get
    trade_name = max(
        get("name has a trade word", 0.0), get("name is several common words", 0.0), get("name is an address", 0.0)
    )
    trade_name += get("name of a hard trade", 0.0)
    trade_link = max(
        get("link with trade word", 0.0), get("link ending of shops", 0.0), get("link with keyword path", 0.0)
    )
    trade_link += get("link of a hard trade", 0.0)
    text_link = max(get("linked text is trade", 0.0), get("links to a front page", 0.0)) + get("markup for links", 0.0)
    commerce = min(4.0, trade_name + trade_link + text_link + 0.5 * get("link to front page", 0.0))
    personal = max(
        get("link is a blog or profile", 0.0),
        get("link ending of schools, states, societies", 0.0),
        get("person's name in the link", 0.0),
    )
    taken_up = get("content words from the essay", 0.0)  # not a number where there is no essay
    empty = taken_up if math.isnan(taken_up) else 1.0 - min(1.0, taken_up / math.log(4))
    kind = min(1.0, get("density: flattery", 0.0) + get("density: praise", 0.0) + get("density: thanks", 0.0))
    own = min(1.0, get("content outside kind sentences", 0.0) / math.log(MUCH_CONTENT))
    about = 0.0 if math.isnan(taken_up) else get("weighted share of content in the essay", 0.0)
    copied = 0.0 if math.isnan(taken_up) else get("share copied from the essay", 0.0)
    link = max(get("has link", 0.0), float(get("links in the text", 0.0) > 0))
    return {
        "commercial signs": commerce,
        "commercial signs, nothing from the essay": commerce * empty,
        "commercial signs with flattery": commerce * kind,
        "commercial signs, no personal ones": max(0.0, commerce - personal),
        "link and nothing from the essay": get("has link", 0.0) * empty,
        "flattery with a link that is not personal": kind * max(0.0, get("has link", 0.0) - personal),
        "kind words, nothing from the essay": kind * empty,
        "kind words in few words": kind / max(1.0, get("length in words", 0.0)),
        "no sign of commerce": float(commerce == 0.0),
        "commercial signs, little content": commerce * (1.0 - own),
        "commercial signs on kind words about the essay": min(1.0, commerce) * about * (1.0 - own),
        "copied from the essay, with a link": copied * max(link, min(1.0, commerce)),
        "says at length what the essay says": about * get("content words", 0.0) * (1.0 - copied),
        "new content outside kind sentences, in few words": get("new content outside kind sentences", 0.0)
        / max(1.0, get("length in words", 0.0)),
    }


def describe_comment(row: Mapping[str, Any], essay: Essay, resources: Resources) -> Described:
    """All features of one comment.

    Parameters
    ----------
    row : mapping
        Keys ``text``, ``author``, ``author_url``, ``reply_to_text``; any but ``text`` may be missing or None.
    essay : Essay
        The comment's essay, prepared by ``prepare_essay``.
    resources : Resources

    Returns
    -------
    Described
    """
    author, author_url = ((row.get(field) or "")[:SIGNATURE_CHARACTERS] or None for field in ("author", "author_url"))
    written = (row.get("text") or "")[:TEXT_CHARACTERS]
    text = clean_text(written).strip()
    plain = without_links(text)
    found = words(plain)
    form, phrases = describe_form(
        text, plain, essay, author_url=author_url, lexicon=resources.lexicon, common=resources.common
    )
    features = {**form, **describe_relevance(found, essay, resources.background)}
    features |= describe_signer(author, author_url, resources.lexicon, resources.common)
    answered = prepare_essay(None, row.get("reply_to_text"))
    features["answers another comment"] = float(answered.length > 0)
    features["share of words from the answered comment"] = (
        sum(w in answered.counts for w in found) / max(1, len(found)) if answered.length else 0.0
    )
    name = (author or "").strip().lower()
    inside = len(name) >= 3 and name in text.lower()
    ends = len(name) >= 3 and text.lower().rstrip(" .!,-").endswith(name.split()[0])
    person = features.get("name looks like a person's", 0.0)
    features["hidden characters"] = float(not written.isascii() and bool(SPLITTING.search(written)))
    features["signs off with the name"] = float(ends and bool(person))
    features["a name that is no person's stands in the text"] = float(inside and not person)
    return Described(features | _together(features), tuple(found), phrases, plain)


def describe_comments(rows: Sequence[Mapping[str, Any]], resources: Resources) -> list[Described]:
    """Features of many comments; an essay is prepared once however many comments stand under it."""
    essays: dict[tuple[str | None, str | None], Essay] = {}
    out = []
    for row in rows:
        key = (row.get("parent_title"), row.get("parent_text"))
        if key not in essays:
            essays[key] = prepare_essay(*key)
        out.append(describe_comment(row, essays[key], resources))
    return out


def as_matrix(described: Sequence[Described], names: Sequence[str]) -> np.ndarray:
    """Features as a table of numbers, shape (comments, names), in the order of ``names``; a missing one is 0."""
    zeros = dict.fromkeys(names, 0.0)
    return np.array([[*map({**zeros, **d.features}.__getitem__, names)] for d in described], dtype=float).reshape(
        len(described), len(names)
    )
