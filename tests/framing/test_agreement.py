"""Agreement, separation and the verdict, against worked examples and another implementation."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata, spearmanr

from analysis.framing.agreement import rank_alpha, rank_correlation, scores_of, separation, stat_agreement
from analysis.framing.essays import judge

RNG = np.random.default_rng(3)
NOISY = np.arange(12)[:, None] + RNG.normal(size=(12, 3)) * 4


def test_alpha_is_krippendorffs():
    """The same as the package of that name on the ranks, with its interval metric."""
    ranks = rankdata(NOISY, axis=0)
    assert rank_alpha(NOISY) == pytest.approx(krippendorff.alpha(ranks.T, level_of_measurement="interval"))
    assert rank_correlation(NOISY[:, 0], NOISY[:, 1]) == pytest.approx(spearmanr(NOISY[:, 0], NOISY[:, 1])[0])


def test_gaps_and_too_few_essays_are_no_zero():
    """What cannot be said is a gap."""
    gaps = np.where(np.arange(12)[:, None] < 10, np.nan, NOISY)
    assert np.isnan(rank_alpha(gaps))
    assert np.isnan(rank_alpha(np.ones((9, 3))))
    table = stat_agreement(NOISY[:5], seed=1)
    assert table["essays"].tolist() == [5] * 4
    assert table["low"].isna().all()


def test_the_interval_holds_the_value_and_the_seed_repeats_it():
    """The bootstrap over essays is the same on every run."""
    table = stat_agreement(NOISY, seed=1)
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
    pd.testing.assert_frame_equal(table, stat_agreement(NOISY, seed=1))


def test_a_score_is_the_balance_over_an_essays_passages():
    """(3 - 1) / (3 + 1); an essay without evidence has none."""
    weights = np.array([[1.0, 1.0], [0.0, 2.0], [0.0, 0.0]])
    assert scores_of(weights, ["a", "a", "b"], ["a", "b"]).tolist()[0] == 0.5
    assert np.isnan(scores_of(weights, ["a", "a", "b"], ["a", "b"])[1])


def test_separation_tells_essays_from_paragraphs():
    """1 where paragraphs of one essay are alike and essays differ; about 0 where they are shuffled."""
    essays = [name for name in "abcdef" for _ in range(5)]
    apart = np.array([[1.0, place] for place in range(6) for _ in range(5)])
    assert separation(apart, essays) == pytest.approx(1)
    assert abs(separation(RNG.permutation(apart), essays)) < 0.35
    assert np.isnan(separation(apart[:5], essays[:5]))


def table_of(value, low, essays, pair=0.3):
    """A pair, with the lower end of its interval, and the row of all three."""
    return pd.DataFrame(
        {"of": ["semantic, grammar", "all three"], "value": value, "low": [pair, low], "essays": essays}
    )


@pytest.mark.parametrize(
    ("row", "placebos", "agree", "said"),
    [
        ((0.8, 0.5, 20), [0.1] * 20, True, "The instruments agree (alpha 0.80; 0 of 20 random axes agree as well)."),
        ((0.5, 0.2, 20), [0.1] * 20, False, "alpha is 0.50, and 0.667 is asked for"),
        ((0.7, -0.1, 20), [0.1] * 20, False, "its interval does not lie above 0"),
        ((0.8, 0.5, 20), [0.9] * 2 + [0.1] * 18, False, "2 of 20 random axes agree as well"),
        ((0.8, 0.5, 20, -0.1), [0.1] * 20, False, "semantic and grammar agree no better than chance may"),
        ((0.8, 0.5, 20), [], False, "no random axes were tried, and 19 are needed"),
        ((float("nan"), float("nan"), 1), [0.1] * 20, False, "at least 8, and there is 1. No axis score"),
    ],
)
def test_the_verdict_names_what_fails(row, placebos, agree, said):
    """No score is quoted unless alpha, its interval and the placebos all allow it."""
    axes = pd.DataFrame({"axis": range(len(placebos) + 1), "agreement": [0.8, *placebos]})
    table, verdict = judge(table_of(*row), axes)
    assert verdict is agree
    assert said in table["verdict"].iloc[-1]
    assert agree or "no axis score should be quoted" in table["verdict"].iloc[-1].lower()
