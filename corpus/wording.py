"""What the invented blogs' templates say, by language, and how they write a date."""

from __future__ import annotations

from datetime import datetime

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
WORDING = {
    "en": {
        "says": "says:", "said": "said...", "at": "at", "responses": "Responses to", "leave": "Leave a Reply", "reply": "Reply",
        "name": "Name (required)", "mail": "Mail (will not be published)", "send": "Submit Comment", "comments": "Comments",
        "posted": "Posted by", "filed": "Filed under", "recent": "Recent posts", "archive": "Archives", "about": "About", "home": "Home",
        "share": "Share this:", "next": "Next post", "previous": "Previous post", "feed": "Subscribe to the comments feed",
    },
    "de": {
        "says": "sagt:", "said": "hat gesagt…", "at": "um", "responses": "Antworten zu", "leave": "Hinterlasse eine Antwort",
        "reply": "Antworten", "name": "Name (erforderlich)", "mail": "E-Mail (wird nicht veröffentlicht)", "send": "Kommentar abschicken",
        "comments": "Kommentare", "posted": "Geschrieben von", "filed": "Abgelegt unter", "recent": "Neueste Beiträge", "archive": "Archiv",
        "about": "Über", "home": "Startseite", "share": "Teilen:", "next": "Nächster Beitrag", "previous": "Voriger Beitrag",
        "feed": "Kommentar-Feed abonnieren",
    },
    "fr": {
        "says": "dit :", "said": "a dit…", "at": "à", "responses": "réponses à", "leave": "Laisser un commentaire", "reply": "Répondre",
        "name": "Nom (obligatoire)", "mail": "Adresse (ne sera pas publiée)", "send": "Envoyer le commentaire", "comments": "Commentaires",
        "posted": "Publié par", "filed": "Classé dans", "recent": "Articles récents", "archive": "Archives", "about": "À propos",
        "home": "Accueil", "share": "Partager :", "next": "Article suivant", "previous": "Article précédent",
        "feed": "S'abonner aux commentaires",
    },
}  # fmt: skip


def when(date: str) -> datetime:
    """Read a date of truth.jsonl, ``2009-03-17 09:42``."""
    return datetime.strptime(date, "%Y-%m-%d %H:%M")


def long_date(date: str, lang: str = "en") -> str:
    """March 17, 2009, or 17. März 2009, or 17 mars 2009."""
    d = when(date)
    month = MONTHS[lang][d.month - 1]
    return {"en": f"{month} {d.day}, {d.year}", "de": f"{d.day}. {month} {d.year}", "fr": f"{d.day} {month} {d.year}"}[
        lang
    ]


def clock(date: str, lang: str = "en") -> str:
    """9:42 am in English, 09:42 elsewhere."""
    d = when(date)
    return (
        f"{d.hour % 12 or 12}:{d.minute:02d} {'am' if d.hour < 12 else 'pm'}"
        if lang == "en"
        else f"{d.hour:02d}:{d.minute:02d}"
    )


def long_moment(date: str, lang: str = "en") -> str:
    """March 17, 2009 at 9:42 am."""
    return f"{long_date(date, lang)} {WORDING[lang]['at']} {clock(date, lang)}"


def typepad_moment(date: str) -> str:
    """March 17, 2009 at 09:42 AM."""
    return f"{long_date(date)} at {when(date):%I:%M %p}"


def drupal_moment(date: str) -> str:
    """Tue, 03/17/2009 - 09:42."""
    d = when(date)
    return f"{DAYS[d.weekday()]}, {d:%m/%d/%Y - %H:%M}"


def years_ago(date: str, seen: int = 2015) -> str:
    """How old a comment was when the page was saved in ``seen``: 6 years ago."""
    n = max(1, seen - when(date).year)
    return f"{n} year{'s' * (n > 1)} ago"
