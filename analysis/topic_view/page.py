"""The view as HTML: a table that stands without any script, the numbers as data, and the script that draws them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from analysis.errors import TopicError
from analysis.topic_view.data import view_data
from analysis.topic_view.source import ViewSource

DIGITS = 3  # after the point, as in a table made to be read
WORDS = 10  # of a topic, in the table
TITLE = "Topics"
_FOLDER = Path(__file__).parent
# A saved page may run its own script and style and load nothing from anywhere.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_STATIC = (
    "This is the view as a table. Where a notebook is trusted and scripts may run, a map, the words, paragraphs and "
    "essays of each topic stand here instead."
)
_HEADS = ("topic", "words", "share of the words", "stability (interval)", "NPMI", "essays it leads")
_NUMBERS = 2  # from this column on


@dataclass(frozen=True)
class TopicView:
    """An interactive view of the topics; a notebook that ends a cell with it shows it.

    Attributes
    ----------
    data : dict
        The numbers behind it, as ``view_data`` gives them.
    """

    data: dict[str, Any] = field(repr=False)

    def _repr_html_(self) -> str:
        return _view_html(self.data)

    def __str__(self) -> str:
        rows = [" · ".join(cells) for cells in _cells(self.data)]
        return "\n".join([" · ".join(_HEADS), *rows])

    def save(self, path: str | Path) -> Path:
        """Write the view to one HTML file that needs nothing else and loads nothing.

        Parameters
        ----------
        path : str or Path
            Ends in ``.html``; its folder is made where it is missing.

        Returns
        -------
        Path

        Raises
        ------
        TopicError
            If the file cannot be written.
        """
        place = Path(path).expanduser()
        html = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{TITLE}</title><style>:root{{color-scheme:light dark}}body{{margin:1rem}}</style></head>"
            f"<body><main>{_view_html(self.data)}</main></body></html>\n"
        )
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(html, encoding="utf-8")
        except OSError as error:
            raise TopicError(f"{place.name} cannot be written ({error.strerror}); choose another place.") from error
        return place


def view_topics(source: ViewSource) -> TopicView:
    """Make the interactive view of the topics.

    Parameters
    ----------
    source : ViewSource

    Returns
    -------
    TopicView
        At most 1.5 MB of HTML for 40 topics and 1,000 essays: what is left out is counted in it.
    """
    return TopicView(view_data(source))


def _view_html(data: dict[str, Any]) -> str:
    css, script = (_FOLDER.joinpath(f"view.{ending}").read_text(encoding="utf-8") for ending in ("css", "js"))
    return (
        f'<div class="btl-topics"><style>{css}</style><div class="btl-static"><p>{_STATIC}</p>{_table(data)}</div>'
        f'<script type="application/json">{as_script_data(data)}</script><script>{script}</script></div>'
    )


def as_script_data(data: Any) -> str:
    """JSON that may stand in a script element: nothing in it can end the element or begin a comment.

    Examples
    --------
    >>> print(as_script_data({"word": "</script><!--"}))
    {"word":"\\u003c/script\\u003e\\u003c!--"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate({ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def _table(data: dict[str, Any]) -> str:
    heads = "".join(_cell("th", place, head) for place, head in enumerate(_HEADS))
    rows = ("".join(_cell("td", place, cell) for place, cell in enumerate(cells)) for cells in _cells(data))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(tag: str, place: int, text: str) -> str:
    scope, number = ' scope="col"' if tag == "th" else "", ' class="btl-n"' if place >= _NUMBERS else ""
    return f"<{tag}{scope}{number}>{escape(text)}</{tag}>"


def _cells(data: dict[str, Any]) -> list[list[str]]:
    """Cells of the table, one list a topic."""
    return [
        [
            f"{t['topic']}{' (weak)' if t['weak'] else ''}",
            ", ".join(word for word, _ in t["apart"][:WORDS]),
            _number(t["prevalence"]),
            _number(t["stability"])
            + (f" ({_number(t['low'])} to {_number(t['high'])})" if t["low"] is not None else ""),
            _number(t["npmi"]),
            str(t["essays"]),
        ]
        for t in data["topics"]
    ]


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.{DIGITS}f}".replace("-", "−")
