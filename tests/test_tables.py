"""Tables keep their promises, on disk too."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import TableError
from analysis.tables import (
    PARAGRAPHS,
    SKIPPED,
    TOPIC_SHARES,
    Schema,
    check_table,
    fingerprint_table,
    read_table,
    write_table,
)


@pytest.fixture
def paragraphs():
    rows = [("b-1", "b", 1, "Second.", ["second"]), ("a-0", "a", 0, "First.", [])]
    return pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text", "tokens"])


def test_round_trip_keeps_everything_and_sorts(tmp_path, paragraphs):
    """What is read is what was written, in key order."""
    read = read_table(write_table(paragraphs, tmp_path / "p.parquet", PARAGRAPHS), PARAGRAPHS)
    assert read["paragraph_id"].tolist() == ["a-0", "b-1"]
    assert [list(t) for t in read["tokens"]] == [[], ["second"]]
    assert fingerprint_table(read) == fingerprint_table(check_table(paragraphs, PARAGRAPHS))


def test_a_list_of_shares_survives_the_disk(tmp_path):
    """Parquet gives arrays back where lists went in; that is no change."""
    table = pd.DataFrame({"paragraph_id": ["a"], "shares": [[1 / 3, 2 / 3]], "has_words": [True]})
    read = read_table(write_table(table, tmp_path / "s.parquet", TOPIC_SHARES), TOPIC_SHARES)
    assert list(read["shares"][0]) == [1 / 3, 2 / 3]


def test_checking_leaves_the_argument_alone(paragraphs):
    """A stage never changes the table it was given."""
    before = paragraphs.copy(deep=True)
    check_table(paragraphs, PARAGRAPHS)
    pd.testing.assert_frame_equal(paragraphs, before)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: t.drop(columns="text"), "lacks the column(s) text"),
        (lambda t: t.assign(text=[None, "x"]), "'text' of the table of paragraphs has 1 gap(s)"),
        (lambda t: t.assign(number=[0.5, 1]), "'number' of the table of paragraphs is to hold int"),
        (lambda t: t.assign(paragraph_id="same"), "holds 1 key(s) twice"),
        (lambda t: t.assign(tokens=["a b", "c"]), "'tokens' of the table of paragraphs is to hold list"),
    ],
)
def test_a_broken_table_is_refused(paragraphs, change, sentence):
    """The sentence names the column and what is wrong with it."""
    with pytest.raises(TableError) as caught:
        check_table(change(paragraphs), PARAGRAPHS)
    assert sentence in str(caught.value)


def test_another_kind_of_table_is_refused(tmp_path, paragraphs):
    """A file in the wrong place is not taken for another stage's."""
    path = write_table(paragraphs, tmp_path / "p.parquet", PARAGRAPHS)
    with pytest.raises(TableError, match="holds a table of 'paragraphs', not of 'skipped'"):
        read_table(path, SKIPPED)


def test_a_file_that_is_no_table_is_refused(tmp_path):
    """A cut-off file gives a sentence."""
    path = tmp_path / "p.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    with pytest.raises(TableError, match="cannot be read as a table"):
        read_table(path, PARAGRAPHS)


def test_a_schema_with_an_unknown_kind_is_refused():
    """A misspelt kind would check nothing."""
    with pytest.raises(ValueError, match="kinds \\['txt'\\] are unknown"):
        Schema("x", ("a",), {"a": "txt"})


@given(st.permutations(range(6)))
def test_row_order_does_not_matter(order):
    """The same rows in any order are the same table."""
    table = pd.DataFrame({"path": list("abcdef"), "page": list("uvwxyz"), "format": None, "reason": "r"})
    shuffled = check_table(table.iloc[list(order)], SKIPPED)
    assert fingerprint_table(shuffled) == fingerprint_table(check_table(table, SKIPPED))


def test_fingerprint_sees_a_changed_value_but_not_the_last_bits():
    """Another processor's rounding is no change; another value is."""
    table = pd.DataFrame({"x": [1 / 3]})
    assert fingerprint_table(table) == fingerprint_table(pd.DataFrame({"x": [np.nextafter(1 / 3, 1)]}))
    assert fingerprint_table(table) != fingerprint_table(pd.DataFrame({"x": [0.3333]}))
