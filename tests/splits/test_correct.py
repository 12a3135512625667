"""A page as a person says it is split."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import CorrectionError
from analysis.splits import Correction, NamedComment, correct_page, lines_of
from analysis.splits.lines import is_placed

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pages_to_correct import any_page, text_page, web_page, words_of


def fixed(page, **said):
    return correct_page(page, Correction(**said))


def texts(page):
    return [c.text for c in page.comments]


def named(*begins, **more):
    return tuple(NamedComment(begins=one, **more) for one in begins)


def test_the_essay_ends_earlier():
    """What stood below becomes a comment, and the name above the first comment keeps it apart from that."""
    page = fixed(text_page(), essay_ends="eaten what")
    assert page.essay.endswith("who has eaten what.")
    assert texts(page)[0].startswith("Last year the list")
    assert page.injected_spam == ()
    assert [c.author for c in page.comments] == [None, "Ada Fenn", "Jo", "R. Holm"]
    assert (page.confidence, page.evidence) == (1.0, "corrected by hand (essay_ends)")


def test_the_essay_ends_later():
    """Comments down to there are essay, and who answered them answers nobody."""
    page = fixed(web_page(), essay_ends="Ours ends with the beans")
    assert page.essay.endswith("said my aunt.\nOurs ends with the beans.")
    assert texts(page) == ["Beans!\nReally?", "Really."]
    assert [c.reply_to for c in page.comments] == [None, 0]


def test_the_essay_ends_within_a_comment():
    """What is left of the comment keeps its name and date."""
    page = fixed(text_page(), essay_ends="but with flour")
    assert page.essay.endswith("but with flour.")
    assert (page.comments[0].text, page.comments[0].author) == ("We never wrote it down.", "Ada Fenn")


def test_what_stands_above_names_below_belongs_to_that_comment():
    """Where the name stands below each comment, lines that were essay join the comment they run into."""
    from analysis.types import Comment, Page, Part

    text = "It rains.\nNo!\nIt pours.\nAnn on May 3\nIndeed.\nBob on May 4\n"
    page = Page(
        "p", "p.txt", "plain_text", "It rains.\nNo!", (Comment("It pours.", "Ann"), Comment("Indeed.", "Bob")),
        text=text, parts=(Part("essay", 0, 13), Part("comment", 14, 23), Part("comment", 37, 44)),
    )  # fmt: skip
    assert is_placed(page)
    made = fixed(page, essay_ends="It rains.")
    assert [(c.text, c.author) for c in made.comments] == [("No!\nIt pours.", "Ann"), ("Indeed.", "Bob")]
    parted = fixed(made, comments=named("It pours"))
    assert [(c.text, c.author) for c in parted.comments] == [("No!", None), ("It pours.", "Ann"), ("Indeed.", "Bob")]


def test_there_are_no_comments():
    """A false alarm: all of it is essay, names and dates too; buttons stay buttons."""
    page = fixed(text_page(), no_comments=True)
    assert page.comments == ()
    assert page.essay.endswith("I was the one who burned it.")
    assert "Ada Fenn says:" in page.essay
    assert "Leave a Reply" in page.chrome
    assert fixed(web_page(), no_comments=True).essay.endswith("Really?\nReally.")


def test_comments_that_were_missed_begin_where_it_is_said():
    """The essay ends above the first; who and when may be told."""
    page = fixed(
        text_page(), comments=(*named("Last year the list", author="Ida", date="2012-05-02"), *named("In spring"))
    )
    assert page.essay.endswith("who has eaten what.")
    assert texts(page)[:2] == [
        "Last year the list ran to four pages.\n" + text_page().injected_spam[0],
        "In spring somebody burns it, and nobody says who.",
    ]
    assert (page.comments[0].author, page.comments[0].date) == ("Ida", "2012-05-02")


def test_what_stands_between_the_essay_and_a_named_comment_is_a_name_or_date():
    """Who says both means that the lines between are neither."""
    page = fixed(text_page(), essay_ends="eaten what", comments=named("In spring somebody"))
    assert texts(page)[0].startswith("In spring")
    assert "Last year" not in page.essay + "".join(texts(page))


def test_a_comment_is_parted_and_two_are_joined():
    """Beginnings too few and too many."""
    page = fixed(web_page(), comments=named("Really?"))
    assert texts(page) == ["Ours ends with the beans.", "Beans!", "Really?", "Really."]
    assert [c.reply_to for c in page.comments] == [None, 0, None, 1]
    page = fixed(web_page(), joins=("Beans!",))
    assert texts(page) == ["Ours ends with the beans.\nBeans!\nReally?", "Really."]
    assert [c.author for c in page.comments] == ["Ada Fenn", "Ada Fenn"]


def test_a_comment_reaches_from_words_to_words():
    """What is left below it is a comment of its own; a line above it that was none joins it."""
    page = fixed(text_page(), comments=named("May 4, 2012 at 9:12 ... about the flour"))
    assert texts(page)[1].startswith("May 4, 2012 at 9:12 am\nThank you")
    page = fixed(web_page(), comments=named("Ours ends ... Beans!"))
    assert texts(page) == ["Ours ends with the beans.\nBeans!", "Really?", "Really."]


def test_spam_chrome_and_essay_are_said_line_by_line():
    """Spam that is none, spam that was missed, and furniture in a comment."""
    page = fixed(text_page(), essay=("Buy cheap pills",), spam=("Last year the list",), chrome=("We never wrote",))
    assert "Buy cheap pills" in page.essay
    assert page.injected_spam == ("Last year the list ran to four pages.",)
    assert "We never wrote it down." in page.chrome
    assert page.comments[0].text == "Our island does the same, but with flour."
    page = fixed(web_page(), chrome=("Beans! ... Really?",))
    assert [(c.text, c.reply_to) for c in page.comments] == [("Ours ends with the beans.", None), ("Really.", None)]


def test_a_comment_that_was_not_kept_is_given_whole():
    """Of a web page the reader keeps only what it took for essay and comments."""
    page = fixed(web_page(), comments=(NamedComment(text="Mine are in rows.", author="Bo", date="2012-06"),))
    assert (page.comments[3].text, page.comments[3].author, page.comments[3].date) == (
        "Mine are in rows.",
        "Bo",
        "2012-06",
    )
    assert page.essay == web_page().essay


def test_whose_comment_it_is():
    """By the essay's author or by a reader; whoever signs as the author named is the author."""
    page = fixed(web_page(), by_author=("Really?",))
    assert [c.by_essay_author for c in page.comments] == [False, True, False]
    page = fixed(web_page(), author="ada fenn", by_reader=("Really.",))
    assert [c.by_essay_author for c in page.comments] == [True, False, False]


def test_title_author_and_date_are_replaced():
    """And nothing else."""
    page = fixed(web_page(), title="Tins", author="My Aunt", date="2011-03-01")
    assert (page.title, page.author, page.date) == ("Tins", "My Aunt", "2011-03-01")
    assert (page.essay, page.comments) == (web_page().essay, web_page().comments)


def test_a_checked_page_is_the_same_page():
    """Its identifier stays, and with it the hand codes of its comments."""
    page = fixed(web_page(), checked=True)
    assert page.doc_id == web_page().doc_id
    assert (page.confidence, page.evidence) == (1.0, "checked by hand; 3 comments by their mark-up")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"essay_ends": "not here"}, r"“not here” \(essay_ends\) stands nowhere on the page"),
        ({"spam": ("Really",)}, r"“Really” \(spam\) stands in 2 places"),
        ({"essay": ("peaches",), "spam": ("When the peaches",)}, r"“When the peaches” \(spam\) names a line that"),
        ({"essay_ends": "my aunt", "comments": named("When the")}, r"\(comments\) stands above the end of the essay"),
        ({"essay_ends": "calendar", "essay": ("Beans!",)}, r"\(essay\) stands below the end of the essay"),
        ({"joins": ("Ours ends",)}, r"\(joins\) is not the first line of a comment with another above it"),
        ({"joins": ("Really?",)}, r"\(joins\) is not the first line of a comment"),
        ({"by_author": ("peaches",)}, r"\(by_author\) stands in no comment of the page"),
        ({"by_author": ("Beans!",), "by_reader": ("Really?",)}, "by the essay's author and by a reader"),
    ],
)
def test_what_the_page_does_not_bear_is_refused(said, sentence):
    """With the words and the key, so that they are found in the file."""
    with pytest.raises(CorrectionError, match=sentence):
        fixed(web_page(), **said)


QUOTES = st.lists(
    st.sampled_from(["It rains.", "Who says so?", "Thank you.", "Ann, May 3 00", "Reply 10", "rains ... Reply", "21"]),
    max_size=2,
).map(tuple)


@settings(deadline=None)
@given(
    any_page(),
    st.builds(
        Correction,
        essay_ends=st.one_of(st.none(), st.sampled_from(["It rains. 00", "Thank you. 11", "Reply"])),
        essay=QUOTES,
        spam=QUOTES,
        chrome=QUOTES,
        comments=QUOTES.map(lambda quotes: named(*quotes)),
        joins=QUOTES,
        by_author=QUOTES,
    ),
)
def test_any_correction_is_refused_or_gives_a_whole_page(page, correction):
    """No word of the page is lost or doubled, whatever is said; a page that keeps its text keeps all its lines."""
    try:
        made = correct_page(page, correction)
    except CorrectionError:
        return
    assert made.confidence == 1.0
    if is_placed(page):
        assert [line.text for line in lines_of(made)] == [line.text for line in lines_of(page)]
        assert is_placed(made) or not made.comments
    else:
        assert words_of(made) == words_of(page) or correction.comments  # above a named comment may be a name
