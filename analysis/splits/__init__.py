"""How each page was split, line by line: shown to a person, and corrected by hand."""

from __future__ import annotations

from analysis.splits.corpus import by_hand_sentence, correct_pages, count_by_hand, say_by_hand
from analysis.splits.correct import BY_HAND, CHECKED, correct_page, is_by_hand
from analysis.splits.corrections import (
    CORRECTIONS_FILE,
    Correction,
    Corrections,
    NamedComment,
    parse_corrections,
)
from analysis.splits.lines import Line, lines_of, page_of
from analysis.splits.table import stretches_table

__all__ = [
    "BY_HAND",
    "CHECKED",
    "CORRECTIONS_FILE",
    "Correction",
    "Corrections",
    "Line",
    "NamedComment",
    "by_hand_sentence",
    "correct_page",
    "correct_pages",
    "count_by_hand",
    "is_by_hand",
    "lines_of",
    "page_of",
    "parse_corrections",
    "say_by_hand",
    "stretches_table",
]
