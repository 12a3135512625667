"""Turn pages into a ConvoKit corpus: the essay is the root of a conversation, its comments are the utterances below it.

All that a page holds goes along as meta data, so that `convokit` reads the essay's page back as it was, also after the
library has loaded the corpus and written it out again. Names are written as the pages have them: hide them first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from analysis.pages.export_parts import reply_positions
from analysis.types import Comment, Page, Part

MARK = "below_the_line"  # in a root's meta: this corpus was written here, and by which version of this form
FORM = 1
ESSAY_KEYS = tuple(f.name for f in fields(Page) if f.name not in ("essay", "comments", "parts"))
COMMENT_KEYS = tuple(f.name for f in fields(Comment) if f.name not in ("text", "reply_to"))
_TYPES = {"confidence": "float", "comments_open": "bool", "by_essay_author": "bool", "injected_spam": "list",
          "chrome": "list", "parts": "list", MARK: "int"}  # fmt: skip
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[+-]\d\d:\d\d)?)?)?)?")
_ABOUT = ("page", "title", "author", "date", "language", "format")  # what a conversation's own meta repeats


def convokit_files(pages: Sequence[Page], *, ids: Sequence[str] | None = None) -> dict[str, str]:
    """The five files of a ConvoKit corpus.

    Parameters
    ----------
    pages : sequence of Page
        In the order of the corpus.
    ids : sequence of str, optional
        One a page, all different: names of the conversations. Their ``doc_id`` by default; a comment is named by it
        and the comment's number from 0 in four digits, as in the table of comments.

    Returns
    -------
    dict of str to str
        Text by file name, all ASCII: ``utterances.jsonl``, ``speakers.json``, ``conversations.json``, ``corpus.json``,
        ``index.json``.

    Notes
    -----
    The form is that of ConvoKit 3 to 5 (Chang et al. 2020, "ConvoKit: A toolkit for the analysis of conversations"). An
    utterance needs a speaker: who signs alike is one speaker, who does not sign is one alone, and the essay's author
    is one with the comments known to be theirs. ``timestamp`` is in seconds; it is None where a page gives no day,
    and takes a time without a zone as universal time (the date itself is in the meta data as it was).

    Examples
    --------
    >>> page = Page("soup", "soup.txt", "html", "Boil it.", (Comment("Yes.", author="Bo"),))
    >>> files = convokit_files([page], ids=["s"])
    >>> root, answer = map(json.loads, files["utterances.jsonl"].splitlines())
    >>> answer["id"], answer["speaker"], answer["reply-to"], root["meta"]["page"]
    ('s-0000', 'Bo', 's', 'soup')
    """
    keys = [page.doc_id for page in pages] if ids is None else list(ids)
    if len(set(keys)) != len(pages) or len(keys) != len(pages):
        raise ValueError("Each page of a ConvoKit corpus needs an id of its own.")
    rows = [row for page, key in zip(pages, keys, strict=True) for row in _utterances(page, key)]
    speakers = dict.fromkeys(row["speaker"] for row in rows)
    about = {key: {name: getattr(page, name) for name in _ABOUT} for page, key in zip(pages, keys, strict=True)}
    return {
        "utterances.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "speakers.json": json.dumps({name: {"meta": {}, "vectors": []} for name in speakers}),
        "conversations.json": json.dumps({key: {"meta": meta, "vectors": []} for key, meta in about.items()}),
        "corpus.json": json.dumps({"name": "pages with comments", MARK: FORM}),
        "index.json": json.dumps(
            {
                "utterances-index": _index((MARK, *ESSAY_KEYS, "parts", *COMMENT_KEYS)),
                "speakers-index": {},
                "conversations-index": _index(_ABOUT),
                "overall-index": _index(("name", MARK)),
                "version": 1,
                "vectors": [],
            }
        ),
    }


def _index(keys: Sequence[str]) -> dict[str, list[str]]:
    """The type of each field; ConvoKit writes no field out again that it does not find here."""
    return {key: [f"<class '{_TYPES.get(key, 'str')}'>"] for key in keys}


def _utterances(page: Page, key: str) -> list[dict[str, Any]]:
    """The essay's row and one a comment."""
    writer = page.author or f"author of {key}"
    meta = {MARK: FORM, **{name: getattr(page, name) for name in ESSAY_KEYS}}
    meta["parts"] = [[part.kind, part.start, part.end] for part in page.parts]
    names = [f"{key}-{number:04d}" for number in range(len(page.comments))]
    rows: list[dict[str, Any]] = [{"id": key, "text": page.essay, "speaker": writer, "meta": meta, "reply-to": None}]
    for name, comment in zip(names, page.comments, strict=True):
        rows.append(
            {
                "id": name,
                "text": comment.text,
                "speaker": writer if comment.by_essay_author else comment.author or f"unsigned {name}",
                "meta": {field: getattr(comment, field) for field in COMMENT_KEYS},
                "reply-to": key if comment.reply_to is None else names[comment.reply_to],
            }
        )
    for row in rows:
        row |= {"conversation_id": key, "timestamp": _seconds(row["meta"]["date"]), "vectors": []}
    return rows


def _seconds(date: str | None) -> int | None:
    """Seconds since 1970 of a date that names a day."""
    if date is None or len(date) < len("2012-05-03"):
        return None
    try:
        when = datetime.fromisoformat(date)
    except ValueError:
        return None
    return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())


def page_from_utterances(root: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Page | None:
    """The page that `convokit_files` wrote, or None where the utterances come from elsewhere or were changed so far
    that they are no such page any more.

    Parameters
    ----------
    root : mapping
        The essay's utterance.
    rows : sequence of mapping
        The comments', in page order.
    """
    meta = root.get("meta")
    if not isinstance(meta, dict) or meta.get(MARK) != FORM:
        return None
    try:
        answers = reply_positions(
            [row["id"] for row in rows], [row.get("reply-to", row.get("reply_to")) for row in rows]
        )
        comments = tuple(
            Comment(
                text=_trimmed(row["text"]),
                reply_to=answer,
                **{name: _checked(name, row["meta"][name]) for name in COMMENT_KEYS},
            )
            for row, answer in zip(rows, answers, strict=True)
        )
        about = {name: _checked(name, meta[name]) for name in ESSAY_KEYS}
        parts = tuple(Part(kind, start, end) for kind, start, end in meta["parts"])
        essay = _string(root["text"])
        return Page(essay=essay, comments=comments, parts=parts, **about) if essay or comments else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _checked(name: str, value: Any) -> Any:
    """A field of meta data in the type that pages have it in; TypeError where it is of another."""
    if name in ("injected_spam", "chrome"):
        return tuple(_string(line) for line in value)
    if name == "confidence":
        return float(value)
    if name == "date" and value is not None and not _DAY.fullmatch(value):
        raise ValueError(value)
    if name in ("by_essay_author", "comments_open"):
        if not isinstance(value, bool) and (value is not None or name == "by_essay_author"):
            raise TypeError(name)
        return value
    return value if value is None and name not in ("page", "path", "format", "text", "evidence") else _string(value)


def _trimmed(text: Any) -> str:
    """A comment's text; ValueError where somebody put blanks around it, which no reader does."""
    if text != _string(text).strip():
        raise ValueError(text)
    return text


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
