"""The order of the stages: read, lineage, tokens, topics, labels, shares. The only room that reads, caches and writes.

Each stage is a function from table to table in a room below. Here each is called once, in order, its table kept in the
cache under a hash of all that went into it, and what it left out is counted.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables as t
from analysis.aggregate import reader_labels
from analysis.cache import Cache
from analysis.config import Config, load_config
from analysis.hand_codes import HandCodes, read_hand_codes
from analysis.label_stage import make_labels, read_fitted
from analysis.method_facts import make_facts
from analysis.paths import BUILD, FIGURES, PROJECT, SAMPLE, corpus_name, find_corpus
from analysis.read_stage import read_corpus
from analysis.reading import Progress, corpus_files, corrections_file, no_progress, read_corrections
from analysis.records import child_seed, code_version, hash_files, hash_items, hash_settings, package_versions
from analysis.split_pages import SplitPages
from analysis.splits import by_hand_sentence, count_by_hand
from analysis.study import Study
from analysis.summaries import Results, summarise
from analysis.tables import fingerprint_table
from analysis.tokens import token_settings
from analysis.topic_room import TopicRoom
from analysis.topic_stats.labels import label_topics, labels_file, read_labels
from analysis.truth import read_truth

CORPUS_VARIABLE = "BELOW_THE_LINE_CORPUS"  # how `figures` tells a notebook's kernel which corpus is meant
FIGURES_VARIABLE = "BELOW_THE_LINE_FIGURES"
PARAGRAPH_WORDS = 25  # a shorter paragraph joins its neighbour: two dozen words give a topic model little to hold on to


def open_study(
    corpus: str | Path | None = None, *, figures: str | Path | None = None, progress: Progress = no_progress
) -> Study:
    """Read and analyse a corpus, or take the results from the cache where nothing has changed.

    Parameters
    ----------
    corpus : str or Path, optional
        Name of a folder under ``corpus/``, or a path; by default the corpus the run was started for, else the sample.
    figures : str or Path, optional
        Where figures are written.
    progress : callable, optional
        Told the stage's name, how much is done and of how much.

    Returns
    -------
    Study

    Raises
    ------
    CorpusError
        If there is no such corpus, or no page in it can be read.
    """
    place = find_corpus(current_corpus(corpus))
    folder = Path(figures or os.environ.get(FIGURES_VARIABLE) or figures_folder(place)).expanduser()
    own = place / "config.toml"
    config = load_config(own if own.is_file() else None)
    record = make_record(place, config)
    results = run_stages(place, config, record, progress)
    summary = summarise(results)
    return Study(
        name=corpus_name(place),
        tables=summary.tables,
        missing=summary.missing,
        notes=results.notes,
        record={**record, "codes": _codes_record(results.coding)},
        facts=make_facts(results, summary.tables, record),
        estimates=config.estimates,
        folder=folder,
        split=_split_pages(place, results),
        topics=_topic_room(place, results, summary.tables, folder, record),
    )


def _topic_room(
    place: Path, r: Results, tables: Mapping[str, pd.DataFrame], folder: Path, record: Mapping[str, Any]
) -> TopicRoom:
    """What the topics can be asked on demand."""
    return TopicRoom(
        model=r.topic_model,
        paragraphs=r.paragraphs,
        pages=r.pages,
        tables=tables,
        settings=r.config.topics,
        seed=child_seed(r.config.run.seed, "topics"),
        corpus=place,
        folder=folder,
        record=record,
    )


def _codes_record(coding: HandCodes | None) -> dict[str, Any] | None:
    """Which sample and which codes a corrected share rests on, for its passport."""
    if coding is None or not coding.header:  # none, or files of which nothing is used
        return None
    kept = ("design", "seed", "n", "population", "codebook_version")
    return {**{key: coding.header[key] for key in kept}, "coded": len(coding.settled), "digest": coding.digest}


def _split_pages(place: Path, r: Results) -> SplitPages:
    """What the view of splits shows; the corrections file is named from the project or its folder, not the machine."""
    path = corrections_file(place)
    named = path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else Path(path.parent.name, path.name)
    return SplitPages(named.as_posix(), r.pages, r.comments, r.stretches, tuple(r.skipped["reason"]))


def current_corpus(corpus: str | Path | None) -> str | Path:
    """The corpus named, else the one the run was started for, else the sample."""
    return corpus or os.environ.get(CORPUS_VARIABLE, SAMPLE)


def figures_folder(corpus: Path) -> Path:
    """Where a corpus's figures go unless told otherwise: ``figures/`` for the sample, ``figures/NAME/`` for others."""
    return FIGURES if corpus == find_corpus(SAMPLE) else FIGURES / corpus_name(corpus)


def corpus_state(place: Path) -> str:
    """Twelve digits for all pages of a corpus, names and contents, as corrected: what ``check`` calls its version."""
    found = hash_files(corpus_files(place), place.parent if place.is_file() else place)
    said = read_corrections(place).digest(checked=False)
    return hash_items({**found, **({corrections_file(place).name: said} if said else {})})[:12]


def make_record(place: Path, config: Config) -> dict[str, Any]:
    """What made a result, for its passport: corpus and its hash, code, seed, settings, versions, command.

    Where the classifier was fitted to the corpus's codes, ``labels`` says to how many, and names its file.
    """
    name = corpus_name(place)
    fitted = read_fitted(place, config)
    return {
        "corpus": name,
        "corpus_hash": corpus_state(place),
        "code_version": code_version(),
        "seed": config.run.seed,
        "settings_hash": hash_settings(config.as_dict())[:12],
        "versions": package_versions(),
        "tokens": _token_record(config),
        "command": f"python -m analysis figures {name}",
        **({} if fitted is None else {"labels": dict(fitted.record)}),
        **_topic_labels_record(place),
    }


def _token_record(config: Config) -> dict[str, Any]:
    """How the words that topics are fitted on were made."""
    made = token_settings(tagger=config.topics.tagger)
    return {**{name: value for name, value in made.items() if name != "versions"}, "phrases": config.topics.phrases}


def _topic_labels_record(place: Path) -> dict[str, str]:
    """Twelve digits for the names a person gave to topics, where there are any."""
    given = [asdict(label) for label in read_labels(labels_file(place))]
    return {"topic_labels": hash_settings(given)[:12]} if given else {}


def open_cache(place: Path) -> Cache:
    """Where a corpus's tables are kept between runs."""
    return Cache(BUILD / corpus_name(place) / "tables", code_version())


def run_stages(place: Path, config: Config, record: Mapping[str, Any], progress: Progress = no_progress) -> Results:
    """Run every stage in order, each from the cache where its inputs have not changed.

    Parameters
    ----------
    place : Path
        The corpus.
    config : Config
    record : mapping
        From ``make_record``.
    progress : callable, optional

    Returns
    -------
    Results
    """
    cache = open_cache(place)
    fitted = read_fitted(place, config)
    found = read_corpus(place, config, record, cache=cache, progress=progress)
    paragraphs = _paragraphs(found.pages, found.families, config, cache)
    topics, topic_model, notes = _topics(paragraphs, config, cache, progress)
    topics, named = label_topics(topics, read_labels(labels_file(place)))  # after the cache: labels need no new fit
    labels = make_labels(found.pages, found.comments, config, fitted=fitted, cache=cache, progress=progress)
    readers = reader_labels(found.comments, labels)
    coding, said = read_hand_codes(place, readers, record["corpus_hash"])
    adapted = () if fitted is None else (fitted.say(),)
    return Results(
        config=config,
        pages=found.pages,
        comments=found.comments,
        injected=found.injected,
        skipped=found.skipped,
        essay_families=found.families,
        spam_families=found.spun,
        paragraphs=paragraphs,
        topics=topics,
        topic_model=topic_model,
        labels=labels,
        stretches=found.stretches,
        truth=read_truth(place),
        coding=coding,
        notes=(*_by_hand(found.pages, found.skipped), *found.told, *notes, *named, *adapted, *said),
    )


def _by_hand(pages: pd.DataFrame, skipped: pd.DataFrame) -> tuple[str, ...]:
    """That pages were corrected by hand, where some were."""
    found = count_by_hand(pages["evidence"], skipped["reason"])
    return (by_hand_sentence(found),) if any(found.values()) else ()


def _paragraphs(pages: pd.DataFrame, families: pd.DataFrame, config: Config, cache: Cache) -> pd.DataFrame:
    """Paragraphs of the essays that topics are fitted on: one version of each essay, in the languages asked for."""
    from analysis.tokens import paragraphs_of, tokenize_texts

    def make() -> pd.DataFrame:
        first = set(families.loc[families["representative"], "doc_id"])
        wanted = pages["doc_id"].isin(first) & pages["language"].isin(config.topics.languages)
        units = paragraphs_of(pages[wanted], min_words=PARAGRAPH_WORDS)
        language = units["doc_id"].map(pages.set_index("doc_id")["language"])
        parts = [
            part.assign(
                tokens=pd.Series(
                    tokenize_texts(part["text"].tolist(), language=str(name), tagger=config.topics.tagger),
                    index=part.index,
                )
            )
            for name, part in units.groupby(language)
        ]
        return pd.concat(parts) if parts else units.assign(tokens=pd.Series(dtype=object))

    chosen = [list(config.topics.languages), PARAGRAPH_WORDS, config.topics.tagger]
    inputs = [fingerprint_table(pages), fingerprint_table(families), *chosen]
    return cache.table(t.PARAGRAPHS, inputs, make)


def _topics(
    paragraphs: pd.DataFrame, config: Config, cache: Cache, progress: Progress
) -> tuple[dict[str, pd.DataFrame], Any, tuple[str, ...]]:
    """Tables on topics and their model, or none with a note that says why."""
    from analysis.topic_stage import make_topics

    @functools.cache
    def make() -> Any:
        progress("fitting topics", 0, 1)
        made = make_topics(paragraphs, config.topics, child_seed(config.run.seed, "topics"))
        progress("fitting topics", 1, 1)
        return made

    inputs = [fingerprint_table(paragraphs), asdict(config.topics), config.run.seed]
    parts = {
        "topic_words": (t.TOPIC_WORDS, lambda: make().words),
        "topic_shares": (t.TOPIC_SHARES, lambda: make().shares),
        "topic_stability": (t.TOPIC_STABILITY, lambda: make().stability),
        "topic_documents": (t.TOPIC_DOCUMENTS, lambda: make().documents),
        "topic_notes": (t.NOTES, lambda: pd.DataFrame({"number": [0], "note": [make().note]}).dropna()),
    }
    tables = {name: cache.table(schema, inputs, get) for name, (schema, get) in parts.items()}
    notes = tuple(tables.pop("topic_notes")["note"])
    if tables["topic_words"].empty:
        return {}, None, notes
    return tables, cache.topic_model(inputs, lambda: make().model), notes
