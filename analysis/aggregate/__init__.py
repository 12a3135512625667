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
from analysis.aggregate.topic_belonging import essays_by, essays_by_stance
from analysis.aggregate.topic_group_tables import (
    GROUPINGS,
    EssayTopics,
    main_grouping,
    stat_topics_by_group,
    stat_topics_over_time,
)
from analysis.aggregate.topic_groups import stat_topics_by
from analysis.aggregate.topic_trends import stat_topic_trends
from analysis.aggregate.versions import stat_spam_slots, stat_version_diff

__all__ = [
    "GROUPINGS",
    "EssayTopics",
    "commenter_names",
    "count_once",
    "dominant_topics",
    "essay_groups",
    "essays_by",
    "essays_by_stance",
    "hide_names",
    "hide_readers",
    "keep_representatives",
    "main_grouping",
    "name_hider",
    "pseudonyms",
    "reader_labels",
    "stat_attrition",
    "stat_circumstances",
    "stat_profile",
    "stat_spam_slots",
    "stat_timeline",
    "stat_topic_mixture",
    "stat_topic_trends",
    "stat_topics_by",
    "stat_topics_by_group",
    "stat_topics_over_time",
    "stat_version_diff",
]
