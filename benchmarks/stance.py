"""How well comments of unseen blogs are labelled, beside the usual TF-IDF with logistic regression, in one run.

Run ``python benchmarks/stance.py`` (some fifteen minutes on a free core): each blog of the open gold is left out in
turn, the largest in five parts by essay. We learn from all that the shipped model learned from, left out with its
blog; ``--without-more`` learns from the gold alone, in a third of the time. ``--predictions FILE`` also writes our
out-of-fold predictions as rows that the scoring program reads. Without ../shared it says so and stops.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from train_stance import GOLD, read_more

from analysis.stance.classify import label_comments
from analysis.stance.crossval import (
    OutOfFold,
    calibrate_across,
    cross_validate,
    figures_of,
    positions_f1,
    thresholds_across,
)
from analysis.stance.model import CLASSES, certainty_of, load_model, softmax
from analysis.stance.train import read_gold


def predict_with_peer(ours: OutOfFold) -> OutOfFold:
    """The peer: TF-IDF over words and characters of the comment, with a logistic regression, on the same parts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    texts = np.array([row["text"] for row in ours.rows], dtype=object)
    labels = np.array([row["label"] for row in ours.rows])
    folds, scores = np.array(ours.folds), np.zeros_like(ours.scores)
    for fold in sorted(set(ours.folds)):
        out = folds == fold
        peer = make_pipeline(
            make_union(
                TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
            ),
            LogisticRegression(C=3.0, max_iter=300, tol=1e-3, class_weight="balanced"),
        ).fit(texts[~out], labels[~out])
        logs = peer.predict_log_proba(texts[out])
        scores[out] = logs[:, [list(peer.classes_).index(c) for c in CLASSES]]
    return OutOfFold(ours.rows, scores, ours.positions, ours.folds)


def write_predictions(found: OutOfFold, path: Path, target: float) -> None:
    """Out-of-fold predictions, one row a comment."""
    scores = calibrate_across(found)
    given = certainty_of(scores) >= thresholds_across(found, scores, target)
    lines = []
    for row, three, sure in zip(found.rows, softmax(scores[:, :3]), given, strict=True):
        label = CLASSES[int(three.argmax())] if sure else None
        chances = {c: float(p) for c, p in zip(CLASSES[:3], three, strict=True)}
        lines.append(json.dumps({"id": row["id"], "label": label, "probabilities": chances}))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Print both columns of figures and the speed; returns 0, or 1 where the gold is missing."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--predictions", type=Path, help="write our out-of-fold predictions here")
    ask.add_argument("--target", type=float, default=0.9, help="accuracy aimed at (default 0.9)")
    ask.add_argument("--without-more", action="store_true", help="learn from the gold alone")
    given = ask.parse_args()
    if not GOLD.exists():
        print("skipped: the open benchmark (../shared/benchmarks/comments/blogs-gold.jsonl) is not here")
        return 1
    rows = read_gold(GOLD.read_bytes())
    start = time.process_time()
    ours = cross_validate(rows, more=() if given.without_more else read_more())
    spent = time.process_time() - start
    peer = predict_with_peer(ours)
    mine, theirs = figures_of(ours, given.target), figures_of(peer, given.target)
    print(f"{len(rows)} comments, {len(set(ours.folds))} parts left out in turn, {spent:.0f} CPU s")
    print(f"{'figure':<18} {'ours':>6} {'TF-IDF':>7}")
    for name, value in mine.items():
        print(f"{name:<18} {value:6.3f} {theirs[name] if name != 'position_accuracy' else float('nan'):7.3f}")
    print("position F1", {k: round(v, 3) for k, v in positions_f1(ours).items()})
    load_model()
    start = time.process_time()
    label_comments(pd.DataFrame(rows))
    print(f"{len(rows) / (time.process_time() - start):.0f} comments a CPU second, from text to label and evidence")
    if given.predictions:
        write_predictions(ours, given.predictions, given.target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
