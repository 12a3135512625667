"""What changed between two versions of an essay: the passages side by side, with the words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.layout import (
    MARGIN,
    Sheet,
    boxes_note,
    drawable,
    line_height,
    open_sheet,
    shorten,
    text_width,
    wrap,
)
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import ADDED_COLOUR, BODY, CUT_COLOUR, GREY, SMALL, TALLEST, WIDE
from analysis.figures.wording import count, listed

VERSION_DIFF = plotted(
    "version_diff",
    "passages of two versions of an essay",
    "pair text, number int, kind text, change text?, text_a text?, text_b text?, words_a int?, words_b int?",
)
KINDS = ("reworded", "cut", "added", "same")
ROOM = TALLEST - 30  # mm for passages; the rest is headline and foot
LINES = 12  # of one passage; a longer one is cut with an ellipsis
PAIRS_SAID = 3  # in the alternative text; the table has all
CONTEXT = 8  # unchanged words kept on either side of a change
COMPARED = 1500  # words of a passage that are compared: aligning longer ones takes seconds and fills no figure
NUMBER, KIND, GUTTER, SPACE = 25.0, 6.5, 6.0, 2.6  # mm
COLUMN = (WIDE - 2 * MARGIN - NUMBER - GUTTER) / 2  # mm
STARTS = (MARGIN + NUMBER, MARGIN + NUMBER + COLUMN + GUTTER)  # mm, of the two columns
ELLIPSIS = "…"
_SIGNS = re.compile(r"[\W_]+")
Word = tuple[str, bool]


@dataclass(frozen=True)
class Block:
    """A passage, or the heading of a pair, ready to be drawn.

    Attributes
    ----------
    head : str
        Heading of a pair; empty for a passage.
    name : list of str
        Number, kind and sort of change of a passage, a line each; what changed in a pair.
    left, right : list
        Lines of words with a mark whether each is changed.
    """

    head: str
    name: list[str]
    left: list[list[Word]]
    right: list[list[Word]]

    @property
    def height(self) -> float:
        """mm, with the space below."""
        if self.head:
            return 3.1 * line_height(BODY) + 3
        return max(len(self.left), len(self.right), len(self.name) - 1) * line_height(BODY) + SPACE


def mark_words(before: str, after: str) -> tuple[list[Word], list[Word]]:
    """Align two passages word by word and say of each word whether it changed; case and punctuation do not count.

    Examples
    --------
    >>> mark_words("The old boat.", "the new boat")[1]
    [('the', False), ('new', True), ('boat', False)]
    """
    a, b = drawable(before).split()[:COMPARED], drawable(after).split()[:COMPARED]
    left, right = [True] * len(a), [True] * len(b)
    for block in SequenceMatcher(None, _keys(a), _keys(b), autojunk=False).get_matching_blocks():
        left[block.a : block.a + block.size] = [False] * block.size
        right[block.b : block.b + block.size] = [False] * block.size
    return list(zip(a, left, strict=True)), list(zip(b, right, strict=True))


def _keys(words: list[str]) -> list[str]:
    """What is compared of each word: its letters and digits, or its signs where it has none."""
    return [_SIGNS.sub("", word).casefold() or word for word in words]


def near_changes(words: list[Word]) -> list[Word]:
    """Leave out long unchanged stretches, an ellipsis for each; a passage without a change keeps its beginning."""
    places = [i for i, (_, changed) in enumerate(words) if changed]
    if not places:
        return words if len(words) <= 3 * CONTEXT else [*words[: 3 * CONTEXT], (ELLIPSIS, False)]
    keep = {j for i in places for j in range(i - CONTEXT, i + CONTEXT + 1)}
    out: list[Word] = []
    for i, word in enumerate(words):
        if i in keep:
            out.append(word)
        elif not out or out[-1][0] != ELLIPSIS:
            out.append((ELLIPSIS, False))
    return out


def set_lines(words: list[Word], width: float) -> list[list[Word]]:
    """Fill lines of a width in mm, at most ``LINES`` of them."""
    lines: list[list[Word]] = [[]]
    used, blank = 0.0, text_width("n n") - text_width("nn")
    for word, changed in words:
        word = shorten(word, width)
        size = text_width(word)
        if lines[-1] and used + size > width:
            if len(lines) == LINES:
                lines[-1].append((ELLIPSIS, False))
                return lines
            lines.append([])
            used = 0.0
        lines[-1].append((word, changed))
        used += size + blank
    return lines


def _blocks(table: pd.DataFrame, width: float) -> list[Block]:
    """Headings and changed passages, in the table's order."""
    blocks = []
    for pair, rows in table.groupby("pair", sort=False):
        blocks.append(Block(str(pair), [_said(rows)], [], []))
        for row in rows_of(rows[rows["kind"] != "same"]):
            left, right = mark_words(row.text_a or "", row.text_b or "")
            sort = wrap(row.change, NUMBER - KIND - 2, SMALL, lines=3) if row.change and row.change != row.kind else []
            lines = [set_lines(near_changes(words), width) for words in (left, right)]
            blocks.append(Block("", [str(row.number), row.kind, *sort], *lines))
    return blocks


def _said(rows: pd.DataFrame) -> str:
    """What changed in a pair, counted."""
    kinds = rows["kind"].value_counts().to_dict()
    parts = listed([f"{kinds[k]:,} {k}" for k in KINDS if k in kinds])
    before, after = (int(rows[side].fillna(0).sum()) for side in ("words_a", "words_b"))
    return f"{count(len(rows), 'passage')}: {parts}; from {before:,} to {after:,} words"


def _that_fit(blocks: list[Block]) -> list[Block]:
    """Blocks from the first on that fit the page; a heading never stands last."""
    fitting: list[Block] = []
    used = 0.0
    for block in blocks:
        used += block.height
        if used > ROOM and fitting:
            break
        fitting.append(block)
    while len(fitting) > 1 and fitting[-1].head and len(fitting) < len(blocks):
        fitting.pop()
    return fitting


def plot_version_diff(table: pd.DataFrame) -> Figure:
    """Set cut, added and reworded passages in two columns, the changed words on a tint.

    Parameters
    ----------
    table : DataFrame
        ``pair, number, kind (same, cut, added, reworded), change, text_a, text_b, words_a, words_b``,
        one row a passage.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = VERSION_DIFF.take(table)
    blocks = _blocks(table, COLUMN)
    drawn = _that_fit(blocks)
    whole = sum(not b.head for b in blocks)
    part = sum(not b.head for b in drawn)
    cut = f"{part:,} of {whole:,} changed passages shown; version_diff.csv has all. " if part < whole else ""
    sheet = open_sheet(
        WIDE,
        sum(b.height for b in drawn) + 1,
        title="What changed between versions of an essay",
        note=f"{count(whole, 'changed passage')} of {len(table):,}. Left: words only the first version has; "
        "right: words only the second has.",
        foot=f"{cut}An ellipsis stands for words left out here. Which version is older is known only where both "
        f"are dated. {boxes_note([*table['text_a'], *table['text_b']])}".rstrip(),
    )
    page, y = sheet.page(), sheet.top
    for block in drawn:
        _heading(sheet, block, y) if block.head else _passage(sheet, page, block, y)
        y -= block.height
        sheet.rule(y + SPACE / 2)
    return sheet.figure


def _heading(sheet: Sheet, block: Block, top: float) -> None:
    """Name of a pair, what changed in it, and which column is which."""
    y = top - 1.2 - line_height(BODY) / 2
    sheet.write(MARGIN, y, shorten(block.head, WIDE - 2 * MARGIN, bold=True), weight="bold")
    sheet.write(MARGIN, y - line_height(BODY), block.name[0], color=GREY)
    for words, x in zip(("first version", "second version"), STARTS, strict=True):
        sheet.write(x, y - 2.2 * line_height(BODY), words, fontsize=SMALL, color=GREY)


def _passage(sheet: Sheet, page: Axes, block: Block, top: float) -> None:
    """Number and kind of a passage, and its two columns."""
    number, *kinds = block.name
    sheet.write(MARGIN, top - line_height(BODY) / 2, number, weight="bold")
    for place, line in enumerate(kinds):
        sheet.write(MARGIN + KIND, top - (place + 0.5) * line_height(BODY), line, fontsize=SMALL, color=GREY)
    for lines, left, colour in zip((block.left, block.right), STARTS, (CUT_COLOUR, ADDED_COLOUR), strict=True):
        if not any(lines):
            sheet.write(left, top - line_height(BODY) / 2, "–", color=GREY)
        for place, words in enumerate(lines):
            y = top - (place + 0.5) * line_height(BODY)
            sheet.write(left, y, " ".join(word for word, _ in words))
            _tints(page, words, (left, y), colour)


def _tints(page: Axes, line: list[Word], start: tuple[float, float], colour: str) -> None:
    """Tint the changed words of a line; the blank between two changed words is tinted too."""
    x, y = start
    high = line_height(BODY) * 0.92
    for changed, run in groupby(range(len(line)), key=lambda i: line[i][1]):
        if changed:
            places = list(run)
            until, run_words = line[: places[-1] + 1], line[places[0] : places[-1] + 1]
            end = text_width(" ".join(word for word, _ in until))
            begin = end - text_width(" ".join(word for word, _ in run_words))
            page.add_patch(Rectangle((x + begin - 0.3, y - high / 2), end - begin + 0.6, high, fc=colour, ec="none"))


def alt_version_diff(table: pd.DataFrame) -> str:
    """Say in words how many passages of each pair were cut, added and reworded."""
    table = VERSION_DIFF.take(table)
    pairs = list(table.groupby("pair", sort=False))
    said = "; ".join(f"{pair}: {_said(rows)}" for pair, rows in pairs[:PAIRS_SAID])
    more = f"; and {count(len(pairs) - PAIRS_SAID, 'further pair')}" if len(pairs) > PAIRS_SAID else ""
    return f"Passages of {count(len(pairs), 'pair')} of versions of an essay, in two columns. {said}{more}."
