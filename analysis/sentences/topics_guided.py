"""Paragraph on guided topics: what the texts kept, refused and added of the words a reader gave."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.wording import Tables, begin, count, get, listing, number, paragraph, percent, rows, words_of

REFUSED_SAID = 6  # refused words named one by one; the figure shows the rest
ADDED_SAID = 3  # added words named for each theme
THEMES_SAID = 8


def read_topics_guided(tables: Tables) -> str:
    """Say what became of the words given for each theme.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topics_guided``: theme, topic, word, origin, verdict, share, rank, count, elsewhere, nearest, as
        ``topics.GuidedTopics.seed_words`` has them.
    """
    needed = ["theme", "topic", "word", "origin", "verdict", "share", "elsewhere", "nearest"]
    table = get(tables, "topics_guided", needed)
    if table is None:
        return "No topics were guided by words of a reader's choice."
    given = table[table["origin"] == "given"]
    kept, refused, absent = (given[given["verdict"] == verdict] for verdict in ("kept", "refused", "absent"))
    themes = given["theme"].nunique()
    return paragraph(
        f"Of {count(len(given), 'word')} given for {count(themes, 'theme')} the texts keep {number(len(kept))}; a word "
        "is kept when at least half of its occurrences lie in the topic of its theme.",
        _refused(refused),
        _absent(absent),
        _added(table),
        _lost(given),
        "A theme that is asked for is always found, if only in a few stray words: trust it where its words were kept "
        "and where the words that came in beside them belong to it.",
    )


def _refused(refused: pd.DataFrame) -> str | None:
    if refused.empty:
        return "None is refused."
    named = [
        f"“{words_of(row['word'])}” of {words_of(row['theme'])} ({percent(row['share'])} there"
        + ("" if pd.isna(row["elsewhere"]) else f", most in topic {int(row['elsewhere'])}")
        + ")"
        for row in rows(refused)
    ]
    verb, them = ("is", "it") if len(refused) == 1 else ("are", "each")
    said = listing(named, most=REFUSED_SAID)
    return f"{begin(number(len(refused)))} {verb} refused, as the texts put most of {them} elsewhere: {said}."


def _absent(absent: pd.DataFrame) -> str | None:
    if absent.empty:
        return None
    named = [
        f"“{words_of(row['word'])}”" + (f" (“{words_of(row['nearest'])}” does)" if row["nearest"] else "")
        for row in rows(absent)
    ]
    verb = "does" if len(absent) == 1 else "do"
    return f"{begin(number(len(absent)))} {verb} not occur in the words counted: {listing(named)}."


def _added(table: pd.DataFrame) -> str | None:
    added = table[table["verdict"] == "added"]
    said = [
        f"{words_of(theme)} (topic {found['topic'].iloc[0]}): {listing(map(words_of, found['word'].head(ADDED_SAID)))}"
        for theme, found in added.groupby("theme", sort=False)
    ]
    if not said:
        return None
    more = f"; and {count(len(said) - THEMES_SAID, 'theme')} more" if len(said) > THEMES_SAID else ""
    return f"The texts add, first of all, for {'; '.join(said[:THEMES_SAID])}{more}."


def _lost(given: pd.DataFrame) -> str | None:
    """Themes of which no word was kept."""
    kept = set(given.loc[given["verdict"] == "kept", "theme"])
    lost = [words_of(theme) for theme in dict.fromkeys(given["theme"]) if theme not in kept]
    return f"No word of {listing(lost)} was kept: these texts do not hold it as given." if lost else None
