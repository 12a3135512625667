"""What a project's own codes are worth: the shipped kind of model, trained without a project, fitted to codes of it.

Run ``python benchmarks/adapt.py`` (some three minutes on a free core). For each project, a large blog or several of a
kind, a model is trained on the other blogs of the open gold; 50, 100 or 200 of the project's comments are drawn by lot
as its codes; the fit is judged on the rest of the project beside the model as it was. Temperature and bias are the
shipped model's. ``--shares`` runs only the simulation of shares: how often a nominal 95 % interval holds the truth when
the codes that correct a share are also those the labeller was fitted to. Without ../shared only that part runs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.config import load_config
from analysis.estimate import estimate_share
from analysis.stance import FittedLabels, fit_labels, label_comments, use_out_of_fold
from analysis.stance.adapt_choice import log_losses
from analysis.stance.adapt_report import NESTED
from analysis.stance.adapt_ways import Material, Shifted, folds_of
from analysis.stance.crossval import f1_of
from analysis.stance.features import describe_comments
from analysis.stance.fit import fit_model
from analysis.stance.model import CLASSES, StanceModel, certainty_of, load_model, softmax
from analysis.stance.train import read_gold
from analysis.types import LABELS

GOLD = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "comments" / "blogs-gold.jsonl"
PROJECTS = {
    "dmacvicar": ("dmacvicar",),
    "three CAD blogs": ("adn-autocad", "adn-manufacturing", "adn-modthemachine"),
    "three old software blogs": ("cc-archive", "chrisjrob", "bhardin"),
    "not about software": ("dltj", "haacked-nontech", "inpixels09", "keanw-personal", "mrwhitehead", "ouseful"),
}
SIZES = (50, 100, 200)
SMALLEST_REST = 70  # comments left to judge on; with fewer the figures are noise


def judge(model: StanceModel, rows: Sequence[Mapping[str, Any]]) -> np.ndarray:
    """Accuracy, macro-F1 and log-loss on coded comments; share labelled at a target of .9, and accuracy among them."""
    scores = model.scores(model.rows(describe_comments(rows, model.resources)))
    answers = np.array([CLASSES.index(r["label"]) for r in rows])
    real, said = answers < 3, scores[:, :3].argmax(axis=1)
    f1 = np.mean([f1_of(answers[real], said[real], k) for k in range(3)])
    given = certainty_of(scores) >= model.threshold(0.9)
    right = (said == answers)[given].mean() if given.any() else np.nan
    return np.array([(said == answers)[real].mean(), f1, log_losses(scores, answers).mean(), given.mean(), right])


def run_project(rows: Sequence[Mapping[str, Any]], blogs: Sequence[str], draws: int) -> list[dict[str, Any]]:
    """Train without these blogs, then fit to codes drawn from them."""
    shipped = load_model()
    base = fit_model([r for r in rows if r["blog"] not in blogs])
    kept = {k: getattr(shipped, k) for k in ("temperature", "bias", "thresholds") if hasattr(shipped, k)}
    base, own = replace(base, **kept), [r for r in rows if r["blog"] in blogs]
    frame = pd.DataFrame(own).assign(cluster=[r["post_id"] for r in own])
    out = []
    for size in SIZES:
        for seed in range(draws) if len(own) - size >= SMALLEST_REST else ():
            drawn = set(np.random.default_rng(seed).permutation(len(own))[:size].tolist())
            codes = {own[i]["id"]: own[i]["label"] for i in drawn}
            fitted = fit_labels(frame, codes, model=base, seed=seed)
            rest = [r for i, r in enumerate(own) if i not in drawn]
            promised = fitted.report[fitted.report["way"] == NESTED].set_index("figure")["gain"]
            before, after = judge(base, rest), judge(fitted.model, rest)
            out.append({"codes": size, "helped": fitted.helped, "before": before, "after": after,
                        "promised": float(promised["log_loss"]), "rest": len(rest),
                        "shares": shares_of(base, fitted, frame, codes)})  # fmt: skip
    return out


def shares_of(
    base: StanceModel, fitted: FittedLabels, frame: pd.DataFrame, codes: Mapping[str, str]
) -> list[tuple[str, bool, float]]:
    """Whether the interval of each label's share held the truth, and its width, by three kinds of probabilities."""
    labels = {"shipped": label_comments(frame, model=base), "in sample": label_comments(frame, model=fitted.model)}
    labels["out of fold"] = use_out_of_fold(labels["in sample"], fitted.model)
    said = pd.DataFrame({"comment_id": list(codes), "label": list(codes.values())})
    said = said.assign(inclusion_probability=len(codes) / len(frame))
    cluster, out = frame.set_index("id")["cluster"], []
    for kind, table in labels.items():
        known = table.rename(columns={"id": "comment_id"}).assign(cluster=table["id"].map(cluster))
        for label in LABELS:
            made = estimate_share(known, label, codes=said, seed=0, settings=load_config().estimates)
            out.append((kind, made.low <= (frame["label"] == label).mean() <= made.high, made.high - made.low))
    return out


def simulate_shares(runs: int, *, codes: int = 80, comments: int = 3000, seed: int = 0) -> dict[str, tuple[float, ...]]:
    """How often an interval held the true share, its mean error and mean width, with and without cross-fitting.

    Made-up comments: forty features, of which a few decide the label; a shipped model that knows half of them; a fit
    that learns the codes nearly by heart. Both estimates use one model for the comments that are not coded.

    Returns
    -------
    dict
        "in sample" and "out of fold": coverage, mean error, mean width.
    """
    settings = load_config().estimates
    found: dict[str, list[tuple[bool, float, float]]] = {"in sample": [], "out of fold": []}
    for run in range(runs):
        answers, picked, scores = _fit_by_heart(np.random.default_rng([seed, run]), codes, comments)
        truth = float((answers == 1).mean())
        table = pd.DataFrame({"comment_id": [f"c{i:05}" for i in range(comments)], "cluster": np.arange(comments)})
        said = table[["comment_id"]].iloc[picked].assign(label=[CLASSES[k] for k in answers[picked]])
        said = said.assign(inclusion_probability=codes / comments)
        for name, given in scores.items():
            three = softmax(given[:, :3])
            labels = table.assign(label=[LABELS[k] for k in three.argmax(axis=1)])
            labels = labels.assign(**{c: three[:, k] for k, c in enumerate(LABELS)})
            made = estimate_share(labels, "extending", codes=said, seed=run, settings=settings)
            found[name].append((made.low <= truth <= made.high, made.share - truth, made.high - made.low))
    return {name: tuple(float(v) for v in np.mean(rows, axis=0)) for name, rows in found.items()}


def _fit_by_heart(
    made: np.random.Generator, codes: int, comments: int
) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """True classes, which comments are coded, and the scores of all with the coded ones in sample or out of fold."""
    features, pull = made.normal(size=(comments, 40)), made.normal(size=(6, len(CLASSES)))
    true_scores = features[:, :6] @ pull + np.array([0.0, 1.0, -1.0, -1.5])
    answers = (true_scores + made.gumbel(size=true_scores.shape)).argmax(axis=1)
    shipped = features[:, :3] @ pull[:3]
    picked = np.sort(made.choice(comments, codes, replace=False))
    x, way = features[picked], Shifted("by heart", 1.0, 1.0)
    material = Material(shipped[picked], x @ x.T, answers[picked], np.ones(codes), np.arange(codes))
    in_sample = way.fit(material).scores(shipped, features @ x.T)
    apart = in_sample.copy()
    for rest, out in folds_of(material.groups, 10, 0):
        part = way.fit(material.take(rest))
        apart[picked[out]] = part.scores(material.scores[out], material.likeness[np.ix_(out, rest)])
    return answers, picked, {"in sample": in_sample, "out of fold": apart}


def main() -> int:
    """Print the gains by project and the coverage of shares; returns 0."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shares", action="store_true", help="only the simulation of shares")
    ask.add_argument("--runs", type=int, default=300, help="runs of that simulation (default 300)")
    ask.add_argument("--draws", type=int, default=4, help="draws of codes a project and size (default 4)")
    given = ask.parse_args()
    if not given.shares and GOLD.exists():
        rows = read_gold(GOLD.read_bytes())
        print("before -> after on the rest of the project, mean of the draws; promised: the nested gain of the report")
        heads = ("accuracy", "macro-F1", "log-loss", "labelled", "right of these")
        print(f"{'project':<26}{'codes':>6}{'rest':>6}  {''.join(f'{h:<16}' for h in heads)}fitted  promised")
        intervals: list[tuple[str, bool, float]] = []
        for name, blogs in PROJECTS.items():
            made = run_project(rows, blogs, given.draws)
            for size in sorted({m["codes"] for m in made}):
                these = [m for m in made if m["codes"] == size]
                before, after = (np.nanmean([m[k] for m in these], axis=0) for k in ("before", "after"))
                cells = "".join(f"{b:.3f} -> {a:.3f}  " for b, a in zip(before, after, strict=True))
                taken, promised = sum(m["helped"] for m in these), np.mean([m["promised"] for m in these])
                intervals += [share for m in these for share in m["shares"]]
                print(
                    f"{name:<26}{size:>6}{these[0]['rest']:>6}  {cells}{taken} of {len(these)}  {promised:+.3f}",
                    flush=True,
                )
        for kind in dict.fromkeys(kind for kind, _, _ in intervals):
            held, width = np.mean([(h, w) for k, h, w in intervals if k == kind], axis=0)
            n = len(intervals) // 3
            print(f"shares by {kind:<12}{held:.3f} of {n} intervals hold the truth, mean width {width:.3f}")
    elif not given.shares:
        print("skipped: the open benchmark (../shared/benchmarks/comments/blogs-gold.jsonl) is not here")
    for name, (held, error, width) in simulate_shares(given.runs).items():
        print(f"shares, {name:<12} coverage {held:.3f}, mean error {error:+.4f}, mean width {width:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
