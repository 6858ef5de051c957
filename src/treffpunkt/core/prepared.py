"""Queries that pages ask again and again: Django writes their SQL once, afterwards only the values are new.

Writing the SQL of a query with a few joins takes Django longer than PostgreSQL needs to answer it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from random import getrandbits
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from psycopg.sql import Literal

from treffpunkt.core import clock
from treffpunkt.core.agent import Agent

M = TypeVar("M", bound=Model)


def rows(write: Callable[..., QuerySet[M, Any]], *values: Any) -> list[Any]:
    """Give the rows of the query that `write(*values)` builds, as its QuerySet would.

    Ids, lists of ids or of numbers, days and moments may differ from call to call, and so may who asks; anything else
    (a name, a number, None, the roles of who asks) is part of the query's shape, whose SQL is written once. `write` is
    a function of a module and may not look at ids, days or moments, only hand them on (ValueError otherwise), nor ask
    the clock (RuntimeError).
    """
    return _plan(write, tuple(map(_shape, values))).run(values)


def first(write: Callable[..., QuerySet[M, Any]], *values: Any) -> Any:
    """Give the first row of such a query, or None."""
    return next(iter(rows(write, *values)), None)


@dataclass(frozen=True)
class _Of:
    """What the value of a call has in common with others of its shape: its type, what it is a list of, who asks."""

    type: type
    kind: str = ""
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Somebody:
    """Whoever asks, while the SQL is written."""

    agent_kind: str
    agent_id: UUID
    roles: frozenset[str]


def _shape(value: Any) -> Hashable:
    if isinstance(value, list):
        return _Of(list, "number" if value and isinstance(value[0], int) else "id")
    if isinstance(value, (UUID, datetime, date)):
        return _Of(type(value))
    if isinstance(value, Agent):
        return _Of(Agent, value.agent_kind, frozenset(value.roles))
    return value  # type: ignore[no-any-return]


def _mark(shape: Hashable, place: int) -> Any:
    """Make a value that occurs nowhere else, to find its places in the written query."""
    if not isinstance(shape, _Of):
        return shape
    if shape.type is Agent:
        return _Somebody(shape.kind, uuid4(), shape.roles)
    if shape.type is UUID:
        return uuid4()
    if shape.type is list:
        return [getrandbits(30)] if shape.kind == "number" else [uuid4()]
    if shape.type is datetime:
        return datetime(9990 - place, 1, 1, tzinfo=UTC)
    return date(9990 - place, 1, 1)


def _plain(value: Any) -> Any:
    return value.agent_id if isinstance(value, (Agent, _Somebody)) else value


def _literal(value: Any, connection: BaseDatabaseWrapper) -> str:
    """Write a value as it stands in a statement, the way the driver does it."""
    connection.ensure_connection()
    return Literal(value).as_string(connection.connection)


def _pieces(sql: str, parameters: list[tuple[Any, int | None]], alias: str) -> list[str | int]:
    """Cut SQL where values go, naming each by its place; whatever never changes is written into the text."""
    pieces: list[str | int] = []
    text = ""
    rest = iter(parameters)
    for part in re.split("(%%|%s)", sql):
        if part != "%s":
            text += "%" if part == "%%" else part
            continue
        value, place = next(rest)
        if place is None:
            text += _literal(value, connections[alias])
        else:
            pieces += [text, place]
            text = ""
    return [*pieces, text]


class _Plan:
    """A query of one shape: its rows' form, its SQL, and which value goes where."""

    def __init__(self, write: Callable[..., QuerySet[Any, Any]], shapes: tuple[Hashable, ...]) -> None:
        marks = [_mark(shape, place) for place, shape in enumerate(shapes)]
        with clock.silent():
            self.found = write(*marks)
        self.compiler = self.found.query.get_compiler(self.found.db)
        self.pieces: list[str | int] = []
        try:
            sql, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            return
        wanted = [_plain(mark) for mark in marks]
        places = [
            next((place for place, mark in enumerate(wanted) if type(mark) is type(one) and mark == one), None)
            if isinstance(one, (UUID, date, list))
            else None
            for one in parameters
        ]
        self.pieces = _pieces(sql, list(zip(parameters, places, strict=True)), self.found.db)
        lost = {place for place, shape in enumerate(shapes) if isinstance(shape, _Of) and shape.type is not Agent}
        if lost - set(places):
            raise ValueError(f"{write.__name__} does not hand on all of its values")

    def run(self, values: tuple[Any, ...]) -> list[Any]:
        """Ask the database with these values."""
        if not self.pieces:
            return []
        connection = connections[self.found.db]
        wanted = {one for one in self.pieces if isinstance(one, int)}
        given = {place: _literal(_plain(values[place]), connection) for place in wanted}
        sql = "".join(given[one] if isinstance(one, int) else one for one in self.pieces)
        # Copies that hand over the written SQL: whatever else Django does with a query, it does as ever.
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (sql, None)  # without parameters nobody looks for their places
        query: Any = copy.copy(self.found.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        asked = self.found._chain()  # type: ignore[attr-defined]
        asked._query = query
        return list(asked)


@lru_cache(maxsize=1024)
def _plan(write: Callable[..., QuerySet[Any, Any]], shapes: tuple[Hashable, ...]) -> _Plan:
    return _Plan(write, shapes)
