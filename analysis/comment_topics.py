"""Topics of the comments themselves: what readers write about, and what those who agree and those who extend do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.aggregate.cluster_draws import holm, p_value
from analysis.aggregate.names import ESSAY_AUTHOR
from analysis.errors import TopicError, one_of
from analysis.estimate.intervals import bootstrap_sums
from analysis.shown import Paragraph, Shown, show_table
from analysis.text import language_of
from analysis.topic_stats import choose_number, topic_stability
from analysis.topic_stats.trust import WEAK_STABILITY
from analysis.topics import TopicModel, fit_topics
from analysis.topics.model import Floats
from analysis.topics.pooling import fit_pooled, thread_roots

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

POOLS = ("essay", "chain")  # of comments that can be put together: all under one essay, or one chain of replies
SPAM, UNLABELLED, AGREEING, EXTENDING = "spam", "cannot say", "agreeing", "extending"
FEWEST = 10  # comments of a label, to set it beside another
_TINY = 1e-9
# (comments from, fewest that hold a word): a word of one comment can join no two; of few comments each word is needed
_BOUNDS = ((100, 3), (30, 2), (0, 1))
WORDS = 8  # of a topic in a table
DRAWS = 1000  # of the cluster bootstrap
LEVEL = 0.95
_PSEUDONYMS = re.compile(rf"\bReader \d{{3,}}\b|{re.escape(ESSAY_AUTHOR)}")


@dataclass(frozen=True, eq=False)
class CommentTopics:
    """What the comments of a study are about.

    Attributes
    ----------
    model : TopicModel
        One mixture a comment, in the order of ``comments``.
    comments : DataFrame
        comment_id, doc_id, cluster (essay family), label ("cannot say" where none was given), text.
    stability : DataFrame or None
        As ``topic_stability`` gives it, threads drawn as a whole; None where comments were put together.
    left_out : mapping of str to int
        Comments by readers that topics are not fitted on, by reason.
    seed : int
        Of the bootstrap.
    """

    model: TopicModel
    comments: pd.DataFrame = field(repr=False)
    stability: pd.DataFrame | None = field(repr=False)
    left_out: Mapping[str, int]
    seed: int

    def words(self) -> Shown:
        """Show each topic's words, its share of all comments' words, and how well it comes back (0 to 1)."""
        table = pd.DataFrame(
            {
                "topic": range(1, self.model.number + 1),
                "words": [", ".join(words[:WORDS]) for words in self.model.words],
                "share": self.model.prevalence,
            }
        )
        if self.stability is not None:
            table = table.merge(self.stability[["topic", "stability"]], on="topic")
        return show_table(table)

    def by_label(self) -> Shown:
        """Show the mean share of each topic in agreeing, extending and unlabelled comments, with 95 % intervals.

        A comment counts once, however long. Intervals by drawing whole threads again; the labels are taken as they are,
        and what they get wrong is not in them.
        """
        return show_table(self._by_label())

    def examples(self, topic: int, n: int = 3) -> Shown:
        """Show the comments in which a topic has most weight; among equals the longer ones."""
        if not 1 <= topic <= self.model.number:
            raise TopicError(f"There is no topic {topic} of the comments; choose one from 1 to {self.model.number}.")
        share = self.model.mixtures[:, topic - 1].round(3)
        table = self.comments.assign(share=share, length=self.comments["text"].str.len())[self.model.has_words]
        best = table.sort_values(["share", "length", "comment_id"], ascending=[False, False, True]).head(n)
        return show_table(best[["comment_id", "label", "share", "text"]])

    def say(self) -> Paragraph:
        """Say what was counted, which topics agreeing and extending comments differ in, and how far to trust it."""
        counted = int(self.model.has_words.sum())
        out = "; ".join(f"{reason}: {n}" for reason, n in self.left_out.items() if n)
        pooled = self.model.settings.get("pooled")
        how = f" Comments were put together into {pooled} threads to find them." if pooled else ""
        told = f"{counted:,} comments by readers fall into {self.model.number} topics.{how}"
        parts = [told, f"Left out: {out}." if out else "", self._differences(), self._trust()]
        return Paragraph(" ".join(part for part in parts if part))

    def _by_label(self) -> pd.DataFrame:
        rows = []
        for label, n in sorted(self.comments.loc[self.model.has_words, "label"].value_counts().items()):
            share, drawn = self._shares(str(label))
            ends = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
            rows += [(k + 1, label, share[k], ends[0, k], ends[1, k], n) for k in range(len(share))]
        table = pd.DataFrame(rows, columns=["topic", "comments", "share", "low", "high", "n"])
        return table.sort_values(["topic", "comments"], ignore_index=True)

    def _shares(self, label: str) -> tuple[Floats, Floats]:
        """Mean share of each topic in the comments of a label (K), and in draws of all threads (draws, K)."""
        has_words = self.model.has_words
        comments, mixtures = self.comments[has_words], self.model.mixtures[has_words]
        cluster = pd.factorize(comments["cluster"], sort=True)[0]
        of = (comments["label"] == label).to_numpy()
        sums = np.zeros((cluster.max() + 1, self.model.number + 1))
        np.add.at(sums, cluster[of], np.column_stack([mixtures[of], np.ones(of.sum())]))
        drawn = bootstrap_sums(sums, draws=DRAWS, seed=self.seed)
        share = mixtures[of].mean(axis=0)
        with np.errstate(invalid="ignore"):
            shares = drawn[:, :-1] / drawn[:, -1:]
        return share, np.where(drawn[:, -1:] > 0, shares, share)  # a draw without the label says nothing of it

    def _differences(self) -> str:
        counts = self.comments.loc[self.model.has_words, "label"].value_counts()
        few = [label for label in (AGREEING, EXTENDING) if counts.get(label, 0) < FEWEST]
        if few:
            return f"Of {' and of '.join(few)} comments there are fewer than {FEWEST}: too few to be set beside others."
        (one, drawn), (other, drawn_too) = self._shares(AGREEING), self._shares(EXTENDING)
        error = (drawn - drawn_too).std(
            axis=0
        )  # the same draws of threads, so what a thread adds to both is allowed for
        threads = self.comments.loc[self.model.has_words, "cluster"].nunique()
        apart = holm(p_value(one - other, np.maximum(error, _TINY), max(1, threads - 1))) < 1 - LEVEL
        said = [
            f"topic {k + 1} ({', '.join(self.model.words[k][:3])}; {one[k]:.0%} of agreeing, {other[k]:.0%} of "
            "extending)"
            for k in np.flatnonzero(apart)
        ]
        told = "Labels are as given, with their errors."
        if not said:
            return f"In no topic do agreeing and extending comments plainly differ (adjusted by Holm). {told}"
        return f"Agreeing and extending comments differ in {'; '.join(said)} (adjusted by Holm). {told}"

    def _trust(self) -> str:
        if self.stability is None:
            return "How well these topics come back was not tried."
        weak = self.stability.loc[~(self.stability["stability"] >= WEAK_STABILITY), "topic"].tolist()
        if not weak:
            return ""
        named = ", ".join(map(str, weak))
        return f"Of topics fitted to other threads, too few words come back for {named}: do not build on them."


def topics_of_comments(room: TopicRoom, number: int | None, pool: str | None) -> CommentTopics:
    """Fit topics to the comments by readers.

    Parameters
    ----------
    room : TopicRoom
    number : int or None
        Topics; None for a number from how many essays and comments there are.
    pool : str or None
        "essay" or "chain" to put comments together to find topics; None fits the single comments, which gives more
        coherent topics of what readers write (see ``fit_pooled``).

    Returns
    -------
    CommentTopics

    Raises
    ------
    TopicError
        If there are no comments by readers, they cannot bear topics, or there is no such pool.
    """
    if pool is not None and pool not in POOLS:
        raise TopicError(one_of("way to put comments together", pool, POOLS))
    comments, left_out = _readers_comments(room)
    documents = _tokens(room, comments)
    clusters = comments["cluster"].tolist()
    ids = comments["comment_id"].tolist()
    asked = number or choose_number(len(set(clusters)), sum(map(bool, documents)))
    if pool is None:
        model = fit_topics(documents, number=asked, seed=room.seed, engine="auto", ids=ids)
        s = room.settings
        stability = topic_stability(
            documents, clusters, model, resamples=s.resamples, share=s.resample_share, seed=room.seed
        )
    else:
        groups = comments["doc_id"] if pool == "essay" else comments["comment_id"].map(_chains(room))
        model = fit_pooled(documents, groups.tolist(), number=asked, seed=room.seed, engine="auto", ids=ids)
        stability = None
    left_out["without a word that others use"] = model.documents_without_words
    return CommentTopics(model, comments, stability, left_out, room.seed)


def _readers_comments(room: TopicRoom) -> tuple[pd.DataFrame, dict[str, int]]:
    """Comments by readers in the languages of the topics, without what was labelled as spam."""
    readers = room.tables.get("readers")
    if readers is None or readers.empty:
        raise TopicError("This corpus has no comments by readers, so there is nothing to find topics of.")
    table = readers[["comment_id", "doc_id", "cluster", "label"]].merge(
        room.tables["comments"][["comment_id", "text"]], on="comment_id", how="left"
    )
    table["label"] = table["label"].astype(object).where(table["label"].notna(), UNLABELLED)
    table = table.sort_values("comment_id", ignore_index=True)
    above = table["doc_id"].map(room.pages.set_index("doc_id")["language"])
    own = table["text"].map(language_of)  # None for a short one, which is taken to be in its essay's
    foreign = ~own.where(own.notna(), above).isin(room.settings.languages)
    copied = table["text"].str.casefold().str.split().str.join(" ").duplicated()
    left_out: dict[str, int] = {}
    kept = pd.Series(True, index=table.index)
    for reason, out in (
        ("labelled as spam", table["label"] == SPAM),
        ("in another language", foreign),
        ("word for word as another", copied),
    ):
        left_out[reason] = int((kept & out).sum())
        kept &= ~out
    return table[kept].reset_index(drop=True), left_out


def _tokens(room: TopicRoom, comments: pd.DataFrame) -> list[list[str]]:
    """Lemmas of each comment that enough comments hold."""
    from analysis.tokens import tokenize_texts

    language = comments["doc_id"].map(room.pages.set_index("doc_id")["language"])
    made: pd.Series = pd.Series([[] for _ in range(len(comments))], index=comments.index, dtype=object)
    for name, part in comments.groupby(language):
        texts = [_PSEUDONYMS.sub(" ", text) for text in part["text"]]  # else "reader" would be what many write about
        made.update(pd.Series(tokenize_texts(texts, language=str(name)), index=part.index))
    held: Counter[str] = Counter(word for tokens in made for word in set(tokens))
    fewest = next(least for size, least in _BOUNDS if len(comments) >= size)
    return [[word for word in tokens if held[word] >= fewest] for tokens in made]


def _chains(room: TopicRoom) -> dict[str, str]:
    """The comment that opens each comment's chain of replies, over all comments of the pages."""
    comments: Sequence[str] = room.tables["comments"]["comment_id"].tolist()
    above = room.tables["comments"]["reply_to"]
    return thread_roots(dict(zip(comments, above.where(above.notna(), None), strict=True)))
