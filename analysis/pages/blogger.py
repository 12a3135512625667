"""Read a Blogger export (Atom, of both generations): every published post with its comments and threads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from analysis.errors import PageError
from analysis.pages.dates import parse_date
from analysis.pages.essay_markup import part_injected
from analysis.pages.export_parts import child_text, fragment_text, local, plain, reply_positions, stream_xml
from analysis.pages.html_tree import Element
from analysis.text import language_of
from analysis.types import Comment, Page

STATUS = {"LIVE": "approved", "PENDING": "pending", "PENDING_MODERATION": "pending", "SPAM": "spam",
          "SPAM_COMMENT": "spam", "SOFT_TRASHED": "trash", "GHOSTED": "spam"}  # fmt: skip
_NUMBER = re.compile(r"(?:post-|page-|comments/default/|posts/default/|#c)(\d+)")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the feed: a post or a comment."""

    key: str
    kind: str
    text: str
    title: str | None
    author: str | None
    link: str | None
    date: str | None
    post: str | None
    parent: str | None
    status: str


class BloggerFormat:
    """Plug-in for Blogger exports."""

    name = "blogger"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether the first bytes say that this is a Blogger feed.

        Examples
        --------
        >>> BLOGGER.accepts("blog.xml", b'<feed><id>tag:blogger.com,1999:blog-1.archive</id>')
        True
        """
        head = head.replace(b"\x00", b"")
        return b"<feed" in head and (b"blogger.com" in head or b"google.com/blogger" in head)

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give one page a published post, named ``page#number``, in the order of the file.

        A draft is kept only for its comments; comments whose post is missing stand on a page of its number without
        a text.

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
            The file is no whole XML, or holds no published post.
        """
        posts: dict[str, _Entry] = {}
        comments: dict[str, list[_Entry]] = {}
        broken: PageError | None = None
        try:
            for element in stream_xml(raw, ("entry",)):
                entry = _entry(element)
                if entry.kind == "comment" and entry.text and entry.post:
                    comments.setdefault(entry.post, []).append(entry)
                elif entry.kind in ("post", "page"):
                    posts[entry.key] = entry
        except PageError as error:
            broken = error
        given = 0
        for key in dict.fromkeys([*posts, *comments]):
            post = posts.get(key) or _Entry(key, "post", "", None, None, None, None, None, None, "approved")
            if comments.get(key) or (post.text and post.status == "approved"):
                given += 1
                yield _page_of(post, comments.get(key, []), page, path)
        if broken is not None:
            raise broken
        if not given:
            raise PageError("The Blogger export holds no published post. Export the blog with its content.")


BLOGGER = BloggerFormat()


def _entry(element: Element) -> _Entry:
    own = child_text(element, "id") or ""
    found = _NUMBER.search(own)
    author = next((child for child in element if local(child) == "author"), None)
    post, parent = _references(element)
    removed = any("contentRemoved" in (e.get("name") or "") and e.get("value") == "true" for e in element)
    return _Entry(
        key=found[1] if found else own,
        kind=_kind(element),
        text=fragment_text(_content(element), marks=_kind(element) == "comment"),
        title=plain(fragment_text(child_text(element, "title") or "")),
        author=plain(child_text(author, "name")) if author is not None else None,
        link=child_text(author, "uri") if author is not None else None,
        date=child_text(element, "published"),
        post=post,
        parent=parent,
        status="trash" if removed else _status(element),
    )


def _content(element: Element) -> str:
    """The HTML of an entry, which stands there as a text or, in an old feed, as elements."""
    for name in ("content", "summary"):
        for child in element:
            if local(child) == name and len(child):
                return etree.tostring(child, encoding="unicode", method="html", with_tail=False)
        said = child_text(element, name)
        if said:
            return said
    return ""


def _kind(element: Element) -> str:
    """ "post", "page", "comment", or another kind of entry ("template", "settings")."""
    said = child_text(element, "type")  # the feeds of 2024 and later say it in an element of its own
    if said:
        return said.lower()
    terms = (child.get("term") or "" for child in element if local(child) == "category")
    return next((term.rpartition("#")[2] for term in terms if "kind#" in term), "")


def _status(element: Element) -> str:
    said = child_text(element, "status")
    if said:
        return STATUS.get(said.upper(), "pending")
    draft = any(local(inner) == "draft" and inner.text == "yes" for inner in element.iter())
    return "pending" if draft else "approved"


def _references(element: Element) -> tuple[str | None, str | None]:
    """The numbers of the post a comment stands under and of the comment it answers."""
    post = parent = None
    for child in element:
        name = local(child)
        if name == "in-reply-to":
            found = _NUMBER.search(child.get("ref") or child.get("source") or "")
            post = found[1] if found else post
        elif name == "parent":
            found = _NUMBER.search(child.text or "")
            post = found[1] if found else post
        elif name == "inReplyTo":
            found = _NUMBER.search(child.text or "")
            parent = found[1] if found else parent
        elif name == "link" and child.get("rel") == "related":
            found = _NUMBER.search(child.get("href") or "")
            parent = found[1] if found else parent
    return post, parent


def _page_of(post: _Entry, entries: list[_Entry], page: str, path: str) -> Page:
    essay, injected = part_injected(post.text)
    entries = sorted(entries, key=lambda entry: entry.date or "")
    answers = reply_positions([e.key for e in entries], [e.parent for e in entries])
    comments = tuple(
        Comment(
            text=entry.text,
            author=entry.author,
            author_link=entry.link,
            date=parse_date(entry.date) if entry.date else None,
            date_raw=entry.date,
            reply_to=answer,
            by_essay_author=_same_person(entry, post),
            platform_status=entry.status,
        )
        for entry, answer in zip(entries, answers, strict=True)
    )
    return Page(
        page=f"{page}#{post.key}",
        path=path,
        format=BLOGGER.name,
        essay=essay,
        comments=comments,
        injected_spam=injected,
        evidence="the export file says which text is whose",
        title=post.title,
        author=post.author,
        date=parse_date(post.date) if post.date else None,
        language=language_of(essay),
    )


def _same_person(entry: _Entry, post: _Entry) -> bool:
    """By profile where both have one, else by name."""
    if entry.link and post.link:
        return entry.link == post.link
    return entry.author is not None and entry.author == post.author
