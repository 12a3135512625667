"""Small tables, one for each kind of figure, with values that are easy to check by eye."""

import numpy as np
import pandas as pd

RECORD = {
    "corpus": "harbour",
    "corpus_hash": "0123456789ab",
    "code_version": "cafecafecafe",
    "seed": 7,
    "settings_hash": "ba9876543210",
    "versions": {"matplotlib": "0.0"},
    "command": "python -m analysis figures harbour",
}
LABELS = ("agreeing", "extending", "spam", "cannot say")


def profile(essays=3):
    """Comments fall from essay to essay; the second essay has no title, the third is a further version."""
    rows = [
        {
            "doc_id": f"d{i:02}", "page": f"page-{i}", "title": None if i == 1 else f"Essay {i}", "date": "2011-05-04",
            "comments_open": (True, False, None)[i % 3], "readers": essays - i, "author_answers": 1, "agreeing": 2,
            "extending": 2 * (essays - i), "spam": 1, "cannot_say": 0, "pingbacks": i, "representative": i != 2,
        }
        for i in range(essays)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def shares(corrected=(True, False)):
    """One row a label and group; the groups are corrected or not as said."""
    groups = ["all", *(f"topic {i}: boat, mast" for i in range(len(corrected) - 1))]
    values = {"agreeing": 0.2, "extending": 0.7, "spam": 0.1}
    rows = [
        (group, label, share, share - 0.05, share + 0.05, "ppi++" if right else "counted", right, 50, 400, 12, None)
        for group, right in zip(groups, corrected, strict=True)
        for label, share in values.items()
    ]
    columns = ["group", "label", "share", "low", "high", "method", "corrected", "n_coded", "n", "clusters", "caution"]
    return pd.DataFrame(rows, columns=columns)


def estimators(truth=0.21):
    """Three estimators of two labels; counting lies below the truth, the others hold it."""
    rows = [
        (label, method, share, share - 0.04, share + 0.04, method != "counted", 60, 400, truth, None)
        for label in ("agreeing", "spam")
        for method, share in {"counted": 0.1, "hand codes": 0.22, "ppi++": 0.2}.items()
    ]
    columns = ["label", "method", "share", "low", "high", "corrected", "n_coded", "n", "truth", "caution"]
    return pd.DataFrame(rows, columns=columns)


def agreement(caution=None):
    """Agreement falls from label to label; of the last nothing is known."""
    rows = [
        ("all", 0.82, 0.7, 0.9, 0.81, 0.9, 60, 2, caution),
        ("agreeing", 0.6, 0.4, 0.8, 0.6, 0.88, 60, 2, None),
        ("spam", np.nan, np.nan, np.nan, np.nan, 1.0, 60, 2, None),
    ]
    columns = ["label", "alpha", "low", "high", "kappa", "agreement", "n", "coders", "caution"]
    return pd.DataFrame(rows, columns=columns).assign(of="label")


def precision():
    """More codes, narrower intervals; a tenth of a point cannot be reached."""
    rows = [
        (label, width, codes, 60, 400, width == 0.08)
        for label in ("extending", "spam")
        for width, codes in {0.1: 40, 0.08: 60, 0.05: 150, 0.01: 380, 0.001: None}.items()
    ]
    return pd.DataFrame(rows, columns=["label", "half_width", "codes", "coded", "n", "now"])


def blogs():
    """Two blogs and a handful of small ones; the second blog has one essay only."""
    rows = [
        ("all", 5, 90, 30, 0.8, 0.7, 0.9, 0.86, 0.8, 0.92),
        ("blog 01", 1, 50, 20, 0.9, 0.8, 0.96, 0.92, 0.85, 0.97),
        ("blog 02", 1, 25, 1, 0.6, np.nan, np.nan, 0.72, np.nan, np.nan),
        ("others", 3, 15, 9, 0.5, 0.3, 0.7, 0.8, 0.5, 0.95),
    ]
    columns = ["blog", "blogs", "n", "essays", "macro_f1", "f1_low", "f1_high", "accuracy", "low", "high"]
    return pd.DataFrame(rows, columns=columns).assign(fewest=20, source="planted truth")


def ablation():
    """Leaving out one group costs much, one nothing that can be told, and one does good."""
    rows = [
        ("nothing", 0, 0.8, 0.8, 0.9, 0.7, 0.88, 0.0, np.nan, np.nan),
        ("signature", 9, 0.72, 0.8, 0.9, 0.46, 0.85, -0.08, -0.11, -0.05),
        ("length", 4, 0.79, 0.78, 0.9, 0.69, 0.87, -0.01, -0.03, 0.01),
        ("time of day", 2, 0.83, 0.82, 0.91, 0.76, 0.89, 0.03, 0.01, 0.05),
    ]
    columns = ["left_out", "features", "macro_f1", "f1_agreeing", "f1_extending", "f1_spam", "accuracy"]
    return pd.DataFrame(rows, columns=[*columns, "difference", "lower", "upper"])


def topic_words(topics=3):
    """Twelve words a topic, falling; topic 1 is weak."""
    rows = [(k, "boat, mast", r, f"word{r}", 1 / r, k == 1) for k in range(topics) for r in range(1, 13)]
    return pd.DataFrame(rows, columns=["topic", "label", "rank", "word", "weight", "weak"])


def topics_guided(themes=2):
    """Each theme keeps a word, has one refused and one that is absent, and gets two added."""
    words = [
        ("boat", "given", "kept", 0.9, 1, 12, None, None),
        ("bell", "given", "refused", 0.2, 30, 9, 5, None),
        ("barge", "given", "absent", np.nan, None, 0, None, "large"),
        ("mast", "added", "added", 0.8, 2, 8, None, None),
        ("tide", "added", "added", 0.7, 3, 7, None, None),
    ]
    columns = ["theme", "topic", "word", "origin", "verdict", "share", "rank", "count", "elsewhere", "nearest"]
    rows = [(f"theme {k}", k + 1, *word) for k in range(themes) for word in words]
    return pd.DataFrame(rows, columns=columns).astype({"rank": "Int64", "elsewhere": "Int64", "nearest": object})


def topic_mixture(essays=4, topics=3):
    """Each essay has .6 of one topic and the rest in equal parts."""
    rest = 0.4 / max(topics - 1, 1)
    rows = [
        (f"d{i}", f"Essay {i}", k, "boat, mast", 0.6 if k == i % topics else rest)
        for i in range(essays)
        for k in range(topics)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "title", "topic", "label", "share"])


def topics_by_group(by="author", unit="essays"):
    """Three groups and two topics; the first group stands apart in topic 1, the last is unknown."""
    rows = [
        ("Ada Holm", 1, 0.7, 0.6, 0.8, 0.5, 0.3, 0.7, 0.001, 0.004, True, 5, 5, 12, 0, None),
        ("Bo Lund", 1, 0.3, None, None, -0.1, None, None, None, None, False, 1, 1, 1, 2, "one essay: no interval"),
        ("unknown", 1, 0.2, 0.1, 0.35, None, None, None, None, None, False, 6, 6, 6, 0, None),
    ]
    second = [
        (group, 2, 1 - share, *[v if v is None else 1 - v for v in (high, low)], *[None] * 5, False, *counted)
        for group, _, share, low, high, *rest in rows
        for counted in [rest[-5:]]
    ]
    columns = ["group", "topic", "share", "low", "high", "difference", "difference_low", "difference_high", "p",
               "p_holm", "apart", "essays", "clusters", "n", "left_out", "note"]  # fmt: skip
    table = pd.DataFrame([*rows, *second], columns=columns).sort_values(["group", "topic"], kind="stable")
    labels = {1: "boat, mast", 2: "bell, tower"}
    return table.assign(by=by, unit=unit, label=table["topic"].map(labels), weak=table["topic"] == 2)


def topic_choice():
    """Three numbers of topics: two too few, three marked, six as good but for held-out fit."""
    rows = [(2, 0.01, False, 0.5, False, 40), (3, 0.08, True, 0.8, True, 30), (6, 0.05, False, 0.75, True, 33)]
    table = pd.DataFrame(rows, columns=["number", "gain", "gain_level", "stability", "stability_level", "perplexity"])
    table = table.assign(npmi=-0.05, npmi_level=True)
    for name, half in (("gain", 0.02), ("stability", 0.1), ("npmi", 0.06)):
        table = table.assign(**{f"{name}_low": table[name] - half, f"{name}_high": table[name] + half})
    return table.assign(
        levels=[1, 3, 2],
        candidate=[False, True, True],
        recommended=[False, True, False],
        current=[False, False, True],
        essays=12,
        paragraphs=48,
        draws=10,
        verdict="The data does not decide between K = 3 and 6.",
    )


def framing(agree=True):
    """Three essays with marks, one of them with two only, and one without any."""
    rows = [
        ("Pier", -0.8, -0.3, -1.0, 6, 9, 4, -0.7, -0.5, 0.4),
        ("Bell", 0.6, 0.1, None, 5, 8, 1, None, -0.4, 0.6),
        ("Mast", 0.9, 0.5, 0.7, 7, 8, 5, 0.7, -0.6, 0.5),
        ("Fog", None, None, None, 0, 1, 0, None, -0.2, 0.2),
    ]
    columns = ["title", "seeded", "semantic", "grammar", "n_seeded", "n_semantic", "n_grammar", "score", "chance_low",
               "chance_high"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).assign(low="doing to", high="doing with", agree=agree)
    if agree:
        return table.assign(verdict="The instruments agree (alpha 0.80).")
    return table.assign(score=None, verdict="The instruments do not agree: no axis score should be quoted.")


def topics_over_time(trend=True):
    """Topic 1 rises from 2009 to 2013 without a 2012, topic 2 is weak; two essays have no date."""
    years = {"2009": (0.1, 4), "2010": (0.2, 1), "2011": (0.35, 5), "2013": (0.5, 3), "unknown": (0.4, 2)}
    rows = [
        (year, topic, share if topic == 1 else 1 - share, essays)
        for year, (share, essays) in years.items()
        for topic in (1, 2)
    ]
    table = pd.DataFrame(rows, columns=["year", "topic", "share", "essays"])
    alone = table["essays"] == 1
    slope = table["topic"].map({1: 0.1, 2: -0.1})
    return table.assign(
        label=table["topic"].map({1: "boat, mast", 2: "bell, tower"}), weak=table["topic"] == 2, left_out=0,
        low=(table["share"] - 0.1).mask(alone), high=(table["share"] + 0.1).mask(alone), clusters=table["essays"],
        note=alone.map({True: "one essay: no interval", False: None}), slope=slope, slope_low=slope - 0.04,
        slope_high=slope + 0.04, p=0.001, p_holm=0.002, trend=trend, trend_note=None,
    )  # fmt: skip


def small_tables():
    """A table for every kind of figure."""
    bins = [(0, 0.5, 0.4, 0.2, 0.6, 10, "hand codes"), (1, 0.9, 0.94, 0.9, 0.99, 30, "hand codes")]
    stability = [
        (0, "boat, mast", 0.9, 0.8, 1.0, 5, 1.0, 5, 0.12, False, ""),
        (1, "bell, tower", 0.3, 0.1, 0.5, 5, 1.0, 2, np.nan, True, "other draws gave other words"),
    ]
    diff = [
        ("a → b", 1, "same", None, "The quay is old.", "The quay is old.", 4, 4),
        ("a → b", 2, "reworded", "names", "The old boat left.", "The new boat left.", 4, 4),
        ("a → b", 3, "cut", None, "Nobody waved.", None, 2, 0),
        ("a → b", 4, "added", None, None, "Somebody waved back.", 0, 3),
    ]
    slots = [
        ("family 1", 1, 1, "p", "I was", "browsing"), ("family 1", 1, 2, "q", "I was", "surfing"),
        ("family 1", 2, 1, "p", "for", "hours"), ("family 1", 2, 2, "q", "for", ""),
    ]  # fmt: skip
    said = (*LABELS,)
    return {
        "attrition": pd.DataFrame(
            [("files", "kept", None, 8), ("files", "dropped", "no text", 2), ("comments", "kept", None, 30)],
            columns=["stage", "outcome", "reason", "n"],
        ),
        "profile": profile(),
        "topic_words": topic_words(),
        "topic_mixture": topic_mixture(),
        "topics_guided": topics_guided(),
        "topic_stability": pd.DataFrame(
            stability,
            columns=[
                *("topic", "label", "stability", "low", "high", "fits", "seed_stability", "essays", "npmi"),
                *("weak", "why"),
            ],
        ),
        "topic_choice": topic_choice(),
        "framing": framing(),
        "topics_by_group": topics_by_group(),
        "topics_over_time": topics_over_time(),
        "shares": shares(),
        "shares_by_year": shares().assign(group=["all"] * 3 + ["2011"] * 3),
        "estimators": estimators(),
        "agreement": agreement(),
        "precision": precision(),
        "reliability": pd.DataFrame(bins, columns=["bin", "predicted", "observed", "low", "high", "n", "source"]),
        "confusion": pd.DataFrame(
            [(t, s, n, n, "planted truth") for t in (*LABELS[:3], "none") for s in said for n in [8 if t == s else 1]],
            columns=["truth", "said", "n", "weight", "source"],
        ),
        "blogs": blogs(),
        "ablation": ablation(),
        "coverage": pd.DataFrame(
            [(c, 1 - c / 5, 0.9 - c / 5, 1.0, "planted truth") for c in (0.5, 0.8, 1.0)],
            columns=["coverage", "accuracy", "low", "high", "source"],
        ),
        "version_diff": pd.DataFrame(
            diff, columns=["pair", "number", "kind", "change", "text_a", "text_b", "words_a", "words_b"]
        ),
        "spam_slots": pd.DataFrame(slots, columns=["family", "slot", "copy", "page", "before", "variant"]),
        "timeline": pd.DataFrame(
            [(y, label, i + 1) for y in (2009, 2011, None) for i, label in enumerate(LABELS)],
            columns=["year", "label", "n"],
        ).astype({"year": "Int64"}),
        "theme_topic": pd.DataFrame(
            [("sea", 0, "boat", 3), ("sea", 1, "bell", 1), ("towers", 0, "boat", 0), ("towers", 1, "bell", 4)],
            columns=["theme", "topic", "label", "n"],
        ),
    }
