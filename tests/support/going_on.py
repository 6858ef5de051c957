"""What is going on in the demo story besides what it tells, for tests that want one of everything."""

from __future__ import annotations

from datetime import timedelta

from treffpunkt.core.clock import today
from treffpunkt.intake import running, services
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.network.models import Organisation
from treffpunkt.network.services.ties import tie
from treffpunkt.people.models import Staff
from treffpunkt.people.services.absences import plan_absence


def something_going_on() -> None:
    """Let a meeting run, an import wait for decisions, and somebody be away soon."""

    by = Staff.objects.filter(roles__contains=["coordinator"], is_active=True).order_by("email")[0]
    start_meeting(by=by, meeting=Meeting.objects.filter(state="inviting").latest("starts"))
    known = Organisation.objects.exclude(website="").earliest("pk").name
    text = f"Name;Website\n{known};https://elsewhere.example.org\n;x\n"
    for _time in range(2):
        found = services.upload(by=by, name="liste.csv", pieces=[text.encode()], target="organisations")
    found = services.choose_mapping(by=by, found=found, mapping=found.mapping, fixed=found.fixed, wait=True)
    running.check(found.pk)
    one, other = Organisation.objects.order_by("pk")[:2]
    tie(by=by, one=one, other=other, what="working group")
    away, stand_in = Staff.objects.filter(roles__contains=["counsellor"], is_active=True).order_by("email")[:2]
    soon = today() + timedelta(days=30)
    plan_absence(by=by, staff=away, starts=soon, ends=soon + timedelta(days=7), stand_in=stand_in)
