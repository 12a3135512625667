"""A fitted model says of any document what it would say of its own, all at once or streamed."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics import fit_topics, load_model, save_model
from analysis.topics.infer import Columns, Inferred, count_known, infer_mixtures, stream_mixtures

THEMES = [
    ["garden", "seed", "volunteer", "rota", "allotment", "neighbour", "spade"],
    ["radio", "studio", "mast", "signal", "transmitter", "announcer", "wave"],
    ["refund", "order", "desk", "complaint", "apology", "parcel", "delivery"],
]


def planted(number=45, length=8, seed=3):
    """Documents each from one theme, of uneven length, with two words common to all."""
    rng = np.random.default_rng(seed)
    return [[*rng.choice(THEMES[i % 3], length + i % 5), *rng.choice(["people", "year"], 2)] for i in range(number)]


DOCUMENTS = planted()
ENGINES = ["nmf-lda", "mixture", "nmf"]


@cache
def model(engine):
    """Three topics by an engine."""
    return fit_topics(DOCUMENTS, number=3, seed=1, engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_own_documents_come_out_as_fitted(engine):
    """A model asked about its own documents must not contradict itself."""
    found = infer_mixtures(model(engine), DOCUMENTS)
    assert (found.mixtures.argmax(axis=1) == model(engine).mixtures.argmax(axis=1)).all()
    if engine != "nmf":  # its mixtures are shares of weight, those inferred are LDA's
        assert np.abs(found.mixtures - model(engine).mixtures).max() < 0.05


@pytest.mark.parametrize("engine", ENGINES)
def test_new_documents_go_to_their_theme(engine):
    """Documents the model never saw are found by their words."""
    one, new = model(engine), planted(30, seed=9)
    best = infer_mixtures(one, new).mixtures.argmax(axis=1)
    own = model(engine).mixtures.argmax(axis=1)[:3]
    assert best.tolist() == [own[i % 3] for i in range(30)]


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(ENGINES), st.permutations(range(45)), st.integers(1, 50))
def test_chunks_and_order_change_no_mixture(engine, order, chunk):
    """The same document has the same mixture in any stream, bit for bit."""
    together = infer_mixtures(model(engine), DOCUMENTS).mixtures
    parts = list(stream_mixtures(model(engine), (DOCUMENTS[i] for i in order), chunk=chunk))
    assert [len(part.mixtures) for part in parts[:-1]] == [chunk] * (len(parts) - 1)
    assert np.array_equal(np.vstack([part.mixtures for part in parts]), together[order])


def test_stream_is_read_no_further_than_a_chunk():
    """Memory is bounded: documents are taken as they are needed."""
    taken = []
    stream = stream_mixtures(model("nmf-lda"), (taken.append(i) or d for i, d in enumerate(DOCUMENTS)), chunk=10)
    next(stream)
    assert len(taken) == 10


@pytest.mark.parametrize("engine", ENGINES)
def test_unknown_words_are_counted_and_move_nothing(engine):
    """What the model does not know is told, and the rest stands."""
    found = infer_mixtures(model(engine), [["seed", "spade", "comet"], ["comet"], [], ["seed", "spade"]])
    assert (found.tokens, found.unknown) == (6, 2)
    assert found.has_words.tolist() == [True, False, False, True]
    assert np.allclose(found.mixtures[1:3], 1 / 3)
    assert np.array_equal(found.mixtures[0], found.mixtures[3])
    assert "Of 6 words 2 (33%) are not among the model's" in found.note
    assert "of 4 documents 2 have no word left" in found.note


def test_a_saved_model_answers_as_before(tmp_path):
    """Nothing that inference needs is lost on disk."""
    again = load_model(save_model(model("nmf-lda"), tmp_path / "model.npz"))
    assert np.array_equal(
        infer_mixtures(again, DOCUMENTS).mixtures, infer_mixtures(model("nmf-lda"), DOCUMENTS).mixtures
    )


def test_model_of_another_vocabulary_is_refused():
    """Mixtures of words that the model does not know would be the prior, printed to six digits."""
    french = [["jardin", "graine", "bêche"]] * 20
    with pytest.raises(TopicError, match=r"knows 0 of the documents' 60 words.*Prepare the documents"):
        infer_mixtures(model("nmf-lda"), french)
    with pytest.raises(TopicError, match="another language or subject"):
        list(stream_mixtures(model("mixture"), iter(french * 50), chunk=700))


@pytest.mark.parametrize("document", ["seed garden", b"seed", 3, None])
def test_document_that_is_no_list_of_words_is_named(document):
    """A text instead of its words would be read letter by letter."""
    with pytest.raises(TopicError, match="Document 3 is no list of words"):
        infer_mixtures(model("nmf-lda"), [["seed"], ["garden"], document])


def test_no_documents_have_no_mixtures():
    """An empty table of the right width, not an error."""
    found = infer_mixtures(model("nmf-lda"), [])
    assert isinstance(found, Inferred)
    assert found.mixtures.shape == (0, 3)
    assert "Of 0 words 0 are not" in found.note
    assert list(stream_mixtures(model("nmf-lda"), iter([]))) == []


def test_chunk_of_nothing_is_refused():
    """A chunk of 0 would never end."""
    with pytest.raises(TopicError, match="ask for 1 or more"):
        list(stream_mixtures(model("nmf-lda"), DOCUMENTS, chunk=0))


def test_counts_are_the_words_counted():
    """The quick count equals a plain one."""
    words = sorted({word for document in DOCUMENTS for word in document})[1:]
    counts, known, tokens = count_known(DOCUMENTS, Columns((word, place) for place, word in enumerate(words)))
    assert counts.toarray().tolist() == [[document.count(word) for word in words] for document in DOCUMENTS]
    assert counts.has_canonical_format
    assert known.tolist() == counts.sum(axis=1).A1.tolist()
    assert tokens == sum(map(len, DOCUMENTS)) > known.sum()


def test_words_that_are_numbers_are_read_as_fitted():
    """A fit takes any token by its spelling, and so does inference."""
    one = fit_topics([[1, 2, 3], [1, 2], [2, 3], [7, 8, 9], [7, 8], [8, 9]], number=2, seed=1)
    assert infer_mixtures(one, [[1, 2]]).unknown == 0
    with pytest.raises(TopicError, match="Words are to be strings"):
        infer_mixtures(one, [[["seed"], ["garden"]]])


def test_single_precision_moves_no_mixture():
    """Quick inference is the exact one to five digits."""
    exact = infer_mixtures(model("nmf-lda"), DOCUMENTS, rounds=400, threshold=1e-7).mixtures
    quick = infer_mixtures(model("nmf-lda"), DOCUMENTS, rounds=400, threshold=1e-4).mixtures
    assert np.abs(exact - quick).max() < 1e-3
