"""What a file may change: never what people have changed since the file said it last.

Of every field an import sets, a stamp keeps a digest of what the file said (no value, so nothing personal is
copied). A field whose record still holds what the file said last is the file's; any other is people's and stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any


@dataclass(slots=True)
class Difference:
    """How a row differs from its record: what it may change, and what it may not."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def digest(value: Any) -> str:
    """Give a short digest of a value, the same for equal values."""
    text = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True, ensure_ascii=False)
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def compare(held: Mapping[str, Any], said: Mapping[str, Any], stamp: Mapping[str, str]) -> Difference:
    """Compare what a record holds with what a row says; an empty cell says nothing."""
    difference = Difference()
    for name, value in said.items():
        present = held.get(name)
        if present == value:
            continue
        last = stamp.get(name)
        if present in (None, "", [], {}, False) and last is None:
            difference.changes[name] = value
        elif last is None or digest(present) != last:
            if last != digest(value):  # the file says something new about what people changed
                difference.kept.append(name)
        else:
            difference.changes[name] = value
    return difference


def so_far(held: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Give what stands in fields that will change, shortened, for the sentence about the row."""
    shown = {key: held.get(name) for name, key in names.items()}
    return {
        key: ", ".join(map(str, value))[:60] if isinstance(value, list) else str(value)[:60]
        for key, value in shown.items()
        if value not in (None, "", [], {}, False) and not isinstance(value, dict)
    }
