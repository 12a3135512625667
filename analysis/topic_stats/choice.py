"""How many topics? Three things the number trades against each other, and whether the data decides between numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.errors import TopicError
from analysis.topic_stats.choice_verdict import MEASURES, judge
from analysis.topic_stats.coherence import Floats, PairCounts, Words, count_pairs, npmi_by_topic
from analysis.topic_stats.held_out import foretell
from analysis.topic_stats.reading import FEWEST, MOST, PARAGRAPHS_A_TOPIC, choose_number
from analysis.topic_stats.stability import WORDS_FROM, interval_of_draws, match_topics
from analysis.topics import TopicModel, fit_topics
from analysis.topics.fit import AUTO, choose_engine

PARTS = 5  # essays are left out in fifths: four fifths are fitted on, as for the stability of topics
FEWEST_ESSAYS = 3  # below that nothing is left out that another essay could tell of
_STEPS = (0.25, 0.5, 0.75, 1, 1.5, 2, 3)  # times the number that the size of the corpus suggests
_LEVEL = 0.95  # of every interval
BOUNDS = {"gain": (-np.inf, np.inf), "stability": (0.0, 1.0), "npmi": (-1.0, 1.0)}


@dataclass(frozen=True)
class Trial:
    """How numbers of topics are tried.

    Attributes
    ----------
    engine : str
        A name in ``analysis.topics.ENGINES``, or "auto" for the one that suits the documents' length.
    repeats : int
        How often the essays are parted anew, at least 1; each time every essay is left out once.
    """

    engine: str = "nmf-lda"
    repeats: int = 2


@dataclass(frozen=True)
class TopicChoice:
    """What speaks for which number of topics.

    Attributes
    ----------
    table : DataFrame
        One row a number tried; see ``choose_topics``.
    left_out : DataFrame
        ``number`` and ``reason`` of each number that could not be tried.
    verdict : str
        One to three sentences.
    """

    table: pd.DataFrame
    left_out: pd.DataFrame
    verdict: str


def default_numbers(n_essays: int, n_paragraphs: int) -> list[int]:
    """Numbers of topics worth trying: around the one that the size of the corpus suggests, a quarter to three times it.

    Examples
    --------
    >>> default_numbers(48, 445), default_numbers(5, 40), default_numbers(3, 12)
    ([2, 4, 6, 8, 12, 16, 24], [2, 3, 4, 6], [2])
    """
    middle = choose_number(n_essays, n_paragraphs)
    most = max(FEWEST, min(MOST, n_paragraphs // PARAGRAPHS_A_TOPIC))
    return sorted({min(most, max(FEWEST, round(step * middle))) for step in _STEPS})


def choose_topics(
    documents: Words,
    groups: Sequence[str],
    *,
    numbers: Iterable[int] | None = None,
    seed: int,
    trial: Trial | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> TopicChoice:
    """Compare numbers of topics by what they foretell of essays left out, by how steady and how coherent they are.

    Parameters
    ----------
    documents : sequence of sequence of str
        Tokens of each paragraph.
    groups : sequence of str
        Essay of each paragraph: whole essays are left out, each family of essays once.
    numbers : iterable of int, optional
        Numbers of topics to try; by default ``default_numbers``.
    seed : int
        Parts the essays; the only source of chance.
    trial : Trial, optional
    progress : callable, optional
        Told how many fits are done and of how many.

    Returns
    -------
    TopicChoice
        Its table has one row a number, rising: ``number``; ``gain`` (how much likelier the topics make a word of an
        essay left out than its frequency alone does, mean natural logarithm; above 0 = topics tell something),
        ``perplexity`` (the same as the number of words to guess from, lower = better), ``stability`` (mean overlap of
        the topics' words between the fit on all essays and those on parts, 0 to 1), ``npmi`` (mean coherence of the
        fits on parts, counted on all paragraphs, -1 to 1); for gain, stability and npmi ``X_low`` and ``X_high`` (95 %
        interval) and ``X_level`` (whether it is not worse than the best number beyond the 95 % interval of the paired
        difference); ``levels``, ``candidate`` and ``recommended`` as from ``choice_verdict.judge``; and the same in
        each row ``essays``, ``paragraphs`` (with words), ``draws`` and ``verdict``.

    Raises
    ------
    TopicError
        If groups and documents differ in number, fewer than three essays have words, or no number can be tried.

    Notes
    -----
    Held-out fit by document completion (``held_out.foretell``); its intervals are over essays, each with the words of
    its own that were foretold (ratio estimate, Cochran 1977, ch. 6). Intervals of stability and coherence are over
    draws that share essays (``stability.interval_of_draws``). Comparisons are paired and not corrected for the number
    of numbers tried: the best of many looks a little better than it is. A number that is level with the best is not
    shown to be as good; with few essays nearly all are level, and the verdict then says that the data does not decide.
    None of the three measures what readers make of topics (Chang et al. 2009): try the marked number, and read.

    Each number takes as many fits as there are draws, and one more: mind that before trying many on a large corpus.
    """
    trial = trial or Trial()
    essays = _check(documents, groups, trial)
    texts = sum(map(bool, documents))
    wanted = list(numbers) if numbers is not None else default_numbers(len(essays), texts)
    if odd := [number for number in wanted if isinstance(number, bool) or not isinstance(number, int | np.integer)]:
        raise TopicError(f"Numbers of topics are whole numbers from 2 on; found {odd[0]!r}.")
    asked = sorted(set(wanted))
    parts = _part(essays, trial.repeats, seed)
    tried, left_out, steps = [], [], len(asked) * (len(parts) + 1)
    engine = choose_engine(documents) if trial.engine == AUTO else trial.engine
    corpus = _Corpus(documents, groups, parts, WORDS_FROM.get(engine, engine), seed, essays)
    pairs = count_pairs(documents)
    for place, number in enumerate(asked):
        try:
            tried.append(_try(corpus, number, pairs, _tell(progress, place * (len(parts) + 1), steps)))
        except TopicError as error:
            left_out.append((number, str(error)))
    if progress:
        progress(steps, steps)
    dropped = pd.DataFrame(left_out, columns=["number", "reason"])
    if not tried:
        why = f": {dropped['reason'].iloc[0]}" if len(dropped) else "."
        raise TopicError(f"None of the {len(asked)} numbers of topics asked for could be tried{why}")
    table, verdict = judge(_measure(tried, 1 - 1 / min(PARTS, len(essays))))
    about: dict[str, Any] = {"essays": len(essays), "paragraphs": texts, "draws": len(parts), "verdict": verdict}
    return TopicChoice(table.assign(**about), dropped, verdict)


@dataclass(frozen=True)
class _Corpus:
    documents: Words
    groups: Sequence[str]
    parts: list[set[str]]
    engine: str
    seed: int
    essays: list[str]


@dataclass(frozen=True)
class _Tried:
    """One number: by essay what was foretold, by the topics and by frequency alone; by draw the other measures."""

    number: int
    topics: Floats
    alone: Floats
    words: Floats
    stability: Floats
    npmi: Floats


def _check(documents: Words, groups: Sequence[str], trial: Trial) -> list[str]:
    """Names of the essays with words, sorted."""
    if len(documents) != len(groups) or trial.repeats < 1:
        raise TopicError(
            f"Numbers of topics cannot be compared: {len(documents)} documents, {len(groups)} groups, {trial.repeats} "
            "repeats. Give one group a document and at least 1 repeat."
        )
    essays = sorted({str(group) for document, group in zip(documents, groups, strict=True) if document})
    if len(essays) < FEWEST_ESSAYS:
        raise TopicError(
            f"Numbers of topics cannot be compared: {len(essays)} essay(s) have words, and at least {FEWEST_ESSAYS} "
            "are needed, because topics are tried on essays they were not fitted on. Add essays."
        )
    return essays


def _part(essays: list[str], repeats: int, seed: int) -> list[set[str]]:
    """Sets of essays to leave out, each essay once a repeat."""
    number = min(PARTS, len(essays))
    orders = [np.random.default_rng([seed, repeat]).permutation(len(essays)) for repeat in range(repeats)]
    return [{essays[place] for place in order[part::number]} for order in orders for part in range(number)]


def _tell(progress: Callable[[int, int], None] | None, begun: int, steps: int) -> Callable[[int], None]:
    """Tell how many fits are done of one number, counted with those before it."""

    def told(done: int) -> None:
        if progress:
            progress(begun + done, steps)

    return told


def _try(corpus: _Corpus, number: int, pairs: PairCounts, told: Callable[[int], None]) -> _Tried:
    """Fit one number of topics on all essays and on all but each part."""
    place = {name: row for row, name in enumerate(corpus.essays)}
    sums = np.zeros((3, len(place)))
    stability, npmi = [], []
    whole = _fit(corpus, corpus.documents, number)
    for draw, out in enumerate(corpus.parts):
        told(draw + 1)
        named = list(zip(corpus.documents, map(str, corpus.groups), strict=True))
        fitted = [document for document, name in named if name not in out]
        held = [(document, place[name]) for document, name in named if name in out and document]
        model = _fit(corpus, fitted, number)
        stability.append(float(match_topics(whole.words, model.words)["jaccard"].mean()))
        npmi.append(float(np.nanmean(npmi_by_topic(model.words, pairs))))
        told_of = foretell(model, fitted, [document for document, _ in held])
        for row, values in enumerate((told_of.topics, told_of.alone, told_of.words)):
            sums[row] += np.bincount([essay for _, essay in held], values, minlength=len(place))
    return _Tried(number, sums[0], sums[1], sums[2], np.array(stability), np.array(npmi))


def _fit(corpus: _Corpus, documents: Words, number: int) -> TopicModel:
    return fit_topics(documents, number=number, seed=corpus.seed, engine=corpus.engine)


def _measure(tried: list[_Tried], share: float) -> pd.DataFrame:
    """Each measure with its interval, and whether it is level with the best."""
    words = tried[0].words  # the same for every number: which words are foretold depends on the parts alone
    gains = np.array([one.topics - one.alone for one in tried]).T
    draws = {"stability": np.array([one.stability for one in tried]).T, "npmi": np.array([one.npmi for one in tried]).T}
    columns: dict[str, npt.NDArray[Any]] = {"number": np.array([one.number for one in tried])}
    for name in MEASURES:
        values = gains if name == "gain" else draws[name]

        def interval(of: Floats, name: str = name) -> tuple[Floats, Floats, Floats]:
            return _ratio_interval(of, words) if name == "gain" else interval_of_draws(of, share=share)

        mean, low, high = interval(values)
        _, _, behind = interval(values - values[:, [int(np.argmax(mean))]])
        least, most = BOUNDS[name]
        bounds = {f"{name}_low": low.clip(least, most), f"{name}_high": high.clip(least, most)}
        columns |= {name: mean, **bounds, f"{name}_level": behind >= 0}
    columns["perplexity"] = np.exp([-one.topics.sum() / words.sum() for one in tried])
    return pd.DataFrame(columns)


def _ratio_interval(values: Floats, words: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean a word of what essays (n, K) sum to, and its interval over essays."""
    from scipy.stats import t

    there = words > 0
    values, words = values[there], words[there]
    mean = values.sum(axis=0) / words.sum()
    off = values - mean * words[:, None]
    error = np.sqrt(len(words) / (len(words) - 1) * (off**2).sum(axis=0)) / words.sum()
    half = t.ppf((1 + _LEVEL) / 2, len(words) - 1) * error
    return mean, mean - half, mean + half
