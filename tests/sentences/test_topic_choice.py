"""The paragraph on the number of topics says what was tried, the verdict, and where the study's own number stands."""

import sys
from pathlib import Path

import pytest

from analysis.sentences import READINGS

sys.path.insert(0, str(Path(__file__).parents[1] / "figures"))
from figure_tables import topic_choice

SAY = READINGS["topic_choice"]


def test_measures_and_verdict_are_said_with_intervals():
    """The verdict alone is not enough: a reader must see what it rests on."""
    said = SAY({"topic_choice": topic_choice()})
    assert "3 numbers of topics, from K = 2 to 6, were tried on 12 essays (48 paragraphs), each on 10 draws" in said
    assert "best with K = 3 (by 0.08, interval 0.06 to 0.10" in said
    assert "most surely with K = 3 (0.80, interval 0.70 to 0.90)" in said
    assert "The data does not decide between K = 3 and 6." in said


@pytest.mark.parametrize(
    ("current", "said"),
    [
        (6, "This study uses K = 6, which is worse than the best on held-out fit."),
        (2, "This study uses K = 2, which is worse than the best on held-out fit and stability."),
        (3, "That is the number this study uses."),
    ],
)
def test_the_number_in_use_is_held_against_the_others(current, said):
    """A reader of this study's topics asks first after the number they were made with."""
    table = topic_choice()
    assert said in SAY({"topic_choice": table.assign(current=table["number"] == current)})


def test_a_number_not_tried_is_not_spoken_of():
    """Numbers of a person's choice need not hold the study's."""
    assert "This study" not in SAY({"topic_choice": topic_choice().assign(current=False)})


def test_what_cannot_be_said_is_a_sentence():
    """Without a table, and of one number without intervals."""
    assert SAY({}) == "Numbers of topics were not compared."
    one = topic_choice().head(1).assign(stability_low=None, stability_high=None)
    assert "1 number of topics, K = 2, was tried" in SAY({"topic_choice": one})
    assert "(0.50)" in SAY({"topic_choice": one})
