"""Pages that lost every name, date and button: where the readers' voices begin, and how sure that is."""

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pages import voice
from analysis.pages.headless import CAUTION, find_headless
from analysis.pages.plain_text import split_text
from analysis.pages.spans import Found, Layout
from analysis.pages.voice_cues import COLUMN, CUES, cue_table

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks"
ESSAY = [
    "The weir below the old dye works was rebuilt in stone after the flood, and the town paid for it in nine years.",
    "- oak piles, driven to the gravel",
    "- dressed sandstone from the upper quarry",
    "Its sluice gate regulates the water level of the meadows, which belong to three parishes and one brewery.",
    "According to the engineer's report, the foundations will last for another century if the ice is kept off them.",
]
NAMED = [
    line
    for day in range(3, 9)
    for line in ("Ann says:", f"May {day}, 2012 at 4:05 pm", "So it is, and the gate is open again.")
]
READERS = {
    "English": ["Thanks so much for this post!! I love your blog :)", "Great article, can you tell me more?"],
    "German": ["Vielen Dank für deinen tollen Beitrag! Ich freue mich auf mehr.", "Hallo, das finde ich echt super :)"],
    "French": ["Merci beaucoup pour votre article !", "Bonjour, je suis d'accord avec vous, merci !!"],
    "Spanish": ["¡Muchas gracias por tu artículo!", "Hola, me gusta mucho, yo creo que es excelente!!"],
}  # fmt: skip


@pytest.mark.parametrize("language", READERS)
def test_readers_are_heard_in_several_languages(language):
    """Thanks and address carry over to languages with few pages to learn from."""
    layout = find_headless([*ESSAY, *READERS[language]])
    assert (layout.start, layout.end) == (len(ESSAY), len(ESSAY) + 2)


def test_an_essay_alone_stays_whole():
    """A false alarm would put a part of an essay among its readers' words."""
    assert find_headless(ESSAY) is None
    assert find_headless(["May 3, 2012", *ESSAY]) is None


def test_pages_too_short_to_part_are_left_alone():
    """One line has no end that could be another's voice."""
    assert find_headless([]) is None
    assert find_headless(["Thanks!"]) is None


def test_a_dump_of_lines_is_no_page():
    """Memory and time stay bounded, whatever a file holds."""
    assert find_headless(["."] * 2_000_000) is None


def test_headless_pages_say_so_and_are_less_sure():
    """A person who checks pages sees the unsure first, and which cues decided."""
    split = split_text("\n".join([*ESSAY, *READERS["English"]]))
    marked = split_text("\n".join([*ESSAY, *NAMED, "Leave a Reply"]))
    assert "no marks" in split.evidence
    assert "thanks" in split.evidence
    assert 0 < split.confidence <= 0.9 < marked.confidence


def test_a_greeting_opens_a_comment_and_what_follows_it_goes_on():
    """A greeting on a line of its own is no comment, nor is the line below it another."""
    tail = ["Liebe Ann,", "vielen Dank für das Rezept!", "Hallo Bo,", "danke dir, ich freue mich sehr!"]
    layout = find_headless([*ESSAY, *tail])
    n = len(ESSAY)
    assert [(one.first, one.last) for one in layout.comments] == [(n, n + 2), (n + 2, n + 4)]


def test_voices_outvote_bare_names_only_where_they_are_clear():
    """A heading of the essay may pass for a name; the readers' voices below tell."""
    page = [*ESSAY, *READERS["English"], *READERS["German"]]
    early = Layout("bare name above each comment", 1, len(page), (Found(2, len(page), "Oak"),), 4.0)
    assert find_headless(page, early).start == len(ESSAY)
    right = Layout("bare name above each comment", len(ESSAY), len(page), early.comments, 4.0)
    assert find_headless(page, right) is None


def test_a_mark_is_outvoted_only_by_comments_above_it():
    """A comment may quote a date; but what stands below a comment's own mark stays as marked."""
    page = [*ESSAY, *READERS["English"], *READERS["German"], *READERS["English"]]
    late = Layout("name and date", len(page) - 1, len(page), (Found(len(page) - 1, len(page)),), 3.5)
    assert find_headless(page, late, marked=True).start == len(ESSAY)
    first = Layout("name and date", 2, len(page), (Found(2, len(page)),), 3.5)
    assert find_headless(page, first, marked=True) is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=60).map(lambda text: " ".join(text.split()) or "."), min_size=2, max_size=30)
)
def test_chances_are_chances_on_any_lines(lines):
    """Whatever the lines hold, every start is inside the page and every chance from 0 to 1."""
    voices = voice.read_voices(lines, cue_table(lines), CAUTION)
    assert 1 <= voices.start < len(lines)
    assert 0 <= voices.silent <= 1
    assert 0 <= voices.expected <= 1 + 1e-9
    assert max(voices.by_start.values()) == voices.expected


def test_caution_makes_silence_likelier():
    """The one number that sets how bold the reader is works in one direction."""
    page = [*ESSAY, *READERS["French"]]
    chances = [voice.read_voices(page, cue_table(page), caution).silent for caution in (-4.0, 0.0, 4.0)]
    assert chances == sorted(chances)


def test_weights_are_whole_and_readable():
    """The shipped table has one row a cue, no other, and finite numbers."""
    weights = voice.load_weights()
    with (ROOT / "analysis" / "pages" / "voice.csv").open(encoding="utf-8") as file:
        rows = [row["cue"] for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows)) == 1 + len(CUES) + len(voice.STARTS) + len(voice.PAGES) + len(voice.PARTS)
    assert weights.paragraph.shape == (len(CUES),)
    assert all(np.isfinite(getattr(weights, name)).all() for name in weights.__dataclass_fields__)


def test_cues_look_at_both_ends_of_a_long_paragraph():
    """A comment's opening and its closing question are seen, however much stands between them."""
    (row,) = cue_table(["Hello Ann, " + "the gate was opened and the water went down " * 40 + "and why?"])
    assert all(row[COLUMN[cue]] for cue in ("opens with greeting", "ends asking", "longer"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the open pages (../shared/benchmarks) are not here")
@pytest.mark.parametrize(("form", "least"), [("traf", 0.78), ("resi", 0.65)])
def test_extractor_text_keeps_what_it_reached(form, least):
    """The open pages as two extractors left them; the floor lies a little below what was reached."""
    spec = importlib.util.spec_from_file_location("pages_benchmark", ROOT / "benchmarks" / "pages.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    files = sorted((SHARED / "html-pages" / f"text_{form}").glob("*.txt"))
    assert program.score("html", program.read_ours(files), form)["comments_f1"] >= least
