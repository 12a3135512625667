"""Versions of essays side by side, and families of spun spam slot by slot, for all families of a corpus."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from analysis.lineage import align_family, diff_versions

PAIR = ("pair", "number", "kind", "change", "text_a", "text_b", "words_a", "words_b")
SLOTS = ("family", "slot", "copy", "page", "before", "variant")


def stat_version_diff(pages: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """What changed, sentence by sentence, from each version of an essay to the next.

    Parameters
    ----------
    pages : DataFrame
        Table ``pages``.
    families : DataFrame
        doc_id and family.

    Returns
    -------
    DataFrame
        pair (the two pages' names, earlier first), number, kind (same, cut, added, reworded), change, text_a, text_b,
        words_a, words_b; by family of the earliest page name, versions by date, undated ones last, then by page.
        Empty where no essay has two versions.
    """
    both = pages.merge(families[["doc_id", "family"]], on="doc_id", how="inner")
    both = both.sort_values(["date", "page", "doc_id"], na_position="last", kind="stable")
    groups = [part for _, part in both.groupby("family", sort=False) if len(part) > 1]
    found = []
    for part in sorted(groups, key=lambda part: str(part["page"].min())):
        versions = list(zip(part["page"], part["essay"], strict=True))
        for (page_a, a), (page_b, b) in pairwise(versions):
            found.append(diff_versions(a, b).assign(pair=f"{page_a} → {page_b}")[list(PAIR)])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(PAIR))


def stat_spam_slots(spam_families: pd.DataFrame, pages: pd.DataFrame) -> pd.DataFrame:
    """The slots of every spun text and what each copy put into them.

    Parameters
    ----------
    spam_families : DataFrame
        family, doc_id, item, text; one row a copy.
    pages : DataFrame
        Table ``pages``.

    Returns
    -------
    DataFrame
        family (its number in words, "family 1" first, largest first), slot (from 1), copy (from 1), page, before (the
        fixed words ahead of the slot), variant ("" for nothing). A family whose copies are word for word the same has
        no slot, and no row.
    """
    names = pages.set_index("doc_id")["page"]
    ordered = spam_families.sort_values(["family", "doc_id", "item"], kind="stable")
    groups = sorted(
        (part for _, part in ordered.groupby("family")), key=lambda part: (-len(part), part["family"].iloc[0])
    )
    found = []
    for number, part in enumerate(groups, start=1):
        slots = align_family(part["text"].tolist())
        page = part["doc_id"].map(names).to_numpy(dtype=object)[slots["copy"].to_numpy(dtype=int)]
        found.append(slots.assign(family=f"family {number}", copy=slots["copy"] + 1, page=page)[list(SLOTS)])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(SLOTS))
