"""The kernel's side of the coding pane: which comments, which codes so far, and what to answer to the browser.

A plain object that takes a message and gives the replies, so that it can be tested without a browser. Texts and names
leave it only when the browser asks for a comment: they are no part of a widget's state, which JupyterLab may save.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding.codes_file import append_event, last_events, read_events
from analysis.coding.events import ADJUDICATED, CODE_LABELS, check_event
from analysis.errors import CodingError
from analysis.tables import CODES
from analysis.types import POSITIONS

TEXTS = ("essay_title", "essay_author", "essay", "author", "author_link", "date", "text")
IDLE_SECONDS = 120  # a longer stretch without a key or a mouse move is counted as this: the coder was elsewhere
_OLDER = "A code of comment {} that had waited in this browser is older than the one saved since, and was left out."
_CODE = ("label", "position", "sure", "note", "seconds")


@dataclass(frozen=True)
class Task:
    """What is to be coded, by whom, and where the codes go.

    Attributes
    ----------
    items : tuple of dict
        In coding order: ``comment_id``, the names in ``TEXTS``, and ``thread``, a tuple of texts.
    coder : str
        Who sits at the keys.
    path : Path
        The codes file.
    codebook : mapping
        As in ``codebook.toml``: ``version, unit, order, labels, positions``.
    sample : str
        Names the sample in the browser's store; no text or name.
    said : mapping of str to tuple of dict
        For adjudication: by comment, what each coder said. Empty for a coder, who is blind to others.
    adjudicate : bool
    """

    items: tuple[Mapping[str, Any], ...]
    coder: str
    path: Path
    codebook: Mapping[str, Any]
    sample: str
    said: Mapping[str, tuple[Mapping[str, Any], ...]]
    adjudicate: bool


class Desk:
    """Answers the browser, and writes each code down before it says so."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.place = {item["comment_id"]: number for number, item in enumerate(task.items)}
        kept = read_events(task.path)
        self.dropped = kept.dropped
        self.last = last_events(kept.events)
        self.seen = {event["event"] for event in kept.events if event["event"]}
        self.size = kept.size
        self.name = ADJUDICATED if task.adjudicate else task.coder

    def answer(self, message: Any) -> list[dict[str, Any]]:
        """Replies to one message of the browser; a message nobody understands gets a sentence, never a traceback."""
        kind = message.get("kind") if isinstance(message, dict) else None
        if kind == "open":
            replies = [self._opening()]
        elif kind == "show":
            replies = self._items(message.get("at"))
        elif kind == "events":
            replies = self._save(message.get("events"))
        else:
            replies = [{"kind": "alive"}]
        session = message.get("session") if isinstance(message, dict) else None
        return [{**reply, "session": session} for reply in replies]

    def _opening(self) -> dict[str, Any]:
        """All the browser needs once; of the comments only how each stands, one letter a comment."""
        task = self.task
        return {
            "kind": "pane",
            "coder": task.coder,
            "adjudicate": task.adjudicate,
            "store": f"{task.sample}/{self.name}",
            "file": task.path.name,
            "codebook": dict(task.codebook),
            "positions": list(POSITIONS),
            "states": "".join(self._state(item["comment_id"]) for item in task.items),
            "idle": IDLE_SECONDS,
            "dropped": self.dropped,
        }

    def _state(self, comment_id: str) -> str:
        """``-`` not coded, ``c`` coded, ``u`` coded but unsure."""
        event = self.last.get(comment_id)
        if event is None or event["label"] is None:
            return "-"
        return "c" if event["sure"] else "u"

    def _items(self, at: Any) -> list[dict[str, Any]]:
        """A comment and the next one, so that the next is there when this one is coded."""
        if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at < len(self.task.items):
            return [{"kind": "failed", "why": f"There is no comment {at!r} in this pane; run the cell again."}]
        items = []
        for number in range(at, min(at + 2, len(self.task.items))):
            item = dict(self.task.items[number])
            event = self.last.get(item["comment_id"])
            item["code"] = {key: event[key] for key in _CODE} if event else None
            item["said"] = [dict(code) for code in self.task.said.get(item["comment_id"], ())]
            items.append({"at": number, **item})
        return [{"kind": "items", "items": items}]

    def _save(self, events: Any) -> list[dict[str, Any]]:
        """Write events down one by one; say which are safe, which can never be, and what stopped the others."""
        safe: list[str] = []
        states: dict[str, str] = {}
        replies: list[dict[str, Any]] = []
        for event in events if isinstance(events, list) else []:
            try:
                checked = self._checked(event)
            except CodingError as error:
                identity = event.get("event") if isinstance(event, dict) else None
                replies.append({"kind": "refused", "events": [identity], "why": str(error)})
                continue
            try:
                if not self._write(checked, late=event.get("late") is True):
                    replies.append({"kind": "older", "why": _OLDER.format(checked["comment_id"])})
            except (CodingError, OSError) as error:
                why = str(error) if isinstance(error, CodingError) else f"The code could not be written ({error})."
                replies.append({"kind": "failed", "why": why})
                break
            safe.append(checked["event"])
            states[str(self.place[checked["comment_id"]])] = self._state(checked["comment_id"])
        return [{"kind": "saved", "events": safe, "states": states}, *replies]

    def _checked(self, event: Any) -> dict[str, Any]:
        if not isinstance(event, dict) or not isinstance(event.get("event"), str) or not event["event"]:
            raise CodingError("The pane sent something that is no event; run the cell again.")
        if not isinstance(event.get("comment_id"), str) or event["comment_id"] not in self.place:
            raise CodingError(
                f"Comment {event.get('comment_id')!r} is not among the comments of this pane; its code was not saved."
            )
        known = self.last.get(event["comment_id"], {})
        note = event.get("note", known.get("note", ""))  # kept by the browser after a crash, an event has no note
        allowed = {key: event[key] for key in ("event", "comment_id", *_CODE, "at", "session") if key in event}
        own = {"coder": self.name, "note": note, "codebook_version": str(self.task.codebook["version"])}
        if self.task.adjudicate:
            own["by"] = self.task.coder
        return check_event({**allowed, **own}, "The pane's event")

    def _write(self, event: dict[str, Any], *, late: bool) -> bool:
        """Append the event, if it is not kept already; False where it came late and a newer one is kept."""
        if event["event"] in self.seen:
            return True
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event["at"] = event["at"] or now
        before = self.last.get(event["comment_id"])
        older = late and before is not None and (before["at"] or "") > event["at"]
        if not older:
            self.size = append_event(self.task.path, event, size=self.size)
            self.last[event["comment_id"]] = event
        self.seen.add(event["event"])
        return not older

    def codes(self) -> pd.DataFrame:
        """The codes of this pane's comments so far, in coding order; columns as in ``tables.CODES``."""
        rows = [self.last[i] for i in self.place if self._state(i) != "-"]
        table = pd.DataFrame([[row[c] for c in CODES.columns] for row in rows], columns=list(CODES.columns))
        return table.astype({"sure": "bool", "seconds": "float64"})

    def progress(self) -> pd.DataFrame:
        """One row: ``coder, comments, coded, unsure, minutes`` spent, and codes by label."""
        codes = self.codes()
        row = {
            "coder": self.name,
            "comments": len(self.place),
            "coded": len(codes),
            "unsure": int((~codes["sure"]).sum()),
            "minutes": round(float(codes["seconds"].sum()) / 60, 1),
        }
        return pd.DataFrame([row | {label: int((codes["label"] == label).sum()) for label in CODE_LABELS}])
