"""A project's own hand codes count: the shipped model is fitted to them, and it is said honestly whether that helped.

The texts the shipped model was trained on are not needed. Several ways are compared by cross-validation by essay; where
none is better by more than chance explains, the shipped model is kept.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from analysis.errors import LabelError
from analysis.records import hash_bytes, hash_settings
from analysis.stance.adapt_choice import Compared, compare_ways, gains
from analysis.stance.adapt_input import Coded, read_codes
from analysis.stance.adapt_report import make_report, say_report
from analysis.stance.adapt_ways import SHIPPED, WAYS, Material, Move
from analysis.stance.crossval import choose_thresholds
from analysis.stance.features import describe_comments
from analysis.stance.model import Linear, Rows, StanceModel, load_model, model_as_bytes, softmax

if TYPE_CHECKING:
    import pandas as pd

DECIMALS = 5  # of every fitted number; one more changes no label
MOST_TIMES = 20  # a heavy comment counts at most so many times when thresholds are chosen


@dataclass(frozen=True)
class FittedLabels:
    """A model fitted to a project's codes, and what is known about whether it is better than the shipped one.

    Attributes
    ----------
    model : StanceModel
        The one to use; the shipped one where fitting did not help.
    report : DataFrame
        One row a way and figure: ``way``; ``figure`` (accuracy, macro_f1 over the three labels; log_loss over four
        classes, lower = better); ``value``; ``gain`` over the shipped model, positive = better, with ``low`` and
        ``high`` (95 %, bootstrap by essay); ``codes``, ``essays``. The way "chosen anew in each part" is the nested
        one: quote it, the others flatter the best of them.
    chosen : str
        The way taken: "shipped" where none helped.
    facts : mapping
        Numbers the sentences and the model's card are made of.
    """

    model: StanceModel
    report: pd.DataFrame
    chosen: str
    facts: Mapping[str, Any]

    @property
    def helped(self) -> bool:
        """Whether the model is another than the shipped one."""
        return self.chosen != SHIPPED

    def say(self) -> str:
        """Whether the codes helped, by how much, how sure that is, and what to do."""
        return say_report(self.report, self.chosen, self.facts)

    def save(self, path: Path | str) -> Path:
        """Write the model to a file that ``load_model`` reads; the same fit gives the same bytes.

        It holds weights and word counts, the codes' ids and probabilities, no text and no name.
        """
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(model_as_bytes(self.model))
        return target


def fit_labels(
    comments: pd.DataFrame,
    codes: pd.DataFrame | pd.Series | Mapping[str, str],
    *,
    model: StanceModel | None = None,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> FittedLabels:
    """Fit the model to a project's own hand codes, and say whether that is better than the shipped one.

    Parameters
    ----------
    comments : DataFrame
        As for ``label_comments``. Comments with the same title and essay are left out together; a column ``cluster``
        (an essay's family, say) decides instead where there is one. Comments without a code are ignored.
    codes : DataFrame, Series or mapping
        Comment id to label: agreeing, extending, spam or none; at least 50, under five essays or more. A table has
        ``comment_id`` (or ``id``) and ``label``, and may have ``weight``: one over the comment's chance of having been
        drawn. Coded comments drawn by lot give figures for the corpus; those picked by eye speak only of their like.
    model : StanceModel, optional
        The one to start from; the shipped one by default. Not one that was fitted already.
    seed : int, default 0
        Of the parts and the bootstrap.
    progress : callable, optional
        Told how many parts of the work are done, and of how many.

    Returns
    -------
    FittedLabels

    Raises
    ------
    LabelError
        For too few codes or essays, a label outside the codebook, a code of a comment that is not there or coded
        twice, weights that are no positive numbers, and a model that was fitted already.

    Notes
    -----
    Compared, the simplest first: the shipped model; a bias a class and a scale (prior shift: Saerens, Latinne &
    Decaestecker 2002; vector scaling: Guo et al. 2017), shrunk to none; the linear part refitted with a ridge penalty
    around the shipped coefficients (Chelba & Acero 2006), in three strengths; a stack of the shipped model and one
    trained from scratch (Wolpert 1992); that one alone. By log-loss, toward the simpler where it is within half a
    standard error (after Breiman et al. 1984). The choice is repeated inside each outer part, and where it does not
    lower the log-loss there, the shipped model is kept.

    To estimate shares with the same codes, give coded comments the out-of-fold probabilities that the model keeps in
    its card (``use_out_of_fold``; the pipeline does so): predictions of comments a model was fitted on flatter it, and
    correct too little.

    Examples
    --------
    >>> import pandas as pd
    >>> fit_labels(pd.DataFrame({"id": ["a"], "text": ["Thank you."]}), {"a": "agreeing"})
    Traceback (most recent call last):
    ...
    analysis.errors.LabelError: 1 coded comment(s) are too few to fit the model to; 50 are needed. Code more, or go on \
with the shipped model.
    """
    base = model or load_model()
    if "adapted" in base.card:
        raise LabelError("This model was fitted to codes already; start from the shipped one, with all codes at once.")
    coded = read_codes(comments, codes)
    rows = base.rows(describe_comments(coded.rows, base.resources))
    material = _material(base, rows, coded)
    compared = compare_ways(material, seed=seed, progress=progress)
    measured = gains(compared.nested, material, seed=seed)
    took = compared.chosen if measured["log_loss"][1] > 0 else SHIPPED
    facts = _facts(coded, compared, took, base)
    report = make_report(compared, material, measured, seed=seed)
    fitted = _fitted(base, (rows, material, coded), compared, took, facts) if took != SHIPPED else base
    return FittedLabels(fitted, report, took, facts)


def digest_model(data: bytes) -> str:
    """Twelve digits for what a model's file holds, however it was packed: zlib packs otherwise on another machine."""
    return hash_bytes(gzip.decompress(data))[:12]


def _material(base: StanceModel, rows: Rows, coded: Coded) -> Material:
    likeness = rows.standard @ rows.standard.T + (rows.runs @ rows.runs.T).toarray()
    return Material(base.scores(rows), likeness, coded.answers, coded.weights, coded.groups)


def _facts(coded: Coded, compared: Compared, took: str, base: StanceModel) -> dict[str, Any]:
    """What is said about a fit, as plain data."""
    return {
        "codes": len(coded.ids),
        "essays": int(coded.groups.max()) + 1,
        "labels": dict(sorted(Counter(coded.labels).items())),
        "weighted": bool(np.ptp(coded.weights) > 0),
        "way": took,
        "best": compared.chosen,
        "took": dict(sorted(Counter(compared.took).items())),
        "digest": hash_settings([coded.ids, coded.labels, coded.weights.round(6).tolist()])[:12],
        "base": digest_model(model_as_bytes(base)),
    }


def _fitted(
    base: StanceModel, given: tuple[Rows, Material, Coded], compared: Compared, took: str, facts: Mapping[str, Any]
) -> StanceModel:
    """The model moved by the way taken, with thresholds and probabilities from fits without each comment's essay."""
    rows, material, coded = given
    k = compared.ways.index(took)
    held_out = compared.scores[k]
    move = WAYS[k].fit(material)
    times = np.clip(np.round(material.weights / material.weights.min()), 1, MOST_TIMES).astype(int)
    again = np.repeat(np.arange(len(times)), times)
    chances = softmax(held_out).round(DECIMALS)
    own = {**facts, "out_of_fold": dict(zip(map(str, coded.ids), chances.tolist(), strict=True))}
    return replace(
        apply_move(base, move, rows),
        thresholds=choose_thresholds(held_out[again], material.answers[again]),
        card={**base.card, "adapted": own},
    )


def apply_move(base: StanceModel, move: Move, rows: Rows) -> StanceModel:
    """The model whose scores are the moved ones of the base.

    Parameters
    ----------
    base : StanceModel
    move : Move
    rows : Rows
        The comments the move was fitted on.
    """
    change = sparse.hstack([sparse.csr_matrix(rows.standard), rows.runs]).T @ move.dual
    if move.scale == 0:  # nothing of the base is left but its features
        linear = Linear(np.round(change, DECIMALS), np.zeros(len(move.bias)))
        bias = np.round(move.bias, DECIMALS)
        return replace(base, label_model=linear, tree_weight=0.0, piece_weight=0.0, temperature=1.0, bias=bias)
    temperature = base.temperature / move.scale
    share = temperature / (1 - base.tree_weight)  # undoes what the model does to its linear part's scores
    coefficients = np.round(base.label_model.coefficients + share * change, DECIMALS)
    return replace(
        base,
        label_model=replace(base.label_model, coefficients=coefficients),
        temperature=temperature,
        bias=np.round(move.scale * base.bias + move.bias, DECIMALS),
    )
