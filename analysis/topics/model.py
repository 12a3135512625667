"""What a fitted topic model is: words, probabilities and mixtures, with what made them; kept without pickle."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.errors import TopicError

Floats = npt.NDArray[np.float64]
TOP_WORDS = 25  # what the exchange format holds; a figure shows ten
DIGITS = 6  # the last bits differ from processor to processor: what leaves the package is rounded
_SUM_TOLERANCE = 1e-6  # float sums of a few thousand shares stay well inside it


@dataclass(frozen=True, eq=False)
class TopicModel:
    """Topics of a corpus, numbered from the most to the least prevalent.

    Attributes
    ----------
    words : tuple of tuple of str
        For each of K topics its top words (25 where the vocabulary allows), best first.
    weights : tuple of tuple of float
        The words' weights, falling within a topic, 1 for its first word; for ordering and word figures, not shares.
    topic_word : ndarray, shape (K, V)
        Probability of each word in each topic; rows sum to 1.
    vocabulary : tuple of str
        The V words, sorted.
    mixtures : ndarray, shape (D, K)
        Share of each topic in each document, in the order the documents were given; rows sum to 1.
    prevalence : ndarray, shape (K,)
        Share of each topic in the corpus: mean of the mixtures, weighted by words; falls, sums to 1.
    has_words : ndarray of bool, shape (D,)
        False for a document without words, whose mixture is uniform and says nothing.
    ids : tuple of str
        Names of the D documents, in the order given.
    engine, seed, settings, versions
        What made the model.
    """

    words: tuple[tuple[str, ...], ...]
    weights: tuple[tuple[float, ...], ...] = field(repr=False)
    topic_word: Floats = field(repr=False)
    vocabulary: tuple[str, ...] = field(repr=False)
    mixtures: Floats = field(repr=False)
    prevalence: Floats = field(repr=False)
    has_words: npt.NDArray[np.bool_] = field(repr=False)
    ids: tuple[str, ...] = field(repr=False)
    engine: str
    seed: int
    settings: Mapping[str, Any]
    versions: Mapping[str, str]

    def __post_init__(self) -> None:
        shapes = {
            "topic_word": (self.number, len(self.vocabulary)),
            "mixtures": (len(self.ids), self.number),
            "prevalence": (self.number,),
            "has_words": (len(self.ids),),
        }
        for name, shape in shapes.items():
            array = getattr(self, name)
            if array.shape != shape:
                raise TopicError(f"A topic model's {name} is to have the shape {shape}; found {array.shape}.")
            array.setflags(write=False)
        for name in ("topic_word", "mixtures", "prevalence"):
            sums = getattr(self, name).sum(axis=-1)
            if not np.allclose(sums, 1, atol=_SUM_TOLERANCE):
                raise TopicError(
                    f"The shares in a topic model's {name} are to sum to 1; found {np.ravel(sums)[0]:.6f}."
                )
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))
        object.__setattr__(self, "versions", MappingProxyType(dict(self.versions)))

    @property
    def number(self) -> int:
        """How many topics there are (K)."""
        return len(self.words)

    @property
    def documents_without_words(self) -> int:
        """How many documents had no word left; their mixtures are uniform and must not be counted."""
        return int((~self.has_words).sum())


def topics_as_json(model: TopicModel) -> dict[str, Any]:
    """Give a topic model in the exchange format of the command line.

    Parameters
    ----------
    model : TopicModel

    Returns
    -------
    dict
        ``topics`` (K word lists, best word first), ``document_topics`` (one row a document, in the order given, rounded
        to six digits), ``engine``, ``seed``, ``settings``, ``versions``: all of it plain JSON.
    """
    return {
        "topics": [list(topic) for topic in model.words],
        "document_topics": np.round(model.mixtures, DIGITS).tolist(),
        "engine": model.engine,
        "seed": model.seed,
        "settings": dict(model.settings),
        "versions": dict(model.versions),
    }


_ARRAYS = ("topic_word", "mixtures", "prevalence", "has_words")


def save_model(model: TopicModel, path: str | Path) -> Path:
    """Keep a topic model in one file (a NumPy archive of arrays and a JSON text; no pickle).

    Returns
    -------
    Path
        ``path``; its folder is made where it is missing.
    """
    path = Path(path).expanduser()
    plain = {f.name: getattr(model, f.name) for f in fields(model) if f.name not in _ARRAYS}
    plain |= {"settings": dict(model.settings), "versions": dict(model.versions)}
    text = np.frombuffer(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode(), dtype=np.uint8)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            np.savez(file, allow_pickle=False, model=text, **{name: getattr(model, name) for name in _ARRAYS})
    except OSError as error:
        raise TopicError(
            f"{path} cannot be written ({error.strerror}); name a file in a folder you may write to."
        ) from error
    return path


def load_model(path: str | Path) -> TopicModel:
    """Read a topic model that ``save_model`` kept.

    Raises
    ------
    TopicError
        If the file is no such model, or its parts do not fit each other.
    """
    path = Path(path)
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _ARRAYS}
            plain = json.loads(archive["model"].tobytes())
        plain |= {name: tuple(tuple(row) for row in plain[name]) for name in ("words", "weights")}
        plain |= {name: tuple(plain[name]) for name in ("vocabulary", "ids")}
        return TopicModel(**plain, **arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise TopicError(f"{path.name} cannot be read as a topic model ({error}); fit the topics again.") from error
