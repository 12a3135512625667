"""The stance model as a spaCy component: ``nlp.add_pipe("comment_stance")``.

Beside tokens this is the only module that imports spaCy, and nothing of the package imports this one: spaCy finds it by
the entry point of the installed package, or you import it. It needs no tagger or vectors, so ``spacy.blank("en")`` will
do. It does not read essays: what a comment stands under is given with it, see ``comments_as_docs``.
"""
# No "from __future__ import annotations" here: spaCy checks a component's settings by the types in its signature.
# What labelling needs is imported when it labels, as spaCy loads each installed component for every pipeline it makes.

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch

from analysis.errors import LabelError
from analysis.types import LABELS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.stance import StanceModel

NAME = "comment_stance"
ASKED = "comment"  # doc._.comment: a mapping with what the comment stands under
READ = ("parent_title", "parent_text", "reply_to_text", "author", "author_url")
# What the component sets on a Doc, by the column of ``label_comments`` it comes from.
SET = {"stance": "label", "stance_position": "position", "stance_reason": "reason", "stance_evidence": "evidence"}
PROBABILITIES = "stance_probabilities"
BATCH = 256  # documents labelled together where spaCy names no number: more gain nothing
_SETTINGS = "settings.json"


def _add_extensions() -> None:
    """Make room on spaCy's documents; what is there already stays."""
    for name in (ASKED, *SET, PROBABILITIES):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


class CommentStance:
    """Says of each document whether it agrees, extends or is spam.

    Parameters
    ----------
    model : str or None
        File of a model, such as ``python -m analysis fit`` writes; the shipped one where None.
    target_accuracy : float
        As for ``label_comments``.

    Raises
    ------
    LabelError
        If the model cannot be read or the target is no share.
    """

    def __init__(self, model: str | None = None, target_accuracy: float = 0.9) -> None:
        _add_extensions()
        self._set(model, target_accuracy)

    def _set(self, model: str | None, target_accuracy: float) -> None:
        self.model, self.target_accuracy = model, target_accuracy
        self._model().threshold(target_accuracy)  # refuses a bad setting now and not at the first document

    def _model(self) -> "StanceModel":
        from analysis.stance import load_model

        return load_model(Path(self.model)) if self.model else load_model()

    def __call__(self, doc: Doc) -> Doc:
        """Label one document."""
        return self._label([doc])[0]

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Label a stream of documents in batches; the same answers as one by one, many times as fast."""
        for batch in minibatch(stream, size=batch_size):
            yield from self._label(batch)

    def _label(self, docs: list[Doc]) -> list[Doc]:
        import pandas as pd

        from analysis.stance import label_comments

        rows = [_row(doc, f"{n:09d}") for n, doc in enumerate(docs)]
        comments = pd.DataFrame(rows, columns=["id", "text", *READ], dtype=object)
        labels = label_comments(comments, model=self._model(), target_accuracy=self.target_accuracy)
        for doc, row in zip(docs, labels.to_dict("records"), strict=True):  # both in the order of the ids
            for name, column in SET.items():
                doc._.set(name, row[column])
            doc._.set(PROBABILITIES, {label: row[label] for label in LABELS})
        return docs

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings; the model stays in its file."""
        return json.dumps({"model": self.model, "target_accuracy": self.target_accuracy}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        """Take over settings that ``to_bytes`` wrote."""
        try:
            given = json.loads(data)
            model, target = given["model"], given["target_accuracy"]
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(
                f"The settings of {NAME!r} cannot be read ({error}); add the component to the pipeline anew."
            ) from error
        self._set(model, target)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SETTINGS).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        """Take over settings from a folder that ``to_disk`` wrote."""
        try:
            data = (Path(path) / _SETTINGS).read_bytes()
        except OSError as error:
            raise LabelError(
                f"The settings of {NAME!r} cannot be opened ({error}); keep the pipeline anew with nlp.to_disk."
            ) from error
        return self.from_bytes(data)


def _row(doc: Doc, name: str) -> dict[str, Any]:
    """What the classifier reads of a document."""
    given = doc._.get(ASKED)
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise LabelError(
            f"doc._.{ASKED} is to be a mapping with any of {', '.join(READ)}; found {type(given).__name__}."
        )
    return {"id": name, "text": doc.text, **{column: given.get(column) for column in READ}}


@Language.factory(
    NAME,
    default_config={"model": None, "target_accuracy": 0.9},
    assigns=[f"doc._.{name}" for name in (*SET, PROBABILITIES)],
)
def make_comment_stance(nlp: Language, name: str, model: str | None, target_accuracy: float) -> CommentStance:
    """Make the component; called by ``nlp.add_pipe("comment_stance", config={...})``.

    It reads ``doc._.comment`` (a mapping with any of parent_title, parent_text (the essay), reply_to_text, author,
    author_url) and sets ``doc._.stance`` (agreeing, extending, spam or None), ``doc._.stance_probabilities`` (of the
    three, summing to 1), ``doc._.stance_position`` (for, against, unclear), ``doc._.stance_reason`` (why there is no
    label, or what makes it unsure) and ``doc._.stance_evidence`` (phrases, the weightiest first).

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> stance = nlp.add_pipe("comment_stance", config={"target_accuracy": 0.8})
    >>> nlp("Thank you so much, great post!")._.stance
    'agreeing'
    """
    return CommentStance(model, target_accuracy)


def comments_as_docs(
    nlp: Language, comments: "pd.DataFrame | Iterable[Mapping[str, Any]]"
) -> Iterator[tuple[Doc, Any]]:
    """Give comments to spaCy together with what they stand under.

    Parameters
    ----------
    nlp : Language
    comments : DataFrame, or iterable of mapping
        As for ``label_comments``; read one by one.

    Yields
    ------
    (Doc, mapping)
        The tokenised comment with ``doc._.comment`` set, and the row it came from, for ``as_tuples``.

    Examples
    --------
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> stance = nlp.add_pipe("comment_stance")
    >>> rows = [{"id": 7, "text": "Cheap lamps, order now!", "author": "lamp shop", "author_url": "http://lamps.example"}]
    >>> [(row["id"], doc._.stance) for doc, row in nlp.pipe(comments_as_docs(nlp, rows), as_tuples=True)]
    [(7, 'spam')]
    """
    _add_extensions()
    # A table is known by its rows as mappings, so that pandas need not be loaded.
    rows = comments.to_dict("records") if hasattr(comments, "to_dict") else comments
    for row in rows:
        text = row.get("text")
        doc = nlp.make_doc(text if isinstance(text, str) else "")
        doc._.set(ASKED, {column: row.get(column) for column in READ})
        yield doc, row
