"""A label does not hang on signature or politeness alone; training rows are changed only where no label changes."""

import pandas as pd
import pytest

from analysis.stance import label_comments
from analysis.stance.augment import LEAST_WORDS, augment
from analysis.stance.form import beside_kind
from analysis.stance.lexicon import load_lexicon

ESSAY = (
    "Our choir sang in the old swimming bath this winter because the church was too cold. The echo swallowed every "
    "consonant, so the conductor placed the basses in the deep end and the tenors on the steps."
)
OWN = (
    "In our bath the tiles were the trouble: we hung forty blankets from the balcony and the echo fell to two seconds."
)


def label(text, **more):
    """The one row for one comment under the essay above."""
    row = {"id": "1", "parent_title": "Singing in the bath", "parent_text": ESSAY, "author": "Ida Holm", "text": text}
    return label_comments(pd.DataFrame([row | more])).iloc[0]


@pytest.mark.parametrize("place", ["author_url", "text"])
def test_content_is_not_called_spam_for_one_link(place):
    """A shopkeeper who tells of her own bath has told of it."""
    link = "http://www.cheap-loans-and-pills.example/"
    change = {"author_url": link} if place == "author_url" else {"text": f"{OWN} {link}"}
    row = label(**({"text": OWN} | change))
    assert row["label"] != "spam"
    assert row["label"] or row["reason"]


def test_content_under_thanks_is_not_called_agreeing():
    """Politeness around an addition does not take it away."""
    assert label(f"I love this, thank you so much! {OWN} Keep up the good work!")["label"] != "agreeing"


def test_what_stands_beside_kind_sentences():
    """Thanks and praise go, the rest stays in its order."""
    text = "Thank you! The tiles were wet in March. What a lovely post. We hung blankets"
    assert beside_kind(text, load_lexicon()) == "The tiles were wet in March. We hung blankets"


def test_changed_rows_keep_their_label_and_their_originals():
    """Thanks are given to long extending comments only; every change is small and the same each time."""
    long, short = f"{OWN} {OWN}", "Does it hold in summer"
    rows = [
        {"id": f"r{k}", "label": label, "text": text, "author_url": None, "blog": "b"}
        for k, (label, text) in enumerate(
            [("extending", long), ("extending", short), ("agreeing", long), ("spam", long)] * 30
        )
    ]
    made = augment(rows, 0.3)
    assert made == augment(rows, 0.3)
    by_id = {row["id"]: row for row in rows}
    assert 10 < len(made) < len(rows) / 2
    for row in made:
        before = by_id[row["id"].removesuffix("+changed")]
        assert (row["label"], row["blog"], row["weight"]) == (before["label"], "b", 0.3)
        if len(row["text"]) != len(before["text"]):
            assert before["label"] == "extending"
            assert len(before["text"].split()) >= LEAST_WORDS
        else:
            assert row["text"] != before["text"]
            assert sorted(row["text"]) == sorted(before["text"])
    assert any(len(row["text"]) > len(by_id[row["id"].removesuffix("+changed")]["text"]) for row in made)
    assert augment(rows, 0.0) == []
