"""How far topics can be trusted, and how to read them: coherence, stability, the essays and paragraphs behind them.

Topics are numbered from 1 in every table here, the most prevalent first.
"""

from analysis.topic_stats.c_v import CV_WINDOW, c_v_by_topic
from analysis.topic_stats.choice import TopicChoice, Trial, choose_topics, default_numbers
from analysis.topic_stats.coherence import PairCounts, count_pairs, diversity, exclusivity, npmi_by_topic, topic_table
from analysis.topic_stats.contrast import contrast_topics, nearest_topics
from analysis.topic_stats.held_out import HeldOut, foretell
from analysis.topic_stats.reading import (
    choose_number,
    representative_paragraphs,
    topics_by_essay,
    warn_of_essays,
)
from analysis.topic_stats.stability import interval_of_draws, match_topics, seed_stability, topic_stability
from analysis.topic_stats.topic_page import TopicReading, read_topic
from analysis.topic_stats.trust import trust_table

__all__ = [
    "CV_WINDOW",
    "HeldOut",
    "PairCounts",
    "TopicChoice",
    "TopicReading",
    "Trial",
    "c_v_by_topic",
    "choose_number",
    "choose_topics",
    "contrast_topics",
    "count_pairs",
    "default_numbers",
    "diversity",
    "exclusivity",
    "foretell",
    "interval_of_draws",
    "match_topics",
    "nearest_topics",
    "npmi_by_topic",
    "read_topic",
    "representative_paragraphs",
    "seed_stability",
    "topic_stability",
    "topic_table",
    "topics_by_essay",
    "trust_table",
    "warn_of_essays",
]
