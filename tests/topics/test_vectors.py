"""Word vectors: the same on every run, near where words keep company, and readable from a file."""

import subprocess
import sys

import numpy as np
import pytest

from analysis.errors import TopicError
from analysis.topics.vectors import load_vectors, train_vectors

BOATS, BREAD = ["boat", "mast", "quay", "sail", "rope", "tide"], ["flour", "oven", "yeast", "crust", "dough", "salt"]
RNG = np.random.default_rng(5)
DOCUMENTS = [list(RNG.permutation(words)) for words in (BOATS, BREAD[:5]) for _ in range(60)]


@pytest.mark.parametrize("method", ["ppmi", "word2vec"])
def test_words_of_one_company_lie_together(method):
    """A boat is nearer to its mast than to flour."""
    vectors = train_vectors(DOCUMENTS, seed=1, method=method, dimensions=8)
    boat, mast, flour = (vectors.vectors[vectors.places[word]] for word in ("boat", "mast", "flour"))
    assert boat @ mast > boat @ flour
    assert np.linalg.norm(vectors.vectors, axis=1) == pytest.approx(np.ones(11))


def test_the_order_of_documents_changes_nothing():
    """The default way counts, and counts have no order."""
    one, other = train_vectors(DOCUMENTS, seed=1), train_vectors(DOCUMENTS[::-1], seed=2)
    assert one.vocabulary == other.vocabulary
    assert one.vectors == pytest.approx(other.vectors)


def test_word2vec_is_the_same_under_every_hash_seed():
    """gensim hashes words; a hash that Python salts would make every run another model."""
    code = (
        "from analysis.topics.vectors import train_vectors; "
        "d = [f'a{i} b{i % 5} c{i % 3} same'.split() for i in range(30)] * 2; "
        "print(train_vectors(d, seed=1, method='word2vec', dimensions=4).vectors.sum().round(6))"
    )
    salted = [sys.executable, "-c", code]
    told = subprocess.run(salted, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"}).stdout
    documents = [f"a{i} b{i % 5} c{i % 3} same".split() for i in range(30)] * 2
    here = train_vectors(documents, seed=1, method="word2vec", dimensions=4).vectors.sum()
    assert float(told) == pytest.approx(here, abs=1e-5)


def test_a_file_is_read_in_lower_case(tmp_path):
    """Of words that are then alike the first counts."""
    path = tmp_path / "own.txt"
    path.write_text("3 2\nReader 3 4\nreader 1 0\npress 0 2\n")
    vectors = load_vectors(path)
    assert vectors.vocabulary == ("press", "reader")
    assert vectors.vectors.tolist() == [[0, 1], [0.6, 0.8]]


def test_bad_requests_are_sentences(tmp_path):
    """Too few words, no such method, no such file."""
    with pytest.raises(TopicError, match=r"at least 10 words that occur twice; there are 1"):
        train_vectors([["a", "a"]], seed=1)
    with pytest.raises(TopicError, match=r"Did you mean 'word2vec'"):
        train_vectors(DOCUMENTS, seed=1, method="wordvec")
    with pytest.raises(TopicError, match=r"none.txt cannot be read"):
        load_vectors(tmp_path / "none.txt")
