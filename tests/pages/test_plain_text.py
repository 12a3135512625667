"""Plain-text pages, written for these tests, in the layouts met in the field; and what no page may do to the reader."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import PageError
from analysis.pages.plain_text import PLAIN_TEXT, decode, split_text
from analysis.text import clean_text

ESSAY = [
    "The mill at the upper ford was built of grey stone and stood for three hundred years.",
    "Its wheel was cut from one oak, and the carpenters who made it left their marks on the inner rim.",
    "When the river was turned in the dry years, the wheel stopped, and the roof fell in soon after.",
    "Today only the two gables stand, and swallows nest where the flour was kept.",
    "The parish has fenced the ruin, and a path leads around it to the weir.",
]
BODIES = [
    "Thanks for this, my grandfather worked there!",
    "I walked past it last week. You should see the gate they put up.",
    "Great post. Is the wheel still to be found?",
]
NAMES = ["Ann Lee", "soupfan7", "Bo"]


def page(*lines):
    """A page: the essay, then the lines."""
    return "\n".join([*ESSAY, *lines])


def each(form):
    """The lines of three comments in one form; {n} name, {b} body, {d} day."""
    return [
        line.format(n=name, b=body, d=3 + i, i=i + 1)
        for i, (name, body) in enumerate(zip(NAMES, BODIES, strict=True))
        for line in form
    ]


DATED = {
    "name, date above": ["{n} May {d}, 2012 at 4:05 pm", "{b}"],
    "says, date line": ["{n} says:", "May {d}, 2012 at 4:05 pm", "{b}"],
    "name line, date line": ["{n}", "May {d}, 2012", "{b}"],
    "date line, name line": ["0{d}.05.12 at 4:07 pm", "{n}", "{b}"],
    "said, date below": ["{n} said...", "{b}", "May {d}, 2012 4:05 PM"],
    "wrote, date below": ["{n} wrote:", "{b}", "Friday, May {d}, 2012 at 7:28 pm"],
    "by, on, below": ["{b}", "by {n} on May {d}, 2012 at 9:59 am."],
    "posted by, pipe, below": ["{b}", "Posted by: {n} | May 0{d}, 2012 at 02:29 PM"],
    "date and name below": ["{b}", "May {d}, 2012 {n}"],
    "glued": ["{n}May {d}, 2012 10:46 AM", "{b}"],
    "numbered": ["{i}. {n} - {d} May, 2012", "{b}"],
    "age": ["{n} added {d} days ago", "{b}"],
    "drupal": ["Thu, 05/0{d}/2012 - 13:04 | 269154{d} {n}", "{b}"],
    "on, said": ["On May {d}, 2012 at 10:25 am {n} said:", "{b}"],
    "German": ["{n} sagt:", "{d}. Mai 2012 um 11:16 Uhr", "{b}", "Antworten"],
    "French": ["{n} dit :", "{d} mai 2012 à 14:05", "{b}", "Répondre"],
    "Spanish": ["{n} dijo:", "{d} de mayo de 2012 a las 14:05", "{b}", "Responder"],
    "Portuguese": ["{n} disse:", "{d} de maio de 2012 às 14:05", "{b}"],
    "Italian": ["{n} ha detto:", "{d} maggio 2012 alle 14:05", "{b}"],
}


@pytest.mark.parametrize("form", DATED.values(), ids=DATED)
def test_dated_layouts_are_split(form):
    """Every form of heading or footer gives the same three comments under the same essay."""
    split = split_text(page(*each(form)))
    assert split.essay.split("\n") == ESSAY
    assert [comment.text for comment in split.comments] == BODIES
    assert [comment.author for comment in split.comments] == NAMES
    assert all(comment.date_raw for comment in split.comments)


def test_comments_without_dates_are_split_at_their_names():
    """ "X says" and bare names hold without any date."""
    for form, last in ((["{n} says", "{b}"], "Bo says"), (["{n}", "{b}"], "Bo")):
        split = split_text(page(*each(form), last, "@soupfan7 thank you, I love the gate!"))
        assert split.essay.split("\n") == ESSAY
        assert [comment.author for comment in split.comments] == [*NAMES, "Bo"]


def test_comments_that_lost_everything_are_found_by_how_they_read():
    """Thanks, address and person carry a page's end alone, and say that the start was guessed."""
    split = split_text(page(*BODIES, "Wow!! I love this, thank you so much :)"))
    assert split.essay.split("\n") == ESSAY
    assert len(split.comments) == 4
    assert "no marks" in split.evidence


def test_an_essay_alone_has_no_comments():
    """No false alarm on an essay, with or without byline, sections and a closing date."""
    for lines in (
        ESSAY,
        ["The Mill", "By Ann Lee on May 3, 2012", *ESSAY],
        ["May 3, 2012", *ESSAY[:2], "The River", *ESSAY[2:], "First published May 3, 2012"],
        [*ESSAY, "Ann Lee said:", *ESSAY[:1]],
    ):
        assert split_text("\n".join(lines)).comments == ()


def test_button_text_ends_comments_and_is_chrome():
    """Where only "Reply" is left, it parts the comments and is not in them."""
    split = split_text(page(BODIES[0], "Reply", BODIES[1], "Reply", "Leave a Reply", "Name (required)"))
    assert [comment.text for comment in split.comments] == BODIES[:2]
    assert split.chrome == ("Reply", "Reply", "Leave a Reply", "Name (required)")
    assert split.comments_open is True


def test_closed_comments_are_told():
    """A notice that comments are closed is a fact, not chrome alone."""
    assert split_text(page("Comments are closed.")).comments_open is False
    assert split_text(page()).comments_open is None


def test_answers_and_the_author_are_told_by_names():
    """The byline's author is recognised among the comments, and answers point at whom they name."""
    lines = ["By Bo Ray", *ESSAY, *each(["{n} says:", "May {d}, 2012 at 4:05 pm", "{b}"])]
    lines += ["Bo Ray says:", "May 9, 2012 at 4:05 pm", "Ann, thank you. Where did he live?"]
    split = split_text("\n".join(lines))
    assert split.author == "Bo Ray"
    assert [comment.by_essay_author for comment in split.comments] == [False, False, False, True]
    assert split.comments[3].reply_to == 0


def test_pingbacks_are_their_own_kind():
    """An excerpt from another site is no reader's comment."""
    comments = [
        *("Ann Lee — May 7, 2012 @ 10:00 am", "I walked there once, and the wheel turned."),
        *("soupfan7 — May 8, 2012 @ 11:15 am", "My aunt kept the keys for years."),
    ]
    pingback = ["Pingback by The Weir, a history — May 9, 2012 @ 12:22 pm", "[...] the mill is described [...]"]
    split = split_text(page(*comments, *pingback))
    assert [comment.kind for comment in split.comments] == ["comment", "comment", "pingback"]
    assert split.comments[2].author == "The Weir, a history"
    assert split.comments[1].text == "My aunt kept the keys for years."


def test_injected_spam_is_cut_from_the_essay():
    """A pharmacy advert amid an essay on a mill is set aside; a mill that treats a disease is not."""
    advert = (
        "Before you buy pills online, ask your doctor. Legal drugstores offer discounts on generic tablets, and any "
        "medication may have side effects. If the remedy is not approved, your physician can prescribe another dose."
    )
    split = split_text("\n".join([*ESSAY[:3], advert, *ESSAY[3:]]))
    assert split.injected_spam == (advert,)
    assert split.essay.split("\n") == ESSAY


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ESSAY, *BODIES, "", "Reply", "Ann says:", "May 3, 2012 at 4:05 pm", "-", "  x  "])))
def test_every_part_stands_in_the_text(lines):
    """Whatever the lines, parts are in order and give the essay's lines from the page's own text."""
    text = "\r\n".join(lines)
    split = split_text(text)
    kept = [clean_text(split.text[p.start : p.end]).strip() for p in split.parts if p.kind == "essay"]
    assert [line for part in kept for line in part.split("\n") if line] == [x for x in split.essay.split("\n") if x]
    assert all(a.end <= b.start for a, b in zip(split.parts, split.parts[1:], strict=False))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """No text makes the reader fail, and nothing it calls a comment is empty."""
    assert all(comment.text.strip() for comment in split_text(text).comments)


MOST_SECONDS = 20  # five times what the slowest takes on a busy machine; what runs away takes hours

HOSTILE = {
    "one line of a million characters": "a" * 1_000_000,
    "a million blanks and a letter": " " * 1_000_000 + "x",
    "a line of words": "reply " * 150_000,
    "ten thousand comments": "\n".join(
        [
            "An essay of some length.",
            *(f"Ann {i} says:\nMay 3, 2012 at 4:05 pm\nThanks, Ann {i - 1}!" for i in range(10_000)),
        ]
    ),
    "ten thousand dates": "\n".join(["May 3, 2012"] * 10_000),
    "ten thousand names": "\n".join(["Ann Lee"] * 10_000),
    "open brackets": "\n".join(["(" * 190, "[" * 190, "@" * 190, "1 " * 95, ". " * 95, "- " * 95] * 300),
    "half dates": "\n".join(["1 1 1 1 1 may may may 1.1.1.1.1.1 12:12:12:12 " * 4] * 300),
    "says says": "\n".join(["says said says said wrote " * 7] * 300),
    "by by": "\n".join(["by by by by posted by by on on at at " * 5] * 300),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_take_bounded_time(text):
    """No pattern and no loop runs away."""
    start = time.process_time()
    split_text(text)
    assert time.process_time() - start < MOST_SECONDS


def test_bytes_are_decoded_kindly_or_refused_with_a_reason():
    """UTF-8 with a mark, Windows-1252, and what is no text."""
    assert decode(b"\xef\xbb\xbfCaf\xc3\xa9", path="a.txt") == "Café"
    assert decode("“Café”".encode("cp1252"), path="a.txt") == "“Café”"
    for raw, reason in ((b" \n", "empty"), (b"a\x00b", "NUL")):
        with pytest.raises(PageError, match=reason):
            list(PLAIN_TEXT.read(raw, page="a", path="a.txt"))


def test_reader_fulfils_the_page_format():
    """Name, what it accepts, and one page with language and evidence."""
    assert PLAIN_TEXT.name == "plain_text"
    assert PLAIN_TEXT.accepts("a.txt", b"<p>text</p>")
    assert PLAIN_TEXT.accepts("README", b"Plain words.")
    assert not PLAIN_TEXT.accepts("a.html", b"<!doctype html><html>")
    assert not PLAIN_TEXT.accepts("a.json", b'{"a": 1}')
    (found,) = PLAIN_TEXT.read(page(*each(DATED["glued"])).encode(), page="mill", path="mill.txt")
    assert (found.page, found.format, found.language, len(found.comments)) == ("mill", "plain_text", "en", 3)
    assert "3 comments" in found.evidence
    assert found.confidence > 0.8
