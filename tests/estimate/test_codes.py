"""Codes meet the lot they were drawn by, or are refused with a reason a person can act on."""

import pandas as pd
import pytest

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import draw_sample, estimate_share, passed_over, take_codes


def labels_of(said, *, clusters=None, chance=0.9):
    """A table of labels with one chance for what was said and the rest shared."""
    table = pd.DataFrame({"comment_id": [f"c{i:03}" for i in range(len(said))]})
    table["cluster"] = clusters if clusters is not None else [f"f{i % 5}" for i in range(len(said))]
    table["label"] = pd.Series(said, dtype=object)
    for label in ("agreeing", "extending", "spam"):
        table[label] = [1 / 3 if s is None else chance if s == label else (1 - chance) / 2 for s in said]
    return table


LABELS = labels_of(["spam"] * 12 + ["extending"] * 60 + ["agreeing"] * 28)
SAMPLE = draw_sample(LABELS, 30, 2)
SETTINGS = Estimates(level=0.95, draws=200, min_codes=4)


def coded(n, sample=SAMPLE):
    """The first n comments in the order of coding, all extending."""
    first = sample.sort_values("order").head(n)
    return pd.DataFrame({"comment_id": first["comment_id"], "label": "extending", "how": "one coder", "coders": 1})


def test_codes_of_the_whole_sample_keep_their_chances():
    """Nothing to scale where all is coded."""
    taken = take_codes(SAMPLE, coded(30).sample(frac=1, random_state=1))
    assert taken.columns.tolist() == ["comment_id", "label", "stratum", "stratum_size", "inclusion_probability"]
    assert taken["comment_id"].tolist() == SAMPLE["comment_id"].tolist()
    assert taken["inclusion_probability"].tolist() == pytest.approx(SAMPLE["inclusion_probability"].tolist())


def test_a_beginning_of_the_sample_is_the_smaller_sample():
    """Stopping after fourteen comments is as good as having drawn fourteen."""
    taken = take_codes(SAMPLE, coded(14))
    small = draw_sample(LABELS, 14, 2)
    assert taken["comment_id"].tolist() == small["comment_id"].tolist()
    assert taken["inclusion_probability"].tolist() == pytest.approx(small["inclusion_probability"].tolist())
    assert (1 / taken["inclusion_probability"]).sum() == pytest.approx(100)
    assert passed_over(SAMPLE, coded(14)) is None


def test_comments_passed_over_are_told():
    """Who skips the hard ones estimates a share of easy comments."""
    skipped = coded(14).iloc[[i for i in range(14) if i not in (0, 5)]]
    said = passed_over(SAMPLE, skipped)
    assert said.startswith("2 drawn comment(s) were passed over")
    assert "14%" in said


@pytest.mark.parametrize(
    ("sample", "codes", "sentence"),
    [
        (None, coded(5), "no drawn sample.*chosen by eye.*draw_sample"),
        (SAMPLE.head(0), coded(5), "no drawn sample"),
        (SAMPLE, coded(5).assign(comment_id=["x", *coded(5)["comment_id"][1:]]), "were not drawn .first: 'x'.*picked"),
        (SAMPLE, pd.concat([coded(5), coded(5).head(1).assign(label="spam")]), "twice .as extending and as spam"),
        (SAMPLE, coded(5).assign(label="praise"), "No code is called 'praise'"),
        (SAMPLE, coded(5).assign(label=None), "5 hand code.s. are empty"),
        (SAMPLE, coded(2), "no comment is coded yet.*next is 'c0.*Code one or two of each"),
        (SAMPLE.drop(columns="stratum_size"), coded(5), "the drawn sample lacks the column.s. stratum_size"),
        (pd.concat([SAMPLE, SAMPLE.head(1)]), coded(5), "drawn sample holds comment 'c.*twice"),
        (SAMPLE.assign(stratum_size=range(100, 130)), coded(5), "a stratum has one size"),
    ],
)
def test_codes_that_carry_no_estimate_are_refused(sample, codes, sentence):
    """Each with what was found and what to do."""
    with pytest.raises(EstimateError, match=sentence):
        take_codes(sample, codes)


def test_codes_of_another_version_of_the_corpus_are_refused():
    """A comment that is gone, and a corpus that has grown, are both told."""
    taken = take_codes(SAMPLE, coded(30))
    gone = LABELS[LABELS["comment_id"] != taken["comment_id"].iloc[0]]
    with pytest.raises(EstimateError, match=r"not among those labelled.*read it again"):
        estimate_share(gone, "spam", codes=taken, seed=1, settings=SETTINGS)
    more = pd.concat([LABELS, LABELS.head(3).assign(comment_id=["n1", "n2", "n3"])])
    with pytest.raises(EstimateError, match=r"drawn from 100 comments, but 103 are labelled.*another version"):
        estimate_share(more, "spam", codes=taken, seed=1, settings=SETTINGS)
    with pytest.raises(EstimateError, match=r"take_codes.sample, codes."):
        estimate_share(LABELS, "spam", codes=coded(30), seed=1, settings=SETTINGS)
