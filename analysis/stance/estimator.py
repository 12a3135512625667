"""The stance model in scikit-learn's terms: ``StanceClassifier`` labels, ``StanceFeatures`` gives named numbers.

They fit into pipelines, cross-validation and grid searches. They do not abstain and give no reasons or evidence:
``label_comments`` does. Of the room, only this module and ``estimator_features`` load scikit-learn when imported.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d

from analysis.stance.estimator_features import RECIPE, StanceFeatures, names_of, of_texts, resources_of
from analysis.stance.estimator_input import CommentsError, number_blogs, read_comments
from analysis.stance.features import Described, as_matrix, describe_comments
from analysis.stance.fit import signing_words
from analysis.stance.grams import choose_grams
from analysis.stance.model import CLASSES, FARTHEST, StanceModel, load_model, softmax
from analysis.stance.pieces import choose_pieces

__all__ = ["StanceClassifier", "StanceFeatures"]


class StanceClassifier(ClassifierMixin, BaseEstimator):
    """Classify comments with the features and the three models of the stance classifier.

    Shipped and ready (``from_shipped``), or trained on comments you coded, with any labels of yours.

    Parameters
    ----------
    ridge : float
        Inverse strength of the penalty on the linear model; smaller = stronger.
    tree_weight : float
        Weight of the boosted trees against the linear model, from 0 (none are grown) to 1.
    min_blogs : int
        Blogs a run of words must be known from (a piece of a word: 2.4 times as many). The column ``blog`` says which;
        without it each essay is its own, and without an essay each comment.
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
    probabilities are calibrated; of a model you fit they are not (put CalibratedClassifierCV around it), and unlike the
    shipped one it learns from the comments as they are, without changed copies of them. Comments of one blog are alike:
    cross-validate with GroupKFold over blogs or essays, or the figures flatter.

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
        self.resources_ = resources_of(rows, self.background)
        described = describe_comments(rows, self.resources_)
        self.feature_names_ = names_of(described)
        self._learn_scale(as_matrix(described, self.feature_names_))
        blogs, names = number_blogs(rows), signing_words(rows, self.resources_.common)
        self.grams_ = choose_grams(
            [d.words for d in described], blogs, min_blogs=self.min_blogs, scale=RECIPE.gram_scale, leave_out=names
        )
        piece_blogs = round(self.min_blogs * RECIPE.piece_blogs / RECIPE.min_blogs)
        plain = [d.plain for d in described]
        self.pieces_ = choose_pieces(plain, blogs, min_blogs=piece_blogs, leave_out=names)
        raw, together = self._numbers(described)
        self.linear_ = LogisticRegression(C=self.ridge, max_iter=1000, tol=1e-5).fit(together, answers, weights)
        self.sound_ = None  # where too few blogs are known for any piece
        if self.pieces_.pieces:
            sound = LogisticRegression(C=RECIPE.piece_ridge, max_iter=1000, tol=1e-5)
            self.sound_ = sound.fit(self.pieces_.matrix(plain), answers, weights)
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
        described = describe_comments(rows, self.resources_)
        raw, together = self._numbers(described)
        scores = (1 - self.tree_weight) * _centred(_columns(self.linear_.decision_function(together)))
        for trees in self.trees_:
            scores += self.tree_weight / len(self.trees_) * _centred(_columns(trees.decision_function(raw)))
        if self.sound_ is not None:
            sound = self.sound_.decision_function(self.pieces_.matrix(d.plain for d in described))
            scores += RECIPE.piece_weight * _centred(_columns(sound))
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
        tags = of_texts(super().__sklearn_tags__())
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
