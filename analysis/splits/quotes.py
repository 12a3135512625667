"""Words of a page that name one of its lines: found where somebody quotes them, and chosen where a view offers them.

Capitals, blanks and the forms of quotation marks, apostrophes and dashes do not count, so that words survive being
copied by hand.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from analysis.text import clean_text

GAP = re.compile(r"\s(?:\.\.\.|\[\.\.\.\])(?=\s)")  # between the first and the last words of a stretch
_CUT = re.compile(r"^\.\.\.\s*|\s*\.\.\.$")
_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚‛`´′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "…": "..."}
)
FEWEST_WORDS = 5  # of a quotation that a view offers: fewer are hard to find with the eye
MOST_WORDS = 40  # a line that needs more is named together with its neighbour
REACH = 100  # words into a line in which its words are chosen; a whole page may stand in one line
MOST_PLACES = 20  # counted of words that stand in many


class QuoteError(ValueError):
    """Words that name no line, or more than one; says so in half a sentence."""


def plain_quote(text: str) -> str:
    """The form in which quotations are compared.

    Examples
    --------
    >>> plain_quote("“Don’t” –  she  SAID")
    '"don\\'t" - she said'
    """
    return clean_text(text).strip().translate(_SIGNS).casefold()


class Quotable:
    """The lines of a page, made ready to be quoted from."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = [plain_quote(line) for line in lines]
        self._starts = [1]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._text = "\n" + "\n".join(self._lines) + "\n"

    def find(self, quote: str) -> tuple[int, int]:
        """First and last line that a quotation names, from 0.

        Words that are a whole line come before words that begin one, and these before words within one. ``first words
        ... last words`` names all lines from the one to the other, and words over several lines all of these.

        Raises
        ------
        QuoteError
            If the words stand nowhere, or in more than one place.

        Examples
        --------
        >>> lines = Quotable(["It rains again.", "Who likes rain?", "Nobody does."])
        >>> lines.find("rains again"), lines.find("It rains ... nobody does")
        ((0, 0), (0, 2))
        """
        plain = plain_quote(quote)
        plain = "\n".join(part for part in plain.split("\n") if part)
        if not plain:
            raise QuoteError("is empty; quote some words of the line that is meant")
        found = self._places(plain)
        if not found:
            for gap in GAP.finditer(plain):
                ends = self._places(plain[: gap.start()].strip()), self._places(plain[gap.end() :].strip())
                if all(len(places) == 1 for places in ends):
                    return self._range(ends[0][0][0], ends[1][0][1])
            found = self._places(_CUT.sub("", plain)) or self._either_end(plain)
        if len(found) == 1:
            return found[0]
        if found:
            many = f"{len(found)}{' and more' if len(found) == MOST_PLACES else ''}"
            raise QuoteError(
                f"stands in {many} places of the page; quote more words of its line, or go on into the next "
                'line with "\\n"'
            )
        raise QuoteError("stands nowhere on the page as it is read now; copy some words of one line from the view")

    def names(self, quote: str) -> tuple[int, int] | None:
        """As ``find``, with None where there is no such place or more than one."""
        found = self._places(plain_quote(quote), most=2)
        return found[0] if len(found) == 1 else None

    def _range(self, first: int, last: int) -> tuple[int, int]:
        if last < first:
            raise QuoteError("names a stretch whose last words stand above its first; exchange them")
        return first, last

    def _either_end(self, plain: str) -> list[tuple[int, int]]:
        """Places of the end of a range that is not unique, so that the sentence speaks of these."""
        for gap in GAP.finditer(plain):
            for end in (plain[: gap.start()], plain[gap.end() :]):
                if len(found := self._places(end.strip())) > 1:
                    return found
        return []

    def _places(self, plain: str, most: int = MOST_PLACES) -> list[tuple[int, int]]:
        for wanted in (f"\n{plain}\n", f"\n{plain}", plain):
            hits = self._hits(wanted, lead=wanted.startswith("\n"), length=len(plain))
            if plain and (found := list(itertools.islice(hits, most))):
                return found
        return []

    def _hits(self, wanted: str, *, lead: bool, length: int) -> Iterator[tuple[int, int]]:
        """Places in page order, one for each line in which one begins."""
        at = self._text.find(wanted) if length else -1
        while at >= 0:
            first = self._line(at + lead)
            yield first, self._line(at + lead + length - 1)
            at = self._text.find(wanted, self._starts[first + 1] - 1)

    def _line(self, place: int) -> int:
        return bisect.bisect_right(self._starts, place) - 1


def quote_start(lines: Sequence[str], quotable: Quotable, i: int, *, clear: Callable[[str], bool]) -> str | None:
    """Choose few words at the start of a line that name it and no other.

    Parameters
    ----------
    lines : sequence of str
        The page's lines as they are.
    quotable : Quotable
        The same lines.
    i : int
        Which line.
    clear : callable
        Whether some words may be shown: those of a name may not.

    Returns
    -------
    str or None
        None where no words of the line do; then its neighbours may.

    Examples
    --------
    >>> lines = ["The rain it rains", "The rain it pours"]
    >>> quote_start(lines, Quotable(lines), 1, clear=lambda words: True)
    'The rain it pours'
    """
    said = lines[i].split()
    for first in range(0, min(len(said), REACH), _step(said)):
        for last in range(first + FEWEST_WORDS, first + MOST_WORDS):
            words = " ".join(said[first:last])
            if not clear(words):
                break
            if quotable.names(words) == (i, i):
                return words
            if last >= len(said):
                break
    if i + 1 < len(lines):
        following = lines[i + 1].split()[:MOST_WORDS]
        for n in (min(len(said), MOST_WORDS), *range(FEWEST_WORDS, 0, -1)):
            for m in (FEWEST_WORDS, len(following)):
                words = "\n".join((" ".join(said[-n:]), " ".join(following[:m])))
                if clear(words) and quotable.names(words) == (i, i + 1):
                    return words
    return None


def _step(said: Sequence[str]) -> int:
    """How far to go on to the next words: by one in a short line, where a name is soon in the way."""
    return FEWEST_WORDS if len(said) > MOST_WORDS else 1


def quote_end(lines: Sequence[str], quotable: Quotable, i: int, *, clear: Callable[[str], bool]) -> str | None:
    """Choose few words at the end of a line that name it and no other; see ``quote_start``.

    Examples
    --------
    >>> lines = ["It rains and rains and rains on us.", "It rains."]
    >>> quote_end(lines, Quotable(lines), 0, clear=lambda words: True)
    'rains and rains on us.'
    """
    said = lines[i].split()
    for last in range(len(said), max(len(said) - REACH, 0), -_step(said)):
        for first in range(last - FEWEST_WORDS, last - MOST_WORDS, -1):
            words = " ".join(said[max(first, 0) : last])
            if not clear(words):
                break
            if quotable.names(words) == (i, i):
                return words
            if first <= 0:
                break
    if i:
        before = lines[i - 1].split()[-MOST_WORDS:]
        for n in (min(len(said), MOST_WORDS), *range(FEWEST_WORDS, 0, -1)):
            for m in (FEWEST_WORDS, len(before)):
                words = "\n".join((" ".join(before[-m:]), " ".join(said[:n])))
                if clear(words) and quotable.names(words) == (i - 1, i):
                    return words
    return None
