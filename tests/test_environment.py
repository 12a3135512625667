"""environment.yml is what pyproject.toml says, every spec parses, and the lock can be installed by anyone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from conda_environment import ROOT, environment_text, requirements


def committed():
    return (ROOT / "environment.yml").read_text(encoding="utf-8")


def specs():
    return [
        line.strip()[2:] for line in committed().split("\n") if re.match(r"  - (?!pip:|conda-forge|nodefaults)", line)
    ]


def test_environment_equals_what_pyproject_gives():
    """A dependency added in one place only would give two different labs two different sets."""
    assert committed() == environment_text()


def test_given_parts_are_there():
    """The parts the project is built on are asked for by name."""
    names = {re.match(r"[\w-]+", s).group() for s in specs()}
    assert {"spacy", "gensim", "jupyter", "matplotlib-base", "pytest", "python"} <= names


def test_every_conda_spec_parses():
    """Each line is a spec conda can read (syntax and bounds; not that conda-forge holds the files)."""
    # in a process of its own: rattler may abort when the interpreter ends
    code = "import sys, rattler\nfor s in sys.argv[1:]: rattler.MatchSpec(s)\n"
    code += "print('parsed', len(sys.argv[1:]), flush=True)"
    done = subprocess.run([sys.executable, "-c", code, *specs()], capture_output=True, text=True, check=False)
    assert f"parsed {len(specs())}" in done.stdout, done.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-setup.lock", "requirements-browser.lock"])
def test_lock_has_hashes_and_no_address(name):
    """Every package is pinned by hash, and nothing says where it came from."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[\w.-]+==\S+.*(?:\n    .*)*", text, flags=re.M)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_lock_holds_every_requirement():
    """Nothing the project asks for is missing from the lock."""
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), flags=re.M))
    asked = {re.match(r"[\w.-]+", r).group() for r in requirements()}
    assert asked <= locked
