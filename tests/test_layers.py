"""Imports go strictly down, and importing the package does no work."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "analysis"
# A room may import rooms of a lower number, and itself; siblings do not know each other.
LEVEL = {
    "types": 0, "errors": 0, "paths": 0,
    "config": 1, "tables": 1, "records": 1, "text": 1, "rows": 1, "registry": 1,
    "pages": 2, "lineage": 2, "tokens": 2, "topics": 2, "stance": 2, "estimate": 2, "coding": 2, "splits": 2,
    "comment_stance": 3, "aggregate": 3, "evaluate": 3, "topic_stats": 3, "figures": 3, "sentences": 3,
    "reading": 4, "cache": 4, "pipeline": 4, "study": 4, "summaries": 4, "topic_stage": 4, "truth": 4, "notebooks": 4,
    "hand_codes": 4, "coding_room": 4, "share_tables": 4, "trust_tables": 4, "method_facts": 4, "shown": 4,
    "split_pages": 4, "converting": 4, "label_stage": 4, "label_lines": 4, "read_stage": 4, "fitting": 4,
    "framing": 3, "topic_view": 3, "topic_room": 4, "topic_group_room": 4, "topic_view_room": 4, "guided_room": 4,
    "comment_topics": 4,
    "choice_room": 4, "framing_room": 4, "intrusion_room": 4,
    "__init__": 5, "__main__": 5,
}  # fmt: skip
FLOOR_MAY_SHARE = {0, 1, 4}  # types, errors and paths may use each other, and so may config, tables, records and text
# spaCy's component is spaCy's guest: it must import spaCy, and nothing of the package imports it.
ONLY_IMPORTERS = {"spacy": {"tokens", "comment_stance"}, "gensim": {"topics"}}


def imports_of(path):
    """Every module name a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ([node.module] if node.module != "analysis" else [f"analysis.{a.name}" for a in node.names])


def room_of(path):
    """First name below the package: a file's own, or its folder's."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path):
    """A file imports only rooms below its own."""
    own = room_of(path)
    assert own in LEVEL, f"{own} is no known room; give it a level here and a line in the design"
    for name in imports_of(path):
        if not name.startswith("analysis."):
            continue
        other = name.split(".")[1]
        if other == own or other not in LEVEL:
            continue
        down = LEVEL[other] < LEVEL[own]
        shared = LEVEL[other] == LEVEL[own] and LEVEL[own] in FLOOR_MAY_SHARE
        assert down or shared, f"{own} imports {other}, which is not below it"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_heavy_packages_have_one_importer(path):
    """Only tokens and the spaCy component import spaCy, and only topics imports gensim."""
    for name in imports_of(path):
        keepers = ONLY_IMPORTERS.get(name.split(".")[0], {room_of(path)})
        assert room_of(path) in keepers, f"{room_of(path)} imports {name}; only {', '.join(sorted(keepers))} may"
        assert not name.startswith("analysis.comment_stance"), "spaCy finds its component; importing it loads spaCy"


def test_importing_the_package_loads_nothing_heavy():
    """A user who asks for help does not wait for spaCy, gensim, scikit-learn or matplotlib."""
    heavy = "{'spacy', 'gensim', 'sklearn', 'matplotlib', 'pandas'}"
    code = f"import analysis, analysis.__main__, sys; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_every_name_the_package_offers_is_there():
    """A name in the list that leads nowhere is an error only its first user meets."""
    import analysis

    assert [name for name in analysis.__all__ if getattr(analysis, name, None) is None] == []
