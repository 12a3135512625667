"""What made a result: hashes of data and code, versions of packages, and a named seed for each stage."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.paths import PACKAGE

PEERS = (
    "gensim",
    "lxml",
    "matplotlib",
    "numpy",
    "pandas",
    "resiliparse",
    "scikit-learn",
    "scipy",
    "simplemma",
    "spacy",
    "trafilatura",
)
_SOURCES = {".py", ".toml", ".csv", ".js", ".css"}  # text, in which line ends do not count
_DATA = {".gz"}  # the trained model


def hash_bytes(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def hash_items(items: Mapping[str, str]) -> str:
    """One hash for named hashes, whatever their order.

    Examples
    --------
    >>> hash_items({"a": "1", "b": "2"}) == hash_items({"b": "2", "a": "1"})
    True
    """
    return hash_bytes("".join(f"{k}\0{v}\n" for k, v in sorted(items.items())).encode())


def hash_settings(settings: Any) -> str:
    """Hash of anything JSON can hold, keys sorted."""
    return hash_bytes(json.dumps(settings, sort_keys=True, ensure_ascii=False, default=str).encode())


def hash_files(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """SHA-256 of each file, by its path below ``root`` with forward slashes, sorted."""
    found = {p.relative_to(root).as_posix(): hash_bytes(p.read_bytes()) for p in paths}
    return dict(sorted(found.items()))


@cache
def code_version(package: Path = PACKAGE) -> str:
    """Twelve digits that change when the package's sources change, and not with a commit, a comment in git or a copy.

    Every file of the package that holds code, settings or numbers counts, line ends apart, and the trained model.
    """
    found = {}
    for path in package.rglob("*"):
        if path.suffix in _SOURCES | _DATA and "__pycache__" not in path.parts:
            data = path.read_bytes()
            data = data.replace(b"\r\n", b"\n") if path.suffix in _SOURCES else data
            found[path.relative_to(package).as_posix()] = hash_bytes(data)
    return hash_items(found)[:12]


def package_versions(names: Iterable[str] = PEERS) -> dict[str, str]:
    """Installed version of each package, sorted by name; one that is not installed is left out."""
    found = {}
    for name in sorted(names):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def child_seed(root: int, stage: str) -> int:
    """Seed for a stage, drawn from the root seed by name: another stage more or less changes no other's draws.

    Parameters
    ----------
    root : int
        The one seed of the run.
    stage : str
        The stage's name, e.g. ``"topics"``.

    Returns
    -------
    int
        From 0 to 2**31 - 1, which every library here accepts.

    Examples
    --------
    >>> child_seed(1, "topics") == child_seed(1, "topics") != child_seed(1, "estimates")
    True
    """
    return int.from_bytes(hashlib.sha256(f"{root}/{stage}".encode()).digest()[:4], "big") % (2**31 - 1)
