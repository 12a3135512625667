"""Throw broken files at a reader for some minutes: ``python benchmarks/fuzz_readers.py --reader html --minutes 10``.

Seeds are pages written here and, where ../shared is there, its open pages and export files; each is cut, spliced,
repeated and sown with what readers stumble over. An input that gives a new kind of answer becomes a seed itself. Every
answer must keep the rules in ``check``; what breaks one is kept in the folder named by ``--keep``, made small, and the
run ends with 1.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from fuzz_inputs import MOST_SEEDS, mutate, seeds_for

from analysis.pages import page_name, read_file
from analysis.rows import page_as_json, page_from_json
from analysis.types import Page

LARGEST = 2_000_000  # bytes a page; a mutated input stays far below
SECONDS = 5.0  # of CPU time: a real page of this length takes a fifth of a second
SHRINK_TRIES = 150

_NAMES = {"html": "a.html", "plain_text": "a.txt", "wordpress": "a.xml", "blogger": "a.xml", "disqus": "a.xml",
          "convokit": "utterances.jsonl", "packed": "a.zip"}  # fmt: skip
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:\d\d)?)?)?)?")


def check(raw: bytes, path: str) -> tuple[str, ...]:
    """Read a file and hold the answer to every rule; what came out, in short, or an AssertionError.

    The rules: nothing is raised; there are pages or a reason; spans lie in the text and tell the essay; nobody answers
    himself, directly or around; dates are ISO 8601; the row can be written as UTF-8 and read back; twice gives the
    same.
    """
    begin = time.process_time()
    pages, skipped = read_file(raw, path=path, max_bytes=LARGEST)
    spent = time.process_time() - begin
    assert spent <= SECONDS, f"{spent:.1f} s of CPU time"
    assert pages or skipped, "neither a page nor a reason"
    assert all(row.reason and row.page == page_name(path) for row in skipped), (
        "a file was skipped without reason or name"
    )
    names = [
        page.page for page in pages if page.page.startswith(f"{page_name(path)}#")
    ]  # not of a corpus written by us
    assert len(set(names)) == len(names), "two pages of one file have one name"
    for page in pages:
        _check_page(page)
    assert (pages, skipped) == read_file(raw, path=path, max_bytes=LARGEST), "the second time gives another answer"
    return _kind_of_answer(pages, [row.reason for row in skipped])


def _check_page(page: Page) -> None:
    row = json.dumps(page_as_json(page), ensure_ascii=False, allow_nan=False).encode("utf-8")
    again = page_from_json(json.loads(row))
    assert (again.page, again.essay, len(again.comments)) == (page.page, page.essay, len(page.comments)), (
        "the row differs"
    )
    assert len(page.doc_id) == 12, "a page without a name of its own"
    assert page.essay or page.comments, "a page without any text"
    for when in (page.date, *(c.date for c in page.comments)):
        assert when is None or _DAY.fullmatch(when), f"{when!r} is no ISO 8601"
    for comment in page.comments:
        assert comment.text == comment.text.strip(), "blanks around a comment"
    for start in range(len(page.comments)):
        steps, at = 0, page.comments[start].reply_to
        while at is not None and steps <= len(page.comments):
            steps, at = steps + 1, page.comments[at].reply_to
        assert at is None, "answers in a circle"
        if start > 300:
            break
    if page.text:
        told = [
            line for part in page.parts if part.kind == "essay" for line in page.text[part.start : part.end].split("\n")
        ]
        assert sum(bool(line.strip()) for line in told) >= page.essay.count("\n") + bool(page.essay), (
            "spans miss the essay"
        )


def _kind_of_answer(pages: list[Page], reasons: list[str]) -> tuple[str, ...]:
    """What an answer is like, without numbers: a new kind makes its input a seed."""
    kinds = {re.sub(r"\d[\d,.]*", "9", page.evidence)[:80] for page in pages[:5]}
    kinds |= {re.sub(r"\d[\d,.]*|\(.*\)|'[^']*'", "9", reason)[:60] for reason in reasons}
    flags = {
        f"{c.kind}{c.platform_status}{c.reply_to is not None}{c.by_essay_author}{bool(c.signature)}"
        for p in pages
        for c in p.comments[:50]
    }
    size = str(min(len(pages), 4)) + "/" + str(min(sum(len(p.comments) for p in pages), 40).bit_length())
    return (size, *sorted(kinds), *sorted(flags), *sorted({str(p.comments_open) for p in pages}))


def fault_of(raw: bytes, path: str) -> str | None:
    """What is wrong with the answer to a file, in one line; None where nothing is."""
    try:
        check(raw, path)
    except AssertionError as error:
        return re.sub(r"\d[\d,.]*", "9", str(error))
    except Exception as error:  # any exception at all is what this program looks for
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(at.filename).name}, {at.name}"
    return None


def shrink(raw: bytes, path: str, fault: str) -> bytes:
    """A smaller input with the same fault: halves, quarters and so on are left out while it lasts."""
    tries, step = 0, max(1, len(raw) // 2)
    while step and tries < SHRINK_TRIES:
        at = 0
        while at < len(raw) and tries < SHRINK_TRIES:
            tries += 1
            shorter = raw[:at] + raw[at + step :]
            if fault_of(shorter, path) == fault:
                raw = shorter
            else:
                at += step
        step //= 2
    return raw


def fuzz(reader: str, *, minutes: float, seed: int, keep: Path) -> int:
    """Fuzz one reader; print what was found, and give the number of different faults."""
    dice = random.Random(seed)
    path = _NAMES[reader]
    seeds, kinds, faults, runs = seeds_for(reader), set[tuple[str, ...]](), set[str](), 0
    first = len(seeds)
    begin = time.monotonic()
    for raw in _inputs(seeds, reader, dice):
        if time.monotonic() - begin > 60 * minutes:
            break
        runs += 1
        try:
            kind = check(raw, path)
        except Exception:
            fault = fault_of(raw, path)
            if fault and fault not in faults:
                faults.add(fault)
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{reader}-{len(faults)}.bin").write_bytes(shrink(raw, path, fault))
                print(f"{reader}: {fault} (run {runs:,}; {keep}/{reader}-{len(faults)}.bin)", flush=True)
            continue
        if kind not in kinds:
            kinds.add(kind)
            if len(seeds) < first + MOST_SEEDS:
                seeds.append(raw)
    wall, cpu = (time.monotonic() - begin) / 60, time.process_time() / 60
    print(
        f"{reader}: {runs:,} files in {wall:.1f} minutes ({cpu:.1f} of computing), {len(kinds)} kinds of answer, "
        f"{len(faults)} faults"
    )
    return len(faults)


def _inputs(seeds: list[bytes], reader: str, dice: random.Random) -> Iterator[bytes]:
    """The seeds as they are, then changed ones without end; later seeds are dearer, as they were found last."""
    yield from list(seeds)
    while True:
        at = max(dice.randrange(len(seeds)), dice.randrange(len(seeds)))
        yield mutate(seeds[at], seeds, reader, dice)


def main() -> int:
    """Read the options and fuzz one reader after the other."""
    options = argparse.ArgumentParser(description="Throw broken files at the readers.")
    options.add_argument("--reader", choices=[*_NAMES, "all"], default="all")
    options.add_argument("--minutes", type=float, default=10.0, help="for each reader")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="folder for inputs that break a rule")
    given = options.parse_args()
    readers = list(_NAMES) if given.reader == "all" else [given.reader]
    faults = [fuzz(reader, minutes=given.minutes, seed=given.seed, keep=given.keep) for reader in readers]
    return int(any(faults))


if __name__ == "__main__":
    sys.exit(main())
