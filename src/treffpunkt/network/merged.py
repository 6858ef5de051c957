"""What became of records that were made one: where an old address leads, and what went into a record."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from treffpunkt.network.models import Merge


def now_at(kind: str, pk: UUID) -> UUID | None:
    """Follow a record that went to the one that stands for it now; nothing where it never went into another."""
    seen: set[UUID] = set()
    here: UUID | None = pk
    while here is not None and here not in seen:
        seen.add(here)
        into = Merge.objects.filter(gone_id=here, record_kind=kind, undone_at=None).values_list("record_id", flat=True)
        following = into.first()
        if following is None:
            break
        here = following
    return here if here != pk else None


def gone_into(ids: Iterable[UUID]) -> list[Merge]:
    """List the merges by which other records became these, those of merged ones included."""
    found: list[Merge] = []
    wanted = set(ids)
    while wanted:
        merges = list(Merge.objects.filter(record_id__among=wanted, undone_at=None))
        wanted = {one.gone_id for one in merges} - {one.gone_id for one in found}
        found += merges
    return found
