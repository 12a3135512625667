"""The package's own errors: each sentence says what failed, what was found, what is allowed, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class BelowTheLineError(Exception):
    """Any failure a user can act on; the command line prints its sentence and exits with 2."""


class ConfigError(BelowTheLineError):
    """A setting that is unknown or outside its range."""


class PageError(BelowTheLineError):
    """A file that cannot be read as a page; the run records the reason and goes on."""


class CorrectionError(BelowTheLineError):
    """A correction of a page that cannot be read, or that the page does not bear."""


class CorpusError(BelowTheLineError):
    """A corpus that is missing, empty or not what its registry says."""


class TableError(BelowTheLineError):
    """A table with missing columns, a wrong type, or a fingerprint that does not match."""


class TopicError(BelowTheLineError):
    """Topics that the data cannot bear, or a topic model that does not fit its corpus."""


class LabelError(BelowTheLineError):
    """Comments that cannot be labelled, or labels outside the codebook."""


class EstimateError(BelowTheLineError):
    """A share that cannot be estimated from what was given."""


class CodingError(BelowTheLineError):
    """Hand codes, or a sample to code, that cannot be read, written or trusted."""


class FigureError(BelowTheLineError):
    """A figure that cannot be drawn or a passport that cannot be read."""


def one_of(what: str, found: str, allowed: Iterable[str]) -> str:
    """Word the sentence for a choice that does not exist, with the nearest legal one.

    Parameters
    ----------
    what : str
        What was to be chosen, e.g. ``"topic engine"``.
    found : str
        What was given.
    allowed : iterable of str
        The legal choices.

    Returns
    -------
    str

    Examples
    --------
    >>> one_of("topic engine", "nmf_lda", ["nmf-lda", "nmf"])
    "No topic engine is called 'nmf_lda'; choose one of: nmf, nmf-lda. Did you mean 'nmf-lda'?"
    """
    choices = sorted(allowed)
    near = difflib.get_close_matches(found, choices, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else ""
    return f"No {what} is called {found!r}; choose one of: {', '.join(choices)}.{hint}"
