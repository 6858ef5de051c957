"""Files are private: named by their SHA-256, served only by views that check a rule."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings


def store(content: bytes) -> str:
    """Keep a file's bytes and return their SHA-256, by which `load` finds them again."""
    return store_pieces([content])


def load(digest: str) -> bytes:
    """Read a stored file by its SHA-256; raises FileNotFoundError where it is gone."""
    return _path(digest).read_bytes()


def discard(digest: str) -> None:
    """Remove a stored file; a second time changes nothing."""
    _path(digest).unlink(missing_ok=True)


def _path(digest: str) -> Path:
    if len(digest) != 64 or not all(letter in "0123456789abcdef" for letter in digest):
        raise FileNotFoundError(digest)
    return Path(settings.FILES_ROOT) / digest[:2] / digest


def path_of(digest: str) -> Path:
    """Name where a stored file lies, for those who read it piece by piece; FileNotFoundError where it is gone."""
    path = _path(digest)
    if not path.is_file():
        raise FileNotFoundError(digest)
    return path


def store_pieces(pieces: Iterable[bytes]) -> str:
    """Keep a file that comes in pieces, without ever holding it whole; returns its SHA-256."""
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = hashlib.sha256()
    with NamedTemporaryFile(dir=root, suffix=".part", delete=False) as part:
        try:
            for piece in pieces:
                hashed.update(piece)
                part.write(piece)
            part.flush()
            os.fsync(part.fileno())  # a row that names the file is about to be committed, perhaps read elsewhere
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    path = _path(hashed.hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    Path(part.name).replace(path)
    return hashed.hexdigest()
