"""From the stages' tables to the tidy ones that figures draw and notebooks quote; commenters' names end here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis import aggregate as agg
from analysis import evaluate as ev
from analysis.config import Config
from analysis.hand_codes import HandCodes
from analysis.label_stage import OWN
from analysis.records import child_seed
from analysis.share_tables import CODED_TABLES, Population, make_share_tables
from analysis.topic_stage import dropped_words, essay_mixtures
from analysis.topics import TopicModel
from analysis.trust_tables import FITTED, OTHER, SHIPPED, Grounds, blogs_of, make_trust_tables
from analysis.truth import Truth
from analysis.types import LABELS


@dataclass(frozen=True)
class Results:
    """Tables of the stages, as they came; commenters' names are still in them, so this never leaves the package."""

    config: Config
    pages: pd.DataFrame
    comments: pd.DataFrame
    injected: pd.DataFrame
    skipped: pd.DataFrame
    stretches: pd.DataFrame
    essay_families: pd.DataFrame
    spam_families: pd.DataFrame
    paragraphs: pd.DataFrame
    topics: Mapping[str, pd.DataFrame]
    topic_model: TopicModel | None
    labels: pd.DataFrame
    truth: Truth | None
    coding: HandCodes | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """Tidy tables by name, and for each that this corpus does not give the reason in a sentence."""

    tables: Mapping[str, pd.DataFrame]
    missing: Mapping[str, str]


def summarise(results: Results) -> Summary:
    """Make every tidy table the corpus gives.

    Parameters
    ----------
    results : Results

    Returns
    -------
    Summary
        In ``tables`` all names of commenters are pseudonyms.
    """
    tables: dict[str, pd.DataFrame] = {}
    missing: dict[str, str] = {}
    # a page that does not say its title is called by its file's name
    results = replace(results, pages=results.pages.assign(title=results.pages["title"].fillna(results.pages["page"])))
    for part in (_corpus_tables, _topic_tables, _comment_tables, _truth_tables, _share_tables):
        made, absent = part(results, tables)
        tables |= made
        missing |= absent
    missing |= {
        name: "there is nothing to show." for name, table in tables.items() if table.empty and name not in missing
    }
    return Summary(tables, missing)


Made = tuple[dict[str, pd.DataFrame], dict[str, str]]


def _corpus_tables(r: Results, _: Mapping[str, pd.DataFrame]) -> Made:
    hidden = agg.hide_readers(r.comments, r.pages)
    bodies = r.spam_families["item"].map(hidden.set_index("comment_id")["text"])
    spun = r.spam_families.assign(text=bodies.fillna(r.spam_families["text"]))
    tables = {
        "pages": r.pages,
        "comments": hidden,
        "essay_families": r.essay_families,
        "spam_families": spun,
        "attrition": agg.stat_attrition(*_dropped(r)),
        "profile": agg.stat_profile(r.pages, r.comments, r.labels, r.essay_families),
        "version_diffs": agg.stat_version_diff(r.pages, r.essay_families),
        "spam_slots_all": agg.stat_spam_slots(spun, r.pages),
    }
    missing = {}
    tables["version_diff"] = _first(tables["version_diffs"], "pair")
    tables["spam_slots"] = _first(tables["spam_slots_all"], "family")
    if tables["version_diff"].empty:
        missing["version_diff"] = "no essay in it has two versions."
    if tables["spam_slots"].empty:
        missing["spam_slots"] = "no spam in it was spun from one text."
    return tables, missing


def _first(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Rows of the first group of a table."""
    return table[table[column] == table[column].iloc[0]].reset_index(drop=True) if len(table) else table


def _dropped(r: Results) -> tuple[pd.DataFrame, dict[str, int]]:
    """What each stage left out, one row an item, and how many each stage kept."""
    rows = [("pages", row.path, row.reason) for row in r.skipped.itertuples()]
    in_topics = set(r.paragraphs["doc_id"])
    first = set(r.essay_families.loc[r.essay_families["representative"], "doc_id"])
    for row in r.pages.itertuples():
        if row.doc_id in in_topics:
            continue
        if not row.essay_words:
            reason = "no essay text"
        elif row.doc_id not in first:
            reason = "a version of another essay"
        elif row.language not in r.config.topics.languages:
            reason = f"in another language ({row.language or 'not known'!s})"
        else:
            reason = "no paragraph long enough"
        rows.append(("essays in topics", row.doc_id, reason))
    words = dropped_words(r.paragraphs)
    rows += [("different words in topics", word, reason) for word, reason in words.itertuples(index=False)]
    readers = agg.reader_labels(r.comments, r.labels)
    for row in r.comments.itertuples():
        if row.kind == "pingback":
            rows.append(("comments by readers", row.comment_id, "a pingback from another page"))
        elif row.by_essay_author:
            rows.append(("comments by readers", row.comment_id, "by the essay’s own author"))
    unlabelled = readers.loc[readers["label"].isna(), "comment_id"]
    rows += [("comments labelled", item, "cannot say") for item in unlabelled]
    kept = {
        "pages": len(r.pages),
        "essays in topics": len(in_topics),
        "different words in topics": len({w for tokens in r.paragraphs["tokens"] for w in tokens}) - len(words),
        "comments by readers": len(readers),
        "comments labelled": len(readers) - len(unlabelled),
    }
    return pd.DataFrame(rows, columns=["stage", "item", "reason"]), kept


TOPIC_FIGURES = ("topic_words", "topic_mixture", "topic_stability", "theme_topic")


def _topic_tables(r: Results, _: Mapping[str, pd.DataFrame]) -> Made:
    if not r.topics:
        reason = "there were too few essays, or too few words, for topics."
        return {"topic_documents": _no_documents()}, dict.fromkeys(TOPIC_FIGURES, reason)
    words = r.topics["topic_words"]
    labels = topic_labels(words)
    mixtures = essay_mixtures(r.paragraphs, r.topics["topic_shares"], phrases=r.config.topics.phrases)
    tables = {
        "topic_words": words,
        "topic_stability": r.topics["topic_stability"],
        "topic_mixture": agg.stat_topic_mixture(mixtures, r.pages, labels),
        "topic_documents": r.topics["topic_documents"].merge(r.pages[["doc_id", "title"]], on="doc_id", how="left"),
        "essay_topics": mixtures.reset_index(names="doc_id"),
    }
    if r.truth is None or r.truth.pages["theme"].isna().all():
        return tables, {"theme_topic": "nobody has given its essays themes (a truth.jsonl with 'theme' would)."}
    themes = r.pages.set_index("doc_id")["page"].map(r.truth.pages.set_index("page")["theme"])
    tables["theme_topic"] = ev.stat_theme_topic(themes, agg.dominant_topics(mixtures), labels)
    tables["purity"] = ev.stat_purity(tables["theme_topic"])
    return tables, {}


def topic_labels(words: pd.DataFrame) -> dict[int, str]:
    """Text of each topic number, from the table of topic words."""
    return dict(words.drop_duplicates("topic")[["topic", "label"]].itertuples(index=False))


def _no_documents() -> pd.DataFrame:
    return pd.DataFrame(columns=["topic", "title", "share", "words", "text"])


def _comment_tables(r: Results, tables: Mapping[str, pd.DataFrame]) -> Made:
    labelled = (
        tables["comments"]
        .merge(r.labels, on="comment_id", how="inner")
        .merge(r.pages[["doc_id", "title"]], on="doc_id", how="left")
    )
    labelled = labelled.assign(
        probability=labelled[list(LABELS)].max(axis=1).round(3),
        label=labelled["label"].where(labelled["label"].notna(), "cannot say"),
        evidence=labelled["evidence"].map("; ".join),
    )
    made = {"labels": r.labels, "labelled": labelled, "timeline": agg.stat_timeline(r.comments, r.labels)}
    if labelled.empty:
        reason = "there are no comments by readers in it."
        return made, {"timeline": reason, "profile": reason} if r.comments.empty else {"timeline": reason}
    return made, {}


def _truth_tables(r: Results, tables: Mapping[str, pd.DataFrame]) -> Made:
    """How right the labels are: where the truth is known here, else on the comments the model was tested on."""
    made: dict[str, pd.DataFrame] = {}
    judged = pd.DataFrame()
    if r.truth is not None and len(r.comments):
        read = r.comments.merge(r.pages[["doc_id", "page"]], on="doc_id")
        matched = ev.match_truth(read, r.truth.comments)
        judged = _judge(r, matched)
        made = {"reading": matched.groupby("outcome").size().rename("n").reset_index()}
        made |= {} if judged.empty else {"judged": judged}
    grounds = Grounds(
        planted=judged,
        labelled=tables["labelled"],
        readers=agg.reader_labels(r.comments, r.labels, r.essay_families),
        blogs=blogs_of(r.pages, r.comments),
        coding=r.coding,
        labeller=_labeller(r.config),
    )
    seed = child_seed(r.config.run.seed, "evaluation")
    trust, missing = make_trust_tables(grounds, settings=r.config.estimates, seed=seed)
    return {**made, **trust}, missing


def _labeller(config: Config) -> str:
    """Whose the labels are."""
    if config.labels.classifier != OWN:
        return OTHER
    return FITTED if config.labels.model else SHIPPED


def _judge(r: Results, matched: pd.DataFrame) -> pd.DataFrame:
    """Machine labels beside true ones; the clusters are essay families, as for the shares."""
    judged = ev.judged_table(matched, r.labels)
    doc_id = judged["comment_id"].map(r.comments.set_index("comment_id")["doc_id"])
    return judged.assign(cluster=doc_id.map(r.essay_families.set_index("doc_id")["family"]))


def _share_tables(r: Results, tables: Mapping[str, pd.DataFrame]) -> Made:
    known = agg.reader_labels(r.comments, r.labels, r.essay_families)
    if known.empty:
        return {}, dict.fromkeys(("shares", "shares_by_year", *CODED_TABLES), "there are no comments by readers in it.")
    groups = None
    if "essay_topics" in tables:
        mixtures = tables["essay_topics"].set_index("doc_id")
        labels = topic_labels(tables["topic_words"])
        groups = agg.essay_groups(known, agg.dominant_topics(mixtures), labels)
    population = Population(known, agg.stat_circumstances(r.comments), groups, _true_labels(r, tables, known))
    seed = child_seed(r.config.run.seed, "estimates")
    return make_share_tables(population, r.coding, settings=r.config.estimates, seed=seed)


def _true_labels(r: Results, tables: Mapping[str, pd.DataFrame], known: pd.DataFrame) -> pd.Series | None:
    """The planted label of every comment by a reader, or None where not all are planted."""
    if "judged" not in tables or r.truth is None:
        return None
    planted = r.truth.comments
    if planted.loc[planted["kind"] == "comment", "label"].isna().any():
        return None
    truth = tables["judged"].set_index("comment_id")["truth"].reindex(known["comment_id"])
    return truth.fillna("none")  # what was read as a comment and was not planted as one is none of the three
