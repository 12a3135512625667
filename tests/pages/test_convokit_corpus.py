"""A page that goes through a ConvoKit corpus comes back as it was, whoever loaded and wrote the corpus in between."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pages import read_file
from analysis.pages.convokit_corpus import convokit_files
from analysis.types import Comment, Page, Part

WHOLE = Page(
    page="soup#7",
    path="old/soup.xml",
    format="wordpress",
    essay="Boil the water.\nSalt it — at once.",
    comments=(
        Comment("Why at once?", author="Bo", author_link="http://bo.example/?a=1&b", date="2012-05-04T10:05:00-05:00",
                date_raw="May 4, 2012", signature="Cook", platform_status="approved"),
        Comment("> Why at once?\nIt keeps.", author="Ann Lee", reply_to=0, by_essay_author=True, date="2012-05"),
        Comment("[…] soup […]", author="Kettle Blog", kind="pingback", platform_status="spam"),
        Comment("Thank you \U0001f372"),
    ),
    injected_spam=("Buy cheap pots.",),
    chrome=("Reply", "Leave a Reply"),
    confidence=0.62,
    evidence="the export file says which text is whose",
    title="Soup",
    author="Ann Lee",
    date="2012-05-03",
    language="en",
    comments_open=False,
    text="Boil the water.\nSalt it — at once.",
    parts=(Part("essay", 0, 33),),
)  # fmt: skip


def read_back(files: dict[str, str]) -> list[Page]:
    """The pages in the files of a corpus."""
    pages, skipped = read_file(files["utterances.jsonl"].encode(), path="talks/utterances.jsonl", max_bytes=10**7)
    assert skipped == []
    return pages


def test_every_field_comes_back():
    """Nothing that was read from a page may be lost on the way to another tool."""
    other = Page("b", "b.txt", "plain_text", "", (Comment("Only a comment."),))
    assert read_back(convokit_files([WHOLE, other])) == [WHOLE, other]


def test_the_form_is_convokits_own():
    """What the library asks for: five files, roots that name their conversation, answers that exist, an index."""
    files = convokit_files([WHOLE])
    assert list(files) == ["utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"]
    assert all(text.isascii() for text in files.values()), "the library opens its files in the machine's encoding"
    rows = [json.loads(line) for line in files["utterances.jsonl"].splitlines()]
    root, *answers = rows
    assert root["id"] == root["conversation_id"] == WHOLE.doc_id
    assert root["reply-to"] is None
    assert [row["reply-to"] for row in answers] == [root["id"], answers[0]["id"], root["id"], root["id"]]
    assert [row["timestamp"] for row in rows] == [1336003200, 1336143900, None, None, None]
    assert answers[1]["speaker"] == root["speaker"] == "Ann Lee"
    assert set(json.loads(files["speakers.json"])) == {row["speaker"] for row in rows}
    assert list(json.loads(files["conversations.json"])) == [root["id"]]
    index = json.loads(files["index.json"])
    for row in rows:
        assert set(row["meta"]) <= set(index["utterances-index"]), "convokit drops what the index does not name"
    assert json.loads(files["conversations.json"])[root["id"]]["meta"].keys() == index["conversations-index"].keys()


def test_unsigned_comments_are_nobodys_in_common():
    """Two who did not sign are not one person who says much."""
    page = Page("a", "a.txt", "html", "Essay.", (Comment("One."), Comment("Two.")))
    assert len(json.loads(convokit_files([page])["speakers.json"])) == 3


def test_ids_must_differ():
    """One id for two essays would make one conversation of them."""
    with pytest.raises(ValueError, match="an id of its own"):
        convokit_files([WHOLE, WHOLE], ids=["a", "a"])


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (0, "confidence", "high"),
        (0, "chrome", None),
        (0, "parts", [["essay", 5, 2]]),
        (1, "kind", "letter"),
        (1, "by_essay_author", None),
        (1, "date", "yesterday"),
        (1, "author", {"name": "Bo"}),
    ],
)
def test_meta_data_that_was_changed_is_not_believed(place, key, value):
    """The conversation is then read as any other corpus's, and nothing breaks further down."""
    lines = convokit_files([WHOLE])["utterances.jsonl"].splitlines()
    row = json.loads(lines[place])
    row["meta"][key] = value
    lines[place] = json.dumps(row)
    [page] = read_back({"utterances.jsonl": "\n".join(lines)})
    assert page.page.startswith("talks#")
    assert (page.format, page.essay, len(page.comments)) == ("convokit", WHOLE.essay, 4)


def test_an_utterance_that_somebody_added_is_no_comment_of_ours():
    """It has none of our meta data, so the conversation is read as any other."""
    files = convokit_files([WHOLE])
    more = {"id": "x", "conversation_id": WHOLE.doc_id, "text": "Late.", "speaker": "cy", "reply-to": None, "meta": {}}
    [page] = read_back({"utterances.jsonl": files["utterances.jsonl"] + json.dumps(more)})
    assert (page.page, page.comments[-1].text) == (f"talks#{WHOLE.doc_id}", "Late.")


line = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
text = line.map(str.strip).filter(bool)
maybe = st.none() | line
day = st.none() | st.dates().map(lambda d: f"{d.year:04d}-{d.month:02d}-{d.day:02d}")


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Any page that a reader could give."""
    comments = draw(
        st.lists(
            st.builds(Comment, text=text, author=maybe, author_link=maybe, date=day, date_raw=maybe, signature=maybe,
                      by_essay_author=st.booleans(), kind=st.sampled_from(["comment", "pingback"]),
                      platform_status=maybe),
            max_size=4,
        )
    )  # fmt: skip
    answered = [
        Comment(**{f: getattr(c, f) for f in Comment.__dataclass_fields__ if f != "reply_to"}, reply_to=k)
        for c, k in ((c, draw(st.none() | st.integers(0, i - 1)) if i else None) for i, c in enumerate(comments))
    ]
    whole = draw(line)
    return Page(
        page=draw(line), path=draw(line), format=draw(line), essay=draw(text), comments=tuple(answered),
        injected_spam=tuple(draw(st.lists(line, max_size=2))), chrome=tuple(draw(st.lists(line, max_size=2))),
        confidence=draw(st.floats(0, 1)), evidence=draw(line), title=draw(maybe), author=draw(maybe), date=draw(day),
        language=draw(maybe), comments_open=draw(st.none() | st.booleans()), text=whole,
        parts=(Part("essay", 0, len(whole)),),
    )  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(pages(), min_size=1, max_size=3, unique_by=lambda page: page.doc_id))
def test_any_page_comes_back(some):
    """Line separators, quotes, right-to-left marks and all."""
    assert read_back(convokit_files(some)) == some


def test_the_library_itself_keeps_everything(tmp_path):
    """Loaded and written out again by convokit, the corpus still gives equal pages."""
    convokit = pytest.importorskip("convokit", reason="convokit is not installed; it is needed for this test only")
    (tmp_path / "given").mkdir()
    for name, content in convokit_files([WHOLE]).items():
        (tmp_path / "given" / name).write_text(content, encoding="utf-8")
    corpus = convokit.Corpus(filename=str(tmp_path / "given"))
    assert all(talk.check_integrity(verbose=False) for talk in corpus.iter_conversations())
    corpus.dump("kept", base_path=str(tmp_path))
    raw = (tmp_path / "kept" / "utterances.jsonl").read_bytes()
    assert read_file(raw, path="kept/utterances.jsonl", max_bytes=10**7) == ([WHOLE], [])
