"""Train a stance model from coded comments; needs scikit-learn, which predicting does not.

Pure: rows in, model out. The order of the rows does not matter (they are sorted by id), nor does the machine's number
of cores; the numbers are rounded so that the last bits of the arithmetic do not show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from analysis.errors import LabelError
from analysis.stance.augment import augment
from analysis.stance.codebook import load_codebook
from analysis.stance.features import Described, Resources, as_matrix, describe_comments
from analysis.stance.form import LINK
from analysis.stance.grams import choose_grams
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import CLASSES, FARTHEST, POSITIONS, Linear, StanceModel
from analysis.stance.pieces import choose_pieces
from analysis.stance.relevance import Background, stem
from analysis.stance.trees import Forest
from analysis.text import words

DECIMALS = 4  # of every learned number; one more changes no label
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class Recipe:
    """Settings of the training, each chosen on the open gold by leaving one blog out, and kept coarse.

    Attributes
    ----------
    seed : int
        Of the trees' choice of features.
    unsure_weight : float
        Weight of a row of which its coders were not sure, against 1.
    ridge : float
        Inverse strength of the penalty (scikit-learn's C); smaller = stronger.
    position_ridge : float
        The same for the position.
    min_blogs, gram_scale : int, float
        Blogs a run of words must be known from; weight of the runs beside the features.
    forests, rounds, leaves, rate, min_leaf, leaf_penalty, features_asked
        Number of boosted forests averaged, and how each is grown.
    tree_weight : float
        Weight of the trees against the linear model.
    piece_ridge, piece_blogs, piece_weight : float, int, float
        Inverse strength of the penalty on pieces of words, blogs a piece must be known from, weight beside the others.
    changed_weight : float
        Weight of a row changed by ``augment`` against its original.
    common_texts, rare_texts : int
        Texts a word must stand in, in small letters, to be of general use; texts a stem must stand in to be counted.
    """

    seed: int = 0
    unsure_weight: float = 0.6
    ridge: float = 0.06
    position_ridge: float = 0.03
    min_blogs: int = 5
    gram_scale: float = 4.0
    forests: int = 2
    rounds: int = 80
    leaves: int = 8
    rate: float = 0.06
    min_leaf: int = 10
    leaf_penalty: float = 5.0
    features_asked: float = 0.3
    tree_weight: float = 0.5
    piece_ridge: float = 2.0
    piece_blogs: int = 12
    piece_weight: float = 0.4
    changed_weight: float = 0.3
    common_texts: int = 5
    rare_texts: int = 3


def count_words(rows: Sequence[Mapping[str, Any]], recipe: Recipe) -> tuple[Background, frozenset[str]]:
    """How common stems are in the essays and comments, and which words are of general use.

    Words written mostly with a capital (names, brands) are left out of both, so that no one's name is kept.
    """
    texts = {
        (
            "essay",
            r.get("parent_title"),
            r.get("parent_text"),
        ): f"{r.get('parent_title') or ''} {r.get('parent_text') or ''}"
        for r in rows
    }
    texts |= {("comment", r["id"], None): r["text"] for r in rows}
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    for text in texts.values():
        found = set(_WORD.findall(LINK.sub(" ", text)))
        small.update(w for w in found if w == w.lower())
        large.update(w.lower() for w in found if w != w.lower())
        stems.update({stem(w.lower()) for w in found})
    plain = {w for w, n in small.items() if n >= large[w]}
    kept = {stem(w) for w in plain}
    frequency = {w: n for w, n in sorted(stems.items()) if n >= recipe.rare_texts and w in kept}
    common = frozenset(w for w in plain if small[w] >= recipe.common_texts and len(w) > 2 and w.isalpha())
    return Background(len(texts), frequency), common


def signing_words(rows: Sequence[Mapping[str, Any]], common: frozenset[str]) -> frozenset[str]:
    """Words that stand in commenters' names and are no common words, and the given names of the lexicon."""
    names = {w for r in rows for w in words(r.get("author") or "")}
    return frozenset(names - common) | (
        load_lexicon().signer["given"] - {"will", "art", "may", "mark", "rich", "bill", "grant", "jo", "hope"}
    )


def _linear(
    numbers: np.ndarray | None,
    runs: sparse.csr_matrix,
    answers: Sequence[str],
    weights: np.ndarray,
    *,
    ridge: float,
    classes: Sequence[str],
) -> Linear:
    from sklearn.linear_model import LogisticRegression

    if numbers is None and not runs.shape[1]:  # too few blogs for any piece to be known from enough of them
        return Linear(np.zeros((0, len(classes))), np.zeros(len(classes)))
    together = runs if numbers is None else sparse.hstack([sparse.csr_matrix(numbers), runs]).tocsr()
    fitted = LogisticRegression(C=ridge, max_iter=1000, tol=1e-5).fit(together, answers, sample_weight=weights)
    place = [list(fitted.classes_).index(c) for c in classes]
    return Linear(np.round(fitted.coef_[place].T, DECIMALS), np.round(fitted.intercept_[place], DECIMALS))


def _forest(numbers: np.ndarray, answers: Sequence[str], weights: np.ndarray, recipe: Recipe) -> Forest:
    from sklearn.ensemble import HistGradientBoostingClassifier

    columns: dict[str, list[Any]] = {
        k: [] for k in ("roots", "target", "feature", "left", "right", "threshold", "value")
    }
    for k in range(recipe.forests):
        grown = HistGradientBoostingClassifier(
            max_iter=recipe.rounds,
            learning_rate=recipe.rate,
            max_leaf_nodes=recipe.leaves,
            min_samples_leaf=recipe.min_leaf,
            l2_regularization=recipe.leaf_penalty,
            max_features=recipe.features_asked,
            early_stopping=False,
            random_state=recipe.seed + k,
        ).fit(numbers, answers, sample_weight=weights)
        order = [list(CLASSES).index(c) for c in grown.classes_]
        # There is no public way to the nodes; the lock pins the version this was written for.
        for trees in grown._predictors:
            for place, tree in zip(order, trees, strict=True):
                _add_tree(columns, tree.nodes, place)
        baseline = np.zeros(len(CLASSES))
        baseline[order] = np.asarray(grown._baseline_prediction).ravel()
    arrays = {k: np.array(v, dtype=float if k in ("threshold", "value") else int) for k, v in columns.items()}
    return Forest(baseline=np.round(baseline, DECIMALS), share=1 / recipe.forests, **arrays)


def _add_tree(columns: dict[str, list[Any]], nodes: np.ndarray, place: int) -> None:
    """Append a tree's nodes; an inner node's value is the mean of its leaves', weighted by the comments they hold."""
    start = len(columns["feature"])
    values = nodes["value"].astype(float)
    for i in range(len(nodes) - 1, -1, -1):  # children stand after their parent
        if not nodes["is_leaf"][i]:
            left, right = int(nodes["left"][i]), int(nodes["right"][i])
            held = nodes["count"][left], nodes["count"][right]
            values[i] = (values[left] * held[0] + values[right] * held[1]) / sum(held)
    leaf = nodes["is_leaf"].astype(bool)
    columns["roots"].append(start)
    columns["target"].append(place)
    columns["feature"] += np.where(leaf, -1, nodes["feature_idx"].astype(int)).tolist()
    itself = np.arange(start, start + len(nodes))
    columns["left"] += np.where(leaf, itself, nodes["left"].astype(int) + start).tolist()
    columns["right"] += np.where(leaf, itself, nodes["right"].astype(int) + start).tolist()
    columns["threshold"] += np.where(leaf, 0.0, np.round(nodes["num_threshold"], DECIMALS)).tolist()
    columns["value"] += np.round(values, DECIMALS).tolist()


def fit_model(rows: Sequence[Mapping[str, Any]], recipe: Recipe | None = None) -> StanceModel:
    """Train a model on coded comments; it has no thresholds, calibration or card yet.

    Parameters
    ----------
    rows : sequence of mapping
        Keys ``id, blog, label, position, sure`` and those of ``label_comments``; ``label`` may be "none". An optional
        ``weight`` says how much a row counts beside one of 1.
    recipe : Recipe, optional

    Returns
    -------
    StanceModel

    Raises
    ------
    LabelError
        If a label or position is not of the codebook, or one of the four labels has no row.
    """
    chosen = recipe or Recipe()
    ordered = sorted(rows, key=lambda r: str(r["id"]))
    check_gold(ordered)
    background, common = count_words(ordered, chosen)
    resources = Resources(load_lexicon(), background, common)
    ordered += augment(ordered, chosen.changed_weight)
    return fit_described(ordered, describe_comments(ordered, resources), resources, chosen)


def fit_described(
    rows: Sequence[Mapping[str, Any]], described: Sequence[Described], resources: Resources, recipe: Recipe
) -> StanceModel:
    names = tuple(sorted({n for d in described for n in d.features}))
    raw = as_matrix(described, names)
    means = np.round(np.nan_to_num(np.nanmean(raw, axis=0)), DECIMALS)
    raw = np.where(np.isnan(raw), means, raw)
    spreads = np.round(raw.std(axis=0), DECIMALS)
    spreads[spreads == 0] = 1.0
    standard = np.clip((raw - means) / spreads, -FARTHEST, FARTHEST)
    blogs, names_in = [r["blog"] for r in rows], signing_words(rows, resources.common)
    grams = choose_grams(
        [d.words for d in described], blogs, min_blogs=recipe.min_blogs, scale=recipe.gram_scale, leave_out=names_in
    )
    plain = [d.plain for d in described]
    pieces = choose_pieces(plain, blogs, min_blogs=recipe.piece_blogs, leave_out=names_in)
    runs = grams.matrix([d.words for d in described])
    weights = np.array([(1.0 if r["sure"] else recipe.unsure_weight) * r.get("weight", 1.0) for r in rows])
    labels = [r["label"] for r in rows]
    return StanceModel(
        codebook_version=load_codebook().version,
        names=names,
        means=means,
        spreads=spreads,
        label_model=_linear(standard, runs, labels, weights, ridge=recipe.ridge, classes=CLASSES),
        position_model=_linear(
            standard, runs, [r["position"] for r in rows], weights, ridge=recipe.position_ridge, classes=POSITIONS
        ),
        forest=_forest(raw, labels, weights, recipe),
        grams=grams,
        resources=resources,
        pieces=pieces,
        piece_model=_linear(None, pieces.matrix(plain), labels, weights, ridge=recipe.piece_ridge, classes=CLASSES),
        tree_weight=recipe.tree_weight,
        piece_weight=recipe.piece_weight,
        temperature=1.0,
        bias=np.zeros(len(CLASSES)),
        thresholds=(),
        card={},
    )


def check_gold(rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse coded comments that cannot be trained on, with a ``LabelError`` that names the first bad one."""
    needed = {"id", "blog", "post_id", "label", "position", "sure", "text"}
    for row in rows:
        name = f"The coded comment {row.get('id')!r}"
        if lost := sorted(needed - set(row)):
            raise LabelError(f"{name} lacks {', '.join(lost)}; a coded comment needs {', '.join(sorted(needed))}.")
        if row["label"] not in CLASSES or row["position"] not in POSITIONS:
            found = f"label {row['label']!r} and position {row['position']!r}"
            raise LabelError(f"{name} has {found}; labels are {', '.join(CLASSES)}, positions {', '.join(POSITIONS)}.")
    absent = sorted(set(CLASSES) - {r["label"] for r in rows})
    if absent:
        raise LabelError(f"No coded comment is {', '.join(absent)}; training needs each of {', '.join(CLASSES)}.")
