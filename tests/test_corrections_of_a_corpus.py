"""A corpus's corrections.toml from the file to the study: read, counted, hashed, cached, and told on the way."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import pipeline
from analysis.__main__ import app
from analysis.errors import CorrectionError
from analysis.pipeline import corpus_state, open_study
from analysis.reading import corpus_files, read_corrections, read_pages

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mini import add_codes, make_mini

PAGES = ("keep-one-mast.txt", "kommentare-im-kino.html", "the-toaster-table.html")
BY_HAND = """
["the-toaster-table"]
no_comments = true

["keep-one-mast"]
leave_out = "Not of this blog."

["kommentare-im-kino"]
checked = true
"""


@pytest.fixture
def corpus(tmp_path):
    return make_mini(tmp_path, PAGES, truth=False)


@pytest.fixture
def build(tmp_path, monkeypatch):
    monkeypatch.setattr(pipeline, "BUILD", tmp_path / "build")


def correct(corpus, text=BY_HAND):
    (corpus / "corrections.toml").write_text(text, encoding="utf-8")
    return corpus


def test_the_file_is_no_page_and_is_honoured(corpus):
    """Pages corrected, left out with the reason given, and checked."""
    before, _ = read_pages([corpus], max_bytes=10**8)
    files = corpus_files(corpus)
    after, skipped = read_pages([correct(corpus)], max_bytes=10**8)
    assert corpus_files(corpus) == files
    assert {p.page: (len(p.comments) > 0, p.confidence) for p in after} == {
        "the-toaster-table": (False, 1.0),
        "kommentare-im-kino": (True, 1.0),
    }
    assert next(p for p in before if p.page == "the-toaster-table").comments
    assert "Left out by hand: Not of this blog." in {s.reason for s in skipped}


def test_a_page_given_alone_has_its_corrections_beside_it(corpus):
    """As its codes have; a folder's file speaks of the folder."""
    page = corpus / "the-toaster-table.html"
    assert read_corrections(page).pages == {}
    (corpus / "the-toaster-table.corrections.toml").write_text('["the-toaster-table"]\ntitle = "Toast"\n', "utf-8")
    [read], _ = read_pages([page], max_bytes=10**8)
    assert read.title == "Toast"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "corrections.toml cannot be read: .*UTF-8 is wanted"),
        (b'["toaster-table"]\nchecked = true', "called so; did you mean 'the-toaster-table'"),
        (b'["blank"]\nchecked = true', "was not read, so there is nothing to correct. The file is empty"),
    ],
)
def test_a_file_that_fits_no_page_stops_the_run_with_a_sentence(corpus, content, sentence):
    """A correction that is silently passed over would be believed."""
    (corpus / "corrections.toml").write_bytes(content)
    with pytest.raises(CorrectionError, match=sentence):
        read_pages([corpus], max_bytes=10**8)


def test_the_state_of_a_corpus_changes_with_what_is_corrected(corpus):
    """Not with a comment in the file, and not with pages that were found to be right: their text is the same."""
    plain = corpus_state(corpus)
    assert corpus_state(correct(corpus, "# nothing yet\n")) == plain
    assert corpus_state(correct(corpus, '["the-toaster-table"]\nchecked = true\n')) == plain
    corrected = corpus_state(correct(corpus))
    assert corrected != plain
    assert corpus_state(correct(corpus, f"# by me\n{BY_HAND}")) == corrected


def test_a_study_is_made_anew_when_the_file_changes(corpus, build, tmp_path):
    """The cache notices, the counts tell, and the passport names another state."""
    study = open_study(corpus, figures=tmp_path)
    assert study.splits(1).pages[0].page == study.tables["pages"].sort_values(["confidence", "page"])["page"].iloc[0]
    again = open_study(correct(corpus), figures=tmp_path)
    assert again.record["corpus_hash"] != study.record["corpus_hash"]
    told = "By hand 1 page was corrected, 1 found to be right, 1 left out."
    assert told in again.notes
    shown = again.splits()
    assert told in shown.intro
    assert shown.file == f"{corpus.name}/corrections.toml"  # a notebook that is passed on does not tell where it ran
    assert str(tmp_path) not in shown._repr_html_()
    assert str(again.say("splits")) == f"A person has looked at every page. {told}"
    assert "by machine; by hand, 1 corrected, 1 found to be right and 1 left out." in str(again.methods())
    attrition = again.tables["attrition"].set_index("reason")["n"]
    assert attrition["Left out by hand: Not of this blog."] == 1
    assert again.tables["pages"]["confidence"].eq(1).all()
    once_more = open_study(correct(corpus, '["keep-one-mast"]\nchecked = true\n'), figures=tmp_path)
    assert "By hand 1 page was found to be right." in once_more.notes
    assert once_more.record["corpus_hash"] == study.record["corpus_hash"]


def test_the_command_line_says_how_many(corpus, tmp_path):
    """On standard error, beside what was skipped; a fault is one sentence and exit code 2."""
    done = CliRunner().invoke(app, ["read", str(correct(corpus)), "-o", str(tmp_path / "pages.jsonl")])
    assert done.exit_code == 0
    assert "By hand 1 page was corrected, 1 found to be right, 1 left out." in done.stderr
    assert "skipped keep-one-mast.txt: Left out by hand: Not of this blog." in done.stderr


def test_codes_given_before_a_correction_are_not_used_and_a_note_says_so(build, tmp_path):
    """They belong to the comments as they were; pages only found to be right cost no code."""
    names = ("keep-one-mast.txt", "the-man-i-banned.txt", "the-toaster-table.html", "the-word-target.txt")
    corpus = make_mini(tmp_path, names)
    add_codes(corpus, 20)
    correct(corpus, '["the-word-target"]\nchecked = true\n')
    assert not [n for n in open_study(corpus, figures=tmp_path).notes if "not used" in n]
    correct(corpus, '["the-word-target"]\nno_comments = true\n')
    [note] = [n for n in open_study(corpus, figures=tmp_path).notes if "not used" in n]
    assert "was drawn from another version of the corpus" in note
    assert "corrections.toml" in note
