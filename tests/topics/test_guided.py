"""Guided topics: what seed words do, what the texts refuse, and what a user is told when seeds do not fit."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics.fit import fit_topics
from analysis.topics.guided import fit_guided
from analysis.topics.infer import infer_mixtures
from analysis.topics.seeds import normalise_seeds

GARDEN = ["garden", "soil", "spade", "compost", "hedge", "bloom"]
RADIO = ["radio", "studio", "mast", "signal", "antenna", "dial"]
KITCHEN = ["kitchen", "oven", "dough", "flour", "spoon", "crust"]


def made_corpus(themes=(GARDEN, RADIO, KITCHEN), *, texts=20, words=12, seed=3):
    """Texts of one theme each, a fifth of the words from a common stock."""
    rng = np.random.default_rng(seed)
    stock = ["year", "town", "people", "meeting", "hall"]
    return [
        [str(rng.choice(stock if rng.random() < 0.2 else theme)) for _ in range(words)]
        for theme, _ in itertools.product(themes, range(texts))
    ]


def verdicts(guided):
    """What became of each given word."""
    table = guided.seed_words[guided.seed_words["origin"] == "given"]
    return dict(zip(table["word"], table["verdict"], strict=True))


def test_themes_become_the_topics_of_their_words_and_the_rest_stays_free():
    """The point of seeds: a theme is found under its name, and what nobody named is found beside it."""
    guided = fit_guided(
        made_corpus(), seeds={"on air": ["studio", "mast"], "baking": ["dough", "oven"]}, number=3, seed=1
    )
    assert {"studio", "mast", "radio"} <= set(guided.model.words[guided.names["on air"] - 1][:6])
    assert {"dough", "oven", "flour"} <= set(guided.model.words[guided.names["baking"] - 1][:6])
    assert set(guided.model.words[guided.free[0] - 1][:6]) == set(GARDEN)
    assert set(verdicts(guided).values()) == {"kept"}


def test_a_word_of_another_theme_is_refused_and_its_home_named():
    """A prior that cannot be overruled would find whatever its user believes."""
    guided = fit_guided(
        made_corpus(), seeds={"on air": ["studio", "mast", "spade"], "growing": ["garden", "soil"]}, number=3, seed=1
    )
    assert verdicts(guided) == dict.fromkeys(("studio", "mast", "garden", "soil"), "kept") | {"spade": "refused"}
    given = guided.seed_words[guided.seed_words["origin"] == "given"]
    row = given.set_index("word").loc["spade"]
    assert row["elsewhere"] == guided.names["growing"]
    assert row["share"] < 0.5


def test_strength_moves_words_and_none_is_the_plain_model():
    """Strength is a scale with a known zero: without it the model is the one fit_topics gives."""
    documents, seeds = made_corpus(), {"on air": ["studio", "mast", "spade"], "growing": ["garden"]}
    plain = fit_guided(documents, seeds=seeds, number=3, seed=1, strength=0)
    unguided = fit_topics(documents, number=3, seed=1)
    assert plain.model.words == unguided.words
    np.testing.assert_array_equal(plain.model.mixtures, unguided.mixtures)
    shares = []
    for strength in (0.1, 3, 1000):
        table = fit_guided(documents, seeds=seeds, number=3, seed=1, strength=strength).seed_words
        shares.append(float(table.loc[(table["word"] == "spade") & (table["origin"] == "given"), "share"].iloc[0]))
    assert shares[0] < shares[1] < shares[2]
    assert shares[2] > 0.9


def test_the_table_adds_words_with_their_counts():
    """What the data added is told apart from what was given, each with how often it occurs."""
    documents = made_corpus()
    guided = fit_guided(documents, seeds={"baking": ["dough"]}, number=3, seed=1)
    added = guided.seed_words[guided.seed_words["origin"] == "added"]
    assert set(KITCHEN) - {"dough"} <= set(added["word"])
    assert added["count"].tolist() == [sum(text.count(word) for text in documents) for word in added["word"]]
    assert added["rank"].is_monotonic_increasing
    assert set(added["verdict"]) == {"added"}


def test_a_word_no_text_holds_is_named_with_the_nearest():
    """A typing error is not silently dropped."""
    guided = fit_guided(made_corpus(), seeds={"on air": ["studio", "antena"]}, number=3, seed=1)
    row = guided.seed_words.set_index("word").loc["antena"]
    assert (row["verdict"], row["nearest"], row["count"]) == ("absent", "antenna", 0)


@pytest.mark.parametrize(
    ("seeds", "number", "said"),
    [
        ({}, 3, "at least one theme"),
        (["studio"], 3, "at least one theme"),
        ({"a": None}, 3, "give a list of words"),
        ({"a": ["studio"], "b": ["oven"], "c": ["soil"]}, 2, "3 themes cannot share 2 topics"),
        ({"a": ["studo", "xyzzy"]}, 3, "near: 'studio'"),
        ({"a": ["studio"], "b": ["studio", "oven"]}, 3, "stands in two themes, 'a' and 'b'"),
        ({"a": []}, 3, "'a' has no seed words"),
        ({"a": "studio"}, 3, "give a list of words"),
        ({"a": ["studio"]}, 500, "Ask for a number in that range"),
    ],
)
def test_seeds_that_do_not_fit_are_refused_in_a_sentence(seeds, number, said):
    """Each way to give wrong seeds has its own sentence."""
    with pytest.raises(TopicError, match=said):
        fit_guided(made_corpus(), seeds=seeds, number=number, seed=1)


@pytest.mark.parametrize("strength", [-1, float("nan"), float("inf"), "strong"])
def test_a_strength_that_is_no_weight_is_refused(strength):
    """A prior below nothing or without end has no meaning."""
    with pytest.raises(TopicError, match="between 0 and 10000"):
        fit_guided(made_corpus(), seeds={"a": ["studio"]}, number=3, seed=1, strength=strength)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_any_order_of_texts_gives_the_same_topics(data):
    """As everywhere: the order of the essays is no finding, and shares are shares."""
    documents = made_corpus(texts=5)
    order = data.draw(st.permutations(range(len(documents))))
    seeds = {"on air": ["studio", "mast"], "growing": [data.draw(st.sampled_from(GARDEN))]}
    first = fit_guided(documents, seeds=seeds, number=3, seed=1)
    other = fit_guided([documents[place] for place in order], seeds=seeds, number=3, seed=1)
    assert first.model.words == other.model.words
    np.testing.assert_array_equal(first.model.mixtures[list(order)], other.model.mixtures)
    assert first.seed_words.equals(other.seed_words)
    assert first.seed_words["share"].between(0, 1).all()
    assert (np.diff(first.model.prevalence) <= 1e-6).all()


def test_other_texts_can_be_held_against_a_guided_model():
    """A guided model is a model like any other: new texts are weighed by it."""
    guided = fit_guided(made_corpus(), seeds={"on air": ["studio", "mast"]}, number=3, seed=1)
    found = infer_mixtures(guided.model, [["studio", "dial", "signal", "mast"]])
    assert int(found.mixtures[0].argmax()) + 1 == guided.names["on air"]


def test_written_words_become_tokens_or_stay_to_be_reported():
    """A user writes "Museums" and "social media"; the texts hold "museum" and, with phrases, "social_media"."""
    tokens = {"museums": ["museum"], "social": ["social"], "media": ["media"]}
    made = normalise_seeds({"a": ["Museums", "social media"]}, lambda word: tokens[word.lower()])
    assert made == {"a": ["museum", "social_media"]}
    assert normalise_seeds({"a": ["the"]}, lambda word: []) == {"a": ["the"]}
