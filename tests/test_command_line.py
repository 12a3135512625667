"""The command line keeps its contract, and answers mistakes with one sentence and exit code 2."""

import json
import os
import subprocess
import sys

import pytest

from analysis.paths import CORPUS, PROJECT


def run(*arguments, cwd):
    return subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Two pages of the sample and a file that is none, read once."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    for name in ("the-word-target.txt", "the-forme-is-unlocked.html", "the-forme-is-unlocked-reissued.txt"):
        (folder / "in" / name).write_bytes((CORPUS / "sample" / "pages" / name).read_bytes())
    (folder / "in" / "notes.docx").write_bytes(b"PK\x03\x04nothing")
    done = run("read", "in", "-o", "pages.jsonl", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, done


def test_read_writes_a_row_a_page_and_names_what_it_skipped(pages):
    """Pages, skipped file with its reason, and a closing line with the counts."""
    folder, done = pages
    read = rows(folder / "pages.jsonl")
    assert sorted(r["page"] for r in read) == [
        "the-forme-is-unlocked",
        "the-forme-is-unlocked-reissued",
        "the-word-target",
    ]
    [left] = rows(folder / "pages.skipped.jsonl")
    assert left["path"] == "notes.docx"
    assert left["reason"] in done.stderr
    assert "3 pages with" in done.stdout


def test_lineage_finds_the_two_versions(pages):
    """From `read` to `lineage` without a program in between."""
    folder, _ = pages
    assert run("lineage", "pages.jsonl", "-o", "lineage.json", cwd=folder).returncode == 0
    found = json.loads((folder / "lineage.json").read_text(encoding="utf-8"))
    assert found["essay_families"] == [["the-forme-is-unlocked", "the-forme-is-unlocked-reissued"]]


def test_label_answers_every_row_in_order(tmp_path):
    """Missing fields are no error; the answer has the contract's keys."""
    given = [
        {"id": "b", "text": "Thank you, this is a lovely piece.", "parent_text": "An essay about bees.", "other": 1},
        {"id": "a", "text": ""},
    ]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(r) + "\n" for r in given), encoding="utf-8")
    done = run("label", "c.jsonl", "-o", "l.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    said = rows(tmp_path / "l.jsonl")
    assert [r["id"] for r in said] == ["b", "a"]
    for row in said:
        assert {"label", "probabilities", "position", "reason", "evidence"} <= set(row)
        assert sum(row["probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert said[1]["label"] is None
    assert said[1]["reason"]


def test_topics_gives_a_row_a_line(tmp_path):
    """Twenty-five words a topic where the vocabulary allows, one mixture a document, an empty line included.

    A sign that some programs take for a line's end is none.
    """
    lines = [f"{a} {b} common{n % 7} {a}{n % 5}" for n, (a, b) in enumerate([("bee", "hive"), ("rail", "train")] * 30)]
    lines[3] += "\u2028bee\x85hive"
    (tmp_path / "corpus.txt").write_text("\n".join([*lines, "", "bee hive"]) + "\n", encoding="utf-8")
    done = run("topics", "corpus.txt", "--topics", 2, "--seed", 5, "-o", "t.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert len(found["topics"]) == 2
    assert len(found["document_topics"]) == 62
    assert {"engine", "seed", "settings", "versions"} <= set(found)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["read", "no-such-folder"], "No corpus was found at 'no-such-folder'"),
        (["lineage", "no.jsonl"], "no.jsonl cannot be read"),
        (["label", "bad.jsonl"], "bad.jsonl, line 1 is not JSON"),
        (["topics", "bad.jsonl", "--topics", "900"], "Topics need at least two different documents"),
        (["topics", "three.txt", "--topics", "2", "-o", "in"], "in cannot be written (Is a directory)"),
        (["figures", "no-such-folder"], "No corpus was found"),
        (
            ["figures", "blank"],
            "No page of the corpus 'blank' can be read (1 file(s) skipped). a.txt: The file is empty",
        ),
        (["check", "in"], "has no REGISTRY.txt"),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path, arguments, sentence):
    """Exit code 2 and no traceback."""
    (tmp_path / "bad.jsonl").write_text("not json\n", encoding="utf-8")
    (tmp_path / "three.txt").write_text("x y z w\nx y q r\nz w a b\n", encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "blank").mkdir()
    (tmp_path / "blank" / "a.txt").write_text(" \n", encoding="utf-8")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_check_fails_on_a_changed_page(tmp_path):
    """A page that is not as listed is exit code 1."""
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    (tmp_path / "REGISTRY.txt").write_text("0" * 64 + "  a.txt\n", encoding="utf-8")
    done = run("check", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.txt was changed since it was listed" in done.stdout


def test_help_names_every_command():
    """A newcomer's first question."""
    done = run("--help", cwd=PROJECT)
    for command in ("read", "label", "topics", "lineage", "figures", "verify", "check"):
        assert f" {command} " in done.stdout
