"""Essays as paragraphs, paragraphs as bags of lemmas, sentences as grammar. The only room that imports spaCy, and late.

``lemmas`` is the default: no model, 150,000 words a second and more. ``grammar`` loads spaCy's small English model, on
demand only.
"""

from analysis.tokens.grammar import CONTENT, Word, grammar_version, load_grammar, parse_texts
from analysis.tokens.lemmas import MIN_LENGTH, token_settings, tokenize_texts
from analysis.tokens.paragraphs import paragraphs_of
from analysis.tokens.spans import Span, lemma_spans

__all__ = [
    "CONTENT",
    "MIN_LENGTH",
    "Span",
    "Word",
    "grammar_version",
    "lemma_spans",
    "load_grammar",
    "paragraphs_of",
    "parse_texts",
    "token_settings",
    "tokenize_texts",
]
