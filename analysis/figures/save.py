"""Exporting a figure: SVG, PDF, PNG, its table, its alternative text and its passport, the same bytes on every run."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd
from matplotlib.figure import Figure

from analysis.errors import FigureError, one_of
from analysis.figures import FIGURES, FigureKind
from analysis.figures.plotted import read_csv, write_csv
from analysis.figures.style import MM, figure_style
from analysis.figures.verify import Finding, record_id, verify_figure
from analysis.records import hash_bytes

__all__ = ["ExportedFigure", "Finding", "draw_figure", "export_figure", "verify_figure", "write_manifest"]

RECORD_KEYS = ("corpus", "corpus_hash", "code_version", "seed", "settings_hash", "versions", "command")
PICTURES = ("svg", "pdf", "png")
LICENCE = (
    "The figure may be reused with a citation. Titles, passages and comments quoted in it or in its table belong to "
    "their authors; the corpus's SOURCES.md says what may be done with them."
)
MANIFEST = "manifest.json"
_UNWELCOME = {"time", "date", "created", "modified", "user", "host", "path", "folder"}
# A path from the root of a machine, inside a command: all but its last name is cut.
_MACHINE_PATH = re.compile(r"(?<![\w.:/~-])(?:~|[A-Za-z]:)?[/\\](?:[^\s/\\\"']+[/\\])*([^\s/\\\"']+)[/\\]?")
_INCH_PIXELS = 96  # CSS pixels in an inch: the size at which a notebook shows a figure


@dataclass(frozen=True)
class ExportedFigure:
    """A figure as exported; a notebook that ends a cell with it shows it, with its alternative text.

    Attributes
    ----------
    name, title, alt : str
    folder : Path
        Where its six files are: NAME.svg, .pdf, .png, .csv, .alt.txt and .json.
    passport : mapping
        What NAME.json holds.
    """

    name: str
    title: str
    alt: str
    folder: Path
    passport: Mapping[str, Any]

    @property
    def files(self) -> tuple[Path, ...]:
        """The six files, in the order svg, pdf, png, csv, alt.txt, json."""
        return tuple(self.folder / f"{self.name}.{ending}" for ending in (*PICTURES, "csv", "alt.txt", "json"))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
        width = round(self.passport["width_mm"] * MM * _INCH_PIXELS)
        data = {"image/png": (self.folder / f"{self.name}.png").read_bytes(), "text/plain": self.alt}
        return data, {"image/png": {"width": width, "alt": self.alt}}


def _kind(name: str) -> FigureKind:
    if name not in FIGURES:
        raise FigureError(one_of("figure", name, FIGURES))
    return FIGURES[name]


def draw_figure(name: str, table: pd.DataFrame) -> Figure:
    """Draw a figure from a table without saving it: the picture that ``export_figure`` saves.

    Raises
    ------
    FigureError
        If there is no such figure, or the table is empty, lacks a column or holds a value of the wrong kind.
    """
    kind = _kind(name)
    with figure_style():
        return kind.plot(read_csv(write_csv(table, kind.table), kind.table))


def export_figure(
    name: str, table: pd.DataFrame, folder: Path, passport: Mapping[str, Any], *, stem: str | None = None
) -> ExportedFigure:
    """Draw a figure and write its six files; the same table and record give the same bytes on every run.

    The table is rounded and written first, and the figure is drawn from what was written, so that another processor,
    whose last digits differ, gives the same picture.

    Parameters
    ----------
    name : str
        A name of ``analysis.figures.FIGURES``.
    table : DataFrame
        The columns the figure needs; others are left out.
    folder : Path
        Made where it is missing.
    passport : mapping
        What made the result: ``corpus, corpus_hash, code_version, seed, settings_hash, versions, command``; anything
        else JSON can hold is kept with it. Absolute paths in the command are cut to their last name.
    stem : str, optional
        File name without ending where one kind is exported twice; by default the figure's name.

    Returns
    -------
    ExportedFigure

    Raises
    ------
    FigureError
        If there is no such figure, its table does not fit, or the passport lacks a part or holds a time or a path.
    """
    kind = _kind(name)
    record = _checked_record(passport)
    text = write_csv(table, kind.table)
    stem = stem or name
    rounded = read_csv(text, kind.table)
    alt = kind.alt(rounded)
    files = {"csv": text.encode(), "alt.txt": f"{alt}\n".encode(), **render(name, rounded, alt)}
    hashes = {ending: hash_bytes(files[ending]) for ending in sorted(files)}
    own = {
        "figure": name,
        "title": kind.title,
        "alt": alt,
        "width_mm": kind.width,
        **record,
        "licence": record.get("licence", LICENCE),
        "sha256": hashes,
    }
    full = {"record": record_id(own), **own}
    files["json"] = (json.dumps(full, ensure_ascii=False, indent=1) + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in files.items():
        (folder / f"{stem}.{ending}").write_bytes(content)
    return ExportedFigure(name=stem, title=kind.title, alt=alt, folder=folder, passport=full)


def _checked_record(passport: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its keys in order and its command without a machine's paths."""
    missing = [key for key in RECORD_KEYS if key not in passport]
    if missing:
        raise FigureError(
            f"A figure's passport lacks {', '.join(missing)}; it needs {', '.join(RECORD_KEYS)} "
            "(analysis.pipeline.make_record gives them)."
        )
    unwelcome = sorted(_UNWELCOME & set(passport))
    if unwelcome:
        raise FigureError(
            f"A figure's passport must not hold {', '.join(unwelcome)}: it would differ from run to run or give away "
            "whose machine it was. Leave it out."
        )
    ordered = {key: passport[key] for key in (*RECORD_KEYS, *sorted(set(passport) - set(RECORD_KEYS)))}
    return {**ordered, "command": _MACHINE_PATH.sub(r"\1", str(passport["command"]))}


def render(name: str, table: pd.DataFrame, alt: str) -> dict[str, bytes]:
    """Draw a figure from its rounded table and give the bytes of its SVG, PDF and PNG."""
    kind = _kind(name)
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": kind.title, "Subject": alt},
        "png": {"Software": None, "Title": kind.title, "Description": alt},
    }
    made = {}
    with figure_style():
        figure = kind.plot(table)
        for ending in PICTURES:
            out = io.BytesIO()
            figure.savefig(out, format=ending, metadata=metadata[ending])
            made[ending] = out.getvalue()
    return {**made, "svg": describe_svg(made["svg"].decode(), name, kind.title, alt).encode()}


def describe_svg(svg: str, name: str, title: str, alt: str) -> str:
    """Give an SVG picture a title and a description that screen readers speak.

    Examples
    --------
    >>> print(describe_svg('<svg width="1">x</svg>', "fig", "A & B", "Text"))
    <svg role="img" aria-labelledby="fig-title fig-desc" width="1">
     <title id="fig-title">A &amp; B</title>
     <desc id="fig-desc">Text</desc>x</svg>
    """
    start = svg.index("<svg")
    end = svg.index(">", start) + 1
    head = svg[start:end].replace("<svg", f'<svg role="img" aria-labelledby="{name}-title {name}-desc"', 1)
    said = f'\n <title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-desc">{escape(alt)}</desc>'
    return svg[:start] + head + said + svg[end:]


def write_manifest(folder: Path) -> Path:
    """Write ``manifest.json``: the SHA-256 of every file of every figure in a folder, sorted by name.

    Returns
    -------
    Path
    """
    files = (p for p in sorted(folder.iterdir()) if p.is_file() and p.name != MANIFEST and not p.name.startswith("."))
    hashes = {p.name: hash_bytes(p.read_bytes()) for p in files}
    target = folder / MANIFEST
    target.write_bytes((json.dumps(hashes, ensure_ascii=False, indent=1) + "\n").encode())
    return target
