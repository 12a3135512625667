"""What the notebook of the browser test runs: invented comments, a sample, a coding pane."""

import tomllib
from pathlib import Path

import pandas as pd

from analysis.coding import coding_pane, write_sample
from analysis.paths import PACKAGE

EVIL = (
    'Good point about the ferry. <script>window.harmed = 1</script><img src=x onerror="window.harmed = 2">'
    "<a href='javascript:window.harmed = 3'>click</a> \u202e and a turned word"
)
ESSAY = (
    "Every spring the rowing club of Lower Quay opens its doors for an afternoon, and every spring hardly anybody "
    "comes.\nThis year we asked people at the bakery why. Most had never noticed the sign; some believed that one "
    "has to own a boat; two were afraid of the geese.\nSo we moved the sign to the bakery, wrote 'boats are lent' on "
    "it, and asked the geese to keep to the north bank. They did not. But forty-one people came, and eleven have "
    "since learned to row.\nWhat I take from it: before you change what you offer, ask whether anyone knows of it. "
    "Clubs spend years polishing an afternoon that nobody has heard of. A sign costs an hour and a tin of paint."
)
TEXTS = [
    (
        "We did the same with our choir: we put the notice in the launderette, where people have time to read. "
        "Sixteen new voices in one winter, and only two of them tenors."
    ),
    EVIL,
    "Lovely story, thank you for telling it so plainly.",
    "Cheap oars and boat covers, best prices, free delivery!!!",
    "Would a sign help a village that has no bakery?",
    "שלום, we tried this in Haifa and it worked with the swimming club too.",
    "No.",
    "Exactly so. Nobody joins what nobody has heard of.",
    "Our club lends boats as well, but the insurance asked for a list of names, and then people stayed away.",
    "First!!",
    "The geese are the real question here. Ours left when we cut the grass short.",
    "Thanks, passing it on to my brother's rowing club.",
]


def make_items():
    """Twelve invented comments under an invented essay; the second tries to run as a script."""
    return pd.DataFrame(
        {
            "comment_id": [f"0123456789ab-{n:04d}" for n in range(len(TEXTS))],
            "essay_title": "A sign at the bakery",
            "essay_author": "Wendela Oosterling",
            "essay": ESSAY,
            "thread": [TEXTS[0]] + [""] * (len(TEXTS) - 2) + ["Which club would want that sign?"],
            "author": [f"Reader-{n} <b>Quillfeather</b>" for n in range(len(TEXTS))],
            "author_link": "http://rower.example/page?<script>",
            "date": "2019-05-04",
            "text": TEXTS,
            "label": "spam",  # what a machine said: the pane must not show it
        }
    )


def open_pane(folder, coder="anna", adjudicate=False):
    """The pane over the twelve comments, with its sample written first."""
    items, folder = make_items(), Path(folder)
    codebook = tomllib.loads((PACKAGE / "stance" / "codebook.toml").read_text(encoding="utf-8"))
    sample = pd.DataFrame(
        {
            "comment_id": items["comment_id"],
            "order": range(1, len(items) + 1),
            "stratum": "",
            "stratum_size": 120,
            "inclusion_probability": len(items) / 120,
        }
    )
    header = {
        "corpus": "invented", "corpus_hash": "0" * 64, "design": "simple", "seed": 1, "n": len(items),
        "population": 120, "codebook_version": codebook["version"], "code_version": "0" * 12,
    }  # fmt: skip
    write_sample(folder / "sample.jsonl", sample, header)
    return coding_pane(items, coder=coder, folder=folder, codebook=codebook, adjudicate=adjudicate)
