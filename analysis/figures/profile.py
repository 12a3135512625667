"""The conversation profile: essay by essay, who commented and what the comments do with the essay."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, open_sheet, shorten, text_width
from analysis.figures.plotted import plotted
from analysis.figures.style import BODY, GREY, LABEL_COLOURS, LABELS, RULE, SMALL, WIDE
from analysis.figures.wording import count, listed, percent, shown

PROFILE = plotted(
    "profile",
    "essays with counts of their comments",
    """doc_id text, page text, title text?, date text?, comments_open bool?, readers int, author_answers int,
    agreeing int, extending int, spam int, cannot_say int, pingbacks int, representative bool""",
)
ESSAYS = 30  # more do not fit a page at a legible size
ROW = 4.7  # mm
TITLES = 76.0  # mm, with the date
COLUMNS = (("open", 80.0), ("readers", 90.0), ("author\nanswers", 101.5), ("pingbacks", 114.0))  # mm, centres
BARS, BARS_END = 122.0, 174.0  # mm


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    """The four counts under the names of the labels."""
    return table.rename(columns={"cannot_say": "cannot say"})[list(LABELS)]


def plot_profile(table: pd.DataFrame) -> Figure:
    """Draw a row an essay: are comments open, how many readers, answers by the author, and the comments by label.

    Parameters
    ----------
    table : DataFrame
        One row an essay, most reader comments first; see the schema ``PROFILE``.

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = PROFILE.check(table)
    drawn = table.head(ESSAYS)
    total = int(_counted(table).to_numpy().sum())
    versions = "" if drawn["representative"].all() else "Grey titles: further versions of an essay above. "
    sheet = open_sheet(
        WIDE,
        len(drawn) * ROW + 9,
        title="Conversation under each essay",
        note=f"{count(len(table), 'essay')}, {count(total, 'reader comment')}. "
        "Bars count comments by readers; the author's own answers and pingbacks stand apart.",
        foot=versions + shown(len(drawn), len(table), "essays", PROFILE.name),
    )
    _bars(sheet, drawn)
    for number, row in enumerate(drawn.itertuples()):
        _row(sheet, sheet.top - 9 - (number + 0.5) * ROW, row)
    for words, x in COLUMNS:
        sheet.write(x, sheet.top - 5, words, ha="center", fontsize=SMALL, color=GREY, linespacing=1.1)
    _key(sheet)
    return sheet.figure


def _row(sheet: Sheet, y: float, row) -> None:
    date = (row.date or "")[:4]
    title = shorten(row.title or row.page, TITLES - MARGIN - text_width(date, SMALL) - 3, BODY)
    grey = "#1A1A1A" if row.representative else "#737373"
    sheet.write(MARGIN, y, title, color=grey, style="normal" if row.representative else "italic")
    sheet.write(TITLES - 1, y, date, ha="right", fontsize=SMALL, color=GREY)
    said = {True: "yes", False: "closed", None: "?"}[row.comments_open]
    values = (said, row.readers, row.author_answers, row.pingbacks)
    for value, (_, x) in zip(values, COLUMNS, strict=True):
        sheet.write(x, y, "–" if value == 0 and value is not False else str(value), ha="center", fontsize=SMALL)


def _bars(sheet: Sheet, drawn: pd.DataFrame) -> None:
    """Stacked counts, with the sum at the end of each bar."""
    high = len(drawn) * ROW
    axes = sheet.axes(BARS, sheet.top - 9 - high, BARS_END - BARS, high)
    counts = _counted(drawn)
    longest = max(int(counts.sum(axis=1).max()), 1)
    axes.set(xlim=(0, longest), ylim=(len(drawn) - 0.5, -0.5))
    left = pd.Series(0, index=counts.index)
    for label in LABELS:
        colour = LABEL_COLOURS[label]
        axes.barh(range(len(drawn)), counts[label], left=left, height=0.66, color=colour, edgecolor="white", lw=0.3)
        left = left + counts[label]
    axes.axis("off")
    for number, value in enumerate(left):
        x = BARS + (BARS_END - BARS) * value / longest + 1
        sheet.write(x, sheet.top - 9 - (number + 0.5) * ROW, f"{value:,}", fontsize=SMALL)
        rule = sheet.top - 9 - number * ROW
        sheet.figure.add_artist(_line(sheet, rule))


def _line(sheet: Sheet, y: float):
    from matplotlib.lines import Line2D

    ends = (MARGIN / sheet.width, (sheet.width - MARGIN) / sheet.width)
    return Line2D(ends, (y / sheet.height, y / sheet.height), color=RULE, lw=0.3)


def _key(sheet: Sheet) -> None:
    """The labels in words beside their colour, above the bars."""
    x = BARS
    for label in LABELS:
        patch = sheet.axes(x, sheet.top - 5.9, 2.2, 1.8)
        patch.set_facecolor(LABEL_COLOURS[label])
        patch.set(xticks=[], yticks=[])
        for side in patch.spines.values():
            side.set_visible(False)
        sheet.write(x + 2.9, sheet.top - 5, label, fontsize=SMALL)
        x += 2.9 + text_width(label, SMALL) + 2.2


def alt_profile(table: pd.DataFrame) -> str:
    """Say in words how many comments there are by label, and under which essay most."""
    table = PROFILE.check(table)
    sums = _counted(table).sum()
    total = int(sums.sum())
    answers = int(table["author_answers"].sum())
    top = table.iloc[0]
    if not total:
        return f"Table of {count(len(table), 'essay')} without a reader's comment."
    parts = listed([f"{int(sums[label]):,} {label} ({percent(sums[label] / total)})" for label in LABELS])
    most = int(_counted(table).iloc[0].sum())
    return (
        f"Table with bars of {count(total, 'reader comment')} under {count(len(table), 'essay')}: {parts}. "
        f"Most, {most:,}, stand under “{top['title'] or top['page']}”. "
        f"The essays' authors answer {count(answers, 'time')}, and {int((table['comments_open'] == True).sum())} "  # noqa: E712
        "essays have their comments open."
    )
