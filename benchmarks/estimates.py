"""How often the intervals of shares hold the truth: `.venv/bin/python benchmarks/estimates.py`.

Invented corpora with a known share, a labeller with known errors, and hand codes drawn from them again and again; then
the hand-coded comments of real blogs with the shipped classifier's predictions made out of fold; then the clock. Prints
for each setting and method how many nominal 95 % intervals held the true share of the corpus, how many lay wholly above
it or below it, how wide they were, and how wide beside hand codes alone. Nothing outside the package is read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.config import load_config
from analysis.estimate import draw_sample, estimate_share, estimate_share_beyond
from analysis.estimate.core import lay_out, machine_chances
from analysis.estimate.powered import Problem, answer
from analysis.records import child_seed
from analysis.stance.held_out import load_held_out
from analysis.types import LABELS

METHODS = ("counted", "hand codes", "dsl", "ppi++")
SAMPLES = 5  # drawn from each invented corpus
COUNT_DRAWS = 100  # bootstrap draws of a counted share here: it misses by far more than they add


@dataclass(frozen=True)
class Setting:
    """One kind of corpus: its size, its mixture, how often the labeller is right, how many codes, drawn how.

    ``shares`` of agreeing, extending, spam (the rest is none of them); ``lean`` how far essay families differ (standard
    deviation of log odds); ``sure`` whether the labeller's probabilities say nothing, too much, or what they should.
    """

    name: str
    label: str
    comments: int = 2000
    families: int = 200
    shares: tuple[float, float, float] = (0.16, 0.72, 0.07)
    right: float = 0.73
    codes: int = 200
    design: str = "simple"
    lean: float = 0.8
    sure: str = "flat"


RARE = (0.17, 0.72, 0.03)
SETTINGS = (
    Setting("300 comments, 60 codes", "agreeing", comments=300, families=40, codes=60),
    Setting("rare, good labeller", "spam", comments=1000, codes=100, shares=RARE, right=0.95, sure="over"),
    Setting("12 leaning essays", "extending", families=12, right=0.60, lean=1.5, codes=150),
    Setting("stratified, 30 leaning essays", "agreeing", comments=1000, families=30, lean=1.5, right=0.85, codes=100,
            design="stratified"),
    Setting("rare, stratified", "spam", codes=200, shares=RARE, right=0.85, design="stratified", sure="fair"),
    Setting("by uncertainty", "spam", comments=5000, codes=300, right=0.90, design="uncertainty", sure="fair"),
    Setting("rare, poor labeller", "spam", comments=10_000, families=1000, shares=RARE, right=0.60, codes=400),
    Setting("20,000, stratified", "extending", comments=20_000, families=2000, right=0.73, codes=400,
            design="stratified"),
)  # fmt: skip
# Where intervals are known to be least right: two codes of the label expected, or one essay in three met.
CORNERS = (
    Setting("rare, 60 codes", "spam", comments=20_000, families=2000, shares=RARE, right=0.85, codes=60, sure="over"),
    Setting("rare, 60 codes, stratified", "spam", comments=20_000, families=2000, shares=RARE, right=0.85, codes=60,
            design="stratified", sure="over"),
    Setting("rare, 60 codes, by uncertainty", "spam", shares=RARE, right=0.95, codes=60, design="uncertainty"),
    Setting("12 essays, stratified, poor", "spam", comments=1000, families=12, right=0.60, codes=100,
            design="stratified"),
)  # fmt: skip


def invent(setting: Setting, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """Comments in families that lean one way, their true labels, and a labeller that errs toward the commonest."""
    draw = np.random.default_rng(seed)
    n = setting.comments
    family = draw.integers(setting.families, size=n)
    chance = np.log(np.array([*setting.shares, max(1e-9, 1 - sum(setting.shares))]))
    chance = np.exp(chance + draw.normal(0, setting.lean, size=(setting.families, 4))[family])
    truth = (draw.random(n)[:, None] > chance.cumsum(axis=1) / chance.sum(axis=1, keepdims=True)).sum(axis=1)
    meant = np.where(truth == 3, draw.integers(3, size=n), truth)  # of "none" the labeller knows nothing
    wrong = np.where(draw.random(n) < 0.7, 1, draw.integers(3, size=n))
    fair = draw.beta(6 * setting.right, 6 - 6 * setting.right, n)
    right = fair if setting.sure == "fair" else np.full(n, setting.right)
    said = np.where(draw.random(n) < right, meant, wrong)
    sure = {"flat": draw.uniform(0.4, 0.95, n), "over": np.full(n, 0.98), "fair": np.clip(fair, 0.4, 0.99)}
    chances = np.repeat(((1 - sure[setting.sure]) / 2)[:, None], 3, axis=1)
    chances[np.arange(n), said] = sure[setting.sure]
    table = pd.DataFrame({"comment_id": np.arange(n), "cluster": family}).join(
        pd.DataFrame(chances, columns=list(LABELS))
    )
    table["label"] = np.array(LABELS, dtype=object)[said]
    table.loc[sure[setting.sure] < 0.45, "label"] = None  # the machine cannot say
    return table, pd.Series(np.array([*LABELS, "none"])[truth])


def measure(setting: Setting, runs: int, seed: int = 0) -> pd.DataFrame:
    """Coverage, one-sided misses, mean width and mean error of each method over ``runs`` samples.

    Returns
    -------
    DataFrame
        Rows in the order of METHODS: method, coverage, over (share of intervals wholly above the truth), under, width,
        error, beside (width over that of hand codes).
    """
    return _summed(_runs(setting, runs, seed))


def measure_real(label: str, design: str, runs: int, *, codes: int = 100, seed: int = 0) -> pd.DataFrame:
    """The same with coded comments of real blogs as the population and the classifier that had not seen their blog."""
    labels = load_held_out()
    return _summed(_samples(labels, labels["truth"], Setting("", label, codes=codes, design=design), (runs, seed)))


Found = tuple[str, bool, bool, float, float]


def _runs(setting: Setting, runs: int, seed: int) -> Iterator[Found]:
    for start in range(0, runs, SAMPLES):
        labels, truth = invent(setting, child_seed(seed, f"corpus {start}"))
        own = child_seed(seed, f"samples {start}")
        yield from _samples(labels, truth, setting, (min(SAMPLES, runs - start), own))


def _samples(labels: pd.DataFrame, truth: pd.Series, setting: Setting, times: tuple[int, int]) -> Iterator[Found]:
    """Intervals of every method from repeated samples of one corpus; a count is the same for all of them."""
    level, (runs, seed) = load_config().estimates.level, times
    y, f = (truth == setting.label).to_numpy(dtype=float), machine_chances(labels, setting.label)
    true_share, everywhere = float(y.mean()), np.ones(len(y), dtype=bool)
    few = replace(load_config().estimates, draws=COUNT_DRAWS)
    made = estimate_share(labels, setting.label, seed=seed, settings=few, method="counted")
    counted = (made.share, made.low, made.high)
    rows = pd.Index(labels["comment_id"])
    for run in range(runs):
        drawn = draw_sample(labels, setting.codes, child_seed(seed, f"sample {run}"), by=setting.design)
        problem = Problem(lay_out(labels, drawn), y[rows.get_indexer(drawn["comment_id"])], f, everywhere)
        for method in METHODS:
            share, low, high = counted if method == "counted" else answer(problem, method).interval(level)
            yield method, low > true_share, high < true_share, high - low, share - true_share


def _summed(found: Iterator[Found]) -> pd.DataFrame:
    table = pd.DataFrame(found, columns=["method", "over", "under", "width", "error"])
    table = table.groupby("method").mean().loc[list(METHODS)].reset_index()
    table.insert(1, "coverage", 1 - table["over"] - table["under"])
    return table.assign(beside=table["width"] / table.loc[table["method"] == "hand codes", "width"].item())


def clock() -> Iterator[tuple[str, float]]:
    """Seconds a share takes with 100,000 labels, 300 codes and 1,000 draws, by how many clusters there are."""
    settings = replace(load_config().estimates, draws=1000)
    for families in (200, 5000, 100_000):
        labels, truth = invent(replace(SETTINGS[0], comments=100_000, families=families), seed=1)
        drawn = draw_sample(labels, 300, 1)
        codes = drawn.assign(label=truth[drawn["comment_id"]].to_numpy())
        for name, estimate in (("corpus", estimate_share), ("like these", estimate_share_beyond)):
            start = time.perf_counter()
            estimate(labels, "spam", codes=codes, seed=1, settings=settings)
            yield f"{families:,} clusters, {name}", time.perf_counter() - start


def _print(name: str, table: pd.DataFrame) -> None:
    for row in table.itertuples():
        print(
            f"{name:52} {row.method:10} {row.coverage:8.3f} {row.over:6.3f} {row.under:6.3f} {row.width:6.3f} "
            f"{row.beside:6.2f} {row.error:+7.3f}",
            flush=True,
        )


def main() -> int:
    """Print the tables of all settings."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=1000)
    ask.add_argument("--seed", type=int, default=0)
    given = ask.parse_args()
    print(f"{given.runs} runs each; nominal coverage {load_config().estimates.level:.0%}; floor .935 to .965\n")
    print(
        f"{'setting':52} {'method':10} {'coverage':>8} {'over':>6} {'under':>6} {'width':>6} {'/hand':>6} {'error':>7}"
    )
    for title, settings in (("eight settings", SETTINGS), ("known corners", CORNERS)):
        print(f"-- {title}")
        for s in settings:
            size = f"N {s.comments:,} n {s.codes} {s.right:.0%}"
            _print(f"{s.name}: {size}", measure(s, given.runs, given.seed))
    print("-- coded comments of real blogs, classifier out of fold, n 100 (floor .93 to .97)")
    for design in ("simple", "stratified"):
        for label in LABELS:
            _print(f"{label}, {design}", measure_real(label, design, given.runs, seed=given.seed))
    print("-- seconds of one share, 100,000 labels, 300 codes, 1,000 draws (floor 2)")
    for name, seconds in clock():
        print(f"{name:52} {seconds:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
