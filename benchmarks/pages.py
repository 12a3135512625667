"""How exactly pages are read, beside trafilatura, in one run: ``python benchmarks/pages.py`` (about a minute).

Reads the open pages (../shared/benchmarks/text-pages and html-pages) and prints what the project's scoring program says
of our reading and of trafilatura's, which gives all comments as one text; then pages per CPU second on the same HTML
pages. Without ../shared it says so and stops.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.pages import read_file
from analysis.rows import page_as_json

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "benchmarks"
LARGEST = 20_000_000
HTML_FORMS = {"html": "html", "text": "text", "traf": "text_traf"}

Row = dict[str, Any]


def read_ours(files: Iterable[Path]) -> list[Row]:
    """Our rows, as ``python -m analysis read`` writes them."""
    rows = []
    for file in files:
        pages, _ = read_file(file.read_bytes(), path=file.name, max_bytes=LARGEST)
        rows += [page_as_json(page) for page in pages]
    return rows


def read_peer(files: Iterable[Path]) -> list[Row]:
    """trafilatura's rows: the essay, and all comments as one."""
    import trafilatura

    rows = []
    for file in files:
        raw = gzip.decompress(file.read_bytes())
        found = trafilatura.bare_extraction(raw, include_comments=True, with_metadata=True)
        comments = [{"text": found.comments, "author": None}] if found and found.comments else []
        rows.append(
            {"page": file.name.split(".")[0], "essay": (found.text if found else "") or "", "comments": comments}
        )
    return rows


def score(kind: str, rows: list[Row], form: str = "html") -> dict[str, float]:
    """Figures of ../shared/score/score_pages.py for some rows, by name."""
    spec = importlib.util.spec_from_file_location("score_pages", SHARED / "score" / "score_pages.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        out.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        out.flush()
        said = io.StringIO()
        asked = ["score_pages", kind, str(PAGES / f"{kind}-pages"), out.name, "--form", form]
        before, sys.argv = sys.argv, asked
        try:
            with contextlib.redirect_stdout(said):
                program.main()
        finally:
            sys.argv = before
    lines = (line.split() for line in said.getvalue().splitlines()[1:])
    return {words[0]: float(words[1]) for words in lines}


def timed(read: Callable[[Iterable[Path]], list[Row]], files: list[Path]) -> tuple[list[Row], float]:
    """Rows, and pages per CPU second."""
    read(files[:3])  # imports and models are no part of the speed
    start = time.process_time()
    rows = read(files)
    return rows, len(files) / (time.process_time() - start)


def main() -> int:
    """Print every table; returns 1 where the open pages are missing."""
    if not PAGES.is_dir():
        print("skipped: the open pages (../shared/benchmarks) are not here")
        return 1
    print("text pages:", score("text", read_ours(sorted((PAGES / "text-pages" / "pages").glob("*.txt")))))
    for form, folder in HTML_FORMS.items():
        files = sorted((PAGES / "html-pages" / folder).iterdir())
        rows, speed = timed(read_ours, files)
        print(f"html pages as {form}:", score("html", rows, form), f"pages per CPU second {speed:.0f}")
        if form == "html":
            rows, peer = timed(read_peer, files)
            print(
                "trafilatura:",
                score("html", rows, form),
                f"pages per CPU second {peer:.0f}; ours {speed / peer:.1f} times",
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
