"""How much planted spam is found inside essays, and how often an honest paragraph is taken for it.

Run ``python benchmarks/injected.py`` (a quarter of a minute). At run time each spam paragraph of ``injected_spam.toml``
is planted into essays: a short one of our own in its language and, where ../shared is there, news articles, blog posts
and web pages. The same essays without it, and with an honest aside off their subject (a book tip, a recipe, an advert
for the author's own talk), show the false alarms.
"""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.pages import read_file
from analysis.pages.injected import injected_lines

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared" / "benchmarks"
LEAST_PARAGRAPHS, MOST_PARAGRAPHS = 5, 60  # of a host
HOSTS = 40  # essays in which each paragraph is planted
LINKED = 0.5  # share of the planted paragraphs that carry an address
SEED = 3
LARGEST = 20_000_000  # bytes of a page

Lines = list[str]
_SLOT = re.compile(r"\{([^{}]*)\}")


def spin(text: str, rng: random.Random) -> str:
    """A copy of a template with each slot filled by one of its variants.

    Examples
    --------
    >>> spin("{Buy|Buy} now", random.Random(1))
    'Buy now'
    """
    return _SLOT.sub(lambda slot: rng.choice(slot[1].split("|")), text)


def read_hosts() -> dict[str, list[Lines]]:
    """Essays by set: news, blog posts, web pages in English and in other languages; empty without ../shared."""
    found: dict[str, list[Lines]] = {"news": [], "blogs": [], "web, en": [], "web, other": []}
    if not SHARED.is_dir():
        return found
    found["news"] = [list(row["paragraphs"]) for row in _rows(SHARED / "topics" / "bbc-articles.jsonl")]
    found["blogs"] = [_paragraphs(row["text"]) for row in _rows(SHARED / "comments" / "blogs-posts.jsonl")]
    for file in sorted((SHARED / "html-pages" / "html").iterdir()):
        pages, _ = read_file(file.read_bytes(), path=file.name, max_bytes=LARGEST)
        for page in pages:
            found["web, en" if page.language == "en" else "web, other"].append(_paragraphs(page.essay))
    return {
        name: [lines for lines in essays if LEAST_PARAGRAPHS <= len(lines) <= MOST_PARAGRAPHS]
        for name, essays in found.items()
    }


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _paragraphs(text: str) -> Lines:
    return [line.strip() for line in text.split("\n") if line.strip()]


def share_flagged(paragraphs: Sequence[str], hosts: Sequence[Lines], rng: random.Random) -> tuple[float, list[str]]:
    """Share of the plantings that are flagged, and the paragraphs that are flagged less than half the time."""
    hits, missed = [], []
    for paragraph in paragraphs:
        of_this = []
        for host in rng.sample(list(hosts), min(HOSTS, len(hosts))):
            text = spin(paragraph, rng)
            if rng.random() < LINKED:
                text += " http://www.example.org/offer"
            at = rng.randrange(len(host) + 1)
            of_this.append(at in injected_lines([*host[:at], text, *host[at:]]))
        hits += of_this
        if sum(of_this) * 2 < len(of_this):
            missed.append(paragraph)
    return round(sum(hits) / max(len(hits), 1), 3), missed


def share_alarmed(hosts: Sequence[Lines]) -> float:
    """Share of the essays without planted spam in which a paragraph is flagged."""
    return sum(bool(injected_lines(lines)) for lines in hosts) / max(len(hosts), 1)


def measure(show: Callable[[str], None]) -> None:
    """Show recall and false alarms by language and by host."""
    texts = tomllib.loads((HERE / "injected_spam.toml").read_text(encoding="utf-8"))
    hosts = read_hosts()
    rng = random.Random(SEED)
    for language, own in texts.items():
        sets = {"own essay": [own["essay"]] * HOSTS, **hosts}
        for name, essays in sets.items():
            if essays:
                row: dict[str, object] = {"language": language, "hosts": name}
                missed: Lines = []
                for kind in ("spam", "unseen", "honest"):
                    row[kind], rarely = share_flagged(own[kind], essays, rng)
                    missed += rarely if kind != "honest" else []
                show(json.dumps(row | {"missed": [text[:40] for text in missed]}, ensure_ascii=False))
    for name, essays in hosts.items():
        if essays:
            show(json.dumps({"hosts": name, "essays": len(essays), "alarmed": round(share_alarmed(essays), 4)}))


if __name__ == "__main__":
    measure(print)
