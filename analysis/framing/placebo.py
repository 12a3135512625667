"""Axes that should not matter: words, nouns and patterns drawn at random, as frequent as those of the real axis.

What random axes reach by chance, and by sharing their seeds among the instruments, a real axis has to beat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.framing.axis import Axis
from analysis.framing.grammar import read_relation
from analysis.framing.instruments import Measured, Reader, run_instruments
from analysis.framing.passages import Passage
from analysis.framing.relations import Relation
from analysis.framing.semantic import LEAST_KNOWN
from analysis.records import child_seed
from analysis.tokens.grammar import Progress
from analysis.topics import WordVectors

NEAR = 4  # a word is drawn from those whose count is at most a quarter away
FAR = 10**12  # more than any count
SHOWN = 6  # words of a pole in the table
COLUMNS = ["axis", "kind", "low", "high", "seeded", "semantic", "grammar", "separation", "agreement"]


def match_words(words: Sequence[str], counts: Counter[str], banned: set[str], rng: np.random.Generator) -> list[str]:
    """Draw for each word another that is about as frequent; none twice, none banned.

    Examples
    --------
    >>> counts = Counter({"a": 9, "b": 9, "c": 1, "d": 1})
    >>> match_words(["a", "c"], counts, {"a", "c"}, np.random.default_rng(1))
    ['b', 'd']
    """
    ranked = sorted(counts.items(), key=lambda item: (item[1], item[0]))
    numbers = np.array([count for _, count in ranked])
    taken, found = set(banned), []
    for word in words:
        near = np.abs(numbers - counts[word])
        for reach in (counts[word] // NEAR, near[[other not in taken for other, _ in ranked]].min(initial=FAR)):
            alike = [ranked[n][0] for n in np.flatnonzero(near <= reach) if ranked[n][0] not in taken]
            if alike:
                found.append(alike[int(rng.integers(len(alike)))])
                taken.add(found[-1])
                break
    return found


class PlaceboDrawer:
    """Draws random axes that match a real one in a corpus; its counts are made once."""

    def __init__(self, passages: Sequence[Passage], axis: Axis, seeds: tuple[Sequence[str], Sequence[str]]) -> None:
        self._seeds = seeds
        self._banned = {*axis.low.words, *axis.high.words, *axis.audience}
        self._counts = Counter(word for passage in passages for word in passage.own_lemmas)
        relations = [relation for passage in passages for relation in passage.relations]
        self._nouns = Counter(relation.noun for relation in relations)
        self._audience = [noun for noun in axis.audience if noun in self._nouns]
        self._patterns = sorted({_pattern(relation) for relation in relations})
        about = [read_relation(axis, relation) for relation in relations if relation.noun in self._audience]
        self._shares = np.array([about.count(sign) for sign in (-1, 0, 1)]) / max(1, len(about))

    def draw(self, rng: np.random.Generator) -> tuple[list[str], list[str], Reader]:
        """Give random seeds of both poles and a random reading of the grammar."""
        low, high = self._seeds
        one = match_words(low, self._counts, self._banned, rng)
        other = match_words(high, self._counts, {*self._banned, *one}, rng)
        nouns = set(match_words(self._audience, self._nouns, self._banned, rng))
        drawn = rng.choice([-1, 0, 1], size=len(self._patterns), p=self._shares)
        pole = dict(zip(self._patterns, drawn.tolist(), strict=True))

        def read(relation: Relation) -> int:
            return int(pole[_pattern(relation)]) if relation.noun in nouns else 0

        return one, other, read


def _pattern(relation: Relation) -> tuple[str, str, str]:
    return relation.role, relation.verbs[-1] if relation.verbs else "", relation.prep


def stat_placebos(
    passages: Sequence[Passage],
    drawer: PlaceboDrawer,
    vectors: WordVectors,
    *,
    number: int,
    seed: int,
    progress: Progress,
) -> tuple[pd.DataFrame, list[np.ndarray]]:
    """Measure random axes as the real one is measured.

    Returns
    -------
    DataFrame
        One row a placebo: axis (from 1), kind ("placebo"), low and high (some of its seed words), seeded, semantic and
        grammar (``separation`` of each), separation (their mean), agreement (``rank_alpha``).
    list of ndarray, shape (essays, 3)
        Their scores, essays in alphabetical order.
    """
    essays = [passage.doc_id for passage in passages]
    names = sorted(set(essays))
    rows: list[dict[str, Any]] = []
    scores = []
    for axis in range(1, number + 1):
        own = child_seed(seed, f"placebo {axis}")
        low, high, reader = drawer.draw(np.random.default_rng(own))
        known = [sum(word in vectors.places for word in words) for words in (low, high)]
        progress("placebo axes", axis, number)
        if min(known) < LEAST_KNOWN:  # a corpus so small that it holds no words as frequent: that axis is not tried
            continue
        measured = run_instruments(passages, (low, high), reader, vectors, seed=own)
        scores.append(measured.scores(essays, names))
        rows.append(axis_row(axis, "placebo", (low, high), measured, essays))
    return pd.DataFrame(rows, columns=COLUMNS), scores


def axis_row(
    axis: int, kind: str, seeds: tuple[Sequence[str], Sequence[str]], measured: Measured, essays: Sequence[str]
) -> dict[str, Any]:
    """One row of the table of placebos; the real axis is number 0."""
    low, high = (", ".join(words[:SHOWN]) for words in seeds)
    return {"axis": axis, "kind": kind, "low": low, "high": high, **measured.summary(essays, sorted(set(essays)))}
