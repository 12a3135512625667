"""Names a person gave to topics: a small file, matched to the topics by their words whatever numbers they have now."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import TopicError, one_of
from analysis.paths import TOPIC_LABELS
from analysis.topic_stats.coherence import TOP, Words

FIT = 0.5  # of a label's words among a topic's: with fewer it is another topic, or a cut through two
FEWEST_WORDS = 2  # one word may head two topics after the next fit
MOST_LETTERS = 80  # a longer label has no room beside a figure
HEAD = """\
# Names of this corpus's topics. Change the labels: the next run puts them into figures, tables and sentences.
# A label goes to the topic that holds most of its words, at least half of them, so it stays with its topic when topics
# are fitted again and numbered otherwise; one that fits no topic is reported and given to none. `words` need not be all
# of them, and may be changed too. Take an entry out to let go of a label.
"""
_KEYS = ("label", "words")


@dataclass(frozen=True)
class TopicLabel:
    """A label, and the words by which its topic is known again."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class MatchedLabels:
    """Which topic has which label.

    Attributes
    ----------
    labels : mapping of int to str
        By topic number, from 1; topics without a label of their own are not in it.
    notes : tuple of str
        A sentence for each label that was given to no topic, or that two topics claim.
    """

    labels: Mapping[int, str]
    notes: tuple[str, ...]


def labels_file(corpus: Path) -> Path:
    """Where a person names a corpus's topics: a file in it; beside it, for a corpus that is one file."""
    return corpus / TOPIC_LABELS if corpus.is_dir() else corpus.with_suffix(f".{TOPIC_LABELS}")


def read_labels(path: Path) -> tuple[TopicLabel, ...]:
    """Read the labels a person gave; none where there is no such file.

    Raises
    ------
    TopicError
        If the file cannot be read, or says what cannot be meant.
    """
    if not path.is_file():
        return ()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TopicError(f"{path.name} cannot be read: {error}. A text file in UTF-8 is wanted.") from error
    return parse_labels(text, name=path.name)


def parse_labels(text: str, *, name: str) -> tuple[TopicLabel, ...]:
    """Read what a labels file says.

    Parameters
    ----------
    text : str
        TOML: a section ``[[topic]]`` a label, with ``label`` and ``words``.
    name : str
        What the sentences of an error call the file.

    Returns
    -------
    tuple of TopicLabel
        In the file's order.

    Raises
    ------
    TopicError
        If it is no TOML, a key is unknown, a label is empty or too long, its words are too few, or two sections have
        the same label or the same words.

    Examples
    --------
    >>> parse_labels('[[topic]]\\nlabel = "On air"\\nwords = ["mast", "wave"]', name="labels")
    (TopicLabel(label='On air', words=('mast', 'wave')),)
    """
    try:
        given = tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise TopicError(
            f'{name} cannot be read: {error}. Each topic is a section [[topic]] with a line label = "..." and a line '
            'words = ["...", "..."].'
        ) from error
    for key in given:
        if key != "topic":
            raise TopicError(f"{name}: {one_of('section', key, ['topic'])} Write it as [[topic]].")
    sections = given.get("topic", [])
    if not isinstance(sections, list):
        raise TopicError(f"{name}: [topic] stands in single brackets; write [[topic]], once for each topic.")
    labels = [_label(section, f"{name}, topic section {n}") for n, section in enumerate(sections, start=1)]
    _check_twice(labels, name)
    return tuple(labels)


def _label(section: Any, where: str) -> TopicLabel:
    if not isinstance(section, dict):
        raise TopicError(f"{where}: a label and its words are wanted, found {section!r}.")
    for key in section:
        if key not in _KEYS:
            raise TopicError(f"{where}: {one_of('key', key, _KEYS)}")
    label = section.get("label")
    if not isinstance(label, str) or not label.strip():
        raise TopicError(
            f"{where}: its label is {label!r}; write a name in quotation marks, or take the whole section out."
        )
    label = " ".join(label.split())
    if len(label) > MOST_LETTERS:
        raise TopicError(f"{where}: its label has {len(label)} letters, and figures have room for {MOST_LETTERS}.")
    words = section.get("words")
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise TopicError(f'{where} ("{label}"): words is to be a list of words, as ["mast", "wave"]; found {words!r}.')
    kept = tuple(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
    if len(kept) < FEWEST_WORDS:
        raise TopicError(
            f'{where} ("{label}"): a topic is known again by {FEWEST_WORDS} words or more, found {len(kept)}.'
        )
    return TopicLabel(label, kept)


def _check_twice(labels: Sequence[TopicLabel], name: str) -> None:
    for what, keys in (
        ("label", [entry.label.lower() for entry in labels]),
        ("words", [" ".join(sorted(entry.words)) for entry in labels]),
    ):
        twice = [entry.label for entry, key in zip(labels, keys, strict=True) if keys.count(key) > 1]
        if twice:
            raise TopicError(
                f'{name}: two topics have the same {what} ("{twice[0]}" and "{twice[1]}"). Give each topic a label and '
                "words of its own, or take one out."
            )


def match_labels(labels: Sequence[TopicLabel], topics: Words) -> MatchedLabels:
    """Give each label to the topic that holds its words, one to one; a label that fits none is reported.

    Parameters
    ----------
    labels : sequence of TopicLabel
    topics : sequence of sequence of str
        Words of each topic now (25 where there are as many), best first.

    Returns
    -------
    MatchedLabels

    Notes
    -----
    Pairs by the Hungarian method (Kuhn 1955) on the share of a label's words among the topic's; of topics that hold
    equally many the one with more of them among its first ten. Less than half of the words is no match.
    """
    from scipy.optimize import linear_sum_assignment

    held = np.array([[_share(label, topic) for topic in topics] for label in labels]).reshape(len(labels), len(topics))
    leading = np.array([[_share(label, topic[:TOP]) for topic in topics] for label in labels]).reshape(held.shape)
    fits = np.where(held >= FIT, held + leading / 100, 0)
    rows, columns = linear_sum_assignment(-fits)
    given = {int(row): int(column) for row, column in zip(rows, columns, strict=True) if fits[row, column] > 0}
    notes = []
    for row, entry in enumerate(labels):
        if row not in given:
            notes.append(_unmatched(entry, held[row], topics))
        elif note := _claimed(entry, held[row], given, row):
            notes.append(note)
    return MatchedLabels({given[row] + 1: labels[row].label for row in sorted(given)}, tuple(notes))


def _share(label: TopicLabel, topic: Sequence[str]) -> float:
    return len(set(label.words) & set(topic)) / len(label.words)


def _unmatched(entry: TopicLabel, held: np.ndarray, topics: Words) -> str:
    best = int(np.argmax(held)) if len(held) else 0
    most = round(held[best] * len(entry.words)) if len(held) else 0
    near = f"topic {best + 1} ({', '.join(topics[best][:3])}) has most of its words, {most}" if most else "none has any"
    taken = " and has another label" if most and held[best] >= FIT else ""
    return (
        f"The label “{entry.label}” was given to no topic: of its {len(entry.words)} words {near}{taken}. Change its "
        "words in the file of labels, or take it out."
    )


def _claimed(entry: TopicLabel, held: np.ndarray, given: Mapping[int, int], row: int) -> str | None:
    """A caution where a topic without a label holds as many of the words: the topic that was named may have split."""
    others = [k for k in range(len(held)) if k not in given.values() and held[k] >= max(FIT, held[given[row]])]
    if not others:
        return None
    return (
        f"The label “{entry.label}” went to topic {given[row] + 1}, but topic {others[0] + 1} holds as many of its "
        "words: read both, and change the words in the file of labels."
    )


def label_topics(
    tables: Mapping[str, pd.DataFrame], labels: Sequence[TopicLabel]
) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Put a person's labels into the tables on topics.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With ``topic_words`` (topic, rank, word, label); every other table with ``topic`` and ``label`` is labelled too.
    labels : sequence of TopicLabel

    Returns
    -------
    tables : dict of str to DataFrame
        New tables; topics without a label keep the one they had.
    notes : tuple of str
        As ``match_labels`` gives them.
    """
    if not labels or "topic_words" not in tables:
        return dict(tables), ()
    ordered = tables["topic_words"].sort_values(["topic", "rank"], kind="stable")
    words = ordered.groupby("topic", sort=True)["word"].agg(list)
    matched = match_labels(labels, words.tolist())
    named = {int(words.index[place - 1]): label for place, label in matched.labels.items()}
    made = {
        name: table.assign(label=table["topic"].map(named).fillna(table["label"])) if "label" in table else table
        for name, table in tables.items()
    }
    return made, matched.notes


def label_entries(labels: Sequence[TopicLabel]) -> str:
    """Spell labels as the sections of a labels file."""
    return "".join(
        f"\n[[topic]]\nlabel = {_quoted(entry.label)}\nwords = [{', '.join(map(_quoted, entry.words))}]\n"
        for entry in labels
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_proposals(corpus: Path, proposed: Sequence[str], topics: Words) -> str:
    """Write proposed labels to a corpus's labels file, below what it says already; not a letter of that is changed.

    Parameters
    ----------
    corpus : Path
    proposed : sequence of str
        A label for each topic.
    topics : sequence of sequence of str
        Words of each topic, best first.

    Returns
    -------
    str
        Where the file lies, how many labels were added and how many kept, in a sentence.
    """
    path = labels_file(corpus)
    kept = read_labels(path)
    named = match_labels(kept, topics).labels
    taken = {entry.label.lower() for entry in kept}
    new = [
        TopicLabel(label[:MOST_LETTERS], tuple(words[:TOP]))
        for topic, (label, words) in enumerate(zip(proposed, topics, strict=True), start=1)
        if topic not in named and label.lower() not in taken and len(words) >= FEWEST_WORDS
    ]
    if new or not path.is_file():
        before = path.read_text(encoding="utf-8") if path.is_file() else HEAD
        partial = path.with_name(f".{path.name}.partial")
        try:
            partial.write_text(before.rstrip("\n") + "\n" + label_entries(new), encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            raise TopicError(f"{path.name} cannot be written ({error.strerror}); is the corpus read-only?") from error
    where = f"`{path.parent.name}/{path.name}`"
    said = f"{len(new)} label(s) were proposed in {where}" if new else f"Nothing was added to {where}"
    return (
        f"{said}; {len(kept)} stood there and were left as they are. Open it with a text editor, change what you like, "
        "and open the study again."
    )
