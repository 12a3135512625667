"""Join what was coded by hand with the lot it was drawn by; codes without a lot carry no estimate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import EstimateError
from analysis.estimate.checks import check_coded, check_sample, quoted

_SHOWN = 3  # comments named in a sentence, before "and so on"


def take_codes(sample: pd.DataFrame | None, codes: pd.DataFrame) -> pd.DataFrame:
    """Give each hand code the chance its comment had of being drawn, so that shares can be estimated from the codes.

    Parameters
    ----------
    sample : DataFrame or None
        Table ``gold_sample`` as ``draw_sample`` gave it; it may hold comments not yet coded.
    codes : DataFrame
        Settled codes, one row a comment: ``comment_id`` and ``label`` (agreeing, extending, spam or none).

    Returns
    -------
    DataFrame
        One row a coded comment, sorted by ``comment_id``: ``comment_id``, ``label``, ``stratum``, ``stratum_size``,
        ``inclusion_probability``; the last is scaled to what was coded of each stratum.

    Raises
    ------
    EstimateError
        Without a sample; for codes of comments that were not drawn; for a comment coded twice or with a code outside
        the codebook; where a stratum has no code at all yet.

    Notes
    -----
    Of a stratum of N comments m coded ones have the chance m / N: a beginning of the order of coding is itself a
    sample. This does not hold where hard comments were passed over; ``passed_over`` says whether any were.

    Examples
    --------
    >>> sample = pd.DataFrame({"comment_id": ["a", "b"], "order": [2, 1], "stratum": "", "stratum_size": 10,
    ...                        "inclusion_probability": 0.2})
    >>> take_codes(sample, pd.DataFrame({"comment_id": ["b"], "label": ["spam"]})).inclusion_probability.tolist()
    [0.1]
    """
    if sample is None or sample.empty:
        raise EstimateError(
            "There is no drawn sample for these hand codes. Comments chosen by eye differ from the others in ways "
            "nobody knows, so no share can be estimated from them; draw a sample with draw_sample and code that."
        )
    check_sample(sample)
    check_coded(codes)
    picked = codes.loc[~codes["comment_id"].isin(sample["comment_id"]), "comment_id"]
    if len(picked):
        raise EstimateError(
            f"{len(picked)} hand code(s) are of comments that were not drawn (first: {quoted(picked.iloc[0])}). A "
            "comment picked by hand had no known chance of being coded and cannot carry an estimate; keep such codes "
            "for training or quotation, and give here only those of the drawn sample."
        )
    joined = sample.merge(codes[["comment_id", "label"]], on="comment_id", how="left", indicator=True)
    coded = joined["_merge"] == "both"
    drawn, done = joined.groupby("stratum").size(), joined[coded].groupby("stratum").size()
    if len(done) < len(drawn):
        _refuse_bare_strata(joined[~coded], set(drawn.index) - set(done.index))
    part = joined["stratum"].map(done / drawn)
    joined["inclusion_probability"] = joined["inclusion_probability"] * part
    columns = ["comment_id", "label", "stratum", "stratum_size", "inclusion_probability"]
    return joined.loc[coded, columns].sort_values("comment_id", ignore_index=True)


def _refuse_bare_strata(uncoded: pd.DataFrame, bare: set[str]) -> None:
    first = uncoded[uncoded["stratum"].isin(bare)].sort_values("order").drop_duplicates("stratum")
    each = "; ".join(
        f"{row.stratum!r} ({row.stratum_size:,} comments of the corpus; next is {quoted(row.comment_id)}, "
        f"number {row.order})"
        for row in first.itertuples()
    )
    raise EstimateError(
        f"Of these strata of the sample no comment is coded yet, so nothing is known about them: {each}. Code one or "
        "two of each, in the order drawn."
    )


def passed_over(sample: pd.DataFrame, codes: pd.DataFrame) -> str | None:
    """Say which drawn comments were passed over: left uncoded although later ones were coded.

    Parameters
    ----------
    sample, codes : DataFrame
        As for ``take_codes``.

    Returns
    -------
    str or None
        A sentence, or None where the codes are a beginning of the order of coding in each stratum.

    Notes
    -----
    Comments passed over because they are hard are unlike the others, and the share is then one among easy comments.
    """
    check_sample(sample)
    check_coded(codes)
    done = sample["comment_id"].isin(codes["comment_id"])
    last = sample["stratum"].map(sample["order"].where(done).groupby(sample["stratum"]).max())
    gaps = sample[~done & (sample["order"] < last)].sort_values("order")
    if gaps.empty:
        return None
    names = ", ".join(map(quoted, gaps["comment_id"].head(_SHOWN)))
    more = " and so on" if len(gaps) > _SHOWN else ""
    share = len(gaps) / (len(gaps) + int(np.sum(done)))
    return (
        f"{len(gaps)} drawn comment(s) were passed over while later ones were coded ({names}{more}; {share:.0%} of "
        "those reached): if they were the hard ones, the shares are of easy comments. Code them, with 'none' where "
        "nothing fits."
    )
