"""A user's word for a corpus finds the folder that is meant."""

import pytest

from analysis.errors import CorpusError
from analysis.paths import CORPUS, find_corpus


def test_a_bare_name_is_a_folder_under_corpus():
    """`make figures CORPUS=sample` works from anywhere."""
    assert find_corpus("sample") == CORPUS / "sample"


def test_a_path_is_a_path(tmp_path, monkeypatch):
    """A dot is the folder one stands in, never the folder of all corpora."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    assert find_corpus(".") == tmp_path.resolve()
    assert find_corpus("mine") == (tmp_path / "mine").resolve()
    assert find_corpus(tmp_path / "mine") == (tmp_path / "mine").resolve()


def test_what_is_nowhere_is_named_with_what_is_there():
    """The sentence lists the corpora there are and says what to do."""
    with pytest.raises(
        CorpusError, match=r"No corpus was found at 'smaple'.*sample.*Put your pages in a folder corpus/NAME"
    ):
        find_corpus("smaple")
