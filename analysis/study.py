"""A study: one corpus, read and analysed, as a notebook holds it; what it works out on demand, rooms below compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.config import Estimates
from analysis.errors import EstimateError, one_of
from analysis.paths import FIGURES
from analysis.records import child_seed
from analysis.shown import Paragraph, show_readings, show_table
from analysis.types import LABELS

SHOWN_LABELS = (*LABELS, "cannot say")
CODED = ("shares", "shares_by_year", "agreement", "estimators", "precision")  # figures that rest on hand codes
JUDGED = ("confusion", "reliability", "coverage", "blogs")  # and these where the labels are held against them
# Figures that are worked out when they are asked for, and the question behind each.
ASKED = {
    "topic_choice": ("choose",),
    "topics_over_time": ("over_time",),
    "topics_by_group": ("by", "stance"),
    "topics_guided": ("guide",),
    "framing": ("framing",),
}
FORMS = ("markdown", "latex")


@dataclass(frozen=True)
class Study:
    """A corpus with all that was found out about it.

    Attributes
    ----------
    name : str
        The corpus's name.
    tables : mapping of str to DataFrame
        Tidy tables by name; commenters' names in them are pseudonyms.
    missing : mapping of str to str
        For each figure this corpus does not give, the reason in a sentence.
    notes : tuple of str
        What a reader of any result must know first.
    record : mapping
        Corpus hash, code version, seed, settings hash, package versions, command.
    facts : MethodFacts
        What ``methods`` fills its paragraphs with.
    estimates : Estimates
        Level, draws and fewest codes of every estimate.
    folder : Path
        Where figures are written.
    """

    name: str
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    missing: Mapping[str, str] = field(repr=False)
    notes: tuple[str, ...]
    record: Mapping[str, Any] = field(repr=False)
    facts: Any = field(repr=False)
    estimates: Estimates
    folder: Path = field(default=FIGURES)
    split: Any = field(default=None, repr=False)  # how each page was split, for ``splits``
    topics: Any = field(default=None, repr=False)  # the ``TopicRoom``: what the topics can be asked on demand

    def figure(self, name: str) -> Any:
        """Export a figure with its table, alt text and passport, and show it.

        Parameters
        ----------
        name : str
            A name of ``analysis.figures.FIGURES``.

        Returns
        -------
        ExportedFigure or Paragraph
            A sentence where the corpus does not give the figure.
        """
        from analysis.figures import FIGURES as KINDS
        from analysis.figures.save import export_figure

        if name not in KINDS:
            raise ValueError(one_of("figure", name, KINDS))
        if name in ASKED:
            return self.ask(*ASKED[name]).figure()
        if name in self.missing:
            return Paragraph(f"*No figure “{KINDS[name].title}” for this corpus: {self.missing[name]}*")
        resting = (*CODED, *JUDGED) if self._judged_by() == "codes" else CODED
        coded = {"codes": self.record["codes"]} if name in resting else {}
        plain = {key: value for key, value in self.record.items() if key != "codes"}
        return export_figure(name, self.tables[name], self.folder, {**plain, **coded})

    def _judged_by(self) -> str | None:
        """What the labels are held against: planted labels, this corpus's codes, or other blogs."""
        told = self.tables.get("comparison")
        return None if told is None or told.empty else str(told["basis"].iloc[0])

    def say(self, name: str) -> Paragraph:
        """Read a result in words, every number taken from its table.

        Parameters
        ----------
        name : str
            A name of ``analysis.sentences.READINGS``.
        """
        from analysis.sentences import READINGS
        from analysis.sentences.method_facts import code_notes

        if name == "notes":
            notes = (*self.notes, *code_notes(self.facts))
            return Paragraph("\n\n".join(f"> {note}" for note in notes) or "There is nothing to warn of beforehand.")
        if name not in READINGS:
            raise ValueError(one_of("reading", name, [*READINGS, "notes"]))
        if name in ASKED:
            return self.ask(*ASKED[name]).say()
        return Paragraph(READINGS[name](self.tables))

    def ask(self, question: str, *given: Any) -> Any:
        """Ask the topics; where this corpus does not bear an answer, give the sentence that says why.

        Parameters
        ----------
        question : str
            A method of ``study.topics``, e.g. "choose", "read", "by", "framing", "view".
        *given
            What the method takes.
        """
        room = type(self.topics)
        questions = [n for n in vars(room) if not n.startswith("_") and n != "answer" and callable(getattr(room, n))]
        if question not in questions:
            raise ValueError(one_of("question", question, questions))
        return self.topics.answer(question, *given)

    def documents(self, topic: int, n: int = 3) -> pd.DataFrame:
        """Show the paragraphs in which a topic is strongest, with the words that brought them there.

        Parameters
        ----------
        topic : int
            From 1, as in every table and figure.
        n : int
            How many paragraphs.

        Returns
        -------
        DataFrame
            title, share, words, text; strongest first. Empty where there is no such topic.
        """
        found = self.tables["topic_documents"]
        found = found[found["topic"] == topic].head(n)
        return show_table(found[["title", "share", "words", "text"]])

    def comments(self, label: str | None = None, n: int = 5) -> pd.DataFrame:
        """Show comments of one label, the surest first; ``"cannot say"`` shows the unlabelled, the least sure first.

        Returns
        -------
        DataFrame
            title (of the essay), author (a pseudonym), text, label, probability, evidence, reason.
        """
        found = self.tables["labelled"]
        if label is not None:
            if label not in SHOWN_LABELS:
                raise ValueError(one_of("label", label, SHOWN_LABELS))
            found = found[found["label"] == label]
        found = found.sort_values(["probability", "comment_id"], ascending=[label == "cannot say", True], kind="stable")
        return show_table(found[["title", "author", "text", "label", "probability", "evidence", "reason"]].head(n))

    def splits(self, number: int = 10, pages: str | list[str] | None = None) -> Any:
        """Show how pages were split into essay, comments, injected spam and chrome, the least sure first.

        Parameters
        ----------
        number : int
            How many pages.
        pages : str or list of str, optional
            Names or paths of the pages to show instead.

        Returns
        -------
        Splits
            Colours in a notebook, plain text with ``print``. Below each page stands what to paste into the corpus's
            ``corrections.toml`` to correct it; the next ``open_study`` honours that file.
        """
        return self.split.show(number, pages)

    def shares(self, by: str | pd.Series) -> pd.DataFrame:
        """Estimate the share of each label in groups of your own, corrected where there are codes.

        Parameters
        ----------
        by : str or Series
            A column of ``tables["readers"]`` (doc_id, year, topic, answers_reader, author_joins), or the group of
            each comment, indexed by comment_id.

        Returns
        -------
        DataFrame
            As ``analysis.estimate_shares`` gives it.
        """
        from analysis.estimate import estimate_shares

        seed = child_seed(self.record["seed"], f"shares by {by if isinstance(by, str) else 'groups'}")
        readers, groups = self._grouped(by)
        codes = self.tables.get("codes")
        return show_table(estimate_shares(readers, groups, codes=codes, seed=seed, settings=self.estimates))

    def compare(self, label: str, by: str | pd.Series) -> pd.DataFrame:
        """Estimate by how much the share of a label differs between groups, every two of them.

        Parameters
        ----------
        label : {"agreeing", "extending", "spam"}
        by : str or Series
            As for ``shares``.

        Returns
        -------
        DataFrame
            As ``analysis.estimate.compare_groups`` gives it.
        """
        from analysis.estimate import compare_groups

        readers, groups = self._grouped(by)
        codes = self.tables.get("codes")
        return show_table(compare_groups(readers, groups, label, codes=codes, settings=self.estimates))

    def regress(self, label: str, on: str | Sequence[str]) -> pd.DataFrame:
        """Say how a label depends on what is known of every comment, corrected by the hand codes.

        Parameters
        ----------
        label : {"agreeing", "extending", "spam"}
        on : str or list of str
            One or several columns of ``tables["readers"]``: year, words, answers_reader, author_joins, topic. A text
            that is not known is a category of its own, "unknown".

        Returns
        -------
        DataFrame
            As ``analysis.regress_label`` gives it.
        """
        from analysis.estimate import regress_label

        on = [on] if isinstance(on, str) else list(on)
        readers = self._readers()
        unknown = [name for name in on if name not in readers.columns]
        if unknown:
            raise EstimateError(one_of("covariate", unknown[0], readers.columns))
        if "codes" not in self.tables:
            why = self.missing.get("estimators", "there are none.")
            raise EstimateError(f"There is no regression for this corpus, for it needs hand codes: {why}")
        gaps = {name: "unknown" for name in on if readers[name].dtype == object}
        covariates = readers[["comment_id", *on]].fillna(gaps)
        return show_table(
            regress_label(readers, covariates, self.tables["codes"], label=label, settings=self.estimates)
        )

    def _readers(self) -> pd.DataFrame:
        if "readers" not in self.tables:
            raise EstimateError("There are no comments by readers in this corpus, so there is nothing to estimate.")
        return self.tables["readers"]

    def _grouped(self, by: str | pd.Series) -> tuple[pd.DataFrame, pd.Series]:
        """The comments by readers, and the group of each."""
        readers = self._readers()
        if isinstance(by, str):
            if by not in readers.columns:
                raise EstimateError(one_of("group", by, readers.columns))
            by = readers.set_index("comment_id")[by]
        return readers, by

    def table(self, name: str) -> Any:
        """Show a table by name, or say why this corpus does not give it.

        Parameters
        ----------
        name : str
            A name in ``tables`` or ``missing``.

        Returns
        -------
        DataFrame or Paragraph
        """
        if name in self.tables:
            return show_table(self.tables[name])
        if name in self.missing:
            return Paragraph(f"*No table “{name}” for this corpus: {self.missing[name]}*")
        raise ValueError(one_of("table", name, sorted({*self.tables, *self.missing})))

    def disagreements(self, n: int = 10) -> pd.DataFrame:
        """Show comments on which coders differ, with what each said and what was decided.

        Parameters
        ----------
        n : int
            How many.

        Returns
        -------
        DataFrame
            text, then each coder's label, and position and note where any was given, and settled (the label decided
            on); as ``evaluate.stat_disagreements`` sorts them. Empty where nothing was coded twice, or nobody differs.
        """
        found = self.tables.get("disagreements", pd.DataFrame({"comment_id": []}))
        said = self.tables["comments"].set_index("comment_id")["text"]
        shown = found.head(n)
        told = [c for c in found.columns if c.startswith(("position ", "note ")) and shown[c].fillna("").ne("").any()]
        kept = [c for c in found.columns if c.startswith("label ") or c == "settled" or c in told]
        return show_table(shown.assign(text=shown["comment_id"].map(said))[["text", *kept]])

    def hardest_errors(self, n: int = 5) -> Any:
        """Show the wrong labels the classifier was surest of, with the coder's reading beside the classifier's.

        Parameters
        ----------
        n : int
            How many.

        Returns
        -------
        DataFrame or Paragraph
            comment, as coded, as the classifier read it; the surest first. A sentence where none can be shown.
        """
        if "hardest_errors" in self.missing:
            return self.table("hardest_errors")
        return show_readings(self.tables["hardest_errors"].head(n))

    def methods(self, form: str = "markdown") -> Paragraph:
        """Write the paragraphs on method for a paper, every number taken from the tables.

        Parameters
        ----------
        form : {"markdown", "latex"}
            With ``latex`` the paragraphs and their BibTeX entries as source, ready to copy.
        """
        from analysis.sentences.methods import methods_paragraph

        if form not in FORMS:
            raise ValueError(one_of("form of the methods paragraph", form, FORMS))
        made = methods_paragraph(self.facts)
        if form == "markdown":
            return Paragraph(made.markdown)
        return Paragraph(f"```latex\n{made.latex}```\n\n```bibtex\n{made.bibtex}```")

    def cite(self) -> Paragraph:
        """Say how to cite the package, the corpus as it was, and a figure."""
        from analysis import __version__

        r = self.record
        return Paragraph(
            f"- **Package**: *Below the Line*, version {__version__}, code {r['code_version']} (see `CITATION.cff`).\n"
            f"- **Corpus**: {self.name}, state {r['corpus_hash']}.\n"
            f"- **A figure**: its name and the record in its passport (`NAME.json`), e.g. “shares, record …, "
            f"corpus {self.name} {r['corpus_hash']}, seed {r['seed']}”. "
            "`python -m analysis verify FILE` says what still holds."
        )
