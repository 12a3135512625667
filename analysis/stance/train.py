"""Train a model anew: ``python -m analysis.stance.train GOLD.jsonl`` writes the model, its card, and the predictions
behind the card. ``--more CODED.jsonl`` adds comments that are learned from too, but on which no figure is measured.

The same files, code and package versions give the same bytes. Training takes some minutes, nearly all of them for the
cross-validation behind the card. How the shipped model was trained: ``benchmarks/train_stance.py``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import BelowTheLineError, LabelError
from analysis.records import hash_bytes
from analysis.stance.calibrate import fit_calibration
from analysis.stance.card import make_card, write_card
from analysis.stance.crossval import OutOfFold, choose_thresholds, cross_validate, figures_of
from analysis.stance.fit import Recipe, check_gold, fit_model
from analysis.stance.held_out import HELD_OUT, held_out_table
from analysis.stance.model import MODEL, StanceModel, model_as_bytes

CARD = "MODEL_CARD.md"


def read_gold(data: bytes) -> list[dict[str, Any]]:
    """Coded comments from the bytes of a JSON-lines file.

    Raises
    ------
    LabelError
        If a line is no JSON object.
    """
    rows = []
    for number, line in enumerate(data.decode("utf-8", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise LabelError(
                f"Line {number} of the coded comments is no JSON ({error}); write one object a line."
            ) from error
        if not isinstance(row, dict):
            raise LabelError(
                f"Line {number} of the coded comments is no object, found {type(row).__name__}; write one a line."
            )
        rows.append(row)
    return rows


def train_model(
    data: bytes, recipe: Recipe | None = None, *, more: Sequence[Mapping[str, Any]] = ()
) -> tuple[StanceModel, OutOfFold]:
    """Train, calibrate and measure a model on the bytes of a gold file; the card is inside, its predictions beside.

    What is in ``more`` is learned from like the gold, and left out with its blog; all figures are those on the gold.
    """
    chosen, rows = recipe or Recipe(), read_gold(data)
    check_gold(rows)
    if more:
        check_gold(more)
    found = cross_validate(rows, chosen, more=more)
    divisor, bias = fit_calibration(found.scores, found.answers)
    thresholds = choose_thresholds(found.scores / divisor + bias, found.answers)
    card = make_card(rows, digest=hash_bytes(data), figures=figures_of(found), recipe=chosen, more=more)
    model = fit_model([*rows, *more], chosen)
    return replace(model, temperature=divisor, bias=bias, thresholds=thresholds, card=card), found


def write_model(model: StanceModel, found: OutOfFold, output: Path = MODEL) -> None:
    """Write a model, and its card and held-out predictions beside it."""
    output.write_bytes(model_as_bytes(model))
    predictions = held_out_table(found).to_csv(index=False, lineterminator="\n")
    output.with_name(HELD_OUT.name).write_text(predictions, encoding="utf-8")
    output.with_name(CARD).write_text(write_card(model.card, model.codebook_version), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0, or 2 with a sentence on standard error."""
    ask = argparse.ArgumentParser(prog="python -m analysis.stance.train", description="Train the comment classifier.")
    ask.add_argument("gold", type=Path, help="coded comments, one JSON object a line")
    ask.add_argument("--more", type=Path, help="further coded comments that are only learned from, in the same form")
    ask.add_argument("-o", "--output", type=Path, default=MODEL, help="the model's file; the card is written beside it")
    given = ask.parse_args(arguments)
    try:
        more = read_gold(given.more.read_bytes()) if given.more else ()
        write_model(*train_model(given.gold.read_bytes(), more=more), given.output)
    except (BelowTheLineError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
