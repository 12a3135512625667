"""A family of spun spam, slot by slot: the words that stay, and the variants of each copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.layout import MARGIN, Sheet, drawable, line_height, open_sheet, shorten, text_width, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, GREY, SMALL, TALLEST, WIDE
from analysis.figures.wording import count, listed

SPAM_SLOTS = plotted(
    "spam_slots",
    "families of spun spam with their slots",
    "family text, slot int, copy int, page text?, before text?, variant text?",
)
COPIES, LINES = 4, 3  # columns that stay readable; lines of one cell
ROOM = TALLEST - 28  # mm for slots
BEFORE, NUMBER, PAD, HEAD = 60.0, 6.0, 1.2, 11.0  # mm
NOTHING = "nothing"  # said of a copy that leaves a slot empty
TINTS = (
    "#FCEBE1",
    "#F4C7AB",
    "#E5A17A",
    "#D9D9D9",
)  # wordings of a slot in turn; black text reads on each


def _end_of(text: str, width: float) -> str:
    """The last words of a text that fit a width in mm."""
    words = drawable(text).split()
    kept = ""
    while words:
        longer = f"{words[-1]} {kept}".strip()
        if text_width(f"… {longer}") > width:
            return f"… {kept}" if kept else shorten(words[-1], width)
        kept = longer
        words.pop()
    return kept


@dataclass(frozen=True)
class Slot:
    """A slot ready to be drawn: number, fixed words before it, lines of each copy, which wording each copy has."""

    number: int
    before: str
    cells: list[list[str]]
    wordings: list[int]

    @property
    def height(self) -> float:
        """mm."""
        return max(len(cell) for cell in self.cells) * line_height(BODY) + 2 * PAD


def _slots(rows: pd.DataFrame, width: float) -> list[Slot]:
    """The slots of one family, set for cells of a width in mm."""
    slots = []
    for number, found in rows.groupby("slot", sort=False):
        variants = [v or "" for v in found["variant"].head(COPIES)]
        different = list(dict.fromkeys(v.casefold() for v in variants))
        cells = [wrap(v or NOTHING, width - 2 * PAD - 1, lines=LINES) for v in variants]
        before = _end_of(found["before"].iloc[0] or "", BEFORE - NUMBER - 2)
        slots.append(Slot(cast(int, number), before, cells, [different.index(v.casefold()) for v in variants]))
    return slots


def _that_fit(families: list[tuple[pd.DataFrame, list[Slot]]]) -> list[tuple[pd.DataFrame, list[Slot]]]:
    """Families and slots from the first on that fit the page."""
    fitting: list[tuple[pd.DataFrame, list[Slot]]] = []
    used = 0.0
    for rows, slots in families:
        used += HEAD
        kept: list[Slot] = []
        for slot in slots:
            used += slot.height
            if used > ROOM and (kept or fitting):
                return [*fitting, (rows, kept)] if kept else fitting
            kept.append(slot)
        fitting.append((rows, kept))
    return fitting


def plot_spam_slots(table: pd.DataFrame) -> Figure:
    """Set each family as a table: a row a slot, a column a copy; the deeper a tint, the later the wording.

    Parameters
    ----------
    table : DataFrame
        ``family, slot, copy, page, before (fixed words before the slot), variant``, by family, slot and copy.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = SPAM_SLOTS.take(table)
    copies = int(table.groupby("family")["copy"].nunique().max())
    width = (WIDE - 2 * MARGIN - BEFORE) / max(min(COPIES, copies), 2)
    families = [(rows, _slots(rows, width)) for _, rows in table.groupby("family", sort=False)]
    drawn = _that_fit(families)
    part, whole = (sum(len(slots) for _, slots in some) for some in (drawn, families))
    cut = [
        *([f"{part:,} of {whole:,} slots"] if part < whole else []),
        *([f"{COPIES} of up to {copies:,} copies"] if copies > COPIES else []),
    ]
    sheet = open_sheet(
        WIDE,
        sum(HEAD + sum(s.height for s in slots) for _, slots in drawn) + 1,
        title="Spun spam, slot by slot",
        note=f"{count(len(families), 'family', 'families')}, {count(whole, 'slot')}. Left: the words every copy has "
        "before a slot; right: what each copy puts there. Equal wordings in a row share a tint.",
        foot=f"{' and '.join(cut)} shown; spam_slots.csv has all." if cut else "",
    )
    page, y = sheet.page(), sheet.top
    for rows, slots in drawn:
        _heading(sheet, rows, y, width)
        y -= HEAD
        for slot in slots:
            _slot(sheet, page, slot, (y, width))
            y -= slot.height
    return sheet.figure


def _title(family: str) -> str:
    """Name of a family; a bare number gets the word before it."""
    return family if family.startswith("family") else f"family {family}"


def _size(rows: pd.DataFrame) -> str:
    """How many copies and slots a family has."""
    return f"{count(rows['copy'].nunique(), 'copy', 'copies')}, {count(rows['slot'].nunique(), 'slot')}"


def _heading(sheet: Sheet, rows: pd.DataFrame, y: float, width: float) -> None:
    """Name of a family, and over each column its copy and page."""
    name = str(rows["family"].iloc[0])
    title = f"{_title(name)}: {_size(rows)}"
    sheet.write(MARGIN, y - 3.6, shorten(title, WIDE - 2 * MARGIN, bold=True), weight="bold")
    for place, row in enumerate(rows_of(rows.drop_duplicates("copy").head(COPIES))):
        words = shorten(f"copy {row.copy}: {row.page or 'no page'}", width - 2 * PAD, SMALL)
        sheet.write(MARGIN + BEFORE + place * width + PAD, y - HEAD + 2, words, fontsize=SMALL, color=GREY)


def _slot(sheet: Sheet, page: Axes, slot: Slot, place: tuple[float, float]) -> None:
    """One row, below a height in mm; first lines share a baseline."""
    top, width = place
    first = top - PAD - line_height(BODY) / 2
    sheet.write(MARGIN, first, str(slot.number), fontsize=SMALL, color=GREY)
    sheet.write(MARGIN + BEFORE - 1.5, first, slot.before, ha="right", color=GREY)
    sheet.rule(top - slot.height, right=MARGIN + BEFORE - 1)
    for column, (cell, wording) in enumerate(zip(slot.cells, slot.wordings, strict=True)):
        x = MARGIN + BEFORE + column * width
        tint = TINTS[min(wording, len(TINTS) - 1)]
        size = (width - 0.6, slot.height - 0.5)
        page.add_patch(Rectangle((x, top - slot.height + 0.25), *size, fc=tint, ec="none"))
        for number, line in enumerate(cell):
            quiet = {"style": "italic"} if line == NOTHING else {}
            sheet.write(x + PAD, first - number * line_height(BODY), line, **quiet)


def alt_spam_slots(table: pd.DataFrame) -> str:
    """Say in words how many families there are, and how the copies of the first differ."""
    table = SPAM_SLOTS.take(table)
    name = table["family"].iloc[0]
    rows = table[table["family"] == name]
    first = rows[rows["slot"] == rows["slot"].iloc[0]]
    variants = listed([f"“{v}”" if v else "nothing" for v in first["variant"].head(COPIES)])
    return (
        f"Table of {count(table['family'].nunique(), 'family', 'families')} of spun spam. {_title(name).capitalize()}: "
        f"{_size(rows)}; in the first slot they put {variants}."
    )
