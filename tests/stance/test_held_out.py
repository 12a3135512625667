"""The predictions behind the card are shipped, hold no text, and give the card's figures."""

import pytest

from analysis.errors import LabelError
from analysis.evaluate import check_judged, stat_f1
from analysis.stance import load_model
from analysis.stance.held_out import COLUMNS, load_held_out


def test_they_give_the_figures_of_the_card():
    """Whoever doubts the card can count again."""
    judged, card = load_held_out(), load_model().card
    check_judged(judged)
    assert len(judged) == card["data"]["comments"]
    assert judged["cluster"].nunique() == card["data"]["essays"]
    f1 = stat_f1(judged, level=0.95, draws=100, seed=1).set_index("label")["f1"]
    assert f1["macro"] == pytest.approx(card["figures"]["macro_f1"], abs=0.002)
    assert f1["spam"] == pytest.approx(card["figures"]["f1_spam"], abs=0.002)
    named = judged["truth"] != "none"
    assert judged["label"][named].notna().mean() == pytest.approx(card["figures"]["coverage"], abs=0.002)


def test_they_hold_numbers_and_labels_only():
    """No word of a commenter leaves the training data this way."""
    judged = load_held_out()
    assert tuple(judged.columns) == COLUMNS
    assert judged["comment_id"].str.fullmatch(r"\d{4}").all()
    assert judged["cluster"].str.fullmatch(r"\d{4}").all()
    assert set(judged["truth"]) | set(judged["label"].dropna()) == {"agreeing", "extending", "spam", "none"}


def test_a_missing_file_says_what_to_do(tmp_path):
    """One sentence."""
    with pytest.raises(LabelError, match=r"gone\.csv cannot be read .* train the model again"):
        load_held_out(tmp_path / "gone.csv")
