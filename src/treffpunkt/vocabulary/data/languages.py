"""The languages of the world that have a two-letter tag, and those without one that we meet; named by CLDR."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from treffpunkt.core.text import LANGUAGES

# The languages met most come first in every list; the rest follow by tag.
FIRST = [
    "de",
    "en",
    "ar",
    "fr",
    "sr",
    "es",
    "tr",
    "ru",
    "uk",
    "fa",
    "ku",
    "ckb",
    "ps",
    "ti",
    "so",
    "am",
    "pl",
    "ro",
    "bg",
    "it",
    "pt",
    "vi",
    "hr",
    "bs",
    "sq",
    "mk",
    "el",
    "ur",
    "hi",
    "bn",
    "zh",
    "th",
]
WITHOUT_TWO_LETTERS = ("ckb", "rom", "zgh", "kab", "aii", "fil", "yue", "hsb", "dsb", "nds", "gsw")
_LEFT_OUT = frozenset({"und", "eo", "ia", "ie", "io", "vo", "cu", "pi", "ae", "la", "sh", "tl", "no", "mo"})
# Written in more than one script, or named by a macro tag.
_SCRIPTS = {
    "sr": ["Cyrl", "Latn"],
    "ku": ["Latn", "Arab"],
    "uz": ["Latn", "Cyrl"],
    "az": ["Latn", "Arab"],
    "pa": ["Guru", "Arab"],
}
_OWN = {"rom": "Romani", "sr": "Српски", "ku": "Kurdî (Kurmancî)", "aii": "ܣܘܪܬ", "zh": "中文"}


@dataclass(frozen=True)
class Named:
    """A language with its own name, its names in our six languages and the scripts it is written in."""

    tag: str
    own_name: str
    names: dict[str, str]
    scripts: list[str]
    position: int


def shipped(*, but: Collection[str] = ()) -> Iterator[Named]:
    """Give the languages but for those known already, each with what CLDR calls it (reading that takes a while)."""
    readers = {reader: {str(tag): str(name) for tag, name in Locale(reader).languages.items()} for reader in LANGUAGES}
    known = {tag for tag in readers["en"] if len(tag) == 2} | set(WITHOUT_TWO_LETTERS)
    likely = get_global("likely_subtags")
    for tag in sorted(known - _LEFT_OUT - set(but)):
        names = {reader: names[tag] for reader, names in readers.items() if tag in names}
        if "en" not in names:
            continue
        script = next((part for part in likely.get(tag, "").split("_") if len(part) == 4), "Latn")
        yield Named(
            tag=tag,
            own_name=_own_name(tag, names["en"])[:60],
            names=names,
            scripts=_SCRIPTS.get(tag, [script]),
            position=FIRST.index(tag) + 1 if tag in FIRST else 100,
        )


def _own_name(tag: str, otherwise: str) -> str:
    if tag in _OWN:
        return _OWN[tag]
    try:
        name = Locale.parse(tag).languages.get(tag)
    except (UnknownLocaleError, ValueError):
        name = None
    name = name or otherwise
    return name[0].upper() + name[1:]
