"""What a reader cites is what is installed: version, title and licence agree wherever they stand."""

import datetime
import re
import tomllib
from pathlib import Path

import yaml

import analysis

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
