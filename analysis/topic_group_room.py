"""Topics over time and by group as a notebook holds them: a table, the figure of it and the paragraph that reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.aggregate import EssayTopics, stat_topics_by_group, stat_topics_over_time
from analysis.aggregate.topic_belonging import authors_of
from analysis.aggregate.topic_group_tables import STANCE
from analysis.config import Estimates, load_config
from analysis.errors import TableError, TopicError, one_of
from analysis.records import child_seed
from analysis.shown import Paragraph, Shown, show_table

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

OVER_TIME, BY_GROUP = "topics_over_time", "topics_by_group"
TIME = "time"
ESSAY, AUTHOR = "essay", "author"
DRAWN = (ESSAY, AUTHOR)


@dataclass(frozen=True)
class GroupedTopics:
    """The share of each topic in groups of essays; a notebook that ends a cell with it shows the figure.

    Attributes
    ----------
    name : {"topics_over_time", "topics_by_group"}
        Of the table, the figure and the paragraph.
    by : str
        What tells the groups apart; the figure's file is called ``topics_by_BY``.
    tidy : DataFrame or None
        The table; None where the corpus gives none.
    missing : str or None
        Why not, in a sentence.
    folder : Path
        Where the figure is written.
    record : mapping
        What the figure's passport holds.
    """

    name: str
    by: str
    tidy: pd.DataFrame | None = field(repr=False)
    missing: str | None
    folder: Path
    record: Mapping[str, Any] = field(repr=False)

    def table(self) -> Shown | Paragraph:
        """Show the table, or say why there is none."""
        return self._absent() if self.tidy is None else show_table(self.tidy)

    def say(self) -> Paragraph:
        """Read the table in words, every number taken from it."""
        from analysis.sentences import READINGS

        if self.tidy is None:
            return self._absent()
        told = self.tidy.assign(drawn_again=self.record["drawn_again"])
        return Paragraph(READINGS[self.name]({self.name: told}))

    def figure(self) -> Any:
        """Export the figure with its table, alternative text and passport, and show it."""
        from analysis.figures.save import export_figure

        if self.tidy is None:
            return self._absent()
        stem = self.name if self.name == OVER_TIME else f"topics_by_{self.by}"
        return export_figure(self.name, self.tidy, self.folder, dict(self.record), stem=stem)

    def _absent(self) -> Paragraph:
        return Paragraph(f"*{self.missing}*")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        shown = self.figure()
        if isinstance(shown, Paragraph):
            return {"text/markdown": shown.text, "text/plain": shown.text}
        return shown._repr_mimebundle_(include, exclude)


def group_topics(room: TopicRoom, by: str | pd.Series, draw: str = ESSAY) -> GroupedTopics:
    """Work out topics by group, or by year where ``by`` is "time".

    Parameters
    ----------
    room : TopicRoom
    by : str or Series
        "time", or as ``aggregate.stat_topics_by_group`` takes it.
    draw : {"essay", "author"}
        What is drawn again for the intervals.

    Raises
    ------
    TopicError
        If ``draw`` is neither.
    """
    if draw not in DRAWN:
        raise TopicError(one_of("unit to draw", draw, DRAWN))
    called = by if isinstance(by, str) else "group"
    if not isinstance(by, str | pd.Series):
        raise TopicError(
            f"Groups are named by a word (author, blog, year, stance) or given as a Series indexed by doc_id; found "
            f"{type(by).__name__}. A dictionary becomes one by pandas.Series(...)."
        )
    if draw == AUTHOR and isinstance(by, str) and by == STANCE:
        raise TopicError('What comments do is compared by drawing essays again; leave draw out for "stance".')
    tidy, missing = None, "This corpus has no topics, so they cannot be compared."
    if room.model is not None:
        own = room.corpus / "config.toml"
        settings = load_config(own if own.is_file() else None).estimates
        try:
            tidy = _tidy(essay_topics(room.tables, room.pages), by, settings=settings, seed=room.seed, draw=draw)
        except TableError as error:
            missing = str(error)
    name = OVER_TIME if called == TIME else BY_GROUP
    record = {**room.record, "drawn_again": draw}
    return GroupedTopics(name, called, tidy, None if tidy is not None else missing, room.folder, record)


def _tidy(
    given: EssayTopics, by: str | pd.Series, *, settings: Estimates, seed: int, draw: str = ESSAY
) -> pd.DataFrame:
    """The table of one grouping."""
    called = by if isinstance(by, str) else "group"
    options: dict[str, Any] = {"settings": settings, "seed": child_seed(seed, f"topics by {called}")}
    options["clusters"] = authors_of(given.pages) if draw == AUTHOR else None
    return stat_topics_over_time(given, **options) if called == TIME else stat_topics_by_group(given, by, **options)


def essay_topics(tables: Mapping[str, pd.DataFrame], pages: pd.DataFrame) -> EssayTopics:
    """Put together what comparisons of essays by topic need.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``essay_topics``, ``topic_words``, ``essay_families``, and ``readers`` where there are any.
    pages : DataFrame
        Table ``pages``.
    """
    mixtures = tables["essay_topics"].set_index("doc_id")
    return EssayTopics(mixtures, tables["topic_words"], pages, tables["essay_families"], tables.get("readers"))
