"""What is said of topics over time and by group has its numbers from the tables."""

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.sentences import READINGS

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "figures"))
import figure_tables as made


def say(name, table):
    return READINGS[name]({name: table}).replace("\xa0", " ")


def test_a_trend_is_said_with_its_interval_and_its_adjustment():
    """Topic 1 rises by a tenth a year; two topics were looked at."""
    said = say("topics_over_time", made.topics_over_time())
    assert "13 essays from 2009 to 2013 have topics; 2 more have no date" in said
    assert "Topic 1 (boat, mast) rises by 10.0 hundredths of the text a year (interval 6.0 to 14.0)" in said
    assert "topic 2 (bell, tower) falls by 10.0" in said
    assert "after adjustment for 2 topics (Holm)" in said
    assert "3 years of 4 hold fewer than 5 essays" in said


def test_no_trend_is_said_to_be_none_and_what_passes_alone_is_held_against_chance():
    """Two of two would pass unadjusted: that is told, not sold."""
    said = say("topics_over_time", made.topics_over_time(trend=False))
    assert "No topic plainly rises or falls" in said
    assert "Of 2 topics 2 would pass alone; by chance one in twenty does." in said


def test_why_there_is_no_trend_is_said():
    """Two years make any line fit."""
    gaps = dict.fromkeys(["slope", "slope_low", "slope_high", "p", "p_holm"], float("nan"))
    note = "no trend: it needs 3 years and 5 essays with a date"
    said = say("topics_over_time", made.topics_over_time(trend=False).assign(**gaps, trend_note=note))
    assert "No trend can be told: it needs 3 years and 5 essays with a date." in said


def test_a_group_that_stands_apart_is_said_with_both_shares():
    """And groups too small to be told anything of are counted."""
    said = say("topics_by_group", made.topics_by_group())
    assert "19 essays are in 3 groups, by author." in said
    assert "after adjustment for 1 comparison (Holm), is Ada Holm in topic 1 (boat, mast), 70 % against 20 %" in said
    assert "1 group has fewer than 5 essays" in said
    assert "2 essays are not counted" in said
    told = say("topics_by_group", made.topics_by_group("stance", "comments"))
    assert "19 comments stand in 3 groups, by what the comments under them do" in told
    assert "not corrected for the classifier’s errors" in told


@pytest.mark.parametrize("name", ["topics_over_time", "topics_by_group"])
def test_without_a_table_there_is_a_sentence(name):
    """No gap ever gives a traceback."""
    assert READINGS[name]({}).endswith(".")
    assert READINGS[name]({name: pd.DataFrame()}).endswith(".")


@pytest.mark.parametrize("name", ["topics_over_time", "topics_by_group"])
def test_gaps_and_single_rows_are_met(name):
    """Whatever may be missing is left out and never printed as nan."""
    table = getattr(made, name)()
    numbers = [c for c in table.columns if c.startswith(("slope", "low", "high", "diff", "p", "share"))]
    holed = [table.assign(**{c: float("nan")}) for c in numbers] + [
        table.assign(**dict.fromkeys(numbers, float("nan")))
    ]
    for found in [*holed, table.head(1), table.tail(1), table.assign(note=None, label=None, trend_note=None)]:
        said = say(name, found)
        assert said.endswith(".")
        assert not re.search(r"\bnan\b|\bNone\b|\b1 (?:essays|comments|topics|groups|years)\b", said), said


def test_an_authors_name_cannot_become_markup():
    """A name is a text of somebody else's."""
    table = made.topics_by_group().replace({"group": {"Ada Holm": "<b>*Ada*"}})
    assert "<b>" not in say("topics_by_group", table)
