"""What meetings hold of a person, told where all that is stored about them is shown."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.meetings import wording
from treffpunkt.meetings.models import Invitation, Statement
from treffpunkt.network.models import Actor
from treffpunkt.network.stored import CONSENT, INTEREST, THEMSELVES, Category, day
from treffpunkt.retention.queries import Periods


def held_of(actor: Actor, present: Periods) -> list[Category]:
    """Give a guest's invitations and answers, and the statements that carry their name by consent."""
    invitations = list(Invitation.objects.filter(actor=actor).select_related("meeting").order_by("meeting__starts"))
    statements = list(Statement.objects.filter(said_by=actor, removed_at=None).select_related("meeting"))
    last = max((row.meeting.starts for row in invitations), default=None)
    said = max((row.meeting.starts for row in statements), default=None)
    return [
        Category(
            "invitations", gettext_lazy("Invitations and answers"), gettext_lazy("to plan our meetings"), INTEREST,
            THEMSELVES, present.after("attendance", last) if last else None,
            [(day(row.meeting.starts), _answer(row)) for row in invitations],
        ),
        Category(
            "statements", gettext_lazy("Said in a meeting, noted with the name"),
            gettext_lazy("because they wanted their name to stand there"), CONSENT, THEMSELVES,
            present.after("attendance", said) if said else None,
            [
                (day(row.meeting.starts), _("confidential note") if row.confidential else row.text)
                for row in statements
            ],
        ),
    ]  # fmt: skip


def _answer(row: Invitation) -> str:
    parts = (
        wording.title(row.meeting, row.language),
        str(row.get_state_display()),
        str(row.get_attendance_display()) if row.attendance else "",
        row.remark,
    )
    return " · ".join(part for part in parts if part)
