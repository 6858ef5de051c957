"""What is remembered between imports: stamps of what files said, keys people decided on, mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

from treffpunkt.core.text import fold
from treffpunkt.intake.changes import digest
from treffpunkt.intake.forgetting import drop_files
from treffpunkt.intake.keys import plain, seal_old, sealed
from treffpunkt.intake.models import Alias, Import, Memory, Result, Row, Stamp


def stamps_of(record_ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Give the digests of what files said last about these records."""
    return dict(Stamp.objects.filter(record_id__among=list(record_ids)).values_list("record_id", "fields"))


def keep_stamps(said: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Keep the digests of what a file says about records; fields it does not name keep theirs."""
    if not said:
        return
    ids = list(said)
    fields = [_dump({name: digest(value) for name, value in values.items()}) for values in said.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_stamp (record_id, fields) SELECT * FROM unnest(%s::uuid[], %s::jsonb[]) "
            "ON CONFLICT (record_id) DO UPDATE SET fields = intake_stamp.fields || excluded.fields",
            [ids, fields],
        )


def restore_stamps(stamps: Mapping[UUID, Mapping[str, str | None] | None]) -> None:
    """Put digests back as they were; a field without one, or a record without any, loses its own."""
    gone = [pk for pk, fields in stamps.items() if fields is None]
    Stamp.objects.filter(record_id__among=gone).delete()
    back = {pk: fields for pk, fields in stamps.items() if fields is not None}
    held = stamps_of(back)
    for pk, fields in back.items():
        merged = {name: value for name, value in (held.get(pk, {}) | dict(fields)).items() if value}
        Stamp.objects.filter(record_id=pk).update(fields=merged)


def aliases_of(kind: str, keys: Iterable[str]) -> dict[str, UUID | None]:
    """Give the records that keys stand for by decision; None where the record was erased by wish."""
    if not Alias.objects.filter(kind=kind).exists():
        return {}
    asked = list(keys)
    # The plain ones are of an earlier version that still ran while keys were sealed; a sealed one is newer.
    hashed = {plain(key): key for key in asked} | {sealed(key): key for key in asked}
    found = Alias.objects.filter(kind=kind, key__among=list(hashed)).values_list("key", "record_id")
    return {hashed[key]: record for key, record in sorted(found)}


def keep_aliases(kind: str, aliases: Mapping[str, UUID | None]) -> None:
    """Remember what keys stand for."""
    Alias.objects.bulk_create(
        [Alias(kind=kind, key=sealed(key), record_id=record) for key, record in aliases.items()],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["record_id"],
    )


def seal_aliases() -> int:
    """Seal what an earlier version remembered meanwhile; returns how many keys."""
    return seal_old(Alias.objects.all())


def signature(columns: Sequence[str]) -> str:
    """Name a set of columns, whatever their order."""
    return sha256("\n".join(sorted(fold(name) for name in columns)).encode()).hexdigest()


def remembered(target: str, columns: Sequence[str]) -> Memory | None:
    """Find the mapping chosen last for such a file."""
    return Memory.objects.filter(target=target, signature=signature(columns)).first()


def remember(target: str, columns: Sequence[str], mapping: Mapping[str, str], fixed: Mapping[str, str]) -> None:
    """Keep the mapping chosen for such a file."""
    Memory.objects.update_or_create(
        target=target, signature=signature(columns), defaults={"mapping": dict(mapping), "fixed": dict(fixed)}
    )


def _dump(fields: Mapping[str, str]) -> str:
    # Names are ours and digests are hexadecimal: nothing needs escaping.
    return "{" + ",".join(f'"{name}":"{value}"' for name, value in fields.items()) + "}"


def forget(record_ids: Sequence[UUID]) -> None:
    """Blank what imports keep of erased records: the values of their rows, and the files they came in."""
    ids = list(record_ids)
    results = Result.objects.filter(record_id__among=ids)
    places = list(results.values_list("file_id", "number"))
    rows = Row.objects.filter(record_id__among=ids)
    imports = {file for file, _number in places} | set(rows.values_list("file_id", flat=True))
    # What has not been applied yet is not applied any more, for want of values.
    rows.exclude(file__state=Import.State.APPLIED).update(verdict=Row.Verdict.SAME, decision="")
    rows.update(values={}, reasons=[])
    for file in imports:
        numbers = [number for one, number in places if one == file]
        Row.objects.filter(file=file, number__among=numbers).update(values={}, reasons=[])
    results.filter(before__isnull=False).update(before={"held": {}, "stamp": {}})
    Stamp.objects.filter(record_id__among=ids).delete()
    Alias.objects.filter(record_id__among=ids).delete()
    drop_files(Import.objects.filter(pk__in=imports).exclude(file="").values_list("file", flat=True))
