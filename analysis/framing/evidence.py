"""What each instrument went by, sentence by sentence, with the words and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.framing.axis import Axis
from analysis.framing.instruments import Measured, Reader
from analysis.framing.passages import Passage
from analysis.framing.seeded import SURE

COLUMNS = [
    "doc_id", "paragraph_id", "sentence", "instrument", "pole", "phrase", "start", "end", "quoted", "negated",
    "counts", "text",
]  # fmt: skip
_KEY = ["doc_id", "paragraph_id", "sentence", "instrument", "start", "end", "pole"]


def gather_evidence(
    passages: Sequence[Passage], axis: Axis, measured: Measured, reader: Reader, seeds: tuple[Sequence[str], ...]
) -> pd.DataFrame:
    """List the evidence of the three instruments.

    Parameters
    ----------
    passages : sequence of Passage
    axis : Axis
    measured : Measured
        Of these passages.
    reader : callable
        Which pole a relation speaks for.
    seeds : (low, high)

    Returns
    -------
    DataFrame
        One row a piece: doc_id, paragraph_id, sentence (from 0 within the paragraph), instrument, pole (its name),
        phrase, start and end (characters of the paragraph's text), quoted, negated, counts (neither of them), text (of
        the sentence). Sorted. The seeded model and the semantic axis show the strongest word of each pole a sentence;
        the grammar shows every phrase.
    """
    rows = []
    for number, passage in enumerate(passages):
        found = [("grammar", *piece) for piece in _grammar(passage, reader)]
        found += [("seeded", *piece) for piece in _strongest(passage, _seeded(passage, measured, number, seeds))]
        found += [("semantic", *piece) for piece in _strongest(passage, _semantic(passage, measured))]
        rows += [_row(passage, axis, piece) for piece in found]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.drop_duplicates(_KEY).sort_values(_KEY, kind="stable").reset_index(drop=True)


def _grammar(passage: Passage, reader: Reader) -> Iterator[tuple[int, int, int, int]]:
    """Pole, first and last word, and the word whose marks count, of every phrase that speaks for a pole."""
    for relation in passage.relations:
        pole = reader(relation)
        if pole:
            yield pole, min(relation.anchor, relation.place), max(relation.anchor, relation.place), relation.anchor


def _seeded(passage: Passage, measured: Measured, number: int, seeds: tuple[Sequence[str], ...]) -> list[float]:
    """Leaning of each content word by the seeded model; a seed that is quoted or denied leans wholly to its pole."""
    low, high = (set(words) for words in seeds)
    leaning = measured.seeded.leaning[number]
    found = []
    for place in passage.content:
        lemma = passage.words[place].lemma
        if passage.is_apart(place):
            found.append(float(lemma in high) - float(lemma in low))
        else:
            left, right = leaning[lemma]
            found.append(right if right >= SURE else -left if left >= SURE else 0.0)
    return found


def _semantic(passage: Passage, measured: Measured) -> list[float]:
    """Leaning of each content word along the axis; 0 where it is too slight to show."""
    axis = measured.semantic
    leans = [axis.leaning.get(passage.words[place].lemma, 0.0) for place in passage.content]
    return [lean if abs(lean) >= axis.threshold else 0.0 for lean in leans]


def _strongest(passage: Passage, leans: list[float]) -> Iterator[tuple[int, int, int, int]]:
    """For each sentence and pole the word that leans most, marked words and others apart."""
    best: dict[tuple[int, int, bool], tuple[float, int]] = {}
    for place, lean in zip(passage.content, leans, strict=True):
        if lean:
            key = (passage.words[place].sentence, 1 if lean > 0 else -1, passage.is_apart(place))
            best[key] = max(best.get(key, (0.0, 0)), (abs(lean), -place))
    for (_, pole, _), (_, minus) in sorted(best.items()):
        yield pole, -minus, -minus, -minus


def _row(passage: Passage, axis: Axis, piece: tuple[str, int, int, int, int]) -> tuple[Any, ...]:
    instrument, pole, first, last, anchor = piece
    words, marks = passage.words, passage.marks
    start, end = words[first].start, words[last].end
    quoted = anchor in marks.quoted or (instrument == "grammar" and {first, last} & marks.quoted != set())
    negated = anchor in marks.denied or (instrument == "grammar" and {first, last} & marks.denied != set())
    name = (axis.high if pole > 0 else axis.low).name
    sentence = words[anchor].sentence
    own = [w for w in words if w.sentence == sentence]
    said = " ".join(passage.text[own[0].start : own[-1].end].split())
    return (
        passage.doc_id, passage.paragraph_id, sentence, instrument, name, passage.text[start:end], start, end,
        quoted, negated, not (quoted or negated), said,
    )  # fmt: skip
