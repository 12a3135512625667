"""Sheets that ask readers what does not belong to a study's topics: where they lie, and what the answers say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import TopicError
from analysis.paths import INTRUSION_FOLDER
from analysis.records import child_seed
from analysis.shown import Paragraph, show_table
from analysis.topic_stats.intrusion import IntrusionSheet, draw_topic_intrusion, draw_word_intrusion, model_digest
from analysis.topic_stats.intrusion_files import write_sheet
from analysis.topic_stats.intrusion_score import score_sheets, sheets_in
from analysis.topics import TopicModel

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

_STAGE = "intrusion"  # names the seed: both sheets of a study can be made again


def write_word_intrusion(room: TopicRoom, model: TopicModel, path: str | Path | None = None) -> Paragraph:
    """Write the sheet that asks which of six words does not belong to a topic.

    Parameters
    ----------
    room : TopicRoom
    model : TopicModel
        The room's own.
    path : str or Path, optional
        A .csv file; by default in the corpus's folder ``intrusion``.

    Raises
    ------
    TopicError
        If no topic bears a question, or the place is among the corpus's pages or cannot be written.
    """
    return _write(room, draw_word_intrusion(model, seed=child_seed(room.seed, _STAGE)), path)


def write_topic_intrusion(
    room: TopicRoom, model: TopicModel, paragraphs: pd.DataFrame, path: str | Path | None = None, number: int = 20
) -> Paragraph:
    """Write the sheet that asks which of four topics is hardly in a passage.

    Parameters
    ----------
    room : TopicRoom
    model : TopicModel
        The room's own.
    paragraphs : DataFrame
        In the model's order, with their essay's title.
    path : str or Path, optional
        A .csv file; by default in the corpus's folder ``intrusion``.
    number : int
        Essays at most.

    Raises
    ------
    TopicError
        If no passage bears a question, or the place is among the corpus's pages or cannot be written.
    """
    seed = child_seed(room.seed, _STAGE)
    return _write(room, draw_topic_intrusion(model, room.documents, paragraphs, seed=seed, number=number), path)


def score_intrusion(room: TopicRoom, model: TopicModel, path: str | Path | None = None) -> pd.DataFrame:
    """Count how often readers found the intruder; as ``score_sheets`` does, with the topics' labels.

    Parameters
    ----------
    room : TopicRoom
    model : TopicModel
        The room's own.
    path : str or Path, optional
        A filled sheet, or a folder of them; by default the corpus's folder ``intrusion``.

    Raises
    ------
    TopicError
        If there is no filled sheet, or one is not of this model.
    """
    place = _folder(room.corpus) if path is None else Path(path)
    scores = score_sheets(sheets_in(place), model=model_digest(model))
    labels = {str(t): label for t, label in room.tables["topic_words"][["topic", "label"]].itertuples(index=False)}
    named = scores["name"].map(labels).where(scores["of"] == "topic", "").fillna("")
    return show_table(scores.assign(label=named))


def _write(room: TopicRoom, sheet: IntrusionSheet, path: str | Path | None) -> Paragraph:
    own = _folder(room.corpus)
    given = own / f"{sheet.kind}-intrusion.csv" if path is None else Path(path).expanduser().resolve()
    if room.corpus.is_dir() and given.is_relative_to(room.corpus) and not given.is_relative_to(own):
        raise TopicError(
            f"{given.name} would lie among the corpus's pages and be read as one. Leave the path out, or give one "
            "outside the corpus."
        )
    return Paragraph(write_sheet(sheet, given))


def _folder(corpus: Path) -> Path:
    """Where a corpus's sheets lie: in it, or beside it where it is one file."""
    return corpus / INTRUSION_FOLDER if corpus.is_dir() else corpus.with_suffix(f".{INTRUSION_FOLDER}")
