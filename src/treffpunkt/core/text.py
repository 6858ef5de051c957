"""Text of many languages: its direction, its folded form for finding, its form for sorting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "sd", "ug", "yi", "dv"})
LANGUAGES = ("de", "en", "ar", "fr", "sr", "es")

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")
# What spreadsheets take for the beginning of a formula, wide forms included, and what breaks a cell open.
_FORMULA = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")
_FORMULA_BREAKS = ("\t", "\r", "\n")
_SPACES = re.compile(r"\s+")
_NOT_ALNUM = re.compile(r"[^a-z0-9]")
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ک": "ك", "ی": "ي"}
)
_SERBIAN = {
    "љ": "lj", "њ": "nj", "џ": "dž", "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "đ", "е": "e",
    "ж": "ž", "з": "z", "и": "i", "ј": "j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "ћ": "ć", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "č", "ш": "š",
}  # fmt: skip
_LATIN = str.maketrans(_SERBIAN | {key.upper(): value.capitalize() for key, value in _SERBIAN.items()})
_LETTERS = str.maketrans({"ß": "ss", "đ": "dj", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def direction(text: str, language: str = "") -> str:
    """Tell the direction of a text, "rtl" or "ltr": that of its first strong letter, else its language's."""
    for letter in text[:500]:
        bidi = unicodedata.bidirectional(letter)
        if bidi in ("R", "AL"):
            return "rtl"
        if bidi == "L":
            return "ltr"
    return language_direction(language)


def language_direction(language: str) -> str:
    """Tell the direction in which a language (BCP 47 tag) is written."""
    base, _, rest = language.lower().partition("-")
    return "rtl" if base in RTL_LANGUAGES and not rest.startswith("latn") else "ltr"


def tidy(text: str, *, lines: bool = False) -> str:
    """Take out NULs, control characters and bidi tricks; join spaces, keeping line breaks where asked."""
    text = _BIDI_CONTROLS.sub("", _CONTROLS.sub("", unicodedata.normalize("NFC", text)))
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip("\n")
    return _SPACES.sub(" ", text).strip()


def as_uuid(text: str) -> UUID | None:
    """Give the id that a text of an address names; nothing where it names none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def spreadsheet_safe(text: str) -> str:
    """Guard a cell against being taken for a formula by a spreadsheet: an apostrophe goes before it.

    `from_spreadsheet` takes it off again. Whoever wants numbers to be summed up hands them over as numbers.
    """
    formula = text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA_BREAKS)
    return f"'{text}" if formula else text


def from_spreadsheet(text: str) -> str:
    """Take off the apostrophe that guards a cell which looks like a formula."""
    guarded = text[1:].lstrip() if text.startswith("'") else ""
    return text[1:] if guarded.startswith(_FORMULA) else text


def latin(text: str) -> str:
    """Write Serbian Cyrillic in Latin letters; Latin text stays as it is."""
    return text.translate(_LATIN)


def read_as(name: str, given: str = "") -> str:
    """Give how a name is read by those who do not read its script: as somebody wrote it, else Serbian letter by letter.

    Empty where the name needs nothing beside it.
    """
    said = given or latin(name)
    return said if said != name else ""


def fold(text: str) -> str:
    """Fold a name for finding: case, marks, Arabic variants, Cyrillic to Latin, digits to 0-9.

    Two spellings of one name meet in one folded form: “Đorđević” and “Ђорђевић”, “إيمان” and “ايمان”.
    """
    if text.isascii():  # most names: the same, five times as fast
        return _SPACES.sub(" ", _NOT_ALNUM.sub(" ", text.lower())).strip()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = latin(text).translate(_LETTERS).translate(_ARABIC)
    letters = []
    for letter in unicodedata.normalize("NFKD", text):
        if letter.isdigit():
            letters.append(str(unicodedata.digit(letter, 0)))
        elif letter.isalnum():
            letters.append(letter)
        elif not unicodedata.combining(letter):
            letters.append(" ")
    return _SPACES.sub(" ", "".join(letters).casefold().translate(_LETTERS).translate(_ARABIC)).strip()


def sort_key(text: str) -> str:
    """Give the key by which names are ordered, at most 200 characters, compared byte by byte."""
    return (fold(text) or "\uffff")[:200]


def localized(texts: Mapping[str, str] | None, language: str) -> tuple[str, str]:
    """Choose the text for a reader: (text, its language); falls back to English, German, any.

    `sr-latn` is written from `sr`, which stores Cyrillic.
    """
    texts = texts or {}
    base = language.lower().split("-")[0]
    for tag in (language.lower(), base, "en", "de", *texts):
        if texts.get(tag):
            if tag == "sr" and language.lower().startswith("sr-latn"):
                return latin(texts[tag]), "sr-latn"
            return texts[tag], tag
    return "", base
