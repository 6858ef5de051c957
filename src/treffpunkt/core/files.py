"""Files are private: named by their SHA-256, served only by views that check a rule."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings


def store(content: bytes) -> str:
    """Keep a file's bytes and return their SHA-256, by which `load` finds them again."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
    return digest


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
