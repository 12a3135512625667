"""Which essay stands for which group, and with what weight: by what is known of it, or by its readers' comments."""

from __future__ import annotations

import pandas as pd

from analysis.aggregate.counts import SHOWN_LABELS, year_of
from analysis.errors import TableError
from analysis.types import LABELS

UNKNOWN = "unknown"
BELONGING = ["doc_id", "group", "weight", "n", "cluster"]


def essays_by(
    groups: pd.Series,
    families: pd.DataFrame,
    *,
    clusters: pd.Series | None = None,
    words: pd.Series | None = None,
) -> pd.DataFrame:
    """Put each essay into one group; an essay that stands in several versions once.

    Parameters
    ----------
    groups : Series
        Group of each essay (text, numbers or categories), indexed by doc_id; gaps are the group "unknown".
    families : DataFrame
        Table ``essay_families``: doc_id, family, representative; every essay of the corpus.
    clusters : Series, optional
        What is drawn again for the intervals, by doc_id, for one the author; a gap is a cluster of its own. By default
        the essay: the interval is then about further essays of the same kind by the same writers, which is what is
        asked of an author or a blog, and of years in a corpus by few hands. With authors as clusters it is about other
        writers; there must be many for that (twenty, as a rule).
    words : Series, optional
        Length of each essay by doc_id: a share is then of the group's text; by default each essay counts the same.

    Returns
    -------
    DataFrame
        doc_id (of the version that stands for its family), group (text; categories keep their order), weight, n (1),
        cluster; sorted by doc_id.

    Raises
    ------
    TableError
        If an essay stands in two groups, or not one of them is in the corpus.

    Notes
    -----
    Where the version that stands for its family says nothing, the least of what the others say is taken: the earliest
    year, the first name.
    """
    known = families.set_index("doc_id").sort_index()
    if groups.index.has_duplicates:
        raise TableError("An essay stands in two groups; give each essay one group.")
    if len(groups) and not groups.index.isin(known.index).any():
        raise TableError(
            f"None of these essays has a group: the groups are indexed by {str(groups.index[0])!r} and the like, the "
            f"essays are called {str(known.index[0])!r} and the like; the groups must be indexed by doc_id."
        )
    own = known[known["representative"]]
    names = _named(groups)
    told = _of_families(names.astype(object), known).reindex(own.index)
    order = list(names.cat.categories) if isinstance(names.dtype, pd.CategoricalDtype) else _sorted(told)
    weight = 1.0 if words is None else words.reindex(own.index).fillna(0.0).astype(float)
    table = pd.DataFrame({"group": told.fillna(UNKNOWN), "weight": weight, "n": 1, "cluster": own["family"]})
    if clusters is not None:
        drawn = _of_families(clusters.astype(object), known).reindex(own.index)
        table["cluster"] = drawn.map(lambda name: f"of {name}", na_action="ignore").fillna(table["cluster"])
    kinds = [*(name for name in order if name != UNKNOWN), UNKNOWN]
    table["group"] = pd.Categorical(table["group"], [kind for kind in kinds if kind in set(table["group"])])
    return table.reset_index()[BELONGING]


def essays_by_stance(readers: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """Put each essay into a group for every label its readers' comments have, weighted by how many there are.

    Parameters
    ----------
    readers : DataFrame
        comment_id, doc_id, label (None: cannot say) of the comments by readers, from ``reader_labels``.
    families : DataFrame
        Table ``essay_families``; comments under any version of an essay count for the essay.

    Returns
    -------
    DataFrame
        As ``essays_by``; group is agreeing, extending, spam or "cannot say", weight and n the number of comments,
        cluster the essay's family: a share is that of a topic among the essays that such comments stand under.
    """
    stands = families[families["representative"]].set_index("family")["doc_id"]
    family = readers["doc_id"].map(families.set_index("doc_id")["family"])
    said = readers["label"].where(readers["label"].isin(LABELS), SHOWN_LABELS[-1])
    table = pd.DataFrame({"doc_id": family.map(stands), "group": said, "cluster": family})
    counted = table.groupby(["doc_id", "group", "cluster"]).size().rename("n").reset_index()
    kinds = [label for label in SHOWN_LABELS if label in set(counted["group"])]
    counted["group"] = pd.Categorical(counted["group"], kinds)
    return counted.assign(weight=counted["n"].astype(float))[BELONGING]


def years_of(pages: pd.DataFrame) -> pd.Series:
    """Year of each essay by doc_id, as text; missing where the page has no date."""
    years = pages["date"].astype(object).map(year_of)
    return _named(pd.Series(years.to_numpy(), index=pages["doc_id"].to_numpy(), dtype=float))


def authors_of(pages: pd.DataFrame) -> pd.Series:
    """Author of each essay by doc_id, blanks squeezed; missing where the page names none."""
    names = pages["author"].map(lambda name: " ".join(name.split()) or None if isinstance(name, str) else None)
    return pd.Series(names.to_numpy(), index=pages["doc_id"].to_numpy(), dtype=object)


def blogs_of_essays(pages: pd.DataFrame) -> pd.Series:
    """Blog of each essay by doc_id: the export file it comes from; missing for a page that comes from none."""
    files = pages["page"].str.extract("^(.+)#", expand=False)
    return pd.Series(files.to_numpy(), index=pages["doc_id"].to_numpy(), dtype=object)


def _named(groups: pd.Series) -> pd.Series:
    """Groups as text, gaps kept; whole numbers without a point, as years become fractions for want of one of them."""
    if isinstance(groups.dtype, pd.CategoricalDtype):
        return groups.cat.rename_categories([str(kind) for kind in groups.cat.categories])
    whole = pd.api.types.is_float_dtype(groups) and groups.dropna().map(float.is_integer).all()
    return groups.astype(object).map(lambda v: str(int(v) if whole else v), na_action="ignore")


def _of_families(values: pd.Series, known: pd.DataFrame) -> pd.Series:
    """What is said of each essay, gaps filled with the least of what is said of its other versions; by doc_id."""
    table = pd.DataFrame({"family": known["family"], "value": values.reindex(known.index)}, index=known.index)
    least = table.dropna().sort_values("value").drop_duplicates("family").set_index("family")["value"]
    return table["value"].where(table["value"].notna(), table["family"].map(least))


def _sorted(values: pd.Series) -> list[str]:
    """Groups in the order a reader looks for them: numbers by size, names by letter."""
    found = sorted(set(values.dropna()))
    return sorted(found, key=int) if all(name.isdecimal() for name in found) else found
