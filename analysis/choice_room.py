"""The number of topics as a notebook asks after it: a table, the figure of it and the paragraph that reads it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.records import child_seed
from analysis.shown import Paragraph, Shown, show_table
from analysis.topic_stats import Trial, choose_topics, default_numbers

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

FIGURE = "topic_choice"
BAR_AFTER = 2.0  # seconds: a shorter wait needs no bar


@dataclass(frozen=True)
class ChosenNumber:
    """What speaks for which number of topics; a notebook that ends a cell with it shows the figure.

    Attributes
    ----------
    tidy : DataFrame
        As ``topic_stats.choose_topics`` gives it, with ``current``: the number the study uses.
    left_out : DataFrame
        Numbers that could not be tried, with the reason.
    verdict : str
    folder : Path
        Where the figure is written.
    record : mapping
        What the figure's passport holds.
    """

    tidy: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(repr=False)
    verdict: str
    folder: Path
    record: Mapping[str, Any] = field(repr=False)

    def table(self) -> Shown:
        """Show the table without what is the same in every row."""
        return show_table(self.tidy.drop(columns=["essays", "paragraphs", "draws", "verdict"]))

    def say(self) -> Paragraph:
        """Read the table in words, every number taken from it."""
        from analysis.sentences import READINGS

        told = [f"K = {row.number} could not be tried: {row.reason}" for row in self.left_out.itertuples()]
        return Paragraph(" ".join([READINGS[FIGURE]({FIGURE: self.tidy}), *told]))

    def figure(self) -> Any:
        """Export the figure with its table, alternative text and passport, and show it."""
        from analysis.figures.save import export_figure

        return export_figure(FIGURE, self.tidy, self.folder, dict(self.record))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.figure()._repr_mimebundle_(include, exclude)


def choose_number_of_topics(room: TopicRoom, numbers: Iterable[int] | None = None) -> ChosenNumber:
    """Compare numbers of topics on a study's paragraphs, by default those around its own.

    Parameters
    ----------
    room : TopicRoom
    numbers : iterable of int, optional

    Raises
    ------
    TopicError
        If the corpus is too small for any number to be tried.
    """
    essays, own = room.paragraphs["doc_id"], room.model.number if room.model else None
    if isinstance(numbers, int):
        numbers = [numbers]
    if numbers is None:
        usual = default_numbers(essays.nunique(), sum(map(bool, room.documents)))
        numbers = {*usual, *([own] if own else [])}
    with show_waiting("trying numbers of topics") as told:
        found = choose_topics(
            room.documents,
            essays.tolist(),
            numbers=numbers,
            seed=child_seed(room.seed, "number of topics"),
            trial=Trial(engine=room.settings.engine),
            progress=told,
        )
    tidy = found.table.assign(current=found.table["number"] == (own or 0))
    return ChosenNumber(tidy, found.left_out, found.verdict, room.folder, room.record)


@contextmanager
def show_waiting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show in a notebook how far a call is, once it has taken two seconds; the bar goes when the call is done.

    Elsewhere nothing is shown: a script's output is its own.
    """
    begun, shown = monotonic(), None
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    notebook = shell is not None and hasattr(shell, "kernel")

    def told(done: int, total: int) -> None:
        nonlocal shown
        if not notebook or monotonic() - begun < BAR_AFTER:
            return
        from IPython.display import HTML, display

        bar = HTML(f'{what} <progress value="{done}" max="{total}"></progress> {done} of {total}')
        if shown is None:
            shown = display(bar, display_id=True)
        else:
            shown.update(bar)

    try:
        yield told
    finally:
        if shown is not None:
            from IPython.display import clear_output

            clear_output()
