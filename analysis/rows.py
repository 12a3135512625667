"""From pages to tables, and from pages to the JSON rows of the command line and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.errors import PageError
from analysis.text import words
from analysis.types import Comment, Page, Skipped

if TYPE_CHECKING:
    import pandas as pd


def page_as_json(page: Page) -> dict[str, Any]:
    """One row of ``python -m analysis read``: a page with its essay, comments, injected spam and chrome.

    Parameters
    ----------
    page : Page

    Returns
    -------
    dict
        Ready for ``json.dumps``; ``reply_to`` counts from 0 in ``comments``.
    """
    return {
        "page": page.page,
        "path": page.path,
        "format": page.format,
        "title": page.title,
        "author": page.author,
        "date": page.date,
        "language": page.language,
        "essay": page.essay,
        "comments": [
            {
                "author": c.author,
                "author_link": c.author_link,
                "date": c.date or c.date_raw,
                "text": c.text,
                "reply_to": c.reply_to,
                "by_essay_author": c.by_essay_author,
                "kind": c.kind,
                "signature": c.signature,
                "platform_status": c.platform_status,
            }
            for c in page.comments
        ],
        "injected_spam": list(page.injected_spam),
        "chrome": list(page.chrome),
        "comments_open": page.comments_open,
        "confidence": round(page.confidence, 3),
        "evidence": page.evidence,
    }


def page_from_json(row: Mapping[str, Any]) -> Page:
    """Read a row of ``pages.jsonl`` back into a page.

    Raises
    ------
    PageError
        If the row is not a page's: no ``page``, no ``essay``, or a comment without text.
    """
    try:
        comments = tuple(
            Comment(
                text=c["text"],
                author=c.get("author"),
                author_link=c.get("author_link"),
                date=c.get("date"),
                reply_to=c.get("reply_to"),
                by_essay_author=bool(c.get("by_essay_author")),
                kind=c.get("kind", "comment"),
                signature=c.get("signature"),
                platform_status=c.get("platform_status"),
            )
            for c in row.get("comments") or []
        )
        return Page(
            page=str(row["page"]),
            path=row.get("path") or "",
            format=row.get("format") or "",
            essay=row["essay"] or "",
            comments=comments,
            injected_spam=tuple(row.get("injected_spam") or ()),
            chrome=tuple(row.get("chrome") or ()),
            confidence=row.get("confidence", 1.0),
            evidence=row.get("evidence") or "",
            title=row.get("title"),
            author=row.get("author"),
            date=row.get("date"),
            language=row.get("language"),
            comments_open=row.get("comments_open"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PageError(
            f"A row of the pages file is not a page ({type(error).__name__}: {error}); "
            "it needs at least 'page' and 'essay', as `python -m analysis read` writes them."
        ) from error


def pages_table(pages: Iterable[Page]) -> pd.DataFrame:
    """Table of pages: one row a page, in the order given; columns as in ``tables.PAGES``."""
    import pandas as pd

    from analysis.tables import PAGES

    rows = [
        {
            "doc_id": p.doc_id,
            "page": p.page,
            "path": p.path,
            "format": p.format,
            "title": p.title,
            "author": p.author,
            "date": p.date,
            "language": p.language,
            "essay": p.essay,
            "essay_words": len(words(p.essay)),
            "comments_open": p.comments_open,
            "confidence": round(p.confidence, 3),
            "evidence": p.evidence,
        }
        for p in pages
    ]
    return pd.DataFrame(rows, columns=list(PAGES.columns), dtype=object).astype(
        {"essay_words": "int64", "confidence": "float64"}
    )


def comments_table(pages: Sequence[Page]) -> pd.DataFrame:
    """Table of comments and pingbacks: one row each, by page, then page order; columns as in ``tables.COMMENTS``.

    ``comment_id`` is the page's ``doc_id`` and the comment's number on it; ``reply_to`` is a ``comment_id`` or None.
    """
    import pandas as pd

    from analysis.tables import COMMENTS

    rows = [
        {
            "comment_id": comment_id(doc_id, number),
            "doc_id": doc_id,
            "number": number,
            "kind": c.kind,
            "author": c.author,
            "author_link": c.author_link,
            "date": c.date,
            "text": c.text,
            "reply_to": None if c.reply_to is None else comment_id(doc_id, c.reply_to),
            "by_essay_author": c.by_essay_author,
            "signature": c.signature,
            "platform_status": c.platform_status,
        }
        for doc_id, comments in ((page.doc_id, page.comments) for page in pages)  # once a page: it hashes all of it
        for number, c in enumerate(comments)
    ]
    return pd.DataFrame(rows, columns=list(COMMENTS.columns), dtype=object).astype(
        {"number": "int64", "by_essay_author": "bool"}
    )


def injected_table(pages: Iterable[Page]) -> pd.DataFrame:
    """Table of spam paragraphs found inside essays: one row each; columns as in ``tables.INJECTED``."""
    import pandas as pd

    from analysis.tables import INJECTED

    rows = [
        {"item": f"injected-{doc_id}-{n}", "doc_id": doc_id, "text": text}
        for doc_id, texts in ((p.doc_id, p.injected_spam) for p in pages)
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows, columns=list(INJECTED.columns), dtype=object)


def skipped_table(skipped: Iterable[Skipped]) -> pd.DataFrame:
    """Table of what gave no page: one row each with its reason; columns as in ``tables.SKIPPED``."""
    import pandas as pd

    from analysis.tables import SKIPPED

    rows = [{"path": s.path, "page": s.page, "format": s.format, "reason": s.reason} for s in skipped]
    return pd.DataFrame(rows, columns=list(SKIPPED.columns), dtype=object)


def comment_id(doc_id: str, number: int) -> str:
    """Name of a comment: its page's ``doc_id`` and its number from 0 in page order.

    Examples
    --------
    >>> comment_id("0123456789ab", 4)
    '0123456789ab-0004'
    """
    return f"{doc_id}-{number:04d}"
