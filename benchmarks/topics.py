"""Topics beside other packages, in one run: `.venv/bin/python benchmarks/topics.py`.

Reads the open topic benchmarks in ../shared/benchmarks/topics (another folder: --shared FOLDER) and prints, one line a
corpus and method: coherence (c_npmi of the top ten words) and diversity, agreement of the largest topic with the known
sections (NMI, purity), how well topics come back with another seed and on 80 % of the documents, and CPU seconds a fit.
`--quick` leaves the peers and the corpora of paragraphs out. scikit-learn's NMF and gensim's defaults are always there;
tomotopy, topica and BERTopic where they are installed (topic_peers.py says how). What topics cost in time and memory is
printed by topic_speed.py.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: CPU seconds compare only on one thread

import numpy as np
from topic_peers import PEERS, SHORT_ONLY, SLOW, Answer, Documents, Fit, installed

from analysis.tokens import tokenize_texts
from analysis.topic_stats import count_pairs, diversity, match_topics, npmi_by_topic
from analysis.topic_stats.coherence import PairCounts
from analysis.topics import fit_topics

SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "topics"
DRAWS = 4  # samples of 80 %: six pairs of fits
SMALL_DRAWS = 3  # of a few articles
COLUMNS = ("npmi", "diversity", "nmi", "purity", "seeds", "samples", "cpu")
SIZES = (10, 20, 30, 40, 50)
OURS = "ours (auto)"


@dataclass(frozen=True)
class Corpus:
    """Documents with their known sections, where the pairs of words are counted, and what is drawn as a whole."""

    name: str
    documents: Documents
    sections: list[str]
    pairs: PairCounts
    groups: list[str]


def ours(documents: Documents, number: int, seed: int) -> Answer:
    """This package, with the engine that suits the documents."""
    model = fit_topics(documents, number=number, seed=seed, engine="auto")
    return [list(topic) for topic in model.words], model.mixtures


METHODS: dict[str, Fit] = {OURS: ours, **{name: fit for name, needs, fit in PEERS if all(map(installed, needs))}}


def read_corpus(folder: Path) -> Corpus:
    """A corpus of tokens, one document a line, with its sections."""
    lines = (folder / "corpus.txt").read_text(encoding="utf-8").split("\n")
    documents = [line.split() for line in lines[: -1 if not lines[-1] else None]]
    sections = (folder / "labels.txt").read_text(encoding="utf-8").split("\n")[: len(documents)]
    return Corpus(folder.name, documents, sections, count_pairs(documents), [str(n) for n in range(len(documents))])


def read_paragraphs(path: Path, articles: int, draw: int, pairs: PairCounts | None) -> Corpus:
    """Paragraphs of some articles drawn by a fixed seed; coherence counts on the paragraphs of all articles."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if pairs is None:
        everything = [paragraph for row in rows for paragraph in row["paragraphs"]]
        pairs = count_pairs(tokenize_texts(everything))
    drawn = [rows[i] for i in np.random.default_rng([articles, draw]).choice(len(rows), articles, replace=False)]
    documents = tokenize_texts([paragraph for row in drawn for paragraph in row["paragraphs"]])
    groups = [row["id"] for row in drawn for _ in row["paragraphs"]]
    sections = [row["label"] for row in drawn for _ in row["paragraphs"]]
    return Corpus(f"{articles} BBC, draw {draw + 1}", documents, sections, pairs, groups)


def agreement(mixtures: np.ndarray, sections: list[str]) -> tuple[float, float]:
    """NMI and purity of each document's largest topic against its section."""
    from sklearn.metrics import normalized_mutual_info_score

    best = mixtures.argmax(axis=1)
    names = np.unique(sections, return_inverse=True)[1]
    right = sum(np.bincount(names[best == topic]).max() for topic in set(best))
    return float(normalized_mutual_info_score(names, best)), right / len(best)


def alike(fits: list[list[list[str]]]) -> float:
    """Mean best-match Jaccard of the top ten words over all pairs of fits."""
    return float(np.mean([match_topics(a, b)["jaccard"].mean() for a, b in itertools.combinations(fits, 2)]))


def resampled(corpus: Corpus, fit: Fit, number: int) -> float:
    """Stability over fits on 80 % of the groups, each with a seed of its own."""
    names = sorted(set(corpus.groups))
    fits = []
    for draw in range(DRAWS):
        drawn = set(np.random.default_rng([1, draw]).choice(names, round(0.8 * len(names)), replace=False).tolist())
        part = [document for document, group in zip(corpus.documents, corpus.groups, strict=True) if group in drawn]
        fits.append(fit(part, number, draw)[0])
    return alike(fits)


def report(corpus: Corpus, method: str, number: int, *, stability: bool) -> dict[str, float]:
    """Fit once, or as often as stability needs, print a line and give its figures."""
    fit = METHODS[method]
    begun = time.process_time()
    topics, mixtures = fit(corpus.documents, number, 1)
    figures = {"cpu": time.process_time() - begun}
    figures["npmi"] = float(np.nanmean(npmi_by_topic(topics, corpus.pairs)))
    figures["diversity"] = diversity(topics)
    figures["nmi"], figures["purity"] = agreement(mixtures, corpus.sections)
    if stability:
        figures["seeds"] = alike([topics, *(fit(corpus.documents, number, seed)[0] for seed in (2, 3))])
        figures["samples"] = resampled(corpus, fit, number)
    cells = (f"{figures[column]:9.3f}" if column in figures else f"{'':9}" for column in COLUMNS)
    print(f"{corpus.name:16} {number:3} {method:18}", *cells, flush=True)
    return figures


def main() -> int:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=SHARED, help="folder of the topic benchmarks")
    ask.add_argument("--quick", action="store_true", help="only this package, only the two large corpora")
    args = ask.parse_args()
    if not args.shared.is_dir():
        print(
            f"There is no folder {args.shared}: name the folder of the topic benchmarks with --shared.", file=sys.stderr
        )
        return 2
    print(
        f"{'corpus':16} {'K':>3} {'method':18}",
        *(f"{c:>9}" for c in ["npmi", "div10", "nmi", "purity", "seeds", "samples", "cpu"]),
    )
    methods = [OURS] if args.quick else list(METHODS)
    if absent := [name for name, _, _ in PEERS if name not in METHODS]:
        print(f"not installed here, and so not in the table: {', '.join(absent)}")
    for name in ("BBC_News", "M10"):
        corpus = read_corpus(args.shared / name)
        for method in methods:
            if method not in SLOW:
                METHODS[method](corpus.documents[:200], 5, 1)  # so that no import counts as a fit's time
            if name == "M10" or method not in SHORT_ONLY:
                report(corpus, method, 20, stability=method not in SLOW)
        if name == "BBC_News":
            several = [report(corpus, OURS, number, stability=False) for number in SIZES]
            means = {key: np.mean([figures[key] for figures in several]) for key in ("npmi", "diversity")}
            print(f"{name}, mean over K = 10..50: NPMI {means['npmi']:.3f}, diversity {means['diversity']:.3f}")
    pairs = None
    for articles in () if args.quick else (20, 50):
        found: dict[str, list[dict[str, float]]] = {}
        for draw in range(SMALL_DRAWS):
            corpus = read_paragraphs(args.shared / "bbc-articles.jsonl", articles, draw, pairs)
            pairs = corpus.pairs
            for method in methods:
                if method not in SLOW | SHORT_ONLY:
                    found.setdefault(method, []).append(report(corpus, method, 10, stability=True))
        for method, each in found.items():
            means = {key: np.mean([figures[key] for figures in each]) for key in ("npmi", "seeds", "samples")}
            print(f"{articles} BBC articles, mean of the draws, {method}:", *(f"{k} {v:.3f}" for k, v in means.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
