"""Topics of the comments: who is counted, what is left out, and how shares differ by label."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.config import load_config
from analysis.errors import TopicError
from analysis.topic_room import TopicRoom

THANKS = ["lovely", "brilliant", "delight", "grateful", "wonderful", "cheer"]
HARBOUR = ["harbour", "boat", "tide", "anchor", "rope", "mast"]


def made_room(label_of=lambda place: "agreeing" if place % 2 else "extending"):
    """Sixteen essays of four comments; agreeing ones thank, extending ones tell of the harbour; one more is spam."""
    rng = np.random.default_rng(4)
    readers, comments = [], []
    for place in range(64):
        words = rng.choice(THANKS if place % 2 else HARBOUR, 5, replace=False)
        name, essay = f"c{place:03d}", f"e{place // 4:02d}"
        readers.append((name, essay, essay, label_of(place)))
        comments.append((name, " ".join(words), f"c{place - 1:03d}" if place % 4 else None))
    readers.append(("c900", "e00", "e00", "spam"))
    comments.append(("c900", "cheap boat cheap mast", None))
    pages = pd.DataFrame({"doc_id": [f"e{k:02d}" for k in range(16)], "language": ["en"] * 15 + ["de"]})
    tables = {
        "readers": pd.DataFrame(readers, columns=["comment_id", "doc_id", "cluster", "label"]),
        "comments": pd.DataFrame(comments, columns=["comment_id", "text", "reply_to"]),
    }
    return TopicRoom(None, pd.DataFrame(), pages, tables, load_config().topics, 5, Path("nowhere"))


def test_topics_of_comments_tell_the_labels_apart():
    """Thanks are one topic, the harbour the other, and the shares by label say so with intervals."""
    found = made_room().of_comments(2)
    thanks = next(k for k, words in enumerate(found.model.words, 1) if words[0] in THANKS)
    table = found.by_label().set_index(["topic", "comments"])
    assert table.loc[(thanks, "agreeing"), "share"] > 0.8 > 0.2 > table.loc[(thanks, "extending"), "share"]
    assert table["low"].le(table["share"] + 1e-9).all()
    assert table["share"].le(table["high"] + 1e-9).all()
    assert table.groupby("comments")["share"].sum().round(6).eq(1).all()
    assert "Agreeing and extending comments differ in topic 1" in str(found.say())
    assert set(found.words()["topic"]) == {1, 2}
    assert "stability" in found.words().columns
    assert found.examples(thanks, 2)["label"].tolist() == ["agreeing", "agreeing"]


def test_what_is_left_out_is_counted():
    """Spam and comments in another language do not go without a word."""
    said = str(made_room().of_comments(2).say())
    assert "60 comments by readers" in said
    assert "labelled as spam: 1; in another language: 4" in said


FRENCH = (
    "une remarque très juste mais que dire de tous ceux qui ne lisent plus les journaux depuis longtemps dans ce pays"
)


def test_copies_other_languages_and_pseudonyms_make_no_topic():
    """A comment pasted twice counts once, French is not English, and "Reader 012" is nobody's word."""
    room = made_room()
    comments = room.tables["comments"]
    comments.loc[2, "text"] = comments.loc[0, "text"].upper()
    comments.loc[4, "text"] = FRENCH
    comments["text"] = [f"Reader {place:03d} said {text}" for place, text in enumerate(comments["text"])]
    comments.loc[2, "text"] = comments.loc[0, "text"].upper().replace("READER", "Reader")
    found = room.of_comments(2)
    assert "in another language: 5; word for word as another: 1" in str(found.say())
    assert "reader" not in found.model.vocabulary


def test_few_comments_of_a_label_are_not_set_beside_others():
    """Two comments prove no difference, however unlike they are."""
    said = str(made_room(lambda place: "agreeing" if place in (1, 3) else "extending").of_comments(2).say())
    assert "Of agreeing comments there are fewer than 10" in said


def test_comments_without_a_label_are_a_group_of_their_own():
    """A comment the classifier would not judge is neither dropped nor given a label."""
    found = made_room(lambda place: None).of_comments(2)
    assert set(found.by_label()["comments"]) == {"cannot say"}


@pytest.mark.parametrize(("pool", "threads"), [("essay", 15), ("chain", 15)])
def test_comments_can_be_put_together(pool, threads):
    """Under each essay of the made corpus stands one chain of replies."""
    found = made_room().of_comments(2, pool=pool)
    assert found.model.settings["pooled"] == threads
    assert len(found.model.mixtures) == 60
    assert f"put together into {threads} threads" in str(found.say())


def test_bad_requests_get_a_sentence():
    """An unknown pool, a topic that is not there, a corpus without comments."""
    room = made_room()
    with pytest.raises(TopicError, match="Did you mean 'essay'"):
        room.of_comments(pool="esay")
    with pytest.raises(TopicError, match="from 1 to 2"):
        room.of_comments(2).examples(3)
    room.tables.pop("readers")
    with pytest.raises(TopicError, match="no comments by readers"):
        room.of_comments()
