"""Background work by name: the caller knows a name, `jobs` knows the function."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app


def defer(
    name: str, *, at: datetime | None = None, queue: str = "default", once: str | None = None, **ids: str | int
) -> None:
    """Ask for the job `name` once this transaction commits; `ids` hold no personal data.

    `at` delays it to a moment; `once` names a key of which only one may wait at a time: a second
    request while the first still waits changes nothing.
    """
    if once and _waits(once):
        return
    app.configure_task(name, allow_unknown=True, schedule_at=at, queue=queue, queueing_lock=once).defer(**ids)


def _waits(key: str) -> bool:
    """Say whether a job of this key waits already (an error would break the open transaction)."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from procrastinate_jobs where queueing_lock = %s and status = 'todo' limit 1", [key])
        return cursor.fetchone() is not None
