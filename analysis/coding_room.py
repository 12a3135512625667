"""Coding a corpus by hand: draw the sample, open the pane, see how far the coders are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import aggregate as agg
from analysis.coding import read_codes, read_sample, write_sample
from analysis.config import load_config
from analysis.errors import CodingError
from analysis.estimate import draw_sample
from analysis.hand_codes import SAMPLE_FILE, codes_folder, stat_coding_progress
from analysis.paths import corpus_name, find_corpus
from analysis.pipeline import current_corpus, make_record, run_stages
from analysis.reading import Progress, no_progress
from analysis.records import child_seed
from analysis.stance import load_codebook
from analysis.stance.codebook import codebook_as_dict
from analysis.summaries import Results


@dataclass(frozen=True)
class Coding:
    """The hand coding of one corpus; everything it keeps lies in ``folder``.

    Attributes
    ----------
    name : str
        The corpus's name.
    folder : Path
        Its folder of codes: the sample, and a file a coder.
    labels : DataFrame
        What the machine says of each comment by a reader; no coder is shown it.
    """

    name: str
    folder: Path
    labels: pd.DataFrame = field(repr=False)
    items: pd.DataFrame = field(repr=False)  # holds commenters' names: a coder needs them, nobody else
    record: Mapping[str, Any] = field(repr=False)

    def draw(self, n: int = 150, *, by: str = "stratified", seed: int | None = None) -> pd.DataFrame:
        """Draw by lot which comments are to be coded, and keep the sample; ask for more later to enlarge it.

        Parameters
        ----------
        n : int
            How many. 150 give an interval of at most eight points to either side; ``study.figure("precision")`` says
            more when some are coded.
        by : {"stratified", "simple", "uncertainty"}
            See ``analysis.draw_sample``.
        seed : int, optional
            By default drawn from the corpus's own seed.

        Returns
        -------
        DataFrame
            stratum, drawn, of: how many comments of each machine label the kept sample holds, and of how many.

        Raises
        ------
        CodingError
            If another sample is kept already.
        EstimateError
            If ``n`` or ``by`` will not do.
        """
        seed = child_seed(self.record["seed"], "gold sample") if seed is None else seed
        sample = draw_sample(self.labels, n, seed, by=by)
        header = {
            "corpus": self.name,
            "corpus_hash": self.record["corpus_hash"],
            "design": by,
            "seed": seed,
            "n": n,
            "population": len(self.labels),
            "codebook_version": load_codebook().version,
            "code_version": self.record["code_version"],
        }
        write_sample(self.folder / SAMPLE_FILE, sample, header)
        _, sample = read_sample(self.folder / SAMPLE_FILE)  # a larger one kept already is not cut
        drawn = sample.groupby("stratum", sort=True).agg(drawn=("order", "size"), of=("stratum_size", "first"))
        return drawn.reset_index()

    def pane(self, coder: str) -> Any:
        """Open the coding pane for one coder; show it as a cell's last line.

        Parameters
        ----------
        coder : str
            A name for the files: letters, digits, dash, underscore. Each coder has their own and sees no other's codes.

        Raises
        ------
        CodingError
            If nothing is drawn yet, or the name will not do.
        """
        return self._open(coder, adjudicate=False)

    def adjudicate(self, coder: str) -> Any:
        """Open the pane on the comments the coders differ on, with what each said; what is decided is kept apart."""
        return self._open(coder, adjudicate=True)

    def progress(self) -> pd.DataFrame:
        """How far each coder is: coder, coded, drawn, unsure, minutes (NaN: not measured); one row a coder, by name."""
        drawn = len(read_sample(self.folder / SAMPLE_FILE)[1])
        return stat_coding_progress(read_codes(self.folder), drawn)

    def _open(self, coder: str, *, adjudicate: bool) -> Any:
        path = self.folder / SAMPLE_FILE
        if not path.exists():
            raise CodingError(
                "No sample is drawn yet. `coding.draw(150)` draws one by lot; comments picked by eye cannot carry a "
                "share."
            )
        _, sample = read_sample(path, self.record["corpus_hash"], comment_ids=self.labels["comment_id"])
        from analysis.coding.pane import coding_pane  # brings the widget library, which drawing and reading do not need

        items = sample.sort_values("order")[["comment_id"]].merge(self.items, on="comment_id", how="left")
        return coding_pane(
            items, coder=coder, folder=self.folder, codebook=codebook_as_dict(load_codebook()), adjudicate=adjudicate
        )


def open_coding(corpus: str | Path | None = None, *, progress: Progress = no_progress) -> Coding:
    """Open a corpus for coding by hand.

    Parameters
    ----------
    corpus : str or Path, optional
        Name of a folder under ``corpus/``, or a path; by default the corpus the run was started for, else the sample.
    progress : callable, optional
        Told the stage's name, how much is done and of how much.

    Returns
    -------
    Coding

    Raises
    ------
    CorpusError
        If there is no such corpus, or no page in it can be read.
    """
    place = find_corpus(current_corpus(corpus))
    own = place / "config.toml"
    config = load_config(own if own.is_file() else None)
    # The lot is drawn by the shipped model's labels, so that a larger sample begins with the smaller one after a fit.
    config = replace(config, labels=replace(config.labels, model=""))
    record = make_record(place, config)
    results = run_stages(place, config, record, progress)
    return Coding(
        name=corpus_name(place),
        folder=codes_folder(place),
        labels=agg.reader_labels(results.comments, results.labels, results.essay_families),
        items=_items(results),
        record=record,
    )


def _items(r: Results) -> pd.DataFrame:
    """Each comment with all a coder reads it with: its essay, what it answers, and who signed it."""
    essay, said = r.pages.set_index("doc_id"), r.comments.set_index("comment_id")["text"]
    c = r.comments
    return pd.DataFrame(
        {
            "comment_id": c["comment_id"],
            "essay_title": c["doc_id"].map(essay["title"]),
            "essay_author": c["doc_id"].map(essay["author"]),
            "essay": c["doc_id"].map(_without_title(r.pages)),
            "thread": c["reply_to"].map(said),
            "author": c["author"],
            "author_link": c["author_link"],
            "date": c["date"],
            "text": c["text"],
        }
    )


def _without_title(pages: pd.DataFrame) -> pd.Series:
    """Each essay by doc_id without the title as its first line: the pane shows the title above it."""
    said = pages["title"].fillna("").str.strip()
    texts = [t.removeprefix(title).lstrip("\n") if title and t.startswith(f"{title}\n") else t
             for t, title in zip(pages["essay"], said, strict=True)]  # fmt: skip
    return pd.Series(texts, index=pages["doc_id"])
