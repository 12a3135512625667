"""Training a label scheme on a project's codes, and reading one that was saved."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import LabelError
from analysis.records import hash_bytes
from analysis.stance import scheme_fit as sf
from analysis.stance.adapt_input import codes_of, match_rows, number_groups
from analysis.stance.features import describe_comments
from analysis.stance.model import MODEL, Linear, load_model
from analysis.stance.scheme import TAKEN, Scheme
from analysis.stance.scheme_features import Others, Pieces, count_others, describe_among, plain_text, with_titles

if TYPE_CHECKING:
    import pandas as pd

FEWEST_LABELS, MOST_LABELS = 2, 12
FEWEST_ROWS = 10  # of each label; with fewer, cross-validation cannot say anything of it
FEWEST_ESSAYS = 3
REPORT = ("figure", "value", "low", "high", "commonest", "codes", "essays")


def train_scheme(
    comments: pd.DataFrame,
    codes: pd.DataFrame | pd.Series | Mapping[str, str],
    *,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Scheme:
    """Train a classifier for labels of your own, with the features of the shipped one.

    Parameters
    ----------
    comments : DataFrame
        As for ``label_comments``; comments without a code help to see which words are common. Comments with the same
        title and essay are left out together; a column ``cluster`` decides instead where there is one.
    codes : DataFrame, Series or mapping
        Comment id to label, any two to twelve names, at least ten comments each. A column ``weight`` is not used.
    seed : int, default 0
        Of the parts and the bootstrap.
    progress : callable, optional
        Told how many parts are done, and of how many.

    Returns
    -------
    Scheme

    Raises
    ------
    LabelError
        For too few or too many labels, too few comments of one or essays, a label that is no text or would clash with
        a column, a code of a comment that is not there or coded twice.

    Notes
    -----
    A ridge-penalised multinomial logistic regression over the room's standardised features, ten on how a comment
    stands to the others (copies, words nobody else uses, lists of search words), tf-idf of runs of one or two words
    and of pieces of three to six signs. All labels weigh alike in training; a factor fitted on scores
    out of fold (Guo et al. 2017) then makes the probabilities honest. Where only an essay's title is known, the title
    stands for the essay.

    Examples
    --------
    >>> import pandas as pd
    >>> said = {"question": "Who pays for {}?", "thanks": "Thank you for {}."}
    >>> rows = [
    ...     {"id": f"{label}{n}", "parent_title": f"Essay {n % 5}", "text": text.format(f"lamp {n}")}
    ...     for label, text in said.items()
    ...     for n in range(10)
    ... ]
    >>> scheme = train_scheme(pd.DataFrame(rows), {row["id"]: row["id"][:-1] for row in rows})
    >>> new = pd.DataFrame([{"id": "x", "text": "Who mows the lawn?"}])
    >>> scheme.label(new, target_accuracy=0).loc[0, "label"]
    'question'
    """
    import pandas as pd

    said, _ = codes_of(codes)
    labels = _check_scheme(said)
    rows = with_titles(match_rows(comments))
    numbers, names, others = make_numbers(rows, said, labels)
    match_rows(comments, said)  # every code has its comment
    judged = sf.cross_validate_scheme(numbers, seed=seed, progress=progress)
    fit, scale = sf.fit_linear(numbers), sf.calibrate(judged.raw, numbers.answers)
    linear = Linear(
        np.round(scale * fit.linear.coefficients, sf.DECIMALS),
        np.round(scale * fit.linear.intercepts, sf.DECIMALS),
    )
    counts = Counter(said.values())
    facts = {"codes": len(numbers.answers), "essays": int(numbers.groups.max()) + 1}
    report = pd.DataFrame(sf.judge_scheme(judged, numbers, labels, seed=seed), columns=list(REPORT[:5])).assign(**facts)
    card = {**facts, "labels": {c: counts[c] for c in labels}, "base": features_digest()}
    if progress is not None:
        progress(1, 1)
    thresholds = sf.choose_certainties(judged.scores, numbers.answers)
    return Scheme(labels, report, names, replace(fit, linear=linear), others, thresholds, card)


def _check_scheme(said: Mapping[str, str]) -> tuple[str, ...]:
    bad = [label for label in said.values() if not isinstance(label, str) or not label.strip()]
    if bad:
        raise LabelError(f"A code is {bad[0]!r}; each code is a label's name.")
    counts = Counter(said.values())
    if not FEWEST_LABELS <= len(counts) <= MOST_LABELS:
        raise LabelError(
            f"The codes hold {len(counts)} label(s); a scheme has {FEWEST_LABELS} to {MOST_LABELS}. Join labels that "
            "are rare or alike."
        )
    few = {label: n for label, n in sorted(counts.items()) if n < FEWEST_ROWS}
    if few:
        told = ", ".join(f"{label!r} ({n})" for label, n in few.items())
        raise LabelError(f"Of {told} there are fewer than {FEWEST_ROWS} codes; code more, or join or drop the label.")
    clash = sorted(set(TAKEN) & set(counts))
    if clash:
        raise LabelError(f"A label cannot be called {clash[0]!r}, which is a column of the result; rename it.")
    return tuple(sorted(counts))


def make_numbers(
    rows: Sequence[Mapping[str, Any]], said: Mapping[str, str], labels: Sequence[str]
) -> tuple[sf.Numbers, tuple[str, ...], Others]:
    """Coded comments in numbers; the others are counted over all comments of the table."""
    texts = [plain_text(row) for row in rows]
    others = count_others(texts)
    coded = [i for i, row in enumerate(rows) if row["id"] in said]
    among = describe_among(texts, others, inside=True)[coded]
    described = describe_comments([rows[i] for i in coded], load_model().resources)
    names = tuple(sorted({n for d in described for n in d.features}))
    groups = number_groups([rows[i] for i in coded])
    if len(coded) and groups.max() + 1 < FEWEST_ESSAYS:
        raise LabelError(
            f"The coded comments stand under {groups.max() + 1} essay(s); {FEWEST_ESSAYS} are needed to see whether "
            "the scheme holds for essays it has not seen."
        )
    answers = np.array([labels.index(said[rows[i]["id"]]) for i in coded])
    raw = sf.all_features(described, names, among)
    return sf.Numbers(raw, tuple(texts[i] for i in coded), answers, groups, len(labels)), names, others


def features_digest() -> str:
    """What the features rest on: the shipped model's word counts."""
    return hash_bytes(MODEL.read_bytes())[:12]


def load_scheme(path: Path | str) -> Scheme:
    """Load a scheme that ``Scheme.save`` wrote.

    Raises
    ------
    LabelError
        If the file is missing, is no scheme, or was trained with features of another state of this package.
    """
    import pandas as pd

    source = Path(path)
    try:
        plain = json.loads(gzip.decompress(source.read_bytes()))
        fit = sf.Fit(
            np.array(plain["means"]), np.array(plain["spreads"]),
            Pieces(*(tuple(part) for part in plain["pieces"])), Linear(*map(np.array, plain["linear"])),
        )  # fmt: skip
        found = Scheme(
            labels=tuple(plain["labels"]),
            report=pd.DataFrame(plain["report"])[list(REPORT)],
            names=tuple(plain["names"]),
            fit=fit,
            others=Others(plain["others"][0], plain["others"][1]),
            thresholds=tuple((a, b) for a, b in plain["thresholds"]),
            card=plain["card"],
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise LabelError(
            f"{source.name} cannot be read as a label scheme ({type(error).__name__}: {error}); save it again, or "
            "train it again with train_scheme."
        ) from error
    if found.card.get("base") != features_digest():
        raise LabelError(
            f"{source.name} was trained with the features of another state of this package; train it again with "
            "train_scheme."
        )
    return found
