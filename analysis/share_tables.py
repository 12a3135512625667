"""The tables on hand codes and on the shares estimated from them: agreement, every estimator, by year, differences."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis import evaluate as ev
from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import coder_error, estimate_share, estimate_shares
from analysis.estimate.contrasts import compare_groups
from analysis.estimate.power import power_table
from analysis.estimate.regression import regress_label
from analysis.estimate.shares import METHODS
from analysis.hand_codes import HandCodes, stat_coding_progress
from analysis.records import child_seed
from analysis.types import LABELS

KINDS = {
    "answers_reader": ("answers to another reader", "answers to the essay"),
    "author_joins": ("comments where the essay's author joins in", "comments where the author stays away"),
}
_CONTRAST = ("low", "high", "method", "corrected", "n_coded", "fewest_coded", "n", "clusters", "reason")
HALF_WIDTHS = (0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15)
TENS = 10  # a coefficient a word would be lost in the digits
COVARIATES = ("words", "year", "answers_reader", "author_joins")
WORDS = {
    "intercept": "all else at zero",
    "words": "ten words more",
    "year": "a year later",
    "answers_reader": "answering another reader",
    "author_joins": "where the essay's author joins in",
}
CODED_FIGURES = ("agreement", "estimators", "precision")
CODED_TABLES = (*CODED_FIGURES, "contrasts", "regression", "coder_error", "disagreements", "coding_progress")
NOT_CODED = "no comments of this corpus are coded by hand (see 06_honest_numbers)."
NOT_USED = 'its hand codes are not used; the notes (`study.say("notes")`) say why.'


@dataclass(frozen=True)
class Population:
    """The comments by readers, and what is known of every one of them.

    Attributes
    ----------
    labels : DataFrame
        What the machine says, from ``aggregate.reader_labels``; not empty.
    circumstances : DataFrame
        From ``aggregate.stat_circumstances``.
    topics : Series or None
        Topic of the essay each stands under, by comment_id.
    truth : Series or None
        True label of each, by comment_id; None where it is not known of all.
    """

    labels: pd.DataFrame
    circumstances: pd.DataFrame
    topics: pd.Series | None
    truth: pd.Series | None


def make_share_tables(
    population: Population, coding: HandCodes | None, *, settings: Estimates, seed: int
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Make every table that rests on labels and hand codes.

    Parameters
    ----------
    population : Population
    coding : HandCodes or None
    settings : Estimates
    seed : int

    Returns
    -------
    tables : dict of str to DataFrame
    missing : dict of str to str
        For each figure that cannot be made the reason.
    """
    known, codes = population.labels, None if coding is None else coding.usable
    tables = {} if coding is None else _coder_tables(coding, known, settings, seed)
    caution = ev.agreement_caution(tables["agreement"]) if "agreement" in tables else None
    shares = estimate_shares(known, population.topics, codes=codes, seed=seed, settings=settings)
    tables["shares"] = shares.assign(caution=caution)
    tables["readers"] = _readers(population)
    missing = {}
    years = _years(population)
    if years is None:
        missing["shares_by_year"] = "its comments are of one year, or have no dates."
    else:
        by_year = estimate_shares(known, years, codes=codes, seed=child_seed(seed, "years"), settings=settings)
        tables["shares_by_year"] = by_year.assign(caution=caution)
    refused = None if coding is None else coding.refused
    if refused is not None:
        tables["refused_codes"] = pd.DataFrame({"reason": [refused]})
    if coding is None or codes is None:
        absent = [name for name in CODED_TABLES if name not in tables]
        return tables, missing | dict.fromkeys(absent, NOT_CODED if refused is None else NOT_USED)
    tables["codes"] = codes
    tables["estimators"] = _estimators(population, codes, settings=settings, seed=seed).assign(caution=caution)
    tables["coder_error"] = _coder_error(coding, population, shares, settings=settings, seed=seed)
    tables["contrasts"] = _contrasts(population, codes, settings)
    tables["precision"] = _precision(population, codes, settings)
    regression = _regression(population, codes, settings)
    if isinstance(regression, str):
        missing["regression"] = regression
    else:
        tables["regression"] = regression
    return tables, missing


def _readers(population: Population) -> pd.DataFrame:
    """Labels of the comments by readers beside all that is known of each without reading it."""
    table = population.labels.merge(population.circumstances, on="comment_id", how="left", validate="1:1")
    topics = population.topics
    return table.assign(topic=None if topics is None else table["comment_id"].map(topics).astype(object))


def _years(population: Population) -> pd.Series | None:
    """Year of each comment by a reader, or None where there are not two of them."""
    found = population.circumstances.set_index("comment_id")["year"]
    found = found.reindex(population.labels["comment_id"]).dropna()
    return found.astype(int).astype(str) if found.nunique() > 1 else None


def _estimators(population: Population, codes: pd.DataFrame, *, settings: Estimates, seed: int) -> pd.DataFrame:
    """Each label's share by each estimator, beside the true share where it is known."""
    known, truth, rows = population.labels, population.truth, []
    for label in LABELS:
        true = float("nan") if truth is None else float((truth == label).mean())
        for method in METHODS:
            own = child_seed(seed, f"{label}/{method}")
            made = estimate_share(known, label, codes=codes, seed=own, settings=settings, method=method)
            shown = ("share", "low", "high", "corrected", "n_coded", "n", "worth")
            rows.append({"label": label, "method": method, **{k: getattr(made, k) for k in shown}, "truth": true})
    return pd.DataFrame(rows)


def _coder_tables(coding: HandCodes, known: pd.DataFrame, settings: Estimates, seed: int) -> dict[str, pd.DataFrame]:
    """How far coders are, how far they agree, and where they differ."""
    if coding.codes.empty:
        return {}
    clusters = known.set_index("comment_id")["cluster"]
    own = child_seed(seed, "agreement")
    codes = coding.codes[coding.codes["comment_id"].isin(known["comment_id"])]
    return {
        "coding_progress": stat_coding_progress(codes, len(coding.sample)),
        "agreement": ev.stat_agreement(codes, clusters, level=settings.level, draws=settings.draws, seed=own),
        "disagreements": ev.stat_disagreements(codes, coding.adjudicated),
        "code_confusion": ev.stat_code_confusion(codes),
        "settled": coding.settled.groupby("how", sort=False).size().rename("n").reset_index(),
    }


def _coder_error(
    coding: HandCodes, population: Population, shares: pd.DataFrame, *, settings: Estimates, seed: int
) -> pd.DataFrame:
    """What the coders' own errors may do to the shares over all comments."""
    chance = coding.sample[["comment_id", "inclusion_probability"]]
    codes = coding.codes.merge(chance, on="comment_id", how="inner")
    overall = shares.loc[(shares["group"] == "all") & shares["corrected"], ["label", "share", "low", "high"]]
    return coder_error(
        codes,
        overall,
        population.labels.set_index("comment_id")["cluster"],
        settled=coding.adjudicated if len(coding.adjudicated) else None,
        settings=settings,
        seed=child_seed(seed, "coder error"),
    )


def _regression(population: Population, codes: pd.DataFrame, settings: Estimates) -> pd.DataFrame | str:
    """What goes with extending, or a sentence where the codes do not bear it."""
    known = population.circumstances.merge(population.labels[["comment_id"]], on="comment_id")
    known = known.assign(words=known["words"] / TENS)
    usable = [c for c in COVARIATES if known[c].notna().all() and known[c].nunique() > 1]
    if not usable:
        return "its comments are alike in length, year and place, so there is nothing to compare."
    try:
        made = regress_label(
            population.labels, known[["comment_id", *usable]], codes, label="extending", settings=settings
        )
    except EstimateError as error:
        return str(error)
    return made[made["corrected"]].assign(words=lambda t: t["term"].map(WORDS).fillna(t["term"]))


def _contrasts(population: Population, codes: pd.DataFrame, settings: Estimates) -> pd.DataFrame:
    """By how much the share of each label differs between two kinds of comments."""
    known = population.circumstances.set_index("comment_id").reindex(population.labels["comment_id"])
    columns = ["label", "comparison", "difference", *_CONTRAST]
    parts = [pd.DataFrame(columns=columns)]
    for column, (yes, no) in KINDS.items():
        if known[column].nunique() < 2:
            continue
        groups = known[column].astype(bool).map({True: yes, False: no})
        for label in LABELS:
            made = compare_groups(population.labels, groups, label, codes=codes, settings=settings)
            if made["first"].iloc[0] != yes:
                made = made.assign(value=-made["value"], low=-made["high"], high=-made["low"])
            fewest = made[["first_coded", "second_coded"]].min(axis=1)  # codes of the kind that has fewer
            made = made.assign(comparison=f"{yes}, against {no}", difference=made["value"], fewest_coded=fewest)
            parts.append(made[columns])
    return pd.concat([p for p in parts if len(p)] or parts, ignore_index=True)


def _precision(population: Population, codes: pd.DataFrame, settings: Estimates) -> pd.DataFrame:
    """How many codes bring each share's interval to which half width, and where the project stands."""
    rows = []
    for label in LABELS:
        try:
            made = power_table(population.labels, codes, label=label, half_widths=HALF_WIDTHS, level=settings.level)
        except EstimateError:  # too few codes to plan from: then nothing is drawn
            continue
        for row in made.itertuples():
            rows.append((label, row.half_width, row.needed, row.n_coded, row.n, False))
        first = made.iloc[0]
        rows.append((label, first["half_width_now"], first["n_coded"], first["n_coded"], first["n"], True))
    return pd.DataFrame(rows, columns=["label", "half_width", "codes", "coded", "n", "now"])
