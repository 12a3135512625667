"""What the stages hand to each other: a page with its parts, and its comments. All frozen, all checked when made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Kind = Literal["comment", "pingback"]
PartKind = Literal["essay", "comment", "injected_spam", "chrome"]
Label = Literal["agreeing", "extending", "spam"]
Position = Literal["for", "against", "unclear"]
LABELS: tuple[Label, ...] = get_args(Label)
POSITIONS: tuple[Position, ...] = get_args(Position)


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment, or a pingback, as it stood on its page.

    Attributes
    ----------
    text : str
        The body; paragraphs are separated by a line break. Never empty.
    author, author_link : str or None
        The name as signed and the address it links to.
    date : str or None
        ISO 8601, as precise as the page was, with its time zone where one was given.
    date_raw : str or None
        The date as the page had it.
    reply_to : int or None
        Position (from 0) in the page's comments of the comment this one answers.
    by_essay_author : bool
        Whether the essay's own author wrote it.
    kind : {"comment", "pingback"}
    signature : str or None
        A signature cut from the foot of the body.
    platform_status : str or None
        What an export file says of it (approved, pending, spam, trash).
    """

    text: str
    author: str | None = None
    author_link: str | None = None
    date: str | None = None
    date_raw: str | None = None
    reply_to: int | None = None
    by_essay_author: bool = False
    kind: Kind = "comment"
    signature: str | None = None
    platform_status: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A comment needs a text; leave an empty one out and count it.")
        if self.kind not in get_args(Kind):
            raise ValueError(f"A comment's kind is one of {get_args(Kind)}, not {self.kind!r}.")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page's text and what it is: ``page.text[start:end]``, in characters."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page, split: essay, comments, injected spam and page chrome.

    Attributes
    ----------
    page : str
        The file's name without folders and endings; ``STEM#POST`` for a post of an export file.
    path, format : str
        Where it was read, and by which reader.
    essay : str
        The essay, paragraphs separated by a line break; may be empty.
    comments : tuple of Comment
        In page order; ``reply_to`` counts in this tuple.
    injected_spam, chrome : tuple of str
        Spam paragraphs found inside the essay; buttons, forms and other page furniture.
    confidence : float
        From 0 to 1: how sure the split is.
    evidence : str
        Which cue decided, in words.
    title, author, date, language : str or None
        As given by the page; ``language`` is an ISO 639-1 code.
    comments_open : bool or None
        Whether a comment form or an open thread was seen; None where the page does not say.
    text : str
        The page as one text, where the reader works on a text; else empty.
    parts : tuple of Part
        What each stretch of ``text`` is, in order and without overlap.
    """

    page: str
    path: str
    format: str
    essay: str
    comments: tuple[Comment, ...] = ()
    injected_spam: tuple[str, ...] = ()
    chrome: tuple[str, ...] = ()
    confidence: float = 1.0
    evidence: str = ""
    title: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None
    comments_open: bool | None = None
    text: str = ""
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"A page's confidence lies between 0 and 1, not at {self.confidence}.")
        for position, comment in enumerate(self.comments):
            if comment.reply_to is not None and not 0 <= comment.reply_to < len(self.comments):
                raise ValueError(f"Comment {position} answers comment {comment.reply_to}, which does not exist.")
            if comment.reply_to == position:
                raise ValueError(f"Comment {position} answers itself.")
        last = 0
        for part in self.parts:
            if not last <= part.start < part.end <= len(self.text):
                raise ValueError(
                    f"Part {part} overlaps another or lies outside the page's {len(self.text)} characters."
                )
            last = part.end

    @property
    def doc_id(self) -> str:
        """Twelve hexadecimal digits from the content alone: the same whatever the folder, order or machine."""
        content = [self.page, self.title, self.essay, [[c.author, c.date, c.text] for c in self.comments]]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that gave no page, with the reason; one row of the attrition table."""

    page: str
    path: str
    format: str | None
    reason: str


class PageFormat(Protocol):
    """Plug-in point one: a reader for one format of page."""

    name: str

    def accepts(self, name: str, head: bytes) -> bool:
        """Whether a file of this name and these first 4,096 bytes is for this reader."""
        ...

    def read(self, raw: bytes, *, page: str, path: str) -> Iterator[Page]:
        """Give the pages in the bytes of one file; raise ``PageError`` with a reason where there is none."""
        ...
