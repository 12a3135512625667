"""The view of splits: everything is there, in words and in colour, and nothing a page says can do harm."""

import re
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import CorpusError
from analysis.rows import comments_table, pages_table
from analysis.split_pages import SplitPages
from analysis.splits import Correction, correct_page, parse_corrections, stretches_table
from analysis.splits.view_html import MOST, first_words, last_words
from analysis.types import Comment, Page

sys.path.insert(0, str(Path(__file__).resolve().parent))
from pages_to_correct import text_page, web_page

CSS = Path(__file__).resolve().parents[2] / "analysis" / "splits" / "view.css"


def view(*pages, number=10, only=None, reasons=()):
    tables = pages_table(pages), comments_table(pages), stretches_table(pages)
    return SplitPages("corpus/tins/corrections.toml", *tables, tuple(reasons)).show(number, only)


def test_the_least_sure_page_comes_first():
    """And only as many as were asked for, or those that were named."""
    made = view(text_page(), web_page())
    assert [p.page for p in made.pages] == ["tins", "ferry"]
    assert made.intro == "2 pages of 2, the reader's least sure first."
    assert [p.page for p in view(text_page(), web_page(), number=1).pages] == ["tins"]
    assert [p.page for p in view(text_page(), web_page(), only="ferry.txt").pages] == ["ferry"]
    with pytest.raises(CorpusError, match=r"No page is called 'fery'.*Did you mean 'ferry'"):
        view(text_page(), only=["fery"])
    with pytest.raises(CorpusError, match="At least one page"):
        view(text_page(), number=0)


def test_every_stretch_stands_in_its_order_with_its_word():
    """Colour is never alone, and a commenter is a pseudonym with a date."""
    said = str(view(text_page()))
    labels = re.findall(r"^\[([^\]]+)\]", said, flags=re.MULTILINE)
    assert labels == [
        "Title", "Essay", "Injected spam", "Essay", "Chrome", "Name, date, buttons", "Comment 1",
        "Name, date, buttons", "Comment 2", "Name, date, buttons", "Comment 3", "Chrome",
    ]  # fmt: skip
    assert re.search(r"\[Comment 1\] Reader 00\d · no date", said)
    html = view(text_page())._repr_html_()
    assert re.findall(r'class="btl-tag">([^<]+)<', html) == labels
    assert "name and date above each comment" in html
    assert re.search(r"Comment 1</b> Reader 00\d · 2012-05-03", view(web_page())._repr_html_())


@pytest.mark.parametrize("form", [str, lambda made: made._repr_html_()])
def test_no_commenters_name_is_shown(form):
    """Neither where they sign, however short the name, nor in what others say, nor in what is to be copied."""
    shown = form(view(text_page(), web_page()))
    assert not re.search(r"\b(Ada|Fenn|Jo|Holm)\b", shown)
    assert len(re.findall(r"Reader \d+", shown)) >= 8


def test_what_is_to_be_copied_says_the_split_as_it_is():
    """Out of the comment marks it is a correction that changes nothing; as it stands, the page is checked."""
    for page in (text_page(), web_page()):
        [shown] = view(page).pages
        assert parse_corrections(shown.template).pages == {page.page: Correction(checked=True)}
        lines = [line.removeprefix("# ") for line in shown.template.splitlines()]
        kept = [line for line in lines if not re.match("checked|leave_out|no_comments", line)]
        [said] = parse_corrections("\n".join(kept)).pages.values()
        made = correct_page(page, said)
        assert (made.essay, made.comments, made.injected_spam) == (page.essay, page.comments, page.injected_spam)


def test_a_page_of_a_name_used_twice_is_called_by_its_path():
    """Else what is pasted would be refused."""
    twin = Page("tins", "b/tins.html", "html", "Another page about tins.")
    assert [tomllib.loads(p.template).popitem()[0] for p in view(web_page(), twin).pages] == [
        "tins.html",
        "b/tins.html",
    ]


def test_a_page_that_was_corrected_is_not_offered_again():
    """Its section is there already; two would be refused."""
    page = correct_page(web_page(), Correction(title="Tins"))
    made = view(page, text_page(), reasons=["Left out by hand: a list", "The file is empty."])
    assert made.intro.endswith("By hand 1 page was corrected, 1 left out.")
    assert "speaks of this page; change its section there" in str(made)
    assert "speaks of this page; change its section there" in made._repr_html_()
    assert [bool(p.template) for p in made.pages] == [True, False]


HARMFUL = '<script>alert(1)</script> <img src=x onerror="x()"> & \u202egnp.exe </pre></details>'


class Tags(HTMLParser):
    """All tags and the attributes of each; whether every one is closed."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen |= {(tag, name) for name, _ in attrs} | {(tag, None)}

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_what_a_page_says_does_nothing():
    """Mark-up in an essay, a comment, a name, a title or a cue is text; direction marks are gone."""
    page = Page(
        HARMFUL, "p.html", "html", f"{HARMFUL} essay", (Comment(f"{HARMFUL} said", author=HARMFUL),), (HARMFUL,),
        title=HARMFUL, evidence=HARMFUL, confidence=0.1,
    )  # fmt: skip
    tags = Tags()
    html = view(page)._repr_html_()
    tags.feed(html)
    assert tags.open == []
    allowed = {"div", "style", "section", "h4", "p", "b", "ol", "li", "details", "summary", "code", "pre"}
    assert {tag for tag, _ in tags.seen} <= allowed
    assert {name for _, name in tags.seen} <= {None, "class", "aria-label", "role", "dir"}
    assert "<script" not in html
    assert "\u202e" not in re.sub(r"<h4>.*?</h4>|<p>.*?</p>", "", html.split("<ol", 1)[1].split("Correct this page")[0])


def test_long_stretches_and_threads_fold_and_nothing_is_lost():
    """The seams are in sight, and the rest a key press away."""
    essay = "\n".join(f"This is line {n} of a long essay about nothing in particular." for n in range(90))
    page = Page("long", "long.html", "html", essay, tuple(Comment(f"Comment of number {n}.") for n in range(40)))
    html = view(page)._repr_html_()
    assert html.count("This is line 45 ") == 1
    assert "Show all of the essay" in html
    assert "Show 31 more comments" in html
    assert all(f"Comment of number {n}." in html for n in range(40))
    said = str(view(page))
    assert "[31 more comments]" in said
    assert "This is line 45 " not in said
    assert "This is line 89 " in said


def test_a_page_of_any_size_gives_a_view_of_bounded_size():
    """Ten thousand comments, or a megabyte of text, do not stop a notebook."""
    page = Page("many", "m.html", "html", "An essay.", tuple(Comment(f"No {n}.") for n in range(10_000)))
    html = view(page)._repr_html_()
    assert len(html) < 10**6
    assert "more stretches are not shown" in html
    html = view(Page("big", "b.html", "html", "word " * 300_000))._repr_html_()
    assert len(html) < MOST + 10_000
    assert "characters more are not shown" in html


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Ratio of WCAG 2.1, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_hold_their_contrast_on_light_and_dark_paper():
    """White words on each colour 4.5:1, each colour against the paper 3:1 (WCAG 2.1)."""
    colours = set(re.findall(r"--kind: (#\w{6})", CSS.read_text(encoding="utf-8")))
    assert len(colours) == 4
    for colour in colours:
        assert contrast(colour, "#ffffff") >= 4.5, colour
        for paper in ("#ffffff", "#111111", "#1e1e1e"):
            assert contrast(colour, paper) >= 3, (colour, paper)


@pytest.mark.parametrize("text", ["", "word", "a long word here", "longwordwithoutanyblank"])
def test_ends_are_cut_between_words(text):
    """And a short text stays whole."""
    assert first_words(text, 100) == last_words(text, 100) == text
    assert len(first_words(text, 6)) <= 6
    assert len(last_words(text, 6)) <= 6


def test_a_corpus_of_one_page_without_anything(tmp_path):
    """A page of a title alone is shown too."""
    page = Page("bare", "bare.html", "html", "", (Comment("Only this."),))
    assert isinstance(view(page).pages[0].stretches[0].lines, tuple)
    assert view(Page("none", "none.html", "html", "")).pages[0].stretches == ()
    assert isinstance(stretches_table([]), pd.DataFrame)
