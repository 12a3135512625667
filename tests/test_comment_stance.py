"""The spaCy component says what label_comments says, one by one or in a stream, and is found where it is installed."""

import json
import subprocess
import sys
from importlib.metadata import entry_points

import pandas as pd
import pytest
import spacy
from spacy.tokens import Doc

from analysis.comment_stance import NAME, CommentStance, comments_as_docs
from analysis.errors import LabelError
from analysis.stance import label_comments, load_model
from analysis.stance.model import model_as_bytes
from analysis.types import LABELS

ESSAY = "Our rowing club mended its own boats for years. Now a yard does it, and nobody knows how a plank is set."
ROWS = [
    {"id": "a", "text": "Thank you so much, what a lovely post!", "author": "Ida Holm"},
    {"id": "b", "text": "Cheap lamps, order now!", "author": "lamp shop", "author_url": "http://lamps.example"},
    {
        "id": "c",
        "text": "We tried this in 2009: the yard let two of us watch. Does yours?",
        "reply_to_text": "Ask them.",
    },
    {"id": "d", "text": ""},
    {"id": "e", "text": "  \n "},
    {"id": "f", "text": "Is the plank really steamed? \u200b I   doubt it.", "author": None},
    {"id": "g", "text": "?!"},
]
COMMENTS = pd.DataFrame([{"parent_title": "Boats", "parent_text": ESSAY, **row} for row in ROWS])
SET = {"label": "stance", "position": "stance_position", "reason": "stance_reason", "evidence": "stance_evidence"}


@pytest.fixture(scope="module")
def nlp():
    """A pipeline of the tokenizer and the component alone."""
    made = spacy.blank("en")
    made.add_pipe(NAME)
    return made


def answers(docs):
    """What the component set, in one form."""
    return [{name: doc._.get(name) for name in (*SET.values(), "stance_probabilities")} for doc in docs]


def test_documents_get_what_label_comments_says(nlp):
    """One model, another door: label, probabilities, position, reason and evidence are the same."""
    found = {row["id"]: doc for doc, row in nlp.pipe(comments_as_docs(nlp, COMMENTS), as_tuples=True)}
    for row in label_comments(COMMENTS).to_dict("records"):
        doc = found[row["id"]]
        assert {column: doc._.get(name) for column, name in SET.items()} == {column: row[column] for column in SET}
        assert doc._.stance_probabilities == pytest.approx({label: row[label] for label in LABELS})
    assert found["d"]._.stance is None
    assert found["d"]._.stance_reason == "the comment is empty"


def test_a_stream_gives_what_single_calls_give_in_any_batches(nlp):
    """Batches are for speed alone."""
    docs = [doc for doc, _ in comments_as_docs(nlp, COMMENTS)]
    alone = answers(nlp(doc) for doc, _ in comments_as_docs(nlp, COMMENTS))
    for size in (1, 2, 100):
        together = answers(nlp.pipe(docs, batch_size=size))
        chances = [row.pop("stance_probabilities") for row in together]
        assert together == [{k: v for k, v in row.items() if k != "stance_probabilities"} for row in alone]
        assert chances == [pytest.approx(row["stance_probabilities"]) for row in alone]


def test_more_documents_than_nine_keep_their_order(nlp):
    """Labels come back sorted by id as text; the tenth document is not the second."""
    texts = ["Thank you so much, what a lovely post!" if n % 3 else "" for n in range(25)]
    assert [doc._.stance is None for doc in nlp.pipe(texts)] == [n % 3 == 0 for n in range(25)]


def test_what_a_comment_stands_under_is_read_from_the_document(nlp):
    """With its essay a comment is not unsure for want of one."""
    text = "Thank you so much, what a lovely post!"
    doc = nlp.make_doc(text)
    doc._.comment = {
        "parent_title": "Boats",
        "parent_text": ESSAY,
        "author": "Ida Holm",
        "date": "ignored",
        "author_url": 3,
    }
    assert nlp(doc)._.stance_reason is None
    assert "no essay text was given" in nlp(text)._.stance_reason
    doc._.comment = "Boats"
    with pytest.raises(LabelError, match=r"doc\._\.comment is to be a mapping with any of parent_title, .* found str"):
        nlp(doc)


def test_settings_go_round_by_bytes_and_by_disk(nlp, tmp_path):
    """A kept pipeline labels as before, with another model where one was named; the model itself is not copied."""
    (tmp_path / "own.json.gz").write_bytes(model_as_bytes(load_model()))
    made = spacy.blank("en")
    made.add_pipe(NAME, config={"model": str(tmp_path / "own.json.gz"), "target_accuracy": 0.5})
    made.to_disk(tmp_path / "kept")
    kept = spacy.load(tmp_path / "kept").get_pipe(NAME)
    assert (kept.model, kept.target_accuracy) == (str(tmp_path / "own.json.gz"), 0.5)
    settings = (tmp_path / "kept" / NAME / "settings.json").read_text(encoding="utf-8")
    assert json.loads(settings) == {"model": kept.model, "target_accuracy": 0.5}
    other = spacy.blank("en")
    other.add_pipe(NAME)
    other.from_bytes(made.to_bytes())
    assert other.get_pipe(NAME).target_accuracy == 0.5
    assert answers(other.pipe(ROWS[2]["text"] for _ in "ab")) == answers(made.pipe(ROWS[2]["text"] for _ in "ab"))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"model": "nowhere.json.gz"}, r"nowhere\.json\.gz cannot be opened"),
        ({"target_accuracy": 9.0}, "a share from 0 to 1, found 9.0"),
    ],
)
def test_a_bad_setting_is_refused_when_the_component_is_added(config, said):
    """Not at the first document an hour later."""
    with pytest.raises(LabelError, match=said):
        spacy.blank("en").add_pipe(NAME, config=config)


def test_settings_that_cannot_be_read_are_refused(tmp_path):
    """A damaged or missing file is said to be one."""
    with pytest.raises(LabelError, match="settings of 'comment_stance' cannot be read"):
        CommentStance().from_bytes(b"[]")
    with pytest.raises(LabelError, match="settings of 'comment_stance' cannot be opened"):
        CommentStance().from_disk(tmp_path)


def test_documents_survive_being_kept(nlp):
    """The answers are plain values, which spaCy writes with a document."""
    doc = next(nlp.pipe([ROWS[1]["text"]]))
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert answers([again]) == answers([doc])


def test_installed_it_is_found_by_its_name_alone(tmp_path):
    """Another project writes add_pipe and imports nothing of ours."""
    assert [e.value for e in entry_points(group="spacy_factories") if e.name == NAME] == [
        "analysis.comment_stance:make_comment_stance"
    ], "the package was installed before it had the component: run `make setup`"
    code = (
        "import spacy, sys; nlp = spacy.blank('en'); waits = 'pandas' in sys.modules; nlp.add_pipe('comment_stance'); "
        "print(nlp('Thank you so much, great post!')._.stance, waits)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert out.stdout.strip() == "agreeing False", "and who makes another pipeline does not wait for pandas"
