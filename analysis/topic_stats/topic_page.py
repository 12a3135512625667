"""All a reader needs to say what a topic is: its words, paragraphs with them marked, essays, and its nearest topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from analysis.tokens import lemma_spans
from analysis.topic_stats.coherence import Words
from analysis.topic_stats.contrast import check_documents, check_topic, contrast_topics, nearest_topics
from analysis.topic_stats.marking import Pieces, mark_text, marked_spans
from analysis.topic_stats.reading import representative_paragraphs, topics_by_essay
from analysis.topics import TopicModel

LOOKED_AT = (
    10  # paragraphs of a topic among which each essay's first is preferred, so that one essay does not speak alone
)
NEARLY = 0.8  # of the best paragraph's share: below that another essay's paragraph shows the topic visibly worse
ESSAYS = 5  # that hold most of a topic
WORDS = 12  # of a topic, shown
APART = 6  # words a side that set it apart from its nearest
_CSS = (
    ".btl-topic{max-width:52em;line-height:1.45}.btl-topic h4,.btl-topic h5{margin:.9em 0 .2em}"
    ".btl-topic p{margin:.2em 0}.btl-topic small{opacity:.75}"
    ".btl-topic blockquote{margin:.5em 0;padding:.1em 0 .1em .8em;border-left:3px solid #999}"
    ".btl-topic mark{background:#ffe59a;color:#1a1a1a;padding:0 .1em}"
    ".btl-topic table{border-collapse:collapse;margin:.3em 0}"
    ".btl-topic td,.btl-topic th{text-align:left!important;padding:.1em 1.5em .1em 0;vertical-align:top}"
    ".btl-topic td.n,.btl-topic th.n{text-align:right!important}"
)


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph that shows a topic: its essay, the topic's share of it (0 to 1), its text in pieces."""

    title: str
    share: float
    pieces: Pieces


@dataclass(frozen=True, eq=False)
class TopicReading:
    """A topic, laid out to be read; a notebook shows it as a page, ``print`` as text with ``*words*`` marked.

    Attributes
    ----------
    topic : int
        From 1.
    label : str
    share : float
        Of the corpus's words, 0 to 1.
    weak : bool
        Whether it is not to be built on.
    words : tuple of str
        Its first words, as lemmas.
    paragraphs : tuple of MarkedParagraph
        Those that show it best; each essay's first before a second of one essay.
    essays : DataFrame
        title, share (of the essay's words that are the topic's), of_topic (of the topic's words that are the essay's);
        the five with most of the topic.
    nearest : str or None
        Number and label of the topic most like it; None where there is no other.
    distance : float
        To it, from 0 (the same) to 1 (no word in common).
    contrast : DataFrame
        As from ``contrast_topics``.
    """

    topic: int
    label: str
    share: float
    weak: bool
    words: tuple[str, ...]
    paragraphs: tuple[MarkedParagraph, ...]
    essays: pd.DataFrame = field(repr=False)
    nearest: str | None
    distance: float
    shared: tuple[str, ...]
    contrast: pd.DataFrame = field(repr=False)

    def __str__(self) -> str:
        lines = [f"Topic {self.topic}: {self.label}", self._about(), "Words: " + ", ".join(self.words), ""]
        for shown in self.paragraphs:
            text = "".join(f"*{piece}*" if mark else piece for piece, mark in shown.pieces)
            lines += [f"{shown.title} ({shown.share:.0%} of the paragraph)", f"  {text}", ""]
        lines += ["Essays that hold most of it:"]
        lines += [f"  {_essay(row)}" for row in self.essays.to_dict("records")]
        lines += ["", self._set_apart()]
        lines += [f"  {_lean(row, self.topic)}" for row in self.contrast.to_dict("records")]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        quotes = "".join(
            f"<blockquote><p>{''.join(_piece(*piece) for piece in shown.pieces)}</p>"
            f"<small>{escape(shown.title)} · {shown.share:.0%} of the paragraph</small></blockquote>"
            for shown in self.paragraphs
        )
        essays = "".join(
            f'<tr><td>{escape(str(row["title"]))}</td><td class="n">{row["of_topic"]:.0%}</td>'
            f'<td class="n">{row["share"]:.0%}</td></tr>'
            for row in self.essays.to_dict("records")
        )
        return (
            f'<div class="btl-topic"><style>{_CSS}</style><h4>Topic {self.topic}: {escape(self.label)}</h4>'
            f"<p>{escape(self._about())}</p><p>{escape(', '.join(self.words))}</p>"
            f"<h5>Paragraphs that show it best</h5>{quotes or '<p>None has a word of it.</p>'}"
            "<h5>Essays that hold most of it</h5><table><tr><th>Essay</th>"
            f'<th class="n">of the topic</th><th class="n">of the essay</th></tr>{essays}</table>'
            f"<h5>What sets it apart</h5><p>{escape(self._set_apart())}</p>{self._sides()}</div>"
        )

    def _about(self) -> str:
        warned = " It is weak: do not build on it." if self.weak else ""
        return f"{self.share:.0%} of the words of all paragraphs.{warned}"

    def _set_apart(self) -> str:
        if self.nearest is None:
            return "There is no other topic to hold it against."
        both = f"both lead with {', '.join(self.shared)}" if self.shared else "none of their first ten words is shared"
        return (
            f"Nearest is {self.nearest}, at a distance of {self.distance:.2f} (0: the same, 1: no word in common); "
            f"{both}. In brackets: how often a word stands in the paragraphs each of the two leads, this topic first."
        )

    def _sides(self) -> str:
        if self.contrast.empty:
            return ""
        cells = []
        for own in (True, False):
            side = self.contrast[(self.contrast["topic"] == self.topic) == own]
            words = (
                f"{escape(row['word'])} ({row['count']} : {row['count_other']})" for row in side.to_dict("records")
            )
            cells.append(f"<td>{'<br>'.join(words)}</td>")
        head = "<tr><th>leans to this topic</th><th>leans to the nearest</th></tr>"
        return f"<table>{head}<tr>{''.join(cells)}</tr></table>"


def read_topic(
    model: TopicModel,
    documents: Words,
    paragraphs: pd.DataFrame,
    topic_words: pd.DataFrame,
    topic: int,
    number: int = 3,
) -> TopicReading:
    """Lay a topic out to be read: words, marked paragraphs, essays, and what sets it apart from its nearest topic.

    Parameters
    ----------
    model : TopicModel
    documents : sequence of sequence of str
        Tokens the model was fitted on.
    paragraphs : DataFrame
        In the model's order: paragraph_id, doc_id, text, title, language.
    topic_words : DataFrame
        Table ``topic_words``: topic, label, weak.
    topic : int
        From 1.
    number : int
        Paragraphs.

    Returns
    -------
    TopicReading

    Raises
    ------
    TopicError
        If there is no such topic, or the documents are not the model's.
    """
    check_topic(model, topic)
    check_documents(model, documents)
    near = nearest_topics(model).iloc[topic - 1]
    named = topic_words.drop_duplicates("topic").set_index("topic")
    other = None if pd.isna(near["nearest"]) else int(near["nearest"])
    return TopicReading(
        topic=topic,
        label=str(named.loc[topic, "label"]),
        share=float(model.prevalence[topic - 1]),
        weak=bool(named.loc[topic, "weak"]),
        words=model.words[topic - 1][:WORDS],
        paragraphs=_shown(model, documents, paragraphs, topic, number),
        essays=_essays(model, documents, paragraphs, topic),
        nearest=None if other is None else f"topic {other} ({named.loc[other, 'label']!s})",
        distance=float(near["distance"]),
        shared=tuple(near["shared"]),
        contrast=contrast_topics(model, documents, topic, other, number=APART),
    )


def _shown(
    model: TopicModel, documents: Words, paragraphs: pd.DataFrame, topic: int, number: int
) -> tuple[MarkedParagraph, ...]:
    best = representative_paragraphs(model, documents, number=max(LOOKED_AT, number))
    best = best[best["topic"] == topic].merge(paragraphs, on="paragraph_id", how="left")
    # essay by essay among those that show it nearly as well as the first, then by rank
    again = best.groupby("doc_id").cumcount().where(best["share"] >= NEARLY * best["share"].max(), len(best))
    best = best.iloc[np.argsort(again.to_numpy(), kind="stable")].head(number)
    pieces: dict[str, Pieces] = {}
    for language, part in best.groupby("language"):
        spans = lemma_spans(part["text"].tolist(), language=str(language))
        for name, text, found in zip(part["paragraph_id"], part["text"], spans, strict=True):
            pieces[name] = mark_text(text, marked_spans(found, model.words[topic - 1]))
    rows = zip(best["paragraph_id"], best["title"], best["share"], strict=True)
    return tuple(MarkedParagraph(str(title), float(share), pieces[name]) for name, title, share in rows)


def _essays(model: TopicModel, documents: Words, paragraphs: pd.DataFrame, topic: int) -> pd.DataFrame:
    held = topics_by_essay(model, documents, paragraphs["doc_id"].tolist()).dropna(subset=["share"])
    held = held[held["topic"] == topic]
    words = held["share"] * held["tokens"]
    held = held.assign(of_topic=words / words.sum(), title=held["doc_id"].map(_titles(paragraphs)))
    held = held.sort_values(["of_topic", "doc_id"], ascending=[False, True], kind="stable").head(ESSAYS)
    return held[["title", "share", "of_topic"]].reset_index(drop=True)


def _titles(paragraphs: pd.DataFrame) -> pd.Series:
    return paragraphs.drop_duplicates("doc_id").set_index("doc_id")["title"]


def _piece(text: str, mark: bool) -> str:
    safe = escape(text).replace("\n", "<br>")
    return f"<mark>{safe}</mark>" if mark else safe


def _essay(row: dict[Any, Any]) -> str:
    return f"{row['title']}: {row['of_topic']:.0%} of the topic, {row['share']:.0%} of the essay"


def _lean(row: dict[Any, Any], topic: int) -> str:
    side = "this topic" if row["topic"] == topic else "the nearest"
    return f"{row['word']} ({row['count']} : {row['count_other']}) leans to {side}"
