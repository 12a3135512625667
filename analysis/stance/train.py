"""Train the shipped model anew: ``python -m analysis.stance.train GOLD.jsonl`` writes the model, its card, and the
predictions behind the card.

The same gold, code and package versions give the same bytes. Training takes about two minutes, nearly all of it for
the cross-validation behind the card.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.errors import BelowTheLineError, LabelError
from analysis.records import hash_bytes
from analysis.stance.card import make_card, write_card
from analysis.stance.crossval import OutOfFold, choose_thresholds, cross_validate, figures_of
from analysis.stance.fit import Recipe, check_gold, fit_model, fit_temperature
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


def train_model(data: bytes, recipe: Recipe | None = None) -> tuple[StanceModel, OutOfFold]:
    """Train, calibrate and measure a model on the bytes of a gold file; the card is inside, its predictions beside."""
    chosen, rows = recipe or Recipe(), read_gold(data)
    check_gold(rows)
    found = cross_validate(rows, chosen)
    temperature = fit_temperature(found.scores, found.answers)
    thresholds = choose_thresholds(found.scores / temperature, found.answers)
    card = make_card(rows, digest=hash_bytes(data), figures=figures_of(found), recipe=chosen)
    return replace(fit_model(rows, chosen), temperature=temperature, thresholds=thresholds, card=card), found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns 0, or 2 with a sentence on standard error."""
    ask = argparse.ArgumentParser(prog="python -m analysis.stance.train", description="Train the comment classifier.")
    ask.add_argument("gold", type=Path, help="coded comments, one JSON object a line")
    ask.add_argument("-o", "--output", type=Path, default=MODEL, help="the model's file; the card is written beside it")
    given = ask.parse_args(arguments)
    try:
        model, found = train_model(given.gold.read_bytes())
    except (BelowTheLineError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    given.output.write_bytes(model_as_bytes(model))
    predictions = held_out_table(found).to_csv(index=False, lineterminator="\n")
    given.output.with_name(HELD_OUT.name).write_text(predictions, encoding="utf-8")
    given.output.with_name(CARD).write_text(write_card(model.card, model.codebook_version), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
