"""The corrections file: what may be said, and how a slip is told."""

import pytest

from analysis.errors import CorrectionError
from analysis.splits import Correction, Corrections, NamedComment, correct_pages, parse_corrections
from analysis.types import Page, Skipped

SAID = """
# two pages, by hand
["on-rain"]
essay_ends = "and nobody has a word for it."
comments = ["I have!", {begins = "So have I", author = "Ann", date = 2012-05-03}]
spam = "cheap pills"

["v1.2"]
checked = true
"""


def test_a_file_says_what_it_says():
    """One quotation or a list of them, a date with or without quotation marks."""
    said = parse_corrections(SAID).pages
    assert said["on-rain"] == Correction(
        essay_ends="and nobody has a word for it.",
        comments=(NamedComment("I have!"), NamedComment("So have I", author="Ann", date="2012-05-03")),
        spam=("cheap pills",),
    )
    assert said["v1.2"].checked
    assert parse_corrections("\ufeff" + SAID.replace("\n", "\r\n")).pages == said
    assert parse_corrections("# nothing yet").pages == {}


def test_the_digest_is_of_what_is_said():
    """Layout does not count; pages found right count only where asked."""
    said = parse_corrections(SAID)
    other = parse_corrections(SAID.replace("# two", "# 2").replace('"cheap pills"', '["cheap pills"]'))
    assert said.digest() == other.digest()
    assert said.digest() != said.digest(checked=False)
    assert parse_corrections('["v1.2"]\nchecked = true').digest(checked=False) is None
    assert Corrections().digest() is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('["a"]\nesay_ends = "x"', r"No key is called 'esay_ends'.*Did you mean 'essay_ends'"),
        ('["a"]\nessay_ends = 3', "essay_ends is to be some words in quotation marks, found 3"),
        ('["a"]\nessay_ends = " "', "essay_ends is to be some words"),
        ('["a"]\nleave_out = true', "leave_out is to be a reason in words, found True"),
        ('["a"]\nno_comments = "yes"', "no_comments is true or is left away, found 'yes'"),
        ('["a"]\ndate = "May 3"', 'date is written as in "2012-05-03"'),
        ('["a"]\nspam = ["x", 4]', "spam is to be some words in quotation marks, found 4"),
        ('["a"]\ncomments = [{begin = "x"}]', r"No key of a comment is called 'begin'.*Did you mean 'begins'"),
        ('["a"]\ncomments = [{author = "x"}]', "either begins = .* or text ="),
        ('["a"]\ncomments = [{begins = "x", text = "y"}]', "either begins = .* or text ="),
        ('["a"]', "nothing is said of the page; say checked = true"),
        ('["a"]\nchecked = true\ntitle = "x"', "checked says that the split is right as it is, and title says more"),
        ('["a"]\nleave_out = "x"\nspam = "y"', "leave_out says that the page is left out, and spam says more"),
        ('["a"]\nno_comments = true\ncomments = "y"', "no_comments and comments cannot both hold"),
        ('a = "b"', "a page is wanted here"),
        ("[v1.2]\nchecked = true", "name with a dot in it stands in quotation marks"),
        ('["a"]\nchecked = true\n["a"]\nspam = "x"', "twice.*Each page has one section"),
        ("[a\n", "cannot be read.*stands in brackets"),
        ('["a"]\nspam = no quotes', "cannot be read.*every quotation in quotation marks"),
    ],
)
def test_a_slip_is_told_in_a_sentence(text, sentence):
    """With the nearest key, and what to write."""
    with pytest.raises(CorrectionError, match=sentence):
        parse_corrections(text)


def test_all_faults_are_told_at_once():
    """Who corrected a hundred pages does not run a hundred times."""
    with pytest.raises(CorrectionError) as told:
        parse_corrections("".join(f'["p{n}"]\nspam = {n}\n' for n in range(30)))
    assert str(told.value).startswith("corrections.toml has 30 faults:\n  ['p0']: spam is to be")
    assert str(told.value).endswith("and 10 more.")


RAIN, SNOW = Page("rain", "a/rain.txt", "plain_text", "It rains."), Page("snow", "snow.txt", "plain_text", "It snows.")
OTHER = Page("rain", "b/rain.txt", "plain_text", "It rains elsewhere.")


@pytest.mark.parametrize(
    ("name", "pages", "sentence"),
    [
        ("rian", [RAIN, SNOW], "no page of the corpus is called so; did you mean 'rain'?"),
        ("zzzzzz", [RAIN], r"no page of the corpus is called so; the table of pages"),
        ("rain", [RAIN, OTHER], r'2 pages have this name; write the path.*\["a/rain.txt"\], \["b/rain.txt"\]'),
        ("blank", [RAIN], "this page was not read, so there is nothing to correct. It is empty."),
        ("x.xml", [Page("x#1", "x.xml", "w", "A"), Page("x#2", "x.xml", "w", "B")], r'holds 2 pages.*\["x#1"\]'),
    ],
)
def test_a_page_that_is_not_there_is_named(name, pages, sentence):
    """The nearest name, the paths of two pages of one name, the reason of one that was skipped."""
    skipped = [Skipped("blank", "blank.txt", None, "It is empty.")]
    with pytest.raises(CorrectionError, match=sentence):
        correct_pages(pages, skipped, Corrections({name: Correction(checked=True)}))


def test_pages_are_corrected_left_out_and_checked():
    """Each by its name or its path; the others stay as they were."""
    said = Corrections(
        {
            "a/rain.txt": Correction(leave_out="A weather report."),
            "b/rain.txt": Correction(title="Elsewhere"),
            "snow": Correction(checked=True),
        }
    )
    kept, left = correct_pages([RAIN, OTHER, SNOW], [], said)
    assert [(p.title, p.confidence, p.evidence) for p in kept] == [
        ("Elsewhere", 1.0, "corrected by hand (title)"),
        (None, 1.0, "checked by hand"),
    ]
    assert [(s.path, s.reason) for s in left] == [("a/rain.txt", "Left out by hand: A weather report.")]


def test_faults_of_several_pages_are_told_together():
    """A name that is not there and words that are not."""
    said = Corrections({"rian": Correction(checked=True), "snow": Correction(spam=("pills",))})
    with pytest.raises(CorrectionError, match=r"(?s)2 faults.*\['rian'\].*\['snow'\]: “pills” \(spam\) stands nowhere"):
        correct_pages([RAIN, SNOW], [], said)


def test_two_pages_that_a_correction_makes_one_are_one():
    """The same name and the same words are the same page, as when they are read."""
    twin = Page("rain", "b/rain.txt", "plain_text", "It rains.", title="Rain")
    kept, left = correct_pages([RAIN, twin], [], Corrections({"a/rain.txt": Correction(title="Rain")}))
    assert len(kept) == 1
    assert left[0].reason == "It is the same page as a/rain.txt, as corrected."


def test_one_page_has_one_section():
    """By its name and by its path is twice."""
    said = Corrections({"rain": Correction(checked=True), "a/rain.txt": Correction(title="Rain")})
    with pytest.raises(CorrectionError, match="a section by its name and one by its path"):
        correct_pages([RAIN], [], said)
