"""Eleven comments coded by key in JupyterLab, in a real browser; the kernel is killed twice, the page closed once.

One story is told once; each test then looks at one thing in it.
"""

import json
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: `make browser-test` installs it")

sys.path.insert(0, str(Path(__file__).resolve().parent))
import cell
import lab

pytestmark = pytest.mark.skipif(lab.find_chromium() is None, reason="there is no chromium on this machine")

HERE = Path(__file__).resolve().parent
SOURCE = f"""import os, sys
open('pid', 'w').write(str(os.getpid()))
sys.path.insert(0, {str(HERE)!r})
from cell import open_pane
pane = open_pane('codes'); pane"""
LOOKS = (HERE / "looks.js").read_text(encoding="utf-8")
PANE = ".btl[role=application]"
TOO_WIDE = """root => [...root.querySelectorAll(':not(.btl-spoken, .btl-for-ears, .btl-for-ears *)')]
    .filter(node => node.checkVisibility() && node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1)
    .map(node => node.className || node.tagName)"""
PREFIX = "0123456789ab-00"
IDS = [f"{PREFIX}{n:02d}" for n in range(12)]


class Told(SimpleNamespace):
    """What was seen on the way."""


def press(page, *keys):
    """Press keys as a coder does, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def text_of(page, name):
    """What one part of the pane says."""
    return page.locator(f"{PANE} .btl-{name}").inner_text()


def wait_saved(page):
    """Wait until the kernel has everything."""
    page.wait_for_function("document.querySelector('.btl-pending')?.textContent === 'all saved'", timeout=15_000)


def wait_comment(page, number):
    """Wait until a comment is shown."""
    script = "n => document.querySelector('.btl-where')?.textContent === `Comment ${n} of 12`"
    script = f"n => ({script})(n) && !document.querySelector('.btl[data-waiting]')"
    page.wait_for_function(script, arg=number, timeout=60_000)


def reach_by_tab(page):
    """Come into the pane from the cell above by the Tab key alone; how many presses it took."""
    page.keyboard.press("Escape")
    for presses in range(1, 30):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches('{PANE}')"):
            return presses
    raise AssertionError("Tab does not lead into the pane")


def tab_stops(page):
    """Where Tab stops from the pane's frame on, until it is outside; the last is what follows the pane."""
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        inside = page.evaluate(f"document.querySelector('{PANE}').contains(document.activeElement)")
        if not inside:
            return [*stops, "outside"]
        stops.append(
            page.evaluate("(n => n.getAttribute('aria-label') ?? n.textContent ?? '')(document.activeElement)")
        )
    return stops


def code_first_comments(page, told):
    """Six comments by key, with an undo, a note and a doubt on the way."""
    told.presses = reach_by_tab(page)
    press(page, "e", "f")  # 1
    wait_comment(page, 2)
    wait_saved(page)
    told.status = text_of(page, "status")
    told.evil = page.locator(".btl-comment .btl-text").inner_text()
    press(page, "a")  # 2, taken back and coded anew
    press(page, "z", "e", "g")
    wait_comment(page, 3)
    press(page, "?", "m")  # 3, with a doubt, and a note in which keys are letters
    page.keyboard.type("says nazes & <i>more</i>")
    press(page, "Escape", "a", "f")
    wait_comment(page, 4)
    press(page, "s")  # 4: spam needs no position, and has none of its own
    wait_comment(page, 5)
    press(page, "ArrowLeft", "e", "g", "ArrowLeft", "s", "f", "ArrowRight")
    wait_comment(page, 5)
    press(page, "e", "u")  # 5
    wait_comment(page, 6)
    press(page, "ArrowRight")  # a look at the next, so that it is surely in the page when the kernel is killed
    wait_comment(page, 7)
    press(page, "ArrowLeft")
    wait_comment(page, 6)
    wait_saved(page)
    told.progress = text_of(page, "count")


def kill_and_go_on(page, told, work):
    """The kernel is killed; two comments are coded all the same, and the pane says what is the matter."""
    os.kill(int((work / "pid").read_text()), signal.SIGKILL)
    press(page, "e", "f")  # 6
    wait_comment(page, 7)
    press(page, "n", "g")  # 7, which the page has already
    page.wait_for_function("document.querySelector('.btl-pending').textContent !== 'all saved'")
    told.waiting = text_of(page, "pending")
    told.store = page.evaluate("JSON.stringify({...localStorage})")
    page.wait_for_function("document.querySelector('.btl-trouble').checkVisibility()", timeout=20_000)
    told.trouble = text_of(page, "trouble")
    told.on_disk = len((work / "codes" / "anna.codes.jsonl").read_text().splitlines())


def restart_and_finish(page, told, work):
    """The cell is run again: what waited is saved, and the pane goes on where it was."""
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=30_000)
    lab.run_first_cell(page, work / "pid")
    wait_comment(page, 8)
    wait_saved(page)
    told.resumed = text_of(page, "count")
    reach_by_tab(page)
    press(page, "a", "f")
    wait_comment(page, 9)
    press(page, "e", "u")
    wait_comment(page, 10)
    press(page, "n", "u")
    wait_comment(page, 11)
    wait_saved(page)
    told.left = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('below-the-line'))")


def look_around(page, told):
    """Names, roles and contrast in both themes, the order of the Tab key, the help, a width of 320 pixels."""
    root = page.locator(PANE)
    told.wrong = {"light": root.evaluate(LOOKS)}
    press(page, "c")
    told.wrong["codebook"] = root.evaluate(LOOKS)
    press(page, "c", "h", "a")  # with the help open a label key does nothing
    told.help = page.locator(".btl-help").inner_text()
    told.wrong["help"] = root.evaluate(LOOKS)
    press(page, "Escape")
    told.back = page.evaluate(f"document.activeElement.matches('{PANE}')")
    told.spoken = text_of(page, "spoken")
    told.stops = tab_stops(page)
    root.evaluate("node => { node.parentElement.style.width = '320px'; }")
    told.too_wide = root.evaluate(TOO_WIDE)
    told.wrong["narrow"] = root.evaluate(LOOKS)
    root.evaluate("node => { node.parentElement.style.width = ''; }")
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
    page.wait_for_timeout(300)
    told.wrong["dark"] = root.evaluate(LOOKS)


def lose_the_page(page, told, work, place):
    """The kernel is killed again, one more comment coded, the page closed: only the browser's store is left."""
    os.kill(int((work / "pid").read_text()), signal.SIGKILL)
    page.locator(PANE).focus()
    press(page, "e", "f")  # 11
    page.wait_for_function("document.querySelector('.btl-pending').textContent === 'not saved yet: 2'")
    told.store += page.evaluate("JSON.stringify({...localStorage})")
    page.on("dialog", lambda dialog: dialog.accept())
    lab.open_notebook(page, *place)
    lab.run_first_cell(page, work / "pid")
    wait_comment(page, 12)
    wait_saved(page)


def decide(page, told, work, place):
    """A second coder differs on one comment; a third person decides."""
    told.events = [json.loads(line) for line in (work / "codes" / "anna.codes.jsonl").read_text().splitlines()]
    other = {"comment_id": IDS[3], "coder": "bert", "label": "none", "position": "unclear", "note": "<b>a joke</b>"}
    (work / "codes" / "bert.codes.jsonl").write_text(json.dumps(other) + "\n")
    lab.write_notebook(work / "decide.ipynb", SOURCE.replace("'codes'", "'codes', 'clara', adjudicate=True"))
    lab.open_notebook(page, *place[:2], "decide.ipynb")
    lab.run_first_cell(page, work / "pid")
    page.wait_for_selector(".btl-said p")
    told.said = text_of(page, "said").splitlines()
    told.wrong["adjudication"] = page.locator(PANE).evaluate(LOOKS)
    page.locator(PANE).focus()
    press(page, "n", "u")
    wait_saved(page)
    told.end = text_of(page, "status")
    told.decided = json.loads((work / "codes" / "adjudicated.codes.jsonl").read_text().splitlines()[-1])


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The story, from opening the notebook to saving it."""
    work = tmp_path_factory.mktemp("story") / "work"
    work.mkdir()
    lab.write_notebook(work / "coding.ipynb", SOURCE)
    told, asked = Told(), []
    with ExitStack() as opened:
        try:
            base, token = opened.enter_context(lab.running_lab(work))
            page = opened.enter_context(lab.running_browser(base, asked))
        except (RuntimeError, lab.browser_error()) as error:
            pytest.skip(f"JupyterLab or chromium cannot be started on this machine: {str(error).splitlines()[0]}")
        place = (base, token, "coding.ipynb")
        lab.open_notebook(page, *place)
        lab.run_first_cell(page, work / "pid")
        wait_comment(page, 1)
        told.thread = text_of(page, "thread")
        told.machine = page.locator(f"{PANE} [aria-pressed=true]").count()
        code_first_comments(page, told)
        kill_and_go_on(page, told, work)
        restart_and_finish(page, told, work)
        look_around(page, told)
        told.harmed = page.evaluate("typeof window.harmed")
        told.cells = page.locator(".jp-Notebook .jp-Cell").count()
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1500)
        told.saved = (work / "coding.ipynb").read_text(encoding="utf-8")
        lose_the_page(page, told, work, place)
        decide(page, told, work, place)
    told.outside = [url for url in asked if not url.startswith((base, "data:", "blob:"))]
    told.files = lab.files_below(work / "codes")
    return told


def test_all_comments_are_coded_and_nothing_is_lost(told):
    """Every code given by key is in the file, those given while the kernel was dead among them."""
    last = {e["comment_id"]: (e["label"], e["position"], e["sure"]) for e in told.events}
    assert last == {
        IDS[0]: ("extending", "for", True),
        IDS[1]: ("extending", "against", True),
        IDS[2]: ("agreeing", "for", False),
        IDS[3]: ("spam", "unclear", True),
        IDS[4]: ("extending", "unclear", True),
        IDS[5]: ("extending", "for", True),
        IDS[6]: ("none", "against", True),
        IDS[7]: ("agreeing", "for", True),
        IDS[8]: ("extending", "unclear", True),
        IDS[9]: ("none", "unclear", True),
        IDS[10]: ("extending", "for", True),  # the one that waited in the browser's store
    }
    assert told.files == ["adjudicated.codes.jsonl", "anna.codes.jsonl", "bert.codes.jsonl", "sample.jsonl"]


def test_what_was_pressed_while_the_kernel_was_dead_waited(told):
    """The pane counted what was not saved, said so in words, and handed it over after the restart."""
    assert told.waiting.startswith("not saved yet: ")
    assert "The kernel does not answer" in told.trouble
    assert "run this cell again" in told.trouble
    assert len(told.events) > told.on_disk
    assert told.resumed.startswith("7 of 12 coded, 1 unsure")
    assert told.left == []


def test_no_event_is_written_twice(told):
    """An event offered again is recognised by its name."""
    names = [e["event"] for e in told.events]
    assert len(names) == len(set(names))


def test_undo_note_and_doubt_are_in_the_file(told):
    """Undo is an event of its own; keys typed into a note are letters."""
    assert [e["label"] for e in told.events if e["comment_id"] == IDS[1]] == [
        "agreeing",
        None,
        "extending",
        "extending",
    ]
    third = [e for e in told.events if e["comment_id"] == IDS[2]][-1]
    assert (third["note"], third["sure"]) == ("says nazes & <i>more</i>", False)
    assert all(e["seconds"] >= 0 for e in told.events)


def test_spam_is_always_unclear_and_hands_no_position_on(told):
    """A comment called spam by mistake is asked for its position anew; spam itself takes none."""
    fourth = [(e["label"], e["position"]) for e in told.events if e["comment_id"] == IDS[3]]
    assert fourth[:4] == [("spam", "unclear"), ("extending", None), ("extending", "against"), ("spam", "unclear")]
    assert fourth[-1] == ("spam", "unclear")


def test_progress_and_saving_are_said(told):
    """The coder reads, and hears, what was saved and what is next."""
    assert told.status == "Saved: extending, for."
    assert told.progress == "5 of 12 coded, 1 unsure"
    assert told.spoken.startswith("Comment 11 of 12, by Reader-10")
    assert cell.TEXTS[10] in told.spoken


def test_markup_in_a_comment_is_text(told):
    """A script in a comment is read, not run."""
    assert "<script>window.harmed = 1</script>" in told.evil
    assert told.harmed == "undefined"


def test_the_thread_is_shown_and_the_machine_is_not(told):
    """What a comment answers stands above it; no label is chosen beforehand."""
    assert cell.TEXTS[0] in told.thread
    assert told.machine == 0


def test_nothing_leaves_this_machine(told):
    """The pane and JupyterLab ask nobody else for anything."""
    assert told.outside == []


def test_the_saved_notebook_holds_no_text_and_no_name(told):
    """Texts and names stay in the corpus; neither the notebook nor the browser's store has them."""
    assert "open_pane" in told.saved
    assert "application/vnd.jupyter.widget-state+json" in told.saved  # JupyterLab was told to keep the state
    for word in ("Quillfeather", "Oosterling", "ferry", "choir", "bakery"):
        assert word not in told.saved
        assert word not in told.store
    assert "nazes" not in told.store


def test_jupyters_own_keys_do_nothing_in_the_pane(told):
    """a, b, x and z make, cut and restore cells elsewhere; here they code."""
    assert told.cells == 1


def test_the_pane_is_reached_and_left_by_tab(told):
    """No trap: Tab comes in, passes every part in the order of the page, and goes out again."""
    assert told.presses < 30
    assert told.stops[-1] == "outside"
    parts = ["The essay", "The comment to code", "sspam", "eextending", "aagreeing", "nnone", "ffor", "ggainst"]
    heads = [next((i for i, stop in enumerate(told.stops) if stop.startswith(p[:7])), None) for p in parts]
    assert None not in heads[:6], told.stops
    assert heads[:6] == sorted(heads[:6])
    assert len(told.stops) >= 18


def test_help_lists_the_keys_and_gives_the_focus_back(told):
    """Each key is explained; time counting and blindness are said."""
    for words in (
        "label: spam",
        "toward the essay: against",
        "undo the last key",
        "2 minutes at most",
        "neither the machine",
    ):
        assert words in told.help
    assert told.back


def test_adjudication_shows_both_codes_and_decides_apart(told):
    """What the coders said stands there with their notes, as text; the decision goes to its own file, signed."""
    assert [line for line in told.said if line] == [
        "anna said spam, unclear",
        "bert said none, unclear: <b>a joke</b>",
    ]
    found = [told.decided[key] for key in ("comment_id", "coder", "label", "by")]
    assert found == [IDS[3], "adjudicated", "none", "clara"]
    assert told.end.startswith("All comments are coded.")


@pytest.mark.parametrize("look", ["light", "dark", "codebook", "help", "narrow", "adjudication"])
def test_names_roles_and_contrast(told, look):
    """Everything has a name, every reference leads somewhere, every text has a contrast of 4.5 or more."""
    assert told.wrong[look] == []


def test_the_pane_fits_a_width_of_320_pixels(told):
    """Nothing has to be scrolled sideways on a narrow screen."""
    assert told.too_wide == []
