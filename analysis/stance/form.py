"""How a comment is written: its length, marks, links, and the phrases of thanks, praise, doubt or offer it uses."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from analysis.stance.lexicon import Lexicon
from analysis.stance.relevance import ABOUT_BLOGS, STOP, Essay, stem
from analysis.stance.signer import describe_address, read_address
from analysis.text import words

SENTENCES = 200  # of one comment that are looked at
# Lists whose phrases make a sentence one of thanks, praise or good wishes.
KIND = frozenset(
    ("thanks", "praise", "agreement", "wishes", "encouragement", "success", "emotion", "more_please", "flattery")
)

# 63 is the most a part of a host name may have; without a bound "a-a-a-..." takes time by the square of its length.
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'\])]+|\b[\w-]{1,63}\.(?:com|net|org|info|biz|co\.uk|io)\b(?:/[^\s<>\"'\])]*)?", re.I
)
_SIGN_OF_LINK = re.compile(r"\.(?:com|net|org|info|biz|co\.uk|io)\b|www\.", re.I)
MARKUP = re.compile(r"\[/?(?:url|link)[=\]]|<\s*/?a\b|&lt;\s*/?a\b", re.I)
SMILE = re.compile(r"[:;=8]-?[)(DPp/|]|\^_?\^|<3|[😀-🙏]")
_SENTENCE = re.compile(r"(?<![.!?…])[.!?…]+(?:\s|$)|\n+")  # only from a row's first mark: else quadratic in its length
_GLUED = re.compile(r"[a-z][.!?,;][A-Za-z]{2}")
_REPEATED = re.compile(r"([a-z])\1\1")
_CODE = re.compile(r"[{}();=<>$\\|_#]|\w\.\w+\(")
_SIGN_OF_CODE = re.compile(r"[{}();=<>$\\|_#]")  # every match of _CODE holds one
_ADDRESSED = re.compile(r"^\W*@\w|^\w[\w .]{1,25}[,:]\s", re.U)
QUOTES = '"“”«»'
_QUOTED = re.compile(r"^[^\S\n]*>", re.M)
_FIGURE = re.compile(r"\d")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}")
# A Latin letter next to one of another alphabet that looks like it: a way to slip past word filters.
_LOOKALIKE = re.compile(
    r"[a-z][\u0370-\u03ff\u0400-\u04ff\u0180-\u01bf\u0250-\u02af]|[\u0370-\u03ff\u0400-\u04ff\u0180-\u01bf\u0250-\u02af][a-z]"
)


_LETTERS = bytes(c for c in range(128) if chr(c).isalpha())
_CAPITALS = bytes(c for c in range(128) if chr(c).isupper())
_FIGURES = bytes(c for c in range(128) if chr(c).isdigit())
_I = frozenset(("i", "i'm", "i've", "i'll", "my", "me", "we", "our"))
_YOU = frozenset(("you", "your", "you're", "u"))


def _count(text: str, plainly: bytes | None, which: bytes, test: Callable[[str], bool]) -> int:
    """How many characters pass a test; ``which`` are those of ASCII that do, ``plainly`` the text if it is ASCII."""
    return sum(map(test, text)) if plainly is None else len(plainly) - len(plainly.translate(None, which))


def _marks(text: str, plain: str, found: Sequence[str], sentences: Sequence[str]) -> dict[str, float]:
    size = max(1, len(text))
    plainly = text.encode() if text.isascii() else None  # counting by deleting bytes is ten times as fast
    letters = _count(text, plainly, _LETTERS, str.isalpha)
    upper = _count(text, plainly, _CAPITALS, str.isupper)
    figures = _count(text, plainly, _FIGURES, str.isdigit)
    foreign = sum(c.isalpha() and not c.isascii() for c in text) if plainly is None else 0
    code = len(_CODE.findall(text)) if _SIGN_OF_CODE.search(text) else 0
    several = sum(not s.isspace() for s in sentences if s)
    return {
        "length in words": math.log1p(len(found)),
        "one or two words": float(len(found) <= 2),
        "up to five words": float(len(found) <= 5),
        "no word at all": float(not found),
        "sentences": math.log1p(several),
        "words a sentence": math.log1p(len(found) / max(1, several)),
        "paragraphs": math.log1p(text.count("\n")),
        "question marks": math.log1p(text.count("?")),
        "ends in a question": float(text.rstrip().endswith("?")),
        "exclamation marks": math.log1p(text.count("!")),
        "smileys": math.log1p(len(SMILE.findall(text))),
        "figures": math.log1p(figures) / math.log1p(size) if size > 1 else 0.0,
        "signs of code": math.log1p(code),
        "quotes something": float(any(q in text for q in QUOTES) or (">" in text and bool(_QUOTED.search(text)))),
        "speaks to someone by name": float(bool(_ADDRESSED.match(text))),
        "capitals": upper / max(1, letters),
        "all in small letters": float(letters > 0 and not upper),
        "another script": foreign / max(1, letters),
        "blank missing after a stop": math.log1p(len(_GLUED.findall(plain))),
        "drawn-out letters": float(bool(_REPEATED.search(text.lower().replace("www", "")))),
        "look-alike letters": float(plainly is None and bool(_LOOKALIKE.search(text))),
        "unpronounceable": float(bool(_CONSONANTS.search(plain.lower()))),
    }


def _wording(found: Sequence[str]) -> dict[str, float]:
    n = max(1, len(found))
    return {
        "variety of words": len(set(found)) / n,
        "share of stop words": sum(w in STOP for w in found) / n,
        "share of words about blogs": sum(w in ABOUT_BLOGS for w in found) / n,
        "says I": float(not _I.isdisjoint(found)),
        "says you": float(not _YOU.isdisjoint(found)),
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
    links = LINK.findall(text) if _may_link(text) else []
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


def without_links(text: str) -> str:
    """A text without its links and their markup."""
    return MARKUP.sub(" ", LINK.sub(" ", text) if _may_link(text) else text)


def _may_link(text: str) -> bool:
    """Whether ``LINK`` can match at all; most comments have none and are told off here, five times as fast."""
    return "://" in text or bool(_SIGN_OF_LINK.search(text))


def beside_kind(text: str, lexicon: Lexicon) -> str:
    """A text without its sentences of thanks, praise and good wishes."""
    left = [
        s for s in _SENTENCE.split(text)[:SENTENCES] if s.strip() and KIND.isdisjoint(lexicon.phrases.find(words(s)))
    ]
    return ". ".join(s.strip() for s in left)


def _sentences(
    sentences: Sequence[str], essay: Essay, lexicon: Lexicon
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Phrases by list, and what is left of the comment when the sentences of thanks and praise are set aside."""
    hits: dict[str, list[str]] = {}
    kind: list[bool] = []
    left: list[int] = []
    content = new = specific = 0
    for sentence in sentences[:SENTENCES]:
        found = words(sentence)
        if not found:
            continue
        here = lexicon.phrases.find(found)
        for group, phrases in here.items():
            hits.setdefault(group, []).extend(phrases)
        kind.append(bool(here) and not KIND.isdisjoint(here))
        if not kind[-1]:
            left.append(len(found))
            said = [w for w in found if w not in STOP and w not in ABOUT_BLOGS]
            content += len(said)
            new += sum(stem(w) not in essay.counts for w in said)
            specific += bool(_FIGURE.search(sentence))
    n = max(1, len(kind))
    return hits, {
        "share of kind sentences": sum(kind) / n,
        "begins kindly": float(bool(kind) and kind[0]),
        "ends kindly": float(bool(kind) and kind[-1]),
        "only kind sentences": float(bool(kind) and all(kind)),
        "words outside kind sentences": math.log1p(sum(left)),
        "content outside kind sentences": math.log1p(content),
        "new content outside kind sentences": math.log1p(new),
        "figures outside kind sentences": math.log1p(specific),
        "longest sentence that is not kind": math.log1p(max(left, default=0)),
    }


def describe_form(
    text: str, plain: str, essay: Essay, *, author_url: str | None, lexicon: Lexicon, common: frozenset[str]
) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Features of a comment's form and wording, and the phrases behind them.

    Parameters
    ----------
    text : str
        The comment, cleaned.
    plain : str
        The same without links, as ``without_links`` gives it.
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
    found = words(plain)
    sentences = _SENTENCE.split(plain)
    parted = sentences if text == plain else _SENTENCE.split(text)
    features = _marks(text, plain, found, parted) | _wording(found) | _links(text, author_url, essay, lexicon, common)
    hits, structure = _sentences(sentences, essay, lexicon)
    features |= structure
    n = max(1, len(found))
    trade, hard = lexicon.signer["trade"], lexicon.signer["hard"]
    trades = [w for w in found if w in trade and w not in essay.counts and w not in STOP]
    features["trade words in the text"] = math.log1p(len(trades))
    features["density of trade words"] = len(trades) / n
    features["words of hard trades in the text"] = math.log1p(sum(w in hard for w in found))
    features |= lexicon.phrases.none_found
    for group, said in hits.items():
        features[f"phrases: {group}"] = math.log1p(len(said))
        features[f"density: {group}"] = min(1.0, len(said) / n)
    return features, hits
