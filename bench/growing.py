"""The same data many times over: copies of every group, person and role under names of their own."""

from __future__ import annotations

from django.db import connection

_COPIES = (
    """insert into network_space ({space})
       select {space_values} from network_space s, generate_series(2, %(times)s) n""",
    """insert into network_actor ({actor})
       select {actor_values} from network_actor s, generate_series(2, %(times)s) n""",
    """insert into network_role (id, created_at, actor_id, space_id, role, evidence)
       select md5(r.id::text || n)::uuid, now(), md5(r.actor_id::text || n)::uuid, md5(r.space_id::text || n)::uuid,
              r.role, r.evidence
       from network_role r, generate_series(2, %(times)s) n where r.space_id is not null and r.until is null""",
)


def grow(times: int, *, names: bool = True) -> None:
    """Make `times` of everything; takes a minute or two for ten, less where nobody searches for their names."""
    with connection.cursor() as cursor:
        values = {}
        for table in ("space", "actor"):
            columns = _columns(cursor, f"network_{table}")
            values[table] = ", ".join(columns)
            values[f"{table}_values"] = ", ".join(_copied(column) for column in columns)
        for statement in _COPIES:
            cursor.execute(statement.format(**values), {"times": times})
    if names:
        _names()
        from treffpunkt.search.services import renew_frequencies

        renew_frequencies()
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _columns(cursor: object, table: str) -> list[str]:
    cursor.execute(  # type: ignore[attr-defined]
        "select column_name from information_schema.columns where table_name = %s order by ordinal_position", [table]
    )
    return [row[0] for row in cursor.fetchall()]  # type: ignore[attr-defined]


def _copied(column: str) -> str:
    if column == "id":
        return "md5(s.id::text || n)::uuid"
    if column in ("name", "handle", "sorting"):
        return f"case when s.{column} = '' then '' else s.{column} || ' ' || n end"
    if column == "source_key":
        return "case when s.source_key = '' then '' else s.source_key || ':' || n end"
    if column == "address":
        return "case when s.address = '' then '' else s.address || '-' || n end"
    return f"s.{column}"


def _names() -> None:
    from django.db.models import Exists, OuterRef

    from treffpunkt.network.models import Actor, Space
    from treffpunkt.network.services.names import index_actors, index_spaces
    from treffpunkt.search.models import Name

    for model, index in ((Space, index_spaces), (Actor, index_actors)):
        rows = model.objects.filter(~Exists(Name.objects.filter(record_id=OuterRef("pk"))))
        batch = []
        for record in rows.iterator(chunk_size=5000):
            batch.append(record)
            if len(batch) == 5000:
                index(batch)  # type: ignore[operator]
                batch = []
        index(batch)  # type: ignore[operator]
