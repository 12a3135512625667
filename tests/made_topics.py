"""A topic model made by hand, so that a test knows every number in it."""

import numpy as np
import pandas as pd

from analysis.topics import TopicModel

THEMES = {
    "bees": ["hive", "honey", "swarm", "comb", "sting", "smoker", "meadow"],
    "rail": ["train", "signal", "guard", "platform", "whistle", "sleeper", "buffer"],
    "press": ["type", "galley", "proof", "ink", "forme", "compositor", "meadow"],
    "sea": ["harbour", "boat", "mast", "tide", "anchor", "pilot", "buoy"],
    "food": ["oven", "loaf", "crust", "flour", "yeast", "baker", "tray"],
}


def made_documents(themes=tuple(THEMES), *, each=4):
    """Documents of one theme each, ``each`` a theme, and the theme's number (from 0) of each."""
    documents = [[*THEMES[theme], *THEMES[theme][: 2 + n]] for theme in themes for n in range(each)]
    return documents, [k for k, _ in enumerate(themes) for _ in range(each)]


def made_model(themes=tuple(THEMES), *, each=4, pure=0.8):
    """A model of these themes; each document has ``pure`` in its own topic and the rest in the others, falling."""
    documents, owners = made_documents(themes, each=each)
    number = len(themes)
    vocabulary = sorted({word for theme in themes for word in THEMES[theme]})
    topic_word = np.full((number, len(vocabulary)), 0.001)
    for k, theme in enumerate(themes):
        for rank, word in enumerate(THEMES[theme]):
            topic_word[k, vocabulary.index(word)] += 1 / (rank + 2)
    falling = np.array([0.5**n for n in range(1, number)]) if number > 1 else np.array([])
    mixtures = np.zeros((len(documents), number))
    for row, own in enumerate(owners):
        others = [(own + step) % number for step in range(1, number)]
        mixtures[row, own] = pure if number > 1 else 1
        mixtures[row, others] = (1 - pure) * falling / falling.sum() if number > 1 else []
    return TopicModel(
        words=tuple(tuple(THEMES[theme]) for theme in themes),
        weights=tuple(tuple(1 / (n + 1) for n in range(len(THEMES[theme]))) for theme in themes),
        topic_word=topic_word / topic_word.sum(axis=1, keepdims=True),
        vocabulary=tuple(vocabulary),
        mixtures=mixtures,
        prevalence=mixtures.mean(axis=0),
        has_words=np.ones(len(documents), dtype=bool),
        ids=tuple(f"d{n:02d}" for n in range(len(documents))),
        engine="by hand",
        seed=1,
        settings={},
        versions={},
    )


def made_paragraphs(themes=tuple(THEMES), *, each=4):
    """The documents as paragraphs, two an essay, in a text whose words stand in the plural now and then."""
    documents, owners = made_documents(themes, each=each)
    rows = []
    for n, (words, own) in enumerate(zip(documents, owners, strict=True)):
        text = "The " + " and the ".join(f"{word}s" if n % 2 else word for word in words) + "."
        rows.append((f"d{n:02d}", f"e{n // 2:02d}", text, f"Essay <{n // 2}> on {themes[own]}", "en"))
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "text", "title", "language"])


def made_topic_words(model):
    """Table ``topic_words`` of a model: the label is the first three words."""
    rows = [
        (k, rank, word, 1.0, ", ".join(words[:3]), k == 2)
        for k, words in enumerate(model.words, start=1)
        for rank, word in enumerate(words, start=1)
    ]
    return pd.DataFrame(rows, columns=["topic", "rank", "word", "weight", "label", "weak"])
