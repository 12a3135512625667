"""From topics back to essays and paragraphs, and a warning where topics are only the essays."""

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topic_stats import choose_number, representative_paragraphs, topics_by_essay, warn_of_essays
from analysis.topics import fit_topics

GARDEN, RADIO = ["garden", "seed", "spade", "rota"], ["radio", "mast", "wave", "studio"]
DOCUMENTS = [GARDEN * 3, GARDEN[:2], RADIO * 3, RADIO[:2], GARDEN[1:], RADIO[1:], []]
ESSAYS = ["e1", "e1", "e2", "e2", "e3", "e3", "e4"]
MODEL = fit_topics(DOCUMENTS, number=2, seed=1, engine="nmf", ids=[f"p{n}" for n in range(7)])


@pytest.mark.parametrize(
    ("essays", "paragraphs", "number"),
    [(1, 4, 2), (5, 60, 2), (24, 240, 4), (48, 480, 8), (60, 15, 3), (9000, 90000, 40)],
)
def test_number_of_topics_follows_the_corpus(essays, paragraphs, number):
    """More essays bear more topics, within what a reader can name."""
    assert choose_number(essays, paragraphs) == number


def test_essays_are_means_of_their_paragraphs_weighted_by_words():
    """A long paragraph counts for more of its essay than a short one."""
    table = topics_by_essay(MODEL, DOCUMENTS, ESSAYS)
    third = table[table["doc_id"] == "e3"]["share"].to_numpy()
    assert third == pytest.approx((3 * MODEL.mixtures[4] + 3 * MODEL.mixtures[5]) / 6)
    sums = table.groupby("doc_id")["share"].sum(min_count=2)
    assert sums[["e1", "e2", "e3"]].to_numpy() == pytest.approx(1)


def test_essay_without_words_has_no_share():
    """Nothing can be said of an essay without words, and its row says so."""
    table = topics_by_essay(MODEL, DOCUMENTS, ESSAYS).set_index("doc_id")
    assert table.loc["e4", "share"].isna().all()


def test_paragraphs_must_be_those_of_the_model():
    """Other paragraphs would give figures that mean nothing."""
    with pytest.raises(TopicError, match="7 documents"):
        topics_by_essay(MODEL, DOCUMENTS[:3], ESSAYS[:3])


def test_representative_paragraphs_come_with_their_words():
    """A reader must see why a paragraph stands behind a topic."""
    table = representative_paragraphs(MODEL, DOCUMENTS, number=2)
    garden = next(k for k, topic in enumerate(MODEL.words, start=1) if topic[0] in GARDEN)
    own = table[table["topic"] == garden]
    assert own["paragraph_id"].iloc[0] == "p0"
    assert sorted(own["words"].iloc[0]) == sorted(GARDEN)
    assert "p6" not in set(table["paragraph_id"])


def test_few_essays_are_warned_of():
    """With a handful of essays the topics are the essays, and the reader must be told."""
    few = topics_by_essay(MODEL, DOCUMENTS, ESSAYS)
    assert "only 3 essays" in warn_of_essays(few, min_essays=12)
    assert "topic(s) 1, 2 come from one essay" in warn_of_essays(few, min_essays=2)


def test_many_even_essays_need_no_warning():
    """A warning that always stands is read by nobody."""
    documents = [GARDEN, RADIO] * 8
    model = fit_topics([[*d, f"x{n % 3}"] for n, d in enumerate(documents)], number=2, seed=1, engine="nmf")
    table = topics_by_essay(model, documents, [f"e{n}" for n in range(16)])
    assert warn_of_essays(table, min_essays=12) is None
    assert np.isclose(table["share"].sum(), 16)
