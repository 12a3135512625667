"""Sentences with a reading decided beforehand: who does what to whom, what is quoted, what is denied."""

import sys
from pathlib import Path

import pytest

from analysis.framing import find_axis
from analysis.framing.grammar import read_relation
from analysis.framing.passages import Passage
from analysis.tokens import parse_texts

sys.path.insert(0, str(Path(__file__).resolve().parent))
from framed import sentences

AXIS = find_axis("doing to / doing with")
NAMES = {-1: "to", 1: "with"}


def reading(passage):
    """Pole that counts ("none" and "both" are two more), and what stands apart."""
    counted, apart = set(), set()
    for relation in passage.relations:
        pole = NAMES.get(read_relation(AXIS, relation))
        if pole is None:
            continue
        quoted = relation.anchor in passage.marks.quoted
        denied = bool({relation.anchor, relation.place} & passage.marks.denied)
        if quoted or denied:
            apart.add(pole + " negated" * denied + " quoted" * quoted)
        else:
            counted.add(pole)
    only = "both" if len(counted) == 2 else next(iter(counted), "none")
    return only, " ".join(sorted(apart))


def passage_of(text):
    """A sentence as the grammar instrument meets it."""
    return Passage("d", "d-0000", text, parse_texts([text])[0])


# The rules were made with the first half in view and never changed for the second; both were written by the rules'
# author, so real prose is harder. Measured: 45 and 44 of 46 poles right, marks and all 43 and 44.
@pytest.mark.parametrize(("half", "poles", "whole"), [("seen", 45, 43), ("blind", 44, 44)])
def test_the_grammar_reads_sentences_as_meant(half, poles, whole):
    """Doing to, doing with or neither; and what is said by others or denied is kept apart."""
    rows = sentences(half)
    parsed = parse_texts([row["sentence"] for row in rows])
    found = [reading(Passage("d", "p", row["sentence"], words)) for row, words in zip(rows, parsed, strict=True)]
    assert len(rows) == 46
    assert sum(pole == row["counted"] for (pole, _), row in zip(found, rows, strict=True)) >= poles
    assert sum(f == (row["counted"], row["apart"]) for f, row in zip(found, rows, strict=True)) >= whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The press does not only write for its readers.", ("to", "")),
        ("The press never writes for its readers.", ("none", "to negated")),
        ("> The press writes for its readers.", ("none", "to quoted")),
        ("We say that the press writes for its readers.", ("to", "")),
        ("It is said, and the mayor says that the press writes for its readers.", ("none", "to quoted")),
        ("It is a way for readers to edit the page.", ("with", "")),
        ("I can tell you that it rains.", ("none", "")),
        ("It rains.", ("none", "")),
        ("", ("none", "")),
    ],
)
def test_marks_and_safe_pronouns(text, expected):
    """ "Not only" is no denial, the writer's own saying no quotation, and "I tell you" addresses nobody."""
    assert reading(passage_of(text)) == expected
