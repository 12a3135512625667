"""The tables figures draw and notebooks quote: every number a paper may cite is a row of one of them."""

from analysis.aggregate.circumstances import stat_circumstances
from analysis.aggregate.counts import (
    count_once,
    keep_representatives,
    reader_labels,
    stat_attrition,
    stat_profile,
    stat_timeline,
)
from analysis.aggregate.essays import dominant_topics, essay_groups, stat_topic_mixture
from analysis.aggregate.names import commenter_names, hide_names, hide_readers, name_hider, pseudonyms
from analysis.aggregate.versions import stat_spam_slots, stat_version_diff

__all__ = [
    "commenter_names",
    "count_once",
    "dominant_topics",
    "essay_groups",
    "hide_names",
    "hide_readers",
    "keep_representatives",
    "name_hider",
    "pseudonyms",
    "reader_labels",
    "stat_attrition",
    "stat_circumstances",
    "stat_profile",
    "stat_spam_slots",
    "stat_timeline",
    "stat_topic_mixture",
    "stat_version_diff",
]
