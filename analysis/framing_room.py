"""The framing axis as a notebook asks after it: tables, the figure and the paragraph that reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.choice_room import show_waiting
from analysis.errors import TopicError
from analysis.framing import Axis, Framing, find_axis, measure_framing
from analysis.records import child_seed
from analysis.shown import Paragraph, Shown, show_table
from analysis.text import words
from analysis.tokens import Word, parse_texts
from analysis.topics import WordVectors

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

FIGURE = "framing"
GRAMMAR = "grammar"  # under which a study keeps it
ENGLISH = "en"
SHIPPED = "doing to / doing with"  # the axis whose figure bears no other name


@dataclass(frozen=True)
class FramedEssays:
    """Where the essays of a study lie on an axis; a notebook that ends a cell with it shows the figure.

    Attributes
    ----------
    framing : Framing
        All that was measured.
    tidy : DataFrame
        What the figure draws: one row an essay with its title, the scores, the counts, and the verdict.
    folder : Path
        Where the figure is written.
    record : mapping
        What the figure's passport holds.
    """

    framing: Framing
    tidy: pd.DataFrame = field(repr=False)
    folder: Path
    record: Mapping[str, Any] = field(repr=False)

    def table(self) -> Shown:
        """Show the essays with their scores and how much evidence each instrument has."""
        return show_table(self.tidy.drop(columns=["low", "high", "agree", "verdict"]))

    def evidence(self, title: str | None = None, instrument: str | None = None, n: int = 20) -> Shown:
        """Show the sentences an essay's scores rest on: phrase, pole, whether quoted or negated, and the sentence.

        Parameters
        ----------
        title : str, optional
            Of one essay; by default of all.
        instrument : {"seeded", "semantic", "grammar"}, optional
        n : int
            How many rows.
        """
        found = self.framing.evidence.merge(self.tidy[["doc_id", "title"]], on="doc_id")
        if title is not None:
            found = found[found["title"] == title]
        if instrument is not None:
            found = found[found["instrument"] == instrument]
        return show_table(found[["title", "instrument", "pole", "phrase", "quoted", "negated", "text"]].head(n))

    def agreement(self) -> Shown:
        """Show how far the instruments agree, pair by pair and all together, and the verdict."""
        return show_table(self.framing.agreement)

    def placebos(self) -> Shown:
        """Show the real axis beside random ones: how far essays differ on each, and how far the instruments agree."""
        return show_table(self.framing.placebo)

    def say(self) -> Paragraph:
        """Read the tables in words, every number taken from them."""
        from analysis.sentences import READINGS

        tables = {
            FIGURE: self.tidy,
            "framing_placebo": self.framing.placebo,
            "framing_agreement": self.framing.agreement,
        }
        return Paragraph(" ".join([READINGS[FIGURE](tables), *self.framing.notes]))

    def figure(self) -> Any:
        """Export the figure with its table, alternative text and passport, and show it."""
        from analysis.figures.save import export_figure

        own = "" if self.framing.axis.name == SHIPPED else "_" + "_".join(words(self.framing.axis.name.casefold()))
        record = {**self.record, "framing": dict(self.framing.settings)}
        return export_figure(FIGURE, self.tidy, self.folder, record, stem=f"{FIGURE}{own}")

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.figure()._repr_mimebundle_(include, exclude)


def frame_essays(
    room: TopicRoom,
    axis: str | Path | Axis,
    vectors: WordVectors | str | Path | None = None,
    placebos: int = 20,
    *,
    name: str | None = None,
) -> FramedEssays:
    """Measure a study's essays on an axis.

    Parameters
    ----------
    room : TopicRoom
    axis : str, Path or Axis
        As for ``find_axis``.
    vectors : WordVectors, str or Path, optional
    placebos : int
    name : str, optional
        Which axis of a file that holds several.

    Raises
    ------
    TopicError
        As ``measure_framing``.
    """
    chosen = find_axis(axis, name)
    if chosen.language != ENGLISH:
        raise TopicError(
            f"The axis {chosen.name!r} is in the language {chosen.language!r}, and the grammar knows English only."
        )
    spoken = room.paragraphs["doc_id"].map(room.pages.set_index("doc_id")["language"]) == ENGLISH
    texts = room.paragraphs.loc[spoken, ["doc_id", "paragraph_id", "text"]]
    with show_waiting("measuring the axis") as told:
        framing = measure_framing(
            texts.assign(words=pd.Series(_parsed(room, texts["text"], told), index=texts.index)),
            chosen,
            seed=child_seed(room.seed, f"framing {chosen.name}"),
            vectors=vectors,
            placebos=placebos,
            progress=lambda stage, done, total: told(done, total),
        )
    if others := room.paragraphs.loc[~spoken, "doc_id"].nunique():
        note = f"Essays in other languages are left out: {others}."
        framing = replace(framing, notes=(*framing.notes, note))
    return FramedEssays(framing, tidy_framing(framing, room.pages), room.folder, room.record)


def _parsed(room: TopicRoom, texts: pd.Series, told: Callable[[int, int], None]) -> list[tuple[Word, ...]]:
    """The paragraphs' grammar, worked out once a study: it takes longest, and is the same for every axis."""
    if GRAMMAR not in room.kept:
        room.kept[GRAMMAR] = parse_texts(texts.tolist(), progress=lambda stage, done, total: told(done, total))
    found: list[tuple[Word, ...]] = room.kept[GRAMMAR]
    return found


def tidy_framing(framing: Framing, pages: pd.DataFrame) -> pd.DataFrame:
    """Lay a framing out as its figure draws it, with the essays' titles.

    Parameters
    ----------
    framing : Framing
    pages : DataFrame
        doc_id, title, page.
    """
    named = pages.set_index("doc_id")["title"].fillna(pages.set_index("doc_id")["page"])
    verdict = framing.agreement["verdict"].iloc[-1]
    return framing.essays.assign(
        title=framing.essays["doc_id"].map(named).fillna(framing.essays["doc_id"]),
        low=framing.axis.low.name,
        high=framing.axis.high.name,
        agree=framing.agree,
        verdict=verdict,
    )
