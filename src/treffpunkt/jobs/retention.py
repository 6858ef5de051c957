"""What goes by itself: each period of `retention.periods` with the one function that lets go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from treffpunkt.agreements import queries as agreed
from treffpunkt.agreements.services import forgetting as agreements
from treffpunkt.core.agent import SYSTEM
from treffpunkt.intake import memory
from treffpunkt.intake import services as intake
from treffpunkt.links import services as links
from treffpunkt.meetings.services import forgetting
from treffpunkt.meetings.services.needs import forget_needs
from treffpunkt.network.services import forgetting_merges, letting_go, looking
from treffpunkt.network.services.map import forget_handouts
from treffpunkt.network.services.telling import settle_told
from treffpunkt.post import services as post
from treffpunkt.retention import services as retention


def run() -> dict[str, int]:
    """Do the daily round; returns how many rows went by period."""
    settle_told()
    memory.seal_aliases()
    return retention.let_go(WORK)


def _untold(before: datetime) -> int:
    return letting_go.let_go_untold(before, _also_above, agreed.with_whom_it_runs)


def _quiet(before: datetime) -> int:
    return letting_go.let_go_quiet(before, _also_above, agreed.with_whom_it_runs)


def _also_above(ids: list[UUID]) -> None:
    forgetting.forget_guests(by=SYSTEM, actor_ids=ids)
    agreements.forget_parties(by=SYSTEM, actor_ids=ids)


def _jobs(before: datetime) -> int:
    """Delete the jobs that ended before a moment; what they were about stands in their arguments, by id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs j WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') "
            "AND (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id) < %s",
            [before],
        )
        return int(cursor.rowcount)


WORK: Mapping[str, Callable[[datetime], int]] = {
    "untold": _untold,
    "quiet": _quiet,
    "contact_notes": letting_go.forget_notes,
    "looks": looking.forget_looks,
    "attendance": forgetting.forget_attendance,
    "needs": forget_needs,
    "corrections": forgetting.forget_corrections,
    "agreements": agreements.forget_old,
    "messages": post.forget_old,
    "links": links.forget_expired,
    "import_files": intake.let_go,
    "import_undo": intake.forget_before,
    "handouts": forget_handouts,
    "merges": forgetting_merges.forget_before,
    "jobs": _jobs,
}
