"""Asking a study after the number of topics gives a figure with its passport, a paragraph and a table."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis import choice_room
from analysis.config import load_config
from analysis.errors import TopicError
from analysis.topic_room import TopicRoom
from analysis.topics import fit_topics

RECORD = dict.fromkeys(("corpus", "corpus_hash", "code_version", "seed", "settings_hash", "versions", "command"), "x")


def room(folder, essays=8):
    """A study's room on essays about two themes, three paragraphs each."""
    rng = np.random.default_rng(2)
    rows = [
        (f"p{n:02d}", f"e{n // 3}", n, "", [f"t{n // 3 % 2}w{w}" for w in rng.integers(0, 6, 10)])
        for n in range(3 * essays)
    ]
    table = pd.DataFrame(rows, columns=["paragraph_id", "doc_id", "number", "text", "tokens"])
    model = fit_topics(table["tokens"].tolist(), number=2, seed=1, engine="nmf") if essays > 2 else None
    return TopicRoom(
        model=model,
        paragraphs=table,
        pages=pd.DataFrame(),
        tables={},
        settings=load_config().topics,
        seed=1,
        corpus=folder,
        folder=folder,
        record=RECORD,
    )


def test_the_number_in_use_is_tried_and_marked(tmp_path):
    """The figure is exported with the study's passport; numbers that cannot be tried are named in the paragraph."""
    found = room(tmp_path).choose([2, 3, 500])
    shown, _ = found._repr_mimebundle_()
    assert len(list(tmp_path.glob("topic_choice.*"))) == 6
    assert found.tidy.set_index("number")["current"].to_dict() == {2: True, 3: False}
    assert "K = 500 could not be tried: 500 topic(s) were asked for" in str(found.say())
    assert list(found.table()["number"]) == [2, 3]
    assert found.verdict in shown["text/plain"]


def test_too_few_essays_are_a_sentence(tmp_path):
    """A corpus without topics says what it lacks."""
    with pytest.raises(TopicError, match="Add essays"):
        room(tmp_path, essays=2).choose()


@pytest.mark.parametrize(("shell", "after", "shown"), [("kernel", 0.0, 2), ("kernel", 99.0, 0), ("terminal", 0.0, 0)])
def test_a_bar_is_shown_in_a_notebook_only_and_only_for_a_long_wait(monkeypatch, shell, after, shown):
    """A saved notebook must not keep a bar, and a script's output is its own."""
    seen = []
    monkeypatch.setattr(choice_room, "BAR_AFTER", after)
    monkeypatch.setattr("IPython.get_ipython", lambda: SimpleNamespace(**{shell: True}))
    handle = SimpleNamespace(update=lambda bar: seen.append(bar.data))
    monkeypatch.setattr("IPython.display.display", lambda bar, display_id: seen.append(bar.data) or handle)
    monkeypatch.setattr("IPython.display.clear_output", lambda: seen.append("cleared"))
    with choice_room.show_waiting("trying") as told:
        told(1, 2)
        told(2, 2)
    assert len(seen) == (shown and shown + 1)
    assert not shown or ('value="2" max="2"' in seen[1] and seen[-1] == "cleared")
