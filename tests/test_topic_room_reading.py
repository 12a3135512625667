"""What a notebook asks of topics to read them: pages, labels and sheets, on a model made by hand."""

import csv
import io
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_config
from analysis.errors import TopicError
from analysis.topic_room import TopicRoom

sys.path.insert(0, str(Path(__file__).resolve().parent))
from made_topics import made_documents, made_model, made_paragraphs, made_topic_words


@pytest.fixture
def room(tmp_path):
    model, paragraphs = made_model(), made_paragraphs()
    pages = paragraphs.drop_duplicates("doc_id").assign(page=lambda t: "page-" + t["doc_id"])
    pages.loc[pages.index[0], "title"] = None
    return TopicRoom(
        model=model,
        paragraphs=paragraphs[["paragraph_id", "doc_id", "text"]].assign(tokens=made_documents()[0]),
        pages=pages[["doc_id", "page", "title", "language"]],
        tables={"topic_words": made_topic_words(model)},
        settings=load_config().topics,
        seed=1,
        corpus=tmp_path,
    )


def test_a_topic_is_read_in_one_call(room):
    """A page without a title is called by its file's name."""
    page = room.read(1, n=2)
    assert {shown.title for shown in page.paragraphs} == {"page-e00", "Essay <1> on bees"}
    assert "<mark>hives</mark>" in page._repr_html_()
    assert room.contrast(1, 3)["word"].iloc[0] == "hive"
    assert room.nearest()["shared"].iloc[0] == "meadow"


def test_labels_are_proposed_and_written(room):
    """The proposals go to the corpus's own folder, for a person to change."""
    assert room.proposed_labels()["label"].iloc[1] == "train, signal, guard"
    assert "5 label(s) were proposed" in str(room.write_labels())
    assert "train, signal, guard" in (room.corpus / "topic_labels.toml").read_text(encoding="utf-8")
    assert str(room.write_labels()).startswith("Nothing was added")


def test_sheets_are_written_filled_in_and_scored(room):
    """By number, in the folder the sheet came in; the table and the sentences know the topics' labels."""
    assert "asks 5 questions" in str(room.word_intrusion())
    assert "asks 4 questions" in str(room.topic_intrusion(n=4))
    with pytest.raises(TopicError, match="No sheet is filled in"):
        room.score_intrusion()
    for kind in ("word", "topic"):
        path = room.corpus / "intrusion" / f"{kind}-intrusion.csv"
        head, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))[1:]
        filled = pd.DataFrame(rows, columns=head).assign(intruder="1", coder="anna")
        filled.to_csv(path.with_name(f"{kind}-intrusion-anna.csv"), index=False, sep=";")
    scores = room.score_intrusion()
    assert scores["sheet"].drop_duplicates().tolist() == ["word", "topic"]
    assert scores.loc[scores["of"] == "all", "n"].tolist() == [5, 4]
    assert scores.loc[scores["of"] == "topic", "label"].iloc[0] == "hive, honey, swarm"
    assert str(room.say_intrusion()).startswith("1 reader looked for a word among six")


def test_a_sheet_among_the_pages_is_refused(room, tmp_path):
    """There it would be read as a page."""
    with pytest.raises(TopicError, match="among the corpus's pages"):
        room.word_intrusion(tmp_path / "sheet.csv")


def test_without_topics_there_is_a_sentence(room):
    """A corpus of three pages has none."""
    none = TopicRoom(None, room.paragraphs, room.pages, {}, room.settings, 1, room.corpus)
    for ask in (none.word_intrusion, none.topic_intrusion, none.score_intrusion, none.write_labels, none.nearest):
        with pytest.raises(TopicError, match="no topics"):
            ask()
    (room.corpus / "intrusion").mkdir()
    with pytest.raises(TopicError, match="no topics"):
        none.read(1)
