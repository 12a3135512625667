"""From three measures of each number of topics to a verdict in words, which may be that the data does not decide."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.topic_stats.trust import WEAK_STABILITY

MEASURES = {"gain": "held-out fit", "stability": "stability", "npmi": "coherence"}


def judge(measured: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Mark the numbers of topics that nothing speaks against, and word what the data says.

    Parameters
    ----------
    measured : DataFrame
        ``number``, and for each measure X its columns X, X_low, X_high and X_level, as ``choose_topics`` gives them.

    Returns
    -------
    table : DataFrame
        With ``levels`` (0 to 3), ``candidate`` and ``recommended`` added. A candidate foretells more than frequencies
        do, beyond chance, and of such numbers it is level with the best on the most measures; the smallest candidate
        is recommended. There is none where topics carry over to no other essay.
    verdict : str
    """
    levels = measured[[f"{name}_level" for name in MEASURES]].sum(axis=1)
    nothing = _nothing(measured)
    telling = (measured["gain_low"] > 0) & (nothing is None)
    candidate = telling & (levels == levels[telling].max())
    smallest = measured.loc[candidate, "number"].min()
    table = measured.assign(
        levels=levels, candidate=candidate, recommended=candidate & (measured["number"] == smallest)
    )
    return table, nothing or _verdict(table)


def _nothing(measured: pd.DataFrame) -> str | None:
    """Why topics of this corpus carry over to no other essay, where they do not."""
    if not (measured["gain_low"] > 0).any():
        return (
            "The data does not decide: with none of the numbers tried do topics foretell the words of essays left out "
            "better, beyond chance, than the words' frequencies alone. Topics may sort the paragraphs of this corpus; "
            "that they carry over to other essays is not shown."
        )
    if not (measured["stability"] >= WEAK_STABILITY).any():
        return (
            "The data does not decide: with none of the numbers tried do topics come back from other draws of the "
            f"essays (the highest stability is {measured['stability'].max():.2f}). Whatever number is taken, other "
            "essays would have given other topics."
        )
    return None


def _verdict(table: pd.DataFrame) -> str:
    candidates, most = table[table["candidate"]], int(table.loc[table["candidate"], "levels"].max())
    first = int(candidates["number"].iloc[0])
    if len(table) == 1:
        return f"Only K = {first} could be tried, so there is nothing to compare it with."
    if most < len(MEASURES):
        parts = [f"{said} speaks for {_spoken_for(table, name)}" for name, said in MEASURES.items()]
        return (
            f"The data does not decide, for the measures pull apart: {'; '.join(parts)}. K = {first} is marked, the "
            f"{'smallest' if len(candidates) > 1 else 'only one'} that is level with the best on {most} of "
            f"{len(MEASURES)} and foretells more than frequencies do."
        )
    if len(candidates) == 1:
        return (
            f"K = {first} is the only number tried that is not worse than the best on held-out fit, stability or "
            "coherence beyond chance."
        )
    return (
        f"The data does not decide between K = {ranges(table['number'], candidates['number'])}: none of these is worse "
        f"than the best on held-out fit, stability or coherence beyond chance. K = {first}, the smallest, is marked; "
        "take another of them for a finer grain."
    )


def _spoken_for(table: pd.DataFrame, name: str) -> str:
    level = table[f"{name}_level"]
    return "any number tried" if level.all() else f"K = {ranges(table['number'], table.loc[level, 'number'])}"


def ranges(tried: Iterable[int], kept: Iterable[int]) -> str:
    """Name numbers, neighbours among those tried as a range.

    Examples
    --------
    >>> ranges([2, 4, 6, 8], [2, 4, 6]), ranges([2, 4, 6, 8], [2, 4, 8]), ranges([2, 3], [3]), ranges([2, 3], [])
    ('2 to 6', '2, 4 and 8', '3', 'none')
    """
    grid, chosen = list(tried), sorted(kept)
    if not chosen:
        return "none"
    start = grid.index(chosen[0])
    if len(chosen) > 2 and grid[start : start + len(chosen)] == chosen:
        return f"{chosen[0]} to {chosen[-1]}"
    named = [str(number) for number in chosen]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
