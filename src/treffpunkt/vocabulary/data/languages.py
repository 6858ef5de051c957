"""The languages of the world that have a two-letter tag, and those without one that we meet; named by CLDR."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
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
LIST = Path(__file__).with_name("own_names.csv")  # what each calls itself; `scripts/reference.py` writes it
COLUMNS = ("tag", "own_name")


@dataclass(frozen=True)
class Named:
    """A language with its own name, its names in our six languages and the scripts it is written in."""

    tag: str
    own_name: str
    names: dict[str, str]
    scripts: list[str]
    position: int


def tags() -> list[str]:
    """Give the tags of the languages that come with the house."""
    return sorted(({tag for tag in _names("en") if len(tag) == 2} | set(WITHOUT_TWO_LETTERS)) - _LEFT_OUT)


def shipped(*, but: Collection[str] = ()) -> Iterator[Named]:
    """Give the languages but for those known already, each with what CLDR calls it."""
    readers = {reader: _names(reader) for reader in LANGUAGES}
    own_names = _own_names()
    likely = get_global("likely_subtags")
    for tag in tags():
        names = {reader: names[tag] for reader, names in readers.items() if tag in names}
        if "en" not in names or tag in but:
            continue
        script = next((part for part in likely.get(tag, "").split("_") if len(part) == 4), "Latn")
        yield Named(
            tag=tag,
            own_name=(own_names.get(tag) or names["en"])[:60],
            names=names,
            scripts=_SCRIPTS.get(tag, [script]),
            position=FIRST.index(tag) + 1 if tag in FIRST else 100,
        )


def _names(reader: str) -> dict[str, str]:
    return {str(tag): str(name) for tag, name in Locale(reader).languages.items()}


def _own_names() -> dict[str, str]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["tag"]: row["own_name"] for row in csv.DictReader(file)}
