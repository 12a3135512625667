"""Whether fitting to a project's codes helped, as a table and in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.stance.adapt_choice import Compared, gains
from analysis.stance.adapt_ways import SHIPPED, Material

if TYPE_CHECKING:
    import pandas as pd

NESTED = "chosen anew in each part"
FEW_ESSAYS = 20  # with fewer, intervals by essay are too narrow (Cameron, Gelbach & Miller 2008)
WHAT = {
    "reweighted": "its labels have other frequencies here, and its confidence was set anew",
    "reweighted freely": "its labels have quite other frequencies here, and its confidence was set anew",
    "shifted a little": "every feature's weight moved a little toward what the codes say",
    "shifted": "every feature's weight moved toward what the codes say",
    "shifted far": "every feature's weight moved far toward what the codes say",
    "stacked": "it was pooled with a model trained on the codes alone",
    "from scratch": "it was replaced by a model trained on the codes alone",
}


def make_report(
    compared: Compared, material: Material, measured: Mapping[str, tuple[float, ...]], *, seed: int
) -> pd.DataFrame:
    """Lay the comparison out: one row a way and figure, the nested one last; columns as in ``FittedLabels.report``."""
    import pandas as pd

    said = {way: gains(compared.scores[k], material, seed=seed) for k, way in enumerate(compared.ways)}
    said[NESTED] = dict(measured)  # type: ignore[arg-type]
    essays = len(np.unique(material.groups))
    return pd.DataFrame(
        [
            (way, figure, *numbers, len(material.answers), essays)
            for way, figures in said.items()
            for figure, numbers in figures.items()
        ],
        columns=["way", "figure", "value", "gain", "low", "high", "codes", "essays"],
    )


def report_lines(report: pd.DataFrame) -> list[str]:
    """The comparison as lines of text: a head, then one line a way."""
    lines = [f"{'way':<26}{'accuracy':>9}{'macro-F1':>9}{'log-loss':>9}   gain in log-loss (95 %)"]
    for name, rows in report.groupby("way", sort=False):
        way, at = str(name), rows.set_index("figure").to_dict("index")
        numbers = "".join(f"{at[figure]['value']:9.3f}" for figure in ("accuracy", "macro_f1", "log_loss"))
        loss = at["log_loss"]
        gain = "" if way == SHIPPED else f"   {loss['gain']:+.3f} ({loss['low']:+.3f} to {loss['high']:+.3f})"
        lines.append(f"{way:<26}{numbers}{gain}")
    return lines


def say_report(report: pd.DataFrame, chosen: str, facts: Mapping[str, Any]) -> str:
    """The comparison in plain sentences."""
    nested = report[report["way"] == NESTED].set_index("figure")
    compared = (
        f"{facts['codes']} hand codes under {facts['essays']} essays: the shipped model and "
        f"{len(set(report['way'])) - 2} ways of fitting it were each judged under essays they were not fitted on."
    )
    lines = [compared]
    lines.append(_kept(facts) if chosen == SHIPPED else _helped(chosen, nested))
    if facts["essays"] < FEW_ESSAYS:
        lines.append(f"{facts['essays']} essays are few: the intervals are rather too narrow.")
    lines.append(_advice(chosen, nested))
    return " ".join(lines)


def _kept(facts: Mapping[str, Any]) -> str:
    if facts["best"] == SHIPPED:
        return "No way was better than the shipped model by more than chance explains, so the shipped model is kept."
    return (
        f"On all codes “{facts['best']}” looked better, but chosen without the comments it is judged on it was not, so "
        "the shipped model is kept."
    )


def _helped(chosen: str, nested: pd.DataFrame) -> str:
    accuracy, f1, loss = (nested.loc[figure] for figure in ("accuracy", "macro_f1", "log_loss"))
    sure = "is" if loss["low"] > 0 else "may be"
    return (
        f"The model {sure} better when fitted (“{chosen}”: {WHAT.get(chosen, chosen)}): its accuracy goes from "
        f"{accuracy['value'] - accuracy['gain']:.2f} to {accuracy['value']:.2f} (difference {_signed(accuracy)}), "
        f"macro-F1 from {f1['value'] - f1['gain']:.2f} to {f1['value']:.2f}, and its log-loss falls by "
        f"{loss['gain']:.3f} ({_range(loss)})."
    )


def _advice(chosen: str, nested: pd.DataFrame) -> str:
    loss = nested.loc["log_loss"]
    if chosen == SHIPPED:
        return "Use the codes to correct shares; for better labels code more comments, twice as many say."
    doubt = "" if loss["low"] > 0 else " The interval holds zero: code more before you lean on the gain."
    return (
        "Save the model and name it in config.toml; shares stay honest, for coded comments keep the probabilities of "
        f"fits without their essay.{doubt}"
    )


def _signed(row: Any) -> str:
    return f"{row['gain']:+.3f}, {_range(row)}"


def _range(row: Any) -> str:
    return f"95 % interval {row['low']:+.3f} to {row['high']:+.3f}"
