"""Shares: right where they can be worked by hand, honest about what they do not know, and quick."""

import importlib.util
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import (
    Estimate,
    draw_sample,
    estimate_share,
    estimate_shares,
    resample_clusters,
    wilson_interval,
)
from analysis.estimate.intervals import bootstrap_shares

SETTINGS = Estimates(level=0.95, draws=200, min_codes=4)
BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks" / "estimates.py"


def benchmark():
    """The benchmark as a module; its invented corpora serve here too."""
    spec = importlib.util.spec_from_file_location("estimates_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


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


def test_a_counted_share_is_marked_uncorrected_and_counts_the_unlabelled():
    """ "Cannot say" stays in the denominator, and nobody may take a count for an estimate."""
    found = estimate_share(labels_of(["spam", None, "agreeing", "agreeing"] * 5), "agreeing", seed=1, settings=SETTINGS)
    assert (found.share, found.method, found.corrected, found.worth) == (0.5, "counted", False, None)
    assert found.low < 0.5 < found.high
    assert (found.n, found.n_coded, found.clusters) == (20, 0, 5)


def test_too_few_codes_correct_nothing_and_the_reason_says_so():
    """A handful of codes is noise; the reader is told how many are missing."""
    labels = labels_of(["spam", "agreeing"] * 10)
    codes = codes_of(labels, [0, 1, 2], ["spam", "none", "spam"], 0.15)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    assert (found.share, found.method, found.n_coded) == (0.5, "counted", 3)
    assert found.reason == "counted: 3 hand codes, 4 are needed"


def test_hand_codes_are_weighted_by_their_chances():
    """Worked by hand: (2 x 1 + 2 x 0 + 10 x 0 + 10 x 1) / 24 = .5."""
    labels = labels_of(["spam"] * 4 + ["agreeing"] * 20)
    codes = codes_of(labels, [0, 1, 10, 11], ["spam", "none", "none", "spam"], [0.5, 0.5, 0.1, 0.1])
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS, method="hand codes")
    assert found.share == pytest.approx(0.5)
    assert (found.method, found.corrected) == ("hand codes", True)


def test_the_power_tuned_share_equals_the_formula_written_out():
    """The share is t mean(f) + mean(y - t f), t the slope of codes on probabilities, as written by hand here."""
    draw = np.random.default_rng(3)
    truth = draw.random(400) < 0.3
    labels = labels_of(np.where(draw.random(400) < 0.8, np.where(truth, "spam", "agreeing"), "spam").tolist())
    rows = np.sort(draw.permutation(400)[:80])
    codes = codes_of(labels, rows, np.where(truth[rows], "spam", "agreeing"), 0.2)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    f, y = labels["spam"].to_numpy(), truth[rows].astype(float)
    t = np.clip(np.cov(y, f[rows])[0, 1] / np.var(f[rows], ddof=1), 0, 1)
    assert found.share == pytest.approx(t * f.mean() + (y - t * f[rows]).mean())
    e = y - t * f[rows]
    plain, alone = (v.var(ddof=1) / 80 * (1 - 0.2) for v in (e, y))
    variance = (80 * plain + 4 * alone) / 84
    assert found.worth == f"as much as {round(80 * (alone / variance - 1))} more hand codes"
    share = found.share
    low, high = wilson_interval(share, share * (1 - share) / variance, level=0.95, df=78)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_everything_coded_leaves_nothing_uncertain():
    """The share among these comments is known when all of them were coded."""
    said = ["spam", "agreeing", "extending", None] * 5
    labels = labels_of(said)
    codes = codes_of(labels, range(20), ["none" if s is None else s for s in said], 1.0)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS, method="hand codes")
    assert found.low == found.share == found.high == pytest.approx(0.25)


def test_a_label_never_met_keeps_an_interval():
    """No spam among forty codes is not no spam: the interval is Wilson's for forty cases, a little shorter for 400."""
    labels = labels_of(["agreeing", "extending"] * 200)
    codes = codes_of(labels, range(0, 360, 9), ["agreeing"] * 40, 0.1)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    assert found.share == found.low == 0
    assert 0.06 < found.high < wilson_interval(0, 40, level=0.95, df=39)[1]


def test_useless_machine_labels_leave_the_hand_codes():
    """Where the machine gives one probability to all, the method is named for what it is."""
    labels = labels_of([None] * 100)
    codes = codes_of(labels, range(0, 80, 4), ["spam", "none"] * 10, 0.2)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    assert (found.method, found.worth, found.share) == ("hand codes", "nothing beside these hand codes", 0.5)


def test_codes_of_whole_essays_count_as_essays():
    """Ten comments of one essay tell less than ten of ten: the interval widens where essays were coded whole."""
    families = np.repeat(np.arange(40), 10)
    said = np.where(families % 2 == 0, "spam", "agreeing").tolist()
    labels = labels_of([None] * 400, clusters=families)
    truth = pd.Series(said)
    whole = np.flatnonzero(families < 10)
    spread = np.arange(0, 400, 4)
    wide, narrow = (
        estimate_share(
            labels,
            "spam",
            codes=codes_of(labels, rows, truth[rows].tolist(), 0.25),
            seed=1,
            settings=SETTINGS,
        )
        for rows in (whole, spread)
    )
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_codes_of_one_essay_correct_nothing():
    """However many comments of one essay were coded, the other essays remain unknown."""
    labels = labels_of(["spam"] * 40)
    codes = codes_of(labels, range(0, 40, 5), ["none"] * 8, 0.2)
    found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
    assert (found.share, found.method) == (1, "counted")
    assert "all 8 hand codes are of one essay family" in found.reason


def test_missing_probabilities_count_as_what_was_said():
    """A comment that was never scored has its label, or no part in any."""
    labels = labels_of(["spam", "agreeing"] * 20)
    labels.loc[:, ["agreeing", "extending", "spam"]] = np.nan
    codes = codes_of(labels, range(0, 40, 2), ["spam"] * 20, 0.5)
    assert estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS).share == pytest.approx(1.0)


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
    with pytest.raises(EstimateError, match="choose one of: counted, hand codes, ppi"):
        estimate_share(labels, "spam", seed=1, settings=SETTINGS, method="ppi")


@pytest.mark.parametrize(
    "change",
    [{"low": 0.6}, {"high": 1.2}, {"corrected": True}, {"method": "guessed"}, {"n_coded": 11}, {"level": 95.0}],
)
def test_an_estimate_holds_its_invariants(change):
    """No share outside its interval, no count called corrected, no percent taken for a part."""
    good = Estimate(0.5, 0.4, 0.6, 0.95, "counted", False, 0, 10, 3)
    with pytest.raises(EstimateError):
        replace(good, **change)


def test_groups_stand_in_natural_order_after_all_and_say_what_they_lack():
    """A group without codes is counted, one without comments undefined, and both say so."""
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
    assert np.isnan(rows.loc["topic 3: c", "share"])
    assert rows.loc["topic 3: c", "reason"] == "undefined: there are no comments"
    assert rows.loc["topic 2: a", "reason"] == "counted: 0 hand codes, 4 are needed"
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


def test_row_order_changes_nothing():
    """Two machines may list comments differently."""
    labels = labels_of(["spam", "agreeing", None, "extending"] * 30)
    drawn = draw_sample(labels, 40, 7)
    shuffled = labels.sample(frac=1, random_state=4)
    assert draw_sample(shuffled, 40, 7).equals(drawn)
    codes = drawn.assign(label="spam")
    one, other = (estimate_share(t, "spam", codes=codes, seed=1, settings=SETTINGS) for t in (labels, shuffled))
    assert one.share == pytest.approx(other.share)
    assert one.high == pytest.approx(other.high)


@settings(max_examples=40, deadline=None)
@given(
    said=st.lists(st.sampled_from(["agreeing", "extending", "spam", None]), min_size=4, max_size=60),
    part=st.floats(0.1, 1),
    seed=st.integers(0, 99),
    by=st.sampled_from(["simple", "stratified"]),
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


@given(share=st.floats(0, 1), n=st.integers(1, 5000), df=st.one_of(st.none(), st.integers(1, 500)))
def test_wilson_holds_its_share_and_narrows(share, n, df):
    """The interval stays in range, holds the share, and shrinks with more cases."""
    low, high = wilson_interval(share, n, level=0.95, df=df)
    assert 0 <= low <= share <= high <= 1
    assert high > low
    wider = wilson_interval(share, n / 2, level=0.95, df=df)
    assert wider[1] - wider[0] >= high - low - 1e-12


def test_wilson_equals_its_published_form():
    """Against the textbook: 8 of 10 at 95 % gives .490 to .943."""
    assert wilson_interval(0.8, 10, level=0.95) == pytest.approx((0.4902, 0.9433), abs=5e-5)


def test_clusters_are_drawn_whole():
    """A row of a family is never drawn without its siblings, and both bootstraps see the same spread."""
    clusters = np.array(["a", "b", "a", "c", "b", "a"])
    hit = np.array([1, 0, 1, 0, 1, 0])
    shares = []
    for rows in resample_clusters(clusters, 2000, 5):
        times = np.bincount(rows, minlength=6)
        assert times[0] == times[2] == times[5]
        assert times[1] == times[4]
        shares.append(hit[rows].mean())
    quick = bootstrap_shares(np.array([2, 1, 0]), np.array([3, 2, 1]), draws=2000, seed=6)
    assert np.mean(shares) == pytest.approx(quick.mean(), abs=0.02)
    assert np.std(shares) == pytest.approx(quick.std(), abs=0.02)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """The reason for the whole room: counts miss the truth, corrected shares hold it, the machine narrows."""
    bench = benchmark()
    found = bench.measure(replace(bench.SETTINGS[0], comments=800, codes=150), runs=30).set_index("method")
    assert found.loc["counted", "coverage"] < 0.6
    assert found.loc["hand codes", "coverage"] >= 0.85
    assert found.loc["ppi++", "coverage"] >= 0.85
    assert found.loc["ppi++", "width"] < 0.95 * found.loc["hand codes", "width"]
    assert abs(found.loc["ppi++", "error"]) < 0.02


def test_a_hundred_thousand_labels_take_less_than_two_seconds():
    """A blog host's worth of comments must not stop a notebook."""
    bench = benchmark()
    labels, truth = bench.invent(replace(bench.SETTINGS[0], comments=100_000, families=5000), seed=1)
    codes = draw_sample(labels, 300, 1).assign(label=lambda t: truth[t["comment_id"]].to_numpy())
    start = time.process_time()
    table = estimate_shares(labels, codes=codes, seed=1, settings=Estimates(level=0.95, draws=1000, min_codes=40))
    counted = estimate_share(labels, "spam", seed=1, settings=Estimates(level=0.95, draws=1000, min_codes=40))
    assert time.process_time() - start < 2
    assert table["method"].tolist() == ["ppi++"] * 3
    assert counted.clusters == 5000
