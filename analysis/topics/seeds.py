"""Seed words before a guided fit: which of them the texts hold, and what is wrong with the rest, in a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import TopicError

NEAR = 0.75  # likeness (difflib) from which a word may be the one that was meant; below it "together" meant "mother"


@dataclass(frozen=True)
class Seeds:
    """Seed words that were checked against a vocabulary.

    Attributes
    ----------
    found : dict of str to tuple of str
        For each theme, in the order given, its words that the texts hold, each once.
    absent : tuple of (theme, word, nearest)
        Words that no text holds, with the nearest word that one does ("" where none is near).
    """

    found: dict[str, tuple[str, ...]]
    absent: tuple[tuple[str, str, str], ...]


def check_seeds(seeds: Mapping[str, Sequence[str]], vocabulary: Sequence[str], number: int) -> Seeds:
    """Hold seed words against the words of the texts.

    Parameters
    ----------
    seeds : mapping of str to sequence of str
        Theme to its words, spelled as the documents' tokens are.
    vocabulary : sequence of str
        Words of the documents.
    number : int
        Topics that are to be fitted.

    Returns
    -------
    Seeds

    Raises
    ------
    TopicError
        If there is no theme, a theme has no words or none that occurs, one word stands in two themes, or there are
        more themes than topics.
    """
    check_themes(seeds)
    if len(seeds) > number:
        raise TopicError(
            f"{len(seeds)} themes cannot share {number} topics; ask for {len(seeds)} topics or more, or drop themes."
        )
    known = set(vocabulary)
    found: dict[str, tuple[str, ...]] = {}
    absent: list[tuple[str, str, str]] = []
    home: dict[str, str] = {}
    for theme, words in seeds.items():
        listed = _words_of(theme, words)
        for word in listed:
            if home.setdefault(word, theme) != theme:
                raise TopicError(
                    f"The seed word {word!r} stands in two themes, {home[word]!r} and {theme!r}, and cannot tell them "
                    "apart; leave it in one."
                )
        found[theme] = tuple(word for word in listed if word in known)
        missing = [(theme, word, _nearest(word, vocabulary)) for word in listed if word not in known]
        if not found[theme]:
            told = ", ".join(f"{word!r}" + (f" (near: {near!r})" if near else "") for _, word, near in missing)
            raise TopicError(
                f"No seed word of the theme {theme!r} occurs in the texts: {told}. Give words that do; a word may "
                "also have been left out as too rare or too common."
            )
        absent.extend(missing)
    return Seeds(found, tuple(absent))


def check_themes(seeds: object) -> None:
    """Refuse seeds that are no themes with their words.

    Raises
    ------
    TopicError
    """
    if not isinstance(seeds, Mapping) or not seeds:
        raise TopicError(
            f"Guided topics need at least one theme with seed words, as in {{'music': ['song', 'choir']}}; found "
            f"{seeds!r}."
        )
    for theme, words in seeds.items():
        _words_of(theme, words)


def normalise_seeds(
    seeds: Mapping[str, Sequence[str]], normalise: Callable[[str], Sequence[str]]
) -> dict[str, list[str]]:
    """Pass seed words through what made the documents' tokens, so that "museums" finds "museum".

    Parameters
    ----------
    seeds : mapping of str to sequence of str
        As a person writes them.
    normalise : callable
        One written word to its tokens.

    Returns
    -------
    dict of str to list of str
        As ``check_seeds`` wants them. Two words written together become the joined form that phrases have
        ("social_media"). A word of which nothing is left (a stop word, a number) stays as written and will be found
        absent, so that no word goes without an answer.

    Examples
    --------
    >>> normalise_seeds({"crafts": ["Weaving", "Looms"]}, lambda word: [word.lower().removesuffix("s")])
    {'crafts': ['weaving', 'loom']}
    """
    made: dict[str, list[str]] = {}
    for theme, words in seeds.items():
        made[theme] = []
        for word in _words_of(theme, words):
            parts = [part for blank in word.replace("_", " ").split() for part in normalise(blank)]
            made[theme].append("_".join(parts) or word)
    return made


def _words_of(theme: str, words: Sequence[str]) -> list[str]:
    """The words of a theme, each once, in the order given."""
    if not isinstance(words, list | tuple):
        raise TopicError(f"The seed words of the theme {theme!r} are no list: {words!r}; give a list of words.")
    listed = list(dict.fromkeys(str(word).strip() for word in words))
    if not any(listed):
        raise TopicError(f"The theme {theme!r} has no seed words; give it at least one.")
    return [word for word in listed if word]


def _nearest(word: str, vocabulary: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, vocabulary, n=1, cutoff=NEAR)
    return near[0] if near else ""
