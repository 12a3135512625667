"""How a comment is written: its length, marks, links, and the phrases of thanks, praise, doubt or offer it uses."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.stance.lexicon import Lexicon
from analysis.stance.relevance import ABOUT_BLOGS, STOP, Essay
from analysis.stance.signer import describe_address, read_address

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'\])]+|\b[\w-]+\.(?:com|net|org|info|biz|co\.uk|io)\b(?:/[^\s<>\"'\])]*)?", re.I
)
MARKUP = re.compile(r"\[/?(?:url|link)[=\]]|<\s*/?a\b|&lt;\s*/?a\b", re.I)
SMILE = re.compile(r"[:;=8]-?[)(DPp/|]|\^_?\^|<3|[😀-🙏]")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|\n+")
_GLUED = re.compile(r"[a-z][.!?,;][A-Za-z]{2}")
_REPEATED = re.compile(r"([a-z])\1\1")
_CODE = re.compile(r"[{}();=<>$\\|_#]|\w\.\w+\(")
_ADDRESSED = re.compile(r"^\W*@\w|^\w[\w .]{1,25}[,:]\s", re.U)
_QUOTED = re.compile(r"^\s*>|[\"“”«»]", re.M)
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}")
_SLASH = re.compile(r"&\w+;")


def _marks(text: str, found: Sequence[str]) -> dict[str, float]:
    size = max(1, len(text))
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    sentences = [s for s in _SENTENCE.split(text) if s.strip()]
    return {
        "length in words": math.log1p(len(found)),
        "one or two words": float(len(found) <= 2),
        "up to five words": float(len(found) <= 5),
        "no word at all": float(not found),
        "sentences": math.log1p(len(sentences)),
        "words a sentence": math.log1p(len(found) / max(1, len(sentences))),
        "paragraphs": math.log1p(text.count("\n")),
        "question marks": math.log1p(text.count("?")),
        "ends in a question": float(text.rstrip().endswith("?")),
        "exclamation marks": math.log1p(text.count("!")),
        "smileys": math.log1p(len(SMILE.findall(text))),
        "figures": math.log1p(sum(c.isdigit() for c in text)) / math.log1p(size) if size > 1 else 0.0,
        "signs of code": math.log1p(len(_CODE.findall(text))),
        "quotes something": float(bool(_QUOTED.search(text))),
        "speaks to someone by name": float(bool(_ADDRESSED.match(text))),
        "capitals": upper / max(1, len(letters)),
        "all in small letters": float(bool(letters) and not upper),
        "another script": sum(not c.isascii() for c in letters) / max(1, len(letters)),
        "blank missing after a stop": math.log1p(len(_GLUED.findall(LINK.sub(" ", text)))),
        "drawn-out letters": float(bool(_REPEATED.search(text.lower().replace("www", "")))),
        "unpronounceable": float(bool(_CONSONANTS.search(LINK.sub(" ", text).lower()))),
    }


def _wording(found: Sequence[str]) -> dict[str, float]:
    n = max(1, len(found))
    return {
        "variety of words": len(set(found)) / n,
        "share of stop words": sum(w in STOP for w in found) / n,
        "share of words about blogs": sum(w in ABOUT_BLOGS for w in found) / n,
        "says I": float(any(w in ("i", "i'm", "i've", "i'll", "my", "me", "we", "our") for w in found)),
        "says you": float(any(w in ("you", "your", "you're", "u") for w in found)),
        "begins with but or no": float(
            bool(found) and found[0] in ("but", "no", "nope", "not", "actually", "hmm", "sorry", "well")
        ),
        "begins with praise or thanks": float(
            bool(found)
            and found[0]
            in (
                "great",
                "nice",
                "good",
                "thanks",
                "thank",
                "thx",
                "cool",
                "excellent",
                "wow",
                "awesome",
                "congratulations",
            )
        ),
    }


def _links(
    text: str, author_url: str | None, essay: Essay, lexicon: Lexicon, common: frozenset[str]
) -> dict[str, float]:
    links = LINK.findall(text)
    if not links:
        return {"markup for links": 1.0} if MARKUP.search(text) else {}
    own = read_address(author_url).host
    described = [describe_address(link.rstrip(".,;:!?"), lexicon, common) for link in links[:20]]
    hosts = [read_address(link.rstrip(".,;:!?")).host for link in links[:20]]
    places = [d for d in described if d]
    rest = text[text.rfind(links[-1]) + len(links[-1]) :]
    return {
        "links in the text": math.log1p(len(links)),
        "markup for links": float(bool(MARKUP.search(text))),
        "linked text is trade": max((d.get("link with trade word", 0.0) for d in places), default=0.0),
        "links to a front page": max((d.get("link to front page", 0.0) for d in places), default=0.0),
        "links to a shop's ending": max((d.get("link ending of shops", 0.0) for d in places), default=0.0),
        "linked address of common words": max((d.get("link made of common words", 0.0) for d in places), default=0.0),
        "links to own address": float(bool(own) and own in hosts),
        "links where the essay links": float(any(h and h in essay.text for h in hosts)),
        "ends in a link": float(not rest.strip(" .)]\n\r\t>'\"")),
        "links per word": len(links) / max(1, len(text.split())),
    }


def describe_form(
    text: str, found: Sequence[str], essay: Essay, *, author_url: str | None, lexicon: Lexicon, common: frozenset[str]
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Features of a comment's form and wording, and the phrases behind them.

    Parameters
    ----------
    text : str
        The comment, cleaned.
    found : sequence of str
        Its lower-cased words, links left out.
    essay : Essay
        Only to see whether a link stands in the essay too.
    author_url : str or None
    lexicon : Lexicon
    common : frozenset of str
        Words of general use.

    Returns
    -------
    features : dict of str to float
        Counts as ln(1 + n), shares from 0 to 1, the rest 0 or 1; zeros may be left out.
    phrases : dict of str to list of str
        Phrases found, by the name of their list.
    """
    features = _marks(text, found) | _wording(found) | _links(text, author_url, essay, lexicon, common)
    hits = lexicon.phrases.find(found)
    n = max(1, len(found))
    for group in lexicon.phrases.groups:
        there = len(hits.get(group, ()))
        features[f"phrases: {group}"] = math.log1p(there)
        features[f"density: {group}"] = min(1.0, there / n)
    return features, hits
