"""Taking a past meeting along into the next one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Meeting
from treffpunkt.meetings.reusing import guests_again, open_promises
from treffpunkt.meetings.services.invitations import plan_invitations

# The topic under which is asked what became of it, by language.
TITLES = {
    "de": "Was aus unseren Zusagen geworden ist",
    "en": "What became of our promises",
    "ar": "ماذا تحقّق من وعودنا",
    "fr": "Où en sont nos engagements",
    "sr": "Шта је било с нашим обећањима",
    "es": "Qué ha sido de nuestros compromisos",
}
MINUTES = 10


@dataclass(frozen=True)
class Carried:
    """How many guests and open promises were taken along."""

    guests: int = 0
    promises: int = 0


@transaction.atomic
def carry_over(*, by: Agent, meeting: Meeting, past: Meeting, guests: bool = True, promises: bool = True) -> Carried:
    """Put the guests of a past meeting on the list, and what is still open on the agenda; twice is once."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(rules.may_edit(by, meeting) and rules.viewable(by).filter(pk=past.pk).exists())
    listed = 0
    if guests and meeting.state in rules.BEFORE:
        rows = list(guests_again(past))
        planned = plan_invitations(
            by=by, meeting=meeting,
            actor_ids=[row.actor_id for row in rows if row.actor_id],
            staff_ids=[row.staff_id for row in rows if row.staff_id],
        )  # fmt: skip
        listed = len(planned.invitations)
    return Carried(listed, _promises(by, meeting, past) if promises and meeting.state in rules.BEFORE else 0)


def _promises(by: Agent, meeting: Meeting, past: Meeting) -> int:
    rows = open_promises(by, past)
    if not rows or meeting.agenda.filter(promises__isnull=False).exists():
        return 0
    AgendaItem.objects.filter(meeting=meeting).update(position=F("position") + 1)
    AgendaItem.objects.create(meeting=meeting, position=1, titles=TITLES, minutes=MINUTES).promises.set(rows)
    record(by, "agenda.changed", meeting)
    return len(rows)
