"""The pane's kernel side: it writes before it answers, is blind, and shares no text in its state."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.coding import coding_pane, read_adjudicated, read_codes, write_sample
from analysis.coding.codes_file import append_event
from analysis.coding.desk import Desk
from analysis.coding.pane import _browser_code
from analysis.errors import CodingError
from analysis.paths import PACKAGE
from analysis.tables import CODES, check_table

sys.path.insert(0, str(Path(__file__).resolve().parent))
from invented import CODEBOOK, HEADER, make_event, make_items, make_sample, write_lines

STATIC = PACKAGE / "coding" / "static"


@pytest.fixture
def folder(tmp_path):
    """A folder of codes with a sample of four comments."""
    write_sample(tmp_path / "codes" / "sample.jsonl", make_sample(), HEADER)
    return tmp_path / "codes"


def open_desk(folder, coder="anna", **more):
    """The kernel side of a new pane."""
    return coding_pane(make_items(), coder=coder, folder=folder, codebook=CODEBOOK, **more)._desk


def press(desk, number, comment_id="c00", label="spam", **more):
    """What the browser sends for one key, and the first reply."""
    event = {"event": f"s-{number}", "comment_id": comment_id, "label": label, "at": f"2026-01-01T00:00:{number:02d}Z"}
    return desk.answer({"kind": "events", "session": "s", "events": [{**event, **more}]})


def test_a_code_is_on_the_disk_before_it_is_acknowledged(folder):
    """The reply names the events that are safe, and then the file holds them."""
    desk = open_desk(folder)
    replies = press(desk, 1, position="unclear", sure=False, note="über", seconds=2.5)
    assert replies == [{"kind": "saved", "events": ["s-1"], "states": {"0": "u"}, "session": "s"}]
    line = json.loads((folder / "anna.codes.jsonl").read_text(encoding="ascii"))
    assert line == {
        "comment_id": "c00", "coder": "anna", "label": "spam", "position": "unclear", "sure": False, "note": "über",
        "seconds": 2.5, "at": "2026-01-01T00:00:01Z", "codebook_version": "7", "session": None, "event": "s-1",
    }  # fmt: skip
    codes = check_table(desk.codes(), CODES)
    assert codes[["comment_id", "label", "note"]].values.tolist() == [["c00", "spam", "über"]]


def test_an_event_sent_twice_is_written_once(folder):
    """The browser offers what it is unsure of again, before and after a restart."""
    desk = open_desk(folder)
    press(desk, 1)
    assert press(desk, 1)[0]["events"] == ["s-1"]
    assert press(open_desk(folder), 1)[0]["events"] == ["s-1"]
    assert len((folder / "anna.codes.jsonl").read_text().splitlines()) == 1


def test_a_late_event_does_not_undo_a_newer_one(folder):
    """A code that waited in a forgotten browser is older than what was saved since: left out, and said."""
    desk = open_desk(folder)
    press(desk, 9, label="none")
    saved, older = press(desk, 3, label="spam", late=True)
    assert saved["events"] == ["s-3"]
    assert older["why"].startswith("A code of comment c00 that had waited in this browser is older")
    assert desk.codes()["label"].tolist() == ["none"]
    assert press(desk, 10, "c01", late=True) == [
        {"kind": "saved", "events": ["s-10"], "states": {"1": "c"}, "session": "s"}
    ]


def test_a_clock_set_back_loses_no_code(folder):
    """Only what comes late is judged by its time; a key just pressed counts, whatever the clock says."""
    desk = open_desk(folder)
    press(desk, 9, label="none")
    assert len(press(desk, 3, label="spam")) == 1
    assert desk.codes()["label"].tolist() == ["spam"]


def test_an_event_without_a_note_keeps_the_note(folder):
    """The browser's store holds no notes, so an event that comes back after a crash says nothing about one."""
    desk = open_desk(folder)
    press(desk, 1, note="kept")
    press(desk, 2, label="none")
    assert desk.codes()["note"].tolist() == ["kept"]
    press(desk, 3, note="")
    assert desk.codes()["note"].tolist() == [""]


def test_a_new_pane_goes_on_where_the_old_one_was(folder):
    """After a restart the states, the codes and their notes are there."""
    press(open_desk(folder), 1, note="look again")
    desk = open_desk(folder)
    opening = desk.answer({"kind": "open", "session": "t"})[0]
    assert opening["states"] == "c---"
    item = desk.answer({"kind": "show", "at": 0, "session": "t"})[0]["items"][0]
    assert item["code"]["note"] == "look again"
    assert desk.progress().to_dict("records") == [
        {"coder": "anna", "comments": 4, "coded": 1, "unsure": 0, "minutes": 0.0}
        | {"agreeing": 0, "extending": 0, "spam": 1, "none": 0}
    ]


def test_texts_leave_one_comment_at_a_time(folder):
    """The opening holds no text, and a look at one comment brings it and the next, machine labels never."""
    desk = open_desk(folder)
    assert "Text" not in json.dumps(desk.answer({"kind": "open"}))
    items = desk.answer({"kind": "show", "at": 1})[0]["items"]
    assert [i["comment_id"] for i in items] == ["c01", "c02"]
    assert items[0]["text"] == "Text 1 <script>alert(1)</script>"
    assert [i["thread"] for i in items] == [["An older comment."], ["First.", "Second."]]
    assert items[0]["author"] == "Ottoline Brask"
    assert "label" not in items[0]
    assert len(desk.answer({"kind": "show", "at": 3})[0]["items"]) == 1


def test_the_widget_state_holds_no_text_and_no_name(folder):
    """JupyterLab may save a widget's state in the notebook: only our own code and look are in it."""
    pane = coding_pane(make_items(), coder="anna", folder=folder, codebook=CODEBOOK)
    state = json.dumps(pane.get_state(), default=str)
    assert "Ottoline" not in state
    assert "Text 1" not in state
    assert "anna" not in state
    assert "0 of 4 comments are coded. It needs a notebook that shows widgets" in repr(pane)
    assert "anna" not in repr(pane)


def test_messages_reach_the_desk_through_the_widget(folder, monkeypatch):
    """The widget hands messages on and sends the replies."""
    pane = coding_pane(make_items(), coder="anna", folder=folder, codebook=CODEBOOK)
    sent = []
    monkeypatch.setattr(pane, "send", sent.append)
    pane._handle_custom_msg({"kind": "alive", "session": "s"}, [])
    assert sent == [{"kind": "alive", "session": "s"}]
    assert pane.codes().empty
    assert pane.progress()["coded"].tolist() == [0]


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ("nothing", "no event"),
        ({"event": 3}, "no event"),
        ({"event": "s-1", "comment_id": "zz"}, "not among the comments of this pane"),
        ({"event": "s-1", "comment_id": ["c00"]}, "not among the comments"),
        ({"event": "s-1", "comment_id": "c00", "label": "ham"}, "No label of the codebook is called 'ham'"),
        ({"event": "s-1", "comment_id": "c00", "label": "spam", "seconds": -3}, "'seconds' is to be a number"),
    ],
)
def test_what_can_never_be_saved_is_refused_in_words(folder, event, sentence):
    """A broken store of the browser gives a sentence and does not stop the other events."""
    desk = open_desk(folder)
    good = {"event": "s-2", "comment_id": "c01", "label": "none"}
    saved, refused = desk.answer({"kind": "events", "events": [event, good]})
    assert saved["events"] == ["s-2"]
    assert sentence in refused["why"]
    assert read_codes(folder)["comment_id"].tolist() == ["c01"]


@pytest.mark.parametrize("message", [None, 3, {}, {"kind": "events"}, {"kind": "show"}, {"kind": "show", "at": 9}])
def test_a_message_nobody_understands_does_no_harm(folder, message):
    """Whatever the browser sends, the kernel answers."""
    assert len(open_desk(folder).answer(message)) == 1


def test_a_pane_that_is_not_alone_stops_and_says_so(folder):
    """Two panes of one coder would mix their codes: the one that is behind writes nothing."""
    desk, other = open_desk(folder), open_desk(folder)
    press(other, 1, "c01")
    saved, failed = press(desk, 2, "c02")
    assert saved["events"] == []
    assert "Somebody else wrote to anna.codes.jsonl" in failed["why"]
    assert read_codes(folder)["comment_id"].tolist() == ["c01"]


def test_a_full_disk_is_said_and_the_code_waits(folder, monkeypatch):
    """What cannot be written is not acknowledged, so the browser keeps it."""
    desk = open_desk(folder)

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.coding.desk.append_event", full)
    saved, failed = press(desk, 1)
    assert saved["events"] == []
    assert "could not be written" in failed["why"]
    monkeypatch.undo()
    assert press(desk, 1)[0]["events"] == ["s-1"]


def test_coders_are_blind_to_each_other(folder):
    """Another coder's codes are neither shown nor counted."""
    press(open_desk(folder, "bert"), 1, note="mine alone")
    desk = open_desk(folder, "anna")
    assert desk.answer({"kind": "open"})[0]["states"] == "----"
    assert "mine alone" not in json.dumps(desk.answer({"kind": "show", "at": 0}))


def test_adjudication_shows_what_differs_and_is_kept_apart(folder):
    """Only comments the coders differ on, with both codes and notes; what is decided goes to its own file."""
    for coder, label in (("anna", "spam"), ("bert", "none")):
        append_event(folder / f"{coder}.codes.jsonl", make_event("c01", coder, label, note=f"{coder}'s note"))
        append_event(folder / f"{coder}.codes.jsonl", make_event("c02", coder, "spam"))
    desk = open_desk(folder, "clara", adjudicate=True)
    (item,) = desk.answer({"kind": "show", "at": 0})[0]["items"]
    assert item["comment_id"] == "c01"
    assert [(s["coder"], s["label"], s["note"]) for s in item["said"]] == [
        ("anna", "spam", "anna's note"),
        ("bert", "none", "bert's note"),
    ]
    press(desk, 1, "c01", "none")
    assert read_adjudicated(folder)[["comment_id", "label"]].values.tolist() == [["c01", "none"]]
    assert json.loads((folder / "adjudicated.codes.jsonl").read_text())["by"] == "clara"
    assert set(read_codes(folder)["coder"]) == {"anna", "bert"}
    assert open_desk(folder, "clara", adjudicate=True).answer({"kind": "open"})[0]["states"] == "c"


def test_a_line_cut_off_by_a_killed_kernel_is_said(folder):
    """The pane opens on such a file and tells that a line was dropped."""
    write_lines(folder / "anna.codes.jsonl", make_event()).open("a").write('{"comm')
    desk = open_desk(folder)
    assert desk.answer({"kind": "open"})[0]["dropped"] == 1
    press(desk, 1, "c01")
    assert len(read_codes(folder)) == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"coder": "a b"}, "A coder cannot be called 'a b'"),
        ({"coder": "ADJUDICATED"}, "that name is kept"),
        ({"coder": "Bert"}, "Two coders with one name: bert.codes.jsonl is there"),
        ({"items": make_items().head(0)}, "the items have no row"),
        ({"items": pd.DataFrame({"comment_id": ["c00"]})}, r"the items lack \['text'\]"),
        ({"items": pd.concat([make_items(), make_items()])}, "A comment stands twice"),
        ({"items": make_items().assign(comment_id=list("wxyz"))}, "4 of the comments to code are not in"),
        ({"codebook": {"version": "7"}}, "The codebook lacks order, labels, positions"),
        ({"codebook": CODEBOOK | {"order": ["ham"]}}, "In the codebook: No label is called 'ham'"),
        ({"codebook": CODEBOOK | {"version": "8"}}, "by codebook 7, and this is codebook 8"),
        ({"adjudicate": True}, "There is nothing to adjudicate"),
    ],
)  # fmt: skip
def test_a_pane_that_cannot_be_opened_says_why(folder, change, sentence):
    """Each slip before coding begins has its sentence."""
    append_event(folder / "bert.codes.jsonl", make_event(coder="bert"))
    given = {"items": make_items(), "coder": "anna", "folder": folder, "codebook": CODEBOOK} | change
    with pytest.raises(CodingError, match=sentence):
        coding_pane(given.pop("items"), **given)


def test_a_pane_without_a_sample(tmp_path):
    """Comments are drawn before they are coded."""
    with pytest.raises(CodingError, match="There is no sample to code"):
        open_desk(tmp_path)


def test_ten_thousand_comments_open_at_once(folder):
    """The opening grows by one letter a comment, whatever the texts weigh."""
    n = 10_000
    items = pd.DataFrame({"comment_id": [f"c{i:02d}" for i in range(n)], "text": "long " * 1000})
    write_sample(folder / "big" / "sample.jsonl", make_sample(n, n), {**HEADER, "n": n, "population": n})
    desk = coding_pane(items, coder="anna", folder=folder / "big", codebook=CODEBOOK)._desk
    assert isinstance(desk, Desk)
    assert len(json.dumps(desk.answer({"kind": "open"}))) < n + 5_000
    assert len(json.dumps(desk.answer({"kind": "show", "at": 5_000}))) < 15_000


def test_data_enters_the_page_as_text_only():
    """No file of the pane writes markup, follows a link or asks the network for anything."""
    for path in STATIC.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "href",
            "fetch(",
            "src",
        ):
            assert word not in source, f"{path.name} uses {word}"
        assert len(source.splitlines()) <= 300, path.name


def test_the_browser_gets_one_module():
    """The files are joined into one module with one default export; nothing is left to import."""
    joined = _browser_code()
    assert "import " not in [line[:7] for line in joined.splitlines()]
    assert [line for line in joined.splitlines() if line.startswith("export")] == ["export default {"]
    declared = [
        line.split("(")[0].split("=")[0]
        for line in joined.splitlines()
        if line.startswith(("const ", "class ", "function "))
    ]
    assert len(declared) == len(set(declared))  # fmt: skip
