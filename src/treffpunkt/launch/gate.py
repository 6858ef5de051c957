"""The web server starts while the database is still prepared: it loads everything, then waits at the gate.

Whoever prepares holds a lock on a file in the data folder; it falls with the process, however that ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def shut(home: Path) -> Iterator[None]:
    """Keep the gate shut for the length of a block."""
    with _file(home).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def wait(home: Path) -> None:
    """Stay until the gate is open; where nobody prepares anything it always is."""
    try:
        with _file(home).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        return


def _file(home: Path) -> Path:
    return home / "preparing"
