"""Keeping the figures of a day, from wherever they come; a source says one thing a day of a space, the last counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from treffpunkt.core import bulk
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError
from treffpunkt.network.models import Snapshot, Space

_MOST = 2**31 - 1
_BATCH = 2000
_PLACE = ("space", "day", "source")


def note_members(spaces: Iterable[Space], source: str = Snapshot.Source.ENTERED) -> None:
    """Keep how many members these spaces have, on the day on which they were counted."""
    keep_figures(
        {"space_id": one.pk, "day": one.members_counted_on or today(), "source": source, "members": one.members}
        for one in spaces
        if one.members is not None
    )


def keep_figures(rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep figures: rows of space_id, day, source and members or posts or both; what a row does not say stays.

    All rows of one call carry the same moment, by which they can be found together.
    """
    moment = now()
    alike: dict[tuple[str, ...], dict[tuple[Any, ...], Snapshot]] = defaultdict(dict)
    for row in rows:
        said = tuple(name for name in ("members", "posts") if row.get(name) is not None)
        if said:
            values = {name: row[name] for name in ("space_id", "day", "source", *said)}
            _refuse_mistakes(row, said)
            alike[said][row["space_id"], row["day"], row["source"]] = Snapshot(created_at=moment, **values)
    for said, snapshots in alike.items():
        Snapshot.objects.bulk_create(
            snapshots.values(),
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=_PLACE,
            update_fields=[*said, "created_at"],
        )


def copy_members(spaces: Iterable[Mapping[str, Any]], source: str = Snapshot.Source.IMPORTED) -> None:
    """Keep how many members spaces have that were entered just now, by the thousand."""
    bulk.insert(
        Snapshot,
        (
            {"space_id": row["id"], "day": row["members_counted_on"], "source": source, "members": row["members"]}
            for row in spaces
            if row.get("members") is not None
        ),
    )


_SETTLE = """
UPDATE network_space space
SET members = newest.members, members_counted_on = newest.day, version = version + 1, changed_at = %s
FROM (
    SELECT DISTINCT ON (space_id) space_id, members, day
    FROM network_snapshot
    WHERE space_id = ANY(%s) AND members IS NOT NULL
    ORDER BY space_id, day DESC, (source = 'entered') DESC
) newest
WHERE space.id = newest.space_id
    AND (space.members, space.members_counted_on) IS DISTINCT FROM (newest.members, newest.day)
RETURNING space.id
"""


def settle_members(space_ids: Iterable[UUID]) -> list[UUID]:
    """Let the newest figure say how many members these spaces have, ours before that of a list of the same day.

    Returns those that changed; what rests on it (reach, the plan) is the caller's.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [now(), list(space_ids)])
        return [row[0] for row in cursor.fetchall()]


def _refuse_mistakes(row: Mapping[str, Any], said: Iterable[str]) -> None:
    if row["source"] not in Snapshot.Source.values:
        raise DomainError(_("There is no such source of figures."))
    if not all(0 <= row[name] <= _MOST for name in said):
        raise DomainError(_("Please enter a number that can be true."))
