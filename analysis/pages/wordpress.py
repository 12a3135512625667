"""Read a WordPress export (WXR 1.0 to 1.2): every post with its comments, pingbacks and what the blog held back.

Drafts, menus, attachments and revisions without comments are left out: no reader saw them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from analysis.errors import PageError
from analysis.pages.dates import parse_date
from analysis.pages.essay_markup import part_injected
from analysis.pages.export_parts import child_text, fragment_text, local, plain, reply_positions, stream_xml
from analysis.pages.html_tree import Element
from analysis.text import language_of
from analysis.types import Comment, Kind, Page

STATUS = {"1": "approved", "approved": "approved", "0": "pending", "hold": "pending", "spam": "spam", "trash": "trash",
          "post-trashed": "trash"}  # fmt: skip
PUBLIC_TYPES = frozenset({"post", "page"})
PINGS = frozenset({"pingback", "trackback", "webmention"})
WRITTEN = frozenset({"", "comment", "review"})  # other types are notes of shop and log plug-ins, not readers' words


class WordPressFormat:
    """Plug-in for WordPress exports."""

    name = "wordpress"

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether the first bytes say that this is a WordPress export.

        Examples
        --------
        >>> WORDPRESS.accepts("blog.xml", b'<rss xmlns:wp="http://wordpress.org/export/1.2/">')
        True
        """
        head = head.replace(b"\x00", b"")
        return b"wordpress.org/export" in head or b"WordPress eXtended RSS" in head

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give one page a post, named ``page#post_id``, in the order of the file.

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
            The file is no whole XML or holds no post; posts before a break are given first.
        """
        writers: dict[str, tuple[str, str]] = {}  # login -> (user id, name shown)
        taken: dict[str, int] = {}
        given = 0
        for element in stream_xml(raw, ("author", "item")):
            if local(element) == "author":
                login = child_text(element, "author_login")
                if login:
                    shown = child_text(element, "author_display_name") or login
                    writers[login] = (child_text(element, "author_id") or "", shown)
                continue
            made = _page_of(element, writers, page, path, taken)
            if made is not None:
                given += 1
                yield made
        if not given:
            raise PageError("The WordPress export holds no published post and no comment. Export 'All content'.")


WORDPRESS = WordPressFormat()


def _page_of(
    item: Element, writers: dict[str, tuple[str, str]], page: str, path: str, taken: dict[str, int]
) -> Page | None:
    """One post with its comments, or None for what no reader saw."""
    login = child_text(item, "creator") or ""
    user, author = writers.get(login, ("", login))
    comments = _comments(item, user, {author, login})
    kind, status = child_text(item, "post_type") or "post", child_text(item, "status") or "publish"
    if not comments and (kind not in PUBLIC_TYPES or status != "publish"):
        return None
    essay, injected = part_injected(fragment_text(_content(item)))
    if not essay and not comments:
        return None
    name = child_text(item, "post_id") or child_text(item, "post_name") or str(len(taken) + 1)
    again = taken.get(name, 0)
    taken[name] = again + 1
    openness = child_text(item, "comment_status")
    return Page(
        page=f"{page}#{name}" + (f"+{again}" if again else ""),
        path=path,
        format=WORDPRESS.name,
        essay=essay,
        comments=comments,
        injected_spam=injected,
        evidence="the export file says which text is whose",
        title=plain(fragment_text(child_text(item, "title") or "")),
        author=plain(author),
        date=local_time(child_text(item, "post_date"), child_text(item, "post_date_gmt"))
        or parse_date(child_text(item, "pubDate") or ""),
        language=language_of(essay),
        comments_open={"open": True, "closed": False}.get(openness or ""),
    )


def _content(item: Element) -> str:
    """The post's own text; ``excerpt:encoded`` has the same local name and is not it."""
    for child in item:
        if local(child) == "encoded" and "excerpt" not in str(child.tag):
            return "".join(child.itertext())
    return ""


def _comments(item: Element, user: str, names: set[str]) -> tuple[Comment, ...]:
    """The comments of a post; empty ones and notes of plug-ins are left out."""
    rows = []
    for node in item:
        if local(node) != "comment":
            continue
        kind = (child_text(node, "comment_type") or "").lower()
        text = fragment_text(child_text(node, "comment_content") or "", marks=True)
        if text and (kind in WRITTEN or kind in PINGS):
            rows.append((node, kind, text))
    answers = reply_positions(
        [child_text(node, "comment_id") for node, _, _ in rows],
        [child_text(node, "comment_parent") for node, _, _ in rows],
    )
    return tuple(_comment(row, answer, user, names) for row, answer in zip(rows, answers, strict=True))


def _comment(row: tuple[Element, str, str], answer: int | None, user: str, names: set[str]) -> Comment:
    node, kind, text = row
    author = plain(fragment_text(child_text(node, "comment_author") or ""))
    writer = child_text(node, "comment_user_id") or "0"
    when = child_text(node, "comment_date")
    what: Kind = "pingback" if kind in PINGS else "comment"
    own = (writer != "0" and writer == user) or (author is not None and author in names and writer != "0")
    return Comment(
        text=text,
        author=author,
        author_link=child_text(node, "comment_author_url"),
        date=local_time(when, child_text(node, "comment_date_gmt")),
        date_raw=when or child_text(node, "comment_date_gmt"),
        reply_to=answer,
        by_essay_author=own and what == "comment",
        kind=what,
        platform_status=STATUS.get((child_text(node, "comment_approved") or "1").lower(), "pending"),
    )


def local_time(local_stamp: str | None, utc_stamp: str | None) -> str | None:
    """Join WordPress's local and universal time into one moment with its offset.

    Parameters
    ----------
    local_stamp, utc_stamp : str or None
        Such as "2010-03-16 03:48:27"; "0000-00-00 00:00:00" stands for none.

    Returns
    -------
    str or None
        ISO 8601; without an offset where universal time is missing or would give one that exists nowhere.

    Examples
    --------
    >>> local_time("2010-03-16 03:48:27", "2010-03-16 08:48:27")
    '2010-03-16T03:48:27-05:00'
    >>> local_time("2010-03-16 03:48:27", None), local_time("0000-00-00 00:00:00", None)
    ('2010-03-16T03:48:27', None)
    >>> local_time(None, "2010-03-16 08:48:27")
    '2010-03-16T08:48:27+00:00'
    """
    here, there = (parse_date(stamp) if stamp else None for stamp in (local_stamp, utc_stamp))
    if not here and there and len(there) == 19:
        return f"{there}+00:00"
    if not here or not there or len(here) != 19 or len(there) != 19:
        return here or there
    gap = datetime.fromisoformat(here) - datetime.fromisoformat(there)
    quarter = timedelta(minutes=15 * round(gap / timedelta(minutes=15)))
    if abs(quarter) > timedelta(hours=14) or abs(gap - quarter) > timedelta(seconds=5):
        return here
    return datetime.fromisoformat(here).replace(tzinfo=timezone(quarter)).isoformat()
