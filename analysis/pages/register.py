"""How much a text reads like a reader's comment and not like the essay: address, person, register, thanks.

It knows nothing of names or dates and sees no more than the stretch and, where given, names to be addressed by.
The cues are words of address and courtesy in six languages. Their two weights, for the paragraph that opens a comment
and for those that follow, are rounded coefficients of a logistic regression on 5,900 paragraphs of comments against the
2,000 last paragraphs of the essays above them (22 English blogs, leaving blogs out: area under the curve .82 opening,
.67 inside). The greeting on its own line and the rows of the essay's own voice are set by hand, as those blogs hardly
have them. On other languages the weights are carried over.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal

ASKED_LINES, LEAST_ASKED = 30, 4  # lines of the essay asked how usual a cue is; with fewer than four it is not known
_WORD = re.compile(r"\w+")
LOOK_AT = 600  # characters: what a comment is shows at its start, and a long one costs no more than a short one

_CUES: tuple[tuple[re.Pattern[str], float, float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), opening, inside)
    for pattern, opening, inside in (
        # thanks, praise, wishes
        ((r"\b(?:thanks|thank you|thanx|thx|danke|dankeschön|vielen dank|merci|gracias|obrigad[oa]|grazie"
         r"|cheers)\b"), 2.0, 1.6),
        ((r"\b(?:great|nice|good|awesome|excellent|interesting|lovely|wonderful|fantastic|amazing|brilliant"
         r"|superb|useful|helpful"
         r"|toller?|schöner?|super|guter|interessanter|excelente?|muy buen|bel|bell'|ottimo|très bon|bel)\s"
         r"(?:post|article|articles|piece|write|write-up|blog|info|information|tips?|read|stuff|work|job"
         r"|list|idea|point|points|question"
         r"|photos?|pics?|artikel|beitrag|text|artículo|artigo|articolo|billet|site)\b"), 1.4, 0.5),
        ((r"^(?:well said|good point|so true|spot on|agreed|exactly|wow|yes|yep|yeah|no|nope|lol|haha\w*|ha"
         r"|oh|omg|hmm+|ah|aww+|amen|indeed"
         r"|congrat\w*|welcome|sorry|true|absolutely|genau|stimmt|ja|nein|bravo|felicidades|parabéns"
         r"|complimenti)\b"), 1.7, 0.5),
        ((r"\b(?:congrats|congratulations|good luck|happy (?:birthday|anniversary)|keep (?:it )?up"
         r"|can'?t wait|looking forward)\b"), 0.8, 0.2),
        ((r"\b(?:i (?:totally |completely |fully |couldn'?t )?(?:agree|disagree)|i agree|agree with (?:you"
         r"|this)|i (?:love|loved|like|enjoyed) (?:this|your|the|it))\b"), 1.0, 0.9),
        # address
        ((r"^(?:hi|hello|hey|dear|hallo|liebe[rs]?|hola|olá|oi|ciao|bonjour|salut|moin|servus|guten tag"
         r"|estimad[oa])\b"), 3.0, 0.6),
        (r"^(?:hi|hello|hey|dear|hallo|liebe[rs]?|hola|olá|bonjour|ciao)\b.{0,24}$", 2.5, 0.0),
        (r"^@\s?\w|^#\d{1,4}\b", 1.8, 0.8),
        ((r"\b(?:your|you'?re|you'?ve|dein\w*|deine\w*|euer|eure\w*|votre|vos|tu|teu|sua"
         r"|tuo) (?:\w+ )?(?:post|posts|blog|article|site|page|recipe"
         r"|recipes|photos?|pictures?|work|book|story|writing|series|point|comment|advice|list|artikel"
         r"|beitrag|seite|entrada|texto)\b"), 0.6, 0.6),
        (r"\b(?:this|the) (?:post|article|blog|blog post|thread|site|recipe|comment)\b", 0.6, 0.2),
        (r"\b(?:you|your|yours|u|ur|du|dir|dich|ihr|euch|vous|usted|você|te)\b", 0.9, 0.8),
        # register
        (r"(?:^|\s)(?:[:;=]-?[)(DPp/]+|<3|\^\^|xd)(?=\s|$|[.!])|[\U0001F600-\U0001F64F]", 1.7, 0.9),
        ((r"\b(?:lol|haha+|hehe+|imho|imo|btw|omg|wtf|pls|plz|u r|gonna|wanna|gotta|dont|doesnt|cant|im|ive"
         r"|thats|fwiw|afaik|rofl|xoxo)\b"), 1.0, 0.9),
        (r"[!?]{2,}|\.{4,}", 1.6, 1.6),
        (r"!", 0.5, -0.4),
        (r"^[a-zß-ÿ]", 1.3, 1.2),
        (r"^(?:i|i'm|i’m|i've|i’ve|my|ich|je|yo|eu|mi|io)\b", 0.7, 0.6),
        (r"\b(?:i|i'm|i’m|i've|i’ve|i'd|i’d|me|my|ich|mir|mich|je|yo|eu)\b", 0.6, 0.3),
        ((r"\b(?:just (?:found|stumbled|discovered|read|tweeted|shared)|stumbled (?:up)?on|came across"
         r"|could you|can you|do you know|any idea"
         r"|i was wondering|please (?:help|advise|tell|send))\b"), 1.1, 0.9),
        # the essay's own voice
        ((r"\b(?:below the fold|click here|read more|watch the video|sign up|let (?:me"
         r"|us) know in the comments|in the comments|what do you think\?"
         r"|leave a comment|what about you|tell us|update:|disclosure|photo credit|image:|via:|source:"
         r"|more after the jump|related posts?)\b"), -1.0, -0.8),
        (r"^(?:[-•*]\s|\d{1,2}[.)]\s|#\d{1,2}:|step \d)", -0.2, 0.0),
        ((r"^(?:p\.?s\.?|update|note|disclosure|disclaimer|author|about the author|photo|image|source"
         r"|related|tags?|filed under|posted)\b"), -1.2, -0.8),
    )
)  # fmt: skip
_LENGTH_STEPS = ((60, 0.4, 0.9), (160, 0.6, 0.6), (320, 0.1, 0.0), (600, -0.6, -0.6), (10**9, -0.8, -1.1))  # characters
_BASE_OPENING, _BASE_INSIDE = -2.4, -1.5  # the fit's intercepts, the second raised from -1.9 on the open text pages
ADDRESSED = 2.0  # by hand: a name that readers of this page use to address someone, among the first words


def cue_shares(lines: Sequence[str]) -> tuple[float, ...]:
    """Share of an essay's lines that show each cue, from 0 to 1: an essay that says "you" throughout makes it no cue.

    Examples
    --------
    >>> max(cue_shares(["You take the flour.", "You stir."] * 2)), max(cue_shares([]))
    (1.0, 0.0)
    """
    asked = [line[:LOOK_AT] for line in lines[-ASKED_LINES:]]
    if len(asked) < LEAST_ASKED:
        return (0.0,) * len(_CUES)
    return tuple(sum(bool(pattern.search(line)) for line in asked) / len(asked) for pattern, _, _ in _CUES)


def opening_score(text: str, addressed: Collection[str] = (), usual: Sequence[float] = ()) -> float:
    """Log-odds, roughly, that a paragraph opens a comment and is not one of the essay's last.

    Parameters
    ----------
    text : str
        A paragraph.
    addressed : collection of str
        Lower-cased first names or nicknames; one of them among the first words counts as an address.
    usual : sequence of float
        From ``cue_shares``: how usual each cue is in this essay; a usual cue counts less.

    Returns
    -------
    float
        Above 0 more like a comment's opening, below 0 more like the essay, at even prior odds.

    Examples
    --------
    >>> opening_score("Great post, thank you for sharing!") > 1
    True
    >>> opening_score("The second dynamic is the move from broadcasting to collaboration.") < 0
    True
    """
    sample = text[:LOOK_AT]
    score = _BASE_OPENING + _sum_of_cues(sample, 1, usual)
    score += next(opening for limit, opening, _ in _LENGTH_STEPS if len(text) <= limit)
    if addressed and any(word in addressed for word in _WORD.findall(sample[:80].casefold())[:5]):
        score += ADDRESSED
    return score


def inside_score(text: str, usual: Sequence[float] = ()) -> float:
    """Log-odds, roughly, that a paragraph goes on with a comment and is not one of the essay's last.

    Examples
    --------
    >>> inside_score("Thanks again!") > inside_score("The walls were rebuilt in the following century.")
    True
    """
    sample = text[:LOOK_AT]
    score = _BASE_INSIDE + _sum_of_cues(sample, 2, usual)
    return score + next(inside for limit, _, inside in _LENGTH_STEPS if len(text) <= limit)


def _sum_of_cues(sample: str, column: Literal[1, 2], usual: Sequence[float]) -> float:
    """Weights of the cues a sample shows, less for cues usual in the essay; cues against a comment count in full."""
    total = 0.0
    for k, cue in enumerate(_CUES):
        if cue[0].search(sample):
            weight = cue[column]
            total += weight * (1 - usual[k]) if usual and weight > 0 else weight
    return total
