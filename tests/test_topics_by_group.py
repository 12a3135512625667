"""Topics over time and by group: shares that can be checked by hand, intervals that hold the truth, nothing dropped."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.aggregate import (
    EssayTopics,
    essays_by,
    essays_by_stance,
    main_grouping,
    stat_topic_trends,
    stat_topics_by,
    stat_topics_by_group,
    stat_topics_over_time,
)
from analysis.config import Estimates
from analysis.errors import TableError

SETTINGS = Estimates(level=0.95, draws=300, min_codes=40)
DRAWN = {"settings": SETTINGS, "seed": 5}
TOPICS = pd.DataFrame({"topic": [1, 2], "label": ["boat, mast", "bell, rope"], "weak": [False, True]})


def families(*doc_ids, versions=()):
    """Every essay its own family; ``versions`` are (doc_id, family) of further versions."""
    rows = [(d, d, True) for d in doc_ids] + [(d, family, False) for d, family in versions]
    return pd.DataFrame(rows, columns=["doc_id", "family", "representative"])


def mixtures(**first):
    """Two topics; the first one's share by essay."""
    return pd.DataFrame({1: pd.Series(first), 2: 1 - pd.Series(first)})


def pages(*rows):
    """doc_id, page, author, date."""
    return pd.DataFrame(rows, columns=["doc_id", "page", "author", "date"], dtype=object)


def one(table, **where):
    """The single row of a table."""
    found = table[np.logical_and.reduce([table[column] == value for column, value in where.items()])]
    assert len(found) == 1
    return found.iloc[0]


ESSAYS = mixtures(a=0.9, b=0.7, c=0.2, d=0.4, e=0.3)


def test_a_share_is_the_mean_of_the_groups_essays_and_the_difference_that_from_all_others():
    """The hand-worked example: (.9 + .7) / 2 against (.2 + .4 + .3) / 3."""
    groups = pd.Series({"a": "x", "b": "x", "c": "y", "d": "y", "e": "y"})
    table = stat_topics_by(ESSAYS, essays_by(groups, families(*"abcde")), TOPICS, **DRAWN)
    assert table["group"].tolist() == ["x", "x", "y", "y"]
    row = one(table, group="x", topic=1)
    assert row["share"] == pytest.approx(0.8)
    assert row["difference"] == pytest.approx(0.5)
    assert row["low"] < 0.8 < row["high"]
    assert (row["essays"], row["clusters"], row["n"], row["left_out"]) == (2, 2, 2, 0)
    assert row["note"] == "only 2 to draw from: the interval says little"
    assert row["label"] == "boat, mast"
    assert table.groupby("group")["share"].sum().tolist() == pytest.approx([1, 1])
    assert one(table, group="y", topic=1)["difference"] == pytest.approx(-0.5)


def test_weights_are_words_where_asked():
    """A share of text and a share of essays are two questions."""
    groups = pd.Series({"a": "x", "b": "x", "c": "y"})
    words = pd.Series({"a": 300, "b": 100, "c": 50})
    table = stat_topics_by(ESSAYS.loc[list("abc")], essays_by(groups, families(*"abc"), words=words), TOPICS, **DRAWN)
    assert one(table, group="x", topic=1)["share"] == pytest.approx(0.75 * 0.9 + 0.25 * 0.7)


def test_unknown_is_a_group_last_without_a_difference_and_essays_without_topics_are_counted():
    """Nothing is dropped in silence."""
    groups = pd.Series({"a": "x", "b": "y", "c": None, "f": "y"})
    table = stat_topics_by(ESSAYS, essays_by(groups, families(*"abcf")), TOPICS, **DRAWN)
    assert table["group"].unique().tolist() == ["x", "y", "unknown"]
    row = one(table, group="unknown", topic=1)
    assert row["share"] == pytest.approx(0.2)
    assert np.isnan(row["difference"])
    assert one(table, group="y", topic=1)["left_out"] == 1
    assert one(table, group="x", topic=1)["note"] == "one essay: no interval"
    assert np.isnan(one(table, group="x", topic=1)["low"])


def test_a_version_counts_once_and_says_what_its_family_does_not():
    """An essay published twice is one essay; its date may stand on the other version."""
    belonging = essays_by(
        pd.Series({"a": None, "a2": 2012.0, "a1": 2010.0, "b": 2009.0}, dtype=float),
        families("a", "b", versions=[("a2", "a"), ("a1", "a")]),
    )
    assert belonging["doc_id"].tolist() == ["a", "b"]
    assert belonging["group"].tolist() == ["2010", "2009"]
    assert belonging["group"].cat.categories.tolist() == ["2009", "2010"]


def test_comments_weigh_the_essays_they_stand_under():
    """Three agreeing comments under one essay and one under another: three quarters of the weight."""
    readers = pd.DataFrame(
        {"doc_id": ["a", "a", "a2", "c", "c", "z"], "label": ["agreeing"] * 4 + [None, "agreeing"]}
    ).assign(comment_id=range(6))
    known = families("a", "c", "z", versions=[("a2", "a")])
    table = stat_topics_by(ESSAYS, essays_by_stance(readers, known), TOPICS, **DRAWN)
    row = one(table, group="agreeing", topic=1)
    assert row["share"] == pytest.approx(0.75 * 0.9 + 0.25 * 0.2)
    assert (row["essays"], row["n"], row["left_out"]) == (2, 4, 1)
    assert one(table, group="cannot say", topic=1)["share"] == pytest.approx(0.2)


def simulated(groups, seed):
    """Essays of one kind in groups of given sizes: no group differs from another."""
    generator, n = np.random.default_rng(seed), sum(groups)
    names = [f"e{i:03}" for i in range(n)]
    shares = pd.DataFrame(generator.dirichlet([0.9, 0.6], n), index=names, columns=[1, 2])
    of = pd.Series(np.repeat([f"g{i}" for i in range(len(groups))], groups), index=names)
    return shares, essays_by(of, families(*names))


def test_intervals_hold_the_truth_and_no_difference_is_found_where_there_is_none():
    """Three essays against twenty, thirty times: plain bootstraps of three essays fail here."""
    held, apart = 0, 0
    for seed in range(30):
        shares, belonging = simulated((3, 20), seed)
        table = stat_topics_by(shares, belonging, TOPICS, settings=Estimates(level=0.95, draws=100), seed=seed)
        row = one(table, group="g0", topic=1)
        held += row["low"] <= 0.6 <= row["high"]
        apart += table["apart"].any()
    assert held >= 26
    assert apart <= 2


def test_a_difference_that_is_there_is_found():
    """Eight essays wholly on one topic among eight on the other."""
    shares = pd.DataFrame({1: [0.85, 0.9, 0.95, 0.9] * 2 + [0.1, 0.05, 0.2, 0.1] * 2}, index=list("abcdefghijklmnop"))
    shares[2] = 1 - shares[1]
    groups = pd.Series(["x"] * 8 + ["y"] * 8, index=shares.index)
    table = stat_topics_by(shares, essays_by(groups, families(*shares.index)), TOPICS, **DRAWN)
    assert table["apart"].all()
    row = one(table, group="x", topic=1)
    assert 0.7 < row["difference_low"] < row["difference"] < row["difference_high"] < 0.9


def test_authors_as_clusters_widen_the_interval_and_one_author_gives_none():
    """Essays by one hand are not so many witnesses."""
    shares = mixtures(**{f"e{i}": (0.8 if i % 8 < 4 else 0.2) + i / 1000 for i in range(16)})
    groups = pd.Series(["x"] * 8 + ["y"] * 8, index=shares.index)
    authors = pd.Series([f"author {i // 4}" for i in range(16)], index=shares.index)
    known = families(*shares.index)
    alone = one(stat_topics_by(shares, essays_by(groups, known), TOPICS, **DRAWN), group="x", topic=1)
    by_hand = essays_by(groups, known, clusters=authors)
    together = one(stat_topics_by(shares, by_hand, TOPICS, **DRAWN), group="x", topic=1)
    assert (alone["clusters"], together["clusters"]) == (8, 2)
    assert together["high"] - together["low"] > 1.3 * (alone["high"] - alone["low"])
    single = essays_by(groups, known, clusters=pd.Series("Ada", index=shares.index))
    row = one(stat_topics_by(shares, single, TOPICS, **DRAWN), group="x", topic=1)
    assert row["note"] == "all of one writer: no interval"
    assert np.isnan(row["high"])


def test_the_tables_do_not_depend_on_the_order_of_their_rows():
    """The same corpus gives the same bytes."""
    shares, belonging = simulated((4, 7), 3)
    table = stat_topics_by(shares, belonging, TOPICS, **DRAWN)
    turned = stat_topics_by(shares[::-1], belonging[::-1], TOPICS[::-1], **DRAWN)
    pd.testing.assert_frame_equal(table, turned)


def test_a_trend_is_the_slope_of_least_squares_and_undated_essays_are_left_out():
    """Shares that rise by .1 a year on a straight line."""
    shares = mixtures(a=0.1, b=0.2, c=0.3, d=0.4, e=0.52, f=0.6, g=0.99)
    years = pd.Series({"a": 2001, "b": 2002, "c": 2003, "d": 2004, "e": 2005, "f": 2006, "g": None}, dtype=float)
    table = stat_topic_trends(shares, essays_by(years, families(*"abcdefg")), TOPICS, **DRAWN)
    row = one(table, topic=1)
    assert row["slope"] == pytest.approx(np.polyfit(range(6), [0.1, 0.2, 0.3, 0.4, 0.52, 0.6], 1)[0], abs=1e-6)
    assert row["slope_low"] < row["slope"] < row["slope_high"]
    assert row["apart"]
    assert (row["essays"], row["first"], row["last"], row["note"]) == (6, 2001, 2006, None)
    assert one(table, topic=2)["slope"] == pytest.approx(-row["slope"])


def test_two_years_are_no_trend():
    """Any two points lie on a line."""
    years = pd.Series({"a": 2001, "b": 2002, "c": 2001, "d": 2002, "e": 2001})
    table = stat_topic_trends(ESSAYS, essays_by(years, families(*"abcde")), TOPICS, **DRAWN)
    assert table["slope"].isna().all()
    assert not table["apart"].any()
    assert table["note"].str.contains("no trend: it needs 3 years").all()


PAGES = pages(
    ("a", "quay#1", "Ada  Holm", "2001-05-01"),
    ("b", "quay#2", "Ada Holm", "2002"),
    ("c", "mill#1", "Bo Lund", "2003-01-02T10:00"),
    ("d", "mill#2", "", "someday"),
    ("e", "mill#3", None, None),
)
GIVEN = EssayTopics(ESSAYS, TOPICS, PAGES, families(*"abcde"))


def test_authors_blogs_and_years_come_from_the_pages():
    """A name spelt with two blanks is the same name; a date without a year is unknown."""
    by_author = stat_topics_by_group(GIVEN, "author", **DRAWN)
    assert by_author["group"].unique().tolist() == ["Ada Holm", "Bo Lund", "unknown"]
    assert by_author.drop_duplicates("group")["essays"].tolist() == [2, 1, 2]
    assert set(by_author["by"]) == {"author"}
    assert stat_topics_by_group(GIVEN, "blog", **DRAWN)["group"].unique().tolist() == ["mill", "quay"]
    assert main_grouping(GIVEN) == "blog"
    years = stat_topics_over_time(GIVEN, **DRAWN)
    assert years["year"].unique().tolist() == ["2001", "2002", "2003", "unknown"]
    assert years["trend_note"].str.startswith("no trend").all()
    own = stat_topics_by_group(GIVEN, pd.Series({"a": "sea", "c": "land"}), **DRAWN)
    assert own["group"].unique().tolist() == ["land", "sea", "unknown"]
    assert set(own["by"]) == {"group"}


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("writer", "is no grouping of essays|grouping of essays"),
        ("stance", "no comments by readers"),
        (pd.Series({"a": "x", "b": "x"}), "nothing to compare by group: of 5 essays with topics only 'x' is known"),
        (pd.Series({"zz": "x"}), "must be indexed by doc_id"),
        (pd.Series(["x", "y"], index=["a", "a"]), "stands in two groups"),
    ],
)
def test_what_cannot_be_compared_is_said(by, said):
    """A sentence, not a traceback."""
    with pytest.raises(TableError, match=said):
        stat_topics_by_group(GIVEN, by, **DRAWN)


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1)), min_size=2, max_size=12))
@settings(max_examples=20, deadline=None)
def test_shares_sum_to_one_and_lie_in_their_intervals(rows):
    """Whatever the groups and the shares."""
    names = [f"e{i:02}" for i in range(len(rows))]
    shares = mixtures(**{name: share for name, (_, share) in zip(names, rows, strict=True)})
    groups = pd.Series({name: group for name, (group, _) in zip(names, rows, strict=True)})
    table = stat_topics_by(shares, essays_by(groups, families(*names)), TOPICS, settings=Estimates(0.9, 30), seed=1)
    assert table.groupby("group")["share"].sum().to_numpy() == pytest.approx(1, abs=1e-5)
    known = table.dropna(subset=["low"])
    assert ((known["low"] <= known["share"] + 1e-6) & (known["share"] <= known["high"] + 1e-6)).all()
    assert (known["low"] >= 0).all()
    assert (known["high"] <= 1).all()
    assert not table["p_holm"].lt(table["p"] - 1e-6).any()
