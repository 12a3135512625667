"""Type set in millimetres: measuring, wrapping and cutting text, and the sheet on which a figure stands.

Everything is placed by hand from measured widths; no automatic layout, so nothing moves with a version's taste.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from analysis.figures.style import BODY, CAUTION, GREY, INK, MM, RULE, SMALL, TITLE

POINT = 25.4 / 72  # mm
LEADING = 1.28  # line height as a multiple of the type size
BASELINE = 0.33  # of the type size below the middle of a line: halfway between small letters and capitals
MARGIN = 2.0  # mm of white around a figure
MISSING = "\u25a1"  # stands for a character the figures' font lacks
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # a tie (no-break space) stays
_TIES = re.compile(r"(?<=\bn) = (?=[\d.])|(?<=\d) (?=%)")  # a number is not torn from its unit
_FONTS = Path(get_data_path()) / "fonts" / "ttf"


@cache
def _known_characters() -> frozenset[int]:
    """Code points that both weights of the figures' font can draw."""
    maps = [get_font(str(_FONTS / f"DejaVuSans{weight}.ttf")).get_charmap() for weight in ("", "-Bold")]
    return frozenset(maps[0]) & frozenset(maps[1])


def drawable(text: object) -> str:
    """Make a text fit to be drawn in one line: blanks squeezed, controls out, what the font lacks shown as a box.

    The table beside the figure keeps the text as it was.

    Examples
    --------
    >>> drawable("A title\\n  in two lines \\x07"), drawable("猫 cat")
    ('A title in two lines', '□ cat')
    """
    known = _known_characters()
    plain = _BLANKS.sub(" ", unicodedata.normalize("NFC", str(text))).strip()
    plain = _TIES.sub(lambda tie: tie[0].replace(" ", "\u00a0"), plain)
    kept = (c for c in plain if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return "".join(c if ord(c) in known else MISSING for c in kept).strip()


def boxes_note(texts: Iterable[object]) -> str:
    """Explain the boxes of a figure where there are any.

    Examples
    --------
    >>> boxes_note(["cat", "猫"]), boxes_note(["cat"])
    ('□: a character that the figure’s font lacks.', '')
    """
    return f"{MISSING}: a character that the figure’s font lacks." if any(MISSING in drawable(t) for t in texts) else ""


@cache
def text_width(text: str, size: float = BODY, bold: bool = False) -> float:
    """Width in mm of a drawable text set in one line."""
    font = FontProperties(fname=str(_FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf"), size=size)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False) if text else (0.0, 0, 0)
    return float(width) * POINT


def line_height(size: float = BODY) -> float:
    """Height in mm of a line of type."""
    return size * LEADING * POINT


def _fit(word: str, width: float, size: float, bold: bool) -> int:
    """How many of a word's characters fit, at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text_width(word[:middle], size, bold) <= width else (low, middle - 1)
    return low


def shorten(text: object, width: float, size: float = BODY, *, bold: bool = False) -> str:
    """Cut a text to a width in mm, with an ellipsis where something is lost.

    Examples
    --------
    >>> shorten("Short", 50), shorten("A title that goes on and on and on", 20)
    ('Short', 'A title that go…')
    """
    line = drawable(text)
    if text_width(line, size, bold) <= width:
        return line
    return line[: _fit(line, width - text_width("…", size, bold), size, bold)].rstrip(" ,;:-–(") + "…"


def wrap(text: object, width: float, size: float = BODY, *, lines: int = 99, bold: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` mm; a text too long for ``lines`` ends with an ellipsis.

    Parameters
    ----------
    text : object
        Anything; made drawable first.
    width : float
        mm. A single word that is wider is broken.
    size : float
        Points.
    lines : int
        At most so many lines.
    bold : bool

    Returns
    -------
    list of str
        At least one line, which may be empty.
    """
    todo, done, current = drawable(text).split(" "), [], ""
    while todo:
        word = todo.pop(0)
        joined = f"{current} {word}" if current else word
        if text_width(joined, size, bold) <= width:
            current = joined
        elif current:
            done.append(current)
            current = ""
            todo.insert(0, word)
        else:
            cut = _fit(word, width, size, bold)
            current = word[:cut]
            todo[:0] = [word[cut:]] if word[cut:] else []
        if len(done) == lines:
            done[-1] = shorten(f"{done[-1]} {' '.join(todo)}", width, size, bold=bold)
            return done
    return [*done, current]


def spread(places: list[float], widths: list[float], end: float) -> list[float]:
    """Move centres of labels apart so that none touch, as little as reading needs.

    Parameters
    ----------
    places, widths : list of float
        mm; places rise.
    end : float
        mm; the labels stay between 0 and ``end`` where they have room.

    Returns
    -------
    list of float

    Notes
    -----
    Least squares under order: the labels' left ends, less the widths before them, are pooled where they fall (pool
    adjacent violators, Ayer et al. 1955).

    Examples
    --------
    >>> spread([5, 6], [4, 4], 20), spread([5, 9, 9.5], [2, 2, 2], 10)
    ([3.5, 7.5], [5.0, 7.0, 9.0])
    """
    before = [sum(widths[:i]) for i in range(len(widths))]
    pools: list[list[float]] = []
    for place, width, passed in zip(places, widths, before, strict=True):
        pools.append([place - width / 2 - passed])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    room = max(end - sum(widths), 0.0)
    starts = [min(max(fmean(pool), 0.0), room) for pool in pools for _ in pool]
    return [start + passed + width / 2 for start, passed, width in zip(starts, before, widths, strict=True)]


@dataclass(frozen=True)
class Sheet:
    """A figure under work, measured in mm from its lower left corner.

    Attributes
    ----------
    figure : Figure
    width, height : float
        The whole figure.
    bottom, top : float
        The body lies between: the foot stands below it, the headline above.
    """

    figure: Figure
    width: float
    height: float
    bottom: float
    top: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Axes at a place in mm."""
        w, h = self.width, self.height
        return self.figure.add_axes((left / w, bottom / h, width / w, height / h))

    def page(self) -> Axes:
        """Axes without a frame over the whole figure, whose units are mm: for type set by hand."""
        axes = self.axes(0, 0, self.width, self.height)
        axes.set(xlim=(0, self.width), ylim=(0, self.height))
        axes.axis("off")
        return axes

    def write(self, x: float, y: float, text: str, **style: Any) -> None:
        """Set a line of type, its middle at a place in mm; lines of one height share a baseline."""
        style = {"fontsize": BODY, "ha": "left", "color": INK, **style}
        base = y - style["fontsize"] * POINT * BASELINE
        self.figure.text(x / self.width, base / self.height, text, va="baseline", **style)

    def swatch(self, x: float, y: float, colour: str, size: float = 2.0) -> None:
        """A square of a label's colour, its left middle at a place in mm."""
        corner = (x / self.width, (y - size / 2) / self.height)
        square = Rectangle(corner, size / self.width, size / self.height, facecolor=colour, edgecolor="none")
        self.figure.add_artist(square)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A thin line between two places in mm."""
        across = (start[0] / self.width, end[0] / self.width)
        up = (start[1] / self.height, end[1] / self.height)
        self.figure.add_artist(Line2D(across, up, color=RULE, lw=0.4))

    def rule(self, y: float, left: float = MARGIN, right: float | None = None) -> None:
        """A thin level line, by default across the figure."""
        self.line((left, y), (self.width - MARGIN if right is None else right, y))


def open_sheet(width: float, body: float, *, title: str, note: str = "", foot: str = "", caution: str = "") -> Sheet:
    """Start a figure: as high as its body needs, with a headline above and a foot below.

    Parameters
    ----------
    width, body : float
        mm: the whole width, and the height the body needs.
    title : str
        What the figure shows, in bold.
    note : str
        How many were counted and how to read it.
    foot : str
        What a reader must not miss: rows not shown, what is not corrected.
    caution : str
        Why the figure should not be relied on as it stands; in bold and in colour below the note.
    """
    room = width - 2 * MARGIN
    blocks = [
        (wrap(title, room, TITLE, bold=True), TITLE, {"weight": "bold"}),
        (wrap(note, room, BODY) if note else [], BODY, {"color": GREY}),
        (wrap(caution, room, BODY, bold=True) if caution else [], BODY, {"color": CAUTION, "weight": "bold"}),
        (wrap(foot, room, SMALL) if foot else [], SMALL, {"color": GREY}),
    ]
    head, notes, warned, feet = (len(lines) * line_height(size) for lines, size, _ in blocks)
    bottom = MARGIN + feet + (1.0 if feet else 0.0)
    top = bottom + body
    height = top + 1.5 + warned + notes + head + MARGIN
    sheet = Sheet(Figure(figsize=(width * MM, height * MM)), width, height, bottom, top)
    for (lines, size, style), start in zip(
        blocks, (height - MARGIN, height - MARGIN - head, top + 1.5 + warned, MARGIN + feet), strict=True
    ):
        for number, line in enumerate(lines):
            sheet.write(MARGIN, start - (number + 0.5) * line_height(size), line, fontsize=size, **style)
    return sheet
