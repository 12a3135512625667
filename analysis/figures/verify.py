"""Reading a figure's passport: what still holds of it, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import FigureError
from analysis.records import hash_bytes, hash_settings, package_versions

ENDINGS = ("alt.txt", "svg", "pdf", "png", "csv", "json")
WHAT = {"svg": "The SVG", "pdf": "The PDF", "png": "The PNG", "csv": "The table", "alt.txt": "The alternative text"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it still holds, and a sentence that says so."""

    holds: bool
    sentence: str


def verify_figure(path: Path, *, code_version: str | None = None, corpus_hash: str | None = None) -> list[Finding]:
    """Compare a figure's files, this code, these packages and this corpus with its passport.

    Parameters
    ----------
    path : Path
        Any of the figure's six files.
    code_version : str, optional
        That of this code; without it nothing is said about the code.
    corpus_hash : str, optional
        That of the corpus as it is now; without it nothing is said about the corpus.

    Returns
    -------
    list of Finding
        Files first, in the order SVG, PDF, PNG, table, alternative text, passport; then code, packages and corpus.

    Raises
    ------
    FigureError
        If there is no passport beside the file, or it cannot be read.
    """
    stem, folder = _stem(path), path.parent
    passport = _read_passport(folder / f"{stem}.json", path)
    findings = [_file(folder / f"{stem}.{ending}", ending, passport) for ending in WHAT]
    findings.append(_passport(stem, passport))
    if code_version is not None:
        findings.append(_code(code_version, passport))
    findings.append(_versions(package_versions(passport["versions"]), passport["versions"]))
    if corpus_hash is not None:
        findings.append(_corpus(corpus_hash, passport))
    return findings


def record_id(passport: Mapping[str, Any]) -> str:
    """Twelve digits that stand for a passport and everything it names; its own record is left out."""
    return hash_settings({key: value for key, value in passport.items() if key != "record"})[:12]


def _stem(path: Path) -> str:
    for ending in ENDINGS:
        if path.name.endswith(f".{ending}"):
            return path.name.removesuffix(f".{ending}")
    raise FigureError(
        f"{path.name} is no file of an exported figure; give one that ends in {', '.join('.' + e for e in ENDINGS)}."
    )


def read_passport(path: Path) -> Mapping[str, Any]:
    """Read the passport of a figure.

    Parameters
    ----------
    path : Path
        Any of the figure's six files.

    Raises
    ------
    FigureError
        If it is no file of a figure, or its passport is missing or cannot be read.
    """
    return _read_passport(path.with_name(f"{_stem(path)}.json"), path)


def _read_passport(passport: Path, asked: Path) -> Mapping[str, Any]:
    if not passport.is_file():
        raise FigureError(
            f"{asked.name} has no passport: {passport.name} is not beside it. Copy it from where the figure was "
            "exported, or export the figure again."
        )
    try:
        found = json.loads(passport.read_text(encoding="utf-8"))
        whole = isinstance(found, dict) and {
            "record",
            "figure",
            "sha256",
            "versions",
            "code_version",
            "corpus",
            "corpus_hash",
        } <= set(found)
    except (UnicodeDecodeError, json.JSONDecodeError, TypeError) as error:
        raise FigureError(
            f"{passport.name} cannot be read as a passport ({error}); export the figure again."
        ) from error
    if not whole or not isinstance(found["sha256"], dict) or not isinstance(found["versions"], dict):
        raise FigureError(f"{passport.name} is no passport of a figure; give a file of an exported figure.")
    return found


def _file(path: Path, ending: str, passport: Mapping[str, Any]) -> Finding:
    if not path.is_file():
        return Finding(False, f"{WHAT[ending]} ({path.name}) is not here.")
    if hash_bytes(path.read_bytes()) == passport["sha256"].get(ending):
        return Finding(True, f"{WHAT[ending]} ({path.name}) is as it was exported.")
    return Finding(False, f"{WHAT[ending]} ({path.name}) was changed after it was exported.")


def _passport(stem: str, passport: Mapping[str, Any]) -> Finding:
    if record_id(passport) == passport["record"]:
        return Finding(True, f"The passport ({stem}.json) is as it was exported, record {passport['record']}.")
    return Finding(False, f"The passport ({stem}.json) was changed after it was exported: its record does not fit it.")


def _code(found: str, passport: Mapping[str, Any]) -> Finding:
    then = passport["code_version"]
    if found == then:
        return Finding(True, f"It was drawn by this version of the code ({then}).")
    return Finding(False, f"It was drawn by code version {then}; this is {found}, which may draw or count otherwise.")


def _versions(found: Mapping[str, str], then: Mapping[str, str]) -> Finding:
    other = [
        f"{name} {then[name]} (here {found.get(name, 'none')})"
        for name in sorted(then)
        if found.get(name) != then[name]
    ]
    if not other:
        return Finding(True, f"All {len(then)} packages have the versions it was made with.")
    return Finding(
        False, f"It was made with other versions of {len(other)} of {len(then)} packages: {', '.join(other)}."
    )


def _corpus(found: str, passport: Mapping[str, Any]) -> Finding:
    then, name = passport["corpus_hash"], passport["corpus"]
    if found == then:
        return Finding(True, f"The corpus {name} is the one it was made from ({then}).")
    return Finding(False, f"It was made from the corpus {name} in state {then}; now it is in state {found}.")
