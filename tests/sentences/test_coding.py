"""The prose on hand codes takes its numbers from the tables, and has a sentence for every gap."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.config import load_config
from analysis.estimate import coder_error
from analysis.evaluate import stat_agreement, stat_code_confusion, stat_disagreements
from analysis.sentences.coding import NO_CODES, ONE_CODER, read_agreement, read_coding_progress, read_disagreements
from analysis.sentences.limits import read_coder_error, read_precision

READINGS = (read_coding_progress, read_agreement, read_disagreements, read_coder_error, read_precision)


def plain(text):
    """Prose with ordinary blanks."""
    return text.replace("\xa0", " ")


def table(columns, *rows):
    """A small table."""
    return pd.DataFrame(list(rows), columns=columns.split())


AGREEMENT = table(
    "of label alpha low high kappa agreement n given coders clusters level caution",
    ("label", "all", 0.834, 0.741, 0.902, 0.83, 0.9, 60, 120, 2, 14, 0.95, "Only tentative, *mind*."),
    ("label", "agreeing", 0.79, 0.6, 0.9, 0.79, 0.93, 60, 30, 2, 14, 0.95, None),
    ("label", "spam", 0.95, 0.8, 1, 0.95, 0.98, 60, 25, 2, 14, 0.95, None),
    ("label", "none", 0.3, -0.1, 0.7, 0.3, 0.97, 60, 4, 2, 14, 0.95, None),
    ("position", "all", 0.7, 0.6, 0.8, 0.7, 0.9, 60, 120, 2, 14, 0.95, None),
    ("label, both sure", "all", 0.91, 0.8, 1, 0.91, 0.97, 48, 96, 2, 14, 0.95, None),
)
DIFFERENCES = table(
    "comment_id differ labels settled",
    ("c1", "label", "agreeing / extending", "extending"),
    ("c2", "label and position", "agreeing / extending", None),
    ("c3", "label", "none / spam", None),
    ("c4", "position", "spam", None),
)
CONFUSION = table(
    "one other label_one label_other n share differing",
    ("ann", "b_b", "agreeing", "extending", 5, 0.1, 0.8),
    ("ann", "b_b", "extending", "agreeing", 1, 0.02, 0.2),
    ("ann", "b_b", "spam", "spam", 40, 0.7, np.nan),
)
ERRORS = table(
    "label assumption share low high sensitivity specificity n_double clusters reason",
    ("spam", "no errors", 0.2, 0.15, 0.26, 1, 1, 60, 14, None),
    ("spam", "all misses", 0.25, 0.18, 0.36, 0.8, 1, 60, 14, None),
    ("spam", "half and half", 0.2, 0.14, 0.27, 0.9, 0.98, 60, 14, None),
    ("spam", "all false alarms", 0.17, 0.1, 0.23, 1, 0.96, 60, 14, None),
)
PRECISION = table(
    "label half_width codes coded n now",
    ("spam", 0.062, 100, 100, 426, True),
    ("spam", 0.05, 160, 100, 426, False),
    ("spam", 0.03, None, 100, 426, False),
    ("agreeing", 0.041, 100, 100, 426, True),
    ("agreeing", 0.05, 70, 100, 426, False),
    ("extending", 0.081, 100, 100, 426, True),
    ("extending", 0.05, None, 100, 426, False),
)


def test_agreement_gives_alpha_its_interval_the_weakest_label_and_the_caution():
    """A label four codes rest on is named as too rare, not as the weakest; mark-up in a caution is dead."""
    said = plain(read_agreement({"agreement": AGREEMENT}))
    assert "2 coders coded the same 60 comments, under 14 essays." in said
    three = plain(read_agreement({"agreement": AGREEMENT.assign(coders=3)}))
    assert "Of 3 coders two or more coded each of 60 comments, under 14 essays." in three
    assert "same label in 90 % of pairs; Krippendorff's alpha is 0.83 (95 % interval 0.74 to 0.90)" in said
    assert (
        "best on spam (alpha 0.95) and least on agreeing (0.79). Given too rarely to be judged: “none” (4 times)."
        in said
    )
    assert "position toward the essay alpha is 0.70" in said
    assert "Of 48 comments all were sure; on these alpha is 0.91" in said
    assert "**Only tentative, &#42;mind&#42;.**" in said


def test_agreement_with_one_coder_or_one_label():
    """Neither is an agreement of nought."""
    alone = AGREEMENT.head(1).assign(n=0)
    assert read_agreement({"agreement": alone}) == ONE_CODER
    same = AGREEMENT.head(1).assign(alpha=np.nan, low=np.nan, high=np.nan, kappa=np.nan, agreement=1.0)
    assert "100 % of pairs; as only one label was ever given" in plain(read_agreement({"agreement": same}))


def test_disagreements_are_counted_by_kind_and_by_direction():
    """Two of three are open; the confusion leans to one side."""
    said = plain(
        read_disagreements({"agreement": AGREEMENT, "disagreements": DIFFERENCES, "code_confusion": CONFUSION})
    )
    assert (
        "Of 60 comments coded twice 3 got more than one label: agreeing / extending (2) and “none” / spam (1)." in said
    )
    assert "On 1 more only the position differs." in said
    assert "ann said agreeing where b&#95;b said extending (5 times; the other way round 1 time)" in said
    assert "1 of them was settled in a further reading, 2 not." in said
    none = read_disagreements({"agreement": AGREEMENT, "disagreements": DIFFERENCES.head(0)})
    assert none == "On none of 60 comments coded twice do the coders differ."


def test_coder_error_gives_both_ends():
    """As coded, the two ends, and the whole width."""
    said = plain(read_coder_error({"coder_error": ERRORS}))
    assert "Spam: 20 % as coded, 17 % if all were false alarms, 25 % if all were misses" in said
    assert "with the luck of the draw 10 % to 36 %" in said
    assert "further reading" not in said
    settled = pd.concat([ERRORS, ERRORS.head(1).assign(assumption="settled", share=0.22)])
    assert "22 % (interval 15 % to 26 %) by the further reading" in plain(read_coder_error({"coder_error": settled}))
    same = ERRORS.assign(share=0.2)
    assert "Spam: 20 % as coded, and the same whichever they were" in plain(read_coder_error({"coder_error": same}))


def test_coder_error_without_double_codes_says_so():
    """One coder's errors are unknown, not absent."""
    assert read_coder_error({"coder_error": ERRORS.assign(n_double=0)}).startswith(ONE_CODER)


def test_precision_counts_the_codes_still_to_make():
    """What is reached, what takes more, and what no number reaches."""
    said = plain(read_precision({"precision": PRECISION}))
    assert "With 100 codes the intervals reach to either side by: spam 6.2 points, agreeing 4.1 points and" in said
    assert "Spam needs 60 more codes for 5.0 points." in said
    assert "Agreeing is within 5.0 points already." in said
    assert "Extending reaches 5.0 points with no number of codes short of all 426." in said


def test_progress_counts_each_coder():
    """Who has done what, at which pace, and what nobody has settled."""
    progress = table("coder coded drawn unsure minutes", ("ann", 150, 150, 12, None), ("bob", 30, 150, 0, 6.0))
    settled = table("how n", ("agreed", 25), ("one coder", 119), ("the sure coder", 1), ("first coder", 5))
    said = plain(read_coding_progress({"coding_progress": progress, "settled": settled}))
    assert "150 comments were drawn by lot. Ann coded all of them and was unsure of 12." in said
    assert "Bob coded 30 of them and was never unsure, at 12 seconds a comment." in said
    assert "a beginning of it is a fair sample already" in said
    assert "Of the comments coded: 25 agreed by all coders and 119 seen by one coder only." in said
    # word for word what the methods paragraph says of them
    left = "On 6 comments the coders differ and nobody settled it; there the code of the coder who was sure, or else of"
    assert f"{left} the first by name, was taken. Adjudicate them." in said


@pytest.mark.parametrize("reading", READINGS)
def test_a_missing_table_is_a_sentence(reading):
    """No table, an empty one, and one with other columns are all the same to a reader."""
    for tables in ({}, {"agreement": AGREEMENT.head(0)}, {"coder_error": pd.DataFrame({"x": [1]})}):
        assert reading(tables).startswith((NO_CODES, ONE_CODER))


CODED = st.lists(st.tuples(*[st.sampled_from(["agreeing", "extending", "spam", "none", None])] * 3), min_size=1)


@settings(max_examples=25, deadline=None)
@given(rows=CODED)
def test_whatever_is_coded_can_be_told(rows):
    """Real tables of any codes give sentences without a bare gap in them."""
    wide = pd.DataFrame(rows, columns=["a", "b", "c"]).reset_index(names="comment_id")
    codes = wide.melt(id_vars="comment_id", var_name="coder", value_name="label").dropna(subset=["label"])
    few = replace(load_config().estimates, draws=100)
    shares = pd.DataFrame({"label": ["spam"], "share": [0.1], "low": [0.05], "high": [0.2]})
    tables = {
        "agreement": stat_agreement(codes, level=0.95, draws=20, seed=1),
        "disagreements": stat_disagreements(codes),
        "code_confusion": stat_code_confusion(codes),
        "coder_error": coder_error(codes, shares, settings=few, seed=1),
    }
    for reading in (read_agreement, read_disagreements, read_coder_error):
        said = reading(tables)
        assert said.endswith((".", ".**"))
        assert "nan" not in said.lower()
        assert "None" not in said.replace("None of them", "")
