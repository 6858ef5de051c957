"""Whether anything has to be prepared: the state of our migrations and static files in one short word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from treffpunkt.launch.places import PACKAGE, checkout

MARKED = "django_migrations"  # the table whose comment says what was done; it travels with every dump
PACKAGES = ("django", "django-allauth", "procrastinate", "babel")


def of_database() -> str:
    """Describe the migrations and reference data a database must have."""
    files = [
        *PACKAGE.glob("*/migrations/*.py"),
        *PACKAGE.glob("site/settings.py"),  # names the applications, ours and others'
        *PACKAGE.glob("vocabulary/**/*.*"),
        *PACKAGE.glob("meetings/services/agenda*"),
        *PACKAGE.glob("agreements/library*"),
        *PACKAGE.glob("agreements/services/clauses*"),
        *PACKAGE.glob("meetings/services/agenda*"),
        *PACKAGE.glob("jobs/management/commands/load_reference.py"),
    ]
    return _digest((path for path in files if path.suffix != ".pyc"), *map(version, PACKAGES))


def of_static_files() -> str:
    """Describe the files that are copied and compressed for the browser."""
    files = [path for path in PACKAGE.glob("*/static/**/*") if path.is_file()]
    marks = [f"{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in sorted(files)]
    return _digest((), *marks, *map(version, ("django", "django-htmx", "whitenoise")))


def done(owner_url: str) -> str:
    """Read what was last done to a database, with the number of migrations it holds; empty for a new one."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        row = connection.execute("select obj_description(to_regclass(%s), 'pg_class')", [MARKED]).fetchone()
        word = row and row[0]
        return word if word and word.endswith(f"/{_migrations(connection)}") else ""


def needed(owner_url: str) -> bool:
    """Say whether the database lacks a migration or reference data."""
    return done(owner_url).partition("/")[0] != of_database()


def mark(owner_url: str) -> None:
    """Note in the database that it has everything."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        word = f"{of_database()}/{_migrations(connection)}"
        connection.execute(sql.SQL("comment on table {} is {}").format(sql.Identifier(MARKED), sql.Literal(word)))


RESTORED = "restored"


def restored() -> str:
    """Give the statement that notes in a database that it was restored and has to be finished."""
    return f"comment on table public.{MARKED} is '{RESTORED}';"


def is_restored(owner_url: str) -> bool:
    """Say whether a database was restored and has to be finished."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        row = connection.execute("select obj_description(to_regclass(%s), 'pg_class')", [MARKED]).fetchone()
        return bool(row and row[0] == RESTORED)


def _migrations(connection: psycopg.Connection) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(MARKED))).fetchone()
    return row[0] if row else 0


def _digest(files: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(checkout() or PACKAGE.parent)).encode() + b"\0")
        digest.update(path.read_bytes())
    digest.update("\0".join(words).encode())
    return digest.hexdigest()[:20]
