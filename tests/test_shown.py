"""What a notebook shows is whole, safe, and set as it was written."""

import pandas as pd

from analysis.shown import Shown, show_readings, show_table


def test_a_line_break_is_a_line_break():
    """A comment of two paragraphs is not one with a backslash and an n in it."""
    html = show_table(pd.DataFrame({"text": ["One.\nTwo."]}))._repr_html_()
    assert "One.\nTwo." in html
    assert "\\n" not in html


def test_markup_in_a_text_is_shown_and_not_obeyed():
    """A comment cannot put a picture or a script into the notebook."""
    html = show_table(pd.DataFrame({"text": ["<img src=x> & <script>"]}))._repr_html_()
    assert "<img" not in html
    assert "&lt;img src=x&gt; &amp; &lt;script&gt;" in html


def test_gaps_are_empty_and_numbers_short():
    """Neither nan nor None nor sixteen digits."""
    html = Shown({"n": [1.23456789, float("nan")], "what": [None, 0.3333333]})._repr_html_()
    assert "1.235" in html
    assert "0.333<" in html
    assert "nan" not in html.lower()
    assert "None" not in html


def test_both_readings_stand_side_by_side_and_long_comments_are_cut():
    """The comment, what speaks for its code, and what the classifier went by."""
    row = {
        "title": "Ice",
        "author": "Reader 1",
        "text": "word " * 300,
        "truth": "agreeing",
        "truth_meaning": "It thanks.",
        "label": "spam",
        "probability": 0.999,
        "evidence": "",
    }
    shown = show_readings(pd.DataFrame([row]))
    assert shown.columns.tolist() == ["comment", "as coded", "as the classifier read it"]
    comment, coded, read = shown.iloc[0]
    assert comment.startswith("Reader 1 under “Ice”:\nword")
    assert comment.endswith(" …")
    assert len(comment) < 450
    assert coded == "agreeing\nIt thanks."
    assert read == "spam (over 99 % sure)\nIt went by: nothing to name"
