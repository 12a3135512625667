"""Bylines, count lines and titles of plain-text pages: told, and out of the essay where they are furniture."""

import pytest

from analysis.pages.bylines import byline_date, byline_lead, byline_name, template_bylines
from analysis.pages.line_kinds import standing_title
from analysis.pages.plain_text import PLAIN_TEXT, split_text

ESSAY = [
    "The mill at the upper ford was built of grey stone and stood for three hundred years.",
    "Its wheel was cut from one oak, and the carpenters who made it left their marks on the inner rim.",
    "When the river was turned in the dry years, the wheel stopped, and the roof fell in soon after.",
    "Today only the two gables stand, and swallows nest where the flour was kept.",
    "The parish has fenced the ruin, and a path leads around it to the weir, where the old sluice can be seen.",
]
SAID = [("Ann Lee", "My grandfather worked there!"), ("Bo", "Is the wheel still to be found?"), ("Cy", "I agree.")]


def test_a_byline_in_the_comments_own_form_is_furniture():
    """Drupal writes "Submitted by" over essay and comments alike; name and day are kept as the page's."""
    lines = ["The stone mill", "Submitted by Ida Ray on Tue, 01/15/2008 - 08:30", *ESSAY, "Comments"]
    for i, (name, body) in enumerate(SAID):
        lines += [f"Submitted by {name} on Wed, 01/16/2008 - 1{i}:12.", body, "reply"]
    split = split_text("\n".join(lines))
    assert split.essay.split("\n") == ["The stone mill", *ESSAY]
    assert (split.title, split.author, split.date) == ("The stone mill", "Ida Ray", "2008-01-15T08:30")
    assert lines[1] in split.chrome
    assert [comment.author for comment in split.comments] == ["Ann Lee", "Bo", "Cy"]


@pytest.mark.parametrize("byline", ["Posted by Ida Ray on May 1, 2012 | Permalink", "Posted by Ida Ray at May 1, 2012"])
@pytest.mark.parametrize("count", [[], ["3 Comments"], ["3 comments:"], ["3 Responses to “The mill”", "Sort by Best"]])
def test_bylines_and_counts_below_the_essay_are_furniture(byline, count):
    """What stands between essay and comments is neither."""
    lines = [*ESSAY, byline, *count]
    for i, (name, body) in enumerate(SAID):
        lines += [f"{name} says:", f"May {3 + i}, 2012 at 4:05 pm", body]
    split = split_text("\n".join(lines))
    assert split.essay.split("\n") == ESSAY
    assert (split.author, split.date) == ("Ida Ray", "2012-05-01")
    assert set(split.chrome) == {byline, *count}
    assert len(split.comments) == 3


def test_a_byline_set_by_the_author_stays_and_is_told():
    """ "by X on DATE" below a title counts to the essay, as in pages split by hand, yet gives author and day."""
    (page,) = PLAIN_TEXT.read("\n".join(["The Mill", "by Ida Ray on May 1, 2012", *ESSAY]).encode(), page="m", path="m")
    assert page.essay.split("\n")[1] == "by Ida Ray on May 1, 2012"
    assert (page.title, page.author, page.date) == ("The Mill", "Ida Ray", "2012-05-01")


def test_sentences_are_no_bylines():
    """Prose that starts with "by" or speaks of posting gives no name, and a clock alone no day."""
    for line in ("By the way, I am at home.", "Posted by the gate was a notice on 3 May.", "by" * 100, ""):
        assert byline_lead(line) is None
    assert byline_name("By the river stood a mill.") is None
    assert byline_lead("Posted by Ida Ray at 1:28 AM") is None
    assert byline_date(["A mill stood here on May 9, 2001."]) is None
    assert template_bylines([], 0, []) == template_bylines(["Posted by Ida Ray on May 1, 2012"], 1, []) == ()


@pytest.mark.parametrize("title", ["The stone mill", "Who built the mill?", "“Mills”, and what became of them", "1971"])
def test_short_first_lines_are_titles(title):
    """A title is told whatever its case, and stays in the essay."""
    split = split_text("\n".join([title, *ESSAY]))
    assert split.title == title
    assert split.essay.split("\n") == [title, *ESSAY]


@pytest.mark.parametrize(
    "first", ["It fell.", "- a mill", "1. The mill", "We went by mill, by ford,", "Share this post", "a"]
)
def test_other_first_lines_are_no_titles(first):
    """A sentence, a point of a list, a half line and a button are no title."""
    assert standing_title([first, *ESSAY]) is None


def test_lists_and_single_lines_have_no_title():
    """Without a paragraph below it a short line is just a line."""
    assert standing_title([]) is standing_title(["The mill"]) is standing_title(["Oats", "Milk", "Salt"]) is None
