"""What a reader cites is what is installed: version, title and licence agree wherever they stand."""

import datetime
import json
import re
import tomllib
from pathlib import Path

import yaml

import analysis
from analysis.paths import find_corpus
from analysis.pipeline import corpus_state
from analysis.records import code_version, hash_bytes

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_versions_agree():
    """The newest entry of CHANGES.md, the citation, the package and its metadata name one version."""
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGES.md").read_text(encoding="utf-8"), re.MULTILINE).group(1)
    assert newest == CITATION["version"] == analysis.__version__ == PROJECT["version"]


def test_citation_holds_what_the_format_asks_for():
    """Citation File Format 1.2.0: the required keys, each author a name, a real date, a licence by its short name."""
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    assert CITATION["title"]
    assert CITATION["message"]
    assert all(set(author) & {"name", "family-names"} for author in CITATION["authors"])
    assert isinstance(CITATION["date-released"], datetime.date)
    assert CITATION["license"] == PROJECT["license"]
    known = {"abstract", "authors", "cff-version", "date-released", "keywords", "license", "message", "title", "type"}
    assert set(CITATION) <= known | {"version"}


def test_readme_links_lead_somewhere():
    """Every file the README names by a link is in the repository."""
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_committed_figures_are_those_of_this_code_and_corpus():
    """After `make figures` in a fresh clone nothing has changed: the passports name this code and this corpus."""
    passports = [
        json.loads(p.read_text(encoding="utf-8")) for p in (ROOT / "figures").glob("*.json") if p.stem != "manifest"
    ]
    assert len(passports) >= 10
    assert {p["corpus_hash"] for p in passports} == {corpus_state(find_corpus("sample"))}
    assert {p["code_version"] for p in passports} == {code_version()}, "run `make figures` and commit figures/"


def test_the_manifest_lists_every_format_of_every_figure():
    """PDF and PNG are built, not committed; their hashes are, so that a rebuilt one can be checked."""
    manifest = json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))
    names = {p.name.split(".")[0] for p in (ROOT / "figures").glob("*.svg")}
    assert set(manifest) == {f"{n}.{e}" for n in names for e in ("svg", "pdf", "png", "csv", "alt.txt", "json")}
    for name, digest in manifest.items():
        if (ROOT / "figures" / name).exists():
            assert hash_bytes((ROOT / "figures" / name).read_bytes()) == digest, name
