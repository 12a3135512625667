"""A study's topics guided by words as a person writes them."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.config import load_config
from analysis.figures import FIGURES
from analysis.topic_room import TopicRoom

GARDEN = ["garden", "soil", "spade", "compost", "hedge", "bloom"]
RADIO = ["radio", "studio", "mast", "signal", "antenna", "dial"]
RECORD = dict.fromkeys(
    ("corpus", "corpus_hash", "code_version", "seed", "settings_hash", "versions", "command"), "made"
)


@pytest.fixture
def room(tmp_path):
    """Ten essays of three paragraphs, half on each theme."""
    rng = np.random.default_rng(3)
    rows = [
        (f"e{essay}-{part}", f"e{essay}", [str(word) for word in rng.choice(RADIO if essay % 2 else GARDEN, 9)])
        for essay, part in itertools.product(range(10), range(3))
    ]
    paragraphs = pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "tokens"])
    return TopicRoom(None, paragraphs, pd.DataFrame(), {}, load_config().topics, 5, Path("none"), tmp_path, RECORD)


def test_words_in_any_form_guide_and_are_answered_for(room):
    """A user writes plurals and capitals; a word that no text holds, or a stop word, is told."""
    found = room.guide({"on air": ["Studios", "signals", "the"], "growing": ["Hedges", "antennas"]})
    table = found.words()
    given = table[table["origin"] == "given"].set_index("word")["verdict"].to_dict()
    assert given == {"studio": "kept", "signal": "kept", "the": "absent", "hedge": "kept", "antenna": "refused"}
    assert found.model.number == 3
    assert "1 is refused" in str(found.say())


def test_the_figure_is_exported_with_the_seeds_in_its_passport(room, tmp_path, monkeypatch):
    """Without the words that were given nobody can make the figure again."""
    from analysis.figures import save

    monkeypatch.setattr(save, "export_figure", lambda *given: given)
    name, table, folder, record = room.guide({"on air": ["studio"]}, 2, strength=0.5).figure()
    assert (name, folder) == ("topics_guided", tmp_path)
    assert record == {**RECORD, "guided": {"number": 2, "seeds": {"on air": ["studio"]}, "strength": 0.5}}
    assert set(FIGURES[name].table.columns) <= set(table.columns)
