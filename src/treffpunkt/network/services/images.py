"""Rows as the database holds them, to the last digit: read, changed, taken out and put back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Image = dict[str, Any]


def column(field: Field[Any, Any] | Any) -> str:
    """Give the name of a field's column."""
    return str(field.column)


def images(model: type[Model], pks: Sequence[Any]) -> list[Image]:
    """Read whole rows, as JSON holds them, in the order of their keys."""
    found = _asked(
        f"SELECT to_jsonb(t)::text FROM {_table(model)} t WHERE {_key(model)} = ANY(%s) ORDER BY 1", [_of(model, pks)]
    )
    return [json.loads(row[0]) for row in found]


def update(model: type[Model], pks: Sequence[Any], values: Mapping[str, Any]) -> None:
    """Write columns of some rows, whatever stands in the others."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_table(model)} t SET ({names}) = (SELECT {names} FROM "
            f"jsonb_populate_record(NULL::{_table(model)}, %s::jsonb)) WHERE {_key(model)} = ANY(%s)",
            [json.dumps(values, default=str), _of(model, pks)],
        )


def delete(model: type[Model], pks: Sequence[Any]) -> None:
    """Take rows out and nothing else: where something still points to one, the database refuses."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_table(model)} t WHERE {_key(model)} = ANY(%s)", [_of(model, pks)])


def put_back(model: type[Model], image: Mapping[str, Any]) -> None:
    """Write a row as it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_table(model)} SELECT (jsonb_populate_record(NULL::{_table(model)}, %s::jsonb)).*",
            [json.dumps(image)],
        )


def check_keys() -> None:
    """Have the database look at once whether every key still points to something."""
    connection.check_constraints()


def _asked(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _key(model: type[Model]) -> str:
    return f"t.{connection.ops.quote_name(column(model._meta.pk))}"


def _of(model: type[Model], pks: Sequence[Any]) -> list[Any]:
    """Give keys as the database compares them, whichever way they were written down."""
    key: Any = model._meta.pk
    return [key.to_python(pk) for pk in pks]
