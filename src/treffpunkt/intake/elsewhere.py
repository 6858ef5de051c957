"""Files that belong elsewhere: a module above says of which kind, and where they go instead of being kept here."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise

from treffpunkt.core.errors import DomainError

# Looks at the beginning of a file and gives the sentence that says where it belongs; nothing where it is at home here.
Tells = Callable[[bytes], str | Promise]
_tellers: list[Tells] = []


def belongs_elsewhere(tells: Tells) -> None:
    """Let a module above turn away files that must not be kept."""
    if tells not in _tellers:
        _tellers.append(tells)


def refuse_what_belongs_elsewhere(start: bytes) -> None:
    """Raise DomainError for a file that belongs elsewhere."""
    for tells in _tellers:
        if sentence := tells(start):
            raise DomainError(sentence)
