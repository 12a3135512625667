"""How often the intervals of shares hold the truth: `.venv/bin/python benchmarks/estimates.py`.

Invented corpora with a known share, a labeller with known errors, and hand codes drawn from them again and again.
Prints, for each setting and method, how many nominal 95 % intervals held the true share of the corpus and how wide they
were. Nothing outside this file is read.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.config import load_config
from analysis.estimate import draw_sample, estimate_share
from analysis.records import child_seed
from analysis.types import LABELS

METHODS = ("counted", "hand codes", "ppi++")


@dataclass(frozen=True)
class Setting:
    """One kind of corpus: its size, its mixture, how often the labeller is right, how many codes, drawn how."""

    name: str
    label: str
    comments: int = 2000
    families: int = 200
    shares: tuple[float, float, float] = (0.16, 0.77, 0.07)  # of agreeing, extending, spam: about what blogs have
    right: float = 0.73
    codes: int = 300
    design: str = "simple"


SETTINGS = (
    Setting("extending, labeller 73 % right", "extending"),
    Setting("the same, 10,000 comments", "extending", comments=10_000),
    Setting("extending, labeller 90 % right", "extending", right=0.90),
    Setting("spam 7 %, stratified sample", "spam", design="stratified"),
    Setting("spam 2 %, 60 codes", "spam", shares=(0.18, 0.80, 0.02), codes=60),
    Setting("extending, 12 families", "extending", families=12, codes=100),
)


def invent(setting: Setting, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """Comments in families that lean one way, their true labels, and a labeller that errs toward the commonest."""
    draw = np.random.default_rng(seed)
    n = setting.comments
    family = draw.integers(setting.families, size=n)
    lean = draw.normal(0, 0.8, size=(setting.families, 3))
    chance = np.exp(np.log(np.array(setting.shares)) + lean[family])
    chance /= chance.sum(axis=1, keepdims=True)
    truth = (draw.random(n)[:, None] > chance.cumsum(axis=1)).sum(axis=1)
    wrong = np.where(draw.random(n) < 0.7, 1, draw.integers(3, size=n))
    said = np.where(draw.random(n) < setting.right, truth, wrong)
    sure = draw.uniform(0.4, 0.95, size=n)
    chances = np.full((n, 3), 0.0) + ((1 - sure) / 2)[:, None]
    chances[np.arange(n), said] = sure
    table = pd.DataFrame({"comment_id": np.arange(n), "cluster": family}).join(
        pd.DataFrame(chances, columns=list(LABELS))
    )
    table["label"] = np.array(LABELS, dtype=object)[said]
    table.loc[sure < 0.45, "label"] = None  # the machine cannot say
    return table, pd.Series(np.array(LABELS)[truth])


def measure(setting: Setting, runs: int, seed: int = 0) -> pd.DataFrame:
    """Coverage, mean width and mean error of each method over ``runs`` corpora.

    Returns
    -------
    DataFrame
        Rows in the order of METHODS: method, coverage (share of intervals that held the truth), width, error.
    """
    settings = load_config().estimates
    found = []
    for run in range(runs):
        labels, truth = invent(setting, child_seed(seed, f"corpus {run}"))
        drawn = draw_sample(labels, setting.codes, child_seed(seed, f"sample {run}"), by=setting.design)
        codes = drawn.assign(label=truth[drawn["comment_id"]].to_numpy())
        true_share = float((truth == setting.label).mean())
        for method in METHODS:
            made = estimate_share(labels, setting.label, codes=codes, seed=seed + run, settings=settings, method=method)
            hit = made.low <= true_share <= made.high
            found.append((method, hit, made.high - made.low, made.share - true_share))
    table = pd.DataFrame(found, columns=["method", "coverage", "width", "error"])
    return table.groupby("method").mean().loc[list(METHODS)].reset_index()


def main() -> int:
    """Print the table of all settings."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=500)
    runs = ask.parse_args().runs
    print(f"{runs} runs each; nominal coverage {load_config().estimates.level:.0%}\n")
    print(f"{'setting':34} {'method':10} {'coverage':>8} {'width':>6} {'error':>7}")
    for setting in SETTINGS:
        for row in measure(setting, runs).itertuples():
            print(f"{setting.name:34} {row.method:10} {row.coverage:8.3f} {row.width:6.3f} {row.error:+7.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
