"""Results of slow stages, kept between runs and found again by what made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import TableError
from analysis.records import hash_settings
from analysis.tables import Schema, check_table, read_table, write_table


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
        path = self.folder / f"{schema.name}-{hash_settings([self.made_by, inputs])[:16]}.parquet"
        if path.exists():
            try:
                return read_table(path, schema)
            except TableError:  # cut off or changed: made again below
                path.unlink()
        table = check_table(make(), schema)
        partial = path.with_suffix(".partial")
        write_table(table, partial, schema)
        partial.replace(path)
        return read_table(path, schema)
