"""Settings: defaults are complete, a user's file overrides, and a mistake is named with its remedy."""

import dataclasses

import pytest

from analysis.config import Config, load_config
from analysis.errors import ConfigError


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def test_every_setting_has_a_value_in_the_shipped_file():
    """No setting silently keeps its empty placeholder (0 topics means: choose; no model: the shipped one)."""
    config = load_config()
    for section in dataclasses.fields(Config):
        for key, value in dataclasses.asdict(getattr(config, section.name)).items():
            assert value or (section.name, key) in {
                ("topics", "number"),
                ("topics", "phrases"),
                ("topics", "tagger"),
                ("coding", "about"),
                ("families", "once"),
                ("labels", "model"),
            }, (section.name, key)


def test_a_users_file_changes_only_what_it_names(write):
    """The rest stays as shipped."""
    config = load_config(write("[topics]\nnumber = 8\n"))
    assert config.topics.number == 8
    assert dataclasses.replace(config, topics=load_config().topics) == load_config()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[topics]\nnumbr = 8\n", "In config.toml: No setting in [topics] is called 'numbr'; choose one of: "),
        ("[topics]\nnumbr = 8\n", "Did you mean 'number'?"),
        ("[topic]\nnumber = 8\n", "No section is called 'topic'"),
        ("topics = 8\n", "topics is a section; write its settings below a line [topics]"),
        ("[topics]\nnumber = -1\n", "number in [topics] lies between 0 and 1000, found -1"),
        ('[topics]\nnumber = "8"\n', "number in [topics] is to be int, found '8'"),
        ("[topics]\nnumber = true\n", "number in [topics] is to be int, found True"),
        ("[topics\n", "The settings in config.toml cannot be read"),
    ],
)
def test_a_mistake_is_named(write, text, sentence):
    """The sentence says where, what was found and what is allowed."""
    with pytest.raises(ConfigError) as caught:
        load_config(write(text))
    assert sentence in str(caught.value)


def test_a_whole_number_will_do_for_a_decimal(write):
    """A user who writes 1 means 1.0."""
    assert load_config(write("[topics]\nresample_share = 1\n")).topics.resample_share == 1.0
