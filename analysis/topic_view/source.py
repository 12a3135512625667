"""What the view is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.topics import TopicModel


@dataclass(frozen=True)
class ViewSource:
    """A model with the tables whose numbers the view shows.

    Attributes
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        The words it was fitted on, for their counts.
    tables : mapping of str to DataFrame
        ``topic_words``, ``topic_stability``, ``topic_mixture``; ``topics_over_time`` where there is one.
    groups : sequence of DataFrame
        Tables ``topics_by_group``, one a grouping.
    passages : DataFrame
        topic, title, share, pieces (a sequence of text and whether it is marked): paragraphs that show the topic.
    """

    model: TopicModel = field(repr=False)
    documents: Sequence[Sequence[str]] = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    groups: Sequence[pd.DataFrame] = field(repr=False)
    passages: pd.DataFrame = field(repr=False)
