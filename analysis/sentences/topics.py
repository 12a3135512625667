"""Paragraphs on the topics: how far to trust them, their words, the mixtures of the essays, the planted themes."""

from __future__ import annotations

import pandas as pd

from analysis.sentences.wording import (
    Tables,
    begin,
    count,
    decimal,
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
    title,
    was,
    words_of,
)

NO_TOPICS = "There are no topics to speak of for this corpus; what was dropped on the way says why."
WORDS_SAID = 4  # words of a topic said in a sentence; the figure shows more
TOPICS_SAID = 12  # topics whose words are said; past that a paragraph is a list
STEADY = 0.54  # Jaccard overlap of two lists of ten words that share seven: two fits plainly found the same topic
FEW_ESSAYS = 12  # with fewer, draws of the essays are nearly the same essays, and coming back proves little
PURE = 0.5  # an essay with less than half of its text in its first topic is a mixture


def topic_name(topic: object, label: object) -> str:
    """How a topic is called in a sentence: its number and, where it has one, its label.

    Examples
    --------
    >>> topic_name(3, "boat, mast, harbour")
    'topic 3 (boat, mast, harbour)'
    """
    label = words_of(label)
    label = label.removeprefix(f"topic {topic}").strip(" :()")
    return f"topic {topic} ({label})" if label else f"topic {topic}"


def read_topic_words(tables: Tables) -> str:
    """Say how many topics there are, by which words each is known, and which not to lean on.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topic_words``: topic, label, rank, word, weight, weak.
    """
    table = get(tables, "topic_words", ["topic", "label", "rank", "word", "weak"])
    if table is None:
        return NO_TOPICS
    said = []
    for topic, found in table.sort_values(["topic", "rank"], kind="stable").groupby("topic", sort=True):
        said.append(f"**{topic}**: {listing(map(words_of, found['word'].head(WORDS_SAID)), most=WORDS_SAID)}")
    weak = sorted(set(table.loc[flags(table["weak"]), "topic"]))
    warned = (
        f"Do not build on {listing(f'topic {t}' for t in weak)}, marked as weak; how stable each topic is says why."
        if weak
        else None
    )
    return paragraph(
        f"The paragraphs of the essays fall into {count(len(said), 'topic')}; the words with most weight are, for",
        "; ".join(said[:TOPICS_SAID]) + (f"; and {len(said) - TOPICS_SAID} more." if len(said) > TOPICS_SAID else "."),
        warned,
        "A topic is a set of words that tend to stand in the same paragraphs; nobody chose or named it. Read the "
        "paragraphs behind it before you give it a name.",
    )


def read_topic_mixture(tables: Tables) -> str:
    """Say how mixed the essays are.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topic_mixture``: doc_id, title, topic, label, share (from 0 to 1; sums to 1 for each essay), and the page
        names of ``profile`` for essays without a title.
    """
    table = get(tables, "topic_mixture", ["doc_id", "title", "topic", "label", "share"])
    table = None if table is None else table.dropna(subset=["share"])
    if table is None or table.empty:
        return NO_TOPICS
    strongest = table.loc[table.groupby("doc_id", sort=False)["share"].idxmax()]
    pages = get(tables, "profile", ["doc_id", "page"])
    strongest = strongest.assign(page=None if pages is None else strongest["doc_id"].map(_page_of(pages)))
    purest, mixed = highest(strongest, "share"), lowest(strongest, "share")
    if len(strongest) == 1:
        told = f"There is one essay, {essay_name(purest)}, with {percent(purest['share'])} in its strongest topic."
    else:
        over = int((strongest["share"] >= PURE).sum())
        told = paragraph(
            f"The middle one of {count(len(strongest), 'essay')} has {percent(strongest['share'].median())} of its "
            f"text in its strongest topic; {number(over)} have at least half.",
            f"The most of one piece is {essay_name(purest)} ({percent(purest['share'])} in "
            f"{topic_name(purest['topic'], purest['label'])}), the most mixed {essay_name(mixed)} "
            f"({percent(mixed['share'])} at most).",
        )
    empty = sorted(set(table["topic"]) - set(strongest["topic"]))
    lone = f"No essay has its strongest topic in {listing(f'topic {t}' for t in empty)}." if empty else None
    return paragraph(
        told,
        lone,
        "A share is how much of an essay's wording the model gives to a topic; it says nothing about what the writer "
        "meant to write on, and a difference of a few hundredths between two essays means nothing.",
    )


def _page_of(profile: pd.DataFrame) -> dict[str, str]:
    return {r["doc_id"]: r["page"] for r in rows(profile)}


def read_topic_stability(tables: Tables) -> str:
    """Say which topics come back when the essays are drawn again, and which do not.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``topic_stability``: topic, label, stability, low, high, essays, npmi, weak, why; and where it has them
        fits and seed_stability.
    """
    needed = ["topic", "label", "stability", "low", "high", "essays", "npmi", "weak", "why"]
    table = get(tables, "topic_stability", needed)
    if table is None:
        return NO_TOPICS
    tried = table[table["stability"].notna()].sort_values(
        ["stability", "topic"], ascending=[False, True], kind="stable"
    )
    if tried.empty:
        return paragraph(
            f"{begin(count(len(table), 'topic'))} {was(len(table))} fitted but never again on other draws of the "
            "essays, so nothing is known about how far to trust them.",
            _coherence(table),
        )
    steady = int((tried["stability"] >= STEADY).sum())
    return paragraph(
        "Each topic was looked for again in fits on other draws of the essays. A value of 1 means that its first "
        f"words came back every time, 0 that none did.{_draws(tried)}",
        _extremes(tried),
        _few(table),
        f"{number(steady)} of {count(len(tried), 'topic')} plainly came back (at least {decimal(STEADY)}).",
        _weak(table),
        _coherence(table),
        "What comes back is not thereby true: a habit of wording comes back too.",
    )


def _extremes(tried: pd.DataFrame) -> str:
    if len(tried) > 1 and tried["stability"].nunique() == 1:
        return f"All stand at {decimal(tried['stability'].iloc[0])}."
    parts = [(tried.iloc[0], "steadiest"), (tried.iloc[-1], "least steady")]
    if len(tried) == 1:
        parts = [(tried.iloc[0], "only one")]
    told = [
        f"the {word} is {topic_name(row['topic'], row['label'])} at {decimal(row['stability'])}"
        + (
            f" (interval {decimal(row['low'])} to {decimal(row['high'])})"
            if known(row["low"]) and known(row["high"])
            else ""
        )
        for row, word in parts
    ]
    said = "; ".join(told)
    return said[:1].upper() + said[1:] + "."


def _few(table: pd.DataFrame) -> str | None:
    essays = int(table["essays"].sum())
    if essays >= FEW_ESSAYS:
        return None
    return (
        f"With {count(essays, 'essay')} the draws are nearly the same each time: that a topic came back proves little."
    )


def _coherence(table: pd.DataFrame) -> str | None:
    npmi = table["npmi"].dropna()
    if npmi.empty:
        return None
    ends = (
        f"at {decimal(npmi.iloc[0])}" if len(npmi) == 1 else f"between {decimal(npmi.min())} and {decimal(npmi.max())}"
    )
    return (
        "Coherence (NPMI: whether a topic's words stand together more often than by chance, from −1 to 1, above 0 is "
        f"more) lies {ends}."
    )


def _weak(table: pd.DataFrame) -> str | None:
    weak = table[flags(table["weak"])]
    if weak.empty:
        return None
    reasons = "; ".join(f"{topic_name(r['topic'], r['label'])}, because {_because(r['why'])}" for r in rows(weak))
    return f"Marked as weak: {reasons}."


def _because(why: object) -> str:
    """Reasons as the table gives them, ready to follow "because".

    Examples
    --------
    >>> _because("leads no essay; over half of it in one essay")
    'it leads no essay and over half of it is in one essay'
    """
    said = str(why).replace("leads no", "it leads no").replace("of it in one", "of it is in one")
    return listing(said.replace("too few essays to draw from", "there are too few essays to draw from").split("; "))


def _draws(tried: pd.DataFrame) -> str:
    """How many draws there were, and whether another seed matters; nothing where the table does not say."""
    if not {"fits", "seed_stability"} <= set(tried.columns):
        return ""
    seeds = tried["seed_stability"].dropna()
    same = " Another seed gives the same words." if len(seeds) and (seeds == 1).all() else ""
    return f" There were {count(int(tried['fits'].iloc[0]), 'draw')}, and the intervals allow for how few.{same}"


def read_theme_topic(tables: Tables) -> str:
    """Say how far the topics found agree with the themes known beforehand.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``theme_topic``: theme, topic, label, n (essays), where themes were planted or given by hand.

    Notes
    -----
    Purity: the share of essays that belong to the commonest theme of their dominant topic, from 1/themes to 1.
    It rises with the number of topics by itself (Manning, Raghavan & Schütze 2008, ch. 16).
    """
    table = get(tables, "theme_topic", ["theme", "topic", "label", "n"])
    if table is None or not table["n"].sum():
        return "No themes are known for these essays beforehand, so there is nothing to hold the topics against."
    total, by_topic = int(table["n"].sum()), table.groupby("topic")["n"]
    right = int(by_topic.max().sum())
    themes = table[table["n"] > 0].groupby("theme", sort=False)
    split = [(theme, len(found), int(found["n"].max()), int(found["n"].sum())) for theme, found in themes]
    whole = sum(topics == 1 for _, topics, _, _ in split)
    theme, topics, _, of = min(split, key=lambda s: (s[2] / s[3], str(s[0])))
    worst = (
        f"The one most scattered is {title(theme)}: its {count(of, 'essay')} lie in {count(topics, 'topic')}."
        if topics > 1
        else None
    )
    return paragraph(
        f"Of {count(total, 'essay')} with a known theme {number(right)} ({percent(right / total)}) lie in a topic "
        f"whose commonest theme is their own (this is called purity); {number(whole)} of {count(len(split), 'theme')} "
        "lie in one topic alone.",
        worst,
        "Themes that were planted, each with a wording of its own, are easier to find than those of a life's "
        "writing, and purity rises with the number of topics by itself.",
    )
