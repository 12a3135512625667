"""The paragraph on a framing axis: whether the instruments agree, and only where they do, who lies where."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    count,
    decimal,
    get,
    highest,
    known,
    lowest,
    number,
    paragraph,
    title,
    was,
)

INSTRUMENTS = {"seeded": "seeded topics", "semantic": "the semantic axis", "grammar": "grammar"}
NO_FRAMING = "No framing axis was measured for this corpus."
_COUNTS = [f"n_{name}" for name in INSTRUMENTS]
_COLUMNS = ["title", "low", "high", *INSTRUMENTS, *_COUNTS, "score", "agree", "verdict"]
CAUTION = (
    "An axis reads words, not intentions: irony and a view laid out only to be refuted are taken at their word, 0 is "
    "no middle, and scores of two corpora cannot be compared. Read the sentences behind an essay before you place it."
)


def read_framing(tables: Tables) -> str:
    """Say whether the instruments agree, which essays lie at the ends if they do, and how random axes fare.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``framing`` (as its figure draws it, with quoted and negated) and, where there, ``framing_placebo``: axis
        (the real one is 0), separation, agreement; ``framing_agreement``: of, value.
    """
    table = get(tables, "framing", _COLUMNS)
    if table is None:
        return NO_FRAMING
    first = table.iloc[0]
    return paragraph(
        f"On the axis from {title(first['low'])} (−1) to {title(first['high'])} (1) {count(len(table), 'essay')} "
        f"{was(len(table))} measured by three instruments: {_covered(table)}.",
        _apart(table),
        str(first["verdict"]),
        _pairs(tables),
        _ends(table) if first["agree"] else None,
        _placebo(tables),
        CAUTION,
    )


def _covered(table: pd.DataFrame) -> str:
    return ", ".join(
        f"{said} ({number(table[f'n_{name}'].sum())} pieces of evidence, enough for a score in "
        f"{count(int(table[name].notna().sum()), 'essay')})"
        for name, said in INSTRUMENTS.items()
    )


def _apart(table: pd.DataFrame) -> str | None:
    if not {"quoted", "negated"} <= set(table.columns):
        return None
    return (
        f"Another {number(table['quoted'].sum())} pieces are quoted or reported and {number(table['negated'].sum())} "
        "denied; they count for no pole."
    )


def _pairs(tables: Tables) -> str | None:
    table = get(tables, "framing_agreement", ["of", "statistic", "value", "essays"])
    if table is None:
        return None
    pairs = table[table["statistic"] == "rank correlation"]
    said = [
        f"{decimal(row['value'])} for {' and '.join(INSTRUMENTS[name] for name in row['of'].split(', '))}"
        for row in pairs.to_dict("records")
        if known(row["value"])
    ]
    return f"Rank correlations: {', '.join(said)}." if said else None


def _ends(table: pd.DataFrame) -> str | None:
    scored = table.dropna(subset=["score"])
    if len(scored) < 2:
        return None
    low, high = lowest(scored, "score"), highest(scored, "score")
    return (
        f"Of {count(len(scored), 'essay')} with evidence for all three, {title(low['title'])} lies nearest to "
        f"{title(low['low'])} ({decimal(low['score'])}) and {title(high['title'])} nearest to {title(high['high'])} "
        f"({decimal(high['score'])})."
    )


def _placebo(tables: Tables) -> str | None:
    table = get(tables, "framing_placebo", ["axis", "separation", "agreement"])
    if table is None or len(table) < 2:
        return None
    real, drawn = table[table["axis"] == 0].iloc[0], table[table["axis"] > 0]
    parts = []
    for column, said in (
        ("separation", "set the essays as far apart"),
        ("agreement", "have instruments that agree as well"),
    ):
        if known(real[column]):
            parts.append(f"{number(int((drawn[column] >= real[column]).sum()))} {said}")
    return (
        f"Of {count(len(drawn), 'random axis', 'random axes')} of equally frequent words {' and '.join(parts)}."
        if parts
        else None
    )
