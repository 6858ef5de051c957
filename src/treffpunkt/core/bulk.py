"""Thousands of rows at once: in by COPY, changed by one UPDATE, whatever their number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from treffpunkt.core.clock import now
from treffpunkt.core.fields import SortKey
from treffpunkt.core.text import sort_key


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Copy rows in, each a mapping of attribute names (`space_id`); returns how many.

    What a row leaves out takes the field's default; sort keys and times are filled in as `save` would.
    """
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    makers = [_maker(field) for field in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    done = 0
    with connection.cursor() as cursor, connection.wrap_database_errors:
        with cursor.copy(f"COPY {connection.ops.quote_name(model._meta.db_table)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([make(row) for make in makers])
                done += 1
    return done


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Set these attributes on each row, named by its `id`; an edited record counts one more version."""
    if not rows or not names:
        return 0
    quote = connection.ops.quote_name
    chosen = {field.attname: field for field in model._meta.concrete_fields}
    key = model._meta.pk
    assert key is not None
    keys = {field.attname: field for field in chosen.values() if isinstance(field, SortKey)}
    keys = {name: field for name, field in keys.items() if set(field.sources) & set(names)}
    columns = [chosen[name] for name in names]
    types = ", ".join(f"{quote(str(field.column))} {_type(field)}" for field in (key, *columns, *keys.values()))
    sets = [f"{quote(str(field.column))} = v.{quote(str(field.column))}" for field in (*columns, *keys.values())]
    if "version" in chosen and "version" not in names:
        sets.append("version = t.version + 1")
    parameters: list[Any] = []
    if "changed_at" in chosen and "changed_at" not in names:
        sets.append("changed_at = %s")
        parameters.append(now())
    content = [
        {str(key.column): str(row["id"])}
        | {str(field.column): _plain(row[field.attname]) for field in columns}
        | {str(field.column): _key(field, row) for field in keys.values()}
        for row in rows
    ]
    statement = (
        f"UPDATE {quote(model._meta.db_table)} t SET {', '.join(sets)} "
        f"FROM jsonb_to_recordset(%s::jsonb) AS v({types}) WHERE t.{quote(str(key.column))} = v.{quote(str(key.column))}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, json.dumps(content)])
        return cursor.rowcount


def _maker(field: models.Field[Any, Any]) -> Callable[[Mapping[str, Any]], Any]:
    name = field.attname
    if isinstance(field, SortKey):
        return lambda row: _key(field, row)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        moment = now()
        return lambda row: moment
    missing = field.get_default
    if isinstance(field, models.JSONField):
        return lambda row: _json(row[name] if name in row else missing())
    if callable(field.default):
        return lambda row: row[name] if name in row else missing()
    value = missing()
    return lambda row: row.get(name, value)


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _key(field: SortKey, row: Mapping[str, Any]) -> str:
    return sort_key(next((text for name in field.sources if (text := row.get(name))), ""))


def _type(field: models.Field[Any, Any]) -> str:
    if isinstance(field, ArrayField):
        return str(field.cast_db_type(connection))
    return str(field.cast_db_type(connection) if field.cast_db_type(connection) else field.db_type(connection))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)
