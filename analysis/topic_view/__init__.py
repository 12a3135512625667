"""An interactive view of the topics in one piece of HTML: map, list, words, paragraphs, essays, years and groups."""

from analysis.topic_view.data import view_data
from analysis.topic_view.map import map_topics
from analysis.topic_view.page import TopicView, view_topics
from analysis.topic_view.source import ViewSource
from analysis.topic_view.words import rank_words

__all__ = ["TopicView", "ViewSource", "map_topics", "rank_words", "view_data", "view_topics"]
