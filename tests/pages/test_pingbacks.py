"""A pingback that is set otherwise than the page's comments is no part of the comment before it."""

import pytest

from analysis.pages.pingbacks import is_pingback_line
from analysis.pages.plain_text import split_text

ESSAY = [
    "The old bridge over the river was built of stone and carried the farmers' carts to the town and its market.",
    "It still stands, though the road has long run elsewhere and hardly anybody crosses it.",
]
BODIES = [
    "A fine text, I often crossed that bridge when my father was alive.",
    "That is not quite right, the bridge was first of wood and burnt down twice.",
    "Thanks for telling me, I did not know that.",
]
NAMES = ["Ada Brandt", "Jules Moreau", "Rosa"]
DATES = ["March 12, 2009 at 2:03 pm", "March 13, 2009 at 8:41 am", "May 14, 2009 at 9:05 am"]
ADA, JULES, ROSA = ([f"{n} says:", d, b, "Reply"] for n, d, b in zip(NAMES, DATES, BODIES, strict=True))
HEADING, FORM = "3 Comments", "Leave a comment"
EXCERPT = "[…] an old bridge that is still standing, as the river blog tells […]"
VALLEY, WALKS = "Stone bridges of the valley « River Blog", "Another day out | Walks"
FOOTERS = [[b, f"Comment by {n} — {d}"] for n, d, b in zip(NAMES, DATES, BODIES, strict=True)]

PAGES = {
    "a line between comments": ([HEADING, *ADA, f"Pingback: {VALLEY}", *JULES, *ROSA, FORM], [VALLEY]),
    "lines after them": ([HEADING, *ADA, *JULES, *ROSA, f"Pingback: {VALLEY}", f"Pingback: {WALKS}"], [VALLEY, WALKS]),
    "a line before them": ([HEADING, f"Trackback: {VALLEY}", *ADA, *JULES, *ROSA, FORM], [VALLEY]),
    "by, above an excerpt": ([HEADING, *ADA, *JULES, "Trackback by River Blog", EXCERPT, *ROSA], ["River Blog"]),
    "von, above an excerpt": (["3 Kommentare", *ADA, "Trackback von Flussblog", EXCERPT, *JULES, *ROSA], ["Flussblog"]),
    "a heading after": ([HEADING, *ADA, *JULES, *ROSA, "Trackbacks", VALLEY, WALKS, FORM], [VALLEY, WALKS]),
    "a heading before": (["2 Trackbacks", VALLEY, WALKS, HEADING, *ADA, *JULES, *ROSA, FORM], [VALLEY, WALKS]),
    "a heading, titles with excerpts": (
        [HEADING, *ADA, *JULES, *ROSA, "Trackbacks/Pingbacks", f"{VALLEY} - […] the bridge […]"],
        [VALLEY],
    ),
    "a title above an excerpt": ([HEADING, *ADA, *JULES, VALLEY, EXCERPT, *ROSA, FORM], [VALLEY]),
    "footers": (
        [*FOOTERS[0], EXCERPT, f"Pingback by River Blog — {DATES[0].replace(' at', ' @')}", *FOOTERS[1], *FOOTERS[2]],
        ["River Blog"],
    ),
}


@pytest.mark.parametrize("setting", PAGES)
def test_pingbacks_are_told_from_comments(setting):
    """The comments' bodies are whole and hold nothing else, the essay too, and the pingbacks have their titles."""
    below, titles = PAGES[setting]
    split = split_text("\n".join([*ESSAY, *below]))
    assert [c.author for c in split.comments if c.kind == "pingback"] == titles
    assert [(c.author, c.text) for c in split.comments if c.kind == "comment"] == list(zip(NAMES, BODIES, strict=True))
    assert split.essay == "\n".join(ESSAY)


def test_a_page_with_pingbacks_alone():
    """Nobody commented, two linked: the essay ends above them."""
    split = split_text("\n".join([*ESSAY, "2 Comments", f"Pingback: {VALLEY}", f"Pingback: {WALKS}", FORM]))
    assert [(c.kind, c.author) for c in split.comments] == [("pingback", VALLEY), ("pingback", WALKS)]
    assert split.essay == "\n".join(ESSAY)


def test_the_date_of_a_pingback_is_kept():
    """Its line may carry one in a form that no comment of the page has."""
    page = [*ESSAY, HEADING, *ADA, "Pingback by River Blog — 12.03.2009 @ 16:05", EXCERPT, *JULES, *ROSA]
    [found] = [c for c in split_text("\n".join(page)).comments if c.kind == "pingback"]
    assert (found.author, found.date, found.text) == ("River Blog", "2009-03-12T16:05", EXCERPT)


@pytest.mark.parametrize(
    "body",
    [
        ["Pingback: is that what they call it?", "I never knew."],
        ["I turned them off.", "Trackbacks: nothing but spam, every day, so I do not miss them in the least."],
        ["My favourite passage:", "[…] it still stands […]", "Quite so, and let it stand."],
    ],
)
def test_a_reader_who_speaks_of_pingbacks_or_quotes_is_no_pingback(body):
    """The word opens a sentence, or an excerpt stands between a reader's own lines."""
    split = split_text("\n".join([*ESSAY, HEADING, *ADA, *JULES, "Rosa says:", DATES[2], *body, "Reply", FORM]))
    assert [c.kind for c in split.comments] == ["comment"] * 3
    assert split.comments[2].text.split("\n") == body


def test_an_essay_on_trackbacks_stays_whole():
    """A heading inside the essay is followed by paragraphs, not titles."""
    page = [*ESSAY, "Trackbacks", f"{ESSAY[0]} {ESSAY[1]}", HEADING, *ADA, *JULES, *ROSA, FORM]
    split = split_text("\n".join(page))
    assert (split.essay.split("\n"), len(split.comments)) == (page[:4], 3)
    assert not is_pingback_line("Pingback " * 40)


@pytest.mark.parametrize(
    "lines", [[f"Pingback: {VALLEY}"], [EXCERPT, "Pingback by River Blog — March 12, 2009 @ 4:05 pm"]]
)
def test_thousands_of_pingbacks_are_all_kept(lines):
    """Nothing is lost, and nothing runs deep."""
    split = split_text("\n".join([*ESSAY, *FOOTERS[0], *(lines * 2000), *FOOTERS[1], *FOOTERS[2]]))
    assert sum(c.kind == "pingback" for c in split.comments) == 2000
    split = split_text("\n".join([*ESSAY, HEADING, *ADA, *JULES, *ROSA, *([f"Pingback: {VALLEY}"] * 2000), FORM]))
    assert [c.kind for c in split.comments] == ["comment"] * 3 + ["pingback"] * 2000
