"""Train the shipped comment classifier: gathers every coded comment, trains, measures, and writes model and card.

Run ``python benchmarks/train_stance.py`` (some ten minutes on a free core); the same inputs give the same bytes. The
figures on the card are those on the open gold, each blog left out in turn. Learned from beside the gold, and left out
with their blog where they have one:

* ``training/blogs_codes.csv``: codes for the unlabelled comments of the same blogs, by the hash of their ids;
* ``training/pages_codes.csv``: codes for comments that our own readers find on the open text and web pages, by the hash
  of page and comment, so that a comment read otherwise is left out rather than miscoded;
* ``training/written.jsonl`` and ``written_essays.jsonl``: comments and essays written for this project, for what is
  rare in the rest.

The codes were given twice, blind to each other, by language models reading comment by comment by the codebook; none
stands where both passes disagreed and neither or both were sure. Without ../shared the program says so and stops.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.records import hash_bytes
from analysis.stance.model import MODEL
from analysis.stance.train import read_gold, train_model, write_model

SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
GOLD = SHARED / "comments" / "blogs-gold.jsonl"
CODES = Path(__file__).with_name("training")
PAGES = {"html": SHARED / "html-pages" / "html", "text": SHARED / "text-pages" / "pages"}
HASH_DIGITS = 16  # of a SHA-256
BLOGS = "unlabelled comments of the same blogs, coded twice by language models"
OTHERS = "comments of other pages as our readers find them, coded twice by language models"
WRITTEN_WEIGHT = 0.3  # of a comment written for this project beside one found: they are hard cases, not the common run
WRITTEN = "comments written for this project"


def read_more() -> list[dict[str, Any]]:
    """Every coded comment beside the gold, in the form of the gold, with a ``source`` in words."""
    return [*_blogs(), *_pages(), *_written()]


def _codes(name: str) -> dict[str, dict[str, Any]]:
    """Codes by the hash of what they belong to; neither blogs nor pages are named in the project."""
    with (CODES / name).open(encoding="utf-8", newline="") as file:
        return {
            row["comment"]: {"label": row["label"], "position": row["position"], "sure": row["sure"] == "1"}
            for row in csv.DictReader(file)
        }


def _hash(text: str) -> str:
    return hash_bytes(text.encode())[:HASH_DIGITS]


def _blogs() -> Iterator[dict[str, Any]]:
    codes = _codes("blogs_codes.csv")
    for row in read_gold((SHARED / "comments" / "blogs-unlabelled.jsonl").read_bytes()):
        if code := codes.get(_hash(row["id"])):
            yield {**row, **code, "blog": row["id"].rpartition("/")[0], "source": BLOGS}


def _pages() -> Iterator[dict[str, Any]]:
    codes = _codes("pages_codes.csv")
    for kind, folder in PAGES.items():
        for page in _read(folder):
            name = f"{kind}/{page['page']}"
            for comment in page["comments"]:
                text = comment["text"].strip()
                key = _hash(f"{name}\n{text}")
                if code := codes.pop(key, None):
                    yield {
                        **code, "id": f"{name}#{key}", "blog": name, "post_id": name, "source": OTHERS,
                        "parent_title": page["title"], "parent_text": page["essay"], "text": text,
                        "author": comment["author"], "author_url": comment["author_link"],
                        "reply_to_text": _answered(page, comment),
                    }  # fmt: skip


def _read(folder: Path) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "pages.jsonl"
        command = [sys.executable, "-m", "analysis", "read", str(folder), "-o", str(output)]
        subprocess.run(command, check=True, capture_output=True)
        return read_gold(output.read_bytes())


def _answered(page: dict[str, Any], comment: dict[str, Any]) -> str | None:
    return None if comment["reply_to"] is None else page["comments"][comment["reply_to"]]["text"]


def _written() -> Iterator[dict[str, Any]]:
    essays = {e["post_id"]: e for e in read_gold((CODES / "written_essays.jsonl").read_bytes())}
    for row in read_gold((CODES / "written.jsonl").read_bytes()):
        yield {**essays[row["post_id"]], **row, "blog": row["post_id"], "source": WRITTEN, "weight": WRITTEN_WEIGHT}


def main() -> int:
    """Train and write; returns 0, or 1 where the gold is missing."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("-o", "--output", type=Path, default=MODEL, help="the model's file; the card is written beside it")
    given = ask.parse_args()
    if not GOLD.exists():
        print("skipped: the open benchmark (../shared/benchmarks/comments/blogs-gold.jsonl) is not here")
        return 1
    model, found = train_model(GOLD.read_bytes(), more=read_more())
    write_model(model, found, given.output)
    print(json.dumps(model.card["figures"], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
