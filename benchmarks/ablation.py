"""What each group of features is worth: the classifier trained without it, on blogs left out.

Run ``python benchmarks/ablation.py`` (some ten minutes on a free core). Writes ``analysis/stance/ablation.csv``, which
notebook 03 shows. Each blog of the open gold is left out in turn, as in ``benchmarks/stance.py``, but to save time the
model learns from the gold alone and grows one forest, on both sides of every difference. The interval of a difference
draws whole essays again, 1,000 times. Without ../shared it says so and stops.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
from train_stance import GOLD

from analysis.stance.ablation_table import ABLATION
from analysis.stance.augment import augment
from analysis.stance.crossval import OutOfFold, calibrate_across, f1_of, split_by_blog
from analysis.stance.features import Described, Resources, describe_comments
from analysis.stance.fit import Recipe, count_words, fit_described
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import CLASSES
from analysis.stance.relevance import AGAINST_ESSAY
from analysis.stance.train import read_gold

WHOLE = "nothing"
DRAWS, SEED = 1000, 20
SIGNATURE = (
    *("name ", "no name", "link", "person's name", "other name", "a made-up name", "commercial", "markup", "linked"),
    *("has link", "ends in a link", "no sign of commerce", "signs off", "a name that", "trade", "density of trade"),
    *("words of hard trades", "flattery with a link", "copied from the essay, with"),
)
ESSAY = (
    *("content words", "rare words", "says at length", "no essay", "mean rarity", "unknown words", "answers another"),
    *("share of words from the answered", "kind words, nothing", *AGAINST_ESSAY),
)
ACTS = ("phrases: ", "density: ")
KIND = (
    *("share of kind", "begins kindly", "ends kindly", "only kind", "words outside kind", "content outside kind"),
    *("longest sentence that is not", "new content outside", "figures outside", "kind words in few", "begins with"),
)


def group_of(name: str) -> str:
    """Which group a feature belongs to, by how its name begins."""
    starts: tuple[str, ...]
    for group, starts in (
        ("who signs, links and trade", SIGNATURE),
        ("against the essay: taken up, new", ESSAY),
        ("acts: thanks, praise, questions ...", ACTS),
        ("what is left beside kind sentences", KIND),
    ):
        if name.startswith(starts):
            return group
    return "length, marks and form"


def ways(names: list[str]) -> dict[str, tuple[frozenset[str], Recipe]]:
    """What is left out in a fit of its own: feature names and recipe, by the name of the group."""
    recipe = replace(Recipe(), forests=1)
    groups = sorted({group_of(n) for n in names})
    return {
        WHOLE: (frozenset(), recipe),
        **{g: (frozenset(n for n in names if group_of(n) == g), recipe) for g in groups},
        "runs of words": (frozenset(), replace(recipe, gram_scale=0.0)),
    }


def predict(gold: list[dict]) -> dict[str, np.ndarray]:
    """Out-of-fold scores of the whole model and without each group; the parts of the model need no fit of their own."""
    folds = np.array(split_by_blog(gold))
    scores: dict[str, np.ndarray] = {}
    for fold in sorted(set(folds)):
        out = np.flatnonzero(folds == fold)
        learned = [row for row, f in zip(gold, folds, strict=True) if f != fold]
        resources = Resources(load_lexicon(), *count_words(learned, Recipe()))
        learned += augment(learned, Recipe().changed_weight)
        seen, unseen = describe_comments(learned, resources), describe_comments([gold[i] for i in out], resources)
        for name, (without, recipe) in ways(sorted({n for d in seen for n in d.features})).items():
            model = fit_described(learned, _cut(seen, without), resources, recipe)
            numbers = model.rows(_cut(unseen, without))
            variants = {name: model}
            if name == WHOLE:
                variants["pieces of words"] = replace(model, piece_weight=0.0)
                variants["boosted trees"] = replace(model, tree_weight=0.0)
                variants["linear model"] = replace(model, tree_weight=1.0)
            for variant, made in variants.items():
                scores.setdefault(variant, np.zeros((len(gold), len(CLASSES))))[out] = made.scores(numbers)
        print(f"part with {len(out)} comments", flush=True)
    return scores


def _cut(described: list[Described], without: frozenset[str]) -> list[Described]:
    return [replace(d, features={k: v for k, v in d.features.items() if k not in without}) for d in described]


def judge(gold: list[dict], scores: dict[str, np.ndarray]) -> pd.DataFrame:
    """The table of ``ablation.csv`` from out-of-fold scores."""
    folds = tuple(split_by_blog(gold))
    answers = np.array([CLASSES.index(r["label"]) for r in gold])
    said = {n: calibrate_across(OutOfFold(tuple(gold), s, (), folds))[:, :3].argmax(axis=1) for n, s in scores.items()}
    essays = pd.factorize(pd.Series([r["post_id"] for r in gold]))[0]
    draws = _draws(essays, answers < 3)
    sizes = pd.Series([group_of(n) for n in _names(gold)]).value_counts()
    whole = macro(answers, said[WHOLE], np.flatnonzero(answers < 3))
    table = []
    for name, labels in said.items():
        kept = np.flatnonzero(answers < 3)
        f1 = [f1_of(answers[kept], labels[kept], k) for k in range(3)]
        low, high = np.percentile(
            [macro(answers, labels, d) - macro(answers, said[WHOLE], d) for d in draws], [2.5, 97.5]
        )
        table.append({
            "left_out": name, "features": int(sizes.get(name, 0)), "macro_f1": float(np.mean(f1)),
            **{f"f1_{c}": f for c, f in zip(CLASSES, f1, strict=False)},
            "accuracy": float((answers[kept] == labels[kept]).mean()), "difference": float(np.mean(f1)) - whole,
            "lower": np.nan if name == WHOLE else low, "upper": np.nan if name == WHOLE else high,
        })  # fmt: skip
    return pd.DataFrame(table).round(4)


def _names(gold: list[dict]) -> list[str]:
    resources = Resources(load_lexicon(), *count_words(gold, Recipe()))
    return sorted({n for d in describe_comments(gold, resources) for n in d.features})


def _draws(essays: np.ndarray, counted: np.ndarray) -> list[np.ndarray]:
    random_numbers = np.random.default_rng(SEED)
    members = [np.flatnonzero((essays == k) & counted) for k in range(essays.max() + 1)]
    picks = random_numbers.integers(0, len(members), size=(DRAWS, len(members)))
    return [np.concatenate([members[k] for k in pick]) for pick in picks]


def macro(answers: np.ndarray, labels: np.ndarray, rows: np.ndarray) -> float:
    """Macro-F1 of the three labels on some rows."""
    score: Callable[[int], float] = lambda k: f1_of(answers[rows], labels[rows], k)  # noqa: E731
    return float(np.mean([score(k) for k in range(3)]))


def main() -> int:
    """Predict, judge and write; returns 0, or 1 where the gold is missing."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    if not GOLD.exists():
        print("skipped: the open benchmark (../shared/benchmarks/comments/blogs-gold.jsonl) is not here")
        return 1
    gold = sorted(read_gold(GOLD.read_bytes()), key=lambda r: str(r["id"]))
    table = judge(gold, predict(gold))
    table.to_csv(ABLATION, index=False, lineterminator="\n")
    print(table.to_string(index=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
