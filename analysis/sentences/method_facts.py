"""What a methods paragraph says of a run, as plain facts; and how to take them from the tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.sentences.methods_topics import TopicFacts
from analysis.sentences.wording import count, get, known, rows, unsettled, words_of


@dataclass(frozen=True)
class Alpha:
    """Agreement on all labels together ("all") or on one against the rest; NaN or None where not known."""

    label: str
    alpha: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class ErrorRange:
    """A label's share as coded, at both ends of what the coders' errors may be, and by a further reading; 0 to 1."""

    label: str
    coded: float
    least: float
    most: float
    settled: float | None = None


@dataclass(frozen=True)
class MethodFacts:
    """All a methods paragraph says of a run; None, 0 and () where something was not done.

    Attributes
    ----------
    corpus, corpus_hash, package_version, code_version : str
    population, clusters : int
        Comments by readers, and essays (versions of one count once) they stand under.
    level : float
        Nominal coverage of all intervals.
    classifier : str or None
        Its name.
    by_hand : tuple of (str, int)
        What a person did with pages ("corrected", "found to be right", "left out"), and with how many.
    unlabelled : int
        Comments it left without a label.
    target_accuracy : float or None
        The accuracy promised of the labels given.
    design : {"simple", "stratified", "uncertainty"} or None
        None: nothing was drawn by lot.
    strata : str
        By what a stratified sample was stratified, in words.
    seed : int or None
        Of the lot.
    drawn, coded, double_coded, coders : int
        Comments drawn, coded by anybody, and by two coders or more; and how many coders there were.
    codebook_version : str or None
    alphas : tuple of Alpha
        "all" first.
    given, on_trust : int
        Codes by all coders, and how many of them were not given in the coding pane, which shows no coder a label of the
        classifier or another's code and keeps to the order drawn: of these the project says so, and nothing shows it.
    blind : bool
        Whether the project says that coders saw neither the label of the classifier nor each other's codes.
    coder_note : str or None
        A sentence on who the coders were, e.g. that they were not people.
    caution : str or None
        What must be said beside figures that rest on these codes.
    refused : bool
        Whether codes were given that are not used.
    adjudicated, unsettled : int
        Comments settled in a further reading; comments on which coders differ and nobody has settled it.
    estimator : {"ppi++", "dsl", "hand codes", "counted"}
    unhelped : tuple of str
        Labels of which the share rests on hand codes alone, as the classifier did not help; others by ``estimator``.
    used : int
        Hand codes the estimates rest on.
    draws : int
        Of the cluster bootstrap; 0 where none was made.
    errors : tuple of ErrorRange
        What the coders' own errors may do.
    topics : TopicFacts or None
        How topics were fitted; None where there are none.
    """

    corpus: str
    corpus_hash: str
    package_version: str
    code_version: str
    population: int
    clusters: int
    level: float
    classifier: str | None = None
    by_hand: tuple[tuple[str, int], ...] = ()
    unlabelled: int = 0
    target_accuracy: float | None = None
    design: str | None = None
    strata: str = "by the label of the classifier"
    seed: int | None = None
    drawn: int = 0
    coded: int = 0
    double_coded: int = 0
    coders: int = 0
    codebook_version: str | None = None
    alphas: tuple[Alpha, ...] = ()
    given: int = 0
    on_trust: int = 0
    blind: bool = False
    coder_note: str | None = None
    caution: str | None = None
    refused: bool = False
    adjudicated: int = 0
    unsettled: int = 0
    estimator: str = "counted"
    unhelped: tuple[str, ...] = ()
    used: int = 0
    draws: int = 0
    errors: tuple[ErrorRange, ...] = ()
    topics: TopicFacts | None = None


def code_notes(facts: MethodFacts) -> tuple[str, ...]:
    """What a reader must know of the hand codes before any share: a caution on agreement, what nobody has settled."""
    if not facts.coded or facts.refused:
        return ()
    caution = f"{words_of(facts.caution)} This goes for every share the hand codes correct." if facts.caution else None
    left = unsettled(count(facts.unsettled, "comment")) if facts.unsettled else None
    return tuple(note for note in (caution, left) if note)


def alphas_of(agreement: pd.DataFrame) -> tuple[Alpha, ...]:
    """The agreement on labels out of the table ``evaluate.stat_agreement`` gives; empty where there is none."""
    found = agreement[(agreement["of"] == "label") & (agreement["n"] > 0) & agreement["alpha"].notna()]
    return tuple(Alpha(str(r["label"]), r["alpha"], r["low"], r["high"]) for r in rows(found))


def errors_of(coder_error: pd.DataFrame) -> tuple[ErrorRange, ...]:
    """Both ends of each share out of the table ``estimate.coder_error`` gives; of groups only "all"."""
    table = get({"": coder_error}, "", ["label", "assumption", "share"])
    if table is None:
        return ()
    if "group" in table.columns:
        table = table[table["group"] == "all"]
    found = []
    for label, part in table.groupby("label", sort=False):
        by = {str(k): float(v) for k, v in zip(part["assumption"], part["share"], strict=True) if known(v)}
        if {"no errors", "all false alarms", "all misses"} <= set(by):
            coded, least, most = by["no errors"], by["all false alarms"], by["all misses"]
            found.append(ErrorRange(str(label), coded, least, most, by.get("settled")))
    return tuple(found)
