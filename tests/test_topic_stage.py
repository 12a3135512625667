"""The topic stage: words too rare or too common go and are counted; weak topics are called weak."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.config import load_config
from analysis.topic_stage import dropped_words, essay_mixtures, kept_words, make_topics
from analysis.topic_stats import topics_by_essay

THEMES = {"bee": ["bee", "hive", "honey", "swarm", "comb"], "rail": ["rail", "train", "signal", "guard", "platform"]}


def paragraphs(essays):
    """Three paragraphs an essay, half the essays on bees and half on trains; "day" is everywhere, "only7" in one."""
    rows = []
    for essay in range(essays):
        words = THEMES["bee" if essay % 2 else "rail"]
        for number in range(3):
            tokens = [*words[number:], *words[: number + 2], "day", f"only{essay}"]
            rows.append((f"e{essay:02d}-{number}", f"e{essay:02d}", number, " ".join(tokens), tokens))
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text", "tokens"])


@pytest.fixture(scope="module")
def settings():
    return dataclasses.replace(load_config().topics, number=2)


def test_words_of_few_or_of_many_essays_are_dropped_with_the_reason():
    """In a large corpus a word of one essay, or of more than a third, makes no topic."""
    dropped = dropped_words(paragraphs(24)).set_index("word")["reason"]
    assert dropped["only7"] == "in fewer than 3 essays"
    assert dropped["day"] == "in more than 33 % of the essays"


def test_of_few_essays_every_word_is_kept():
    """Five essays have no words to spare."""
    assert dropped_words(paragraphs(5)).empty


def test_planted_topics_come_back_and_are_strong(settings):
    """Two themes that share no word give two topics, each leading its own essays."""
    table = paragraphs(14)
    made = make_topics(table, settings, 1)
    top = made.words[made.words["rank"] <= 5].groupby("topic")["word"].agg(set).tolist()
    assert sorted(map(sorted, top)) == sorted(map(sorted, map(set, THEMES.values())))
    assert not made.stability["weak"].any()
    mixtures = essay_mixtures(table, made.shares)
    assert mixtures.sum(axis=1).round(6).eq(1).all()
    leads = mixtures.idxmax(axis=1)
    assert leads[[f"e{n:02d}" for n in range(0, 14, 2)]].nunique() == 1
    assert leads["e00"] != leads["e01"]


def test_an_essay_has_one_mixture_in_every_table(settings):
    """What leads an essay in one table must lead it in the others: both weigh by the words topics are fitted on."""
    table = paragraphs(14)  # "day" is dropped, and stands in one paragraph forty times
    table.at[4, "tokens"] = [*table.at[4, "tokens"], *["day"] * 40]
    made = make_topics(table, settings, 1)
    mixtures = essay_mixtures(table, made.shares)
    other = topics_by_essay(made.model, kept_words(table), table["doc_id"].tolist())
    assert np.allclose(mixtures.to_numpy().ravel(), other["share"], atol=1e-5)


def test_row_order_changes_nothing(settings):
    """The same paragraphs in another order give the same tables."""
    table = paragraphs(14)
    one = make_topics(table, settings, 1)
    two = make_topics(table.sample(frac=1, random_state=3), settings, 1)
    pd.testing.assert_frame_equal(one.words, two.words)
    pd.testing.assert_frame_equal(one.stability, two.stability)


def test_five_essays_are_said_to_be_too_few(settings):
    """Topics are fitted, and the note says that they are only the essays."""
    made = make_topics(paragraphs(5), settings, 1)
    assert len(made.words)
    assert made.note.startswith("There are only 5 essays")


def test_what_cannot_bear_topics_gives_a_note(settings):
    """One essay, or none, is no error but a sentence."""
    for table, there in ((paragraphs(1), "is 1"), (paragraphs(1).head(0), "are none"), (paragraphs(2), "are 2")):
        made = make_topics(table, settings, 1)
        assert made.words.empty
        assert made.note == f"No topics were fitted: they need at least 3 essays, and there {there}."
