"""Other label schemes with the same features: disagreeing, question, thanks, or whatever a project codes.

Not a rival of the shipped model for agreeing, extending and spam: for those labels ``fit_labels`` starts from more.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.errors import LabelError
from analysis.stance import scheme_fit as sf
from analysis.stance.adapt_input import match_rows
from analysis.stance.explain import GROUPS, WORDING
from analysis.stance.features import Described, describe_comments
from analysis.stance.model import load_model, softmax
from analysis.stance.scheme_features import NAMES, Others, describe_among, plain_text, with_titles

if TYPE_CHECKING:
    import pandas as pd

BATCH = 512  # comments in memory as numbers at once
MOST_EVIDENCE, LEAST_EVIDENCE = 5, 0.05
TAKEN = ("id", "label", "reason", "evidence")  # columns of what ``label`` gives


@dataclass(frozen=True)
class Scheme:
    """A trained label scheme.

    Attributes
    ----------
    labels : tuple of str
        Sorted.
    report : DataFrame
        ``figure`` (accuracy, macro_f1, f1 of each label, log_loss, calibration_error), ``value`` by cross-validation
        by essay, ``low`` and ``high`` (95 %, bootstrap by essay), ``commonest`` (what always the commonest label
        gives), ``codes``, ``essays``.
    names : tuple of str
        Room features used.
    fit : Fit
        The linear model, calibrated.
    others : Others
        Word counts of the comments it was trained among.
    thresholds : tuple of (float, float)
        Target accuracy, and the chance of the likeliest label from which comments left out reached it.
    card : mapping
    """

    labels: tuple[str, ...]
    report: pd.DataFrame = field(compare=False)
    names: tuple[str, ...]
    fit: sf.Fit
    others: Others
    thresholds: tuple[tuple[float, float], ...]
    card: Mapping[str, Any]

    def label(
        self,
        comments: pd.DataFrame,
        *,
        target_accuracy: float = 0.9,
        progress: Callable[[int], None] | None = None,
    ) -> pd.DataFrame:
        """Label a table of comments.

        Parameters
        ----------
        comments : DataFrame
            As for ``label_comments``; give a corpus as one table, for texts that stand in it twice are noticed.
        target_accuracy : float, default 0.9
            Share of the labels given that is to be right; 0 labels every comment that has a text.
        progress : callable, optional
            Called with the number of comments done so far.

        Returns
        -------
        DataFrame
            Sorted by id: ``id``; ``label`` or None; one column of probabilities a label, summing to 1; ``reason`` why
            there is no label, else None; ``evidence``, the weightiest first.

        Raises
        ------
        LabelError
            For missing columns, an id missing or twice, and a target that is no share.
        """
        import pandas as pd

        certain = self._certain(target_accuracy)
        rows = with_titles(match_rows(comments))
        texts = [plain_text(row) for row in rows]
        among = describe_among(texts, self.others, inside=False)
        resources = load_model().resources
        done: list[dict[str, Any]] = []
        for start in range(0, len(rows), BATCH):
            part = slice(start, start + BATCH)
            described = describe_comments(rows[part], resources)
            done += _label_batch(self, (rows[part], texts[part], described), among[part], certain)
            if progress is not None:
                progress(len(done))
        columns = ("id", "label", *self.labels, "reason", "evidence")
        return pd.DataFrame(
            {c: pd.Series([r[c] for r in done], dtype="float64" if c in self.labels else object) for c in columns}
        )

    def _certain(self, target: float) -> float:
        if not 0 <= target <= 1:
            raise LabelError(f"The accuracy aimed at is a share from 0 to 1, found {target}; 0.9 is a good start.")
        if target < self.thresholds[0][0]:
            return 0.0
        return next((chance for at, chance in self.thresholds if at >= target - 1e-9), 1.0)

    def save(self, path: Path | str) -> Path:
        """Write the scheme to a file that ``load_scheme`` reads; the same scheme gives the same bytes.

        It holds words and pieces of words of the coded comments: treat it like them.
        """
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(scheme_as_bytes(self))
        return target


def _label_batch(
    scheme: Scheme,
    batch: tuple[Sequence[Mapping[str, Any]], Sequence[str], Sequence[Described]],
    among: np.ndarray,
    certain: float,
) -> list[dict[str, Any]]:
    rows, texts, described = batch
    raw = sf.all_features(described, scheme.names, among)
    standard, pieces = scheme.fit.standard(raw), scheme.fit.pieces.matrix(texts)
    chances = softmax(scheme.fit.linear.scores(standard, pieces))
    out = []
    for i, row in enumerate(rows):
        empty = not texts[i]
        shares = np.full(len(scheme.labels), 1 / len(scheme.labels)) if empty else chances[i]
        order = shares.argsort()[::-1]
        first, second = scheme.labels[order[0]], scheme.labels[order[1]]
        sure = not empty and shares[order[0]] >= certain
        reason = None if sure else f"too unsure: {first} {shares[order[0]]:.2f}, {second} {shares[order[1]]:.2f}"
        out.append({
            "id": row["id"], "label": first if sure else None,
            **{c: float(p) for c, p in zip(scheme.labels, shares, strict=True)},
            "reason": "the comment is empty" if empty else reason,
            "evidence": [] if empty else _evidence(scheme, standard[i], pieces[i], int(order[0])),
        })  # fmt: skip
    return out


def _evidence(scheme: Scheme, standard: np.ndarray, pieces: Any, chosen: int) -> list[str]:
    """The features and runs of words that spoke most for a label against the mean of the others."""
    weights = scheme.fit.linear.coefficients
    others = [k for k in range(weights.shape[1]) if k != chosen]
    gap = weights[:, chosen] - weights[:, others].mean(axis=1)
    n, runs = len(standard), len(scheme.fit.pieces.runs)
    found = []
    for j in np.flatnonzero(standard * gap[:n] > LEAST_EVIDENCE):
        found.append((standard[j] * gap[j], _wording((*scheme.names, *NAMES)[j], standard[j] > 0)))
    for j, value in zip(pieces.indices, pieces.data, strict=True):
        if j < runs and value * gap[n + j] > LEAST_EVIDENCE:
            found.append((value * gap[n + j], f'"{scheme.fit.pieces.runs[j]}"'))
    found.sort(key=lambda item: (-item[0], item[1]))
    return list(dict.fromkeys(phrase for _, phrase in found if phrase))[:MOST_EVIDENCE]


def _wording(name: str, high: bool) -> str:
    """A feature in words."""
    group = name.partition(": ")[2]
    if group in GROUPS:
        return GROUPS[group] if high else ""
    more, less = WORDING.get(name, (name, f"little: {name}"))
    return more if high else less


def scheme_as_bytes(scheme: Scheme) -> bytes:
    fit = scheme.fit
    plain = {
        "scheme": 1,
        "labels": scheme.labels,
        "report": scheme.report.to_dict("list"),
        "names": scheme.names,
        "means": fit.means.tolist(),
        "spreads": fit.spreads.tolist(),
        "pieces": [fit.pieces.runs, fit.pieces.run_idf, fit.pieces.pieces, fit.pieces.piece_idf],
        "linear": [fit.linear.coefficients.tolist(), fit.linear.intercepts.tolist()],
        "others": [scheme.others.texts, dict(scheme.others.frequency)],
        "thresholds": scheme.thresholds,
        "card": scheme.card,
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), mtime=0)
