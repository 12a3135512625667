"""A made-up corpus whose essays speak of doing to or doing with in known shares, and the table of test sentences."""

import csv
import random
from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent
SUBJECTS = [
    "The harbour froze and the boats lay in the ice until the thaw.",
    "Bread rises slowly when the kitchen is cold and the flour is old.",
    "The clock in the tower lost four minutes every winter.",
    "Bees swarm in May and settle on the oldest pear tree.",
    "The ferry leaves the quay at noon and crosses the bay.",
    "A good saw needs oil, a straight eye and a sharp file.",
]


def sentences(half):
    """Rows of ``sentences_seen.tsv`` or ``sentences_blind.tsv``: counted, apart, sentence."""
    with (HERE / f"sentences_{half}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def planted_texts(essays=12, planted=8):
    """Essays on six subjects; from the first to the last ever more of their planted sentences speak of doing with."""
    rng = random.Random(7)
    pool = {
        pole: [r["sentence"] for r in sentences("seen") if (r["counted"], r["apart"]) == (pole, "")]
        for pole in ("to", "with")
    }
    rows = []
    for essay in range(essays):
        share = essay / (essays - 1)
        poles = ["with" if place < round(planted * share) else "to" for place in range(planted)]
        for number in range(planted // 2):
            said = [rng.choice(pool[pole]) for pole in poles[2 * number : 2 * number + 2]]
            text = " ".join([SUBJECTS[(essay + number) % len(SUBJECTS)], *said])
            rows.append((f"e{essay:02d}", f"e{essay:02d}-{number:04d}", text))
    return pd.DataFrame(rows, columns=["doc_id", "paragraph_id", "text"])
