"""Guessing the language of a sentence from its letters and from what is spoken at the meeting."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_SCRIPTS = {
    "ARABIC": "arabic",
    "CYRILLIC": "cyrillic",
    "LATIN": "latin",
    "HEBREW": "hebrew",
    "GREEK": "greek",
}
_WRITTEN_IN = {
    "arabic": ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"),
    "cyrillic": ("sr", "ru", "uk", "bg", "mk", "be"),
    "hebrew": ("he", "yi"),
    "greek": ("el",),
}
# Small words that hardly stand in any other of these languages.
_SMALL_WORDS = {
    "de": "der die das und ist nicht wir sie ein eine für mit auf dass auch werden wird viele keine bei zum zur bis "
    "nach",
    "en": "the and is are not we they of for with that this have many to in our you need no until who about",
    "fr": "le la les des et est nous vous pas une pour avec que dans sur beaucoup sont qui du aux leur au",
    "es": "el los las y es son no nosotras nosotros una para con que muchas muchos por se del en hay como nos",
    "sr": "je i da se su nije mi za sa koji koje ali kako nemaju žene treba smo od nam li ne to što već",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")


def guess(text: str, spoken: Sequence[str]) -> str:
    """Guess the language (BCP 47 tag) in which a sentence is written, among those spoken where possible.

    The script decides first; among languages of one script small words do, and else the first one spoken.
    """
    script = _script(text)
    if script in _WRITTEN_IN:
        fitting = [tag for tag in spoken if _base(tag) in _WRITTEN_IN[script] and "latn" not in tag.lower()]
        return fitting[0] if fitting else _WRITTEN_IN[script][0]
    others = {tag for tags in _WRITTEN_IN.values() for tag in tags} - {"sr"}
    candidates = [tag for tag in spoken if _base(tag) not in others] or ["de"]
    words = Counter(word.lower() for word in _WORD.findall(text))
    hits = {tag: sum(words[word] for word in _WORDS.get(_base(tag), ())) for tag in candidates}
    best = max(hits.values())
    # Written in Latin letters, Serbian is the least likely where nothing speaks for it.
    doubtful = [tag for tag in candidates if tag != "sr"] or candidates
    found = next(tag for tag in candidates if hits[tag] == best) if best else doubtful[0]
    return "sr-latn" if found == "sr" else found


def _script(text: str) -> str:
    """Name the script most letters are of."""
    counts = Counter(
        _SCRIPTS[first]
        for letter in text[:2000]
        if letter.isalpha() and (first := unicodedata.name(letter, "").partition(" ")[0]) in _SCRIPTS
    )
    return counts.most_common(1)[0][0] if counts else "latin"


def _base(tag: str) -> str:
    return tag.lower().partition("-")[0]
