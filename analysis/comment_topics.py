"""Topics of the comments themselves: what readers write about, and what those who agree and those who extend do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import TopicError, one_of
from analysis.estimate.intervals import bootstrap_sums
from analysis.shown import Paragraph, Shown, show_table
from analysis.topic_stats import choose_number, topic_stability
from analysis.topics import TopicModel, fit_topics
from analysis.topics.pooling import fit_pooled, thread_roots

if TYPE_CHECKING:
    from analysis.topic_room import TopicRoom

POOLS = ("essay", "chain")  # of comments that can be put together: all under one essay, or one chain of replies
SPAM, UNLABELLED = "spam", "cannot say"
# (comments from, fewest that hold a word): a word of one comment can join no two; of few comments each word is needed
_BOUNDS = ((100, 3), (30, 2), (0, 1))
WORDS = 8  # of a topic in a table
DRAWS = 1000  # of the cluster bootstrap
LEVEL = 0.95
STEADY = 0.4  # as for the essays: topics below do not come back


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
        has_words = self.model.has_words
        comments, mixtures = self.comments[has_words], self.model.mixtures[has_words]
        cluster = pd.factorize(comments["cluster"], sort=True)[0]
        rows = []
        for label, n in sorted(comments["label"].value_counts().items()):
            of = (comments["label"] == label).to_numpy()
            values = np.column_stack([mixtures[of], np.ones(of.sum())])
            sums = np.zeros((cluster.max() + 1, values.shape[1]))
            np.add.at(sums, cluster[of], values)
            drawn = bootstrap_sums(sums, draws=DRAWS, seed=self.seed)
            drawn = drawn[drawn[:, -1] > 0]
            ends = np.quantile(drawn[:, :-1] / drawn[:, -1:], [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
            for topic, share in enumerate(mixtures[of].mean(axis=0)):
                rows.append((topic + 1, label, share, ends[0, topic], ends[1, topic], n))
        table = pd.DataFrame(rows, columns=["topic", "comments", "share", "low", "high", "n"])
        return table.sort_values(["topic", "comments"], ignore_index=True)

    def _differences(self) -> str:
        table = self._by_label().set_index(["comments", "topic"])
        if not {"agreeing", "extending"} <= set(table.index.get_level_values(0)):
            return ""
        one, other = table.loc["agreeing"], table.loc["extending"]
        apart = (one["low"] > other["high"]) | (one["high"] < other["low"])
        said = [
            f"topic {topic} ({', '.join(self.model.words[topic - 1][:3])}; {one.share[topic]:.0%} of agreeing, "
            f"{other.share[topic]:.0%} of extending)"
            for topic in one.index[apart]
        ]
        if not said:
            return "In no topic do the intervals of agreeing and extending comments lie apart."
        return f"Agreeing and extending comments lie apart in {'; '.join(said)}."

    def _trust(self) -> str:
        if self.stability is None:
            return "How well these topics come back was not tried."
        weak = self.stability.loc[~(self.stability["stability"] >= STEADY), "topic"].tolist()
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
    language = table["doc_id"].map(room.pages.set_index("doc_id")["language"])
    spam, foreign = table["label"] == SPAM, ~language.isin(room.settings.languages)
    left_out = {
        "labelled as spam": int(spam.sum()),
        "under an essay in another language": int((foreign & ~spam).sum()),
    }
    return table[~spam & ~foreign].sort_values("comment_id", ignore_index=True), left_out


def _tokens(room: TopicRoom, comments: pd.DataFrame) -> list[list[str]]:
    """Lemmas of each comment that enough comments hold."""
    from analysis.tokens import tokenize_texts

    language = comments["doc_id"].map(room.pages.set_index("doc_id")["language"])
    made: pd.Series = pd.Series([[] for _ in range(len(comments))], index=comments.index, dtype=object)
    for name, part in comments.groupby(language):
        made.update(pd.Series(tokenize_texts(part["text"].tolist(), language=str(name)), index=part.index))
    held: Counter[str] = Counter(word for tokens in made for word in set(tokens))
    fewest = next(least for size, least in _BOUNDS if len(comments) >= size)
    return [[word for word in tokens if held[word] >= fewest] for tokens in made]


def _chains(room: TopicRoom) -> dict[str, str]:
    """The comment that opens each comment's chain of replies, over all comments of the pages."""
    comments: Sequence[str] = room.tables["comments"]["comment_id"].tolist()
    above = room.tables["comments"]["reply_to"]
    return thread_roots(dict(zip(comments, above.where(above.notna(), None), strict=True)))
