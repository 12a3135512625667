"""Who signs a comment: what the name and the address it links to look like, a person's or a shop's.

It looks at the form of name and address only. It looks nobody up, opens no address and keeps no list of people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from analysis.stance.lexicon import SHORTEST_IN_ADDRESS, Lexicon

_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DOMAIN = re.compile(r"\w-*\.(?:com|net|org|info|biz|co|io|me|us|ru|de|in|eu|site|online|shop|example)\b", re.I)
_KEYWORD_PATH = re.compile(r"\w[-_]\w+[-_]\w")
_SPLIT = re.compile(r"[^a-z]+")
LONG_NAME = 25  # characters; hardly any person signs with more
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


def _name_kind(found: list[str], name: str, lexicon: Lexicon, common: frozenset[str]) -> dict[str, float]:
    low = [w.lower() for w in found]
    trade = [w for w in low if w in lexicon.signer["trade"]]
    plain = [w for w in low if w in common and w not in lexicon.signer["given"]]
    given = bool(low) and low[0] in lexicon.signer["given"]
    person = 2 <= len(found) <= 3 and all(w[0].isupper() for w in found) and not trade and len(plain) < len(low)
    return {
        "name has a trade word": float(bool(trade) and not (given and len(trade) < 2)),
        "name of common words": len(plain) / len(low) if low else 0.0,
        "name is several common words": float(len(plain) >= 2),
        "name begins with a given name": float(given),
        "name looks like a person's": float(person),
        "name in small letters, several words": float(len(found) >= 2 and name == name.lower()),
        "name of a hard trade": float(any(w in lexicon.signer["hard"] for w in low) and not given),
        "name of three words or more": float(len(found) >= 3),
        "name of four words or more": float(len(found) >= 4),
    }


def describe_signer(name: str | None, url: str | None, lexicon: Lexicon, common: frozenset[str]) -> dict[str, float]:
    """Features of the name that signs a comment, of its address, and of both together.

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
    features |= _name_kind(found, shown, lexicon, common)
    glued = "".join(found).lower()
    host = _SPLIT.sub("", read_address(url).host)
    latin = sum(c.isascii() for c in glued)
    features |= {
        "name is an address": float(bool(_DOMAIN.search(shown))),
        "name is long": float(len(shown) > LONG_NAME),
        "name has digits": float(any(c.isdigit() for c in shown)),
        "name in another script": float(bool(glued) and latin < len(glued) / 2),
        "name without letters": float(not glued),
    }
    if host and len(glued) >= 3:
        inside = glued in host or any(len(w) > 3 and w.lower() in host for w in found)
        personal = features["name looks like a person's"] or features["name begins with a given name"]
        features["person's name in the link"] = float(inside and bool(personal))
        features["other name in the link"] = float(inside and not personal)
        handle = len(found) <= 1 and not features["name of common words"] and glued in host
        features["a made-up name and its own blog"] = float(handle and bool(features["link is a blog or profile"]))
    return features
