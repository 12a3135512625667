"""Where in a text each lemma stands, so that a reader can be shown the words a topic goes by."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text import clean_text
from analysis.tokens.lemmas import MIN_LENGTH, _LemmaOf, _pipeline, _plain

Span = tuple[int, int, str]


def lemma_spans(texts: Sequence[str], *, language: str = "en", min_length: int = MIN_LENGTH) -> list[list[Span]]:
    """Find the place of every lemma that ``tokenize_texts`` gives.

    Parameters
    ----------
    texts : sequence of str
    language : str
    min_length : int
        As for ``tokenize_texts``.

    Returns
    -------
    list of list of (int, int, str)
        Start, end and lemma, in reading order, without overlap: the word is ``clean_text(text)[start:end]`` (the text
        of a paragraph is clean already).

    Raises
    ------
    TopicError
        If the language is unknown.

    Examples
    --------
    >>> lemma_spans(["Three wikis, edited."])
    [[(6, 11, 'wiki'), (13, 19, 'edit')]]
    """
    pipeline = _pipeline(language)
    lemma_of = _LemmaOf(pipeline, language, min_length, ())
    found = []
    for text in texts:
        place = _places(clean_text(text))
        tokens = (
            (token.idx, token.idx + len(token), lemma_of[token.orth]) for token in pipeline.tokenizer(_plain(text))
        )
        found.append([(place[start], place[end], lemma) for start, end, lemma in tokens if lemma])
    return found


def _places(text: str) -> Sequence[int]:
    """Place in the text of each character of its lower case, which for a few letters has more of them."""
    if len(text.lower()) == len(text):
        return range(len(text) + 1)
    return [*(at for at, letter in enumerate(text) for _ in letter.lower()), len(text)]
