"""A sample is kept with what it takes to draw it again, and is never quietly replaced."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.coding import read_sample, write_sample
from analysis.coding.sample_file import name_draw
from analysis.errors import CodingError

sys.path.insert(0, str(Path(__file__).resolve().parent))
from invented import HEADER, make_sample


@pytest.fixture
def path(tmp_path):
    """Where a corpus keeps its sample."""
    return tmp_path / "codes" / "sample.jsonl"


def test_a_sample_comes_back_as_it_was(path):
    """Header and rows survive; the file lists the comments in coding order."""
    write_sample(path, make_sample(), HEADER)
    header, table = read_sample(path, "a" * 64, "7")
    assert header == HEADER
    pd.testing.assert_frame_equal(table, make_sample())
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith('{"sample": 1, "corpus": "invented"')
    assert '"comment_id": "c03", "order": 1' in lines[1]


def test_the_same_draw_can_be_enlarged(path):
    """More comments of the same lot keep the codes already given; asking for fewer changes nothing."""
    write_sample(path, make_sample(6), {**HEADER, "n": 6})
    write_sample(path, make_sample(9), {**HEADER, "n": 9})
    assert len(read_sample(path)[1]) == 9
    write_sample(path, make_sample(6), {**HEADER, "n": 6})
    assert len(read_sample(path)[1]) == 9
    assert [p.name for p in path.parent.iterdir()] == ["sample.jsonl"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seed": 2}, "with another seed"),
        ({"design": "stratified", "corpus_hash": "c" * 64}, "with another corpus_hash and design"),
    ],
)
def test_another_sample_is_not_overwritten(path, change, sentence):
    """Codes may hang on the old sample, so a new draw needs a decision."""
    write_sample(path, make_sample(), HEADER)
    before = path.read_bytes()
    with pytest.raises(CodingError, match=sentence):
        write_sample(path, make_sample(), {**HEADER, **change})
    assert path.read_bytes() == before


def test_a_sample_in_another_order_is_another_sample(path):
    """The order of coding is part of the draw: any beginning of it is a valid smaller sample."""
    write_sample(path, make_sample(), HEADER)
    turned = make_sample().assign(order=[1, 2, 3, 4])
    with pytest.raises(CodingError, match="other comments in another order"):
        write_sample(path, turned, HEADER)


def test_a_draw_by_uncertainty_cannot_be_enlarged(path):
    """Its chances depend on its size; the sentence does not promise otherwise."""
    header = {**HEADER, "design": "uncertainty"}
    write_sample(path, make_sample(), header)
    with pytest.raises(CodingError, match=r"keeps 4 comments drawn by uncertainty, and such a draw has one size.*Code"):
        write_sample(path, make_sample(5), {**header, "n": 5})
    assert write_sample(path, make_sample(), header) == path


def test_an_enlarged_draw_keeps_its_name():
    """Codes that wait in a browser find their sample again after it was made larger; another draw has another name."""
    assert name_draw(HEADER) == name_draw({**HEADER, "n": 9, "code_version": "c"})
    assert name_draw(HEADER) != name_draw({**HEADER, "seed": 2})


def test_no_sample(path):
    """Coding begins with a draw."""
    with pytest.raises(CodingError, match=r"There is no sample to code: sample\.jsonl is missing\. Draw one first"):
        read_sample(path)


def test_another_codebook(path):
    """Codes under two meanings of a label are not pooled."""
    write_sample(path, make_sample(), HEADER)
    with pytest.raises(CodingError, match="by codebook 7, and this is codebook 8"):
        read_sample(path, codebook_version="8")


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (None, "another version of the corpus invented. Put the pages and corrections.toml back"),
        (["c00", "c03", "x"], r"2 of its 4 comments are gone \(c01, c02\)"),
        (["c00", "c01", "c02", "c03", "x"], "all still there, but it was drawn from 40 comments and there are 5 now"),
        ([], r"4 of its 4 comments are gone"),
    ],
)
def test_another_corpus_version(path, now, sentence):
    """The sentence names the comments that are gone, and what to do."""
    write_sample(path, make_sample(), HEADER)
    with pytest.raises(CodingError, match=sentence):
        read_sample(path, "f" * 64, comment_ids=now)


def _edit(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('{"sample": 1, ', "{", "does not begin with the header"),
        ('"sample": 1', '"sample": 2', "a format this version knows"),
        ('"seed": 1, ', "", "lacks seed"),
        ('"design": "simple"', '"design": "simpel"', "Did you mean 'simple'"),
        (
            '{"comment_id": "c03"',
            '"comment_id": "c03"',
            "Line 2 of sample.jsonl cannot be read: it was cut off or changed, and now reads “",
        ),
        ('"order": 4', '"order": 7', "says that it holds 4 comments and holds 4, or they are not numbered"),
        ('"inclusion_probability": 0.1', '"inclusion_probability": 1.1', "chance of being drawn"),
        ('"stratum": ""', '"stratum": 3', "is not a sample: Column 'stratum'"),
        ('"comment_id": "c03"', '"comment_id": "c02"', r"holds 1 key\(s\) twice"),
    ],
)
def test_an_edited_file_is_refused(path, old, new, sentence):
    """A cut or edited sample would make every share wrong, so it is not read."""
    write_sample(path, make_sample(), HEADER)
    _edit(path, old, new)
    with pytest.raises(CodingError, match=sentence):
        read_sample(path)


def test_a_file_cut_short_is_refused(path):
    """A missing row is noticed: the header knows how many there were."""
    write_sample(path, make_sample(), HEADER)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(CodingError, match="says that it holds 4 comments and holds 3"):
        read_sample(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(CodingError, match="is not a text in UTF-8"):
        read_sample(path)
