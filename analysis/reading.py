"""Files to pages: walk a corpus, hand each file to its reader, keep the reason for every file that gave none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path

from analysis.config import Read
from analysis.errors import CorpusError, CorrectionError
from analysis.pages import EXPORT_PAGES, MOST_SECONDS, MOST_TAGS, read_file
from analysis.paths import CODES_FOLDER, FITTED_MODEL, INTRUSION_FOLDER, TOPIC_LABELS
from analysis.splits import CORRECTIONS_FILE, Corrections, correct_pages, parse_corrections
from analysis.types import Page, Skipped

Progress = Callable[[str, int, int], None]  # stage, done, of how many

# Files a corpus keeps about itself; they are no pages and are not reported as skipped.
OWN_FILES = {
    "REGISTRY.txt",
    "SOURCES.md",
    "README.md",
    "LICENSE",
    "truth.jsonl",
    "config.toml",
    CORRECTIONS_FILE,
    TOPIC_LABELS,
}
# They stand beside a ConvoKit corpus's utterances.jsonl, which holds all that is read.
CONVOKIT_FILES = {"speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"}


def no_progress(stage: str, done: int, total: int) -> None:
    """Say nothing."""


def corpus_files(corpus: Path) -> list[Path]:
    """Files of a corpus that may be pages: any depth, sorted by path; hidden files and a corpus's own lists left out.

    Raises
    ------
    CorpusError
        If the folder holds no file at all.
    """
    if corpus.is_file():
        return [corpus]
    found = []
    for folder, inner, names in os.walk(corpus):
        inner[:] = sorted(d for d in inner if not d.startswith("."))
        top = Path(folder) == corpus
        if top and (corpus / CODES_FOLDER / "sample.jsonl").is_file():
            inner.remove(CODES_FOLDER)
        if top and INTRUSION_FOLDER in inner and any((corpus / INTRUSION_FOLDER).glob("*-intrusion*.csv")):
            inner.remove(INTRUSION_FOLDER)
        own = OWN_FILES | {n for n in names if n.endswith(FITTED_MODEL)} if top else set()
        own = own | CONVOKIT_FILES if "utterances.jsonl" in names else own
        found += [Path(folder) / n for n in names if not n.startswith(".") and n not in own]
    if not found:
        raise CorpusError(f"The corpus {corpus.name!r} holds no file; put pages (.html, .txt or an export .xml) in it.")
    return sorted(found, key=lambda p: p.relative_to(corpus).as_posix())


def read_pages(
    paths: Iterable[Path],
    *,
    max_bytes: int,
    max_tags: int = MOST_TAGS,
    max_seconds: float = MOST_SECONDS,
    progress: Progress = no_progress,
) -> tuple[list[Page], list[Skipped]]:
    """Read every page below the given files and folders, as a person has corrected them.

    Parameters
    ----------
    paths : iterable of Path
        Files, or folders to any depth; a folder's ``corrections.toml`` is honoured.
    max_bytes, max_tags, max_seconds : int, int, float
        A larger file, a web page with more tags, a page that takes longer is skipped: section ``[read]`` of the
        settings.
    progress : callable, optional
        Told the stage's name, files done and files in all.

    Returns
    -------
    list of Page
        In path order; a page whose content came before is left out.
    list of Skipped
        One row for each file, post or page that was left out, with its reason.

    Raises
    ------
    CorpusError
        If a folder holds no file at all.
    CorrectionError
        If a correction cannot be read, or fits no page.
    """
    bounds = Read(max_bytes, max_tags, max_seconds)
    roots = [(root, corpus_files(root), read_corrections(root)) for root in paths]
    total = sum(len(files) for _, files, _ in roots)
    pages: list[Page] = []
    skipped: list[Skipped] = []
    seen: dict[str, str] = {}
    done = 0
    for root, files, corrections in roots:
        read: list[Page] = []
        left: list[Skipped] = []
        for file in files:
            shown = file.name if file == root else file.relative_to(root).as_posix()
            for item in _read_one(file, shown, bounds):
                if isinstance(item, Skipped):
                    left.append(item)
                elif item.doc_id in seen:
                    reason = f"It is the same page as {seen[item.doc_id]}."
                    left.append(Skipped(page=item.page, path=shown, format=item.format, reason=reason))
                else:
                    seen[item.doc_id] = shown
                    read.append(replace(item, path=shown))
            done += 1
            progress("reading pages", done, total)
        kept, left_out = correct_pages(read, left, corrections, name=corrections_file(root).name)
        pages += kept
        skipped += left + left_out
    return pages, skipped


def corrections_file(place: Path) -> Path:
    """Where a person corrects how pages were split: a file in the corpus; beside it, for a corpus that is one file."""
    return place / CORRECTIONS_FILE if place.is_dir() else place.with_suffix(f".{CORRECTIONS_FILE}")


def read_corrections(place: Path) -> Corrections:
    """Read what a person said of a corpus's pages; nothing where there is no such file.

    Raises
    ------
    CorrectionError
        If the file cannot be read or says what cannot be meant.
    """
    path = corrections_file(place)
    if not path.is_file():
        return Corrections()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionError(f"{path.name} cannot be read: {error}. A text file in UTF-8 is wanted.") from error
    return parse_corrections(text, name=path.name)


def _read_one(file: Path, shown: str, bounds: Read) -> list[Page | Skipped]:
    try:
        size = file.stat().st_size
        if size > bounds.max_bytes * EXPORT_PAGES:
            largest = bounds.max_bytes * EXPORT_PAGES
            reason = f"The file has {size:,} bytes; even of an export at most {largest:,} are read (read.max_bytes)."
            return [Skipped(page=file.name, path=shown, format=None, reason=reason)]
        raw = file.read_bytes()
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror}."
        return [Skipped(page=file.name, path=shown, format=None, reason=reason)]
    try:
        pages, skipped = read_file(raw, path=shown, **asdict(bounds))
    except Exception as error:  # a fault of ours on one page must not cost a user the other nine thousand
        reason = f"The reader failed on it ({type(error).__name__}: {error}). Please report this page."
        return [Skipped(page=file.name, path=shown, format=None, reason=reason)]
    return [*pages, *skipped]
