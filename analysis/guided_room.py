"""Guided topics as a notebook holds them: from words as a person writes them to a table, a figure and a paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.shown import Paragraph, Shown, show_table
from analysis.topic_stage import dropped_words
from analysis.topics import GuidedTopics, TopicModel, fit_guided
from analysis.topics.guided import STRENGTH
from analysis.topics.seeds import check_themes, normalise_seeds

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

FIGURE = "topics_guided"


@dataclass(frozen=True)
class GuidedRoom:
    """Topics that some words were given for, to be shown and asked.

    Attributes
    ----------
    topics : GuidedTopics
        Model, names and what became of each word.
    dropped : DataFrame
        Given words that the texts hold but topics are not fitted on: word, reason.
    folder : Path
        Where the figure is written.
    record : mapping
        What the figure's passport holds.
    """

    topics: GuidedTopics = field(repr=False)
    dropped: pd.DataFrame = field(repr=False)
    folder: Path
    record: Mapping[str, Any] = field(repr=False)

    @property
    def model(self) -> TopicModel:
        """All topics, seeded and free, numbered by prevalence."""
        return self.topics.model

    @property
    def names(self) -> Mapping[str, int]:
        """Which topic, from 1, each theme became."""
        return self.topics.names

    def words(self) -> Shown:
        """Show what became of each word given, and which words came in beside them."""
        return show_table(self.topics.seed_words)

    def say(self) -> Paragraph:
        """Say in words what was kept, refused, absent and added."""
        from analysis.sentences import READINGS

        left_out = "; ".join(f"“{row.word}” stands {row.reason}" for row in self.dropped.itertuples(index=False))
        told = f" Left out before topics are fitted: {left_out}." if left_out else ""
        return Paragraph(READINGS[FIGURE]({FIGURE: self.topics.seed_words}) + told)

    def figure(self) -> Any:
        """Export the figure of words kept, refused and added, with table, alternative text and passport."""
        from analysis.figures.save import export_figure

        settings = self.model.settings
        guided = {name: settings[name] for name in ("number", "strength", "seeds")}
        return export_figure(FIGURE, self.topics.seed_words, self.folder, {**self.record, "guided": guided})


def guide_topics(
    room: TopicRoom, seeds: Mapping[str, Sequence[str]], number: int | None, strength: float | None
) -> GuidedRoom:
    """Fit a study's paragraphs with some topics given by words, written as a person writes them.

    Parameters
    ----------
    room : TopicRoom
    seeds : mapping of str to sequence of str
        Theme to its words in any form ("museums" finds "museum").
    number : int or None
        Topics in all; None for as many as the study has, and at least one more than themes.
    strength : float or None
        Of the words, as in ``fit_guided``; None for its default.

    Returns
    -------
    GuidedRoom

    Raises
    ------
    TopicError
        As ``fit_guided``.
    """
    check_themes(seeds)
    written = [word for words in seeds.values() for word in words]
    known = {word for document in room.documents for word in document}
    lemmas = _lemmas(written, room.settings.languages, known)
    asked = normalise_seeds(seeds, lambda part: lemmas.get(part, []))
    fitted = room.model.number if room.model is not None else 0
    topics = fit_guided(
        room.documents,
        seeds=asked,
        number=number or max(fitted, len(seeds) + 1),
        seed=room.seed,
        strength=STRENGTH if strength is None else strength,
        ids=room.paragraphs["paragraph_id"].tolist(),
    )
    dropped = dropped_words(room.paragraphs)
    given = {word for words in asked.values() for word in words}
    return GuidedRoom(topics, dropped[dropped["word"].isin(given)], room.folder, room.record)


def _lemmas(written: Sequence[str], languages: Sequence[str], known: set[str]) -> dict[str, list[str]]:
    """Lemmas of each part of the words written, in the first language in which the texts hold them."""
    from analysis.tokens import tokenize_texts

    parts = sorted({part for word in written for part in str(word).replace("_", " ").split()})
    found: dict[str, list[str]] = {}
    for language in languages:
        for part, lemmas in zip(parts, tokenize_texts(parts, language=language), strict=True):
            if part not in found or (set(lemmas) & known and not set(found[part]) & known):
                found[part] = lemmas
    return found
