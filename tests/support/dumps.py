"""All that the database holds, as it holds it: to compare two moments."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import connection

# Written anew rather than put back, or what is being told: compared apart, if at all.
_LEFT_OUT = frozenset({"search.posting", "search.frequency", "search.name", "network.merge"})
Dump = dict[str, dict[str, Any]]


def dump() -> Dump:
    """Read every table of ours, whole: rows by their key; names by which records are found without their numbers."""
    held: Dump = {}
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("treffpunkt.") or model._meta.label_lower in _LEFT_OUT:
            continue
        key = str(model._meta.pk.column)
        rows = _read(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t')
        held[model._meta.label_lower] = {str(row[key]): row for row in rows}
    names = _read("SELECT to_jsonb(t)::text FROM search_name t")
    held["search.name"] = {
        f"{row['record_id']} {row['folded']}": {"text": row["text"], "keys": sorted(row["keys"])} for row in names
    }
    return held


def differences(before: Dump, after: Dump) -> dict[str, list[str]]:
    """Name the rows that differ, by table."""
    found = {}
    for table, rows in before.items():
        others = after[table]
        different = [key for key in {*rows, *others} if rows.get(key) != others.get(key)]
        if different:
            found[table] = sorted(f"{key}: {rows.get(key)} -> {others.get(key)}" for key in different)
    return found


def _read(statement: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [json.loads(row[0]) for row in cursor.fetchall()]
