"""Forgetting guests: at their wish, or after the time for which it is kept who came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from treffpunkt.core import files
from treffpunkt.core.agent import Agent, is_system
from treffpunkt.core.errors import require
from treffpunkt.journal.models import Touched
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import (
    CalendarReply,
    Contribution,
    Correction,
    Invitation,
    Meeting,
    Minutes,
    PollGuest,
    Statement,
)
from treffpunkt.meetings.services.needs import forget_needs_of
from treffpunkt.meetings.services.seats import move_up

S = Invitation.State


@transaction.atomic
def forget_guests(*, by: Agent, actor_ids: Iterable[UUID]) -> None:
    """Blank what meetings hold of people who were erased, and give their seats to others; twice is once."""
    require(is_system(by))
    ids = list(actor_ids)
    Statement.objects.filter(said_by__among=ids).update(said_by=None, shown_name="")
    PollGuest.objects.filter(actor__among=ids).delete()
    if Invitation.objects.filter(actor__among=ids).exists():  # most who go were never invited
        _forget_invited(ids)


def _forget_invited(ids: list[UUID]) -> None:
    coming = Invitation.objects.filter(meeting=OuterRef("pk"), actor__among=ids)
    meetings = Meeting.objects.filter(Exists(coming), state__in=rules.BEFORE).order_by("pk")
    ahead = list(meetings.select_for_update(of=("self",)))
    Contribution.objects.filter(invitation__actor__among=ids).update(invitation=None, text="", shown_name="")
    Correction.objects.filter(invitation__actor__among=ids).delete()
    Invitation.objects.filter(actor__among=ids).exclude(remark="").update(remark="")
    CalendarReply.objects.filter(invitation__actor__among=ids).delete()
    forget_needs_of(ids)
    for meeting in ahead:
        rows = meeting.invitations.filter(actor__among=ids)
        rows.filter(state=S.PLANNED).delete()
        if rows.exclude(state=S.DECLINED).update(state=S.DECLINED, offered_until=None, version=F("version") + 1):
            move_up(meeting=meeting)


@transaction.atomic
def forget_attendance(before: datetime) -> int:
    """Let go of who was invited to meetings held before a moment; the answers stay, to be counted.

    Who said something, and what the journal points to, go with it.
    """
    old = Invitation.objects.filter(meeting__starts__lt=before, actor__isnull=False)
    ids = list(old.values_list("pk", flat=True))
    Touched.objects.filter(record_kind="network.actor", entry__subject_id__in=ids).delete()
    Statement.objects.filter(meeting__starts__lt=before, said_by__isnull=False).update(said_by=None)
    Statement.objects.filter(meeting__starts__lt=before).exclude(shown_name="").update(shown_name="")
    kept = Contribution.objects.filter(meeting__starts__lt=before)
    kept.exclude(text="", shown_name="", invitation=None).update(text="", shown_name="", invitation=None)
    CalendarReply.objects.filter(invitation__in=ids).delete()
    PollGuest.objects.filter(poll__meeting__starts__lt=before).delete()
    Correction.objects.filter(meeting__starts__lt=before).delete()
    return Invitation.objects.filter(pk__in=ids).update(actor=None, organisation=None, remark="")


def forget_corrections(before: datetime) -> int:
    """Let go of what participants proposed before a moment to minutes that are locked by now; return how many."""
    over = (Meeting.State.CLOSED, Meeting.State.CANCELLED)
    return Correction.objects.filter(created_at__lt=before, meeting__state__in=over).delete()[0]


def forget_documents(minutes_ids: Iterable[UUID]) -> None:
    """Throw away the PDFs of minutes whose text was changed: they are written anew when somebody asks."""
    for minutes in Minutes.objects.filter(pk__in=list(minutes_ids)).exclude(pdf=""):
        digest, minutes.pdf = minutes.pdf, ""
        minutes.save(update_fields=["pdf"])
        if not Minutes.objects.filter(pdf=digest).exists():
            files.discard(digest)
