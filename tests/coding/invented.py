"""Invented items, samples and codebooks for the tests of the coding room."""

import json

import pandas as pd

CODEBOOK = {
    "version": "7",
    "unit": "One comment.",
    "order": ["spam", "extending", "agreeing", "none"],
    "labels": {name: {"meaning": f"What {name} means."} for name in ("spam", "extending", "agreeing", "none")},
    "positions": {"for": "It backs the essay.", "against": "It disputes it.", "unclear": "Neither."},
}
HEADER = {
    "corpus": "invented",
    "corpus_hash": "a" * 64,
    "design": "simple",
    "seed": 1,
    "n": 4,
    "population": 40,
    "codebook_version": "7",
    "code_version": "b" * 12,
}


def make_sample(n=4, population=40):
    """A simple sample of n comments, c00 last in coding order."""
    return pd.DataFrame(
        {
            "comment_id": [f"c{i:02d}" for i in range(n)],
            "order": list(range(n, 0, -1)) if n == 4 else list(range(1, n + 1)),
            "stratum": "",
            "stratum_size": population,
            "inclusion_probability": n / population,
        }
    )


def make_items(n=4):
    """Comments to code, with a column of machine labels that no coder may see."""
    return pd.DataFrame(
        {
            "comment_id": [f"c{i:02d}" for i in range(n)],
            "essay_title": "On ferries",
            "essay": "Ferries are slow.\nThat is their use.",
            "thread": [None, "An older comment.", ["First.", "Second."], float("nan")][:n],
            "author": [None, "Ottoline Brask", "", "B"][:n],
            "text": [f"Text {i} <script>alert({i})</script>" for i in range(n)],
            "label": "spam",
        }
    )


def make_event(comment_id="c00", coder="anna", label="spam", **more):
    """One event as the pane writes it."""
    return {"comment_id": comment_id, "coder": coder, "label": label, **more}


def write_lines(path, *rows):
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
