"""What the serving role may do: read and write rows, never change a table or pass row-level security."""

from __future__ import annotations

import psycopg
from psycopg import sql

_NOW = (
    "grant usage on schema public to {app}",
    "grant select, insert, update, delete on all tables in schema public to {app}",
    "grant usage, select, update on all sequences in schema public to {app}",
    "grant execute on all routines in schema public to {app}",
)
_LATER = (
    "alter default privileges in schema public grant select, insert, update, delete on tables to {app}",
    "alter default privileges in schema public grant usage, select, update on sequences to {app}",
    "alter default privileges in schema public grant execute on routines to {app}",
)


def grant(owner_url: str, app: str) -> None:
    """Let the role `app` use everything the owner has made and will make."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        if connection.info.user == app:
            return
        for statement in _LATER + _NOW:
            connection.execute(sql.SQL(statement).format(app=sql.Identifier(app)))
