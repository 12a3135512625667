"""How pages without names, dates and buttons are read on sites left out of training: ``python benchmarks/headless.py``.

What ships was trained on the open pages, so ``benchmarks/pages.py`` flatters it. Here the sites are parted into five,
each part is read whole by a reader whose weights come from the other four, and the project's scoring program is asked;
twice, with other partings (four minutes). Without ../shared it says so and stops.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from unittest.mock import patch

import pages
import train_voice

from analysis.pages import headless, voice

FORMS = {"traf": "html-pages/text_traf", "resi": "html-pages/text_resi", "text": "html-pages/text"}


def read_left_out(files: Iterable[Path], weights: dict[int, voice.Weights], folds: dict[str, int]) -> list[pages.Row]:
    """Rows of some pages, each read with the weights that its site had no part in; a page not learned from with any."""
    rows = []
    for file in files:
        of_others = weights[folds.get(file.name.removesuffix(".txt"), 0)]
        with (
            patch.object(headless, "load_weights", lambda own=of_others: own),
            patch.object(voice, "load_weights", lambda own=of_others: own),
        ):
            rows += pages.read_ours([file])
    return rows


def main() -> int:
    """Print the figures of each parting; returns 1 where the open pages are missing."""
    if not pages.PAGES.is_dir():
        print("skipped: the open pages (../shared/benchmarks) are not here")
        return 1
    examples = train_voice.read_examples()
    for parting in train_voice.PARTINGS:
        fold = {one.site: zlib.crc32((parting + one.site).encode()) % train_voice.FOLDS for one in examples}
        folds = {one.page: fold[one.site] for one in examples}
        parts = range(train_voice.FOLDS)
        weights = {k: train_voice.train([one for one in examples if fold[one.site] != k]) for k in parts}
        for form, folder in FORMS.items():
            rows = read_left_out(sorted((pages.PAGES / folder).iterdir()), weights, folds)
            print(f"parting {parting}, html pages as {form}:", pages.score("html", rows, form), flush=True)
        files = sorted((pages.PAGES / "text-pages" / "pages").glob("*.txt"))
        print(f"parting {parting}, text pages:", pages.score("text", read_left_out(files, weights, folds)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
