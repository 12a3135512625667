"""Texts put together by thread: nothing is lost, and each text is weighed by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics.pooling import fit_pooled, pool_documents, thread_roots

GARDEN = ["garden", "soil", "spade", "compost", "hedge", "bloom"]
RADIO = ["radio", "studio", "mast", "signal", "antenna", "dial"]


def made_threads(seed=2):
    """Twelve threads of five comments of three words, each thread on one of two themes."""
    rng = np.random.default_rng(seed)
    texts = [
        list(rng.choice(GARDEN if thread % 2 else RADIO, 3, replace=False)) for thread in range(12) for _ in range(5)
    ]
    return [[str(word) for word in text] for text in texts], [place // 5 for place in range(60)]


@given(st.lists(st.tuples(st.lists(st.sampled_from("abc"), max_size=4), st.integers(0, 3)), max_size=12))
@settings(max_examples=25, deadline=None)
def test_pooling_loses_no_word(given_texts):
    """All words of a group stand together, in the order of its texts."""
    texts, groups = [text for text, _ in given_texts], [group for _, group in given_texts]
    pooled = pool_documents(texts, groups)
    assert pooled.groups == list(dict.fromkeys(groups))
    for group, words in zip(pooled.groups, pooled.documents, strict=True):
        assert words == [word for text, of in given_texts for word in text if of == group]


def test_each_text_has_a_mixture_of_its_own_numbered_by_prevalence():
    """The threads are fitted, the comments are weighed, and topic 1 is the one most of the comments are on."""
    texts, threads = made_threads()
    model = fit_pooled([*texts, []], [*threads, 99], number=2, seed=1, ids=[f"c{place}" for place in range(61)])
    best = model.mixtures[:60].argmax(axis=1)
    right = sum((best[place] == best[0]) == (threads[place] % 2 == threads[0] % 2) for place in range(60))
    assert right >= 58
    assert model.prevalence[0] >= model.prevalence[1]
    assert model.settings["pooled"] == 13
    assert (model.ids[60], bool(model.has_words[60]), model.documents_without_words) == ("c60", False, 1)


def test_groups_and_names_must_fit():
    """A sentence, not a traceback."""
    with pytest.raises(TopicError, match="3 texts and 1 groups"):
        pool_documents([["a"], ["b"], ["c"]], ["x"])
    with pytest.raises(TopicError, match="name of its own"):
        fit_pooled([["a"], ["b"]], [1, 2], number=2, seed=1, ids=["x", "x"])


def test_chains_of_replies_end_at_the_comment_that_opens_them():
    """A reply to a comment that is gone opens a chain, and a circle does not hang."""
    roots = thread_roots({"c": "b", "b": "a", "a": None, "x": "gone", "p": "q", "q": "p"})
    assert roots == {"a": "a", "b": "a", "c": "a", "x": "x", "p": "p", "q": "p"}


def test_a_text_that_was_not_cut_into_words_is_a_sentence():
    """It would be read letter by letter."""
    with pytest.raises(TopicError, match="Document 2 is no list of words"):
        pool_documents([["well", "said"], "why so"], ["one", "two"])
