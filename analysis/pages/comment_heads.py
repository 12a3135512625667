"""Names that stand in the head of a comment without any class that says so: in the date line, or in bold before it all.

These are last resorts: they are asked only where no element is named as the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.pages.comment_names import is_furniture, names_of, word_set
from analysis.pages.comment_words import HEAD_PATTERNS, clean_name
from analysis.pages.dates import parse_date
from analysis.pages.html_tree import Element, text_of

LONGEST_BOLD = 60  # characters of a name set in bold; what is longer is a subject
MOST_WORDS = 5

_SIGNED = re.compile(
    r"\b(?:posted|written|submitted|comment|kommentar|geschrieben|verfasst|eingetragen|publié|posté|écrit|commentaire|"
    r"publicado|enviado|escrito|comentario|inviato|scritto|pubblicato|commento|postado|comentário)\s+"
    r"(?:by|from|von|par|por|da|di|de)\s*:?\s*"
    r"(?P<name>\S.{0,79}?)\s*(?:\||,|\bon\b|\bat\b|\bam\b|\ble\b|\bel\b|\bem\b|\bil\b|–|—| - |\d|$)",
    re.IGNORECASE,
)
_NO_NAME = word_set(
    "permalink link reply quote report edit delete like share comment comments author date name subject "
    "antworten zitieren melden kommentar autor datum répondre signaler auteur responder citar fecha rispondi data"
)
_ROLES = (
    r"(?:post |blog )?author|admin(?:istrator)?|mod(?:erator(?:in)?)?|editor|staff|team|host|op|guest|member|verified|"
    r"supporter|subscriber|autor(?:in)?|redaktion|redakteur(?:in)?|gast|mitglied|administrator(?:in)?|auteure?|autrice|"
    r"mod[ée]rat(?:eur|rice)|invité|membre|rédaction|autora|moderadora?|administradora?|invitado|miembro|redacción|"
    r"autore|moderat(?:ore|rice)|amministrat(?:ore|rice)|ospite|membro|redazione|convidado|redação"
)
_ROLE = re.compile(rf"\W*(?:{_ROLES})\W*", re.IGNORECASE)
_ROLE_BEHIND = re.compile(rf"(?<=\w)\W*[(\[](?:{_ROLES})[)\]]\s*$", re.IGNORECASE)


def is_role(text: str) -> bool:
    """Whether a text is no name but what the page calls a writer ("Author", "Moderatorin", "[admin]").

    Examples
    --------
    >>> is_role("Moderator"), is_role("(Autorin)"), is_role("Author Ann")
    (True, True, False)
    """
    return len(text) <= LONGEST_BOLD and bool(_ROLE.fullmatch(text))


def without_role(name: str) -> str:
    """A name without the role in brackets behind it.

    Examples
    --------
    >>> without_role("Ann Lee (Author)"), without_role("Ann (Lee)"), without_role("[Admin]")
    ('Ann Lee', 'Ann (Lee)', '[Admin]')
    """
    return _ROLE_BEHIND.sub("", name) if name.endswith((")", "]")) else name


def name_in_stamp(dates: Iterable[Element]) -> tuple[str | None, Element | None]:
    """The name in the elements that hold the date ("Posted by: Ann | May 4"), and the link around it.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> stamp = parse_html(b"<p>Posted by: <a href='http://a.example'>Ann</a> at May 4, 2005</p>").find(".//p")
    >>> name_in_stamp([stamp])[0]
    'Ann'
    """
    for node in dates:
        links = [a for a in node.iter("a") if "#" not in (a.get("href") or "#")]
        for line in text_of(node).split("\n"):
            said = _SIGNED.search(line) or HEAD_PATTERNS[0].search(line)
            name = clean_name(said["name"]) if said else None
            if name and _is_name(name):
                return name, next((a for a in links if clean_name("".join(a.itertext())) == name), None)
        for link in links:
            name = clean_name(" ".join("".join(link.itertext()).split()))
            if name and _is_name(name):
                return name, link
    return None, None


def name_in_bold(before: Iterable[Element], skip: set[Element]) -> tuple[str | None, Element | None]:
    """The name set in bold before the body, and its element; None where something else is set so.

    Examples
    --------
    >>> from analysis.pages.html_tree import parse_html
    >>> name_in_bold(parse_html(b"<p><b>Ann Lee</b>, yesterday</p>").iter("b"), set())[0]
    'Ann Lee'
    """
    for element in before:
        if element.tag in ("b", "strong") and element not in skip and not is_furniture(names_of(element)):
            name = clean_name(" ".join(text_of(element).split()))
            return (name, element) if name and _is_name(name) else (None, None)
    return None, None


def _is_name(text: str) -> bool:
    """Whether a text may be a name: short, with letters, without digits, and no date, role or button."""
    words = text.split()
    if len(text) > LONGEST_BOLD or len(words) > MOST_WORDS or re.search(r"\d", text) or not re.search(r"\w", text):
        return False
    return text.casefold() not in _NO_NAME and not is_role(text) and parse_date(text) is None
