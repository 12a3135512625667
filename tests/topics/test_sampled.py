"""A large corpus is fitted on a sample that its order does not touch, and every document is weighed and counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics import fit_topics
from analysis.topics.sampled import LARGE_DOCUMENTS, LARGE_TOKENS, draw_sample, fit_sampled, is_large

THEMES = [
    ["garden", "seed", "volunteer", "rota", "allotment", "neighbour", "spade"],
    ["radio", "studio", "mast", "signal", "transmitter", "announcer", "wave"],
    ["refund", "order", "desk", "complaint", "apology", "parcel", "delivery"],
]


class Stream:
    """Documents made anew at each reading: twice as many of the first theme, each with a word of its own."""

    def __init__(self, number=600):
        self.number = number

    def __iter__(self):
        rng = np.random.default_rng(3)
        for place in range(self.number):
            yield [*rng.choice(THEMES[(0, 0, 1, 2)[place % 4]], 7), f"only{place}"]


def fit(documents, engine="nmf-lda"):
    """Three topics of a sample."""
    return fit_topics(documents, number=3, seed=1, engine=engine)


@pytest.mark.parametrize("engine", ["nmf-lda", "mixture", "nmf", "auto"])
def test_every_document_of_a_stream_is_weighed(engine):
    """The fit sees some, the model speaks of all, and the settings say how many were which."""
    model = fit_sampled(Stream(), lambda sample: fit(sample, engine), seed=1, most_documents=150)
    own = [model.mixtures[place].argmax() for place in (0, 2, 3)]
    assert sorted(own) == [0, 1, 2]
    assert own[0] == 0
    assert (model.mixtures.argmax(axis=1) == np.tile([own[0], own[0], own[1], own[2]], 150)).mean() > 0.99
    assert (np.diff(model.prevalence) <= 1e-6).all()
    assert model.settings["documents"] == len(model.ids) == 600
    assert model.settings["documents_fitted"] == 150
    assert model.settings["tokens"] == 600 * 8
    assert model.settings["tokens_fitted"] == 150 * 7
    assert model.settings["words_left_out"] == 150
    assert model.settings["tokens_outside_vocabulary"] == 600


def test_topics_are_numbered_by_all_documents():
    """What the sample holds most of need not be what the corpus holds most of."""
    upside_down = fit_sampled(Stream(), lambda sample: _turned(fit(sample)), seed=1, most_documents=150)
    right_way = fit_sampled(Stream(), fit, seed=1, most_documents=150)
    assert upside_down.words == right_way.words
    assert np.allclose(upside_down.mixtures, right_way.mixtures, atol=0.02)
    assert np.allclose(upside_down.topic_word, right_way.topic_word)


def _turned(model):
    from dataclasses import replace

    return replace(
        model,
        words=model.words[::-1],
        weights=model.weights[::-1],
        topic_word=model.topic_word[::-1].copy(),
        mixtures=model.mixtures[:, ::-1].copy(),
        prevalence=model.prevalence[::-1].copy(),
    )


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 5), st.integers(30, 70), st.integers(150, 400))
def test_sample_hangs_on_content_alone(chance, seed, most_documents, most_tokens):
    """Another order of documents and words, or texts repeated, draw the same sample, within its bounds."""
    documents = [[*THEMES[place % 3][: 3 + place % 4], f"w{place}"] for place in range(80)]
    bounds = {"seed": seed, "most_documents": most_documents, "most_tokens": most_tokens}
    one = draw_sample(documents, **bounds)
    turned = [document[::-1] for document in documents] + documents[:20]
    chance.shuffle(turned)
    two = draw_sample(turned, **bounds)
    assert one.documents == two.documents
    assert (two.read, two.words_left_out) == (100, one.words_left_out)
    assert len(one.documents) <= most_documents
    assert sum(map(len, one.documents)) < most_tokens + 7


def test_another_seed_draws_another_sample():
    """The draw is by chance, and the seed is its only source."""
    drawn = {str(draw_sample(Stream(100), seed=seed, most_documents=40).documents) for seed in (1, 2, 1)}
    assert len(drawn) == 2


def test_order_of_documents_changes_nothing():
    """A shuffled corpus has the same topics, and each document its mixture."""
    documents = list(Stream(200))
    order = np.random.default_rng(1).permutation(200)
    one = fit_sampled(documents, fit, seed=4, most_documents=90)
    two = fit_sampled([documents[place] for place in order], fit, seed=4, most_documents=90)
    assert one.words == two.words
    assert np.array_equal(one.mixtures[order], two.mixtures)


def test_document_without_known_words_keeps_its_row():
    """Nothing is dropped in silence."""
    model = fit_sampled([*Stream(100), [], ["comet"]], fit, seed=1)
    assert model.has_words[-3:].tolist() == [True, False, False]
    assert np.allclose(model.mixtures[-2:], 1 / 3)
    assert model.documents_without_words == model.settings["documents_without_words"] == 2


def test_large_is_a_stream_or_past_a_bound():
    """Where a fit on all is at hand, nothing is sampled."""
    assert not is_large([["word"] * 50] * 100)
    assert is_large(Stream(3))
    assert is_large([["word"]] * (LARGE_DOCUMENTS + 1))
    assert is_large([["word"] * (LARGE_TOKENS // 10)] * 11)


class Growing:
    """A file that is written while it is read."""

    def __init__(self, change):
        self.number, self.change = 90, change

    def __iter__(self):
        self.number += self.change
        yield from Stream(self.number)


@pytest.mark.parametrize(
    ("documents", "options", "sentence"),
    [
        (iter([["seed"]]), {}, "can be read only once"),
        (Growing(+4), {}, "94 documents when first read and more when read again"),
        (Growing(-4), {}, "86 documents when first read and 82 when read again"),
        (Stream(20), {"ids": ["a"] * 20}, "20 documents and 1 different names"),
        (Stream(20), {"ids": ["a"]}, "20 documents and 1 different names"),
        ([[f"w{place}"] for place in range(50)], {}, "No word stands in 5 of the 50 documents drawn from 50"),
        ([[], []], {}, "No word stands in 5 of the 0 documents drawn from 2"),
        ([["seed"], "seed garden"], {}, "Document 2 is no list of words"),
        ([["seed"], None], {}, "Document 2 is no list of words"),
        ([["seed"]] * 30, {}, "No word stands in 5 of the 1 documents drawn from 30"),
    ],
)
def test_what_cannot_be_sampled_is_said(documents, options, sentence):
    """Bad input is a sentence."""
    with pytest.raises(TopicError, match=sentence):
        fit_sampled(documents, fit, seed=1, **options)
