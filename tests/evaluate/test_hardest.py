"""The surest errors are errors, surest first, each with both readings."""

import pandas as pd

from analysis.evaluate import stat_elsewhere, stat_hardest_errors

MEANINGS = {"agreeing": "It thanks.", "extending": "It adds.", "spam": "It sells.", "none": "None of these."}


def judged(*rows):
    columns = ["comment_id", "truth", "label", "agreeing", "extending", "spam"]
    return pd.DataFrame(rows, columns=columns).assign(cluster=0)


def comments(*ids):
    return pd.DataFrame({"comment_id": list(ids), "title": "Ice", "author": "Reader 1", "text": "So", "evidence": "x"})


def test_only_wrong_labels_are_listed_the_surest_first():
    """A comment left without a label is no error; a label given to one that is none of the three is."""
    table = stat_hardest_errors(
        judged(
            ("a", "agreeing", "extending", 0.1, 0.8, 0.1),
            ("b", "agreeing", None, 0.2, 0.7, 0.1),
            ("c", "spam", "spam", 0.0, 0.0, 1.0),
            ("d", "none", "spam", 0.05, 0.0, 0.95),
            ("e", "agreeing", "spam", 0.1, 0.1, 0.8),
        ),
        comments(*"abcde"),
        MEANINGS,
    )
    assert table["comment_id"].tolist() == ["d", "a", "e"]
    assert table["probability"].tolist() == [0.95, 0.8, 0.8]
    assert table["truth_meaning"].tolist() == ["None of these.", "It thanks.", "It thanks."]
    assert table["label_meaning"].tolist() == ["It sells.", "It adds.", "It sells."]


def test_without_errors_there_are_columns_and_no_rows():
    """Whoever shows it need not ask first."""
    table = stat_hardest_errors(judged(("c", "spam", "spam", 0.0, 0.0, 1.0)), comments("c"), MEANINGS)
    assert table.empty
    assert {"text", "truth_meaning", "evidence"} <= set(table.columns)


def test_what_others_reach_stays_in_range_and_names_its_source():
    """Figures of others are facts with a source."""
    table = stat_elsewhere()
    assert table["low"].between(0, 1).all()
    assert (table["low"] <= table["high"]).all()
    assert table["source"].str.len().gt(0).all()
    assert set(table["who"]) == {"people", "machine", "behind the model"}
