"""The tables of a new database in one go, as all migrations together make them.

Applying a hundred migrations takes several seconds, most of them spent on how things stand in between. `schema.sql`
holds what they come to. It is laid down in an empty database only; migrations that are newer than the file are
applied afterwards, so an old file costs time and nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

import psycopg

from treffpunkt.launch.dumping import table_names

FILE = Path(__file__).with_name("schema.sql")
MADE_FOR = re.compile(r"-- PostgreSQL (\d+)\n")


def lay_down(url: str) -> bool:
    """Make all tables in an empty database of the PostgreSQL the file was written for; say whether it did."""
    text = FILE.read_text()
    made_for = MADE_FOR.search(text)
    with psycopg.connect(url) as connection:
        if not made_for or connection.info.server_version // 10000 != int(made_for[1]) or table_names(connection):
            return False
        connection.execute("set local check_function_bodies = off")  # a function may name a table that comes later
        connection.execute(text)  # type: ignore[call-overload]
    return True
