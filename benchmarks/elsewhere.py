"""How well comments under other pages than those of the gold are labelled: food, family, fashion, politics, finance.

Run ``python benchmarks/elsewhere.py`` (some five minutes on a free core). The comments of ``training/pages_codes.csv``,
which our readers find on the open text and web pages, are judged twice: by a model that learned from the gold alone,
and by one that learned from all that the shipped model learned from but a fifth of these pages, each fifth left out in
turn. Few of them link anywhere, so spam is hard to tell here. Without ../shared it says so and stops.
"""

from __future__ import annotations

import argparse
import sys
from typing import Any

import numpy as np
from train_stance import GOLD, OTHERS, read_more

from analysis.records import hash_bytes
from analysis.stance.crossval import OutOfFold, calibrate_across, figures_of
from analysis.stance.features import describe_comments
from analysis.stance.fit import fit_model
from analysis.stance.model import CLASSES, softmax
from analysis.stance.train import read_gold

PARTS = 5
SHOWN = ("macro_f1", "f1_agreeing", "f1_extending", "f1_spam", "accuracy", "acc_at_80", "ece")


def predict(learned: list[dict[str, Any]], asked: list[dict[str, Any]]) -> np.ndarray:
    """Scores of some comments by a model trained on others."""
    model = fit_model(learned)
    return model.scores(model.rows(describe_comments(asked, model.resources)))


def judge(rows: list[dict[str, Any]], parts: np.ndarray, scores: np.ndarray) -> dict[str, float]:
    """Figures, calibrated across the parts, and the mean of -ln p(answer)."""
    found = OutOfFold(tuple(rows), scores, tuple("unclear" for _ in rows), tuple(f"part {k}" for k in parts))
    chances = softmax(calibrate_across(found))[np.arange(len(rows)), found.answers]
    return {name: figures_of(found)[name] for name in SHOWN} | {"log_loss": float(-np.log(chances).mean())}


def main() -> int:
    """Print both columns; returns 0, or 1 where the pages are missing."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not GOLD.exists():
        print("skipped: the open benchmark (../shared/benchmarks/comments/blogs-gold.jsonl) is not here")
        return 1
    gold, more = read_gold(GOLD.read_bytes()), read_more()
    rows = sorted((r for r in more if r["source"] == OTHERS), key=lambda r: str(r["id"]))
    rest = [*gold, *(r for r in more if r["source"] != OTHERS)]
    parts = np.array([int(hash_bytes(r["post_id"].encode()), 16) % PARTS for r in rows])
    scores = np.zeros((len(rows), len(CLASSES)))
    for k in range(PARTS):
        out = np.flatnonzero(parts == k)
        kept = [r for r, part in zip(rows, parts, strict=True) if part != k]
        scores[out] = predict([*rest, *kept], [rows[i] for i in out])
    alone, together = judge(rows, parts, predict(gold, rows)), judge(rows, parts, scores)
    print(f"{len(rows)} comments of {len({r['post_id'] for r in rows})} pages")
    print(f"{'figure':<14} {'gold alone':>10} {'all sources':>11}")
    for name in alone:
        print(f"{name:<14} {alone[name]:10.3f} {together[name]:11.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
