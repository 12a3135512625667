"""Several coders' words become one code by a rule that is counted."""

import pandas as pd
import pytest

from analysis.coding import settle_codes

TWO_SURE = [("y", "none", None, True), ("z", "none", None, True)]


def codes_of(*rows):
    """A table of codes from (comment, coder, label, position, sure)."""
    table = pd.DataFrame(rows, columns=["comment_id", "coder", "label", "position", "sure"])
    return table.assign(note="", seconds=float("nan"), at=None, codebook_version="7")


@pytest.mark.parametrize(
    ("said", "settled"),
    [
        ([("x", "spam", "unclear", True)], ["spam", "unclear", "one coder"]),
        ([("x", "none", None, True), ("y", "none", "for", False)], ["none", "for", "agreed"]),
        ([("x", "none", "for", False), ("y", "none", "against", True)], ["none", "against", "agreed"]),
        ([("x", "spam", None, False), ("y", "none", "for", True)], ["none", "for", "the sure coder"]),
        ([("x", "spam", None, True), ("y", "none", "for", True)], ["spam", None, "first coder"]),
        ([("y", "none", "for", False), ("x", "spam", None, False)], ["spam", None, "first coder"]),
        ([("x", "spam", None, False), *TWO_SURE], ["none", None, "the sure coder"]),
    ],
)  # fmt: skip
def test_the_first_rule_that_holds_decides(said, settled):
    """Agreement, then the only coder, then the sure one, then the first by name."""
    found = settle_codes(codes_of(*[("c", *row) for row in said]))
    assert found[["label", "position", "how"]].values.tolist() == [settled]
    assert found["coders"].tolist() == [len(said)]


def test_adjudication_overrules_all():
    """What was decided counts, even where the coders agreed, and where none had coded."""
    codes = codes_of(("a", "x", "spam", None, True), ("a", "y", "spam", None, True), ("b", "x", "none", "for", True))
    final = codes_of(("a", "adjudicated", "extending", "for", True), ("z", "adjudicated", "none", None, True))
    assert settle_codes(codes, final).values.tolist() == [
        ["a", "extending", "for", "adjudicated", 2],
        ["b", "none", "for", "one coder", 1],
        ["z", "none", None, "adjudicated", 0],
    ]


def test_no_codes_settle_to_an_empty_table():
    """Nothing coded is no error."""
    assert list(settle_codes(codes_of()).columns) == ["comment_id", "label", "position", "how", "coders"]
