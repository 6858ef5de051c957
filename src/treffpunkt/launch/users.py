"""Whom the database server runs as: PostgreSQL refuses root, so root lends it an unprivileged user."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from treffpunkt.launch.problems import Problem


@dataclass(frozen=True)
class User:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int


def server_user(data: Path) -> User | None:
    """Give the user the server must run as, None where it is ourselves.

    Data that exist keep their owner, so that root can start what an ordinary user made.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and (owner := data.stat().st_uid) != 0:
        try:
            entry = pwd.getpwuid(owner)
        except KeyError:
            return User(str(owner), owner, data.stat().st_gid)
        return User(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return User(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Problem(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to lend it. "
        "Start as an ordinary user."
    )


def may_read(user: User, path: Path) -> bool:
    """Say whether the user reaches a file or folder and reads it."""
    path = path.resolve()
    return all(_allows(user, folder, stat.S_IXOTH) for folder in path.parents) and _allows(user, path, stat.S_IROTH)


def may_pass(user: User, folder: Path) -> bool:
    """Say whether the user may walk through a folder to what lies below it."""
    folder = folder.resolve()
    return all(_allows(user, place, stat.S_IXOTH) for place in (folder, *folder.parents))


def _allows(user: User, path: Path, bit: int) -> bool:
    """Look up one permission (`bit` as others have it) the way the kernel does."""
    status = path.stat()
    if status.st_uid == user.uid:
        return bool(status.st_mode & (bit << 6))
    if status.st_gid == user.gid:
        return bool(status.st_mode & (bit << 3))
    return bool(status.st_mode & bit)
