"""Where the essays lie on a framing axis: three instruments, three marks a row, with random axes in grey."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.layout import Sheet, open_sheet, shorten, text_width
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import GREY, INK, RULE, SMALL, WIDE
from analysis.figures.wording import count

FRAMING = plotted(
    "framing",
    "essays on an axis",
    """title text, low text, high text, seeded float?, semantic float?, grammar float?, n_seeded int, n_semantic int,
    n_grammar int, score float?, chance_low float?, chance_high float?, agree bool, verdict text""",
)
INSTRUMENTS = ("seeded", "semantic", "grammar")
# Told apart by shape and by filling, so that a grey copy and a colour-blind eye lose nothing.
MARKS = {"seeded": ("o", "white"), "semantic": ("^", "#6FB4DC"), "grammar": ("s", "#1B4B7A")}
NAMES = {"seeded": "seeded topics", "semantic": "semantic axis", "grammar": "grammar"}
CHANCE = "#DEDEDE"
MOST, ROW, LEFT, PLOT = 40, 4.4, 58.0, 96.0  # rows a page holds; mm
COUNTS = {name: LEFT + PLOT + 8 + 8 * place for place, name in enumerate(INSTRUMENTS)}  # mm, right edges
TICKS = (-1, -0.5, 0, 0.5, 1)
_SIZES = {"seeded": 4.4, "semantic": 4.6, "grammar": 3.4}  # points, of equal weight to the eye


def plot_framing(table: pd.DataFrame) -> Figure:
    """Draw one row an essay from the low to the high pole, ordered by the mean of its marks.

    Parameters
    ----------
    table : DataFrame
        ``title, low, high`` (names of the poles), ``seeded, semantic, grammar, score`` (-1 to 1), ``n_seeded,
        n_semantic, n_grammar, chance_low, chance_high, agree, verdict``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.

    Notes
    -----
    Of more than forty essays the twenty at either end are shown. An essay without any mark is counted, not drawn.
    """
    table = FRAMING.take(table)
    ordered = _ordered(table)
    drawn = _ends(ordered)
    first = rows_of(table)[0]
    unmarked = len(table) - len(ordered)
    sheet = open_sheet(
        WIDE,
        max(len(drawn), 1) * ROW + 18,
        title=f"From “{first.low}” to “{first.high}”",
        note=f"{count(len(table), 'essay')}, three instruments. Grey: where random axes of equally frequent words put "
        "the essay. At the right: pieces of evidence of each instrument.",
        caution="" if first.agree else first.verdict,
        foot=_foot(len(drawn), len(ordered), unmarked, first.verdict if first.agree else ""),
    )
    bottom, high = sheet.bottom + 9, max(len(drawn), 1) * ROW
    axes = sheet.axes(LEFT, bottom, PLOT, high)
    axes.set(xlim=(-1.03, 1.03), ylim=(max(len(drawn), 1) - 0.5, -0.5), yticks=[])
    axes.set_xticks(TICKS, [f"{t:g}".replace("-", "−") for t in TICKS])
    axes.set_xlabel(f"← {first.low}     score     {first.high} →", color=GREY, labelpad=1.5)
    axes.grid(axis="x", color=RULE, lw=0.4)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    _key(sheet, bottom + high + 4.5)
    for number, row in enumerate(rows_of(drawn)):
        _marks(axes, number, row)
        _words(sheet, bottom + high - (number + 0.5) * ROW, row)
    return sheet.figure


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Essays with a mark, from the low to the high pole by the mean of their marks."""
    means = table[list(INSTRUMENTS)].mean(axis=1)
    marked = table.assign(mean=means)[means.notna()]
    return marked.sort_values(["mean", "title"], kind="stable").reset_index(drop=True)


def _ends(ordered: pd.DataFrame) -> pd.DataFrame:
    if len(ordered) <= MOST:
        return ordered
    return pd.concat([ordered.head(MOST // 2), ordered.tail(MOST // 2)])


def _foot(drawn: int, ordered: int, unmarked: int, verdict: str) -> str:
    parts = [verdict] if verdict else []
    if drawn < ordered:
        parts.append(f"{drawn} of {ordered:,} essays shown, those at the ends; framing.csv has all.")
    if unmarked:
        parts.append(f"{count(unmarked, 'essay')} without evidence enough for any instrument not drawn.")
    parts.append("0 is no middle: the order is what is measured.")
    return " ".join(parts)


def _key(sheet: Sheet, y: float) -> None:
    """Which mark is which instrument; headings of the counts."""
    x = LEFT
    for name in INSTRUMENTS:
        shape, face = MARKS[name]
        place = ((x + 1.5) / sheet.width, y / sheet.height)
        sheet.figure.add_artist(_mark(*place, shape, face, _SIZES[name]))
        sheet.write(x + 4, y, NAMES[name], fontsize=SMALL)
        sheet.write(COUNTS[name], y, name[:4] + ".", ha="right", fontsize=SMALL, color=GREY)
        x += 8 + text_width(NAMES[name], SMALL)
    sheet.swatch(x, y, CHANCE)
    sheet.write(x + 4, y, "random axes", fontsize=SMALL)


def _mark(x: float, y: float, shape: str, face: str, size: float) -> Line2D:
    return Line2D([x], [y], marker=shape, markersize=size, markerfacecolor=face, color=INK, markeredgewidth=0.7, ls="")


def _marks(axes: Axes, number: int, row: Any) -> None:
    """The grey bar of chance, a line through the marks, and the marks."""
    if not math.isnan(row.chance_low):
        axes.barh(number, row.chance_high - row.chance_low, left=row.chance_low, height=0.72, color=CHANCE, lw=0)
    given = [(getattr(row, name), name) for name in INSTRUMENTS if not math.isnan(getattr(row, name))]
    values = [value for value, _ in given]
    axes.plot([min(values), max(values)], [number, number], color=GREY, lw=0.6)
    for value, name in given:
        shape, face = MARKS[name]
        line = _mark(value, number, shape, face, _SIZES[name])
        line.set_clip_on(False)
        axes.add_line(line)


def _words(sheet: Sheet, y: float, row: Any) -> None:
    """Title at the left, counts at the right; grey where an instrument has too little evidence for a mark."""
    sheet.write(LEFT - 3, y, shorten(row.title, LEFT - 6), ha="right")
    for name in INSTRUMENTS:
        lacking = math.isnan(getattr(row, name))
        said = f"{getattr(row, f'n_{name}'):,}"
        sheet.write(COUNTS[name], y, said, ha="right", fontsize=SMALL, color=GREY if lacking else INK)


def alt_framing(table: pd.DataFrame) -> str:
    """Say in words which essays lie at the ends, and whether the instruments agree."""
    table = FRAMING.take(table)
    first = rows_of(table)[0]
    chart = (
        f"Dot chart of {count(len(table), 'essay')} between “{first.low}” (−1) and “{first.high}” (1), each with up to "
        "three marks: seeded topics, semantic axis and grammar."
    )
    scored = table.dropna(subset=["score"]).sort_values(["score", "title"], kind="stable")
    if not first.agree or len(scored) < 2:
        return f"{chart} {first.verdict}"
    low, high = rows_of(scored)[0], rows_of(scored)[-1]
    return (
        f"{chart} By the mean of all three “{low.title}” lies nearest to “{low.low}” ({_signed(low.score)}) and "
        f"“{high.title}” nearest to “{high.high}” ({_signed(high.score)}). {first.verdict}"
    )


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
