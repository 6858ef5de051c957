"""The list of what was erased, kept outside the database: one line each, an id and no name.

A backup knows only the erasures from before it was made. This file knows the later ones, so that a restore can
erase them anew. Lines are only ever added; a line that stands there twice does no harm.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Erased:
    """A record that was erased, named by kind and id."""

    kind: str
    id: str


def read(path: Path) -> set[Erased]:
    """Read the list; a last line that a power cut left half written is passed over."""
    found = set()
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    for line in lines:
        try:
            said = json.loads(line)
            found.add(Erased(kind=str(said["kind"]), id=str(said["id"])))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def add(path: Path, erased: Iterable[Erased]) -> int:
    """Add what is missing and return how much that was; it is on the disk when this returns.

    Several processes may do so at once: whoever holds the lock reads before it writes.
    """
    wanted = set(erased)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        missing = sorted(wanted - read(path), key=lambda one: (one.kind, one.id))
        if not missing:
            return 0
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a power cut ended the line before this one
                file.write(b"\n")
        for one in missing:
            file.write(json.dumps({"kind": one.kind, "id": one.id}).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return len(missing)
