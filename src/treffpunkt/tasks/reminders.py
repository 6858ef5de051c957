"""A mail in the morning to whoever has something newly due: on working days, and to the stand-in of who is away."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from treffpunkt.core.clock import now
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import active_staff
from treffpunkt.post.services import Draft, Receiver, send_many
from treffpunkt.tasks.queries import newly_due

MORNING, NOON = 7, 12


def remind_of_due() -> int:
    """Write to everybody whose morning it is and who has something newly due, once a day; give how many mails."""
    drafts = [draft for staff in active_staff().filter(wants_reminders=True) if (draft := _draft(staff))]
    return len(send_many(drafts)) if drafts else 0


def _draft(staff: Staff) -> Draft | None:
    local = now().astimezone(ZoneInfo(staff.time_zone))
    if not MORNING <= local.hour < NOON or staff.last_login is None:
        return None
    count = newly_due(staff).count()
    if not count:
        return None
    return Draft(
        template="tasks/due",
        to=Receiver(kind=staff.kind, id=UUID(str(staff.pk)), mail=staff.email),
        language=staff.language,
        context={"count": count, "address": settings.BASE_URL},
        occasion=f"due:{staff.pk}:{local.date()}",
    )
