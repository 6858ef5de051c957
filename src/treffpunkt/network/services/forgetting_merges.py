"""Letting go of what merges keep: of people who are erased, and of what is long past."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from treffpunkt.network.merged import gone_into
from treffpunkt.network.models import Merge, Suspect


def forget_merges(ids: Iterable[UUID]) -> tuple[list[UUID], list[UUID]]:
    """Forget what merges and suspicions hold about records; returns the ids that went into them, and of all their rows.

    What other merges took out because of a second one like it, and that belongs to these records, does not come back
    either.
    """
    every = list(ids)
    former: list[UUID] = []
    rows: list[UUID] = []
    if Merge.objects.exists():
        merges = gone_into(every)
        former = [one.gone_id for one in merges]
        rows = [pk for one in merges for pk in one.also_gone]
        Merge.objects.filter(pk__in=[one.pk for one in merges]).update(before={}, also_gone=[])
        _forget_rows({str(pk) for pk in (*every, *former)})
    gone = [*every, *former]
    Suspect.objects.filter(Q(one_id__among=gone) | Q(other_id__among=gone)).delete()
    return former, rows


def forget_before(moment: datetime) -> int:
    """Forget the former values of merges that were made before a moment; where their old address leads stays."""
    return Merge.objects.filter(created_at__lt=moment).exclude(before={}).update(before={}, also_gone=[])


def _forget_rows(ids: set[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM network_merge WHERE before <> '{}' AND before::text LIKE ANY(%s)",
            [[f"%{pk}%" for pk in ids]],
        )
        found = [row[0] for row in cursor.fetchall()]
    for merge in Merge.objects.filter(pk__in=found).select_for_update():
        steps = merge.before["steps"]
        kept = [
            step for step in steps if step["do"] != "drop" or not any(pk in json.dumps(step["before"]) for pk in ids)
        ]
        if len(kept) < len(steps):
            merge.before = merge.before | {"steps": kept}
            merge.save(update_fields=["before"])
