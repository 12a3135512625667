"""A corpus's own list of its pages: ``REGISTRY.txt``, a SHA-256 and a file name a line, as ``sha256sum`` writes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import CorpusError
from analysis.records import hash_files, hash_items

REGISTRY = "REGISTRY.txt"


@dataclass(frozen=True)
class RegistryCheck:
    """What a comparison of a corpus with its registry found.

    Attributes
    ----------
    summary : str
        One sentence: how many pages are listed, and the corpus's version.
    problems : tuple of str
        One sentence a page that is missing, changed or not listed; empty where all is well.
    """

    summary: str
    problems: tuple[str, ...]


def read_registry(corpus: Path) -> dict[str, str]:
    """Read a corpus's list: file name to SHA-256.

    Raises
    ------
    CorpusError
        If there is no list, or a line of it is no hash and name.
    """
    path = corpus / REGISTRY
    if not path.is_file():
        raise CorpusError(
            f"The corpus {corpus.name!r} has no {REGISTRY}. Make one inside it with: "
            f"find . -type f ! -name {REGISTRY} | sort | xargs sha256sum > {REGISTRY}"
        )
    listed = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise CorpusError(
                f"{REGISTRY} of {corpus.name!r}, line {number}: a SHA-256, two blanks and a name are wanted."
            )
        listed[name.removeprefix("./")] = digest
    return listed


def check_registry(corpus: Path) -> RegistryCheck:
    """Compare a corpus with its list, page by page.

    Parameters
    ----------
    corpus : Path
        Its folder.

    Returns
    -------
    RegistryCheck
    """
    listed = read_registry(corpus)
    there = hash_files((corpus / name for name in listed if (corpus / name).is_file()), corpus)
    problems = [f"{name} is listed and not there" for name in listed if name not in there]
    problems += [f"{name} was changed since it was listed" for name in there if there[name] != listed[name]]
    folders = {name.rpartition("/")[0] for name in listed} - {""}
    for folder in sorted(folders):
        inside = (p for p in (corpus / folder).glob("*") if p.is_file())
        unlisted = sorted(p.relative_to(corpus).as_posix() for p in inside)
        problems += [f"{name} is there and not listed" for name in unlisted if name not in listed]
    state = (
        f"{len(listed)} pages listed, {len(problems)} of them in question"
        if problems
        else f"{len(listed)} pages, all as listed"
    )
    return RegistryCheck(f"corpus {corpus.name}, version {hash_items(listed)[:12]}: {state}", tuple(sorted(problems)))
