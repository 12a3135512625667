"""What topics cost in CPU time, beside peers in the same run: `.venv/bin/python benchmarks/topic_speed.py`.

Four parts (one alone: --only inference, words, tokens or short), some four minutes in all:

inference  documents a CPU second, ours and gensim's ``inference``: same topics, same threshold, on BBC articles and M10
           titles; and how many mixtures differ when both are run to the end.
words      CPU seconds of a whole fit of ours, and of tomotopy's 300 sweeps to the coherence (NPMI) it reaches. tomotopy
           is no part of the set-up: `python -m pip install --target FOLDER --no-deps tomotopy`, then PYTHONPATH=FOLDER.
tokens     words a CPU second into lemmas, by default and with the tagger.
short      300,000 made-up short texts (2.5 million words, 50,000 different ones, K = 50): CPU seconds from the start of
           the interpreter to the last mixture, without making the texts, and peak memory of the process with them.
           --peers adds scikit-learn's NMF on its tf-idf (two minutes more).

Reads ../shared/benchmarks/topics (another folder: --shared FOLDER). Returns 1 where a floor is not held.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: CPU seconds compare only on one thread

import numpy as np

from analysis.topic_stats import count_pairs, npmi_by_topic
from analysis.topics import fit_topics
from analysis.topics.counts import count_words
from analysis.topics.infer import infer_mixtures, topic_weights
from analysis.topics.nmf import as_shares
from analysis.topics.variational import e_step

SHARED = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "topics"
TIMES_GENSIM, SHARE_TOMOTOPY, SECONDS, MEGABYTES = 5.0, 1 / 5, 60.0, 1000.0  # the floors
TOPICS, SHORT_TOPICS, SWEEPS, ALPHA = 20, 50, 300, 0.3
TEXTS, LENGTH, WORDS, COMMON = 300_000, 8.3, 50_000, 0.35  # of the made-up texts; a third of their words are anyone's
SAME = 1e-3  # mixtures that differ by less are the same
PARTS = ("inference", "words", "tokens", "short")
LEMMAS, TAGGED = 150_000, 40  # the floor in words a CPU second; articles for the tagger
Documents = list[list[str]]


def best_of(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """Least CPU seconds of each work, taken in turn so that what else the machine does falls on all."""
    spent = [[_seconds(work) for work in works] for _ in range(rounds)]
    return np.min(spent, axis=0).tolist()


def _seconds(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def read_lines(path: Path) -> Documents:
    """Documents of a corpus of tokens, one a line."""
    return [line.split() for line in path.read_text(encoding="utf-8").splitlines()]


def compare_inference(name: str, documents: Documents, rounds: int) -> list[tuple[str, bool]]:
    """Print documents a CPU second and how mixtures differ; give what is held."""
    from gensim.models import LdaModel

    model = fit_topics(documents, number=TOPICS, seed=1, engine="nmf-lda")
    counts, weights = count_words(documents).counts, topic_weights(model)
    bags = [list(zip(row.indices.tolist(), row.data.astype(int).tolist(), strict=True)) for row in counts]
    words = {column: str(column) for column in range(counts.shape[1])}
    peer = LdaModel(num_topics=TOPICS, id2word=words, alpha=ALPHA, dtype=np.float64, random_state=1)
    peer.expElogbeta = weights
    single = weights.astype(np.float32)  # as infer_mixtures has it at this threshold
    infer = partial(e_step, counts, single, ALPHA, collect=False)
    ours, theirs = best_of(rounds, infer, lambda: peer.inference(bags))
    whole = best_of(rounds, lambda: infer_mixtures(model, documents))[0]
    number = len(bags)
    print(
        f"{name:10} {number:6,} documents  ours {number / ours:9,.0f} a CPU second, from words on "
        f"{len(documents) / whole:9,.0f}; gensim {number / theirs:8,.0f}: {theirs / ours:.1f} times"
    )
    peer.iterations, peer.gamma_threshold = 1000, 1e-6
    first, second = (as_shares(peer.inference(bags)[0]) for _ in range(2))
    settled = as_shares(e_step(counts, weights, ALPHA, rounds=2000, threshold=1e-6, collect=False)[0])
    far, apart = (int((np.abs(a - first).max(axis=1) > SAME).sum()) for a in (settled, second))
    print(
        f"{'':10} run to the end, mixtures that differ from gensim's by more than {SAME}: {far}; gensim's own from "
        f"another random start: {apart}"
    )
    return [
        (f"{name}: inference {TIMES_GENSIM:.0f} times as fast as gensim's", theirs >= TIMES_GENSIM * ours),
        (f"{name}: mixtures as near to gensim's as gensim's to its own", far <= apart),
    ]


def compare_words(name: str, documents: Documents, rounds: int) -> list[tuple[str, bool]]:
    """Print the CPU seconds and NPMI of a whole fit and of tomotopy's sweeps; give what is held."""
    import tomotopy

    pairs = count_pairs(documents)

    def sweep() -> Any:
        peer = tomotopy.LDAModel(k=TOPICS, seed=1)
        for document in filter(None, documents):
            peer.add_doc(document)
        peer.train(SWEEPS, workers=1)
        return peer

    begun = time.process_time()
    peer = sweep()
    theirs = time.process_time() - begun
    topics = [[word for word, _ in peer.get_topic_words(topic, top_n=10)] for topic in range(TOPICS)]
    reached = float(np.nanmean(npmi_by_topic(topics, pairs)))
    held = False
    for engine in ("auto", "nmf-lda", "nmf"):
        fit = partial(fit_topics, documents, number=TOPICS, seed=1, engine=engine)
        model = fit()
        npmi = float(np.nanmean(npmi_by_topic([list(words) for words in model.words], pairs)))
        ours = best_of(rounds, fit)[0]
        print(
            f"{name:14} {engine:8} NPMI {npmi:6.3f} in {ours:5.2f} CPU s; tomotopy, {SWEEPS} sweeps: NPMI "
            f"{reached:6.3f} in {theirs:5.2f} CPU s; {ours / theirs:.2f} of its time"
        )
        held |= npmi >= reached and ours <= SHARE_TOMOTOPY * theirs
    return [(f"{name}: tomotopy's coherence in {SHARE_TOMOTOPY:.0%} of its time", held)]


def make_texts(seed: int = 1) -> Documents:
    """Short texts on 50 themes of uneven size; words fall off as Zipf has it, each at home in one theme."""
    rng = np.random.default_rng(seed)
    chances = np.arange(1, WORDS + 1) ** -1.05
    chances /= chances.sum()
    home = rng.integers(0, SHORT_TOPICS, WORDS)
    theme = rng.choice(SHORT_TOPICS, TEXTS, p=rng.dirichlet(np.full(SHORT_TOPICS, 5.0)))
    lengths = np.maximum(rng.poisson(LENGTH, TEXTS), 1)
    theme_of_word = np.where(rng.random(lengths.sum()) < COMMON, -1, np.repeat(theme, lengths))
    drawn = rng.choice(WORDS, len(theme_of_word), p=chances)
    for own in range(SHORT_TOPICS):
        words, places = np.flatnonzero(home == own), np.flatnonzero(theme_of_word == own)
        drawn[places] = rng.choice(words, len(places), p=chances[words] / chances[words].sum())
    names = np.array([f"w{word}" for word in range(WORDS)], dtype=object)[drawn].tolist()
    ends = np.cumsum(lengths).tolist()
    return [names[end - length : end] for end, length in zip(ends, lengths.tolist(), strict=True)]


def fit_short(engine: str) -> None:
    """Fit the short texts in this process and print what it took as JSON."""
    begun = time.process_time()
    texts = make_texts()
    making = time.process_time() - begun
    if engine == "scikit-learn NMF":
        from sklearn.decomposition import NMF
        from sklearn.feature_extraction.text import TfidfVectorizer

        shape = (
            NMF(SHORT_TOPICS, random_state=1).fit_transform(TfidfVectorizer(analyzer=list).fit_transform(texts)).shape
        )
        fitted = len(texts)
    else:
        model = fit_topics(texts, number=SHORT_TOPICS, seed=1, engine=engine)
        shape, fitted = model.mixtures.shape, model.settings["documents_fitted"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"seconds": time.process_time() - making, "megabytes": peak, "shape": shape, "fitted": fitted}
    print(json.dumps(found))


def report_short(engine: str) -> list[tuple[str, bool]]:
    """Fit the short texts in a process of their own, print what it took and give what is held."""
    run = subprocess.run(
        [sys.executable, __file__, "--fit", engine], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    if run.returncode:
        print(f"{engine}: the fit ended with {run.returncode}: {run.stderr.strip()[-300:]}")
        return [(f"{engine}: short texts are fitted", False)]
    found = json.loads(run.stdout.splitlines()[-1])
    print(
        f"{engine:16} {found['shape'][0]:,} short texts, K = {found['shape'][1]}, fitted on {found['fitted']:,}: "
        f"{found['seconds']:.0f} CPU s, {found['megabytes']:.0f} MB"
    )
    return [
        (f"{engine}: short texts in {SECONDS:.0f} CPU s", found["seconds"] <= SECONDS),
        (f"{engine}: short texts in {MEGABYTES:.0f} MB", found["megabytes"] <= MEGABYTES),
    ]


def read_articles(path: Path) -> Documents:
    """Whole articles, tokenised as essays are, without words of fewer than 3 or more than a third of them."""
    from analysis.tokens import tokenize_texts

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = tokenize_texts(["\n\n".join(row["paragraphs"]) for row in rows])
    holding = Counter(word for document in documents for word in set(document))
    return [[word for word in document if 3 <= holding[word] <= len(documents) / 3] for document in documents]


def report_tokens(path: Path) -> list[tuple[str, bool]]:
    """Time the default tokens on all articles and the tagger on some, print both and give what is held."""
    from analysis.tokens import tokenize_texts

    articles = ["\n\n".join(json.loads(line)["paragraphs"]) for line in path.read_text(encoding="utf-8").splitlines()]
    pace = {}
    for name, texts, tagger in (("default", articles, False), ("with the tagger", articles[:TAGGED], True)):
        tokenize_texts(texts[:5], tagger=tagger)  # what is loaded once does not count
        pace[name] = sum(len(text.split()) for text in texts) / _seconds(partial(tokenize_texts, texts, tagger=tagger))
    print("lemmas, words a CPU second:", *(f"{name} {words:,.0f};" for name, words in pace.items()))
    return [(f"tokens: {LEMMAS:,} words a CPU second", pace["default"] >= LEMMAS)]


def main() -> int:
    """Print the four parts and which floors are held."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=SHARED, help="folder of the topic benchmarks")
    ask.add_argument("--only", choices=list(PARTS), help="one part alone")
    ask.add_argument("--rounds", type=int, default=5, help="rounds of which the best counts (default 5)")
    ask.add_argument("--peers", action="store_true", help="scikit-learn's NMF on the short texts too")
    ask.add_argument("--fit", metavar="ENGINE", help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.fit:
        fit_short(given.fit)
        return 0
    parts = [given.only] if given.only else list(PARTS)
    if parts != ["short"] and not given.shared.is_dir():
        print(f"There is no folder {given.shared}: name the folder of the topic benchmarks with --shared.")
        return 1
    floors: list[tuple[str, bool]] = []
    if "inference" in parts:
        for name in ("BBC_News", "M10"):
            floors += compare_inference(name, read_lines(given.shared / name / "corpus.txt"), given.rounds)
    if "words" in parts:
        try:
            import tomotopy  # noqa: F401
        except ImportError:
            print("tomotopy is not here: python -m pip install --target FOLDER --no-deps tomotopy; PYTHONPATH=FOLDER.")
        else:
            floors += compare_words("BBC_News", read_lines(given.shared / "BBC_News" / "corpus.txt"), given.rounds)
            floors += compare_words("BBC articles", read_articles(given.shared / "bbc-articles.jsonl"), given.rounds)
            compare_words("M10", read_lines(given.shared / "M10" / "corpus.txt"), given.rounds)  # for the record
    if "tokens" in parts:
        floors += report_tokens(given.shared / "bbc-articles.jsonl")
    if "short" in parts:
        for engine in ("auto", "nmf-lda"):
            floors += report_short(engine)
        if given.peers:
            report_short("scikit-learn NMF")
    for name, held in floors:
        print(f"{'held' if held else 'NOT held':8} {name}")
    return 0 if all(held for _, held in floors) else 1


if __name__ == "__main__":
    sys.exit(main())
