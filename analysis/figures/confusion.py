"""Which label was given to comments of which true label."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.layout import open_sheet
from analysis.figures.plotted import plotted
from analysis.figures.style import GREY, LABEL_COLOURS, NARROW, SMALL, ink_on, shade
from analysis.figures.wording import count, listed, percent

CONFUSION = plotted(
    "confusion", "pairs of true and given label", "truth text, said text, n int, weight float, source text"
)
LEFT, HEAD, CELL_HEIGHT = 21.0, 6.5, 11.0  # mm
DEEPEST = 0.9  # the full row is nearly the full colour, so that black and white text both stay legible


def _square(table: pd.DataFrame, values: str = "n") -> pd.DataFrame:
    """Counts or weights, one row a true label and one column a given one, in the table's order."""
    rows, columns = list(dict.fromkeys(table["truth"])), list(dict.fromkeys(table["said"]))
    return table.pivot_table(index="truth", columns="said", values=values, aggfunc="sum").loc[rows, columns].fillna(0)


def _weighted(table: pd.DataFrame) -> bool:
    """Whether some comments stand for more of the corpus than others."""
    per_row = (table["weight"] / table["n"])[table["n"] > 0]
    return len(per_row) > 0 and bool(per_row.max() - per_row.min() > 1e-4 * per_row.max())


def plot_confusion(table: pd.DataFrame) -> Figure:
    """Draw true labels as rows and given ones as columns, each cell with its count and its share of the row.

    Parameters
    ----------
    table : DataFrame
        ``truth, said, n, weight`` (how many comments of the corpus the n stand for), ``source`` (against what was
        compared).

    Returns
    -------
    Figure

    Raises
    ------
    FigureError
        If the table is empty or lacks a column.
    """
    table = CONFUSION.take(table)
    square, standing = _square(table), _square(table, "weight")
    total = int(square.to_numpy().sum())
    high = len(square) * CELL_HEIGHT
    sheet = open_sheet(
        NARROW,
        HEAD + high + 1,
        title=f"Labels given, against {table['source'].iloc[0]}",
        note=f"{count(total, 'comment')}. Rows: true label (100 %); columns: label given."
        + (" Per cents are weighted by what each comment stands for." if _weighted(table) else ""),
    )
    width = (NARROW - LEFT - 2) / square.shape[1]
    axes = sheet.axes(LEFT, sheet.top - HEAD - high, NARROW - LEFT - 2, high)
    axes.set(xlim=(-0.5, square.shape[1] - 0.5), ylim=(len(square) - 0.5, -0.5))
    axes.axis("off")
    for i, truth in enumerate(square.index):
        y = sheet.top - HEAD - (i + 0.5) * CELL_HEIGHT
        n, stands = int(square.loc[truth].sum()), float(standing.loc[truth].sum())
        sheet.write(LEFT - 2, y + 1.5, truth, ha="right", weight="bold")
        sheet.write(LEFT - 2, y - 1.7, f"n = {n:,}", ha="right", fontsize=SMALL, color=GREY)
        for j, said in enumerate(square.columns):
            share = standing.loc[truth, said] / stands if n else 0.0
            colour = shade(share * DEEPEST, LABEL_COLOURS["extending"])
            axes.bar(j, -1, bottom=i + 0.5, width=1, color=colour, edgecolor="#FFFFFF", linewidth=1)
            ink = ink_on(colour)
            axes.text(j, i - 0.14, f"{int(square.loc[truth, said]):,}", ha="center", va="center", color=ink)
            axes.text(
                j, i + 0.2, f"{share * 100:.0f} %" if n else "–", ha="center", va="center", fontsize=SMALL, color=ink
            )
    for j, said in enumerate(square.columns):
        weight = "normal" if said == "cannot say" else "bold"
        sheet.write(
            LEFT + (j + 0.5) * width, sheet.top - HEAD + 2.4, said.replace("_", " "), ha="center", weight=weight
        )
    return sheet.figure


def alt_confusion(table: pd.DataFrame) -> str:
    """Say in words how many comments of each true label were given it, and how many none."""
    table = CONFUSION.take(table)
    square, weight = _square(table), _square(table, "weight")
    mark, parts = " weighted" if _weighted(table) else "", []
    for truth in square.index.intersection(square.columns):
        n, right = int(square.loc[truth].sum()), int(square.loc[truth, truth])
        share = weight.loc[truth, truth] / weight.loc[truth].sum() if n else 0.0
        parts.append(f"{truth} {right:,} of {n:,}" + (f" ({percent(share)}{mark})" if n else ""))
    silent = [c for c in square.columns if c not in square.index]
    left = int(square[silent].to_numpy().sum())
    return (
        f"Table of labels given to {count(int(square.to_numpy().sum()), 'comment')} against {table['source'].iloc[0]}. "
        f"Given rightly: {listed(parts)}. No label was given to {left:,}."
    )
