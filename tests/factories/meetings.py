"""Meetings for tests, made as people make them: through services."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from uuid_utils.compat import uuid7

from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import now, today
from treffpunkt.meetings.models import CalendarReply, Correction, Invitation, Meeting, Minutes, Statement, Wave
from treffpunkt.meetings.services import meetings as services
from treffpunkt.meetings.services.agenda import load_topics
from treffpunkt.meetings.services.corrections import propose_correction
from treffpunkt.meetings.services.invitations import note_attendance, plan_invitations, send_invitations
from treffpunkt.meetings.services.minutes import review_minutes, send_review
from treffpunkt.meetings.services.notes import note_statement
from treffpunkt.meetings.services.waves import make_wave
from treffpunkt.network.models import Actor, Channel, Community
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff
from treffpunkt.vocabulary.models import Language

_number = count(1)


def a_coordinator(**values: Any) -> Staff:
    """Make an account in coordination."""
    return a_colleague(roles=["coordinator"], **values)


def a_colleague(**values: Any) -> Staff:
    """Make a counsellor's account."""
    number = next(_number)
    return create_staff(
        by=SYSTEM,
        **({"email": f"kollegin{number}@example.org", "name": f"Kollegin {number}", "roles": ["counsellor"]} | values),
    )


def a_community(language: str = "ar", *counsellors: Staff) -> Community:
    """Make a language community with its counsellors."""
    tongue, _ = Language.objects.get_or_create(tag=language, defaults={"own_name": language})
    community = Community.objects.create(name=f"Community {next(_number)}", language=tongue)
    community.counsellors.set(counsellors)
    return community


def an_actor(*, language: str = "ar", mail: bool = True, chat: bool = False, **values: Any) -> Actor:
    """Make somebody outside, reached by mail, by a chat handle or not at all."""
    number = next(_number)
    actor = Actor.objects.create(name=values.pop("name", f"Gast{number}"), languages=[language], **values)
    if mail:
        Channel.objects.create(actor=actor, channel_kind="mail", value=f"gast{number}@example.org")
    if chat:
        Channel.objects.create(actor=actor, channel_kind="telegram", value=f"gast_{number}")
    return actor


def a_meeting(by: Staff | None = None, **values: Any) -> Meeting:
    """Prepare a meeting in three weeks with the seven topics."""
    load_topics()
    by = by or a_coordinator()
    return services.create_meeting(
        by=by,
        **(
            {
                "name": "Netzwerktreffen Arabisch",
                "day": today() + timedelta(days=21),
                "time": time(18),
                "communities": [a_community()],
                "hosts": [by],
                "languages": ["ar", "de"],
            }
            | values
        ),
    )


def invited(by: Staff, meeting: Meeting, *actors: Actor) -> list[Invitation]:
    """Invite people and send the invitations."""
    planned = plan_invitations(by=by, meeting=meeting, actor_ids=[actor.pk for actor in actors])
    send_invitations(by=by, meeting=meeting)
    return list(Invitation.objects.filter(pk__in=[row.pk for row in planned.invitations]).order_by("id"))


def a_statement(by: Staff, meeting: Meeting, text: str = "كل شيء واضح الآن.", **values: Any) -> Statement:
    """Note a statement under the first topic, unless another is given."""
    item = values.pop("item", None) or meeting.agenda.order_by("position").first()
    return note_statement(by=by, meeting=meeting, id=values.pop("id", uuid7()), item=item, text=text, **values)


def holder_of(invitation: Invitation, purpose: str = "invitation", subject: Any = None) -> LinkHolder:
    """Give the agent that a link of whoever is invited makes of its holder."""
    return LinkHolder(
        purpose=purpose,
        subject_kind=getattr(subject, "kind", invitation.kind),
        subject_id=getattr(subject, "pk", subject) or invitation.pk,
        agent_id=invitation.actor_id or invitation.staff_id,
    )


def in_review(by: Staff, meeting: Meeting, *actors: Actor) -> list[Invitation]:
    """Hold a meeting to which people came, with one statement, and send its minutes to be corrected."""
    rows = invited(by, meeting, *actors)
    services.start_meeting(by=by, meeting=meeting)
    note_attendance(by=by, meeting=meeting, attendance={row.pk: "attended" for row in rows})
    a_statement(by, meeting)
    services.end_meeting(by=by, meeting=meeting)
    review_minutes(by=by, meeting=meeting)
    send_review(by=by, meeting=meeting)
    meeting.refresh_from_db()
    return rows


def a_correction(by: Staff, meeting: Meeting, text: str = "كل شيء واضح، إلا المواعيد.", **values: Any) -> Correction:
    """Let a guest propose how the first statement should read."""
    guest = in_review(by, meeting, an_actor())[0]
    minutes = Minutes.objects.get(meeting=meeting, language="ar")
    return propose_correction(
        by=holder_of(guest, "minutes", minutes), minutes=minutes, id=uuid4(), text=text, keep_findings=True,
        **({"number": 1} | values),
    )  # fmt: skip


def in_the_past() -> date:
    """Give a day on which a meeting was held."""
    return today() - timedelta(days=7)


def an_answer_of_a_stranger(invitation: Invitation) -> CalendarReply:
    """Make an answer that came from an address nobody knows."""
    return CalendarReply.objects.create(
        invitation=invitation, digest="0" * 64, answer="ACCEPTED", stamped_at=now(), outcome="stranger"
    )


def a_wave(by: Staff, meeting: Meeting, *actors: Actor, **values: Any) -> Wave:
    """Put people on the guest list and into the next wave."""
    planned = plan_invitations(by=by, meeting=meeting, actor_ids=[actor.pk for actor in actors])
    return make_wave(by=by, meeting=meeting, invitation_ids=[row.pk for row in planned.invitations], **values)
