"""Texts as bags of lemmas, by spaCy's rules and simplemma's lists; by spaCy's tagger where it is asked for.

spaCy's rule-based tokenizer needs no model and is forty times faster than a tagger; simplemma looks each word type up
once. Both are good enough for topics and not for grammar: "left" stays "left" whichever word it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from analysis.errors import TopicError, one_of
from analysis.records import package_versions
from analysis.text import clean_text
from analysis.tokens.grammar import LANGUAGE, grammar_version, tag_texts

MIN_LENGTH = 3  # letters; shorter words are nearly all function words and fragments


def tokenize_texts(
    texts: Sequence[str],
    *,
    language: str = "en",
    min_length: int = MIN_LENGTH,
    extra_stop_words: Iterable[str] = (),
    tagger: bool = False,
    parts: Sequence[str] = (),
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
    tagger : bool
        Lemmas by spaCy's small English model, which tells the verb "left" from the side; twenty times slower.
    parts : sequence of str
        With the tagger: only these parts of speech, e.g. ``grammar.CONTENT``; empty for all.

    Returns
    -------
    list of list of str
        Lemmas of each text in reading order; a text without any gives an empty list.

    Raises
    ------
    TopicError
        If the language is unknown; or, with the tagger, has no model here, or the model is not installed.

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
    if tagger or parts:
        return _tagged(texts, lemma_of, language, parts)
    found = []
    for text in texts:
        lemmas = (lemma_of[key] for key in pipeline.tokenizer(_plain(text)).to_array("ORTH").tolist())
        found.append([lemma for lemma in lemmas if lemma])
    return found


def _tagged(texts: Sequence[str], kept: _LemmaOf, language: str, parts: Sequence[str]) -> list[list[str]]:
    """Lemmas by the tagger; the same words are left out as without it."""
    if language != LANGUAGE:
        raise TopicError(
            f"The tagger knows English only; the language asked for is {language!r}. Leave out `tagger` and `parts`."
        )
    cleaned = [clean_text(text).replace("’", "'") for text in texts]
    return [
        [lemma for lemma, part in tagged if (not parts or part in parts) and kept.keeps(lemma)]
        for tagged in tag_texts(cleaned)
    ]


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

    def keeps(self, lemma: str) -> bool:
        """Whether a lemma that the tagger gave says anything."""
        word = self._vocabulary[lemma]
        if not word.is_alpha or word.like_num or word.like_url or word.like_email:
            return False
        return len(lemma) >= self._min_length and lemma not in self._stop


def token_settings(
    *, language: str = "en", min_length: int = MIN_LENGTH, tagger: bool = False, parts: Sequence[str] = ()
) -> dict[str, Any]:
    """Give what a record of tokens needs: how they were made, by which versions and which package's model."""
    if tagger or parts:
        return {
            "tokenizer": "spacy",
            "lemmas": grammar_version(),
            "parts": list(parts),
            "language": language,
            "min_length": min_length,
            "versions": package_versions(("spacy",)),
        }
    return {
        "tokenizer": "spacy.blank",
        "lemmas": "simplemma",
        "language": language,
        "min_length": min_length,
        "versions": package_versions(("simplemma", "spacy")),
    }
