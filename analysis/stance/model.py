"""The trained model: from a comment's features and runs of words to probabilities, a label or none, and a position.

Three models that err differently are put together on the log scale: a linear one over all features and runs of words,
boosted trees over the features alone, and a linear one over pieces of words. All are plain numbers in
``model.json.gz``; nothing is unpickled.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from analysis.errors import LabelError
from analysis.stance.features import Described, Resources, as_matrix
from analysis.stance.grams import Grams
from analysis.stance.lexicon import load_lexicon
from analysis.stance.pieces import LONGEST_WORD, REMEMBERED, Pieces
from analysis.stance.relevance import Background
from analysis.stance.trees import Forest, forest_from_plain

MODEL = Path(__file__).with_name("model.json.gz")
CLASSES = ("agreeing", "extending", "spam", "none")  # the first three are labels; "none" only makes the model abstain
POSITIONS = ("for", "against", "unclear")
NONE_WEIGHT = 2  # how much more a chance of "none" lowers certainty than doubt between two labels does
FARTHEST = 4.0  # standard deviations at which a feature is cut, so that one odd number does not decide


def softmax(scores: np.ndarray) -> np.ndarray:
    """Turn rows of scores into rows of probabilities."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def contrast(per_class: np.ndarray, chosen: int) -> np.ndarray:
    """What speaks for the chosen class against the mean of the others, along the last axis."""
    others = [k for k in range(per_class.shape[-1]) if k != chosen]
    return np.asarray(per_class[..., chosen] - per_class[..., others].mean(axis=-1))


def certainty_of(scores: np.ndarray) -> np.ndarray:
    """How sure a label can be given: p(likeliest label) times (1 - p(none)) squared; shape (comments,), from 0 to 1.

    The first factor is the probability among the three labels. A comment that fits none of them must not get one, so
    the chance of none counts twice; this leaves more of them without a label at the same share labelled.
    """
    four, three = softmax(scores), softmax(scores[:, :3])
    return np.asarray(three.max(axis=1) * (1 - four[:, 3]) ** NONE_WEIGHT)


@dataclass(frozen=True)
class Linear:
    """A multinomial logistic regression over standardised features and, after them, runs of words.

    Attributes
    ----------
    coefficients : array, shape (features + runs, classes)
    intercepts : array, shape (classes,)
    """

    coefficients: np.ndarray
    intercepts: np.ndarray

    def scores(self, features: np.ndarray, runs: sparse.csr_matrix) -> np.ndarray:
        """Score of each class, shape (comments, classes)."""
        n = features.shape[1]
        return features @ self.coefficients[:n] + runs @ self.coefficients[n:] + self.intercepts


@dataclass(frozen=True)
class Rows:
    """Comments in numbers: ``steps`` through the trees, ``standard``-ised features, ``runs`` and ``pieces``."""

    steps: list[np.ndarray]
    standard: np.ndarray
    runs: sparse.csr_matrix
    pieces: sparse.csr_matrix


@dataclass(frozen=True)
class StanceModel:
    """Everything a prediction needs, and what is known about how good it is.

    Attributes
    ----------
    codebook_version : str
    names : tuple of str
        Features, in the order of the numbers.
    means, spreads : array, shape (features,)
        Of the training comments; a missing feature counts as its mean.
    label_model, position_model : Linear
    forest : Forest
    grams : Grams
    resources : Resources
    piece_model : Linear
        Over ``pieces`` alone.
    pieces : Pieces
    tree_weight, piece_weight : float
        Weight of the trees against the linear model, and of the pieces beside both.
    temperature, bias : float; array, shape (4,)
        Divisor of the scores and what is added to each class, which together make the probabilities honest (C. Guo et
        al. 2017, "On Calibration of Modern Neural Networks").
    thresholds : tuple of (float, float)
        Target accuracy and the certainty from which comments of the training blogs, each left out in turn, reached it.
    card : mapping
        Data, figures and limits, as in MODEL_CARD.md.
    """

    codebook_version: str
    names: tuple[str, ...]
    means: np.ndarray
    spreads: np.ndarray
    label_model: Linear
    position_model: Linear
    forest: Forest
    grams: Grams
    resources: Resources
    piece_model: Linear
    pieces: Pieces
    tree_weight: float
    piece_weight: float
    temperature: float
    bias: np.ndarray
    thresholds: tuple[tuple[float, float], ...]
    card: Mapping[str, Any]
    _heard: dict[tuple[str, int], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rows(self, described: Sequence[Described]) -> Rows:
        """Write described comments in numbers."""
        raw = as_matrix(described, self.names)
        raw = np.where(np.isnan(raw), self.means, raw)
        standard = np.clip((raw - self.means) / self.spreads, -FARTHEST, FARTHEST)
        runs = self.grams.matrix([d.words for d in described])
        return Rows(self.forest.walk(raw), standard, runs, self.pieces.matrix(d.plain for d in described))

    def scores(self, rows: Rows) -> np.ndarray:
        """Calibrated scores of the four classes, shape (comments, 4); their softmax are the probabilities."""
        linear = self.label_model.scores(rows.standard, rows.runs)
        trees = self.forest.scores(rows.steps)
        sound = rows.pieces @ self.piece_model.coefficients + self.piece_model.intercepts
        mixed = (1 - self.tree_weight) * _centred(linear) + self.tree_weight * _centred(trees)
        return (mixed + self.piece_weight * _centred(sound)) / self.temperature + self.bias

    def sound_of(self, token: str, k: int) -> float:
        """What a word's pieces, each standing once, add to class ``k`` against the others, before scaling to length."""
        found = self._heard.get((token, k))
        if found is None:
            places = self.pieces.places(token)
            weights = self.piece_weight * contrast(self.piece_model.coefficients[places], k)
            found = float(weights @ self.pieces.idf[places])
            if (
                len(token) <= LONGEST_WORD and len(self._heard) < REMEMBERED
            ):  # a memory, not a state: it only saves summing the same word twice
                self._heard[token, k] = found
        return found

    def predict(self, rows: Rows) -> np.ndarray:
        """Probability of each of ``CLASSES``, shape (comments, 4); rows sum to 1."""
        return softmax(self.scores(rows))

    def positions(self, rows: Rows) -> list[str]:
        """The likeliest of for, against and unclear for each comment."""
        best = self.position_model.scores(rows.standard, rows.runs).argmax(axis=1)
        return [POSITIONS[k] for k in best]

    def threshold(self, target_accuracy: float) -> float:
        """Certainty a comment must reach to get a label, so that about this share of the labels given is right.

        Raises
        ------
        LabelError
            If the target is no share from 0 to 1.
        """
        if not 0 <= target_accuracy <= 1:
            raise LabelError(
                f"The accuracy aimed at is a share from 0 to 1, found {target_accuracy}; 0.9 is a good start."
            )
        enough = [certainty for target, certainty in self.thresholds if target >= target_accuracy - 1e-9]
        return enough[0] if enough else 1.0


def _centred(scores: np.ndarray) -> np.ndarray:
    return scores - scores.mean(axis=1, keepdims=True)


def model_as_bytes(model: StanceModel) -> bytes:
    """A model as the bytes of its file: the same model gives the same bytes."""
    plain = {
        "card": model.card,
        "codebook_version": model.codebook_version,
        "names": model.names,
        "means": model.means.tolist(),
        "spreads": model.spreads.tolist(),
        "label_model": [model.label_model.coefficients.tolist(), model.label_model.intercepts.tolist()],
        "position_model": [model.position_model.coefficients.tolist(), model.position_model.intercepts.tolist()],
        "forest": model.forest.as_plain(),
        "grams": [model.grams.runs, model.grams.idf, model.grams.scale],
        "background": [model.resources.background.texts, dict(sorted(model.resources.background.frequency.items()))],
        "common": sorted(model.resources.common),
        "pieces": [model.pieces.pieces, model.pieces.idf.tolist()],
        "piece_model": [model.piece_model.coefficients.tolist(), model.piece_model.intercepts.tolist()],
        "tree_weight": model.tree_weight,
        "piece_weight": model.piece_weight,
        "temperature": model.temperature,
        "bias": model.bias.tolist(),
        "thresholds": model.thresholds,
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)


def model_from_bytes(data: bytes) -> StanceModel:
    """Read back what ``model_as_bytes`` wrote.

    Raises
    ------
    LabelError
        If the bytes are no such model.
    """
    try:
        plain = json.loads(gzip.decompress(data))
        resources = Resources(
            load_lexicon(), Background(plain["background"][0], plain["background"][1]), frozenset(plain["common"])
        )
        return StanceModel(
            codebook_version=plain["codebook_version"],
            names=tuple(plain["names"]),
            means=np.array(plain["means"]),
            spreads=np.array(plain["spreads"]),
            label_model=Linear(*map(np.array, plain["label_model"])),
            position_model=Linear(*map(np.array, plain["position_model"])),
            forest=forest_from_plain(plain["forest"]),
            grams=Grams(tuple(plain["grams"][0]), tuple(plain["grams"][1]), plain["grams"][2]),
            resources=resources,
            pieces=Pieces(tuple(plain["pieces"][0]), np.array(plain["pieces"][1])),
            piece_model=Linear(*map(np.array, plain["piece_model"])),
            tree_weight=plain["tree_weight"],
            piece_weight=plain["piece_weight"],
            temperature=plain["temperature"],
            bias=np.array(plain["bias"]),
            thresholds=tuple((a, b) for a, b in plain["thresholds"]),
            card=plain["card"],
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise LabelError(
            f"The stance model cannot be read ({type(error).__name__}: {error}); "
            "fetch the file again or train it with python -m analysis.stance.train GOLD.jsonl."
        ) from error


@cache
def load_model(path: Path = MODEL) -> StanceModel:
    """Load the trained model that ships with the package, or another of the same kind.

    Parameters
    ----------
    path : Path, optional
        A file written by ``python -m analysis.stance.train``.

    Returns
    -------
    StanceModel

    Raises
    ------
    LabelError
        If the file is missing or is no such model.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LabelError(
            f"The stance model {path.name} cannot be opened ({error.strerror}); "
            "train it with python -m analysis.stance.train GOLD.jsonl."
        ) from error
    return model_from_bytes(data)
