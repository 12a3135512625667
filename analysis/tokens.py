"""Essays as paragraphs, paragraphs as bags of lemmas. The only stage that imports spaCy, and only when it tokenises.

spaCy's rule-based tokenizer needs no model and is forty times faster than a tagger; simplemma looks each word type up
once. Both are good enough for topics and not for grammar: "left" stays "left" whichever word it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from analysis.errors import TopicError, one_of
from analysis.records import package_versions
from analysis.tables import PAGES, check_table
from analysis.text import clean_text, words

MIN_LENGTH = 3  # letters; shorter words are nearly all function words and fragments


def paragraphs_of(pages: pd.DataFrame, *, min_words: int) -> pd.DataFrame:
    """Split essays into paragraphs; a short one is joined to its neighbour, so that no word is lost.

    Parameters
    ----------
    pages : DataFrame
        The table of pages (``tables.PAGES``); only ``doc_id`` and ``essay`` are used.
    min_words : int
        A paragraph of fewer words is joined to the one after it (a heading belongs to what follows), the last one to
        the one before it. An essay that is shorter as a whole stays one paragraph.

    Returns
    -------
    DataFrame
        ``paragraph_id`` ("DOC_ID-0000"), ``doc_id``, ``number`` (from 0 within the essay), ``text``; sorted by
        ``paragraph_id``. A page without an essay has no row.

    Raises
    ------
    TopicError
        If ``min_words`` is below 1.
    """
    if min_words < 1:
        raise TopicError(f"Paragraphs need at least 1 word; min_words is {min_words}. Give a number from 1.")
    checked = check_table(pages, PAGES)
    rows = [
        {"paragraph_id": f"{doc_id}-{number:04d}", "doc_id": doc_id, "number": number, "text": text}
        for doc_id, essay in zip(checked["doc_id"], checked["essay"], strict=True)
        for number, text in enumerate(_join_short(essay, min_words))
    ]
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text"])


def _join_short(essay: str, min_words: int) -> list[str]:
    """Paragraphs of an essay in order, none shorter than ``min_words`` unless the essay is."""
    joined: list[str] = []
    waiting: list[str] = []
    for line in filter(None, clean_text(essay).split("\n")):
        waiting.append(line)
        if sum(len(words(part)) for part in waiting) >= min_words:
            joined.append("\n".join(waiting))
            waiting = []
    if waiting and joined:
        joined[-1] = "\n".join([joined[-1], *waiting])
    elif waiting:
        joined.append("\n".join(waiting))
    return joined


def tokenize_texts(
    texts: Sequence[str], *, language: str = "en", min_length: int = MIN_LENGTH, extra_stop_words: Iterable[str] = ()
) -> list[list[str]]:
    """Turn texts into lower-cased lemmas without stop words, numbers, punctuation and addresses.

    Parameters
    ----------
    texts : sequence of str
    language : str
        ISO 639-1 code known to both spaCy and simplemma.
    min_length : int
        Letters a lemma needs at least.
    extra_stop_words : iterable of str
        Words to leave out besides spaCy's list, in any form the tokenizer meets.

    Returns
    -------
    list of list of str
        Lemmas of each text in reading order; a text without any gives an empty list.

    Raises
    ------
    TopicError
        If the language is unknown.

    Notes
    -----
    Stop words pass through the same tokenizer as the text ("don't" is stopped as "do" and "n't") and are looked for
    again among the lemmas ("thing" stops "things"). Do not use these tokens for phrases or grammar.

    Examples
    --------
    >>> tokenize_texts(["The 3 wikis weren't edited at http://mill.example by neighbours!"])
    [['wiki', 'edit', 'neighbour']]
    """
    pipeline = _pipeline(language)
    lemma_of = _LemmaOf(pipeline, language, min_length, extra_stop_words)
    found = []
    for text in texts:
        lemmas = (lemma_of[key] for key in pipeline.tokenizer(_plain(text)).to_array("ORTH").tolist())
        found.append([lemma for lemma in lemmas if lemma])
    return found


def _plain(text: str) -> str:
    """Lower case, no invisible characters, one kind of apostrophe."""
    return clean_text(text).lower().replace("’", "'")


def _pipeline(language: str) -> Any:
    import spacy
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    if language not in SUPPORTED_LANGUAGES:
        raise TopicError(one_of("language for lemmas", language, SUPPORTED_LANGUAGES))
    try:
        return spacy.blank(language)
    except ImportError as error:
        raise TopicError(f"spaCy has no tokenizer for the language {language!r}; choose another.") from error


class _LemmaOf(dict[int, str | None]):
    """Lemma of each token type by spaCy's number for it, None for one that is left out; looked up once a type."""

    def __init__(self, pipeline: Any, language: str, min_length: int, extra: Iterable[str]) -> None:
        super().__init__()
        self._vocabulary = pipeline.vocab
        self._language = language
        self._min_length = min_length
        listed = sorted({*pipeline.Defaults.stop_words, *extra})
        self._stop = {token.text for word in listed for token in pipeline.tokenizer(_plain(word))}

    def __missing__(self, key: int) -> str | None:
        self[key] = lemma = self._find(self._vocabulary[key])
        return lemma

    def _find(self, word: Any) -> str | None:
        import simplemma

        if not word.is_alpha or word.like_num or word.like_url or word.like_email or word.text in self._stop:
            return None
        lemma = simplemma.lemmatize(word.text, self._language).lower()
        return lemma if len(lemma) >= self._min_length and lemma not in self._stop else None


def token_settings(*, language: str = "en", min_length: int = MIN_LENGTH) -> dict[str, Any]:
    """Give what a record of tokens needs: how they were made, by which versions."""
    return {
        "tokenizer": "spacy.blank",
        "lemmas": "simplemma",
        "language": language,
        "min_length": min_length,
        "versions": package_versions(("simplemma", "spacy")),
    }
