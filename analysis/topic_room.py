"""What a notebook asks the topics of a study, one thin method a question; what it works out, rooms below compute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.config import Topics
from analysis.errors import TopicError
from analysis.topic_stage import kept_words
from analysis.topics import TopicModel


@dataclass(frozen=True)
class TopicRoom:
    """The topics of a study, to be asked on demand.

    Attributes
    ----------
    model : TopicModel or None
        What was fitted, on the paragraphs; None where the corpus bears no topics.
    paragraphs : DataFrame
        Table ``paragraphs``: one version of each essay, in the model's order.
    pages : DataFrame
        Table ``pages``, titles filled with file names.
    tables : mapping of str to DataFrame
        The study's tidy tables.
    settings : Topics
    seed : int
        Of the topic stage.
    corpus : Path
        Where files that a person fills in or edits lie.
    """

    model: TopicModel | None = field(repr=False)
    paragraphs: pd.DataFrame = field(repr=False)
    pages: pd.DataFrame = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    settings: Topics
    seed: int
    corpus: Path

    @cached_property
    def documents(self) -> list[list[str]]:
        """The words of each paragraph that the topics were fitted on."""
        return kept_words(self.paragraphs)

    def _fitted(self) -> TopicModel:
        if self.model is None:
            raise TopicError(
                "This corpus has no topics: its essays are too few, or their words are; study.notes says which."
            )
        return self.model
