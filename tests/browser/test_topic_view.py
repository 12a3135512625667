"""The view of the topics in a real browser: two of them on one page, by mouse and by key, light, dark and narrow.

One story is told once; each test then looks at one thing in it.
"""

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("playwright", reason="playwright is not installed: `make browser-test` installs it")

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "topic_view"))
import lab
import made_view as made

from analysis.topic_view import rank_words, view_topics
from analysis.topic_view.words import RELEVANCES, count_words
from analysis.topics import fit_topics

pytestmark = pytest.mark.skipif(lab.find_chromium() is None, reason="there is no chromium on this machine")

LOOKS = (Path(__file__).resolve().parent / "looks.js").read_text(encoding="utf-8")
TOO_WIDE = """() => [...document.querySelectorAll('.btl-live *')]
    .filter((n) => n.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && n.checkVisibility())
    .filter((n) => !n.closest('.btl-spoken, svg')).map((n) => n.className || n.tagName)"""


def texts(view, selector):
    """The texts of all that a selector finds in one view."""
    return [text.strip() for text in view.locator(selector).all_inner_texts()]


def words_shown(view):
    """The words of the list of words, in order."""
    return texts(view, ".btl-bars:not(.btl-wide) .btl-name")


def slide_through(view, told):
    """Every step of the slider, by key from the lowest up."""
    slider = view.locator("input[type=range]")
    slider.focus()
    slider.press("Home")
    for value in RELEVANCES:
        told.ranked[float(slider.input_value())] = words_shown(view)
        told.steps.append(value)
        slider.press("ArrowRight")


def look_through(page, told):
    """A topic by mouse, its neighbours by key, a word by search, all steps of the slider; the other view untouched."""
    view, other = page.locator(".btl-topics").nth(0), page.locator(".btl-topics").nth(1)
    told.first = view.locator(".btl-live").inner_text()
    told.static = view.locator(".btl-static").is_visible()
    view.get_by_role("button", name="tower, bell").click()
    told.clicked = (view.locator("h4").inner_text(), texts(view, ".btl-facts dd"), words_shown(view))
    view.locator("svg [tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    told.by_key = view.locator("h4").inner_text()
    told.why = view.get_by_text("Weak, not to be built on").inner_text()
    told.focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    told.spoken = view.locator("[role=status]").inner_text()
    page.keyboard.press("Home")
    view.get_by_role("button", name="words it uses").click()
    slide_through(view, told)
    view.get_by_role("searchbox").fill("ro")
    told.found = texts(view, ".btl-found li")
    view.get_by_role("button", name="topic 2: 0.258").click()
    told.jumped = view.locator("h4").inner_text()
    view.get_by_role("searchbox").fill("zz")
    told.unfound = texts(view, ".btl-found li")
    told.other = other.locator("h4").inner_text()


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The whole story."""
    folder = tmp_path_factory.mktemp("view")
    path = made.make_view().save(folder / "view.html")
    html = path.read_text(encoding="utf-8")
    path.write_text(html.replace("</main>", f"{made.make_view()._repr_html_()}</main>"), encoding="utf-8")
    found = SimpleNamespace(ranked={}, steps=[], wrong={}, errors=[], seen=[])
    with lab.running_browser(path.as_uri(), found.seen) as page:
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("console", lambda message: found.errors.append(message.text))
        page.goto(path.as_uri())
        look_through(page, found)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found.wrong[scheme] = page.locator(".btl-live").first.evaluate(LOOKS)
        page.set_viewport_size({"width": 360, "height": 700})
        found.wrong["narrow"] = page.evaluate(TOO_WIDE)
        found.harmed = page.evaluate("window.harmed")
        found.address = path.as_uri()
    return found


def test_nothing_fails_is_loaded_or_harmed(told):
    """One address is asked for, the page's own; a hostile title is a title."""
    assert told.errors == []
    assert told.seen == [told.address]
    assert told.harmed is None
    assert made.EVIL.split("<!--")[0] in told.first
    assert not told.static


def test_numbers_are_rounded_as_the_tables_round_them(told):
    """Ties too: .0625 and .8125 go to the even digit, as in Python."""
    head, facts, words = told.clicked
    assert head == "Topic 2: tower, bell"
    assert facts == ["0.300", "0.500", f"{-0.1875:.3f}".replace("-", "−"), "0.250", "1"]
    assert told.why == "Weak, not to be built on: it leads no essay."
    assert words == ["tower", "bell"]
    for shown in (f"{0.8125:.3f} ({0.7:.3f} to {0.9:.3f})", f"{0.0625:.3f}", f"{0.123456789012345:.3f}"):
        assert shown in told.first


def test_keys_go_from_topic_to_topic_and_it_is_spoken(told):
    """The map is one stop of the Tab key, and arrows move in it."""
    assert told.by_key == "Topic 3: rope, wind (weak)"
    assert told.focused == "Topic 3: rope, wind (weak), share 0.250"
    assert told.spoken == "Topic 3: rope, wind (weak) is shown."


def test_every_step_of_the_slider_orders_words_as_the_package_does(told):
    """The browser computes what Python computes."""
    model = made.make_model()
    counts = count_words(made.DOCUMENTS, model.vocabulary)
    assert list(told.ranked) == list(RELEVANCES)
    for value, shown in told.ranked.items():
        order = rank_words(np.asarray(model.topic_word[0]), counts, value)
        assert shown == [model.vocabulary[place] for place in order]
    assert len({tuple(shown) for shown in told.ranked.values()}) > 1


def test_a_word_leads_to_its_topics(told):
    """Search by the beginning of a word, then to a topic; what is not there is said."""
    assert [line.split("\n")[0] for line in told.found] == ["rope"]
    assert told.jumped == "Topic 2: tower, bell"
    assert told.unfound == ["No word of the topics begins with “zz”."]


def test_two_views_on_one_page_do_not_touch(told):
    """What is chosen in one is not chosen in the other."""
    assert told.other == "Topic 1: boat, mast"


@pytest.mark.parametrize("state", ["light", "dark", "narrow"])
def test_names_contrast_and_width_hold(told, state):
    """In both schemes, and on a small screen."""
    assert told.wrong[state] == []


def test_topics_of_short_texts_open_too(tmp_path):
    """Their engine has no relevance of its own: the slider begins at what is frequent, and nothing fails."""
    source, errors = made.make_source(), []
    settings = fit_topics(made.DOCUMENTS * 3, number=2, engine="mixture", seed=1).settings
    short = replace(source, model=replace(source.model, settings=settings))
    path = view_topics(short).save(tmp_path / "view.html")
    with lab.running_browser(path.as_uri(), []) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        page.get_by_role("button", name="tower, bell").click()
        assert page.locator("h4").inner_text() == "Topic 2: tower, bell"
        page.get_by_role("button", name="words it uses").click()
        assert page.locator("output").inner_text() == "1.00"
        assert words_shown(page)[0] == "tower"
        assert not page.locator(".btl-static").is_visible()
    assert errors == []
