"""The interactive view of a study's topics, put together from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analysis.aggregate import main_grouping
from analysis.tokens import lemma_spans
from analysis.topic_group_room import OVER_TIME, TIME, essay_topics, group_topics
from analysis.topic_stats.marking import mark_text, marked_spans
from analysis.topic_view import TopicView, ViewSource, view_topics
from analysis.topics import TopicModel

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

PARAGRAPHS = 4  # of a topic
STANCE = "stance"


def view_of(room: TopicRoom, model: TopicModel) -> TopicView:
    """Make the view of a room's topics; its numbers are those of the study's tables and of ``room.by``.

    Parameters
    ----------
    room : TopicRoom
    model : TopicModel
        The room's own.
    """
    groupings = dict.fromkeys((main_grouping(essay_topics(room.tables, room.pages)), STANCE))
    compared = [group_topics(room, by).tidy for by in groupings if by is not None]
    years = room.tables.get(OVER_TIME)
    years = group_topics(room, TIME).tidy if years is None else years
    tables = {name: room.tables[name] for name in ("topic_words", "topic_stability", "topic_mixture")}
    return view_topics(
        ViewSource(
            model=model,
            documents=room.documents,
            tables=tables if years is None else tables | {OVER_TIME: years},
            groups=[table for table in compared if table is not None],
            passages=_passages(room),
        )
    )


def _passages(room: TopicRoom) -> pd.DataFrame:
    """The clearest paragraphs of each topic, its words marked."""
    found = room.tables["topic_documents"]
    found = found[found["rank"] <= PARAGRAPHS].merge(room.pages[["doc_id", "language"]], on="doc_id", how="left")
    pieces: dict[object, object] = {}
    for language, part in found.groupby(found["language"].fillna("en")):
        spans = lemma_spans(part["text"].tolist(), language=str(language))
        for place, text, words, own in zip(part.index, part["text"], part["words"], spans, strict=True):
            pieces[place] = mark_text(text, marked_spans(own, words.split(", ")))
    return found.assign(pieces=pd.Series(pieces, dtype=object))[["topic", "title", "share", "pieces"]]
