"""Paragraphs on the corpus itself: what was read and dropped, how exactly, who answered whom, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    essay_name,
    flags,
    get,
    highest,
    known,
    listing,
    lowest,
    number,
    paragraph,
    percent,
    rows,
    was,
    words_of,
)
from analysis.splits import by_hand_sentence, count_by_hand, is_by_hand
from analysis.types import LABELS

SURE = 0.8  # of our open text pages with more, 118 of 121 are split where people split them; of the others 117 of 139
REASONS_NAMED = 4  # reasons of dropping named a stage; the rest stand in the table


def read_attrition(tables: Tables) -> str:
    """Say stage by stage what was kept, what was dropped and why.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``attrition``: stage, outcome, reason, n.

    Returns
    -------
    str
        One paragraph of Markdown.
    """
    table = get(tables, "attrition", ["stage", "outcome", "reason", "n"])
    if table is None:
        return "Nothing is known about what was read and what was dropped."
    stages = list(dict.fromkeys(table["stage"]))
    said = [_stage(table[table["stage"] == stage]) for stage in stages]
    dropped = table[(table["outcome"] == "dropped") & (table["n"] > 0)]
    if dropped.empty:
        end = "Nothing was dropped at any stage, so every later figure speaks of the whole corpus."
    else:
        most = highest(dropped, "n")
        end = (
            "What is dropped at one stage is in no later figure. The largest single loss is "
            f"“{words_of(most['reason'])}” ({number(most['n'])}, at the stage {words_of(most['stage'])}): if that "
            "surprises you, look at those before you read on."
        )
    return paragraph(*said, end)


def _stage(table: pd.DataFrame) -> str:
    kept = table.loc[table["outcome"] == "kept", "n"].sum()
    dropped = table[(table["outcome"] == "dropped") & (table["n"] > 0)].sort_values("n", ascending=False, kind="stable")
    stage = words_of(table["stage"].iloc[0])
    stage = stage[:1].upper() + stage[1:]
    if dropped.empty:
        return f"**{stage}**: {number(kept)}, none dropped." if kept else f"**{stage}**: none."
    reasons = listing((f"{_reason(r)} ({number(r['n'])})" for r in rows(dropped)), most=REASONS_NAMED)
    total = dropped["n"].sum()
    return f"**{stage}**: {number(kept)} of {number(kept + total)} kept; dropped: {reasons}."


def _reason(row: Mapping[str, Any]) -> str:
    return words_of(row["reason"]).rstrip(".")


def read_reading(tables: Tables) -> str:
    """Say how the comments as read compare with the comments as planted.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``reading``: outcome (found, altered, missed, invented), n; where there is a planted truth.
    """
    table = get(tables, "reading", ["outcome", "n"])
    if table is None or not table["n"].sum():
        return (
            "This corpus carries no planted truth, so how exactly its comments were read cannot be counted here. "
            "Open some pages beside the table of what was read, first of all those with the lowest confidence."
        )
    found = table.groupby("outcome")["n"].sum()
    exact, altered, missed, invented = (int(found.get(o, 0)) for o in ("found", "altered", "missed", "invented"))
    planted = exact + altered + missed
    return paragraph(
        f"Of {count(planted, 'planted comment')} (pingbacks and the authors' own answers among them) {number(exact)} "
        f"({percent(exact / planted) if planted else 'none'}) were read word for word; {number(altered)} "
        f"{was(altered)} read with some words more or fewer, {number(missed)} missed, and {number(invented)} "
        f"{'that is' if invented == 1 else 'that are'} no comment taken for one.",
        "Pages written for a test are tidier than pages met in the wild: take these counts as a test of the reader, "
        "and those of the benchmarks as a forecast.",
    )


def read_splits(tables: Tables) -> str:
    """Say how sure the reader is of its splits, of which least, and how many pages a person has looked at.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``pages``: page, title, confidence, evidence; and of ``attrition`` the pages left out by hand.
    """
    table = get(tables, "pages", ["page", "title", "confidence", "evidence"])
    if table is None:
        return "No page was read, so there is no split to check."
    rest = table[~table["evidence"].map(words_of).map(is_by_hand).astype(bool)].sort_values(
        ["confidence", "page"], kind="stable"
    )
    told = (
        by_hand_sentence(found)
        if any((found := _by_hand(tables, table)).values())
        else "Nobody has checked a page by hand."
    )
    if rest.empty:
        return paragraph("A person has looked at every page.", told)
    sure = int((rest["confidence"] >= SURE).sum())
    least = rows(rest.head(1))[0]
    return paragraph(
        f"Of {count(len(rest), 'page')} that nobody has looked at, the reader is sure of {number(sure)} (a confidence "
        f"of {SURE:g} or more). It is least sure of {essay_name(least)}, at {least['confidence']:.2f}: "
        f"{words_of(least['evidence'])}.",
        told,
    )


def _by_hand(tables: Tables, pages: pd.DataFrame) -> dict[str, int]:
    """Pages corrected, checked and left out by hand; those left out are known by their reason."""
    attrition = get(tables, "attrition", ["stage", "outcome", "reason", "n"])
    left = [] if attrition is None else [words_of(r["reason"]) for r in rows(attrition) for _ in range(int(r["n"]))]
    return count_by_hand(pages["evidence"].map(words_of), left)


def read_profile(tables: Tables) -> str:
    """Say how many readers answered which essays, and whether the authors answered back.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``profile``, one row an essay.
    """
    columns = ["title", "comments_open", "readers", "author_answers", *LABELS, "cannot_say", "pingbacks"]
    table = get(tables, "profile", columns)
    if table is None:
        return "No essay was read, so there is no conversation to show."
    comments = table[[*LABELS, "cannot_say"]].sum(axis=1)
    total, silent = int(comments.sum()), table[comments == 0]
    if not total:
        return paragraph(
            f"{begin(count(len(table), 'essay'))} {was(len(table))} read and not one comment by a reader: there is no "
            "conversation to show.",
            _silence(silent),
        )
    return paragraph(
        f"Readers left {count(total, 'comment')} under {number(len(table) - len(silent))} of "
        f"{count(len(table), 'essay')}.",
        _silence(silent),
        _concentration(table, comments),
        _answers(table),
        _as_labelled(table, total),
        _versions_twice(table),
    )


def _silence(silent: pd.DataFrame) -> str | None:
    if silent.empty:
        return None
    opened = [bool(v) if known(v) else None for v in silent["comments_open"]]
    parts = [
        (opened.count(True), "the page shows that comments were open"),
        (opened.count(False), "the page shows no way to comment"),
        (opened.count(None), "the page does not say whether comments were open"),
    ]
    told = [(n, text) for n, text in parts if n]
    where = listing(f"on {number(n)} {text}" for n, text in told) if len(told) > 1 else told[0][1]
    where = f"on each {where}" if len(told) == 1 < len(silent) else where
    return f"{begin(count(len(silent), 'essay'))} without any reader's comment: {where}."


def _concentration(table: pd.DataFrame, comments: pd.Series) -> str | None:
    if (comments > 0).sum() < 2:
        return None
    ordered = comments.sort_values(ascending=False, kind="stable")
    half = int((ordered.cumsum() < ordered.sum() / 2).sum()) + 1
    first = highest(table.assign(comments=comments), "comments")
    return (
        f"{begin(essay_name(first))} drew the most ({number(ordered.iloc[0])}, by "
        f"{count(first['readers'], 'reader name')}); half of all comments stand under {count(half, 'essay')}."
    )


def _answers(table: pd.DataFrame) -> str:
    answers, essays = int(table["author_answers"].sum()), int((table["author_answers"] > 0).sum())
    back = int(table["pingbacks"].sum())
    pings = f"{begin(count(back, 'pingback'))} from other sites {was(back)} set apart." if back else None
    if not answers:
        return paragraph("No answer by an essay's own author was recognised.", pings)
    return paragraph(
        f"The essays' own authors answered {number(answers)} {'time' if answers == 1 else 'times'}, under "
        f"{count(essays, 'essay')}; these answers are not counted among the readers' comments.",
        pings,
    )


def _as_labelled(table: pd.DataFrame, total: int) -> str:
    parts = listing(f"{number(table[label].sum())} as {label}" for label in LABELS)
    unsaid = int(table["cannot_say"].sum())
    return (
        f"The classifier labelled {parts}, and could not say of {number(unsaid)} ({percent(unsaid / total)}). These "
        "are its labels as they came, before any correction for its errors; shares to be quoted are those with "
        "intervals."
    )


def _versions_twice(table: pd.DataFrame) -> str | None:
    if "representative" not in table.columns:
        return None
    again = int((~flags(table["representative"])).sum())
    if not again:
        return None
    return (
        f"{begin(count(again, 'essay'))} {'is' if again == 1 else 'are'} another version of one that is here too; "
        "topics count only one version of each."
    )


def read_timeline(tables: Tables) -> str:
    """Say over which years the comments spread, and where they are too few to be read.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``timeline``: year (missing for the comments without a date), label, n.
    """
    table = get(tables, "timeline", ["year", "label", "n"])
    years = None if table is None else table.dropna(subset=["year"]).groupby("year", as_index=False)["n"].sum()
    if table is None or years is None or not years["n"].sum():
        return "No reader's comment carries a date, so there is no course over the years."
    years = years[years["n"] > 0]
    dated, most, fewest = int(years["n"].sum()), highest(years, "n"), lowest(years, "n")
    gone = int(table["n"].sum()) - dated
    undated = f"{number(gone)} more {'carries' if gone == 1 else 'carry'} no date." if gone else None
    first, last = int(years["year"].min()), int(years["year"].max())
    if first == last:
        return paragraph(
            f"All {count(dated, 'dated comment')} by readers are of {first}: there is no course to read.", undated
        )
    return paragraph(
        f"{begin(count(dated, 'comment'))} by readers {'carries' if dated == 1 else 'carry'} a date, from {first} to "
        f"{last}; most are of {int(most['year'])} ({number(most['n'])}), fewest of {int(fewest['year'])} "
        f"({number(fewest['n'])}).",
        undated,
        "The years are those in which these essays happened to be answered: a rise may be one essay that was widely "
        "read, and a change in the mixture of labels may be a change in what was kept. Between years with few "
        "comments do not compare shares.",
    )
