"""What comments do with their essay: agreeing, extending or spam, with probabilities, a position, and the evidence.

Public: ``label_comments``, ``load_model``, ``load_codebook``, ``CommentClassifier`` and ``CLASSIFIERS``.
The names are looked up when first used, so that importing the room loads no numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.stance.adapt import FittedLabels, fit_labels
    from analysis.stance.adapt_cross import use_out_of_fold
    from analysis.stance.classify import CLASSIFIERS, CommentClassifier, label_comments
    from analysis.stance.codebook import Codebook, load_codebook
    from analysis.stance.estimator import StanceClassifier, StanceFeatures
    from analysis.stance.model import StanceModel, load_model
    from analysis.stance.scheme import Scheme
    from analysis.stance.scheme_train import load_scheme, train_scheme

_HOME = {
    "FittedLabels": "adapt",
    "fit_labels": "adapt",
    "use_out_of_fold": "adapt_cross",
    "CLASSIFIERS": "classify",
    "CommentClassifier": "classify",
    "label_comments": "classify",
    "Codebook": "codebook",
    "load_codebook": "codebook",
    "StanceClassifier": "estimator",
    "StanceFeatures": "estimator",
    "StanceModel": "model",
    "load_model": "model",
    "Scheme": "scheme",
    "load_scheme": "scheme_train",
    "train_scheme": "scheme_train",
}
__all__ = [
    "CLASSIFIERS",
    "Codebook",
    "CommentClassifier",
    "FittedLabels",
    "Scheme",
    "StanceClassifier",
    "StanceFeatures",
    "StanceModel",
    "fit_labels",
    "label_comments",
    "load_codebook",
    "load_model",
    "load_scheme",
    "train_scheme",
    "use_out_of_fold",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
