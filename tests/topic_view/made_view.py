"""A view of three invented topics, with texts that would do harm if they were taken for markup."""

import numpy as np
import pandas as pd

from analysis.topic_view import ViewSource, view_topics
from analysis.topics import TopicModel

EVIL = "</script><img src=x onerror='window.harmed=1'><!-- \u2028 &amp;"
VOCABULARY = ("bell", "boat", "mast", "rope", "tower", "wind")
# "mast" is frequent everywhere, so that relevance has something to weigh
DOCUMENTS = [
    ["boat", "mast", "wind"] * 4 + ["mast"] * 400,
    ["bell", "tower", "rope"] * 3,
    ["wind", "boat", "rope"],
    ["rope"] * 5,
]


def make_model(words=VOCABULARY):
    """Three topics over six words; four paragraphs."""
    topic_word = np.array(
        [
            [0.01, 0.4, 0.3, 0.05, 0.02, 0.22],
            [0.35, 0.02, 0.01, 0.2, 0.4, 0.02],
            [0.05, 0.05, 0.1, 0.6, 0.1, 0.1],
        ]
    )
    mixtures = np.array([[0.8, 0.1, 0.1], [0.1, 0.7, 0.2], [0.5, 0.2, 0.3], [0.1, 0.1, 0.8]])
    return TopicModel(
        words=(("boat", "mast"), ("tower", "bell"), ("rope", "wind")),
        weights=((1.0, 0.8125), (1.0, 0.4375), (1.0, 0.3)),
        topic_word=topic_word,
        vocabulary=tuple(words),
        mixtures=mixtures,
        prevalence=np.array([0.45, 0.3, 0.25]),
        has_words=np.ones(4, dtype=bool),
        ids=("a-0", "a-1", "b-0", "b-1"),
        engine="made",
        seed=1,
        settings={"relevance": 0.7},
        versions={},
    )


def make_source():
    """The model with its tables; topic 3 is weak, topic 2 has no interval, an essay's title is hostile."""
    model = make_model()
    labels = ["boat, mast", "tower, bell", "rope, wind"]
    words = [
        (k, r, word, weight, labels[k - 1], k == 3)
        for k in (1, 2, 3)
        for r, (word, weight) in enumerate(zip(model.words[k - 1], model.weights[k - 1], strict=True), start=1)
    ]
    shares = {"a": (0.123456789012345, 0.6, 0.276543210987655), "b": (0.0625, 0.3125, 0.625)}
    tables = {
        "topic_words": pd.DataFrame(words, columns=["topic", "rank", "word", "weight", "label", "weak"]),
        "topic_stability": pd.DataFrame(
            {
                "topic": [1, 2, 3], "label": labels, "stability": [0.8125, 0.5, 0.2], "low": [0.7, np.nan, 0.1],
                "high": [0.9, np.nan, 0.3125], "essays": [1, 1, 0], "npmi": [0.0625, -0.1875, np.nan],
                "weak": [False, False, True],
                "why": ["", "", "it leads no essay."], "exclusivity": [0.5, 0.25, np.nan],
            }
        ),
        "topic_mixture": pd.DataFrame(
            [(d, EVIL if d == "a" else "Essay b", k, shares[d][k - 1]) for d in shares for k in (1, 2, 3)],
            columns=["doc_id", "title", "topic", "share"],
        ),
        "topics_over_time": pd.DataFrame(
            [(year, k, 0.25, 0.1, 0.4, 6, 0.01, -0.02, 0.04, 0.5) for year in ("2009", "unknown") for k in (1, 2, 3)],
            columns=["year", "topic", "share", "low", "high", "essays", "slope", "slope_low", "slope_high", "p_holm"],
        ),
    }  # fmt: skip
    groups = pd.DataFrame(
        [
            ("author", "essays", g, k, 0.3, np.nan, np.nan, g == EVIL, 1 + i)
            for i, g in enumerate((EVIL, "Bo"))
            for k in (1, 2, 3)
        ],
        columns=["by", "unit", "group", "topic", "share", "low", "high", "apart", "n"],
    )
    pieces = (("A ", False), ("boat", True), (EVIL, False))
    passages = pd.DataFrame([(k, EVIL, 0.9, pieces) for k in (1, 2)], columns=["topic", "title", "share", "pieces"])
    return ViewSource(model, DOCUMENTS, tables, (groups,), passages)


def make_view():
    """The view itself."""
    return view_topics(make_source())
