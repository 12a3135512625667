"""Agreement: the published examples, two libraries to twelve digits, and intervals that hold what they promise."""

import math
import re
import time

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from analysis.errors import LabelError
from analysis.evaluate import cohen_kappa, krippendorff_alpha, stat_agreement
from analysis.evaluate.agreement import check_codes
from analysis.evaluate.caution import agreement_caution
from analysis.evaluate.coincidences import alpha_of, draw_sums, kappa_of, tally_codes

DRAWS = {"level": 0.95, "draws": 200, "seed": 1}


def long_form(wide):
    """Codes as a table of codes, gaps left out."""
    long = wide.reset_index(names="comment_id").melt(id_vars="comment_id", var_name="coder", value_name="label")
    return long.dropna(subset=["label"])


def coded(n, coders=2, accuracy=0.9, seed=0, mix=(0.2, 0.6, 0.12, 0.08)):
    """Invented codes: each coder gives the true label, or else any other."""
    draw = np.random.default_rng(seed)
    labels = np.array(["agreeing", "extending", "spam", "none"], dtype=object)
    truth = draw.choice(4, p=mix, size=n)
    said = {}
    for coder in "abcde"[:coders]:
        said[coder] = labels[np.where(draw.random(n) < accuracy, truth, (truth + draw.integers(1, 4, size=n)) % 4)]
    return pd.DataFrame(said, index=[f"c{i:04}" for i in range(n)])


# Krippendorff 2011, sections B and C: two coders, twelve units; four coders, twelve units with gaps.
TWO = pd.DataFrame({"one": list("aabbdcccedda"), "two": list("babbbccceddd")})
FOUR = pd.DataFrame(
    {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    },
    dtype=object,
)


@pytest.mark.parametrize(("codes", "alpha"), [(TWO, 0.692), (FOUR, 0.743)])
def test_alpha_equals_the_published_examples(codes, alpha):
    """Worked by hand in the source itself."""
    assert krippendorff_alpha(codes) == pytest.approx(alpha, abs=5e-4)


CODES = st.lists(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(rows=CODES)
def test_alpha_does_not_depend_on_order_or_names(rows):
    """Units, coders and labels may be listed and named in any way; alpha is at most 1."""
    table = pd.DataFrame(rows, dtype=object)
    value = krippendorff_alpha(table)
    turned = table.iloc[::-1, [2, 0, 1]].replace({"a": "z", "b": "y"})
    assert krippendorff_alpha(turned) == pytest.approx(value, nan_ok=True)
    assert math.isnan(value) or value <= 1


@settings(max_examples=30, deadline=None)
@given(labels=st.lists(st.sampled_from("abc"), min_size=2, max_size=20), coders=st.integers(2, 4))
def test_full_agreement_is_one(labels, coders):
    """Coders who never differ agree fully, unless there was nothing to tell apart."""
    table = pd.DataFrame(dict.fromkeys(range(coders), labels))
    expected = 1.0 if len(set(labels)) > 1 else float("nan")
    assert krippendorff_alpha(table) == pytest.approx(expected, nan_ok=True)
    assert cohen_kappa(table[0], table[1]) == pytest.approx(expected, nan_ok=True)


def test_kappa_of_unequal_lists_is_refused():
    """Labels of other units cannot be compared."""
    with pytest.raises(LabelError, match="found 1 and 2 labels"):
        cohen_kappa(pd.Series(["a"]), pd.Series(["a", "b"]))


@st.composite
def tables(draw):
    """Any 2 to 5 coders, 1 to 6 labels, 1 to 15 units, with gaps."""
    coders, labels = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    code = st.one_of(st.none(), *[st.sampled_from("abcdef"[:labels])] * 3)
    rows = draw(st.lists(st.lists(code, min_size=coders, max_size=coders), min_size=1, max_size=15))
    return pd.DataFrame(rows, dtype=object)


def peer_alpha(table):
    """What the package krippendorff says; NaN where it raises or divides nothing by nothing."""
    numbers = np.array([[ord(v) if isinstance(v, str) else np.nan for v in row] for row in table.to_numpy()])
    try:
        with np.errstate(invalid="ignore"):
            return float(krippendorff.alpha(reliability_data=numbers.T, level_of_measurement="nominal"))
    except ValueError:
        return math.nan


def peer_kappa(one, two):
    """What scikit-learn says of the units both coded; NaN where there are none."""
    both = one.notna() & two.notna()
    return float(cohen_kappa_score(one[both], two[both])) if both.any() else math.nan


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=80, deadline=None)
@given(table=tables())
def test_alpha_and_kappa_equal_their_peers_to_twelve_digits(table):
    """Two libraries as witnesses, over random tables with gaps, degenerate ones too; also label by label."""
    ours, theirs = krippendorff_alpha(table), peer_alpha(table)
    assert ours == pytest.approx(theirs, abs=1e-12, rel=0, nan_ok=True)
    one, two = table[0], table[1]
    assert cohen_kappa(one, two) == pytest.approx(peer_kappa(one, two), abs=1e-12, rel=0, nan_ok=True)
    made = stat_agreement(long_form(table), **DRAWS | {"draws": 2}).set_index("label")
    assert made.loc["all", "alpha"] == pytest.approx(theirs, abs=1e-12, rel=0, nan_ok=True)
    twice = table[table.notna().sum(axis=1) >= 2]
    for label in made.index.drop("all"):
        split = twice.map(lambda v, k=label: ("a" if v == k else "b") if isinstance(v, str) else None)
        assert made.loc[label, "alpha"] == pytest.approx(peer_alpha(split), abs=1e-12, rel=0, nan_ok=True)
        pairs = [peer_kappa(split[a], split[b]) for a in split for b in split if a < b]
        known = [k for k in pairs if not math.isnan(k)]
        mean = np.mean(known) if known else math.nan
        assert made.loc[label, "kappa"] == pytest.approx(mean, abs=1e-12, rel=0, nan_ok=True)


@pytest.mark.parametrize(
    "rows",
    [
        [["a", None], [None, "b"]],  # nothing coded twice
        [["a", "a"], ["a", "a"]],  # one label throughout
        [["a", "a"], ["b", None]],  # one label among what was coded twice
        [[None, None]],
    ],
)
def test_where_there_is_nothing_to_agree_on_nothing_is_said(rows):
    """NaN on purpose, where a peer raises, or divides nothing by nothing."""
    table = pd.DataFrame(rows, dtype=object)
    assert math.isnan(krippendorff_alpha(table))
    assert math.isnan(cohen_kappa(table[0], table[1]))


def test_agreement_table_by_label():
    """The table holds the published alpha, plain agreement, and each label against the rest, bounds around each."""
    table = stat_agreement(long_form(TWO), **DRAWS).set_index("label")
    assert table.index.tolist() == ["all", *"abcde"]
    assert table.loc["all", "alpha"] == pytest.approx(0.692, abs=5e-4)
    assert table.loc["all", "agreement"] == pytest.approx(9 / 12)
    assert table.loc["e", "alpha"] == table.loc["e", "kappa"] == 1
    assert (table["n"] == 12).all()
    assert table.loc["all", "given"] == 24 == table["given"].iloc[1:].sum()
    for name, low, high in (("alpha", "low", "high"), ("kappa", "kappa_low", "kappa_high")):
        assert ((table[low] < table[name]) & (table[name] <= table[high]) & (table[high] <= 1)).all()


def test_position_and_sureness_have_rows_of_their_own():
    """Coders may agree on the label and not on the position; the sure rows hold only what all were sure of."""
    codes = long_form(coded(60)).assign(position="for", sure=True)
    codes.loc[codes["comment_id"] < "c0010", "sure"] = codes["coder"] == "a"
    codes.loc[(codes["coder"] == "b") & (codes["comment_id"] < "c0030"), "position"] = "against"
    table = stat_agreement(codes, **DRAWS)
    assert list(dict.fromkeys(table["of"])) == ["label", "position", "label, both sure"]
    assert table.set_index(["of", "label"]).loc[("position", "all"), "agreement"] == 0.5
    sure = table[table["of"] == "label, both sure"]
    assert sure[["label", "n"]].to_numpy().tolist() == [["all", 50]]
    assert (table.loc[table["of"] == "label", "n"] == 60).all()


def test_full_agreement_of_few_is_not_certainty():
    """Ten comments on which two coders agree leave room below one, fifty leave less, essays count, not comments."""

    def low(n, clusters=None):
        codes = long_form(coded(n, accuracy=1.0))
        return stat_agreement(codes, clusters, **DRAWS)["low"].iloc[0]

    assert 0 < low(15) < low(60) < 1
    essays = pd.Series([i // 10 for i in range(60)], index=[f"c{i:04}" for i in range(60)])
    assert low(60, essays) < low(60)


def test_essays_widen_the_interval():
    """Copies of one comment under each essay tell no more than one comment."""
    wide = coded(40)
    copies = pd.concat([wide.set_axis(wide.index + f"-{k}") for k in range(5)])
    essays = pd.Series(copies.index.str[:5], index=copies.index)
    one = stat_agreement(long_form(wide), **DRAWS).iloc[0]
    many = stat_agreement(long_form(copies), essays, **DRAWS).iloc[0]
    alone = stat_agreement(long_form(copies), **DRAWS).iloc[0]
    assert many["clusters"] == 40
    assert many["high"] - many["low"] == pytest.approx(one["high"] - one["low"], rel=0.15)
    assert alone["high"] - alone["low"] < 0.6 * (one["high"] - one["low"])


def test_bootstrap_sums_equal_drawing_rows_again():
    """The fast way (sums by essay) gives what counting the drawn comments anew gives."""
    wide = coded(30, coders=3).mask(np.random.default_rng(3).random((30, 3)) < 0.2, None).astype(object)
    essay = np.arange(30) // 4
    twice = wide.notna().sum(axis=1).to_numpy() >= 2
    tally = tally_codes(wide.to_numpy(dtype=object), essay)
    coincidences, confusions = draw_sums(tally, 5, seed=7)
    groups = pd.factorize(essay[twice])[0]
    generator = np.random.default_rng(7)
    for d, picked in enumerate(generator.integers(groups.max() + 1, size=(5, groups.max() + 1))):
        rows = np.concatenate([np.flatnonzero(groups == k) for k in picked])
        again = wide[twice].iloc[rows].reset_index(drop=True)
        assert float(alpha_of(coincidences[d])[0]) == pytest.approx(
            peer_alpha(again.map(lambda v: v[0] if isinstance(v, str) else None))
        )
        kappas = [peer_kappa(again[a], again[b]) for a, b in (("a", "b"), ("a", "c"), ("b", "c"))]
        assert float(kappa_of(confusions[d])[0]) == pytest.approx(np.mean(kappas))


def test_rare_labels_leave_draws_without_a_figure_and_say_how_many():
    """A label met under one essay is missing from a third of all draws."""
    wide = coded(40, mix=(0.5, 0.5, 0, 0), accuracy=1.0)
    wide.loc["c0000"] = "spam"
    table = stat_agreement(long_form(wide), **DRAWS).set_index("label")
    assert 0.25 < table.loc["spam", "undefined"] / 200 < 0.5
    assert table.loc["all", "undefined"] == 0
    assert table.loc["spam", "alpha"] == 1
    assert table.loc["spam", "low"] < 0.2
    one_essay = stat_agreement(long_form(wide), pd.Series("e", index=wide.index), **DRAWS).iloc[0]
    assert math.isnan(one_essay["low"])
    assert one_essay["alpha"] == 1


def test_the_same_seed_gives_the_same_table_whatever_the_order():
    """Rows and coders may come in any order."""
    codes = long_form(coded(50, coders=3))
    pd.testing.assert_frame_equal(
        stat_agreement(codes, **DRAWS), stat_agreement(codes.sample(frac=1, random_state=1), **DRAWS)
    )


def test_intervals_cover():
    """Nominal 95 % intervals of alpha hold the truth in 93 to 99 % of 100 invented studies of 60 comments."""
    truth = krippendorff_alpha(coded(60_000, seed=99))
    inside = []
    for seed in range(100):
        row = stat_agreement(long_form(coded(60, seed=seed)), **DRAWS).iloc[0]
        inside.append(row["low"] <= truth <= row["high"])
    assert 0.93 <= np.mean(inside) <= 0.99


def test_a_thousand_draws_over_two_thousand_comments_take_under_two_seconds():
    """Every label, three coders, each comment its own essay."""
    codes = long_form(coded(2000, coders=3))
    start = time.perf_counter()
    stat_agreement(codes, level=0.95, draws=1000, seed=1)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: c.drop(columns="coder"), "lacks the column.s. coder"),
        (lambda c: pd.concat([c, c.head(1)]), "Coder 'a' gave comment 'c0000' two codes.*two coders two names"),
    ],
)
def test_codes_that_are_none_are_refused(change, sentence):
    """Two coders with one name look like one coder with two codes."""
    with pytest.raises(LabelError, match=sentence):
        check_codes(change(long_form(coded(5))))


@pytest.mark.parametrize(
    ("clusters", "sentence"),
    [
        (pd.Series({"c0000": "e"}), "4 coded comment.s. have no cluster .first: 'c0001'"),
        (pd.Series("e", index=["c0000", "c0000"]), "stands under two essays"),
    ],
)
def test_clusters_that_do_not_fit_are_refused(clusters, sentence):
    """A comment without an essay cannot be drawn again with it."""
    with pytest.raises(LabelError, match=sentence):
        stat_agreement(long_form(coded(5)), clusters, **DRAWS)


@pytest.mark.parametrize(
    ("accuracy", "n", "sentence"),
    [
        (0.5, 200, "agree too little .alpha .*below 0.667. for conclusions"),
        (0.92, 150, "not shown to suffice: alpha is .*but it may be as low as"),
        (0.9, 400, "tentative conclusions only"),
        (1.0, 20, "Only 20 comments were coded by two people: too few"),
        (1.0, 400, None),
    ],
)
def test_caution_grows_with_disagreement(accuracy, n, sentence):
    """From nothing to say, over tentative conclusions, to none at all."""
    table = stat_agreement(long_form(coded(n, accuracy=accuracy)), **DRAWS)
    said = agreement_caution(table)
    assert table["caution"].iloc[0] == said
    assert table["caution"].iloc[1:].isna().all()
    assert re.search(sentence or "^$", said or "")


def test_caution_when_nothing_was_coded_twice():
    """A study by one coder says so, and does not crash."""
    table = stat_agreement(long_form(coded(50)[["a"]]), **DRAWS)
    assert table[["n", "clusters", "coders"]].to_numpy().tolist() == [[0, 0, 0]]
    assert "No comment was coded by two people" in table["caution"].iloc[0]


def test_caution_names_a_weak_label():
    """Agreement over all can hide one label nobody agrees on."""
    wide = coded(400, accuracy=1.0)
    none = wide.index[wide["a"] == "none"]
    wide.loc[none[: len(none) // 2], "b"] = "extending"
    said = agreement_caution(stat_agreement(long_form(wide), **DRAWS))
    assert said is not None
    assert "too little on “none” (alpha" in said
