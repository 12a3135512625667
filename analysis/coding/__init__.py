"""Coding by hand: the sample to be coded, the files of codes, the pane in which a person codes, and settled codes.

The pane's widget library is loaded when ``coding_pane`` is first used, not before.
"""

from __future__ import annotations

from typing import Any

from analysis.coding.codes_file import append_event, read_adjudicated, read_codes
from analysis.coding.sample_file import read_sample, write_sample
from analysis.coding.settle import settle_codes

__all__ = [
    "append_event",
    "coding_pane",
    "read_adjudicated",
    "read_codes",
    "read_sample",
    "settle_codes",
    "write_sample",
]


def __getattr__(name: str) -> Any:
    if name != "coding_pane":
        raise AttributeError(f"analysis.coding has no {name!r}; it offers {', '.join(__all__)}.")
    from analysis.coding.pane import coding_pane

    return coding_pane
