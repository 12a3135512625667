"""Apply to the pages of a corpus all that a person said of them, and refuse what fits no page."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from analysis.errors import CorrectionError
from analysis.splits.correct import BY_HAND, CHECKED, correct_page
from analysis.splits.corrections import CORRECTIONS_FILE, Correction, Corrections, refuse
from analysis.types import Page, Skipped

LEFT_OUT = "Left out by hand: "


def count_by_hand(evidence: Iterable[str], reasons: Iterable[str]) -> dict[str, int]:
    """How many pages were corrected by hand, found to be right, and left out, from what is said of each.

    Parameters
    ----------
    evidence : iterable of str
        Of every page.
    reasons : iterable of str
        Why each of the others gave no page.

    Examples
    --------
    >>> count_by_hand(["corrected by hand (spam)", "a button below each comment"], ["The file is empty."])
    {'corrected': 1, 'found to be right': 0, 'left out': 0}
    """
    said, left = list(evidence), list(reasons)
    return {
        "corrected": sum(one.startswith(BY_HAND) for one in said),
        "found to be right": sum(one.startswith(CHECKED) for one in said),
        "left out": sum(one.startswith(LEFT_OUT) for one in left),
    }


def say_by_hand(pages: Sequence[Page], skipped: Sequence[Skipped]) -> str | None:
    """Say how many pages a person corrected; None where none."""
    found = count_by_hand((page.evidence for page in pages), (item.reason for item in skipped))
    return by_hand_sentence(found) if any(found.values()) else None


def by_hand_sentence(found: Mapping[str, int]) -> str:
    """The counts in words.

    Examples
    --------
    >>> by_hand_sentence({"corrected": 2, "found to be right": 0, "left out": 1})
    'By hand 2 pages were corrected, 1 left out.'
    """
    told = [(n, what) for what, n in found.items() if n]
    first = "page was" if told[0][0] == 1 else "pages were"
    parts = [f"{n:,} {f'{first} ' if i == 0 else ''}{what}" for i, (n, what) in enumerate(told)]
    return f"By hand {', '.join(parts)}."


def correct_pages(
    pages: Sequence[Page], skipped: Sequence[Skipped], corrections: Corrections, *, name: str = CORRECTIONS_FILE
) -> tuple[list[Page], list[Skipped]]:
    """Apply a corpus's corrections.

    Parameters
    ----------
    pages : sequence of Page
        As read.
    skipped : sequence of Skipped
        What gave no page; a correction of one of these is refused with its reason.
    corrections : Corrections
        By page name, or by path where two pages have one name.
    name : str
        What the sentences of an error call the file.

    Returns
    -------
    list of Page
        In the same order, without those left out.
    list of Skipped
        The pages left out by hand, with the reason given.

    Raises
    ------
    CorrectionError
        With every fault of the file: a page that is not there (the nearest is named), words that are not on it.

    Examples
    --------
    >>> from analysis.splits import parse_corrections
    >>> page = Page("rain", "rain.html", "html", "It rains.")
    >>> said = parse_corrections('[rain]\\nleave_out = "Only a weather report."')
    >>> correct_pages([page], [], said)[1][0].reason
    'Left out by hand: Only a weather report.'
    """
    by_page: dict[int, Correction] = {}
    faults = []
    for called, correction in corrections.pages.items():
        try:
            at = _find(called, pages, skipped)
            if at in by_page:
                raise CorrectionError("the page has a section by its name and one by its path; write one.")
            by_page[at] = correction
        except CorrectionError as error:
            faults.append(f"[{called!r}]: {error}")
    kept, left, wrong = _apply(pages, by_page)
    refuse(name, faults + wrong)
    return kept, left


def _apply(pages: Sequence[Page], by_page: Mapping[int, Correction]) -> tuple[list[Page], list[Skipped], list[str]]:
    kept: list[Page] = []
    left: list[Skipped] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for i, page in enumerate(pages):
        correction = by_page.get(i)
        if correction is not None and correction.leave_out:
            left.append(Skipped(page.page, page.path, page.format, LEFT_OUT + correction.leave_out))
            continue
        try:
            made = page if correction is None else correct_page(page, correction)
        except CorrectionError as error:
            faults.append(f"[{page.page!r}]: {error}")
            continue
        if made.doc_id in seen:  # corrected, it says what another page of its name says
            left.append(
                Skipped(page.page, page.path, page.format, f"It is the same page as {seen[made.doc_id]}, as corrected.")
            )
            continue
        seen[made.doc_id] = made.path
        kept.append(made)
    return kept, left, faults


def _find(called: str, pages: Sequence[Page], skipped: Sequence[Skipped]) -> int:
    """Which page is meant by a name or a path."""
    found = [i for i, page in enumerate(pages) if page.page == called]
    found = found or [i for i, page in enumerate(pages) if page.path == called]
    if len(found) == 1:
        return found[0]
    if found and pages[found[0]].page == called:
        paths = ", ".join(sorted(f'["{pages[i].path}"]' for i in found[:4]))
        raise CorrectionError(f"{len(found)} pages have this name; write the path of the one that is meant: {paths}.")
    if found:
        names = ", ".join(f'["{pages[i].page}"]' for i in found[:3])
        raise CorrectionError(f"this file holds {len(found)} pages; write the name of one of them: {names} ...")
    why = next((item.reason for item in skipped if called in (item.page, item.path)), None)
    if why is not None:
        raise CorrectionError(f"this page was not read, so there is nothing to correct. {why}")
    near = difflib.get_close_matches(called, {name for page in pages for name in (page.page, page.path)}, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "the table of pages (study.table('pages')) has their names."
    raise CorrectionError(f"no page of the corpus is called so; {hint}")
