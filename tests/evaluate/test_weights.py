"""A comment that stands for three counts as three: weighted figures are those of the comments written out."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import LabelError
from analysis.evaluate import stat_confusion, stat_coverage, stat_f1, stat_reliability, stat_summary
from analysis.evaluate.scores import effective_n, surest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_judged import judged_of

DRAWS = {"level": 0.95, "draws": 60, "seed": 1}


def written_out(judged, times):
    """Each row as often as it stands for."""
    return judged.loc[judged.index.repeat(times)].reset_index(drop=True).assign(comment_id=range(int(sum(times))))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 50), st.lists(st.integers(1, 4), min_size=40, max_size=40))
def test_weighted_figures_are_those_of_the_comments_written_out(seed, times):
    """Precision, recall, F1, accuracy and coverage, the confusion and the intervals over essays."""
    judged = judged_of(40, seed)
    weighted, long = judged.assign(weight=np.array(times, dtype=float)), written_out(judged, times)
    one, other = stat_f1(weighted, **DRAWS), stat_f1(long, **DRAWS)
    pd.testing.assert_frame_equal(one.drop(columns="n"), other.drop(columns="n"))
    one, other = (
        stat_summary(t, **DRAWS).set_index("figure").drop(index=["ece", "acc_at_80"]) for t in (weighted, long)
    )
    pd.testing.assert_frame_equal(one.drop(columns="n"), other.drop(columns="n"))
    one, other = (stat_confusion(t, source="made") for t in (weighted, long))
    assert one["weight"].tolist() == other["n"].tolist() == other["weight"].tolist()
    assert one["n"].sum() == 40


def test_equal_weights_change_nothing():
    """Of a simple sample each comment stands for as many: the figures are those without weights."""
    judged = judged_of(300)
    same = judged.assign(weight=7.5)
    for figure in (stat_f1, stat_summary):
        pd.testing.assert_frame_equal(figure(judged, **DRAWS), figure(same, **DRAWS))
    for figure in (stat_reliability, stat_coverage):
        one, other = (figure(t, source="made", level=0.95) for t in (judged, same))
        pd.testing.assert_frame_equal(one, other)


def test_reliability_and_coverage_weigh_by_hand():
    """Two comments, one standing for nine: nine tenths of what is observed is hers; the interval knows of two."""
    judged = pd.DataFrame(
        {
            "comment_id": [1, 2],
            "cluster": [1, 2],
            "truth": ["spam", "agreeing"],
            "label": "spam",
            "agreeing": [0.1, 0.2],
            "extending": [0.1, 0.2],
            "spam": [0.8, 0.6],
            "weight": [9.0, 1.0],
        }
    )
    row = stat_reliability(judged, source="by hand", level=0.95, bins=1).iloc[0]
    assert row["predicted"] == pytest.approx(0.78)
    assert row["observed"] == pytest.approx(0.9)
    assert row["n"] == 2
    assert row["high"] - row["low"] > 0.5
    coverage = stat_coverage(judged, source="by hand", level=0.95)
    assert coverage["accuracy"].tolist() == pytest.approx([1.0] * 14 + [0.9] * 6)


def test_the_surest_part_is_a_part_of_what_is_stood_for():
    """Half of ten comments is the one that stands for nine."""
    top, weights = np.array([0.5, 0.9, 0.7]), np.array([1.0, 9.0, 2.0])
    assert surest(top, weights, 0.5).tolist() == [1]
    assert surest(top, weights, 1.0).tolist() == [1, 2, 0]
    assert surest(top[:0], weights[:0], 0.5).tolist() == []
    assert effective_n(np.ones(12)) == 12
    assert effective_n(np.array([])) == 0


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_none_is_refused(weight):
    """A comment that could not be drawn cannot have been."""
    with pytest.raises(LabelError, match="Each weight is a number above 0"):
        stat_confusion(judged_of(5).assign(weight=weight), source="")
