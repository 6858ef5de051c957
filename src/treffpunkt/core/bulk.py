"""Thousands of rows at once: in by COPY, changed by one UPDATE, whatever their number."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.fields.related import ForeignObject

from treffpunkt.core.clock import now
from treffpunkt.core.fields import SortKey
from treffpunkt.core.text import sort_key


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Copy rows in, each a mapping of attribute names (`space_id`); returns how many.

    What a row leaves out takes the field's default; sort keys and times are filled in as `save` would.
    """
    shape = _Shape(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in shape.fields)
    statement = f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN"
    done = 0
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        every = iter(rows)
        while lines := [shape.line(row) for row in islice(every, _PIECE)]:
            copy.write("".join(lines))
            done += len(lines)
    return done


class _Shape:
    """How a mapping becomes the values of a row, in the order of the columns."""

    def __init__(self, model: type[models.Model]) -> None:
        self.fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        self._places = {field.attname: place for place, field in enumerate(self.fields)}
        self._json = {field.attname for field in self.fields if isinstance(field, models.JSONField)}
        self._keys = [field for field in self.fields if isinstance(field, SortKey)]
        self._missing: list[str] = []
        # Defaults that are made anew for each row, such as ids.
        self._made: list[tuple[str, int, Callable[[], Any]]] = []
        for place, field in enumerate(self.fields):
            if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
                self._missing.append(_text(now()))
                del self._places[field.attname]  # as `save` does, whatever the row says
                continue
            value = field.get_default()
            self._missing.append(_text(_json(value) if field.attname in self._json else value))
            if callable(field.default) and field.default not in (dict, list, now):
                self._made.append((field.attname, place, field.get_default))

    def line(self, row: Mapping[str, Any]) -> str:
        """Give one row in the text format of COPY."""
        values = self._missing.copy()
        places, json_names = self._places, self._json
        for name, value in row.items():
            place = places.get(name)
            if place is not None:
                values[place] = _text(_json(value) if name in json_names else value)
        for name, place, make in self._made:
            if name not in row:
                values[place] = _text(make())
        for field in self._keys:
            values[places[field.attname]] = _text(_key(field, row))
        return "\t".join(values) + "\n"


@ForeignObject.register_lookup
@models.Field.register_lookup
class Among(models.Lookup):  # type: ignore[type-arg]
    """`id__among=ids`: one array as parameter where `in` would write thousands."""

    lookup_name = "among"

    def get_prep_lookup(self) -> list[Any]:
        """Prepare each value for its column."""
        field = self.lhs.output_field
        return [field.get_prep_value(getattr(value, "pk", value)) for value in self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Write the comparison with one array."""
        left, parameters = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", [*parameters, self.rhs]


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> int:
    """Set these attributes on each row, named by its `id`; an edited record counts one more version.

    A sort key is renewed where all the attributes it is taken from are given.
    """
    if not rows or not names:
        return 0
    quote = connection.ops.quote_name
    chosen = {field.attname: field for field in model._meta.concrete_fields}
    key = model._meta.pk
    assert key is not None
    keys = {field.attname: field for field in chosen.values() if isinstance(field, SortKey)}
    keys = {name: field for name, field in keys.items() if set(field.sources) <= set(names)}
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
        f"FROM jsonb_to_recordset(%s::jsonb) AS v({types}) "
        f"WHERE t.{quote(str(key.column))} = v.{quote(str(key.column))}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*parameters, json.dumps(content)])
        return int(cursor.rowcount)


_PIECE = 2000
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _text(value: Any) -> str:
    """Write a value as COPY reads it; most are plain texts and ids, which cost next to nothing."""
    kind = type(value)
    if kind is str:
        return value.translate(_ESCAPES) if _SPECIAL.search(value) else value  # type: ignore[no-any-return]
    if value is None:
        return "\\N"
    if kind is UUID:
        return value.hex  # type: ignore[no-any-return]
    if kind is bool:
        return "t" if value else "f"
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(_element(one) for one in value) + "}"
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return _text(str(value))


def _element(value: Any) -> str:
    """Write an element of an array, in quotes that COPY sees as well."""
    if value is None:
        return "NULL"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return _text(f'"{text}"')


def _json(value: Any) -> str | None:
    return None if value is None else "{}" if value == {} else "[]" if value == [] else _encode(value)


def _key(field: SortKey, row: Mapping[str, Any]) -> str:
    return sort_key(next((text for name in field.sources if (text := row.get(name))), ""))


def _type(field: models.Field[Any, Any]) -> str:
    if isinstance(field, ArrayField):
        return str(field.cast_db_type(connection))
    return str(field.cast_db_type(connection) or field.db_type(connection))


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)
