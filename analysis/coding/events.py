"""One key press of a coder as an event: what it holds, how it becomes a line, and how a line is checked."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from analysis.errors import CodingError, one_of
from analysis.types import LABELS, POSITIONS

CODE_LABELS = (*LABELS, "none")  # a person, unlike the machine, may say that none fits
ADJUDICATED = "adjudicated"  # reserved: the file of what was decided where coders differed
MENDS = "mends"  # on an event that follows a line cut off by a killed kernel
EVENT_KEYS = (
    "comment_id",
    "coder",
    "label",
    "position",
    "sure",
    "note",
    "seconds",
    "at",
    "codebook_version",
    "session",
    "event",
)
_CLIP = 40  # characters of a broken line that a sentence repeats
_NAME = re.compile(r"[\w-]{1,40}")


def check_coder(name: str, *, reserved: bool = False) -> str:
    """Refuse a coder's name that cannot be a file's name, and give back one that can.

    Parameters
    ----------
    name : str
        Letters, digits, dash and underscore; at most 40.
    reserved : bool
        Whether the name kept for adjudication is meant.

    Raises
    ------
    CodingError

    Examples
    --------
    >>> check_coder("anna-2")
    'anna-2'
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise CodingError(
            f"A coder cannot be called {name!r}: the name becomes a file's name, so use 1 to 40 letters, digits, "
            "dashes or underscores, for example 'anna' or 'coder-2'."
        )
    if fold_name(name) == ADJUDICATED and not reserved:
        raise CodingError(
            f"No coder can be called {name!r}: that name is kept for what is decided where coders differ. "
            "Choose another name."
        )
    return name


def fold_name(name: str) -> str:
    """A coder's name as two names are compared: without case and blanks.

    Examples
    --------
    >>> fold_name(" Anna ") == fold_name("anna")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def clipped(line: str) -> str:
    """The beginning of a broken line, so that it is found in the file.

    Examples
    --------
    >>> clipped("{" + 60 * "x")
    '“{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”'
    """
    return f"“{line[:_CLIP]}{'…' if len(line) > _CLIP else ''}”"


def event_line(event: Mapping[str, Any]) -> str:
    """An event as one line of pure ASCII, so that a cut never falls inside a character."""
    return json.dumps(dict(event), ensure_ascii=True, allow_nan=False)


def parse_event(line: str, where: str) -> dict[str, Any]:
    """Read one line of a codes file.

    Parameters
    ----------
    line : str
    where : str
        File and line in words, for the sentence of an error.

    Returns
    -------
    dict
        As ``check_event`` gives it.

    Raises
    ------
    CodingError
        If the line is cut off or changed, or not an event.
    """
    try:
        found = json.loads(line)
    except ValueError as error:
        raise CodingError(
            f"{where} cannot be read: it was cut off or changed, and now reads {clipped(line)}. A codes file holds one "
            "code a line, as the coding pane writes it; put the file back as it was, or take the line out if you know "
            "that its code is not needed."
        ) from error
    if not isinstance(found, dict):
        raise CodingError(f"{where} reads {clipped(line)}, which is no code; take the line out of the file.")
    return check_event(found, where)


def check_event(event: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Refuse an event outside the codebook or without its comment, and fill what may be missing.

    Returns
    -------
    dict
        The names in ``EVENT_KEYS`` (a label of None takes the code back; ``event`` is the key press's own name) and
        whatever else the event holds.

    Raises
    ------
    CodingError
    """
    checked: dict[str, Any] = dict.fromkeys(EVENT_KEYS) | {"sure": True, "note": ""} | dict(event)
    for key in ("comment_id", "coder"):
        if not isinstance(checked.get(key), str) or not checked[key]:
            raise CodingError(f"{where} names no {key}; each code needs one.")
    check_coder(checked["coder"], reserved=True)
    _check_choice(checked["label"], CODE_LABELS, "label", where)
    _check_choice(checked["position"], POSITIONS, "position", where)
    if not isinstance(checked["sure"], bool) or not isinstance(checked["note"], str):
        raise CodingError(f"{where}: 'sure' is to be true or false, and 'note' a text.")
    seconds = checked["seconds"]
    number = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    if seconds is not None and not (number and math.isfinite(seconds) and seconds >= 0):
        raise CodingError(f"{where}: 'seconds' is to be a number from 0, found {seconds!r}.")
    for key in ("at", "codebook_version", "session", "event"):
        if checked[key] is not None and not isinstance(checked[key], str):
            raise CodingError(f"{where}: {key!r} is to be a text, found {checked[key]!r}.")
    return checked


def _check_choice(value: Any, allowed: tuple[str, ...], what: str, where: str) -> None:
    if value is not None and value not in allowed:
        raise CodingError(f"{where}: " + one_of(f"{what} of the codebook", str(value), allowed))
