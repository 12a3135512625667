"""Names of topics: proposed from words and phrases, kept in a file, and given to the same topic whatever its number."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import TopicError
from analysis.reading import corpus_files
from analysis.topic_stats.labels import (
    TopicLabel,
    label_topics,
    match_labels,
    parse_labels,
    read_labels,
    write_proposals,
)
from analysis.topic_stats.names import propose_labels, telling_words, topic_phrases

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from made_topics import THEMES, made_model, made_paragraphs, made_topic_words

MODEL = made_model()
BEES = TopicLabel("Keeping bees", ("hive", "honey", "swarm", "comb"))
TRAINS = TopicLabel("The railway", ("train", "signal", "guard", "whistle"))


@pytest.mark.parametrize("order", [list(THEMES), list(reversed(THEMES)), ["sea", "rail", "food", "bees"]])
def test_a_label_stays_with_its_topic_when_the_numbers_change(order):
    """A person names a topic once; the next fit may number it otherwise, or find one topic fewer."""
    model = made_model(order)
    words = made_topic_words(model)
    tables, notes = label_topics({"topic_words": words, "topic_stability": words[["topic", "label"]]}, [BEES, TRAINS])
    assert notes == ()
    for table in tables.values():
        labels = table.drop_duplicates("topic").set_index("topic")["label"]
        assert labels[order.index("bees") + 1] == "Keeping bees"
        assert labels[order.index("rail") + 1] == "The railway"
        assert labels[order.index("sea") + 1] == "harbour, boat, mast"
    assert "Keeping bees" not in set(words["label"])  # what was given is not changed


def test_a_label_outlives_a_change_of_half_its_words():
    """A refit moves words about; a topic that kept half of them is the same topic."""
    moved = [["hive", "smoker", "comb", "frame", "veil"], ["train", "line"]]
    assert match_labels([BEES], moved).labels == {1: "Keeping bees"}


def test_a_label_that_fits_no_topic_is_reported_and_given_to_none():
    """Another topic under an old name would be a falsehood in every figure."""
    found = match_labels([TRAINS, BEES], [list(THEMES["bees"]), ["train", "oven", "loaf"]])
    assert found.labels == {1: "Keeping bees"}
    [note] = found.notes
    assert "“The railway” was given to no topic" in note
    assert "topic 2 (train, oven, loaf) has most of its words, 1" in note


def test_two_labels_never_share_a_topic():
    """The better match has it, and the other is reported."""
    other = TopicLabel("Honey trade", ("honey", "comb", "market", "price"))
    found = match_labels([other, BEES], [list(THEMES["bees"]), list(THEMES["rail"])])
    assert found.labels == {1: "Keeping bees"}
    assert "2 and has another label" in found.notes[0]


def test_a_topic_that_split_is_said_to_have_split():
    """Where two topics hold as many of the words, a person decides."""
    found = match_labels([BEES], [["hive", "honey"], ["swarm", "comb"]])
    assert found.labels == {1: "Keeping bees"}
    assert "topic 2 holds as many" in found.notes[0]


def test_no_labels_change_nothing():
    """Without a file the tables are as they came."""
    tables = {"topic_words": made_topic_words(MODEL)}
    assert label_topics(tables, ()) == (tables, ())
    assert label_topics({}, [BEES]) == ({}, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topic]\nlabel = 1", "cannot be read"),
        ('[topic]\nlabel = "a"\nwords = ["b", "c"]', "single brackets"),
        ('topic = ["bees"]', "a label and its words are wanted"),
        ('[[topics]]\nlabel = "a"', "Did you mean 'topic'"),
        ('[[topic]]\nlable = "a"\nwords = ["b", "c"]', "Did you mean 'label'"),
        ('[[topic]]\nlabel = " "\nwords = ["b", "c"]', "take the whole section out"),
        ('[[topic]]\nwords = ["b", "c"]', "its label is None"),
        ('[[topic]]\nlabel = "a"\nwords = "b, c"', "a list of words"),
        ('[[topic]]\nlabel = "a"\nwords = ["b", "B "]', "found 1"),
        (f'[[topic]]\nlabel = "{"a" * 81}"\nwords = ["b", "c"]', "81 letters"),
        ('[[topic]]\nlabel = "A"\nwords = ["b", "c"]\n[[topic]]\nlabel = "a"\nwords = ["d", "e"]', "the same label"),
        ('[[topic]]\nlabel = "a"\nwords = ["b", "c"]\n[[topic]]\nlabel = "d"\nwords = ["C", "b"]', "the same words"),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(text, said):
    """A person's slip of the pen is named, with the file and what to do."""
    with pytest.raises(TopicError, match=said) as caught:
        parse_labels(text, name="topic_labels.toml")
    assert str(caught.value).startswith("topic_labels.toml")


def test_a_file_that_is_no_text_is_a_sentence(tmp_path):
    """Spreadsheets and word processors save other things than text."""
    path = tmp_path / "topic_labels.toml"
    path.write_bytes(b"\xff\xfe[\x00")
    with pytest.raises(TopicError, match="UTF-8 is wanted"):
        read_labels(path)
    assert read_labels(tmp_path / "none.toml") == ()


def test_proposals_are_written_once_and_edits_are_never_overwritten(tmp_path):
    """What a person wrote stays to the letter, even its comments; only topics without a label are added."""
    proposed = [f"proposal {k}" for k in range(1, 6)]
    said = write_proposals(tmp_path, proposed, MODEL.words)
    path = tmp_path / "topic_labels.toml"
    assert said.startswith(f"5 label(s) were proposed in `{tmp_path.name}/topic_labels.toml`")
    edited = path.read_text(encoding="utf-8").replace('"proposal 2"', '"Rail \\"ways\\""  # ours')
    edited = edited[: edited.index('\n[[topic]]\nlabel = "proposal 5"')]
    path.write_text(edited, encoding="utf-8")
    assert "1 label(s)" in write_proposals(tmp_path, proposed, MODEL.words)
    assert path.read_text(encoding="utf-8").startswith(edited)
    labels = match_labels(read_labels(path), MODEL.words).labels
    assert labels == {1: "proposal 1", 2: 'Rail "ways"', 3: "proposal 3", 4: "proposal 4", 5: "proposal 5"}
    before = path.read_bytes()
    assert write_proposals(tmp_path, proposed, MODEL.words).startswith("Nothing was added")
    assert path.read_bytes() == before


def test_labels_that_cannot_be_written_are_a_sentence(tmp_path):
    """A corpus may be read-only, or a folder in the way."""
    (tmp_path / ".topic_labels.toml.partial").mkdir()
    with pytest.raises(TopicError, match=r"topic_labels\.toml cannot be written \(.+\)"):
        write_proposals(tmp_path, ["a"], [["b", "c", "d"]])


def test_the_labels_file_is_no_page_and_no_part_of_the_corpus(tmp_path):
    """Naming a topic must not change the corpus's version, nor be read as an essay."""
    (tmp_path / "page.txt").write_text("An essay.", encoding="utf-8")
    before = corpus_files(tmp_path)
    write_proposals(tmp_path, ["a"], [["b", "c"]])
    assert corpus_files(tmp_path) == before


def test_words_both_likely_and_exclusive_come_first():
    """The meadow is in two topics, so it tells neither."""
    words = telling_words(MODEL, 1, number=7)
    assert words[0] == "hive"
    assert words[-1] == "meadow"


def test_a_phrase_is_proposed_that_the_topic_repeats():
    """Words side by side in the topic's own paragraphs, in the form they mostly have; sides of a sentence are not."""
    paragraphs = made_paragraphs()
    texts = [
        f"The honey combs. {text}" if n < 3 else f"Hive, smoker. {text}" for n, text in enumerate(paragraphs["text"])
    ]
    places = {"honey": (4, 9), "comb": (10, 15)}
    spans = [
        [(*places[word], word) for word in places] if n < 3 else [(0, 4, "hive"), (6, 12, "smoker")] for n in range(20)
    ]
    phrases = topic_phrases(MODEL, texts, spans)
    assert phrases[["topic", "phrase", "times", "own"]].values.tolist() == [[1, "honey combs", 3, 1.0]]
    labels = propose_labels(MODEL, phrases).set_index("topic")
    assert labels.loc[1, "label"] == "honey combs, hive, swarm"
    assert labels.loc[2, "label"] == "train, signal, guard"
    assert labels["label"].is_unique
    assert labels.loc[2, "phrase"] is None


def test_texts_of_another_corpus_are_refused():
    """Phrases of other paragraphs would name topics that are not there."""
    with pytest.raises(TopicError, match="20 documents, but 1 texts"):
        topic_phrases(MODEL, ["x"], [[]])
    assert isinstance(propose_labels(MODEL, pd.DataFrame({"topic": []})), pd.DataFrame)
