"""The keys of names and other fields: signed 32-bit numbers."""

from __future__ import annotations

from binascii import crc32
from collections.abc import Iterable

from treffpunkt.core.text import fold


def of_name(folded: str) -> set[int]:
    """Give the keys of a folded name: its trigrams, each word with a blank before and behind."""
    keys = set()
    for word in folded.split():
        padded = f" {word} "
        keys.update(_key(padded[start : start + 3]) for start in range(len(padded) - 2))
    return keys


def of_phones(phones: Iterable[str]) -> set[int]:
    """Give the keys of phone numbers: their last nine digits, whatever stands before."""
    digits = ("".join(letter for letter in fold(phone) if letter.isdigit()) for phone in phones)
    return {_key(f"p:{number[-9:]}") for number in digits if len(number) >= 6}


def of_urls(urls: Iterable[str]) -> set[int]:
    """Give the keys of addresses on the net, without scheme, www and the slash at the end."""
    return {_key(f"u:{_bare(url)}") for url in urls if url}


def of_handles(handles: Iterable[str]) -> set[int]:
    """Give the keys of handles and mail addresses, without the @ in front."""
    return {_key(f"h:{handle.strip().lstrip('@').lower()}") for handle in handles if handle.strip("@ ")}


def of_addresses(addresses: Iterable[str]) -> set[int]:
    """Give the keys of postal addresses, folded."""
    return {_key(f"a:{fold(address)}") for address in addresses if fold(address)}


def _bare(url: str) -> str:
    bare = url.strip().lower().partition("://")[2] or url.strip().lower()
    return bare.removeprefix("www.").rstrip("/")


def _key(text: str) -> int:
    number = crc32(text.encode())
    return number - 2**32 if number >= 2**31 else number
