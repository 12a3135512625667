"""Lineage: versions of essays, families of spun text, and what changed between them.

It reads no page and labels no comment: whether a family is spam is for ``stance`` and the reader to say.
Copies are proposed and counted as Broder (1997) did for web pages; see ``proposals``, ``copies``, ``essays``, ``spam``.
"""

from analysis.lineage.copies import find_copies
from analysis.lineage.families import Lineage, candidate_texts, find_lineage, lineage_as_json
from analysis.lineage.templates import align_family
from analysis.lineage.versions import diff_versions, word_operations

__all__ = [
    "Lineage",
    "align_family",
    "candidate_texts",
    "diff_versions",
    "find_copies",
    "find_lineage",
    "lineage_as_json",
    "word_operations",
]
