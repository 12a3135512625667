"""A codes file keeps every key press, survives a cut at any byte, and refuses what contradicts itself."""

import os
import sys
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.coding import append_event, read_adjudicated, read_codes
from analysis.coding.codes_file import last_events, read_events
from analysis.coding.events import CODE_LABELS, check_coder
from analysis.errors import CodingError
from analysis.types import POSITIONS

sys.path.insert(0, str(Path(__file__).resolve().parent))
from invented import make_event, write_lines

EVENTS = st.lists(
    st.builds(
        make_event,
        comment_id=st.sampled_from(["c00", "c01", "é-2"]),
        label=st.sampled_from([None, *CODE_LABELS]),
        position=st.sampled_from([None, *POSITIONS]),
        sure=st.booleans(),
        note=st.text(max_size=8),
        seconds=st.none() | st.floats(0, 1e6),
    ),
    max_size=6,
)
EVENT = '{"comment_id": "c00", "coder": "anna", "label": "%s"}'


@pytest.fixture
def no_wait(monkeypatch):
    """Thousands of small writes in a test need not reach the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@given(EVENTS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_back(events):
    """Any notes, any order: the file gives the events back, and the last on each comment counts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "anna.codes.jsonl"
        for event in events:
            append_event(path, event)
        found = read_events(path)
        assert [{k: e[k] for k in event} for e, event in zip(found.events, events, strict=True)] == events
        assert found.dropped == 0
        last = {event["comment_id"]: event for event in events}
        table = read_codes(Path(folder), need_sample=False)
        assert dict(zip(table["comment_id"], table["label"], strict=True)) == {
            c: e["label"] for c, e in last.items() if e["label"]
        }


def test_a_cut_at_any_byte_costs_one_line_at_most(tmp_path, no_wait):
    """A kernel killed while it writes leaves a piece of a line: it is dropped and counted, and coding goes on."""
    path = tmp_path / "anna.codes.jsonl"
    for number in range(2):
        append_event(path, make_event(f"c{number:02d}", note="ü\n\U0001f6a3"))
    whole = path.read_bytes()
    ends = [i + 1 for i, byte in enumerate(whole) if byte == ord("\n")]
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        found = read_events(path)
        assert len(found.events) == sum(cut >= end - 1 for end in ends), cut
        assert found.dropped == (cut not in {0, *ends, *(end - 1 for end in ends)}), cut
        append_event(path, make_event("c09"))
        again = read_events(path)
        assert [e["comment_id"] for e in again.events] == [*(e["comment_id"] for e in found.events), "c09"]
        assert again.dropped == found.dropped


def test_two_cuts_in_a_row_are_two_lines_dropped(tmp_path, no_wait):
    """The line that follows a broken one may be cut itself, at any byte."""
    path = tmp_path / "anna.codes.jsonl"
    append_event(path, make_event("c00"))
    path.write_bytes(path.read_bytes() + b'{"comment_id": "c0')
    start = path.stat().st_size
    append_event(path, make_event("c01"))
    whole = path.read_bytes()
    for cut in range(start, len(whole)):
        path.write_bytes(whole[:cut])
        append_event(path, make_event("c02"))
        found = [e["comment_id"] for e in read_events(path).events]
        assert found in (["c00", "c02"], ["c00", "c01", "c02"]), cut


def test_what_was_dropped_is_said(tmp_path):
    """The table of codes tells in a sentence that a line was lost."""
    write_lines(tmp_path / "anna.codes.jsonl", make_event()).open("a").write('{"comment')
    codes = read_codes(tmp_path, need_sample=False)
    assert len(codes) == 1
    assert codes.attrs["notes"] == ["anna.codes.jsonl: 1 unfinished line(s), left by a stopped kernel, were dropped."]


def test_nothing_already_written_changes(tmp_path):
    """The file is only added to: what was there stays byte for byte."""
    path = tmp_path / "codes" / "anna.codes.jsonl"
    before = b""
    for label in ("spam", None, "none"):
        append_event(path, make_event(label=label))
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()


def test_an_event_without_label_takes_the_code_back(tmp_path):
    """Undo is an event like any other; the note on the comment is kept for the pane."""
    path = tmp_path / "anna.codes.jsonl"
    append_event(path, make_event(label="spam"))
    append_event(path, make_event(label=None, note="think again"))
    assert read_codes(tmp_path, need_sample=False).empty
    assert last_events(read_events(path).events)["c00"]["note"] == "think again"


def test_all_coders_and_hand_made_files_come_together(tmp_path):
    """Two panes, a spreadsheet and an adjudication: one table of coders, one of decisions, of the right kinds."""
    write_lines(tmp_path / "anna.codes.jsonl", make_event(seconds=2.5, codebook_version="7"))
    write_lines(tmp_path / "bert.codes.jsonl", make_event(coder="bert", label="none", sure=False))
    write_lines(tmp_path / "adjudicated.codes.jsonl", make_event(coder="adjudicated", label="none"))
    (tmp_path / "old.csv").write_text("\ufeffcomment_id;coder;label;sure\nc01;carla;extending;no\n", encoding="utf-8")
    codes = read_codes(tmp_path, need_sample=False)
    assert codes[["comment_id", "coder", "label", "sure"]].values.tolist() == [
        ["c00", "anna", "spam", True],
        ["c00", "bert", "none", False],
        ["c01", "carla", "extending", False],
    ]
    assert codes["seconds"].tolist()[0] == 2.5
    assert codes["seconds"].dtype == "float64"
    assert read_adjudicated(tmp_path)[["comment_id", "coder", "label"]].values.tolist() == [
        ["c00", "adjudicated", "none"]
    ]


def test_an_empty_folder_holds_no_codes(tmp_path):
    """Nothing coded yet is no error: an empty table of the right columns."""
    assert read_codes(tmp_path / "absent").empty
    assert isinstance(read_adjudicated(tmp_path), pd.DataFrame)


def test_somebody_else_wrote_to_the_file(tmp_path):
    """A pane that is not alone notices before it writes."""
    path = tmp_path / "anna.codes.jsonl"
    size = append_event(path, make_event(), size=0)
    append_event(path, make_event("c01"))
    with pytest.raises(CodingError, match=r"Somebody else wrote to anna\.codes\.jsonl .* run the cell of the other"):
        append_event(path, make_event("c02"), size=size)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["not json", EVENT % "spam"], "Line 1 of anna.codes.jsonl cannot be read: .* now reads “not json”"),
        ([EVENT % 'spam", "note": }', ""], "Line 1 .* cannot be read: .* put the file back"),
        (["[1, 2]"], r"Line 1 .* reads “\[1, 2\]”, which is no code; take"),
        ([EVENT % "spamm"], "No label of the codebook is called 'spamm'.*Did you mean 'spam'"),
        ([EVENT % 'spam", "position": "pro'], "No position of the codebook"),
        (['{"coder": "anna", "label": "spam"}'], "names no comment_id"),
        ([EVENT % 'spam", "sure": 1, "note": "'], "'sure' is to be true or false"),
        ([EVENT % 'spam", "seconds": -1, "note": "'], "'seconds' is to be a number from 0"),
        ([EVENT % 'spam", "at": 3, "note": "'], "'at' is to be a text"),
        (['{"comment_id": "c00", "coder": "bert", "label": "spam"}'], "two coders with one file"),
    ],
)
def test_a_broken_line_is_named(tmp_path, lines, sentence):
    """File and line stand in the sentence, with what to do."""
    (tmp_path / "anna.codes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CodingError, match=sentence):
        read_codes(tmp_path, need_sample=False)


@pytest.mark.parametrize("name", ["", "a b", "../x", "anna.", "x" * 41, "Adjudicated"])
def test_a_name_that_is_no_coders(name):
    """A coder's name becomes a file's name; one name is kept for adjudication."""
    with pytest.raises(CodingError, match=r"coder can(not)? be called"):
        check_coder(name)


def test_two_coders_with_one_name(tmp_path):
    """Names that differ in capitals are a slip or a clash: either way somebody must look."""
    write_lines(tmp_path / "anna.codes.jsonl", make_event())
    (tmp_path / "more.csv").write_text("comment_id,coder,label\nc01,Anna,spam\n", encoding="utf-8")
    with pytest.raises(CodingError, match=r"Two coders with one name: 'anna' .* and 'Anna' in more\.csv"):
        read_codes(tmp_path, need_sample=False)


def test_two_files_that_contradict_each_other(tmp_path):
    """One coder, one comment, two labels in two files: refused; twice the same is no contradiction."""
    write_lines(tmp_path / "anna.codes.jsonl", make_event())
    table = tmp_path / "more.csv"
    table.write_text("comment_id,coder,label\nc00,anna,spam\n", encoding="utf-8")
    assert len(read_codes(tmp_path, need_sample=False)) == 1
    table.write_text("comment_id,coder,label\nc00,anna,none\n", encoding="utf-8")
    with pytest.raises(CodingError, match="contradict each other: both give anna's code of comment c00"):
        read_codes(tmp_path, need_sample=False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("comment_id,coder\nc0,x\n", r"needs comment_id, coder, label and may have position, sure, note"),
        ("comment_id,coder,label,mood\nc0,x,spam,1\n", "has the columns .*mood"),
        ("", r"has the columns \(none\)"),
        ("comment_id,coder,label\nc0,x,spam\nc0,x,spam\n", "Lines 2 and 3 of t.csv both give .* twice the same"),
        ("comment_id,coder,label\nc0,x,spam\nc0,x,none\n", "one spam, the other none. Keep one"),
        ("comment_id,coder,label\nc0,x,ham\n", "Line 2 of t.csv: No label of the codebook is called 'ham'"),
        ("comment_id,coder,label\nc0,x,\n", "Line 2 of t.csv gives no label"),
        ("comment_id,coder,label,sure\nc0,x,spam,perhaps\n", "'sure' is to be true or false, found 'perhaps'"),
        ("comment_id,coder,label,note\nc0,x,spam,well, no\n", "has 5 values for 4 columns"),
        ("comment_id,coder,label\nc0,x y,spam\n", "A coder cannot be called 'x y'"),
    ],
)
def test_a_hand_made_file_that_will_not_do(tmp_path, text, sentence):
    """Each slip of a spreadsheet has its sentence, with the line."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CodingError, match=sentence):
        read_codes(tmp_path, need_sample=False)


def test_a_file_that_is_no_text(tmp_path):
    """A spreadsheet saved in an old encoding is named, not guessed at."""
    (tmp_path / "t.csv").write_bytes("comment_id,coder,label,note\nc0,x,spam,schön\n".encode("latin-1"))
    with pytest.raises(CodingError, match="is not a text in UTF-8"):
        read_codes(tmp_path, need_sample=False)


def test_codes_without_a_sample(tmp_path):
    """Comments picked by hand say nothing of the others, so codes need their sample beside them."""
    write_lines(tmp_path / "anna.codes.jsonl", make_event())
    with pytest.raises(CodingError, match=r"holds codes without a sample: sample\.jsonl is missing"):
        read_codes(tmp_path)
