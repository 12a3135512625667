"""A family of spun spam, slot by slot: the words that stay, and the variants of each copy."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.layout import MARGIN, drawable, line_height, open_sheet, shorten, text_width, wrap
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, INK, RULE, SMALL, TALLEST, WIDE
from analysis.figures.wording import count, listed

SPAM_SLOTS = plotted(
    "spam_slots",
    "families of spun spam with their slots",
    "family text, slot int, copy int, page text?, before text?, variant text?",
)
COPIES, LINES = 4, 3  # columns that stay readable; lines of one cell
ROOM = TALLEST - 28  # mm for slots
BEFORE, NUMBER, PAD, HEAD = 60.0, 6.0, 1.2, 11.0  # mm
TINTS = (
    "#FCEBE1",
    "#F4C7AB",
    "#E5A17A",
    "#D9D9D9",
)  # first, second, third wording of a slot; light enough for black text


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


def _family(rows: pd.DataFrame, width: float) -> list[tuple[int, str, list[list[str]], list[int]]]:
    """Slot number, fixed words before it, lines of each copy's variant, and which wording each is."""
    slots = []
    for slot, found in rows.groupby("slot", sort=False):
        found = found.head(COPIES)
        variants = [v or "" for v in found["variant"]]
        different = list(dict.fromkeys(v.casefold() for v in variants))
        lines = [wrap(v or "(nothing)", width - 2 * PAD, lines=LINES) for v in variants]
        before = _end_of(str(found["before"].iloc[0] or ""), BEFORE - NUMBER - 2)
        slots.append((int(slot), before, lines, [different.index(v.casefold()) for v in variants]))
    return slots


def _height(lines: list[list[str]]) -> float:
    return max(len(cell) for cell in lines) * line_height(BODY) + 2 * PAD


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
    table = SPAM_SLOTS.check(table)
    families = [(name, rows) for name, rows in table.groupby("family", sort=False)]
    columns = min(COPIES, int(table.groupby("family")["copy"].nunique().max()))
    width = (WIDE - 2 * MARGIN - BEFORE) / columns
    drawn, used, slots_drawn = [], 0.0, 0
    for name, rows in families:
        slots, kept = _family(rows, width), []
        for slot in slots:
            if used + HEAD + _height(slot[2]) + sum(_height(s[2]) for s in kept) > ROOM and (drawn or kept):
                break
            kept.append(slot)
        if not kept:
            break
        drawn.append((str(name), rows, kept))
        used += HEAD + sum(_height(s[2]) for s in kept)
        slots_drawn += len(kept)
        if len(kept) < len(slots):
            break
    whole = len(table.drop_duplicates(["family", "slot"]))
    copies = int(table.groupby("family")["copy"].nunique().max())
    cut = [
        *([f"{slots_drawn:,} of {whole:,} slots"] if slots_drawn < whole else []),
        *([f"at most {COPIES} of {copies:,} copies"] if copies > COPIES else []),
    ]
    sheet = open_sheet(
        WIDE,
        used + 1,
        title="Spun spam, slot by slot",
        note=f"{count(len(families), 'family', 'families')}, {count(whole, 'slot')}. Left: the words every copy has before a slot; "
        "right: what each copy puts there. Equal wordings share a tint.",
        foot=f"{' and '.join(cut)} shown; spam_slots.csv has all." if cut else "",
    )
    page, y = sheet.page(), sheet.top
    for name, rows, slots in drawn:
        y = _draw_family(page, name, rows, slots, (y, width))
    return sheet.figure


def _draw_family(page: Axes, name: str, rows: pd.DataFrame, slots: list, place: tuple[float, float]) -> float:
    """Heading, page names and slots of one family; gives the height reached."""
    y, width = place
    copies = rows.drop_duplicates("copy")
    slot_count = rows["slot"].nunique()
    title = name if name.startswith("family") else f"family {name}"
    said = f"{title}: {count(len(copies), 'copy', 'copies')}, {count(slot_count, 'slot')}"
    page.text(MARGIN, y - 4, shorten(said, BEFORE + width, bold=True), weight="bold", va="center")
    for place_of, row in enumerate(copies.head(COPIES).itertuples()):
        x = MARGIN + BEFORE + place_of * width + PAD
        where = shorten(f"copy {row.copy}: {row.page or 'no page'}", width - 2 * PAD, SMALL)
        page.text(x, y - HEAD + 2, where, fontsize=SMALL, color=GREY, va="center")
    y -= HEAD
    for number, before, lines, wordings in slots:
        high = _height(lines)
        page.text(MARGIN, y - high / 2, str(number), fontsize=SMALL, color=GREY, va="center")
        page.text(MARGIN + BEFORE - 1.5, y - high / 2, before, ha="right", va="center", color=GREY)
        for place_of, (cell, wording) in enumerate(zip(lines, wordings, strict=True)):
            x = MARGIN + BEFORE + place_of * width
            tint = TINTS[min(wording, len(TINTS) - 1)]
            page.add_patch(Rectangle((x, y - high + 0.25), width - 0.6, high - 0.5, facecolor=tint, edgecolor="none"))
            for line_number, line in enumerate(cell):
                page.text(x + PAD, y - PAD - (line_number + 0.5) * line_height(BODY), line, va="center", color=INK)
        y -= high
        page.plot([MARGIN, MARGIN + BEFORE - 1], [y, y], color=RULE, lw=0.3)
    return y


def alt_spam_slots(table: pd.DataFrame) -> str:
    """Say in words how many families there are, and how the copies of the first differ."""
    table = SPAM_SLOTS.check(table)
    name = table["family"].iloc[0]
    rows = table[table["family"] == name]
    first = rows[rows["slot"] == rows["slot"].iloc[0]]
    variants = listed([f"“{v}”" if v else "nothing" for v in first["variant"].head(COPIES)])
    return (
        f"Table of {count(table['family'].nunique(), 'family', 'families')} of spun spam. Family {name} has "
        f"{count(rows['copy'].nunique(), 'copy', 'copies')} that differ in {count(rows['slot'].nunique(), 'slot')}; "
        f"in the first slot they put {variants}."
    )
