"""Label schemes with the room's features on other projects' comments, beside TF-IDF with logistic regression.

Run ``python benchmarks/schemes.py`` (about a minute on a free core). DataCamp's comments (ham, spam) are judged on
articles left out in ten grouped parts, by three ways of cutting them; TubeSpam's on videos left out. Both columns use
the same parts. The three-label model that ships, trained on neither, is asked on DataCamp for spam too. Without
../shared it says so and stops.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.stance import load_model
from analysis.stance.adapt_choice import log_losses
from analysis.stance.adapt_input import match_rows
from analysis.stance.adapt_ways import folds_of
from analysis.stance.crossval import f1_of
from analysis.stance.features import describe_comments
from analysis.stance.model import softmax
from analysis.stance.scheme_features import with_titles
from analysis.stance.scheme_fit import PARTS, Numbers, cross_validate_scheme
from analysis.stance.scheme_train import make_numbers

COMMENTS = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "comments"
LABELS = ("ham", "spam")
CUTS = {"datacamp": (0, 1, 2), "tubespam": (0,)}  # five videos can be left out in one way only
FLOORS = {"datacamp": "floors: macro-F1 .82, spam F1 .70", "tubespam": "floor: accuracy and F1 .95"}


def read_comments(name: str) -> pd.DataFrame:
    """Comments of one benchmark, with their article or video as ``cluster``."""
    lines = (COMMENTS / name / "data.jsonl").read_text(encoding="utf-8").split("\n")
    table = pd.DataFrame([json.loads(line) for line in lines if line.strip()])
    return table.assign(cluster=table["group"])


def predict_with_peer(numbers: Numbers, raw: list[str], seed: int) -> np.ndarray:
    """The peer on the same parts: TF-IDF over words and characters, logistic regression, rare labels weighted up."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    texts, scores = np.array(raw, dtype=object), np.zeros((len(raw), 2))
    for rest, out in folds_of(numbers.groups, min(PARTS, int(numbers.groups.max()) + 1), seed):
        peer = make_pipeline(
            make_union(
                TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
            ),
            LogisticRegression(C=3.0, max_iter=300, tol=1e-3, class_weight="balanced"),
        ).fit(texts[rest], numbers.answers[rest])
        scores[out] = peer.predict_log_proba(texts[out])
    return scores


def figures(scores: np.ndarray, answers: np.ndarray) -> dict[str, float]:
    """Accuracy, macro-F1, F1 of spam and log-loss."""
    said = scores.argmax(axis=1)
    f1 = [f1_of(answers, said, k) for k in range(2)]
    right = float((said == answers).mean())
    return {"accuracy": right, "macro-F1": float(np.mean(f1)), "spam F1": f1[1],
            "log-loss": float(log_losses(scores, answers).mean())}  # fmt: skip


def ask_shipped(table: pd.DataFrame) -> str:
    """What the shipped model, trained elsewhere, makes of spam here."""
    model = load_model()
    rows = with_titles(match_rows(table))
    chances = softmax(model.scores(model.rows(describe_comments(rows, model.resources)))[:, :3])
    spam = table.set_index("id").loc[[r["id"] for r in rows], "label"].to_numpy() == "spam"
    said = chances.argmax(axis=1) == 2
    f1 = [f1_of(spam.astype(int), said.astype(int), k) for k in (0, 1)]
    order = chances[:, 2].argsort().argsort() + 1.0
    auc = (order[spam].sum() - spam.sum() * (spam.sum() + 1) / 2) / (spam.sum() * (~spam).sum())
    return (
        f"shipped model, trained without these: macro-F1 {np.mean(f1):.3f}, spam F1 {f1[1]:.3f}, "
        f"accuracy {(said == spam).mean():.3f}; area under the curve of its chance of spam {auc:.3f}"
    )


def main() -> int:
    """Print figures of both; returns 0, or 1 where the comments are missing."""
    if not COMMENTS.is_dir():
        print("skipped: the open benchmark (../shared/benchmarks/comments) is not here")
        return 1
    for name, cuts in CUTS.items():
        table = read_comments(name)
        start = time.process_time()
        numbers, _, _ = make_numbers(
            with_titles(match_rows(table)), dict(zip(table["id"], table["label"], strict=True)), LABELS
        )
        ours = [figures(cross_validate_scheme(numbers, seed=s).scores, numbers.answers) for s in cuts]
        spent = time.process_time() - start
        texts = table.sort_values("id", key=lambda c: c.astype(str))["text"].tolist()
        peer = [figures(predict_with_peer(numbers, texts, s), numbers.answers) for s in cuts]
        groups = int(numbers.groups.max()) + 1
        print(f"{name}: {len(table)} comments, {groups} left out in turn, {spent:.0f} CPU s ({FLOORS[name]})")
        for figure in ours[0]:
            mine, theirs = (np.mean([made[figure] for made in both]) for both in (ours, peer))
            print(f"  {figure:<10}{mine:7.3f}   TF-IDF {theirs:7.3f}", flush=True)
        if name == "datacamp":
            print(f"  {ask_shipped(table)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
