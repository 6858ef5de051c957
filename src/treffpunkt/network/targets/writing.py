"""What every target writes beside its records: journal and communities; and what undo has to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model

from treffpunkt.core import bulk
from treffpunkt.core.models import Edited
from treffpunkt.intake.changes import digest
from treffpunkt.intake.memory import restore_stamps, stamps_of
from treffpunkt.intake.models import Result
from treffpunkt.intake.targets import Kept, Made, Run
from treffpunkt.journal.services import record_thousands
from treffpunkt.network.models import Channel, Feed, Pick, Snapshot
from treffpunkt.search import services as search

_PHONES = frozenset({Channel.Kind.PHONE, Channel.Kind.WHATSAPP, Channel.Kind.SIGNAL})
# Rows that are worked out anew or go with their record, and never keep it from being taken back.
_DERIVED: tuple[type[Model], ...] = (Feed, Pick, Snapshot)


def journal(run: Run, kind: str, records: Iterable[tuple[UUID, Sequence[tuple[str, UUID]]]], *, verb: str = "") -> None:
    """Note that records of a kind were imported; one entry each, in bulk."""
    verb = verb or f"{kind.rpartition('.')[2]}.imported"
    record_thousands(run.by, verb, kind, records)


def join_communities(model: type[Model], pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Put records into communities."""
    through: Any = model._meta.get_field("communities").remote_field.through  # type: ignore[union-attr]
    name = f"{model._meta.model_name}_id"
    bulk.insert(through, [{name: record, "community_id": community} for record, community in pairs])


def index(kind: str, rows: Iterable[Mapping[str, Any]], channels: Mapping[UUID, Sequence[tuple[str, str]]]) -> None:
    """Make records findable by name, address, handle and channels."""
    entries = [
        search.Entry(
            kind=kind,
            record_id=row["id"],
            names=[text for name in ("name", "short_name", "reading", "handle") if (text := row.get(name))],
            phones=[
                *([row["phone"]] if row.get("phone") else []),
                *(value for one, value in channels.get(row["id"], ()) if one in _PHONES),
            ],
            urls=[text for name in ("address", "website") if (text := row.get(name))],
            handles=[
                *([row["handle"]] if row.get("handle") else []),
                *(value for one, value in channels.get(row["id"], ()) if one not in _PHONES),
            ],
            addresses=[row["postal_address"]] if row.get("postal_address") else [],
        )
        for row in rows
    ]
    search.index_many(entries)


def take_back(run: Run, kind: str, made: Sequence[tuple[int, Made]]) -> tuple[list[UUID], list[Kept]]:
    """Remove records that were made, put back what was changed; returns the ids removed, and what stays and why."""
    model: Any = apps.get_model(kind)
    created = {one.record_id: made_id for made_id, one in made if one.before is None}
    changed = {one.record_id: (made_id, one) for made_id, one in made if one.before is not None}
    reasons = _touched(run, model, kind, created)
    reasons |= later(run, [*created, *changed])
    removed = [pk for pk in created if pk not in reasons]
    _delete(model, removed)
    restored = {pk: one for pk, (_id, one) in changed.items() if pk not in reasons}
    reasons |= dict.fromkeys(_put_back(model, restored), "changed")
    ids = created | {pk: made_id for pk, (made_id, _one) in changed.items()}
    return removed, [Kept(ids[pk], code) for pk, code in reasons.items()]


def _touched(run: Run, model: Any, kind: str, created: dict[UUID, int]) -> dict[UUID, str]:
    """Find the records that something was done to since they were imported: a code for each."""
    if not created:
        return {}
    ids = list(created)
    reasons: dict[UUID, str] = {}
    with connection.cursor() as cursor:
        for statement in _references(model):
            cursor.execute(statement, [ids])
            reasons |= {row[0]: "used" for row in cursor.fetchall()}
        cursor.execute(
            "SELECT DISTINCT t.record_id FROM journal_touched t JOIN journal_entry e ON e.id = t.entry_id "
            "WHERE t.record_id = ANY(%s) AND e.verb NOT LIKE '%%.imported'",
            [ids],
        )
        reasons |= {row[0]: "touched" for row in cursor.fetchall()}
    if issubclass(model, Edited):
        reasons |= dict.fromkeys(
            model.objects.filter(pk__among=ids, version__gt=1).values_list("pk", flat=True), "changed"
        )
    return reasons


@cache
def _references(model: Any) -> list[str]:
    """Write one statement for each table that may point to the records, hidden relations included."""
    quote = connection.ops.quote_name
    statements = []
    for relation in model._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        other = relation.related_model
        if other in _DERIVED or other._meta.auto_created:
            continue
        column = quote(relation.field.column)
        statements.append(f"SELECT DISTINCT {column} FROM {quote(other._meta.db_table)} WHERE {column} = ANY(%s)")
    return statements


def later(run: Run, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Find the records on which a later import builds: a code for each."""
    results = Result.objects.filter(record_id__among=ids, file_id__gt=run.import_id, stays="")
    return dict.fromkeys(results.values_list("record_id", flat=True), "later")


def _delete(model: Any, ids: Sequence[UUID]) -> None:
    """Delete rows and what hangs on them by ON DELETE of our own: links to communities and lines of plans."""
    if not ids:
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for relation in model._meta.get_fields(include_hidden=True):
            other = getattr(relation, "related_model", None)
            one_to_many = relation.auto_created and not relation.concrete and relation.one_to_many
            if one_to_many and other and (other in _DERIVED or other._meta.auto_created):
                column = quote(relation.field.column)
                cursor.execute(f"DELETE FROM {quote(other._meta.db_table)} WHERE {column} = ANY(%s)", [list(ids)])
        cursor.execute(f"DELETE FROM {quote(model._meta.db_table)} WHERE id = ANY(%s)", [list(ids)])
    restore_stamps(dict.fromkeys(ids, None))


def _put_back(model: Any, made: dict[UUID, Made]) -> list[UUID]:
    """Put back what records held before; returns those a person has changed since."""
    if not made:
        return []
    stamps = stamps_of(made)
    held = {one["id"]: one for one in model.objects.filter(pk__among=list(made)).values()}
    changed: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    past_stamps: dict[UUID, dict[str, str | None] | None] = {}
    stays = []
    through: Any = None
    for pk, one in made.items():
        assert one.before is not None
        past = one.before["held"]
        stamp = stamps.get(pk, {})
        if pk not in held:
            continue
        if any(digest(held[pk][name]) != stamp.get(name) for name in past):
            stays.append(pk)
            continue
        if past:
            changed[tuple(sorted(past))].append({"id": pk, **past})
            past_stamps[pk] = one.before["stamp"]
        if one.before.get("communities"):
            through = model._meta.get_field("communities").remote_field.through
            where = {f"{model._meta.model_name}_id": pk, "community_id__in": one.before["communities"]}
            through.objects.filter(**where).delete()
    for names, rows in changed.items():
        bulk.update(model, names, rows)
    restore_stamps(past_stamps)
    return stays
