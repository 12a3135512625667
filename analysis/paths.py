"""Where things are: the project's folders, and what a user's word for a corpus means.

Looking a path up never makes a folder or a file.
"""

from __future__ import annotations

from pathlib import Path

from analysis.errors import CorpusError

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
CORPUS = PROJECT / "corpus"
NOTEBOOKS = PROJECT / "notebooks"
FIGURES = PROJECT / "figures"
BUILD = PROJECT / "build"
SAMPLE = "sample"
CODES_FOLDER = "codes"  # in a corpus: the sample to be coded by hand, and what the coders said
TOPIC_LABELS = "topic_labels.toml"  # in a corpus: what a person calls its topics
INTRUSION_FOLDER = "intrusion"  # in a corpus: sheets that a person fills in to judge its topics
FITTED_MODEL = "stance.json.gz"  # in a corpus: the classifier fitted to its codes; other names end so


def find_corpus(corpus: str | Path) -> Path:
    """Turn a user's word for a corpus into its folder or file.

    Parameters
    ----------
    corpus : str or Path
        A path, or the name of a folder under ``corpus/``; a bare name is looked for there first.

    Returns
    -------
    Path

    Raises
    ------
    CorpusError
        If neither exists.
    """
    given = Path(corpus).expanduser()
    named = CORPUS / str(corpus)
    for place in (named, given) if given.name == str(corpus) else (given, named):
        if place.exists():
            return place.resolve()
    known = sorted(p.name for p in CORPUS.iterdir() if p.is_dir()) if CORPUS.is_dir() else []
    raise CorpusError(
        f"No corpus was found at {str(corpus)!r}: it is neither a path nor a folder under corpus/ "
        f"(there: {', '.join(known) or 'none'}). Put your pages in a folder corpus/NAME and name it, or give its path."
    )


def corpus_name(corpus: Path) -> str:
    """Short name of a corpus for folders and titles: its folder's name, or its file's stem.

    Examples
    --------
    >>> corpus_name(Path("pages/harbour-blog"))
    'harbour-blog'
    """
    return corpus.stem if corpus.is_file() else corpus.name
