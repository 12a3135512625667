"""The reason for the whole room, in a quick form: intervals hold the truth about as often as they say."""

import importlib.util
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.config import Estimates
from analysis.estimate import draw_sample, estimate_share_beyond, estimate_shares, take_codes

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "estimates.py"


@pytest.fixture(scope="module")
def bench():
    """The benchmark as a module; its invented corpora serve here too."""
    spec = importlib.util.spec_from_file_location("estimates_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_counts_miss_the_truth_and_corrected_shares_hold_it(bench):
    """200 samples of a rare label: within .03 of nominal; the machine narrows and never widens."""
    setting = replace(bench.SETTINGS[1], codes=150)
    found = bench.measure(setting, runs=200).set_index("method")
    assert found.loc["counted", "coverage"] < 0.6
    assert found.loc[["hand codes", "dsl", "ppi++"], "coverage"].between(0.915, 0.985).all()
    assert found.loc["ppi++", "beside"] < 0.95
    assert found.loc[["hand codes", "dsl", "ppi++"], "error"].abs().max() < 0.01


def test_strata_are_not_forgotten(bench):
    """Intervals of a stratified sample that ignore its strata are 1.7 times as wide and hold the truth every time."""
    setting = replace(bench.SETTINGS[3], families=200, lean=0.3, right=0.93, codes=150)
    found = bench.measure(setting, runs=150).set_index("method")
    assert found.loc[["hand codes", "dsl", "ppi++"], "coverage"].between(0.915, 0.99).all()
    assert found.loc["hand codes", "width"] < 0.075


def test_real_comments_are_covered_too(bench):
    """The shipped classifier, out of fold, on coded comments of blogs: no invented errors."""
    found = bench.measure_real("spam", "stratified", runs=150).set_index("method")
    assert found.loc[["hand codes", "dsl", "ppi++"], "coverage"].between(0.9, 0.99).all()


@pytest.mark.parametrize("families", [5000, 100_000])
def test_a_hundred_thousand_labels_take_less_than_two_seconds(bench, families):
    """A blog host's worth of comments must not stop a notebook, with a bootstrap of families or of authors."""
    labels, truth = bench.invent(replace(bench.SETTINGS[0], comments=100_000, families=families), seed=1)
    drawn = draw_sample(labels, 300, 1)
    codes = take_codes(drawn, drawn[["comment_id"]].assign(label=truth[drawn["comment_id"]].to_numpy()))
    settings = Estimates(level=0.95, draws=1000, min_codes=40)
    start = time.process_time()
    beyond = estimate_share_beyond(labels, "spam", codes=codes, seed=1, settings=settings)
    assert time.process_time() - start < 2
    assert beyond.clusters > 0.6 * families
    start = time.process_time()
    table = estimate_shares(labels, codes=codes, seed=1, settings=settings)
    assert time.process_time() - start < 2
    assert table["corrected"].all()
