"""The cache gives back what was made, and only that."""

import pandas as pd
import pytest

from analysis.cache import Cache
from analysis.tables import SKIPPED


@pytest.fixture
def make():
    calls = []

    def _make():
        calls.append(1)
        return pd.DataFrame({"path": ["b", "a"], "page": ["b", "a"], "format": [None, "html"], "reason": ["x", "y"]})

    _make.calls = calls
    return _make


def test_the_second_call_makes_nothing(tmp_path, make):
    """The same inputs and code give the same table without the work."""
    cache = Cache(tmp_path / "tables", "code1")
    first, second = cache.table(SKIPPED, ["in"], make), cache.table(SKIPPED, ["in"], make)
    pd.testing.assert_frame_equal(first, second)
    assert first["path"].tolist() == ["a", "b"]
    assert len(make.calls) == 1


@pytest.mark.parametrize(("code", "inputs"), [("code2", ["in"]), ("code1", ["other"])])
def test_other_code_or_inputs_are_made_anew(tmp_path, make, code, inputs):
    """A stale result is never taken."""
    Cache(tmp_path, "code1").table(SKIPPED, ["in"], make)
    Cache(tmp_path, code).table(SKIPPED, inputs, make)
    assert len(make.calls) == 2


def test_a_damaged_table_is_made_again(tmp_path, make):
    """A run that was cut off leaves nothing that stops the next."""
    cache = Cache(tmp_path, "code1")
    cache.table(SKIPPED, ["in"], make)
    [path] = tmp_path.glob("*.parquet")
    path.write_bytes(path.read_bytes()[:50])
    assert len(cache.table(SKIPPED, ["in"], make)) == 2
    assert len(make.calls) == 2
