"""The view of splits, the pages first of which the reader was least sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis import aggregate as agg
from analysis.errors import CorpusError, one_of
from analysis.splits import by_hand_sentence, count_by_hand
from analysis.splits.lines import LineKind
from analysis.splits.view import Given, PageSplit, show_page
from analysis.splits.view_html import splits_html
from analysis.splits.view_text import splits_text

_SIGNED = ("head", "signature")  # lines in which a name stands as it was signed


@dataclass(frozen=True)
class Splits:
    """Pages as they were split: a notebook shows them in colours, ``print`` as plain text.

    Attributes
    ----------
    pages : tuple of PageSplit
    file : str
        What the corrections file is called.
    intro : str
        What is shown, and of how many.
    """

    pages: tuple[PageSplit, ...]
    file: str
    intro: str

    def __str__(self) -> str:
        return splits_text(self.pages, file=self.file, intro=self.intro)

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return splits_html(self.pages, file=self.file, intro=self.intro)


@dataclass(frozen=True)
class SplitPages:
    """All pages of a corpus as they were split; commenters' names leave it as pseudonyms only.

    Attributes
    ----------
    file : str
        What the corrections file is called.
    """

    file: str
    pages: pd.DataFrame = field(repr=False)
    comments: pd.DataFrame = field(repr=False)  # these two hold commenters' names
    stretches: pd.DataFrame = field(repr=False)
    reasons: tuple[str, ...] = ()  # why a file gave no page

    def show(self, number: int = 10, pages: str | Sequence[str] | None = None) -> Splits:
        """Show how pages were split; see ``Study.splits``."""
        if number < 1:
            raise CorpusError(f"At least one page is shown, found number={number}; 10 are shown by default.")
        ordered = self.pages.sort_values(["confidence", "page", "path"], kind="stable")
        if pages is None:
            chosen = ordered.head(number)
            intro = f"{_count(len(chosen), 'page')} of {len(self.pages):,}, the reader's least sure first."
        else:
            chosen = ordered[ordered["doc_id"].isin(self._named([pages] if isinstance(pages, str) else pages))]
            intro = f"{_count(len(chosen), 'page')} of {len(self.pages):,}."
        found = count_by_hand(self.pages["evidence"], self.reasons)
        if any(found.values()):
            intro += f" {by_hand_sentence(found)}"
        return Splits(tuple(self._shown(chosen)), self.file, intro)

    def _named(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            found = self.pages.loc[(self.pages["page"] == name) | (self.pages["path"] == name), "doc_id"]
            if found.empty:
                raise CorpusError(_no_page(name, [*self.pages["page"]]))
            yield from found

    def _shown(self, chosen: pd.DataFrame) -> Iterator[PageSplit]:
        of_page = agg.commenter_names(self.comments, self.pages)
        own = self.stretches[self.stretches["doc_id"].isin(chosen["doc_id"])]
        about = self._about(own["comment_id"].dropna())
        twice = set(self.pages.loc[self.pages["page"].duplicated(keep=False), "page"])
        grouped = dict(tuple(own.groupby("doc_id", sort=False)))
        for facts in chosen.to_dict("records"):
            doc_id = facts["doc_id"]
            title = facts["title"] if isinstance(facts["title"], str) else facts["page"]
            yield show_page(
                {**{str(key): value for key, value in facts.items()}, "title": title},
                list(_given(grouped[doc_id], about)) if doc_id in grouped else [],
                _hide(of_page.get(doc_id, {})),
                called=facts["path"] if facts["page"] in twice else facts["page"],
            )

    def _about(self, comment_ids: pd.Series) -> dict[str, str]:
        """Of each comment its writer's pseudonym and its day."""
        names = agg.pseudonyms(self.comments)
        own = self.comments[self.comments["comment_id"].isin(comment_ids)]
        return {
            row["comment_id"]: " · ".join(
                [names[row["comment_id"]], row["date"][:10] if isinstance(row["date"], str) else "no date"]
            )
            for row in own.to_dict("records")
        }


def _given(stretches: pd.DataFrame, about: Mapping[str, str]) -> Iterator[Given]:
    for row in stretches.sort_values("number").to_dict("records"):
        comment_id = row["comment_id"] if isinstance(row["comment_id"], str) else None
        yield Given(
            kind=row["kind"],
            comment=None if comment_id is None else int(comment_id.rpartition("-")[2]),
            about="" if comment_id is None or row["kind"] != "comment" else about[comment_id],
            lines=tuple(row["text"].split("\n")),
        )


def _hide(names: Mapping[str, str]) -> Callable[[LineKind, str], str]:
    """Essays stay as they are; elsewhere commenters' names go, and where they sign, in whatever form."""
    anywhere, signed = agg.name_hider(names), agg.name_hider(names, signed=True)

    def hide(kind: LineKind, line: str) -> str:
        if kind in ("essay", "title"):
            return line
        return signed(line) if kind in _SIGNED else anywhere(line)

    return hide


def _no_page(name: str, known: Sequence[str]) -> str:
    if len(known) <= 20:
        return one_of("page", name, known)
    said = one_of("page", name, known)
    near = said.rpartition(" Did you mean ")[2] if " Did you mean " in said else ""
    hint = f" Did you mean {near}" if near else " study.table('pages') lists them."
    return f"No page is called {name!r}.{hint}"


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' if n != 1 else ''}"
