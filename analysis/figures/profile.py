"""The conversation profile: essay by essay, who commented and what the comments do with the essay."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import MARGIN, Sheet, boxes_note, open_sheet, shorten, text_width
from analysis.figures.plotted import plotted, rows_of
from analysis.figures.style import BODY, GREY, INK, LABEL_COLOURS, LABELS, SMALL, WIDE
from analysis.figures.wording import count, listed, percent, shown

PROFILE = plotted(
    "profile",
    "essays with counts of their comments",
    """doc_id text, page text, title text?, date text?, comments_open bool?, readers int, author_answers int,
    agreeing int, extending int, spam int, cannot_say int, pingbacks int, representative bool""",
)
ESSAYS = 44  # more do not fit a page at a legible size
ROW, HEAD, TITLES = 4.4, 9.0, 76.0  # mm; titles with their year
COLUMNS = (("comments", "open", 83.0), ("", "readers", 95.0), ("author", "answers", 105.5), ("", "pingbacks", 117.5))
BARS, BARS_END = 126.0, 174.0  # mm


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
    table = PROFILE.take(table)
    drawn = table.head(ESSAYS)
    total = int(_counted(table).to_numpy().sum())
    notes = [
        *([] if drawn["representative"].all() else ["Grey, slanted: further versions of an essay."]),
        *(["?: the page does not say whether comments are open."] if drawn["comments_open"].isna().any() else []),
        shown(PROFILE.name, (len(drawn), len(table), "essays")),
        boxes_note(drawn["title"].fillna("")),
    ]
    sheet = open_sheet(
        WIDE,
        len(drawn) * ROW + HEAD,
        title="Conversation under each essay",
        note=f"{count(len(table), 'essay')}, {count(total, 'reader comment')} (n at the end of each bar). "
        "The author’s own answers and pingbacks are not in the bars.",
        foot=" ".join(n for n in notes if n),
    )
    top = sheet.top - HEAD
    _bars(sheet, drawn, top)
    for number, row in enumerate(rows_of(drawn)):
        sheet.rule(top - number * ROW)
        _row(sheet, top - (number + 0.5) * ROW, row)
    for upper, lower, x in COLUMNS:
        for words, y in ((upper, top + 4.9), (lower, top + 2.0)):
            sheet.write(x, y, words, ha="center", fontsize=SMALL, color=GREY)
    x = BARS
    for label in LABELS:
        sheet.swatch(x, top + 2.0, LABEL_COLOURS[label])
        sheet.write(x + 2.7, top + 2.0, label, fontsize=SMALL)
        x += 2.7 + text_width(label, SMALL) + 2.0
    return sheet.figure


def _row(sheet: Sheet, y: float, row: Any) -> None:
    """One essay's title, year and plain counts."""
    year = (row.date or "")[:4]
    title = shorten(row.title or row.page, TITLES - MARGIN - text_width("2000", SMALL) - 3, BODY)
    own = {"color": INK} if row.representative else {"color": GREY, "style": "italic"}
    sheet.write(MARGIN, y, title, **own)
    sheet.write(TITLES - 1, y, year, ha="right", fontsize=SMALL, color=GREY)
    said = {True: "yes", False: "no", None: "?"}[row.comments_open]
    values = (said, row.readers, row.author_answers, row.pingbacks)
    for value, (_, _, x) in zip(values, COLUMNS, strict=True):
        sheet.write(x, y, "–" if value == 0 else f"{value}", ha="center", fontsize=SMALL)


def _bars(sheet: Sheet, drawn: pd.DataFrame, top: float) -> None:
    """Stacked counts, with the sum at the end of each bar."""
    high = len(drawn) * ROW
    axes = sheet.axes(BARS, top - high, BARS_END - BARS, high)
    counts = _counted(drawn)
    longest = max(int(counts.sum(axis=1).max()), 1)
    axes.set(xlim=(0, longest), ylim=(len(drawn) - 0.5, -0.5))
    axes.axis("off")
    left = pd.Series(0, index=counts.index)
    for label in LABELS:
        axes.barh(
            range(len(drawn)), counts[label], left=left, height=0.66, color=LABEL_COLOURS[label], ec="white", lw=0.3
        )
        left = left + counts[label]
    for number, value in enumerate(left):
        x = BARS + (BARS_END - BARS) * value / longest + 1
        sheet.write(x, top - (number + 0.5) * ROW, f"{value:,}", fontsize=SMALL)


def alt_profile(table: pd.DataFrame) -> str:
    """Say in words how many comments there are by label, and under which essay most."""
    table = PROFILE.take(table)
    counts = _counted(table)
    sums, each = counts.sum(), counts.sum(axis=1)
    total = int(sums.sum())
    if not total:
        return f"Table of {count(len(table), 'essay')} without a reader’s comment."
    top = rows_of(table.loc[[each.idxmax()]])[0]
    parts = listed([f"{int(sums[label]):,} {label} ({percent(sums[label] / total)})" for label in LABELS])
    opened = sum(value is True for value in table["comments_open"])
    return (
        f"Table with bars of {count(total, 'reader comment')} under {count(len(table), 'essay')}: {parts}. "
        f"Most, {int(each.max()):,}, stand under “{top.title or top.page}”. "
        f"The essays’ authors answer {count(int(table['author_answers'].sum()), 'time')}; comments are open "
        f"under {opened:,}."
    )
