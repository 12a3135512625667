"""What a methods paragraph says of the topics: how they were come by, and how far they came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.sentences.typesetting import Typesetter
from analysis.sentences.wording import known, paragraph

_ENGINES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "nmf-lda": (
            "their words by non-negative matrix factorisation, their shares by latent Dirichlet allocation",
            ("lee1999", "hoffman2010"),
        ),
        "nmf": ("by non-negative matrix factorisation", ("lee1999",)),
        "mixture": ("by a mixture of multinomials, one topic a paragraph", ("nigam2000",)),
    }
)


@dataclass(frozen=True)
class TopicFacts:
    """How the topics of a run were fitted and tried.

    Attributes
    ----------
    number : int
        Topics.
    chosen : bool
        Whether the number came from the size of the corpus, and not from a person.
    engine : str
    essays, paragraphs : int
        Fitted on; one version of each essay.
    words, dropped : int
        Different words used, and left out as too few or too many essays hold them.
    tagger, phrases : bool
        Whether lemmas come from a tagger, and whether pairs of words count as words.
    draws : int
        Refits on a part of the essays.
    share : float
        Of the essays in each, 0 to 1.
    lowest, highest : float
        Least and greatest stability of a topic, 0 to 1; NaN where none was tried.
    weak : int
        Topics marked as weak.
    named : bool
        Whether topics carry names that a person gave.
    """

    number: int
    chosen: bool
    engine: str
    essays: int
    paragraphs: int
    words: int
    dropped: int
    tagger: bool
    phrases: bool
    draws: int
    share: float
    lowest: float
    highest: float
    weak: int
    named: bool


def topics_paragraph(f: TopicFacts | None, s: Typesetter) -> str:
    """Say how topics were fitted and tried, or that there are none.

    Parameters
    ----------
    f : TopicFacts or None
    s : Typesetter
    """
    if f is None:
        return "No topics were fitted."
    how, works = _ENGINES.get(f.engine, (f"by the engine {s.words(f.engine)}", ()))
    lemmas = "spaCy's tagger" if f.tagger else "a dictionary"
    pairs = "; pairs that keep company count as words too" if f.phrases else ""
    wish = "a number that follows from that of the essays" if f.chosen else "a number set beforehand"
    return paragraph(
        f"In the {s.whole(f.paragraphs)} paragraphs of {s.whole(f.essays)} essays, one version of each, "
        f"{s.whole(f.number)} topics ({wish}) were found: {how}{s.works(*works) if works else ''}.",
        f"Words are lemmas by {lemmas}, without stop words{pairs}; {s.whole(f.words)} different ones were used and "
        f"{s.whole(f.dropped)} left out, which too few or too many of the essays hold.",
        _tried(f, s),
        "The names of topics were given by hand." if f.named else "The names of topics are their first words.",
    )


def _tried(f: TopicFacts, s: Typesetter) -> str:
    if not f.draws or not known(f.lowest):
        return "Whether they come back from other draws of the essays was not tried."
    weak = "none is marked" if not f.weak else f"{s.whole(f.weak)} {'is' if f.weak == 1 else 'are'} marked"
    return (
        f"In {s.whole(f.draws)} refits on {s.percent(f.share)} of the essays the first ten words of a topic overlapped "
        f"with those of its match by {s.decimal(f.lowest)} to {s.decimal(f.highest)}, as a mean Jaccard coefficient"
        f"{s.works('greene2014')}; {weak} as weak."
    )
