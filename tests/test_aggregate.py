"""Tables for figures: counts that can be checked by counting, and names that do not leak."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.aggregate import (
    count_once,
    essay_groups,
    hide_names,
    hide_readers,
    keep_representatives,
    pseudonyms,
    reader_labels,
    stat_attrition,
    stat_profile,
    stat_spam_slots,
    stat_timeline,
    stat_topic_mixture,
    stat_version_diff,
)
from analysis.errors import TableError
from analysis.rows import comments_table, pages_table
from analysis.tables import COMMENTS, PAGES, check_table
from analysis.types import Comment, Page


def page(name, *comments, title=None, **rest):
    """A page of invented comments."""
    essay = rest.pop("essay", f"An essay called {name}.")
    return Page(page=name, path="", format="text", essay=essay, comments=comments, title=title or name, **rest)


FERRY = page(
    "ferry",
    Comment("Well rowed.", author="Ida Moor", date="2009-05-01"),
    Comment("Ida is right, and the tide?", author="ida  moor", date="2011-01-02T10:00"),
    Comment("At four, Ida.", author="Jon Vale", by_essay_author=True, date="2011-01-03"),
    Comment("cheap oars", author=None, date=None),
    Comment("[...] the ferry [...]", author="Another blog", kind="pingback", date="2012-01-01"),
    author="Jon Vale",
    date="2009-04-30",
    comments_open=True,
)
BELL = page("bell", Comment("No.", author="Bo Lund", date="2009"), date="2010-01-01")
REISSUE = page("ferry-again", Comment("Again!", author="Bo Lund", date="2011"), date="2012")
PAGES_READ = [FERRY, BELL, REISSUE]


@pytest.fixture
def corpus():
    """Pages, comments, labels and families of three invented pages, two of them versions of one essay."""
    pages = check_table(pages_table(PAGES_READ), PAGES)
    comments = check_table(comments_table(PAGES_READ), COMMENTS)
    said = {"Well rowed.": "agreeing", "Ida is right, and the tide?": "extending", "cheap oars": "spam", "No.": None,
            "At four, Ida.": "extending"}  # fmt: skip
    labels = comments[comments["text"].isin(list(said))][["comment_id", "text"]]
    labels = labels.assign(label=labels["text"].map(said), agreeing=0.2, extending=0.3, spam=0.5).drop(columns="text")
    families = pd.DataFrame(
        {
            "doc_id": [FERRY.doc_id, REISSUE.doc_id, BELL.doc_id],
            "family": ["f1", "f1", "f2"],
            "representative": [True, False, True],
        }
    )
    return pages, comments, labels, families


def test_reader_labels_leave_out_pingbacks_and_the_author(corpus):
    """Figures about readers are about readers; a comment never labelled is "cannot say", not gone."""
    _, comments, labels, families = corpus
    table = reader_labels(comments, labels, families)
    assert len(table) == 5
    assert table["comment_id"].is_monotonic_increasing
    by_doc = table.groupby("doc_id")["label"].agg(lambda s: sorted(map(str, s.where(s.notna(), None)))).to_dict()
    assert by_doc == {
        FERRY.doc_id: ["agreeing", "extending", "spam"],
        BELL.doc_id: ["None"],
        REISSUE.doc_id: ["None"],
    }
    assert table.set_index("doc_id")["cluster"].to_dict() == {
        FERRY.doc_id: "f1", REISSUE.doc_id: "f1", BELL.doc_id: "f2",
    }  # fmt: skip
    assert reader_labels(comments, labels)["cluster"].tolist() == reader_labels(comments, labels)["doc_id"].tolist()


def test_profile_counts_by_hand(corpus):
    """One reader under two spellings is one name; the nameless are one more; the author's answers stand apart."""
    table = stat_profile(*corpus).set_index("page")
    assert table.index.tolist() == ["ferry", "bell", "ferry-again"]
    ferry = table.loc["ferry"]
    columns = ["readers", "author_answers", "agreeing", "extending", "spam", "cannot_say", "pingbacks"]
    assert ferry[columns].tolist() == [2, 1, 1, 1, 1, 0, 1]
    assert table.loc["bell", columns].tolist() == [1, 0, 0, 0, 0, 1, 0]
    assert table["representative"].tolist() == [True, True, False]
    assert ferry["comments_open"] is True
    assert table.loc["bell", "comments_open"] is None or pd.isna(table.loc["bell", "comments_open"])


def test_representatives_stand_for_their_family(corpus):
    """An essay published twice counts once, and one that lineage never saw counts too."""
    pages, _, _, families = corpus
    assert keep_representatives(pages, families)["page"].tolist() == sorted(
        ["ferry", "bell"], key=pages["page"].tolist().index
    )
    fewer = families[families["doc_id"] != BELL.doc_id]
    assert len(keep_representatives(pages, fewer)) == 2
    named = families.assign(representative=[FERRY.doc_id, FERRY.doc_id, BELL.doc_id])
    assert keep_representatives(pages, named).equals(keep_representatives(pages, families))


def test_families_are_counted_once(corpus):
    """One version's comments and one copy of a spun text stay, in the order given; nothing goes without families."""
    _, comments, *_ = corpus
    docs = list(dict.fromkeys(comments["doc_id"]))
    alone = pd.DataFrame({"doc_id": docs, "family": docs, "representative": True})
    spun = pd.DataFrame({"family": "s", "item": ["injected-x", *comments["comment_id"].iloc[[2, 0]]]})
    assert count_once(comments, alone, spun.iloc[:0])["comment_id"].tolist() == comments["comment_id"].tolist()
    left = count_once(comments, alone, spun)["comment_id"].tolist()
    assert left == comments["comment_id"].drop(comments.index[2]).tolist()
    joined = alone.assign(family="f", representative=alone["doc_id"] == docs[0])
    assert set(count_once(comments, joined, spun.iloc[:0])["doc_id"]) == {docs[0]}


def test_timeline_has_every_year_and_the_undated(corpus):
    """A year without comments is a zero, and a comment without a date is not lost."""
    _, comments, labels, _ = corpus
    table = stat_timeline(comments, labels)
    years = table["year"].astype(object).where(table["year"].notna(), None).tolist()
    assert years == [y for y in (2009, 2010, 2011, None) for _ in range(4)]
    assert table["label"].tolist() == ["agreeing", "extending", "spam", "cannot say"] * 4
    assert table["n"].tolist() == [1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0]
    dated = comments[comments["date"].notna()]
    assert stat_timeline(dated, labels)["year"].notna().all()
    assert stat_timeline(comments.iloc[:0], labels).empty


def test_attrition_puts_kept_first_and_counts_reasons():
    """What was left out stands beside what stayed, in run order."""
    dropped = pd.DataFrame(
        {
            "stage": ["pages", "files", "files", "files"],
            "item": ["p", "a", "b", "c"],
            "reason": ["no essay", "not a page", "too large", "not a page"],
        }
    )
    table = stat_attrition(dropped, {"files": 7, "pages": 6, "labels": 4})
    assert table.astype(object).where(table.notna(), None).to_numpy().tolist() == [
        ["files", "kept", None, 7],
        ["files", "dropped", "not a page", 2],
        ["files", "dropped", "too large", 1],
        ["pages", "kept", None, 6],
        ["pages", "dropped", "no essay", 1],
        ["labels", "kept", None, 4],
    ]
    with pytest.raises(TableError, match="No stage is called 'files'"):
        stat_attrition(dropped, {"pages": 6})


def test_topic_mixture_orders_essays_by_their_topic(corpus):
    """Essays of one topic stand together, the purest first."""
    pages = corpus[0]
    mixtures = pd.DataFrame({0: [0.6, 0.1, 0.9], 1: [0.4, 0.9, 0.1]}, index=[FERRY.doc_id, BELL.doc_id, REISSUE.doc_id])
    table = stat_topic_mixture(mixtures, pages, {0: "oars", 1: "bells"})
    assert table["title"].tolist() == ["ferry-again", "ferry-again", "ferry", "ferry", "bell", "bell"]
    assert table["share"].tolist() == [0.9, 0.1, 0.6, 0.4, 0.1, 0.9]
    assert table["label"].tolist() == ["oars", "bells"] * 3
    with pytest.raises(TableError, match="have no page"):
        stat_topic_mixture(mixtures, pages.iloc[:1], {0: "oars", 1: "bells"})


def test_comments_take_the_group_of_their_essay(corpus):
    """Shares by topic need every topic as a group, even one without comments."""
    comments = corpus[1]
    groups = essay_groups(comments, pd.Series({FERRY.doc_id: 1, BELL.doc_id: 0}), {0: "bells", 1: "oars", 2: "moss"})
    assert groups.cat.categories.tolist() == ["topic 0: bells", "topic 1: oars", "topic 2: moss"]
    assert groups.value_counts().to_dict() == {"topic 1: oars": 5, "topic 0: bells": 1, "topic 2: moss": 0}
    assert groups.isna().sum() == 1


def test_versions_are_compared_in_order_of_time():
    """The later version is the second text, whatever the order of the rows."""
    old = page("old", essay="The bell rang. It may crack.", date="2009")
    new = page("new", essay="The bell rang. It will crack. So we wait.", date="2010")
    pages = pages_table([new, old, BELL])
    families = pd.DataFrame({"doc_id": pages["doc_id"], "family": ["a", "a", "b"]})
    table = stat_version_diff(pages, families)
    assert table["pair"].unique().tolist() == ["old → new"]
    assert table["kind"].tolist() == ["same", "reworded", "added"]
    assert table["text_b"].tolist()[1:] == ["It will crack.", "So we wait."]
    assert stat_version_diff(pages.iloc[2:], families).empty


def test_spun_copies_show_their_slots(corpus):
    """Each copy's page and wording, families numbered from the largest."""
    pages = corpus[0]
    spam = pd.DataFrame(
        {
            "family": ["b", "b", "a", "a", "a"],
            "doc_id": [FERRY.doc_id, BELL.doc_id] * 2 + [BELL.doc_id],
            "item": ["1", "2", "3", "4", "5"],
            "text": ["buy red oars now", "buy blue oars now", "see my big site", "see my small site", "see my site"],
        }
    )
    table = stat_spam_slots(spam, pages)
    assert table["family"].tolist() == ["family 1"] * 3 + ["family 2"] * 2
    assert sorted(table.query("family == 'family 1'")["variant"]) == ["", "big", "small"]
    second = table.query("family == 'family 2'").set_index("variant")
    assert second.loc["red", ["page", "before"]].tolist() == ["ferry", "buy"]
    assert second.loc["blue", "page"] == "bell"
    assert stat_spam_slots(spam.iloc[:0], pages).empty


def test_pseudonyms_are_one_a_name(corpus):
    """One name, one pseudonym; the author and the nameless have their own words."""
    comments = corpus[1]
    given_names = pseudonyms(comments)
    by_text = dict(zip(comments["text"], given_names, strict=True))
    assert by_text["Well rowed."] == by_text["Ida is right, and the tide?"]
    assert by_text["No."] == by_text["Again!"] != by_text["Well rowed."]
    assert by_text["At four, Ida."] == "essay's author"
    assert by_text["cheap oars"] == "Anonymous"
    assert by_text["[...] the ferry [...]"] == "another page"
    assert by_text["No."].startswith("Reader 00")


@settings(max_examples=40, deadline=None)
@given(names=st.lists(st.one_of(st.none(), st.text("abcé ", max_size=6)), min_size=1, max_size=12), data=st.data())
def test_pseudonyms_do_not_depend_on_row_order(names, data):
    """Two readings of a corpus must agree on who Reader 012 is."""
    table = pd.DataFrame(
        {
            "comment_id": [f"c{i}" for i in range(len(names))],
            "author": names,
            "by_essay_author": False,
            "kind": "comment",
        }
    )
    order = data.draw(st.permutations(range(len(names))))
    one, other = pseudonyms(table), pseudonyms(table.iloc[order])
    assert other[one.index].tolist() == one.tolist()
    plain = [" ".join(n.split()).casefold() if n else "" for n in names]
    assert one.nunique() == len(set(plain))


NAMES = {
    "Ida Moor": "Reader 001",
    "Jon Vale": "essay's author",
    "will": "Reader 002",
    "Ida Berg": "Reader 003",
    "Jo": "Reader 004",
    "Best Oars Ltd.": "Reader 005",
    "The Rowing Log": "Reader 006",
    "R. J. Colman": "Reader 007",
    "Dr. Ann Holt": "Reader 008",
}


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("I agree with ida moor.", "I agree with Reader 001."),
        ("Jon's point, Jon!", "essay's author's point, essay's author!"),
        ("@jonvale and @JON VALE", "essay's author and essay's author"),
        ("Ida said so", "a reader said so"),
        ("Will will row", "Reader 002 will row"),
        ("@will: yes", "Reader 002: yes"),
        ("Ida\nMoor", "Reader 001"),
        ("see best oars ltd. for oars", "see Reader 005 for oars"),
        ("a valley, a jonquil, moor and vale", "a valley, a jonquil, moor and vale"),
        ("Joan and Jo met; mail jon@vale.example", "Joan and Jo met; mail jon@vale.example"),
        ("The boat of the Rowing Log", "The boat of Reader 006"),
        ("The log is on the boat", "The log is on the boat"),
        ("Mr Colman, Dr. Who, Ann", "Mr Reader 007, Dr. Who, Reader 008"),
        ("Nothing to hide.", "Nothing to hide."),
        ("", ""),
    ],
)
def test_names_are_hidden_and_words_are_not(text, hidden):
    """Full names, first names with a capital and mentions go; words that only look alike stay."""
    assert hide_names(text, NAMES) == hidden


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["Ida", "Moor", "ida", "will", "Will", "@Jon", "Vale", "row", ",", "Reader"]), max_size=12
    )
)
def test_hiding_twice_changes_nothing_more(words):
    """An export of an export is the export, and no full name survives."""
    once = hide_names(" ".join(words), NAMES)
    assert hide_names(once, NAMES) == once
    assert "Ida Moor" not in once
    assert "Will" not in once


def test_no_names_to_hide_changes_nothing():
    """A page of nameless comments is left as it is."""
    assert hide_names("Ida rowed.", {}) == "Ida rowed."
    assert hide_names("Anonymous rowed.", {"Anonymous": "Anonymous", " ": "Reader 001"}) == "Anonymous rowed."


def test_hidden_comments_hold_no_name_of_their_page(corpus):
    """What leaves the house: pseudonyms, no links, no signatures, and bodies without the names of the page."""
    pages, comments, _, _ = corpus
    before = comments.copy()
    table = hide_readers(comments.assign(author_link="http://ida.example", signature="Ida"), pages)
    assert table["author_link"].isna().all()
    assert table["signature"].isna().all()
    assert not table["text"].str.contains("Ida|Jon|Bo Lund").any()
    assert not table["author"].str.contains("Ida|Jon|Lund").any()
    number = pseudonyms(comments)[comments.set_index("text")["comment_id"]["Well rowed."]]
    assert f"{number} is right, and the tide?" in table["text"].tolist()
    pd.testing.assert_frame_equal(comments, before)
