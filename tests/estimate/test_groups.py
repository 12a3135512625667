"""Shares by group, and tables that are refused: each says in a sentence what it lacks."""

import numpy as np
import pandas as pd
import pytest

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import draw_sample, estimate_share, estimate_shares
from analysis.estimate.contrasts import compare_groups

SETTINGS = Estimates(level=0.95, draws=200, min_codes=4)


def labels_of(said, *, clusters=None, chance=0.9):
    """A table of labels with one chance for what was said and the rest shared."""
    table = pd.DataFrame({"comment_id": [f"c{i:03}" for i in range(len(said))]})
    table["cluster"] = clusters if clusters is not None else [f"f{i % 5}" for i in range(len(said))]
    table["label"] = pd.Series(said, dtype=object)
    for label in ("agreeing", "extending", "spam"):
        table[label] = [1 / 3 if s is None else chance if s == label else (1 - chance) / 2 for s in said]
    return table


def codes_of(labels, rows, truth, probability):
    """Hand codes of some rows."""
    return pd.DataFrame(
        {
            "comment_id": labels["comment_id"].iloc[rows].tolist(),
            "label": truth,
            "inclusion_probability": probability,
        }
    )


def test_groups_stand_in_natural_order_after_all_and_say_what_they_lack():
    """A group without codes and one without comments are undefined, and say so each in its way."""
    labels = labels_of(["spam", "agreeing", "extending", None] * 20)
    groups = pd.Series(["topic 10: b"] * 40 + ["topic 2: a"] * 38 + [None] * 2, index=labels["comment_id"])
    groups = groups.astype(pd.CategoricalDtype(["topic 10: b", "topic 2: a", "topic 3: c"]))
    codes = codes_of(labels, range(0, 40, 2), ["spam", "extending"] * 10, 0.25)
    table = estimate_shares(labels, groups, codes=codes, seed=1, settings=SETTINGS)
    assert table["group"].unique().tolist() == ["all", "topic 2: a", "topic 3: c", "topic 10: b"]
    assert table["label"].tolist() == ["agreeing", "extending", "spam"] * 4
    rows = table[table["label"] == "spam"].set_index("group")
    assert rows["method"].tolist() == ["ppi++", "counted", "counted", "ppi++"]
    assert rows["n"].tolist() == [80, 38, 0, 40]
    assert rows["n_coded"].tolist() == [20, 0, 0, 20]
    assert np.isnan(rows.loc[["topic 3: c", "topic 2: a"], ["share", "low", "high"]].to_numpy(dtype=float)).all()
    assert rows.loc["topic 3: c", "reason"] == "undefined: there are no comments"
    assert rows.loc["topic 2: a", "reason"].startswith("undefined: none of these comments is coded")
    alone = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    assert rows.loc["all", "share"] == alone.share


def test_one_family_gives_no_interval_for_a_count():
    """From one essay nothing can be said about how essays differ."""
    found = estimate_share(labels_of(["spam"] * 5, clusters=["f"] * 5), "spam", seed=1, settings=SETTINGS)
    assert found.share == 1
    assert np.isnan([found.low, found.high]).all()
    assert "one essay family" in found.reason


def test_a_group_called_all_is_refused():
    """The name is kept for all comments together."""
    labels = labels_of(["spam"] * 4)
    with pytest.raises(EstimateError, match="kept for all comments"):
        estimate_shares(labels, pd.Series("all", index=labels["comment_id"]), seed=1, settings=SETTINGS)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.assign(comment_id=["x1", *c["comment_id"][1:]]), "1 hand code.s. are of comments that are not"),
        (lambda c: c.assign(label=["spm", *c["label"][1:]]), "No code is called 'spm'.*Did you mean 'spam'"),
        (lambda c: pd.concat([c, c.head(1).assign(label="none")]), "coded twice .as none and as spam"),
        (lambda c: pd.concat([c, c.head(1)]), "coded twice .both times as spam"),
        (lambda c: c.assign(inclusion_probability=0.0), "inclusion probability lies above 0"),
        (lambda c: c.drop(columns="inclusion_probability"), "hand codes lacks the column.s. inclusion_probability"),
    ],
)
def test_codes_that_do_not_fit_are_refused(change, sentence):
    """Every mistake with hand codes is a sentence that says what to do."""
    labels = labels_of(["spam"] * 10)
    codes = change(codes_of(labels, range(5), ["spam"] * 5, 0.5))
    with pytest.raises(EstimateError, match=sentence):
        estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.assign(label="praise"), "No label is called 'praise'"),
        (lambda t: pd.concat([t, t.head(1)]), "holds comment 'c000' twice"),
        (lambda t: t.assign(cluster=None), "has no cluster"),
        (lambda t: t.drop(columns=["cluster", "spam"]), "lacks the column.s. cluster, spam"),
    ],
)
def test_labels_that_do_not_fit_are_refused(change, sentence):
    """A broken table of labels is named as such."""
    with pytest.raises(EstimateError, match=sentence):
        estimate_share(change(labels_of(["spam"] * 10)), "spam", seed=1, settings=SETTINGS)


def test_unknown_label_and_method_name_the_nearest():
    """A typo costs a glance."""
    labels = labels_of(["spam"] * 10)
    with pytest.raises(EstimateError, match="Did you mean 'extending'"):
        estimate_share(labels, "extend", seed=1, settings=SETTINGS)
    with pytest.raises(EstimateError, match="choose one of: counted, dsl, hand codes, ppi"):
        estimate_share(labels, "spam", seed=1, settings=SETTINGS, method="ppi")


def test_a_group_with_few_codes_is_wide_and_says_so():
    """Three codes correct a group, but hardly."""
    labels = labels_of(["spam", "extending"] * 100)
    groups = pd.Series(["small"] * 20 + ["large"] * 180, index=labels["comment_id"])
    codes = codes_of(labels, [3, 9, 14, *range(20, 200, 3)], ["spam", "none", "none"] * 21, 0.315)
    table = estimate_shares(labels, groups, codes=codes, seed=1, settings=Estimates(0.95, 200, 10))
    rows = table[table["label"] == "spam"].set_index("group")
    assert rows.loc["small", "reason"] == "few: only 3 of these comments are coded by hand, so the interval is wide"
    assert pd.isna(rows.loc["large", "reason"])
    assert rows.loc["small", "high"] - rows.loc["small", "low"] > 0.5
    assert rows["corrected"].all()


def test_groups_are_unbiased_and_together_make_the_whole():
    """The slope is borrowed from all codes, the correction is not: over many samples each group's error vanishes."""
    draw = np.random.default_rng(2)
    group = np.where(np.arange(600) < 200, "a", "b")
    truth = np.where(draw.random(600) < np.where(group == "a", 0.5, 0.1), "spam", "extending")
    # in group a the machine takes half of the spam for something else, in group b it is right
    missed = (group == "a") & (draw.random(600) < 0.5)
    labels = labels_of(np.where(missed, "extending", truth).tolist(), clusters=(np.arange(600) % 90).tolist())
    groups = pd.Series(group, index=labels["comment_id"])
    settings, found = Estimates(level=0.95, draws=100, min_codes=10), []
    for seed in range(60):
        codes = draw_sample(labels, 120, seed)
        codes = codes.assign(label=truth[codes["comment_id"].str[1:].astype(int)])
        table = estimate_shares(labels, groups, codes=codes, seed=seed, settings=settings)
        found.append(table[table["label"] == "spam"].set_index("group")["share"])
    mean, error = pd.DataFrame(found).mean(), pd.DataFrame(found).sem()
    for name in ("a", "b"):
        assert abs(mean[name] - (truth[group == name] == "spam").mean()) < 4 * error[name]


def test_a_scope_nobody_knows_is_refused():
    """The two scopes are named."""
    with pytest.raises(EstimateError, match="choose one of: corpus, like these"):
        estimate_shares(labels_of(["spam"] * 4), seed=1, settings=SETTINGS, scope="world")


def test_a_percentage_is_no_probability():
    """A table in percent is told before it makes nonsense of a share."""
    labels = labels_of(["spam"] * 10).assign(spam=90.0)
    with pytest.raises(EstimateError, match="outside 0 to 1; give parts, not percent"):
        estimate_share(labels, "spam", seed=1, settings=SETTINGS)


@pytest.mark.parametrize("kind", ["object", "string", "category"])
def test_groups_and_labels_may_be_any_kind_of_column(kind):
    """A table read with pandas' own text type has gaps that cannot be compared; the shares are the same."""
    labels = labels_of(["spam", "agreeing", "extending", None] * 20)
    groups = pd.Series(["a"] * 40 + ["b"] * 30 + [None] * 10, index=labels["comment_id"])
    codes = draw_sample(labels, 20, 1).assign(label=["spam", "none"] * 10)
    plain = estimate_shares(labels, groups, codes=codes, seed=1, settings=SETTINGS)
    typed = labels.assign(label=labels["label"].astype(kind), spam=labels["spam"].astype("Float64"))
    coded = codes.assign(label=codes["label"].astype(kind))
    found = estimate_shares(typed, groups.astype(kind), codes=coded, seed=1, settings=SETTINGS)
    pd.testing.assert_frame_equal(found, plain)
    counted = estimate_shares(typed, groups.astype(kind), seed=1, settings=SETTINGS)
    assert counted["share"].tolist() == estimate_shares(labels, groups, seed=1, settings=SETTINGS)["share"].tolist()
    pd.testing.assert_frame_equal(draw_sample(typed, 20, 1), draw_sample(labels, 20, 1))
    made = compare_groups(typed, groups.astype(kind), "spam", codes=coded, settings=SETTINGS)
    pd.testing.assert_frame_equal(made, compare_groups(labels, groups, "spam", codes=codes, settings=SETTINGS))


@pytest.mark.parametrize("kind", ["float64", "Int64", "Float64", "object"])
def test_years_with_gaps_are_called_as_years_are(kind):
    """One undated comment makes floats of all years; a figure must not show 2001.0."""
    labels = labels_of(["spam", "agreeing"] * 10)
    years = pd.Series([2001, 2002, None, 2010] * 5, index=labels["comment_id"], dtype="float64").astype(kind)
    table = estimate_shares(labels, years, seed=1, settings=SETTINGS)
    assert table["group"].unique().tolist() == ["all", "2001", "2002", "2010"]
    assert table.loc[table["group"] == "2001", "n"].tolist() == [5, 5, 5]
    halves = estimate_shares(labels, years / 4, seed=1, settings=SETTINGS)["group"].unique().tolist()
    assert set(halves) == {"all", "500.25", "500.5", "502.5"}


def test_groups_of_other_comments_are_refused():
    """Groups numbered by row would make every group empty and every share unknown, without a word why."""
    labels = labels_of(["spam"] * 10)
    with pytest.raises(EstimateError, match="indexed by 0 and the like, the comments are called 'c000' and the like"):
        estimate_shares(labels, pd.Series(["a"] * 10), seed=1, settings=SETTINGS)
    nobody = pd.Series([None] * 10, index=labels["comment_id"], dtype=object)
    assert estimate_shares(labels, nobody, seed=1, settings=SETTINGS)["group"].unique().tolist() == ["all"]


def test_a_comment_known_by_a_number_is_named_by_it():
    """A sentence for a historian names comment 3, not a type of numpy."""
    labels = labels_of(["spam"] * 10).assign(comment_id=range(10))
    codes = codes_of(labels, range(5), ["spam"] * 5, 0.5)
    with pytest.raises(EstimateError, match="Comment 4 is coded twice"):
        estimate_share(labels, "spam", codes=pd.concat([codes, codes.tail(1)]), seed=1, settings=SETTINGS)
    strange = codes.assign(comment_id=[0, 1, 2, 3, 104])
    with pytest.raises(EstimateError, match=r"first: 104\)"):
        estimate_share(labels, "spam", codes=strange, seed=1, settings=SETTINGS)
