"""An axis between two poles as data: words, verbs and prepositions of each, nouns for those addressed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from analysis.errors import TopicError, one_of

AXES = Path(__file__).with_name("axes.toml")
FEWEST_SEEDS = 2  # of a pole: with one word the axis is that word


@dataclass(frozen=True)
class Pole:
    """One end of an axis.

    Attributes
    ----------
    name : str
    words : tuple of str
        Seed words, as lemmas.
    objects : tuple of str
        Verbs that have the audience as their object; ``"*"`` stands for any verb that no list names.
    subjects : tuple of str
        Verbs that the audience does; "take part" is a verb with its object.
    after : tuple of str
        Prepositions before the audience, alone ("with") or after their verb ("listen to").
    """

    name: str
    words: tuple[str, ...]
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise TopicError("A pole of an axis needs a name.")
        if len(set(self.words)) < FEWEST_SEEDS:
            raise TopicError(
                f"The pole {self.name!r} has {len(set(self.words))} seed words; it needs at least {FEWEST_SEEDS}, "
                "or the axis is one word's."
            )


@dataclass(frozen=True)
class Axis:
    """Two poles, and who is addressed; an essay's score runs from -1 (low) to 1 (high).

    Attributes
    ----------
    name : str
    low, high : Pole
    audience : tuple of str
        Nouns for those addressed, as lemmas.
    perhaps : tuple of str
        Nouns (and "you") that count as the audience only as objects of listed verbs, or after their prepositions.
    neutral : tuple of str
        Verbs that say nothing about the axis.
    language : str
        ISO 639-1 code of the words.

    Raises
    ------
    TopicError
        If the poles share a name, a seed or a pattern, or nobody is addressed.
    """

    name: str
    low: Pole
    high: Pole
    audience: tuple[str, ...]
    perhaps: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    language: str = "en"

    def __post_init__(self) -> None:
        if self.low.name == self.high.name:
            raise TopicError(f"Both poles of the axis {self.name!r} are called {self.low.name!r}; tell them apart.")
        if not self.audience:
            raise TopicError(f"The axis {self.name!r} names no audience; give the nouns for those addressed.")
        for part in ("words", "objects", "subjects", "after"):
            both = sorted(set(getattr(self.low, part)) & set(getattr(self.high, part)))
            if both:
                raise TopicError(
                    f"The poles of the axis {self.name!r} share {part}: {', '.join(both)}. "
                    "A word can speak for one pole only; take it out of the other."
                )

    @property
    def poles(self) -> tuple[Pole, Pole]:
        """Low, then high."""
        return self.low, self.high


def find_axis(axis: str | Path | Axis, name: str | None = None) -> Axis:
    """Give an axis: one that comes with the package by its name, one of a file of yours, or the axis itself.

    Parameters
    ----------
    axis : str, Path or Axis
        A name; or the path of a TOML file laid out as ``analysis/framing/axes.toml``.
    name : str, optional
        Which axis of a file that holds several.

    Raises
    ------
    TopicError
        If there is no such axis or file, or the file is not laid out so.

    Examples
    --------
    >>> [pole.name for pole in find_axis("doing to / doing with").poles]
    ['doing to', 'doing with']
    """
    if isinstance(axis, Axis):
        return axis
    if not isinstance(axis, str | Path):
        raise TopicError(
            f"An axis is a name, the path of a TOML file or an Axis; found {type(axis).__name__}. The file's layout is "
            "that of analysis/framing/axes.toml."
        )
    if isinstance(axis, Path) or axis.endswith(".toml"):
        return _chosen(read_axes(Path(axis)), name, Path(axis).name)
    return _chosen(read_axes(AXES), axis, "the package")


def _chosen(axes: Mapping[str, Axis], name: str | None, where: str) -> Axis:
    if name is None and len(axes) == 1:
        return next(iter(axes.values()))
    if name is None:
        raise TopicError(f"{where} holds {len(axes)} axes; name one of: {', '.join(axes) or 'none'}.")
    if name not in axes:
        raise TopicError(one_of("framing axis", name, axes))
    return axes[name]


def read_axes(path: Path) -> dict[str, Axis]:
    """Read the axes of a TOML file by their names.

    Raises
    ------
    TopicError
        If the file cannot be read, or a part is missing, unknown or of the wrong type.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TopicError(f"The axes in {path.name} cannot be read: {error}.") from error
    return {name: _axis(name, parts, path.name) for name, parts in given.items()}


def _axis(name: str, given: Any, where: str) -> Axis:
    parts = _parts(
        given, {f.name for f in fields(Axis)} - {"name"}, {"low", "high", "audience"}, f"{name!r} in {where}"
    )
    for end in ("low", "high"):
        of = f"{end!r} of {name!r} in {where}"
        parts[end] = Pole(**_parts(parts[end], {f.name for f in fields(Pole)}, {"name", "words"}, of))
    return Axis(name=name, **parts)


def _parts(given: Any, known: set[str], needed: set[str], where: str) -> dict[str, Any]:
    """The parts of a table of the file, lists as tuples of lower-case words."""
    if not isinstance(given, Mapping):
        raise TopicError(f"{where} is to be a table with the parts {', '.join(sorted(known))}.")
    unknown, missing = sorted(set(given) - known), sorted(needed - set(given))
    if unknown:
        raise TopicError(f"In {where}: " + one_of("part of an axis", unknown[0], known))
    if missing:
        raise TopicError(f"{where} lacks {', '.join(missing)}.")
    return {key: _value(key, value, where) for key, value in given.items()}


def _value(key: str, value: Any, where: str) -> Any:
    single = key in ("name", "language")
    if key in ("low", "high"):
        return value
    if single and isinstance(value, str):
        return value
    if not single and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _lower(value)
    raise TopicError(f"In {where}, {key} is to be {'a text' if single else 'a list of texts'}, found {value!r}.")


def _lower(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
