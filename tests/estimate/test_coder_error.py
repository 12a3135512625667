"""Coders' errors: the formulas worked by hand, the whole range and no more, truth inside it when coders err alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.config import load_config
from analysis.errors import EstimateError
from analysis.estimate.coder_error import ALARMS, HALF, MISSES, NO_ERRORS, SETTLED, coder_error
from analysis.estimate.intervals import wilson_interval

FEW = replace(load_config().estimates, draws=200)


def cells(both, first, second, neither):
    """Two coders: so many comments both call spam, only the first, only the second, neither."""
    said = [("spam", "spam")] * both + [("spam", "none")] * first + [("none", "spam")] * second
    said += [("none", "none")] * neither
    table = pd.DataFrame(said, columns=["ann", "bob"]).reset_index(names="comment_id")
    return table.melt(id_vars="comment_id", var_name="coder", value_name="label")


def shares_of(share, low=None, high=None):
    """One share of spam."""
    low, high = (share if v is None else v for v in (low, high))
    return pd.DataFrame({"label": ["spam"], "share": [share], "low": [low], "high": [high]})


def made(codes, shares, **more):
    """Rows by assumption."""
    return coder_error(codes, shares, settings=FEW, seed=1, **more).set_index("assumption")


def test_by_hand():
    """30 both, 10 each alone, 50 neither: 40 % of codes; misses 30/40, false alarms 50/60, half the root of alpha."""
    table = made(cells(30, 10, 10, 50), shares_of(0.4))
    assert table.index.tolist() == [NO_ERRORS, MISSES, HALF, ALARMS]
    assert table.loc[MISSES, "sensitivity"] == pytest.approx(0.75)
    assert table.loc[MISSES, "share"] == pytest.approx(0.4 / 0.75)
    assert table.loc[ALARMS, "specificity"] == pytest.approx(50 / 60)
    assert table.loc[ALARMS, "share"] == pytest.approx((0.4 - 1 / 6) / (5 / 6))
    youden = np.sqrt((0.3 - 0.16) / 0.24)
    assert table.loc[HALF, "share"] == 0.4
    assert table.loc[HALF, "sensitivity"] + table.loc[HALF, "specificity"] - 1 == pytest.approx(youden)
    missed, false = (1 - table.loc[HALF, "sensitivity"]) * 0.4, (1 - table.loc[HALF, "specificity"]) * 0.6
    assert missed == pytest.approx(false)
    assert table[["n_double", "clusters"]].drop_duplicates().to_numpy().tolist() == [[100, 100]]


RATE = st.floats(0.55, 1.0)


@settings(max_examples=60, deadline=None)
@given(p=st.floats(0.02, 0.98), s=RATE, c=RATE)
def test_the_range_holds_every_truth_and_its_ends_fit_the_codes(p, s, c):
    """In an endless study any share, sensitivity and specificity lie inside; the ends give back what was seen."""
    q, both = p * s + (1 - p) * (1 - c), p * s * s + (1 - p) * (1 - c) ** 2
    assume(0.02 < q < 0.98)
    counts = np.round(np.array([both, q - both, q - both, 1 - 2 * q + both]) * 100_000).astype(int)
    said = [("spam", "spam"), ("spam", "none"), ("none", "spam"), ("none", "none")]
    rows = [(f"{k}", coder, said[k][j], 1 / counts[k]) for k in range(4) if counts[k] for j, coder in enumerate("ab")]
    # Weights stand for the counts: a comment with chance 1 / n counts n times.
    codes = pd.DataFrame(rows, columns=["comment_id", "coder", "label", "inclusion_probability"])
    table = made(codes, shares_of(q))
    assert table.loc[ALARMS, "share"] - 1e-3 <= p <= table.loc[MISSES, "share"] + 1e-3
    for name in (MISSES, HALF, ALARMS):
        share, sens, spec = table.loc[name, ["share", "sensitivity", "specificity"]]
        assert share * sens + (1 - share) * (1 - spec) == pytest.approx(q, abs=1e-3)
        assert share * sens**2 + (1 - share) * (1 - spec) ** 2 == pytest.approx(both, abs=1e-3)


COUNTS = st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(any)


@settings(max_examples=60, deadline=None)
@given(counts=COUNTS, share=st.sampled_from([0, 0.01, 0.3, 1]), third=st.booleans())
def test_no_row_leaves_zero_to_one(counts, share, third):
    """However few or wild the codes: bounds in order, shares inside, gaps only with a reason."""
    settled = pd.DataFrame({"comment_id": range(sum(counts)), "label": "spam"}) if third else None
    table = made(cells(*counts), shares_of(share, share * 0.5, min(1, share * 1.5)), settled=settled)
    assert (SETTLED in table.index) == third
    known = table.dropna(subset=["share"])
    assert ((known["low"] >= 0) & (known["low"] <= known["share"])).all()
    assert ((known["share"] <= known["high"]) & (known["high"] <= 1)).all()
    assert not table.loc[ALARMS, "share"] > share
    assert not table.loc[MISSES, "share"] < share
    assert table.loc[table["share"].isna(), "reason"].notna().all()
    assert table.loc[NO_ERRORS, ["share", "low", "high"]].tolist() == [share, share * 0.5, min(1, share * 1.5)]


def study(truth_rates, *, seed, share=0.3, n=300, double=100, alike=0.0):
    """Invented: a share from one coder's n codes, the first ``double`` of them coded by a second one too."""
    draw = np.random.default_rng(seed)
    sens, spec = truth_rates
    true = draw.random(n) < share
    one, two = (np.where(true, draw.random(n) < sens, draw.random(n) > spec) for _ in range(2))
    two = np.where(draw.random(n) < alike, one, two)
    codes = pd.concat(
        pd.DataFrame({"comment_id": range(double), "coder": k, "label": np.where(x[:double], "spam", "none")})
        for k, x in (("a", one), ("b", two))
    )
    q = one.mean()
    settled = pd.DataFrame({"comment_id": range(double), "label": np.where(true[:double], "spam", "none")})
    return codes, shares_of(q, *wilson_interval(q, n, level=0.95)), settled


def covered(rates, name, runs=90, alike=0.0):
    """How often the row's interval, and the band of all rows, hold the true share of .3."""
    row, band = [], []
    for seed in range(runs):
        codes, shares, settled = study(rates, seed=seed, alike=alike)
        table = made(codes, shares, settled=settled if name == SETTLED else None)
        row.append(table.loc[name, "low"] <= 0.3 <= table.loc[name, "high"])
        band.append(table["low"].min() <= 0.3 <= table["high"].max())
    return np.mean(row), np.mean(band)


@pytest.mark.parametrize(
    ("rates", "name"),
    [((0.8, 1.0), MISSES), ((1.0, 0.92), ALARMS), ((0.9, 1 - 0.1 * 0.3 / 0.7), HALF), ((0.8, 0.95), SETTLED)],
)
def test_truth_lies_in_the_row_whose_assumption_holds(rates, name):
    """Nominal 95 %; and the band from the lowest to the highest row holds it at least as often."""
    row, band = covered(rates, name)
    assert row >= 0.9
    assert band >= 0.95


def test_coders_who_err_alike_hide_their_errors():
    """The stated limit: where both always miss the same comments nothing shows, and the band is as blind."""
    row, band = covered((0.8, 1.0), MISSES, alike=1.0)
    assert row < 0.6
    assert band < 0.6


def test_no_difference_among_few_is_not_no_error():
    """Ten comments without a difference leave more room above than a hundred."""
    few, many = (made(cells(k, 0, 0, 4 * k), shares_of(0.2)).loc[MISSES] for k in (2, 40))
    assert few["share"] == many["share"] == 0.2
    assert few["high"] > many["high"] + 0.02
    assert many["high"] > 0.2


def test_essays_not_comments_are_what_was_seen():
    """Differences heaped under a few essays are less certain than scattered ones."""
    codes = cells(30, 10, 10, 50)
    essays = pd.Series(np.arange(100) // 10, index=range(100))
    alone, heaped = made(codes, shares_of(0.4)), made(codes, shares_of(0.4), clusters=essays)
    assert heaped.loc[MISSES, "clusters"] == 10
    spread = [t.loc[MISSES, "high"] - t.loc[MISSES, "low"] for t in (alone, heaped)]
    assert spread[1] > 1.1 * spread[0]


def test_a_third_reading_decides():
    """20 differences, 10 settled, all for spam: misses they were; the other ten are taken to be like them."""
    codes = cells(30, 10, 10, 50)
    settled = pd.DataFrame({"comment_id": range(35, 45), "label": "spam"})
    table = made(codes, shares_of(0.4), settled=settled)
    assert table.loc[SETTLED, ["sensitivity", "specificity"]].tolist() == pytest.approx([0.8, 1.0])
    assert table.loc[SETTLED, "share"] == pytest.approx(0.5)
    assert SETTLED not in made(codes, shares_of(0.4), settled=settled.assign(comment_id=range(10))).index


def test_groups_keep_their_names_and_three_coders_are_welcome():
    """Further columns of the shares come first; each label has its rows."""
    third = cells(30, 10, 10, 50).query("coder == 'ann'").assign(coder="cem")
    shares = shares_of(0.4).assign(label="spam", group="all")[["group", "label", "share", "low", "high"]]
    shares = pd.concat([shares, shares.assign(group="topic 1", label="agreeing")])
    table = coder_error(pd.concat([cells(30, 10, 10, 50), third]), shares, settings=FEW, seed=1)
    assert table[["group", "label"]].drop_duplicates().to_numpy().tolist() == [["all", "spam"], ["topic 1", "agreeing"]]
    assert table.columns[-1] == "reason"
    assert 0.75 < table.loc[table["assumption"] == MISSES, "sensitivity"].iloc[0] < 0.85
    never = table[(table["label"] == "agreeing") & (table["assumption"] == MISSES)].iloc[0]
    assert np.isnan(never["share"])
    assert never["reason"] == "no comment coded twice was given this label"


def test_nothing_coded_twice_says_so():
    """One coder: the share stands as it was, and what its errors do is not known."""
    table = made(cells(3, 1, 1, 5).query("coder == 'ann'"), shares_of(0.4))
    assert table.loc[NO_ERRORS, "share"] == 0.4
    assert table["share"].isna().sum() == 3
    assert set(table["reason"]) == {"no comment was coded twice"}


def test_coders_who_agree_by_chance_bound_nothing():
    """As many differences as chance makes: the share could be anything, and the row says so."""
    table = made(cells(10, 40, 40, 10), shares_of(0.5))
    assert table.loc[[MISSES, ALARMS], "share"].tolist() == [1.0, 0.0]
    assert table.loc[MISSES, "reason"].startswith("on this label the coders agree no better than chance")
    rare = made(cells(30, 10, 10, 50), shares_of(0.1))
    assert rare.loc[ALARMS, "share"] == 0
    assert rare.loc[ALARMS, "reason"].startswith("errors as frequent as these would explain the whole share")
    assert made(cells(30, 10, 10, 50), shares_of(0.0)).loc[MISSES, "reason"] is None


@pytest.mark.parametrize(
    ("codes", "shares", "sentence"),
    [
        (cells(1, 1, 1, 1).drop(columns="coder"), shares_of(0.2), "table of codes lacks the column.s. coder"),
        (cells(1, 1, 1, 1), shares_of(0.2).drop(columns="low"), "table of shares lacks the column.s. low"),
        (cells(1, 1, 1, 1).replace("spam", "spamm"), shares_of(0.2), "called 'spamm'.*Did you mean 'spam'"),
        (cells(1, 1, 1, 1), shares_of(0.2).replace("spam", "none"), "called 'none'"),
        (pd.concat([cells(1, 0, 0, 0)] * 2), shares_of(0.2), "'ann' gave comment '0' two codes"),
        (cells(1, 1, 1, 1), shares_of(0.2, 0.3, 0.4), "lies inside its interval"),
        (cells(1, 1, 1, 1).assign(inclusion_probability=0), shares_of(0.2), "inclusion probability lies above 0"),
    ],
)
def test_tables_that_do_not_fit_are_refused(codes, shares, sentence):
    """Each bad table has its sentence."""
    with pytest.raises(EstimateError, match=sentence):
        coder_error(codes, shares, settings=FEW, seed=1)
