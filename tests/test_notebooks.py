"""The notebooks keep their form, and run from top to bottom on any corpus."""

import ast
import re
import statistics
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.notebooks import make_figures
from analysis.paths import NOTEBOOKS
from analysis.sentences import READINGS

sys.path.insert(0, str(Path(__file__).resolve().parent))
from mini import PAGES, add_codes, make_mini

BOOKS = sorted(NOTEBOOKS.glob("*.ipynb"))
NAMES = [
    "00_start_here",
    "01_corpus",
    "02_topics",
    "03_comments",
    "04_topics_and_comments",
    "05_read_the_documents",
    "06_honest_numbers",
    "07_topics_in_depth",
    "08_words_of_your_own",
]
MOST_CELLS, MOST_LINES, MEDIAN_LINES = 25, 8, 2
books = pytest.mark.parametrize("path", BOOKS, ids=lambda p: p.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def cells(path, kind):
    return [c.source for c in read(path).cells if c.cell_type == kind]


def lines(source):
    return [line for line in source.splitlines() if line.strip()]


def test_the_notebooks_are_there():
    """The map in the first notebook names the others, and no other lies about."""
    assert [p.stem for p in BOOKS] == NAMES
    text = "\n".join(cells(BOOKS[0], "markdown"))
    assert [n for n in NAMES[1:] if f"]({n}.ipynb)" not in text] == []


@books
def test_a_notebook_is_valid_and_holds_no_result(path):
    """Stored without outputs, counts or a machine's metadata, so that running it leaves no trace in the repository."""
    book = read(path)
    nbformat.validate(book)
    ids = [c.id for c in book.cells]
    assert len(set(ids)) == len(ids)
    assert book.metadata == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in book.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert path.read_text(encoding="utf-8") == nbformat.writes(book).rstrip("\n") + "\n"


@books
def test_a_notebook_is_short_and_programs_nothing(path):
    """Who reads it need not program: few cells, of one or two lines, without functions, classes or loops."""
    code = cells(path, "code")
    assert len(code) <= MOST_CELLS
    assert statistics.median(len(lines(s)) for s in code) <= MEDIAN_LINES
    assert max(len(lines(s)) for s in code) <= MOST_LINES
    banned = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.For,
        ast.While,
        ast.Lambda,
        ast.ListComp,
        ast.DictComp,
        ast.SetComp,
        ast.GeneratorExp,
    )
    for source in code:
        assert not [n for n in ast.walk(ast.parse(source)) if isinstance(n, banned)], source


@books
def test_a_notebook_ends_with_what_it_does_not_show(path):
    """The last section is its limits; the first cell is prose."""
    kinds = [c.cell_type for c in read(path).cells]
    text = cells(path, "markdown")
    heads = [line for source in text for line in source.splitlines() if line.startswith("## ")]
    assert kinds[0] == kinds[-1] == "markdown"
    assert text[0].startswith("# ")
    assert heads[-1] == "## What this does not show"


@books
def test_a_figure_is_followed_by_its_reading(path):
    """No figure stands without the paragraph that reads it."""
    calls = "\n".join(cells(path, "code"))
    shown = re.findall(r'study\.figure\("(\w+)"\)\n', calls + "\n")
    read_out = re.findall(r'study\.figure\("(\w+)"\)\nstudy\.say\("(\w+)"\)', calls)
    assert [(name, name) for name in shown] == read_out
    assert set(re.findall(r'study\.say\("(\w+)"\)', calls)) <= {*READINGS, "notes"}


@books
def test_prose_states_no_result(path):
    """A number typed into prose is wrong on the next corpus; what is said in numbers comes from tables."""
    for source in cells(path, "markdown"):
        for line in re.sub(r"(?s)```.*?```", "", source).splitlines():
            typed = re.findall(r"(?<![\w-])\d+(?:\.\d+)?(?![\w_])", re.sub(r"`[^`]*`|\([^)]*ipynb\)", "", line))
            assert [n for n in typed if n not in DEFINITIONS] == [], line


DEFINITIONS = {"0", "1", "80", "95"}  # ends of a scale, the sense of a probability, the level set in config.toml


def test_every_figure_is_in_a_notebook():
    """A figure that no notebook explains would go out without its limits."""
    from analysis.figures import FIGURES

    calls = "\n".join(source for path in BOOKS for source in cells(path, "code"))
    assert set(re.findall(r'study\.figure\("(\w+)"\)', calls)) == set(FIGURES)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The main job on a dozen pages, truth and all; some seconds, so once for all tests."""
    folder = tmp_path_factory.mktemp("mini")
    corpus = make_mini(folder)
    add_codes(corpus)
    return make_figures(corpus, folder / "figures")


def outputs(made, name):
    """What a notebook showed, as text, cell by cell."""
    book = read(made.notebooks / f"{name}.ipynb")
    shown = [o for c in book.cells if c.cell_type == "code" for o in c.outputs]
    assert [o for o in shown if o.output_type in ("error", "stream")] == [], "a notebook warns or fails"
    return [str(o.data.get("text/markdown") or o.data.get("text/plain") or "") for o in shown if "data" in o]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_without_warnings(made, name):
    """Every cell shows something, and nothing on standard error."""
    assert len(outputs(made, name)) == len(cells(NOTEBOOKS / f"{name}.ipynb", "code")) - 1


def test_the_broken_files_stand_in_the_first_figure(made):
    """Two files that are no pages are counted with their reasons; the others go on."""
    said = "\n".join(outputs(made, "01_corpus"))
    total = len(PAGES) + 2
    assert re.search(rf"\b{len(PAGES)} of {total} kept", said)


def test_planted_truth_is_used_where_it_is(made):
    """With truth the reader learns errors before results, and whether themes came back."""
    assert "F1 is" in "\n".join(outputs(made, "03_comments"))
    assert "purity" in "\n".join(outputs(made, "02_topics"))
    assert "spun" in "\n".join(outputs(made, "01_corpus"))


def test_evaluation_comes_before_the_result(made):
    """Whoever reads how many comments agree has read before how often the classifier errs, and on what."""
    calls = "\n".join(cells(NOTEBOOKS / "03_comments.ipynb", "code"))
    parts = ["confusion", "f1", "blogs", "reliability", "coverage", "ablation", "hardest_errors", "elsewhere"]
    places = [calls.index(f'study.say("{name}")') for name in [*parts, "shares_overall"]]
    assert places == sorted(places)
    said = "\n".join(outputs(made, "03_comments"))
    assert re.search(r"labels given (is|are) wrong", said)
    assert "as the classifier read it" in said
    assert "Coarse Discourse" in said


def test_hand_codes_go_from_the_files_into_the_figures_and_the_paper(made):
    """Sixty comments coded by two people correct the shares, and the methods paragraph counts them."""
    said = "\n".join(outputs(made, "06_honest_numbers"))
    assert "60 comments were drawn by lot" in said
    assert "Anna coded all of them" in said
    assert "the corrected shares rest on 60 hand codes" in said
    assert "\\citep{angelopoulos2023}" in said
    assert {"agreement", "estimators", "precision"} <= set(made.figures)


def test_figures_are_written_where_asked(made):
    """Each figure shown is there in all its files."""
    endings = {".svg", ".pdf", ".png", ".csv", ".txt", ".json"}
    assert len(made.figures) >= 10
    for name in made.figures:
        assert {p.suffix for p in made.folder.glob(f"{name}.*")} == endings, name


POOR = {
    "one page without comments": ("nine-bicycles-in-a-string.txt",),
    "too few essays, no truth": ("keep-one-mast.txt", "the-toaster-table.html", "kommentare-im-kino.html"),
}


@pytest.mark.parametrize("pages", POOR.values(), ids=POOR)
def test_the_cells_run_on_a_poor_corpus(tmp_path, monkeypatch, capsys, pages):
    """A corpus that gives no topics, no truth or no comments gets sentences, not errors."""
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.setenv("BELOW_THE_LINE_CORPUS", str(make_mini(tmp_path, pages, truth=False)))
    monkeypatch.setenv("BELOW_THE_LINE_FIGURES", str(tmp_path / "figures"))
    for path in BOOKS:
        shell = InteractiveShell()
        for source in cells(path, "code"):
            shell.run_cell(source).raise_error()
    assert "nan" not in re.findall(r"\w+", capsys.readouterr().out)
