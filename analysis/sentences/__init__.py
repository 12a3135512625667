"""The prose that reads results: for each table one paragraph in which every number is taken from the table.

A reading says what a figure shows, how sure that is and what to beware of. It computes nothing that a table could hold,
knows no corpus, and where a table is missing or empty it says so in a plain sentence.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.sentences.coding import read_agreement, read_coding_progress, read_disagreements
from analysis.sentences.corpus import (
    read_attrition,
    read_profile,
    read_reading,
    read_splits,
    read_timeline,
)
from analysis.sentences.estimates import read_contrasts, read_estimators, read_regression, read_shares_by_year
from analysis.sentences.framing import read_framing
from analysis.sentences.limits import read_coder_error, read_precision
from analysis.sentences.lineage import read_spam_slots, read_version_diff
from analysis.sentences.shares import read_shares, read_shares_overall
from analysis.sentences.topics import read_theme_topic, read_topic_mixture, read_topic_stability, read_topic_words
from analysis.sentences.topics_choice import read_topic_choice
from analysis.sentences.topics_groups import read_topics_by_group, read_topics_over_time
from analysis.sentences.topics_guided import read_topics_guided
from analysis.sentences.topics_reading import read_intrusion
from analysis.sentences.transfer import read_ablation, read_blogs, read_elsewhere, read_hardest_errors
from analysis.sentences.trust import read_confusion, read_coverage, read_f1, read_reliability
from analysis.sentences.wording import Tables

READINGS: dict[str, Callable[[Tables], str]] = {
    "attrition": read_attrition,
    "reading": read_reading,
    "splits": read_splits,
    "profile": read_profile,
    "version_diff": read_version_diff,
    "spam_slots": read_spam_slots,
    "timeline": read_timeline,
    "topic_words": read_topic_words,
    "topic_mixture": read_topic_mixture,
    "topic_stability": read_topic_stability,
    "topic_choice": read_topic_choice,
    "topics_guided": read_topics_guided,
    "topics_over_time": read_topics_over_time,
    "topics_by_group": read_topics_by_group,
    "framing": read_framing,
    "theme_topic": read_theme_topic,
    "intrusion": read_intrusion,
    "f1": read_f1,
    "confusion": read_confusion,
    "reliability": read_reliability,
    "coverage": read_coverage,
    "blogs": read_blogs,
    "ablation": read_ablation,
    "hardest_errors": read_hardest_errors,
    "elsewhere": read_elsewhere,
    "shares_overall": read_shares_overall,
    "shares": read_shares,
    "shares_by_year": read_shares_by_year,
    "coding_progress": read_coding_progress,
    "agreement": read_agreement,
    "disagreements": read_disagreements,
    "coder_error": read_coder_error,
    "estimators": read_estimators,
    "contrasts": read_contrasts,
    "regression": read_regression,
    "precision": read_precision,
}

__all__ = ["READINGS"]
