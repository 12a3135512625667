"""A corpus's hand codes: which comments were drawn, what the coders said of them, and whether shares may rest on it.

They lie in the corpus's folder ``codes``. Codes that cannot be used leave the shares uncorrected, and a note says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.coding import read_adjudicated, read_codes, read_sample, settle_codes
from analysis.errors import CodingError, EstimateError
from analysis.estimate import passed_over, take_codes
from analysis.paths import CODES_FOLDER
from analysis.records import hash_files, hash_items
from analysis.stance import load_codebook
from analysis.tables import CODES, GOLD_SAMPLE

SAMPLE_FILE = "sample.jsonl"


@dataclass(frozen=True)
class HandCodes:
    """What was drawn and what was coded.

    Attributes
    ----------
    header : mapping
        How the sample was drawn: corpus, corpus_hash, design, seed, n, population, codebook_version, code_version.
    sample, codes, adjudicated : DataFrame
        As in ``tables.GOLD_SAMPLE`` and ``tables.CODES``.
    settled : DataFrame
        One code a comment: comment_id, label, position, how, coders.
    usable : DataFrame or None
        The codes shares are estimated from, with the chance each had of being drawn; None where they cannot be.
    digest : str
        Twelve digits for all files of the folder, for a figure's passport.
    refused : str or None
        Why no share may rest on codes that were given; None where they may, and where nothing is coded yet.
    """

    header: Mapping[str, Any]
    sample: pd.DataFrame
    codes: pd.DataFrame
    adjudicated: pd.DataFrame
    settled: pd.DataFrame
    usable: pd.DataFrame | None
    digest: str
    refused: str | None = None


def codes_folder(place: Path) -> Path:
    """Where a corpus's codes lie: its folder ``codes``; beside it, for a corpus that is one file."""
    return place / CODES_FOLDER if place.is_dir() else place.with_suffix(f".{CODES_FOLDER}")


def read_hand_codes(place: Path, comments: pd.DataFrame, corpus_hash: str) -> tuple[HandCodes | None, tuple[str, ...]]:
    """Read a corpus's codes, and check that they are of this corpus as it is now.

    Parameters
    ----------
    place : Path
        The corpus.
    comments : DataFrame
        The comments by readers, of which the sample was drawn: ``comment_id``.
    corpus_hash : str

    Returns
    -------
    codes : HandCodes or None
        None where there are none. Of files that cannot be used at all only why: ``refused``, and empty tables.
    notes : tuple of str
        What a reader of the shares must know: why codes are left out, lines lost, comments passed over.
    """
    folder = codes_folder(place)
    files = sorted(p for p in folder.iterdir() if p.suffix in (".jsonl", ".csv")) if folder.is_dir() else []
    if not files:
        return None, ()
    try:
        found = _read(folder, files, comments, corpus_hash)
    except CodingError as error:
        why = f"The hand codes of this corpus are not used, so its shares are not corrected. {error}"
        return _refused(str(error), files, folder), (why,)
    if found.codes.empty:
        return found, ()
    notes = [str(note) for note in found.codes.attrs.get("notes", ())]
    passed = passed_over(found.sample, found.settled[found.settled["comment_id"].isin(found.sample["comment_id"])])
    notes += [passed] if passed else []
    try:
        return replace(found, usable=take_codes(found.sample, found.settled)), tuple(notes)
    except EstimateError as error:
        notes.append(f"The shares of this corpus are not corrected by its hand codes. {error}")
        return replace(found, refused=str(error)), tuple(notes)


def _refused(why: str, files: list[Path], folder: Path) -> HandCodes:
    """Codes of which nothing is used."""
    sample, none = (pd.DataFrame(columns=list(schema.columns)) for schema in (GOLD_SAMPLE, CODES))
    digest = hash_items(hash_files(files, folder))[:12]
    return HandCodes({}, sample, none, none, settle_codes(none), usable=None, digest=digest, refused=why)


def _read(folder: Path, files: list[Path], comments: pd.DataFrame, corpus_hash: str) -> HandCodes:
    version = load_codebook().version
    codes, adjudicated = read_codes(folder), read_adjudicated(folder)
    header, sample = read_sample(folder / SAMPLE_FILE, corpus_hash, version, comment_ids=comments["comment_id"])
    gone = sorted(set(sample["comment_id"]) - set(comments["comment_id"]))
    if gone or header["population"] != len(comments):
        raise CodingError(
            f"{SAMPLE_FILE} was drawn from {header['population']:,} comments by readers and now {len(comments):,} are "
            f"counted; {len(gone)} of the drawn ones are not among them. Set `[families] once` as it was then, use the "
            f"version the sample was drawn with (code {header['code_version']}), or draw a new sample."
        )
    others = sorted(set(codes["codebook_version"].dropna()) - {version})
    if others:
        raise CodingError(
            f"Some codes were given under codebook {', '.join(others)}, and this is codebook {version}: codes under "
            "two meanings cannot be pooled. Code these comments again, or move those files away."
        )
    return HandCodes(
        header=header,
        sample=sample,
        codes=codes,
        adjudicated=adjudicated,
        settled=settle_codes(codes, adjudicated),
        usable=None,
        digest=hash_items(hash_files(files, folder))[:12],
    )


def stat_coding_progress(codes: pd.DataFrame, drawn: int) -> pd.DataFrame:
    """How far each coder is.

    Parameters
    ----------
    codes : DataFrame
        As in ``tables.CODES``.
    drawn : int
        Comments of the sample.

    Returns
    -------
    DataFrame
        coder, coded, drawn, unsure, minutes (NaN: not measured); one row a coder, by name.
    """
    each = codes.groupby("coder", sort=True).agg(
        coded=("comment_id", "size"), sure=("sure", "sum"), seconds=("seconds", lambda s: s.sum(min_count=1))
    )
    each = each.assign(drawn=drawn, unsure=each["coded"] - each["sure"], minutes=(each["seconds"] / 60).round(1))
    return each.reset_index()[["coder", "coded", "drawn", "unsure", "minutes"]]
