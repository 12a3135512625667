"""Results of slow stages, kept between runs and found again by what made them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import TableError, TopicError
from analysis.records import hash_settings
from analysis.tables import Schema, check_table, read_table, write_table
from analysis.topics.model import TopicModel, load_model, save_model


@dataclass(frozen=True)
class Cache:
    """A folder of tables, each named by its stage and by a hash of all that went into it.

    Attributes
    ----------
    folder : Path
        May be deleted at any time; the next run fills it again.
    made_by : str
        Code version: results of other code are never taken.
    """

    folder: Path
    made_by: str

    def table(self, schema: Schema, inputs: object, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Give a stage's table: from the folder if the same inputs and code made it, else made now and kept.

        Parameters
        ----------
        schema : Schema
            The table's name and columns.
        inputs : object
            All that the result depends on, as JSON can hold it: fingerprints and settings.
        make : callable
            Makes the table.

        Returns
        -------
        DataFrame
            Checked and sorted by its schema; the same whether made or found.
        """
        path = self._path(schema.name, inputs, "parquet")
        if path.exists():
            try:
                return read_table(path, schema)
            except TableError:  # cut off or changed: made again below
                path.unlink()
        table = check_table(make(), schema)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        write_table(table, partial, schema)
        partial.replace(path)
        return read_table(path, schema)

    def topic_model(self, inputs: object, make: Callable[[], TopicModel | None]) -> TopicModel | None:
        """Give the topic model the same inputs and code made, else make it now and keep it; None is not kept."""
        path = self._path("topic_model", inputs, "npz")
        if path.exists():
            try:
                return load_model(path)
            except TopicError:
                path.unlink()
        model = make()
        if model is not None:
            save_model(model, path.with_suffix(f".{os.getpid()}.partial")).replace(path)
        return model

    def _path(self, name: str, inputs: object, suffix: str) -> Path:
        return self.folder / f"{name}-{hash_settings([self.made_by, inputs])[:16]}.{suffix}"
