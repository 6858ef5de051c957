"""How a name or a phone number may be written in a text: other scripts, endings, notations; as regular expressions.

They are read by Python and by PostgreSQL, so they use only what both understand; where a word begins and ends is left
to the caller.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import phonenumbers

from treffpunkt.core.text import latin

# Digraphs first: a letter of one script may be two of another.
_PIECE = re.compile("lj|nj|dž|dj|ss|ae|oe|ue|.", re.DOTALL)
_TOGETHER = {
    "lj": "љ", "nj": "њ", "dž": "dz|џ", "dj": "đ|ђ", "đ": "đ|dj|d|ђ", "ss": "ß", "ß": "ß|ss",
    "ae": "ä|æ", "ä": "ä|ae|a", "æ": "æ|ae", "oe": "ö|œ", "ö": "ö|oe|o", "œ": "œ|oe", "ue": "ü", "ü": "ü|ue|u",
}  # fmt: skip
_CYRILLIC = dict(zip("abcčćdefghijklmnoprsštuvzž", "абцчћдефгхијклмнопрсштувзж", strict=True))
_ACCENTED = {
    "a": "àáâãäåāăą", "c": "çćč", "d": "đď", "e": "èéêëēęě", "g": "ğ", "i": "ìíîïīı", "l": "ł", "n": "ñńň",
    "o": "òóôõöøō", "r": "ř", "s": "śšşș", "t": "ťț", "u": "ùúûüūů", "y": "ýÿ", "z": "źżž",
}  # fmt: skip
_ARABIC = {letter: group for group in ("اأإآٱ", "يىئی", "هة", "كک", "وؤ") for letter in group}
_ARABIC_MARKS = "[\u0640\u064b-\u0652]*"
_VOWELS = "aeiou"
# Cases and possessives of Serbian, the genitive of German and English, what Turkish hangs on with an apostrophe.
_CASES = "[aа]|[eе]|[iи]|[oо]|[uу]|[oо][mм]|[eе][mм]|[iи][mм][aа]|[aа][mм][aа]"
_POSSESSIVES = "([oо]|[eе])[vв]([aeiouаеиоу]|[oо][gг]|[oо][mм]|[iи][mм])?"
_HUNG_ON = "['’]?s|['’][a-zçğıöşü]{1,4}"
# The least that must be left of a name before an ending is taken for one.
_SHORTEST_STEM = 4

_DIGITS = {str(number): f"[{number}{chr(0x660 + number)}{chr(0x6F0 + number)}]" for number in range(10)}
_BETWEEN = r"[\s./()\u2010-\u2015-]{0,3}"
_FEWEST_DIGITS = 7
# So many in a row are nobody else's.
_TELLING_DIGITS = 9


def any_name(name: str, *, whole: bool) -> str:
    """Match a name in any script, with or without accents, with the endings of its cases.

    Of a whole name also short parts take endings, since the other parts tell who is meant.
    """
    pieces = (
        _any_word(piece, 2 if whole else _SHORTEST_STEM)
        if piece[0].isalpha()
        else r"\s+" if piece.isspace() else re.escape(piece)
        for piece in re.findall(r"[^\W\d_]+|\s+|[\W\d_]", name)
    )  # fmt: skip
    return "".join(pieces)


def any_notation(number: str, *, bare: bool) -> str:
    """Match a phone number (as `phone_number` gives it) in any notation.

    Without country and leading zero it stands there by chance where it is short: only where `bare` is wanted.
    """
    parsed = phonenumbers.parse(number)
    digits = phonenumbers.national_significant_number(parsed)
    if bare:
        return _spaced(digits)
    country = rf"((\+|[0٠۰]{{2}}){_BETWEEN})?{_spaced(str(parsed.country_code))}{_BETWEEN}([0٠۰]{_BETWEEN})?"
    before = rf"\(?({country}|([0٠۰]|06|8){_BETWEEN})"
    return (rf"({before})?" if len(digits) >= _TELLING_DIGITS else before) + _spaced(digits)


def phone_number(value: str) -> str:
    """Read a phone number, as +49…; empty where it is none."""
    if sum(map(str.isdigit, value)) < _FEWEST_DIGITS or re.search(r"[^\d\s+/().\u2010-\u2015-]", value):
        return ""
    try:
        parsed = phonenumbers.parse(value, "DE")
    except phonenumbers.NumberParseException:
        return ""
    possible = phonenumbers.is_possible_number(parsed) and len(str(parsed.national_number)) >= _FEWEST_DIGITS
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if possible else ""


def usual(word: str) -> set[str]:
    """List how a name or a phone number is mostly written, for where only words can be searched for."""
    if number := phone_number(word):
        parsed = phonenumbers.parse(number)
        national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
        international = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        return {word, number, f"00{number[1:]}", re.sub(r"\D", "", national), national, international}
    roman = latin(word)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", roman) if not unicodedata.combining(letter))
    return {word, roman, plain, _cyrillic(word)} if " " in word else {word}


@lru_cache(maxsize=1024)
def _any_word(word: str, shortest: int) -> str:
    lowered = word.lower()
    if not re.fullmatch("[a-zà-ž\u0400-\u04ffǆ-ǌșț]+", lowered):
        return _any_letters(word, accents=False)
    # Who writes accents, or a script without them, leaves none out; who writes none may mean any.
    accents, lowered = lowered.isascii(), latin(lowered)
    whole = _any_letters(lowered, accents=accents)
    stem = lowered[:-1] if lowered[-1] in _VOWELS else lowered
    if len(stem) < shortest:
        return f"{whole}({_HUNG_ON})?"
    bent = _any_letters(stem, accents=accents)
    return f"({bent}({_CASES}|{_POSSESSIVES}|[iи][nн]([aeiouаеиоу]|[oо][gг]|[oо][mм])?)|{whole}({_HUNG_ON})?)"


def _any_letters(word: str, *, accents: bool) -> str:
    return "".join(_any_letter(piece, accents) for piece in _PIECE.findall(word.lower()))


def _any_letter(piece: str, accents: bool) -> str:
    if together := _TOGETHER.get(piece):
        as_one = [_any_case(form) for form in together.split("|")]
        apart = ["".join(_any_letter(letter, accents) for letter in piece)] if len(piece) > 1 else []
        return f"({'|'.join(as_one + apart)})"
    if letters := _ARABIC.get(piece):
        return f"[{letters}]{_ARABIC_MARKS}"
    if "\u0620" <= piece <= "\u06ff":
        return piece + _ARABIC_MARKS
    base = unicodedata.normalize("NFKD", piece)[0]
    forms = {piece, base, _CYRILLIC.get(piece, piece)}
    if accents:
        forms |= set(_ACCENTED.get(piece, ""))
        forms |= {_CYRILLIC[form] for form in forms if form in _CYRILLIC}
    return _any_case("".join(sorted(forms)), one=True)


def _any_case(letters: str, *, one: bool = False) -> str:
    """Match letters in either case; a database need not know the cases of letters beyond ASCII."""
    if one:
        both = sorted({form for letter in letters for form in (letter, letter.upper()) if len(form) == 1})
        return f"[{''.join(both)}]" if len(both) > 1 else re.escape(letters)
    return "".join(_any_case(letter, one=True) for letter in letters)


def _cyrillic(word: str) -> str:
    """Write Latin letters of Serbian in Cyrillic ones."""
    lowered = latin(word).lower()
    for two, letter in (("lj", "љ"), ("nj", "њ"), ("dž", "џ"), ("đ", "ђ"), ("dj", "ђ")):
        lowered = lowered.replace(two, letter)
    return "".join(_CYRILLIC.get(letter, letter) for letter in lowered).title()


def _spaced(digits: str) -> str:
    return _BETWEEN.join(_DIGITS[digit] for digit in digits)
