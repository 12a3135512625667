"""Small pure functions on text that several stages need; nothing here knows about pages or comments."""

from __future__ import annotations

import functools
import re
import unicodedata

# Zero-width, soft-hyphen and direction marks: invisible to a reader, used by spam to split words.
INVISIBLE = dict.fromkeys(
    [
        0x00AD,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
        0xFEFF,
    ]
)
# Two of them are letters' own in Arabic, Indian and Mongolian scripts and join the parts of an emoji: there they stay.
_JOINERS = "\u200c\u200d"
_JOINED = (
    "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe"  # scripts
    "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"  # emoji
)
_STRAY_JOINER = re.compile(f"(?<![{_JOINED}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_JOINED}{_JOINERS}])")
_UNSEEN = {code: None for code in INVISIBLE if chr(code) not in _JOINERS}
_WORD = re.compile(r"\w+(?:['’\u200c\u200d]\w+)*")
LANGUAGE_WORDS = 12  # below a dozen words py3langid is right less than nine times in ten on our own sentences


def words(text: str) -> list[str]:
    """Lower-cased words in reading order; an apostrophe does not split a word.

    Examples
    --------
    >>> words("Don't count — TAKE part!")
    ["don't", 'count', 'take', 'part']
    """
    found = _WORD.findall(text.lower())
    return [w.replace("’", "'") for w in found] if "’" in text else found


def clean_text(text: str) -> str:
    """Unicode NFC, invisible characters out, blanks squeezed, lines trimmed; line breaks stay.

    What says only how letters are set (direction marks, soft hyphens, zero-width blanks) goes: two texts that look
    alike are alike. The joiners that Persian or Hindi spell with, and those inside an emoji, stay.

    Examples
    --------
    >>> clean_text("free\\u200bdom  of \\u00a0speech \\r\\n here ")
    'freedom of speech\\nhere'
    >>> cook = "\\U0001f469\\u200d\\U0001f373"
    >>> clean_text("vi\\u200dagra \\u202efor\\u202c " + cook) == "viagra for " + cook
    True
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.translate(_UNSEEN)
        if "\u200c" in text or "\u200d" in text:
            text = _STRAY_JOINER.sub("", text)
        text = unicodedata.normalize("NFC", text)  # last, as a letter and its accent may have been parted
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@functools.cache
def _identifier():  # the model takes 0.1 s to load, so not at import
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """Language of a text as an ISO 639-1 code, or None where the text is too short to say.

    Parameters
    ----------
    text : str
        At least a dozen words give an answer; the first 5,000 characters are looked at.

    Returns
    -------
    str or None

    Notes
    -----
    py3langid (after Lui & Baldwin 2012, "langid.py"). Do not use it on single short comments to exclude people:
    it is for essays, and for comments only where it is very sure.
    """
    sample = text[:5000]
    if len(words(sample)) < LANGUAGE_WORDS:
        return None
    return str(_identifier().classify(sample)[0])
