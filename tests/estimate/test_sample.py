"""Samples: exact chances, a beginning that is a sample itself, and a spread over pages."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import EstimateError
from analysis.estimate import DESIGNS, draw_sample
from analysis.tables import GOLD_SAMPLE, check_table


def labels_of(said, *, clusters=None, chance=0.9):
    """A table of labels with one chance for what was said and the rest shared."""
    table = pd.DataFrame({"comment_id": [f"c{i:03}" for i in range(len(said))]})
    table["cluster"] = clusters if clusters is not None else [f"f{i % 5}" for i in range(len(said))]
    table["label"] = pd.Series(said, dtype=object)
    for label in ("agreeing", "extending", "spam"):
        table[label] = [1 / 3 if s is None else chance if s == label else (1 - chance) / 2 for s in said]
    return table


@settings(max_examples=40, deadline=None)
@given(
    said=st.lists(st.sampled_from(["agreeing", "extending", "spam", None]), min_size=4, max_size=60),
    part=st.floats(0.1, 1),
    seed=st.integers(0, 99),
    by=st.sampled_from(DESIGNS),
)
def test_a_sample_has_no_row_twice_and_its_weights_count_the_comments(said, part, seed, by):
    """Without replacement, every comment with a chance, and the weights of a whole sample add up to all comments."""
    labels = labels_of(said)
    n = max(len(set(said)), round(part * len(said)))
    drawn = draw_sample(labels, n, seed, by=by)
    assert len(drawn) == n
    assert drawn["comment_id"].is_unique
    assert drawn["comment_id"].is_monotonic_increasing
    assert set(drawn["comment_id"]) <= set(labels["comment_id"])
    assert drawn["inclusion_probability"].between(0, 1, inclusive="right").all()
    assert sorted(drawn["order"]) == list(range(1, n + 1))
    assert check_table(drawn, GOLD_SAMPLE).equals(drawn)
    if by != "uncertainty":  # there the weights add up to all comments on average only
        assert (1 / drawn["inclusion_probability"]).sum() == pytest.approx(len(said))


def test_a_stratified_sample_meets_rare_labels():
    """Twenty spam comments in two thousand would be two or three of two hundred by chance."""
    labels = labels_of(["spam"] * 20 + ["extending"] * 1980)
    drawn = draw_sample(labels, 200, 1, by="stratified").merge(labels, on="comment_id")
    assert (drawn["label"] == "spam").sum() == 20
    assert draw_sample(labels, 200, 1, by="simple")["inclusion_probability"].unique().tolist() == [0.1]


@pytest.mark.parametrize(
    ("n", "by", "sentence"),
    [(0, "simple", "ask for 1 to 8"), (9, "simple", "ask for 1 to 8"), (3, "strata", "choose one of: simple, strat"),
     (1, "stratified", "each of the 2 machine labels")],
)  # fmt: skip
def test_samples_that_cannot_be_drawn_are_refused(n, by, sentence):
    """A sample larger than the corpus, or of an unknown design."""
    with pytest.raises(EstimateError, match=sentence):
        draw_sample(labels_of(["spam", "agreeing"] * 4), n, 1, by=by)


@pytest.mark.parametrize("by", ["simple", "stratified"])
@pytest.mark.parametrize("n", [4, 17, 60])
def test_a_larger_sample_begins_with_the_smaller(by, n):
    """A project may code more later: the first codes keep their place, and their chances are those of their number."""
    labels = labels_of(["spam", "agreeing", None, "extending", "extending"] * 40, clusters=np.arange(200) % 13)
    small, large = (draw_sample(labels, k, 5, by=by).sort_values("order", ignore_index=True) for k in (n, 90))
    assert large["comment_id"].head(n).tolist() == small["comment_id"].tolist()
    assert small["order"].tolist() == list(range(1, n + 1))


def test_strata_carry_their_name_and_size():
    """Who estimates must know how many comments each stratum stands for."""
    labels = labels_of(["spam"] * 10 + ["extending"] * 70 + [None] * 20)
    drawn = draw_sample(labels, 30, 1)
    sizes = drawn.drop_duplicates("stratum").set_index("stratum")["stratum_size"].to_dict()
    assert sizes == {"spam": 10, "extending": 70, "cannot say": 20}
    taken = drawn["stratum"].map(drawn["stratum"].value_counts())
    assert (taken / drawn["stratum_size"]).tolist() == pytest.approx(drawn["inclusion_probability"].tolist())
    assert set(draw_sample(labels, 30, 1, by="simple")["stratum"]) == {""}


@pytest.mark.parametrize("by", DESIGNS)
def test_every_comment_is_drawn_as_often_as_its_chance_says(by):
    """Over 300 draws no frequency is further from its chance than accident makes it."""
    draw = np.random.default_rng(0)
    chances = draw.dirichlet([0.3, 1, 0.2], 60)
    labels = labels_of(np.array(["agreeing", "extending", "spam"], dtype=object)[chances.argmax(axis=1)])
    labels = labels.assign(cluster=draw.integers(6, size=60))
    labels[["agreeing", "extending", "spam"]] = chances
    often, chance = np.zeros(60), np.zeros(60)
    for seed in range(300):
        drawn = draw_sample(labels, 20, seed, by=by)
        rows = drawn["comment_id"].str[1:].astype(int).to_numpy()
        often[rows] += 1
        chance[rows] = drawn["inclusion_probability"]
    off = (often / 300 - chance) / np.sqrt(chance * (1 - chance) / 300)
    assert np.abs(off).max() < 4
    assert 0.6 < off.std() < 1.4
    assert chance.sum() == pytest.approx(20)


def test_a_label_is_spread_over_the_pages():
    """Ten of a hundred from ten pages of ten are one or two a page, not five of one and none of another."""
    labels = labels_of(["extending"] * 100, clusters=np.arange(100) % 10)
    met = [draw_sample(labels, 10, seed).merge(labels)["cluster"].value_counts().max() for seed in range(30)]
    assert max(met) <= 2
    plain = [
        draw_sample(labels.drop(columns="cluster"), 10, seed).merge(labels, on="comment_id")["cluster"].value_counts()
        for seed in range(30)
    ]
    assert max(c.max() for c in plain) > 2


def test_doubt_raises_the_chance_and_no_weight_more_than_doubles():
    """What the machine is sure of is coded less often, and still often enough to find it wrong."""
    labels = labels_of(["spam"] * 50 + [None] * 50, chance=1.0)
    drawn = draw_sample(labels, 20, 3, by="uncertainty")
    by_stratum = drawn.merge(labels[["comment_id", "label"]]).groupby("label", dropna=False)["inclusion_probability"]
    chance = by_stratum.first()
    assert chance["spam"] == pytest.approx(0.1)
    assert chance[chance.index.isna()].item() == pytest.approx(0.3)


def test_a_design_that_needs_the_machine_says_what_is_missing():
    """A corpus not yet labelled can be drawn from, but simply."""
    labels = labels_of(["spam"] * 9)[["comment_id"]]
    with pytest.raises(EstimateError, match=r"uncertainty sample from lacks the column.s. agreeing.*by='simple'"):
        draw_sample(labels, 3, 1, by="uncertainty")
    assert len(draw_sample(labels, 3, 1, by="simple")) == 3
