"""Topics depend on the documents' content alone, and what the data cannot bear is an error in words."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import TopicError
from analysis.topics import ENGINES, fit_topics, load_model, save_model, topics_as_json

THEMES = [
    ["garden", "seed", "volunteer", "rota", "allotment", "neighbour", "spade"],
    ["radio", "studio", "mast", "signal", "transmitter", "announcer", "wave"],
    ["refund", "order", "desk", "complaint", "apology", "parcel", "delivery"],
]


def planted(number=45, length=8, seed=3):
    """Documents each from one theme, with two words common to all."""
    rng = np.random.default_rng(seed)
    return [[*rng.choice(THEMES[i % 3], length), *rng.choice(["people", "year"], 2)] for i in range(number)]


DOCUMENTS = planted()


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_planted_themes_are_found(engine):
    """Three plain themes must come out as three topics, whose other words are the two that all documents share."""
    model = fit_topics(DOCUMENTS, number=3, seed=1, engine=engine)
    for theme in THEMES:
        assert sum(set(theme) <= set(topic[: len(theme) + 2]) for topic in model.words) == 1


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_order_of_documents_changes_nothing(engine):
    """The same essays in another folder order must give the same paper."""
    order = np.random.default_rng(5).permutation(len(DOCUMENTS))
    one = fit_topics(DOCUMENTS, number=3, seed=1, engine=engine)
    two = fit_topics([DOCUMENTS[i] for i in order], number=3, seed=1, engine=engine)
    assert one.words == two.words
    assert np.array_equal(one.mixtures[order], two.mixtures)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_order_of_words_changes_nothing(engine):
    """A document is a bag of words."""
    one = fit_topics(DOCUMENTS, number=3, seed=1, engine=engine)
    two = fit_topics([document[::-1] for document in DOCUMENTS], number=3, seed=1, engine=engine)
    assert topics_as_json(one) == topics_as_json(two)


def test_words_do_not_depend_on_the_seed():
    """The words come from a start without chance: seed stability is 1."""
    fits = [fit_topics(DOCUMENTS, number=3, seed=seed) for seed in (1, 2, 3)]
    assert len({fit.words for fit in fits}) == 1


def test_document_without_words_keeps_its_row():
    """Nothing is dropped in silence: an empty document has a row, and it is counted."""
    model = fit_topics([*DOCUMENTS, []], number=3, seed=1)
    assert np.allclose(model.mixtures[-1], 1 / 3)
    assert model.documents_without_words == model.settings["documents_without_words"] == 1
    assert list(model.has_words[-2:]) == [True, False]


def test_topics_are_numbered_by_prevalence():
    """Topic 1 is the largest in every table and figure."""
    model = fit_topics(DOCUMENTS + planted(9)[::3] * 2, number=3, seed=1)
    assert (np.diff(model.prevalence) <= 1e-6).all()
    tokens = np.array([len(d) for d in DOCUMENTS + planted(9)[::3] * 2])
    assert np.allclose(model.prevalence, tokens @ model.mixtures / tokens.sum())


@given(
    st.lists(st.lists(st.sampled_from(["wiki", "press", "radio", "refund", "desk", "queue"]), max_size=6), max_size=12),
    st.integers(2, 5),
    st.sampled_from(sorted(ENGINES)),
)
@settings(max_examples=150, deadline=None)
def test_any_documents_give_shares_or_a_sentence(documents, number, engine):
    """Whatever the documents, there is a whole model or a TopicError, never a traceback."""
    try:
        model = fit_topics(documents, number=number, seed=1, engine=engine)
    except TopicError:
        model = None
    if model:
        assert model.mixtures.shape == (len(documents), number)
        assert np.allclose(model.mixtures.sum(axis=1), 1)
        assert {word for topic in model.words for word in topic} <= {word for d in documents for word in d}


@pytest.mark.parametrize(
    ("documents", "number", "says"),
    [
        ([], 3, "at least two different documents"),
        ([["wiki", "press"]], 2, "at least two different documents"),
        ([["wiki"], ["wiki", "wiki"]], 2, "1 different word"),
        (DOCUMENTS, 400, "from 2 to 23"),
        (DOCUMENTS, 1, "from 2 to 23"),
    ],
)
def test_what_the_data_cannot_bear_is_a_sentence(documents, number, says):
    """The sentence says what was found and what to change."""
    with pytest.raises(TopicError, match=says):
        fit_topics(documents, number=number, seed=1)


def test_auto_takes_the_engine_that_suits_the_length():
    """Titles need another method than essays, and the model must say which it was."""
    titles = [document[:4] for document in DOCUMENTS]
    essays = [document * 4 for document in DOCUMENTS]
    assert fit_topics(titles, number=3, seed=1, engine="auto").engine == "mixture"
    assert fit_topics(essays, number=3, seed=1, engine="auto").engine == "nmf-lda"


def test_texts_of_one_word_are_a_sentence():
    """Without company of words there is nothing to group by."""
    with pytest.raises(TopicError, match="No words stand together in a text"):
        fit_topics([[f"w{n}"] for n in range(500)], number=2, seed=1, engine="mixture")


@pytest.mark.parametrize("engine", ["nmf", "nmf-lda"])
def test_many_texts_of_one_word_bear_topics(engine):
    """A matrix without structure must not bring a solver's traceback."""
    model = fit_topics([[f"w{n}"] for n in range(500)], number=3, seed=1, engine=engine)
    assert model.number == 3


def test_unknown_engine_names_the_nearest():
    """A slip in a name is answered with the right one."""
    with pytest.raises(TopicError, match="Did you mean 'nmf-lda'"):
        fit_topics(DOCUMENTS, number=3, seed=1, engine="nmf_lda")


def test_ids_must_fit_the_documents():
    """Two documents of one name could not be told apart in a table."""
    with pytest.raises(TopicError, match="different names"):
        fit_topics(DOCUMENTS, number=3, seed=1, ids=["same"] * len(DOCUMENTS))


def test_model_survives_its_file(tmp_path):
    """A model read again is the same model, and its file holds no pickle."""
    model = fit_topics(DOCUMENTS, number=3, seed=1, ids=[f"p{i}" for i in range(len(DOCUMENTS))])
    again = load_model(save_model(model, tmp_path / "sub" / "model.npz"))
    assert topics_as_json(again) == topics_as_json(model)
    assert again.ids == model.ids
    assert again.weights == model.weights
    assert np.array_equal(again.topic_word, model.topic_word)
    assert list(again.has_words) == list(model.has_words)


def test_broken_model_file_is_a_sentence(tmp_path):
    """A file cut short or of another kind is refused in words."""
    path = tmp_path / "model.npz"
    path.write_bytes(b"PK\x03\x04 no model")
    with pytest.raises(TopicError, match=r"model\.npz cannot be read"):
        load_model(path)


def test_exchange_format_is_plain_json():
    """What the command line writes must be readable by anything."""
    model = fit_topics(DOCUMENTS, number=3, seed=1)
    answer = json.loads(json.dumps(topics_as_json(model)))
    assert sorted(answer) == ["document_topics", "engine", "seed", "settings", "topics", "versions"]
    assert len(answer["document_topics"]) == len(DOCUMENTS)
    assert [len(topic) for topic in answer["topics"]] == [23, 23, 23]


@pytest.mark.parametrize("documents", [["a text", "another text"], [["a", "b"], None], "a b c", [["a"], 3]])
def test_what_is_no_list_of_words_is_a_sentence(documents):
    """A text would be read letter by letter, without a word to the user."""
    with pytest.raises(TopicError, match="is no list of words"):
        fit_topics(documents, number=2, seed=1)


@pytest.mark.parametrize("number", ["3", 2.5, True, None])
def test_a_number_that_is_none_is_a_sentence(number):
    """Topics are whole."""
    with pytest.raises(TopicError, match="a whole number from 2 on; found"):
        fit_topics(DOCUMENTS, number=number, seed=1)


def test_a_file_of_another_make_is_a_sentence(tmp_path):
    """A field too many or too few, or a plain array, is no reason for a traceback."""
    np.save(tmp_path / "array.npy", np.ones(3))
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "array.npy", str(tmp_path / "absent.npz"), tmp_path / "folder"):
        with pytest.raises(TopicError, match="cannot be read as a topic model"):
            load_model(path)
    with pytest.raises(TopicError, match="cannot be written"):
        save_model(fit_topics(DOCUMENTS, number=3, seed=1), str(tmp_path / "folder"))
