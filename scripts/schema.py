"""`python scripts/schema.py write|check`: what the migrations come to, in src/treffpunkt/launch/schema.sql.

Both apply every migration to an empty embedded database; `check` says whether the file holds the same.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from treffpunkt.launch import binaries
from treffpunkt.launch.dumping import environment
from treffpunkt.launch.embedded import OWNER, Server
from treffpunkt.launch.schema import FILE

# Whose migrations are files of SQL: quick, and others' code. They are applied as ever.
OTHERS = "procrastinate"
# Before each thing pg_dump names it.
THING = re.compile(r"\n--\n-- Name: (.+?); Type: .*\n--\n")
# What it says about itself and its defaults.
ITS_OWN = re.compile(r"--.*|\\.*|SET default_\w+ = .*;|")


def main() -> int:
    """Write the file, or compare it."""
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task not in ("write", "check"):
        print(__doc__, file=sys.stderr)
        return 2
    text = what_migrations_make()
    if task == "write":
        FILE.write_text(text)
    elif FILE.read_text() != text:
        print(f"{FILE.name} is not what the migrations make: make schema", file=sys.stderr)
        return 1
    return 0


def what_migrations_make() -> str:
    """Apply all migrations to an empty database, one after the other, and write down what they come to."""
    with tempfile.TemporaryDirectory(prefix="treffpunkt-schema-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's own user passes through
        server = Server(folder / "database")
        url = server.start().url(OWNER)
        try:
            given = {"TREFFPUNKT_DATABASE_URL": url, "TREFFPUNKT_HOME": name}
            command = [sys.executable, "-m", "treffpunkt.launch.prepare", "migrations"]
            subprocess.run(command, env=os.environ | given, check=True)
            return written(url)
        finally:
            server.stop()


def written(url: str) -> str:
    """Write down the tables of a database and which migrations made them."""
    with psycopg.connect(url) as connection:
        version = connection.info.server_version // 10000
        applied = connection.execute("select app, name from django_migrations where app <> %s order by id", [OTHERS])
        rows = [sql.SQL("    ({}, {}, now())").format(*map(sql.Literal, row)).as_string() for row in applied]
    told = "INSERT INTO public.django_migrations (app, name, applied) VALUES\n" + ",\n".join(rows) + ";\n"
    return f"-- What the migrations make. Written by: make schema\n-- PostgreSQL {version}\n\n{tables(url, version)}\n{told}"


def tables(url: str, version: int) -> str:
    """Give the statements that make the tables, without what the program that dumps them adds of its own."""
    program = binaries.speaking(version).path("pg_dump")
    command = [program, "--schema-only", "--no-owner", "--no-privileges", "--no-comments"]
    said = subprocess.run(command, env=environment(url), stdout=subprocess.PIPE, text=True, check=True).stdout
    _preamble, *things = THING.split(said)
    ours = (text for name, text in zip(things[::2], things[1::2], strict=True) if OTHERS not in name)
    return "\n".join(line for text in ours for line in text.splitlines() if not ITS_OWN.fullmatch(line)) + "\n"


if __name__ == "__main__":
    sys.exit(main())
