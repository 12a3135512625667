"""How often intervals of differences and ratios hold the truth: `.venv/bin/python benchmarks/contrasts.py`.

Invented corpora whose true shares are known, a labeller that errs, hand codes drawn from them again and again. Prints,
for each setting and method, how many nominal 95 % intervals held the true difference (and ratio) of the corpus, how
many lay wholly above or below it, and how wide they were beside those of hand codes alone. Reads nothing but the
settings.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.config import Estimates
from analysis.estimate import draw_sample
from analysis.estimate.contrasted import Contrast
from analysis.estimate.sides import Side, Tables, compare_parts
from analysis.records import child_seed
from analysis.types import LABELS

METHODS = ("counted", "hand codes", "ppi++")
SETTINGS = Estimates(level=0.95, draws=0, min_codes=5)
GROUPS: tuple[Side, Side] = (("extending", "old"), ("extending", "new"))
SPAM: tuple[Side, Side] = (("spam", "old"), ("spam", "new"))
LABEL_PAIR: tuple[Side, Side] = ("extending", "agreeing")


@dataclass(frozen=True)
class Setting:
    """One kind of corpus and question.

    Shares are of agreeing, extending, spam (the rest is none of these) in the old and in the new group; ``old`` is the
    old group's part of the comments, ``whole``: essays are coded whole instead of comments.
    """

    name: str
    sides: tuple[Side, Side] = GROUPS
    comments: int = 2000
    families: int = 300
    shares: tuple[tuple[float, float, float], tuple[float, float, float]] = ((0.2, 0.65, 0.07), (0.3, 0.5, 0.07))
    old: float = 0.5
    right: float = 0.8
    codes: int = 300
    design: str = "simple"
    lean: float = 0.6
    whole: bool = False


CASES = (
    Setting("two groups"),
    Setting("a small group (about 30 codes)", old=0.12, codes=250),
    Setting("spam 2 % and 6 %, stratified", SPAM, shares=((0.2, 0.7, 0.02), (0.2, 0.7, 0.06)), design="stratified"),
    Setting("spam 3 % and 3 %, 120 codes", SPAM, shares=((0.2, 0.7, 0.03), (0.2, 0.7, 0.03)), codes=120),
    Setting("two labels, shared codes", LABEL_PAIR, right=0.7, codes=150),
    Setting("N 300, n 100, good labeller", comments=300, families=60, codes=100, right=0.95),
    Setting("60 essays coded whole", families=400, codes=300, lean=1.0, whole=True),
)  # fmt: skip


def invent(case: Setting, seed: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Comments in families that lean one way, their groups, their true labels, and a labeller that errs."""
    draw = np.random.default_rng(seed)
    n = case.comments
    family = draw.integers(case.families, size=n)
    old = draw.random(n) < case.old
    lean = draw.normal(0, case.lean, size=(case.families, 4))[family]
    shares = np.array([[*s, 1 - sum(s)] for s in case.shares])
    chance = np.exp(np.log(np.where(old[:, None], shares[0], shares[1])) + lean)
    chance = (chance / chance.sum(axis=1, keepdims=True)).cumsum(axis=1)
    truth = (draw.random(n)[:, None] > chance[:, :-1]).sum(axis=1)
    said = np.where(draw.random(n) < case.right, truth, np.where(draw.random(n) < 0.7, 1, draw.integers(4, size=n)))
    sure = draw.uniform(0.4, 0.95, size=n)
    chances = np.repeat((1 - sure)[:, None] / 3, 4, axis=1)
    chances[np.arange(n), said] = sure
    names = np.array([*LABELS, None], dtype=object)
    table = pd.DataFrame(chances[:, :3], columns=list(LABELS)).assign(
        comment_id=np.arange(n), cluster=family, label=names[said]
    )
    groups = pd.Series(np.where(old, "old", "new"), index=table["comment_id"])
    return table, groups, pd.Series(np.array([*LABELS, "none"])[truth])


def code(case: Setting, labels: pd.DataFrame, truth: pd.Series, seed: int) -> pd.DataFrame:
    """Draw comments, or whole essays, and code them without error."""
    if case.whole:
        draw = np.random.default_rng(seed)
        essays = round(case.codes * case.families / case.comments)
        drawn = labels.loc[labels["cluster"].isin(draw.permutation(case.families)[:essays]), ["comment_id"]]
        drawn = drawn.assign(inclusion_probability=essays / case.families)
    else:
        drawn = draw_sample(labels, case.codes, seed, by=case.design)
    return drawn.assign(label=truth[drawn["comment_id"]].to_numpy())


def share_of(side: Side, groups: pd.Series, truth: pd.Series) -> float:
    """The true share of a side."""
    if isinstance(side, str):
        return float((truth == side).mean())
    return float((truth[(groups == side[1]).to_numpy()] == side[0]).mean())


def measure(case: Setting, runs: int, methods: tuple[str, ...] = METHODS, seed: int = 0) -> pd.DataFrame:
    """Coverage, one-sided misses and mean width over ``runs`` corpora.

    Returns
    -------
    DataFrame
        One row a contrast and method: which, method, coverage, below (intervals wholly below the truth), above,
        width (mean over the runs in which all methods have bounds; of ratios on the log scale), beside (that by hand
        codes alone).
    """
    found = []
    for run in range(runs):
        labels, groups, truth = invent(case, child_seed(seed, f"corpus {run}"))
        codes = code(case, labels, truth, child_seed(seed, f"sample {run}"))
        p, q = (share_of(side, groups, truth) for side in case.sides)
        tables = Tables(labels, groups, codes)  # checked once for all: the checks would take most of the time
        parts = tables.part(case.sides[0]), tables.part(case.sides[1])
        for method in methods:
            compared = compare_parts(tables, parts, SETTINGS, method)
            for which, true in (("difference", p - q), ("ratio", p / q)):
                made = compared.contrast(which, SETTINGS.level)
                held = made.low <= true <= made.high
                found.append((run, which, method, held, made.high < true, made.low > true, _width(made)))
    table = pd.DataFrame(found, columns=["run", "which", "method", "coverage", "below", "above", "width"])
    means = table.drop(columns=["run", "width"]).groupby(["which", "method"], sort=False).mean()
    bounded = table.pivot(index=["which", "run"], columns="method", values="width").dropna()
    widths = bounded.groupby("which").mean()
    means["width"] = widths.stack()
    means["beside"] = widths.div(widths["hand codes"], axis=0).stack()
    return means.reset_index()


def _width(made: Contrast) -> float:
    """Of a ratio on the log scale; NaN where a bound is 0 or infinite."""
    if made.which == "difference":
        return made.high - made.low
    return float(np.log(made.high / made.low)) if made.low > 0 and np.isfinite(made.high) else float("nan")


def main() -> int:
    """Print the table of all settings."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--runs", type=int, default=1000)
    runs = ask.parse_args().runs
    print(
        f"{runs} runs each; nominal coverage {SETTINGS.level:.0%}; width (of ratios: log) and beside hand codes alone\n"
    )
    head = f"{'setting':32} {'contrast':10} {'method':10} {'coverage':>8}"
    print(f"{head} {'below':>6} {'above':>6} {'width':>6} {'beside':>6}")
    for case in CASES:
        table = measure(case, runs)
        for row in table.sort_values("which", kind="stable").itertuples():
            numbers = f"{row.coverage:8.3f} {row.below:6.3f} {row.above:6.3f} {row.width:6.3f} {row.beside:6.2f}"
            print(f"{case.name:32} {row.which:10} {row.method:10} {numbers}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
