"""The paragraph on guided topics says what its table holds."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sentences import READINGS

COLUMNS = ["theme", "topic", "word", "origin", "verdict", "share", "rank", "count", "elsewhere", "nearest"]
ROWS = [
    ("sea", 2, "boat", "given", "kept", 0.9, 1, 12, None, None),
    ("sea", 2, "bell", "given", "refused", 0.2, 30, 9, 5, None),
    ("sea", 2, "barge", "given", "absent", None, None, 0, None, "large"),
    ("sea", 2, "mast", "added", "added", 0.8, 2, 8, None, None),
    ("land", 1, "hill", "given", "refused", 0.4, 9, 5, 2, None),
]


@pytest.mark.parametrize(
    "part",
    [
        "Of 4 words given for 2 themes the texts keep 1;",
        "2 are refused, as the texts put most of each elsewhere: “bell” of sea (20\u00a0% there, most in topic 5) and",
        "1 does not occur in the words counted: “barge” (“large” does).",
        "for sea (topic 2): mast.",
        "No word of land was kept",
    ],
)
def test_numbers_are_those_of_the_table(part):
    """What the paragraph says was worked out by hand from the rows above."""
    assert part in READINGS["topics_guided"]({"topics_guided": pd.DataFrame(ROWS, columns=COLUMNS)})


def test_without_guidance_there_is_a_plain_sentence():
    """Most studies guide nothing."""
    assert READINGS["topics_guided"]({}) == "No topics were guided by words of a reader's choice."
