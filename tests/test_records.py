"""Records: what counts as the same code, the same data, the same draw."""

import pytest

from analysis.records import child_seed, code_version, hash_files, package_versions


@pytest.fixture
def package(tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    (tmp_path / "inner" / "settings.toml").write_bytes(b"y = 2\n")
    return tmp_path


def version(package):
    return code_version.__wrapped__(package)


@pytest.mark.parametrize(
    ("name", "content", "changes"),
    [
        ("a.py", b"x = 2\n", True),
        ("a.py", b"x = 1\r\n", False),
        ("inner/settings.toml", b"y = 3\n", True),
        ("inner/new.py", b"", True),
        ("inner/model.json.gz", b"\x1f\x8b other weights", True),
        ("notes.txt", b"a word", False),
        ("__pycache__/a.py", b"stale", False),
    ],
)
def test_code_version_follows_the_sources(package, name, content, changes):
    """Code and settings count; line ends, notes and caches do not."""
    before = version(package)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_bytes(content)
    assert (version(package) != before) is changes


def test_seeds_are_named_not_numbered():
    """Stages draw apart from each other, and the root seed reaches them all."""
    assert len({child_seed(root, stage) for root in range(20) for stage in ("topics", "estimates")}) == 40
    assert all(0 <= child_seed(root, "topics") < 2**31 for root in range(50))


def test_versions_leave_out_what_is_not_there():
    """A package that is not installed has no version."""
    assert list(package_versions(["numpy", "no-such-package-here"])) == ["numpy"]


def test_file_hashes_are_by_path_below_the_root(package):
    """The same on every machine."""
    assert list(hash_files(package.rglob("*.*"), package)) == ["a.py", "inner/settings.toml"]
