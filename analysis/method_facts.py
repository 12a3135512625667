"""The facts a methods paragraph is filled with, taken from the tables and the record of a run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import aggregate as agg
from analysis import evaluate as ev
from analysis.label_stage import name_classifier
from analysis.sentences.method_facts import MethodFacts, alphas_of, errors_of
from analysis.sentences.methods_topics import TopicFacts
from analysis.splits import count_by_hand
from analysis.summaries import Results
from analysis.topic_stage import dropped_words


def make_facts(r: Results, tables: Mapping[str, pd.DataFrame], record: Mapping[str, Any]) -> MethodFacts:
    """Gather what the methods paragraph says of a run.

    Parameters
    ----------
    r : Results
    tables : mapping of str to DataFrame
        From ``summarise``.
    record : mapping
        From ``make_record``.

    Returns
    -------
    MethodFacts
    """
    from analysis import __version__

    known = agg.reader_labels(r.comments, r.labels, r.essay_families)
    return MethodFacts(
        corpus=record["corpus"],
        corpus_hash=record["corpus_hash"],
        package_version=__version__,
        code_version=record["code_version"],
        population=len(known),
        clusters=int(known["cluster"].nunique()),
        by_hand=tuple(count_by_hand(r.pages["evidence"], r.skipped["reason"]).items()),
        level=r.config.estimates.level,
        classifier=name_classifier(r.config.labels.classifier, record) if len(known) else None,
        unlabelled=int(known["label"].isna().sum()),
        target_accuracy=r.config.labels.target_accuracy,
        **_coding(r, tables),
        **_estimates(r, tables),
        topics=_topics(r, record),
    )


def _topics(r: Results, record: Mapping[str, Any]) -> TopicFacts | None:
    """How the topics were fitted and tried."""
    if r.topic_model is None:
        return None
    settings, trust = r.config.topics, r.topics["topic_stability"]
    return TopicFacts(
        number=r.topic_model.number,
        chosen=settings.number == 0,
        engine=r.topic_model.engine,
        essays=r.paragraphs["doc_id"].nunique(),
        paragraphs=len(r.paragraphs),
        words=len(r.topic_model.vocabulary),
        dropped=len(dropped_words(r.paragraphs)),
        tagger=settings.tagger,
        phrases=settings.phrases,
        draws=int(trust["fits"].max()),
        share=settings.resample_share,
        lowest=float(trust["stability"].min()),
        highest=float(trust["stability"].max()),
        weak=int(trust["weak"].sum()),
        named="topic_labels" in record,
    )


def _coding(r: Results, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """How the sample was drawn and coded; nothing where it was not."""
    if r.coding is None or r.coding.codes.empty or "agreement" not in tables:
        return {"refused": r.coding is not None and r.coding.refused is not None}
    header, codes, settled = r.coding.header, r.coding.codes, r.coding.settled
    open_ = settled["how"].isin(("the sure coder", "first coder"))
    return {
        "design": header["design"],
        "seed": header["seed"],
        "drawn": len(r.coding.sample),
        "coded": len(settled),
        "double_coded": int((codes.groupby("comment_id").size() > 1).sum()),
        "coders": int(codes["coder"].nunique()),
        "codebook_version": header["codebook_version"],
        "alphas": alphas_of(tables["agreement"]),
        "given": len(codes),
        "on_trust": int(codes["at"].isna().sum()),  # the pane writes down when each code was given
        "blind": r.config.coding.blind,
        "coder_note": r.config.coding.about or None,
        "caution": ev.agreement_caution(tables["agreement"]),
        "refused": r.coding.refused is not None,
        "adjudicated": int((settled["how"] == "adjudicated").sum()),
        "unsettled": int(open_.sum()),
    }


def _estimates(r: Results, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """How the shares over all comments were come by."""
    if "shares" not in tables:
        return {}
    overall = tables["shares"].query("group == 'all'")
    used = set(overall["method"])
    method = next(m for m in ("ppi++", "hand codes", "counted") if m in used)
    alone = tuple(overall.loc[overall["method"] == "hand codes", "label"]) if method == "ppi++" else ()
    best = overall[overall["method"] == method].iloc[0]
    errors = errors_of(tables["coder_error"]) if "coder_error" in tables else ()
    draws = 0 if best["corrected"] else r.config.estimates.draws
    used_codes = int(best["n_coded"])
    return {"estimator": method, "unhelped": alone, "used": used_codes, "draws": draws, "errors": errors}
