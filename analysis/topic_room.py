"""What a notebook asks the topics of a study, one thin method a question; what it works out, rooms below compute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import Topics
from analysis.errors import BelowTheLineError, TopicError
from analysis.paths import FIGURES
from analysis.shown import NoAnswer, Paragraph, show_table
from analysis.topic_stage import kept_words
from analysis.topics import TopicModel


@dataclass(frozen=True)
class TopicRoom:
    """The topics of a study, to be asked on demand.

    Attributes
    ----------
    model : TopicModel or None
        What was fitted, on the paragraphs; None where the corpus bears no topics.
    paragraphs : DataFrame
        Table ``paragraphs``: one version of each essay, in the model's order.
    pages : DataFrame
        Table ``pages``, titles filled with file names.
    tables : mapping of str to DataFrame
        The study's tidy tables.
    settings : Topics
    seed : int
        Of the topic stage.
    corpus : Path
        Where files that a person fills in or edits lie.
    folder : Path
        Where figures are written.
    record : mapping
        What a figure's passport holds.
    """

    model: TopicModel | None = field(repr=False)
    paragraphs: pd.DataFrame = field(repr=False)
    pages: pd.DataFrame = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    settings: Topics
    seed: int
    corpus: Path
    folder: Path = FIGURES
    record: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def documents(self) -> list[list[str]]:
        """The words of each paragraph that the topics were fitted on."""
        return kept_words(self.paragraphs, phrases=self.settings.phrases)

    def read(self, topic: int, n: int = 3) -> Any:
        """Show all that says what a topic is: words, paragraphs with them marked, essays, what sets it apart.

        Parameters
        ----------
        topic : int
            From 1.
        n : int
            Paragraphs.

        Returns
        -------
        TopicReading
            A page in a notebook, plain text with ``print``.
        """
        from analysis.topic_stats.topic_page import read_topic

        return read_topic(self._fitted(), self.documents, self._titled(), self.tables["topic_words"], topic, n)

    def contrast(self, topic: int, other: int | None = None, n: int = 10) -> pd.DataFrame:
        """Show the words that set a topic apart from another, by default its nearest; as ``contrast_topics`` does."""
        from analysis.topic_stats.contrast import contrast_topics

        return show_table(contrast_topics(self._fitted(), self.documents, topic, other, number=n))

    def nearest(self) -> pd.DataFrame:
        """Show for each topic the one most like it; as ``nearest_topics`` does."""
        from analysis.topic_stats.contrast import nearest_topics

        found = nearest_topics(self._fitted())
        return show_table(found.assign(shared=found["shared"].map(", ".join)))

    def proposed_labels(self) -> pd.DataFrame:
        """Show for each topic a label made of its words and a phrase its paragraphs repeat; as ``propose_labels``."""
        from analysis.topic_stats.names import propose_labels, topic_phrases

        return show_table(propose_labels(self._fitted(), topic_phrases(self._fitted(), *self._texts_and_places())))

    def write_labels(self) -> Paragraph:
        """Write proposed labels to the corpus's ``topic_labels.toml``, to be changed; the next run shows them.

        Topics that have a label there already are left as they are: nothing in the file is ever overwritten.
        """
        from analysis.topic_stats.labels import write_proposals

        proposed = self.proposed_labels()["label"].tolist()
        return Paragraph(write_proposals(self.corpus, proposed, self._fitted().words))

    def over_time(self, draw: str = "essay") -> Any:
        """Work out the share of each topic year by year, with trends; a notebook shows the figure.

        Parameters
        ----------
        draw : {"essay", "author"}
            What the intervals draw again: with essays they are about further essays by the same writers, with authors
            about other writers, of whom twenty or so must be known.

        Returns
        -------
        GroupedTopics
            Ask it for ``figure()``, ``say()`` and ``table()``.
        """
        from analysis.topic_group_room import group_topics

        return group_topics(self, "time", draw)

    def by(self, group: str | pd.Series, draw: str = "essay") -> Any:
        """Work out the share of each topic in groups of essays, and which stand apart; a notebook shows the figure.

        Parameters
        ----------
        group : {"author", "blog", "year", "stance"} or Series
            A Series holds the group of each essay, indexed by doc_id; "stance" is what readers' comments do.
        draw : {"essay", "author"}
            As for ``over_time``.

        Returns
        -------
        GroupedTopics
            Ask it for ``figure()``, ``say()`` and ``table()``.
        """
        from analysis.topic_group_room import group_topics

        return group_topics(self, group, draw)

    def word_intrusion(self, path: str | Path | None = None) -> Paragraph:
        """Write a sheet that asks readers which of six words does not belong to a topic; by default into the corpus.

        A copy a reader goes into the folder ``intrusion`` of the corpus, then ``score_intrusion()`` counts.
        """
        from analysis.intrusion_room import write_word_intrusion

        return write_word_intrusion(self, self._fitted(), path)

    def topic_intrusion(self, path: str | Path | None = None, n: int = 20) -> Paragraph:
        """Write a sheet that asks readers which of four topics is hardly in a passage, for at most n essays."""
        from analysis.intrusion_room import write_topic_intrusion

        return write_topic_intrusion(self, self._fitted(), self._titled(), path, n)

    def score_intrusion(self, path: str | Path | None = None) -> pd.DataFrame:
        """Show how often readers found the intruder; as ``score_answers`` does, with the topics' labels.

        Parameters
        ----------
        path : str or Path, optional
            A filled sheet, or a folder of them; by default the corpus's folder ``intrusion``.
        """
        from analysis.intrusion_room import score_intrusion

        return score_intrusion(self, self._fitted(), path)

    def say_intrusion(self, path: str | Path | None = None) -> Paragraph:
        """Read in words what ``score_intrusion`` shows."""
        from analysis.sentences.topics_reading import read_intrusion

        return Paragraph(read_intrusion({"intrusion": pd.DataFrame(self.score_intrusion(path))}))

    def _texts_and_places(self) -> tuple[list[str], list[Any]]:
        """Text of each paragraph in the model's order, and where each lemma stands in it."""
        from analysis.tokens import lemma_spans

        texts = self._titled()[["text", "language"]]
        found: dict[Any, list[Any]] = {}
        for language, part in texts.groupby("language"):
            found |= dict(zip(part.index, lemma_spans(part["text"].tolist(), language=str(language)), strict=True))
        return texts["text"].tolist(), [found[place] for place in texts.index]

    def _titled(self) -> pd.DataFrame:
        """The paragraphs in the model's order, with their essay's title and language."""
        pages = self.pages.assign(title=self.pages["title"].fillna(self.pages["page"]))
        return self.paragraphs.merge(pages[["doc_id", "title", "language"]], on="doc_id", how="left")

    def guide(
        self,
        seeds: Mapping[str, Sequence[str]] | None = None,
        number: int | None = None,
        *,
        strength: float | None = None,
    ) -> Any:
        """Fit again with some topics given by words, and see what the texts keep, refuse and add.

        Parameters
        ----------
        seeds : mapping of str to sequence of str, optional
            Theme to its words, in any form; by default ``example_seeds``.
        number : int, optional
            Topics in all; by default as many as there are, and at least one more than themes.
        strength : float, optional
            How many times over each word counts as met in its topic.

        Returns
        -------
        GuidedRoom
            Ask it for ``words()``, ``figure()`` and ``say()``; ``model`` and ``names`` are the topics themselves.
        """
        from analysis.guided_room import guide_topics

        return guide_topics(self, self.example_seeds() if seeds is None else seeds, number, strength)

    def example_seeds(self) -> dict[str, list[str]]:
        """Give words to try ``guide`` with: three of each of two topics, and one of a third topic among the first."""
        first, second, *others = (list(words[:3]) for words in self._fitted().words)
        return {"first theme": [*first, *(other[0] for other in others[:1])], "second theme": second}

    def answer(self, question: str, *given: Any) -> Any:
        """Give what a method gives, worked out once; where the corpus does not bear it, the sentence that says why.

        Parameters
        ----------
        question : str
            Name of a method.
        *given
            What it takes.
        """
        plain = [f"{item.dtype}{item.to_csv()}" if isinstance(item, pd.Series) else repr(item) for item in given]
        key = f"{question} {plain}"
        if key not in self.kept:
            try:
                self.kept[key] = getattr(self, question)(*given)
            except BelowTheLineError as error:
                self.kept[key] = NoAnswer(f"*{error}*")
        return self.kept[key]

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What took long to work out and may be asked again."""
        return {}

    def framing(
        self, axis: Any = "doing to / doing with", vectors: Any = None, placebos: int = 20, name: str | None = None
    ) -> Any:
        """Measure on which side of an axis each essay stands, by three instruments; a notebook shows the figure.

        Parameters
        ----------
        axis : str, Path or Axis
            A name, the path of a TOML file of your own (laid out as ``analysis/framing/axes.toml``, which says what
            each key is for), or an ``analysis.framing.Axis``.
        vectors : WordVectors, str or Path, optional
            Word vectors of your own, or a file of them in word2vec's text format; ``"word2vec"`` trains gensim's on
            the essays in place of the default ``"ppmi"``.
        placebos : int
            Random axes beside it.
        name : str, optional
            Which axis of a file that holds several.

        Returns
        -------
        FramedEssays
            Ask it for ``figure()``, ``say()``, ``table()``, ``evidence()``, ``agreement()`` and ``placebos()``.
        """
        from analysis.framing_room import frame_essays

        return frame_essays(self, axis, vectors, placebos, name=name)

    def choose(self, numbers: Iterable[int] | None = None) -> Any:
        """Compare numbers of topics by held-out fit, stability and coherence; a notebook shows the figure.

        Parameters
        ----------
        numbers : iterable of int, optional
            To try; by default from a quarter to three times the number that the size of the corpus suggests.

        Returns
        -------
        ChosenNumber
            Ask it for ``figure()``, ``say()`` and ``table()``; ``verdict`` says whether the data decides.
        """
        from analysis.choice_room import choose_number_of_topics

        return choose_number_of_topics(self, numbers)

    def view(self) -> Any:
        """Show the topics to be looked through: a map, their words, paragraphs and essays, years and groups.

        Returns
        -------
        TopicView or Paragraph
            Interactive in a notebook, also in an exported one; ``.save(path)`` writes one HTML file that needs nothing
            else. Its numbers are the tables'. A sentence where there are no topics.
        """
        if self.model is None:
            return Paragraph("*There are no topics to look through in this corpus; study.notes says why.*")
        from analysis.topic_view_room import view_of

        return view_of(self, self.model)

    def of_comments(self, number: int | None = None, *, pool: str | None = None) -> Any:
        """Find what the comments by readers are about; comments labelled as spam are left out and counted.

        Parameters
        ----------
        number : int, optional
            Topics; by default from how many essays and comments there are.
        pool : str, optional
            "essay" or "chain": comments put together to find topics, which says more of threads and less of comments.

        Returns
        -------
        CommentTopics
            Ask it for ``words()``, ``by_label()``, ``examples(topic)`` and ``say()``.
        """
        from analysis.comment_topics import topics_of_comments

        return topics_of_comments(self, number, pool)

    def _fitted(self) -> TopicModel:
        if self.model is None:
            raise TopicError(
                "This corpus has no topics: its essays are too few, or their words are; study.notes says which."
            )
        return self.model
