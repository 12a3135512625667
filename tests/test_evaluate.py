"""Evaluation: the same figures as the scoring program and scikit-learn, and comments paired as a person would."""

import importlib.util
import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import LabelError
from analysis.evaluate import (
    calibration_error,
    judged_table,
    match_truth,
    stat_confusion,
    stat_coverage,
    stat_f1,
    stat_purity,
    stat_reliability,
    stat_summary,
    stat_theme_topic,
)

sys.path.insert(0, str(Path(__file__).resolve().parent))
from made_judged import LABELS, judged_of

SCORER = Path(__file__).resolve().parent.parent.parent / "shared" / "score" / "score_comments.py"
DRAWS = {"level": 0.95, "draws": 50, "seed": 1}


def by_name(table, key, value):
    """One column of a table by another."""
    return dict(zip(table[key], table[value], strict=True))


@pytest.mark.skipif(not SCORER.is_file(), reason="the scoring program in ../shared is not here")
@pytest.mark.parametrize(("n", "seed"), [(300, 0), (11, 1), (997, 2)])
def test_figures_equal_the_scoring_program(n, seed):
    """What the package says of itself must be what the scoring program says, to the last digit."""
    spec = importlib.util.spec_from_file_location("score_comments", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    judged = judged_of(n, seed)
    rows = [
        ({"label": r["truth"]}, {"label": r["label"], "probabilities": {k: r[k] for k in LABELS}})
        for r in judged.assign(label=judged["label"].astype(object).where(judged["label"].notna(), None)).to_dict(
            "records"
        )
    ]
    theirs = scorer.figures(rows)
    ours = by_name(stat_summary(judged, **DRAWS), "figure", "value")
    ours |= {f"f1_{k}": v for k, v in by_name(stat_f1(judged, **DRAWS), "label", "f1").items() if k != "macro"}
    assert set(ours) == set(theirs)
    for name, value in theirs.items():
        assert ours[name] == pytest.approx(value, nan_ok=True), name
    assert calibration_error(judged) == pytest.approx(theirs["ece"])
    coverage = by_name(stat_coverage(judged, source="invented", level=0.95), "coverage", "accuracy")
    assert coverage[0.8] == pytest.approx(theirs["acc_at_80"])
    assert coverage[1.0] == pytest.approx(theirs["accuracy"])


def test_f1_equals_scikit_learn():
    """A second witness for precision, recall and F1."""
    from sklearn.metrics import precision_recall_fscore_support

    judged = judged_of(400)
    kept = judged[judged["truth"] != "none"]
    theirs = precision_recall_fscore_support(kept["truth"], kept[LABELS].idxmax(axis=1), labels=LABELS)
    ours = stat_f1(judged, **DRAWS).set_index("label").loc[LABELS, ["precision", "recall", "f1", "n"]]
    assert np.allclose(ours.to_numpy().T, np.array(theirs))


def test_f1_intervals_hold_the_figure_and_come_from_the_seed():
    """The same seed gives the same interval; macro stands last and is the mean of the rows above."""
    judged = judged_of(400)
    one, again = stat_f1(judged, **DRAWS), stat_f1(judged, **DRAWS)
    pd.testing.assert_frame_equal(one, again)
    assert (one["low"] < one["f1"]).all()
    assert (one["f1"] < one["high"]).all()
    assert one["f1"].iloc[-1] == pytest.approx(one["f1"].iloc[:3].mean())
    assert one["label"].tolist() == [*LABELS, "macro"]


def test_confusion_has_every_pair_and_every_comment():
    """A pair that never occurs is a zero, not a hole; abstention is "cannot say"."""
    judged = judged_of(200)
    table = stat_confusion(judged, source="invented")
    assert len(table) == 16
    assert table["n"].sum() == 200
    none_left = table.query("truth == 'none' and said == 'cannot say'")["n"].item()
    assert none_left == ((judged["truth"] == "none") & judged["label"].isna()).sum()
    assert set(table["source"]) == {"invented"}


def test_reliability_by_hand():
    """Two bins of two: surer comments are right, unsure ones half the time."""
    judged = pd.DataFrame(
        {
            "comment_id": range(5),
            "cluster": range(5),
            "truth": ["spam", "agreeing", "spam", "spam", "none"],
            "label": "spam",
            "agreeing": [0.2, 0.2, 0.05, 0.1, 0.0],
            "extending": [0.2, 0.3, 0.05, 0.0, 0.0],
            "spam": [0.6, 0.5, 0.9, 0.9, 1.0],
        }
    )
    table = stat_reliability(judged, source="by hand", level=0.95, bins=2)
    assert table["bin"].tolist() == [1, 2]
    assert table["predicted"].tolist() == pytest.approx([0.55, 0.9])
    assert table["observed"].tolist() == [0.5, 1.0]
    assert table["n"].tolist() == [2, 2]
    assert calibration_error(judged) == pytest.approx((0.4 + 0.5 + 0.1 + 0.1) / 4)


def test_reliability_and_error_agree():
    """The error is the mean gap of the table's bins, weighted by their size."""
    judged = judged_of(333)
    table = stat_reliability(judged, source="invented", level=0.95)
    gap = (table["observed"] - table["predicted"]).abs() @ table["n"] / table["n"].sum()
    assert calibration_error(judged) == pytest.approx(gap)
    assert table["predicted"].is_monotonic_increasing
    assert (table["n"].max() - table["n"].min()) <= 1


def test_coverage_ascends_to_all_comments():
    """The curve has a point for every five per cent, and its intervals hold it."""
    table = stat_coverage(judged_of(300), source="invented", level=0.95)
    assert table["coverage"].tolist() == pytest.approx(np.arange(1, 21) / 20)
    assert ((table["low"] <= table["accuracy"]) & (table["accuracy"] <= table["high"])).all()


def test_no_rows_give_no_figures():
    """A corpus without truth gives NaN and empty tables, not a crash."""
    empty = judged_of(20).iloc[:0]
    assert stat_summary(empty, **DRAWS)["value"].isna().all()
    assert stat_f1(empty, **DRAWS)["f1"].isna().all()
    assert stat_reliability(empty, source="", level=0.95).empty
    assert stat_coverage(empty, source="", level=0.95).empty
    assert math.isnan(calibration_error(empty))
    assert stat_confusion(empty, source="")["n"].sum() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.drop(columns="truth"), "lacks the column.s. truth"),
        (lambda t: t.assign(truth="agreing"), "column 'truth': No label is called 'agreing'.*Did you mean 'agreeing'"),
        (lambda t: t.assign(label="none"), "column 'label': No label is called 'none'"),
        (lambda t: t.assign(spam=1.2), "probability lies from 0 to 1"),
        (lambda t: t.assign(spam=np.nan), "probability lies from 0 to 1"),
    ],
)
def test_judgements_that_are_none_are_refused(change, sentence):
    """A wrong column is named, not scored."""
    with pytest.raises(LabelError, match=sentence):
        stat_f1(change(judged_of(20)), **DRAWS)


def test_themes_meet_topics():
    """Every theme with every topic, zeros too; purity counts the commonest theme of each topic."""
    themes = pd.Series({"d1": "bells", "d2": "bells", "d3": "boats", "d4": "boats", "d5": None})
    topics = pd.Series({"d1": 0, "d2": 1, "d3": 1, "d4": 1, "d5": 0})
    table = stat_theme_topic(themes, topics, {0: "ring", 1: "sail", 2: "moss"})
    assert table[["theme", "topic", "n"]].to_numpy().tolist() == [
        ["bells", 0, 1], ["bells", 1, 1], ["bells", 2, 0], ["boats", 0, 0], ["boats", 1, 2], ["boats", 2, 0],
    ]  # fmt: skip
    purity = stat_purity(table).set_index("topic")
    assert purity.loc["all", "purity"] == 0.75
    assert purity.loc["1", ["theme", "essays"]].tolist() == ["boats", 3]
    assert math.isnan(purity.loc["2", "purity"])


def planted(*texts, page="p"):
    """Planted comments of a page."""
    rows = [
        {"page": page, "number": n, "author": f"Name {n}", "text": text, "label": "agreeing", "position": "for"}
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows).assign(kind="comment", by_essay_author=False)


def as_read(*texts, page="p"):
    """Comments of a page as a reader found them."""
    rows = [{"page": page, "comment_id": f"{page}-{n}", "author": None, "text": t} for n, t in enumerate(texts)]
    return pd.DataFrame(rows).assign(kind="comment")


def test_comments_are_found_altered_missed_and_invented():
    """Blanks and case do not matter, a lost word alters, another text is no match, another page neither."""
    truth = pd.concat(
        [
            planted("The bell is cracked.", "We rowed to the far bank and sang all the way home", "Nobody came."),
            planted("Thanks!", page="q"),
        ]
    )
    comments = pd.concat(
        [
            as_read("we rowed to the far bank and sang all the way", "the  BELL is cracked", "Reply Share"),
            as_read("Nobody came.", page="r"),
        ]
    )
    table = match_truth(comments, truth)
    assert table[["page", "outcome"]].to_numpy().tolist() == [
        ["p", "found"], ["p", "altered"], ["p", "missed"], ["q", "missed"], ["p", "invented"], ["r", "invented"],
    ]  # fmt: skip
    assert table["comment_id"].fillna("").tolist() == ["p-1", "p-0", "", "", "p-2", "r-0"]
    assert table["similarity"].iloc[1] == pytest.approx(2 * 11 / (11 + 12))
    assert table["number"].isna().tolist() == [False] * 4 + [True] * 2


def test_equal_comments_are_paired_in_page_order():
    """Three readers say thanks; the second is not the third."""
    table = match_truth(as_read("Thanks!", "Thanks!", "Thanks!"), planted("Thanks!", "Thanks!"))
    assert table["comment_id"].tolist() == ["p-0", "p-1", "p-2"]
    assert table["outcome"].tolist() == ["found", "found", "invented"]


def test_only_comments_read_and_labelled_are_judged():
    """What the page reader missed or invented, and what nobody labelled, is not the labeller's fault."""
    matched = match_truth(as_read("One bell.", "Two bells.", "Reply"), planted("One bell.", "Two bells.", "No bell."))
    labels = pd.DataFrame({"comment_id": ["p-0", "p-2"], "label": [None, "spam"], "agreeing": 0.5})
    judged = judged_table(matched, labels.assign(extending=0.3, spam=0.2))
    assert judged["comment_id"].tolist() == ["p-0"]
    assert judged[["cluster", "truth"]].to_numpy().tolist() == [["p", "agreeing"]]
    assert stat_summary(judged, **DRAWS)["value"].iloc[0] == 1


@settings(max_examples=40, deadline=None)
@given(
    read=st.lists(st.sampled_from(["a b c d e", "a b c d f", "x y", "a b c d e f"]), max_size=5),
    true=st.lists(st.sampled_from(["a b c d e", "x y", "q"]), max_size=5),
)
def test_every_comment_is_accounted_for_once(read, true):
    """Nothing is paired twice and nothing is lost."""
    comments = as_read(*read) if read else as_read("x").iloc[:0]
    truth = planted(*true) if true else planted("x").iloc[:0]
    table = match_truth(comments, truth)
    assert sorted(table["comment_id"].dropna()) == sorted(comments["comment_id"])
    assert sorted(table["number"].dropna()) == list(range(len(true)))
    assert (table["comment_id"].isna() == (table["outcome"] == "missed")).all()
