"""How exactly pages are read, beside what there is otherwise, in one run: ``python benchmarks/pages.py`` (two minutes).

Reads the open pages (../shared/benchmarks/text-pages and html-pages) and prints what the project's scoring program says
of our reading; of trafilatura's and resiliparse's, which give all comments as one text; and, on plain text, of a naive
rule, as no tool splits it. Then pages per CPU second on the same HTML pages. Without ../shared it says so and stops.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import io
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analysis.pages import page_name, read_file
from analysis.rows import page_as_json

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = SHARED / "benchmarks"
LARGEST = 20_000_000
PASSES = 3
HTML_FORMS = {"html": "html", "text": "text", "traf": "text_traf", "resi": "text_resi"}  # what was left of each page
_A_HEAD = re.compile(r"^(?=.{1,80}$).*(?:\bcomments?\b|\b(?:says|said|wrote)\b|\b20\d\d\b|\d:\d\d)", re.IGNORECASE)

Row = dict[str, Any]


def read_ours(files: Iterable[Path]) -> list[Row]:
    """Our rows, as ``python -m analysis read`` writes them."""
    rows = []
    for file in files:
        pages, _ = read_file(file.read_bytes(), path=file.name, max_bytes=LARGEST)
        rows += [page_as_json(page) for page in pages]
    return rows


def read_trafilatura(files: Iterable[Path]) -> list[Row]:
    """trafilatura's rows: the essay, and all comments as one."""
    import trafilatura

    rows = []
    for file in files:
        found = trafilatura.bare_extraction(
            gzip.decompress(file.read_bytes()), include_comments=True, with_metadata=True
        )
        rows.append(_as_one(file, (found.text if found else "") or "", (found.comments if found else "") or ""))
    return rows


def read_resiliparse(files: Iterable[Path]) -> list[Row]:
    """resiliparse's rows: the main text without comments, and as one comment what it gives beyond that with them."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    rows = []
    for file in files:
        raw = gzip.decompress(file.read_bytes())
        page = bytes_to_str(raw, detect_encoding(raw))
        essay, whole = (extract_plain_text(page, main_content=True, comments=said) for said in (False, True))
        lines = set(essay.split("\n"))
        rows.append(_as_one(file, essay, "\n".join(line for line in whole.split("\n") if line not in lines)))
    return rows


def read_naively(files: Iterable[Path]) -> list[Row]:
    """Rows of a naive rule for plain text: the first short line with a date, "says" or "comments" ends the essay."""
    rows = []
    for file in files:
        lines = file.read_text(encoding="utf-8").split("\n")
        at = next((i for i, line in enumerate(lines) if i and _A_HEAD.search(line)), len(lines))
        rows.append(_as_one(file, "\n".join(lines[:at]), "\n".join(lines[at:])))
    return rows


def _as_one(file: Path, essay: str, comments: str) -> Row:
    """A row whose comments are one text, as of a tool that does not part them."""
    said = [{"text": comments, "author": None}] if comments.strip() else []
    return {"page": page_name(file.name), "essay": essay, "comments": said}


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


def show(name: str, read: Callable[[Iterable[Path]], list[Row]], files: list[Path], kind: str, form: str) -> float:
    """Print one reader's figures on some pages; returns its pages per CPU second, of the fastest of three passes."""
    read(files[:3])  # imports and models are no part of the speed
    spent = []
    for _ in range(PASSES):  # other work on the machine only slows
        start = time.process_time()
        rows = read(files)
        spent.append(time.process_time() - start)
    speed = len(files) / min(spent)
    print(f"{name}:", score(kind, rows, form), f"pages per CPU second {speed:.0f}", flush=True)
    return speed


def main() -> int:
    """Print every table; returns 1 where the open pages are missing."""
    if not PAGES.is_dir():
        print("skipped: the open pages (../shared/benchmarks) are not here")
        return 1
    files = sorted((PAGES / "text-pages" / "pages").glob("*.txt"))
    show("text pages, ours", read_ours, files, "text", "html")
    show("text pages, a naive rule", read_naively, files, "text", "html")
    for form, folder in HTML_FORMS.items():
        files = sorted((PAGES / "html-pages" / folder).iterdir())
        ours = show(f"html pages as {form}, ours", read_ours, files, "html", form)
        if form == "html":
            for name, read in (("trafilatura", read_trafilatura), ("resiliparse", read_resiliparse)):
                peer = show(f"html pages as html, {name}", read, files, "html", form)
                print(f"ours against {name}: {ours / peer:.1f} times the pages per CPU second")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
