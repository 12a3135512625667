"""Invented judgements for tests: probabilities that lean toward the truth, abstention below one half."""

import numpy as np
import pandas as pd

LABELS = ["agreeing", "extending", "spam"]


def judged_of(n, seed=0, blogs=0):
    """A judged table of so many comments, four to an essay; with blogs, essays are dealt out to them."""
    draw = np.random.default_rng(seed)
    truth = draw.choice([*LABELS, "none"], p=[0.2, 0.6, 0.12, 0.08], size=n)
    strength = draw.gamma(1.0, size=(n, 3))
    for k, label in enumerate(LABELS):
        strength[truth == label, k] += 1.5
    chances = pd.DataFrame(strength / strength.sum(axis=1, keepdims=True), columns=LABELS)
    said = chances.idxmax(axis=1).astype(object).where(chances.max(axis=1) >= 0.5, None)
    essay = draw.integers(n // 4 + 1, size=n)
    table = (
        pd.DataFrame({"comment_id": np.arange(n), "cluster": essay, "truth": truth}).assign(label=said).join(chances)
    )
    return table.assign(blog=[f"blog {e % blogs:02d}" for e in essay]) if blogs else table
