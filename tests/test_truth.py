"""Planted truth is read as tables, and a faulty line is named."""

import json

import pytest

from analysis.errors import CorpusError
from analysis.truth import read_truth

ROW = {
    "page": "p",
    "theme": "rain",
    "comments": [{"text": "Yes.", "label": "agreeing"}, {"text": "[...]", "label": None}],
}


def test_a_row_becomes_a_page_and_its_comments(tmp_path):
    """Comments are numbered from 0 in page order; a pingback has no label."""
    (tmp_path / "truth.jsonl").write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    truth = read_truth(tmp_path)
    assert truth.pages[["page", "theme"]].values.tolist() == [["p", "rain"]]
    assert truth.comments["number"].tolist() == [0, 1]
    assert truth.comments["label"].tolist() == ["agreeing", None]


def test_no_truth_is_no_error(tmp_path):
    """A user's corpus has none."""
    assert read_truth(tmp_path) is None


@pytest.mark.parametrize("line", ["no json", "{}", '{"page": "p", "comments": [{"text": "x", "label": "praise"}]}'])
def test_a_faulty_line_is_named(tmp_path, line):
    """The sentence gives the line and the form that is wanted."""
    (tmp_path / "truth.jsonl").write_text(json.dumps(ROW) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"line 2: .* Each line is a JSON object"):
        read_truth(tmp_path)
