"""Where the essay's voice ends and the readers' begin, told from how the paragraphs read and from nothing else.

Every line of a page is asked how it would do as the first comment's first: how much more the lines below read like
comments than those above, how it opens, how the line before it closes, where lists and headings cease. A log-linear
model over all starts and "no comments at all" gives each its chance, and the start is taken whose comments are expected
to agree best with the readers' (mean F1 over all starts, by their chances), not the likeliest one.

The weights are in ``voice.csv``, trained and cross-validated by ``benchmarks/train_voice.py``; its note says on what.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from analysis.pages.chrome import is_comments_heading
from analysis.pages.stretches import find_date
from analysis.pages.voice_cues import COLUMN, CUES

Array = npt.NDArray[np.float64]

CLIP = 3.0  # log-odds: one paragraph says no more than that
LONG_PARAGRAPH = 900  # characters; comments hardly have such paragraphs in a row
TOP_LINES, SHORT_LINE = 8, 90  # where a page's date stands that no extractor took away
MOST_STARTS = 200  # likeliest starts that are weighed against each other, so that a long page takes bounded time
CLOSERS = tuple(k for k, cue in enumerate(CUES) if not cue.startswith("opens with"))  # asked of the line before a start
STARTS = (
    "sum", "sum of likely ones", "mean below", "below less above", "below against above", "four lines", "eight lines",
    "lines below", "lines above", "place", "one line below", "two lines below", "list items below", "list items above",
    "headings below", "headings above", "length below less above", "long ones below", "comments heading above",
    "comments heading two above", "own", "line before", "next", "least four lines below", "table below",
    "difference in length", "below the last list", "longer than the line before",
)  # fmt: skip
PAGES = ("any page", "lines", "last three", "any whole page", "date above", "dashed list", "dotted list")
PARTS = ("any paragraph", "longer than before", "length", "length before", "paragraphs", "long ones", "thanks")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each cue weighs: per paragraph, for a start's line and the line before it, for a start, a page and a part.

    Attributes
    ----------
    paragraph, opening : array, shape (cues,)
        In the order of ``CUES``; ``paragraph`` gives log-odds of a comment's paragraph against an essay's.
    closing : array, shape (closers,)
        In the order of ``CLOSERS``.
    start, page, part : array
        In the order of ``STARTS``, ``PAGES``, ``PARTS``.
    opens, before : array
        Whether a paragraph among comments opens one: its own cues, and those of the paragraph before it.
    base : float
        Log-odds of a paragraph without a cue.
    """

    paragraph: Array
    opening: Array
    closing: Array
    start: Array
    page: Array
    part: Array
    opens: Array
    before: Array
    base: float


@dataclass(frozen=True, slots=True)
class Voices:
    """What the paragraphs of a page say of its readers.

    Attributes
    ----------
    start : int
        Line at which the readers' part best starts, if there is one; from 1.
    expected : float
        From 0 to 1: how well the lines from there on are expected to agree with the readers' (F1 of words).
    silent : float
        Chance, from 0 to 1, that no reader speaks on the page.
    by_start : dict of int to float
        ``expected`` of the other likely starts.
    cues : tuple of str
        The cues that told the two parts apart most, best first; at most three.
    """

    start: int
    expected: float
    silent: float
    by_start: dict[int, float]
    cues: tuple[str, ...]


@functools.cache
def load_weights() -> Weights:
    """Read the trained weights that are shipped with the package.

    Examples
    --------
    >>> weights = load_weights()
    >>> bool(weights.paragraph[COLUMN["thanks"]] > 0)
    True
    """
    text = resources.files("analysis.pages").joinpath("voice.csv").read_text(encoding="utf-8")
    rows = {row["cue"]: row for row in csv.DictReader(text.splitlines())}

    def column(name: str, cues: Sequence[str]) -> Array:
        return np.array([float(rows[cue][name]) for cue in cues])

    closers = [CUES[k] for k in CLOSERS]
    return Weights(
        paragraph=column("paragraph", CUES),
        opening=column("opening", CUES),
        closing=column("closing", closers),
        start=column("start", [f"start: {name}" for name in STARTS]),
        page=column("page", [f"page: {name}" for name in PAGES]),
        part=column("part", [f"part: {name}" for name in PARTS]),
        opens=column("opens", CUES),
        before=column("before", closers),
        base=float(rows["no cue"]["paragraph"]),
    )


def read_voices(
    lines: Sequence[str], cues: npt.NDArray[np.float32], caution: float, weights: Weights | None = None
) -> Voices | None:
    """Weigh every start of a readers' part, and whether there is one.

    Parameters
    ----------
    lines : sequence of str
        The page's lines up to its comment form, stripped, without empty ones.
    cues : array, shape (lines, cues)
        From ``cue_table``.
    caution : float
        Log-odds added to "no comments", 0 for the odds of the pages it was trained on.
    weights : Weights, optional
        By default those that are shipped.

    Returns
    -------
    Voices or None
        None for a page of fewer than two lines.

    Examples
    --------
    >>> page = ["Soup is boiled.", "Salt comes last.", "Hi Ann, thanks for this great post!", "Thank you, I love it!!"]
    >>> from analysis.pages.voice_cues import cue_table
    >>> voices = read_voices(page, cue_table(page), 0.0)
    >>> voices.start, 0 < voices.silent < 1
    (2, True)
    """
    if len(lines) < 2:
        return None
    weights = weights or load_weights()
    scores = np.clip(cues @ weights.paragraph + weights.base, -CLIP, CLIP)
    logits = start_table(lines, cues, scores) @ weights.start
    logits += cues[1:] @ weights.opening + cues[:-1][:, CLOSERS] @ weights.closing
    none = float(page_row(lines, scores) @ weights.page) + caution
    top = max(none, float(logits.max()))
    chances, silent = np.exp(logits - top), float(np.exp(none - top))
    total = float(chances.sum()) + silent
    kept = np.sort(np.argsort(-chances, kind="stable")[:MOST_STARTS])
    words = np.array([1.0 + line.count(" ") for line in lines])
    below = np.cumsum(words[::-1])[::-1][1:][kept]
    agree = 2 * np.minimum(below[:, None], below) / (below[:, None] + below)
    expected = agree @ (chances[kept] / total)
    best = int(kept[expected.argmax()]) + 1
    return Voices(
        start=best,
        expected=float(expected.max()),
        silent=silent / total,
        by_start={int(k) + 1: float(value) for k, value in zip(kept, expected, strict=True)},
        cues=_telling(cues, best, weights),
    )


def _telling(cues: npt.NDArray[np.float32], start: int, weights: Weights) -> tuple[str, ...]:
    """The cues of comments that are commoner below a start than above, by weight."""
    told = (cues[start:].mean(0) - cues[:start].mean(0)) * np.maximum(weights.paragraph, 0)
    return tuple(CUES[k] for k in np.argsort(-told, kind="stable")[:3] if told[k] > 0)


def start_table(lines: Sequence[str], cues: npt.NDArray[np.float32], scores: Array) -> Array:
    """Describe every line but the first as a start: the lines below it against those above, in the order of ``STARTS``.

    Parameters
    ----------
    lines, cues
        See ``read_voices``.
    scores : array, shape (lines,)
        How much each line reads like a comment, log-odds.

    Returns
    -------
    array, shape (lines - 1, starts)
    """
    n, at = len(lines), np.arange(1, len(lines))
    sizes = np.array([len(line) for line in lines], float)
    logs = np.log1p(sizes)
    items, headings = cues[:, COLUMN["list item"]], cues[:, COLUMN["like a heading"]]
    heads = np.array([is_comments_heading(line) for line in lines], float)
    score, size = _means(scores, at), _means(logs, at)
    item, heading = _means(items, at), _means(headings, at)
    difference = score[0] - score[1]
    likely, sums = np.maximum(scores, 0)[::-1].cumsum()[::-1], scores[::-1].cumsum()[::-1]
    fours = (np.append(0, scores.cumsum())[np.minimum(n, np.arange(n) + 4)] - np.append(0, scores.cumsum())[:-1]) / (
        np.minimum(n, np.arange(n) + 4) - np.arange(n)
    )
    lists = np.flatnonzero(items)
    tables = cues[:, COLUMN["table"]][::-1].cumsum()[::-1]
    columns = (
        sums[1:] / 5,
        likely[1:] / 5,
        score[0],
        difference,
        difference * np.sqrt((n - at) * at / n) / (scores.std() + 0.5) / 2,
        _window(scores, at, 4),
        _window(scores, at, 8),
        np.log(n - at),
        np.log(at),
        at / n,
        n - at == 1,
        n - at == 2,
        *item,
        *heading,
        size[0] - size[1],
        _means(sizes > LONG_PARAGRAPH, at)[0],
        heads[:-1],
        np.append(0, heads)[:-2],
        scores[1:],
        scores[:-1],
        np.append(scores[2:], 0),
        np.minimum.accumulate(fours[::-1])[::-1][1:],
        tables[1:] > 0,
        np.abs(size[0] - size[1]),
        at > (lists[-1] if len(lists) else -1),
        logs[1:] - logs[:-1],
    )
    return np.column_stack([np.asarray(column, float) for column in columns])


def _means(values: npt.NDArray[np.generic], at: npt.NDArray[np.int_]) -> tuple[Array, Array]:
    """Mean of the values from each place on, and before it."""
    sums = np.append(0, np.cumsum(values, dtype=float))
    return (sums[-1] - sums[at]) / (len(values) - at), sums[at] / at


def _window(scores: Array, at: npt.NDArray[np.int_], width: int) -> Array:
    """Mean of the next ``width`` values less that of the last ones."""
    sums = np.append(0, scores.cumsum())
    last, first = np.minimum(len(scores), at + width), np.maximum(0, at - width)
    return (sums[last] - sums[at]) / (last - at) - (sums[at] - sums[first]) / (at - first)


def page_row(lines: Sequence[str], scores: Array, *, whole: bool = True) -> Array:
    """Describe a page as one without comments, in the order of ``PAGES``.

    A page that kept the date above its essay would have kept those of its comments; an extractor's text with its dashed
    lists lost them anyway, so that missing marks say nothing there.

    Parameters
    ----------
    lines, scores
        See ``start_table``.
    whole : bool
        False for pages put together for training, whose furniture says nothing.
    """
    dated = any(
        len(line) < SHORT_LINE and (date := find_date(line)) and date.weight >= 1.5 for line in lines[:TOP_LINES]
    )
    dashed, dotted = (any(line.startswith(mark) for line in lines) for mark in ("- ", "•"))
    row = np.array([1, np.log(len(lines)), scores[-3:].mean(), 1, dated, dashed, dotted], float)
    return row if whole else row * [1, 1, 1, 0, 0, 0, 0]


def part_table(lines: Sequence[str], cues: npt.NDArray[np.float32]) -> Array:
    """Describe each paragraph among comments as one that opens a comment: its cues, those before it, ``PARTS``.

    Parameters
    ----------
    lines, cues
        The comment part alone; the first line counts as having nothing before it.

    Returns
    -------
    array, shape (lines, cues + closers + parts)
    """
    logs = np.log([len(line) + 1.0 for line in lines])
    before = np.vstack([np.zeros((1, len(CLOSERS))), cues[:-1][:, CLOSERS]])
    logs_before = np.append(logs[:1], logs[:-1])
    n = np.ones(len(lines))
    thanks = cues[:, COLUMN["thanks"]].mean()
    parts = (n, logs - logs_before, logs - logs.mean(), logs_before - logs.mean(), n * np.log(len(lines)))
    return np.hstack([cues, before, np.column_stack([*parts, n * (logs > 5).mean(), n * thanks])])
