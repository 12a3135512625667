"""The word lists behind the features, read from ``lexicon.toml``, and the search for their phrases in a comment.

The lists were written for this project, from general knowledge of how readers write; no list was taken from elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

LEXICON = Path(__file__).with_name("lexicon.toml")
SHORTEST_IN_ADDRESS = 4  # shorter trade words ("spa", "law") stand inside too many innocent addresses


@dataclass(frozen=True)
class Phrases:
    """Named lists of phrases, ready to be looked up word by word.

    Attributes
    ----------
    groups : tuple of str
        Names of the lists, in the order of the file.
    starts : mapping
        First word of a phrase to the (further words, list name) that may follow it.
    stems : tuple
        Word beginnings (written with ``*`` in the file) and the name of their list.
    """

    groups: tuple[str, ...]
    starts: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    stems: tuple[tuple[str, str], ...]
    _known: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict, repr=False, compare=False)

    def _from(self, word: str) -> tuple[tuple[tuple[str, ...], str], ...]:
        found = self._known.get(word)
        if found is None:
            found = self.starts.get(word, ()) + tuple(((), g) for s, g in self.stems if word.startswith(s))
            if len(self._known) < 100_000:  # a memory, not a state: it only saves looking up the same word twice
                self._known[word] = found
        return found

    @cached_property
    def none_found(self) -> Mapping[str, float]:
        """The features of the lists in a comment that has no phrase of any."""
        return {f"{kind}: {group}": 0.0 for group in self.groups for kind in ("phrases", "density")}

    def find(self, found_words: Sequence[str]) -> dict[str, list[str]]:
        """Phrases of each list in a row of lower-cased words, in reading order; lists without a hit are left out.

        Examples
        --------
        >>> load_lexicon().phrases.find(["many", "thanks", "for", "sharing"])["thanks"]
        ['many thanks', 'thanks']
        """
        hits: dict[str, list[str]] = {}
        following = (*found_words, "", "")
        for i, starts in enumerate(map(self._known.get, found_words)):
            if starts == ():
                continue
            word, after = found_words[i], following[i + 1]
            for rest, group in self._from(word) if starts is None else starts:
                if not rest:
                    hits.setdefault(group, []).append(word)
                elif rest[0] == after and tuple(found_words[i + 1 : i + 1 + len(rest)]) == rest:
                    hits.setdefault(group, []).append(" ".join((word, *rest)))
        return hits


@dataclass(frozen=True)
class Lexicon:
    """All word lists; ``signer`` holds sets of words, ``phrases`` the lists of phrases."""

    signer: Mapping[str, frozenset[str]]
    phrases: Phrases

    @cached_property
    def hard_words(self) -> re.Pattern[str]:
        """Words of trades no reader signs with, long enough to be looked for inside an address."""
        return re.compile("|".join(sorted(w for w in self.signer["hard"] if len(w) >= SHORTEST_IN_ADDRESS)))

    @cached_property
    def address_words(self) -> re.Pattern[str]:
        """Trade words long enough to be looked for inside an address."""
        return re.compile("|".join(sorted(w for w in self.signer["trade"] if len(w) >= SHORTEST_IN_ADDRESS)))


def _index(lists: Mapping[str, Sequence[str]]) -> Phrases:
    starts: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems = []
    for group, phrases in lists.items():
        for phrase in sorted(set(phrases)):
            first, *rest = phrase.split()
            if first.endswith("*") and not rest:
                stems.append((first[:-1], group))
            else:
                starts.setdefault(first, []).append((tuple(w.rstrip("*") for w in rest), group))
    return Phrases(tuple(lists), {k: tuple(v) for k, v in starts.items()}, tuple(stems))


@cache
def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the word lists; the file is read once a process."""
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return Lexicon({k: frozenset(v.split()) for k, v in given["signer"].items()}, _index(given["phrases"]))
