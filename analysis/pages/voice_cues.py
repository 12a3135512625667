"""What a paragraph shows of its voice: address, person, thanks, register, punctuation, length, in six languages.

A cue is a yes or a no, seen in one line alone; it knows no names, no dates and no other line. ``voice`` weighs them.
The words are closed classes written by hand (English, German, French, Spanish, Portuguese, Italian), so that a language
with few pages to learn from profits from the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.pages.chrome import is_chrome

LOOK_AT = 600  # characters: how a comment reads is seen at its start, and a long one costs no more than a short one
LOOK_BACK = 200  # characters of a longer line's end that are asked how it closes
FIRST_WORDS = 3  # words of a line that open it
LENGTHS = (20, 40, 80, 140, 220, 320, 450, 650, 1000)  # characters: steps of length
LONGEST_HEADING = 70  # characters of a line that may be a heading

_WORDS = {
    "I": (
        "i i'm i've i'd i'll me my mine myself im ive ich mir mich mein meine meinen meiner meinem meins je j'ai "
        "moi mon mes yo mí mi mis eu meu minha meus minhas io mio mia miei"
    ),
    "you": (
        "you your yours yourself you're you've you'll you'd u ur ya youre du dir dich dein deine deinen deiner "
        "deinem deins ihr euch euer eure euren eurer eurem toi ton tes vous votre vos tú ti usted ustedes tus "
        "você vocês seu sua teu tua tuo voi vostro vostra vc te"
    ),
    "we": (
        "we our us we're we've ours wir uns unser unsere unseren unserer nous notre nos nosotros nuestro nuestra "
        "nós nosso nossa noi nostro nostra"
    ),
    "thanks": (
        "thanks thank thanx thx tks ty danke dankeschön dank merci gracias obrigado obrigada grazie cheers "
        "dankbar grateful appreciate appreciated"
    ),
    "greeting": (
        "hi hello hey dear hallo hallöchen huhu liebe lieber liebes liebste liebster hola olá oi ciao bonjour "
        "salut moin servus bonsoir estimado estimada morning howdy greetings"
    ),
    "closing formula": (
        "grüße grüßle gruß grüsse gruss lg vg mfg greetz regards saludos abrazo bises bisous abraços xo xx xoxo "
        "hugs sincerely cheers viele herzliche liebste beijos saluti baci"
    ),
    "praise": (
        "great nice awesome excellent interesting lovely wonderful fantastic amazing brilliant superb useful "
        "helpful beautiful gorgeous cool cute yummy delicious perfect perfekt toll toller tolle tolles schön "
        "schöne schöner schönes super klasse prima spitze genial wunderbar wunderschön herrlich lecker "
        "interessant interessanter interessante hübsch hübsche süß excelente muy buen buena bueno bello "
        "bellissimo ottimo très génial magnifique parfait lindo linda maravilhoso excelentes love loved liebe "
        "impressive enjoyed inspiring inspirierend gelungen gelungene gefällt"
    ),
    "agreement": (
        "agree agreed exactly indeed absolutely totally definitely genau stimmt richtig zustimmen recht d'accord "
        "exactement exacto concordo acuerdo verdade vero true right disagree wrong falsch unsinn quatsch bullshit "
        "nonsense korrekt"
    ),
    "interjection": (
        "yes yep yeah yup no nope oh wow lol haha hahaha ha hmm hm ah aww ooh omg ja nein jep naja na tja ach oui "
        "non sí si não sim sorry well ok okay also oops bravo"
    ),
    "opinion": (
        "think thought guess believe imho imo opinion suppose wonder wondering feel finde denke glaube meinung "
        "meine hoffe schätze vermute pense crois creo opinión acho penso credo hope wish wünsche"
    ),
    "asking": (
        "anyone someone anybody wondering question frage fragen please bitte can could möchte könntest kannst "
        "könnte würde how where wo wie why warum wieso pourquoi porqué"
    ),
    "names the text": (
        "post posts article articles blog piece blogpost site website page recipe recipes video series tutorial "
        "artikel beitrag beiträge text bericht seite rezept rezepte blogs billet artículo entrada artigo texto "
        "articolo list tips info information story"
    ),
    "this": "this these dieser diese dieses diesen diesem das",
    "comment or reply": (
        "comment comments commenter kommentar kommentare kommentator commentaire comentario comentários reply "
        "answer antwort"
    ),
    "chat word": (
        "lol haha hahaha hehe hihi imho imo btw omg wtf pls plz gonna wanna gotta dont doesnt cant im ive thats "
        "fwiw afaik rofl xoxo didnt wont isnt youre ppl thx tho cuz hab hätt würd nem ne nen mal gell ned net "
        "nich isses"
    ),
    "spoken particle": (
        "doch mal ja halt eben schon wohl echt eigentlich aber auch leider vielleicht gerade einfach ganz sehr "
        "wirklich total nur just really actually maybe perhaps though too also very so still already anyway kinda "
        "pretty"
    ),
    "tried or read it": (
        "made tried bought used found read reading gelesen probiert ausprobiert gemacht nachgebacken gebacken "
        "gekauft gefunden gefreut freue freut looking forward waiting gespannt"
    ),
    "family and friends": (
        "husband wife kids daughter son mom mum mother friend friends boyfriend mann frau kinder tochter sohn "
        "mama freund freundin freunde marido esposa hija hijo"
    ),
    "was or were": "was were had did been war hatte waren hatten wurde wurden est était",
    "have": "have i've habe hab bin",
    "he or they": "he she his her they their them him er sie ihre seine seinen ihren ihrem ils elle",
    "article": "the der die des den dem le la les el los las il lo gli o os",
    "of or by": "of by von durch per de del di da",
    "reported fact": (
        "according said says percent million study report company government researchers laut prozent millionen "
        "jahr jahren bundesregierung unternehmen studie"
    ),
    "call or credit": (
        "comments subscribe newsletter follow share tweet instagram pinterest facebook twitter below disclosure "
        "affiliate sponsored werbung anzeige abonniere teilen foto fotos credit image via source quelle bild"
    ),
    "negation": "not don't doesn't isn't can't won't never nicht kein keine nie niemals nichts pas jamais nunca não",
    "if or because": "if would could should wenn würde könnte sollte müsste wäre hätte because weil since denn",
    "long time": "years ago always ever immer schon lange jahre time times erste mal",
}
_OPENERS = (
    "I",
    "you",
    "thanks",
    "greeting",
    "praise",
    "agreement",
    "interjection",
    "opinion",
    "asking",
    "this",
    "spoken particle",
    "article",
    "closing formula",
    "have",
    "we",
    "names the text",
)
_SIGNS = {
    "exclaims": r"!",
    "ends exclaiming": r"!\s*\W{0,3}$",
    "doubled mark": r"[!?]{2,}",
    "dots": r"\.{2,}|…",
    "smiley": (
        r"(?:^|\s)(?:[:;=]-?[)(DPp/]+|<3|\^\^|[xX]D)(?=\s|$|[.!,)])"
        r"|[\U0001F300-\U0001FAFF☺♥❤✌]"
    ),
    "small start": r"^[a-zß-ÿ]",
    "ends without a stop": r"[^\W_]$",
    "ends asking": r"\?\W{0,3}$",
    "ends in a colon": r":$",
    "ends in a comma": r",$",
    "opens with a quotation": r"^[\x22“„«'‘»>]",
    "quotation": r"[\x22“„«]",
    "at sign first": r"^@\s?\w",
    "at sign inside": r"(?<=\s)@\w",
    "parenthesis": r"\(",
    "address of a page": r"https?://|www\.",
    "figure": r"\d",
    "year": r"\b(?:19|20)\d\d\b",
    "shouts": r"\b[A-Z]{4,}\b",
    "small I": r"(?:^|\s)i(?:\s|'|’)",
    "blank astray": r"[a-zß-ÿ][.!?,][A-ZÄÖÜ][a-z]|\s[,.!?](?:\s|$)",
    "list item": r"^(?:[-•*·–]\s|\d{1,2}[.)]\s)",
    "table": r"^\|",
    "pingback": r"^\[(?:…|\.\.\.)\]|(?:…|\.\.\.)\]\s*$|^(?:pingback|trackback)",
    "formal you": r"(?<=[a-zß-ÿ,] )(?:Sie|Ihnen|Ihre[nrm]?|Ihr)\b",
    "name alone": r"^[-–~]?\s?[A-ZÄÖÜ][\w'’-]{1,14}(?:\s[A-ZÄÖÜ][\w'’-]{1,14})?[.!]?$",
    "hails a name": r"^@?[A-ZÄÖÜ][\w'’-]{1,20}\s?[,:–—]\s",
    "greets a name": r"^(?i:hi|hello|hey|dear|hallo|liebe[rs]?|hola|bonjour|ciao|huhu|moin)\s+\w+[ ,!.:]",
    "greeting alone": r"^(?i:hi|hello|hey|dear|hallo|liebe[rs]?|hola|olá|bonjour|ciao|huhu|moin)\b.{0,24}$",
    "your text": (
        r"\b(?i:your|dein\w*|ihr\w*|euer|eure\w*|votre|tu|seu|sua|tuo)\s(?:\w+\s)?(?i:post|posts|blog|article|site|page"
        r"|recipes?|photos?|pictures?|work|book|story|writing|series|point|comment|advice|list|artikel|beitrag|seite"
        r"|text|rezept\w*|bilder|fotos|entrada|texto|artigo|articolo)\b"
    ),
    "addition": r"^(?i:p\.?s\.?\b|update|edit|note|nachtrag|ergänzung)",
    "credit line": (
        r"^(?i:photo|image|foto|bild|source|quelle|via|by|von|credit|fotos|related|tags?|filed|author|about|über"
        r"|posted|disclosure|\*)\b"
    ),
    "dash or semicolon": r";|—|–",
    "calls to readers": (
        r"(?i:what do you think|what about you|let (?:me|us) know|in the comments|was meint ihr|was denkt ihr"
        r"|und (?:ihr|du|bei dir|bei euch)\b|wie (?:ist|sieht|geht)[^.]{0,30}(?:euch|dir|ihr|du)\b"
        r"|schreib\w* (?:mir|es|uns)|your (?:favou?rite|thoughts))"
    ),
    "as a name said": r"(?i:\b(?:like|wie) [A-Z]\w+ (?:said|schreibt|says|sagt))",
}
_AT_END = (
    "ends exclaiming",
    "ends without a stop",
    "ends asking",
    "ends in a colon",
    "ends in a comma",
    "calls to readers",
)
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SIGNS.items()}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")

CUES: tuple[str, ...] = (
    *_WORDS,
    *(f"opens with {name}" for name in _OPENERS),
    *_SIGNS,
    *(f"up to {limit} characters" for limit in LENGTHS),
    "longer",
    "like a heading",
    "page furniture",
)
COLUMN = {name: k for k, name in enumerate(CUES)}
_CLASSES: dict[str, list[int]] = {}
for _name, _words in _WORDS.items():
    for _word in _words.split():
        _CLASSES.setdefault(_word, []).append(COLUMN[_name])
_OPENS = {COLUMN[name]: COLUMN[f"opens with {name}"] for name in _OPENERS}


def cue_table(lines: Sequence[str]) -> npt.NDArray[np.float32]:
    """Say of every line which cues of a voice it shows.

    Parameters
    ----------
    lines : sequence of str
        Paragraphs, stripped.

    Returns
    -------
    array, shape (lines, cues)
        1 where the cue of that column (see ``CUES``) is shown, else 0.

    Examples
    --------
    >>> table = cue_table(["Thanks for your post!", "The wall was rebuilt."])
    >>> table[:, COLUMN["thanks"]].tolist(), table[:, COLUMN["your text"]].tolist()
    ([1.0, 0.0], [1.0, 0.0])
    """
    table = np.zeros((len(lines), len(CUES)), np.float32)
    for row, line in zip(table, lines, strict=True):
        row[_cues_of(line)] = 1
    return table


def _cues_of(line: str) -> list[int]:
    """Columns of the cues that one line shows; a column may come twice."""
    sample = line[:LOOK_AT]
    shown: list[int] = []
    for k, word in enumerate(_WORD.findall(sample.lower().replace("’", "'"))):
        for column in _CLASSES.get(word, ()):
            shown.append(column)
            if k < FIRST_WORDS and column in _OPENS:
                shown.append(_OPENS[column])
    signs = {name for name, pattern in _PATTERNS.items() if pattern.search(sample)}
    if len(line) > LOOK_AT:
        end = line[-LOOK_BACK:]
        signs = signs.difference(_AT_END) | {name for name in _AT_END if _PATTERNS[name].search(end)}
    size = next((f"up to {limit} characters" for limit in LENGTHS if len(line) <= limit), "longer")
    shown += [COLUMN[size], *(COLUMN[name] for name in signs)]
    titled = len(line) <= LONGEST_HEADING and line[:1].isupper() and "list item" not in signs
    if titled and "ends without a stop" in signs:
        shown.append(COLUMN["like a heading"])
    if is_chrome(line):
        shown.append(COLUMN["page furniture"])
    return shown
