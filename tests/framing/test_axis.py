"""An axis is data: what is wrong with one is said in a sentence."""

import pytest

from analysis.errors import TopicError
from analysis.framing import AXES, Axis, Pole, find_axis, read_axes

LOW, HIGH = Pole("closed", ("shut", "lock")), Pole("open", ("door", "key"))
FILE = """
["closed / open"]
audience = ["Guest"]
[ "closed / open".low]
name = "closed"
words = ["shut", "lock"]
["closed / open".high]
name = "open"
words = ["door", "key"]
"""


def test_a_file_of_ones_own_is_an_axis(tmp_path):
    """Words are made lower-case; the only axis of a file needs no name."""
    path = tmp_path / "own.toml"
    path.write_text(FILE)
    axis = find_axis(path)
    assert (axis.low.words, axis.audience) == (("shut", "lock"), ("guest",))
    assert find_axis(str(path), "closed / open") == axis
    assert find_axis(axis) is axis


def test_the_shipped_axes_hold():
    """Every axis that comes along can be read and has patterns for the grammar at both ends."""
    for axis in read_axes(AXES).values():
        assert all(pole.objects and pole.subjects and pole.after for pole in axis.poles)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('words = ["door"', 'wrds = ["door"'), r"part of an axis is called 'wrds'.*Did you mean 'words'"),
        (('name = "open"\n', ""), r"'high' of 'closed / open' in own.toml lacks name"),
        (('"door", "key"', '"shut", "key"'), r"share words: shut"),
        (('"door", "key"', '"door"'), r"'open' has 1 seed words; it needs at least 2"),
        (('name = "open"', 'name = "closed"'), r"Both poles.*'closed'"),
        (('["Guest"]', "[]"), r"names no audience"),
        (('["Guest"]', '"guest"'), r"audience is to be a list of texts, found 'guest'"),
        (('name = "open"', 'name = ["open"]'), r"name is to be a text"),
        (('audience = ["Guest"]', "audience = ["), r"own.toml cannot be read"),
    ],
)
def test_a_faulty_file_is_a_sentence(tmp_path, change, said):
    """Whoever writes an axis learns what is wrong with it and where."""
    path = tmp_path / "own.toml"
    path.write_text(FILE.replace(*change))
    with pytest.raises(TopicError, match=said):
        find_axis(path)


def test_unknown_names_give_the_nearest(tmp_path):
    """A slip of the pen is answered with the axis meant; a file that is not there is named."""
    with pytest.raises(TopicError, match=r"Did you mean 'doing to / doing with'"):
        find_axis("doing to/doing with")
    with pytest.raises(TopicError, match=r"none.toml cannot be read"):
        find_axis(tmp_path / "none.toml")


def test_an_axis_can_be_made_without_a_file():
    """As a dataclass it is checked the same way."""
    assert Axis("a", LOW, HIGH, ("guest",)).poles == (LOW, HIGH)
    with pytest.raises(TopicError, match="share words: shut"):
        Axis("a", LOW, Pole("open", ("shut", "key")), ("guest",))
