"""`treffpunkt restore FILE`: everything becomes what a backup says, or stays as it is.

The file is read twice: once to check all of it before anything is touched, once to play it back. Files come first,
which harms nobody since they are named by what they hold; then the database changes in one transaction. Whatever
kills us leaves either what was, or what the backup says with a mark that lets `up`, `migrate` or a second restore
finish: migrate, hold messages back, erase, close and revoke anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import IO

import psycopg

from treffpunkt.launch import fingerprint, places, sealing
from treffpunkt.launch.archive import Manifest, Part, Reader
from treffpunkt.launch.backup import mark_of
from treffpunkt.launch.dumping import Playback
from treffpunkt.launch.emptying import emptied, filled, in_use
from treffpunkt.launch.installation import Installation, opened
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.sealing import Keys
from treffpunkt.launch.up import prepare
from treffpunkt.upkeep import ended, listing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--force", action="store_true", help="replace what this installation holds")
    parser.add_argument("--check", action="store_true", help="only check the file; nothing is touched")
    parser.add_argument("--passphrase-file", metavar="FILE", help="or TREFFPUNKT_BACKUP_PASSPHRASE")
    parser.add_argument("--identity", metavar="FILE", help="the key of age that opens it")
    parser.add_argument(
        "--erasures",
        metavar="FILE",
        type=Path,
        help="another list of what was erased and closed, such as of a lost machine",
    )


def run(options: argparse.Namespace) -> int:
    """Restore a backup and return the exit code."""
    keys = Keys.given(passphrase_file=options.passphrase_file, identity_file=options.identity)
    try:
        source = options.file.open("rb")
    except OSError as error:
        raise Problem(f"{options.file} cannot be read ({error.strerror}).") from error
    with source, _opener(source, keys) as backup:
        manifest = backup.check()
        print(f"{options.file} is whole: version {manifest.version}, {manifest.rows} rows of {len(manifest.tables)} "
              f"tables and {len(manifest.files)} files as of {manifest.made_at}.", flush=True)  # fmt: skip
        _refuse_newer(manifest)
        if options.check:
            return 0
        with opened(alone=True) as installation:
            _restore(installation, backup, manifest, force=options.force, more=options.erasures)
    return 0


def _restore(installation: Installation, backup: Backup, manifest: Manifest, *, force: bool, more: Path | None) -> None:
    if in_use(installation.owner_url):
        raise Problem("Somebody still works with this database. Stop web and worker (or `treffpunkt up`) first.")
    if not force and (holds := filled(installation.owner_url, places.files())):
        raise Problem(
            f"This installation is not empty ({holds}). A restore replaces all of it: make a backup, then say --force."
        )
    _keep_list(installation, more)
    installation = _with_secret(installation, manifest)
    _play_back(installation, backup, manifest)
    _remove_other_files(manifest)
    print("Restored. Finishing: migrations, what was erased or closed since, messages ...", flush=True)
    prepare(installation, installation.environment())
    print(
        "Done. Everybody signs in anew. Messages are held back until somebody says go: on the page that every "
        "coordinator is led to, or with `treffpunkt release`."
    )


def _keep_list(installation: Installation, more: Path | None) -> None:
    """Save what only the database we are about to replace, or another list, knows to have ended for good."""
    known = listing.read(more) if more else set()
    if more and not known:
        raise Problem(f"{more} names nothing that was erased or closed.")
    with psycopg.connect(installation.owner_url) as connection:
        known |= ended.known(lambda question: connection.execute(question.encode()).fetchall())
    listing.add(places.erasures_file(), known)


def _with_secret(installation: Installation, manifest: Manifest) -> Installation:
    """Take over the secret that an encrypted backup brings; say so where links will no longer open."""
    if manifest.secret == mark_of(installation.secret_key):
        return installation
    if manifest.key and not os.environ.get("TREFFPUNKT_SECRET_KEY"):
        places.write_private(installation.home / "secret-key", manifest.key)
        return replace(installation, secret_key=manifest.key)
    print("The secret key here is not the one of the backup: links sent before no longer open, and "
          "imports no longer know again who was erased or decided on. Bring back the file "
          "secret-key (or TREFFPUNKT_SECRET_KEY) of that installation.")  # fmt: skip
    return installation


def _play_back(installation: Installation, backup: Backup, manifest: Manifest) -> None:
    with psycopg.connect(installation.owner_url) as connection:
        server = connection.info.server_version // 10000
        play = Playback(installation.owner_url, server)
        try:
            play.run(emptied())
            play.begin_dump()
            _bring_back(backup, play, manifest)
            play.run(_checks(manifest) + fingerprint.restored())
            play.commit()
        finally:
            play.close()


def _bring_back(backup: Backup, play: Playback, manifest: Manifest) -> None:
    """Play the dump back and put every file into its place, in the order they come."""
    dumping = True
    for part in backup.parts():
        if part.kind == "database":
            while piece := part.content.read(2**16):
                play.write(piece)
            continue
        if dumping:
            play.end_dump()
            dumping = False
        _put(part, places.files() / part.name, manifest.files[part.name])
    if dumping:
        play.end_dump()


def _put(part: Part, target: Path, wanted: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = target.with_name(f"{target.name}.restore.part")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        digest = hashlib.sha256()
        while piece := part.content.read(2**16):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != wanted:
        new.unlink()
        raise Problem("The backup has changed while it was read; nothing was changed here.")
    new.replace(target)


def _remove_other_files(manifest: Manifest) -> None:
    """Remove what the backup does not know: it belongs to nothing any more."""
    root = places.files()
    for path in root.rglob("*") if root.is_dir() else ():
        if path.is_file() and path.relative_to(root).as_posix() not in manifest.files:
            path.unlink()


def _checks(manifest: Manifest) -> str:
    """Write the statements that fail the transaction unless every table has its rows."""
    wanted = "".join(
        f"  perform treffpunkt_count('{table}', {number});\n" for table, number in manifest.tables.items()
        if re.fullmatch(r"\w+", table)
    )  # fmt: skip
    return (
        "create function pg_temp.treffpunkt_count(name text, wanted bigint) returns void language plpgsql as $do$ "
        "declare found bigint; begin execute format('select count(*) from public.%I', name) into found; "
        "if found <> wanted then raise exception '% has % rows instead of %', name, found, wanted; end if; end $do$;\n"
        f"do $do$ begin\n{wanted.replace('treffpunkt_count', 'pg_temp.treffpunkt_count')}end $do$;\n"
    )


def _refuse_newer(manifest: Manifest) -> None:
    """Refuse a backup that knows migrations which this version does not have yet."""
    for app, names in manifest.migrations.items():
        here = [path.stem for path in places.PACKAGE.glob(f"{app}/migrations/[0-9]*.py")]
        if here and max(names) > max(here):
            raise Problem(
                f"This backup was made by a newer version ({manifest.version}; here is {version('treffpunkt')}). "
                "Install that one first."
            )


class Backup:
    """The file as it is read, twice."""

    def __init__(self, source: IO[bytes], opening: list[object] | None) -> None:
        self._source, self._opening, self._start = source, opening, source.tell()
        self._manifest: Manifest | None = None

    def check(self) -> Manifest:
        """Read all of it; a Problem where anything is wrong."""
        for part in self.parts():
            while part.content.read(2**16):
                pass
        assert self._manifest is not None
        return self._manifest

    def parts(self) -> Iterator[Part]:
        """Read it from the beginning; a Problem at the end where it is another file than the first time."""
        self._source.seek(self._start)
        with self._plain() as stream:
            reader = Reader(stream)
            yield from reader.parts()
        if self._manifest not in (None, reader.manifest):
            raise Problem("The backup has changed while it was read; nothing was changed here.")
        self._manifest = reader.manifest

    @contextmanager
    def _plain(self) -> Iterator[IO[bytes]]:
        if self._opening is None:
            yield self._source
        else:
            with sealing.unsealed(self._source, self._opening) as stream:  # type: ignore[arg-type]
                yield stream


@contextmanager
def _opener(source: IO[bytes], keys: Keys) -> Iterator[Backup]:
    opening: list[object] | None = None
    if sealing.is_sealed(source):
        opening = list(sealing.identities(source, keys))
    yield Backup(source, opening)
