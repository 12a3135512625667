"""Where each lemma stands: the same lemmas as the tokens, each at its own word."""

import random

import pytest

from analysis.errors import TopicError
from analysis.text import clean_text
from analysis.tokens import lemma_spans, tokenize_texts

TEXT = "The wikis weren’t edited; İstanbul's neighbours EDIT a wiki at http://mill.example, twice-daily."


def test_spans_are_those_of_the_words():
    """What is marked for a reader is the very word that was counted."""
    [found] = lemma_spans([TEXT])
    words = [(TEXT[start:end], lemma) for start, end, lemma in found]
    assert ("wikis", "wiki") in words
    assert ("edited", "edit") in words
    assert ("EDIT", "edit") in words
    assert ("neighbours", "neighbour") in words
    assert ("daily", "daily") in words


def test_spans_and_tokens_agree():
    """Both see the same text, so no token is without its place, whatever letters come."""
    parts = ["Boats ", "’s", "İ", "ß", "Wikis", " don't ", "\u200b", "\n", "Ships.", "e\u0301", " 3 "]
    draw = random.Random(4)
    texts = ["".join(draw.choices(parts, k=draw.randrange(9))) for _ in range(300)]
    for text, found, tokens in zip(texts, lemma_spans(texts), tokenize_texts(texts), strict=True):
        assert [lemma for *_, lemma in found] == tokens
        ends = [place for start, end, _ in found for place in (start, end)]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(clean_text(text)) for place in ends)


def test_unknown_language_is_named():
    """A sentence, and no guess at another language."""
    with pytest.raises(TopicError, match="language"):
        lemma_spans(["x"], language="zz")
