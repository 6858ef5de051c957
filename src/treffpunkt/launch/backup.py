"""`treffpunkt backup FILE`: database and files of one moment in one file, while everything runs."""

from __future__ import annotations

import argparse
import errno
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psycopg

from treffpunkt.launch import dumping, places
from treffpunkt.launch.archive import Manifest, Writer
from treffpunkt.launch.installation import Installation, opened
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.sealing import Keys, sealed

SECOND = ".backup-"
NAMED = re.compile(r"treffpunkt-\d{8}-\d{6}\.tar(\.age)?\Z")


@dataclass(frozen=True)
class Made:
    """A backup that lies on the disk."""

    manifest: Manifest
    size: int
    encrypted: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, help="where to write it; in a folder it gets a name with the time")
    parser.add_argument("--force", action="store_true", help="overwrite the file if it is there")
    parser.add_argument("--encrypt", action="store_true", help="encrypt it (needs one of the following)")
    parser.add_argument("--passphrase-file", metavar="FILE", help="or TREFFPUNKT_BACKUP_PASSPHRASE")
    parser.add_argument("--recipient", action="append", metavar="age1...", help="or TREFFPUNKT_BACKUP_RECIPIENT")
    parser.add_argument(
        "--keep", type=int, metavar="N", help="in a folder: keep the newest N backups, remove older ones"
    )


def run(options: argparse.Namespace) -> int:
    """Make a backup and return the exit code."""
    wanted = options.encrypt or options.passphrase_file or options.recipient
    keys = Keys.given(passphrase_file=options.passphrase_file, recipients=options.recipient) if wanted else None
    folder = options.file if options.file.is_dir() else None
    if options.keep is not None and (folder is None or options.keep < 1):
        raise Problem("--keep N works with a folder: treffpunkt backup /var/backups/treffpunkt/ --keep 14")
    with opened() as installation:
        target = named(folder, keys) if folder else options.file
        note(installation, make(installation, target, keys=keys, force=options.force))
    if folder and options.keep:
        for old in sorted((path for path in folder.iterdir() if NAMED.match(path.name)), reverse=True)[options.keep :]:
            old.unlink()
            print(f"Removed the older backup {old.name}.")
    return 0


def named(folder: Path, keys: Keys | None) -> Path:
    """Name a backup after this moment."""
    return folder / f"treffpunkt-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar{'.age' if keys else ''}"


def make(installation: Installation, target: Path, *, keys: Keys | None = None, force: bool = False) -> Made:
    """Write a backup; the file appears whole or not at all."""
    if target.exists() and not force:
        raise Problem(f"{target} is there already. Choose another name, or say --force to overwrite it.")
    try:
        with _whole(target) as stream, _kept_files(installation) as kept:
            if keys:
                with sealed(stream, keys) as inner:
                    manifest = _write(installation, inner, kept, encrypted=True)
            else:
                manifest = _write(installation, stream, kept, encrypted=False)
    except psycopg.OperationalError as error:
        raise Problem(f"The database cannot be reached ({str(error).strip().splitlines()[0]}).") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Problem(f"The disk is full; no backup was made. Make room where {target} is to lie.") from error
        raise Problem(f"{target} cannot be written ({error.strerror or error}).") from error
    size = target.stat().st_size
    print(
        f"{target} ({size / 1e6:.1f} MB{', encrypted' if keys else ''}): {manifest.rows} rows of "
        f"{len(manifest.tables)} tables and {len(manifest.files)} files as of {manifest.made_at}."
    )
    if not keys and not os.environ.get("TREFFPUNKT_SECRET_KEY"):
        print(
            f"The secret key is left out of a backup that is not encrypted. Keep {installation.home / 'secret-key'} "
            "apart: without it, links sent so far no longer open."
        )
    return Made(manifest, size, encrypted=keys is not None)


def _write(installation: Installation, stream: IO[bytes], kept: _Kept, *, encrypted: bool) -> Manifest:
    with dumping.snapshot(installation.owner_url) as moment:
        kept.look_again()  # what was stored between the first look and the snapshot
        manifest = Manifest(
            version=version("treffpunkt"),
            made_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            postgres=moment.postgres,
            migrations=moment.migrations,
            tables=moment.tables,
            secret=mark_of(installation.secret_key),
            key=installation.secret_key if encrypted else "",
        )
        writer = Writer(stream, manifest)
        with dumping.dump(installation.owner_url, moment) as dump:
            writer.add_dump(dump)
    for path, name in kept.files():
        if not writer.add_file(path, name):
            print(f"treffpunkt: the file {name} is damaged on the disk; it is in the backup as it is.", file=sys.stderr)
    writer.finish()
    return manifest


def mark_of(secret: str) -> str:
    """Tell secrets apart without giving one away."""
    return hashlib.sha256(b"treffpunkt.backup\0" + secret.encode()).hexdigest()[:16] if secret else ""


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """Write beside the target and move there at the end, once it is on the disk."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class _Kept:
    """Second names of the stored files: what is let go of while the backup runs stays until it is done.

    Stored files never change, they only come and go; a second name costs no space.
    """

    def __init__(self, source: Path, place: Path) -> None:
        self._source, self._place = source, place
        self.look_again()

    def look_again(self) -> None:
        """Give a second name to every file that has none yet."""
        for path in self._stored():
            second = self._place / path.relative_to(self._source)
            if second.exists():
                continue
            second.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, second)
            except FileNotFoundError:  # let go of just now
                continue
            except OSError:  # a file system without second names
                shutil.copyfile(path, second)

    def _stored(self) -> Iterator[Path]:
        for folder, below, names in os.walk(self._source):
            below[:] = [name for name in below if not name.startswith(SECOND)]
            yield from (Path(folder, name) for name in names if not name.endswith(".part"))

    def files(self) -> Iterator[tuple[Path, str]]:
        """Give the files and their names in the store, in order."""
        for path in sorted(path for path in self._place.rglob("*") if path.is_file()):
            yield path, path.relative_to(self._place).as_posix()


@contextmanager
def _kept_files(installation: Installation) -> Iterator[_Kept]:
    source = places.files()
    if not source.is_dir():
        with tempfile.TemporaryDirectory() as nowhere:
            yield _Kept(Path(nowhere) / "none", Path(nowhere))
        return
    for old in source.glob(f"{SECOND}*"):  # of one that was killed
        if not _alive(old.name):
            shutil.rmtree(old, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=f"{SECOND}{os.getpid()}-", dir=source))
    try:
        yield _Kept(source, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _alive(name: str) -> bool:
    from treffpunkt.launch.children import is_alive

    pid = name.split("-")[1]
    return pid.isdigit() and is_alive(int(pid))


def note(installation: Installation, made: Made) -> None:
    """Let the doctor and the system page know; a database that waits to be migrated has no place for it."""
    if installation.needs_migrating():
        return
    os.environ.update(installation.environment())
    import django

    django.setup()
    from treffpunkt.core.agent import SYSTEM
    from treffpunkt.upkeep.services import note_backup

    manifest = made.manifest
    note_backup(
        by=SYSTEM,
        version=manifest.version,
        size=made.size,
        rows=manifest.rows,
        files=len(manifest.files),
        encrypted=made.encrypted,
    )
