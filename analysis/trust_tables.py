"""The tables on how far the labels can be trusted: against planted labels, the project's own codes, or other blogs.

What they are held against is chosen once, here, and named in every table: labels planted in the corpus, where there are
any; else the comments coded by hand, where there are enough; else the predictions that came with the shipped model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

import pandas as pd

from analysis import evaluate as ev
from analysis.config import Estimates
from analysis.errors import LabelError
from analysis.hand_codes import HandCodes
from analysis.stance import load_codebook
from analysis.stance.ablation_table import load_ablation
from analysis.stance.held_out import load_held_out
from analysis.types import LABELS

PLANTED = "the corpus’s planted labels"
CROSSED = "hand-coded comments of other blogs, each blog left out in turn"
FEWEST_CODES = 50  # with fewer an accuracy of .8 is known to no better than eleven points either way
FEWEST_IN_A_BIN = 10  # codes; with fewer a step of the reliability curve is a handful of comments
BY_LABELS, BY_CODES, BY_OTHERS = "planted", "codes", "held out"
SHIPPED, FITTED, OTHER = "shipped", "fitted", "other"


@dataclass(frozen=True)
class Grounds:
    """What is known of a corpus's comments, and what their labels can be held against.

    Attributes
    ----------
    planted : DataFrame
        Judged table of the planted labels; empty where nothing is planted.
    labelled : DataFrame
        comment_id, title, author (pseudonyms), text, evidence of every labelled comment.
    readers : DataFrame
        From ``aggregate.reader_labels``.
    blogs : Series or None
        Blog of each comment, by comment_id, where the corpus holds several.
    coding : HandCodes or None
    labeller : {"shipped", "fitted", "other"}
        Whose the labels are: the shipped model's, one's fitted to this corpus's codes (coded comments then carry
        probabilities of fits without their essay), or another classifier's.
    """

    planted: pd.DataFrame
    labelled: pd.DataFrame
    readers: pd.DataFrame
    blogs: pd.Series | None
    coding: HandCodes | None
    labeller: str


@dataclass(frozen=True)
class Comparison:
    """What the labels are held against: the judged table, its name in words, and what must be said beside it."""

    basis: str
    judged: pd.DataFrame
    source: str
    note: str | None = None


class _Drawn(TypedDict):
    """How intervals are drawn, as every figure with a bootstrap takes it."""

    level: float
    draws: int
    seed: int


def make_trust_tables(
    grounds: Grounds, *, settings: Estimates, seed: int
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Make every table on how right the labels are.

    Parameters
    ----------
    grounds : Grounds
    settings : Estimates
    seed : int

    Returns
    -------
    tables : dict of str to DataFrame
        comparison (basis, source, n, note), confusion, f1, evaluation, reliability, coverage, elsewhere, and as far as
        they can be made blogs, ablation and hardest_errors.
    missing : dict of str to str
        For each that cannot be made the reason.
    """
    c = compared_with(grounds)
    drawn = _Drawn(level=settings.level, draws=settings.draws, seed=seed)
    n = len(c.judged)
    counted = c.source if c.basis == BY_CODES else f"{c.source}, n = {n:,}"
    said = pd.DataFrame({"basis": [c.basis], "source": [c.source], "n": [n], "note": [c.note]}, dtype=object)
    tables = {
        "comparison": said,
        "confusion": ev.stat_confusion(c.judged, source=c.source),
        "f1": ev.stat_f1(c.judged, **drawn).assign(source=c.source),
        "evaluation": ev.stat_summary(c.judged, **drawn).assign(source=c.source),
        "reliability": ev.stat_reliability(c.judged, source=c.source, level=settings.level, bins=_bins(c)),
        "coverage": ev.stat_coverage(c.judged, source=counted, level=settings.level),
        "elsewhere": ev.stat_elsewhere(),
    }
    missing: dict[str, str] = {}
    for made, absent in (_blogs(c, drawn), _ablation(grounds.labeller), _hardest_errors(c, grounds.labelled)):
        tables |= made
        missing |= absent
    return tables, missing


def blogs_of(pages: pd.DataFrame, comments: pd.DataFrame) -> pd.Series | None:
    """Tell the blog of each comment, where a corpus is made of the export files of several blogs.

    Parameters
    ----------
    pages, comments : DataFrame
        Tables ``pages`` and ``comments``; a page of an export file is called ``STEM#POST``.

    Returns
    -------
    Series or None
        Name of the file, by comment_id, in row order; None where a page comes from no export, or all from one.
    """
    file = pages["page"].str.extract("^(.+)#", expand=False)
    if file.isna().any() or file.nunique() < 2:
        return None
    blog = comments["doc_id"].map(dict(zip(pages["doc_id"], file, strict=True)))
    return pd.Series(blog.to_numpy(), index=pd.Index(comments["comment_id"]))


def compared_with(grounds: Grounds) -> Comparison:
    """Choose what the labels are held against.

    Parameters
    ----------
    grounds : Grounds

    Returns
    -------
    Comparison
    """
    if len(grounds.planted):
        return Comparison(BY_LABELS, _with_blogs(grounds.planted, grounds.blogs), PLANTED)
    codes = None if grounds.coding is None else grounds.coding.usable
    judged = _judged_by_codes(grounds, codes) if codes is not None else pd.DataFrame()
    if len(judged) >= FEWEST_CODES:
        weighted = judged["weight"].nunique() > 1
        source = f"{len(judged):,} hand codes of this corpus{', weighted as they were drawn' if weighted else ''}"
        return Comparison(BY_CODES, _with_blogs(judged, grounds.blogs), source, _beside_codes(grounds.labeller))
    notes = []
    if grounds.coding is not None and grounds.coding.refused is not None:
        notes.append("The hand codes of this corpus are not used, so the labels are not held against them.")
    elif len(judged):
        n = len(judged)
        notes.append(
            f"This corpus has {n} usable hand {'code' if n == 1 else 'codes'}; from {FEWEST_CODES} on its labels are "
            "held against its own codes."
        )
    if grounds.labeller != SHIPPED:
        notes.append("These figures are the shipped model's, and the labels of this corpus come from another one.")
    return Comparison(BY_OTHERS, load_held_out(), CROSSED, " ".join(notes) or None)


def _beside_codes(labeller: str) -> str:
    """What must be said where hand codes stand for the truth."""
    own = "Each is judged by a fit of the classifier that had not seen its essay. " if labeller == FITTED else ""
    return f"{own}The codes are taken for the truth; how far coders agree is another question."


def _bins(c: Comparison) -> int:
    """Steps of the reliability curve: ten, and of few codes fewer."""
    return min(ev.ECE_BINS, max(1, len(c.judged) // FEWEST_IN_A_BIN)) if c.basis == BY_CODES else ev.ECE_BINS


def _judged_by_codes(grounds: Grounds, codes: pd.DataFrame) -> pd.DataFrame:
    """Machine labels beside hand codes; a comment counts as often as its chance of being drawn was small."""
    known = grounds.readers.dropna(subset=list(LABELS))[["comment_id", "cluster", "label", *LABELS]]
    told = codes.rename(columns={"label": "truth"})[["comment_id", "truth", "inclusion_probability"]]
    judged = known.merge(told, on="comment_id", how="inner", validate="1:1")
    return judged.assign(weight=1 / judged["inclusion_probability"]).drop(columns="inclusion_probability")


def _with_blogs(judged: pd.DataFrame, blogs: pd.Series | None) -> pd.DataFrame:
    return judged if blogs is None else judged.assign(blog=judged["comment_id"].map(blogs))


Made = tuple[dict[str, pd.DataFrame], dict[str, str]]


def _blogs(c: Comparison, drawn: _Drawn) -> Made:
    """Blog by blog: in the corpus where it holds several, else among the comments the model was tested on."""
    judged, source = (c.judged, c.source) if "blog" in c.judged.columns else (load_held_out(), CROSSED)
    if "blog" not in judged.columns:
        return {}, {"blogs": "the comments compared with do not say which blog they stand on."}
    return {"blogs": ev.stat_blogs(judged, source=source, **drawn)}, {}


def _ablation(labeller: str) -> Made:
    """What each group of features is worth to the shipped model."""
    if labeller != SHIPPED:
        return {}, {"ablation": "its labels do not come from the shipped model."}
    try:
        return {"ablation": load_ablation()}, {}
    except LabelError as error:
        return {}, {"ablation": str(error)}


def _hardest_errors(c: Comparison, labelled: pd.DataFrame) -> Made:
    """Wrong labels with both readings, where the texts are the corpus's own."""
    if c.basis == BY_OTHERS:
        reason = "the comments compared with are other people's, and only their labels are kept."
        return {}, {"hardest_errors": reason}
    book = load_codebook()
    meanings = {m.label: f"{m.meaning} What speaks for it: {'; '.join(m.signs)}." for m in book.labels}
    table = ev.stat_hardest_errors(c.judged, labelled, meanings)
    if table.empty:
        return {}, {"hardest_errors": "no label given here is wrong."}
    return {"hardest_errors": table}, {}
