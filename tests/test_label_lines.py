"""A file of comments becomes a file of labels: in its order, in bounded memory, whatever a single line holds."""

import json

import pandas as pd
import pytest

from analysis import label_lines as room
from analysis.errors import BelowTheLineError, LabelError
from analysis.label_lines import label_lines, skipped_path
from analysis.stance import label_comments
from analysis.types import LABELS


def write(path, rows):
    path.write_bytes(b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows))
    return path


def read(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def label(path, rows, **more):
    """Label rows (or raw lines) and give the answers, the lines set aside, and the counts."""
    out = path / "out.jsonl"
    done = label_lines(write(path / "in.jsonl", rows), out, target_accuracy=0.9, **more)
    return read(out), read(skipped_path(out)), done


ROWS = [
    {"id": "z", "text": "Thank you so much, what a lovely post!", "author": "Ida Holm", "more": 1},
    {"id": 10, "text": "Cheap lamps, order now!", "author": "lamp shop", "author_url": "http://lamps.example"},
    {"id": "10", "text": None},
    {"id": 2, "text": "We tried this in 2009 and it failed. Does yours?", "author": ["Ida"]},
]


def test_answers_are_those_of_label_comments_in_the_order_of_the_file(tmp_path, monkeypatch):
    """However few are held at a time."""
    wanted = label_comments(pd.DataFrame([{**row, "id": str(n)} for n, row in enumerate(ROWS)]))
    for at_once in (1, 3, 1024):
        monkeypatch.setattr(room, "AT_ONCE", at_once)
        found, aside, done = label(tmp_path, ROWS)
        assert [row["id"] for row in found] == ["z", 10, "10", 2]
        assert [row["label"] for row in found] == [v if isinstance(v, str) else None for v in wanted["label"]]
        assert [row["evidence"] for row in found] == list(wanted["evidence"])
        for row, (_, same) in zip(found, wanted.iterrows(), strict=True):
            assert row["probabilities"] == pytest.approx({name: same[name] for name in LABELS})
        assert aside == []
        assert (done.comments, done.without, done.aside) == (4, int(wanted["label"].isna().sum()), 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"not json\n", "is not JSON: Expecting value"),
        (b'{"id": "q", "text": "cut \n', "is not JSON: "),
        (b'{"id": "q", "text": "\xff"}\n', "is not JSON: 'utf-8' codec can't decode"),
        (b"[" * 100_000 + b"\n", "is not JSON: "),
        (b"[1, 2]\n", "holds list; each line is to hold an object"),
        (b"null\n", "holds NoneType"),
        (b'{"text": "x"}\n', "has no usable id (found none); a text or a number is wanted"),
        (b'{"id": {"a": 1}, "text": "x"}\n', "has no usable id (found dict)"),
        (b'{"id": true, "text": "x"}\n', "has no usable id (found bool)"),
        (b'{"id": NaN, "text": "x"}\n', "has no usable id (found float)"),
        (b'{"id": "z", "text": "again"}\n', "has the id 'z' of line 1, which counts"),
    ],
)
def test_a_bad_line_is_named_and_costs_no_other(tmp_path, line, reason):
    """Number, id where there is one, and the reason; the rest is labelled."""
    told = []
    found, [aside], done = label(tmp_path, [ROWS[0], line, ROWS[3]], on_aside=told.append)
    assert [row["id"] for row in found] == ["z", 2]
    assert (done.comments, done.aside) == (2, 1)
    assert (aside["path"], aside["line"]) == ("in.jsonl", 2)
    assert aside["reason"].startswith(reason)
    assert aside["id"] == ("z" if "'z'" in reason else None)
    assert [(item.line, item.reason) for item in told] == [(2, aside["reason"])]


def test_a_comment_the_labelling_breaks_on_costs_itself_alone(tmp_path, monkeypatch):
    """Whatever breaks is said, with its kind; a thousand others are not lost with it."""

    def breaks(frame, **more):
        if frame["text"].eq("We break.").any():
            raise RecursionError("too deep")
        return label_comments(frame, **more)

    monkeypatch.setattr(room, "label_comments", breaks)
    found, [aside], done = label(tmp_path, [*ROWS, {"id": 5, "text": "We break."}, {"id": 6, "text": "Thanks!"}])
    assert [row["id"] for row in found] == ["z", 10, "10", 2, 6]
    assert (aside["line"], aside["id"]) == (5, 5)
    assert aside["reason"] == "cannot be labelled (RecursionError: too deep); please report it"
    assert done.aside == 1


def test_blank_lines_a_mark_of_order_and_odd_line_ends_are_no_matter(tmp_path):
    """What editors leave behind, and signs that some take for a line's end."""
    lines = [
        b"\xef\xbb\xbf" + json.dumps(ROWS[0]).encode() + b"\r\n",
        b"\n",
        b"  \n",
        '{"id": "ü", "text": "a\u2028b\x85c"}'.encode(),
    ]
    found, aside, _ = label(tmp_path, lines)
    assert ([row["id"] for row in found], aside) == (["z", "ü"], [])


def test_half_a_surrogate_pair_is_written_so_that_it_can_be_read(tmp_path):
    """JSON can hold what UTF-8 cannot."""
    found, _, _ = label(tmp_path, [{"id": "\ud83d", "text": "Thanks \ude00 all, \ud800 lovely"}])
    assert found[0]["id"] == "\ud83d"


def test_progress_counts_lines_and_ends_at_all(tmp_path, monkeypatch):
    """A bar needs where it stands and how far it is."""
    monkeypatch.setattr(room, "AT_ONCE", 2)
    steps = []
    label(tmp_path, [*ROWS, b"bad\n", {"id": 99, "text": "x"}], progress=lambda *step: steps.append(step))
    assert steps == [(2, 6), (4, 6), (6, 6)]


def test_only_the_first_twenty_are_told(tmp_path):
    """A screen is no place for a thousand; the file holds them all."""
    told = []
    _, aside, done = label(tmp_path, [ROWS[0], *[b"bad\n"] * 30], on_aside=told.append)
    assert (len(told), len(aside), done.aside) == (20, 30, 30)


def test_what_was_there_stays_until_all_is_done(tmp_path, monkeypatch):
    """An interrupted run leaves neither half a file nor one that lies about."""
    (tmp_path / "out.jsonl").write_text("before", encoding="utf-8")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "label_comments", interrupted)
    with pytest.raises(KeyboardInterrupt):
        label(tmp_path, ROWS)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_file_without_a_comment_or_a_place_to_write_is_said(tmp_path):
    """One sentence, and no file."""
    with pytest.raises(LabelError, match=r"in\.jsonl, line 1 is not JSON.*No line of the file holds a comment"):
        label(tmp_path, [b"bad\n", b"worse\n"])
    assert not (tmp_path / "out.jsonl").exists()
    with pytest.raises(LabelError, match="would overwrite the comments"):
        label_lines(tmp_path / "in.jsonl", tmp_path / "in.jsonl", target_accuracy=0.9)
    with pytest.raises(BelowTheLineError, match=r"gone\.jsonl cannot be read"):
        label_lines(tmp_path / "gone.jsonl", tmp_path / "out.jsonl", target_accuracy=0.9)
    with pytest.raises(BelowTheLineError, match="cannot be kept in"):
        label_lines(write(tmp_path / "in.jsonl", ROWS), tmp_path / "in.jsonl" / "out.jsonl", target_accuracy=0.9)
    with pytest.raises(LabelError, match="a share from 0 to 1, found 7"):
        label_lines(tmp_path / "in.jsonl", tmp_path / "out.jsonl", target_accuracy=7)


def test_an_empty_file_has_no_labels(tmp_path):
    """No comment is no error where no line is bad."""
    found, aside, done = label(tmp_path, [])
    assert (found, aside, done.comments) == ([], [], 0)
