"""Background work by name: the caller knows a name, `jobs` knows the function."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager

# In a worker the app has connections of its own; a job that a job asks for must still commit with the data.
_MANAGER = JobManager(DjangoConnector())


def defer(
    name: str, *, at: datetime | None = None, queue: str = "default", once: str | None = None, **ids: str | int
) -> None:
    """Ask for the job `name` once this transaction commits; `ids` hold no personal data.

    `at` delays it to a moment; `once` names a key of which only one may wait at a time: a second
    request while the first still waits changes nothing.
    """
    if once and _waits(once):
        return
    asked = app.configure_task(name, allow_unknown=True, schedule_at=at, queue=queue, queueing_lock=once)
    JobDeferrer(job_manager=_MANAGER, job=asked.job).defer(**ids)


def _waits(key: str) -> bool:
    """Say whether a job of this key waits already (an error would break the open transaction)."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from procrastinate_jobs where queueing_lock = %s and status = 'todo' limit 1", [key])
        return cursor.fetchone() is not None
