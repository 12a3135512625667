"""Figures: one file a kind, drawn from a tidy table and exported with table, alternative text and passport."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.ablation import ABLATION, alt_ablation, plot_ablation
from analysis.figures.agreement import AGREEMENT, alt_agreement, plot_agreement
from analysis.figures.attrition import ATTRITION, alt_attrition, plot_attrition
from analysis.figures.blogs import BLOGS, alt_blogs, plot_blogs
from analysis.figures.confusion import CONFUSION, alt_confusion, plot_confusion
from analysis.figures.coverage import COVERAGE, alt_coverage, plot_coverage
from analysis.figures.estimators import ESTIMATORS, alt_estimators, plot_estimators
from analysis.figures.framing import FRAMING, alt_framing, plot_framing
from analysis.figures.guided import TOPICS_GUIDED, alt_topics_guided, plot_topics_guided
from analysis.figures.plotted import Plotted
from analysis.figures.precision import PRECISION, alt_precision, plot_precision
from analysis.figures.profile import PROFILE, alt_profile, plot_profile
from analysis.figures.reliability import RELIABILITY, alt_reliability, plot_reliability
from analysis.figures.shares import SHARES, SHARES_BY_YEAR, alt_shares, plot_shares
from analysis.figures.spam_slots import SPAM_SLOTS, alt_spam_slots, plot_spam_slots
from analysis.figures.style import NARROW, WIDE
from analysis.figures.theme_topic import THEME_TOPIC, alt_theme_topic, plot_theme_topic
from analysis.figures.timeline import TIMELINE, alt_timeline, plot_timeline
from analysis.figures.topic_choice import TOPIC_CHOICE, alt_topic_choice, plot_topic_choice
from analysis.figures.topic_mixture import TOPIC_MIXTURE, alt_topic_mixture, plot_topic_mixture
from analysis.figures.topic_stability import TOPIC_STABILITY, alt_topic_stability, plot_topic_stability
from analysis.figures.topic_words import TOPIC_WORDS, alt_topic_words, plot_topic_words
from analysis.figures.topics_by_group import TOPICS_BY_GROUP, alt_topics_by_group, plot_topics_by_group
from analysis.figures.topics_over_time import TOPICS_OVER_TIME, alt_topics_over_time, plot_topics_over_time
from analysis.figures.version_diff import VERSION_DIFF, alt_version_diff, plot_version_diff


@dataclass(frozen=True)
class FigureKind:
    """A kind of figure: how it is drawn, said in words, and how wide it is.

    Attributes
    ----------
    name, title : str
    plot : callable
        Table to matplotlib Figure; call it inside ``style.figure_style()``, or use ``save.draw_figure``.
    alt : callable
        Table to one to three sentences for readers who do not see the figure.
    width : int
        mm.
    table : Plotted
        The columns it needs.
    """

    name: str
    title: str
    plot: Callable[[pd.DataFrame], Figure]
    alt: Callable[[pd.DataFrame], str]
    width: int
    table: Plotted


_KINDS = (
    (ATTRITION, "What each stage kept and dropped", plot_attrition, alt_attrition, WIDE),
    (PROFILE, "Conversation under each essay", plot_profile, alt_profile, WIDE),
    (TOPIC_WORDS, "Words of each topic", plot_topic_words, alt_topic_words, WIDE),
    (TOPIC_MIXTURE, "Topics of each essay", plot_topic_mixture, alt_topic_mixture, WIDE),
    (TOPICS_GUIDED, "What the texts made of the words given", plot_topics_guided, alt_topics_guided, WIDE),
    (TOPIC_CHOICE, "How many topics?", plot_topic_choice, alt_topic_choice, WIDE),
    (FRAMING, "Where the essays lie between two poles", plot_framing, alt_framing, WIDE),
    (TOPIC_STABILITY, "How stable each topic is", plot_topic_stability, alt_topic_stability, WIDE),
    (TOPICS_OVER_TIME, "Topics year by year", plot_topics_over_time, alt_topics_over_time, WIDE),
    (TOPICS_BY_GROUP, "Topics by group of essays", plot_topics_by_group, alt_topics_by_group, WIDE),
    (SHARES, "Shares of agreeing, extending and spam comments", plot_shares, alt_shares, WIDE),
    (RELIABILITY, "Do the probabilities hold?", plot_reliability, alt_reliability, NARROW),
    (CONFUSION, "Labels given against true labels", plot_confusion, alt_confusion, NARROW),
    (COVERAGE, "Accuracy of the labels, surest comments first", plot_coverage, alt_coverage, NARROW),
    (BLOGS, "How right the labels are, blog by blog", plot_blogs, alt_blogs, WIDE),
    (ABLATION, "What each group of features is worth", plot_ablation, alt_ablation, WIDE),
    (VERSION_DIFF, "What changed between versions of an essay", plot_version_diff, alt_version_diff, WIDE),
    (SPAM_SLOTS, "Spun spam, slot by slot", plot_spam_slots, alt_spam_slots, WIDE),
    (TIMELINE, "Comments by year", plot_timeline, alt_timeline, WIDE),
    (
        SHARES_BY_YEAR,
        "Shares of agreeing, extending and spam comments by year",
        partial(plot_shares, spec=SHARES_BY_YEAR),
        partial(alt_shares, spec=SHARES_BY_YEAR),
        WIDE,
    ),
    (AGREEMENT, "How far the coders agree", plot_agreement, alt_agreement, WIDE),
    (ESTIMATORS, "One share, by every estimator", plot_estimators, alt_estimators, WIDE),
    (PRECISION, "How many codes for how narrow an interval", plot_precision, alt_precision, NARROW),
    (THEME_TOPIC, "Themes given by hand and topics found", plot_theme_topic, alt_theme_topic, WIDE),
)
FIGURES: dict[str, FigureKind] = {
    table.name: FigureKind(table.name, title, plot, alt, width, table) for table, title, plot, alt, width in _KINDS
}
