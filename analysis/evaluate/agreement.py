"""How far coders agree beyond chance: Krippendorff's alpha and Cohen's kappa, for labels without an order."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.errors import LabelError


def krippendorff_alpha(codes: pd.DataFrame) -> float:
    """Agreement of any number of coders beyond chance, gaps allowed.

    Parameters
    ----------
    codes : DataFrame of shape (units, coders)
        The label each coder gave to each unit; None or NaN where none was given. Row and column order do not matter.

    Returns
    -------
    float
        1: full agreement; 0: as chance would have it; below 0: less than chance. NaN where no unit has two codes, or
        where only one label was ever given (there is nothing to agree on).

    Notes
    -----
    ``alpha = 1 - D_o / D_e = 1 - (n - 1) sum_(c≠k) o_ck / sum_(c≠k) n_c n_k``, with the coincidences ``o`` of values
    paired within units of two or more (Krippendorff 2011, "Computing Krippendorff's alpha-reliability", nominal
    metric). With one label very common alpha can be low though coders rarely differ: give the plain agreement too.

    Examples
    --------
    >>> round(krippendorff_alpha(pd.DataFrame({"a": list("xxyy"), "b": list("xxyx")})), 3)
    0.533
    """
    values, names = pd.factorize(codes.to_numpy(dtype=object).ravel())
    unit = np.repeat(np.arange(codes.shape[0]), codes.shape[1])[values >= 0]
    counts = np.zeros((codes.shape[0], len(names)))
    np.add.at(counts, (unit, values[values >= 0]), 1)
    m = counts.sum(axis=1)
    counts, m = counts[m >= 2], m[m >= 2]
    totals, n = counts.sum(axis=0), m.sum()
    chance = n * n - totals @ totals
    if chance == 0:
        return float("nan")
    differing = ((m**2 - (counts**2).sum(axis=1)) / (m - 1)).sum()
    return float(1 - (n - 1) * differing / chance)


def cohen_kappa(one: pd.Series, other: pd.Series) -> float:
    """Agreement of two coders beyond chance, each with a mixture of their own.

    Parameters
    ----------
    one, other : Series
        Labels of the same units in the same order; units with a gap on either side are left out.

    Returns
    -------
    float
        1: full agreement; 0: as chance would have it; at least -1. NaN without common units, or where both gave one
        and the same label throughout.

    Notes
    -----
    ``kappa = (p_o - p_e) / (1 - p_e)``, p_e from both coders' own mixtures (Cohen 1960). Alpha takes one mixture for
    both and corrects for few units; they differ visibly only below about fifty units.
    """
    if len(one) != len(other):
        raise LabelError(f"Two coders need the same units; found {len(one)} and {len(other)} labels.")
    first, second = np.asarray(one, dtype=object), np.asarray(other, dtype=object)
    both = ~(pd.isna(first) | pd.isna(second))
    if not both.any():
        return float("nan")
    k = len(names := pd.unique(np.concatenate([first[both], second[both]])))
    a, b = (pd.Categorical(x[both], categories=names).codes.astype(int) for x in (first, second))
    expected = float((np.bincount(a, minlength=k) / len(a)) @ (np.bincount(b, minlength=k) / len(b)))
    return float("nan") if expected == 1 else float((np.mean(a == b) - expected) / (1 - expected))


def stat_agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """Agreement of the coders, over all labels and for each label against the rest.

    Parameters
    ----------
    codes : DataFrame
        comment_id, coder, label ("none" is a label); one row a comment and coder, any order.

    Returns
    -------
    DataFrame
        label ("all" first, then by name), agreement (part of pairs of codes that are the same, 0 to 1), alpha, kappa
        (mean over pairs of coders), n (comments coded twice or more).

    Raises
    ------
    LabelError
        If a coder coded a comment twice.
    """
    if codes.duplicated(["comment_id", "coder"]).any():
        raise LabelError("A coder gave one comment two codes; keep one code a coder and comment.")
    wide = codes.pivot(index="comment_id", columns="coder", values="label").astype(object)
    wide = wide[wide.notna().sum(axis=1) >= 2]
    rows = []
    for label in ("all", *sorted(codes["label"].dropna().unique())):
        said = wide if label == "all" else wide.apply(lambda c, k=label: (c == k).where(c.notna()).astype(object))
        pairs = [(said[a], said[b]) for a, b in combinations(wide.columns, 2)]
        both = [(a.notna() & b.notna()) for a, b in pairs]
        met = sum(int(known.sum()) for known in both)
        same = sum(int((a[known] == b[known]).sum()) for (a, b), known in zip(pairs, both, strict=True))
        kappas = [k for a, b in pairs if not np.isnan(k := cohen_kappa(a, b))]
        kappa = float(np.mean(kappas)) if kappas else float("nan")
        agreement = same / met if met else float("nan")
        rows.append((label, agreement, krippendorff_alpha(said), kappa, len(wide)))
    return pd.DataFrame(rows, columns=["label", "agreement", "alpha", "kappa", "n"])
