"""The tagger is loaded on demand only, is the model it claims to be, and says who does what to whom."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import TopicError
from analysis.records import hash_bytes
from analysis.tokens import grammar, parse_texts, token_settings, tokenize_texts

HASHES = Path(__file__).parent / "grammar_model.sha256"


def model_folder():
    """Folder of the installed model's files, or None."""
    for name in grammar.GRAMMAR_PACKAGES:
        try:
            home = Path(importlib.import_module(name).__file__).parent
        except ModuleNotFoundError:
            continue
        return next(path for path in home.iterdir() if (path / "config.cfg").is_file())
    return None


FOLDER = model_folder()
needs_model = pytest.mark.skipif(FOLDER is None, reason="no package with spaCy's small English model is installed")


@needs_model
@pytest.mark.parametrize("line", HASHES.read_text().splitlines(), ids=lambda line: line.split()[1])
def test_the_weights_are_the_known_ones(line):
    """The package in the lock was not published by spaCy's makers; the official one must pass this list as well."""
    digest, name = line.split()
    assert hash_bytes((FOLDER / name).read_bytes()) == digest


def test_nothing_is_loaded_unless_asked():
    """The default tokens cost no model."""
    code = (
        "import sys; from analysis.tokens import tokenize_texts; tokenize_texts(['one word']); "
        f"print([name for name in {grammar.GRAMMAR_PACKAGES} if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_missing_model_is_named(monkeypatch):
    """A missing package is an error that says what to install, not another method in silence."""
    grammar.load_grammar.cache_clear()
    monkeypatch.setattr(grammar, "GRAMMAR_PACKAGES", ("no_such_model", "nor_this_one"))
    with pytest.raises(TopicError, match=r"no_such_model or nor_this_one.*make setup"):
        parse_texts(["A sentence."])


@needs_model
def test_the_tagger_tells_words_apart_that_look_alike():
    """What simplemma cannot: leaves of a tree, and somebody leaves."""
    assert tokenize_texts(["She leaves the leaves."], tagger=True) == [["leave", "leaf"]]
    assert tokenize_texts(["She leaves the 3 leaves."], parts=("NOUN",)) == [["leaf"]]


@needs_model
def test_words_lie_where_the_text_has_them():
    """Offsets are those of the text as given, line breaks and blanks and all."""
    text = "Two  boats\nsailed. The boats’ crew “rowed” home."
    words = parse_texts(["", text])
    assert words[0] == ()
    assert all(text[word.start : word.end] == word.text for word in words[1])
    assert words[1][-1].sentence == 1
    assert all(0 <= word.head < len(words[1]) for word in words[1])


@needs_model
def test_progress_reaches_the_end():
    """Whoever waits is told how long."""
    told = []
    parse_texts(["One."] * 130, progress=lambda *step: told.append(step))
    assert told == [("parsing", 128, 130), ("parsing", 130, 130)]


@needs_model
def test_the_record_names_the_model_used():
    """Lemmas of another model are other lemmas."""
    kept = token_settings(tagger=True, parts=("NOUN",))
    assert kept["lemmas"].split()[0] in grammar.GRAMMAR_PACKAGES
    assert kept["lemmas"].split()[1].startswith("3.8")
    assert kept["parts"] == ["NOUN"]
    assert token_settings()["lemmas"] == "simplemma"


def test_the_tagger_knows_english_only():
    """German lemmas by an English model would be nonsense."""
    with pytest.raises(TopicError, match=r"English only.*'de'"):
        tokenize_texts(["Die Gärten"], language="de", tagger=True)
