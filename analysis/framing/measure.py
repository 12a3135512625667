"""Measuring how essays frame something: three instruments, whether they agree, and what random axes would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.errors import TopicError
from analysis.framing.agreement import FEWEST_ESSAYS, stat_agreement
from analysis.framing.axis import FEWEST_SEEDS, Axis, find_axis
from analysis.framing.essays import combine_scores, judge, stat_essays
from analysis.framing.evidence import gather_evidence
from analysis.framing.grammar import read_relation
from analysis.framing.instruments import run_instruments
from analysis.framing.passages import Passage, read_passages
from analysis.framing.placebo import COLUMNS, PlaceboDrawer, axis_row, stat_placebos
from analysis.records import hash_settings
from analysis.text import language_of
from analysis.tokens import grammar_version
from analysis.tokens.grammar import Progress
from analysis.topics import WordVectors, load_vectors, train_vectors
from analysis.topics.vectors import METHODS

PLACEBOS = 20  # the least with which "beyond all of them" means less than one in twenty by chance
FEWEST = 2  # essays; with one there is nothing to compare
_SAMPLE = 20_000  # characters by which the language is told


@dataclass(frozen=True, eq=False)
class Framing:
    """How the essays of a corpus lie on an axis, as far as it can be told.

    Attributes
    ----------
    axis : Axis
    essays : DataFrame
        One row an essay, by doc_id: doc_id; seeded, semantic, grammar (from -1, the low pole, to 1; NaN below three
        pieces of evidence); n_seeded, n_semantic, n_grammar (pieces that count); quoted, negated (pieces that do not);
        bias, intensity (of the semantic axis, as FrameAxis defines them); score (mean of the three where the
        instruments agree, else NaN); reason (why there is no score; None where there is one); chance_low, chance_high
        (lowest and highest mean of the three that a placebo gives the essay).
    evidence : DataFrame
        As ``gather_evidence`` gives it.
    agreement : DataFrame
        As ``stat_agreement`` gives it, with ``verdict`` in the row of all three (else None).
    placebo : DataFrame
        One row an axis, the real one first (axis 0, kind "real"): separation by instrument, their mean, agreement.
    agree : bool
        Whether a score may be quoted at all.
    notes : tuple of str
    settings : mapping
        What made it.
    """

    axis: Axis
    essays: pd.DataFrame = field(repr=False)
    evidence: pd.DataFrame = field(repr=False)
    agreement: pd.DataFrame = field(repr=False)
    placebo: pd.DataFrame = field(repr=False)
    agree: bool
    notes: tuple[str, ...]
    settings: Mapping[str, Any] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))


def measure_framing(
    texts: pd.DataFrame,
    axis: str | Path | Axis,
    *,
    seed: int,
    vectors: WordVectors | str | Path | None = None,
    placebos: int = PLACEBOS,
    progress: Progress | None = None,
) -> Framing:
    """Say where each essay lies between two poles, by three instruments, and whether to believe it.

    Parameters
    ----------
    texts : DataFrame
        One row a paragraph: doc_id, paragraph_id, text; ``words`` where they are parsed already. Each essay once.
    axis : str, Path or Axis
        As for ``find_axis``.
    seed : int
        Of the placebos, the bootstrap and the seeded model.
    vectors : WordVectors, str or Path, optional
        Word vectors, or the path of a file of them in word2vec's text format; or how to train them on the texts,
        ``"ppmi"`` (the default) or ``"word2vec"`` (gensim), as ``topics.train_vectors`` describes.
    placebos : int
        How many random axes; 0 for none, and then no verdict is favourable.
    progress : callable, optional
        Told the stage, how much is done and of how much.

    Returns
    -------
    Framing

    Raises
    ------
    TopicError
        If a column is missing, there are fewer than two essays, they are in another language than the axis, hardly any
        seed word of a pole occurs, or no noun of the audience does.

    Notes
    -----
    The instruments: topics seeded with the poles' words (``topics.fit_guided``), a semantic axis through word vectors
    (An, Kwak & Ahn 2018; Kwak et al. 2021), and grammar: whether the audience is acted on or takes part. A score is the
    balance ``(high - low) / (high + low)`` of an instrument's weights. What is quoted, reported or denied counts for
    no pole and is counted apart. They *agree* where Krippendorff's alpha of their orders is .667 or more, its interval
    and that of each pair's rank correlation lie above 0, and at most one in twenty random axes, this one counted in,
    agrees as well. The first two
    instruments share their seeds, so some agreement is made by hand: that is what the placebos, which share theirs
    too, are for.

    The order of essays is what is measured: 0 is no middle, and a score of one corpus cannot be held against another's.
    Irony, and a view set out only to be rejected a paragraph later, are taken at their word. Needs English.
    """
    told, axis = progress or _silent, find_axis(axis)
    _check_request(texts, axis, placebos)
    passages = read_passages(texts, progress=told)
    seeds, notes = _occurring(passages, axis)
    known = _vectors(vectors, passages, seeds, seed)
    reader = partial(read_relation, axis)
    told("measuring", 0, 1)
    measured = run_instruments(passages, seeds, reader, known, seed=seed)
    told("measuring", 1, 1)
    essays = [passage.doc_id for passage in passages]
    drawer = PlaceboDrawer(passages, axis, seeds)
    drawn, chance = stat_placebos(passages, drawer, known, number=placebos, seed=seed, progress=told)
    if dropped := placebos - len(drawn):
        notes += (f"Random axes not tried, as too few words are as frequent as the seeds: {dropped} of {placebos}.",)
    real = pd.DataFrame([axis_row(0, "real", seeds, measured, essays)], columns=COLUMNS)
    placebo = pd.concat([real, drawn], ignore_index=True) if len(drawn) else real
    evidence = gather_evidence(passages, axis, measured, reader, seeds)
    table, scores = stat_essays(measured, evidence, essays)
    agreement, agree = judge(stat_agreement(scores, seed=seed), placebo)
    made_by = {"axis": axis.name, "seed": seed, "placebos": placebos, "vectors": dict(known.settings)}
    return Framing(
        axis=axis,
        essays=combine_scores(table, scores, chance, agree=agree),
        evidence=evidence,
        agreement=agreement,
        placebo=placebo,
        agree=agree,
        notes=notes,
        settings={**made_by, "grammar": grammar_version(), "axis_hash": hash_settings(asdict(axis))[:12]},
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Progress told to nobody."""


def _check_request(texts: pd.DataFrame, axis: Axis, placebos: int) -> None:
    if placebos < 0:
        raise TopicError(f"The number of placebo axes is 0 or more; found {placebos}.")
    if "doc_id" in texts.columns and texts["doc_id"].nunique() < FEWEST:
        raise TopicError(
            f"Framing compares essays with each other, and there {'is 1' if len(texts) else 'are none'}; give at least "
            f"{FEWEST}, better {FEWEST_ESSAYS} or more."
        )
    if "text" in texts.columns:
        language = language_of("\n".join(texts["text"].head(200))[:_SAMPLE])
        if language not in (None, axis.language):
            raise TopicError(
                f"The axis {axis.name!r} is in the language {axis.language!r}, and these texts look like {language!r}. "
                "Leave out what is in other languages; the grammar knows English only."
            )


def _occurring(passages: Sequence[Passage], axis: Axis) -> tuple[tuple[list[str], list[str]], tuple[str, ...]]:
    """Seeds of both poles that the writers use in their own name, and what to say of the rest."""
    said = Counter(word for passage in passages for word in passage.own_lemmas)
    found: list[list[str]] = []
    notes = []
    for pole in axis.poles:
        there = [word for word in pole.words if said[word]]
        absent = [word for word in pole.words if not said[word]]
        if len(there) < FEWEST_SEEDS:
            raise TopicError(
                f"Of the {len(pole.words)} seed words of {pole.name!r} {len(there)} occur in these texts, and "
                f"{FEWEST_SEEDS} are needed. Not found: {', '.join(absent)}. Seeds are lemmas (“reader”, not "
                "“readers”); give words that these texts use."
            )
        if absent:
            notes.append(f"Seed words of “{pole.name}” that do not occur: {', '.join(absent)}.")
        found.append(there)
    nouns = {relation.noun for passage in passages for relation in passage.relations}
    if not nouns & set(axis.audience):
        raise TopicError(
            f"No noun for those addressed occurs in these texts: {', '.join(axis.audience)}. Give the axis the nouns "
            "these texts use, in `audience`."
        )
    return (found[0], found[1]), tuple(notes)


def _vectors(
    given: WordVectors | str | Path | None,
    passages: Sequence[Passage],
    seeds: tuple[list[str], list[str]],
    seed: int,
) -> WordVectors:
    if given is None or given in METHODS:
        # every seed is said at least once but may be too rare for a vector of its own
        vectors = train_vectors([passage.lemmas for passage in passages], seed=seed, method=str(given or METHODS[0]))
    else:
        vectors = given if isinstance(given, WordVectors) else load_vectors(given)
    known = set(vectors.vocabulary)
    for words in seeds:
        if not known & set(words):
            raise TopicError(
                f"None of these seed words has a word vector: {', '.join(words)}. Trained on a corpus, vectors know "
                "words that occur twice; give more common seeds, or vectors of your own."
            )
    return vectors
