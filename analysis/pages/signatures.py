"""Cuts the signature from the foot of a comment: what stands below the reader's own name."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_LINES = 3  # a trade, a firm and an address
LONGEST = 90  # characters of one line of it
_END = re.compile(r"[.!?…]$")


def split_signature(body: Sequence[str], name: str | None) -> tuple[tuple[str, ...], str | None]:
    """Split a comment's lines into its body, with the name that closes it, and the signature below that name.

    Parameters
    ----------
    body : sequence of str
        The comment's lines.
    name : str or None
        Its author, as the heading has it.

    Returns
    -------
    body : tuple of str
    signature : str or None
        The lines below the name, joined by blanks.

    Examples
    --------
    >>> split_signature(["I agree.", "Ann", "Soup Consultant | Kettle & Co", "http://kettle.example"], "Ann Lee")
    (('I agree.', 'Ann'), 'Soup Consultant | Kettle & Co http://kettle.example')
    """
    lines = tuple(body)
    if not name:
        return lines, None
    own = {name.casefold(), name.split()[0].casefold()}
    for k in range(max(1, len(lines) - 1 - MOST_LINES), len(lines) - 1):
        if lines[k].casefold().strip(" -–—~,.") in own:
            rest = lines[k + 1 :]
            if all(len(line) <= LONGEST and not _END.search(line) for line in rest):
                return lines[: k + 1], " ".join(rest)
    return lines, None
