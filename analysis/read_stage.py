"""The first stages: read a corpus, as a person corrected it, and find the families of its essays and spam."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables as t
from analysis.aggregate import count_once
from analysis.cache import Cache
from analysis.config import Config
from analysis.errors import CorpusError
from analysis.paths import corpus_name
from analysis.reading import Progress, no_progress, read_corrections, read_pages
from analysis.rows import comments_table, injected_table, pages_table, skipped_table
from analysis.splits import stretches_table
from analysis.tables import fingerprint_table


@dataclass(frozen=True)
class Found:
    """A corpus as read: its tables, families of versions and of spun spam, and what was left out of the count."""

    pages: pd.DataFrame
    comments: pd.DataFrame
    injected: pd.DataFrame
    skipped: pd.DataFrame
    stretches: pd.DataFrame
    families: pd.DataFrame
    spun: pd.DataFrame
    told: tuple[str, ...]


def read_corpus(
    place: Path, config: Config, record: Mapping[str, Any], *, cache: Cache, progress: Progress = no_progress
) -> Found:
    """Read a corpus and find its families: the stages before any topic or label.

    Parameters
    ----------
    place, config, record, progress
        As for ``pipeline.run_stages``.
    cache : Cache

    Raises
    ------
    CorpusError
        If no page of it can be read.
    """
    pages, comments, injected, skipped, stretches = _read(place, config, record, cache, progress)
    if pages.empty:
        raise CorpusError(_nothing_read(place, skipped))
    families, spun = _lineage(pages, comments, injected, cache)
    told: tuple[str, ...] = ()
    if config.families.once:
        every, comments = len(comments), count_once(comments, families, spun)
        told = (f"Each family counts once: {every - len(comments):,} comment(s) under other versions or spun are out.",)
    return Found(pages, comments, injected, skipped, stretches, families, spun, told)


def _nothing_read(place: Path, skipped: pd.DataFrame) -> str:
    """The sentence for a corpus in which no page could be read, with the first reasons."""
    reasons = "; ".join(f"{row.path}: {row.reason}" for row in skipped.head(3).itertuples())
    return f"No page of the corpus {corpus_name(place)!r} can be read ({len(skipped)} file(s) skipped). {reasons}"


def _read(
    place: Path, config: Config, record: Mapping[str, Any], cache: Cache, progress: Progress
) -> tuple[pd.DataFrame, ...]:
    @functools.cache
    def read() -> tuple[pd.DataFrame, ...]:
        pages, skipped = read_pages([place], **asdict(config.read), progress=progress)
        return (
            pages_table(pages),
            comments_table(pages),
            injected_table(pages),
            skipped_table(skipped),
            stretches_table(pages),
        )

    inputs = [record["corpus_hash"], read_corrections(place).digest(), asdict(config.read)]
    schemas = (t.PAGES, t.COMMENTS, t.INJECTED, t.SKIPPED, t.STRETCHES)
    return tuple(
        cache.table(schema, inputs, functools.partial(lambda n: read()[n], n)) for n, schema in enumerate(schemas)
    )


def _lineage(
    pages: pd.DataFrame, comments: pd.DataFrame, injected: pd.DataFrame, cache: Cache
) -> tuple[pd.DataFrame, pd.DataFrame]:
    from analysis.lineage import find_lineage

    @functools.cache
    def find() -> Any:
        # an author's standing reply under every essay is no spun text
        own = comments[(comments["kind"] == "comment") & ~comments["by_essay_author"]]
        own = own.rename(columns={"comment_id": "item"})
        return find_lineage(pages, pd.concat([injected, own[["item", "doc_id", "text"]]], ignore_index=True))

    inputs = [fingerprint_table(pages), fingerprint_table(comments), fingerprint_table(injected)]
    return (
        cache.table(t.ESSAY_FAMILIES, inputs, lambda: find().essay_families),
        cache.table(t.SPAM_FAMILIES, inputs, lambda: find().spam_families),
    )
