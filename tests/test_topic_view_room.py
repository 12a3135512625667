"""The view of a study's topics takes its numbers from the study's tables and from what ``by`` gives."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from analysis.topic_group_room import group_topics
from analysis.topic_view_room import view_of

sys.path.insert(0, str(Path(__file__).resolve().parent / "topic_view"))
import made_view as made


def room(folder, **pages):
    """Two essays of two writers and two years, with the topics of the invented view."""
    source = made.make_source()
    mixture = source.tables["topic_mixture"]
    text = "Two boats, and a tall mast in the wind."
    documents = [(1, rank, f"a-{rank}", 0.9, "boat, mast", "a", text, "A") for rank in range(1, 7)]
    tables = {name: source.tables[name] for name in ("topic_words", "topic_stability", "topic_mixture")}
    tables["essay_topics"] = mixture.pivot(index="doc_id", columns="topic", values="share").reset_index()
    tables["essay_families"] = pd.DataFrame({"doc_id": ["a", "b"], "family": ["a", "b"], "representative": True})
    tables["topic_documents"] = pd.DataFrame(
        documents, columns=["topic", "rank", "paragraph_id", "share", "words", "doc_id", "text", "title"]
    )
    known = {"author": ["Ada Holm", "Bo Lund"], "date": ["2001", "2002"], "language": ["en", None]} | pages
    frame = pd.DataFrame({"doc_id": ["a", "b"], "page": ["a", "b"]}).assign(**known)
    return SimpleNamespace(
        model=source.model, documents=made.DOCUMENTS, tables=tables, pages=frame, seed=3, corpus=folder, folder=folder,
        record={},
    )  # fmt: skip


def test_paragraphs_are_marked_and_comparisons_are_those_of_by(tmp_path):
    """The forms of a topic's words are marked in the text, and the strips are ``by("author")`` and ``over_time()``."""
    asked = room(tmp_path)
    data = view_of(asked, asked.model).data
    first = data["topics"][0]
    assert len(first["paragraphs"]) == 4
    assert [text for text, marked in first["paragraphs"][0]["pieces"] if marked] == ["boats", "mast"]
    assert [strip["title"] for strip in first["strips"]] == ["Year by year", "By author"]
    for strip, by in zip(first["strips"], ("time", "author"), strict=True):
        table = group_topics(asked, by).tidy
        assert [row["share"] for row in strip["rows"]] == table.loc[table["topic"] == 1, "share"].tolist()


def test_a_corpus_without_writers_and_years_has_a_view_all_the_same(tmp_path):
    """What cannot be compared is left out."""
    asked = room(tmp_path, author=None, date=None)
    assert view_of(asked, asked.model).data["topics"][0]["strips"] == []
