"""By what somebody is known in a text: names, handles, addresses, numbers, however they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from treffpunkt.core import spellings

_SHORTEST = 3
# What Arabic writes before a name without a space: and, so, with, for, like, the.
_BEFORE = ("و", "ف", "ب", "ل", "ك", "ال", "لل", "وال", "فال", "بال", "كال", "ول", "وب", "ولل", "وبال")


@dataclass(frozen=True)
class Words:
    """By what somebody is known in a text: `sure` means them, `perhaps` may be somebody else of that name."""

    sure: tuple[str, ...]
    perhaps: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, name: str, handle: str, channels: Iterable[str]) -> Words:
        """Take a person's words: the whole name, a handle that is nobody's word, addresses; parts of the name."""
        parts = [part for part in re.split(r"\s+", name.strip()) if len(part) >= _SHORTEST]
        values = [value for value in channels if value]
        numbers = [number for value in values if (number := spellings.phone_number(value))]
        sure = [*values, *(value.removeprefix("@") for value in values if _is_telling(value.removeprefix("@")))]
        sure += numbers
        perhaps = parts
        if len(parts) > 1:
            sure.append(name.strip())
            sure.append(f"{parts[-1]}, {' '.join(parts[:-1])}")
        if _is_telling(handle):
            sure.append(handle)
        elif handle:
            sure.append(f"@{handle}")
            perhaps = [*parts, handle]
        return cls(tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(perhaps)))

    @property
    def usual(self) -> set[str]:
        """List the sure words as they are mostly written, for where only words can be searched for."""
        return {form for word in self.sure for form in spellings.usual(word)}

    def also(self, name: str) -> Words:
        """Add another way in which the same name is written; nothing where there is none."""
        if not name.strip():
            return self
        more = Words.of(name=name, handle="", channels=())
        sure, perhaps = (*self.sure, *more.sure), (*self.perhaps, *more.perhaps)
        return Words(tuple(dict.fromkeys(sure)), tuple(dict.fromkeys(perhaps)))

    def without(self, text: str, instead: str, *, perhaps: bool = False) -> str:
        """Give a text without these words."""
        for pattern in (self._sure, *((self._perhaps,) if perhaps else ())):
            if pattern:
                text = pattern.sub(lambda _found: instead, text)
        return text

    def stand_in(self, text: str) -> tuple[bool, bool]:
        """Say whether a text surely mentions them, and whether it may."""
        return bool(self._sure and self._sure.search(text)), bool(self._perhaps and self._perhaps.search(text))

    def places(self, text: str) -> list[tuple[int, int]]:
        """Give the stretches of a text that mention them, in order."""
        found = [match.span() for pattern in (self._sure, self._perhaps) if pattern for match in pattern.finditer(text)]
        kept: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    @property
    def needle(self) -> str:
        """Give one regular expression that finds them all, and more, for a database; empty where there are none."""
        forms = [_any_form(word, sure=True) for word in self.sure]
        forms += [_any_form(word, sure=False) for word in (*self.perhaps, *_numbers(self.sure))]
        return "|".join(forms)

    @property
    def _sure(self) -> re.Pattern[str] | None:
        return _pattern(self.sure, True)

    @property
    def _perhaps(self) -> re.Pattern[str] | None:
        return _pattern(self.perhaps + _numbers(self.sure), False)


def _is_telling(handle: str) -> bool:
    """Say whether a handle is nobody's everyday word."""
    return len(handle) >= 10 or (len(handle) >= 4 and bool(re.search(r"[\d_.@+]", handle)))


def _numbers(words: Iterable[str]) -> tuple[str, ...]:
    """Give the phone numbers among some words."""
    return tuple(word for word in words if word.startswith("+") and spellings.phone_number(word) == word)


@lru_cache(maxsize=256)  # they hold names: no more than are asked for at a time
def _pattern(words: tuple[str, ...], sure: bool) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_bounded(word, sure=sure) for word in longest_first), re.IGNORECASE)


def _any_form(word: str, *, sure: bool) -> str:
    """Match a word as it may be written: numbers and names in any way, addresses and handles letter by letter.

    A number without country or leading zero, and a name that is only a part, are a guess.
    """
    if _numbers([word]):
        return spellings.any_notation(word, bare=not sure)
    if re.search(r"\s", word) or (not sure and word.isalpha()):
        return spellings.any_name(word, whole=bool(re.search(r"\s", word)))
    return re.escape(word)


def _bounded(word: str, *, sure: bool) -> str:
    """Match a word where it begins and ends, as its language writes it.

    Arabic writes “and”, “to” and “with” before a name without a space; a whole name may take an ending in any language.
    """
    inner = _any_form(word, sure=sure)
    if _numbers([word]):
        return rf"(?<![\d+]){inner}(?!\d)"
    whole = bool(re.search(r"\s", word))
    if re.match(r"[\u0600-\u06ff]", word):
        start = "" if whole else "(?:(?<!\\w)" + "".join(rf"|(?<=(?<!\w){before})" for before in _BEFORE) + ")"
    else:
        start = r"(?<!\w)"
    return f"{start}{inner}" + ("" if whole else r"(?!\w)")
