"""The coding pane: a notebook widget in which a person codes comments by key, one after the other.

It needs no server and no network: the browser's half (``static/``) talks to the kernel through the notebook alone.
The only state the widget shares is its own code and look, so a saved notebook holds no text and no name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd

from analysis.coding.codes_file import SAMPLE_FILE, codes_path, read_codes
from analysis.coding.desk import TEXTS, Desk, Task
from analysis.coding.events import ADJUDICATED, CODE_LABELS, check_coder, fold_name
from analysis.coding.sample_file import name_draw, read_sample
from analysis.errors import CodingError, one_of

# Modules as files, one module in the browser: in this order, without their own import lines.
_MODULES = ("element.js", "waiting.js", "clock.js", "keys.js", "panels.js", "view.js", "pane.js")
_COLUMNS = ("comment_id", *TEXTS, "thread")


def _static(name: str) -> str:
    return resources.files("analysis.coding").joinpath("static", name).read_text(encoding="utf-8")


def _browser_code() -> str:
    joined = "\n".join(_static(name) for name in _MODULES)
    joined = re.sub(r"^import .*;\n", "", joined, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", joined, flags=re.MULTILINE)


class CodingPane(anywidget.AnyWidget):
    """The widget; made by ``coding_pane``, which checks everything first."""

    _esm = _browser_code()
    _css = _static("pane.css")

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._desk = Desk(task)
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        for reply in self._desk.answer(message):
            self.send(reply)

    def codes(self) -> pd.DataFrame:
        """The codes given so far for the comments of this pane, in coding order; columns as in ``tables.CODES``."""
        return self._desk.codes()

    def progress(self) -> pd.DataFrame:
        """One row: how many comments, how many coded and unsure, minutes spent, and codes by label."""
        return self._desk.progress()

    def __repr__(self) -> str:
        done = self.progress().iloc[0]
        return (
            f"A coding pane: {done['coded']} of {done['comments']} comments are coded. It needs a notebook that shows "
            "widgets: open this one in JupyterLab (`jupyter lab`) and run the cell again. Codes can also be given in "
            "a CSV file with the columns comment_id, coder and label, put into the folder of codes."
        )


def coding_pane(
    items: pd.DataFrame, *, coder: str, folder: Path, codebook: Mapping[str, Any], adjudicate: bool = False
) -> CodingPane:
    """Open a pane in which one person codes comments by key; each key press is saved at once.

    Parameters
    ----------
    items : DataFrame
        One row a comment, in coding order: ``comment_id, essay_title, essay_author, essay, thread, author,
        author_link, date, text``. ``thread`` is the text of the comment it answers, or a list of texts, outermost
        first; all but ``comment_id`` and ``text`` may be missing. Other columns, a machine's label among them, are
        not looked at.
    coder : str
        Who codes: letters, digits, dash, underscore.
    folder : Path
        The folder of codes, with its ``sample.jsonl``; ``CODER.codes.jsonl`` is written there.
    codebook : mapping
        As in ``analysis/stance/codebook.toml``: ``version, unit, order, labels, positions``.
    adjudicate : bool
        Show only comments on whose label or position the coders differ, with what each said, and write what is
        decided to ``adjudicated.codes.jsonl``. Else nobody else's codes are shown.

    Returns
    -------
    CodingPane
        Show it as a cell's last line. Its ``codes()`` and ``progress()`` give tables.

    Raises
    ------
    CodingError
        If the coder's name or the items will not do, the sample is missing or of another codebook, a codes file is
        broken, or nothing is left to adjudicate.

    Notes
    -----
    Two coders code blind when each opens a pane under a name of their own. Run the cell again after a restart: the
    pane goes on at the first comment without a code, and what the browser had not handed over yet is saved then.
    """
    check_coder(coder)
    folder = Path(folder)
    _check_codebook(codebook)
    rows = _items(items)
    header, sample = read_sample(folder / SAMPLE_FILE, codebook_version=str(codebook["version"]))
    _check_drawn([row["comment_id"] for row in rows], sample["comment_id"])
    said: dict[str, tuple[Mapping[str, Any], ...]] = {}
    if adjudicate:
        said = _differing(read_codes(folder))
        rows = [row for row in rows if row["comment_id"] in said]
        if not rows:
            raise CodingError(
                "There is nothing to adjudicate: no comment of these was coded differently by two coders. "
                "Adjudicate when two coders have coded the same comments."
            )
    else:
        _check_one_name(folder, coder)
    path = codes_path(folder, ADJUDICATED if adjudicate else coder)
    return CodingPane(Task(tuple(rows), coder, path, codebook, name_draw(header), said, adjudicate))


def _items(items: pd.DataFrame) -> list[dict[str, Any]]:
    missing = [c for c in ("comment_id", "text") if c not in items.columns]
    if missing or items.empty:
        raise CodingError(
            f"There is nothing to code: the items {f'lack {missing}' if missing else 'have no row'}. Give one row a "
            f"comment with {', '.join(_COLUMNS)}."
        )
    if items["comment_id"].duplicated().any():
        raise CodingError("A comment stands twice among the items to code; give each comment one row.")
    known = [c for c in _COLUMNS if c in items.columns]
    rows = []
    for values in items[known].itertuples(index=False, name=None):
        row = dict.fromkeys(_COLUMNS, "") | dict(zip(known, values, strict=True))
        thread = row.pop("thread")
        plain = {key: value if isinstance(value, str) else "" for key, value in row.items()}
        rows.append(plain | {"thread": _texts(thread)})
    return rows


def _texts(thread: Any) -> list[str]:
    given = [thread] if isinstance(thread, str) else list(thread) if isinstance(thread, Sequence) else []
    return [text for text in given if isinstance(text, str) and text.strip()]


def _check_codebook(codebook: Mapping[str, Any]) -> None:
    missing = [key for key in ("version", "order", "labels", "positions") if key not in codebook]
    if missing:
        raise CodingError(f"The codebook lacks {', '.join(missing)}; give it as in analysis/stance/codebook.toml.")
    for label in codebook["order"]:
        if label not in CODE_LABELS or label not in codebook["labels"]:
            raise CodingError("In the codebook: " + one_of("label", str(label), CODE_LABELS))


def _check_drawn(given: list[str], drawn: pd.Series) -> None:
    strangers = sorted(set(given) - set(drawn))
    if strangers:
        raise CodingError(
            f"{len(strangers)} of the comments to code are not in {SAMPLE_FILE} (first: {strangers[0]}): codes of "
            "comments picked by hand say nothing about the others. Code the sample, or draw a larger one."
        )


def _check_one_name(folder: Path, coder: str) -> None:
    for path in sorted(folder.glob("*.codes.jsonl")):
        other = path.name.removesuffix(".codes.jsonl")
        if other != coder and fold_name(other) == fold_name(coder):
            raise CodingError(
                f"Two coders with one name: {path.name} is there, and {coder!r} differs from it only in capitals. "
                f"Write {other!r} to go on with that file, or choose another name."
            )


def _differing(codes: pd.DataFrame) -> dict[str, tuple[Mapping[str, Any], ...]]:
    """By comment on which coders differ in label or position: what each said, in the coders' order."""
    differ: dict[str, tuple[Mapping[str, Any], ...]] = {}
    columns = ["coder", "label", "position", "sure", "note"]
    for comment_id, rows in codes.groupby("comment_id", sort=True):
        if len(rows) > 1 and (rows["label"].nunique() > 1 or rows["position"].nunique() > 1):
            said = rows[columns].astype(object).to_dict("records")
            for code in said:
                code["position"] = code["position"] if isinstance(code["position"], str) else None
                code["sure"] = bool(code["sure"])
            differ[str(comment_id)] = tuple({str(k): v for k, v in code.items()} for code in said)
    return differ
