"""Plain pages in the six languages of the cues are split whole; in other languages and scripts nothing breaks."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest

from analysis.pages.plain_text import split_text

PAGES = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
NAMES = ["Ada Brandt", "Jules Moreau", "Rosa"]
NUMERIC = ["12.03.2009 14:03", "13.03.2009 08:41", "14.05.2009 09:05"]
ISO = ["2009-03-12 14:03", "2009-03-13 08:41", "2009-05-14 09:05"]


def each(make):
    """The lines of three comments."""
    return list(chain.from_iterable(make(i) for i in range(3)))


SETTINGS = {
    "says and date, heading, reply buttons, form": lambda d: [
        d["heading"],
        *each(lambda i: [f"{NAMES[i]} {d['says']}", d["dates"][i], d["bodies"][i], d["reply"]]),
        d["form"],
    ],
    "wrote and date, no heading": lambda d: each(lambda i: [f"{NAMES[i]} {d['wrote']}", d["dates"][i], d["bodies"][i]]),
    "says alone": lambda d: [d["heading"], *each(lambda i: [f"{NAMES[i]} {d['says']}", d["bodies"][i]])],
    "name on date": lambda d: each(lambda i: [f"{NAMES[i]} {d['on']} {d['dates'][i]}", d["bodies"][i]]),
    "name, then date": lambda d: [
        d["heading"],
        *each(lambda i: [NAMES[i], d["dates"][i], d["bodies"][i], d["reply"]]),
    ],
    "name, date in numbers": lambda d: each(lambda i: [f"{NAMES[i]}, {d['numbers'][i]}", d["bodies"][i]]),
    "on date name says": lambda d: each(
        lambda i: [f"{d['on']} {d['dates'][i]} {NAMES[i]} {d['says']}", d["bodies"][i]]
    ),
    "footer by name on date": lambda d: each(
        lambda i: [d["bodies"][i], f"{d['by']} {NAMES[i]} {d['on']} {d['dates'][i]}"]
    ),
    "footer name and numbers": lambda d: each(lambda i: [d["bodies"][i], f"{NAMES[i]} - {d['numbers'][i]}"]),
    "age": lambda d: [d["heading"], *each(lambda i: [NAMES[i], d["ago"][i], d["bodies"][i], d["reply"]])],
    "share buttons above, archive below": lambda d: [
        *d["share"],
        d["heading"],
        *each(lambda i: [f"{NAMES[i]} {d['says']}", d["dates"][i], d["bodies"][i], d["reply"]]),
        d["form"],
        *d["archive"],
    ],
}
UNDATED = ("says alone", "age")


@pytest.mark.parametrize("language", PAGES["own"])
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_page_is_split_as_its_language_sets_it(language, setting):
    """Names, whole dates, bodies and the essay are exact, wherever heading, date and name stand."""
    page = PAGES["own"][language]
    split = split_text("\n".join([*page["essay"], *SETTINGS[setting](page)]))
    assert [(c.author, c.text) for c in split.comments] == list(zip(NAMES, page["bodies"], strict=True))
    assert split.essay == "\n".join(page["essay"])
    ambiguous = language == "en" and "numbers" in setting  # 12/03 is a day in March or in December
    if setting not in UNDATED and not ambiguous:
        assert [c.date and len(c.date) >= 16 for c in split.comments] == [True] * 3


@pytest.mark.parametrize("language", PAGES["own"])
def test_share_buttons_and_form_without_comments_are_furniture(language):
    """An essay nobody answered keeps its whole text and nothing else."""
    page = PAGES["own"][language]
    split = split_text("\n".join([*page["essay"], *page["share"], page["form"]]))
    assert (split.essay, split.comments) == ("\n".join(page["essay"]), ())
    assert split.chrome == (*page["share"], page["form"])


@pytest.mark.parametrize("language", PAGES["other"])
@pytest.mark.parametrize("dates", ["local", "numeric", "iso"])
@pytest.mark.parametrize("lines", [1, 2])
def test_other_languages_and_scripts_are_split_too(language, dates, lines):
    """Right-to-left, without blanks between words, with other months: the same cues by their dates and buttons."""
    page = PAGES["other"][language]
    when = {"local": page["dates"], "numeric": NUMERIC, "iso": ISO}[dates]
    heads = [[f"{n} {d}"] if lines == 1 else [n, d] for n, d in zip(page["names"], when, strict=True)]
    below = each(lambda i: [*heads[i], page["bodies"][i], page["reply"]])
    split = split_text("\n".join([*page["essay"], page["heading"], *below, page["form"]]))
    assert [(c.author, c.text) for c in split.comments] == list(zip(page["names"], page["bodies"], strict=True))
    assert [c.date for c in split.comments] == ["2009-03-12T14:03", "2009-03-13T08:41", "2009-05-14T09:05"]
    assert split.essay == "\n".join(page["essay"])
