"""Lineage: versions of essays, families of spun text, and what changed between them.

It reads no page and labels no comment: whether a family is spam is for ``stance`` and the reader to say.
Spun text is grouped as Broder (1997) grouped web pages; see ``proposals``, ``copies``, ``essays`` and ``spam``.
"""

from analysis.lineage.copies import find_copies
from analysis.lineage.families import Lineage, candidate_texts, find_lineage, lineage_as_json

__all__ = ["Lineage", "candidate_texts", "find_copies", "find_lineage", "lineage_as_json"]
