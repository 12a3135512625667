"""Trains the reader of headless pages and cross-validates it: ``python benchmarks/train_voice.py`` (under a minute).

Writes analysis/pages/voice.csv, byte for byte the same when run again; ``--cross-validate`` trains on four fifths of
the sites instead, five times and for two partings, and prints what the model reaches on pages of the sites left out.

Trained on the open half of the benchmarks in ../shared, none of which is shipped: the open HTML pages as two extractors
left them (all with comments; where more than .6 of them is left in one piece), plain-text pages whose comments our
reader of marks or the gold parts, with names, dates and buttons taken out, essays with the comments of 22 blogs, plain
pages without comments, and the first four kinds once more cut where the readers begin. The paragraph's weights are a
logistic regression of comment against essay. The start's and the page's are fitted to them by the likelihood of a good
start (each start counts by its F1 to the power of four). The parting's weights are a logistic regression of a
comment's first paragraph against its later ones.

Reached on sites left out, two partings into five (whole reader, with its marks): comments_f1 .77 and .77 on the pages
of the first extractor (.80 where it was trained on them), .66 and .65 on the second's (.68), comment_f1 .61 (.62); 3
and 2 of the 61 pages without comments are split (1). Of the extractors' pages cut above their comments a fifth is
split: such text alone hardly tells whether it had readers.
"""

from __future__ import annotations

import argparse
import collections
import csv
import io
import json
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from analysis.pages import voice
from analysis.pages.chrome import is_form
from analysis.pages.layouts import marked_layout
from analysis.pages.plain_text import cleaned_lines
from analysis.pages.voice_cues import CUES, cue_table

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "benchmarks"
TARGET = ROOT / "analysis" / "pages" / "voice.csv"
Array = npt.NDArray[np.float64]

LEAST_LEFT = 0.6  # best F1 any run of last lines has with the comments; below it the extractor lost them
PAGES_A_BLOG, LEAST_ESSAY = 30, 4  # so that no blog outweighs the rest; lines of an essay that may stand alone
PARAGRAPHS_A_SIDE = 8  # a page's essay weighs no more than eight paragraphs, nor do its comments
PARAGRAPH_WEIGHT = {"traf": 3.0, "resi": 2.0, "strip": 2.0, "blog": 0.4, "free": 2.0}
START_WEIGHT = {
    "traf": 1.0, "resi": 0.7, "strip": 0.5, "blog": 0.1, "free": 2.0,
    "cut traf": 0.15, "cut resi": 0.1, "cut strip": 0.05, "cut blog": 0.01,
}  # fmt: skip
PART_WEIGHT = {"traf": 3.0, "resi": 1.0, "strip": 2.0, "blog": 0.5, "free": 0.0}
WHOLE = ("traf", "resi", "free", "cut traf", "cut resi")  # pages as they stand, not put together for training
POWER = 4.0  # a start counts by its F1 to this power: near misses count, far ones do not
STRENGTH_CUES, STRENGTH_REST = 3.0, 0.5  # ridge on the cues of a start, on the rest
FOLDS, PARTINGS = 5, ("x", "y")


@dataclass(frozen=True, slots=True)
class Example:
    """A page to learn from: its lines to the comment form, F1 of each start (last: of none), who opens a comment."""

    page: str
    site: str
    kind: str
    lines: tuple[str, ...]
    first: int
    gains: Array
    opens: tuple[int, ...]
    cues: npt.NDArray[np.float32]


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _gains(lines: Sequence[str], gold: str) -> Array:
    """F1 of the words of every run of last lines with the comments, and of no line."""
    wanted = collections.Counter(_words(gold))
    said: collections.Counter[str] = collections.Counter()
    gains = np.zeros(len(lines) + 1)
    for i in range(len(lines) - 1, -1, -1):
        said.update(_words(lines[i]))
        gains[i] = 2 * (said & wanted).total() / max(1, said.total() + wanted.total())
    gains[len(lines)] = not wanted
    return gains


def _example(page: str, site: str, kind: str, essay: Sequence[str], comments: Sequence[Sequence[str]]) -> Example:
    lines = (*essay, *(line for comment in comments for line in comment))
    opens = (*(-1 for _ in essay), *(int(k == 0) for comment in comments for k in range(len(comment))))
    gains = _gains(lines, "\n".join(lines[len(essay) :]))
    return Example(page, site, kind, lines, len(essay), gains, opens, cue_table(lines))


def extracted_pages() -> Iterator[Example]:
    """The open HTML pages as two extractors left them."""
    folder = SHARED / "html-pages"
    labels = {(row["id"], row["rendition"]): row["line_labels"] for row in _rows(folder / "extracted.jsonl")}
    for gold in _rows(folder / "gold.jsonl"):
        site = re.sub(r"https?://(www\.)?", "", gold.get("url") or gold["id"]).split("/")[0]
        wanted = "\n".join(c["body"] for c in gold["comments"] if c.get("kind", "comment") == "comment")
        for form in ("traf", "resi"):
            raw = (folder / f"text_{form}" / f"{gold['id']}.txt").read_text(encoding="utf-8").split("\n")
            given = [*labels[gold["id"], form], *([None] * len(raw))]
            marked = [(line, label) for line, label in zip(raw, given, strict=False) if cleaned_lines(line)]
            lines = [cleaned_lines(line)[0] for line, _ in marked]
            end = next((i for i in range(len(lines) // 2, len(lines)) if is_form(lines[i])), len(lines))
            gains = _gains(lines[:end], wanted)
            first = int(gains.argmax()) if gains.max() > 0 else end
            opens = _opens([label for _, label in marked][:end], first)
            yield Example(gold["id"], site, form, tuple(lines[:end]), first, gains, opens, cue_table(lines[:end]))


def _opens(labels: Sequence[str | None], first: int) -> tuple[int, ...]:
    """1 where a paragraph opens a comment, 0 where it goes on with one, -1 where neither is known."""
    opens, last = [-1] * len(labels), None
    for i in range(first, len(labels)):
        label = labels[i] or ""
        own = label.split(":")[0] if re.fullmatch(r"c\d+:body", label) else None
        if own and last and i > first:
            opens[i] = int(own != last)
        last = own or (last if label == "blank" else None)
    return tuple(opens)


def text_pages() -> Iterator[Example]:
    """The open plain-text pages without what marks their comments, and those that have none."""
    folder = SHARED / "text-pages"
    for gold in _rows(folder / "gold.jsonl"):
        raw = (folder / gold["file"]).read_text(encoding="utf-8").split("\n")
        lines = cleaned_lines("\n".join(raw))
        if not gold["has_comments"]:
            yield _example(gold["id"], f"T{gold['id']}", "free", lines, ())
            continue
        essay = cleaned_lines("\n".join(raw[: gold["boundary_line"] - 1]))
        if gold["labelled"]:
            places = [(c["body_start"] - 1, c["body_end"]) for c in gold["comments"]]
            bodies = [cleaned_lines("\n".join(raw[a:b])) for a, b in places]
        else:
            layout = marked_layout(lines)
            if layout is None or abs(layout.start - len(essay)) > LEAST_ESSAY:
                continue
            bodies = [list(lines[c.first : c.last]) for c in layout.comments]
        yield _example(gold["id"], f"T{gold['id']}", "strip", essay, [body for body in bodies if body])


def blog_pages() -> Iterator[Example]:
    """Essays of the open blogs with their comments, spam left out."""
    posts: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for name in ("blogs-gold.jsonl", "blogs-unlabelled.jsonl"):
        for row in _rows(SHARED / "comments" / name):
            if row.get("label") != "spam" and row.get("parent_text"):
                key = (row["id"].split("/")[0], row["post_id"])
                posts.setdefault(key, (row["parent_text"], []))[1].append(row["text"])
    taken: collections.Counter[str] = collections.Counter()
    for (blog, post), (essay, comments) in posts.items():
        taken[blog] += 1
        plain = [cleaned_lines(re.sub(r"\s?\[https?://[^\]]*\]", "", text)) for text in (essay, *comments)]
        bodies = [body for body in plain[1:] if body]
        if taken[blog] <= PAGES_A_BLOG and plain[0] and bodies:
            yield _example(post, f"B{blog}", "blog", plain[0], bodies)


def read_examples() -> list[Example]:
    """All pages to learn from and to be judged by."""
    return [*extracted_pages(), *text_pages(), *blog_pages()]


def _cut(one: Example) -> Example:
    """The essay alone."""
    kept = one.lines[: one.first]
    gains = np.append(np.zeros(one.first), 1.0)
    return replace(one, kind=f"cut {one.kind}", lines=kept, gains=gains, cues=one.cues[: one.first])


def _usable(one: Example) -> bool:
    return len(one.lines) > 1 and one.gains.max() >= LEAST_LEFT


def _fit_paragraphs(examples: Sequence[Example]) -> tuple[Array, float]:
    cues, labels, weights = [], [], []
    for one in examples:
        sizes = one.first, len(one.lines) - one.first
        cues.append(one.cues)
        labels += [0] * sizes[0] + [1] * sizes[1]
        for size in sizes:
            weights += [PARAGRAPH_WEIGHT[one.kind] * min(1, PARAGRAPHS_A_SIDE / max(1, size))] * size
    model = LogisticRegression(C=0.3, max_iter=300).fit(np.vstack(cues), labels, sample_weight=weights)
    return model.coef_[0].astype(float), float(model.intercept_[0])


def _describe(one: Example, paragraph: Array, base: float) -> Array:
    """Every start of a page and, last, none: one row each."""
    scores = np.clip(one.cues @ paragraph + base, -voice.CLIP, voice.CLIP)
    starts = np.hstack([voice.start_table(one.lines, one.cues, scores), one.cues[1:], one.cues[:-1][:, voice.CLOSERS]])
    page = voice.page_row(one.lines, scores, whole=one.kind in WHOLE)
    return np.block([[starts, np.zeros((len(starts), len(page)))], [np.zeros((1, starts.shape[1])), page[None, :]]])


def _fit_starts(examples: Sequence[Example], paragraph: Array, base: float) -> Array:
    """Weights under which good starts are likely; ridge, L-BFGS from zero."""
    tables = [_describe(one, paragraph, base) for one in examples]
    rows, sizes = np.vstack(tables), [len(table) for table in tables]
    firsts, owner = np.append(0, np.cumsum(sizes)[:-1]), np.repeat(np.arange(len(sizes)), sizes)
    good = np.concatenate([np.append(one.gains[1:-1], one.gains[-1]) ** POWER + 1e-9 for one in examples])
    weight = np.array([START_WEIGHT[one.kind] for one in examples])
    cues = len(CUES) + len(voice.CLOSERS)
    ridge = np.full(rows.shape[1], STRENGTH_REST)
    ridge[len(voice.STARTS) : len(voice.STARTS) + cues] = STRENGTH_CUES

    def loss(theta: Array) -> tuple[float, Array]:
        logits = rows @ theta
        chances = np.exp(logits - np.maximum.reduceat(logits, firsts)[owner])
        total, right = np.add.reduceat(chances, firsts), np.add.reduceat(chances * good, firsts)
        value = -(weight * (np.log(right) - np.log(total))).sum() + 0.5 * (ridge * theta * theta).sum()
        slope = rows.T @ (weight[owner] * (chances / total[owner] - chances * good / right[owner])) + ridge * theta
        return float(value), slope

    return minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 250}).x


def _fit_parts(examples: Sequence[Example]) -> Array:
    """Weights of a comment's first paragraph against its later ones."""
    rows, labels, weights = [], [], []
    for one in examples:
        known = np.array(one.opens[one.first + 1 :]) >= 0  # the first line opens one whatever it reads like
        if known.any():
            table = voice.part_table(one.lines[one.first :], one.cues[one.first :])
            rows.append(table[1:][known])
            labels += list(np.array(one.opens[one.first + 1 :])[known])
            weights += [PART_WEIGHT[one.kind] * min(1, 12 / known.sum())] * int(known.sum())
    model = LogisticRegression(C=0.1, max_iter=300, fit_intercept=False)
    return model.fit(np.vstack(rows), labels, sample_weight=weights).coef_[0].astype(float)


def train(examples: Sequence[Example]) -> voice.Weights:
    """Fit all weights, rounded to four decimals as they are shipped."""
    usable = [one for one in examples if _usable(one)]
    paragraph, base = _fit_paragraphs(usable)
    cut = [_cut(one) for one in usable if one.kind != "free" and LEAST_ESSAY <= one.first < len(one.lines)]
    theta = np.round(_fit_starts([*usable, *cut], paragraph, base), 4)
    parts = np.round(_fit_parts(usable), 4)
    a, b, c = np.cumsum([len(voice.STARTS), len(CUES), len(voice.CLOSERS)])
    d, e = np.cumsum([len(CUES), len(voice.CLOSERS)])
    return voice.Weights(
        paragraph=np.round(paragraph, 4), opening=theta[a:b], closing=theta[b:c], start=theta[:a], page=theta[c:],
        part=parts[e:], opens=parts[:d], before=parts[d:e], base=round(base, 4),
    )  # fmt: skip


def as_csv(weights: voice.Weights) -> str:
    """The weights as the shipped table."""
    columns = ("paragraph", "opening", "closing", "opens", "before", "start", "page", "part")
    table: dict[str, dict[str, float]] = {"no cue": {"paragraph": weights.base}}
    closers = [CUES[k] for k in voice.CLOSERS]
    for column, names in (
        ("paragraph", CUES), ("opening", CUES), ("closing", closers), ("opens", CUES), ("before", closers),
        ("start", [f"start: {name}" for name in voice.STARTS]), ("page", [f"page: {name}" for name in voice.PAGES]),
        ("part", [f"part: {name}" for name in voice.PARTS]),
    ):  # fmt: skip
        for name, value in zip(names, getattr(weights, column), strict=True):
            table.setdefault(name, {})[column] = float(value)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["cue", *columns])
    for name, row in table.items():
        writer.writerow([name, *(f"{row[column]:.4f}" if column in row else "" for column in columns)])
    return out.getvalue()


def cross_validate(examples: Sequence[Example], caution: float) -> dict[str, float]:
    """Mean F1 of the comments (of "none", where there are none) by kind of page, on sites that were left out."""
    found = collections.defaultdict(list)
    for parting in PARTINGS:
        fold = {one.site: zlib.crc32((parting + one.site).encode()) % FOLDS for one in examples}
        for k in range(FOLDS):
            weights = train([one for one in examples if fold[one.site] != k])
            left = [one for one in examples if fold[one.site] == k and one.kind != "blog"]
            cut = [_cut(one) for one in left if one.kind != "free" and one.first >= LEAST_ESSAY]
            for one in (*left, *cut):
                read = voice.read_voices(one.lines, one.cues, caution, weights)
                silent = read is None or read.expected < read.silent
                found[one.kind].append(one.gains[read.start] if read and not silent else one.gains[-1])
                if read and not one.kind.startswith(("free", "cut")):
                    found[f"{one.kind}, never silent"].append(one.gains[read.start])
    return {kind: float(np.mean(values)) for kind, values in sorted(found.items())}


def main() -> None:
    """Train and write, or cross-validate and print."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    ask.add_argument("--cross-validate", action="store_true", help="print figures on sites left out; write nothing")
    ask.add_argument("--caution", type=float, default=None, help="log-odds added to 'no comments'; default: as shipped")
    asked = ask.parse_args()
    if not SHARED.is_dir():
        sys.exit("The open pages (../shared/benchmarks) are not here; nothing was trained.")
    examples = read_examples()
    if not asked.cross_validate:
        TARGET.write_text(as_csv(train(examples)), encoding="utf-8")
        print(f"{TARGET.name}: trained on {sum(map(_usable, examples))} pages")
        return
    from analysis.pages.headless import CAUTION

    for kind, value in cross_validate(examples, CAUTION if asked.caution is None else asked.caution).items():
        print(f"{kind:30} {value:.3f}")


if __name__ == "__main__":
    main()
