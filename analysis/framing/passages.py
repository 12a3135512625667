"""Paragraphs made ready for the three instruments: parsed, marked, their content words and relations found once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.errors import TopicError
from analysis.framing.marks import Marks, mark_words
from analysis.framing.relations import Relation, find_relations
from analysis.tokens import Word, parse_texts
from analysis.tokens.grammar import Progress

# Names of people and places are left out: who is written about is not how it is framed.
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
MIN_LENGTH = 3  # letters, as for topics
COLUMNS = ("doc_id", "paragraph_id", "text")


@dataclass(frozen=True)
class Passage:
    """A paragraph with its grammar.

    Attributes
    ----------
    doc_id, paragraph_id, text : str
    words : tuple of Word
    """

    doc_id: str
    paragraph_id: str
    text: str
    words: tuple[Word, ...]

    @cached_property
    def marks(self) -> Marks:
        """Which words are quoted or denied."""
        return mark_words(self.text, self.words)

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Roles of all nouns."""
        return tuple(find_relations(self.words))

    @cached_property
    def content(self) -> tuple[int, ...]:
        """Places of the words that carry content."""
        return tuple(n for n, w in enumerate(self.words) if is_content(w))

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """Content words in reading order, all of them."""
        return tuple(self.words[n].lemma for n in self.content)

    @cached_property
    def own_lemmas(self) -> tuple[str, ...]:
        """Content words that are neither quoted nor denied: what the writer says in their own name."""
        return tuple(self.words[n].lemma for n in self.content if not self.is_apart(n))

    def is_apart(self, *places: int) -> bool:
        """Whether any of the places is quoted or denied."""
        return any(n in self.marks.quoted or n in self.marks.denied for n in places)


def is_content(word: Word) -> bool:
    """Whether a word carries content: a noun, verb, adjective or adverb of three letters or more, no name."""
    return word.pos in CONTENT and len(word.lemma) >= MIN_LENGTH and word.lemma.replace("-", "").isalpha()


def read_passages(texts: pd.DataFrame, *, progress: Progress | None = None) -> list[Passage]:
    """Parse paragraphs, unless the table holds their words already.

    Parameters
    ----------
    texts : DataFrame
        doc_id, paragraph_id, text; ``words`` where ``tokens.parse_texts`` was called before.
    progress : callable, optional

    Returns
    -------
    list of Passage
        In the order of doc_id and paragraph_id, whatever the table's.

    Raises
    ------
    TopicError
        If a column is missing, or a paragraph stands there twice.
    """
    missing = [name for name in COLUMNS if name not in texts.columns]
    if missing:
        raise TopicError(f"Framing needs a table with {', '.join(COLUMNS)}; it lacks {', '.join(missing)}.")
    if texts["paragraph_id"].duplicated().any():
        twice = texts.loc[texts["paragraph_id"].duplicated(), "paragraph_id"].iloc[0]
        raise TopicError(f"Paragraph {twice!r} stands in the table twice; each needs an id of its own.")
    told = texts.sort_values(["doc_id", "paragraph_id"], kind="stable")
    words: Iterable[tuple[Word, ...]] = (
        told["words"] if "words" in told.columns else parse_texts(told["text"].tolist(), progress=progress)
    )
    return [
        Passage(str(doc), str(paragraph), text, tuple(parsed))
        for doc, paragraph, text, parsed in zip(told["doc_id"], told["paragraph_id"], told["text"], words, strict=True)
    ]
