"""The real network of groups and people, loaded as a coordinator loads it, with a meeting about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.urls import reverse
from uuid_utils.compat import uuid7

from treffpunkt.agreements.models import Party
from treffpunkt.agreements.services import concluding, drafting, remarks
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now, today
from treffpunkt.links.services import issue
from treffpunkt.meetings.models import Invitation, Meeting
from treffpunkt.meetings.services import invitations as inviting
from treffpunkt.meetings.services import meetings as holding
from treffpunkt.meetings.services import notes as noting
from treffpunkt.network.models import Actor, Community, Space
from treffpunkt.network.services.communities import create_community
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff
from treffpunkt.tasks.services import create_task

FLOOR = "/bench/floor/"
GUESTS, STATEMENTS, TASKS, AGREEMENTS = 60, 40, 12, 60


@dataclass(frozen=True)
class World:
    """What the pages are opened for."""

    coordinator: Staff
    meeting: Meeting
    invitation: Invitation
    space: UUID
    actor: UUID
    agreement: UUID
    wanted: str


def load(data: Path) -> World:
    """Import groups and roles from the folder that holds them, then plan and write up a meeting."""
    coordinator = create_staff(by=SYSTEM, email="bench@example.org", name="Bench", roles=["coordinator"])
    community = create_community(by=coordinator, name="English", language="en")
    bring_in(data)
    renew_plan()
    meeting = _meeting(coordinator, community)
    largest = Space.objects.order_by("-members").first()
    widest = Actor.objects.order_by("-potential_reach").first()
    assert largest is not None
    assert widest is not None
    return World(
        coordinator=coordinator,
        meeting=meeting,
        invitation=meeting.invitations.select_related("actor").order_by("id").first(),
        space=largest.pk,
        actor=widest.pk,
        agreement=_agreements(coordinator, community),
        wanted=largest.name[:-1],
    )


def bring_in(data: Path) -> None:
    """Import groups and roles from the folder that holds them."""
    groups, roles = files(data)
    call_command("import_file", str(groups), target="spaces", set=["platform=reddit"], yes=True, verbosity=0)
    call_command("import_file", str(roles), target="roles", set=["platform=reddit"], yes=True, verbosity=0)


def files(data: Path) -> tuple[Path, Path]:
    """Find the newest file of groups and of roles below a folder."""
    groups = sorted(data.rglob("subreddits_*.csv.gz"))
    roles = sorted(data.rglob("moderates_*.csv.gz"))
    if not groups or not roles:
        raise SystemExit(f"Below {data} lie no subreddits_*.csv.gz and moderates_*.csv.gz to load.")
    return groups[-1], roles[-1]


def pages(world: World) -> dict[str, str]:
    """Name every measured page with its address."""
    spaces = reverse("web:network:spaces")
    last = Space.objects.order_by("-sorting", "-id")[30]
    # A link of its own, opened as its holder opens it.
    link = issue(
        "invitation",
        subject_kind=world.invitation.kind,
        subject_id=world.invitation.pk,
        holder_id=world.invitation.actor_id,
    )
    party = Party.objects.filter(agreement=world.agreement)[0]
    signed = issue("agreement", subject_kind=party.kind, subject_id=party.pk, holder_id=party.actor_id)
    return {
        "today": reverse("web:today"),
        "space_list": spaces,
        "space_list_last": f"{spaces}?after={last.pk}&at=25000",
        "space_list_filtered": f"{spaces}?platform=reddit&state=found&sort=members",
        "space": reverse("web:network:space", args=[world.space]),
        "actor": reverse("web:network:actor", args=[world.actor]),
        "search": f"{reverse('web:search:results')}?q={world.wanted}",
        "meeting": reverse("web:meetings:detail", args=[world.meeting.pk]),
        "access_health": reverse("web:access:health"),
        "may_i": reverse("web:access:may_i"),
        "may_i_here": reverse("web:access:may_i_here", args=[world.space]),
        "agreement_list": reverse("web:agreements:list"),
        "agreement": reverse("web:agreements:detail", args=[world.agreement]),
        "agreement_read": "/" + signed.split("/", 3)[3],
        "answer": "/" + link.split("/", 3)[3],
    }


def _agreements(coordinator: Staff, community: Community) -> UUID:
    """Agree with those who lead the largest groups; one of them is asked and answered, and its text is changed."""
    groups = list(Space.objects.filter(roles__until=None, roles__actor__isnull=False).order_by("-members")[:AGREEMENTS])
    made = []
    for group in groups:
        leader = Actor.objects.filter(roles__space=group).order_by("pk")[0]
        agreement = drafting.create_agreement(
            by=coordinator, spaces=[group], actors=[leader], language="ar", rights=("links", "pin", "post")
        )
        party = agreement.parties.get()
        concluding.note_agreed(by=coordinator, party=party, way="chat", name="x", at=now(), quote="نعم")
        made.append((agreement, party))
    agreement, party = made[0]
    for number in range(6):
        remarks.ask(by=coordinator, party=party, text=f"سؤال {number}")
    drafting.begin_version(by=coordinator, agreement=agreement)
    return agreement.pk


def _meeting(coordinator: Staff, community: Community) -> Meeting:
    meeting = holding.create_meeting(
        by=coordinator,
        name="Meeting",
        day=today() + timedelta(days=3),
        time=time(18),
        communities=[community],
        hosts=[coordinator],
        languages=["en", "de"],
    )
    guests = Actor.objects.order_by("-potential_reach").values_list("pk", flat=True)[:GUESTS]
    inviting.plan_invitations(by=coordinator, meeting=meeting, actor_ids=list(guests))
    inviting.send_invitations(by=coordinator, meeting=meeting)
    for number, invitation in enumerate(meeting.invitations.order_by("id")[:30]):
        inviting.answer(by=coordinator, invitation=invitation, state="accepted" if number % 3 else "declined")
    agenda = list(meeting.agenda.order_by("position"))
    for number in range(STATEMENTS):
        noting.note_statement(
            by=coordinator,
            meeting=meeting,
            id=uuid7(),
            item=agenda[number % len(agenda)],
            text=f"Statement {number} about what people ask most.",
            gist="Was am häufigsten gefragt wird.",
            keep_findings=True,
        )
    for number in range(TASKS):
        _task(coordinator, meeting, number)
    return meeting


def _task(coordinator: Staff, meeting: Meeting, number: int) -> Any:
    return create_task(
        by=coordinator, title=f"Task {number}", owner=coordinator, due=today() - timedelta(days=number), about=meeting
    )
