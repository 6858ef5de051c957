"""What a backup file looks like inside: a tar that any tar opens, its manifest last, every part with its digest.

    treffpunkt.json     the format's number, the version that wrote it
    database/000001...  the dump of pg_dump (custom format), in pieces, since nobody knows its size beforehand
    files/ab/abcd...    the imported and attached files
    manifest.json       what must be there: rows of each table, files, digests

A file that was cut off has no manifest; one that was changed does not fit it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, cast

from treffpunkt.launch.problems import Problem

FORMAT = 1
PIECE = 4 * 2**20
_FILE = re.compile(r"files(?:/(?!\.\.?(?:/|\Z))[^/\x00-\x1f\\]+)+\Z")


@dataclass
class Manifest:
    """What a backup holds."""

    version: str
    made_at: str
    postgres: int
    migrations: dict[str, list[str]]
    tables: dict[str, int]
    secret: str  # tells whether a secret key is the one of this backup; empty where none was given
    format: int = FORMAT
    key: str = field(default="", repr=False)  # the secret itself, in encrypted backups only
    database: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(self.tables.values())


class Writer:
    """Writes one backup into a stream: dump, files, then `finish`."""

    def __init__(self, stream: IO[bytes], manifest: Manifest) -> None:
        self.manifest = manifest
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._add("treffpunkt.json", json.dumps({"format": FORMAT, "version": manifest.version}).encode())

    def add_dump(self, dump: IO[bytes]) -> None:
        """Take the dump as it comes."""
        digest = hashlib.sha256()
        number = 0
        while piece := _exactly(dump, PIECE):
            digest.update(piece)
            number += 1
            self._add(f"database/{number:06}", piece)
        self.manifest.database = digest.hexdigest()

    def add_file(self, path: Path, name: str) -> bool:
        """Take a file; say whether it still is what its name says it is."""
        digest = hashlib.sha256()
        with path.open("rb") as file:
            about = tarfile.TarInfo(f"files/{name}")
            about.size, about.mode = path.stat().st_size, 0o600
            self._tar.addfile(about, _Hashing(file, digest))
        self.manifest.files[name] = digest.hexdigest()
        return not re.fullmatch(r"[0-9a-f]{64}", path.name) or path.name == digest.hexdigest()

    def finish(self) -> None:
        """Write the manifest, which makes the backup whole."""
        self._add("manifest.json", json.dumps(asdict(self.manifest), indent=1).encode())
        self._tar.close()

    def _add(self, name: str, content: bytes) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = len(content), 0o600
        self._tar.addfile(about, io.BytesIO(content))


@dataclass(frozen=True)
class Part:
    """One part as it is read: `kind` is "database" or "files"; read `content` before the next one is asked for."""

    kind: str
    name: str
    content: IO[bytes]


class Reader:
    """Reads a backup from a stream; `manifest` is there once `parts` has come to its end, with everything checked."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.manifest: Manifest | None = None

    def parts(self) -> Iterator[Part]:
        """Give the parts one by one; a Problem where the file is damaged, cut off or not one of ours."""
        database = hashlib.sha256()
        files: dict[str, str] = {}
        try:
            with tarfile.open(fileobj=self._stream, mode="r|") as tar:
                for member in tar:
                    kind, _, name = member.name.partition("/")
                    content = tar.extractfile(member) if member.isfile() else None
                    if content is None or self.manifest is not None:
                        raise Problem("This backup holds parts that do not belong there.")
                    if member.name == "treffpunkt.json":
                        self._check_format(json.loads(content.read()))
                    elif member.name == "manifest.json":
                        self.manifest = Manifest(**json.loads(content.read()))
                    elif kind == "database":
                        yield from _part(kind, name, _Hashing(content, database))
                    elif _FILE.match(member.name):
                        digest = hashlib.sha256()
                        yield from _part(kind, name, _Hashing(content, digest))
                        files[name] = digest.hexdigest()
                    else:
                        raise Problem("This backup holds parts that do not belong there.")
        except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError) as error:
            raise Problem("This file is damaged, or no backup of Treffpunkt.") from error
        if self.manifest is None:
            raise Problem("This backup is cut off: its end is missing.")
        if self.manifest.database != database.hexdigest() or self.manifest.files != files:
            raise Problem("This backup is damaged: what it holds does not fit its manifest.")

    def _check_format(self, said: dict[str, object]) -> None:
        number = said.get("format")
        if not isinstance(number, int) or number > FORMAT:
            raise Problem(f"This backup was made by a newer version ({said.get('version')}). Install that one first.")


def _part(kind: str, name: str, content: _Hashing) -> Iterator[Part]:
    yield Part(kind, name, cast(IO[bytes], content))
    if content.broken:
        raise Problem("This backup is cut off: its end is missing.")


class _Hashing(io.RawIOBase):
    """A stream whose bytes are hashed as they pass; one that breaks off ends, and says so."""

    def __init__(self, stream: IO[bytes], digest: hashlib._Hash) -> None:
        self._inner, self._digest = stream, digest
        self.broken = False

    def read(self, size: int | None = -1) -> bytes:
        try:
            piece = self._inner.read(-1 if size is None else size)
        except tarfile.TarError:
            self.broken = True
            return b""
        self._digest.update(piece)
        return piece

    def readable(self) -> bool:
        return True


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """Read that many bytes, fewer only at the end: a pipe gives what it has."""
    pieces, left = [], size
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)
