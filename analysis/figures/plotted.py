"""The table behind a figure: its columns, its rounding, and its CSV file, from which the figure is drawn."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.errors import FigureError

DIGITS = 6  # significant: beyond them another processor may differ, and no reader looks


@dataclass(frozen=True)
class Plotted:
    """What a kind of figure draws.

    Attributes
    ----------
    name : str
        Of the figure.
    needs : str
        What its rows are, in words, for the error a user sees when there are none.
    columns : mapping of str to str
        Column to kind: text, int, float or bool; ``?`` where a value may be missing.
    """

    name: str
    needs: str
    columns: Mapping[str, str]

    def check(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give the table's own columns in order, or say what is missing.

        Raises
        ------
        FigureError
            If there is no row, or a column is missing.
        """
        missing = [c for c in self.columns if c not in table.columns]
        if missing:
            raise FigureError(
                f"The figure {self.name!r} cannot be drawn: its table lacks {', '.join(missing)}; "
                f"it needs {', '.join(self.columns)}."
            )
        if table.empty:
            raise FigureError(
                f"The figure {self.name!r} has nothing to draw: its table holds no row, and it needs {self.needs}. "
                "Leave this figure out, or give a corpus that has them."
            )
        return table[list(self.columns)].reset_index(drop=True)

    def take(self, table: pd.DataFrame) -> pd.DataFrame:
        """Give the table as a figure draws it: its own columns, typed, floats rounded to six significant digits."""
        return read_csv(write_csv(table, self), self)


def plotted(name: str, needs: str, columns: str) -> Plotted:
    """Spell the columns as text: ``"stage text, n int"``."""
    pairs = (column.split() for column in columns.split(","))
    return Plotted(name, needs, MappingProxyType(dict(pairs)))


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _write_value(value: Any, kind: str) -> str:
    if _missing(value):
        return ""
    if kind.startswith("float"):
        return f"{float(value):.{DIGITS}g}"
    if kind.startswith("int"):
        return str(int(value))
    if kind.startswith("bool"):
        return str(bool(value))
    return str(value)


def _read_value(text: str, kind: str) -> Any:
    if kind == "text":
        return text
    if text == "":
        return math.nan if kind.startswith("float") else None
    readers: dict[str, Callable[[str], Any]] = {"float": float, "int": int, "bool": lambda t: t == "True", "text": str}
    return readers[kind.rstrip("?")](text)


def rows_of(table: pd.DataFrame) -> list[Any]:
    """Rows of a table, each with its values under the columns' names."""
    return list(table.itertuples(index=False))


def write_csv(table: pd.DataFrame, spec: Plotted) -> str:
    """Write a figure's table as CSV: a header, LF line ends, floats to six significant digits, nothing for missing.

    Raises
    ------
    FigureError
        If a value is not of its column's kind.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(spec.columns)
    for row in spec.check(table).itertuples(index=False, name=None):
        try:
            writer.writerow([_write_value(v, k) for v, k in zip(row, spec.columns.values(), strict=True)])
        except (TypeError, ValueError) as error:
            raise FigureError(
                f"The figure {spec.name!r} cannot be drawn: its table holds {row!r}, which does not fit its columns "
                f"({', '.join(f'{c} {k}' for c, k in spec.columns.items())})."
            ) from error
    return out.getvalue()


def read_csv(text: str, spec: Plotted) -> pd.DataFrame:
    """Read back what ``write_csv`` wrote; a column that may lack values holds None there, a float column NaN.

    Raises
    ------
    FigureError
        If the columns are others, or a value is not of its column's kind.
    """
    header, *rows = list(csv.reader(io.StringIO(text))) or [[]]
    if header != list(spec.columns):
        raise FigureError(
            f"The table of figure {spec.name!r} has the columns {', '.join(header) or 'none'}, "
            f"where {', '.join(spec.columns)} are expected; export the figure again."
        )
    kinds = list(spec.columns.values())
    try:
        read = [[_read_value(v, k) for v, k in zip(row, kinds, strict=True)] for row in rows]
    except ValueError as error:
        raise FigureError(f"The table of figure {spec.name!r} cannot be read ({error}); export it again.") from error
    plain = {"int": "int64", "float": "float64", "float?": "float64", "bool": "bool"}
    values = {
        c: pd.Series([r[i] for r in read], dtype=plain.get(k, "object"))
        for i, (c, k) in enumerate(spec.columns.items())
    }
    return pd.DataFrame(values)
