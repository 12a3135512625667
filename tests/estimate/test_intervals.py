"""Intervals and bootstraps that know nothing of comments: as published, and the same either way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimate import intervals, resample_clusters, wilson_interval
from analysis.estimate.intervals import bootstrap_shares


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


def test_many_clusters_are_drawn_as_few_are(monkeypatch):
    """The quick way for a hundred thousand families spreads shares as the plain way does."""
    draw = np.random.default_rng(1)
    sizes = draw.integers(1, 9, size=400)
    hits = draw.binomial(sizes, 0.3)
    plain = bootstrap_shares(hits, sizes, draws=3000, seed=1)
    monkeypatch.setattr(intervals, "_MANY", 100)
    quick = bootstrap_shares(hits, sizes, draws=3000, seed=2)
    assert quick.mean() == pytest.approx(plain.mean(), abs=0.002)
    assert quick.std() == pytest.approx(plain.std(), rel=0.06)
