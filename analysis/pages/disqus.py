"""Read a Disqus export: every thread with its comments; the essays themselves are not in such a file.

Join the pages with the essays by their links or titles before topics are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.errors import PageError
from analysis.pages.dates import parse_date
from analysis.pages.export_parts import child_text, fragment_text, local, plain, reply_positions, stream_xml
from analysis.pages.html_tree import Element
from analysis.types import Comment, Page


@dataclass(slots=True)
class _Thread:
    """A thread and its comments as rows of (id, parent's id, comment)."""

    title: str | None = None
    author: str | None = None
    user: str | None = None
    date: str | None = None
    text: str = ""
    closed: bool | None = None
    rows: list[tuple[str | None, str | None, str | None, Comment]] = field(default_factory=list)


class DisqusFormat:
    """Plug-in for Disqus exports."""

    name = "disqus"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether the first bytes say that this is a Disqus export.

        Examples
        --------
        >>> DISQUS.accepts("all.xml", b'<?xml version="1.0"?><disqus xmlns="http://disqus.com">')
        True
        """
        return b"<disqus" in head.replace(b"\x00", b"")

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give one page a thread that has comments, named ``page#thread``, in the order of the file.

        Comments whose thread is missing from the file are kept under a page of that thread's number without a title.

        Parameters
        ----------
        raw : bytes
            The export file.
        page, path : str
            The file's name without endings, and where it was read.

        Yields
        ------
        Page

        Raises
        ------
        PageError
            The file is no whole XML, or holds no comment.
        """
        threads: dict[str, _Thread] = {}
        broken: PageError | None = None
        try:
            for element in stream_xml(raw, ("thread", "post")):
                if local(element) == "post":
                    _add_post(element, threads)
                else:
                    _add_thread(element, threads)
        except PageError as error:
            broken = error
        kept = {key: thread for key, thread in threads.items() if thread.rows}
        for key, thread in kept.items():
            yield _page_of(key, thread, page, path)
        if broken is not None:
            raise broken
        if not kept:
            raise PageError("The Disqus export holds no comment. Export the site's comments again.")


DISQUS = DisqusFormat()


def _id(element: Element) -> str | None:
    return next(
        (value for name, value in element.attrib.items() if name.rpartition("}")[2].rpartition(":")[2] == "id"), None
    )


def _flag(element: Element, name: str) -> bool:
    return (child_text(element, name) or "").lower() == "true"


def _person(element: Element) -> tuple[str | None, str | None]:
    """The name shown and the user name of an author; an anonymous author has no user name."""
    author = next((child for child in element if local(child) == "author"), None)
    if author is None:
        return None, None
    return plain(child_text(author, "name")), child_text(author, "username")


def _add_thread(element: Element, threads: dict[str, _Thread]) -> None:
    thread = threads.setdefault(_id(element) or str(len(threads) + 1), _Thread())
    thread.title = plain(fragment_text(child_text(element, "title") or ""))
    thread.author, thread.user = _person(element)
    thread.date = child_text(element, "createdAt")
    thread.text = fragment_text(child_text(element, "message") or "")
    closed = child_text(element, "isClosed")
    thread.closed = None if closed is None else closed.lower() == "true"


def _add_post(element: Element, threads: dict[str, _Thread]) -> None:
    text = fragment_text(child_text(element, "message") or "", marks=True)
    home = next((_id(child) for child in element if local(child) == "thread"), None)
    if not text or home is None:
        return
    name, user = _person(element)
    when = child_text(element, "createdAt")
    status = "spam" if _flag(element, "isSpam") else "trash" if _flag(element, "isDeleted") else "approved"
    if status == "approved" and (child_text(element, "isApproved") or "true").lower() == "false":
        status = "pending"
    parent = next((_id(child) for child in element if local(child) == "parent"), None)
    comment = Comment(
        text=text, author=name, date=parse_date(when) if when else None, date_raw=when, platform_status=status
    )
    threads.setdefault(home, _Thread()).rows.append((_id(element), parent, user, comment))


def _page_of(key: str, thread: _Thread, page: str, path: str) -> Page:
    answers = reply_positions([row[0] for row in thread.rows], [row[1] for row in thread.rows])
    comments = []
    for (_, _, user, comment), answer in zip(thread.rows, answers, strict=True):
        own = user == thread.user if user and thread.user else False
        comments.append(
            Comment(
                text=comment.text,
                author=comment.author,
                date=comment.date,
                date_raw=comment.date_raw,
                reply_to=answer,
                by_essay_author=own,
                platform_status=comment.platform_status,
            )
        )
    return Page(
        page=f"{page}#{key}",
        path=path,
        format=DISQUS.name,
        essay=thread.text,
        comments=tuple(comments),
        evidence="the export file says which text is whose; it does not hold the essays",
        title=thread.title,
        author=thread.author,
        date=parse_date(thread.date) if thread.date else None,
        comments_open=None if thread.closed is None else not thread.closed,
    )
