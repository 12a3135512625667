"""What agreeing, extending and spam mean here: the project's own codebook, as data, with its version."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CODEBOOK = Path(__file__).with_name("codebook.toml")


@dataclass(frozen=True)
class Meaning:
    """What one label means.

    Attributes
    ----------
    label : str
    meaning : str
        One sentence.
    signs : tuple of str
        What to look for.
    but : str
        Where the label ends.
    examples : tuple of str
        Written for this codebook.
    """

    label: str
    meaning: str
    signs: tuple[str, ...]
    but: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """The whole codebook; ``labels`` stand in the order in which a coder decides."""

    version: str
    unit: str
    labels: tuple[Meaning, ...]
    positions: Mapping[str, str]
    notes: Mapping[str, str]

    def meaning(self, label: str | None) -> Meaning:
        """What a label means; None asks for the comments left without one."""
        return next(m for m in self.labels if m.label == (label or "none"))


@cache
def load_codebook() -> Codebook:
    """Read the codebook that ships with the package.

    Returns
    -------
    Codebook

    Examples
    --------
    >>> [m.label for m in load_codebook().labels]
    ['spam', 'extending', 'agreeing', 'none']
    >>> load_codebook().version
    '1.0'
    """
    given = tomllib.loads(CODEBOOK.read_text(encoding="utf-8"))
    labels = []
    for name in given["order"]:
        entry = given["labels"][name]
        labels.append(Meaning(name, entry["meaning"], tuple(entry["signs"]), entry["but"], tuple(entry["examples"])))
    return Codebook(given["version"], given["unit"], tuple(labels), given["positions"], given["notes"])


def codebook_as_dict(codebook: Codebook) -> dict[str, Any]:
    """The codebook as its file has it: version, unit, order, labels, positions, notes.

    Examples
    --------
    >>> codebook_as_dict(load_codebook())["order"]
    ['spam', 'extending', 'agreeing', 'none']
    """
    return {
        "version": codebook.version,
        "unit": codebook.unit,
        "order": [m.label for m in codebook.labels],
        "labels": {
            m.label: {"meaning": m.meaning, "signs": list(m.signs), "but": m.but, "examples": list(m.examples)}
            for m in codebook.labels
        },
        "positions": dict(codebook.positions),
        "notes": dict(codebook.notes),
    }
