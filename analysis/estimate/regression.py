"""How a label depends on what is known of every comment: regression of true labels that only a sample has.

The target is the relation in the process these comments came from, not the table at hand; so nothing here shrinks
because many of the comments were coded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.estimate.checks import check_codes, check_labels
from analysis.estimate.core import Sample, is_label, lay_out, machine_chances
from analysis.estimate.covariates import Terms, build_terms, repeated_term
from analysis.estimate.equations import Equations, UndefinedError, fit, sandwich, solve, tune
from analysis.types import LABELS

FORMS = ("linear", "logistic")
METHODS = ("ppi++", "dsl", "hand codes")
COLUMNS = (
    "term", "estimate", "low", "high", "standard_error", "method", "corrected", "n_coded", "n_telling", "n", "clusters",
    "reason",
)  # fmt: skip
# Ten cases a coefficient (Peduzzi et al. 1996): with fewer, sandwich variances are too small.
_CODES_A_TERM = 10


@dataclass(frozen=True, slots=True)
class Regression:
    """What kind of regression.

    Attributes
    ----------
    form : {"linear", "logistic"}
        ``linear``: differences of probability (points of a share / 100). ``logistic``: differences of log odds.
    method : {"ppi++", "dsl", "hand codes"}
        How far the machine's labels are used: as far as they help, in full, not at all.
    standardise : bool
        Whether numbers are centred and divided by their standard deviation.
    references : mapping of str to str
        The category each categorical covariate is compared with; the commonest by default.
    """

    form: str = "linear"
    method: str = "ppi++"
    standardise: bool = False
    references: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise EstimateError(one_of("form of regression", self.form, FORMS))
        if self.method not in METHODS:
            raise EstimateError(one_of("method", self.method, METHODS))


def regress_label(
    labels: pd.DataFrame,
    covariates: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    label: str,
    settings: Estimates,
    model: Regression | None = None,
) -> pd.DataFrame:
    """Say how a label depends on what is known of each comment, corrected by hand codes for the machine's errors.

    Parameters
    ----------
    labels : DataFrame
        As ``estimate_share`` takes them: one row a comment.
    covariates : DataFrame
        Column ``comment_id`` and one column a covariate, known for every comment: numbers, true/false, categories.
    codes : DataFrame
        Hand codes: ``comment_id``, ``label`` (or "none"), ``inclusion_probability``; with ``stratum`` too, the gain
        of a stratified draw is counted.
    label : {"agreeing", "extending", "spam"}
    settings : Estimates
        ``level`` and ``min_codes``.
    model : Regression, optional
        Linear probability, machine labels used as far as they help, by default.

    Returns
    -------
    DataFrame
        One row a term and method: term, estimate, low, high, standard_error, method, corrected, n_coded, n_telling
        (hand codes that tell of the term: for a category or true/false those of the rarer side, for a number those
        that do not have its commonest value), n, clusters (families), reason. First the corrected rows, then the same
        regression on the machine's labels ("counted", uncorrected) for comparison: never cite those.

    Raises
    ------
    EstimateError
        For tables that do not fit, covariates that cannot be used (missing, constant, collinear), too few codes or
        families for the number of terms, categories without a coded comment, and logistic separation.

    Notes
    -----
    With x the terms, y the code, f the machine's probability and R / pi one over the inclusion probability for a
    coded comment and 0 for the others, the coefficients solve
    ``sum x (a m(x) - t f - (R / pi) (y - t f)) = 0``, m the fitted probability and ``a = t + (1 - t) R / pi``.
    At t = 1 this regresses the pseudo-outcome ``f + (R / pi) (y - f)`` (design-based supervised learning: Egami,
    Hinck, Stewart & Wei 2023), at t = 0 it is the weighted regression on hand codes alone. ``ppi++`` chooses t
    between them so that the variances, each as a part of its variance at t = 0, add up to least (Angelopoulos,
    Duchi & Zrnic 2023). Right however wrong the machine is, as long as the codes were drawn by lot.

    Sandwich variance by essay family: each family's part of the equations, times the inverse of their slope without
    that family (the cluster jackknife, linearised: CV3 of MacKinnon, Nielsen & Webb 2023); Student's quantile at
    G - k degrees of freedom with G coded families and k terms. No finite-population correction: even coding every
    comment leaves open which comments might have been written.

    Do not use it with fewer than about twenty coded families, for causes ("longer comments agree less" does not say
    that length does it), nor with the machine's own label as a covariate.
    """
    model = model or Regression()
    data, terms = _gather(labels, covariates, codes, label, model)
    _check_size(data, terms, settings)
    pull = 0.0 if model.method == "hand codes" else 1.0
    try:
        pull = tune(data, model.form) if model.method == "ppi++" else pull
        beta, variance = fit(data, pull, model.form)
    except UndefinedError as none:
        raise EstimateError(none.sentence.format(term=terms.names[none.term], label=label)) from none
    df = len(np.unique(data.family[data.sample.rows])) - len(terms.names)
    corrected = _rows(data, terms, beta, variance, level=settings.level, df=df).assign(
        method="hand codes" if pull == 0 else model.method,
        corrected=True,
        n_coded=len(codes),
        n_telling=_telling(terms.values[data.sample.rows]),
        reason="the machine's labels did not help" if pull == 0 and model.method == "ppi++" else None,
    )
    table = pd.concat([corrected, _counted(data, terms, model.form, settings.level)], ignore_index=True)
    return table.assign(n=len(labels), clusters=data.families)[list(COLUMNS)]


def _gather(
    labels: pd.DataFrame, covariates: pd.DataFrame, codes: pd.DataFrame, label: str, model: Regression
) -> tuple[Equations, Terms]:
    check_labels(labels)
    if label not in LABELS:
        raise EstimateError(one_of("label", label, LABELS))
    check_codes(codes, pd.Index(labels["comment_id"]))
    terms = build_terms(covariates, labels["comment_id"], standardise=model.standardise, references=model.references)
    centre, spread = terms.values.mean(axis=0), terms.values.std(axis=0)
    centre[0], spread[0] = 0.0, 1.0
    back = np.diag(1 / spread)
    back[0, 1:] = -centre[1:] / spread[1:]
    sample = lay_out(labels, codes)
    data = Equations(
        z=(terms.values - centre) / spread,
        back=back,
        f=machine_chances(labels, label),
        hit=is_label(labels["label"], label).astype(float),
        family=pd.factorize(labels["cluster"])[0],
        sample=sample,
        weight=_weights(sample, codes),
        y=is_label(codes["label"], label).astype(float),
    )
    return data, terms


def _weights(sample: Sample, codes: pd.DataFrame) -> NDArray:
    """How many comments each code stands for; in each stratum they count up to its size, also if coded in part."""
    if "stratum_size" not in codes.columns:
        return sample.weight
    sums = np.bincount(sample.stratum, weights=sample.weight)
    return sample.weight * codes["stratum_size"].to_numpy(dtype=float) / sums[sample.stratum]


def _check_size(data: Equations, terms: Terms, settings: Estimates) -> None:
    rows = data.sample.rows
    n, k, met = len(rows), len(terms.names), len(np.unique(data.family[rows]))
    needed = max(settings.min_codes, _CODES_A_TERM * k)
    if n < needed:
        raise EstimateError(
            f"{n} hand codes are too few for {k} terms (the intercept among them); {needed} are needed "
            f"({_CODES_A_TERM} a term, {settings.min_codes} at least): code more, or leave covariates out."
        )
    if met <= k:
        raise EstimateError(
            f"The coded comments are of {met} essay families, too few for {k} terms; code comments of more essays."
        )
    empty = repeated_term(terms, rows)
    if empty is not None:
        raise EstimateError(
            f"Among the {n} coded comments the term {empty!r} is constant or follows from the others, so the machine's "
            "errors there are unknown; code comments of that kind, merge the category, or leave it out."
        )
    if data.y.min() == data.y.max():
        found = "every" if data.y[0] else "no"
        raise EstimateError(f"By hand {found} comment has this label, so nothing can be said of what it depends on.")


def _rows(data: Equations, terms: Terms, beta: NDArray, variance: NDArray, *, level: float, df: int) -> pd.DataFrame:
    """The table's rows, in the units of the terms."""
    estimate, error = data.back @ beta, np.sqrt(np.diag(data.back @ variance @ data.back.T))
    half = special.stdtrit(df, (1 + level) / 2) * error
    return pd.DataFrame(
        {
            "term": terms.names,
            "estimate": estimate,
            "low": estimate - half,
            "high": estimate + half,
            "standard_error": error,
        }
    )


def _telling(values: NDArray) -> list[int]:
    """How many of the coded comments have not the commonest value of each term; of the intercept, all."""
    commonest = [int(np.unique(column, return_counts=True)[1].max()) for column in values.T[1:]]
    return [len(values), *(len(values) - n for n in commonest)]


def _counted(data: Equations, terms: Terms, form: str, level: float) -> pd.DataFrame:
    """The regression on machine labels; without numbers, and saying so, where it has none."""
    size = len(terms.names)
    reason = "the machine's labels with their errors; not to be cited"
    beta, variance = np.full(size, np.nan), np.full((size, size), np.nan)
    try:
        beta, fitted, bend = solve(data.z, data.hit, np.ones(len(data.hit)), form)
        variance = sandwich(data, (data.hit - fitted)[:, None] * data.z, bend)
    except UndefinedError as none:
        reason = (
            f"undefined: {none.sentence.partition(';')[0].format(term=terms.names[none.term], label='as labelled')}"
        )
    made = _rows(data, terms, beta, variance, level=level, df=max(1, data.families - size))
    return made.assign(method="counted", corrected=False, n_coded=0, n_telling=0, reason=reason)
