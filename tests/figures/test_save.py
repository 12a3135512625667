"""Exported figures are the same bytes on every run, carry their passport, and can be verified."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from PIL import Image

from analysis.errors import FigureError
from analysis.figures import FIGURES
from analysis.figures.plotted import read_csv, write_csv
from analysis.figures.save import draw_figure, export_figure, verify_figure, write_manifest
from analysis.figures.style import LABEL_COLOURS, TOPIC_COLOURS, figure_style, grey_of
from analysis.records import hash_bytes

sys.path.insert(0, str(Path(__file__).resolve().parent))
import figure_tables as made

PROJECT = Path(__file__).resolve().parents[2]
ENDINGS = ("svg", "pdf", "png", "csv", "alt.txt", "json")
RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import figure_tables as made
from analysis.figures.save import export_figure
export_figure("shares", made.shares(), Path(sys.argv[1]), made.RECORD)
"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The shares figure, exported once."""
    folder = tmp_path_factory.mktemp("figures")
    return export_figure("shares", made.shares(), folder, made.RECORD)


@pytest.fixture
def copied(exported, tmp_path):
    """A copy of the exported figure that a test may spoil."""
    for file in exported.files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def sentences(findings):
    """Findings as one text."""
    return " ".join(finding.sentence for finding in findings)


def test_another_process_writes_the_same_bytes(exported, tmp_path):
    """A figure that differs from run to run cannot be checked by anyone."""
    command = [sys.executable, "-c", RUN, str(tmp_path), str(Path(__file__).parent)]
    env = {**os.environ, "PYTHONHASHSEED": "5", "PYTHONPATH": str(PROJECT)}
    subprocess.run(command, check=True, env=env, capture_output=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"shares.{ending}" for ending in ENDINGS)
    for file in exported.files:
        assert file.read_bytes() == (tmp_path / file.name).read_bytes(), file.name


def test_a_user_style_has_no_say_and_is_put_back(exported, tmp_path):
    """The user's own settings neither change a figure nor are changed by it."""
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "pdf.fonttype": 3}):
        again = export_figure("shares", made.shares(), tmp_path, made.RECORD)
        assert matplotlib.rcParams["font.size"] == 30
        assert matplotlib.rcParams["pdf.fonttype"] == 3
    assert again.passport["sha256"] == exported.passport["sha256"]


def test_last_digits_do_not_change_a_figure(exported, tmp_path):
    """Another processor's last bits must give the same picture: it is drawn from the rounded table."""
    table = made.shares()
    table["share"] = table["share"] * (1 + 3e-16) + 1e-12
    again = export_figure("shares", table, tmp_path, made.RECORD)
    assert again.passport["sha256"] == exported.passport["sha256"]


def test_passport_names_what_made_the_figure_and_nothing_of_the_machine(exported):
    """A cited figure can be traced; nobody's name or clock is in it."""
    text = exported.files[-1].read_text(encoding="utf-8")
    passport = json.loads(text)
    assert {k: passport[k] for k in made.RECORD} == made.RECORD
    assert passport["figure"] == "shares"
    assert passport["alt"] == FIGURES["shares"].alt(made.shares())
    assert "SOURCES.md" in passport["licence"]
    for ending in ENDINGS[:-1]:
        assert passport["sha256"][ending] == hash_bytes((exported.folder / f"shares.{ending}").read_bytes())
    assert re.fullmatch(r"[0-9a-f]{12}", passport["record"])
    for secret in (str(Path.home()), str(exported.folder), "2026"):
        assert secret not in text


def test_pictures_have_their_size_and_say_what_they_are(exported):
    """SVG speaks to screen readers; PNG has 300 dots an inch; PDF embeds its letters."""
    svg, pdf, png = (exported.folder / f"shares.{ending}" for ending in ("svg", "pdf", "png"))
    root = ET.fromstring(svg.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text == FIGURES["shares"].title
    assert root.find(f"{space}desc").text == exported.alt
    assert root.get("aria-labelledby").split() == [root.find(f"{space}{t}").get("id") for t in ("title", "desc")]
    with Image.open(png) as picture:
        assert picture.width == int(183 / 25.4 * 300)
        assert round(picture.info["dpi"][0]) == 300
    assert b"/FontFile2" in pdf.read_bytes()
    assert b"CreationDate" not in pdf.read_bytes()


def test_a_notebook_shows_the_picture_with_its_alternative_text(exported):
    """The last line of a cell shows the figure at its size in print."""
    data, extra = exported._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == extra["image/png"]["alt"] == exported.alt
    assert extra["image/png"]["width"] == 692


def test_csv_is_plain_and_reads_back(exported):
    """UTF-8, LF, six digits; the figure can be drawn again from it."""
    raw = (exported.folder / "shares.csv").read_bytes()
    assert b"\r" not in raw
    assert raw.decode().splitlines()[1] == "all,agreeing,0.2,0.15,0.25,ppi++,True,50,400,12,"
    spec = FIGURES["shares"].table
    again = read_csv(raw.decode(), spec)
    assert write_csv(again, spec) == raw.decode()


def test_missing_values_and_odd_texts_survive_the_csv():
    """None, quotes, line breaks and other scripts come back as they were."""
    table = made.profile(3)
    table["title"] = ['He said "no", twice', None, "line\nbreak 港"]
    spec = FIGURES["profile"].table
    again = read_csv(write_csv(table, spec), spec)
    assert list(again["title"]) == ['He said "no", twice', None, "line\nbreak 港"]
    assert list(again["comments_open"]) == [True, False, None]


def test_a_value_of_the_wrong_kind_is_named():
    """The error shows the row."""
    table = made.profile(1).astype({"spam": object})
    table.loc[0, "spam"] = "many"
    with pytest.raises(FigureError, match=r"'many'.*does not fit"):
        draw_figure("profile", table)


def test_an_unknown_figure_names_the_nearest():
    """A typing error costs no search."""
    with pytest.raises(FigureError, match="Did you mean 'profile'"):
        draw_figure("profil", made.profile(1))


@pytest.mark.parametrize("key", list(made.RECORD))
def test_a_passport_without_a_part_is_refused(key, tmp_path):
    """A figure without provenance is not exported."""
    record = {k: v for k, v in made.RECORD.items() if k != key}
    with pytest.raises(FigureError, match=f"lacks {key}"):
        export_figure("shares", made.shares(), tmp_path, record)
    assert list(tmp_path.iterdir()) == []


def test_a_passport_with_a_time_is_refused_and_paths_are_cut(tmp_path):
    """Neither a clock nor a home folder goes into a passport."""
    with pytest.raises(FigureError, match="must not hold time"):
        export_figure("confusion", made.small_tables()["confusion"], tmp_path, {**made.RECORD, "time": "noon"})
    record = {**made.RECORD, "command": "python -m analysis figures /srv/ann/pages/harbour -o figures/harbour"}
    done = export_figure("confusion", made.small_tables()["confusion"], tmp_path, record, stem="confusion-planted")
    assert done.passport["command"] == "python -m analysis figures harbour -o figures/harbour"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"confusion-planted.{e}" for e in ENDINGS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_verify_takes_any_file_of_a_figure(exported, ending):
    """Whoever holds one file can ask about the figure."""
    findings = verify_figure(
        exported.folder / f"shares.{ending}", code_version="cafecafecafe", corpus_hash="0123456789ab"
    )
    assert [f.holds for f in findings] == [True] * 7 + [False, True]
    assert "The SVG (shares.svg) is as it was exported." in sentences(findings)
    assert "drawn by this version of the code (cafecafecafe)" in sentences(findings)
    assert "other versions of 1 of 1 packages: matplotlib 0.0 (here" in sentences(findings)
    assert "The corpus harbour is the one it was made from" in sentences(findings)


def test_verify_says_what_was_changed(copied):
    """A touched table and a lost picture are named; the others still hold."""
    table = copied / "shares.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("0.2,", "0.9,", 1), encoding="utf-8")
    (copied / "shares.pdf").unlink()
    findings = verify_figure(table, code_version="000000000000", corpus_hash="ffffffffffff")
    said = sentences(findings)
    assert "The table (shares.csv) was changed after it was exported." in said
    assert "The PDF (shares.pdf) is not here." in said
    assert "drawn by code version cafecafecafe; this is 000000000000" in said
    assert "made from the corpus harbour in state 0123456789ab; now it is in state ffffffffffff" in said
    assert [f.holds for f in findings] == [True, False, True, False, True, True, False, False, False]


def test_verify_says_when_the_passport_was_edited(copied):
    """The record id covers the passport: a changed seed shows."""
    passport = copied / "shares.json"
    passport.write_text(passport.read_text(encoding="utf-8").replace('"seed": 7', '"seed": 8'), encoding="utf-8")
    assert "The passport (shares.json) was changed" in sentences(verify_figure(passport))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "has no passport"),
        ("{", "cannot be read"),
        ("[]", "no passport of a figure"),
        ('{"figure": 1}', "no passport"),
    ],
)
def test_verify_without_a_passport_says_so(tmp_path, content, said):
    """A file without provenance gets a sentence, not a traceback."""
    (tmp_path / "shares.png").write_bytes(b"x")
    if content is not None:
        (tmp_path / "shares.json").write_text(content, encoding="utf-8")
    with pytest.raises(FigureError, match=said):
        verify_figure(tmp_path / "shares.png")


def test_verify_refuses_a_file_of_another_kind(tmp_path):
    """The legal endings are listed."""
    with pytest.raises(FigureError, match=r"\.svg"):
        verify_figure(tmp_path / "notes.docx")


def test_the_manifest_lists_every_file_with_its_hash(copied):
    """One file to compare a whole folder by; writing it again changes nothing."""
    first = write_manifest(copied).read_bytes()
    assert write_manifest(copied).read_bytes() == first
    listed = json.loads(first)
    assert list(listed) == sorted(f"shares.{ending}" for ending in ENDINGS)
    assert listed["shares.png"] == hash_bytes((copied / "shares.png").read_bytes())


def test_colours_stay_apart_in_grey():
    """A photocopy still tells the labels, and the topics, apart."""
    for colours, step in ((LABEL_COLOURS.values(), 15), (TOPIC_COLOURS, 8)):
        greys = sorted(grey_of(c) for c in colours)
        assert min(b - a for a, b in pairwise(greys)) >= step
    light = LABEL_COLOURS["cannot say"]
    assert light[1:3] == light[3:5] == light[5:7]
    assert grey_of(light) > 80


def test_style_is_not_set_at_import():
    """Importing the figures leaves a user's notebook as it was."""
    code = "import matplotlib as m; b = dict(m.rcParams); import analysis.figures.save; print(b == dict(m.rcParams))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT).stdout
    assert out.strip() == "True"
    with figure_style():
        assert matplotlib.rcParams["svg.hashsalt"] == "below the line"


def test_pandas_types_of_the_stages_are_taken():
    """Nullable integers and booleans come as the stages make them."""
    table = made.profile(3).astype({"comments_open": "boolean", "readers": "Int64"})
    spec = FIGURES["profile"].table
    assert write_csv(table, spec) == write_csv(made.profile(3), spec)
    assert isinstance(table, pd.DataFrame)
