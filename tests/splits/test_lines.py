"""A page and its lines are two forms of one thing."""

import sys
from pathlib import Path

from hypothesis import given, settings

from analysis.splits import lines_of, page_of, stretches_table
from analysis.tables import STRETCHES, check_table

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pages_to_correct import any_page, text_page, web_page


@settings(deadline=None)
@given(any_page())
def test_a_page_is_the_page_of_its_lines(page):
    """Nothing is lost or changed on the way, so a correction changes only what it says."""
    assert page_of(page, lines_of(page)) == page


def test_lines_of_a_text_stand_in_its_order_with_heads_between():
    """Who checks a page sees it as it stood, names and dates included."""
    page = text_page()
    found = lines_of(page)
    assert [line.text for line in found] == [line.strip() for line in page.text.splitlines() if line.strip()]
    assert all(page.text[line.start : line.end] == line.text for line in found)
    assert [(line.kind, line.comment) for line in found if line.kind in ("head", "comment")] == [
        ("head", None), ("head", None), ("comment", 0), ("comment", 0), ("head", None), ("head", None), ("comment", 1),
        ("head", None), ("comment", 2),
    ]  # fmt: skip


def test_a_web_page_stands_as_essay_spam_comments():
    """Of a saved web page only what was kept is known."""
    assert [(s["kind"], s["comment_id"][-1] if s["comment_id"] else None) for s in stretches_of(web_page())] == [
        ("essay", None), ("injected_spam", None), ("comment", "0"), ("comment", "1"), ("comment", "2"),
    ]  # fmt: skip


def test_the_table_of_stretches_keeps_its_schema():
    """The cache refuses another."""
    table = stretches_table([text_page(), web_page()])
    assert len(check_table(table, STRETCHES)) == len(table)


def stretches_of(page):
    return stretches_table([page]).to_dict("records")
