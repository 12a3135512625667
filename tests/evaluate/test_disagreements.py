"""Where coders differ: every such comment once, both notes beside it, what it was settled as apart."""

import pandas as pd
import pytest

from analysis.errors import LabelError
from analysis.evaluate.disagreements import stat_code_confusion, stat_disagreements


def codes_of(*rows):
    """Rows of comment, coder, label, position, sure, note."""
    return pd.DataFrame(rows, columns=["comment_id", "coder", "label", "position", "sure", "note"])


CODES = codes_of(
    ("c1", "ann", "agreeing", "for", True, "plain thanks"),
    ("c1", "bob", "extending", "for", True, "names a tool"),
    ("c2", "ann", "spam", "unclear", True, ""),
    ("c2", "bob", "spam", "unclear", True, ""),
    ("c3", "ann", "extending", "for", True, ""),
    ("c3", "bob", "extending", "against", False, "mocking?"),
    ("c4", "ann", "extending", "for", False, ""),
    ("c4", "bob", "agreeing", "for", True, ""),
    ("c5", "ann", "none", None, True, ""),
    ("c5", "bob", "spam", "unclear", True, "keyword name"),
    ("c6", "ann", "agreeing", "for", True, "only ann"),
)


def test_every_comment_that_differs_stands_once_with_both_notes():
    """Differing labels first, the commonest kind before the rarer, sure before unsure; positions last."""
    table = stat_disagreements(CODES)
    assert table["comment_id"].tolist() == ["c1", "c4", "c5", "c3"]
    assert table["differ"].tolist() == ["label", "label", "label", "position"]
    assert table["labels"].tolist() == ["agreeing / extending"] * 2 + ["none / spam", "extending"]
    first = table.iloc[0]
    assert first[["label ann", "label bob", "note ann", "note bob"]].tolist() == [
        "agreeing", "extending", "plain thanks", "names a tool",
    ]  # fmt: skip
    assert table["settled"].isna().all()


def test_settled_stands_beside_the_coders_and_changes_nothing():
    """Adjudication is kept apart: the coders' own labels stay as they gave them."""
    settled = pd.DataFrame({"comment_id": ["c5", "c1"], "label": ["spam", "extending"], "position": [None, "for"]})
    table = stat_disagreements(CODES, settled).set_index("comment_id")
    assert table["settled"].to_dict() == {"c1": "extending", "c4": None, "c5": "spam", "c3": None}
    assert table.loc["c1", "settled_position"] == "for"
    pd.testing.assert_frame_equal(
        table.drop(columns=["settled", "settled_position"]).reset_index(),
        stat_disagreements(CODES).drop(columns=["settled", "settled_position"]),
    )


def test_a_third_coder_who_skipped_a_comment_is_a_gap():
    """Any number of coders; who did not code it says nothing."""
    third = codes_of(("c2", "cem", "agreeing", "for", True, "?"), ("c6", "cem", "agreeing", "for", True, ""))
    table = stat_disagreements(pd.concat([CODES, third])).set_index("comment_id")
    assert table.loc["c2", "labels"] == "agreeing / spam"
    assert table.loc["c1", "label cem"] is None
    assert "c6" not in table.index


def test_codes_without_notes_or_positions_will_do():
    """A table of labels alone gives a table of labels alone; full agreement gives an empty one."""
    bare = CODES[["comment_id", "coder", "label"]]
    assert stat_disagreements(bare)["comment_id"].tolist() == ["c1", "c4", "c5"]
    assert "note ann" not in stat_disagreements(bare).columns
    agreed = stat_disagreements(CODES[CODES["comment_id"] == "c2"])
    assert agreed.empty
    assert {"comment_id", "label ann", "settled"} <= set(agreed.columns)


def test_confusion_counts_each_pair_of_labels_in_both_directions():
    """Ann and Bob share five comments and differ on three labels."""
    table = stat_code_confusion(CODES)
    assert len(table) == 16
    counts = table.set_index(["label_one", "label_other"])
    assert counts["n"].sum() == 5
    assert counts["n"][("agreeing", "extending")] == counts["n"][("extending", "agreeing")] == 1
    assert counts["n"][("none", "spam")] == 1
    assert counts["n"][("spam", "none")] == 0
    assert counts["share"].sum() == pytest.approx(1)
    assert counts["differing"].sum() == pytest.approx(1)
    assert counts["differing"].isna().sum() == 4
    assert table[["one", "other"]].drop_duplicates().to_numpy().tolist() == [["ann", "bob"]]


def test_confusion_without_common_comments_is_empty():
    """Coders who share nothing cannot be compared; coders who never differ have nothing to share out."""
    assert stat_code_confusion(CODES[CODES["coder"] == "ann"]).empty
    never = stat_code_confusion(CODES[CODES["comment_id"] == "c2"])
    assert never[["n", "share"]].to_numpy().tolist() == [[1, 1.0]]
    assert never["differing"].isna().all()


def test_settling_a_comment_twice_is_refused():
    """Which word was the last would be guesswork."""
    twice = pd.DataFrame({"comment_id": ["c1", "c1"], "label": ["spam", "none"]})
    with pytest.raises(LabelError, match="'c1' is settled twice"):
        stat_disagreements(CODES, twice)
