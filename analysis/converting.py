"""Pages as a corpus for other tools, with the readers' names hidden unless a user asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import CorpusError, one_of
from analysis.pages.convokit_corpus import convokit_files
from analysis.rows import comments_table, pages_table
from analysis.types import Page

Writer = Callable[..., dict[str, str]]
TARGETS: dict[str, Writer] = {"convokit": convokit_files}  # pages and their ids to texts by file name


def without_names(pages: Sequence[Page]) -> list[Page]:
    """Pages with a pseudonym for every commenter, in names and in bodies, and without links and signatures.

    Parameters
    ----------
    pages : sequence of Page

    Returns
    -------
    list of Page
        In the same order. The essay's author stays named, as an essay is quoted by its author; who did not sign stays
        unsigned. The page's text and chrome, which hold the names as they stood, are left out. Decent, not anonymous:
        see `analysis.aggregate.names`.
    """
    from analysis.aggregate import hide_readers

    hidden = hide_readers(comments_table(pages), pages_table(pages))
    by_page = {key: rows.to_dict("records") for key, rows in hidden.groupby("doc_id", sort=False)}
    return [
        replace(
            page,
            comments=tuple(
                replace(
                    comment,
                    text=row["text"],
                    author=None if comment.author is None else row["author"],
                    author_link=None,
                    signature=None,
                )
                for comment, row in zip(page.comments, by_page.get(page.doc_id, []), strict=True)
            ),
            chrome=(),
            text="",
            parts=(),
        )
        for page in pages
    ]


def write_corpus(pages: Sequence[Page], folder: Path, *, to: str, names: bool = False) -> list[Path]:
    """Write pages as a corpus in another tool's form.

    Parameters
    ----------
    pages : sequence of Page
    folder : Path
        Is made; files of the corpus's names in it are written over.
    to : str
        A key of `TARGETS`.
    names : bool
        Write the commenters' names, links, signatures and the pages' whole texts too.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    CorpusError
        There is no such form or no page, or the folder cannot be written.
    """
    if to not in TARGETS:
        raise CorpusError(one_of("form of corpus", to, TARGETS))
    kept = list({page.doc_id: page for page in pages}.values())
    if not kept:
        raise CorpusError("There is no page to convert. Read a corpus that holds pages.")
    files = TARGETS[to](kept if names else without_names(kept), ids=[page.doc_id for page in kept])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CorpusError(f"The corpus cannot be written to {folder.name!r}: {error.strerror}.") from error
    return [folder / name for name in files]
