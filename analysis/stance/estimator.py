"""The stance model in scikit-learn's terms: ``StanceClassifier`` labels, ``StanceFeatures`` gives named numbers.

They fit into pipelines, cross-validation and grid searches. They do not abstain and give no reasons or evidence:
``label_comments`` does. This is the only module of the room that loads scikit-learn when it is imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d

from analysis.errors import one_of
from analysis.stance.estimator_input import CommentsError, number_blogs, read_comments
from analysis.stance.features import Described, Resources, as_matrix, describe_comments
from analysis.stance.fit import Recipe, count_words, signing_words
from analysis.stance.grams import choose_grams
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import CLASSES, FARTHEST, StanceModel, load_model, softmax

RECIPE = Recipe()  # what is not asked for below is set as for the shipped model
BACKGROUNDS = ("learned", "shipped")


def _resources(rows: Sequence[Mapping[str, Any]], background: str) -> Resources:
    if background not in BACKGROUNDS:
        raise CommentsError(one_of("background", str(background), BACKGROUNDS))
    return Resources(load_lexicon(), *count_words(rows, RECIPE)) if background == "learned" else load_model().resources


def _names(described: Sequence[Described]) -> tuple[str, ...]:
    return tuple(sorted({name for d in described for name in d.features}))


class StanceFeatures(TransformerMixin, BaseEstimator):
    """Turn comments into the named features the stance model reads, for models of your own.

    Parameters
    ----------
    background : {"shipped", "learned"}, default "shipped"
        Where the word counts behind "rare" and "common" words come from: the texts of the shipped model, or those
        given to ``fit`` (a few hundred at least).

    Attributes
    ----------
    feature_names_ : tuple of str
        In the order of the columns.

    Notes
    -----
    Counts are ln(1 + n), shares go from 0 to 1, yes or no is 1 or 0. Without an essay, what is said against it is NaN:
    put an imputer behind, or a model that takes NaN. Runs of words are not among the features.

    Examples
    --------
    >>> table = StanceFeatures().fit_transform(["Does it also work in rain?", "Thanks!"])
    >>> table[["ends in a question", "no name"]].to_numpy().tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """

    def __init__(self, *, background: str = "shipped") -> None:
        self.background = background

    def fit(self, X: Any, y: Any = None) -> Self:
        """Choose the features, and count words where ``background`` is "learned"."""
        rows = read_comments(X)
        self.resources_ = _resources(rows, self.background)
        own = self.background == "learned"
        self.feature_names_ = _names(describe_comments(rows, self.resources_)) if own else load_model().names
        return self

    def transform(self, X: Any) -> pd.DataFrame:
        """Features of comments: one row each, in the order given; an index is kept, columns are ``feature_names_``."""
        check_is_fitted(self)
        numbers = as_matrix(describe_comments(read_comments(X), self.resources_), self.feature_names_)
        index = X.index if isinstance(X, (pd.DataFrame, pd.Series)) else None
        return pd.DataFrame(numbers, columns=list(self.feature_names_), index=index)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Names of the columns; ``input_features`` is ignored."""
        check_is_fitted(self)
        return np.array(self.feature_names_, dtype=object)

    def __sklearn_tags__(self) -> Tags:
        return _of_texts(super().__sklearn_tags__())


def _of_texts(tags: Tags) -> Tags:
    tags.input_tags.two_d_array = False
    tags.input_tags.one_d_array = True
    tags.input_tags.string = True
    tags.input_tags.allow_nan = True
    return tags


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """Classify comments with the features and the two averaged models of the stance classifier.

    Shipped and ready (``from_shipped``), or trained on comments you coded, with any labels of yours.

    Parameters
    ----------
    ridge : float
        Inverse strength of the penalty on the linear model; smaller = stronger.
    tree_weight : float
        Weight of the boosted trees against the linear model, from 0 (none are grown) to 1.
    min_blogs : int
        Blogs a run of words must be known from. The column ``blog`` says which; without it each essay is its own, and
        without an essay each comment.
    background : {"learned", "shipped"}
        Where word counts come from: the comments given to ``fit``, or, for few comments, the shipped model's texts.
    random_state : int
        Of the trees.
    pretrained : bool, str or Path, default False
        True for the shipped model, or the file of another; then ``fit`` checks its input and learns nothing.

    Attributes
    ----------
    classes_ : array of labels
        In sorted order, which is the order of the columns of ``predict_proba``: agreeing, extending, none, spam for
        the shipped model.

    Notes
    -----
    ``predict`` always answers, "none" included; ``label_comments`` abstains where it is unsure. The shipped model's
    probabilities are calibrated; of a model you fit they are not (put CalibratedClassifierCV around it). Comments of
    one blog are alike: cross-validate with GroupKFold over blogs or essays, or the figures flatter.

    Examples
    --------
    >>> judge = StanceClassifier.from_shipped()
    >>> judge.classes_.tolist()
    ['agreeing', 'extending', 'none', 'spam']
    >>> judge.predict(["Thank you so much, great post!"]).tolist()
    ['agreeing']
    """

    def __init__(
        self,
        *,
        ridge: float = RECIPE.ridge,
        tree_weight: float = RECIPE.tree_weight,
        min_blogs: int = RECIPE.min_blogs,
        background: str = "learned",
        random_state: int = RECIPE.seed,
        pretrained: bool | str | Path = False,
    ) -> None:
        self.ridge = ridge
        self.tree_weight = tree_weight
        self.min_blogs = min_blogs
        self.background = background
        self.random_state = random_state
        self.pretrained = pretrained

    @classmethod
    def from_shipped(cls, path: str | Path | None = None) -> Self:
        """The shipped model, or one kept in a file (such as ``python -m analysis fit`` writes); needs no ``fit``."""
        return cls(pretrained=path or True)

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Train on coded comments.

        Parameters
        ----------
        X : DataFrame or sequence of str
            As ``read_comments`` takes it.
        y : sequence, shape (comments,)
            Labels, any of at least two; for a pretrained model those of its codebook.
        sample_weight : sequence of float, optional
            How much each comment counts, such as less for those whose coders were unsure.

        Raises
        ------
        CommentsError
            For no comments or no texts, fewer than two labels, an unknown ``background``, or labels a pretrained model
            does not give.
        """
        rows = read_comments(X)
        answers = column_or_1d(y, warn=True)
        check_consistent_length(rows, answers)
        if self.pretrained:
            if strange := sorted(set(answers.tolist()) - set(CLASSES), key=str):
                raise CommentsError(f"{strange[0]!r} is none of the model's labels ({', '.join(CLASSES)}).")
            return self
        check_classification_targets(answers)
        self._classes = np.unique(answers)
        if len(self._classes) < 2:
            raise CommentsError(
                f"Only one class is there, {self._classes.tolist()[0]!r}; a classifier needs two labels to tell apart."
            )
        weights = None if sample_weight is None else column_or_1d(sample_weight, dtype=float)
        self.resources_ = _resources(rows, self.background)
        described = describe_comments(rows, self.resources_)
        self.feature_names_ = _names(described)
        self._learn_scale(as_matrix(described, self.feature_names_))
        self.grams_ = choose_grams(
            [d.words for d in described], number_blogs(rows), min_blogs=self.min_blogs, scale=RECIPE.gram_scale,
            leave_out=signing_words(rows, self.resources_.common),
        )  # fmt: skip
        raw, together = self._numbers(described)
        self.linear_ = LogisticRegression(C=self.ridge, max_iter=1000, tol=1e-5).fit(together, answers, weights)
        self.trees_ = [
            _new_trees(self.random_state + k).fit(raw, answers, weights)
            for k in range(RECIPE.forests if self.tree_weight else 0)
        ]
        return self

    def _learn_scale(self, raw: np.ndarray) -> None:
        """Mean and spread of each feature; a feature that is nowhere known has mean 0."""
        known = ~np.isnan(raw)
        filled = np.where(known, raw, 0.0)
        self.means_ = filled.sum(axis=0) / np.maximum(1, known.sum(axis=0))
        spreads = np.where(known, raw, self.means_).std(axis=0)
        self.spreads_ = np.where(spreads > 0, spreads, 1.0)

    def _numbers(self, described: Sequence[Described]) -> tuple[np.ndarray, sparse.csr_matrix]:
        """Features for the trees; the same standardised, and the runs of words after them, for the linear model."""
        raw = as_matrix(described, self.feature_names_)
        raw = np.where(np.isnan(raw), self.means_, raw)
        standard = np.clip((raw - self.means_) / self.spreads_, -FARTHEST, FARTHEST)
        runs = self.grams_.matrix([d.words for d in described])
        return raw, sparse.hstack([sparse.csr_matrix(standard), runs]).tocsr()

    def _scores(self, X: Any) -> np.ndarray:
        """Scores, shape (comments, classes) in the order of ``classes_``; their softmax gives the probabilities."""
        check_is_fitted(self)
        rows = read_comments(X)
        if self.pretrained:
            model = self._model()
            scores = model.scores(model.rows(describe_comments(rows, model.resources)))
            return _centred(scores[:, np.argsort(CLASSES)])
        raw, together = self._numbers(describe_comments(rows, self.resources_))
        scores = (1 - self.tree_weight) * _centred(_columns(self.linear_.decision_function(together)))
        for trees in self.trees_:
            scores += self.tree_weight / len(self.trees_) * _centred(_columns(trees.decision_function(raw)))
        return scores

    def _model(self) -> StanceModel:
        return load_model() if self.pretrained is True else load_model(Path(str(self.pretrained)))

    def decision_function(self, X: Any) -> np.ndarray:
        """Scores, higher = likelier: shape (comments, classes), or (comments,) for the second of two classes."""
        scores = self._scores(X)
        return scores[:, 1] - scores[:, 0] if scores.shape[1] == 2 else scores

    def predict_proba(self, X: Any) -> np.ndarray:
        """Probability of each label, shape (comments, classes) in the order of ``classes_``; rows sum to 1."""
        return softmax(self._scores(X))

    def predict(self, X: Any) -> np.ndarray:
        """The likeliest label of each comment, shape (comments,)."""
        scores = self._scores(X)
        return self.classes_[scores.argmax(axis=1)]

    @property
    def classes_(self) -> np.ndarray:
        """Labels, sorted; a pretrained model knows its own before any ``fit``."""
        if self.pretrained:
            return np.array(sorted(CLASSES))
        if not hasattr(self, "_classes"):
            raise AttributeError("The classifier has no classes_ yet: give fit coded comments, or use from_shipped().")
        return self._classes

    def __sklearn_is_fitted__(self) -> bool:
        return bool(self.pretrained) or hasattr(self, "linear_")

    def __sklearn_tags__(self) -> Tags:
        tags = _of_texts(super().__sklearn_tags__())
        tags.requires_fit = not self.pretrained
        return tags


def _new_trees(seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=RECIPE.rounds, learning_rate=RECIPE.rate, max_leaf_nodes=RECIPE.leaves,
        min_samples_leaf=RECIPE.min_leaf, l2_regularization=RECIPE.leaf_penalty, max_features=RECIPE.features_asked,
        early_stopping=False, random_state=seed,
    )  # fmt: skip


def _columns(scores: np.ndarray) -> np.ndarray:
    """Scores with a column for each class; scikit-learn gives one number where there are two classes."""
    return scores if scores.ndim == 2 else np.stack([-scores / 2, scores / 2], axis=1)


def _centred(scores: np.ndarray) -> np.ndarray:
    return scores - scores.mean(axis=1, keepdims=True)
