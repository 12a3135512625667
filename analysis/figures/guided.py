"""What became of the words a reader gave: one panel a theme, with the words kept, refused and added."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, line_height, open_sheet, shorten, wrap
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, DROPPED, FAINT, GREY, INK, PLAIN, SMALL, WIDE
from analysis.figures.wording import count, listed, shown

TOPICS_GUIDED = plotted(
    "topics_guided",
    "themes with the words given for them",
    "theme text, topic int, word text, origin text, verdict text, share float?, rank int?, count int, "
    "elsewhere int?, nearest text?",
)
THEMES, GIVEN, ADDED = 9, 10, 8  # at most so many panels, given words and added words a panel: what a page holds
SAID, WORDS_SAID = 4, 4  # themes, and words of each kind, in the alternative text: what can be listened to
COLUMNS, ROW, GUTTER = 3, 3.4, 5.0  # panels a line; mm
WORD, BAR = 19.0, 18.0  # mm: the words' column and a whole bar
PANEL = (WIDE - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
GAP = 0.8  # mm between given and added words
HALF = 0.5  # share under which a given word counts as refused
FILL = {"kept": PLAIN, "refused": "white", "added": DROPPED}


def plot_topics_guided(table: pd.DataFrame) -> Figure:
    """Draw for each theme the share of its words' occurrences that lie in its topic: kept, refused, added.

    Parameters
    ----------
    table : DataFrame
        ``seed_words`` of ``topics.GuidedTopics``, themes in the order wanted.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = TOPICS_GUIDED.take(table)
    themes = list(dict.fromkeys(table["theme"]))
    panels = [_Panel(theme, table[table["theme"] == theme]) for theme in themes[:THEMES]]
    lines = [panels[first : first + COLUMNS] for first in range(0, len(panels), COLUMNS)]
    heads = [max(len(panel.head) for panel in line) * line_height(BODY) + 1 for line in lines]
    high = [head + max(panel.body for panel in line) + GUTTER for head, line in zip(heads, lines, strict=True)]
    given = table[table["origin"] == "given"]
    sheet = open_sheet(
        WIDE,
        sum(high),
        title="What the texts made of the words given",
        note=f"{count(len(themes), 'theme')}, {count(len(given), 'word')} given. A bar is the share of the word's "
        "occurrences that lie in the theme's topic; the line marks half. Dark: given and kept. Hollow and crossed: "
        "given, but refused, as most of its occurrences lie in other topics. Light: added by the texts.",
        foot=shown(TOPICS_GUIDED.name, (len(panels), len(themes), "themes")),
    )
    for place, panel in enumerate(panels):
        line, column = divmod(place, COLUMNS)
        top = sheet.top - sum(high[:line]) - 1
        panel.draw(sheet, (MARGIN + column * (PANEL + GUTTER), top), heads[line])
    return sheet.figure


class _Panel:
    """One theme: its name and topic, the words given for it, the words the texts added."""

    def __init__(self, theme: str, rows: pd.DataFrame) -> None:
        given = rows["origin"] == "given"
        parts = {"given": rows[given].head(GIVEN), "added by the texts": rows[~given].head(ADDED)}
        self.parts = {head: part for head, part in parts.items() if len(part)}
        self.head = wrap(f"{theme} (topic {rows['topic'].iloc[0]})", PANEL, BODY, lines=2, bold=True)
        self.body = sum(len(part) * ROW + line_height(SMALL) + GAP for part in self.parts.values())

    def draw(self, sheet: Sheet, corner: tuple[float, float], head: float) -> None:
        """Draw below and right of a corner, the words beginning below a head of a given height."""
        left, top = corner
        for number, text in enumerate(self.head):
            sheet.write(left, top - (number + 0.5) * line_height(BODY), text, weight="bold")
        below = top - head
        for name, rows in self.parts.items():
            sheet.write(left, below - line_height(SMALL) / 2, name, fontsize=SMALL, color=GREY)
            below -= line_height(SMALL)
            _bars(sheet, rows, (left, below))
            below -= len(rows) * ROW + GAP


def _bars(sheet: Sheet, rows: pd.DataFrame, corner: tuple[float, float]) -> None:
    left, top = corner
    high = len(rows) * ROW
    axes = sheet.axes(left + WORD, top - high, BAR, high)
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5))
    axes.axis("off")
    present = int((rows["verdict"] != "absent").sum())  # these come first
    axes.plot([HALF, HALF], [-0.5, present - 0.5], color=FAINT, lw=0.5, zorder=0)
    for number, row in enumerate(rows_of(rows)):
        middle = top - (number + 0.5) * ROW
        refused = row.verdict in ("refused", "absent")
        ink = GREY if refused else INK
        text = shorten(row.word, WORD - 1, SMALL)
        sheet.write(left + WORD - 1, middle, text, ha="right", fontsize=SMALL, color=ink)
        note = left + WORD
        if row.verdict != "absent":
            edge = GREY if refused else "none"
            axes.barh(number, row.share, height=0.68, color=FILL[row.verdict], edgecolor=edge, lw=0.6)
            note += BAR + 1
        if row.verdict == "refused":
            axes.plot([0, row.share], [number + 0.34, number - 0.34], color=GREY, lw=0.6)
        sheet.write(note, middle, shorten(_told(row), left + PANEL - note, SMALL), fontsize=SMALL, color=GREY)


def _told(row: Any) -> str:
    """What stands beside a given word that was not kept, in words."""
    if row.verdict == "refused":
        return "refused" if row.elsewhere is None else f"refused: topic {row.elsewhere}"
    if row.verdict == "absent":
        return "not in the texts" + (f"; {row.nearest} is" if row.nearest else "")
    return ""


def alt_topics_guided(table: pd.DataFrame) -> str:
    """Say in words what was kept and refused of each theme's words, and which came in."""
    table = TOPICS_GUIDED.take(table)
    told = []
    themes = list(dict.fromkeys(table["theme"]))
    for theme in themes[:SAID]:
        rows = table[table["theme"] == theme]
        kept, refused, added = (
            listed(rows.loc[rows["verdict"] == verdict, "word"].head(WORDS_SAID).tolist())
            for verdict in ("kept", "refused", "added")
        )
        told.append(f"{theme} (topic {rows['topic'].iloc[0]}) keeps {kept}, refuses {refused} and adds {added}")
    more = f"; and {count(len(themes) - SAID, 'more theme')}" if len(themes) > SAID else ""
    return f"Small bar charts of {count(len(themes), 'theme')} and the words given for them. {'; '.join(told)}{more}."
