"""Below the Line: what essays are about, and what their readers do with them in the comments below.

The names a notebook uses. Importing the package loads nothing heavy: each name is fetched when it is first used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.5.0"

_HOMES = {
    "open_study": "analysis.pipeline",
    "open_coding": "analysis.coding_room",
    "Study": "analysis.pipeline",
    "read_pages": "analysis.reading",
    "Correction": "analysis.splits",
    "label_comments": "analysis.stance",
    "fit_labels": "analysis.stance",
    "train_scheme": "analysis.stance",
    "load_scheme": "analysis.stance",
    "fit_topics": "analysis.topics",
    "fit_guided": "analysis.topics",
    "infer_mixtures": "analysis.topics",
    "choose_topics": "analysis.topic_stats",
    "measure_framing": "analysis.framing",
    "find_lineage": "analysis.lineage",
    "diff_versions": "analysis.lineage",
    "estimate_share": "analysis.estimate",
    "estimate_difference": "analysis.estimate",
    "estimate_ratio": "analysis.estimate",
    "regress_label": "analysis.estimate",
    "power": "analysis.estimate",
    "draw_sample": "analysis.estimate",
    "verify_figure": "analysis.figures.save",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"analysis has no {name!r}; it offers {', '.join(__all__)}.")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
