"""Run the notebooks on a corpus: each in a fresh kernel, top to bottom; the executed copies are build output."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import BelowTheLineError
from analysis.figures.save import write_manifest
from analysis.paths import BUILD, NOTEBOOKS, find_corpus
from analysis.pipeline import CORPUS_VARIABLE, FIGURES_VARIABLE, figures_folder, open_study
from analysis.reading import Progress, no_progress

KERNELS = 2  # notebooks run at a time: each needs half a gigabyte, and laptops have two cores
CELL_SECONDS = 600  # a cell that takes longer is stuck: the slowest we met, on 500 pages, took 40
_ANSI = re.compile(r"\x1b\[[0-9;]*m")  # colours of a traceback


@dataclass(frozen=True)
class Made:
    """What a run of the main job left behind.

    Attributes
    ----------
    folder, notebooks : Path
        Where the figures and the executed notebooks are.
    figures : tuple of str
        Names of the figures exported, sorted.
    notes : tuple of str
        Sentences a reader of the figures must know, e.g. that there are too few essays for topics.
    """

    folder: Path
    notebooks: Path
    figures: tuple[str, ...]
    notes: tuple[str, ...]


def make_figures(corpus: str | Path, folder: Path | None = None, *, progress: Progress = no_progress) -> Made:
    """Do the main job: read a corpus, run every notebook on it, export every figure with its passport.

    Parameters
    ----------
    corpus : str or Path
        Name of a folder under ``corpus/``, or a path.
    folder : Path, optional
        Where the figures go; see ``pipeline.figures_folder``.
    progress : callable, optional
        Told the stage's name, how much is done and of how much.

    Returns
    -------
    Made

    Raises
    ------
    BelowTheLineError
        If the corpus cannot be read, or a notebook stops: the sentence names the notebook, the cell and the cause.
    """
    place = find_corpus(corpus)
    folder = (folder or figures_folder(place)).resolve()
    study = open_study(place, figures=folder, progress=progress)
    out = BUILD / study.name / "notebooks"
    sources = sorted(NOTEBOOKS.glob("[0-9]*.ipynb"))
    _clear(folder)
    with ThreadPoolExecutor(KERNELS) as pool:
        runs = [pool.submit(run_notebook, s, out / s.name, corpus=place, figures=folder) for s in sources]
        for done, run in enumerate(runs, start=1):
            run.result()
            progress("running notebooks", done, len(sources))
    names = sorted(p.stem for p in folder.glob("*.svg"))
    write_manifest(folder)
    return Made(folder=folder, notebooks=out, figures=tuple(names), notes=study.notes)


def _clear(folder: Path) -> None:
    """Remove the figures of an earlier run, so that none is left that this corpus does not give."""
    for passport in folder.glob("*.json"):
        for old in folder.glob(f"{passport.stem}.*"):
            old.unlink()


def run_notebook(source: Path, target: Path, *, corpus: Path, figures: Path) -> None:
    """Execute one notebook in a fresh kernel and keep the executed copy, without times, at ``target``."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    book = nbformat.read(source, as_version=4)
    env = {**os.environ, CORPUS_VARIABLE: str(corpus), FIGURES_VARIABLE: str(figures), "JUPYTER_PREFER_ENV_PATH": "1"}
    client = NotebookClient(book, timeout=CELL_SECONDS, kernel_name="python3", record_timing=False)
    client.extra_arguments = [
        "--log-level=ERROR"
    ]  # else each kernel warns of its port, which is open to this machine only
    try:
        client.execute(cwd=str(source.parent), env=env)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        cause = _ANSI.sub("", " ".join(str(error).strip().splitlines()[-1:]))
        raise BelowTheLineError(f"Notebook {source.name} stopped on corpus {corpus.name!r}: {cause}") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, target)
