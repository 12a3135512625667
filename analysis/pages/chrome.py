"""Page furniture in a text: buttons, forms, share links, empty bullets, headings of the comment part, in six languages.

It looks at one line at a time and knows nothing of comments; ``layouts`` uses its words as cues.
"""

from __future__ import annotations

import re

LONGEST_BUTTON = 60  # characters: "Reply", "LikeLiked by 12 people"
LONGEST_FORM_LINE = 220
LEAST_PARAGRAPH = 40  # characters: a line this long that ends a sentence is a paragraph

# "Reply" and "leave a comment" in languages whose other cues are not known here
_ANSWER = (
    "ответить|отговори|відповісти|απάντηση|رد|הגב|回复|回覆|返信(?:する)?|답글(?: ?달기)?|yanıtla|beantwoorden|reageer"
    "|odpowiedz|svara?|trả lời|balas"
)
_LEAVE = (
    r"(?:добавить|оставить) комментарий.{0,40}|(?:αφήστε|προσθέστε) .{0,10}(?:σχόλιο|απάντηση).{0,40}"
    r"|اترك تعليق.{0,40}|(?:כתיבת|הוספת|הוסף|השאר) תגובה.{0,40}|发表(?:评论|回复).{0,40}|發表(?:評論|迴響|留言).{0,40}"
    r"|コメントを(?:残す|書く|投稿).{0,40}|댓글 (?:남기기|달기|쓰기).{0,40}"
    r"|(?:bir )?(?:yorum|cevap) (?:yazın|yap|yaz|bırak)\w{0,5}.{0,40}|(?:geef|laat) een (?:reactie|antwoord).{0,40}"
    r"|(?:dodaj|zostaw) komentarz.{0,40}|lämna (?:en kommentar|ett svar).{0,40}"
)
_COUNTS = (
    r"\d{1,5}\s?(?:комментари\w{1,2}|σχόλι\w{1,2}|تعليقات?|תגובות|条评论|則(?:留言|迴響)|件のコメント|개의 댓글|yorum"
    r"|reacties?|komentarz\w{0,2}|kommentar\w{0,2}|svar)(?:\s?(?:к|на|op|on)\b.{1,120}|\s?:)?"
    r"|комментарии(?: \(?\d{1,5}\)?)?|コメント(?:一覧|\s?\(\d{1,5}\))?|评论(?:列表)?|댓글(?: \d{1,5}개)?"
    r"|תגובות|التعليقات|σχόλια|yorumlar"
)

_BUTTON_WORD = re.compile(
    r"reply|replies|delete|edit|flag(?: comment)?|report(?: abuse)?|share|unlike|liked?|likes|quote"
    r"|permalink|link to (?:this )?comment|upvote|downvote"
    r"|vote (?:up|down)|recommend|(?:log|sign) ?in to reply|respond(?!er)|antworten|antwort|zitieren|melden"
    r"|teilen|gefällt mir|löschen|bearbeiten"
    r"|permanenter link|liken|répondre|signaler|supprimer|citer|j'aime|responder|eliminar|denunciar|citar"
    r"|me gusta|excluir|apagar|curtir|rispondi"
    r"|elimina|segnala|cita|mi piace|accedi per rispondere|load more|show more|view all|hide replies"
    r"|view replies|up(?!\w)|down(?!\w)"
    rf"|{_ANSWER}",
    re.IGNORECASE,
)
_BUTTON_SIGNS = re.compile(r"[↓↑»›\s|\[\]·•/#()-]|[+-]?\d{1,6}(?!\w)")
_LIKES = re.compile(
    r"(?:like)?liked by \d+ (?:person|people)|\d+ (?:person|people) (?:like|likes|liked) this(?: post)?"
    r"|liken?gefällt \d+ (?:person|personen)"
    r"|likenliken|liken(?:gefällt mir)?|gefällt \d+ (?:person|personen)|(?:like|likes|votes?|points?"
    r"|stimmen?)\s?[:(]?\s?[+-]?\d+\)?"
    r"|\d+ (?:likes?|votes?|replies|antworten|réponses?|respuestas?|respostas?|risposte)|replies"
    r"|rate this.{0,20}|loading\.{0,3}"
    r"|(?:like|gefällt mir|j'aime|me gusta)?\s?(?:loading|wird geladen|chargement|cargando)(?:\.{3}|…)",
    re.IGNORECASE,
)
_GLUED_BUTTON = re.compile(
    r"(?:reply|replydelete|delete|antwortenlöschen|répondresupprimer|responderexcluir|responder|rispondielimina)-{3,}",
    re.IGNORECASE,
)
_SEPARATOR_BUTTON = re.compile(
    r"(?:reply|replydelete|antworten|antwort|antwortenlöschen|répondre|répondresupprimer|responder"
    r"|respondereliminar|responderexcluir|responderapagar"
    rf"|{_ANSWER}"
    r"|rispondi|rispondielimina|log in to reply|zitieren|like\s?liked? by \d+ (?:person|people)|likenliken"
    r"|likengefällt \d+ person(?:en)?)"
    r"\s?[↓»›]?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:(?:\d{1,5}|no|one|two|a|ein|eine|un|une|uno|una|um|uma|kein|keine|aucun|sin|sem|nessun)\s?"
    r"(?:comments?|responses?|replies|thoughts?|reactions?|kommentare?|antworte?n?|gedanken?|réactions?"
    r"|commentaires?|comentarios?|comentários?"
    r"|respuestas?|respostas?|réponses?|commenti|commento|risposte|risposta|pensieri?|pensamientos?|opiniones)"
    r"(?:\s?(?:on|to|so far|zu|auf|sur|à|en|a|para|su|sobre|about|for)\b.{0,160}|\s?[:»|].{0,60}|\s?\(.{0,40}\))?"
    r"|(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|responses|discussion"
    r"|reader comments|alle kommentare|all comments)"
    r"\s?[:(]?\s?\(?\d{0,5}\)?\s?(?:anzeigen|:)?"
    r"|join the (?:conversation|discussion)|what (?:do you|others) (?:think|say)\??|reader interactions"
    r"|leser-interaktionen|inline feedbacks?"
    r"|view all comments|comments? (?:feed|rss)|kommentar hinzufügen|kommentare \(\d+\) anzeigen"
    rf"|post a comment|\d{{1,5}}\s?comments?.{{0,60}}|{_COUNTS})",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"(?:leave|post|add|submit|write|make) (?:a|your|new)? ?(?:reply|comment|response|comments)\b.{0,60}"
    r"|cancel reply.{0,20}|speak your mind|your thoughts\??"
    r"|schreibe? einen kommentar.{0,40}|kommentar (?:schreiben|verfassen|hinterlassen).{0,40}"
    r"|hinterlasse? (?:einen|eine) (?:kommentar|antwort).{0,40}"
    r"|antworten? abbrechen|antworte auf.{0,40}|laisser (?:un commentaire|une réponse).{0,40}"
    r"|laissez un commentaire.{0,40}|ajouter un commentaire.{0,40}"
    r"|annuler la réponse|deja (?:una respuesta|un comentario|tu comentario).{0,40}"
    r"|cancelar (?:la )?respuesta|publicar un comentario.{0,20}|cancelar resposta"
    r"|deixe (?:um comentário|uma resposta|seu comentário).{0,40}|postar um comentário.{0,20}"
    r"|lascia un (?:commento|risposta).{0,40}|annulla risposta"
    r"|posta un commento.{0,20}|fill in your details below.{0,60}|you are commenting using.{0,60}"
    r"|connecting to %s|facebook photo|twitter picture"
    r"|(?:(?:blog )?comments )?powered by \w{3,20}\.?"
    r"|this site uses akismet.{0,120}|notify me of (?:new|follow-?up).{0,80}"
    r"|your email (?:address )?(?:will not|is never).{0,100}|email \(?(?:required|will).{0,60}"
    r"|name \(?required\)?.{0,20}|required fields are marked.{0,20}|save my name,? email.{0,100}"
    r"|deine e-mail-adresse wird nicht.{0,100}"
    r"|you must be (?:logged in|registered).{0,60}|(?:please )?(?:log|sign) ?in (?:or (?:register"
    r"|sign ?up) )?to (?:post|comment|reply|leave).{0,60}"
    r"|(?:the )?comments? (?:to this entry )?(?:are|is) (?:now )?(?:closed|off|disabled).{0,80}"
    r"|comments for this (?:post|thread) are.{0,40}"
    r"|die kommentarfunktion.{0,80}|kommentare sind geschlossen.{0,40}|comentarios cerrados.{0,40}"
    r"|les commentaires sont fermés.{0,40}"
    r"|your (?:name|e-?mail|comment|website|message|thoughts)\b.{0,30}|(?:name|e-?mail|website|web site"
    r"|url|mail|comment|kommentar|comentario|commentaire|nome"
    r"|nombre|nom|site web|correo electrónico)\s?(?:\*|\(.{0,60}\))(?:.{0,60})"
    r"|subscribe to comments.{0,60}|post comment|submit comment|kommentar abschicken"
    r"|verfasse einen kommentar.{0,40}|gib hier deinen kommentar ein.{0,20}|trage deine daten.{0,80}"
    r"|du kommentierst mit.{0,80}|comment navigation|older comments.{0,20}"
    r"|newer comments.{0,20}|verify your comment|previewing your comment|guidelines: fan feedback.{0,200}"
    rf"|comments may be no longer.{{0,140}}|{_LEAVE}",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"closed|disabled|\boff\b|deaktiviert|geschlossen|cerrados|fermés|chiusi|encerrados", re.IGNORECASE
)
_SHARE = re.compile(
    r"(?:be sociable,? )?share!?(?: this(?: post| article| entry| story)?)?:?|share (?:on|via"
    r"|to) \w+.{0,40}|click to (?:share|email|print).{0,80}|tweet(?: this)?!?"
    r"|pin it!?|email this.{0,20}|print(?: this)?|stumble ?upon|add to (?:del\.icio\.us|favorites)"
    r"|facebook|twitter|google\+|linkedin|reddit|pinterest|whatsapp"
    r"|teilen(?: mit)?:?|gefällt mir:?|like this:?"
    r"|(?:j['’]aime|me gusta|mi piace|curtir)(?: (?:ça|esto|questo|isso))?\s?:?"
    r"|(?:loading|wird geladen|lade|chargement|cargando|carregando|caricamento)(?:\s?\.{2,3}|\s?…)"
    r"|partager(?: sur .{0,30})?\s?:?|compartir(?: en .{0,30})?:?"
    r"|compartilh\w+(?: .{0,30})?:?|condividi(?: su .{0,30})?:?"
    r"|related posts with thumbnails|linkwithin|sharethis|addthis|bookmark and share|save & share"
    r"|advertisement|anzeige|publicidad|publicité|werbung"
    r"|skip to (?:content|main content|navigation)|subscribe|newsletter"
    r"|sort(?:ed)? by:? (?:best|newest|oldest|popular\w*|top|date|most recent|newest first|oldest first)"
    r"|sortieren nach:? .{3,20}|trier par:? .{3,20}|ordenar por:? .{3,20}|ordina per:? .{3,20}",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r".{1,40}['’]s picture|avatar(?: for .{1,40})?|photo|picture of .{1,40}|gravatar.{0,20}"
    r"|profile (?:photo|picture).{0,40}|bild von .{1,40}",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r".{0,60}(?:recently posted\s?\.{2,3}.{0,160}|last (?:blog post|\[type\]) ?\.{2,3}.{0,160}|´s last .{0,160})",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[\W_]{1,12}")


def is_empty_mark(line: str) -> bool:
    """Whether a line holds no letter or digit: an empty bullet, a rule, a row of stars.

    Examples
    --------
    >>> is_empty_mark("-"), is_empty_mark("- a point")
    (True, False)
    """
    return bool(_BULLET.fullmatch(line[:14])) and len(line) < 14


def is_button(line: str) -> bool:
    """Whether a line is a comment's button, vote or count and nothing else.

    Examples
    --------
    >>> is_button("ReplyDelete"), is_button("Antworten"), is_button("+20"), is_button("Reply to all of them?")
    (True, True, True, False)
    """
    if len(line) > LONGEST_BUTTON or not line:
        return False
    rest = _BUTTON_SIGNS.sub("", _BUTTON_WORD.sub("", line))
    return not rest or bool(_LIKES.fullmatch(line)) or bool(_GLUED_BUTTON.fullmatch(line))


def is_separator(line: str) -> bool:
    """Whether a line is the button that stands under every comment of a page ("Reply").

    Examples
    --------
    >>> is_separator("ReplyDelete"), is_separator("Reply ↓"), is_separator("12")
    (True, True, False)
    """
    return len(line) <= LONGEST_BUTTON and (bool(_SEPARATOR_BUTTON.fullmatch(line)) or bool(_GLUED_BUTTON.match(line)))


def is_comments_heading(line: str) -> bool:
    """Whether a line heads the comment part: "3 Comments", "12 responses to ...", "Kommentare".

    Examples
    --------
    >>> is_comments_heading("3 Comments"), is_comments_heading("2 Kommentare zu „Tee“")
    (True, True)
    """
    return len(line) <= LONGEST_FORM_LINE and bool(_COUNTED.fullmatch(line))


def is_form(line: str) -> bool:
    """Whether a line belongs to a comment form or says that comments are closed.

    Examples
    --------
    >>> is_form("Leave a Reply"), is_form("Schreibe einen Kommentar"), is_form("Leave a message for him, she said")
    (True, True, False)
    """
    return len(line) <= LONGEST_FORM_LINE and bool(_FORM.fullmatch(line))


def is_share(line: str) -> bool:
    """Whether a line is a share link or another fixed piece of a page.

    Examples
    --------
    >>> is_share("Share this post"), is_share("We share this post with you")
    (True, False)
    """
    return len(line) <= LONGEST_FORM_LINE and bool(_SHARE.fullmatch(line))


def is_furniture(line: str) -> bool:
    """Whether a line stands around a comment but is not what its author wrote: avatar text, "recently posted".

    Examples
    --------
    >>> is_furniture("Ann's picture"), is_furniture("Ann recently posted..Soup"), is_furniture("I posted it")
    (True, True, False)
    """
    return len(line) <= LONGEST_FORM_LINE and bool(_PICTURE.fullmatch(line) or _RECENT.fullmatch(line))


def is_chrome(line: str) -> bool:
    """Whether a line is page furniture of any kind known here; an empty line is not."""
    return bool(line) and (
        is_empty_mark(line) or is_button(line) or is_form(line) or is_share(line) or is_comments_heading(line)
    )


def is_rule_button(line: str) -> bool:
    """Whether a button runs into a rule that sets a signature off: "ReplyDelete------".

    Examples
    --------
    >>> is_rule_button("ReplyDelete----------"), is_rule_button("ReplyDelete")
    (True, False)
    """
    return bool(_GLUED_BUTTON.fullmatch(line[:200]))


def is_closing(line: str) -> bool:
    """Whether a line says that no more comments are taken.

    Examples
    --------
    >>> is_closing("Comments are closed."), is_closing("Leave a Reply")
    (True, False)
    """
    return len(line) <= LONGEST_FORM_LINE and bool(_CLOSED.search(line)) and is_form(line)


def image_text(line: str, before: str, after: str) -> bool:
    """Whether a line is the text of an image or a row of tags between two paragraphs: a few small words, no sentence.

    Examples
    --------
    >>> above, below = "We begin with what every gardener needs.", "Spades come first, as the ground is hard."
    >>> image_text("garden tools", above, below)
    True
    """
    found = line.split()
    if not 2 <= len(found) <= 5 or not all(word.isalpha() and word.islower() for word in found):
        return False
    return (
        len(before) >= LEAST_PARAGRAPH
        and len(after) >= LEAST_PARAGRAPH
        and before[-1] in '.!?”"'
        and after[-1] in '.!?”"'
    )
