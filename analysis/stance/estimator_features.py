"""The model's named features in scikit-learn's terms, for models of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils import Tags
from sklearn.utils.validation import check_is_fitted

from analysis.errors import one_of
from analysis.stance.estimator_input import CommentsError, read_comments
from analysis.stance.features import Described, Resources, as_matrix, describe_comments
from analysis.stance.fit import Recipe, count_words
from analysis.stance.lexicon import load_lexicon
from analysis.stance.model import load_model

RECIPE = Recipe()  # what is not asked for below is set as for the shipped model
BACKGROUNDS = ("learned", "shipped")


def resources_of(rows: Sequence[Mapping[str, Any]], background: str) -> Resources:
    """What features are computed with, learned from these comments or shipped."""
    if background not in BACKGROUNDS:
        raise CommentsError(one_of("background", str(background), BACKGROUNDS))
    return Resources(load_lexicon(), *count_words(rows, RECIPE)) if background == "learned" else load_model().resources


def names_of(described: Sequence[Described]) -> tuple[str, ...]:
    """Features that any of some comments has, sorted."""
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
        self.resources_ = resources_of(rows, self.background)
        own = self.background == "learned"
        self.feature_names_ = names_of(describe_comments(rows, self.resources_)) if own else load_model().names
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
        return of_texts(super().__sklearn_tags__())


def of_texts(tags: Tags) -> Tags:
    """Tell scikit-learn that an estimator takes texts, or a table of them."""
    tags.input_tags.two_d_array = False
    tags.input_tags.one_d_array = True
    tags.input_tags.string = True
    tags.input_tags.allow_nan = True
    return tags
