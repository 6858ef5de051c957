"""Keys: what a name, a phone number, an address or a handle becomes, so that its variants meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

from treffpunkt.core.text import fold

# How many characters of a name count; longer ones are cut.
LONGEST = 300
# Fewer digits are not a phone number; the last nine are the same with and without the country's code.
FEWEST_DIGITS, PHONE_DIGITS = 6, 9

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|web|touch)\.")
_NO_DIGIT = re.compile(r"\D")


def key(text: str) -> int:
    """Give the signed number of a text; never 0, which counts all names."""
    number = crc32(text.encode())
    return (number - 2**32 if number >= 2**31 else number) or 1


def trigrams(folded: str, *, ended: bool = True) -> list[str]:
    """List the three-letter pieces of a folded name once each, word by word; unended while it is being typed."""
    pieces: dict[str, None] = {}
    words = folded.split()
    for number, word in enumerate(words, start=1):
        padded = f" {word} " if ended or number < len(words) else f" {word}"
        for start in range(len(padded) - 2):
            pieces[padded[start : start + 3]] = None
    return list(pieces)


def name_keys(folded: str, *, ended: bool = True) -> list[int]:
    """List the keys of a folded name."""
    return [_piece_key(piece) for piece in trigrams(folded, ended=ended)]


def phone_keys(phones: Iterable[str]) -> Iterator[int]:
    """Give the keys of phone numbers, with or without the country's code."""
    for phone in phones:
        digits = _NO_DIGIT.sub("", fold(phone)).lstrip("0")
        if len(digits) >= FEWEST_DIGITS:
            yield key(f"p:{digits[-PHONE_DIGITS:]}")


def url_keys(urls: Iterable[str]) -> Iterator[int]:
    """Give the keys of web addresses; scheme, `www.`, query and last slash do not count."""
    for url in urls:
        plain = _HOST_PREFIX.sub("", _SCHEME.sub("", url.strip().lower()))
        plain = re.split(r"[?#]", plain, maxsplit=1)[0].rstrip("/")
        if plain:
            yield key(f"u:{plain}")


def handle_keys(handles: Iterable[str]) -> Iterator[int]:
    """Give the keys of handles and mail addresses, with or without the @ before them."""
    for handle in handles:
        plain = handle.strip().lstrip("@").lower()
        if plain:
            yield key(f"h:{plain}")


def address_keys(addresses: Iterable[str]) -> Iterator[int]:
    """Give the keys of postal addresses."""
    for address in addresses:
        plain = fold(address)
        if plain:
            yield key(f"a:{plain}")


# The pieces of names repeat; phones and handles do not, and are kept nowhere.
_piece_key = lru_cache(maxsize=50_000)(key)
