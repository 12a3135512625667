"""Paragraphs on hand codes: how far coders are, how far they agree, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    decimal,
    get,
    highest,
    known,
    listing,
    lowest,
    number,
    paragraph,
    percent,
    rows,
    unsettled,
    was,
    words_of,
)

NO_CODES = "No comments of this corpus were coded by hand."
NOT_USED = 'The hand codes of this corpus are not used; the notes (`study.say("notes")`) say why.'
ONE_CODER = "No comment was coded by two people, so nothing is known about how far they would agree."
FEW_GIVEN = 10  # a label with fewer codes than this is not called the weakest: one comment turns its figure
LEAN = 3  # times one confusion must occur before its direction says anything
KINDS_NAMED = 3  # kinds of disagreement told one by one; the others stand in the table


def no_codes(tables: Tables, otherwise: str = NO_CODES) -> str:
    """Say that there are no codes; where there are some and they were refused, say that."""
    return otherwise if get(tables, "refused_codes", ["reason"]) is None else NOT_USED


def read_coding_progress(tables: Tables) -> str:
    """Say how far each coder is, how often unsure, and how comments with several codes were settled.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``coding_progress``: coder, coded, drawn, unsure, minutes (NaN: not measured); and ``settled``: how, n.

    Returns
    -------
    str
        One paragraph of Markdown.
    """
    table = get(tables, "coding_progress", ["coder", "coded", "drawn", "unsure", "minutes"])
    if table is None or not table["coded"].sum():
        return no_codes(tables)
    drawn = int(table["drawn"].max())
    each = [_progress(row) for row in rows(table)]
    partly = (table["coded"] < table["drawn"]).any()
    rest = "Comments are coded in the order of the lot: a beginning of it is a fair sample already." if partly else None
    return paragraph(f"{begin(count(drawn, 'comment'))} {was(drawn)} drawn by lot.", *each, rest, _settled(tables))


def _progress(row: Mapping[str, Any]) -> str:
    coded, drawn, unsure = (int(row[c]) for c in ("coded", "drawn", "unsure"))
    if not coded:
        return f"{begin(words_of(row['coder']))} has not begun."
    doubt = f"unsure of {number(unsure)}" if unsure else "never unsure"
    time = ""
    if known(row["minutes"]):
        time = f", at {count(max(1, round(60 * row['minutes'] / coded)), 'second')} a comment"
    some = "all of them" if coded == drawn else f"{number(coded)} of them"
    return f"{begin(words_of(row['coder']))} coded {some} and was {doubt}{time}."


def _settled(tables: Tables) -> str | None:
    table = get(tables, "settled", ["how", "n"])
    if table is None:
        return None
    words = {
        "agreed": "agreed by all coders",
        "one coder": "seen by one coder only",
        "adjudicated": "settled in a further reading",
    }
    told = {str(r["how"]): int(r["n"]) for r in rows(table) if r["n"]}
    parts = [f"{number(told[how])} {text}" for how, text in words.items() if how in told]
    by_rule = told.get("the sure coder", 0) + told.get("first coder", 0)
    left = f"{unsettled(count(by_rule, 'comment'))} Adjudicate {'it' if by_rule == 1 else 'them'}." if by_rule else None
    return paragraph(f"Of the comments coded: {listing(parts)}." if parts else None, left)


def read_agreement(tables: Tables) -> str:
    """Say how far the coders agree beyond chance, on which label least, and whether that is enough.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``agreement`` as ``evaluate.stat_agreement`` gives it.
    """
    table = get(tables, "agreement", ["of", "label", "alpha", "low", "high", "kappa", "agreement", "n", "given"])
    labels = None if table is None else table[table["of"] == "label"]
    if labels is None or labels.empty:
        return no_codes(tables)
    first = rows(labels[labels["label"] == "all"])[0]
    if table is None or not first["n"]:
        return ONE_CODER
    caution = first.get("caution")
    both = f"{count(first['n'], 'comment')}, under {count(first['clusters'], 'essay')}"
    more = f"Of {count(first['coders'], 'coder')} two or more coded each of {both}."
    return paragraph(
        f"2 coders coded the same {both}." if first["coders"] == 2 else more,
        _overall(first),
        _weakest(labels[labels["label"] != "all"]),
        _position(table),
        _sure(table, first),
        f"**{words_of(caution)}**" if known(caution) else None,
        "Agreement says how alike two people read, not that they read rightly.",
    )


def _overall(row: Mapping[str, Any]) -> str:
    same = f"They gave the same label in {percent(row['agreement'])} of pairs"
    if not known(row["alpha"]):
        return f"{same}; as only one label was ever given, agreement beyond chance is not defined."
    kappa = f", Cohen's kappa {decimal(row['kappa'])}" if known(row["kappa"]) else ""
    return f"{same}; Krippendorff's alpha is {decimal(row['alpha'])}{_range(row)}{kappa}."


def _range(row: Mapping[str, Any]) -> str:
    if not known(row["low"]) or not known(row["high"]):
        return " (no interval: too few essays)"
    level = f"{percent(row['level'])} " if known(row.get("level")) else ""
    return f" ({level}interval {decimal(row['low'])} to {decimal(row['high'])})"


def _weakest(table: pd.DataFrame) -> str | None:
    fair = table[table["alpha"].notna() & (table["given"] >= FEW_GIVEN)]
    if len(fair) < 2:
        return None
    worst, best = lowest(fair, "alpha"), highest(fair, "alpha")
    if worst["alpha"] == best["alpha"]:
        return f"Each label against the rest has the same alpha, {decimal(worst['alpha'])}."
    rare = table[table["given"] < FEW_GIVEN]
    named = listing(f"{_named(row['label'])} ({count(row['given'], 'time')})" for row in rows(rare))
    thin = f" Given too rarely to be judged: {named}." if named else ""
    return (
        f"Of single labels against the rest they agree best on {_named(best['label'])} (alpha "
        f"{decimal(best['alpha'])}) and least on {_named(worst['label'])} ({decimal(worst['alpha'])}).{thin}"
    )


def _named(label: object) -> str:
    """A label by its name; the one called none in quotation marks, lest it read as if there were not any."""
    return f"“{label}”" if label == "none" else words_of(label)


def _position(table: pd.DataFrame) -> str | None:
    found = table[(table["of"] == "position") & (table["label"] == "all") & table["alpha"].notna()]
    if found.empty:
        return None
    row = rows(found)[0]
    return f"On the position toward the essay alpha is {decimal(row['alpha'])}{_range(row)}."


def _sure(table: pd.DataFrame, first: Mapping[str, Any]) -> str | None:
    found = table[(table["of"] == "label, both sure") & (table["label"] == "all")]
    if found.empty or found["n"].iloc[0] == first["n"]:
        return None
    row = rows(found)[0]
    if not known(row["alpha"]):
        return f"All were sure of {count(row['n'], 'comment')}."
    return f"Of {count(row['n'], 'comment')} all were sure; on these alpha is {decimal(row['alpha'])}."


def read_disagreements(tables: Tables) -> str:
    """Say on how many comments coders differ, over which labels, and how many are settled.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``disagreements`` (``evaluate.stat_disagreements``), ``code_confusion`` (``stat_code_confusion``) and
        ``agreement`` for the number of comments coded twice.
    """
    base = get(tables, "agreement", ["of", "label", "n"])
    n = 0 if base is None else int(base.loc[(base["of"] == "label") & (base["label"] == "all"), "n"].sum())
    if not n:
        return ONE_CODER if base is not None else no_codes(tables, ONE_CODER)
    table = get(tables, "disagreements", ["comment_id", "differ", "labels", "settled"])
    if table is None:
        return f"On none of {count(n, 'comment')} coded twice do the coders differ."
    labelled = table[table["differ"] != "position"]
    if labelled.empty:
        only = len(table)
        return f"Of {count(n, 'comment')} coded twice all have one label; on {number(only)} the position differs."
    kinds = labelled["labels"].value_counts()
    pairs = ((" / ".join(map(_named, str(kind).split(" / "))), times) for kind, times in kinds.items())
    told = listing((f"{kind} ({number(times)})" for kind, times in pairs), most=KINDS_NAMED)
    head = f"Of {count(n, 'comment')} coded twice {number(len(labelled))} got more than one label: {told}."
    rest = len(table) - len(labelled)
    also = f"On {number(rest)} more only the position differs." if rest else None
    return paragraph(head, also, _lean(tables), _open(labelled))


def _lean(tables: Tables) -> str | None:
    """Whether the commonest confusion goes one way, which is a habit of one coder and not an unclear line."""
    table = get(tables, "code_confusion", ["one", "other", "label_one", "label_other", "n", "differing"])
    table = None if table is None else table[table["differing"].notna() & (table["n"] >= LEAN)]
    if table is None or table.empty:
        return None
    most, everything = highest(table, "n"), tables["code_confusion"]
    same_pair = (everything["one"] == most["one"]) & (everything["other"] == most["other"])
    turned = (everything["label_one"] == most["label_other"]) & (everything["label_other"] == most["label_one"])
    back = int(everything.loc[same_pair & turned, "n"].sum())
    one, other = words_of(most["one"]), words_of(most["other"])
    mine, yours = _named(most["label_one"]), _named(most["label_other"])
    return (
        f"The commonest: {one} said {mine} where {other} said {yours} ({count(most['n'], 'time')}; the other way round "
        f"{count(back, 'time')}). Uneven numbers are a coder's habit, even ones an unclear line in the codebook."
    )


def _open(table: pd.DataFrame) -> str:
    done, total = int(table["settled"].notna().sum()), len(table)
    if done == total:
        return "All of them were settled in a further reading."
    if not done:
        return "None of them is settled yet: read them together with the notes, and settle each."
    return f"{begin(number(done))} of them {was(done)} settled in a further reading, {number(total - done)} not."
