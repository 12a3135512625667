"""Tables: the columns of each, how it is checked, and how it is kept on disk (Parquet, sorted, fingerprinted)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from analysis.errors import TableError

# Column kinds. "text?" may hold None, "text" may not; likewise for the others.
_KINDS = {"text", "text?", "int", "int?", "float", "float?", "bool", "bool?", "list"}


@dataclass(frozen=True)
class Schema:
    """What a table must hold.

    Attributes
    ----------
    name : str
    key : tuple of str
        Columns that name a row; the table is sorted by them and holds each key once.
    columns : mapping of str to str
        Column name to kind: text, int, float, bool or list; ``?`` where it may be missing.
    """

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, str]

    def __post_init__(self) -> None:
        unknown = sorted(set(self.columns.values()) - _KINDS)
        if unknown or not set(self.key) <= set(self.columns):
            raise ValueError(f"Schema {self.name!r}: kinds {unknown} are unknown, or its key {self.key} is no column.")
        object.__setattr__(self, "columns", MappingProxyType(dict(self.columns)))


def _schema(name: str, key: str, columns: str) -> Schema:
    """Spell a schema as text: ``"page text, title text?"``."""
    pairs = (column.split() for column in columns.split(","))
    return Schema(name, tuple(key.split()), dict(pairs))


PAGES = _schema(
    "pages",
    "doc_id",
    """doc_id text, page text, path text, format text, title text?, author text?, date text?, language text?,
    essay text, essay_words int, comments_open bool?, confidence float, evidence text""",
)
COMMENTS = _schema(
    "comments",
    "comment_id",
    """comment_id text, doc_id text, number int, kind text, author text?, author_link text?, date text?, text text,
    reply_to text?, by_essay_author bool, signature text?, platform_status text?""",
)
STRETCHES = _schema("stretches", "doc_id number", "doc_id text, number int, kind text, comment_id text?, text text")
INJECTED = _schema("injected", "item", "item text, doc_id text, text text")
SKIPPED = _schema("skipped", "path page reason", "path text, page text, format text?, reason text")
ESSAY_FAMILIES = _schema("essay_families", "doc_id", "doc_id text, family text, representative bool, similarity float")
SPAM_FAMILIES = _schema("spam_families", "family item", "family text, item text, doc_id text, text text, n int")
PARAGRAPHS = _schema("paragraphs", "paragraph_id", "paragraph_id text, doc_id text, number int, text text, tokens list")
TOPIC_WORDS = _schema(
    "topic_words", "topic rank", "topic int, rank int, word text, weight float, label text, weak bool"
)
TOPIC_SHARES = _schema("topic_shares", "paragraph_id", "paragraph_id text, shares list, has_words bool")
TOPIC_DOCUMENTS = _schema(
    "topic_documents",
    "topic rank",
    "topic int, rank int, paragraph_id text, share float, words text, doc_id text, text text",
)
NOTES = _schema("notes", "number", "number int, note text")
TOPIC_STABILITY = _schema(
    "topic_stability",
    "topic",
    """topic int, label text, stability float?, low float?, high float?, lowest float?, highest float?, fits int,
    seed_stability float?, essays int, effective_essays float?, largest_essay float?, npmi float?, c_v float?,
    exclusivity float?, weak bool, why text""",
)
SHARES = _schema(
    "shares",
    "group label method",
    """group text, label text, share float?, low float?, high float?, method text, corrected bool,
    n_coded int, n int, clusters int""",
)
GOLD_SAMPLE = _schema(
    "gold_sample",
    "comment_id",
    "comment_id text, order int, stratum text, stratum_size int, inclusion_probability float",
)
CODES = _schema(
    "codes",
    "comment_id coder",
    """comment_id text, coder text, label text, position text?, sure bool, note text, seconds float?, at text?,
    codebook_version text?""",
)
LABELS = _schema(
    "labels",
    "comment_id",
    """comment_id text, label text?, agreeing float, extending float, spam float, position text,
    reason text?, evidence list, codebook_version text""",
)


def _is(values: pd.Series, kind: str) -> bool:
    kind = kind.removesuffix("?")
    present = values.dropna() if kind != "list" else values
    if kind == "text":
        return all(isinstance(v, str) for v in present)
    if kind == "list":
        return all(hasattr(v, "__len__") and not isinstance(v, str) for v in present)
    if kind == "bool":
        return all(v in (True, False) for v in present)
    if kind == "int":
        return all(float(v).is_integer() for v in present)
    return bool(pd.api.types.is_numeric_dtype(present)) or present.empty


def check_table(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Sort a table by its key, put its columns in order, and refuse one that breaks its schema.

    Parameters
    ----------
    table : DataFrame
        Any row order; it is not changed.
    schema : Schema

    Returns
    -------
    DataFrame
        A new table: the schema's columns first, then any others in name order; index 0..n-1.

    Raises
    ------
    TableError
        If a column is missing, has the wrong kind or a gap where none is allowed, or a key stands twice.
    """
    missing = [c for c in schema.columns if c not in table.columns]
    if missing:
        found = ", ".join(map(str, table.columns))
        raise TableError(f"The table of {schema.name} lacks the column(s) {', '.join(missing)}; it has {found}.")
    for column, kind in schema.columns.items():
        gaps = 0 if kind == "list" else int(table[column].isna().sum())
        if gaps and not kind.endswith("?"):
            raise TableError(f"Column {column!r} of the table of {schema.name} has {gaps} gap(s); none is allowed.")
        if not _is(table[column], kind):
            raise TableError(
                f"Column {column!r} of the table of {schema.name} is to hold {kind}; found {table[column].dtype}."
            )
    twice = table.duplicated(list(schema.key))
    if twice.any():
        first = table.loc[twice, list(schema.key)].iloc[0].to_dict()
        raise TableError(f"The table of {schema.name} holds {int(twice.sum())} key(s) twice, for one {first}.")
    extra = sorted(c for c in table.columns if c not in schema.columns)
    return table[[*schema.columns, *extra]].sort_values(list(schema.key), kind="stable").reset_index(drop=True)


def _canonical(value: Any) -> Any:
    """A value as text that is the same before and after Parquet: an array there is a list here."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, float):  # numpy's float64 is one too
        return "" if value != value else f"{value:.9g}"
    if hasattr(value, "__len__") and not isinstance(value, str):
        return [_canonical(getattr(v, "item", lambda v=v: v)()) for v in value]
    return value


def fingerprint_table(table: pd.DataFrame) -> str:
    """SHA-256 of a table's column names and values; the same on every machine, whatever wrote it.

    Floats count to nine digits, so that the last bits of another processor do not matter.
    """
    plain = table.copy()
    for column in plain.columns:
        plain[column] = pd.Series([_canonical(v) for v in plain[column]], index=plain.index, dtype=object)
    return hashlib.sha256(plain.to_csv(index=False, lineterminator="\n").encode()).hexdigest()


def write_table(table: pd.DataFrame, path: Path, schema: Schema) -> Path:
    """Check a table and keep it as Parquet with its schema's name and its fingerprint.

    Returns
    -------
    Path
        ``path``; its folder is made where it is missing.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    checked = check_table(table, schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = pa.Table.from_pandas(checked, preserve_index=False)
    own = {
        b"below_the_line.schema": schema.name.encode(),
        b"below_the_line.fingerprint": fingerprint_table(checked).encode(),
    }
    pq.write_table(data.replace_schema_metadata({**(data.schema.metadata or {}), **own}), path)
    return path


def read_table(path: Path, schema: Schema) -> pd.DataFrame:
    """Read a table that ``write_table`` kept, and refuse one that was changed since or is of another kind.

    Raises
    ------
    TableError
        If the file is no such table, or its fingerprint does not match its content.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        data = pq.read_table(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise TableError(f"{path.name} cannot be read as a table ({error}); delete it and run again.") from error
    own = data.schema.metadata or {}
    found = own.get(b"below_the_line.schema", b"?").decode()
    if found != schema.name:
        raise TableError(f"{path.name} holds a table of {found!r}, not of {schema.name!r}; delete it and run again.")
    table = check_table(data.to_pandas(), schema)
    if fingerprint_table(table) != own.get(b"below_the_line.fingerprint", b"").decode():
        raise TableError(f"{path.name} was changed after it was written; delete it and run again.")
    return table
