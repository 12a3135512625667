"""Paragraphs on what hangs together: versions of one essay, and copies of one spun spam text."""

from __future__ import annotations

from analysis.sentences.wording import Tables, begin, count, get, listing, number, paragraph, title, was, words_of

MOST_SAID = 5  # pairs or families told one by one; the others stand in the table
LONG_SLOT = 60  # characters of the words before a slot that are quoted


def read_version_diff(tables: Tables) -> str:
    """Say for each pair of versions what was cut, added and reworded.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``version_diffs`` (all pairs) or, where it is missing, ``version_diff`` (that of the figure): pair, kind
        (same, cut, added, reworded), words_a, words_b; one row a sentence.
    """
    columns = ["pair", "kind", "words_a", "words_b"]
    table = get(tables, "version_diffs", columns)
    table = table if table is not None else get(tables, "version_diff", columns)
    if table is None:
        return "No essay was found in two versions."
    said = []
    for pair, found in table.groupby("pair", sort=False):
        kinds = found["kind"].value_counts()
        changes = [(kinds.get(k, 0), k) for k in ("reworded", "cut", "added")]
        before, after = int(found["words_a"].fillna(0).sum()), int(found["words_b"].fillna(0).sum())
        changed = listing(f"{number(n)} {kind}" for n, kind in changes if n)
        told = f"{changed}; the text went from {number(before)} to {number(after)} words" if changed else "no change"
        said.append(
            f"{title(pair)}: of {count(len(found), 'sentence')} {number(kinds.get('same', 0))} the same, {told}."
        )
    return paragraph(
        f"{begin(count(len(said), 'pair'))} of versions of one essay {was(len(said))} found.",
        *said,
        "Versions are recognised by their wording alone: which of two came first is known only where both are dated, "
        "and why it was changed stands in no table.",
    )


def read_spam_slots(tables: Tables) -> str:
    """Say how often a spam text was spun, and where its copies differ.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Uses ``spam_slots_all`` (all families) or, where it is missing, ``spam_slots`` (the one of the figure): family,
        slot, copy, page, before, variant.
    """
    columns = ["family", "slot", "copy", "page", "before", "variant"]
    table = get(tables, "spam_slots_all", columns)
    table = table if table is not None else get(tables, "spam_slots", columns)
    if table is None:
        return "No spam text was found in several spun copies."
    said = []
    for family, found in table.groupby("family", sort=False):
        copies, slots, pages = (found[c].nunique() for c in ("copy", "slot", "page"))
        widest = found.groupby("slot", sort=False)["variant"].nunique().idxmax()
        shown = found[found["slot"] == widest]
        variants = [words_of(v) or "(nothing)" for v in dict.fromkeys(shown["variant"].fillna(""))]
        before = words_of(shown["before"].iloc[0])
        before = (
            f"after “{before if len(before) <= LONG_SLOT else '…' + before[-LONG_SLOT:]}”" if before else "at its start"
        )
        told = " / ".join(f"“{v}”" for v in variants[:4])
        said.append(
            f"{begin(words_of(family))}: {count(copies, 'copy', 'copies')} on {count(pages, 'page')}, alike but for "
            f"{count(slots, 'slot')}; {before}, for one, the copies read {told}."
        )
    return paragraph(
        f"{begin(count(len(said), 'spam text was', 'spam texts were'))} spun: the same sentences with some words "
        "exchanged, so that a search for exact copies misses them.",
        *said[:MOST_SAID],
        _rest(said, "family"),
        "A family shows one source of wording, not one sender: spun texts were sold and passed on.",
    )


def _rest(said: list[str], what: str) -> str | None:
    if len(said) < 2:
        return None
    more = f"; {number(len(said) - MOST_SAID)} more stand in the table" if len(said) > MOST_SAID else ""
    return f"The figure shows the first {what}{more}."
