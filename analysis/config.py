"""Settings: one frozen object, read from ``config.toml``; a key nobody knows is an error, not a silent default."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from analysis.errors import ConfigError, one_of
from analysis.paths import PACKAGE

DEFAULTS = PACKAGE / "config.toml"


@dataclass(frozen=True)
class Run:
    """The one root seed."""

    seed: int = 0


@dataclass(frozen=True)
class Read:
    """Bounds on what one file may cost."""

    max_bytes: int = 0
    max_tags: int = 0
    max_seconds: float = 0.0


@dataclass(frozen=True)
class Topics:
    """How topics are fitted and checked."""

    number: int = 0
    engine: str = ""
    min_essays: int = 0
    resamples: int = 0
    resample_share: float = 0.0
    tagger: bool = False
    phrases: bool = False
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labels:
    """Who labels the comments, and when one gets a label at all."""

    classifier: str = ""
    model: str = ""
    target_accuracy: float = 0.0


@dataclass(frozen=True)
class Estimates:
    """How shares and their intervals are made."""

    level: float = 0.0
    draws: int = 0
    min_codes: int = 0


@dataclass(frozen=True)
class Families:
    """Whether comments are counted once where an essay stands in several versions, or spam was spun."""

    once: bool = False


@dataclass(frozen=True)
class Coding:
    """What the methods paragraph is to say of the coders."""

    blind: bool = False
    about: str = ""


@dataclass(frozen=True)
class Config:
    """All settings of a run; the values come from ``analysis/config.toml``, where each has its reason."""

    run: Run = field(default_factory=Run)
    read: Read = field(default_factory=Read)
    topics: Topics = field(default_factory=Topics)
    labels: Labels = field(default_factory=Labels)
    estimates: Estimates = field(default_factory=Estimates)
    coding: Coding = field(default_factory=Coding)
    families: Families = field(default_factory=Families)

    def as_dict(self) -> dict[str, Any]:
        """Plain dictionaries, for a record."""
        return asdict(self)


# Lowest and highest value that makes sense, by section and key.
_RANGES = {
    ("read", "max_bytes"): (1, 10**12),
    ("read", "max_tags"): (1, 4 * 10**6),
    ("read", "max_seconds"): (0.1, 10**6),
    ("topics", "number"): (0, 1000),
    ("topics", "min_essays"): (2, 10**6),
    ("topics", "resamples"): (0, 1000),
    ("topics", "resample_share"): (0.1, 1.0),
    ("labels", "target_accuracy"): (0.34, 1.0),
    ("estimates", "level"): (0.5, 0.999),
    ("estimates", "draws"): (100, 10**6),
    ("estimates", "min_codes"): (2, 10**6),
}


def _merge(config: Config, given: dict[str, Any], source: str) -> Config:
    for section, values in given.items():
        sections = [f.name for f in fields(config)]
        if section not in sections:
            raise ConfigError(f"In {source}: " + one_of("section", section, sections))
        current = getattr(config, section)
        if not isinstance(values, dict):
            raise ConfigError(f"In {source}: {section} is a section; write its settings below a line [{section}].")
        for key, value in values.items():
            known = {f.name: getattr(current, f.name) for f in fields(current)}
            if key not in known:
                raise ConfigError(f"In {source}: " + one_of(f"setting in [{section}]", key, known))
            current = replace(current, **{key: _checked(section, key, value, known[key], source)})
        config = replace(config, **{section: current})
    return config


def _checked(section: str, key: str, value: Any, before: Any, source: str) -> Any:
    if isinstance(before, tuple) and isinstance(value, list):
        return tuple(value)
    if isinstance(before, float) and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if type(value) is not type(before):
        raise ConfigError(f"In {source}: {key} in [{section}] is to be {type(before).__name__}, found {value!r}.")
    low, high = _RANGES.get((section, key), (None, None))
    if low is not None and not low <= value <= high:
        raise ConfigError(f"In {source}: {key} in [{section}] lies between {low} and {high}, found {value}.")
    return value


def load_config(path: Path | None = None) -> Config:
    """Read the settings: the package's own, and over them those of a user's file.

    Parameters
    ----------
    path : Path, optional
        A TOML file with any of the sections and keys of ``analysis/config.toml``.

    Returns
    -------
    Config

    Raises
    ------
    ConfigError
        If a section or key is unknown (the sentence names the nearest), or a value has the wrong type or range.

    Examples
    --------
    >>> load_config().estimates.level
    0.95
    """
    config = Config()
    for source in (DEFAULTS, path):
        if source is None:
            continue
        try:
            given = tomllib.loads(source.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"The settings in {source.name} cannot be read: {error}.") from error
        config = _merge(config, given, source.name)
    return config
