"""Texts with places to be filled in, such as `{name}`: read, checked and filled, never run as a template."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PLACE = re.compile(r"\{([^{}\n]*)\}")
_STRAY = re.compile(r"[{}]")
_ALONE = re.compile(r"\s*\{([^{}\n]*)\}\s*")


def places(text: str) -> list[str]:
    """List the places that a text names, in order."""
    return _PLACE.findall(text)


def unknown_places(text: str, known: Collection[str]) -> list[str]:
    """List what a text names that nobody can fill in, stray braces too."""
    wrong = [f"{{{name}}}" for name in places(text) if name not in known]
    return list(dict.fromkeys(wrong + _STRAY.findall(_PLACE.sub("", text))))


def filled(text: str, values: Mapping[str, str], *, vital: Collection[str] = ()) -> str:
    """Fill a text in, once: what a value says is not read as a place again.

    A line that is nothing but a place without a value is left out, and so is one that says nothing without a `vital`
    one; any other name that nobody knows goes with the space before it.
    """
    lines = []
    for line in text.split("\n"):
        alone = _ALONE.fullmatch(line)
        if (alone and not values.get(alone[1])) or any(name in vital and not values.get(name) for name in places(line)):
            continue
        said = _PLACE.sub(lambda match: values.get(match[1], ""), line)
        if any(not values.get(name) for name in places(line)):
            said = re.sub(r"\s+(?=[,،:.!]|$)", "", said)
        lines.append(said)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
