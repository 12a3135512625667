"""Guided topics on BBC articles: do seed words bring topics nearer to the sections, and are wrong ones refused?

usage: python benchmarks/guided.py [CORPUS_DIR]

CORPUS_DIR holds corpus.txt (one document a line, tokens separated by blanks) and labels.txt (its sections). Five themes
of five seed words each stand for the five sections. Printed for several numbers of topics and strengths:
sections   share of articles whose strongest of the five themes' topics is their own section's
NMI        of the strongest of all topics with the sections
kept       share of the seed words that the texts keep
refused    share of wrong seed words (one of each theme moved to another, six ways) that the texts refuse
NPMI       mean coherence of the topics' ten words, counted in the same articles
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from analysis.topic_stats import count_pairs, npmi_by_topic
from analysis.topics import GuidedTopics, fit_guided

SEEDS = {
    "business": ["market", "company", "economy", "bank", "profit"],
    "entertainment": ["film", "music", "actor", "album", "award"],
    "politics": ["government", "election", "minister", "party", "labour"],
    "sport": ["game", "player", "match", "team", "cup"],
    "tech": ["software", "computer", "internet", "phone", "user"],
}
STRENGTHS = (0, 0.1, 0.5, 1, 3)
NUMBERS = (5, 8, 20)
PLANTED_NUMBERS = (8, 20)
SEED = 1


def main() -> None:
    """Print the table, and what becomes of "goal" among the seed words of politics."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[2] / "shared" / "benchmarks" / "topics" / "BBC_News"
    ask.add_argument("corpus", type=Path, nargs="?", default=default)
    folder = ask.parse_args().corpus
    documents = [line.split() for line in (folder / "corpus.txt").read_text(encoding="utf-8").splitlines()]
    sections = np.array((folder / "labels.txt").read_text(encoding="utf-8").split("\n")[: len(documents)])
    pairs = count_pairs(documents)
    print("   K strength sections   NMI  kept  NPMI")
    for number in NUMBERS:
        for strength in STRENGTHS:
            found = _fit(documents, SEEDS, number, strength)
            npmi = float(np.mean(npmi_by_topic(found.model.words, pairs)))
            own, all_topics = _agreement(found, sections)
            kept, _ = _verdicts(found, ())
            print(f"{number:4} {strength:8} {own:8.3f} {all_topics:5.3f} {kept:5.2f} {npmi:5.3f}", flush=True)
    print("   K strength refused  kept   (wrong words planted)")
    for number in PLANTED_NUMBERS:
        for strength in STRENGTHS[1:]:
            tried = [_verdicts(_fit(documents, seeds, number, strength), moved) for seeds, moved in _misplaced()]
            kept, refused = np.mean(tried, axis=0)
            print(f"{number:4} {strength:8} {refused:7.2f} {kept:5.2f}", flush=True)
    wrong = {**SEEDS, "politics": [*SEEDS["politics"], "goal"]}
    table = _fit(documents, wrong, 8, None).seed_words
    print(table[(table["theme"] == "politics") & (table["origin"] == "given")].to_string(index=False))


def _fit(documents: Sequence[Sequence[str]], seeds: dict[str, list[str]], number: int, strength: Any) -> GuidedTopics:
    held = {} if strength is None else {"strength": strength}
    return fit_guided(documents, seeds=seeds, number=number, seed=SEED, **held)


def _agreement(found: GuidedTopics, sections: np.ndarray) -> tuple[float, float]:
    """Share of articles under their section's theme, and NMI of all topics with the sections."""
    themes = np.array(list(found.names))
    columns = [found.names[theme] - 1 for theme in themes]
    own = (themes[found.model.mixtures[:, columns].argmax(axis=1)] == sections).mean()
    return float(own), float(normalized_mutual_info_score(sections, found.model.mixtures.argmax(axis=1)))


def _verdicts(found: GuidedTopics, moved: Sequence[str]) -> tuple[float, float]:
    """Share of the right words that were kept, and of the moved ones that were refused."""
    given = found.seed_words[found.seed_words["origin"] == "given"]
    wrong = given["word"].isin(moved)
    refused = (given.loc[wrong, "verdict"] == "refused").mean() if len(moved) else np.nan
    return float((given.loc[~wrong, "verdict"] == "kept").mean()), float(refused)


def _misplaced() -> list[tuple[dict[str, list[str]], list[str]]]:
    """Six ways to give each theme one word of another theme."""
    themes = list(SEEDS)
    ways = []
    for shift in (1, 2, 3):
        for place in (0, 3):
            wrong = {theme: SEEDS[themes[(at + shift) % len(themes)]][place] for at, theme in enumerate(themes)}
            moved = list(wrong.values())
            seeds = {
                theme: [*(word for word in words if word not in moved), wrong[theme]] for theme, words in SEEDS.items()
            }
            ways.append((seeds, moved))
    return ways


if __name__ == "__main__":
    main()
