"""Differences and ratios of shares: as published, as worked by hand, honest where nothing can be said."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import estimate_shares, wilson_interval
from analysis.estimate.contrasted import Contrast
from analysis.estimate.contrasts import compare_groups, estimate_difference, estimate_ratio
from analysis.estimate.movers import difference_interval, ratio_interval

SETTINGS = Estimates(level=0.95, draws=200, min_codes=5)
BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "contrasts.py"


def benchmark():
    """The benchmark as a module; its invented corpora serve here too."""
    spec = importlib.util.spec_from_file_location("contrasts_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def invent(n=400):
    """Old and new comments in turn, in essays of four; the machine finds spam in a quarter and in half of them."""
    draw = np.random.default_rng(1)
    new = np.arange(n) % 2 == 1
    spam = np.zeros(n, dtype=bool)
    spam[1::2], spam[::2] = draw.permutation(n // 2) < n // 4, draw.permutation(n // 2) < n // 8
    labels = pd.DataFrame({"comment_id": [f"c{i:04}" for i in range(n)], "cluster": draw.permutation(n) // 4})
    labels["label"] = np.where(spam, "spam", "extending")
    labels = labels.assign(agreeing=0.1, extending=np.where(spam, 0.1, 0.8), spam=np.where(spam, 0.8, 0.1))
    groups = pd.Series(np.where(new, "2010", "2009"), index=labels["comment_id"])
    return labels, groups


def code(labels, said, step=4):
    """Every ``step``-th comment coded in pairs, old and new alike; ``said`` in turn."""
    rows = np.flatnonzero((np.arange(len(labels)) // 2) % step == 0)
    return pd.DataFrame(
        {
            "comment_id": labels["comment_id"].iloc[rows].to_numpy(),
            "label": np.resize(np.array(said, dtype=object), len(rows)),
            "inclusion_probability": 1 / step,
        }
    )


SIDES = (("spam", "2010"), ("spam", "2009"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090)), ((10, 10), (0, 10), (0.6075, 1)),
     ((0, 10), (0, 10), (-0.2775, 0.2775))],
)  # fmt: skip
def test_differences_equal_published_ones(first, second, expected):
    """Newcombe 1998, table II, method 10: Wilson's intervals squared and added, also where a share is 0 or 1."""
    bounds = [(x / n, *wilson_interval(x / n, n, level=0.95)) for x, n in (first, second)]
    assert difference_interval(*bounds) == pytest.approx(expected, abs=1e-4)


shares = st.tuples(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1)).map(
    lambda t: (t[0], t[0] * t[1], t[0] + (1 - t[0]) * t[2])
)


@given(first=shares, second=shares, r=st.floats(-0.99, 0.99))
def test_a_difference_lies_in_its_interval_and_turns_with_its_sides(first, second, r):
    """Exchanging the sides changes the signs and nothing else."""
    low, high = difference_interval(first, second, r)
    assert -1 <= low <= first[0] - second[0] <= high <= 1
    assert difference_interval(second, first, r) == pytest.approx((-high, -low))


@given(first=shares, second=shares, r=st.floats(-0.99, 0.99))
def test_a_ratio_lies_in_its_interval_and_turns_with_its_sides(first, second, r):
    """The ratio the other way round is one over it, and 1 is inside where 0 is inside the difference."""
    assume(min(first[1], second[1]) > 1e-3)
    low, high = ratio_interval(first, second, r)
    assert 0 <= low <= first[0] / second[0] * (1 + 1e-9)
    assert high >= first[0] / second[0] * (1 - 1e-9)
    assert ratio_interval(second, first, r) == pytest.approx((1 / high, 1 / low), rel=1e-6)
    apart = difference_interval(first, second, r)
    if min(abs(low - 1), abs(high - 1)) > 1e-6 and apart[0] > -1 and apart[1] < 1:
        assert (low < 1 < high) == (apart[0] < 0 < apart[1])


def test_a_difference_by_hand_codes_is_worked_by_hand():
    """40 of 50 coded new ones and 10 of 50 coded old ones: about Newcombe's interval, narrowed by the quarter coded."""
    labels, groups = invent()
    said = ["none", "spam"] * 4 + ["spam", "none"]  # old, new, old, new, ...
    found = estimate_difference(
        labels, SIDES, groups=groups, codes=code(labels, said), settings=SETTINGS, method="hand codes"
    )
    assert found.shares == pytest.approx((0.8, 0.2))
    assert found.value == pytest.approx(0.6)
    assert (found.n_coded, found.n, found.clusters, found.corrected) == (100, 400, 100, True)
    assert (found.first, found.second) == ("spam in 2010", "spam in 2009")
    bounds = [(p, *wilson_interval(p, 49 / 0.75, level=0.95, df=49)) for p in (0.8, 0.2)]
    assert (found.low, found.high) == pytest.approx(difference_interval(*bounds), abs=0.015)
    ratio = estimate_ratio(labels, SIDES, groups=groups, codes=code(labels, said), settings=SETTINGS)
    assert ratio.which == "ratio"
    assert ratio.low < ratio.value < ratio.high


def test_two_labels_share_their_codes():
    """Of one label there is less where there is more of the other: the interval knows, and is wider for it."""
    labels, _ = invent()
    codes = code(labels, ["spam", "extending", "spam", "none"])
    found = estimate_difference(labels, ("spam", "extending"), codes=codes, settings=SETTINGS, method="hand codes")
    p, q, n, left = 0.5, 0.25, 100, 0.75
    wald = 1.984 * np.sqrt((p + q - (p - q) ** 2) / (n - 1) * left)
    assert found.value == pytest.approx(p - q)
    assert (found.high - found.low) / 2 == pytest.approx(wald, rel=0.03)
    alone = np.sqrt((p * (1 - p) + q * (1 - q)) / (n - 1) * left) * 1.984
    assert (found.high - found.low) / 2 > 1.15 * alone


def test_whole_essays_in_both_groups_count_as_essays():
    """Where essays were coded whole and lean one way in both years, their errors go together and cancel."""
    labels, groups = invent()
    labels["cluster"] = np.arange(400) // 4
    whole = labels["cluster"] % 4 == 0
    codes = labels.loc[whole, ["comment_id"]].assign(inclusion_probability=0.25)
    codes["label"] = np.where(labels.loc[whole, "cluster"] % 8 == 0, "spam", "none")
    found = estimate_difference(labels, SIDES, groups=groups, codes=codes, settings=SETTINGS, method="hand codes")
    assert found.value == pytest.approx(0)
    assert found.high - found.low < 0.02  # not 0: Wilson's bounds lie unevenly about a share


def test_machine_labels_narrow_and_say_what_they_were_worth():
    """A good machine is worth some codes; dsl and ppi++ are both corrected."""
    labels, groups = invent()
    codes = code(labels, ["none"])
    said = labels.set_index("comment_id")["label"][codes["comment_id"]].to_numpy(dtype=object).copy()
    said[::7] = "none"
    found = {
        m: estimate_difference(
            labels, SIDES, groups=groups, codes=codes.assign(label=said), settings=SETTINGS, method=m
        )
        for m in ("hand codes", "dsl", "ppi++", None)
    }
    assert found["ppi++"].high - found["ppi++"].low < 0.8 * (found["hand codes"].high - found["hand codes"].low)
    assert found["ppi++"].worth.startswith("as much as ")
    assert found["hand codes"].worth is None
    assert found[None] == found["ppi++"]
    assert found["dsl"].corrected


def test_a_machine_of_no_help_leaves_the_hand_codes():
    """The method is named for what it is, and the labels were worth nothing."""
    labels, groups = invent()
    labels = labels.assign(agreeing=1 / 3, extending=1 / 3, spam=1 / 3)
    found = estimate_difference(
        labels, SIDES, groups=groups, codes=code(labels, ["spam", "none", "none"]), settings=SETTINGS
    )
    assert (found.method, found.worth) == ("hand codes", "nothing beside these hand codes")


def test_a_share_in_a_contrast_is_the_share_estimated_alone():
    """No second truth: both sides are those of estimate_shares, also with the machine's help."""
    labels, groups = invent()
    codes = code(labels, ["spam", "none", "none", "spam", "extending"])
    found = estimate_difference(labels, SIDES, groups=groups, codes=codes, settings=SETTINGS)
    table = estimate_shares(labels, groups, codes=codes, seed=1, settings=SETTINGS)
    alone = table[table["label"] == "spam"].set_index("group")["share"]
    assert found.shares == pytest.approx((alone["2010"], alone["2009"]))


def test_counts_are_marked_and_their_spread_is_between_essays():
    """Without codes there is a count, uncorrected, and it says why."""
    labels, groups = invent()
    found = estimate_difference(labels, SIDES, groups=groups, settings=SETTINGS)
    assert (found.method, found.corrected, found.value) == ("counted", False, pytest.approx(0.25))
    assert found.reason == "counted: 0 hand codes, 5 are needed"
    assert found.low < 0.25 < found.high
    one = labels.assign(cluster="f")
    none = estimate_difference(one, SIDES, groups=groups, settings=SETTINGS, method="counted")
    assert np.isnan([none.low, none.high]).all()
    assert none.reason == "counted as asked; no interval: all comments of a side are of one essay family"


def test_a_group_without_codes_is_undefined_and_one_with_few_is_wide():
    """Codes of the one year cannot correct the other; a few can, and the interval shows how few."""
    labels, groups = invent()
    codes = code(labels, ["spam", "none", "extending"])
    of_2010 = (groups[codes["comment_id"]] == "2010").to_numpy()
    none = estimate_ratio(labels, SIDES, groups=groups, codes=codes[~of_2010], settings=SETTINGS)
    assert np.isnan([none.value, none.low, none.high]).all()
    assert none.reason == "undefined: no comment is coded by hand for spam in 2010; code some there"
    three = pd.concat([codes[~of_2010], codes[of_2010].head(3)])
    few = estimate_difference(labels, SIDES, groups=groups, codes=three, settings=SETTINGS)
    assert few.corrected
    assert few.reason == "few: only 3 codes for spam in 2010, so the interval is wide"
    assert few.high - few.low > 0.5


def test_a_ratio_to_nothing_says_so():
    """No upper bound, or no ratio at all: in words, not as a number."""
    labels, groups = invent()
    give = {"groups": groups, "settings": SETTINGS, "method": "hand codes"}
    none_old = estimate_ratio(labels, SIDES, codes=code(labels, ["none", "spam", "none", "none"]), **give)
    assert none_old.value == none_old.high == np.inf
    assert none_old.low > 1
    assert none_old.reason.startswith("infinite: the second share is 0; at least ")
    nothing = estimate_ratio(labels, SIDES, codes=code(labels, ["none"]), **give)
    assert np.isnan(nothing.value)
    assert nothing.reason == "undefined: both shares are 0"
    assert (nothing.low, nothing.high) == (0, np.inf)
    same = estimate_difference(labels, SIDES, codes=code(labels, ["none"]), **give)
    assert same.value == 0
    assert 0.03 < same.high < 0.2


def test_every_comment_coded_leaves_no_doubt():
    """The target is these comments: when all are coded the interval has no width."""
    labels, groups = invent()
    codes = code(labels, ["spam", "none", "none"], step=1)
    found = estimate_difference(labels, SIDES, groups=groups, codes=codes, settings=SETTINGS)
    assert found.low == pytest.approx(found.value)
    assert found.high == pytest.approx(found.value)


def test_an_empty_group_is_undefined():
    """A category without comments has no share."""
    labels, groups = invent()
    groups = groups.astype(pd.CategoricalDtype(["2009", "2010", "2011"]))
    found = estimate_difference(labels, (("spam", "2011"), ("spam", "2009")), groups=groups, settings=SETTINGS)
    assert np.isnan(found.value)
    assert found.reason == "undefined: there are no comments for spam in 2011"


@pytest.mark.parametrize(
    ("sides", "change", "sentence"),
    [
        ((("spam", "2009"), ("spam", "2009")), {}, "Both sides are 'spam in 2009'; compare two different"),
        ((("spam", "2009"), ("spam", "209")), {}, "No group is called '209'.*Did you mean '2009'"),
        (("spam", "spam"), {}, "Both sides are 'spam'"),
        (("spam", "extend"), {}, "No label is called 'extend'.*Did you mean 'extending'"),
        (("spam", "none"), {}, "No label is called 'none'"),
        (("spam",), {}, "Two sides are compared"),
        (("spam", ("spam", "2009", "old")), {}, "A side is a label"),
        ((("spam", "2009"), ("spam", "2010")), {"groups": None}, "compare the group '2009' give groups"),
        (("spam", "extending"), {"method": "ppi"}, "choose one of: counted, dsl, hand codes, ppi"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(sides, change, sentence):
    """A typo costs a glance."""
    labels, groups = invent()
    for ask in (estimate_difference, estimate_ratio):
        with pytest.raises(EstimateError, match=sentence):
            ask(labels, sides, **({"groups": groups, "settings": SETTINGS} | change))


def test_tables_that_do_not_fit_are_refused():
    """As for shares: the checks are the same."""
    labels, groups = invent()
    codes = code(labels, ["spam"]).assign(label="spm")
    with pytest.raises(EstimateError, match="Did you mean 'spam'"):
        estimate_difference(labels, SIDES, groups=groups, codes=codes, settings=SETTINGS)
    with pytest.raises(EstimateError, match="None of these comments has a group"):
        estimate_difference(labels, SIDES, groups=groups.reset_index(drop=True), settings=SETTINGS)
    with pytest.raises(EstimateError, match="has no cluster"):
        estimate_difference(labels.assign(cluster=None), SIDES, groups=groups, settings=SETTINGS)


@pytest.mark.parametrize(
    "change",
    [{"which": "quotient"}, {"method": "guessed"}, {"corrected": True}, {"low": 0.3}, {"high": 1.5}, {"n_coded": 99},
     {"level": 95.0}],
)  # fmt: skip
def test_a_contrast_holds_its_invariants(change):
    """No difference outside its interval, no count called corrected."""
    good = Contrast("difference", 0.2, 0.1, 0.4, 0.95, "counted", False, "a", "b", (0.5, 0.3), 0, 10, 3)
    with pytest.raises(EstimateError):
        replace(good, **change)


def test_all_pairs_stand_in_one_table_with_joint_bounds():
    """Three groups make three pairs; the joint interval is wider, and each row equals the single question."""
    labels, _ = invent()
    groups = pd.Series(np.resize(["topic 10", "topic 2", "topic 1"], 400), index=labels["comment_id"])
    codes = code(labels, ["spam", "none", "extending", "spam", "none"])
    table = compare_groups(labels, groups, "spam", codes=codes, settings=SETTINGS)
    assert table[["first", "second"]].to_numpy().tolist() == [
        ["topic 1", "topic 2"], ["topic 1", "topic 10"], ["topic 2", "topic 10"],
    ]  # fmt: skip
    assert (table["joint_low"] < table["low"]).all()
    assert (table["joint_high"] > table["high"]).all()
    sides = (("spam", "topic 1"), ("spam", "topic 10"))
    alone = estimate_difference(labels, sides, groups=groups, codes=codes, settings=SETTINGS)
    assert (table.loc[1, "value"], table.loc[1, "low"]) == (alone.value, alone.low)
    rest = compare_groups(labels, groups, "spam", codes=codes, settings=SETTINGS, against="the rest")
    assert rest["second"].tolist() == ["the rest"] * 3
    assert rest["n"].tolist() == [400] * 3
    with pytest.raises(EstimateError, match="Did you mean 'the rest'"):
        compare_groups(labels, groups, "spam", settings=SETTINGS, against="rest")
    with pytest.raises(EstimateError, match="two at least; found 1"):
        compare_groups(labels, pd.Series("a", index=groups.index), "spam", settings=SETTINGS)


def test_intervals_hold_the_truth_about_as_often_as_they_say():
    """Counted differences miss, corrected ones hold the truth, the machine narrows them."""
    bench = benchmark()
    case = replace(bench.CASES[4], comments=800, codes=120)
    found = bench.measure(case, runs=40).set_index(["which", "method"])
    assert found.loc[("difference", "counted"), "coverage"] < 0.6
    assert (found["coverage"].drop("counted", level="method") >= 0.85).all()
    widths = found["width"]
    assert widths["difference", "ppi++"] < 0.95 * widths["difference", "hand codes"]


@settings(max_examples=25, deadline=None)
@given(said=st.lists(st.sampled_from(["agreeing", "extending", "spam", "none"]), min_size=1, max_size=40))
def test_whatever_was_coded_gives_an_interval(said):
    """Any codes, however one-sided, give bounds that hold the value."""
    labels, groups = invent(80)
    codes = code(labels, said, step=2)
    for ask in (estimate_difference, estimate_ratio):
        for method in ("ppi++", "dsl", "hand codes"):
            found = ask(labels, SIDES, groups=groups, codes=codes, settings=SETTINGS, method=method)
            assert found.high >= found.low
            assert found.corrected
