"""Who signs a comment: what the name and the address it links to look like, a person's or a shop's.

It looks at the form of name and address only. It looks nobody up, opens no address and keeps no list of people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from analysis.stance.lexicon import SHORTEST_IN_ADDRESS, Lexicon
from analysis.stance.relevance import stem

# A word of a name: letters of any script with their accents, joined by an apostrophe or a hyphen.
_NAME_WORD = re.compile(r"[^\W\d_](?:\w|[\u0300-\u036f\u0900-\u0dff\u064b-\u065f\u05b0-\u05c7])*(?:[-'’‐][^\W\d_]+)*")
_DOMAIN = re.compile(r"\w-*\.(?:com|net|org|info|biz|co|io|me|us|ru|de|in|eu|site|online|shop|example)\b", re.I)
_KEYWORD_PATH = re.compile(r"\w[-_]\w+[-_]\w")
_SPLIT = re.compile(r"[^a-z]+")
LONG_NAME = 25  # characters; hardly any person signs with more
LONGEST_PERSON = 6  # words of a person's name
GLUED = 8  # letters from which one word may be several ("codesignstore")
MOSTLY = 0.7  # of them covered by common words
MOSTLY = 0.7  # of them covered by common words
PARTICLE = 3  # letters of "van", "al", "de"
LONG_HOST = 16  # letters in the main part of an address


@dataclass(frozen=True)
class Address:
    """An address taken apart: ``host`` without ``www.``, its ``label`` before the ``ending``, and the ``path``."""

    host: str = ""
    label: str = ""
    path: str = ""
    ending: str = ""


@lru_cache(maxsize=4096)
def read_address(url: str | None) -> Address:
    """Take a web address apart; anything that is none gives an empty one.

    Examples
    --------
    >>> read_address("http://www.quay-lamps.example/buy/now.html")
    Address(host='quay-lamps.example', label='quay-lamps', path='buy/now.html', ending='example')
    """
    text = (url or "").strip()
    if not text or "@" in text.split("/")[0]:
        return Address()
    try:
        parts = urlsplit(text if "//" in text else "//" + text)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return Address()
    pieces = host.split(".")
    if len(pieces) < 2 or not all(pieces):
        return Address()
    short = len(pieces) > 2 and len(pieces[-2]) <= 3  # co.uk, com.au, ac.uk
    label = pieces[-3] if short else pieces[-2]
    path = parts.path.strip("/") + ("?" + parts.query if parts.query else "")
    return Address(host, label, path, pieces[-2] if short and pieces[-2] in {"ac", "edu", "gov", "org"} else pieces[-1])


def _cover(text: str, known: frozenset[str]) -> float:
    """Share of a run of letters that longest-first known words (of four letters or more) make up."""
    if not text:
        return 0.0
    covered, i = 0, 0
    while i < len(text):
        for size in range(min(14, len(text) - i), SHORTEST_IN_ADDRESS - 1, -1):
            if text[i : i + size] in known:
                covered += size
                i += size
                break
        else:
            i += 1
    return covered / len(text)


def describe_address(url: str | None, lexicon: Lexicon, common: frozenset[str]) -> dict[str, float]:
    """Features of one address: what kind of place it is and how commercial its words are.

    Parameters
    ----------
    url : str or None
    lexicon : Lexicon
    common : frozenset of str
        Words of general use (from the training essays), to see an address made of them.

    Returns
    -------
    dict of str to float
        Named features; zeros where there is no address.
    """
    address = read_address(url)
    if not address.host:
        return {}
    signer = lexicon.signer
    platform = any(address.host == p or address.host.endswith("." + p) for p in signer["platforms"])
    own = address.host.split(".")[0] if platform and address.host.count(".") > 1 else address.label
    words_in = [w for w in _SPLIT.split(own + "/" + (address.path.lower() if not platform else "")) if w]
    glued = _SPLIT.sub("", own)
    trade = any(w in signer["trade"] for w in words_in) or bool(lexicon.address_words.search(glued))
    path_words = [w for w in _SPLIT.split(address.path.lower()) if w]
    return {
        "has link": 1.0,
        "link to front page": float(not address.path and not platform),
        "link to inner page": float(bool(address.path) and not platform),
        "link is a blog or profile": float(platform),
        "link ending of schools, states, societies": float(bool(set(address.host.split(".")) & signer["calm_endings"])),
        "link ending of shops": float(address.ending in signer["shop_endings"]),
        "link with trade word": float(trade),
        "link of a hard trade": float(
            any(w in signer["hard"] for w in words_in) or bool(lexicon.hard_words.search(glued))
        ),
        "link with trade path": float(any(w in signer["trade"] for w in path_words) and not platform),
        "link with keyword path": float(bool(_KEYWORD_PATH.search(address.path)) and not platform),
        "link made of common words": _cover(glued, common),
        "link label is long": float(len(glued) >= LONG_HOST),
        "link with hyphens": float(own.count("-") >= 1),
        "link with digits": float(any(c.isdigit() for c in own)),
        "link is personal": float(any(w in signer["personal"] for w in words_in)),
    }


def _is_person(found: list[str], known: int) -> bool:
    """Whether a name can be a person's of any origin: at least half of its words in no list of words.

    All words begin with a capital, or belong to a script without; a short one in between ("van", "al") need not.
    """
    shaped = all(
        w[0].isupper() or not w[0].islower() or (0 < i < len(found) - 1 and len(w) <= PARTICLE) or (i and "-" in w)
        for i, w in enumerate(found)
    )
    plain = shaped and not any(c.isdigit() for w in found for c in w)
    return 1 <= len(found) <= LONGEST_PERSON and bool(plain) and 2 * known >= len(found)


def _name_kind(found: list[str], lexicon: Lexicon, common: frozenset[str]) -> dict[str, float]:
    """What a name is made of. No list of names decides, so that no origin does.

    ``given`` and ``surnames`` only say which everyday words and trades are names too (Rose, Blessing; Loan, Gates).
    """
    signer = lexicon.signer
    low = [w.lower() for w in found]
    names_too = [w in signer["given"] or w in signer["surnames"] for w in low]
    plain = [w for w, too in zip(low, names_too, strict=True) if not too and (w in common or stem(w) in common)]
    trades = [w in signer["trade"] or stem(w) in signer["trade"] for w in low]
    trade = [w for w, too, of_trade in zip(low, names_too, trades, strict=True) if of_trade and not too]
    if plain or trade or found != [w.title() for w in low]:  # beside these "seo" and "loan" are no one's names
        trade += [w for w, yes in zip(low, trades, strict=True) if yes and w not in trade and w not in signer["given"]]
    known = sum(w not in plain and w not in trade for w in low)
    person = not trade and _is_person(found, known)
    return {
        "name looks like a person's": float(person),
        "name is several words glued": float(
            len(found) == 1 and len(low[0]) >= GLUED and _cover(low[0], common) > MOSTLY
        ),
        "name has a trade word": float(bool(trade)),
        "name of a hard trade": float(any(w in signer["hard"] for w in trade)),
        "name of common words": len(plain) / len(low) if low and not person else 0.0,
        "name is several common words": float(len(plain) >= 2 and not person),
        "name in small letters, several words": float(len(found) >= 2 and all(w.islower() for w in found)),
        "name of three words or more": float(len(found) >= 3 and not person),
        "name of four words or more": float(len(found) >= 4 and not person),
    }


def describe_signer(name: str | None, url: str | None, lexicon: Lexicon, common: frozenset[str]) -> dict[str, float]:
    """Features of the name that signs a comment, of its address, and of both together.

    Parameters
    ----------
    name, url : str or None
    lexicon : Lexicon
    common : frozenset of str
        Words of general use, from the training texts.

    Returns
    -------
    dict of str to float
        Features that are not zero; shares from 0 to 1, the rest 0 or 1.
    """
    features = describe_address(url, lexicon, common)
    shown = (name or "").strip()
    if not shown:
        return features | {"no name": 1.0}
    found = _NAME_WORD.findall(shown)
    features |= _name_kind(found, lexicon, common)
    person = bool(features["name looks like a person's"])
    glued = "".join(found).lower()
    host = _SPLIT.sub("", read_address(url).host)
    features |= {
        "name is an address": float(bool(_DOMAIN.search(shown))),
        "name is long": float(len(shown) > LONG_NAME and not person),
        "name has digits": float(any(c.isdigit() for c in shown)),
        "name without letters": float(not glued),
    }
    if host and len(glued) >= 3:
        inside = glued in host or any(len(w) > 3 and w.lower() in host for w in found)
        features["person's name in the link"] = float(inside and person)
        features["other name in the link"] = float(inside and not person)
        handle = len(found) <= 1 and not features["name of common words"] and glued in host
        features["a made-up name and its own blog"] = float(handle and bool(features["link is a blog or profile"]))
    return features
