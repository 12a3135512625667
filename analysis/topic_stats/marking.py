"""A paragraph with a topic's words marked in the text itself, cut to where most of them stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analysis.tokens import Span

MOST = 700  # characters shown of a paragraph: what a reader takes in at a glance beside two others
BEFORE = 60  # characters kept before the first marked word of a cut paragraph, so that it does not begin in mid-air
JOIN = "_"  # between the words of a phrase that counts as one word

Pieces = tuple[tuple[str, bool], ...]


def marked_spans(spans: Sequence[Span], words: Collection[str]) -> list[tuple[int, int]]:
    """Give the places in a text at which one of a topic's words stands, in any of its forms.

    Parameters
    ----------
    spans : sequence of (int, int, str)
        From ``tokens.lemma_spans``.
    words : collection of str
        Lemmas; a phrase has its lemmas joined by "_".

    Returns
    -------
    list of (int, int)
        In reading order, without overlap; of a phrase and its words the phrase.

    Examples
    --------
    >>> marked_spans([(0, 5, "radio"), (6, 11, "mast"), (12, 16, "tall")], {"radio_mast", "mast"})
    [(0, 11)]
    """
    wanted = set(words)
    longest = max((word.count(JOIN) + 1 for word in wanted), default=1)
    found, place = [], 0
    while place < len(spans):
        for length in range(min(longest, len(spans) - place), 0, -1):
            run = spans[place : place + length]
            if JOIN.join(lemma for *_, lemma in run) in wanted:
                found.append((run[0][0], run[-1][1]))
                place += length
                break
        else:
            place += 1
    return found


def mark_text(text: str, marked: Sequence[tuple[int, int]], *, most: int = MOST) -> Pieces:
    """Cut a text into pieces that are marked and pieces that are not.

    Parameters
    ----------
    text : str
    marked : sequence of (int, int)
        From ``marked_spans``.
    most : int
        A longer text is cut at the ends of words to the stretch with most marked words, the first of such.

    Returns
    -------
    tuple of (str, bool)
        In order; joined they are the text, with " …" or "… " where it was cut.

    Examples
    --------
    >>> mark_text("A wiki page.", [(2, 6)])
    (('A ', False), ('wiki', True), (' page.', False))
    """
    start, end = _stretch(text, marked, most)
    pieces, at = [("… ", False)] if start else [], start
    for first, last in marked:
        if start <= first and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end], False), ("" if end == len(text) else " …", False)]
    return tuple((piece, mark) for piece, mark in pieces if piece)


def _stretch(text: str, marked: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    """Start and end of the stretch to show, at ends of words."""
    if len(text) <= most:
        return 0, len(text)
    starts = [0, *(max(0, first - BEFORE) for first, _ in marked)]
    best = max(starts, key=lambda start: (sum(start <= a and b <= start + most for a, b in marked), -start))
    best = min(best, len(text) - most)
    start = best if best == 0 else text.find(" ", best, best + BEFORE) + 1 or best
    end = len(text) if start + most >= len(text) else text.rfind(" ", start, start + most)
    return start, end if end > start else start + most
