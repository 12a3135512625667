"""What a notebook gets when it asks for topics over time or by group."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.errors import TopicError
from analysis.topic_group_room import group_topics

RECORD = {
    "corpus": "harbour", "corpus_hash": "0" * 12, "code_version": "c" * 12, "seed": 7, "settings_hash": "b" * 12,
    "versions": {}, "command": "python -m analysis figures harbour",
}  # fmt: skip


def room(folder, **tables):
    """Six essays of two writers and three years, two topics."""
    names = list("abcdef")
    shares = pd.DataFrame({"doc_id": names, 1: [0.9, 0.8, 0.85, 0.2, 0.1, 0.15]})
    known = pd.DataFrame({"doc_id": names, "family": names, "representative": True})
    words = pd.DataFrame({"topic": [1, 2], "label": ["boat", "bell"], "weak": False})
    pages = pd.DataFrame(
        {
            "doc_id": names,
            "page": names,
            "author": ["Ada Holm"] * 3 + ["Bo Lund"] * 3,
            "date": ["2001", "2002", "2003"] * 2,
        }
    )
    made = {"essay_topics": shares.assign(**{"2": 1 - shares[1]}).rename(columns={"2": 2}), "topic_words": words}
    return SimpleNamespace(
        model=object(), tables=made | {"essay_families": known} | tables, pages=pages, seed=3, corpus=folder,
        folder=folder / "figures", record=RECORD,
    )  # fmt: skip


def test_a_figure_is_exported_under_its_grouping(tmp_path):
    """Two groupings are two files; the passport says what was drawn again."""
    made = group_topics(room(tmp_path), "author")
    figure = made.figure()
    assert figure.name == "topics_by_author"
    assert (tmp_path / "figures" / "topics_by_author.csv").is_file()
    assert figure.passport["drawn_again"] == "essay"
    assert "6 essays are in 2 groups, by author. No group stands apart" in str(made.say())  # three against three
    assert made.table()["share"].tolist() == [0.85, 0.15, 0.15, 0.85]
    assert made.table()["group"].tolist() == ["Ada Holm"] * 2 + ["Bo Lund"] * 2
    assert "image/png" in group_topics(room(tmp_path), "time")._repr_mimebundle_()[0]


def test_what_the_corpus_does_not_give_is_a_sentence(tmp_path):
    """A notebook runs to its end on any corpus."""
    made = group_topics(room(tmp_path), "stance")
    for shown in (made.table(), made.say(), made.figure()):
        assert "no comments by readers" in str(shown)
    assert "no comments by readers" in made._repr_mimebundle_()["text/plain"]
    bare = room(tmp_path)
    bare.model = None
    assert "no topics" in str(group_topics(bare, "time").say())


def test_only_essays_and_authors_are_drawn(tmp_path):
    """A slip in the word is told with what is allowed."""
    assert group_topics(room(tmp_path), "time", "author").table()["clusters"].max() == 2
    with pytest.raises(TopicError, match="essay"):
        group_topics(room(tmp_path), "time", "page")


def test_groups_of_another_kind_and_draws_that_mean_nothing_are_sentences(tmp_path):
    """A dictionary is no Series, and comments are not drawn by their essay's author."""
    with pytest.raises(TopicError, match="given as a Series indexed by doc_id; found dict"):
        group_topics(room(tmp_path), {"a": "x"})
    with pytest.raises(TopicError, match="leave draw out"):
        group_topics(room(tmp_path), "stance", "author")


def test_what_was_drawn_again_is_what_is_said(tmp_path):
    """Intervals over writers must not be read as intervals over essays."""
    assert "further essays by the same writers" in str(group_topics(room(tmp_path), "time").say())
    assert "other writers of the same kind" in str(group_topics(room(tmp_path), "time", "author").say())


def test_two_essays_that_agree_do_not_make_a_share_certain(tmp_path):
    """An interval from two essays is wide, however alike they are."""
    tidy = group_topics(room(tmp_path), pd.Series(["x", "x", "y", "z", "z", "z"], index=list("abcdef"))).tidy
    one = tidy[(tidy["group"] == "x") & (tidy["topic"] == 1)].iloc[0]
    assert one["high"] - one["low"] > 0.2
