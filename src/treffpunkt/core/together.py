"""Many small questions asked at once: each a query of its own, all of them one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Row = dict[str, Any]


def together(queries: Sequence[QuerySet[Any, Any]]) -> list[list[Row]]:
    """Give the rows of several queries, each with `values(...)` named, by one statement, in their order.

    The values are of the types that the queries themselves would give.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    fields: list[dict[str, Any]] = []
    for query in queries:
        try:
            sql, given, columns = _written(query)
        except EmptyResultSet:
            parts.append("SELECT '[]'::jsonb")
            fields.append({})
            continue
        names = ", ".join(f"c{number}" for number in range(len(columns)))
        rows = f"SELECT coalesce(jsonb_agg(jsonb_build_array({names})), '[]'::jsonb) FROM ({sql}) AS rows ({names})"
        parts.append(rows)
        parameters += given
        fields.append(columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({part})' for part in parts)}", parameters)
        found = cursor.fetchone()
    return [
        [_row(columns, values) for values in (json.loads(rows) if isinstance(rows, str) else rows)]
        for columns, rows in zip(fields, found, strict=True)
    ]


def _written(query: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Give a query's SQL, its parameters, and the field of each of its columns by name."""
    compiler = query.query.get_compiler(connection=connection)
    sql, given = compiler.as_sql()
    names = query.query.selected or {}
    kinds = [expression.output_field for expression, _sql, _alias in compiler.select]
    return sql, given, dict(zip(names, kinds, strict=True))


def _row(columns: dict[str, Any], values: list[Any]) -> Row:
    return {name: field.to_python(value) for (name, field), value in zip(columns.items(), values, strict=True)}
