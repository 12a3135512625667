"""Shares: right where they can be worked by hand, and honest about what they do not know."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import (
    DESIGNS,
    Estimate,
    draw_sample,
    estimate_share,
    estimate_share_beyond,
    wilson_interval,
)  # fmt: skip

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
    machine = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS, method="dsl")
    assert machine.share == pytest.approx(f.mean() + (y - f[rows]).mean())
    assert (found.method, machine.method) == ("ppi++", "dsl")


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
    "change",
    [{"low": 0.6}, {"high": 1.2}, {"corrected": True}, {"method": "guessed"}, {"n_coded": 11}, {"level": 95.0}],
)
def test_an_estimate_holds_its_invariants(change):
    """No share outside its interval, no count called corrected, no percent taken for a part."""
    good = Estimate(0.5, 0.4, 0.6, 0.95, "counted", False, 0, 10, 3)
    with pytest.raises(EstimateError):
        replace(good, **change)


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


def test_a_simple_lot_without_a_machine_has_the_interval_of_jeffreys():
    """The published interval is the case of one cell: 24 and 2 of 80 codes, of so many that none is left out."""
    labels = labels_of([None] * 8000, clusters=range(8000))
    for met in (24, 2):
        codes = codes_of(labels, range(0, 8000, 100), ["spam"] * met + ["none"] * (80 - met), 1e-2)
        found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS, method="hand codes")
        jeffreys = special.betaincinv(met + 0.5, 80 - met + 0.5, [0.025, 0.975])
        assert (found.low, found.high) == pytest.approx(jeffreys, abs=0.003)


@settings(max_examples=60, deadline=None)
@given(
    truth=st.lists(st.sampled_from(["agreeing", "extending", "spam", "none"]), min_size=12, max_size=80),
    right=st.floats(0, 1),
    part=st.floats(0.1, 1),
    by=st.sampled_from(DESIGNS),
    method=st.sampled_from(["hand codes", "dsl", "ppi++"]),
    seed=st.integers(0, 99),
)
def test_every_interval_holds_its_share_whatever_was_drawn(truth, right, part, by, method, seed):
    """From any corpus, machine, sample and method; and all comments coded leave the true share without width."""
    draw = np.random.default_rng(seed)
    said = [t if t != "none" and draw.random() < right else draw.choice(["extending", "spam"]) for t in truth]
    labels = labels_of(said, clusters=draw.integers(4, size=len(said)).tolist())
    drawn = draw_sample(labels, max(4, round(part * len(said))), seed, by=by)
    codes = drawn.assign(label=np.array(truth)[drawn["comment_id"].str[1:].astype(int)])
    for estimate in (estimate_share, estimate_share_beyond):
        found = estimate(labels, "spam", codes=codes, seed=seed, settings=SETTINGS, method=method)
        assert 0 <= found.low <= found.share <= found.high <= 1
        assert found.high > found.low or len(drawn) == len(said) or by != "simple"
    here = estimate_share(labels, "spam", codes=codes, seed=seed, settings=SETTINGS, method=method)
    assert here.high - here.low <= found.high - found.low + 1e-12
    if len(drawn) == len(said):
        assert here.low == pytest.approx(here.high)
        assert here.share == pytest.approx(np.mean(np.array(truth) == "spam"))


def test_what_the_machine_was_worth_grows_with_how_right_it_is():
    """A perfect machine is worth more codes than a fair one, a machine that guesses none."""
    draw = np.random.default_rng(5)
    truth = np.where(draw.random(1000) < 0.3, "spam", "extending")
    worth = []
    for right in (0.5, 0.8, 0.99):
        labels = labels_of(np.where(draw.random(1000) < right, truth, draw.permutation(truth)).tolist())
        codes = draw_sample(labels, 100, 1, by="simple")
        codes = codes.assign(label=truth[codes["comment_id"].str[1:].astype(int)])
        found = estimate_share(labels, "spam", codes=codes, seed=1, settings=SETTINGS)
        worth.append(int(found.worth.split()[3]))
    assert worth[0] < worth[1] < worth[2]
    assert worth[2] > 200


def test_shares_beyond_the_corpus_are_less_sure():
    """Eight essays that differ tell little about the ninth, however many of their comments were coded."""
    family = np.repeat(np.arange(8), 50)
    truth = np.where(family % 2 == 0, "spam", "extending")
    labels = labels_of(truth.tolist(), clusters=family.tolist())
    codes = draw_sample(labels, 200, 1, by="simple")
    codes = codes.assign(label=truth[codes["comment_id"].str[1:].astype(int)])
    here, beyond = (
        f(labels, "spam", codes=codes, seed=1, settings=SETTINGS) for f in (estimate_share, estimate_share_beyond)
    )
    assert (here.scope, beyond.scope) == ("corpus", "like these")
    assert here.share == beyond.share
    assert here.high - here.low < 0.1
    # the spread between eight essays, worked by hand: half of each kind, t with 7 degrees of freedom
    assert beyond.high - beyond.low > 0.9 * 2 * special.stdtrit(7, 0.975) * 0.5 / np.sqrt(8)
    assert beyond.reason == "8 essay families are few to tell how essays differ"
