"""The list of what ended for good, kept outside the database: one line each, ids and moments, no name.

A backup knows only what ended before it was made. This file knows what was erased, closed and revoked later, so that
a restore can end it anew. Lines are only ever added; a line that stands there twice does no harm.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Ended:
    """A record that ended, named by kind and id.

    Where it may begin again, `at` says when it ended; `which` names the parts that this is about.
    """

    kind: str
    id: str
    at: str = ""
    which: tuple[str, ...] = ()

    def line(self) -> bytes:
        """Write it as a line of the list."""
        said: dict[str, object] = {"kind": self.kind, "id": self.id}
        if self.at:
            said["at"] = self.at
        if self.at or self.which:
            said["which"] = self.which
        return json.dumps(said).encode() + b"\n"

    @classmethod
    def of(cls, line: str) -> Ended:
        """Read a line of the list; an error of Python where it is none."""
        said = json.loads(line)
        return cls(str(said["kind"]), str(said["id"]), str(said.get("at", "")), tuple(map(str, said.get("which", ()))))


def read(path: Path) -> set[Ended]:
    """Read the list; a last line that a power cut left half written is passed over."""
    found = set()
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    for line in lines:
        try:
            found.add(Ended.of(line))
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def add(path: Path, ended: Iterable[Ended]) -> int:
    """Add what is missing and return how much that was; it is on the disk when this returns.

    Several processes may do so at once: whoever holds the lock reads before it writes.
    """
    wanted = set(ended)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        missing = sorted(wanted - read(path))
        if not missing:
            return 0
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a power cut ended the line before this one
                file.write(b"\n")
        for one in missing:
            file.write(one.line())
        file.flush()
        os.fsync(file.fileno())
    return len(missing)
