"""What is going on in the demo story besides what it tells, for tests that want one of everything."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import today
from treffpunkt.intake import running, services
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.groups import split
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.meetings.services.phones import contribute, open_phones, put_aside
from treffpunkt.network.models import Organisation
from treffpunkt.network.services.ties import tie
from treffpunkt.people.models import Staff
from treffpunkt.people.services.absences import plan_absence


def something_going_on() -> None:
    """Let a meeting run with phones and small groups, an import wait for decisions, and somebody be away soon."""

    by = Staff.objects.filter(roles__contains=["coordinator"], is_active=True).order_by("email")[0]
    let_it_run(by, Meeting.objects.filter(state="inviting").latest("starts"))
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


def let_it_run(by: Staff, meeting: Meeting) -> None:
    """Let a meeting run: people write from their phones, some of it waits, some is put aside, small groups talk."""
    meeting = start_meeting(by=by, meeting=meeting)
    note_attendance(by=by, meeting=meeting, attendance={row.pk: "attended" for row in meeting.invitations.all()[:5]})
    phone = LinkHolder("phones", meeting.kind, meeting.pk, None)
    open_phones(by=by, meeting=meeting)
    sent = [contribute(by=phone, meeting=meeting, id=uuid4(), text=f"Das schreibt Telefon {n}.") for n in range(3)]
    put_aside(by=by, contribution=sent[0])
    for group in split(by=by, meeting=meeting, count=2):
        open_phones(by=by, meeting=meeting, group=group)
