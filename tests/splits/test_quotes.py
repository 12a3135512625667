"""Words name a line, and a view finds words that do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.splits.quotes import Quotable, QuoteError, quote_end, quote_start

LINES = [
    "Reply",
    "“Don’t go – it’s a trap,” said the ferryman.",
    "Thank you for this essay",
    "Reply",
    "Thank you for nothing",
    "He said: thank you for this",
    "Well ... I think so",
]


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("\"don't go - it's a TRAP,\"", (1, 1)),
        ("thank you  for this essay", (2, 2)),
        ("the ferryman.", (1, 1)),
        ("Thank you for nothing …", (4, 4)),
        ("Reply\nThank you for", (3, 4)),
        ("Well ... I think", (6, 6)),
        ("“Don't go ... for nothing", (1, 4)),
        ("for nothing [...] I think so", (4, 6)),
        ("Thank you for this", (2, 2)),  # a line's beginning comes before words within a line
    ],
)
def test_words_name_their_line(quote, place):
    """However quotation marks, dashes, capitals and blanks were copied."""
    assert Quotable(LINES).find(quote) == place


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("reply", "stands in 2 places of the page; quote more words"),
        ("Thank you for", "stands in 2 places"),
        ("reply ... I think so", "stands in 2 places"),
        ("not here at all", "stands nowhere on the page"),
        ("I think so ... the ferryman.", "last words stand above its first"),
        (" ", "is empty"),
        ("\u200b", "is empty"),
    ],
)
def test_words_that_name_no_line_say_what_to_do(quote, sentence):
    """A guess would correct the wrong line."""
    with pytest.raises(QuoteError, match=sentence):
        Quotable(LINES).find(quote)


LINE = st.lists(st.sampled_from(["rain", "Rain", "it", "—", "“we”", "don’t", "...", "İ"]), min_size=1, max_size=9)


@settings(deadline=None)
@given(st.lists(LINE.map(" ".join), min_size=1, max_size=8))
def test_words_a_view_offers_name_the_line(lines):
    """What is copied from the view is found again, whatever else stands on the page."""
    quotable = Quotable(lines)
    for i in range(len(lines)):
        begins = quote_start(lines, quotable, i, clear=lambda words: True)
        ends = quote_end(lines, quotable, i, clear=lambda words: True)
        assert begins is None or quotable.find(begins)[0] == i
        assert ends is None or quotable.find(ends)[1] == i
        if lines.count(lines[i]) == 1 and not any(lines[i] in other for other in lines if other is not lines[i]):
            assert begins or len({line.casefold() for line in lines}) < len(lines) or "..." in lines[i]


def test_words_that_may_not_be_shown_are_not_offered():
    """A name in the way moves the words on."""
    lines = ["Ada Fenn is right about all of the flour we had", "And so on"]
    words = quote_start(lines, Quotable(lines), 0, clear=lambda words: "Fenn" not in words)
    assert words == "is right about all of"
    assert quote_start(lines, Quotable(lines), 0, clear=lambda words: False) is None
