"""Blog by blog: each row is what the same comments give alone, small blogs stand together, widths are honest."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import LabelError
from analysis.evaluate import stat_blogs, stat_f1, stat_summary

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_judged import judged_of

DRAWS = {"level": 0.95, "draws": 200, "seed": 1}


def test_each_row_is_what_its_comments_give_alone():
    """Accuracy and macro-F1 of a blog are those of a table with that blog only; "all" is the whole table's."""
    judged = judged_of(400, blogs=4)
    table = stat_blogs(judged, source="made", **DRAWS).set_index("blog")
    parts = {"all": judged, **dict(iter(judged.groupby("blog")))}
    assert set(table.index) == set(parts)
    for name, part in parts.items():
        figures = stat_summary(part, **DRAWS).set_index("figure")["value"]
        assert table.loc[name, "accuracy"] == pytest.approx(figures["accuracy"])
        assert table.loc[name, "macro_f1"] == pytest.approx(figures["macro_f1"])
        named = part[part["truth"] != "none"]
        assert table.loc[name, ["n", "essays"]].tolist() == [len(named), named["cluster"].nunique()]


def test_intervals_hold_their_figure_and_come_from_the_seed():
    """The same seed gives the same table; over all, the interval is about that of the percentile bootstrap."""
    judged = judged_of(600, blogs=5)
    table = stat_blogs(judged, source="made", **DRAWS)
    pd.testing.assert_frame_equal(table, stat_blogs(judged, source="made", **DRAWS))
    for value, low, high in (("macro_f1", "f1_low", "f1_high"), ("accuracy", "low", "high")):
        assert ((table[low] < table[value]) & (table[value] < table[high])).all()
        assert table[[low, high]].stack().between(0, 1).all()
    macro = stat_f1(judged, **DRAWS).set_index("label").loc["macro"]
    assert table["f1_low"].iloc[0] == pytest.approx(macro["low"], abs=0.02)
    assert table["f1_high"].iloc[0] == pytest.approx(macro["high"], abs=0.02)


def test_the_largest_comes_first_and_small_blogs_stand_together_last():
    """A blog with a dozen comments tells nothing by itself, and is not left out either."""
    judged = judged_of(100).assign(blog=["b"] * 30 + ["a"] * 50 + ["c"] * 12 + ["d"] * 8)
    judged["truth"] = judged["truth"].replace("none", "spam")
    table = stat_blogs(judged, source="made", fewest=20, **DRAWS)
    assert table["blog"].tolist() == ["all", "a", "b", "others"]
    assert table["n"].tolist() == [100, 50, 30, 20]
    assert table["blogs"].tolist() == [4, 1, 1, 2]
    assert set(table["fewest"]) == {20}


def test_one_essay_gives_no_interval_and_no_error_still_has_a_width():
    """Comments under one essay say nothing of the next; twenty right ones are no proof of perfection."""
    judged = judged_of(60).assign(blog=["one"] * 30 + ["right"] * 30, cluster=[0] * 30 + list(range(1, 31)))
    right = judged["blog"] == "right"
    judged.loc[right, "truth"] = judged.loc[right, ["agreeing", "extending", "spam"]].idxmax(axis=1)
    table = stat_blogs(judged, source="made", **DRAWS).set_index("blog")
    assert table.loc["one", ["f1_low", "f1_high", "low", "high"]].isna().all()
    assert table.loc["right", "accuracy"] == 1
    assert 0.8 < table.loc["right", "low"] < 0.95


def test_weights_count():
    """Where one wrong comment stands for many, the blog is worse than its rows look."""
    judged = judged_of(80).assign(blog="a")
    best = judged[["agreeing", "extending", "spam"]].idxmax(axis=1)
    wrong = (best != judged["truth"]) & (judged["truth"] != "none")
    heavy = judged.assign(weight=np.where(wrong, 10.0, 1.0))
    plain, weighted = (stat_blogs(t, source="made", **DRAWS)["accuracy"].iloc[0] for t in (judged, heavy))
    assert weighted < plain - 0.1


def test_a_comment_without_a_blog_is_refused_and_no_comments_give_no_rows():
    """A gap must not become a blog of its own."""
    judged = judged_of(40, blogs=2)
    for bad in (judged.drop(columns="blog"), judged.assign(blog=[None, *judged["blog"].iloc[1:]])):
        with pytest.raises(LabelError, match="name the blog of every comment"):
            stat_blogs(bad, source="made", **DRAWS)
    assert stat_blogs(judged.head(0), source="made", **DRAWS).empty
