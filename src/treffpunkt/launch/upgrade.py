"""`treffpunkt upgrade`: back up, migrate, check; what was interrupted is taken up again.

The backup is made before anything changes and noted. A second run after an interruption keeps that first backup:
one of a database halfway between two versions would help nobody.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from treffpunkt.launch import backup, doctor
from treffpunkt.launch.emptying import filled, in_use
from treffpunkt.launch.installation import Installation, opened
from treffpunkt.launch.places import files, write_private
from treffpunkt.launch.problems import Problem
from treffpunkt.launch.sealing import Keys
from treffpunkt.launch.up import prepare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--backup", type=Path, metavar="FILE", help="where the backup goes (default: the data folder)")
    parser.add_argument("--encrypt", action="store_true", help="encrypt the backup (needs one of the following)")
    parser.add_argument("--passphrase-file", metavar="FILE", help="or TREFFPUNKT_BACKUP_PASSPHRASE")
    parser.add_argument("--recipient", action="append", metavar="age1...", help="or TREFFPUNKT_BACKUP_RECIPIENT")


def run(options: argparse.Namespace) -> int:
    """Bring an installation to the version of these programs and return the exit code."""
    with opened(alone=True) as installation:
        if in_use(installation.owner_url):
            raise Problem("Somebody still works with this database. Stop web and worker (or `treffpunkt up`) first.")
        note = installation.home / "upgrade.json"
        if installation.needs_migrating():
            made = _backed_up(installation, note, options)
            prepare(installation, installation.environment())
            if made:
                backup.note(installation, made)
            note.unlink(missing_ok=True)
            print("The database is up to date.", flush=True)
        else:
            note.unlink(missing_ok=True)
            prepare(installation, installation.environment())
            print("There is nothing to upgrade: the database is up to date.", flush=True)
        found = doctor.look(installation, only=("database", "configuration", "erasures", "disk"))
        return 2 if found == 2 else 0  # what only wants attention did before


def _backed_up(installation: Installation, note: Path, options: argparse.Namespace) -> backup.Made | None:
    """Make the backup, unless an interrupted upgrade has made it already or there is nothing to lose yet."""
    if (earlier := _noted(note)) is not None:
        print(f"An upgrade was interrupted. The backup from before it is kept: {earlier}", flush=True)
        return None
    if not filled(installation.owner_url, files()):
        return None
    wanted = options.encrypt or options.passphrase_file or options.recipient
    keys = Keys.given(passphrase_file=options.passphrase_file, recipients=options.recipient) if wanted else None
    target = options.backup
    if target is None:
        folder = installation.home / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
        target = backup.named(folder, keys)
    elif target.is_dir():
        target = backup.named(target, keys)
    made = backup.make(installation, target, keys=keys)
    write_private(note, json.dumps({"backup": str(target.absolute())}))
    return made


def _noted(note: Path) -> Path | None:
    try:
        path = Path(json.loads(note.read_text())["backup"])
    except (OSError, ValueError, KeyError):
        return None
    return path if path.exists() else None
