"""The model card: what the model was trained on, how good it is on unseen blogs, and where it must not be trusted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from analysis.records import package_versions
from analysis.stance.fit import Recipe

LIMITS = (
    "English only. A longer comment in another language gets no label.",
    "The training comments stand under blogs of 2003 to 2024, mostly on software; newspapers are another world.",
    "The coders were machines following the codebook twice; figures against people would be less kind.",
    "The word lists and settings were chosen with the training comments in view, which flatters the figures a little.",
    "Under blogs not about software it is weaker, above all in telling agreeing from extending.",
    "Spam is seen by who signs and where the link leads. Without name and address it is often missed.",
    "Irony, quotation and comments that answer another one are read word by word, not understood.",
    "The position is the weakest part; against is found least often.",
    "Do not count labels to get shares: estimate them from the probabilities and a sample coded by hand.",
)


def make_card(
    rows: Sequence[Mapping[str, Any]],
    *,
    digest: str,
    figures: Mapping[str, float],
    recipe: Recipe,
    more: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """All that MODEL_CARD.md says, as plain data.

    Parameters
    ----------
    rows : sequence of mapping
        The coded comments.
    digest : str
        SHA-256 of the file they came from.
    figures : mapping of str to float
        Out-of-fold figures of ``crossval.figures_of``.
    recipe : Recipe
    more : sequence of mapping
        Further coded comments that were learned from and not predicted; ``source`` says in words where they are from.
    """
    versions = package_versions(("numpy", "scikit-learn", "scipy"))
    return {
        "data": {
            "sha256": digest,
            "comments": len(rows),
            "blogs": len({r["blog"] for r in rows}),
            "essays": len({r["post_id"] for r in rows}),
            "labels": dict(sorted(Counter(r["label"] for r in rows).items())),
            "positions": dict(sorted(Counter(r["position"] for r in rows).items())),
            "more": dict(sorted(Counter(r.get("source") or "further comments" for r in more).items())),
        },
        "figures": {k: round(v, 4) for k, v in sorted(figures.items())},
        "recipe": asdict(recipe),
        "versions": versions,
        "limits": list(LIMITS),
    }


def write_card(card: Mapping[str, Any], codebook_version: str) -> str:
    """The card as a page of Markdown."""
    data, figures = card["data"], card["figures"]
    labels = ", ".join(f"{n} {label}" for label, n in data["labels"].items())
    about = (
        f"**Data**: {data['comments']} comments under {data['essays']} essays of {data['blogs']} blogs ({labels}), "
        f"from a file with SHA-256 `{data['sha256']}`. "
        f"{_more(data.get('more', {}))}The model keeps word counts and weights, no text and no commenter's name."
    )
    table = [f"| {name} | {figures[key]:.3f} |" for key, name in _ROWS.items()]
    recipe = ", ".join(f"{k} {v}" for k, v in sorted(card["recipe"].items()))
    versions = ", ".join(f"{k} {v}" for k, v in sorted(card["versions"].items()))
    lines = ["# Model card: agreeing, extending, spam", "", _WRITTEN, ""]
    lines += [f"**Meaning of the labels**: codebook {codebook_version} (`analysis/stance/codebook.toml`).", ""]
    lines += [
        about,
        "",
        _MODEL,
        "",
        "## Figures on blogs left out",
        "",
        _FIGURES,
        "",
        "| figure | value |",
        "|---|---|",
    ]
    lines += [*table, "", "## Limits", "", *(f"- {limit}" for limit in card["limits"]), "", "## Recipe", ""]
    lines += [f"{recipe}.", "", f"Trained with {versions}.", ""]
    return "\n".join(lines)


def _more(sources: Mapping[str, int]) -> str:
    """A sentence on the further comments, or nothing."""
    told = "; ".join(f"{n} {source}" for source, n in sources.items())
    return f"Also learned from, but never measured on, are {told}. " if told else ""


_WRITTEN = "Written by `python benchmarks/train_stance.py`; do not edit by hand."
_MODEL = (
    "**Model**: named features and short runs of words in a ridge-penalised logistic regression, boosted trees over "
    "the features, and a logistic regression over pieces of words, put together on the log scale; a divisor and a bias "
    "for each class make the probabilities honest; a fourth class, none, makes it abstain."
)
_FIGURES = (
    "Each blog left out in turn, the largest in five parts by essay; calibration and threshold come from the other "
    "parts too. F1, accuracy and calibration error over the three labels; the last three at a target accuracy of .9."
)
_ROWS = {
    "macro_f1": "macro-F1 of the three labels",
    "f1_agreeing": "F1 agreeing",
    "f1_extending": "F1 extending",
    "f1_spam": "F1 spam",
    "accuracy": "accuracy",
    "acc_at_80": "accuracy on the surest 80 %",
    "ece": "expected calibration error",
    "position_accuracy": "accuracy of the position",
    "coverage": "share that gets a label",
    "covered_acc": "accuracy of the labels given",
    "none_abstained": "share of none left without a label",
}
