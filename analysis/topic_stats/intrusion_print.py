"""An intrusion sheet to print: boxes to tick, no answers, no script."""

from __future__ import annotations

from html import escape

from analysis.topic_stats.intrusion import IntrusionItem, IntrusionSheet

_ASKED = {
    "word": "In each row one word does not belong to the others. Tick it.",
    "topic": "Below each text one of the four lists of words is hardly in it. Tick that one.",
}
_CSS = (
    "body{font:11pt/1.4 serif;max-width:44em;margin:2em auto}ol{padding-left:0;list-style:none}"
    "section{break-inside:avoid;margin:1.2em 0;border-top:1px solid #999}"
    ".words li{display:inline-block;margin-right:1.6em}"
)


def sheet_html(sheet: IntrusionSheet) -> str:
    """Lay a sheet out for paper; the answers are typed into the CSV, question by question, by their numbers.

    Parameters
    ----------
    sheet : IntrusionSheet

    Returns
    -------
    str
        A page of HTML; all that the corpus says is escaped.
    """
    name = f"{sheet.kind.title()} intrusion, sheet {sheet.name}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title><style>{_CSS}</style>'
        f"<h1>{name}</h1><p>{_ASKED[sheet.kind]} Leave out what you cannot answer.</p>"
        "<p>Coder: ____________________</p>"
        f"{''.join(_item(item, sheet.kind) for item in sheet.items)}</html>\n"
    )


def _item(item: IntrusionItem, kind: str) -> str:
    text = f"<h3>{escape(item.title)}</h3><p>{escape(item.text)}</p>" if item.text else ""
    boxes = "".join(f"<li>☐ {n}. {escape(choice)}</li>" for n, choice in enumerate(item.choices, start=1))
    return f'<section><small>{item.item}</small>{text}<ol class="{kind}s">{boxes}</ol></section>'
